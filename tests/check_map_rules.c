/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mapper's tables as data: every row is there once, can be named and overridden, every key of
 * a table has a value, and docs/mapping.md is what they print (UPDATE=1 writes it). */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "tests/suite.h"

static FILE *out_page(char **text, size_t *size)
{
	FILE *f = open_memstream(text, size);

	ck_assert_ptr_nonnull(f);
	fprintf(f, "<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n"
		"<!-- Made by tests/check_map_rules.c (UPDATE=1) from the tables: do not "
		"edit. -->\n"
		"# How ISUP and SIP are mapped\n\n"
		"Each table is used by the mapper as it stands here. A trunk group takes the "
		"column of its `interworking`\nsetting; `mapping TABLE ROW VALUE` in its "
		"configuration gives it a value of its own, and\n`show mapping trunk-group "
		"NAME` prints what holds for it.\n");
	return f;
}

static void print_values(FILE *f, const struct map_table *t, const uint16_t *value)
{
	char text[16];

	for (int s = 0; s < MAP_STANDARDS; s++)
		fprintf(f, " %s |", map_value_token(text, sizeof(text), t, value[s]));
}

static void print_table(FILE *f, const struct map_table *t)
{
	const struct map_choice *c;
	char text[16];

	fprintf(f, "\n## %s\n\n%s\n\n| %s | |", t->name, t->title, t->key_title);
	for (int s = 0; s < MAP_STANDARDS; s++)
		fprintf(f, " %s |", map_standard_name(s));
	fprintf(f, " clause |\n|---|---|---|---|---|---|---|\n");
	for (unsigned int i = 0; i < t->n_rows; i++) {
		fprintf(f, "| %s | %s |", map_key_token(text, sizeof(text), t, t->rows[i].key),
			map_key_words(t, t->rows[i].key));
		print_values(f, t, t->rows[i].value);
		fprintf(f, " %s |\n", t->rows[i].clause);
	}
	if (t->key_max) {
		fprintf(f, "| any other %u-%u | |", t->key_min, t->key_max);
		print_values(f, t, t->otherwise);
		fprintf(f, " %s |\n", t->otherwise_clause);
	}
	if (t->choices)
		fprintf(f, "\n%s:\n\n", t->value_title);
	for (c = t->choices; c && c->token; c++)
		fprintf(f, "- `%s`: %s\n", c->token, c->what);
}

static char *slurp(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = calloc(1, 1 << 20);

	if (f) {
		ck_assert_uint_lt(fread(text, 1, (1 << 20) - 1, f), (1 << 20) - 1);
		fclose(f);
	}
	return text;
}

START_TEST(page)
{
	const char *top = getenv("top_srcdir");
	char path[1024], *text, *old;
	size_t size;
	FILE *f = out_page(&text, &size);

	for (int i = 0; i < MAP_TABLES; i++)
		print_table(f, map_table(i));
	fclose(f);
	snprintf(path, sizeof(path), "%s/docs/mapping.md", top ? top : ".");
	if (getenv("UPDATE")) {
		f = fopen(path, "w");
		ck_assert_ptr_nonnull(f);
		fwrite(text, 1, size, f);
		fclose(f);
	}
	old = slurp(path);
	ck_assert_msg(strcmp(old, text) == 0, "docs/mapping.md is not what the tables say");
	free(old);
	free(text);
}
END_TEST

static void check_row(int table, const struct map_row *row)
{
	const struct map_table *t = map_table(table);
	struct map_profile p;
	struct map_override o;
	char key[16], value[16];
	const char *why;

	map_profile_default(&p);
	for (int s = 0; s < MAP_STANDARDS; s++) {
		p.standard = s;
		ck_assert_uint_eq(map_rule(&p, table, row->key), row->value[s]);
		ck_assert_int_eq(map_override_parse(&o, t->name,
				 map_key_token(key, sizeof(key), t, row->key),
				 map_value_token(value, sizeof(value), t, row->value[s]), &why), 0);
		ck_assert_int_eq(o.table, table);
		ck_assert_uint_eq(o.key, row->key);
		ck_assert_uint_eq(o.value, row->value[s]);
	}
	ck_assert_msg(row->clause && *row->clause, "%s %u: no clause", t->name, row->key);
	ck_assert_msg(*map_key_words(t, row->key), "%s %u: no words", t->name, row->key);
}

START_TEST(rows)
{
	for (int i = 0; i < MAP_TABLES; i++) {
		const struct map_table *t = map_table(i);

		ck_assert_uint_gt(t->n_rows, 0);
		for (unsigned int r = 0; r < t->n_rows; r++) {
			check_row(i, &t->rows[r]);
			for (unsigned int other = 0; other < r; other++)
				ck_assert_msg(t->rows[other].key != t->rows[r].key, "%s: %u twice",
					      t->name, t->rows[r].key);
		}
	}
	ck_assert_ptr_null(map_table(MAP_TABLES));
}
END_TEST

/* Whatever comes, it becomes something that can be said. */
START_TEST(total)
{
	struct map_profile p;

	map_profile_default(&p);
	for (int s = 0; s < MAP_STANDARDS; s++) {
		p.standard = s;
		for (unsigned int cause = 1; cause < 128; cause++)
			for (unsigned int location = 0; location < 16; location++) {
				uint16_t status = map_cause_to_status(cause, location, &p);

				ck_assert(status >= 400 && status <= 699);
			}
		for (int status = 300; status < 700; status++) {
			uint8_t cause = map_status_to_cause(status, &p);

			ck_assert(cause >= 1 && cause <= 127);
		}
	}
}
END_TEST

START_TEST(overrides)
{
	struct map_profile p;
	struct map_override o;
	struct map_line line;
	const char *why;
	unsigned int n = 0;

	map_profile_default(&p);
	ck_assert_int_eq(map_override_parse(&o, "nothing", "1", "404", &why), -ENOENT);
	ck_assert_int_eq(map_override_parse(&o, "cause", "0", "404", &why), -ENODATA);
	ck_assert_int_eq(map_override_parse(&o, "cause", "17x", "404", &why), -ENODATA);
	ck_assert_int_eq(map_override_parse(&o, "cause", "256", "404", &why), -ENODATA);
	ck_assert_int_eq(map_override_parse(&o, "cause", "17", "", &why), -EINVAL);
	ck_assert_int_eq(map_override_parse(&o, "cause", "17", "4040", &why), -EINVAL);
	ck_assert_int_eq(map_override_parse(&p.overrides[0], "cause", "17", "404", &why), 0);
	ck_assert_int_eq(map_override_parse(&p.overrides[1], "cause", "126", "410", &why), 0);
	p.n_overrides = 2;
	ck_assert_uint_eq(map_cause_to_status(17, 2, &p), 404);
	ck_assert_uint_eq(map_cause_to_status(126, 2, &p), 410);
	ck_assert_uint_eq(map_cause_to_status(18, 2, &p), 408);
	for (unsigned int i = 0; map_line(&line, MAP_T_CAUSE, i, &p); i++)
		n += line.own;
	ck_assert_uint_eq(n, 2);
	ck_assert_int_eq(map_standard_find("profile-c"), MAP_PROFILE_C);
	ck_assert_int_eq(map_standard_find("none"), MAP_STANDARDS);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("map_rules");
	TCase *tc = tcase_create("map_rules");

	tcase_add_test(tc, page);
	tcase_add_test(tc, rows);
	tcase_add_test(tc, total);
	tcase_add_test(tc, overrides);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
