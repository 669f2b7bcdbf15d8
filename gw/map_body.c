/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what a SIP body holds for us, and what we put into one (RFC 3204, 3372, 3398 5.1). */
#include <errno.h>
#include <string.h>

#include "gw/map_tunnel.h"
#include "isup/compat.h"
#include "isup/dialect.h"

enum { MAX_ISUP_BODY = ISUP_MAX_OCTETS };	/* what isup_decode_body() takes */

int map_parse_body(struct sipt_body *b, const struct sip_msg *msg)
{
	int rc = sipt_parse(b, msg->content_type, msg->body, msg->body_len);

	if (rc == 0)
		sipt_disposition(b, msg->content_type, msg->content_disposition);
	return rc;
}

static bool is_isup(const struct sipt_part *part)
{
	return span_is(part->type, "application/isup");
}

/* --- received --- */

/* The dialect to read the part by, or NULL and the reason. */
static const struct isup_dialect *reader(const char **why, const struct sipt_part *part,
					 const struct map_profile *p)
{
	const struct sipt_version own = { p->isup_version, map_dialect(p)->name };
	const char *name;

	*why = NULL;
	if (p->isup_body == MAP_ISUP_NONE)
		*why = "this trunk group takes no ISUP";
	else if (p->isup_trust == MAP_TRUST_NONE)
		*why = "the peer is not trusted";
	else if (part->encoded)
		*why = "it is not binary";
	if (*why)
		return NULL;
	name = sipt_dialect(part, &own);
	if (!name)
		*why = "its version is not known";
	else if (!strcmp(name, map_dialect(p)->name))
		return map_dialect(p);
	return name ? isup_dialect_find(name) : NULL;
}

/* NULL: *isup is what the part holds; else why it is not used. */
static const char *take_part(struct isup_msg *isup, struct isup_fault *f,
			     const struct sipt_part *part, const struct map_profile *p)
{
	const char *why;
	const struct isup_dialect *d = reader(&why, part, p);

	*f = (struct isup_fault){ 0 };
	if (!d)
		return why;
	if (isup_decode_body_unknown(isup, d, part->octets, part->len, f) < 0)
		return f->why;
	map_trust_filter(isup, p, false);
	return NULL;
}

int map_take_isup(struct isup_msg *isup, const struct sipt_part *part, const struct map_profile *p)
{
	struct isup_fault f;

	if (!take_part(isup, &f, part, p))
		return 1;
	return part->required ? -EPROTONOSUPPORT : 0;
}

/* Understood, but not to be used: nobody can insist on that. */
static const char *misplaced(const struct isup_msg *isup, const struct sip_msg *msg,
			     const struct map_profile *p)
{
	if (!map_place_fits(p, isup, msg))
		return "it does not belong in this message";
	return map_trusts_message(p, isup->type) ? NULL : "the peer is not trusted with it";
}

/* RFC 3578 3.2: behind the IAM its SAMs, which are asked for by themselves. */
static bool more_digits(const struct isup_msg *first, const struct sipt_part *part,
			const struct map_profile *p)
{
	struct isup_msg sam;
	struct isup_fault f;

	return first->type == ISUP_MT_IAM && !take_part(&sam, &f, part, p) &&
	       sam.type == ISUP_MT_SAM;
}

/* The first part that can be used, and why another one is not. */
static int take(struct isup_msg *isup, struct map_body_note *note, const struct sipt_body *b,
		const struct sip_msg *msg, const struct map_profile *p)
{
	struct isup_fault f;
	unsigned int i;
	bool used = false, required = false, insists;

	*note = (struct map_body_note){ 0 };
	for (i = 0; i < b->n_parts; i++) {
		const struct sipt_part *part = &b->parts[i];
		const char *why = "only one ISUP message is taken";

		if (!is_isup(part) || (used && more_digits(isup, part, p)))
			continue;
		f = (struct isup_fault){ 0 };
		if (!used)
			why = take_part(isup, &f, part, p);
		insists = why && part->required;
		if (!why)
			why = misplaced(isup, msg, p);
		used = used || !why;
		required = required || insists;
		if (why && !note->why)
			*note = (struct map_body_note){ .why = why, .par = f.par, .at = f.at,
							.required = insists };
	}
	if (used)
		return 1;
	return required ? -EPROTONOSUPPORT : 0;
}

int map_parts_isup(struct isup_msg *isup, const struct sipt_body *b, const struct sip_msg *msg,
		   const struct map_profile *p)
{
	struct map_body_note note;

	return take(isup, &note, b, msg, p);
}

int map_body_isup(struct isup_msg *isup, const struct sip_msg *msg, const struct map_profile *p)
{
	struct sipt_body b;

	return map_parse_body(&b, msg) < 0 ? 0 : map_parts_isup(isup, &b, msg, p);
}

bool map_body_unused(struct map_body_note *note, const struct sip_msg *msg,
		     const struct map_profile *p)
{
	struct isup_msg isup;
	struct sipt_body b;

	if (map_parse_body(&b, msg) < 0)
		*note = (struct map_body_note){ .why = "the body cannot be taken apart" };
	else
		take(&isup, note, &b, msg, p);
	return note->why != NULL;
}

const struct sipt_part *map_find_sdp(struct sipt_body *b, const struct sip_msg *msg)
{
	if (map_parse_body(b, msg) < 0)
		return NULL;
	return sipt_find(b, "application/sdp", NULL);
}

int map_body_sdp(char *buf, size_t size, const struct sip_msg *msg)
{
	const struct sipt_part *part;
	struct sipt_body b;
	int rc;

	buf[0] = '\0';
	part = map_find_sdp(&b, msg);
	if (!part || !part->len)
		return 0;
	if (memchr(part->octets, '\0', part->len))
		return -EBADMSG;
	rc = span_copy(buf, size,
		       (struct span){ .p = (const char *)part->octets, .len = part->len });
	return rc < 0 ? rc : (int)part->len;
}

/* --- sent --- */

/* A type that one of the two dialects has, and the other has not, cannot be said there. */
static bool can_say(const struct isup_msg *m, const struct isup_dialect *d)
{
	return !isup_mt_row(m->dialect, m->type) == !isup_mt_row(d, m->type);
}

unsigned int map_body_lost(const struct isup_msg *isup, const struct map_profile *p)
{
	struct isup_msg m;

	if (isup->dialect == map_dialect(p))
		return 0;
	if (!can_say(isup, map_dialect(p)))
		return isup->n_pars + 1;
	m = *isup;
	return isup_to_dialect(&m, map_dialect(p));
}

/* Octets of the message as this peer gets it; 0: it gets none. */
static size_t encode(uint8_t *octets, size_t size, const struct isup_msg *isup,
		     const struct map_profile *p)
{
	struct isup_msg m;
	ssize_t len;

	if (p->isup_body == MAP_ISUP_NONE || !map_trusts_message(p, isup->type) ||
	    map_place_of(p, isup) == MAP_PLACE_NEVER || !can_say(isup, map_dialect(p)))
		return 0;
	map_template(&m, isup, p);
	map_trust_filter(&m, p, true);
	len = isup_encode_body_unknown(octets, size, &m);
	return len < 0 ? 0 : len;
}

int map_put_body(struct sip_out *out, const char *sdp, const struct isup_msg *isup,
		 const struct map_profile *p)
{
	uint8_t octets[MAX_ISUP_BODY];
	struct sipt_compose c = { .sdp = sdp, .version = p->isup_version, .base = p->isup_base,
				  .required = p->isup_required };

	if (isup)
		c.isup_len = encode(octets, sizeof(octets), isup, p);
	if (c.isup_len)
		c.isup = octets;
	return sipt_compose(out, &c);
}

bool map_out_has_isup(const struct sip_out *out)
{
	struct span type = span_of(out->content_type);

	return span_starts(type, "multipart/") || span_starts(type, "application/isup");
}

int map_sdp_body(struct sip_out *out, const char *sdp)
{
	const struct sipt_compose c = { .sdp = sdp };

	return sipt_compose(out, &c);
}
