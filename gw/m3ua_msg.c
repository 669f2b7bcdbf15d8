/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA messages decoded and encoded: DATA, SSNM, ERROR, NOTIFY (RFC 4666). */
#include <errno.h>
#include <string.h>

#include <osmocom/core/bit16gen.h>
#include <osmocom/core/bit32gen.h>
#include <osmocom/sigtran/protocol/m3ua.h>

#include "gw/m3ua_msg.h"

enum { PAR_HEADER = 4, LABEL = 12, PC_MASK = 0xffffff };

void m3ua_walk_init(struct m3ua_walk *w, const uint8_t *msg, size_t len)
{
	w->bad = len < M3UA_HEADER;
	w->p = w->bad ? msg : msg + M3UA_HEADER;
	w->end = w->bad ? msg : msg + len;
}

bool m3ua_walk_next(struct m3ua_walk *w, struct m3ua_par *par)
{
	size_t left = w->end - w->p, len;

	if (w->bad || left == 0)
		return false;
	len = left < PAR_HEADER ? 0 : osmo_load16be(w->p + 2);
	if (len < PAR_HEADER || len > left) {
		w->bad = true;
		return false;
	}
	*par = (struct m3ua_par){ osmo_load16be(w->p), len - PAR_HEADER, w->p + PAR_HEADER };
	len += -len & 3;
	w->p += len < left ? len : left;	/* the last one's padding may be missing, 3.2 */
	return true;
}

/* Value of a parameter of exactly four octets. */
static bool word(const struct m3ua_par *par, uint32_t *ret)
{
	if (par->len != 4)
		return false;
	*ret = osmo_load32be(par->val);
	return true;
}

static bool protocol_data(struct m3ua_data *d, const struct m3ua_par *par)
{
	const uint8_t *v = par->val;

	if (d->sdu || par->len <= LABEL || par->len > LABEL + M3UA_MAX_SDU)
		return false;
	d->opc = osmo_load32be(v);
	d->dpc = osmo_load32be(v + 4);
	d->si = v[8];
	d->ni = v[9];
	d->mp = v[10];
	d->sls = v[11];
	d->sdu = v + LABEL;
	d->len = par->len - LABEL;
	return d->opc <= PC_MASK && d->dpc <= PC_MASK;
}

int m3ua_data_decode(struct m3ua_data *d, const uint8_t *msg, size_t len)
{
	struct m3ua_walk w;
	struct m3ua_par par;
	bool good = true;

	*d = (struct m3ua_data){ 0 };
	m3ua_walk_init(&w, msg, len);
	while (good && m3ua_walk_next(&w, &par)) {
		switch (par.tag) {
		case M3UA_IEI_NET_APPEAR:
			good = d->has_na = word(&par, &d->na);
			break;
		case M3UA_IEI_ROUTE_CTX:
			good = d->has_rc = word(&par, &d->rc);
			break;
		case M3UA_IEI_PROT_DATA:
			good = protocol_data(d, &par);
			break;
		}
	}
	return good && !w.bad && d->sdu ? 0 : -EBADMSG;
}

/* Cursor for writing; full is sticky. */
struct put {
	uint8_t *start, *p, *end;
	bool full;
};

static uint8_t *put_par(struct put *w, uint16_t tag, size_t len)
{
	size_t padded = len + (-len & 3);
	uint8_t *val = w->p + PAR_HEADER;

	if (w->full || (size_t)(w->end - w->p) < PAR_HEADER + padded) {
		w->full = true;
		return NULL;
	}
	osmo_store16be(tag, w->p);
	osmo_store16be(PAR_HEADER + len, w->p + 2);
	memset(val + len, 0, padded - len);
	w->p += PAR_HEADER + padded;
	return val;
}

static void put_word(struct put *w, uint16_t tag, uint32_t value)
{
	uint8_t *val = put_par(w, tag, 4);

	if (val)
		osmo_store32be(value, val);
}

static void put_start(struct put *w, uint8_t *buf, size_t size)
{
	*w = (struct put){ .start = buf, .p = buf + M3UA_HEADER, .end = buf + size,
			   .full = size < M3UA_HEADER };
}

static ssize_t put_end(struct put *w, uint8_t cls, uint8_t type)
{
	if (w->full)
		return -EMSGSIZE;
	w->start[0] = M3UA_VERSION;
	w->start[1] = 0;
	w->start[2] = cls;
	w->start[3] = type;
	osmo_store32be(w->p - w->start, w->start + 4);
	return w->p - w->start;
}

ssize_t m3ua_data_encode(uint8_t *buf, size_t size, const struct m3ua_data *d)
{
	struct put w;
	uint8_t *v;

	if (d->len > M3UA_MAX_SDU)
		return -EMSGSIZE;
	put_start(&w, buf, size);
	if (d->has_na)
		put_word(&w, M3UA_IEI_NET_APPEAR, d->na);
	if (d->has_rc)
		put_word(&w, M3UA_IEI_ROUTE_CTX, d->rc);
	v = put_par(&w, M3UA_IEI_PROT_DATA, LABEL + d->len);
	if (v) {
		osmo_store32be(d->opc, v);
		osmo_store32be(d->dpc, v + 4);
		v[8] = d->si;
		v[9] = d->ni;
		v[10] = d->mp;
		v[11] = d->sls;
		memcpy(v + LABEL, d->sdu, d->len);
	}
	return put_end(&w, M3UA_MSGC_XFER, M3UA_XFER_DATA);
}

static bool ssnm_par(struct m3ua_ssnm *s, const struct m3ua_par *par)
{
	uint32_t v;

	switch (par->tag) {
	case M3UA_IEI_NET_APPEAR:
		return s->has_na = word(par, &s->na);
	case M3UA_IEI_AFFECTED_PC:
		if (s->pcs || par->len == 0 || par->len % 4)
			return false;
		s->pcs = par->val;
		s->n_pcs = par->len / 4;
		return true;
	case M3UA_IEI_CONG_IND:
		if (!word(par, &v))
			return false;
		s->has_level = true;
		s->level = v & 3;
		return true;
	case M3UA_IEI_USER_CAUSE:
		if (!word(par, &v))
			return false;
		s->cause = v >> 16;
		s->user = v & 0xffff;
		return true;
	default:
		return true;
	}
}

int m3ua_ssnm_decode(struct m3ua_ssnm *s, const uint8_t *msg, size_t len)
{
	struct m3ua_walk w;
	struct m3ua_par par;
	bool good = len >= M3UA_HEADER;

	*s = (struct m3ua_ssnm){ .type = good ? msg[3] : 0 };
	m3ua_walk_init(&w, msg, len);
	while (good && m3ua_walk_next(&w, &par))
		good = ssnm_par(s, &par);
	return good && !w.bad && s->pcs ? 0 : -EBADMSG;
}

uint32_t m3ua_ssnm_pc(const struct m3ua_ssnm *s, unsigned int i, uint8_t *ret_mask)
{
	*ret_mask = s->pcs[4 * i];
	return osmo_load32be(s->pcs + 4 * i) & PC_MASK;
}

bool m3ua_ssnm_match(const struct m3ua_ssnm *s, unsigned int i, uint32_t pc)
{
	uint8_t mask;
	uint32_t base = m3ua_ssnm_pc(s, i, &mask);

	return mask >= 24 || base >> mask == pc >> mask;
}

ssize_t m3ua_ssnm_encode(uint8_t *buf, size_t size, const struct m3ua_ssnm_req *r)
{
	struct put w;
	uint8_t *v;

	if (r->n_pcs == 0 || r->n_pcs > M3UA_MAX_PCS)
		return -EMSGSIZE;
	put_start(&w, buf, size);
	if (r->has_na)
		put_word(&w, M3UA_IEI_NET_APPEAR, r->na);
	if (r->has_rc)
		put_word(&w, M3UA_IEI_ROUTE_CTX, r->rc);
	v = put_par(&w, M3UA_IEI_AFFECTED_PC, 4 * r->n_pcs);
	for (unsigned int i = 0; v && i < r->n_pcs; i++)
		osmo_store32be(r->pcs[i], v + 4 * i);
	if (r->type == M3UA_SNM_DUPU)
		put_word(&w, M3UA_IEI_USER_CAUSE, (uint32_t)r->cause << 16 | r->user);
	return put_end(&w, M3UA_MSGC_SNM, r->type);
}

int m3ua_mgmt_decode(struct m3ua_mgmt *m, const uint8_t *msg, size_t len)
{
	struct m3ua_walk w;
	struct m3ua_par par;
	uint32_t v = 0;
	bool good = len >= M3UA_HEADER, seen = false;

	*m = (struct m3ua_mgmt){ .type = good ? msg[3] : 0 };
	m3ua_walk_init(&w, msg, len);
	while (good && m3ua_walk_next(&w, &par)) {
		if (par.tag == (m->type == M3UA_MGMT_ERR ? M3UA_IEI_ERR_CODE : M3UA_IEI_STATUS)) {
			good = seen = word(&par, &v);
		} else if (par.tag == M3UA_IEI_ROUTE_CTX && par.len >= 4) {
			m->has_rc = true;
			m->rc = osmo_load32be(par.val);
		}
	}
	if (!good || w.bad || !seen)
		return -EBADMSG;
	if (m->type == M3UA_MGMT_ERR)
		m->code = v;
	m->status = v >> 16;
	m->info = v & 0xffff;
	return 0;
}

ssize_t m3ua_error_encode(uint8_t *buf, size_t size, uint32_t code)
{
	struct put w;

	put_start(&w, buf, size);
	put_word(&w, M3UA_IEI_ERR_CODE, code);
	return put_end(&w, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
}
