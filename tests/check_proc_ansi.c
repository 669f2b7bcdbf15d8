/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintenance as T1.113 has it: messages for groups come and go twice, timers are shorter. */
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

#define TABLE(t) \
START_TEST(t##_row) \
{ \
	bed_check(&t[_i]); \
} \
END_TEST
TABLE(twice)
TABLE(timers)

int main(void)
{
	Suite *s = suite_create("isup maintenance of T1.113");
	TCase *tc = tcase_create("scripts");
	SRunner *sr;
	int failed;

	tcase_add_unchecked_fixture(tc, bed_init, NULL);
	tcase_add_loop_test(tc, twice_row, 0, ARRAY_SIZE(twice));
	tcase_add_loop_test(tc, timers_row, 0, ARRAY_SIZE(timers));
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
