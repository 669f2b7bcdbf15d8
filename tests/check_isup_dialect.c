/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialect made of rows alone, here in the test; and elements of Q.931 as values. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "isup/elements.h"
#include "isup/rows.h"
#include "tests/suite.h"

/* A message more, one fewer, one with another mandatory part; a parameter more, fewer, other. */
enum { MT_CHK = 0xf0, P_TOLL = 0xf1 };

static const uint8_t check_opt[] = { P_TOLL, ISUP_P_MESSAGE_COMPAT };

static const struct isup_mt_row messages[ISUP_N_CODES] = {
	[MT_CHK] = { "CHK", "check", FIXED(ISUP_P_CPC), VAR(P_TOLL), OPT(check_opt) },
	[ISUP_MT_BLO] = { "BLO", "blocking", FIXED(ISUP_P_SUPERVISION) },
	[ISUP_MT_PRI] = NOT_HERE,
};

static const struct isup_par_row params[ISUP_N_CODES] = {
	[P_TOLL] = { "TOLL", "toll", "national", 2, ANY, NUMBER(((const struct isup_bits[]){
		NAI(0), NPI(1) }), 2) },
	[ISUP_P_HOP_COUNTER] = NOT_HERE,
	[ISUP_P_CUG] = { "CUG", "closed user group interlock code", "3.15", 1, 1,
		VALUE(2, cug_call) },
};

static const struct isup_dialect gallia = {
	.name = "gallia", .base = &isup_etsi, .cic_bits = 13, .point_code_bits = 14,
	.messages = messages, .params = params,
};

static void round_trip(const char *text, const char *hex)
{
	uint8_t octets[ISUP_MAX_OCTETS];
	char is[2 * ISUP_MAX_OCTETS + 1], again[ISUP_MAX_TEXT];
	struct isup_msg m;
	const char *why = "";
	int line = 0;
	ssize_t n;

	ck_assert_msg(isup_parse(&m, &gallia, text, &why, &line) == 0, "%s: %s", text, why);
	n = isup_encode(octets, sizeof(octets), &m);
	ck_assert_msg(n > 0, "%s", text);
	for (ssize_t i = 0; i < n; i++)
		snprintf(is + 2 * i, 3, "%02x", octets[i]);
	ck_assert_str_eq(is, hex);
	ck_assert_int_eq(isup_decode(&m, &gallia, octets, n, NULL), 0);
	isup_print_line(again, sizeof(again), &m);
	ck_assert_str_eq(again, text);
}

START_TEST(rows_are_enough)
{
	struct isup_msg m;
	struct isup_fault f;

	round_trip("CHK cic=8191; CPC value=10; TOLL nai=3 npi=1 123",
		   "ff1ff00a0200" "04831021" "03");
	round_trip("BLO cic=1; CGSMT type=1", "01001301");
	/* from its base, and from the base of that */
	round_trip("RLC cic=1; CAI coding=0 location=0 value=16", "0100100112028090" "00");
	round_trip("ANM cic=1; CUG value=2; 0x3d 1f", "010009011a01023d011f00");
	ck_assert_int_lt(isup_decode(&m, &gallia, (uint8_t[]){ 1, 0, 0x13 }, 3, &f), 0);
	ck_assert_uint_eq(f.cause, 96);
	ck_assert_int_lt(isup_decode(&m, &gallia, (uint8_t[]){ 1, 0, 0x42, 0 }, 4, &f), 0);
	ck_assert_uint_eq(f.cause, 97);
	ck_assert_uint_eq(isup_max_cic(&gallia), 8191);
}
END_TEST

START_TEST(rows_are_generated)
{
	struct isup_rnd rnd = { .state = 9 };
	uint8_t octets[ISUP_MAX_OCTETS + 256];
	struct isup_msg m, back;

	for (int i = 0; i < 500; i++) {
		ssize_t n;

		ck_assert_int_eq(isup_generate(&m, &gallia, MT_CHK, i % 4, &rnd), 0);
		n = isup_encode(octets, sizeof(octets), &m);
		ck_assert_int_gt(n, 0);
		ck_assert_int_eq(isup_decode(&back, &gallia, octets, n, NULL), 0);
		ck_assert_int_eq(back.n_pars, m.n_pars);
	}
}
END_TEST

START_TEST(element_walk)
{
	/* progress; codeset 6 for one; codeset 5 from here; a single octet; one that is cut */
	static const uint8_t in[] = {
		0x1e, 2, 0x82, 0x88, 0x9e, 1, 1, 7, 0x7d, 2, 0x91, 0x81, 0x95, 0xa1, 0x28, 9, 'x',
	};
	static const struct { uint8_t codeset, id, len; } want[] = {
		{ 0, 0x1e, 2 }, { 6, 1, 1 }, { 0, 0x7d, 2 }, { 5, 0xa1, 0 },
	};
	struct isup_element_walk w = { .octets = in, .len = sizeof(in) };
	struct isup_element e;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		ck_assert(isup_element_next(&e, &w));
		ck_assert_uint_eq(e.codeset, want[i].codeset);
		ck_assert_uint_eq(e.id, want[i].id);
		ck_assert_uint_eq(e.len, want[i].len);
	}
	ck_assert(!isup_element_next(&e, &w));
	ck_assert(!isup_element_next(&e, &w));
	ck_assert(isup_element_find(&e, in, sizeof(in), ISUP_IE_HLC));
	ck_assert_uint_eq(e.octets[1], 0x81);
	ck_assert(!isup_element_find(&e, in, sizeof(in), 1));
	ck_assert(!isup_element_find(&e, in, 0, ISUP_IE_HLC));
}
END_TEST

START_TEST(bearers)
{
	struct isup_bearer b;

	ck_assert(isup_bearer(&b, (uint8_t[]){ 0x80, 0x90, 0xa3 }, 3));
	ck_assert(b.capability == 0 && b.mode == 0 && b.rate == 16 && b.layer1 == 3);
	ck_assert(isup_bearer(&b, (uint8_t[]){ 0x88, 0x98, 0x85 }, 3));
	ck_assert(b.capability == 8 && b.rate == 24 && b.multiplier == 5 && b.layer1 == 0);
	ck_assert(isup_bearer(&b, (uint8_t[]){ 0x90, 0x90 }, 2));
	ck_assert(b.capability == 16 && b.layer1 == 0);
	ck_assert(!isup_bearer(&b, (uint8_t[]){ 0x90 }, 1));
}
END_TEST

static unsigned int named, fields;

static void count_names(const struct isup_par_row *row)
{
	for (int i = 0; row && i < row->n_bits; i++) {
		const struct isup_name *n = row->bits[i].names;

		fields += row->bits[i].name && row->bits[i].width;
		named += n != NULL;
		for (; n && n->name; n++)
			ck_assert_msg(n->value >> row->bits[i].width == 0, "%s: %s has no value %u",
				      row->abbr, row->bits[i].name, n->value);
	}
}

/* Names are of values that a field can have, and most fields have them. */
START_TEST(values_have_names)
{
	const struct isup_dialect *d = NULL;

	while ((d = isup_dialect_next(d)))
		for (int code = 0; code < ISUP_N_CODES; code++)
			count_names(isup_par_row(d, code));
	/* the others are numbers: counters, codes, references */
	ck_assert_uint_gt(named, fields * 4 / 5);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup dialect");
	TCase *t = tcase_create("dialect");

	suite_add_tcase(s, t);
	tcase_add_test(t, rows_are_enough);
	tcase_add_test(t, rows_are_generated);
	tcase_add_test(t, element_walk);
	tcase_add_test(t, bearers);
	tcase_add_test(t, values_have_names);
	return suite_run(s);
}
