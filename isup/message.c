/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as a list of parameters: look, change, and the values of parameters. */
#include <errno.h>

#include "isup/dialect.h"

void isup_init(struct isup_msg *m, const struct isup_dialect *d, uint8_t type, uint16_t cic)
{
	*m = (struct isup_msg){ .dialect = d, .type = type, .cic = cic };
}

void isup_init_cause(struct isup_msg *m, const struct isup_dialect *d, uint8_t type, uint16_t cic,
		     uint8_t cause, uint8_t location)
{
	struct isup_cause value = { .value = cause & 0x7f, .location = location & 0x0f };

	isup_init(m, d, type, cic);
	isup_set(m, ISUP_P_CAUSE, &value);
}

static int find(const struct isup_msg *m, uint8_t code)
{
	int n = m->n_pars;

	for (int i = 0; i < n; i++)
		if (m->par[i].code == code)
			return i;
	return -1;
}

bool isup_has(const struct isup_msg *m, uint8_t code)
{
	return find(m, code) >= 0;
}

const uint8_t *isup_raw(const struct isup_msg *m, uint8_t code, size_t *ret_len)
{
	int i = find(m, code);

	if (i < 0)
		return NULL;
	*ret_len = m->par[i].len;
	return m->octets + m->par[i].off;
}

void isup_del(struct isup_msg *m, uint8_t code)
{
	int kept = 0;

	for (int i = 0; i < m->n_pars; i++)
		if (m->par[i].code != code)
			m->par[kept++] = m->par[i];
	m->n_pars = kept;
}

/* Parameters close together, without what is no longer used. */
static void compact(struct isup_msg *m)
{
	uint8_t octets[ISUP_MAX_OCTETS];
	uint16_t used = 0;

	for (struct isup_par *p = m->par; p < m->par + m->n_pars; p++) {
		memcpy(octets + used, m->octets + p->off, p->len);
		p->off = used;
		used += p->len;
	}
	memcpy(m->octets, octets, used);
	m->used = used;
}

static size_t in_use(const struct isup_msg *m)
{
	size_t sum = 0;

	for (int i = 0; i < m->n_pars; i++)
		sum += m->par[i].len;
	return sum;
}

/* Room for len octets in m->octets, or -1. */
static int reserve(struct isup_msg *m, size_t len)
{
	int off;

	if (m->used + len > ISUP_MAX_OCTETS) {
		if (in_use(m) + len > ISUP_MAX_OCTETS)
			return -1;
		compact(m);
	}
	off = m->used;
	m->used += len;
	return off;
}

/* Mandatory parameters come first, in the order of their table; a second of a kind is optional. */
static int place(const struct isup_msg *m, uint8_t code)
{
	const struct isup_mt_row *row = isup_mt_row(m->dialect, m->type);
	int rank = row && !isup_has(m, code) ? isup_mandatory_rank(row, code) : -1;
	int i = 0;

	if (rank < 0)
		return m->n_pars;
	while (i < m->n_pars) {
		int other = isup_mandatory_rank(row, m->par[i].code);

		if (other < 0 || other > rank)
			break;
		i++;
	}
	return i;
}

int isup_add_raw(struct isup_msg *m, uint8_t code, const uint8_t *octets, size_t len)
{
	uint8_t copy[UINT8_MAX];	/* octets may be the message's own, which move */
	int i, off;

	if (len > UINT8_MAX || m->n_pars == ISUP_MAX_PARS)
		return -EMSGSIZE;
	if (len)
		memcpy(copy, octets, len);
	off = reserve(m, len);
	if (off < 0)
		return -EMSGSIZE;
	if (len)
		memcpy(m->octets + off, copy, len);
	i = place(m, code);
	memmove(m->par + i + 1, m->par + i, (m->n_pars - i) * sizeof(m->par[0]));
	m->par[i] = (struct isup_par){ .code = code, .len = len, .off = off };
	m->n_pars++;
	return 0;
}

int isup_set_raw(struct isup_msg *m, uint8_t code, const uint8_t *octets, size_t len)
{
	uint8_t copy[UINT8_MAX];
	int i = find(m, code), off;
	uint8_t old;

	if (i < 0)
		return isup_add_raw(m, code, octets, len);
	if (len > UINT8_MAX)
		return -EMSGSIZE;
	if (len)
		memcpy(copy, octets, len);
	old = m->par[i].len;
	if (len > old) {
		m->par[i].len = 0;
		off = reserve(m, len);
		if (off < 0) {
			m->par[i].len = old;
			return -EMSGSIZE;
		}
		m->par[i].off = off;
	}
	m->par[i].len = len;
	if (len)
		memcpy(m->octets + m->par[i].off, copy, len);
	return 0;
}

bool isup_par_value(const struct isup_msg *m, const struct isup_par *par, void *val, size_t size)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, par->code);

	if (!row || row->size != size || par->len < row->min || par->len > row->max)
		return false;
	memset(val, 0, size);
	return row->kind->decode(row, val, m->octets + par->off, par->len);
}

bool isup_get_value(const struct isup_msg *m, uint8_t code, void *val, size_t size)
{
	int i = find(m, code);

	return i >= 0 && isup_par_value(m, &m->par[i], val, size);
}

int isup_value_octets(uint8_t *buf, size_t size, const struct isup_par_row *row, const void *val)
{
	struct wr w = wr_init(buf, size);
	int rc = row->kind->encode(row, val, &w);

	if (rc < 0)
		return rc;
	if (w.bad || w.p - buf > row->max)
		return -EMSGSIZE;
	if (w.p - buf < row->min)
		return -EINVAL;
	return w.p - buf;
}

/* Does the message say this already? Then its octets stay as they came, with what is spare in
 * them. */
static bool says(const struct isup_msg *m, uint8_t code, const uint8_t *octets, size_t len)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, code);
	_Alignas(max_align_t) uint8_t value[ISUP_MAX_VALUE];
	uint8_t again[UINT8_MAX];
	size_t n = 0;
	const uint8_t *now = isup_raw(m, code, &n);

	if (!now)
		return false;
	if (n == len && !memcmp(now, octets, len))
		return true;
	return isup_get_value(m, code, value, row->size) &&
	       isup_value_octets(again, sizeof(again), row, value) == (int)len &&
	       !memcmp(again, octets, len);
}

int isup_set_value(struct isup_msg *m, uint8_t code, const void *val, size_t size)
{
	const struct isup_par_row *row = isup_par_row(m->dialect, code);
	uint8_t octets[UINT8_MAX];
	int n;

	if (!row || row->size != size)
		return -EINVAL;
	n = isup_value_octets(octets, sizeof(octets), row, val);
	if (n < 0 || says(m, code, octets, n))
		return n < 0 ? n : 0;
	return isup_set_raw(m, code, octets, n);
}
