/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kind of value: fields, and digits of which there is always the same number (T1.113). */
#include <errno.h>

#include "isup/fields.h"

static const char signals[] = "0123456789ABCDEF";

static bool bcd_decode(const struct isup_par_row *row, void *val, const uint8_t *octets, size_t len)
{
	struct isup_bcd *bcd = val;

	if (len < row->head)
		return false;
	isup_fields_decode(row, val, octets, len);
	for (unsigned int i = 0; i < row->n_digits; i++)
		bcd->digits[i] = signals[octets[row->rest + i / 2] >> 4 * (i % 2) & 15];
	return true;
}

static int signal_of(char c)
{
	const char *p = c ? strchr(signals, c) : NULL;

	return p ? p - signals : -1;
}

/* Digits that are not there are 0. */
static int bcd_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	const struct isup_bcd *bcd = val;
	uint8_t *start = w->p;
	size_t n = strnlen(bcd->digits, sizeof(bcd->digits));

	if (n > row->n_digits || isup_fields_encode(row, val, w) < 0)
		return -EINVAL;
	if (w->bad)
		return 0;
	for (size_t i = 0; i < n; i++) {
		int signal = signal_of(bcd->digits[i]);

		if (signal < 0)
			return -EINVAL;
		start[row->rest + i / 2] |= signal << 4 * (i % 2);
	}
	return 0;
}

static void bcd_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	const struct isup_bcd *bcd = val;

	isup_fields_print(row, val, s);
	s->text(s, "digits", bcd->digits);
}

static bool bcd_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
{
	struct isup_bcd *bcd = val;

	if (word->name_len)
		return isup_fields_parse(row, val, word);
	if (word->value_len > row->n_digits || bcd->digits[0])
		return false;
	for (size_t i = 0; i < word->value_len; i++) {
		if (signal_of(word->value[i]) < 0)
			return false;
		bcd->digits[i] = word->value[i];
	}
	return true;
}

static void bcd_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	struct isup_bcd *bcd = val;

	isup_fields_generate(row, val, rnd);
	for (unsigned int i = 0; i < row->n_digits; i++)
		bcd->digits[i] = signals[isup_rnd(rnd, 10)];
}

const struct isup_kind isup_kind_bcd = {
	.name = "digits",
	.decode = bcd_decode,
	.encode = bcd_encode,
	.print = bcd_print,
	.parse = bcd_parse,
	.generate = bcd_generate,
};
