/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message to octets (Q.763 clause 1). */
#include <errno.h>

#include "isup/compat.h"
#include "isup/dialect.h"

enum { N_MANDATORY = ISUP_MAX_FIXED + ISUP_MAX_VAR };
_Static_assert(ISUP_MAX_PARS <= 64, "a bit for the place of each parameter");

/* The first parameter of each mandatory code, at its rank, and a bit for the place of each. All
 * others are optional ones. */
static int find_mandatory(const struct isup_par *ret_found[N_MANDATORY], uint64_t *ret_places,
			  const struct isup_msg *m, const struct isup_mt_row *row)
{
	int wanted = row->n_fixed + row->n_var;

	*ret_places = 0;
	for (int i = 0; i < wanted; i++)
		ret_found[i] = NULL;
	for (const struct isup_par *p = m->par; p < m->par + m->n_pars && wanted; p++) {
		int rank = isup_mandatory_rank(row, p->code);

		if (rank >= 0 && !ret_found[rank]) {
			ret_found[rank] = p;
			*ret_places |= (uint64_t)1 << (p - m->par);
			wanted--;
		}
	}
	return wanted ? -EINVAL : 0;
}

/* The pointer at octet `at` leads to where w stands. */
static int point(uint8_t *at, const struct wr *w)
{
	if (w->p - at > UINT8_MAX)
		return -EMSGSIZE;
	*at = w->p - at;
	return 0;
}

static int encode_variable(struct wr *w, const struct isup_msg *m,
			   const struct isup_par *const found[], int n, uint8_t *pointers)
{
	for (int i = 0; i < n; i++) {
		if (point(pointers + i, w) < 0)
			return -EMSGSIZE;
		wr_u8(w, found[i]->len);
		wr_octets(w, m->octets + found[i]->off, found[i]->len);
	}
	return w->bad ? -EMSGSIZE : 0;
}

static int encode_optional(struct wr *w, const struct isup_msg *m, uint64_t mandatory,
			   uint8_t *pointer)
{
	if (m->n_pars == __builtin_popcountll(mandatory))
		return 0;
	if (!pointer)
		return -EINVAL;		/* this message cannot have optional parameters */
	if (point(pointer, w) < 0)
		return -EMSGSIZE;
	for (const struct isup_par *p = m->par; p < m->par + m->n_pars; p++, mandatory >>= 1) {
		if (mandatory & 1)
			continue;
		if (p->code == ISUP_P_END)
			return -EINVAL;
		wr_u8(w, p->code);
		wr_u8(w, p->len);
		wr_octets(w, m->octets + p->off, p->len);
	}
	wr_u8(w, ISUP_P_END);
	return w->bad ? -EMSGSIZE : 0;
}

static int encode_parts(struct wr *w, const struct isup_msg *m, const struct isup_mt_row *row)
{
	static const uint8_t zeros[ISUP_MAX_VAR + 1];
	const struct isup_par *found[N_MANDATORY];
	uint64_t places;
	uint8_t *pointers;
	int rc;

	if (find_mandatory(found, &places, m, row) < 0)
		return -EINVAL;
	for (int i = 0; i < row->n_fixed; i++) {
		if (found[i]->len != isup_par_row(m->dialect, found[i]->code)->min)
			return -EINVAL;
		wr_octets(w, m->octets + found[i]->off, found[i]->len);
	}
	pointers = w->p;
	wr_octets(w, zeros, row->n_var + row->optional);
	if (w->bad)
		return -EMSGSIZE;
	rc = encode_variable(w, m, found + row->n_fixed, row->n_var, pointers);
	if (rc < 0)
		return rc;
	return encode_optional(w, m, places, row->optional ? pointers + row->n_var : NULL);
}

static int encode(struct wr *w, const struct isup_msg *m, const struct isup_mt_row *unknown)
{
	const struct isup_mt_row *row = isup_mt_row(m->dialect, m->type);

	if (!row)
		row = unknown;
	if (!row)
		return -EINVAL;
	wr_u8(w, m->type);
	if (!row->opaque)
		return encode_parts(w, m, row);
	for (const struct isup_par *p = m->par; p < m->par + m->n_pars; p++) {
		if (p->code != ISUP_P_BODY)
			return -EINVAL;
		wr_octets(w, m->octets + p->off, p->len);
	}
	return w->bad ? -EMSGSIZE : 0;
}

static ssize_t encode_cic(uint8_t *buf, size_t size, const struct isup_msg *m,
			  const struct isup_mt_row *unknown)
{
	struct wr w = wr_init(buf, size);
	int rc;

	if (m->cic >> m->dialect->cic_bits)
		return -EINVAL;
	wr_u8(&w, m->cic & 0xff);
	wr_u8(&w, m->cic >> 8);
	rc = encode(&w, m, unknown);
	return rc < 0 ? rc : w.bad ? -EMSGSIZE : w.p - buf;
}

ssize_t isup_encode(uint8_t *buf, size_t size, const struct isup_msg *m)
{
	return encode_cic(buf, size, m, NULL);
}

ssize_t isup_encode_unknown(uint8_t *buf, size_t size, const struct isup_msg *m)
{
	return encode_cic(buf, size, m, &isup_unknown_message);
}

static ssize_t encode_body(uint8_t *buf, size_t size, const struct isup_msg *m,
			   const struct isup_mt_row *unknown)
{
	struct wr w = wr_init(buf, size);
	int rc = encode(&w, m, unknown);

	return rc < 0 ? rc : w.bad ? -EMSGSIZE : w.p - buf;
}

ssize_t isup_encode_body(uint8_t *buf, size_t size, const struct isup_msg *m)
{
	return encode_body(buf, size, m, NULL);
}

ssize_t isup_encode_body_unknown(uint8_t *buf, size_t size, const struct isup_msg *m)
{
	return encode_body(buf, size, m, &isup_unknown_message);
}
