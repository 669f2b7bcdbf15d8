/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kind of value: cause indicators (Q.763 3.12, contents as Q.850). */
#include <errno.h>

#include "isup/explain.h"
#include "isup/fields.h"
#include "isup/rows.h"

enum { EXT = 0x80 };

/* The octets that are always there; octet 1a stands between them when bit H of the first is 0. */
static const struct isup_bits first[] = {
	E(cause, coding, 0, 5, 2, coding), E(cause, location, 0, 0, 4, location),
};
static const struct isup_bits middle[] = { B(cause, recommendation, 0, 0, 7), LAST(0) };
static const struct isup_bits second[] = { B(cause, value, 0, 0, 7), LAST(0) };
static const struct isup_par_row parts[] = {
	{ .bits = first, .n_bits = 2, .head = 1 },
	{ .bits = middle, .n_bits = 2, .head = 1 },
	{ .bits = second, .n_bits = 2, .head = 1 },
};

static bool cause_decode(const struct isup_par_row *row, void *val, const uint8_t *octets,
			 size_t len)
{
	struct isup_cause *cause = val;
	struct rd r = rd_init(octets, len);
	/* some leave bit H 0 and send no octet 1a */
	bool more = len > 2 && !(octets[0] & EXT);

	for (int i = 0; i < 3; i++) {
		const uint8_t *p = i == 1 && !more ? NULL : rd_take(&r, 1);

		if (p)
			isup_fields_decode(&parts[i], val, p, 1);
	}
	cause->n_diag = rd_left(&r) <= ISUP_MAX_DIAG ? rd_left(&r) : ISUP_MAX_DIAG;
	memcpy(cause->diag, r.p, cause->n_diag);
	return !r.bad;
}

static int cause_encode(const struct isup_par_row *row, const void *val, struct wr *w)
{
	const struct isup_cause *cause = val;
	uint8_t *start = w->p;

	if (cause->n_diag > ISUP_MAX_DIAG)
		return -EINVAL;
	for (int i = 0; i < 3; i++)
		if ((i != 1 || cause->recommendation) && isup_fields_encode(&parts[i], val, w) < 0)
			return -EINVAL;
	if (!w->bad && !cause->recommendation)
		start[0] |= EXT;
	wr_octets(w, cause->diag, cause->n_diag);
	return 0;
}

static void cause_print(const struct isup_par_row *row, const void *val, struct isup_sink *s)
{
	const struct isup_cause *cause = val;

	for (int i = 0; i < 3; i++)
		if (i != 1 || cause->recommendation)
			isup_fields_print(&parts[i], val, s);
	s->hex(s, "diagnostics", cause->diag, cause->n_diag);
}

static bool cause_parse(const struct isup_par_row *row, void *val, const struct isup_word *word)
{
	struct isup_cause *cause = val;
	int n;

	for (int i = 0; i < 3 && word->name_len; i++)
		if (isup_fields_parse(&parts[i], val, word))
			return true;
	if (word->name_len || cause->n_diag)
		return false;
	n = isup_hex_octets(cause->diag, sizeof(cause->diag), word->value, word->value_len);
	cause->n_diag = n < 0 ? 0 : n;
	return n >= 0;
}

static void cause_generate(const struct isup_par_row *row, void *val, struct isup_rnd *rnd)
{
	struct isup_cause *cause = val;

	for (int i = 0; i < 3; i++)
		if (i != 1 || !isup_rnd(rnd, 4))
			isup_fields_generate(&parts[i], val, rnd);
	cause->n_diag = isup_rnd(rnd, 4);
	for (unsigned int i = 0; i < cause->n_diag; i++)
		cause->diag[i] = isup_rnd(rnd, 256);
}

const struct isup_kind isup_kind_cause = {
	.name = "cause",
	.decode = cause_decode,
	.encode = cause_encode,
	.print = cause_print,
	.parse = cause_parse,
	.generate = cause_generate,
	.explain = isup_explain_cause,
};
