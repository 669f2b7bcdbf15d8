/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Continuity checks (Q.764 2.1.8): of calls both ways, and the tests of circuits by CCR. A row is a
 * script and what must come of it. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

/* Nobody has said that he does checks: loops are there by other means. */
static const struct bed_row held[] = {
	{ "COT success: the call is offered", 0, ">IAMC ? >COT:1 <CON", "incoming setup <CON" },
	{ "checked on a previous circuit", 0, ">IAMP >COT:1", "setup" },
	{ "SAM in the meantime", 0, ">IAMC >SAM >SAM >COT:1", "setup ind:SAM*2" },
	{ "SAM in the meantime, the user refuses at the first", 0,
	  "in:<REL:28 >IAMC >SAM >SAM >COT:1 ? >RLC ?", "setup <REL:28 releasing idle" },
	{ "more SAM than are kept", 0,
	  ">IAMC >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM >SAM "
	  ">SAM >SAM >SAM >COT:1",
	  "setup ind:SAM*16" },
	{ "T8", 0, ">IAMC +11 ? +1 ? >RLC ?", "incoming <REL:41 releasing idle" },
	{ "T8 is over with COT", 0, ">IAMC >COT:1 <ACM:1 +60 ?", "setup <ACM:1 incoming" },
	{ "REL while waiting", 0, ">IAMC >REL:16 ?", "<RLC idle" },
	{ "RSC while waiting", 0, ">IAMC >RSC ?", "<RLC idle" },
	{ "COT for no call, for a call that wants none: reset", 0,
	  ">COT:1 >RLC >IAM >COT:0 ?", "<RSC setup <RSC release:31 resetting" },
	{ "COT for a call that wants none, after ACM", 0, ">IAM <ACM:1 >COT:0 ?",
	  "setup <ACM:1 incoming" },
	{ "information does not disturb the wait, what is not of its phase does", 0,
	  ">IAMC >FAC ? >ACM:1 ?", "incoming <RSC resetting" },
	{ "the user of an outgoing call says COT himself", 0, "setupc <COT:1 >ACM:1",
	  "<IAM <COT:1 ind:ACM:1" },
	{ "CCR, loops being there", 0, ">CCR ? >COT:1 >REL:16 ?", "testing <RLC idle" },
	{ "nobody to test with", 0, "test ?", "EOPNOTSUPP idle" },
};

static const struct bed_row incoming[] = {
	{ "success: the loop goes before the call comes", BED_PATH, ">IAMC ? looped >COT:1 ?",
	  "loop incoming stop setup incoming" },
	{ "COT is faster than the loop", BED_PATH, ">IAMC >COT:1 looped ?",
	  "loop stop setup incoming" },
	{ "previous circuit: nothing is looped here", BED_PATH, ">IAMP >COT:1", "setup" },
	{ "previous circuit: failure, and it is released", BED_PATH, ">IAMP >COT:0 ? >RLC ?",
	  "<REL:41 releasing idle" },
	{ "failure: no call, CCR is awaited, no circuit for ours", BED_PATH,
	  ">IAMC looped >COT:0 ? setup", "loop stop testing EBUSY" },
	{ "failure, then a test that passes", BED_PATH,
	  ">IAMC looped >COT:0 >CCR looped >COT:1 ? >REL:16 ? setup",
	  "loop stop loop stop testing <RLC idle <IAM" },
	{ "a test that passes, and only REL says so", BED_PATH,
	  ">IAMC >COT:0 >CCR looped >REL:16 ?",
	  "loop stop loop stop <RLC idle" },
	{ "a test that fails, and the next one", BED_PATH,
	  ">IAMC >COT:0 >CCR >COT:0 ? +180 >CCR looped >COT:1 >REL:16 ?",
	  "loop stop loop stop testing loop stop <RLC idle" },
	{ "T27: no CCR; reset, alarm", BED_PATH, ">IAMC >COT:0 +239 ? +1 ? >RLC ?",
	  "loop stop testing <RSC alarm resetting idle" },
	{ "T27 runs anew from each failure", BED_PATH,
	  ">IAMC >COT:0 +200 >CCR >COT:0 +239 ? +1 ? >RLC ?",
	  "loop stop loop stop testing <RSC alarm resetting idle" },
	{ "T36: CCR and nothing more; the loop goes, reset, alarm", BED_PATH,
	  ">CCR looped +11 ? +1 ? >RLC ?", "loop testing stop <RSC alarm resetting idle" },
	{ "T36: COT, but no REL", BED_PATH, ">CCR >COT:1 +11 ? +1 ? >RLC ?",
	  "loop stop testing <RSC alarm resetting idle" },
	{ "REL instead of CCR", BED_PATH, ">IAMC >COT:0 >REL:41 ? setup",
	  "loop stop <RLC idle <IAM" },
	{ "a call instead of CCR", BED_PATH, ">IAMC >COT:0 >IAM ? <CON",
	  "loop stop setup incoming <CON" },
	{ "a call instead of COT, its own check", BED_PATH, ">CCR looped >IAMC ? >COT:1",
	  "loop stop loop incoming stop setup" },
	{ "COT twice, SAM and ACM in between", BED_PATH,
	  ">IAMC >COT:0 >COT:0 >SAM >ACM:1 >COT:1 ?", "loop stop testing" },
	{ "CCR while CCR is being served", BED_PATH, ">CCR looped >CCR looped >COT:1 >REL:16 ?",
	  "loop stop loop stop <RLC idle" },
	{ "LPA when the loop is there", BED_PATH | BED_LPA,
	  ">CCR ? looped looped >COT:0 >CCR looped >COT:1 >REL:16",
	  "loop testing <LPA stop loop <LPA stop <RLC" },
	{ "LPA where loops are there by other means", BED_LPA, ">CCR >COT:1 >REL:16 ?",
	  "<LPA <RLC idle" },
	{ "no LPA for the check of a call", BED_PATH | BED_LPA, ">IAMC looped >COT:1",
	  "loop stop setup" },
	{ "T8 takes the loop away", BED_PATH, ">IAMC looped +12 >RLC ?", "loop stop <REL:41 idle" },
	{ "REL while looped", BED_PATH, ">IAMC looped >REL:16 ?", "loop stop <RLC idle" },
	{ "RSC while looped, while CCR is awaited, while testing", BED_PATH,
	  ">IAMC >RSC ? >IAMC >COT:0 >RSC ? >CCR >RSC ?",
	  "loop stop <RLC idle loop stop <RLC idle loop stop <RLC idle" },
	{ "GRS while testing", BED_PATH, ">CCR >CCR@2 >GRS:3 ? ?@2",
	  "loop loop@2 stop stop@2 <GRA:3:00 idle idle@2" },
	{ "our own reset while testing", BED_PATH, ">CCR reset ? >RLC ?",
	  "loop stop <RSC resetting idle" },
	{ "group reset while testing", BED_PATH, ">CCR >IAMC@2 greset ?",
	  "loop loop@2 stop stop@2 <GRS:3 resetting" },
	{ "BLO while looped changes nothing", BED_PATH, ">IAMC >BLO >COT:1 ?",
	  "loop <BLA stop setup incoming+R" },
	{ "CCR on blocked circuits, blocked by either end", BED_PATH,
	  ">BLO >CCR >COT:1 >REL:16 ? block@2 >BLA@2 >CCR@2 >COT:1@2 >REL:16@2 ?@2",
	  "<BLA loop stop <RLC idle+R <BLO@2 loop@2 stop@2 <RLC@2 idle+L@2" },
	{ "a call on a blocked circuit does not end the test", BED_PATH,
	  "block >BLA >CCR >IAM ?", "<BLO loop <BLO testing+L+P" },
	{ "blocked by us while testing", BED_PATH, ">CCR block ? >BLA >COT:1 >REL:16 ?",
	  "loop <BLO testing+L+P stop <RLC idle+L" },
	{ "CCR on a busy circuit, a releasing, a resetting one", BED_PATH,
	  "setup >CCR >IAM@2 >CCR@2 <REL:16@2 >CCR@2 reset@3 >CCR@3 ? ?@2 ?@3",
	  "<IAM setup@2 <REL:16@2 <RSC@3 outgoing releasing@2 resetting@3" },
	{ "CCR on a circuit that is not equipped", BED_PATH, ">CCR@5", "<UCIC@5" },
	{ "CCR on a hunted circuit: the call goes elsewhere", BED_PATH, "hunt >CCR setup ?",
	  "loop EBUSY testing" },
	{ "CCR before the circuit is in service", BED_PATH | BED_RESET, ">CCR@2 ?@2",
	  "<GRS:3 <GRS:2@6 resetting@2" },
	{ "a malformed IAM while testing", BED_PATH, ">CCR x01002001 ?", "loop testing" },
	{ "pause while looped: the call ends, and is released when the peer is there", BED_PATH,
	  ">IAMC pause ? resume >RLC ?", "loop stop <REL:41 releasing+U <REL:41 idle" },
	{ "pause while testing: the timer says it", BED_PATH, ">CCR pause +12 ? resume >RLC ?",
	  "loop stop <RSC alarm resetting+U <RSC idle" },
	{ "the loop cannot be had, ever", BED_NO_PATH, ">IAMC ? >RLC >CCR ?",
	  "loop <REL:47 releasing loop <CFN:97 idle" },
	{ "the loop cannot be had now: an IAM is refused, a test has to fail", BED_PATH_LOST,
	  ">IAMC >RLC >CCR ? >COT:0 ? >REL:16 ?", "loop <REL:47 loop testing*2 <RLC idle" },
	{ "no LPA without a loop", BED_PATH_LOST | BED_LPA, ">CCR ?", "loop testing" },
	{ "the loop is lost: the call is refused, a test goes on without", BED_PATH,
	  ">IAMC unable ? >RLC >CCR unable ? >COT:0 >REL:16 ?",
	  "loop <REL:47 releasing loop testing <RLC idle" },
	{ "UCIC, query and CFN while testing", BED_PATH, ">CCR >CQM:1 >CFN:97 ? >UCIC ?",
	  "loop <CQR:1:000c testing stop alarm idle+O" },
};

static const struct bed_row outgoing[] = {
	{ "success: COT, and the call goes on", BED_PATH, "setupc ? passed >ACM:1 >ANM ?",
	  "tone <IAM outgoing <COT:1 ind:ACM:1 ind:ANM outgoing" },
	{ "no check without its wish", BED_PATH, "setup >ACM:1", "<IAM ind:ACM:1" },
	{ "T7 runs from COT", BED_PATH, "setupc +1 passed +24 ? +1",
	  "tone <IAM <COT:1 outgoing <REL:102 release:102" },
	{ "digits while the tone is awaited", BED_PATH, "setupc <SAM passed <SAM",
	  "tone <IAM <SAM <COT:1 <SAM" },
	{ "COT is not the user's to say", BED_PATH, "setupc <COT:1 <FAC", "tone <IAM EPROTO*2" },
	{ "failure: another circuit, and this one is not used", BED_PATH,
	  "in:setup@2 setupc failed ? ?@2 setup",
	  "tone <IAM <COT:0 repeat:41 <IAM@2 testing outgoing@2 EBUSY" },
	{ "T24 expires: as failure", BED_PATH, "setupc +1 ? +1 ?",
	  "tone <IAM outgoing stop <COT:0 repeat:41 testing" },
	{ "a result that comes too late", BED_PATH, "setupc +2 passed failed looped ?",
	  "tone <IAM stop <COT:0 repeat:41 testing" },
	{ "T25, CCR, success: REL, and the circuit is idle", BED_PATH,
	  "setupc failed +4 ? +1 ? passed ? >RLC ? setup",
	  "tone <IAM <COT:0 repeat:41 testing <CCR tone testing <REL:16 releasing idle "
	  "<IAM" },
	{ "a second failure: alarm, out of service, every T26 until it passes", BED_PATH,
	  "setupc failed +5 failed ? +119 ? +1 +2 ? +120 passed ? >RLC ?",
	  "tone <IAM <COT:0 repeat:41 <CCR tone <COT:0 alarm testing+O*2 <CCR tone stop <COT:0 "
	  "testing+O <CCR tone <REL:16 releasing idle" },
	{ "CCR with LPA: the tone follows it", BED_PATH | BED_LPA,
	  "setupc failed +5 ? >LPA >LPA passed >RLC ?",
	  "tone <IAM <COT:0 repeat:41 <CCR testing tone <REL:16 idle" },
	{ "no LPA: as failure", BED_PATH | BED_LPA, "setupc failed +5 +2 ?",
	  "tone <IAM <COT:0 repeat:41 <CCR <COT:0 alarm testing+O" },
	{ "LPA that nobody awaits", BED_PATH, ">LPA setupc >LPA failed >LPA +5 >LPA ?",
	  "tone <IAM <COT:0 repeat:41 <CCR tone testing" },
	{ "the check cannot be done: no IAM", BED_NO_PATH, "setupc ?", "tone EOPNOTSUPP idle" },
	{ "the check cannot be done now: no IAM", BED_PATH_LOST, "setupc ? hunt ?",
	  "tone EIO idle seized" },
	{ "the IAM cannot be sent: no tone is left", BED_PATH, "nomtp setupc ?",
	  "tone stop ENOBUFS idle" },
	{ "the tone is lost: another circuit, this one is not blamed", BED_PATH,
	  "setupc unable ? >RLC ?", "tone <IAM <REL:47 repeat:47 releasing idle" },
	{ "REL, RSC, BLO, UCIC while the tone is awaited", BED_PATH,
	  "setupc >REL:17 ? setupc >RSC ? setupc >BLO ? >RLC >UBL setupc@2 >UCIC@2 ?@2",
	  "tone <IAM stop <RLC release:17 idle tone <IAM stop <RLC repeat:41 idle tone <IAM "
	  "<BLA stop <REL:41 repeat:41 releasing+R <UBA tone@2 <IAM@2 stop@2 alarm@2 repeat:41@2 "
	  "idle+O@2" },
	{ "GRS and our own reset while the tone is awaited", BED_PATH,
	  "setupc >GRS:1 ? setupc reset ?",
	  "tone <IAM stop <GRA:1:00 repeat:41 idle tone <IAM stop <RSC release:31 resetting" },
	{ "CGB after a hardware failure while the tone is awaited", BED_PATH,
	  "setupc >CGB:1:1:01 ?", "tone <IAM stop <CGBA:1:1:01 repeat:41 idle+RF" },
	{ "pause while the tone is awaited", BED_PATH, "setupc pause ?",
	  "tone <IAM stop <REL:41 release:41 releasing+U" },
	{ "the user gives up while the tone is awaited", BED_PATH, "setupc <REL:16 >RLC ?",
	  "tone <IAM stop <REL:16 idle" },
	{ "a peer that does not wait for COT", BED_PATH, "setupc >ACM:1 passed >ANM ?",
	  "tone <IAM stop ind:ACM:1 ind:ANM outgoing" },
	{ "a peer that answers before COT", BED_PATH, "setupc >CON ?",
	  "tone <IAM stop ind:CON outgoing" },
	{ "messages out of place while the tone is awaited", BED_PATH,
	  "setupc >CCR >LPA ? >CPG:1 ?", "tone <IAM outgoing stop <RSC repeat:41 resetting" },
	{ "dual seizure, ours: the check goes on", BED_PATH | BED_HIGHER,
	  "setupc@2 >IAM@2 passed@2 >ACM:1@2", "tone@2 <IAM@2 <COT:1@2 ind:ACM:1@2" },
	{ "dual seizure, theirs: the tone goes before their loop comes", BED_PATH,
	  "setupc@2 >IAMC@2 looped@2 >COT:1@2 ?@2",
	  "tone@2 <IAM@2 stop@2 loop@2 repeat:34@2 stop@2 setup@2 incoming@2" },
};

static const struct bed_row tests[] = {
	{ "passes", BED_PATH, "test ? passed ? >RLC ? setup",
	  "<CCR tone testing <REL:16 releasing idle <IAM" },
	{ "fails, is repeated after T25, then T26 with an alarm", BED_PATH,
	  "test failed +5 failed +120 passed >RLC ?",
	  "<CCR tone <COT:0 <CCR tone <COT:0 alarm <CCR tone <REL:16 idle" },
	{ "a blocked circuit", BED_PATH, "block >BLA >BLO test passed >RLC ?",
	  "<BLO <BLA <CCR tone <REL:16 idle+L+R" },
	{ "a circuit in use", BED_PATH,
	  "setup test hunt@2 test@2 reset@3 test@3 test@4 test@4 <REL:16 test",
	  "<IAM EBUSY EBUSY@2 <RSC@3 EBUSY@3 <CCR@4 tone@4 EBUSY@4 <REL:16 EBUSY" },
	{ "the peer is not reached", BED_PATH, "pause test resume away test",
	  "ENETUNREACH <UPT@0 ENETUNREACH" },
	{ "T1: the REL is repeated", BED_PATH, "test passed +15 >RLC ?",
	  "<CCR tone <REL:16*2 idle" },
	{ "no tone can be had: the circuit is not blamed", BED_PATH_LOST, "test >RLC ?",
	  "<CCR tone <REL:41 idle" },
	{ "the tone is lost: the circuit is not blamed", BED_PATH, "test unable >RLC ?",
	  "<CCR tone <REL:41 idle" },
	{ "the tone is lost after a failure: it stays under test", BED_PATH,
	  "test failed +5 unable ? +120 passed >RLC ?",
	  "<CCR tone <COT:0 <CCR tone <COT:0 testing <CCR tone <REL:16 idle" },
	{ "the peer does not understand", BED_PATH, "test >CFN:97 ?",
	  "<CCR tone stop alarm idle" },
	{ "the peer does not understand: a bad circuit is not used", BED_PATH,
	  "setupc failed +5 >CFN:97 ? reset >RLC ?",
	  "tone <IAM <COT:0 repeat:41 <CCR tone stop alarm idle+O <RSC idle" },
	{ "the peer does not have the circuit", BED_PATH, "test >UCIC ?",
	  "<CCR tone stop alarm idle+O" },
	{ "REL breaks it off; it comes again", BED_PATH, "test >REL:41 ? +5 passed >RLC ?",
	  "<CCR tone stop <RLC testing <CCR tone <REL:16 idle" },
	{ "REL between tests", BED_PATH, "test failed >REL:16 ? +5",
	  "<CCR tone <COT:0 <RLC testing <CCR tone" },
	{ "RSC, GRS, reset and group reset end it", BED_PATH,
	  "test >RSC ? test failed >GRS:1 ? test reset ? >RLC test failed greset ?",
	  "<CCR tone stop <RLC idle <CCR tone <COT:0 <GRA:1:00 idle <CCR tone stop <RSC resetting "
	  "<CCR tone <COT:0 <GRS:3 resetting" },
	{ "blocking goes on beside it", BED_PATH, "test >BLO block >BLA ? passed >RLC ?",
	  "<CCR tone <BLA <BLO testing+L+R <REL:16 idle+L+R" },
	{ "pause breaks it off; nothing is sent before the peer is there", BED_PATH,
	  "test pause ? +130 ? resume +115 passed >RLC ?",
	  "<CCR tone stop testing+U*2 <CCR tone <REL:16 idle" },
	{ "no ISUP at the peer: nothing is tested", BED_PATH, "test failed away +5 ? >UPA@0 +120",
	  "<CCR tone <COT:0 <UPT@0 testing+U <CCR tone" },
	{ "their call and our test meet, circuit ours", BED_PATH, "test >IAM ?",
	  "<CCR tone stop setup incoming" },
	{ "their call and our test meet, circuit theirs", BED_PATH, "test@2 >IAM@2 ?@2",
	  "<CCR@2 tone@2 stop@2 setup@2 incoming@2" },
	{ "their test and our test meet, circuit ours", BED_PATH, "test >CCR passed >RLC ?",
	  "<CCR tone <REL:16 idle" },
	{ "their test and our test meet, circuit theirs", BED_PATH,
	  "test@2 >CCR@2 >COT:1@2 >REL:16@2 ?@2",
	  "<CCR@2 tone@2 stop@2 loop@2 stop@2 <RLC@2 idle@2" },
	{ "the peer tests or uses what we would test again", BED_PATH,
	  "test failed >CCR >COT:1 >REL:16 ? test failed >IAM ?",
	  "<CCR tone <COT:0 loop stop <RLC idle <CCR tone <COT:0 setup incoming" },
	{ "the stack ends while circuits are tested and awaited", BED_PATH,
	  "test test@2 failed@2 >CCR@3 >IAMC@4 ? ?@2 ?@3 ?@4",
	  "<CCR tone <CCR@2 tone@2 <COT:0@2 loop@3 loop@4 testing testing@2 testing@3 incoming@4" },
};

#define TABLE(t) \
START_TEST(t##_row) \
{ \
	bed_check(&t[_i]); \
} \
END_TEST
TABLE(held)
TABLE(incoming)
TABLE(outgoing)
TABLE(tests)

int main(void)
{
	Suite *s = suite_create("continuity processes");
	TCase *tc = tcase_create("scripts");
	SRunner *sr;
	int failed;

	tcase_add_unchecked_fixture(tc, bed_init, NULL);
	tcase_add_loop_test(tc, held_row, 0, ARRAY_SIZE(held));
	tcase_add_loop_test(tc, incoming_row, 0, ARRAY_SIZE(incoming));
	tcase_add_loop_test(tc, outgoing_row, 0, ARRAY_SIZE(outgoing));
	tcase_add_loop_test(tc, tests_row, 0, ARRAY_SIZE(tests));
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
