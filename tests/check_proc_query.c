/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Circuit group query from our side, the answer to the peer's, and what is done where the two ends
 * differ. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/maintenance.h"
#include "isup/mismatch.h"
#include "tests/proc_bed.h"

static const struct bed_row queries[] = {
	{ "both agree", 0, "told gquery >CQR:3:0c0c0c0c ? told told@4",
	  "told:-1 <CQM:3 idle told:12 told:12@4" },
	{ "a single circuit is range 0", 0, "query@2 >CQR:0:0c@2 told@2", "<CQM:0@2 told:12@2" },
	{ "both agree on calls and on blocking", 0,
	  "setup >CON >IAM@2 <ACM:1@2 block@3 >BLA@3 >BLO@4 gquery >CQR:3:04080e0d ? ?@2 ?@3 ?@4",
	  "<IAM ind:CON setup@2 <ACM:1@2 <BLO@3 <BLA@4 <CQM:3 outgoing incoming@2 idle+L@3 "
	  "idle+R@4" },
	{ "both agree on failures", 0, "fail >CGBA:1:1:01 >CGB:1:1:01@2 gquery >CQR:3:2c1c0c0c ?",
	  "<CGB:1:1:01 <CGBA:1:1:01@2 <CQM:3 idle+LF" },
	{ "asked twice", 0, "gquery gquery query@2 >CQR:3:0c0c0c0c",
	  "<CQM:3 EALREADY EALREADY@2" },
	{ "T28: alarm, and it is not repeated", 0, "gquery +9 +1 +900 ? told",
	  "<CQM:3 alarm idle told:-1" },
	{ "repeated on resume, T28 begins anew", 0, "gquery +9 pause resume +9 +1",
	  "<CQM:3*2 alarm" },
	{ "CQR for nothing, for nobody, with another range", 0,
	  ">CQR:3:0c0c0c0c >CQR:0:0c@20 gquery >CQR:2:0c0c0c >CQR:3:0c0c0c >CQR:3:0c0c0c0c told",
	  "<CQM:3 told:12" },
	{ "spare values change nothing", 0, "query >CQR:0:01 ? told", "<CQM:0 idle told:1" },
	{ "UCIC to CQM: that circuit is out, the others are asked again", 0,
	  "gquery >UCIC >CQR:2:0c0c0c@2 ? ?@2", "<CQM:3 <CQM:2@2 alarm idle+O idle@2" },
};

static const struct bed_row cures[] = {
	{ "the peer's blocking is adopted", 0, "query >CQR:0:0d ? query >CQR:0:0c ?",
	  "<CQM:0 idle+R <CQM:0 idle" },
	{ "the peer's failure is adopted", 0, "query >CQR:0:1c ? query >CQR:0:0c ?",
	  "<CQM:0 idle+RF <CQM:0 idle" },
	{ "our blocking is said again", 0, "block >BLA query >CQR:0:0c ? >CGBA:0:1:01 ?",
	  "<BLO <CQM:0 <CGB:0:1:01 idle+L+P idle+L" },
	{ "our unblocking is said again", 0, "query >CQR:0:0e ? >CGUA:0:1:01 ?",
	  "<CQM:0 <CGU:0:1:01 idle+P idle" },
	{ "our failure, and the end of it, are said again", 0,
	  "fail >CGBA:1:1:01 query >CQR:0:0c >CGBA:1:1:01 unfail >CGUA:1:1:01 query >CQR:0:2c "
	  ">CGUA:1:1:01 ?",
	  "<CGB:1:1:01 <CQM:0 <CGB:1:1:01 <CGU:1:1:01 <CQM:0 <CGU:1:1:01 idle" },
	{ "all of it at once, by group", 0,
	  "gquery >CQR:3:3f3f3f3f >CGUA:1:3:0f >CGUA:0:3:0f ? ?@4",
	  "<CQM:3 <CGU:1:3:0f <CGU:0:3:0f idle+R+RF idle+R+RF@4" },
	{ "our call that the peer does not know is released, when it says so twice", 0,
	  "setup >CON query >CQR:0:0c ? >CQR:0:0c ? >RLC ?",
	  "<IAM ind:CON <CQM:0*2 outgoing <REL:41 release:41 releasing idle" },
	{ "and an incoming one", 0, ">IAM query >CQR:0:0c >CQR:0:0c ?",
	  "setup <CQM:0*2 <REL:41 release:41 releasing" },
	{ "not when it has changed its mind", 0, "setup >CON query >CQR:0:0c >CQR:0:04 ? +60",
	  "<IAM ind:CON <CQM:0*2 outgoing" },
	{ "nor when the call is gone meanwhile", 0,
	  "setup >CON query >CQR:0:0c >REL:16 >CQR:0:0c ?",
	  "<IAM ind:CON <CQM:0*2 <RLC release:16 idle" },
	{ "the user makes another call when told", 0,
	  "setup >CON query >CQR:0:0c in:setup@2 >CQR:0:0c ?@2",
	  "<IAM ind:CON <CQM:0*2 <REL:41 release:41 <IAM@2 outgoing@2" },
	{ "busy there, idle here: RSC", 0, "query >CQR:0:04 >CQR:0:04 ? >RLC ?",
	  "<CQM:0*2 <RSC resetting idle" },
	{ "the same direction at both ends: RSC, the call ends", 0,
	  "setup >ACM:1 query >CQR:0:08 >CQR:0:08 ?",
	  "<IAM ind:ACM:1 <CQM:0*2 <RSC release:31 resetting" },
	{ "both think the call comes in", 0, ">IAM query >CQR:0:04 >CQR:0:04 ?",
	  "setup <CQM:0*2 <RSC release:31 resetting" },
	{ "busy there, blocked here: RSC, and blocked again", 0,
	  "block >BLA query >CQR:0:04 >CQR:0:04 >RLC >BLA ?",
	  "<BLO <CQM:0*2 <RSC <BLO idle+L" },
	{ "unequipped there: out of service, alarm", 0, "query >CQR:0:03 ? setup",
	  "<CQM:0 alarm idle+O EBUSY" },
	{ "unequipped there, a call here", 0, "setup >CON query >CQR:0:03 ?",
	  "<IAM ind:CON <CQM:0 alarm release:41 idle+O" },
	{ "unequipped there, as before: one alarm", 0, "query >CQR:0:03 query >CQR:0:03 ?",
	  "<CQM:0 alarm <CQM:0 idle+O" },
	{ "equipped again: RSC", 0, ">UCIC query >CQR:0:0c >CQR:0:0c ? >RLC ?",
	  "alarm <CQM:0*2 <RSC resetting+O idle" },
	{ "transient there: their process sees to it", 0, "setup >CON query >CQR:0:00 ?",
	  "<IAM ind:CON <CQM:0 outgoing" },
	{ "transient here: ours does", 0,
	  "setup query >CQR:0:0c hunt@2 query@2 >CQR:0:04@2 reset@3 query@3 >CQR:0:08@3 block@4 "
	  "query@4 >CQR:0:0c@4 ?",
	  "<IAM <CQM:0 <CQM:0@2 <RSC@3 <CQM:0@3 <BLO@4 <CQM:0@4 outgoing" },
	{ "changed since the question: nothing is done", 0, "query setup >CON >CQR:0:0c ? +60",
	  "<CQM:0 <IAM ind:CON outgoing" },
};

static const struct bed_row answers[] = {
	{ "idle, calls, blocked both ways, not equipped", 0,
	  "setup >ACM:1 >IAM@2 >BLO@3 block@4 >BLA@4 >CGB:0:1:01@6 >CQM:7",
	  "<IAM ind:ACM:1 setup@2 <BLA@3 <BLO@4 <CGBA:0:1:01@6 <CQR:7:08040e0d030e0c0c" },
	{ "failures of both, with blocking", 0,
	  "gfail gblock >CGBA:1:3:0f >CGBA:0:3:0f >CGB:1:3:0f >CGB:0:3:0f >CQM:3",
	  "<CGB:1:3:0f <CGB:0:3:0f <CGBA:1:3:0f <CGBA:0:3:0f <CQR:3:3f3f3f3f" },
	{ "transient: attempts, releases, resets, acknowledgements that are awaited", 0,
	  "setup setup@2 >ACM:1@2 <REL:16@2 reset@3 block@4 >CQM:3 >BLA@4 gblock >CQM:3",
	  "<IAM <IAM@2 ind:ACM:1@2 <REL:16@2 <RSC@3 <BLO@4 <CQR:3:00000000 <CGB:0:1:03 "
	  "<CQR:3:0000000d" },
	{ "a seized circuit is transient", 0, "hunt >CQM:0 unseize >CQM:0", "<CQR:0:00 <CQR:0:0c" },
	{ "what the peer lacks, we have", 0, ">UCIC >CQM:0", "alarm <CQR:0:0c" },
};

/* Every octet that has a meaning is written as it was read. */
START_TEST(octets_come_back)
{
	struct isup_cct_view v;
	unsigned int octet, known = 0;
	char text[80];

	for (octet = 0; octet < 64; octet++) {
		ck_assert_int_gt(isup_cct_text(text, sizeof(text), octet), 0);
		if (!isup_cct_view(&v, octet)) {
			ck_assert_ptr_nonnull(strstr(text, "spare"));
			continue;
		}
		known++;
		if (v.call == ISUP_CCT_AT_REST)
			ck_assert_uint_eq(isup_cct_octet(&v), octet);
		else	/* hardware blocking is said of circuits without a call alone */
			ck_assert_uint_eq(isup_cct_octet(&v), octet & 0x0f);
	}
	ck_assert_uint_eq(known, 4 * (2 + 4 + 4 + 4));
	isup_cct_text(text, sizeof(text), 0x2d);
	ck_assert_str_eq(text, "idle, locally blocked, remote failure");
	isup_cct_text(text, sizeof(text), 0x03);
	ck_assert_str_eq(text, "unequipped");
}
END_TEST

/* Whatever two exchanges think, one round of cures by one of them brings them together: nothing is
 * left, or a reset or a release that makes both idle. */
START_TEST(one_round_is_enough)
{
	struct isup_cct_view ours, theirs;
	unsigned int a, b, cure;
	char text[200];

	for (a = 0; a < 64; a++) {
		for (b = 0; b < 64; b++) {
			if (!isup_cct_view(&ours, a) || !isup_cct_view(&theirs, b))
				continue;
			cure = isup_mismatch(&ours, &theirs);
			isup_mismatch_text(text, sizeof(text), cure);
			ck_assert_int_eq(cure != 0, text[0] != 0);
			if (cure & (ISUP_CURE_GRAVE | ISUP_CURE_UNEQUIP))
				continue;
			if (cure & ISUP_CURE_ADOPT_BLOCKED)
				ours.remote_blocked = theirs.local_blocked;
			if (cure & ISUP_CURE_ADOPT_FAILED)
				ours.remote_failed = theirs.local_failed;
			if (cure & ISUP_CURE_SAY_BLOCKED)
				theirs.remote_blocked = ours.local_blocked;
			if (cure & ISUP_CURE_SAY_FAILED)
				theirs.remote_failed = ours.local_failed;
			ck_assert_uint_eq(isup_mismatch(&ours, &theirs), 0);
		}
	}
}
END_TEST

BED_TABLE(queries)
BED_TABLE(cures)
BED_TABLE(answers)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	BED_ADD(tc, queries);
	BED_ADD(tc, cures);
	BED_ADD(tc, answers);
	tcase_add_test(tc, octets_come_back);
	tcase_add_test(tc, one_round_is_enough);
	return bed_run("isup circuit group query", tc);
}
