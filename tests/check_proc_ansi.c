/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintenance as T1.113 has it: messages for groups come and go twice, timers are shorter, circuits
 * are validated and reserved. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

static const struct bed_row twice[] = {
	{ "GRS acts when it has come twice", BED_ANSI, ">IAMA@2 >GRS:3 ?@2 >GRS:3 ?@2",
	  "setup@2 incoming@2 <GRA:3:00 release:31@2 idle@2" },
	{ "within 5 s", BED_ANSI, ">GRS:3 +4 >GRS:3 >GRS:3 +5 >GRS:3 +4 >GRS:3",
	  "<GRA:3:00*2" },
	{ "the same one", BED_ANSI, ">GRS:3 >GRS:2 >GRS:3@6 >GRS:2 >GRS:3", "<GRA:2:00 <GRA:3:00" },
	{ "the third is a first again", BED_ANSI, ">GRS:3 >GRS:3 >GRS:3 >GRS:3 >GRS:3",
	  "<GRA:3:00*2" },
	{ "CGB and CGU act when they have come twice", BED_ANSI,
	  ">CGB:0:3:05 ? >CGB:0:3:05 ? >CGU:0:3:05 ? >CGU:0:3:05 ?",
	  "idle <CGBA:0:3:05 idle+R*2 <CGUA:0:3:05 idle" },
	{ "not with other bits, nor of the other type", BED_ANSI,
	  ">CGB:0:3:05 >CGB:0:3:01 >CGB:1:3:05 >CGU:0:3:05 ? >CGB:1:3:05 ?",
	  "idle <CGBA:1:3:05 idle+RF" },
	{ "more than can be remembered: the oldest is forgotten", BED_ANSI,
	  ">GRS:1 >GRS:2 >GRS:3 >GRS:4 >GRS:5 >GRS:6 >GRS:7 >GRS:8 >GRS:9 >GRS:10 >GRS:11 "
	  ">GRS:12 >GRS:13 >GRS:14 >GRS:15 >GRS:16 >GRS:17 >GRS:1 >GRS:3",
	  "<GRA:3:00" },
	{ "for circuits that we do not have", BED_ANSI, ">GRS:3@20 >GRS:3@20", "<UCIC@20" },
	{ "ours are sent twice, and acknowledged once", BED_ANSI,
	  "greset ? >GRA:3:00 ? gblock >CGBA:0:3:0f gunblock >CGUA:0:3:0f ?",
	  "<GRS:3*2 resetting idle <CGB:0:3:0f*2 <CGU:0:3:0f*2 idle" },
	{ "and repeated twice", BED_ANSI, "greset +4 >GRA:3:00 gfail +4 >CGBA:1:3:0f ?",
	  "<GRS:3*4 <CGB:1:3:0f*4 idle+LF" },
	{ "a query is sent once, and comes once", BED_ANSI, "gquery >CQR:3:0c0c0c0c >CQM:1",
	  "<CQM:3 <CQR:1:0c0c" },
	{ "in other dialects once is enough", 0, ">GRS:3 >CGB:0:3:05 greset",
	  "<GRA:3:00 <CGBA:0:3:05 <GRS:3" },
};

static const struct bed_row timers[] = {
	{ "T16 of 4 s, T17 of a minute", BED_ANSI, "reset +3 +1 +4 >RLC reset +59 +1 +59 +1",
	  "<RSC*20 alarm <RSC alarm" },
	{ "T12 and T13", BED_ANSI, "block +3 +1 >BLA block@2 +60 ?@2 >BLA@2 ?@2",
	  "<BLO*2 <BLO@2*17 alarm@2 idle+L+P@2 idle+L@2" },
	{ "T22 and T23", BED_ANSI, "greset +60 ? >GRA:3:00 ?", "<GRS:3*34 alarm resetting+O idle" },
	{ "T18 and T19", BED_ANSI, "gblock +60 >CGBA:0:3:0f ?", "<CGB:0:3:0f*34 alarm idle+L" },
	{ "T1 and T5", BED_ANSI, ">IAMA <REL:16 +60 ? >RLC ?",
	  "setup <REL:16*16 <RSC alarm resetting+O idle" },
};

/* Octet of the characteristics: digital, and which circuits its sender keeps in a dual seizure. */
static const struct bed_row validations[] = {
	{ "CVT is answered: digital, the odd circuits are ours", BED_ANSI, ">CVT", "<CVR:06" },
	{ "the even ones are, with the higher point code", BED_ANSI | BED_HIGHER, ">CVT",
	  "<CVR:0a" },
	{ "CVT for a circuit that we do not have", BED_ANSI, ">CVT@5 >CVR:0:10@5", "<UCIC@5" },
	{ "CVT and CVR in a call", BED_ANSI, ">IAMA validate >CVT >CVR:0:10 ?",
	  "setup <CVT <CVR:06 incoming" },
	{ "both ends agree", BED_ANSI, "validate >CVR:0:10 +60 ?", "<CVT idle" },
	{ "unknown and mixed carriers fit", BED_ANSI, "validate >CVR:0:8 validate >CVR:0:11",
	  "<CVT*2" },
	{ "the peer has other data", BED_ANSI, "validate >CVR:1:10 ?", "<CVT alarm idle" },
	{ "the peer's circuit is analogue", BED_ANSI, "validate >CVR:0:9", "<CVT alarm" },
	{ "the same circuits are kept by both, all by one", BED_ANSI,
	  "validate >CVR:0:6 validate >CVR:0:14 validate >CVR:0:2",
	  "<CVT alarm <CVT alarm <CVT alarm" },
	{ "all are ours, none the peer's", BED_ANSI | BED_CONTROL(ALL),
	  "validate >CVR:0:2 >CVT",
	  "<CVT <CVR:0e" },
	{ "TCVT: once more, then an alarm", BED_ANSI, "validate +9 +1 +9 +1 ? +60",
	  "<CVT*2 alarm idle" },
	{ "the second one is answered", BED_ANSI, "validate +10 >CVR:0:10 +60", "<CVT*2" },
	{ "CVR for nothing", BED_ANSI, ">CVR:1:10 ?", "idle" },
	{ "asked twice, while the peer is away, and of others", BED_ANSI,
	  "validate validate >CVR:0:10 pause validate", "<CVT EBUSY ENETUNREACH" },
	{ "UCIC to CVT", BED_ANSI, "validate >UCIC +60 ?", "<CVT alarm idle+O" },
	{ "ITU-T has no CVT", 0, "validate xec", "EOPNOTSUPP <CFN:97" },
};

static const struct bed_row reservations[] = {
	{ "reserved by the peer, then its call", BED_ANSI,
	  ">CRM:0 ? >IAMA ? >REL:16 ?", "<CRA testing setup incoming <RLC release:16 idle" },
	{ "a reserved circuit is not hunted", BED_ANSI, ">CRM:0 hunt >REL:16 hunt",
	  "<CRA EBUSY <RLC" },
	{ "TCRA: REL", BED_ANSI, ">CRM:0 +19 +1 ? >RLC ?", "<CRA <REL:41 releasing idle" },
	{ "the peer asks for a loop", BED_ANSI | BED_PATH, ">CRM:4 >COT:1 >IAMA",
	  "loop <CRA stop setup" },
	{ "the check fails: CCR is awaited", BED_ANSI | BED_PATH, ">CRM:4 >COT:0 >CCR",
	  "loop <CRA stop loop" },
	{ "no loop can be had", BED_ANSI | BED_NO_PATH, ">CRM:4 ?", "loop idle" },
	{ "the loop goes with a reset", BED_ANSI | BED_PATH, ">CRM:4 >RSC ?",
	  "loop <CRA stop <RLC idle" },
	{ "on circuits in use, blocked, failed, being reset", BED_ANSI,
	  ">IAMA >CRM:0 block@2 >BLA@2 >CRM:0@2 fail@3 >CGBA:1:1:01@3 >CRM:0@3 reset@4 >CRM:0@4",
	  "setup <BLO@2*2 <CGB:1:1:01@3*2 <RSC@4" },
	{ "reserved by us, then our call", BED_ANSI, "reserve ? >CRA ? setup ?",
	  "<CRM testing reserved seized <IAM outgoing" },
	{ "not used: the peer releases it", BED_ANSI, "reserve >CRA unseize >REL:41 ?",
	  "<CRM reserved <RLC idle" },
	{ "given back before CRA", BED_ANSI, "reserve unseize ? >CRA >RLC ? +4",
	  "<CRM <REL:41 releasing idle" },
	{ "TCRM: REL", BED_ANSI, "reserve +3 +1 ? >RLC ?", "<CRM <REL:41 timeout releasing idle" },
	{ "the peer refuses", BED_ANSI, "reserve >REL:34 ?", "<CRM <RLC refused idle" },
	{ "dual seizure, ours", BED_ANSI, "reserve >IAMA >CRM:0 >CRA", "<CRM reserved" },
	{ "dual seizure, theirs", BED_ANSI | BED_HIGHER, "reserve >IAMA ? setup",
	  "<CRM setup incoming EBUSY" },
	{ "dual seizure of two reservations", BED_ANSI | BED_HIGHER, "reserve >CRM:0 >CRA >IAMA",
	  "<CRM <CRA setup" },
	{ "a reset takes it", BED_ANSI, "reserve >RSC setup ?", "<CRM <RLC <IAM outgoing" },
	{ "blocked meanwhile", BED_ANSI, "reserve >BLO >CRA setup", "<CRM <BLA reserved EBUSY" },
	{ "it cannot be done", BED_ANSI, "block >BLA reserve setup@2 reserve@2 pause reserve@3",
	  "<BLO EBUSY <IAM@2 EBUSY@2 <REL:41@2 release:41@2 ENETUNREACH@3" },
	{ "CRA for nothing", BED_ANSI, ">CRA ?", "idle" },
	{ "ITU-T has no CRM", 0, "reserve xea00 ?", "EOPNOTSUPP <CFN:97 idle" },
	{ "EXM is passed up", BED_ANSI, "setup >EXM", "<IAM ind:EXM" },
};

BED_TABLE(twice)
BED_TABLE(timers)
BED_TABLE(validations)
BED_TABLE(reservations)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	BED_ADD(tc, twice);
	BED_ADD(tc, timers);
	BED_ADD(tc, validations);
	BED_ADD(tc, reservations);
	return bed_run("isup maintenance of T1.113", tc);
}
