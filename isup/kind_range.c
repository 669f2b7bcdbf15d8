/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kind of value: range and status (Q.763 3.43). */
#include <errno.h>

#include "isup/fields.h"
#include "isup/rows.h"

static const struct isup_bits range_bits[] = { B(range, range, 0, 0, 8) };
static const struct isup_par_row part = { .bits = range_bits, .n_bits = 1, .head = 1 };

/* Status octets that a range asks for. */
static unsigned int status_octets(unsigned int range)
{
	return (range + 1 + 7) / 8;
}

static bool range_form(const struct isup_par_row *row, const uint8_t *octets, size_t len)
{
	return len == 1 || len == 1 + status_octets(octets[0]);
}

static bool range_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			 size_t len)
{
	struct isup_range *range = val;

	if (!range_form(row, octets, len))
		return false;
	isup_fields_decode(&part, val, octets, len);
	range->n_status = len - 1;
	memcpy(range->status, octets + 1, range->n_status);
	return true;
}

static int range_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	const struct isup_range *range = val;

	if (range->n_status && range->n_status != status_octets(range->range))
		return -EINVAL;
	if (isup_fields_encode(&part, val, w) < 0)
		return -EINVAL;
	wr_octets(w, range->status, range->n_status);
	return 0;
}

static void range_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	const struct isup_range *range = val;

	isup_fields_print(&part, val, s);
	s->hex(s, "status", range->status, range->n_status);
}

static bool range_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
{
	struct isup_range *range = val;
	int n;

	if (word->name_len)
		return isup_fields_parse(&part, val, word);
	n = isup_hex_octets(range->status, sizeof(range->status), word->value, word->value_len);
	if (n < 0 || range->n_status)
		return false;
	range->n_status = n;
	return true;
}

static void range_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	struct isup_range *range = val;
	unsigned int most = 8 * (row->max - 1) - 1;	/* as many have a status octet */

	range->range = 1 + isup_rnd(rnd, most < 31 ? most : 31);
	range->n_status = isup_rnd(rnd, 2) ? status_octets(range->range) : 0;
	for (unsigned int i = 0; i <= range->range && range->n_status; i++)
		range->status[i / 8] |= isup_rnd(rnd, 2) << i % 8;
}

const struct isup_kind isup_kind_range = {
	.name = "range and status",
	.form = range_form,
	.decode = range_decode,
	.encode = range_encode,
	.print = range_print,
	.parse = range_parse,
	.generate = range_generate,
};
