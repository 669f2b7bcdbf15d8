/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suspend and resume: who suspends, who watches, and what comes of it. A row is a script. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

static const struct bed_row rows[] = {
	{ "T6: the controlling exchange ends what the network suspended", 0,
	  "setup controls >CON >SUS:1 +29 state +1 ? >RLC ?",
	  "<IAM ind:CON ind:SUS OGCSuspended <REL:16 release:16 releasing idle" },
	{ "T6 is over with RES", 0, "setup controls >CON >SUS:1 +29 >RES:1 +600 state",
	  "<IAM ind:CON ind:SUS ind:RES OGCAnswered" },
	{ "T6 is over with REL", 0, "setup controls >CON >SUS:1 >REL:16 +600 ?",
	  "<IAM ind:CON ind:SUS <RLC release:16 idle" },
	{ "T6 is over with our REL", 0, "setup controls >CON >SUS:1 <REL:16 >RLC +600 ?",
	  "<IAM ind:CON ind:SUS <REL:16 idle" },
	{ "T6 is over with a reset", 0, "setup controls >CON >SUS:1 >RSC +600 ?",
	  "<IAM ind:CON ind:SUS <RLC release:31 idle" },
	{ "a second SUS starts T6 again", 0, "setup controls >CON >SUS:1 +20 >SUS:1 +20 ? +10",
	  "<IAM ind:CON ind:SUS*2 outgoing <REL:16 release:16" },
	{ "T2: a user's suspension", 0, "setup controls >CON >SUS:0 +179 ? +1",
	  "<IAM ind:CON ind:SUS outgoing <REL:102 release:102" },
	{ "T2 is over with the user's RES only", 0,
	  "setup controls >CON >SUS:0 >RES:1 state +100 >RES:0 +600 state",
	  "<IAM ind:CON ind:SUS ind:RES OGCSuspended ind:RES OGCAnswered" },
	{ "T2 and T6 run side by side", 0, "setup controls >CON >SUS:0 >SUS:1 >RES:1 state +179 +1",
	  "<IAM ind:CON ind:SUS*2 ind:RES OGCSuspended <REL:102 release:102" },
	{ "on an incoming call too", 0, ">IAM controls <CON >SUS:0 +180",
	  "setup <CON ind:SUS <REL:102 release:102" },
	{ "what we suspend ourselves is not ours to watch", 0,
	  "setup controls >CON <SUS:0 +600 state", "<IAM ind:CON <SUS OGCSuspended" },
	{ "who does not control watches nothing", 0, "setup >CON >SUS:1 >SUS:0 +900 state",
	  "<IAM ind:CON ind:SUS*2 OGCSuspended" },
	{ "T38: passed on by the incoming international exchange", 0,
	  ">IAM international <CON <SUS:1 state +14 ? +1 >RLC ?",
	  "setup <CON <SUS ICCSuspended incoming <REL:102 release:102 idle" },
	{ "T38 is over with RES", 0, ">IAM international <CON <SUS:1 +14 <RES:1 +600 state",
	  "setup <CON <SUS <RES ICCAnswered" },
	{ "T38 does not watch users", 0, ">IAM international <CON <SUS:0 +600 state",
	  "setup <CON <SUS ICCSuspended" },
	{ "the stack ends while T2 and T6 run", 0, "setup controls >CON >SUS:0 >SUS:1",
	  "<IAM ind:CON ind:SUS*2" },
};

BED_TABLE(rows)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	BED_ADD(tc, rows);
	return bed_run("isup suspend", tc);
}
