/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP back end against the real osmo-mgw: contexts, modes, speech, its death and restart. */
#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
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
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"
#include "media_fake.h"
#include "tests/suite.h"

enum { ENDPOINTS = 31, RTP_OCTETS = 172, ROUNDS = 1000, BATCH = 20 };

struct world {
	void *ctx;
	char dir[64];
	pid_t mgw;
	uint16_t mgcp_port, vty_port, rtp_base;
	struct media_gw *gw;
	char state[32];
	int sip, circuit;		/* our ends of the speech */
	uint16_t sip_port, circuit_port;
};

static int bound(uint16_t *port, int type)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(*port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);

	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0) {
		close(fd);
		return -1;
	}
	getsockname(fd, (struct sockaddr *)&a, &len);
	*port = ntohs(a.sin_port);
	return fd;
}

/* A port for another process, below those that the kernel gives by itself. */
static uint16_t free_port(uint16_t first, int type)
{
	for (uint16_t i = 0; i < 4000; i++) {
		uint16_t port = first + (getpid() + i) % 4000;
		int fd = bound(&port, type);

		if (fd < 0)
			continue;
		close(fd);
		return port;
	}
	ck_abort_msg("no port is free");
	return 0;
}

static void write_config(const struct world *w, const char *path)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fprintf(f,
		"log stderr\n logging filter all 1\n logging color 0\n logging level set-all "
		"notice\n"
		"line vty\n no login\n bind 127.0.0.1 %u\n"
		"mgcp\n domain mgw\n bind ip 127.0.0.1\n bind port %u\n rtp port-range %u %u\n rtp "
		"bind-ip 127.0.0.1\n"
		" no rtp ip-probing\n number endpoints %d\n force-realloc 0\n rtcp-omit\n no "
		"rtp-patch\n no rtp keep-alive\n"
		" conn-timeout 0\n",
		w->vty_port, w->mgcp_port, w->rtp_base, w->rtp_base + 511, ENDPOINTS);
	fclose(f);
}

static void start_mgw(struct world *w)
{
	char config[100], log[100];

	snprintf(config, sizeof(config), "%s/osmo-mgw.cfg", w->dir);
	snprintf(log, sizeof(log), "%s/osmo-mgw.log", w->dir);
	write_config(w, config);
	w->mgw = fork();
	if (w->mgw == 0) {
		int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(fd, 1);
		dup2(fd, 2);
		execlp("osmo-mgw", "osmo-mgw", "-c", config, NULL);
		_exit(127);
	}
	ck_assert_int_gt(w->mgw, 0);
}

static void kill_mgw(struct world *w)
{
	kill(w->mgw, SIGKILL);
	waitpid(w->mgw, NULL, 0);
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void turn(void)
{
	struct timespec pause = { 0, 200000 };

	for (int i = 0; i < 4; i++)
		osmo_select_main(1);
	nanosleep(&pause, NULL);
}

/* Until the text is (more than) that; or the test ends. */
static void wait_told(const char *told, const char *want, unsigned int ms)
{
	uint64_t end = now_ms() + ms;

	while (strcmp(told, want) && now_ms() < end)
		turn();
	ck_assert_str_eq(told, want);
}

static void idle(unsigned int ms)
{
	uint64_t end = now_ms() + ms;

	while (now_ms() < end)
		turn();
}

static void on_state(void *ctx, struct media_gw *gw, bool available)
{
	struct world *w = ctx;

	strncat(w->state, available ? "+" : "-", sizeof(w->state) - strlen(w->state) - 1);
}

static void start(struct world *w, const char *endpoint, unsigned int keepalive_s)
{
	struct media_mgcp_cfg cfg = { .name = "osmo",
				      .remote_host = "127.0.0.1",
				      .local_host = "127.0.0.1",
				      .domain = "mgw",
				      .endpoint = endpoint,
				      .keepalive_s = keepalive_s,
				      .lost_after_s = 1,
				      .log_cat = DLGLOBAL,
				      .rto_ms = 50,
				      .max_retransmissions = 3,
				      .circuit_rtp_address = "127.0.0.1" };

	memset(w, 0, sizeof(*w));
	snprintf(w->dir, sizeof(w->dir), "/tmp/tollgate-osmo-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(w->dir));
	w->mgcp_port = free_port(10000, SOCK_DGRAM);
	w->vty_port = free_port(14000, SOCK_STREAM);
	w->rtp_base = 20000 + getpid() % 24 * 512;
	w->sip = bound(&w->sip_port, SOCK_DGRAM);
	w->circuit = bound(&w->circuit_port, SOCK_DGRAM);
	ck_assert(w->sip >= 0 && w->circuit >= 0);
	start_mgw(w);
	w->ctx = talloc_named_const(NULL, 0, "test");
	cfg.remote_port = w->mgcp_port;
	cfg.circuit_rtp_base_port = w->circuit_port - 2;	/* circuit 1 */
	w->gw = media_mgcp_open(w->ctx, &cfg, on_state, w);
	ck_assert_ptr_nonnull(w->gw);
	wait_told(w->state, "+", 8000);
}

static void stop(struct world *w)
{
	char path[100];

	media_gw_close(w->gw);
	ck_assert_uint_eq(talloc_total_blocks(w->ctx), 1);
	talloc_free(w->ctx);
	kill_mgw(w);
	close(w->sip);
	close(w->circuit);
	snprintf(path, sizeof(path), "%s/osmo-mgw.cfg", w->dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/osmo-mgw.log", w->dir);
	unlink(path);
	rmdir(w->dir);
}

static struct media_ctx *open_ctx(struct world *w, struct listener *l, uint16_t cic,
				  enum media_mode mode, const char *remote)
{
	char call[16];
	const struct media_open o = { .trunk_group = "tg",
				      .cic = cic,
				      .tmr = 3,
				      .mode = mode,
				      .remote_sdp = remote,
				      .call_id = call };

	snprintf(call, sizeof(call), "AB%04X", cic);
	memset(l, 0, sizeof(*l));
	return media_open(w->gw, &o, &listener_ops, l);
}

static void sip_sdp(const struct world *w, char *buf, size_t size, const char *formats)
{
	snprintf(buf, size,
		 "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
		 "%u RTP/AVP %s\r\n"
		 "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n",
		 w->sip_port, formats);
}

static uint16_t audio_port(const char *sdp)
{
	const char *m = strstr(sdp, "m=audio ");

	ck_assert_ptr_nonnull(m);
	return strtoul(m + 8, NULL, 10);
}

/* One packet through the gateway: has it come out within the time, octets unchanged? */
static bool comes_out(int to, const unsigned char *sent, unsigned int ms)
{
	unsigned char got[2048];
	uint64_t end = now_ms() + ms;

	do {
		turn();
		while (recv(to, got, sizeof(got), 0) == RTP_OCTETS)
			if (!memcmp(sent + 12, got + 12, RTP_OCTETS - 12))
				return true;
	} while (now_ms() < end);
	return false;
}

/* Sends n packets of speech from one end to the gateway's port; how many come out at the other. */
static unsigned int speak(int from, int to, uint16_t port, unsigned int n, unsigned int ms)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	unsigned char p[RTP_OCTETS] = { 0x80, 8 };
	static uint16_t seq;
	unsigned int arrived = 0;

	for (unsigned int i = 0; i < n; i++) {
		seq++;
		p[2] = seq >> 8;
		p[3] = seq & 255;
		p[6] = seq >> 4;
		p[11] = from & 255;
		memset(p + 12, seq & 255, RTP_OCTETS - 12);
		memcpy(p + 12, &seq, sizeof(seq));
		sendto(from, p, sizeof(p), 0, (struct sockaddr *)&a, sizeof(a));
		arrived += comes_out(to, p, ms);
	}
	return arrived;
}

/* A busy machine may take its time; where nothing is to come, nobody waits long. */
static void heard(int from, int to, uint16_t port, unsigned int n)
{
	ck_assert_uint_eq(speak(from, to, port, n, 1000), n);
}

static void not_heard(int from, int to, uint16_t port)
{
	ck_assert_uint_eq(speak(from, to, port, 20, 3), 0);
}

/* Contexts count until the gateway has confirmed their end. */
static void wait_at_most(const struct world *w, unsigned int n)
{
	const struct mg_gw *gw = container_of(w->gw, struct mg_gw, base);
	uint64_t end = now_ms() + 5000;

	while (gw->n_contexts > n && now_ms() < end)
		turn();
	ck_assert_uint_le(gw->n_contexts, n);
}

static void wait_closed(const struct world *w)
{
	wait_at_most(w, 0);
}

/* The circuit's side has a port of the gateway that only the gateway's packets tell us: those are
 * looked at. */
static uint16_t learn_port(struct world *w, uint16_t sip_side)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons(sip_side),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in from = { 0 };
	socklen_t len = sizeof(from);
	unsigned char p[RTP_OCTETS] = { 0x80, 8, 0xff }, got[2048];

	for (int i = 0; i < 50 && !from.sin_port; i++) {
		sendto(w->sip, p, sizeof(p), 0, (struct sockaddr *)&to, sizeof(to));
		idle(5);
		recvfrom(w->circuit, got, sizeof(got), 0, (struct sockaddr *)&from, &len);
	}
	ck_assert_uint_ne(from.sin_port, 0);
	return ntohs(from.sin_port);
}

static void modify(struct media_ctx *mc, struct listener *l, enum media_mode mode,
		   const char *remote)
{
	l->told[0] = '\0';
	ck_assert_int_eq(media_modify(mc, mode, remote), 0);
	wait_told(l->told, "modified", 2000);
}

START_TEST(isup_to_sip)
{
	char sdp[500];
	struct listener l;
	struct world w;
	struct media_ctx *mc;
	uint16_t sip_side, circuit_side;

	start(&w, "rtpbridge/*", 30);
	mc = open_ctx(&w, &l, 1, MEDIA_RECVONLY, NULL);
	wait_told(l.told, "opened", 2000);
	ck_assert_ptr_nonnull(strstr(l.sdp, " RTP/AVP 8 101\r\n"));
	sip_side = audio_port(l.sdp);
	sip_sdp(&w, sdp, sizeof(sdp), "8 101");
	modify(mc, &l, MEDIA_RECVONLY, sdp); /* early media from SIP: only toward the circuit */
	ck_assert_uint_eq(audio_port(l.sdp), sip_side);
	circuit_side = learn_port(&w, sip_side);
	heard(w.sip, w.circuit, sip_side, 20);
	not_heard(w.circuit, w.sip, circuit_side);
	modify(mc, &l, MEDIA_SENDRECV, NULL);		/* answered */
	heard(w.sip, w.circuit, sip_side, 50);
	heard(w.circuit, w.sip, circuit_side, 50);
	modify(mc, &l, MEDIA_INACTIVE, NULL);		/* hold: nothing is sent to SIP */
	not_heard(w.circuit, w.sip, circuit_side);
	modify(mc, &l, MEDIA_SENDRECV, NULL);
	heard(w.circuit, w.sip, circuit_side, 20);
	media_close(mc);
	wait_closed(&w);
	not_heard(w.circuit, w.sip, circuit_side);
	stop(&w);
}
END_TEST

/* Continuity: the circuit hears itself, until the loop is taken away. There is no tone here. */
START_TEST(loop)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;
	uint16_t port;

	start(&w, "rtpbridge/*", 30);
	ck_assert_uint_eq(media_gw_can(w.gw), MEDIA_CAN_LOOP);
	ck_assert_ptr_null(open_ctx(&w, &l, 1, MEDIA_TRANSPONDER, NULL));
	mc = open_ctx(&w, &l, 1, MEDIA_LOOPBACK, NULL);
	ck_assert_ptr_nonnull(mc);
	wait_told(l.told, "opened", 2000);
	port = audio_port(l.sdp);
	heard(w.circuit, w.circuit, port, 30);
	media_close(mc);
	wait_closed(&w);
	not_heard(w.circuit, w.circuit, port);
	stop(&w);
}
END_TEST

static uint64_t answers(const struct world *w)
{
	return mgcp_agent_counters(container_of(w->gw, struct mg_gw, base)->agent)->answered;
}

START_TEST(sip_to_isup)
{
	uint64_t answered;
	char sdp[500];
	struct listener l;
	struct world w;
	struct media_ctx *mc;
	uint16_t sip_side, circuit_side;

	start(&w, "rtpbridge/%c", 1);
	sip_sdp(&w, sdp, sizeof(sdp), "18 0 8 101");
	mc = open_ctx(&w, &l, 1, MEDIA_SENDONLY,
		      sdp); /* ringing tone of the exchange goes to SIP */
	wait_told(l.told, "opened", 2000);
	ck_assert_ptr_nonnull(strstr(l.sdp, " RTP/AVP 8 101\r\n"));
	sip_side = audio_port(l.sdp);
	not_heard(w.sip, w.circuit, sip_side);
	modify(mc, &l, MEDIA_SENDRECV, NULL);
	circuit_side = learn_port(&w, sip_side);
	modify(mc, &l, MEDIA_SENDONLY, NULL);
	heard(w.circuit, w.sip, circuit_side, 30);
	not_heard(w.sip, w.circuit, sip_side);
	modify(mc, &l, MEDIA_SENDRECV, NULL);
	/* speech goes on while the connection is asked for in turn */
	answered = answers(&w);
	while (answers(&w) < answered + 2) {
		heard(w.sip, w.circuit, sip_side, 10);
		heard(w.circuit, w.sip, circuit_side, 10);
	}
	heard(w.sip, w.circuit, sip_side, 10);
	heard(w.circuit, w.sip, circuit_side, 10);
	ck_assert_str_eq(l.told, "modified");
	ck_assert_str_eq(w.state, "+");
	media_close(mc);
	mc = open_ctx(&w, &l, 1, MEDIA_RECVONLY, NULL);	/* same endpoint, at once */
	wait_told(l.told, "opened", 2000);
	media_close(mc);
	wait_closed(&w);
	stop(&w);
}
END_TEST

/* Many calls, then all endpoints are free: as many as there are can be opened at once, and not one
 * more. */
START_TEST(no_endpoint_is_lost)
{
	struct listener l[ENDPOINTS + 1];
	struct media_ctx *mc[ENDPOINTS + 1];
	char sdp[500];
	struct world w;

	start(&w, "rtpbridge/*", 30);
	sip_sdp(&w, sdp, sizeof(sdp), "8");
	for (int i = 0; i < ROUNDS; i += BATCH) {
		wait_at_most(&w, ENDPOINTS - BATCH);
		for (int k = 0; k < BATCH; k++)
			mc[k] = open_ctx(&w, &l[k], k, k & 1 ? MEDIA_SENDONLY : MEDIA_RECVONLY,
					 k & 1 ? sdp : NULL);
		for (int k = 0; k < BATCH; k += 3) {	/* some are given up before they are open */
			media_close(mc[k]);
			mc[k] = NULL;
		}
		for (int k = 0; k < BATCH; k++) {
			if (!mc[k])
				continue;
			wait_told(l[k].told, "opened", 2000);
			media_close(mc[k]);
		}
	}
	wait_closed(&w);
	for (int k = 0; k <= ENDPOINTS; k++)
		mc[k] = open_ctx(&w, &l[k], k, MEDIA_RECVONLY, NULL);
	for (int k = 0; k < ENDPOINTS; k++)
		wait_told(l[k].told, "opened", 2000);
	wait_told(l[ENDPOINTS].told, "failed:47", 2000);
	for (int k = 0; k < ENDPOINTS; k++)
		media_close(mc[k]);
	wait_closed(&w);
	stop(&w);
}
END_TEST

START_TEST(killed)
{
	struct listener l, l2;
	struct world w;
	char sdp[500];

	start(&w, "rtpbridge/*", 1);
	sip_sdp(&w, sdp, sizeof(sdp), "8");
	open_ctx(&w, &l, 1, MEDIA_SENDONLY, sdp);
	wait_told(l.told, "opened", 2000);
	kill_mgw(&w);
	ck_assert_ptr_nonnull(open_ctx(&w, &l2, 2, MEDIA_RECVONLY, NULL));
	wait_told(l2.told, "failed:41", 3000);
	ck_assert_str_eq(w.state, "+-");
	wait_told(l.told, "opened failed:38", 3000);
	ck_assert_ptr_null(open_ctx(&w, &l2, 2, MEDIA_RECVONLY, NULL));
	start_mgw(&w);
	wait_told(w.state, "+-+", 5000);
	ck_assert_ptr_nonnull(open_ctx(&w, &l2, 2, MEDIA_RECVONLY, NULL));
	wait_told(l2.told, "opened", 2000);
	stop(&w);
}
END_TEST

/* Dead and back before anybody asked: it is up, but knows nothing of the call. */
START_TEST(restarted)
{
	struct listener l;
	struct world w;
	char sdp[500];

	start(&w, "rtpbridge/*", 1);
	sip_sdp(&w, sdp, sizeof(sdp), "8");
	open_ctx(&w, &l, 1, MEDIA_SENDONLY, sdp);
	wait_told(l.told, "opened", 2000);
	kill_mgw(&w);
	start_mgw(&w);
	wait_told(l.told, "opened failed:41", 4000);
	stop(&w);
}
END_TEST

static bool installed(void)
{
	return system("command -v osmo-mgw >/dev/null 2>&1") == 0;
}

int main(void)
{
	static const struct log_info info = { 0 };
	Suite *s = suite_create("media over MGCP, osmo-mgw");
	TCase *t = tcase_create("real gateway");

	if (!installed())
		return 77;
	osmo_init_logging2(NULL, &info);
	log_set_log_level(osmo_stderr_target, getenv("VERBOSE") ? LOGL_DEBUG : LOGL_FATAL);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, isup_to_sip);
	tcase_add_test(t, loop);
	tcase_add_test(t, sip_to_isup);
	tcase_add_test(t, no_endpoint_is_lost);
	tcase_add_test(t, killed);
	tcase_add_test(t, restarted);
	suite_add_tcase(s, t);
	return suite_run(s);
}
