/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls between two exchanges: every built-in scenario, failures told, wrong things said on
 * purpose. */
#include <stdlib.h>
#include <string.h>

#include "tests/check_exchange_ends.h"
#include "tests/suite.h"

/* Every built-in scenario against its counterpart: both ends are content. */
static const struct {
	const char *answers, *calls;
	unsigned int answered;
	const char *types;
} pairs[] = {
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
	ck_assert_msg(exchange_done(a.x) && exchange_passed(a.x), "%s: %s", pairs[_i].answers,
		      a.err);
	ck_assert_msg(exchange_done(b.x) && exchange_passed(b.x), "%s: %s", pairs[_i].calls, b.err);
	s = &b.x->stats;
	ck_assert_uint_eq(s->out.attempted, 4);
	ck_assert_uint_eq(s->out.ok, 4);
	ck_assert_uint_eq(s->out.answered, pairs[_i].answered);
	ck_assert_uint_eq(a.x->stats.in.answered, pairs[_i].answered);
	ck_assert_uint_eq(s->sent, a.x->stats.received);
	ck_assert_uint_eq(s->received, a.x->stats.sent);
	snprintf(types, sizeof(types), "%s", pairs[_i].types);
	for (t = strtok_r(types, " ", &save); t; t = strtok_r(NULL, " ", &save))
		ck_assert_msg(s->received_type[isup_mt_find(&isup_itu, t)] >= 4, "%s: no %s",
			      pairs[_i].answers, t);
}
END_TEST

/* What is not as expected is told with call, circuit, block, line and step, and fails. */
static const struct { const char *answers, *calls, *says; enum failure why;
} failing[] = {
	{ "busy", "call-answer",
	  "cic 1: call-answer: built-in call-answer:5: expect ACM: REL came, cause 17",
	  FAIL_RELEASED },
	{ "answer", "call-busy", "call-busy:4: expect REL where CAI.value=17: ANM came",
	  FAIL_UNEXPECTED },
	{ "silent", "call-answer", "call-answer:5: expect ACM: did not come within 5000 ms",
	  FAIL_TIMEOUT },
	{ "no-answer", "call-answer", "expect ANM: did not come within 5000 ms", FAIL_TIMEOUT },
	{ "reject 3", "call-release 4", "where CAI.value=4: REL came without CAI.value=4",
	  FAIL_CONDITION },
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
static const struct {
	const char *answers, *says;
	uint64_t malformed, unequipped, unexpected;
} wrong[] = {
	{ "on IAM\n send-raw 01 00 06 16\n wait 1s\n at REL done\n", "malformed message at octet",
	  1, 0, 0 },
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
	ck_assert_msg(strstr(b.err, wrong[_i].says) != NULL || strstr(wrong[_i].answers, "goto a"),
		      "%s", b.err);
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

/* What the network does: lost, doubled and late messages. */
static const struct { const char *answers, *calls; uint64_t lost, doubled, delayed; bool passes;
} mischiefs[] = {
	{ "lose out ACM\non IAM\n at REL done\n send ACM free\n wait 1s\n send ANM\n wait\n",
	  "call c\n send IAM\n expect ANM\n send REL 16\n expect RLC\n", 1, 0, 0, true },
	{ "on IAM\n lose in 2 REL\n at REL done\n wait\n",
	  "call c\n send IAM\n wait 1s\n send REL 16\n wait 1s\n send REL 16\n wait 1s\n"
	  " send REL 16\n expect RLC within 1s\n", 2, 0, 0, true },
	{ "on IAM\n at REL done\n twice ANM\n send ACM free\n send ANM\n wait\n",
	  "call c\n send IAM\n expect ACM\n expect ANM\n expect ANM within 1s\n send REL 16\n"
	  " expect RLC\n", 0, 1, 0, true },
	{ "delay 300ms ACM\non IAM\n at REL done\n send ACM free\n send ANM\n wait\n",
	  "call c\n send IAM\n expect ANM\n expect ACM after 300ms within 400ms\n send REL 16\n"
	  " expect RLC\n", 0, 0, 1, true },
	{ "on IAM\n lose out all ACM or CPG\n at REL done\n send ACM free\n"
	  " send CPG progress\n send ACM free\n send ANM\n wait\n",
	  "call c\n send IAM\n expect ANM\n send REL 16\n expect RLC\n", 3, 0, 0, true },
	{ "on IAM\n lose out any\n at REL done\n send ACM free\n send ANM\n wait\n",
	  "call c\n send IAM\n expect ANM\n send REL 16\n expect RLC\n", 1, 0, 0, true },
	{ "on IAM\n at REL done\n send ACM free\n wait\n",
	  "call c\n send IAM\n expect ACM after 1s\n", 0, 0, 0, false },
};

START_TEST(test_mischief)
{
	const struct stats *s;

	b.cfg.calls = 1;
	a.text = mischiefs[_i].answers;
	b.text = mischiefs[_i].calls;
	both(NULL, NULL);
	s = &a.x->stats;
	pass(12000);
	flush();
	ck_assert_msg(exchange_passed(b.x) == mischiefs[_i].passes, "%s%s", a.err, b.err);
	ck_assert_msg(mischiefs[_i].passes || strstr(b.err, "ACM came after 0 ms, before its"),
		      "%s", b.err);
	ck_assert_uint_eq(s->lost, mischiefs[_i].lost);
	ck_assert_uint_eq(s->doubled, mischiefs[_i].doubled);
	ck_assert_uint_eq(s->delayed, mischiefs[_i].delayed);
	exchange_summary(a.x, false);
	flush();
	ck_assert(!strstr(a.out, " lost, ") == !(s->lost || s->doubled || s->delayed));
	ck_assert_uint_eq(a.x->n_busy, 0);
	ck_assert_uint_eq(b.x->n_busy, 0);
}
END_TEST

/* Octets of a message spoilt, as the other end prints them; and blocks that are for the
 * first message, or for one circuit, only. */
static const struct { const char *answers, *calls, *says; uint64_t malformed; } damages[] = {
	{ "on IAM\n at REL done\n send-bad cut=1 ACM free\n wait\n",
	  "call c\n send IAM\n wait 1s\n", "0100061614", 1 },
	{ "on IAM\n at REL done\n send-bad set=p1:7f REL 16\n wait\n",
	  "call c\n send IAM\n wait 1s\n", "01000c7f0002", 1 },
	{ "on IAM\n at REL done\n send-bad set=po:7f cut=1 ACM free; OBCI in_band=1\n wait\n",
	  "call c\n send IAM\n wait 1s\n", "01000616147f290101", 1 },
	{ "on IAM\n at REL done\n send-bad set=2:fe01 add=aabb ANM\n wait\n",
	  "call c\n send IAM\n wait 1s\n", "0100fe01aabb", 1 },
	{ "on IAM\n at REL done\n send-bad add=aa REL $called[:2]\n wait\n",
	  "call c\n send IAM\n wait 1s\n", "01000c02000280b1aa", 1 },
	{ "on IAM\n at REL done\n send-raw cic fe 00\n wait\n", "call c\n send IAM\n wait 1s\n",
	  "0100fe00", 1 },
	{ "on IAM cic=7\n fail \"not this\"\non IAM CdPN=4930* once\n send REL 17\n expect RLC\n"
	  "on IAM cic=1\n send REL 18\n expect RLC\n",
	  "call c\n send IAM\n expect REL where CAI.value=17\n send IAM\n"
	  " expect REL where CAI.value=18\n", "", 0 },
	{ "on IAM\n at REL done\n send ACM free; 0xee 0102\n wait\n",
	  "call c\n send IAM\n expect ACM where 0xee 0xee=0102 !0xef\n send REL 16\n"
	  " expect RLC\n",
	  "", 0 },
};

START_TEST(test_damage)
{
	b.cfg.calls = 1;
	a.text = damages[_i].answers;
	b.text = damages[_i].calls;
	both(NULL, NULL);
	pass(12000);
	flush();
	ck_assert_uint_eq(b.x->stats.malformed, damages[_i].malformed);
	ck_assert_msg(strstr(b.err, damages[_i].says) != NULL, "%s", b.err);
	ck_assert_msg(b.x->stats.out.ok == 1 && a.x->stats.in.failed == 0, "%s%s", a.err, b.err);
	ck_assert_uint_eq(a.x->n_busy, 0);
	ck_assert_uint_eq(b.x->n_busy, 0);
}
END_TEST

/* An exchange that ends while messages are on their way leaves nothing behind. */
START_TEST(test_delayed_at_the_end)
{
	b.cfg.calls = 1;
	a.text = "on IAM\n at REL done\n delay 1h ACM\n send ACM free\n wait\n";
	both(NULL, "call-answer");
	pass(1000);
	ck_assert_uint_eq(a.x->stats.delayed, 1);
}
END_TEST

/* Steps and conditions of every kind: the call that is forwarded, tests/exchange/forward.scn at
 * both ends. */
START_TEST(test_forward)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/tests/exchange/forward.scn",
		 getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	both(path, path);
	pass(10000);
	flush();
	ck_assert_msg(exchange_passed(a.x) && exchange_passed(b.x), "%s%s", a.err, b.err);
	ck_assert_uint_eq(b.x->stats.received_type[ISUP_MT_CPG], 16);
	ck_assert_uint_eq(b.x->stats.out.answered, 4);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("exchange");
	TCase *t = tcase_create("back to back");

	tcase_add_checked_fixture(t, ends_setup, ends_teardown);
	tcase_add_loop_test(t, test_pair, 0, N(pairs));
	tcase_add_loop_test(t, test_failing, 0, N(failing));
	tcase_add_loop_test(t, test_wrong, 0, N(wrong));
	tcase_add_loop_test(t, test_mischief, 0, N(mischiefs));
	tcase_add_test(t, test_delayed_at_the_end);
	tcase_add_loop_test(t, test_damage, 0, N(damages));
	tcase_add_test(t, test_dead);
	tcase_add_test(t, test_forward);
	suite_add_tcase(s, t);
	return suite_run(s);
}
