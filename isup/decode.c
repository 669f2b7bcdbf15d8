/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Octets to a message (Q.763 clause 1): checked once, then views into one copy of them. */
#include <errno.h>

#include "isup/compat.h"
#include "isup/dialect.h"

struct decoder {
	struct isup_msg *m;
	const struct isup_mt_row *row;
	size_t at;			/* what comes next */
	size_t len;			/* of the whole */
	size_t used;			/* end of the last parameter of variable length */
	struct isup_fault *f;
};

static int fault(struct decoder *x, uint8_t cause, const char *why, const char *par, size_t at)
{
	x->f->cause = cause;
	x->f->why = why;
	x->f->par = par;
	x->f->at = at;
	return -EBADMSG;
}

static int add(struct decoder *x, uint8_t code, size_t off, size_t len)
{
	const struct isup_par_row *row = isup_par_row(x->m->dialect, code);

	if (x->m->n_pars == ISUP_MAX_PARS)
		return fault(x, ISUP_CAUSE_PROTOCOL, "too many parameters", NULL, off);
	if (row && len < row->min)
		return fault(x, ISUP_CAUSE_CONTENTS, "parameter too short", row->abbr, off);
	if (row && len > row->max)
		return fault(x, ISUP_CAUSE_CONTENTS, "parameter too long", row->abbr, off);
	if (row && row->kind->form && !row->kind->form(row, x->m->octets + off, len))
		return fault(x, ISUP_CAUSE_CONTENTS, "parameter of wrong form", row->abbr, off);
	x->m->par[x->m->n_pars++] = (struct isup_par){ .code = code, .len = len, .off = off };
	return 0;
}

static int decode_fixed(struct decoder *x)
{
	for (int i = 0; i < x->row->n_fixed; i++) {
		uint8_t code = x->row->fixed[i];
		const struct isup_par_row *row = isup_par_row(x->m->dialect, code);
		int rc;

		if (x->len - x->at < row->min)
			return fault(x, ISUP_CAUSE_MISSING, "mandatory parameter missing",
				     row->abbr, x->len);
		rc = add(x, code, x->at, row->min);
		if (rc < 0)
			return rc;
		x->at += row->min;
	}
	return 0;
}

/* Where a pointer leads: an octet after the last pointer and within the message. 0: nowhere. */
static int follow(struct decoder *x, size_t at, size_t end, const char *par, size_t *ret_to)
{
	uint8_t pointer = x->m->octets[at];

	*ret_to = pointer ? at + pointer : 0;
	if (!pointer)
		return 0;
	if (*ret_to < end)
		return fault(x, ISUP_CAUSE_PROTOCOL, "pointer into what is before", par, at);
	if (*ret_to >= x->len)
		return fault(x, ISUP_CAUSE_PROTOCOL, "pointer beyond the message", par, at);
	return 0;
}

static int decode_one_variable(struct decoder *x, uint8_t code, size_t end)
{
	const char *par = isup_par_name(x->m->dialect, code);
	const struct isup_par *p = x->m->par + x->row->n_fixed, *last = x->m->par + x->m->n_pars;
	size_t to, len;
	int rc = follow(x, x->at, end, par, &to);

	if (rc < 0)
		return rc;
	if (!to)
		return fault(x, ISUP_CAUSE_MISSING, "mandatory parameter missing", par, x->at);
	len = x->m->octets[to];
	if (len > x->len - to - 1)
		return fault(x, ISUP_CAUSE_PROTOCOL, "parameter beyond the message", par, to);
	for (; p < last; p++)
		if (to < (size_t)p->off + p->len && p->off - 1u < to + 1 + len)
			return fault(x, ISUP_CAUSE_PROTOCOL, "parameters overlap", par, to);
	if (to + 1 + len > x->used)
		x->used = to + 1 + len;
	return add(x, code, to + 1, len);
}

/* Gaps are allowed: a later version may have more pointers and parameters (Q.764 2.9.5). */
static int decode_variable(struct decoder *x, size_t end)
{
	for (int i = 0; i < x->row->n_var; i++) {
		int rc = decode_one_variable(x, x->row->var[i], end);

		if (rc < 0)
			return rc;
		x->at++;
	}
	return 0;
}

static int decode_optional(struct decoder *x)
{
	const uint8_t *octets = x->m->octets;
	size_t to, at;
	int rc = follow(x, x->at, x->used, NULL, &to);

	if (rc < 0)
		return rc;
	if (!to)
		return 0;
	for (at = to; octets[at] != ISUP_P_END; at += 2 + octets[at + 1]) {
		const char *par = isup_par_name(x->m->dialect, octets[at]);

		if (x->len - at < 2 || octets[at + 1] > x->len - at - 2)
			return fault(x, ISUP_CAUSE_PROTOCOL, "parameter beyond the message", par,
				     at);
		rc = add(x, octets[at], at + 2, octets[at + 1]);
		if (rc < 0)
			return rc;
		if (x->len - at - 2 == octets[at + 1])
			return fault(x, ISUP_CAUSE_PROTOCOL, "no end of optional parameters", NULL,
				     x->len);
	}
	x->used = at + 1;
	return 0;
}

static int decode_opaque(struct decoder *x)
{
	while (x->at < x->len) {
		size_t n = x->len - x->at < UINT8_MAX ? x->len - x->at : UINT8_MAX;
		int rc = add(x, ISUP_P_BODY, x->at, n);

		if (rc < 0)
			return rc;
		x->at += n;
	}
	return 0;
}

static int decode_parts(struct decoder *x)
{
	size_t end;
	int rc;

	if (x->row->opaque)
		return decode_opaque(x);
	rc = decode_fixed(x);
	if (rc < 0)
		return rc;
	end = x->used = x->at + x->row->n_var + x->row->optional;
	if (end > x->len)
		return fault(x, ISUP_CAUSE_PROTOCOL, "pointer missing", NULL, x->len);
	rc = decode_variable(x, end);
	if (rc == 0 && x->row->optional)
		rc = decode_optional(x);
	if (rc == 0 && x->used < x->len)
		return fault(x, ISUP_CAUSE_PROTOCOL, "octets after the last parameter", NULL,
			     x->used);
	return rc;
}

static int decode(struct decoder *x, const uint8_t *buf, const struct isup_mt_row *unknown)
{
	struct isup_msg *m = x->m;

	if (x->len > sizeof(m->octets))
		return fault(x, ISUP_CAUSE_PROTOCOL, "message too long", NULL, sizeof(m->octets));
	if (x->at == x->len)
		return fault(x, ISUP_CAUSE_PROTOCOL, "no message type", NULL, x->at);
	memcpy(m->octets, buf, x->len);
	m->used = x->len;
	m->type = x->f->type = m->octets[x->at];
	x->row = isup_mt_row(m->dialect, m->type);
	if (!x->row)
		x->row = unknown;
	if (!x->row)
		return fault(x, ISUP_CAUSE_MESSAGE, "unknown message type", NULL, x->at);
	x->at++;
	return decode_parts(x);
}

static void start(struct isup_msg *m, const struct isup_dialect *d, struct isup_fault *f)
{
	m->dialect = d;
	m->cic = 0;
	m->type = 0;
	m->n_pars = 0;
	m->used = 0;
	*f = (struct isup_fault){ 0 };
}

static int decode_cic(struct decoder *x, const struct isup_dialect *d, const uint8_t *buf)
{
	start(x->m, d, x->f);
	if (x->len < 2)
		return fault(x, ISUP_CAUSE_PROTOCOL, "no circuit identification code", NULL,
			     x->len);
	x->m->cic = (buf[0] | buf[1] << 8) & isup_max_cic(d);
	x->f->cic = x->m->cic;
	x->f->has_cic = true;
	x->at = 2;
	return 0;
}

int isup_decode(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf, size_t len,
		struct isup_fault *f)
{
	struct isup_fault unwanted;
	struct decoder x = { .m = m, .len = len, .f = f ? f : &unwanted };
	int rc = decode_cic(&x, d, buf);

	return rc < 0 ? rc : decode(&x, buf, NULL);
}

int isup_decode_unknown(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf,
			size_t len, struct isup_fault *f)
{
	struct isup_fault unwanted;
	struct decoder x = { .m = m, .len = len, .f = f ? f : &unwanted };
	int rc = decode_cic(&x, d, buf);

	return rc < 0 ? rc : decode(&x, buf, &isup_unknown_message);
}

int isup_decode_body(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf,
		     size_t len, struct isup_fault *f)
{
	struct isup_fault unwanted;
	struct decoder x = { .m = m, .len = len, .f = f ? f : &unwanted };

	start(m, d, x.f);
	return decode(&x, buf, NULL);
}

int isup_decode_body_unknown(struct isup_msg *m, const struct isup_dialect *d, const uint8_t *buf,
			     size_t len, struct isup_fault *f)
{
	struct isup_fault unwanted;
	struct decoder x = { .m = m, .len = len, .f = f ? f : &unwanted };

	start(m, d, x.f);
	return decode(&x, buf, &isup_unknown_message);
}
