/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call processes: set-up, answer, release, their timers and collisions. A row is a script and what
 * must come of it. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

static const struct bed_row outgoing[] = {
	{ "from IAM to RLC", 0, "setup ? >ACM:1 >CPG:1 >ANM ? <REL:16 ? >RLC ?",
	  "<IAM outgoing ind:ACM:1 ind:CPG:1 ind:ANM outgoing <REL:16 releasing idle" },
	{ "CON instead of ACM and ANM", 0, "setup >CON >REL:16 ?",
	  "<IAM ind:CON <RLC release:16 idle" },
	{ "ANM without ACM is legal", 0, "setup >ANM >REL:16", "<IAM ind:ANM <RLC release:16" },
	{ "REL before any backward message", 0, "setup >REL:17 ?", "<IAM <RLC release:17 idle" },
	{ "cause 44 before any backward message: another circuit", 0, "setup >REL:44 ?",
	  "<IAM <RLC repeat:44 idle" },
	{ "cause 44 after ACM: no other circuit", 0, "setup >ACM:0 >REL:44",
	  "<IAM ind:ACM:0 <RLC release:44" },
	{ "cause 44 after some other backward message", 0, "setup >FAC >REL:44",
	  "<IAM ind:FAC <RLC release:44" },
	{ "overlap sending, no SAM after ACM", 0, "setup <SAM <SAM >ACM:0 <SAM",
	  "<IAM <SAM*2 ind:ACM:0 EPROTO" },
	{ "T7: no ACM", 0, "setup +24 ? +1 ? >RLC ?",
	  "<IAM outgoing <REL:102 release:102 releasing idle" },
	{ "T7 runs from the latest SAM", 0, "setup +20 <SAM +24 ? +1",
	  "<IAM <SAM outgoing <REL:102 release:102" },
	{ "T7 is over with ACM, T9 follows", 0, "setup >ACM:1 +179 ? +1 >RLC ?",
	  "<IAM ind:ACM:1 outgoing <REL:19 release:19 idle" },
	{ "an early backward message does not end T7", 0, "setup >FAC +25",
	  "<IAM ind:FAC <REL:102 release:102" },
	{ "T9 is over with ANM", 0, "setup >ACM:1 >ANM +600 ?", "<IAM ind:ACM:1 ind:ANM outgoing" },
	{ "messages out of place are dropped after a backward message", 0,
	  "setup >ACM:1 >SUS:0 >RES:0 >SAM >COT:1 ? >ACM:1 >CON >ANM >ANM",
	  "<IAM ind:ACM:1 outgoing ind:ANM" },
	{ "before: the circuit is reset, another one is tried", 0,
	  "setup >CPG:1 >SUS:0 ? setup@2 >SAM@2 >RLC ?",
	  "<IAM <RSC repeat:41 resetting <IAM@2 <RSC@2 repeat:41@2 idle" },
	{ "nothing backward may be sent", 0, "setup <ACM:1 <ANM <CON <CPG:1", "<IAM EPROTO*4" },
	{ "forward messages while the call is set up", 0,
	  "setup <COT:1 <FAC >ACM:0 <CPG:2 <FOT <USR",
	  "<IAM <COT:1 <FAC ind:ACM:0 <CPG:2 <FOT <USR" },
	{ "call messages pass while there is a call", 0,
	  "setup >ACM:1 >FAC >USR >CRG >FAR >FAA >CFN:97 >ANM >FAC >CPG:2",
	  "<IAM ind:ACM:1 ind:FAC ind:USR ind:CRG ind:FAR ind:FAA ind:CFN:97 ind:ANM ind:FAC "
	  "ind:CPG:2" },
	{ "suspended by the network and by the user", 0,
	  "setup >CON >RES:0 >SUS:1 >SUS:0 >RES:0 >RES:1 >RES:1",
	  "<IAM ind:CON ind:SUS*2 ind:RES*2" },
	{ "suspended by us", 0, "setup >CON <RES:0 <SUS:0 <RES:0 <RES:0",
	  "<IAM ind:CON EPROTO <SUS <RES EPROTO" },
	{ "REL while suspended", 0, "setup >CON >SUS:1 >REL:16 ?",
	  "<IAM ind:CON ind:SUS <RLC release:16 idle" },
	{ "RLC that nobody asked for ends the call", 0, "setup >CON >RLC ? >RLC ?",
	  "<IAM ind:CON <REL:111 release:111 releasing idle" },
	{ "the user releases inside the answer", 0, "setup in:<REL:16 >CON ? >RLC ?",
	  "<IAM ind:CON <REL:16 releasing idle" },
	{ "the user sets up a new call inside the release", 0, "setup >ACM:1 in:setup@2 >REL:17",
	  "<IAM ind:ACM:1 <RLC release:17 <IAM@2" },
	{ "repeat on another circuit", 0, "setup in:setup@2 >REL:44 ? ?@2",
	  "<IAM <RLC repeat:44 <IAM@2 idle outgoing@2" },
	{ "MTP does not take the IAM", 0, "nomtp setup ? mtp setup", "ENOBUFS idle <IAM" },
	{ "MTP does not take the ACM or REL: timers repeat", 0,
	  "setup >CON nomtp <REL:16 mtp +15 >RLC ?", "<IAM ind:CON <REL:16 idle" },
};

static const struct bed_row incoming[] = {
	{ "from IAM to RLC", 0, ">IAM ? <ACM:1 <CPG:2 <ANM ? <REL:16 ? >RLC ?",
	  "setup incoming <ACM:1 <CPG:2 <ANM incoming <REL:16 releasing idle" },
	{ "CON", 0, ">IAM <CON >REL:16 ?", "setup <CON <RLC release:16 idle" },
	{ "ANM without ACM leaves as CON", 0, ">IAM <ANM", "setup <CON" },
	{ "CON after ACM leaves as ANM", 0, ">IAM <ACM:1 <CON", "setup <ACM:1 <ANM" },
	{ "refused", 0, ">IAM <REL:1 >RLC ?", "setup <REL:1 idle" },
	{ "refused inside the offer", 0, "in:<REL:1 >IAM ? >RLC ?", "setup <REL:1 releasing idle" },
	{ "taken by nobody", BED_UNBOUND, ">IAM ? >RLC ?", "setup <REL:41 releasing idle" },
	{ "overlap: SAM until ACM", 0, ">IAM >SAM >SAM <ACM:0 >SAM", "setup ind:SAM*2 <ACM:0" },
	{ "the user releases inside SAM", 0, ">IAM in:<REL:28 >SAM ? >RLC ?",
	  "setup ind:SAM <REL:28 releasing idle" },
	{ "T11: early ACM", 0, ">IAM +16 ? +1 ?", "setup incoming <ACM:0 incoming" },
	{ "T11 runs from the latest SAM", 0, ">IAM +10 >SAM +16 ? +1",
	  "setup ind:SAM incoming <ACM:0" },
	{ "T11 stops with ACM", 0, ">IAM <ACM:1 +60 ?", "setup <ACM:1 incoming" },
	{ "T11 stops with CON", 0, ">IAM <CON +60 ?", "setup <CON incoming" },
	{ "after the early ACM: subscriber free is alerting", 0, ">IAM +17 <ACM:1 <ANM",
	  "setup <ACM:0 <CPG:1 <ANM" },
	{ "after the early ACM: in-band information", 0, ">IAM +17 <ACMI <ANM",
	  "setup <ACM:0 <CPG:3 <ANM" },
	{ "after the early ACM: no indication is progress", 0, ">IAM +17 <ACM:0 <ACM:0",
	  "setup <ACM:0 <CPG:2 EPROTO" },
	{ "after the early ACM: CON is ANM", 0, ">IAM +17 <CON >REL:16",
	  "setup <ACM:0 <ANM <RLC release:16" },
	{ "transit has no T11", 0, ">IAM transit +60 >SAM +60 ? <ACM:1",
	  "setup ind:SAM incoming <ACM:1" },
	{ "transit said inside the offer", 0, "in:transit >IAM +60 ?", "setup incoming" },
	{ "messages out of place after a backward message", 0,
	  ">IAM >IAM <ACM:1 >ACM:1 >ANM >CON >SUS:0 >IAM >COT:1 ? <ACM:1 <SUS:0",
	  "setup <ACM:1 incoming EPROTO*2" },
	{ "before: the circuit is reset, the call released", 0,
	  ">IAM >ACM:1 ? >RLC ? >IAM@2 >SUS:0@2",
	  "setup <RSC release:31 resetting idle setup@2 <RSC@2 release:31@2" },
	{ "SAM and COT cannot be sent back", 0, ">IAM <SAM <COT:1 <CPG:1", "setup EPROTO*3" },
	{ "call messages pass while there is a call", 0,
	  ">IAM >FAC <USR <ACM:1 >FOT >CPG:2 <CRG <ANM >FOT >CPG:2 <CPG:2 <FAC",
	  "setup ind:FAC <USR <ACM:1 ind:FOT ind:CPG:2 <CRG <ANM ind:FOT ind:CPG:2 <CPG:2 <FAC" },
	{ "suspend and resume, both ways", 0, ">IAM <CON <SUS:1 >SUS:0 <RES:1 <RES:1 >RES:0 <RES:1",
	  "setup <CON <SUS ind:SUS <RES*2 ind:RES EPROTO" },
	{ "REL before ACM", 0, ">IAM >REL:16 ?", "setup <RLC release:16 idle" },
	{ "no answer timer on this side", 0, ">IAM <ACM:1 +900 ?", "setup <ACM:1 incoming" },
	{ "a second IAM is dropped", 0, ">IAM >IAM ?", "setup incoming" },
};

static const struct bed_row releases[] = {
	{ "T1: REL is repeated until RLC", 0, "setup <REL:16 +14 +1 +15 >RLC +60 ?",
	  "<IAM <REL:16*3 idle" },
	{ "T5: RSC, out of service, alarm; T17 repeats, RLC heals", 0,
	  "setup <REL:16 +299 +1 ? +299 +1 +15 >RLC ? +900",
	  "<IAM <REL:16*21 <RSC alarm resetting+O <RSC alarm idle" },
	{ "REL collision: RLC at once, and still waiting", 0, "setup >CON <REL:16 >REL:16 ? >RLC ?",
	  "<IAM ind:CON <REL:16 <RLC releasing idle" },
	{ "REL collision the other way about", 0, "setup >CON >REL:16 >RLC ?",
	  "<IAM ind:CON <RLC release:16 idle" },
	{ "RSC crosses REL", 0, "setup >CON <REL:16 >RSC ? +900 >RLC ?",
	  "<IAM ind:CON <REL:16 <RLC idle*2" },
	{ "GRS crosses REL", 0, "setup >CON <REL:16 >GRS:3 ? +900",
	  "<IAM ind:CON <REL:16 <GRA:3:00 idle" },
	{ "IAM while REL waits for RLC is dropped", 0, "setup <REL:16 >IAM ? >RLC ?",
	  "<IAM <REL:16 releasing idle" },
	{ "late messages after REL are dropped", 0,
	  "setup <REL:16 >ACM:1 >ANM >CPG:1 >SAM >FAC ? >RLC ?", "<IAM <REL:16 releasing idle" },
	{ "REL on an idle circuit is answered", 0, ">REL:16 ?", "<RLC idle" },
	{ "RLC on an idle circuit is dropped", 0, ">RLC ?", "idle" },
	{ "a call message on an idle circuit: reset, once", 0,
	  ">ACM:1 >ANM >CPG:1 ? >RLC ? >SAM@2 >RLC@2 >FAC@3 +15 >RLC@3",
	  "<RSC resetting idle <RSC@2 <RSC@3*2" },
	{ "on one that somebody has seized", 0, "hunt >ANM ? setup >RLC setup",
	  "<RSC resetting EBUSY <IAM" },
	{ "not on one that is being released or not in service", 0,
	  "setup >ACM:1 <REL:16 >ANM >RLC ? >UCIC@2 >ACM:1@2 ?@2",
	  "<IAM ind:ACM:1 <REL:16 idle alarm@2 idle+O@2" },
	{ "a circuit is free again after each way to end", 0,
	  "setup >REL:16 setup <REL:16 >RLC >IAM >REL:16 >IAM <REL:16 >RLC setup",
	  "<IAM <RLC release:16 <IAM <REL:16 setup <RLC release:16 setup <REL:16 <IAM" },
};

/* Lower point code: odd circuits are ours. Higher: even ones are. */
static const struct bed_row seizures[] = {
	{ "odd circuit, lower code: ours", 0, "setup >IAM ? >ACM:1", "<IAM outgoing ind:ACM:1" },
	{ "even circuit, lower code: theirs", 0, "setup@2 >IAM@2 ?@2",
	  "<IAM@2 setup@2 repeat:34@2 incoming@2" },
	{ "even circuit, higher code: ours", BED_HIGHER, "setup@2 >IAM@2 ?@2 >ACM:0@2",
	  "<IAM@2 outgoing@2 ind:ACM:0@2" },
	{ "odd circuit, higher code: theirs", BED_HIGHER, "setup >IAM ?",
	  "<IAM setup repeat:34 incoming" },
	{ "configured: all are ours", 0, "keepall setup@2 >IAM@2 ?@2", "<IAM@2 outgoing@2" },
	{ "configured: none is ours", 0, "keepnone setup >IAM ?",
	  "<IAM setup repeat:34 incoming" },
	{ "configured: the odd ones are ours", BED_HIGHER,
	  "keepodd setup >IAM ? setup@2 >IAM@2 ?@2",
	  "<IAM outgoing <IAM@2 setup@2 repeat:34@2 incoming@2" },
	{ "configured: the even ones are ours", 0,
	  "keepeven setup@2 >IAM@2 ?@2 setup >IAM ?",
	  "<IAM@2 outgoing@2 <IAM setup repeat:34 incoming" },
	{ "lost, and repeated on another circuit", 0, "setup@2 in:setup@3 >IAM@2 <ACM:1@2 >ACM:1@3",
	  "<IAM@2 setup@2 <IAM@3 repeat:34@2 <ACM:1@2 ind:ACM:1@3" },
	{ "after a backward message there is no dual seizure", 0,
	  "setup@2 >ACM:1@2 >IAM@2 ?@2 >ANM@2", "<IAM@2 ind:ACM:1@2 outgoing@2 ind:ANM@2" },
	{ "after any backward message", 0, "setup@2 >FAC@2 >IAM@2 ?@2",
	  "<IAM@2 ind:FAC@2 outgoing@2" },
	{ "lost to a call that waits for continuity", 0, "setup@2 >IAMC@2 ?@2 >COT:1@2",
	  "<IAM@2 repeat:34@2 incoming@2 setup@2" },
	{ "lost, then the offer is refused at once", 0,
	  "setup@2 in:<REL:34@2 >IAM@2 ?@2 >RLC@2 ?@2",
	  "<IAM@2 setup@2 <REL:34@2 repeat:34@2 releasing@2 idle@2" },
	{ "hunted, but the IAM is not yet out: the incoming call wins", 0,
	  "hunt ? >IAM ? setup <ACM:1", "seized setup incoming EBUSY <ACM:1" },
	{ "a seizure that lost stays the user's until given back", 0,
	  "hunt >IAM >REL:16 ? setup@2 unseize ?", "setup <RLC release:16 seized <IAM@2 idle" },
};

static const struct bed_row destinations[] = {
	{ "pause: no hunting; resume: again", 0, "pause ? setup resume ? setup",
	  "idle+U ENETUNREACH idle <IAM" },
	{ "pause after hunting", 0, "hunt pause setup ?", "ENETUNREACH idle+U" },
	{ "outgoing call in set-up ends with 41", 0, "setup pause ? resume >RLC ?",
	  "<IAM <REL:41 release:41 releasing+U <REL:41 idle" },
	{ "outgoing call after ACM ends with 41", 0, "setup >ACM:1 pause",
	  "<IAM ind:ACM:1 <REL:41 release:41" },
	{ "incoming call in set-up ends with 41", 0, ">IAM <ACM:1 pause resume >RLC ?",
	  "setup <ACM:1 <REL:41 release:41 <REL:41 idle" },
	{ "incoming call before the offer", 0, ">IAMC pause ?", "<REL:41 releasing+U" },
	{ "answered calls stay", 0, "setup >CON >IAM@2 <CON@2 pause ? ?@2 resume >REL:16 <REL:16@2",
	  "<IAM ind:CON setup@2 <CON@2 outgoing+U incoming+U@2 <RLC release:16 <REL:16@2" },
	{ "suspended calls stay", 0, "setup >CON >SUS:1 pause ?",
	  "<IAM ind:CON ind:SUS outgoing+U" },
	{ "what waits for an answer is said again on resume", 0,
	  "setup >CON <REL:16 reset@2 block@3 pause resume >RLC >RLC@2 >BLA@3 ? ?@2 ?@3",
	  "<IAM ind:CON <REL:16 <RSC@2 <BLO@3 <REL:16 <RSC@2 <BLO@3 idle idle@2 idle+L@3" },
	{ "pause twice, resume twice", 0, "pause pause resume resume setup", "<IAM" },
	{ "other destinations do not matter", 0, "setup >ACM:1 pauseother ?",
	  "<IAM ind:ACM:1 outgoing" },
	{ "no ISUP there: UPT, no hunting until UPA", 0, "away ? setup >UPA@0 ? +900 setup",
	  "<UPT@0 idle+U ENETUNREACH idle <IAM" },
	{ "no ISUP there: anything that comes from it ends it", 0, "away >BLO@2 +900 setup",
	  "<UPT@0 <BLA@2 <IAM" },
	{ "T4: UPT is repeated; more indications change nothing", 0,
	  "away away +299 away +1 +299 +1 >UPA@0 +900 setup", "<UPT@0*3 <IAM" },
	{ "no ISUP there: calls go on, a new one after hunting does not", 0,
	  "setup >CON hunt@2 away setup@2 ? ?@2",
	  "<IAM ind:CON <UPT@0 ENETUNREACH@2 outgoing+U idle+U@2" },
	{ "a way lost and found again asks no more", 0, "away pause +299 resume +900 ? setup",
	  "<UPT@0 idle <IAM" },
	{ "what is unreachable has no ISUP to ask", 0, "pause away +299 resume ?", "idle" },
	{ "an ISUP that is not equipped is not asked", 0, "unequipped ? setup +900 >UPA@0 setup",
	  "idle+U ENETUNREACH <IAM" },
	{ "after a long pause the peer is asked for its circuits", 0,
	  "pause +300 resume >CQR:3:0c0c0c0c >CQR:2:0c0c0c@6 ?", "<CQM:3 <CQM:2@6 idle" },
	{ "OLM: the call ends, the circuit waits for T3", 0,
	  "setup >OLM ? +119 ? +1 >RLC ?",
	  "<IAM release:42 releasing*2 <REL:42 idle" },
	{ "OLM, then REL or RLC from the peer: T3 is over", 0,
	  "setup >OLM >REL:42 ? setup >OLM >RLC ? +900",
	  "<IAM release:42 <RLC idle <IAM release:42 idle" },
	{ "OLM that answers no IAM", 0, ">OLM setup >ACM:1 >OLM ? >IAM@2 >OLM@2 ?@2 >OLM@5",
	  "<IAM ind:ACM:1 outgoing setup@2 incoming@2 <UCIC@5" },
	{ "OLM, reset and pause while T3 runs", 0,
	  "setup >OLM pause resume ? >RSC ? +900", "<IAM release:42 releasing <RLC idle" },
	{ "the stack ends while T4 runs", 0, "away", "<UPT@0" },
};

#define TABLE(t) \
START_TEST(t##_row) \
{ \
	bed_check(&t[_i]); \
} \
END_TEST
TABLE(outgoing)
TABLE(incoming)
TABLE(releases)
TABLE(seizures)
TABLE(destinations)

int main(void)
{
	Suite *s = suite_create("isup call processes");
	TCase *tc = tcase_create("scripts");
	SRunner *sr;
	int failed;

	tcase_add_unchecked_fixture(tc, bed_init, NULL);
	tcase_add_loop_test(tc, outgoing_row, 0, ARRAY_SIZE(outgoing));
	tcase_add_loop_test(tc, incoming_row, 0, ARRAY_SIZE(incoming));
	tcase_add_loop_test(tc, releases_row, 0, ARRAY_SIZE(releases));
	tcase_add_loop_test(tc, seizures_row, 0, ARRAY_SIZE(seizures));
	tcase_add_loop_test(tc, destinations_row, 0, ARRAY_SIZE(destinations));
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
