/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintenance processes: reset, group reset, blocking, what is not equipped, what is not
 * understood. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

static const struct bed_row resets[] = {
	{ "RSC on an idle circuit", 0, ">RSC ?", "<RLC idle" },
	{ "RSC on a circuit we have blocked: BLO again, then RLC", 0, "block >BLA >RSC ? >BLA ?",
	  "<BLO*2 <RLC idle+L+P idle+L" },
	{ "RSC on a circuit the peer has blocked: no longer", 0, ">BLO ? >RSC ?",
	  "<BLA idle+R <RLC idle" },
	{ "RSC on a circuit with hardware blocking", 0, ">CGB:1:1:01 ? >RSC ?",
	  "<CGBA:1:1:01 idle+RF <RLC idle" },
	{ "RSC before any backward message: another circuit", 0, "setup >RSC ?",
	  "<IAM <RLC repeat:41 idle" },
	{ "RSC after ACM", 0, "setup >ACM:1 >RSC ?", "<IAM ind:ACM:1 <RLC release:31 idle" },
	{ "RSC on an answered outgoing call", 0, "setup >CON >RSC ?",
	  "<IAM ind:CON <RLC release:31 idle" },
	{ "RSC on a suspended call", 0, "setup >CON >SUS:1 >RSC ?",
	  "<IAM ind:CON ind:SUS <RLC release:31 idle" },
	{ "RSC before our ACM", 0, ">IAM >RSC ?", "setup <RLC release:31 idle" },
	{ "RSC after our ACM", 0, ">IAM <ACM:1 >RSC ?", "setup <ACM:1 <RLC release:31 idle" },
	{ "RSC on an answered incoming call", 0, ">IAM <CON >RSC ?",
	  "setup <CON <RLC release:31 idle" },
	{ "RSC on a seized circuit", 0, "hunt >RSC ? setup", "<RLC seized <IAM" },
	{ "RSC meets our RSC: still waiting for RLC", 0, "reset >RSC ? >RLC ?",
	  "<RSC <RLC resetting idle" },
	{ "RSC while a group reset is out", 0, "greset >RSC ? >GRA:3:00 ?",
	  "<GRS:3 <RLC resetting idle" },
	{ "our RSC", 0, "reset ? >RLC ?", "<RSC resetting idle" },
	{ "our RSC ends a call", 0, "setup >CON reset ? >RLC ?",
	  "<IAM ind:CON <RSC release:31 resetting idle" },
	{ "our RSC ends an attempt, without another", 0, "setup reset >RLC",
	  "<IAM <RSC release:31" },
	{ "our RSC takes the place of REL", 0, "setup >CON <REL:16 reset +14 >RLC ? +900",
	  "<IAM ind:CON <REL:16 <RSC idle" },
	{ "our RSC and a seizure", 0, "hunt reset setup >RLC ?", "<RSC EBUSY idle" },
	{ "our RSC on a circuit we have blocked: BLO again", 0, "block >BLA reset >RLC >BLA ?",
	  "<BLO <RSC <BLO idle+L" },
	{ "two resets at a time", 0, "reset reset greset reset@2", "<RSC EBUSY <GRS:2@2 EBUSY@2" },
	{ "T16: RSC is repeated until RLC", 0, "reset +14 +1 +15 >RLC +900 ?", "<RSC*3 idle" },
	{ "T17: alarm, T16 stops, T17 repeats", 0, "reset +299 +1 ? +299 +1 >RLC +900 ?",
	  "<RSC*22 alarm resetting+O <RSC alarm idle" },
	{ "IAM, call messages, REL while we reset", 0, "reset >IAM >ACM:1 >FAC ? >REL:16 ? >RLC",
	  "<RSC resetting <RLC resetting" },
};

static const struct bed_row group_resets[] = {
	{ "circuits 1-4, two in use", 0, "setup@2 >CON@2 >IAM@3 >GRS:3 ?@1 ?@2 ?@3 ?@4",
	  "<IAM@2 ind:CON@2 setup@3 <GRA:3:00 release:31@2 release:31@3 idle idle@2 idle@3 "
	  "idle@4" },
	{ "the user releases one call when told of another", 0,
	  "setup >ACM:1 >IAM@2 >IAM@3 in:<REL:16@2 >GRS:3 ?@2 ?@3 setup@2",
	  "<IAM ind:ACM:1 setup@2 setup@3 <GRA:3:00 release:31 release:31@3 idle@2 idle@3 <IAM@2" },
	{ "the user speaks in one call when told of another", 0,
	  "setup >ACM:1 >IAM@2 in:<ACM:1@2 >GRS:3 ?@2",
	  "<IAM ind:ACM:1 setup@2 <GRA:3:00 release:31 EPROTO@2 release:31@2 idle@2" },
	{ "status of the circuits we have blocked", 0, "block@2 block@4 >BLA@2 >BLA@4 >GRS:3 ?@2",
	  "<BLO@2 <BLO@4 <GRA:3:0a idle+L@2" },
	{ "what the peer had blocked is no longer", 0, ">BLO@2 >CGB:1:1:01@3 >GRS:3 ?@2 ?@3",
	  "<BLA@2 <CGBA:1:1:01@3 <GRA:3:00 idle@2 idle@3" },
	{ "an attempt without backward message goes elsewhere, behind the GRA", 0,
	  "setup@2 in:setup >GRS:3", "<IAM@2 <GRA:3:00 repeat:41@2 <IAM" },
	{ "a range with a hole, over two groups", 0, ">IAM@4 >IAM@6 >GRS:4@3 ?@4 ?@6",
	  "setup@4 setup@6 <GRA:4:00@3 release:31@4 release:31@6 idle@4 idle@6" },
	{ "a range that begins in a hole", 0, ">IAM@6 >GRS:1@5 ?@6",
	  "setup@6 <GRA:1:00@5 release:31@6 idle@6" },
	{ "a range without any circuit of ours", 0, ">GRS:3@20", "<UCIC@20" },
	{ "ranges that are not allowed", 0, ">IAM >GRS:0 >GRS:32 >GRS:255 ?", "setup incoming" },
	{ "32 circuits are allowed", 0, ">GRS:31", "<GRA:31:00000000" },
	{ "the range goes beyond the last CIC", 0, ">GRS:31@4090", "<UCIC@4090" },
	{ "our group reset; status bits block", 0, "greset ? ?@4 >GRA:3:0a ? ?@2 ?@3 ?@4",
	  "<GRS:3 resetting resetting@4 idle idle+R@2 idle@3 idle+R@4" },
	{ "status bits unblock", 0, ">BLO@2 greset >GRA:3:01 ? ?@2",
	  "<BLA@2 <GRS:3 idle+R idle@2" },
	{ "GRA without status", 0, "greset x290101 x29010103 ?", "<GRS:3 idle" },
	{ "our group reset ends calls", 0, "setup@2 >CON@2 >IAM@3 setup@4 greset >GRA:3:00 ?@2",
	  "<IAM@2 ind:CON@2 setup@3 <IAM@4 release:31@2 release:31@3 release:31@4 <GRS:3 idle@2" },
	{ "our group reset takes the place of REL", 0, "setup >CON <REL:16 greset >GRA:3:00 ? +60",
	  "<IAM ind:CON <REL:16 <GRS:3 idle" },
	{ "a release inside our group reset cannot take a circuit of it", 0,
	  "setup >CON in:setup@2 greset >GRA:3:00", "<IAM ind:CON release:31 EBUSY@2 <GRS:3" },
	{ "what we have blocked is blocked again", 0,
	  "block@2 >BLA@2 greset >GRA:3:00 ?@2 >CGBA:0:1:01@2 ?@2",
	  "<BLO@2 <GRS:3 <CGB:0:1:01@2 idle+L+P@2 idle+L@2" },
	{ "T22: GRS is repeated until GRA", 0, "greset +14 +1 +15 >GRA:3:00 +900 ?",
	  "<GRS:3*3 idle" },
	{ "T23: alarm, T22 stops, T23 repeats", 0, "greset +299 +1 ?@2 +299 +1 >GRA:3:00 ?@2 +900",
	  "<GRS:3*22 alarm resetting+O@2 <GRS:3 alarm idle@2" },
	{ "GRA that does not fit", 0,
	  "greset >GRA:2:00 >GRA:3:00@2 >GRA:3:00@6 ? >GRA:3:00 ? >GRA:3:00",
	  "<GRS:3 resetting idle" },
	{ "GRA for nothing, GRA for nobody", 0, ">GRA:3:0f >GRA:3:00@20 ?", "idle" },
	{ "both ends at once", 0, "greset >GRS:3 ? >GRA:3:00 ?",
	  "<GRS:3 <GRA:3:00 resetting idle" },
	{ "IAM meanwhile is dropped", 0, "greset >IAM@2 ?@2", "<GRS:3 resetting@2" },
	{ "UCIC to GRS: circuits one by one", 0,
	  "greset >UCIC >UCIC >RLC@2 >RLC@3 >RLC@4 ? ?@2 ?@4",
	  "<GRS:3 <RSC <RSC@2 <RSC@3 <RSC@4 alarm idle+O idle@2 idle@4" },
	{ "group reset twice", 0, "greset greset >GRA:3:00 ?", "<GRS:3 EBUSY idle" },
	{ "reset at start, each group for itself", BED_RESET,
	  "? ?@6 setup >GRA:3:00 ? >GRA:2:00@6 ?@6 setup",
	  "<GRS:3 <GRS:2@6 resetting resetting@6 EBUSY idle idle@6 <IAM" },
	{ "a group reset waits for the peer", 0, "pause greset +60 ? resume >GRA:3:00 ?",
	  "resetting+U <GRS:3 idle" },
	{ "a group reset that is under way is repeated on resume", 0,
	  "greset pause resume >GRA:3:00 ?", "<GRS:3*2 idle" },
	{ "started again: nothing happens", 0, "setup start ?", "<IAM outgoing" },
};

static const struct bed_row blockings[] = {
	{ "BLO and UBL from the peer", 0, ">BLO ? >UBL ?", "<BLA idle+R <UBA idle" },
	{ "BLO twice, UBL twice", 0, ">BLO >BLO >UBL >UBL ?", "<BLA*2 <UBA*2 idle" },
	{ "a blocked circuit is not hunted", 0, ">BLO setup", "<BLA EBUSY" },
	{ "BLO on an answered call: it goes on; no hunting until UBL", 0,
	  "setup >CON >BLO ? <REL:16 >RLC ? >UBL ?",
	  "<IAM ind:CON <BLA outgoing+R <REL:16 idle+R <UBA idle" },
	{ "BLO after ACM: the call goes on", 0, "setup >ACM:1 >BLO ?",
	  "<IAM ind:ACM:1 <BLA outgoing+R" },
	{ "BLO before any backward message: another circuit", 0, "setup in:setup@2 >BLO ? >RLC ?",
	  "<IAM <BLA <REL:41 repeat:41 <IAM@2 releasing+R idle+R" },
	{ "BLO on an incoming call: it goes on", 0, ">IAM >BLO ? <CON",
	  "setup <BLA incoming+R <CON" },
	{ "BLO on a seized circuit", 0, "hunt >BLO setup ?", "<BLA EBUSY idle+R" },
	{ "IAM on a circuit the peer has blocked removes the mark", 0, ">BLO >IAM ? >REL:16 ?",
	  "<BLA setup incoming <RLC release:16 idle" },
	{ "a test call does not remove the mark", 0, ">BLO >IAMT ?", "<BLA setup incoming+R" },
	{ "our blocking", 0, "block ? >BLA ? setup@2 unblock ? >UBA ?",
	  "<BLO idle+L+P idle+L <IAM@2 <UBL idle+P idle" },
	{ "blocked circuits are not hunted, nor while UBL waits", 0,
	  "block >BLA hunt unblock hunt >UBA hunt ?", "<BLO EBUSY <UBL EBUSY seized" },
	{ "a call goes on while we block", 0, "setup >CON block >BLA ? >REL:16 ?",
	  "<IAM ind:CON <BLO outgoing+L <RLC release:16 idle+L" },
	{ "our blocking and a seizure", 0, "hunt block >BLA setup ?", "<BLO EBUSY idle+L" },
	{ "IAM on a circuit we have blocked: BLO again", 0, "block >BLA >IAM ? >BLA ?",
	  "<BLO*2 idle+L+P idle+L" },
	{ "IAM crosses BLO: BLO again", 0, "block >IAM >BLA ?", "<BLO*2 idle+L" },
	{ "a test call on a circuit we have blocked", 0, "block >BLA >IAMT ?",
	  "<BLO setup incoming+L" },
	{ "T12: BLO is repeated until BLA", 0, "block +14 +1 +15 >BLA +900 ?", "<BLO*3 idle+L" },
	{ "T13: alarm, T12 stops, T13 repeats", 0, "block +299 +1 ? +299 +1 >BLA +900 ?",
	  "<BLO*22 alarm idle+L+P <BLO alarm idle+L" },
	{ "T14: UBL is repeated until UBA", 0, "block >BLA unblock +14 +1 +15 >UBA +900 ?",
	  "<BLO <UBL*3 idle" },
	{ "T15: alarm, T14 stops, T15 repeats", 0,
	  "block >BLA unblock +299 +1 ? +299 +1 >UBA +900 ?",
	  "<BLO <UBL*22 alarm idle+P <UBL alarm idle" },
	{ "asked twice", 0, "unblock block block >BLA block unblock unblock >UBA unblock",
	  "EALREADY <BLO EBUSY EALREADY <UBL EBUSY EALREADY" },
	{ "a change of mind", 0, "block unblock >BLA ? >UBA ?", "<BLO <UBL idle+P idle" },
	{ "a change of mind, and back", 0, "block >BLA unblock block >UBA >BLA ?",
	  "<BLO <UBL <BLO idle+L" },
	{ "BLA for a circuit that is not blocked: UBL", 0, ">BLA ? >UBA ?", "<UBL idle+P idle" },
	{ "UBA for a circuit that is blocked: BLO", 0, "block >BLA >UBA >BLA ?", "<BLO*2 idle+L" },
	{ "BLA and UBA that change nothing", 0, ">UBA block >BLA >BLA ?", "<BLO idle+L" },
	{ "CGB for maintenance", 0, ">CGB:0:3:05 ? ?@2 ?@3 >CGU:0:3:05 ? ?@3",
	  "<CGBA:0:3:05 idle+R idle@2 idle+R@3 <CGUA:0:3:05 idle idle@3" },
	{ "CGB for maintenance: calls go on, attempts go elsewhere", 0,
	  "setup >CON setup@2 >IAM@3 >CGB:0:3:07 ? ?@2 ?@3",
	  "<IAM ind:CON <IAM@2 setup@3 <CGBA:0:3:07 <REL:41@2 repeat:41@2 outgoing+R releasing+R@2 "
	  "incoming+R@3" },
	{ "CGB after a hardware failure: calls end", 0,
	  "setup >CON setup@2 >IAM@3 >CGB:1:3:07 ? ?@2 ?@3",
	  "<IAM ind:CON <IAM@2 setup@3 <CGBA:1:3:07 release:41 repeat:41@2 release:41@3 idle+RF "
	  "idle+RF@2 idle+RF@3" },
	{ "hardware failure: the user releases one call when told of another", 0,
	  ">IAM >IAM@2 in:<REL:16@2 >CGB:1:3:03 ?@2",
	  "setup setup@2 <CGBA:1:3:03 release:41 idle+RF@2" },
	{ "both kinds are removed one by one", 0, ">BLO >CGB:1:1:01 >UBL ? >CGU:1:1:01 ?",
	  "<BLA <CGBA:1:1:01 <UBA idle+RF <CGUA:1:1:01 idle" },
	{ "CGB with circuits that we do not have", 0, ">CGB:0:4:1f@3 ?@6 ?@4",
	  "<CGBA:0:4:1b@3 idle+R@6 idle+R@4" },
	{ "CGB without any circuit of ours", 0, ">CGB:0:3:0f@20", "<UCIC@20" },
	{ "CGB that is not allowed: type, range 0, too many circuits", 0,
	  ">CGB:2:3:0f >CGB:0:0:01 >CGB:0:39:ffffffffff ?", "idle" },
	{ "32 bits in a longer range are allowed", 0, ">CGB:0:39:ffffffff00 ?",
	  "<CGBA:0:39:ef00000000 idle+R" },
	{ "bits behind the range do not count", 0, ">CGB:0:1:ff ?@2 ?@3",
	  "<CGBA:0:1:03 idle+R@2 idle@3" },
};

static const struct bed_row unequipped[] = {
	{ "messages for a circuit we do not have", 0, ">IAM@5 >REL:16@5 >BLO@5 >RSC@9 >ACM:1@5",
	  "<UCIC@5*3 <UCIC@9 <UCIC@5" },
	{ "answers are not answered", 0,
	  ">UCIC@5 >CFN:97@5 >RLC@5 >BLA@5 >UBA@5 >GRA:3:00@5 >CGU:0:1:01@9", "<UCIC@9" },
	{ "silence where it is asked for", BED_NO_UCIC, ">IAM@5 >GRS:3@20", "" },
	{ "UCIC to our IAM: another circuit, and never this one", 0,
	  "setup in:setup@2 >UCIC ? setup", "<IAM alarm repeat:41 <IAM@2 idle+O EBUSY" },
	{ "UCIC in a call", 0, "setup >ACM:1 >UCIC ?", "<IAM ind:ACM:1 alarm release:41 idle+O" },
	{ "UCIC to REL, RSC, BLO: it is over", 0,
	  "setup <REL:16 >UCIC reset@2 >UCIC@2 block@3 >UCIC@3 +900 ? ?@2 ?@3",
	  "<IAM <REL:16 alarm <RSC@2 alarm@2 <BLO@3 alarm@3 idle+O idle+O@2 idle+L+O@3" },
	{ "also when the first reset had no better answer", BED_RESET,
	  ">UCIC@1 >UCIC@1 >RSC@1 >CQM:0 ?",
	  "<GRS:3 <GRS:2@6 <RSC <RSC@2 <RSC@3 <RSC@4 alarm <RLC <CQR:0:0c idle" },
	{ "a reset from either side brings it back", 0, ">UCIC >UCIC@2 ? reset >RLC ? >RSC@2 ?@2",
	  "alarm alarm@2 idle+O <RSC idle <RLC@2 idle@2" },
	{ "GRS and IAM bring it back", 0, ">UCIC >UCIC@2 >GRS:1 ?@2 >UCIC@2 >IAM@2 ?@2",
	  "alarm alarm@2 <GRA:1:00 idle@2 alarm@2 setup@2 incoming@2" },
};

static const struct bed_row confusions[] = {
	{ "IAM without called party number", 0, "x01002001 ? >RLC ?", "<REL:96 releasing idle" },
	{ "IAM with a number that is too long for the message", 0, "x010020010a0002000983102143 ?",
	  "<REL:111 releasing" },
	{ "a malformed IAM does not disturb a call", 0, ">IAM x01002001 ?", "setup incoming" },
	{ "a malformed IAM on a circuit that is being reset", 0, "reset x01002001 ?",
	  "<RSC resetting" },
	{ "malformed messages of a call: confusion", 0, "setup x06 ? x2c x0d >ACM:1",
	  "<IAM <CFN:96 outgoing <CFN:96*2 ind:ACM:1" },
	{ "a malformed REL releases", 0, "setup >CON x0c ?",
	  "<IAM ind:CON <RLC:111 release:31 idle" },
	{ "a malformed REL on an idle circuit", 0, "x0c ?", "<RLC:111 idle" },
	{ "a malformed RLC is RLC", 0, "setup <REL:16 x1001 ?", "<IAM <REL:16 idle" },
	{ "a malformed CFN is dropped", 0, "x2f x2fff", "" },
	{ "an unknown message: confusion", 0, "xfd xfd00 ?", "<CFN:97*2 idle" },
	{ "an unknown message in a call", 0, "setup >CON xfd00 ?",
	  "<IAM ind:CON <CFN:97 outgoing" },
	{ "compatibility: discard", 0, "xfd0138018800", "" },
	{ "compatibility: discard and notify", 0, "xfd0138018c00", "<CFN:97" },
	{ "compatibility: release", 0, "setup >CON xfd0138018200 ?",
	  "<IAM ind:CON <REL:97 release:97 releasing" },
	{ "compatibility: release, no call", 0, "xfd0138018200 ?", "idle" },
	{ "compatibility: pass on, or discard", 0, "setup >CON xfd0138019000 ?",
	  "<IAM ind:CON outgoing" },
	{ "compatibility: pass on, or release", 0, "setup >CON xfd0138018000 ?",
	  "<IAM ind:CON <REL:97 release:97 releasing" },
	{ "compatibility behind another parameter", 0,
	  "xfd01fe020102380188"
	  "00",
	  "" },
	{ "compatibility that is cut off", 0, "xfd0138 xfd013801 xfdff", "<CFN:97*3" },
	{ "an unknown parameter without instructions stays", 0, "setup x06160401fe010000 ",
	  "<IAM ind:ACM:1+fe" },
	{ "instructions of a transit exchange are not for us", 0, "setup x06160401fe01003902fe8a00",
	  "<IAM ind:ACM:1+fe" },
	{ "unknown parameter: release", 0, "setup x06160401fe01003902fe8300 ?",
	  "<IAM <REL:99 release:99 releasing" },
	{ "unknown parameter: discard the message", 0, "setup x06160401fe01003902fe8900 ?",
	  "<IAM outgoing" },
	{ "unknown parameter: discard the message and notify", 0,
	  "setup x06160401fe01003902fe8d00 ?", "<IAM <CFN:110 outgoing" },
	{ "unknown parameter: discard it and notify", 0, "setup x06160401fe01003902fe9500",
	  "<IAM <CFN:99 ind:ACM:1" },
	{ "unknown parameter: pass it on and notify", 0, "setup x06160401fe01003902fe8500",
	  "<IAM <CFN:103 ind:ACM:1+fe" },
	{ "two unknown parameters, the second releases", 0,
	  "setup x06160401fd0100fe01003904fd91fe8300", "<IAM <REL:99 release:99" },
	{ "unknown parameter in an IAM: release", 0,
	  "x010020010a0002070583102143"
	  "05fe01003902fe8300 ? >RLC ?",
	  "<REL:99 releasing idle" },
	{ "unknown parameter in a REL: it releases all the same, told in RLC", 0,
	  "setup x0c0204028290fe01003902fe8700 ?", "<IAM <RLC:99 release:16 idle" },
	{ "confusion without a call", 0, ">CFN:97 ?", "idle" },
	{ "too short for a circuit or a type", 0, "x ?", "idle" },
	{ "an unknown message on a circuit we do not have", 0, "xfd@5", "<UCIC@5" },
	{ "user part test", 0, ">UPT@0 >UPA@0", "<UPA@0" },
	{ "query: idle, busy both ways, blocked both ways, not equipped", 0,
	  "setup >ACM:1 >IAM@2 >BLO@3 block@4 >BLA@4 >CGB:1:1:01@6 >CQM:7",
	  "<IAM ind:ACM:1 setup@2 <BLA@3 <BLO@4 <CGBA:1:1:01@6 <CQR:7:08040e0d032c0c0c" },
	{ "query: releasing and resetting are transient", 0, "setup <REL:16 reset@2 >CQM:1",
	  "<IAM <REL:16 <RSC@2 <CQR:1:0000" },
	{ "query: one circuit, none of ours, too many", 0, ">CQM:0 >CQM:3@20 >CQM:32",
	  "<CQR:0:0c <UCIC@20" },
};

#define TABLE(t) \
START_TEST(t##_row) \
{ \
	bed_check(&t[_i]); \
} \
END_TEST
TABLE(resets)
TABLE(group_resets)
TABLE(blockings)
TABLE(unequipped)
TABLE(confusions)

int main(void)
{
	Suite *s = suite_create("isup maintenance processes");
	TCase *tc = tcase_create("scripts");
	SRunner *sr;
	int failed;

	tcase_add_unchecked_fixture(tc, bed_init, NULL);
	tcase_add_loop_test(tc, resets_row, 0, ARRAY_SIZE(resets));
	tcase_add_loop_test(tc, group_resets_row, 0, ARRAY_SIZE(group_resets));
	tcase_add_loop_test(tc, blockings_row, 0, ARRAY_SIZE(blockings));
	tcase_add_loop_test(tc, unequipped_row, 0, ARRAY_SIZE(unequipped));
	tcase_add_loop_test(tc, confusions_row, 0, ARRAY_SIZE(confusions));
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
