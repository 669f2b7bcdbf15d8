/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which load of the gateway is which overload level. */
#include <check.h>
#include <stdlib.h>

#include <osmocom/core/utils.h>

#include "gw/overload.h"
#include "tests/suite.h"

static const struct { struct overload o; unsigned int level; } rows[] = {
	{ {}, 0 },
	{ { .calls = 65536 }, 0 },				/* no limit */
	{ { .calls = 899, .max_calls = 1000 }, 0 },
	{ { .calls = 900, .max_calls = 1000 }, 1 },
	{ { .calls = 979, .max_calls = 1000 }, 1 },
	{ { .calls = 980, .max_calls = 1000 }, 2 },
	{ { .calls = 4294967295u, .max_calls = 4294967295u }, 2 },
	{ { .late_ms = 99 }, 0 },
	{ { .late_ms = 100 }, 1 },
	{ { .late_ms = 500 }, 2 },
	{ { .sip_refused = 1 }, 1 },
	{ { .sip_refused = 1, .draining = true }, 2 },
};

START_TEST(levels)
{
	ck_assert_uint_eq(overload_level(&rows[_i].o), rows[_i].level);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("overload");
	TCase *tc = tcase_create("levels");

	tcase_add_loop_test(tc, levels, 0, ARRAY_SIZE(rows));
	suite_add_tcase(s, tc);
	return suite_run(s);
}
