/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the calling party of an INVITE - From, P-Asserted-Identity, Privacy (RFC 3398 8.2.1.3;
 * RFC 3323, 3325; Q.1912.5). What is restricted once never becomes allowed. */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"

enum { STATUS_PRIVACY_CRITICAL = 500 };		/* RFC 3323 5 */

/* What the From header says of the caller. */
enum from_kind { FROM_NOBODY, FROM_ANONYMOUS, FROM_NAME, FROM_NUMBER };

struct caller {
	enum from_kind kind;
	bool has_asserted;
	struct isup_number from, asserted;
	char asserted_name[CC_MAX_NAME];
};

static bool is_anonymous(const struct uri *u)
{
	return span_is(u->user, "anonymous") || span_is(u->host, "anonymous.invalid");
}

static void category_from(struct cc_setup *s, const struct uri *u, const struct sip_msg *inv,
			  const struct map_profile *p)
{
	struct span value;

	if (!map_header_taken(p, MAP_H_CPC) ||
	    (!param_find(&value, u->user_params, "cpc") && !param_find(&value, u->params, "cpc")))
		return;
	if (map_category_of(&s->category, value, inv->accept_language, p))
		s->has_category = true;
}

/* Of (at most two, RFC 3325 9.1) asserted identities the first that is a number, and the first that
 * is not. */
static void take_asserted(struct caller *c, struct cc_setup *s, const struct sip_msg *inv,
			  const struct map_profile *p)
{
	struct span rest = span_of(p->trust_pai ? inv->pai : NULL), item;
	struct name_addr a;
	struct isup_number n;

	while (span_element(&item, &rest, ',')) {
		if (name_addr_parse(&a, item) < 0)
			continue;
		if (!c->asserted_name[0])
			display_text(c->asserted_name, sizeof(c->asserted_name), a.display);
		category_from(s, &a.uri, inv, p);
		map_line_from_uri(s, &a.uri, p);
		if (map_number_from_uri(&n, &a.uri, map_plan_of(p)) == 0) {
			if (!c->has_asserted)
				c->asserted = n;
			c->has_asserted = true;
		} else if (!s->party.asserted[0]) {
			span_copy(s->party.asserted, sizeof(s->party.asserted), a.uri_text);
		}
	}
}

static void take_from(struct caller *c, struct cc_setup *s, const struct sip_msg *inv,
		      const struct map_profile *p)
{
	struct name_addr a;

	s->calling_name[0] = s->calling_user[0] = '\0';
	if (!inv->from || name_addr_parse(&a, span_of(inv->from)) < 0 ||
	    span_is(a.uri.host, "unknown.invalid"))	/* TS 23.003 13.7: unavailable */
		return;
	if (is_anonymous(&a.uri)) {
		c->kind = FROM_ANONYMOUS;
		s->party.privacy |= CC_PRIVACY_ANONYMOUS;
		return;
	}
	display_text(s->calling_name, sizeof(s->calling_name), a.display);
	if (p->trust_pai)	/* anybody could call himself an operator */
		category_from(s, &a.uri, inv, p);
	if (map_number_from_uri(&c->from, &a.uri, map_plan_of(p)) == 0) {
		c->kind = FROM_NUMBER;
		return;
	}
	if (uri_user(s->calling_user, sizeof(s->calling_user), &a.uri) < 0)
		s->calling_user[0] = '\0';
	if (s->calling_user[0])
		c->kind = FROM_NAME;
}

/* A number that the trunk group gives to callers whom nobody asserts (Q.1912.5). */
static void take_default(struct caller *c, const struct map_profile *p)
{
	if (c->has_asserted || !p->default_calling[0])
		return;
	c->asserted = (struct isup_number){ .npi = NPI_E164 };
	map_number_global(&c->asserted, p->default_calling, map_plan_of(p));
	c->has_asserted = true;
}

static bool hides_asserted(const struct cc_setup *s)
{
	return s->party.privacy & CC_PRIVACY_HIDES;
}

static bool hides_from(const struct cc_setup *s, const struct map_profile *p)
{
	uint8_t bits = CC_PRIVACY_HIDES;

	if (map_identity(p, MAP_ID_PRIVACY_ID) != MAP_IDENTITY_ALL)
		bits &= ~CC_PRIVACY_ID;
	return s->party.privacy & bits;
}

static void restrict_number(struct isup_number *n)
{
	if (n->apri == APRI_ALLOWED)
		n->apri = APRI_RESTRICTED;
}

/* Without a number in the headers: an encapsulated number stays when they only say that it shall
 * not be shown. */
static void keep_calling(struct cc_setup *s, enum from_kind from)
{
	if (hides_asserted(s)) {
		restrict_number(&s->calling);
		restrict_number(&s->additional);
	}
	if (from == FROM_NAME || (from == FROM_NOBODY && s->calling.apri == APRI_ALLOWED))
		s->has_calling = s->has_additional = false;
}

/* The header's number wins (RFC 3398 8.2.1.3); where an encapsulated one is the same, its
 * screening is known, and that it is restricted. */
static void set_calling(struct cc_setup *s, const struct isup_number *n, uint8_t screening)
{
	bool known = s->has_calling && map_same_number(&s->calling, n);
	struct isup_number old = s->calling;

	s->calling = *n;
	s->calling.si = known ? old.si : screening;
	s->calling.inn = known ? old.inn : 0;
	s->calling.apri = known && old.apri != APRI_UNAVAILABLE ? old.apri : APRI_ALLOWED;
	if (hides_asserted(s))
		restrict_number(&s->calling);
	s->has_calling = true;
}

/* Q.1912.5: what the user says of himself goes into a generic number, not verified. */
static void set_additional(struct cc_setup *s, const struct isup_number *from, bool hidden)
{
	s->has_additional = true;
	s->additional = *from;
	s->additional.qualifier = QUALIFIER_ADDITIONAL_CALLING;
	s->additional.apri = hidden ? APRI_RESTRICTED : APRI_ALLOWED;
}

/* The body restricts the number that From shows. */
static bool restricted_by_body(const struct cc_setup *s, const struct isup_number *from)
{
	if (s->has_calling && s->calling.apri != APRI_ALLOWED && map_same_number(&s->calling, from))
		return true;
	return s->has_additional && s->additional.apri != APRI_ALLOWED &&
	       map_same_number(&s->additional, from);
}

/* The peer's gateway shows the additional number in From: then the body's calling number is the one
 * behind it. */
static bool shows_additional(const struct cc_setup *s, const struct caller *c)
{
	return !c->has_asserted && s->has_calling && s->has_additional &&
	       map_same_number(&c->from, &s->additional);
}

static void take_numbers(struct cc_setup *s, const struct caller *c, const struct map_profile *p)
{
	bool from_counts = map_identity(p, MAP_ID_CALLER) == MAP_IDENTITY_ASSERTED_OR_FROM;
	bool hidden = hides_from(s, p) || restricted_by_body(s, &c->from);

	if (shows_additional(s, c)) {
		if (hides_asserted(s)) {
			restrict_number(&s->calling);
			restrict_number(&s->additional);
		}
		return;
	}
	if (!c->has_asserted && from_counts) {
		s->has_additional = false;
		set_calling(s, &c->from, map_rule(p, MAP_T_INDICATOR, MAP_I_SCREENING_FROM));
		return;
	}
	if (c->has_asserted) {
		set_calling(s, &c->asserted,
			    map_rule(p, MAP_T_INDICATOR, MAP_I_SCREENING_ASSERTED));
	} else if (s->has_calling) {	/* the encapsulated one stands */
		if (hides_asserted(s))
			restrict_number(&s->calling);
	} else {
		s->party.from_only = true;
	}
	if (c->kind == FROM_NUMBER && !map_same_number(&c->from, &s->calling) &&
	    (s->party.from_only || map_identity(p, MAP_ID_FROM_NUMBER) == MAP_IDENTITY_GENERIC))
		set_additional(s, &c->from, hidden);
	else if (c->kind == FROM_ANONYMOUS && s->has_additional)
		restrict_number(&s->additional);
	else
		s->has_additional = false;
}

static void take_name(struct cc_setup *s, const struct caller *c, const struct map_profile *p)
{
	s->party.name_restricted = hides_from(s, p);
	s->party.name_claimed = s->calling_name[0] && strcmp(s->calling_name, c->asserted_name);
	if (s->calling_name[0] || !c->asserted_name[0])
		return;
	memcpy(s->calling_name, c->asserted_name, sizeof(s->calling_name));
	s->party.name_restricted = hides_asserted(s);
}

int map_calling_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			 const struct map_profile *p)
{
	struct caller c = { .kind = FROM_NOBODY };
	bool unknown;

	s->party.privacy = map_privacy_of(&unknown, inv->privacy);
	if (unknown && s->party.privacy & CC_PRIVACY_CRITICAL)
		return STATUS_PRIVACY_CRITICAL;
	take_from(&c, s, inv, p);
	take_asserted(&c, s, inv, p);
	take_default(&c, p);
	if (!c.has_asserted && c.kind != FROM_NUMBER)
		keep_calling(s, c.kind);
	else
		take_numbers(s, &c, p);
	take_name(s, &c, p);
	map_charge_from_sip(s, inv, p);
	map_priority_from_sip(s, inv, p);
	return 0;
}

void map_keep_private(struct cc_setup *s, const struct isup_number *from)
{
	if (!hides_asserted(s))
		return;
	restrict_number(&s->calling);
	if (from->apri != APRI_ALLOWED || !from->digits[0] ||
	    !map_same_number(&s->additional, from))
		restrict_number(&s->additional);
}
