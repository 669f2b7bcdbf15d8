/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two exchanges in one process, back to back over the pipe, on a virtual clock: calls, misbehaviour, load, figures. */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"
#include "gw/exchange/options.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* One end: what it plays and what it says. */
struct end {
	struct exchange_cfg cfg;
	struct scn_settings settings;
	const char *scenario, *text;	/* name, or text of its own */
	struct scenario *scn;
	struct exchange *x;
	struct mtp *mtp;
	char *out, *err;
	size_t out_size, err_size;
};

static void *ctx;
static struct end a, b;			/* a answers, b calls, unless a test says more */

static void preset(struct end *e, uint32_t opc, uint32_t dpc)
{
	memset(e, 0, sizeof(*e));
	e->cfg = (struct exchange_cfg){
		.dialect = &isup_itu, .opc = opc, .dpc = dpc, .ni = 2, .nai = 3, .called = "4930%6d",
		.calling = "4989%6d", .rate = 100, .calls = 4, .seed = 1,
	};
	cic_list_parse("1-31", e->cfg.cics);
	e->settings = (struct scn_settings){ .hold_ms = 500, .answer_delay_ms = 200, .expect_ms = 5000 };
}

static void setup(void)
{
	struct timespec *ts;

	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	ts = osmo_clock_override_gettimespec(CLOCK_MONOTONIC);
	ts->tv_sec = 1000;
	ts->tv_nsec = 0;
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ .tv_sec = 1000 };
	ctx = talloc_new(NULL);
	preset(&a, 2, 1);
	preset(&b, 1, 2);
}

static void start(struct end *e, bool places)
{
	e->cfg.out = open_memstream(&e->out, &e->out_size);
	e->cfg.err = open_memstream(&e->err, &e->err_size);
	e->scn = scenario_new(ctx, &isup_itu, &e->settings, stderr);
	if (e->scenario)
		ck_assert_int_eq(scenario_add(e->scn, e->scenario), 0);
	if (e->text)
		ck_assert_int_eq(scenario_add_text(e->scn, "test", e->text), 0);
	ck_assert_int_eq(scenario_finish(e->scn), 0);
	e->cfg.place = places ? scenario_find_call(e->scn, NULL) : NULL;
	ck_assert(!places || e->cfg.place);
	e->x = exchange_new(ctx, &e->cfg, e->scn);
	ck_assert(e->x);
}

static void connect_ends(void)
{
	struct mtp_user ua = exchange_mtp_user(a.x), ub = exchange_mtp_user(b.x);

	ck_assert_int_eq(mtp_pipe_pair(ctx, &a.mtp, &ua, &b.mtp, &ub), 0);
	exchange_attach(a.x, a.mtp);
	exchange_attach(b.x, b.mtp);
}

/* Let time pass: messages first, then the next timer. */
static void pass(unsigned int ms)
{
	struct timespec *now = osmo_clock_override_gettimespec(CLOCK_MONOTONIC);
	uint64_t end = exchange_now() + ms * 1000ULL;
	int next;

	while (exchange_now() < end) {
		while (mtp_pipe_run(a.mtp))
			;
		osmo_timers_prepare();
		next = osmo_timers_nearest_ms();
		if (next < 0 || exchange_now() + next * 1000ULL > end)
			next = (end - exchange_now() + 999) / 1000;
		next = next ? next : 1;
		osmo_clock_override_add(CLOCK_MONOTONIC, next / 1000, next % 1000 * 1000000L);
		osmo_gettimeofday_override_add(next / 1000, next % 1000 * 1000);
		osmo_timers_prepare();
		osmo_timers_update();
	}
	while (mtp_pipe_run(a.mtp))
		;
	ck_assert(now->tv_sec >= 1000);
}

static void both(const char *answers, const char *calls)
{
	a.scenario = answers;
	b.scenario = calls;
	start(&a, false);
	start(&b, true);
	connect_ends();
}

static void flush(void)
{
	fflush(a.cfg.out);
	fflush(a.cfg.err);
	fflush(b.cfg.out);
	fflush(b.cfg.err);
}

static void stop(struct end *e)
{
	mtp_close(e->mtp);
	exchange_free(e->x);
	fclose(e->cfg.out);
	fclose(e->cfg.err);
	free(e->out);
	free(e->err);
	talloc_free(e->scn);
}

static void teardown(void)
{
	stop(&a);
	stop(&b);
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);		/* nothing left behind */
	talloc_free(ctx);
	osmo_clock_override_enable(CLOCK_MONOTONIC, false);
	osmo_gettimeofday_override = false;
}

/* Every built-in scenario against its counterpart: both ends are content. */
static const struct { const char *answers, *calls; unsigned int answered; const char *types; } pairs[] = {
	{ "answer", "call-answer", 4, "ACM ANM RLC" },
	{ "ring-answer", "call-answer", 4, "ACM CPG ANM RLC" },
	{ "connect", "call-answer", 4, "CON RLC" },
	{ "early-media", "call-answer", 4, "ACM CPG ANM RLC" },
	{ "announcement 3 300ms", "call-release 3", 0, "ACM REL" },
	{ "busy", "call-busy", 0, "REL" },
	{ "reject 1", "call-release 1", 0, "REL" },
	{ "reject 127", "call-release 127", 0, "REL" },
	{ "no-answer", "call-cancel", 0, "ACM RLC" },
	{ "no-answer", "call-abandon", 0, "ACM RLC" },
	{ "silent", "call-abandon", 0, "RLC" },
	{ "hang-up", "call-hang-up", 4, "ACM ANM REL" },
	{ "suspend", "call-suspend", 4, "ACM ANM SUS RES RLC" },
	{ "overlap-answer", "call-overlap", 4, "ACM ANM RLC" },
	{ "overlap-answer", "call-answer", 4, "ACM ANM RLC" },
	{ "continuity", "call-continuity", 4, "ACM ANM RLC" },
	{ "expect-reset", "call-reset", 4, "ACM ANM RLC" },
	{ "answer", "call-vanish 400ms", 4, "ACM ANM RLC" },
};

START_TEST(test_pair)
{
	char types[128], *save = NULL, *t;
	const struct stats *s;

	both(pairs[_i].answers, pairs[_i].calls);
	pass(8000);
	flush();
	ck_assert_msg(exchange_done(a.x) && exchange_passed(a.x), "%s: %s", pairs[_i].answers, a.err);
	ck_assert_msg(exchange_done(b.x) && exchange_passed(b.x), "%s: %s", pairs[_i].calls, b.err);
	s = &b.x->stats;
	ck_assert_uint_eq(s->out.attempted, 4);
	ck_assert_uint_eq(s->out.ok, 4);
	ck_assert_uint_eq(s->out.answered, pairs[_i].answered);
	ck_assert_uint_eq(a.x->stats.in.answered, pairs[_i].answered);
	ck_assert_uint_eq(s->sent, a.x->stats.received);
	ck_assert_uint_eq(s->received, a.x->stats.sent);
	strcpy(types, pairs[_i].types);
	for (t = strtok_r(types, " ", &save); t; t = strtok_r(NULL, " ", &save))
		ck_assert_msg(s->received_type[isup_mt_find(&isup_itu, t)] >= 4, "%s: no %s", pairs[_i].answers, t);
}
END_TEST

/* What is not as expected is told with call, circuit, block, line and step, and fails. */
static const struct { const char *answers, *calls, *says; enum failure why; } failing[] = {
	{ "busy", "call-answer", "cic 1: call-answer: built-in call-answer:5: expect ACM: REL came, cause 17", FAIL_RELEASED },
	{ "answer", "call-busy", "call-busy:4: expect REL where CAI.value=17: ANM came", FAIL_UNEXPECTED },
	{ "silent", "call-answer", "call-answer:5: expect ACM: did not come within 5000 ms", FAIL_TIMEOUT },
	{ "no-answer", "call-answer", "expect ANM: did not come within 5000 ms", FAIL_TIMEOUT },
	{ "reject 3", "call-release 4", "where CAI.value=4: REL came without CAI.value=4", FAIL_CONDITION },
	{ "answer", "call-suspend", "expect SUS: did not come", FAIL_TIMEOUT },
	{ "hang-up", "call-answer", "wait 60000ms: REL came, cause 16", FAIL_RELEASED },
};

START_TEST(test_failing)
{
	if (!strcmp(failing[_i].answers, "hang-up"))
		b.settings.hold_ms = 60000;
	both(failing[_i].answers, failing[_i].calls);
	pass(30000);
	flush();
	ck_assert(exchange_done(b.x));
	ck_assert(!exchange_passed(b.x));
	ck_assert_msg(strstr(b.err, failing[_i].says) != NULL, "%s", b.err);
	ck_assert_uint_eq(b.x->stats.out.failed, 4);
	ck_assert_uint_eq(b.x->stats.failures[failing[_i].why], 4);
	ck_assert_uint_eq(b.x->n_busy, 0);		/* released all the same */
	ck_assert_uint_eq(a.x->n_busy, 0);
}
END_TEST

/* A far end that answers nothing: REL twice, RSC, then the circuit is stuck, and that is told. */
START_TEST(test_dead)
{
	const uint64_t *sent;

	b.cfg.calls = 1;
	a.text = "manual all\non IAM\n silence 300s\n";
	both(NULL, "call-answer");
	pass(40000);
	flush();
	sent = b.x->stats.sent_type;
	ck_assert_uint_eq(sent[ISUP_MT_REL], 2);
	ck_assert_uint_eq(sent[ISUP_MT_RSC], 1);
	ck_assert_uint_eq(b.x->stats.stuck, 1);
	ck_assert_uint_eq(b.x->n_busy, 1);
	exchange_tell_busy(b.x);
	flush();
	ck_assert_msg(strstr(b.err, "cic 1 is busy, stuck") != NULL, "%s", b.err);
	ck_assert(!exchange_passed(b.x));
}
END_TEST

/* The wrong thing said on purpose: what it is, and what the other end makes of it. */
static const struct { const char *answers, *says; uint64_t malformed, unequipped, unexpected; } wrong[] = {
	{ "on IAM\n send-raw 01 00 06 16\n wait 1s\n at REL done\n", "malformed message at octet", 1, 0, 0 },
	{ "on IAM\n at REL done\n send ACM cic=77 free\n wait\n", "did not come", 0, 1, 0 },
	{ "on IAM\n at REL done\n send ACM cic=9 free\n wait\n", "did not come", 0, 0, 1 },
	{ "on IAM\n at REL done\n send ANM\n wait\n", "expect ACM: ANM came", 0, 0, 1 },
	{ "on IAM\n at REL done\n send ACM free\n send ACM free\n wait\n", "ACM came", 0, 0, 1 },
	{ "on IAM\n at REL done\n send SAM 1\n wait\n", "expect ACM: SAM came", 0, 0, 1 },
	{ "on IAM\n send RSC\n expect RLC\n", "RSC came", 0, 0, 0 },
	{ "on IAM\n send GRS cic=1 30\n expect GRA\n", "GRS came", 0, 0, 0 },
	{ "on IAM\n at REL done\n label a\n goto a\n", "did not come", 0, 0, 0 },
	{ "on SAM\n done\n", "REL came, cause 1 ", 0, 0, 0 },
	{ "on IAM\n fail \"on purpose\"\n", "REL came, cause 31", 0, 0, 0 },
};

START_TEST(test_wrong)
{
	const struct stats *s;

	b.cfg.calls = 1;
	a.text = wrong[_i].answers;
	both(NULL, "call-answer");
	s = &b.x->stats;
	pass(12000);
	flush();
	ck_assert_msg(strstr(b.err, wrong[_i].says) != NULL || strstr(wrong[_i].answers, "goto a"), "%s", b.err);
	ck_assert_uint_eq(s->malformed, wrong[_i].malformed);
	ck_assert_uint_eq(s->unequipped, wrong[_i].unequipped);
	ck_assert_uint_eq(s->unexpected, wrong[_i].unexpected);
	ck_assert(!exchange_passed(b.x));
	ck_assert_uint_eq(a.x->n_busy, 0);
	ck_assert_uint_eq(b.x->n_busy, 0);
	if (strstr(wrong[_i].answers, "goto a"))
		ck_assert_msg(strstr(a.err, "goes round without waiting") != NULL, "%s", a.err);
	if (strstr(wrong[_i].answers, "fail"))
		ck_assert_msg(strstr(a.err, "on purpose") != NULL, "%s", a.err);
}
END_TEST

/* Steps and conditions of every kind: the call that is forwarded, tests/exchange/forward.scn at both ends. */
START_TEST(test_forward)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/tests/exchange/forward.scn", getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	both(path, path);
	pass(10000);
	flush();
	ck_assert_msg(exchange_passed(a.x) && exchange_passed(b.x), "%s%s", a.err, b.err);
	ck_assert_uint_eq(b.x->stats.received_type[ISUP_MT_CPG], 16);
	ck_assert_uint_eq(b.x->stats.out.answered, 4);
}
END_TEST

/* Both place calls on few circuits: each gives way where the other controls, and no call is lost. */
START_TEST(test_dual)
{
	a.scenario = b.scenario = "call-answer";
	a.text = b.text = "on IAM do answer";
	a.cfg.calls = b.cfg.calls = 2000;
	a.cfg.rate = b.cfg.rate = 400;
	a.settings.hold_ms = b.settings.hold_ms = 20;
	a.settings.answer_delay_ms = b.settings.answer_delay_ms = 0;
	cic_list_parse("1-8", a.cfg.cics);
	memcpy(b.cfg.cics, a.cfg.cics, sizeof(b.cfg.cics));
	start(&a, true);
	start(&b, true);
	connect_ends();
	pass(30000);
	flush();
	ck_assert_msg(exchange_passed(a.x) && exchange_passed(b.x), "%s%s", a.err, b.err);
	ck_assert_uint_gt(a.x->stats.dual_lost + b.x->stats.dual_lost, 0);
	ck_assert_uint_eq(a.x->stats.dual_lost, b.x->stats.dual_won);
	ck_assert_uint_eq(b.x->stats.dual_lost, a.x->stats.dual_won);
	ck_assert_uint_eq(a.x->stats.out.attempted, 2000);
	ck_assert_uint_eq(a.x->stats.in.attempted, 2000);
}
END_TEST

/* Both insist: the calls hang, and that is a failure. */
START_TEST(test_dual_keep)
{
	a.scenario = b.scenario = "call-answer";
	a.text = b.text = "on IAM do answer";
	a.cfg.dual = b.cfg.dual = DUAL_KEEP;
	cic_list_parse("1", a.cfg.cics);
	cic_list_parse("1", b.cfg.cics);
	a.cfg.calls = b.cfg.calls = 1;
	start(&a, true);
	start(&b, true);
	connect_ends();
	pass(30000);
	ck_assert_uint_eq(a.x->stats.dual_won, 1);
	ck_assert_uint_eq(b.x->stats.dual_won, 1);
	ck_assert(!exchange_passed(a.x) && !exchange_passed(b.x));
	ck_assert_uint_eq(a.x->stats.failures[FAIL_TIMEOUT], 1);
}
END_TEST

/* Ten thousand calls: all as expected, the figures right. */
START_TEST(test_load)
{
	const struct stats *s;
	struct stats_view v;

	b.cfg.calls = 10000;
	b.cfg.rate = 1000;
	b.settings.hold_ms = 100;
	a.settings.answer_delay_ms = 50;
	cic_list_parse("1-600", a.cfg.cics);
	memcpy(b.cfg.cics, a.cfg.cics, sizeof(b.cfg.cics));
	both("answer", "call-answer");
	pass(12000);
	flush();
	s = &b.x->stats;
	ck_assert_msg(exchange_done(b.x) && exchange_passed(b.x), "%s", b.err);
	ck_assert_uint_eq(s->out.ok, 10000);
	ck_assert_uint_eq(s->sent, 20000);
	ck_assert_uint_eq(s->received, 30000);
	ck_assert_uint_eq(s->iam_anm.n, 10000);
	ck_assert_uint_ge(s->iam_anm.min, 50000);
	ck_assert_uint_le(s->iam_anm.max, 60000);
	ck_assert_uint_le(hist_quantile(&s->iam_anm, 0.5), hist_quantile(&s->iam_anm, 0.99));
	ck_assert_uint_eq(a.x->stats.causes[16], 10000);
	ck_assert_uint_eq(a.x->stats.in.ok, 10000);
	v = (struct stats_view){ .s = s };
	ck_assert(!v.passed);
	exchange_summary(b.x, true);
	exchange_summary(b.x, false);
	flush();
	ck_assert(strstr(b.out, "\"outgoing\":{\"attempted\":10000,\"answered\":10000,\"ok\":10000,\"failed\":0}"));
	ck_assert(strstr(b.out, "\"received_types\":{\"ACM\":10000,\"ANM\":10000,\"RLC\":10000}"));
	ck_assert(strstr(b.out, "\"passed\":true}\n"));
	ck_assert(strstr(b.out, "\nresult    passed\n"));
	ck_assert(atof(strstr(b.out, "\"calls_per_second\":") + 19) > 980);
}
END_TEST

/* More calls than circuits: they come late, never more at once than allowed. */
START_TEST(test_few_circuits)
{
	b.cfg.calls = 100;
	b.cfg.rate = 1000;
	b.cfg.max_concurrent = 3;
	both("answer", "call-answer");
	pass(1000);
	ck_assert_uint_eq(b.x->load.active, 3);
	ck_assert_uint_le(b.x->n_busy, 3);
	pass(30000);
	ck_assert(exchange_passed(b.x));
	ck_assert_uint_eq(b.x->stats.out.ok, 100);
}
END_TEST

/* Without destination no call is placed; calls under way when it goes run into their limits. */
START_TEST(test_pause)
{
	b.cfg.calls = 0;
	both("answer", "call-answer");
	mtp_pipe_set_up(a.mtp, false);
	pass(5000);
	ck_assert_uint_eq(b.x->stats.out.attempted, 0);
	mtp_pipe_set_up(a.mtp, true);
	pass(1000);
	ck_assert_uint_gt(b.x->stats.out.attempted, 20);
	mtp_pipe_set_up(a.mtp, false);
	pass(3000);
	ck_assert_uint_gt(b.x->stats.not_sent, 0);
	ck_assert_uint_gt(b.x->stats.failures[FAIL_SEND], 0);
	mtp_pipe_set_up(a.mtp, true);
	exchange_stop(b.x);
	pass(20000);
	ck_assert_uint_eq(b.x->n_busy, 0);
	flush();
	ck_assert(strstr(b.err, "destination unavailable"));
	ck_assert(!exchange_passed(b.x));
}
END_TEST

static void command(const char *line)
{
	char copy[SCN_MAX_TEXT];

	osmo_strlcpy(copy, line, sizeof(copy));
	control_command(b.x, copy);
	pass(20);
	flush();
}

/* Commands in order, and what the last line of the answer begins with. */
static const struct { const char *line, *reply; unsigned int ms; } commands[] = {
	{ "call 4930111 4989222", "ok call 0 cic 1", 100 },
	{ "show", "ok show destination available, 1 of 31 circuits busy", 900 },
	{ "call +4930111 4989222 call-busy", "ok call 1 cic 3", 300 },
	{ "rel 3 17", "error no call on circuit 3", 0 },
	{ "call 1 2 call-vanish 9s", "ok call 2 cic 5", 300 },
	{ "rel 5 17", "end 2 cic 5 answered passed", 0 },
	{ "rel 5 17", "error no call on circuit 5", 0 }, { "rel 99", "error no circuit 99", 0 },
	{ "rel", "error no circuit given", 0 }, { "blo 7", "ok BLO 7 BLA", 0 }, { "ubl 7", "ok UBL 7 UBA", 0 },
	{ "rsc 7", "ok RSC 7 RLC", 0 }, { "grs 1 30", "ok GRS 1 GRA", 0 }, { "grs 1", "error grs wants", 0 },
	{ "grs 1 32", "error grs wants", 0 }, { "send 9 BLO", "message BLA cic=9", 0 },
	{ "send 9 UBL", "message UBA cic=9", 0 }, { "send 9 REL 16", "message RLC cic=9", 0 },
	{ "send 9 CGB 3", "message CGBA cic=9; CGSMT type=0; RaS range=3 0f", 0 },
	{ "send 9 CGU 3", "message CGUA cic=9", 0 }, { "send 9 XYZ", "error unknown message", 0 },
	{ "send 9 REL", "error a mandatory", 0 }, { "send-raw 0900 13", "message BLA cic=9", 0 },
	{ "send-raw x", "error send-raw wants", 0 }, { "call", "error call wants", 0 }, { "call 1x 2", "error call", 0 },
	{ "call 1 2 nothing", "error no call scenario nothing", 0 }, { "jump", "error no command jump", 0 },
	{ "stats", "{\"outgoing\":{\"attempted\":3,", 0 }, { "quit", "ok quit", 0 },
};

START_TEST(test_commands)
{
	const char *last;
	int i;

	b.settings.hold_ms = 400;
	b.cfg.calls = 0;
	b.cfg.events = true;
	a.text = "on IAM CdPN=1\n at REL done\n send CON\n wait\non IAM do answer\n";
	start(&a, false);
	b.scenario = "answer";
	start(&b, false);
	connect_ends();
	ck_assert_int_eq(control_open(b.x, open("/dev/null", O_RDONLY)), 0);
	for (i = 0; i < N(commands); i++) {
		command(commands[i].line);
		for (last = b.out + strlen(b.out) - 1; last > b.out && last[-1] != '\n'; last--)
			;
		ck_assert_msg(!strncmp(last, commands[i].reply, strlen(commands[i].reply)), "%s: %s",
			      commands[i].line, last);
		pass(commands[i].ms);
	}
	ck_assert(exchange_done(b.x));
	ck_assert_uint_eq(b.x->n_busy, 0);
	ck_assert(strstr(b.out, "end 0 cic 1 answered passed\n"));
	ck_assert(strstr(b.out, "end 1 cic 3 answered failed: ANM came\n"));
}
END_TEST

/* No answer to a command is told, too. A blocked circuit is not seized. */
START_TEST(test_blocking)
{
	b.cfg.calls = 0;
	b.cfg.events = true;
	a.text = "manual all\non BLO\n done\non IAM\n at REL done\n send CON\n wait\n";
	start(&a, false);
	b.scenario = "answer";
	start(&b, false);
	cic_list_parse("1-2", b.cfg.cics);
	connect_ends();
	ck_assert_int_eq(control_open(b.x, open("/dev/null", O_RDONLY)), 0);
	command("blo 1");
	pass(6000);
	flush();
	ck_assert_msg(strstr(b.out, "error BLO 1: no answer\n") != NULL, "%s", b.out);
	command("call 1 2 call-vanish 1s");
	ck_assert_msg(strstr(b.out, "ok call 0 cic 3\n") != NULL, "%s", b.out);
}
END_TEST

START_TEST(test_histogram)
{
	static struct histogram h;
	unsigned int i;

	ck_assert_uint_eq(hist_quantile(&h, 0.5), 0);
	for (i = 1; i <= 100000; i++)
		hist_add(&h, i * 10);
	ck_assert_uint_eq(h.min, 10);
	ck_assert_uint_eq(h.max, 1000000);
	ck_assert(llabs((long long)hist_quantile(&h, 0.5) - 500000) < 500000 * 0.04);
	ck_assert(llabs((long long)hist_quantile(&h, 0.99) - 990000) < 990000 * 0.04);
	ck_assert_uint_eq(hist_quantile(&h, 1.0), 1000000);
	hist_add(&h, UINT64_MAX);
	ck_assert_uint_eq(h.max, UINT64_MAX);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("exchange");
	TCase *t = tcase_create("back to back"), *pure = tcase_create("pure");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_loop_test(t, test_pair, 0, N(pairs));
	tcase_add_loop_test(t, test_failing, 0, N(failing));
	tcase_add_loop_test(t, test_wrong, 0, N(wrong));
	tcase_add_test(t, test_dead);
	tcase_add_test(t, test_forward);
	tcase_add_test(t, test_dual);
	tcase_add_test(t, test_dual_keep);
	tcase_add_test(t, test_load);
	tcase_add_test(t, test_few_circuits);
	tcase_add_test(t, test_pause);
	tcase_add_test(t, test_commands);
	tcase_add_test(t, test_blocking);
	tcase_add_test(pure, test_histogram);
	suite_add_tcase(s, t);
	suite_add_tcase(s, pure);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? 1 : 0;
}
