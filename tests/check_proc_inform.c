/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests within a call: INR and IDR, ours and the peer's, and their timers. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

static const struct bed_row rows[] = {
	/* asked by the peer, answered from the IAM: 1 calling number, 8 category */
	{ "calling number and category", 0, "setup-cgpn >INR:9 >ACM:1",
	  "<IAM <INF:3+CPC+CgPN ind:ACM:1" },
	{ "the calling number alone", 0, "setup-cgpn >INR:1", "<IAM <INF:3+CgPN" },
	{ "the category alone", 0, "setup-cgpn >INR:8", "<IAM <INF:0+CPC" },
	{ "a calling number that we do not know", 0, "setup >INR:9", "<IAM <INF:1+CPC" },
	{ "nothing", 0, "setup >INR:0", "<IAM <INF:0" },
	{ "charge information, which we do not have", 0, "setup >INR:16", "<IAM <INF:0" },
	{ "once more, and after the answer", 0, "setup >INR:8 >INR:8 >CON >INR:8",
	  "<IAM <INF:0+CPC*2 ind:CON <INF:0+CPC" },
	{ "on an incoming call we know nothing about the caller's caller", 0, ">IAM >INR:9",
	  "setup <INF:1" },
	{ "INR is a backward message: no repeat after it", 0, "setup >INR:8 >REL:44",
	  "<IAM <INF:0+CPC <RLC release:44" },
	{ "INR does not end T7", 0, "setup +20 >INR:8 +5", "<IAM <INF:0+CPC <REL:102 release:102" },
	{ "in transit the other exchange answers", 0, "setup transit >INR:9 <INF:3",
	  "<IAM ind:INR <INF:3" },
	{ "so it does where ISUP goes on in bodies of SIP", 0, "setup carried >INR:9 <INF:3",
	  "<IAM ind:INR <INF:3" },
	{ "in transit it passes the other way, T33 is not ours", 0,
	  ">IAM transit <INR:1 +60 ? >INF:3", "setup <INR incoming ind:INF:3" },
	{ "INR, INF without a call: reset", 0, ">INR:1 ? >RLC >INF:3@2", "<RSC resetting <RSC@2" },

	/* asked by us */
	{ "INF comes in time", 0, ">IAM <INR:1 +12 >INF:3 +2 <ACM:1",
	  "setup <INR ind:INF:3 <ACM:1" },
	{ "T33: no INF", 0, ">IAM <INR:1 +12 ? +1 ? >RLC ?",
	  "setup <INR incoming <REL:31 release:31 alarm releasing idle" },
	{ "T33 is over with REL", 0, ">IAM <INR:1 >REL:16 +60 ?",
	  "setup <INR <RLC release:16 idle" },
	{ "T33 is over with our REL", 0, ">IAM <INR:1 <REL:1 >RLC +60 ?",
	  "setup <INR <REL:1 idle" },
	{ "asked on an outgoing call", 0, "setup <INR:1 >INF:0 +20", "<IAM <INR ind:INF:0" },
	{ "INF that nobody asked for", 0, "setup >INF:3 >ACM:1", "<IAM ind:INF:3 ind:ACM:1" },
	{ "the stack ends while T33 runs", 0, ">IAM <INR:1", "setup <INR" },

	/* malicious call identification */
	{ "IDR, the caller is known", 0, "setup-cgpn >CON >IDR:1", "<IAM ind:CON <IRS:1+CgPN" },
	{ "IDR, the caller is not known", 0, "setup >CON >IDR:1", "<IAM ind:CON <IRS:0" },
	{ "IDR that asks for nothing", 0, "setup-cgpn >CON >IDR:0", "<IAM ind:CON <IRS:0" },
	{ "IDR in transit", 0, "setup transit >CON >IDR:1 <IRS:1", "<IAM ind:CON ind:IDR <IRS:1" },
	{ "T39: the call goes on without IRS", 0, ">IAM <CON <IDR:1 +60 ? >IRS:1",
	  "setup <CON <IDR incoming ind:IRS:1" },
	{ "IRS in time", 0, ">IAM <CON <IDR:1 >IRS:1 +60 >REL:16",
	  "setup <CON <IDR ind:IRS:1 <RLC release:16" },
};

BED_TABLE(rows)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	BED_ADD(tc, rows);
	return bed_run("isup information", tc);
}
