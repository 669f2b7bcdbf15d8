/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in scenarios, written as a user would write them. */
#include <string.h>

#include "gw/exchange/scenario.h"

const struct scn_builtin scn_builtins[] = {
	{ "answer", "ACM, after --answer-delay ANM, then waits for REL",
	  "script answer\n"
	  " at REL done\n"
	  " at SUS or RES or CPG or FAC or USR ignore\n"
	  " send ACM free\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait\n" },
	{ "ring-answer", "ACM without indication, CPG alerting, ANM",
	  "script ring-answer\n"
	  " at REL done\n"
	  " at SUS or RES or FAC or USR ignore\n"
	  " send ACM\n"
	  " wait 100ms\n"
	  " send CPG alerting\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait\n" },
	{ "connect", "CON at once",
	  "script connect\n"
	  " at REL done\n"
	  " at SUS or RES or FAC or USR ignore\n"
	  " send CON\n"
	  " wait\n" },
	{ "early-media", "ACM with in-band information, CPG progress, ANM",
	  "script early-media\n"
	  " at REL done\n"
	  " at SUS or RES or FAC or USR ignore\n"
	  " send ACM inband\n"
	  " wait 200ms\n"
	  " send CPG inband\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait\n" },
	{ "announcement",
	  "ACM with in-band information and cause, never answered, REL with that cause: "
	  "announcement CAUSE MS",
	  "script announcement\n"
	  " at REL done\n"
	  " send ACM inband; CAI location=2 value=$1\n"
	  " wait $2\n"
	  " send REL $1 local\n"
	  " expect RLC\n" },
	{ "busy", "REL 17",
	  "script busy\n"
	  " send REL 17 user\n"
	  " expect RLC\n" },
	{ "reject", "REL with the cause given: reject CAUSE",
	  "script reject\n"
	  " send REL $1 local\n"
	  " expect RLC\n" },
	{ "no-answer", "rings until the other side gives up",
	  "script no-answer\n"
	  " at REL done\n"
	  " send ACM free\n"
	  " wait\n" },
	{ "silent", "IAM is not answered; REL is",
	  "script silent\n"
	  " at REL done\n"
	  " wait\n" },
	{ "dead", "nothing is answered, RSC and GRS apart: dead MS",
	  "script dead\n"
	  " manual REL\n"
	  " at RSC or GRS done\n"
	  " at REL ignore\n"
	  " wait $1\n" },
	{ "hang-up", "answers, then releases after --hold",
	  "script hang-up\n"
	  " at REL done\n"
	  " send ACM free\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait $hold\n"
	  " send REL 16 user\n"
	  " expect RLC\n" },
	{ "suspend", "answers, suspends (called user hung up), resumes",
	  "script suspend\n"
	  " at REL done\n"
	  " send ACM free\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait 200ms\n"
	  " send SUS network\n"
	  " wait 300ms\n"
	  " send RES network\n"
	  " wait\n" },
	{ "continuity", "waits for COT (success) before it answers",
	  "script continuity\n"
	  " at REL done\n"
	  " expect COT where ContI.success=1\n"
	  " send ACM free\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait\n" },
	{ "expect-reset", "answers and expects that the other side resets the circuit",
	  "script expect-reset\n"
	  " send ACM free\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " expect RSC or GRS\n" },
	{ "overlap-answer",
	  "gathers digits by SAM until none comes for 1 s or ST does, then answers",
	  "script overlap-answer\n"
	  " at REL done\n"
	  "label more\n"
	  " expect SAM within 1s else complete\n"
	  " goto more\n"
	  "label complete\n"
	  " send ACM free\n"
	  " wait $answer_delay\n"
	  " send ANM\n"
	  " wait\n" },
	{ "release", "what the command rel does: release CAUSE",
	  "script release\n"
	  " send REL $1\n"
	  " expect RLC\n" },
	{ "call-answer", "calls, expects answer, holds --hold, releases; for load",
	  "script call-answer\n"
	  " at CON goto answered\n"
	  " at SUS or RES or FAC or USR ignore\n"
	  " send IAM\n"
	  " expect ACM\n"
	  " optional CPG\n"
	  " expect ANM\n"
	  "label answered\n"
	  " wait $hold\n"
	  " send REL 16 user\n"
	  " expect RLC\n",
	  true },
	{ "call-hang-up", "calls, expects answer, then that the other side releases with cause 16",
	  "script call-hang-up\n"
	  " at SUS or RES or FAC or USR ignore\n"
	  " send IAM\n"
	  " optional ACM or CPG\n"
	  " expect ANM or CON\n"
	  " expect REL within 60s where CAI.value=16\n",
	  true },
	{ "call-release",
	  "calls, expects to be released without answer, with this cause: call-release CAUSE",
	  "script call-release\n"
	  " send IAM\n"
	  " optional ACM or CPG\n"
	  " expect REL within 60s where CAI.value=$1\n",
	  true },
	{ "call-busy", "calls, expects REL with cause 17",
	  "script call-busy\n"
	  " send IAM\n"
	  " optional ACM or CPG\n"
	  " expect REL where CAI.value=17\n",
	  true },
	{ "call-cancel", "calls, gives up --hold after ACM",
	  "script call-cancel\n"
	  " at CPG ignore\n"
	  " send IAM\n"
	  " expect ACM\n"
	  " wait $hold\n"
	  " send REL 16 user\n"
	  " expect RLC\n",
	  true },
	{ "call-abandon", "calls, gives up --hold after IAM, whether ACM came or not",
	  "script call-abandon\n"
	  " at ACM or CPG ignore\n"
	  " send IAM\n"
	  " wait $hold\n"
	  " send REL 16 user\n"
	  " expect RLC\n",
	  true },
	{ "call-overlap",
	  "calls with all but two digits in IAM, one each in two SAM; then as call-answer",
	  "script call-overlap\n"
	  " at CON goto answered\n"
	  " at SUS or RES or FAC or USR ignore\n"
	  " send IAM; CdPN nai=$called_nai npi=1 inn=0 $called[:-2]\n"
	  " wait 100ms\n"
	  " send SAM $called[-2:-1]\n"
	  " wait 100ms\n"
	  " send SAM $called[-1:]\n"
	  " expect ACM\n"
	  " optional CPG\n"
	  " expect ANM\n"
	  "label answered\n"
	  " wait $hold\n"
	  " send REL 16 user\n"
	  " expect RLC\n",
	  true },
	{ "call-suspend", "calls, expects answer, SUS, RES; releases",
	  "script call-suspend\n"
	  " send IAM\n"
	  " optional ACM or CPG\n"
	  " expect ANM or CON\n"
	  " expect SUS\n"
	  " expect RES\n"
	  " send REL 16 user\n"
	  " expect RLC\n",
	  true },
	{ "call-continuity",
	  "calls with a continuity check done on a previous circuit, then COT; as call-answer",
	  "script call-continuity\n"
	  " send IAM; NCI satellite=0 continuity=2 echo=0\n"
	  " wait 100ms\n"
	  " send COT ok\n"
	  " expect ACM\n"
	  " optional CPG\n"
	  " expect ANM\n"
	  " wait $hold\n"
	  " send REL 16 user\n"
	  " expect RLC\n",
	  true },
	{ "call-reset", "calls, expects answer, resets the circuit",
	  "script call-reset\n"
	  " send IAM\n"
	  " optional ACM or CPG\n"
	  " expect ANM or CON\n"
	  " wait $hold\n"
	  " send RSC\n"
	  " expect RLC\n",
	  true },
	{ "call-vanish",
	  "calls, expects answer, then says nothing more for MS, not even RLC: call-vanish MS",
	  "script call-vanish\n"
	  " manual all\n"
	  " send IAM\n"
	  " optional ACM or CPG\n"
	  " expect ANM or CON\n"
	  " silence $1\n",
	  true },
	{ NULL },
};

const struct scn_builtin *scn_builtin_find(const char *name)
{
	const struct scn_builtin *b;

	for (b = scn_builtins; b->name; b++)
		if (!strcmp(b->name, name))
			return b;
	return NULL;
}
