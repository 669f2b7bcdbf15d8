/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kind of value: fields and then address signals, two in an octet (Q.763 3.9 and alike). */
#include <errno.h>

#include "isup/fields.h"

enum { ODD = 0x80, MAX_GENERATED = 14 };

static const char signals[] = "0123456789ABCDEF";

static bool number_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			  size_t len)
{
	struct isup_number *number = val;
	struct rd r = rd_init(octets, len);
	const uint8_t *head = rd_take(&r, row->head);
	size_t n;

	if (!head)
		return false;
	isup_fields_decode(row, val, octets, len);
	n = 2 * rd_left(&r);
	if (head[row->rest] & ODD) {
		if (!n)
			return false;	/* an odd count of no signals */
		n--;
	}
	if (n > ISUP_MAX_DIGITS)
		return false;
	for (size_t i = 0; i < n; i += 2) {
		uint8_t pair = rd_u8(&r);

		number->digits[i] = signals[pair & 15];
		number->digits[i + 1] = signals[pair >> 4];
	}
	number->digits[n] = '\0';
	return true;
}

static int signal_of(char c)
{
	const char *p;

	if (c >= 'a' && c <= 'f')
		c -= 'a' - 'A';
	p = c ? strchr(signals, c) : NULL;
	return p ? p - signals : -1;
}

static int number_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	const struct isup_number *number = val;
	uint8_t *start = w->p;
	size_t n = strnlen(number->digits, sizeof(number->digits));

	if (n > ISUP_MAX_DIGITS)
		return -EINVAL;
	if (isup_fields_encode(row, val, w) < 0)
		return -EINVAL;
	if (w->bad)
		return 0;
	if (n % 2)
		start[row->rest] |= ODD;
	for (size_t i = 0; i < n; i += 2) {
		int low = signal_of(number->digits[i]);
		int high = i + 1 < n ? signal_of(number->digits[i + 1]) : 0;

		if (low < 0 || high < 0)
			return -EINVAL;
		wr_u8(w, high << 4 | low);
	}
	return 0;
}

static void number_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	const struct isup_number *number = val;

	isup_fields_print(row, val, s);
	s->text(s, "digits", number->digits);
}

static bool number_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
{
	struct isup_number *number = val;

	if (word->name_len)
		return isup_fields_parse(row, val, word);
	if (word->value_len > ISUP_MAX_DIGITS || number->digits[0])
		return false;
	for (size_t i = 0; i < word->value_len; i++) {
		int signal = signal_of(word->value[i]);

		if (signal < 0)
			return false;
		number->digits[i] = signals[signal];
	}
	return true;
}

static void number_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	struct isup_number *number = val;
	unsigned int least = row->min > row->head ? 1 : 0;
	unsigned int n = least + isup_rnd(rnd, MAX_GENERATED - least + 1);

	isup_fields_generate(row, val, rnd);
	for (unsigned int i = 0; i < n; i++)
		number->digits[i] = signals[isup_rnd(rnd, 10)];
}

const struct isup_kind isup_kind_number = {
	.name = "number",
	.decode = number_decode,
	.encode = number_encode,
	.print = number_print,
	.parse = number_parse,
	.generate = number_generate,
};
