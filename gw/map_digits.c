/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: further digits of a called number in messages: in INFO (TS 24.229 annex N, RFC 3204), and
 * in the bodies of further INVITEs (RFC 3578 3.2). */
#include <errno.h>
#include <string.h>

#include "gw/map_overlap.h"
#include "gw/map_parts.h"
#include "isup/dialect.h"

#define DIGITS_HEADER "SubsequentDigit"

/* --- received --- */

bool map_body_has_st(const struct sip_msg *msg, const struct map_profile *p)
{
	const struct sipt_part *part;
	struct isup_number n;
	struct isup_msg m;
	struct sipt_body b;
	unsigned int from = 0;

	if (sipt_parse(&b, msg->content_type, msg->body, msg->body_len) < 0)
		return false;
	while ((part = sipt_find(&b, "application/isup", &from))) {
		if (map_take_isup(&m, part, p) != 1)
			continue;
		if ((m.type == ISUP_MT_IAM && isup_get(&m, ISUP_P_CALLED, &n)) ||
		    (m.type == ISUP_MT_SAM && isup_get(&m, ISUP_P_SUBSEQUENT, &n)))
			if (map_strip_st(&n))
				return true;
	}
	return false;
}

/* phonedigits of TS 24.229 7.12.2 as ISUP writes them. */
static bool take_phonedigits(struct isup_number *n, struct span text)
{
	size_t i;
	char c;

	if (!text.len || text.len > ISUP_MAX_DIGITS)
		return false;
	for (i = 0; i < text.len; i++) {
		c = text.p[i];
		if (c == '*' || c == '#')
			c = c == '*' ? 'B' : 'C';
		else if (c < '0' || c > '9')
			return false;
		n->digits[i] = c;
	}
	n->digits[i] = '\0';
	return true;
}

static bool take_session_info(struct isup_number *n, const struct sipt_part *part)
{
	struct span rest = { .p = (const char *)part->octets, .len = part->len }, line, name;

	while (span_line(&line, &rest)) {
		name = span_until(&line, ':');
		if (span_is(span_trim(name), DIGITS_HEADER))
			return take_phonedigits(n, span_trim(line));
	}
	return false;
}

bool map_info_to_digits(struct map_more *m, const struct sip_msg *info,
			const struct map_profile *p)
{
	const struct sipt_part *part;
	struct sipt_body b;

	memset(m, 0, sizeof(*m));
	if (map_body_isup(&m->sam, info, p) == 1 && m->sam.type == ISUP_MT_SAM) {
		m->has_sam = true;
		return map_sam_to_digits(&m->digits, &m->complete, &m->sam);
	}
	if (sipt_parse(&b, info->content_type, info->body, info->body_len) < 0)
		return false;
	part = sipt_find(&b, "application/x-session-info", NULL);
	if (!part)
		part = sipt_find(&b, "application/session-info", NULL);
	return part && take_session_info(&m->digits, part);
}

/* --- sent --- */

static int put_session_info(struct sip_out *out, const char *digits, const struct map_profile *p)
{
	bool x = map_rule(p, MAP_T_OVERLAP, MAP_OV_INFO_BODY) == MAP_OV_X_SESSION_INFO;
	struct out o = out_to((char *)out->body, sizeof(out->body));
	int n;

	out_str(&o, DIGITS_HEADER ": ");
	for (; *digits; digits++)
		out_char(&o, *digits == 'B' ? '*' : *digits == 'C' ? '#' : *digits);
	out_str(&o, "\r\n");
	n = out_end(&o);
	if (n < 0)
		return n;
	out->body_len = n;
	span_copy(out->content_type, sizeof(out->content_type),
		  span_of(x ? "application/x-session-info" : "application/session-info"));
	if (!x && map_put_header(out, "Info-Package", "infoDtmf") < 0)
		return -EMSGSIZE;
	return map_put_header(out, "Content-Disposition", "signal;handling=optional");
}

static int sam_of(struct isup_msg *sam, const struct cc_prim *address, const struct map_profile *p)
{
	int rc = map_prim_to_isup(sam, address, false, p);

	return rc < 0 ? rc : sam->type == ISUP_MT_SAM ? 0 : -ENOMSG;
}

int map_digits_to_info(struct sip_out *out, const struct map_more *m, const struct map_profile *p)
{
	struct isup_number digits = m->digits;
	const struct isup_msg none = { .dialect = map_dialect(p) };
	const struct cc_prim address = {
		.type = CC_ADDRESS, .isup = m->has_sam ? &m->sam : &none, .u.digits = &digits,
		.complete = m->complete,
	};
	struct isup_msg sam;
	int rc;

	sip_out_clear(out);
	if (p->isup_body == MAP_ISUP_NONE)
		return digits.digits[0] ? put_session_info(out, digits.digits, p) : -ENOMSG;
	rc = sam_of(&sam, &address, p);
	return rc < 0 ? rc : map_put_body(out, NULL, &sam, p);
}

static void merge(struct map_told *t, size_t all)
{
	t->first = all;
	t->n_sams = 0;
}

void map_told_more(struct map_told *t, const struct cc_prim *address, size_t all,
		   const struct map_profile *p)
{
	struct map_sam s = { 0 };
	struct isup_msg m, sam;
	ssize_t len;

	if (map_rule(p, MAP_T_OVERLAP, MAP_OV_SAM) == MAP_OV_MERGED || !address->isup ||
	    sam_of(&m, address, p) < 0) {
		merge(t, all);
		return;
	}
	map_template(&sam, &m, p);
	len = isup_encode_body(s.octets, sizeof(s.octets), &sam);
	if (len < 0) {
		merge(t, all);
		return;
	}
	s.len = len;
	s.digits = address->u.digits ? strlen(address->u.digits->digits) : 0;
	if (t->n_sams == MAP_MAX_SAMS) {
		t->first += t->sams[0].digits;
		memmove(t->sams, t->sams + 1, --t->n_sams * sizeof(t->sams[0]));
	}
	t->sams[t->n_sams++] = s;
}

/* The body alone is that of an INVITE with the first digits: its IAM is as it was. */
static int put_told(struct sip_out *out, const struct map_next *n, const struct map_profile *p)
{
	struct sipt_compose c = {
		.version = p->isup_version, .base = p->isup_base, .required = p->isup_required,
	};
	struct cc_setup first = *n->setup;
	struct sip_out body;
	int rc;

	if (n->told->first < sizeof(first.called.digits))
		first.called.digits[n->told->first] = '\0';
	rc = map_setup_to_invite(&body, &first, n->iam, n->sdp, p);
	if (rc < 0)
		return rc;
	memcpy(out->body, body.body, body.body_len);
	out->body_len = body.body_len;
	memcpy(out->content_type, body.content_type, sizeof(out->content_type));
	for (unsigned int i = 0; rc == 0 && i < n->told->n_sams; i++) {
		c.isup = n->told->sams[i].octets;
		c.isup_len = n->told->sams[i].len;
		rc = sipt_append(out, &c);
	}
	return rc;
}

int map_setup_to_next_invite(struct sip_out *out, const struct map_next *n,
			     const struct map_profile *p)
{
	int rc = map_setup_to_invite(out, n->setup, n->iam, n->sdp, p);

	if (rc < 0 || p->isup_body == MAP_ISUP_NONE || !n->iam || !n->told->n_sams)
		return rc;
	return put_told(out, n, p);
}
