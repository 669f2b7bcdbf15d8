/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random legal messages, from the same rows as everything else: for tests and for load. */
#include <errno.h>

#include "isup/dialect.h"

/* splitmix64 */
uint32_t isup_rnd(struct isup_rnd *r, uint32_t n)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return n ? (z >> 32) * n >> 32 : 0;
}

static int generate_par(uint8_t *buf, size_t size, const struct isup_par_row *row,
			struct isup_rnd *rnd)
{
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE] = { 0 };

	row->kind->generate(row, val, rnd);
	return isup_value_octets(buf, size, row, val);
}

static int add(struct isup_msg *m, uint8_t code, struct isup_rnd *rnd)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, code);
	uint8_t octets[UINT8_MAX];
	int n = generate_par(octets, sizeof(octets), row, rnd);

	return n < 0 ? n : isup_add_raw(m, code, octets, n);
}

int isup_generate(struct isup_msg *m, const struct isup_dialect *d, uint8_t type,
		  unsigned int n_opt, struct isup_rnd *rnd)
{
	const struct isup_mt_row *row = isup_mt_row(d, type);
	uint8_t body[16];
	int rc = 0;

	if (!row)
		return -EINVAL;
	isup_init(m, d, type, isup_rnd(rnd, 1 << d->cic_bits));
	for (int i = 0; i < row->n_fixed && rc == 0; i++)
		rc = add(m, row->fixed[i], rnd);
	for (int i = 0; i < row->n_var && rc == 0; i++)
		rc = add(m, row->var[i], rnd);
	for (unsigned int i = 0; i < n_opt && row->n_opt && rc == 0; i++) {
		uint8_t code = row->opt[isup_rnd(rnd, row->n_opt)];

		if (isup_par_row(d, code))	/* the list may be a base's, which has more */
			rc = add(m, code, rnd);
	}
	if (!row->opaque || rc < 0)
		return rc;
	for (unsigned int i = 0; i < sizeof(body); i++)
		body[i] = isup_rnd(rnd, 256);
	return isup_add_raw(m, ISUP_P_BODY, body, 1 + isup_rnd(rnd, sizeof(body)));
}
