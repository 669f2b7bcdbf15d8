/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of value: fields only; fields and octets; octets of which we know a little more. */
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

static bool octets_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			  size_t len)
{
	struct isup_octets *data = rest(row, val);

	isup_fields_decode(row, val, octets, len);
	data->n = len > row->head ? len - row->head : 0;
	if (data->n)
		memcpy(data->octet, octets + row->head, data->n);
	return true;
}

static int octets_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	const struct isup_octets *data = rest_const(row, val);

	if (isup_fields_encode(row, val, w) < 0)
		return -EINVAL;
	wr_octets(w, data->octet, data->n);
	return 0;
}

static void octets_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	const struct isup_octets *data = rest_const(row, val);

	isup_fields_print(row, val, s);
	s->hex(s, "octets", data->octet, data->n);
}

static bool octets_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
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

static void fill(struct isup_octets *data, unsigned int min, unsigned int max, struct isup_rnd *rnd)
{
	if (max > min + 12)
		max = min + 12;
	data->n = min + isup_rnd(rnd, max - min + 1);
	for (unsigned int i = 0; i < data->n; i++)
		data->octet[i] = isup_rnd(rnd, 256);
}

static void octets_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	isup_fields_generate(row, val, rnd);
	fill(rest(row, val), row->min > row->head ? row->min - row->head : 0, row->max - row->head,
	     rnd);
}

const struct isup_kind isup_kind_octets = {
	.name = "octets",
	.decode = octets_decode,
	.encode = octets_encode,
	.print = octets_print,
	.parse = octets_parse,
	.generate = octets_generate,
};

/* Three groups of octets, each going on while bit H is 0: context, instructions, segmentation. */
static bool apm_form(const struct isup_par_row *row, const uint8_t *octets, size_t len)
{
	struct rd r = rd_init(octets, len);

	for (int group = 0; group < 3; group++)
		while (!(rd_u8(&r) & 0x80) && !r.bad)
			;
	return !r.bad;
}

/* No segments, no addresses. */
static void apm_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	const uint8_t head[] = { 0x80 | isup_rnd(rnd, 5), 0x80 | isup_rnd(rnd, 4), 0xc0, 0, 0 };
	struct isup_octets *data = val;

	fill(data, sizeof(head), row->max, rnd);
	memcpy(data->octet, head, sizeof(head));
}

const struct isup_kind isup_kind_apm = {
	.name = "application transport",
	.form = apm_form,
	.decode = octets_decode,
	.encode = octets_encode,
	.print = octets_print,
	.parse = octets_parse,
	.generate = apm_generate,
};

/* Codes of parameters, each with one or two octets of instructions. */
static void compat_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	struct isup_octets *data = val;

	for (int n = 1 + isup_rnd(rnd, 3); n > 0; n--) {
		data->octet[data->n++] = 1 + isup_rnd(rnd, 254);
		if (isup_rnd(rnd, 2))
			data->octet[data->n++] = isup_rnd(rnd, 0x60);
		data->octet[data->n++] = 0x80 | isup_rnd(rnd, 4);
	}
}

const struct isup_kind isup_kind_compat = {
	.name = "compatibility",
	.decode = octets_decode,
	.encode = octets_encode,
	.print = octets_print,
	.parse = octets_parse,
	.generate = compat_generate,
};

/* One progress indicator, and perhaps a high layer compatibility: telephony. */
static void elements_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	const uint8_t elements[] = {
		0x1e, 2, 0x80 | isup_rnd(rnd, 6), 0x81 + isup_rnd(rnd, 3), 0x7d, 2, 0x91, 0x81,
	};
	struct isup_octets *data = val;

	data->n = isup_rnd(rnd, 2) ? sizeof(elements) : 4;
	memcpy(data->octet, elements, data->n);
}

const struct isup_kind isup_kind_elements = {
	.name = "information elements",
	.decode = octets_decode,
	.encode = octets_encode,
	.print = octets_print,
	.parse = octets_parse,
	.generate = elements_generate,
};
