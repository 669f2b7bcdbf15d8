/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What media costs a call: codec, a context without a gateway, one over MGCP, and memory held. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>

#include "gw/media.h"
#include "mgcp/mgcp.h"

enum { RUNS = 7, ROUNDS = 100000, CALLS = 20000, HELD = 1000, AT_A_TIME = 50 };

#define SDP "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n" \
	    "m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:8 PCMA/8000\r\n" \
	    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n"

struct call { struct media_ctx *mc; unsigned int told; bool failed; };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static int codec(void)
{
	static const char text[] = "200 5001 OK\r\nI: 7C01\r\n\r\n" SDP;
	double best_in = 1e18, best_out = 1e18;
	char buf[1024];
	struct mgcp_fault f;
	struct mgcp_msg m;

	for (int i = 0; i < RUNS; i++) {
		double start = now();

		for (int k = 0; k < ROUNDS; k++) {
			struct mgcp_rd rd = mgcp_rd(text, sizeof(text) - 1);

			if (mgcp_decode(&m, &rd, &f) != 1)
				return -1;
		}
		best_in = now() - start < best_in ? now() - start : best_in;
		start = now();
		for (int k = 0; k < ROUNDS; k++)
			if (mgcp_encode(buf, sizeof(buf), &m) != sizeof(text) - 1)
				return -1;
		best_out = now() - start < best_out ? now() - start : best_out;
	}
	printf("bench mgcp_decode %.1f ns\n", best_in / ROUNDS);
	printf("bench mgcp_encode %.1f ns\n", best_out / ROUNDS);
	return 0;
}

/* --- calls --- */

static void told(void *ctx, const char *sdp)
{
	((struct call *)ctx)->told++;
}

static void failed(void *ctx, uint8_t cause, const char *why)
{
	((struct call *)ctx)->failed = true;
}

static const struct media_ops ops = { told, told, failed };

static int until(struct call *c, unsigned int n)
{
	for (int i = 0; i < AT_A_TIME; i++)
		while (c[i].told < n) {
			if (c[i].failed)
				return -1;
			osmo_select_main(0);
		}
	return 0;
}

/* Opened toward SIP, its answer, both ways, closed; a few at a time, as a gateway has them. */
static int some_calls(struct media_gw *gw)
{
	struct call c[AT_A_TIME] = { 0 };
	struct media_open o = {
		.trunk_group = "t", .tmr = 3, .mode = MEDIA_RECVONLY, .call_id = "AB"
	};

	for (int i = 0; i < AT_A_TIME; i++) {
		o.cic = i;
		c[i].mc = media_open(gw, &o, &ops, &c[i]);
		if (!c[i].mc)
			return -1;
	}
	if (until(c, 1) < 0)
		return -1;
	for (int i = 0; i < AT_A_TIME; i++)
		media_modify(c[i].mc, MEDIA_RECVONLY, SDP);
	if (until(c, 2) < 0)
		return -1;
	for (int i = 0; i < AT_A_TIME; i++)
		media_modify(c[i].mc, MEDIA_SENDRECV, NULL);
	if (until(c, 3) < 0)
		return -1;
	for (int i = 0; i < AT_A_TIME; i++)
		media_close(c[i].mc);
	return 0;
}

static int calls(const char *name, struct media_gw *gw)
{
	double start = now();

	for (int n = 0; n < CALLS; n += AT_A_TIME)
		if (some_calls(gw) < 0)
			return -1;
	printf("bench %s_call %.2f us\n", name, (now() - start) / 1000 / CALLS);
	return 0;
}

static int held(const char *name, struct media_gw *gw, void *ctx)
{
	static struct call c[HELD];
	struct media_open o = { .trunk_group = "t",
				.tmr = 3,
				.mode = MEDIA_SENDONLY,
				.call_id = "AB",
				.remote_sdp = SDP };
	size_t before = talloc_total_size(ctx);

	memset(c, 0, sizeof(c));
	for (int i = 0; i < HELD; i++) {
		o.cic = i;
		c[i].mc = media_open(gw, &o, &ops, &c[i]);
		while (c[i].mc && !c[i].told && !c[i].failed)
			osmo_select_main(0);
		if (!c[i].told)
			return -1;
	}
	printf("bench %s_held %zu octets\n", name, (talloc_total_size(ctx) - before) / HELD);
	for (int i = 0; i < HELD; i++)
		media_close(c[i].mc);
	return 0;
}

/* A gateway in a process of its own: says yes to everything. */
static void serve(int fd)
{
	struct sockaddr_in from;
	char in[4096], verb[8], out[1024];
	unsigned int tid;

	for (;;) {
		socklen_t len = sizeof(from);
		ssize_t n = recvfrom(fd, in, sizeof(in) - 1, 0, (struct sockaddr *)&from, &len);
		bool create;

		if (n <= 0)
			continue;
		in[n] = '\0';
		if (sscanf(in, "%4s %u", verb, &tid) != 2)
			continue;
		create = !strcmp(verb, "CRCX");
		n = snprintf(out, sizeof(out), "200 %u OK\r\n%s", tid,
			     create ? "I: 7C01\r\n\r\n" SDP : "");
		sendto(fd, out, n, 0, (struct sockaddr *)&from, len);
	}
}

static int over_mgcp(void *ctx)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct media_mgcp_cfg cfg = { .name = "mgcp", .remote_host = "127.0.0.1", .domain = "gw",
				      .endpoint = "ds/e1-%p/%t", .log_cat = DLGLOBAL };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0), rc;
	struct media_gw *gw;
	pid_t child;

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) < 0)
		return -1;
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(fd);
	}
	close(fd);
	cfg.remote_port = ntohs(a.sin_port);
	gw = media_mgcp_open(ctx, &cfg, NULL, NULL);
	while (gw && !media_gw_available(gw))
		osmo_select_main(0);
	rc = gw ? calls("media_mgcp", gw) : -1;
	rc = rc < 0 ? rc : held("media_mgcp", gw, ctx);
	media_gw_close(gw);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return rc;
}

int main(void)
{
	static const struct log_info info = { 0 };
	const struct media_none_cfg cfg = { "none", "192.0.2.20", 16000 };
	void *ctx = talloc_named_const(NULL, 0, "bench");
	struct media_gw *none;

	osmo_init_logging2(NULL, &info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	none = media_none_open(ctx, &cfg);
	if (codec() < 0 || calls("media_none", none) < 0 || held("media_none", none, ctx) < 0 ||
	    over_mgcp(ctx) < 0)
		return EXIT_FAILURE;
	media_gw_close(none);
	talloc_free(ctx);
	return EXIT_SUCCESS;
}
