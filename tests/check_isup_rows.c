/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every row is tested by existing: random legal values are set, sent, received, shown, read and
 * compared; then the message is cut everywhere. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "isup/dialect.h"
#include "tests/suite.h"

enum { ROUNDS = 300, MESSAGES = 60, MAX_OCTETS = ISUP_MAX_OCTETS + 256 };

/* The dialect a test is about; each runs for all of them. */
static const struct isup_dialect *d;

static void take_dialect(int n)
{
	for (d = isup_dialect_next(NULL); n > 0; n--)
		d = isup_dialect_next(d);
}

/* Is the parameter list the same, octet by octet? */
static bool same(const struct isup_msg *a, const struct isup_msg *b)
{
	if (a->type != b->type || a->cic != b->cic || a->n_pars != b->n_pars)
		return false;
	for (int i = 0; i < a->n_pars; i++) {
		const struct isup_par *p = &a->par[i], *q = &b->par[i];

		if (p->code != q->code || p->len != q->len
		    || memcmp(a->octets + p->off, b->octets + q->off, p->len))
			return false;
	}
	return true;
}

/* A value goes into octets and comes back, for one parameter alone. */
static void check_value(uint8_t code, const struct isup_par_row *row, struct isup_rnd *rnd)
{
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE] = { 0 }, back[ISUP_MAX_VALUE] = { 0 };
	struct isup_msg m;
	size_t len = 0;

	row->kind->generate(row, val, rnd);
	isup_init(&m, d, ISUP_MT_ANM, 1);
	ck_assert_msg(isup_set_value(&m, code, val, row->size) == 0, "%s: not set", row->abbr);
	ck_assert_msg(isup_get_value(&m, code, back, row->size), "%s: not got", row->abbr);
	ck_assert_msg(!memcmp(val, back, row->size), "%s: other value", row->abbr);
	ck_assert_ptr_nonnull(isup_raw(&m, code, &len));
	ck_assert_uint_ge(len, row->min);
	ck_assert_uint_le(len, row->max);
	ck_assert(!isup_get_value(&m, code, back, row->size + 1));
	ck_assert_int_lt(isup_set_value(&m, code, val, row->size - 1), 0);
}

START_TEST(every_parameter_row)
{
	struct isup_rnd rnd = { .state = 1 };

	take_dialect(_i);
	for (int code = 0; code < ISUP_N_CODES; code++) {
		const struct isup_par_row *row = isup_par_row(d, code);

		for (int i = 0; row && i < ROUNDS; i++)
			check_value(code, row, &rnd);
	}
}
END_TEST

/* Every bit of a field is one bit of the octets: one after the other is set alone. */
static void check_bit(uint8_t code, const struct isup_par_row *row, const struct isup_bits *b,
		      int bit)
{
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE] = { 0 };
	uint8_t plain[64], octets[64], changed = 0;
	uint32_t v = 1u << bit;
	uint16_t v16 = v;
	int n, n_plain;

	for (int i = 0; i < row->n_bits; i++)		/* all octets there */
		if (row->bits[i].name && !row->bits[i].width)
			val[row->bits[i].off] = 1;
	if (row->kind == &isup_kind_number)
		memcpy(((struct isup_number *)val)->digits, "12", 2);
	if (row->kind->encode == isup_kind_octets.encode)
		val[row->rest] = row->min;
	n_plain = isup_value_octets(plain, sizeof(plain), row, val);
	if (b->size == 1)
		val[b->off] = v;
	else
		memcpy(val + b->off, b->size == 2 ? (void *)&v16 : (void *)&v, b->size);
	n = isup_value_octets(octets, sizeof(octets), row, val);
	ck_assert_msg(n > 0 && n == n_plain, "%s: %s bit %d", row->abbr, b->name, bit);
	for (int i = 0; i < n; i++)
		changed += __builtin_popcount(octets[i] ^ plain[i]);
	ck_assert_msg(changed == 1, "%s: %s bit %d changes %u bits", row->abbr, b->name, bit,
		      changed);
}

START_TEST(every_field_row)
{
	take_dialect(_i);
	for (int code = 0; code < ISUP_N_CODES; code++) {
		const struct isup_par_row *row = isup_par_row(d, code);

		for (int i = 0; row && i < row->n_bits; i++)
			for (int bit = 0; row->bits[i].name && bit < row->bits[i].width; bit++)
				check_bit(code, row, &row->bits[i], bit);
	}
}
END_TEST

/* What a field cannot hold is refused. */
START_TEST(every_field_has_its_range)
{
	take_dialect(_i);
	for (int code = 0; code < ISUP_N_CODES; code++) {
		const struct isup_par_row *row = isup_par_row(d, code);

		for (int i = 0; row && i < row->n_bits; i++) {
			const struct isup_bits *b = &row->bits[i];
			_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE] = { 0 };
			uint8_t octets[64];

			if (!b->name || !b->width || b->width >= 8 * b->size)
				continue;
			memset(val + b->off, 0xff, b->size);
			ck_assert_msg(isup_value_octets(octets, sizeof(octets), row, val) < 0,
				      "%s: %s holds too much", row->abbr, b->name);
		}
	}
}
END_TEST

static void check_cuts(const uint8_t *octets, size_t len)
{
	for (size_t cut = 0; cut < len; cut++) {
		uint8_t exact[MAX_OCTETS];
		struct isup_fault f;
		struct isup_msg m;

		/* at the end of an array: a sanitizer sees what is read behind it */
		memcpy(exact + sizeof(exact) - cut, octets, cut);
		if (isup_decode(&m, d, exact + sizeof(exact) - cut, cut, &f) == 0) {
			ck_assert(m.n_pars == 0 || isup_mt_row(d, m.type)->opaque);
		} else {
			ck_assert_uint_le(f.at, cut);
			ck_assert_ptr_nonnull(f.why);
			ck_assert_uint_ge(f.cause, 96);
		}
	}
}

static void check_text(const struct isup_msg *m, const uint8_t *octets, ssize_t len)
{
	char text[ISUP_MAX_TEXT], json[ISUP_MAX_JSON], small[100];
	uint8_t again[MAX_OCTETS];
	struct isup_msg back;
	const char *why = "";
	int line = 0, n = isup_print(text, sizeof(text), m);

	ck_assert_int_lt(n, ISUP_MAX_TEXT);
	ck_assert_int_eq(n, strlen(text));
	ck_assert_int_eq(isup_print(small, sizeof(small), m), n);
	ck_assert(!strncmp(small, text, sizeof(small) - 1));
	ck_assert_msg(isup_parse(&back, d, text, &why, &line) == 0, "%s in line %d of\n%s", why,
		      line, text);
	ck_assert_msg(same(m, &back), "another message from\n%s", text);
	ck_assert_int_eq(isup_encode(again, sizeof(again), &back), len);
	ck_assert_mem_eq(again, octets, len);
	ck_assert_int_lt(isup_print_line(text, sizeof(text), m), ISUP_MAX_TEXT);
	ck_assert_int_eq(isup_parse(&back, d, text, &why, &line), 0);
	ck_assert(same(m, &back));
	ck_assert_int_lt(isup_print_json(json, sizeof(json), m), ISUP_MAX_JSON);
}

static void check_round(uint8_t type, unsigned int n_opt, struct isup_rnd *rnd)
{
	uint8_t octets[MAX_OCTETS], body[MAX_OCTETS];
	struct isup_msg m, back;
	struct isup_fault f;
	ssize_t len;

	ck_assert_int_eq(isup_generate(&m, d, type, n_opt, rnd), 0);
	len = isup_encode(octets, sizeof(octets), &m);
	ck_assert_msg(len > 0, "%s: not encoded", isup_mt_name(d, type));
	ck_assert_msg(isup_decode(&back, d, octets, len, &f) == 0, "%s: %s at %zu",
		      isup_mt_name(d, type), f.why, f.at);
	ck_assert_msg(same(&m, &back), "%s: another message", isup_mt_name(d, type));
	ck_assert_int_eq(isup_encode_body(body, sizeof(body), &back), len - 2);
	ck_assert_mem_eq(body, octets + 2, len - 2);
	ck_assert_int_eq(isup_decode_body(&back, d, body, len - 2, NULL), 0);
	back.cic = m.cic;
	ck_assert(same(&m, &back));
	check_text(&m, octets, len);
	check_cuts(octets, len);
	for (ssize_t room = 0; room < len; room += 1 + room / 8)
		ck_assert_int_lt(isup_encode(body, room, &m), 0);
}

START_TEST(every_message_row)
{
	struct isup_rnd rnd = { .state = 2 };

	take_dialect(_i);
	for (int type = 0; type < ISUP_N_CODES; type++)
		for (int i = 0; isup_mt_row(d, type) && i < MESSAGES; i++)
			check_round(type, i % 8, &rnd);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup rows");
	TCase *t = tcase_create("dialects");
	int n = 0;

	for (d = NULL; (d = isup_dialect_next(d)); n++)
		;
	suite_add_tcase(s, t);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, every_parameter_row, 0, n);
	tcase_add_loop_test(t, every_field_row, 0, n);
	tcase_add_loop_test(t, every_field_has_its_range, 0, n);
	tcase_add_loop_test(t, every_message_row, 0, n);
	return suite_run(s);
}
