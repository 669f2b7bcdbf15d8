/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Longest prefix: by hand, against a plain scan with random tables, and how long a look-up takes.
 */
#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/route.h"
#include "tests/suite.h"

static void *ctx;
static char trunks[1000];	/* &trunks[i] is a trunk */

static void setup(void)
{
	ctx = talloc_named_const(NULL, 0, "check_route");
}

static void teardown(void)
{
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
}

/* Trunks found as letters: &trunks[0] is A. */
static const char *found(const struct route_table *t, const char *digits, size_t *ret_len)
{
	static char text[ROUTE_MAX_CHOICES + 1];
	void *ret[ROUTE_MAX_CHOICES];
	unsigned int i, n = route_find(ret, ROUTE_MAX_CHOICES, ret_len, t, digits);

	for (i = 0; i < n; i++)
		text[i] = 'A' + ((char *)ret[i] - trunks);
	text[n] = '\0';
	return text;
}

START_TEST(by_hand)
{
	struct route_table *t = route_table_new(ctx, "out");
	size_t len = 77;

	ck_assert_str_eq(route_table_name(t), "out");
	ck_assert_str_eq(found(t, "4930", &len), "");
	ck_assert_uint_eq(len, 0);
	ck_assert_int_eq(route_add(t, "49", 0, &trunks[0]), 0);
	ck_assert_int_eq(route_add(t, "4930", 5, &trunks[1]), 0);
	ck_assert_int_eq(route_add(t, "4930", 1, &trunks[2]), 0);
	ck_assert_int_eq(route_add(t, "4930", 5, &trunks[3]), 0);
	ck_assert_int_eq(route_add(t, "4930", 0, &trunks[4]), 0);
	ck_assert_str_eq(found(t, "4930123", &len), "ECBD");
	ck_assert_uint_eq(len, 4);
	ck_assert_str_eq(found(t, "4930", &len), "ECBD");
	ck_assert_str_eq(found(t, "493", &len), "A");
	ck_assert_uint_eq(len, 2);
	ck_assert_str_eq(found(t, "4", &len), "");
	ck_assert_str_eq(found(t, "1", &len), "");
	ck_assert_str_eq(found(t, "", &len), "");
	ck_assert_int_eq(route_add(t, "", 0, &trunks[5]), 0);
	ck_assert_str_eq(found(t, "", &len), "F");
	ck_assert_str_eq(found(t, "4", &len), "F");
	ck_assert_uint_eq(len, 0);
	/* a digit of Q.763 that is no digit ends the number */
	ck_assert_str_eq(found(t, "49x30", NULL), "A");
	ck_assert_str_eq(found(t, "+49", NULL), "F");
	talloc_free(t);
}
END_TEST

/* May a longer number take another row? */
START_TEST(goes_on)
{
	static const struct { const char *digits; bool on; } rows[] = {
		{ "", true }, { "4", true }, { "49", true }, { "493", true }, { "4930", false },
		{ "49301", false }, { "498", true }, { "4989", false }, { "5", false },
		{ "49B", false },
	};
	struct route_table *t = route_table_new(ctx, "t");

	ck_assert(!route_goes_on(t, ""));
	route_add(t, "", 0, trunks);
	ck_assert(!route_goes_on(t, "4"));
	route_add(t, "49", 0, trunks);
	route_add(t, "4930", 0, trunks);
	route_add(t, "4989", 0, trunks);
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(route_goes_on(t, rows[i].digits) == rows[i].on, "%s",
			      rows[i].digits);
	talloc_free(t);
}
END_TEST

START_TEST(refused)
{
	static const char *const bad[] = {
		"+49", "49a", "a", " ", "49 ", "any", "123456789012345678901234567890123",
	};
	struct route_table *t = route_table_new(ctx, "out");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_int_eq(route_add(t, bad[i], 0, trunks), -EINVAL);
	ck_assert_str_eq(found(t, "49", NULL), "");
	talloc_free(t);
}
END_TEST

START_TEST(at_most)
{
	struct route_table *t = route_table_new(ctx, "out");
	void *ret[4] = { NULL, NULL, NULL, ctx };
	int i;

	for (i = 0; i < 20; i++)
		ck_assert_int_eq(route_add(t, "1", 20 - i, &trunks[i]), 0);
	ck_assert_uint_eq(route_find(ret, 3, NULL, t, "12"), 3);
	ck_assert_ptr_eq(ret[0], &trunks[19]);
	ck_assert_ptr_eq(ret[2], &trunks[17]);
	ck_assert_ptr_eq(ret[3], ctx);
	ck_assert_uint_eq(route_find(ret, 0, NULL, t, "12"), 0);
	talloc_free(t);
}
END_TEST

/* --- against a scan --- */

struct plain { char prefix[20]; unsigned int priority; void *trunk; };

static unsigned int seed;

static unsigned int rnd(unsigned int n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 8) % n;
}

/* Few distinct digits, so that prefixes share their beginnings. */
static void random_digits(char *s, unsigned int max, unsigned int base)
{
	unsigned int i, len = rnd(max + 1);

	for (i = 0; i < len; i++)
		s[i] = '0' + rnd(base);
	s[len] = '\0';
}

static unsigned int scan(void **ret, const struct plain *rows, unsigned int n_rows,
			 const char *digits, size_t *ret_len)
{
	unsigned int i, n = 0, prio;
	bool any = false;
	size_t best = 0;

	for (i = 0; i < n_rows; i++) {
		if (strncmp(rows[i].prefix, digits, strlen(rows[i].prefix)) != 0)
			continue;
		any = true;
		if (strlen(rows[i].prefix) > best)
			best = strlen(rows[i].prefix);
	}
	*ret_len = best;
	for (prio = 0; any && prio < 4; prio++) {
		for (i = 0; i < n_rows && n < ROUTE_MAX_CHOICES; i++) {
			if (rows[i].priority == prio && strlen(rows[i].prefix) == best &&
			    strncmp(rows[i].prefix, digits, best) == 0)
				ret[n++] = rows[i].trunk;
		}
	}
	return n;
}

START_TEST(as_a_scan)
{
	struct route_table *t = route_table_new(ctx, "random");
	unsigned int i, n, m, n_rows, base, hits = 0;
	void *want[ROUTE_MAX_CHOICES], *got[ROUTE_MAX_CHOICES];
	struct plain rows[300];
	size_t want_len, got_len;
	char digits[24];

	seed = _i + 1;
	n_rows = 1 + rnd(ARRAY_SIZE(rows));
	base = 1 + rnd(10);
	for (i = 0; i < n_rows; i++) {
		random_digits(rows[i].prefix, 6, base);
		rows[i].priority = rnd(4);
		rows[i].trunk = &trunks[i];
		ck_assert_int_eq(route_add(t, rows[i].prefix, rows[i].priority, rows[i].trunk), 0);
	}
	for (i = 0; i < 500; i++) {
		random_digits(digits, 9, base);
		n = scan(want, rows, n_rows, digits, &want_len);
		m = route_find(got, ROUTE_MAX_CHOICES, &got_len, t, digits);
		ck_assert_uint_eq(m, n);
		ck_assert_uint_eq(got_len, want_len);
		ck_assert_int_eq(memcmp(got, want, n * sizeof(got[0])), 0);
		hits += n > 0;
	}
	ck_assert_uint_gt(hits, 0);
	talloc_free(t);
}
END_TEST

/* --- time --- */

enum { MANY = 100000, LOOKUPS = 200000 };

static double since(const struct timespec *a)
{
	struct timespec b;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	return (b.tv_sec - a->tv_sec) * 1e9 + (b.tv_nsec - a->tv_nsec);
}

START_TEST(quick)
{
	struct route_table *t = route_table_new(ctx, "many");
	void *ret[ROUTE_MAX_CHOICES];
	struct timespec start;
	char digits[24];
	uintptr_t sum = 0;
	double ns;
	int i, j;

	seed = 7;
	for (i = 0; i < MANY; i++) {
		snprintf(digits, sizeof(digits), "%u%06u", 1 + rnd(9), rnd(1000000));
		ck_assert_int_eq(route_add(t, digits, 0, trunks), 0);
	}
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
	for (i = 0; i < LOOKUPS; i++) {
		for (j = 0; j < 14; j++)
			digits[j] = '0' + rnd(10);
		digits[j] = '\0';
		sum += route_find(ret, ROUTE_MAX_CHOICES, NULL, t, digits);
	}
	ns = since(&start) / LOOKUPS;
	printf("route_find: %.0f ns with %d prefixes, %.1f MiB (%lu hits)\n", ns, MANY,
	       talloc_total_size(t) / 1048576.0, (unsigned long)sum);
	ck_assert_uint_gt(sum, 0);
#ifndef __SANITIZE_ADDRESS__
	/* with the making of the number; twice what is asked, for a loaded machine */
	ck_assert_double_lt(ns, 2000);
#endif
	talloc_free(t);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("route");
	TCase *tc = tcase_create("route");

	suite_add_tcase(s, tc);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 30);
	tcase_add_test(tc, by_hand);
	tcase_add_test(tc, goes_on);
	tcase_add_test(tc, refused);
	tcase_add_test(tc, at_most);
	tcase_add_loop_test(tc, as_a_scan, 0, 200);
	tcase_add_test(tc, quick);
	return suite_run(s);
}
