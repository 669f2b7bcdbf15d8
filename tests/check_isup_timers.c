/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timers' tables against a sheet of the standards' limits, and docs/isup-timers.md against
 * both: each timer of the sheet runs within its limits, or the page says why it does not run.
 *
 * With UPDATE=1 in the environment the page's table of timers that run is written anew. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/timers.h"
#include "tests/suite.h"

enum { MAX_LINE = 400 };

static const char head[] = "| timer | Q.764 | T1.113 | what it guards |\n|---|---|---|---|\n";

static struct osmo_tdef *itu, *ansi;

static void setup(void)
{
	itu = isup_timers_new(NULL, ISUP_TIMERS_ITU);
	ansi = isup_timers_new(NULL, ISUP_TIMERS_ANSI);
}

static void teardown(void)
{
	talloc_free(itu);
	talloc_free(ansi);
}

static const char *path(const char *name)
{
	static char buf[1024];
	const char *src = getenv("top_srcdir");

	snprintf(buf, sizeof(buf), "%s/%s", src ? src : ".", name);
	return buf;
}

static char *slurp(const char *name)
{
	FILE *f = fopen(path(name), "r");
	char *text = calloc(1, 65536);
	size_t n;

	ck_assert_msg(f, "%s is not there", name);
	n = fread(text, 1, 65535, f);
	fclose(f);
	ck_assert_uint_lt(n, 65535);
	return text;
}

/* "T7", "TCVT"; timers of ours that neither standard names are "X3". */
static void name_of(char *buf, size_t size, const struct osmo_tdef *t)
{
	size_t n = strcspn(t->desc, ": ");

	if (t->T > 0)
		snprintf(buf, size, "T%d", t->T);
	else if (t->desc[n] == ':')
		snprintf(buf, size, "%.*s", (int)n, t->desc);
	else if (t->T == -24)
		snprintf(buf, size, "TCCR");
	else if (t->T == -11)
		snprintf(buf, size, "TACC,r");
	else
		snprintf(buf, size, "X%d", -t->T);
}

static const struct osmo_tdef *find(const struct osmo_tdef *rows, const char *name)
{
	char own[32];

	for (; rows->T; rows++) {
		name_of(own, sizeof(own), rows);
		if (!strcmp(own, name))
			return rows;
	}
	return NULL;
}

static unsigned long ms(const struct osmo_tdef *t, unsigned long val)
{
	return t->unit == OSMO_TDEF_MS ? val : val * 1000;
}

/* "15-60 s", "1 min": false where it is no range. */
static bool limits(const char *text, unsigned long *low, unsigned long *high)
{
	char unit[8];

	if (sscanf(text, "%lu-%lu %7s", low, high, unit) != 3) {
		if (sscanf(text, "%lu %7s", low, unit) != 2)
			return false;
		*high = *low;
	}
	if (strcmp(unit, "ms")) {
		*low *= strcmp(unit, "min") ? 1000 : 60000;
		*high *= strcmp(unit, "min") ? 1000 : 60000;
	}
	return true;
}

static void check_limits(const char *name, const struct osmo_tdef *t, const char *range)
{
	unsigned long low, high;

	if (!t || !limits(range, &low, &high))
		return;
	ck_assert_msg(ms(t, t->min_val) >= low && ms(t, t->max_val) <= high,
		      "%s: %lu-%lu ms, the standard has %s", name, ms(t, t->min_val),
		      ms(t, t->max_val), range);
	ck_assert_msg(osmo_tdef_val_in_range((struct osmo_tdef *)t, t->default_val),
		      "%s: the default is not within the limits", name);
}

/* The page's line of a timer, without its end; NULL: there is none. */
static const char *line_of(const char *page, const char *name)
{
	char begin[40];
	const char *at;

	snprintf(begin, sizeof(begin), "\n| %s |", name);
	at = strstr(page, begin);
	return at ? at + 1 : NULL;
}

START_TEST(no_timer_is_missing)
{
	char *sheet = slurp("tests/golden/isup_timers.csv"), *page = slurp("docs/isup-timers.md");
	char *line, *save;
	unsigned int n = 0;

	line = strtok_r(sheet, "\n", &save);		/* its head */
	while ((line = strtok_r(NULL, "\n", &save))) {
		char name[16], q764[32], t1113[32];
		const struct osmo_tdef *t;
		const char *why;

		ck_assert_int_eq(sscanf(line, "%15[^;];%31[^;];%31[^;]", name, q764, t1113), 3);
		n++;
		t = find(itu, name);
		check_limits(name, t, q764);
		check_limits(name, find(ansi, name), t1113);
		if (t || find(ansi, name))
			continue;
		why = line_of(page, name);
		ck_assert_msg(why, "%s neither runs nor is listed in docs/isup-timers.md", name);
		ck_assert_msg(strcspn(why + 5, "\n") > 30, "%s: why does it not run?", name);
	}
	ck_assert_uint_gt(n, 50);
	free(sheet);
	free(page);
}
END_TEST

static int cell(char *buf, size_t size, const struct osmo_tdef *t)
{
	const char *unit = t && t->unit == OSMO_TDEF_MS ? "ms" : "s";

	if (!t)
		return snprintf(buf, size, " - |");
	if (t->min_val == t->max_val)
		return snprintf(buf, size, " %lu %s |", t->default_val, unit);
	return snprintf(buf, size, " %lu %s, %lu-%lu |", t->default_val, unit, t->min_val,
			t->max_val);
}

static void line_for(char *buf, size_t size, const struct osmo_tdef *t)
{
	size_t n, skip;
	char name[32];

	name_of(name, sizeof(name), t);
	n = snprintf(buf, size, "| %s |", name);
	n += cell(buf + n, size - n, find(itu, name));
	n += cell(buf + n, size - n, find(ansi, name));
	skip = strlen(name);
	if (strncmp(t->desc, name, skip) || t->desc[skip] != ':')
		skip = 0;
	else
		skip += 2;
	snprintf(buf + n, size - n, " %s |", t->desc + skip);
}

static int by_number(const void *a, const void *b)
{
	int x = ((const struct osmo_tdef *)a)->T, y = ((const struct osmo_tdef *)b)->T;

	if ((x > 0) != (y > 0))
		return x > 0 ? -1 : 1;
	return abs(x) - abs(y);
}

static void update(char *page)
{
	char *begin = strstr(page, head), *rest, line[MAX_LINE];
	struct osmo_tdef *t;
	unsigned int n = 0;
	FILE *f;

	ck_assert_ptr_nonnull(begin);
	rest = strstr(begin, "\n\n");
	ck_assert_ptr_nonnull(rest);
	while (ansi[n].T)
		n++;
	qsort(ansi, n, sizeof(*ansi), by_number);
	f = fopen(path("docs/isup-timers.md"), "w");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "%.*s%s", (int)(begin - page), page, head);
	for (t = ansi; t->T; t++) {
		line_for(line, sizeof(line), t);
		fprintf(f, "%s\n", line);
	}
	fprintf(f, "%s", rest + 1);
	fclose(f);
}

static unsigned int rows_of(const char *table)
{
	unsigned int n = 0;

	for (; (table = strstr(table, "\n| ")); table++)
		n++;
	return n;
}

/* What the page says of a timer that runs is what the tables say; it names all of them, and no
 * other. */
START_TEST(the_page_is_true)
{
	char *page = slurp("docs/isup-timers.md"), *idle, line[MAX_LINE], name[32];
	const struct osmo_tdef *t;
	unsigned int n = 0;

	if (getenv("UPDATE")) {
		update(page);
		free(page);
		page = slurp("docs/isup-timers.md");
	}
	idle = strstr(page, "\n## Timers that do not run");
	ck_assert_ptr_nonnull(strstr(page, head));
	ck_assert_ptr_nonnull(idle);
	*idle++ = 0;
	for (t = ansi; t->T; t++, n++) {
		const char *at;

		line_for(line, sizeof(line), t);
		name_of(name, sizeof(name), t);
		at = line_of(page, name);
		ck_assert_msg(at, "%s is not in docs/isup-timers.md (UPDATE=1 writes it)", name);
		ck_assert_msg(!strncmp(at, line, strlen(line)),
			      "docs/isup-timers.md (UPDATE=1 writes it):\n is     %.*s\n wanted %s",
			      (int)strcspn(at, "\n"), at, line);
		ck_assert_msg(!line_of(idle, name), "%s runs, the page says it does not", name);
	}
	ck_assert_uint_eq(rows_of(strstr(page, head)), n);
	free(page);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup timers");
	TCase *tc = tcase_create("tables");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, no_timer_is_missing);
	tcase_add_test(tc, the_page_is_true);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
