/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of value: fields only; fields and octets. */
#include <errno.h>

#include "isup/fields.h"

static bool bits_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			size_t len)
{
	isup_fields_decode(row, val, octets, len);
	return true;
}

const struct isup_kind isup_kind_bits = {
	.name = "fields",
	.decode = bits_decode,
	.encode = isup_fields_encode,
	.print = isup_fields_print,
	.parse = isup_fields_parse,
	.generate = isup_fields_generate,
};

static struct isup_octets *rest(const struct isup_par_row *row, void *val)
{
	return (struct isup_octets *)((uint8_t *)val + row->rest);
}

static const struct isup_octets *rest_const(const struct isup_par_row *row, const void *val)
{
	return (const struct isup_octets *)((const uint8_t *)val + row->rest);
}

bool isup_octets_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			size_t len)
{
	struct isup_octets *data = rest(row, val);

	isup_fields_decode(row, val, octets, len);
	data->n = len > row->head ? len - row->head : 0;
	if (data->n)
		memcpy(data->octet, octets + row->head, data->n);
	return true;
}

int isup_octets_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	const struct isup_octets *data = rest_const(row, val);

	if (isup_fields_encode(row, val, w) < 0)
		return -EINVAL;
	wr_octets(w, data->octet, data->n);
	return 0;
}

void isup_octets_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	const struct isup_octets *data = rest_const(row, val);

	isup_fields_print(row, val, s);
	s->hex(s, "octets", data->octet, data->n);
}

bool isup_octets_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
{
	struct isup_octets *data = rest(row, val);
	int n;

	if (word->name_len)
		return isup_fields_parse(row, val, word);
	n = isup_hex_octets(data->octet, sizeof(data->octet), word->value, word->value_len);
	if (n < 0 || data->n)
		return false;
	data->n = n;
	return true;
}

void isup_octets_fill(struct isup_octets *data, unsigned int min, unsigned int max,
		      struct isup_rnd *rnd)
{
	if (max > min + 12)
		max = min + 12;
	data->n = min + isup_rnd(rnd, max - min + 1);
	for (unsigned int i = 0; i < data->n; i++)
		data->octet[i] = isup_rnd(rnd, 256);
}

void isup_octets_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	isup_fields_generate(row, val, rnd);
	isup_octets_fill(rest(row, val), row->min > row->head ? row->min - row->head : 0,
			 row->max - row->head, rnd);
}

const struct isup_kind isup_kind_octets = {
	.name = "octets",
	.decode = isup_octets_decode,
	.encode = isup_octets_encode,
	.print = isup_octets_print,
	.parse = isup_octets_parse,
	.generate = isup_octets_generate,
};
