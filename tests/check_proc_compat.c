/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unknown messages and parameters: the verdicts as tables, and what the process makes of them at
 * the end of a call and in transit. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "isup/unknown.h"
#include "tests/proc_bed.h"

/* Instructions as in Q.763 3.33 and 3.41: 1 end node, 2 release, 4 notify, 8 discard message. */
enum { A = 1, B = 2, C = 4, D = 8, E = 16, NO_INSTRUCTIONS = 255 };

#define PASS ISUP_VERDICT_PASS_ON
#define DISCARD ISUP_VERDICT_DISCARD
#define DROP ISUP_VERDICT_DISCARD_MESSAGE
#define RELEASE ISUP_VERDICT_RELEASE

static const struct {
	const char *name;
	uint8_t todo;			/* E of a message: discard when it cannot be passed on */
	bool type_a, can_pass;
	enum isup_verdict verdict;
	bool notify;
} messages[] = {
	{ "no instructions", NO_INSTRUCTIONS, false, true, DISCARD, true },
	{ "no instructions, at the end", NO_INSTRUCTIONS, true, false, DISCARD, true },
	{ "in transit all bits but A are for others", B | C | D, false, true, PASS, false },
	{ "in transit, no way on: release", C, false, false, RELEASE, false },
	{ "in transit, no way on: discard", C | E, false, false, DISCARD, false },
	{ "for an end node, in transit: release", A | B | D, false, true, RELEASE, false },
	{ "for an end node, in transit: discard", A | D, false, true, DISCARD, false },
	{ "the same, and notify", A | C | D, false, true, DISCARD, true },
	{ "for an end node, in transit: pass on and notify", A | C, false, true, PASS, true },
	{ "at the end: release", B, true, false, RELEASE, false },
	{ "at the end: release before discard", B | D, true, false, RELEASE, false },
	{ "at the end: discard", D, true, false, DISCARD, false },
	{ "at the end: discard and notify", C | D, true, false, DISCARD, true },
	{ "at the end, nobody to pass it to: release", 0, true, false, RELEASE, false },
	{ "at the end, nobody to pass it to: discard", E, true, false, DISCARD, false },
	{ "at the end, nobody to pass it to: discard, notify", C | E, true, false, DISCARD, true },
};

START_TEST(a_message)
{
	const struct isup_message_compat todo = {
		.end_node = messages[_i].todo & A, .release = !!(messages[_i].todo & B),
		.notify = !!(messages[_i].todo & C), .discard = !!(messages[_i].todo & D),
		.pass_on = !!(messages[_i].todo & E),
	};
	struct isup_unknown u =
		isup_judge_message(messages[_i].todo == NO_INSTRUCTIONS ? NULL : &todo,
				   messages[_i].type_a, messages[_i].can_pass);

	ck_assert_msg(u.verdict == messages[_i].verdict, "%s: %d", messages[_i].name, u.verdict);
	ck_assert_msg(u.notify == messages[_i].notify, "%s: notify", messages[_i].name);
	ck_assert_uint_eq(u.cause, 97);
}
END_TEST

static const struct {
	const char *name;
	uint8_t todo, pass_on;		/* E: discard the parameter */
	bool type_a;
	enum isup_verdict verdict;
	uint8_t cause;
	bool notify;
} parameters[] = {
	{ "no instructions, in transit", NO_INSTRUCTIONS, 0, false, PASS, 103, false },
	{ "no instructions, at the end", NO_INSTRUCTIONS, 0, true, DISCARD, 99, true },
	{ "in transit all but A are for others", B | C | D | E, 0, false, PASS, 103, false },
	{ "for an end node, in transit: release", A | B, 0, false, RELEASE, 99, false },
	{ "for an end node, in transit: discard", A | E | C, 0, false, DISCARD, 99, true },
	{ "for an end node, in transit: message", A | D | C, 0, false, DROP, 110, true },
	{ "for an end node, in transit: pass on", A | C, 0, false, PASS, 103, true },
	{ "at the end: release first", B | D | E, 0, true, RELEASE, 99, false },
	{ "at the end: then the message", D | E | C, 0, true, DROP, 110, true },
	{ "at the end: then the parameter", E, 0, true, DISCARD, 99, false },
	{ "at the end, not to be passed on: release", C, 0, true, RELEASE, 99, true },
	{ "at the end, not to be passed on: message", C, 1, true, DROP, 110, true },
	{ "at the end, not to be passed on: parameter", 0, 2, true, DISCARD, 99, false },
	{ "at the end, not to be passed on: reserved", 0, 3, true, RELEASE, 99, false },
};

START_TEST(a_parameter)
{
	const struct isup_par_compat todo = {
		.end_node = parameters[_i].todo & A, .release = !!(parameters[_i].todo & B),
		.notify = !!(parameters[_i].todo & C),
		.discard_message = !!(parameters[_i].todo & D),
		.discard = !!(parameters[_i].todo & E), .pass_on = parameters[_i].pass_on,
	};
	struct isup_unknown u =
		isup_judge_parameter(parameters[_i].todo == NO_INSTRUCTIONS ? NULL : &todo,
				     parameters[_i].type_a);

	ck_assert_msg(u.verdict == parameters[_i].verdict, "%s: %d", parameters[_i].name,
		      u.verdict);
	ck_assert_msg(u.notify == parameters[_i].notify, "%s: notify", parameters[_i].name);
	ck_assert_msg(u.cause == parameters[_i].cause, "%s: cause %u", parameters[_i].name,
		      u.cause);
}
END_TEST

/* Message 0xfd has nothing but compatibility 3801xx; parameter fe01, instructions 3902fexx. */
#define IAM "x010020010a000207058310214305"
static const struct bed_row rows[] = {
	{ "in transit an unknown message passes", 0, "setup transit >CON xfd0138018000",
	  "<IAM ind:CON ind:?" },
	{ "so it does where ISUP goes on in bodies of SIP", 0,
	  "setup carried >CON xfd0138018000", "<IAM ind:CON ind:?" },
	{ "not where the call ends", 0, "setup >CON xfd0138018d00", "<IAM ind:CON <CFN:97" },
	{ "and its answer is passed back", 0, "setup transit >CON >CFN:97",
	  "<IAM ind:CON ind:CFN:97" },
	{ "for an end node, in transit: discarded", 0, "setup transit >CON xfd0138018d00",
	  "<IAM ind:CON <CFN:97" },
	{ "for an end node, in transit: released", 0, "setup transit >CON xfd0138018300",
	  "<IAM ind:CON <REL:97 release:97" },
	{ "no instructions: not passed on", 0, "setup transit >CON xfd00", "<IAM ind:CON <CFN:97" },
	{ "nowhere to pass it while SGM is awaited for the IAM", 0, ">IAMS xfd0138018000 ?",
	  "<REL:97 releasing" },
	{ "an unknown message of another form", 0, "setup transit >CON xfd05 ?",
	  "<IAM ind:CON <CFN:97 outgoing" },
	{ "an unknown message is passed on by the user", 0, "setup transit >CON <UNKNOWN",
	  "<IAM ind:CON <?" },

	{ "IAM at the end: no instructions", 0, IAM "fe010000 ends",
	  "setup+fe <CFN:99 kept:IAM" },
	{ "IAM at the end: discard", 0, IAM "fe01003902fe9000 ends", "setup+fe kept:IAM" },
	{ "IAM at the end: release", 0, IAM "fe01003902fe8200 ends <REL:99 >RLC ?",
	  "setup+fe must:99 <REL:99 idle" },
	{ "IAM at the end: discard the message", 0, IAM "fe01003902fe8800 ends",
	  "setup+fe must:110" },
	{ "IAM in transit: kept", 0, IAM "fe01003902fe9200 transit", "setup+fe" },
	{ "later messages at the end", 0, "setup ends x06160401fe010000 xfd00",
	  "<IAM <CFN:99 ind:ACM:1 <CFN:97" },
	{ "later messages at the end: instructions for all", 0,
	  "setup ends x06160401fe01003902fe8800 x06160401fe01003902fe9000",
	  "<IAM ind:ACM:1" },
	{ "contents without parameters are no unknown parameter", 0, "setup ends >ACM:1 >CRG",
	  "<IAM ind:ACM:1 ind:CRG" },
	{ "REL at the end: told in RLC", 0, "setup ends >CON x0c0204028290fe010000",
	  "<IAM ind:CON <RLC:99 release:16" },
	{ "REL in transit: not told, kept", 0, "setup transit >CON x0c0204028290fe010000",
	  "<IAM ind:CON <RLC release:16" },
	{ "REL in transit: told that it was passed on", 0,
	  "setup transit >CON x0c0204028290fe01003902fe8500", "<IAM ind:CON <RLC:103 release:16" },
	{ "REL on an idle circuit", 0, "x0c0204028290fe01003902fe9500 ?", "<RLC:99 idle" },
	{ "RLC with something unknown is RLC", 0, "setup <REL:16 x1001fe01003902fe8700 ?",
	  "<IAM <REL:16 idle" },
	{ "CFN with something unknown is not answered", 0,
	  "setup ends >CON x2f02040282e1fe01003902fe8500", "<IAM ind:CON ind:CFN:97" },
};

BED_TABLE(rows)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	tcase_add_loop_test(tc, a_message, 0, ARRAY_SIZE(messages));
	tcase_add_loop_test(tc, a_parameter, 0, ARRAY_SIZE(parameters));
	BED_ADD(tc, rows);
	return bed_run("isup compatibility", tc);
}
