/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables test themselves, and are compared with sheets of facts written apart from them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "isup/dialect.h"
#include "tests/suite.h"

enum { MAX_LINE = 1024, MAX_PATH = 1024 };

/* The dialect a test is about; most run for all of them. */
static const struct isup_dialect *d;

static void take_dialect(int n)
{
	for (d = isup_dialect_next(NULL); n > 0; n--)
		d = isup_dialect_next(d);
}

static FILE *try_sheet(const char *name)
{
	const char *top = getenv("top_srcdir");
	char path[MAX_PATH];

	snprintf(path, sizeof(path), "%s/tests/golden/isup/%s", top ? top : "..", name);
	return fopen(path, "r");
}

/* The sheet of a dialect, "messages-ansi.csv": what it has apart from its base. Without a base it
 * is "messages.csv". NULL: it has nothing of its own. */
static FILE *open_sheet(const char *what, const struct isup_dialect *of)
{
	char name[64];
	FILE *in;

	snprintf(name, sizeof(name), "%s%s%s.csv", what, of->base ? "-" : "",
		 of->base ? of->name : "");
	in = try_sheet(name);
	ck_assert_msg(in || of->base, "no %s", name);
	return in;
}

/* The next line that is no comment, cut at its commas. How many columns, 0 at the end. */
static int next_row(FILE *in, char *line, char *columns[], int max)
{
	int n = 0;

	do {
		if (!fgets(line, MAX_LINE, in))
			return 0;
	} while (*line == '#');
	line[strcspn(line, "\n")] = '\0';
	while (n < max) {
		columns[n++] = line;
		line += strcspn(line, ",");
		if (!*line)
			break;
		*line++ = '\0';
	}
	return n;
}

/* Codes in hexadecimal digits, with blanks between them. */
static int read_codes(uint8_t *codes, int max, const char *text)
{
	int n = 0;
	char *end;

	for (; *text; text = end) {
		unsigned long code = strtoul(text, &end, 16);

		if (end == text)
			break;
		ck_assert_int_lt(n, max);
		codes[n++] = code;
	}
	return n;
}

START_TEST(names_are_unique)
{
	take_dialect(_i);
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_par_row *par = isup_par_row(d, i);
		const struct isup_mt_row *mt = isup_mt_row(d, i);

		if (par) {
			ck_assert_int_eq(isup_par_find(d, par->abbr), i);
			ck_assert_uint_lt(strlen(par->abbr), 9);
			ck_assert_ptr_eq(strpbrk(par->abbr, " #;="), NULL);
			ck_assert_str_ne(par->abbr, "body");
		}
		if (mt)
			ck_assert_int_eq(isup_mt_find(d, mt->abbr), i);
	}
	ck_assert_int_lt(isup_par_find(d, "nothing"), 0);
	ck_assert_int_lt(isup_mt_find(d, "nothing"), 0);
	ck_assert_str_eq(isup_mt_name(d, 0xf8), "?");
	ck_assert_str_eq(isup_par_name(d, 0xff), "?");
	ck_assert_ptr_eq(isup_dialect_find("itu"), &isup_itu);
	ck_assert_ptr_eq(isup_dialect_find("klingon"), NULL);
}
END_TEST

START_TEST(clauses_are_unique)
{
	take_dialect(_i);
	for (int i = 0; i < ISUP_N_CODES; i++)
		for (int k = i + 1; k < ISUP_N_CODES; k++)
			if (isup_par_row(d, i) && isup_par_row(d, k) &&
			    !strncmp(isup_par_row(d, i)->clause, "3.", 2))
				ck_assert_str_ne(isup_par_row(d, i)->clause,
						 isup_par_row(d, k)->clause);
}
END_TEST

/* Marks the bits of one field; a bit that is marked already belongs to two. */
static void mark_bits(uint8_t used[16], const struct isup_par_row *row, const struct isup_bits *b)
{
	unsigned int octets = (b->lsb + b->width + 7) / 8;

	ck_assert_msg(b->octet + octets <= row->head, "%s: a field outside its octets", row->abbr);
	ck_assert_msg(b->width <= 8 * b->size || !b->name, "%s: %s does not fit its member",
		      row->abbr, b->name);
	ck_assert_msg(b->lsb + b->width <= 8 || b->lsb == 0, "%s: %s begins within an octet",
		      row->abbr, b->name);
	for (unsigned int bit = b->lsb; bit < (unsigned int)b->lsb + b->width; bit++) {
		/* low octet first, or the lowest bits in the last octet */
		unsigned int octet = b->octet + (b->low_first ? bit / 8 : octets - 1 - bit / 8);

		ck_assert_msg(!(used[octet] & 1 << bit % 8), "%s: %s overlaps", row->abbr, b->name);
		used[octet] |= 1 << bit % 8;
	}
}

static void check_fields(const struct isup_par_row *row)
{
	uint8_t used[16] = { 0 };

	ck_assert_uint_le(row->head, sizeof(used));
	ck_assert_uint_le(row->head, row->max);
	if (row->kind == &isup_kind_number)
		used[row->rest] |= 0x80;		/* odd/even */
	for (int i = 0; i < row->n_bits; i++) {
		const struct isup_bits *b = &row->bits[i];

		if (b->name) {
			ck_assert_uint_le(b->off + b->size, row->size);
			ck_assert(b->size == 1 || b->size == 2 || b->size == 4);
			ck_assert_uint_eq(b->mask, b->size == 1 && b->lsb + b->width <= 8 ?
						   (1u << b->width) - 1 : 0);
			for (int k = 0; k < i; k++)
				ck_assert(!row->bits[k].name || strcmp(row->bits[k].name, b->name));
		}
		mark_bits(used, row, b);
	}
}

START_TEST(fields_do_not_overlap)
{
	take_dialect(_i);
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_par_row *row = isup_par_row(d, i);

		if (!row)
			continue;
		ck_assert_uint_le(row->min, row->max);
		ck_assert_uint_le(row->size, ISUP_MAX_VALUE);
		ck_assert_uint_gt(row->size, 0);
		check_fields(row);
	}
}
END_TEST

START_TEST(messages_have_rows_for_parameters)
{
	take_dialect(_i);
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_mt_row *row = isup_mt_row(d, i);

		if (!row)
			continue;
		for (int k = 0; k < row->n_fixed; k++) {
			const struct isup_par_row *par = isup_par_row(d, row->fixed[k]);

			ck_assert_ptr_nonnull(par);
			ck_assert_uint_eq(par->min, par->max);
		}
		for (int k = 0; k < row->n_var; k++)
			ck_assert_ptr_nonnull(isup_par_row(d, row->var[k]));
		for (int k = 0; k < row->n_opt; k++) {
			/* a base's list may name what the dialect has not */
			if (d->messages && row == &d->messages[i])
				ck_assert_ptr_nonnull(isup_par_row(d, row->opt[k]));
			ck_assert_int_lt(isup_mandatory_rank(row, row->opt[k]), 0);
		}
		ck_assert(!row->n_opt || row->optional);
		ck_assert(!row->opaque || !(row->n_fixed || row->n_var || row->optional));
	}
}
END_TEST

/* The bits of the fields are those of the sheet, no more and no fewer. */
static void check_bits(const struct isup_par_row *row, const char *bits)
{
	uint8_t used[16] = { 0 };
	char is[2 * sizeof(used) + 1] = "";

	if (row->kind == &isup_kind_number)
		used[row->rest] |= 0x80;
	for (int i = 0; i < row->n_bits; i++)
		mark_bits(used, row, &row->bits[i]);
	for (int i = 0; i < row->head; i++)
		snprintf(is + 2 * i, 3, "%02x", used[i]);
	ck_assert_msg(!strcmp(is, bits), "%s: fields in the bits %s, not %s", row->abbr, is, bits);
}

static void check_parameter(char *column[5])
{
	const struct isup_par_row *row = isup_par_row(d, strtoul(column[0], NULL, 16));

	ck_assert_msg(row != NULL, "no row for %s", column[3]);
	ck_assert_msg(row->min == strtol(column[1], NULL, 10), "%s: least length", row->abbr);
	ck_assert_msg(row->max == strtol(column[2], NULL, 10), "%s: greatest length", row->abbr);
	ck_assert_msg(!strcasecmp(row->name, column[3]), "%s: %s or %s", row->abbr, row->name,
		      column[3]);
	check_bits(row, column[4]);
}

/* Takes the lines of a sheet: what it says is there is checked, if it is the last word about that
 * code; present tells afterwards which codes there are. */
static void read_sheet(const char *what, const struct isup_dialect *of, bool present[ISUP_N_CODES],
		       int columns, void (*check)(char *column[]))
{
	FILE *in = open_sheet(what, of);
	char line[MAX_LINE], *column[6];
	int n;

	while (in && (n = next_row(in, line, column, columns))) {
		unsigned long code = strtoul(column[0], NULL, 16);

		ck_assert_uint_lt(code, ISUP_N_CODES);
		ck_assert_msg(n == columns || (n == 2 && !strcmp(column[1], "-")), "%s: %s",
			      of->name, column[0]);
		present[code] = n == columns;
		if (check && n == columns)
			check(column);
	}
	if (in)
		fclose(in);
}

/* Is a code told by a dialect's own sheet? Then the base's line is not about it. */
static bool told[ISUP_N_CODES];

static void tell_all(const char *what)
{
	FILE *in = open_sheet(what, d);
	char line[MAX_LINE], *column[2];

	while (in && next_row(in, line, column, 2))
		told[strtoul(column[0], NULL, 16)] = true;
	if (in)
		fclose(in);
}

static void check_told_parameter(char *column[])
{
	if (!told[strtoul(column[0], NULL, 16)])
		check_parameter(column);
}

START_TEST(parameters_as_in_the_sheet)
{
	bool present[ISUP_N_CODES] = { false };

	take_dialect(_i);
	if (d->base) {
		tell_all("parameters");
		read_sheet("parameters", d->base, present, 5, check_told_parameter);
	}
	read_sheet("parameters", d, present, 5, check_parameter);
	for (int i = 0; i < ISUP_N_CODES; i++)
		ck_assert_msg(present[i] == (isup_par_row(d, i) != NULL), "%s: parameter %02x",
			      d->name, i);
}
END_TEST

static void check_message(char *column[])
{
	const struct isup_mt_row *row = isup_mt_row(d, strtoul(column[0], NULL, 16));
	uint8_t codes[128];

	ck_assert_msg(row != NULL, "no row for %s", column[1]);
	ck_assert_str_eq(row->abbr, column[1]);
	ck_assert_int_eq(row->n_fixed, read_codes(codes, sizeof(codes), column[2]));
	ck_assert_mem_eq(row->fixed, codes, row->n_fixed);
	ck_assert_int_eq(row->n_var, read_codes(codes, sizeof(codes), column[3]));
	ck_assert_mem_eq(row->var, codes, row->n_var);
	ck_assert_msg(row->optional == !strcmp(column[4], "yes"), "%s: optional part", row->abbr);
	ck_assert_msg(row->opaque == !strcmp(column[4], "national"), "%s: contents", row->abbr);
	for (int i = read_codes(codes, sizeof(codes), column[5]); i > 0; i--)
		ck_assert_msg(row->n_opt && memchr(row->opt, codes[i - 1], row->n_opt),
			      "%s: no optional %02x", row->abbr, codes[i - 1]);
}

static void check_told_message(char *column[])
{
	if (!told[strtoul(column[0], NULL, 16)])
		check_message(column);
}

START_TEST(messages_as_in_the_sheet)
{
	bool present[ISUP_N_CODES] = { false };

	take_dialect(_i);
	if (d->base) {
		tell_all("messages");
		read_sheet("messages", d->base, present, 6, check_told_message);
	}
	read_sheet("messages", d, present, 6, check_message);
	for (int i = 0; i < ISUP_N_CODES; i++)
		ck_assert_msg(present[i] == (isup_mt_row(d, i) != NULL), "%s: message %02x",
			      d->name, i);
}
END_TEST

START_TEST(historic_codes_have_no_rows)
{
	FILE *in = try_sheet("historic.csv");
	char line[MAX_LINE], *column[4];
	int n = 0;

	take_dialect(_i);
	ck_assert_ptr_nonnull(in);
	for (; next_row(in, line, column, 4) == 4; n++) {
		unsigned long code = strtoul(column[1], NULL, 16);

		if (*column[0] == 'm')
			ck_assert_msg(!isup_mt_row(d, code), "%s", column[2]);
		else
			ck_assert_msg(!isup_par_row(d, code), "%s", column[3]);
	}
	fclose(in);
	ck_assert_int_eq(n, 12);
}
END_TEST

/* What the processes ask a dialect's table. */
START_TEST(traits)
{
	static const struct {
		const struct isup_dialect *d;
		unsigned int max_cic, max_pc, range;
		bool twice, con, sam, cvt, ccl, apm;
	} rows[] = {
		{ &isup_itu, 4095, 16383, 32, false, true, true, false, false, true },
		{ &isup_itu92, 4095, 16383, 32, false, true, true, false, false, false },
		{ &isup_etsi, 4095, 16383, 32, false, true, true, false, false, true },
		{ &isup_ansi, 16383, 0xffffff, 24, true, false, false, true, false, false },
		{ &isup_china, 4095, 0xffffff, 32, false, true, true, false, true, true },
		{ &isup_russia, 4095, 16383, 32, false, true, true, false, true, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct isup_dialect *is = rows[i].d;

		ck_assert_ptr_eq(isup_dialect_find(is->name), is);
		ck_assert_uint_eq(isup_max_cic(is), rows[i].max_cic);
		ck_assert_uint_eq(isup_max_point_code(is), rows[i].max_pc);
		ck_assert_uint_eq(is->group_range, rows[i].range);
		ck_assert(is->group_twice == rows[i].twice);
		ck_assert((isup_mt_row(is, ISUP_MT_CON) != NULL) == rows[i].con);
		ck_assert((isup_mt_row(is, ISUP_MT_SAM) != NULL) == rows[i].sam);
		ck_assert((isup_mt_row(is, ISUP_MT_CVT) != NULL) == rows[i].cvt);
		ck_assert((isup_mt_row(is, ISUP_MT_CCL) != NULL) == rows[i].ccl);
		ck_assert((isup_mt_row(is, ISUP_MT_APM) != NULL) == rows[i].apm);
	}
}
END_TEST

START_TEST(causes_have_names)
{
	ck_assert_str_eq(isup_cause_name(3), "no route to destination");
	ck_assert_str_eq(isup_cause_name(16), "normal call clearing");
	ck_assert_str_eq(isup_cause_name(127), "interworking, unspecified");
	ck_assert_str_eq(isup_cause_name(0), "?");
	ck_assert_str_eq(isup_cause_name(200), "?");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup tables");
	TCase *t = tcase_create("dialects");
	int n = 0;

	for (d = NULL; (d = isup_dialect_next(d)); n++)
		;
	suite_add_tcase(s, t);
	tcase_add_loop_test(t, names_are_unique, 0, n);
	tcase_add_loop_test(t, clauses_are_unique, 0, n);
	tcase_add_loop_test(t, fields_do_not_overlap, 0, n);
	tcase_add_loop_test(t, messages_have_rows_for_parameters, 0, n);
	tcase_add_loop_test(t, parameters_as_in_the_sheet, 0, n);
	tcase_add_loop_test(t, messages_as_in_the_sheet, 0, n);
	tcase_add_loop_test(t, historic_codes_have_no_rows, 0, n);
	tcase_add_test(t, traits);
	tcase_add_test(t, causes_have_names);
	return suite_run(s);
}
