/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlap receiving: T10, T35, and what ends them. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

static const struct bed_row rows[] = {
	{ "T35: too few digits", 0, "in:few >IAM state +16 ? +1 ? >RLC ?",
	  "setup WaitForDigits incoming <REL:28 release:28 releasing idle" },
	{ "T35 runs from the latest digits", 0, "in:few >IAM +10 >SAM +16 ? +1",
	  "setup ind:SAM incoming <REL:28 release:28" },
	{ "T10: complete after all", 0, "in:maybe >IAM state +4 ? +1 state",
	  "setup WaitForMore incoming complete <ACM:0 WaitForANM" },
	{ "T10 runs from the latest digits", 0, "in:maybe >IAM +4 >SAM +4 ? +1",
	  "setup ind:SAM incoming complete <ACM:0" },
	{ "too few, then maybe, then enough", 0,
	  "in:few >IAM in:maybe >SAM +3 in:enough >SAM state +16 ? +1",
	  "setup ind:SAM*2 WaitForACM incoming <ACM:0" },
	{ "enough is the ordinary case", 0, "in:enough >IAM +16 ? +1", "setup incoming <ACM:0" },
	{ "no digits after T10", 0, "in:maybe >IAM +5 >SAM ?", "setup complete <ACM:0 incoming" },
	{ "after T10 the user's ACM leaves as CPG", 0, "in:maybe >IAM +5 <ACM:1 <ANM",
	  "setup complete <ACM:0 <CPG:1 <ANM" },
	{ "the user releases in the word of T10", 0, "in:maybe >IAM in:<REL:3 +5 ? >RLC ?",
	  "setup complete <REL:3 releasing idle" },
	{ "the user says too few after T10: too late", 0, "in:maybe >IAM in:few +5 state",
	  "setup complete <ACM:0 WaitForANM" },
	{ "ACM ends it", 0, "in:maybe >IAM <ACM:1 +60 ?", "setup <ACM:1 incoming" },
	{ "CON ends it", 0, "in:few >IAM <CON +60 ?", "setup <CON incoming" },
	{ "ANM leaves as CON", 0, "in:maybe >IAM <ANM", "setup <CON" },
	{ "REL ends it", 0, "in:few >IAM >REL:16 +60 ?", "setup <RLC release:16 idle" },
	{ "our REL ends it", 0, "in:few >IAM <REL:1 >RLC +60 ?", "setup <REL:1 idle" },
	{ "a reset ends it", 0, "in:few >IAM >RSC +60 ?", "setup <RLC release:31 idle" },
	{ "in transit the timers are the next exchange's", 0,
	  "in:transit >IAM few +60 maybe +60 state >SAM", "setup WaitForMore ind:SAM" },
	{ "transit said while digits are collected", 0, "in:few >IAM transit +60 ? <ACM:0",
	  "setup incoming <ACM:0" },
	{ "outgoing calls have no digits to wait for", 0, "setup few state", "<IAM WaitForACM" },
	{ "after continuity", 0, "in:few >IAMC >SAM >COT:1 +17 ?",
	  "setup ind:SAM <REL:28 release:28 releasing" },
	{ "after SGM", 0, "in:maybe >IAMS >SGM +5", "setup+UUI complete <ACM:0" },
	{ "other messages pass meanwhile", 0, "in:few >IAM >FAC <USR state",
	  "setup ind:FAC <USR WaitForDigits" },
	{ "the stack ends while T35 runs", 0, "in:few >IAM in:maybe >IAM@2", "setup setup@2" },
};

BED_TABLE(rows)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	BED_ADD(tc, rows);
	return bed_run("isup overlap", tc);
}
