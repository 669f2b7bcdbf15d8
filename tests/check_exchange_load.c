/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many calls between two exchanges: dual seizure, load and its figures, commands, loss of the
 * destination. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "tests/check_exchange_ends.h"
#include "tests/suite.h"

/* Both place calls on few circuits: each gives way where the other controls, and no call is lost.
 */
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
	end_start(&a, true);
	end_start(&b, true);
	ends_connect();
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
	end_start(&a, true);
	end_start(&b, true);
	ends_connect();
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
	ck_assert(strstr(
		b.out,
		"\"outgoing\":{\"attempted\":10000,\"answered\":10000,\"ok\":10000,\"failed\":0}"));
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
static const struct { const char *line, *reply; unsigned int ms;
} commands[] = {
	{ "call 4930111 4989222", "ok call 0 cic 1", 100 },
	{ "show", "ok show destination available, 1 of 31 circuits busy", 900 },
	{ "call +4930111 4989222 call-busy", "ok call 1 cic 3", 300 },
	{ "rel 3 17", "error no call on circuit 3", 0 },
	{ "call 1 2 call-vanish 9s", "ok call 2 cic 5", 300 },
	{ "rel 5 17", "end 2 cic 5 answered passed", 0 },
	{ "rel 5 17", "error no call on circuit 5", 0 },
	{ "rel 99", "error no circuit 99", 0 },
	{ "rel", "error no circuit given", 0 },
	{ "blo 7", "ok BLO 7 BLA", 0 },
	{ "ubl 7", "ok UBL 7 UBA", 0 },
	{ "rsc 7", "ok RSC 7 RLC", 0 },
	{ "grs 1 30", "ok GRS 1 GRA", 0 },
	{ "grs 1", "error grs wants", 0 },
	{ "grs 1 32", "error grs wants", 0 },
	{ "send 9 BLO", "message BLA cic=9", 0 },
	{ "send 9 UBL", "message UBA cic=9", 0 },
	{ "send 9 REL 16", "message RLC cic=9", 0 },
	{ "send 9 CGB 3", "message CGBA cic=9; CGSMT type=0; RaS range=3 0f", 0 },
	{ "send 9 CGU 3", "message CGUA cic=9", 0 },
	{ "send 30 CQM 2", "message CQR cic=30; RaS range=2; CSI 0c0c03", 0 },
	{ "send 9 XYZ", "error unknown message", 0 },
	{ "send 9 REL", "error a mandatory", 0 },
	{ "send-raw 0900 13", "message BLA cic=9", 0 },
	{ "send-raw x", "error send-raw wants", 0 },
	{ "call", "error call wants", 0 },
	{ "call 1x 2", "error call", 0 },
	{ "call 1 2 nothing", "error no call scenario nothing", 0 },
	{ "jump", "error no command jump", 0 },
	{ "stats", "{\"outgoing\":{\"attempted\":3,", 0 },
	{ "quit", "ok quit", 0 },
};

START_TEST(test_commands)
{
	const char *last;
	int i;

	b.settings.hold_ms = 400;
	b.cfg.calls = 0;
	b.cfg.events = true;
	a.text = "on IAM CdPN=1\n at REL done\n send CON\n wait\non IAM do answer\n";
	end_start(&a, false);
	b.scenario = "answer";
	end_start(&b, false);
	ends_connect();
	ck_assert_int_eq(control_open(b.x, open("/dev/null", O_RDONLY)), 0);
	for (i = 0; i < N(commands); i++) {
		command(commands[i].line);
		for (last = b.out + strlen(b.out) - 1; last > b.out && last[-1] != '\n'; last--)
			;
		ck_assert_msg(!strncmp(last, commands[i].reply, strlen(commands[i].reply)),
			      "%s: %s", commands[i].line, last);
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
	end_start(&a, false);
	b.scenario = "answer";
	end_start(&b, false);
	cic_list_parse("1-2", b.cfg.cics);
	ends_connect();
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
	Suite *s = suite_create("exchange_load");
	TCase *t = tcase_create("back to back"), *pure = tcase_create("pure");

	tcase_add_checked_fixture(t, ends_setup, ends_teardown);
	tcase_set_timeout(t, 30);
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
	return suite_run(s);
}
