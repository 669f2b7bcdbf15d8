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

/* The page: tables by the way of a call. */
static const struct part {
	const char *title, *note;
	int tables[8], n;
} parts[] = {
	{ "Called number", "Ported numbers, trunk groups asked for by name, digits that come one "
	  "after the other.\nA plain E.164 number needs no table: the trunk group's country "
	  "code is put before a national number, or taken away.",
	  { MAP_T_NUMBER, MAP_T_OVERLAP }, 2 },
	{ "Calling party", "Numbers in From and P-Asserted-Identity, privacy, category, "
	  "precedence.\n`send-p-asserted-identity` of the trunk group: it is told numbers that "
	  "must not be shown; `trust-p-asserted-identity`:\nits own are believed.",
	  { MAP_T_IDENTITY, MAP_T_CATEGORY, MAP_T_CPC, MAP_T_PRIORITY }, 4 },
	{ "Diversion", "Original called and redirecting number, their reasons, and the "
	  "redirections of SIP that the gateway follows itself\n(`redirect` of the trunk group).",
	  { MAP_T_REDIRECT_CAUSE, MAP_T_CAUSE_REDIRECT, MAP_T_REDIRECT_WORD, MAP_T_WORD_REDIRECT,
	    MAP_T_REDIRECT_EVENT, MAP_T_REDIRECTED }, 6 },
	{ "Headers and indicators", "Which headers and parameters are carried, which way; and what "
	  "our own ISUP messages say where SIP has no word for it.\nSatellite, interworking and "
	  "preference indicators of the profiles are those of other gateways in the field.",
	  { MAP_T_HEADER, MAP_T_INDICATOR }, 2 },
	{ "Bearer", "RFC 3398 leaves the bearer to provisioning.",
	  { MAP_T_BEARER, MAP_T_MEDIUM, MAP_T_BEARER_INFO }, 3 },
	{ "Before the answer", "What is told of the called side, both ways, and who rings the "
	  "caller.",
	  { MAP_T_EVENT, MAP_T_RESPONSE, MAP_T_RINGBACK }, 3 },
	{ "Supplementary services", "Connected number, hold, notifications, user-to-user "
	  "information, closed user groups.",
	  { MAP_T_SERVICE, MAP_T_REFUSAL, MAP_T_NOTIFICATION }, 3 },
	{ "Failure and release", "The columns of RFC 3398 are as it prints its tables, but that "
	  "its second 504 is 505.\nStatus to cause of the profiles agrees with other gateways in "
	  "the field; cause to status of the profiles is recalled, row by row.",
	  { MAP_T_CAUSE, MAP_T_STATUS, MAP_T_RETRY }, 3 },
	{ "ISUP in SIP: SIP-T and SIP-I", "With `isup-body sip-t` or `sip-i` on the trunk group. "
	  "Q.1912.5 has ISUP in bodies in profile C alone; a trunk group of\nanother profile that "
	  "has them all the same is mapped as RFC 3398 says.",
	  { MAP_T_BODY, MAP_T_ISUP, MAP_T_PRECEDENCE, MAP_T_TRUST }, 4 },
};

static const char intro[] =
	"<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n"
	"<!-- Made by tests/check_map_rules.c (UPDATE=1) from the tables: do not edit. -->\n"
	"# How ISUP and SIP are mapped\n\n"
	"These tables are the mapper's own, in the order in which a call meets them. A trunk group "
	"takes the column of its\n`interworking` setting: `rfc3398`, or a profile of Q.1912.5: A "
	"is SIP of 3GPP (TS 29.163), B is SIP, C is SIP-I.\nA row that a peer wants otherwise is "
	"`mapping TABLE KEY VALUE` on its trunk group, for its own messages.\n`show mapping "
	"trunk-group NAME` prints what holds for one, `explain` what becomes of one call.\n\n"
	"**What the profiles rest on.** The RFCs were read. The texts of Q.1912.5 and TS 29.163 "
	"were not at hand: where a profile\ndiffers from RFC 3398 its value is what is known of "
	"them, and *recalled* in a clause says so where nobody else's gateway\ncould confirm it "
	"either. Compare these rows with the standard before an interconnect test; a row that is "
	"wrong is one line.\n";

/* Text of the command line as Markdown: `x' is `x`. */
static void put(FILE *f, const char *text)
{
	bool quoted = false;

	for (; *text; text++) {
		if (quoted && *text == '\'') {
			fputc('`', f);
			quoted = false;
			continue;
		}
		quoted = quoted || *text == '`';
		fputc(*text, f);
	}
}

static void print_contents(FILE *f)
{
	fprintf(f, "\n| | tables |\n|---|---|\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		fprintf(f, "| %s |", parts[i].title);
		for (int t = 0; t < parts[i].n; t++) {
			const char *name = map_table(parts[i].tables[t])->name;

			fprintf(f, "%s [%s](#%s)", t ? "," : "", name, name);
		}
		fprintf(f, " |\n");
	}
}

/* A value that the row has names for is told in words, too. */
static void print_values(FILE *f, const struct map_table *t, const struct map_row *row,
			 const uint16_t *value)
{
	char text[16];

	for (int s = 0; s < MAP_STANDARDS; s++) {
		fprintf(f, " %s", map_value_token(text, sizeof(text), t, value[s]));
		if (row && row->values)
			fprintf(f, " %s", map_value_words(t, row->key, value[s]));
		fprintf(f, " |");
	}
}

static void print_rows(FILE *f, const struct map_table *t)
{
	char text[16];

	for (unsigned int i = 0; i < t->n_rows; i++) {
		fprintf(f, "| %s | ", map_key_token(text, sizeof(text), t, t->rows[i].key));
		put(f, map_key_words(t, t->rows[i].key));
		fprintf(f, " |");
		print_values(f, t, &t->rows[i], t->rows[i].value);
		fprintf(f, " ");
		put(f, t->rows[i].clause);
		fprintf(f, " |\n");
	}
	if (t->key_max) {
		fprintf(f, "| any other %u-%u | |", t->key_min, t->key_max);
		print_values(f, t, NULL, t->otherwise);
		fprintf(f, " %s |\n", t->otherwise_clause);
	}
}

/* The tokens that a row may have. */
static void may_be(char *out, size_t size, const struct map_table *t, const struct map_row *row)
{
	const struct map_choice *c = row->choices ? row->choices : t->choices;
	int n = 0;

	out[0] = '\0';
	for (; c && c->token; c++)
		if (!row->allowed || row->allowed & 1u << c->value)
			n += snprintf(out + n, size - n, "%s`%s`", n ? ", " : "", c->token);
}

/* Where that is not the same for all of them: rows that are alike in one line, where the first of
 * them stands. */
static void print_choices_by_row(FILE *f, const struct map_table *t)
{
	char text[16], mine[512], other[512];
	unsigned int i, j;

	fprintf(f, "\nEach row may have:\n\n");
	for (i = 0; i < t->n_rows; i++) {
		may_be(mine, sizeof(mine), t, &t->rows[i]);
		for (j = 0; j < i; j++) {
			may_be(other, sizeof(other), t, &t->rows[j]);
			if (strcmp(mine, other) == 0)
				break;
		}
		if (j < i)
			continue;
		fprintf(f, "- %s", map_key_token(text, sizeof(text), t, t->rows[i].key));
		for (j = i + 1; j < t->n_rows; j++) {
			may_be(other, sizeof(other), t, &t->rows[j]);
			if (strcmp(mine, other) == 0)
				fprintf(f, ", %s", map_key_token(text, sizeof(text), t,
								 t->rows[j].key));
		}
		fprintf(f, ": %s\n", mine);
	}
}

static void print_choices(FILE *f, const struct map_table *t)
{
	bool by_row = false, numbers = !t->choices && !t->rows->values;

	if (numbers)
		fprintf(f, "\nValues: %u to %u", t->min, t->max);
	for (const uint16_t *v = t->never; v && *v; v++)
		fprintf(f, "%s %u", v == t->never ? "; not" : ",", *v);
	if (numbers)
		fprintf(f, ".\n");
	if (!t->choices)
		return;
	fprintf(f, "\n%s:\n\n", t->value_title);
	for (const struct map_choice *c = t->choices; c->token; c++) {
		fprintf(f, "- `%s`: ", c->token);
		put(f, c->what);
		fputc('\n', f);
	}
	for (unsigned int i = 0; i < t->n_rows; i++)
		by_row = by_row || t->rows[i].allowed || t->rows[i].choices;
	if (by_row)
		print_choices_by_row(f, t);
}

static void print_table(FILE *f, const struct map_table *t)
{
	fprintf(f, "\n### %s\n\n", t->name);
	put(f, t->title);
	fprintf(f, "\n\n| %s | |", t->key_title);
	for (int s = 0; s < MAP_STANDARDS; s++)
		fprintf(f, " %s |", map_standard_name(s));
	fprintf(f, " clause |\n|---|---|---|---|---|---|---|\n");
	print_rows(f, t);
	print_choices(f, t);
}

/* Each table once. */
static void print_page(FILE *f)
{
	int seen[MAP_TABLES] = { 0 };

	fprintf(f, "%s", intro);
	print_contents(f);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		fprintf(f, "\n## %s\n\n%s\n", parts[i].title, parts[i].note);
		for (int t = 0; t < parts[i].n; t++) {
			print_table(f, map_table(parts[i].tables[t]));
			seen[parts[i].tables[t]]++;
		}
	}
	for (int t = 0; t < MAP_TABLES; t++)
		ck_assert_msg(seen[t] == 1, "table %s is in %d parts of the page",
			      map_table(t)->name, seen[t]);
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
	FILE *f = open_memstream(&text, &size);

	ck_assert_ptr_nonnull(f);
	print_page(f);
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
	/* a 3xx says where to: nothing but a new number can */
	ck_assert_int_eq(map_override_parse(&o, "cause", "17", "301", &why), -EINVAL);
	ck_assert_int_eq(map_override_parse(&o, "cause", "22-number", "302", &why), 0);
	/* it would want a challenge */
	ck_assert_int_eq(map_override_parse(&o, "cause", "17", "407", &why), -EINVAL);
	ck_assert_int_eq(map_override_parse(&o, "cause", "17", "408", &why), 0);
	ck_assert_int_eq(map_override_parse(&o, "cause", "22-number", "299", &why), -EINVAL);
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
