/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a call costs in the SIP edge: caller and callee in a process each, SIP-T sized bodies, UDP
 * over loopback. bench_sip [calls [calls per second [seconds to hold the last ones]]] */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/sip.h"

static struct {
	struct sip *sip;
	uint16_t port;
	unsigned int want, begun, done, failed, rate, hold;
	struct osmo_fd timer;
	struct sip_out out;
	double start;
	size_t traced;
} g;

static double now_s(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec + ts.tv_nsec * 1e-9;
}

static void callee_ended(void *ctx, const struct sip_msg *msg, const char *why)
{
	g.done++;
}

static void response(void *ctx, int status, const struct sip_msg *msg)
{
	if (status >= 300) {
		g.failed++;
		g.done++;
	} else if (status >= 200 && g.hold) {
		g.done++;
	} else if (status >= 200) {
		sip_leg_release(*(struct sip_leg **)ctx, 0, NULL);
		g.done++;
		free(ctx);
	}
}

static const struct sip_leg_ops ops = { .response = response, .ended = callee_ended };

static void invite(void *ctx, struct sip_leg *leg, const struct sip_msg *msg)
{
	sip_leg_bind(leg, &ops, NULL);
	sip_leg_reply(leg, 180, NULL, NULL, SIP_100REL_OFF);
	sip_leg_reply(leg, 200, NULL, &g.out, SIP_100REL_OFF);
}

static void trace(void *ctx, bool sent, const char *peer, const char *call_id, const void *octets,
		  size_t len)
{
	g.traced += len;
}

static void open_sip(uint16_t port)
{
	struct sip_cfg_listen listen = { SIP_UDP, "127.0.0.1", port };
	struct sip_cfg cfg = {
		.listen = &listen, .n_listen = 1, .user_agent = "bench", .log_cat = DLGLOBAL
	};
	struct sip_user user = { .invite = invite, .trace = getenv("BENCH_TRACE") ? trace : NULL };

	g.sip = sip_new(NULL, &cfg, &user);
	if (!g.sip)
		exit(1);
}

static void fill_out(void)
{
	strcpy(g.out.ruri, "sip:+49301234567@127.0.0.1;user=phone");
	strcpy(g.out.from, "<sip:+49891234567@127.0.0.1;user=phone>");
	strcpy(g.out.to, "<sip:+49301234567@127.0.0.1;user=phone>");
	strcpy(g.out.pai, "<sip:+49891234567@127.0.0.1;user=phone>");
	strcpy(g.out.content_type, "multipart/mixed;boundary=unique-boundary-1");
	strcpy(g.out.headers, "MIME-Version: 1.0\r\n");
	memset(g.out.body, 'x', 520);
	g.out.body_len = 520;
}

static void call_some(void)
{
	double due = (now_s(CLOCK_MONOTONIC) - g.start) * g.rate;
	struct sip_target target = { "127.0.0.1", g.port, SIP_UDP };
	struct sip_leg **leg;

	while (g.begun < g.want && g.begun < due) {
		leg = calloc(1, sizeof(*leg));
		if (sip_leg_invite(leg, g.sip, &target, &g.out, SIP_100REL_OFF, &ops, leg) < 0)
			g.failed++, g.done++;
		g.begun++;
	}
}

static int on_tick(struct osmo_fd *ofd, unsigned int what)
{
	uint64_t n;

	if (read(ofd->fd, &n, sizeof(n)) == sizeof(n))
		call_some();
	return 0;
}

static double cpu_us(void)
{
	struct rusage ru;

	getrusage(RUSAGE_SELF, &ru);
	return (ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1e6 + ru.ru_utime.tv_usec +
	       ru.ru_stime.tv_usec;
}

static void wake(void *data)
{
}

/* Lets transactions expire, so that what is left belongs to calls. */
static void idle(double seconds)
{
	double end = now_s(CLOCK_MONOTONIC) + seconds;
	struct osmo_timer_list t = { 0 };

	osmo_timer_setup(&t, wake, NULL);
	while (now_s(CLOCK_MONOTONIC) < end) {
		osmo_timer_schedule(&t, 0, 100000);
		osmo_select_main(0);
	}
	osmo_timer_del(&t);
}

static void report(const char *side, double cpu, size_t heap)
{
	printf("bench cpu-us-per-sip-call-%s %.1f us\n", side, cpu / g.want);
	if (g.hold)
		printf("bench bytes-per-held-sip-call-%s %.0f bytes\n", side,
		       (double)(mallinfo2().uordblks - heap) / g.want);
	fflush(stdout);
}

static int callee(int ready)
{
	size_t heap;
	double cpu;

	open_sip(0);
	heap = mallinfo2().uordblks;
	cpu = cpu_us();
	g.port = sip_port(g.sip, 0);
	if (write(ready, &g.port, sizeof(g.port)) != sizeof(g.port))
		return 1;
	while (g.hold ? sip_dialogs(g.sip) < g.want : g.done < g.want)
		osmo_select_main(0);
	cpu = cpu_us() - cpu;
	if (g.hold)
		idle(g.hold);
	report("uas", cpu, heap);
	sip_free(g.sip);
	return 0;
}

static int caller(int ready)
{
	static const struct timespec tick = { 0, 2000000 };
	double cpu, took;
	size_t heap;

	if (read(ready, &g.port, sizeof(g.port)) != sizeof(g.port))
		return 1;
	open_sip(0);
	heap = mallinfo2().uordblks;
	cpu = cpu_us();
	g.timer.fd = -1;
	osmo_timerfd_setup(&g.timer, on_tick, NULL);
	osmo_timerfd_schedule(&g.timer, &tick, &tick);
	g.start = now_s(CLOCK_MONOTONIC);
	while (g.done < g.want)
		osmo_select_main(0);
	took = now_s(CLOCK_MONOTONIC) - g.start;
	idle(0.5);
	cpu = cpu_us() - cpu;
	if (g.hold)
		idle(g.hold);
	report("uac", cpu, heap);
	printf("bench sip-calls-per-second %.0f calls\n", g.want / took);
	printf("bench sip-calls-failed %u calls\n", g.failed);
	sip_free(g.sip);
	return g.failed ? 1 : 0;
}

int main(int argc, char **argv)
{
	int ready[2], status = 0, rc;
	pid_t child;

	g.want = argc > 1 ? strtoul(argv[1], NULL, 10) : getenv("BENCH_QUICK") ? 2000 : 10000;
	g.rate = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
	g.hold = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
	fill_out();
	osmo_init_logging2(NULL, &(struct log_info){ 0 });
	if (pipe(ready) < 0)
		return 1;
	child = fork();
	if (child == 0)
		_exit(callee(ready[1]));
	rc = caller(ready[0]);
	waitpid(child, &status, 0);
	return rc || status;
}
