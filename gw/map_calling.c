/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the calling party - From, P-Asserted-Identity, Privacy (RFC 3398 7.2.1.1, 8.2.1.3; RFC
 * 3323, 3325; Q.1912.5). */
#include <errno.h>
#include <string.h>

#include "gw/map_parts.h"

/* Calling party's category -> cpc parameter; one row a direction where several share a name. */
static const struct { uint8_t category; const char *cpc; } categories[] = {
	{ 10, "ordinary" }, { 11, "priority" }, { 12, "data" }, { 13, "test" }, { 15, "payphone" },
	{ 0, "unknown" },
	{ 16, "mobile-hplmn" }, { 17, "mobile-vplmn" }, { 9, "operator" },
	{ 1, "operator" }, { 2, "operator" }, { 3, "operator" }, { 4, "operator" },
	{ 5, "operator" },
};

static bool is_anonymous(const struct uri *u)
{
	return span_is(u->user, "anonymous") || span_is(u->host, "anonymous.invalid");
}

/* RFC 3323 4.2, RFC 3325 9.3: does the caller want the number hidden? */
static bool wants_privacy(const char *privacy)
{
	struct span rest = span_of(privacy), token;

	while (rest.len) {
		token = span_until(&rest, ';');
		while (token.len) {
			struct span word = span_trim(span_until(&token, ','));

			if (span_is(word, "id") || span_is(word, "header") || span_is(word, "user"))
				return true;
		}
	}
	return false;
}

static void category_from(struct cc_setup *s, const struct uri *u)
{
	struct span value;
	size_t i;

	if (!param_find(&value, u->user_params, "cpc") && !param_find(&value, u->params, "cpc"))
		return;
	for (i = 0; i < ARRAY_SIZE(categories); i++) {
		if (span_is(value, categories[i].cpc)) {
			s->category = categories[i].category;
			s->has_category = true;
			return;
		}
	}
}

/* The first of (at most two, RFC 3325 9.1) asserted identities that is a number. */
static bool asserted_number(struct isup_number *n, struct cc_setup *s, const struct sip_msg *inv,
			    const struct map_profile *p)
{
	struct span rest = span_of(p->trust_pai ? inv->pai : NULL), item;
	struct name_addr a;

	while (span_element(&item, &rest, ',')) {
		if (name_addr_parse(&a, item) < 0)
			continue;
		category_from(s, &a.uri);
		if (map_number_from_uri(n, &a.uri, map_plan_of(p)) == 0)
			return true;
	}
	return false;
}

/* What the From header says of the caller. */
enum from_kind { FROM_NOBODY, FROM_ANONYMOUS, FROM_NAME, FROM_NUMBER };

static enum from_kind from_header(struct cc_setup *s, struct isup_number *n,
				  const struct sip_msg *inv, const struct map_profile *p)
{
	struct map_plan plan = map_plan_of_call(s);
	struct name_addr a;

	s->calling_name[0] = s->calling_user[0] = '\0';
	if (!inv->from || name_addr_parse(&a, span_of(inv->from)) < 0)
		return FROM_NOBODY;
	if (is_anonymous(&a.uri))
		return FROM_ANONYMOUS;
	display_text(s->calling_name, sizeof(s->calling_name), a.display);
	if (p->trust_pai)	/* anybody could call himself an operator */
		category_from(s, &a.uri);
	if (map_number_from_uri(n, &a.uri, plan) == 0)
		return FROM_NUMBER;
	if (uri_user(s->calling_user, sizeof(s->calling_user), &a.uri) < 0)
		s->calling_user[0] = '\0';
	return s->calling_user[0] ? FROM_NAME : FROM_NOBODY;
}

/* Without a number in the headers: an encapsulated number stays when they only say that it shall
 * not be shown. */
static void keep_calling(struct cc_setup *s, enum from_kind from)
{
	if (from == FROM_ANONYMOUS && s->has_calling && s->calling.apri == APRI_ALLOWED)
		s->calling.apri = APRI_RESTRICTED;
	if (from == FROM_NAME || (from == FROM_NOBODY && s->calling.apri == APRI_ALLOWED))
		s->has_calling = s->has_additional = false;
}

/* The header's number wins (RFC 3398 8.2.1.3); where an encapsulated one is the same, its
 * screening is known. */
static void set_calling(struct cc_setup *s, const struct isup_number *n, bool hidden)
{
	bool known = s->has_calling && map_same_number(&s->calling, n);
	struct isup_number old = s->calling;

	s->calling = *n;
	s->calling.si = known ? old.si : SI_NETWORK;
	s->calling.inn = known ? old.inn : 0;
	s->calling.apri = hidden ? APRI_RESTRICTED : APRI_ALLOWED;
	s->has_calling = true;
}

void map_calling_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			  const struct map_profile *p)
{
	struct isup_number from = { 0 }, pai = { 0 };
	enum from_kind kind = from_header(s, &from, inv, p);
	bool has_pai = asserted_number(&pai, s, inv, p);
	bool hidden = kind == FROM_ANONYMOUS || wants_privacy(inv->privacy);

	if (!has_pai && kind != FROM_NUMBER) {
		keep_calling(s, kind);
		return;
	}
	/* The peer's gateway shows the additional number in From: then the body's calling number
	 * is the one behind it. */
	if (!has_pai && s->has_calling && s->has_additional &&
	    map_same_number(&from, &s->additional)) {
		if (hidden)
			s->calling.apri = s->additional.apri = APRI_RESTRICTED;
		return;
	}
	set_calling(s, has_pai ? &pai : &from, hidden);
	/* Q.1912.5 7.1.3: what the user says of himself goes into a generic number, not
	 * verified. */
	s->has_additional = has_pai && kind == FROM_NUMBER && !map_same_number(&from, &pai);
	s->additional = from;
	s->additional.qualifier = QUALIFIER_ADDITIONAL_CALLING;
	s->additional.apri = s->calling.apri;
}

/* What the called user is shown: the additional number where there is one (Q.1912.5 6.1.3.5). */
static const struct isup_number *shown(const struct cc_setup *s)
{
	return s->has_additional ? &s->additional : &s->calling;
}

static bool has_digits(const struct cc_setup *s)
{
	return s->has_calling && s->calling.apri != APRI_UNAVAILABLE && s->calling.digits[0] &&
	       s->calling.npi == NPI_E164;
}

static void out_name(struct out *o, const char *name)
{
	if (!name[0])
		return;
	out_display(o, name);
	out_char(o, ' ');
}

static int put_from(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->from, sizeof(out->from));
	struct map_plan plan = map_plan_of_setup(s, p);

	if (has_digits(s) && shown(s)->apri == APRI_ALLOWED && s->calling.apri == APRI_ALLOWED) {
		out_name(&o, s->calling_name);
		out_char(&o, '<');
		if (!map_out_number(&o, shown(s), plan, p->local_host))
			map_out_number(&o, &s->calling, plan, p->local_host);
		out_char(&o, '>');
	} else if (has_digits(s)) {
		/* RFC 3398 7.2.1.1, RFC 3323 4.1 */
		out_str(&o, "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
	} else if (s->calling_user[0] && !s->has_calling) {
		out_name(&o, s->calling_name);
		out_str(&o, "<sip:");
		out_user(&o, s->calling_user);
		out_fmt(&o, "@%s>", p->local_host);
	} else {
		out_fmt(&o, "<sip:%s>", p->local_host);
	}
	return out_end(&o);
}

static const char *cpc_of(uint8_t category)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(categories); i++)
		if (categories[i].category == category)
			return categories[i].cpc;
	return NULL;
}

/* "sip:+49...;cpc=payphone@host;user=phone": the category stands with the number it belongs to. */
static void out_asserted(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	const char *cpc = s->category == 10 ? NULL : cpc_of(s->category);
	char digits[2 * ISUP_MAX_DIGITS];
	bool global = false;

	map_number_text(digits, sizeof(digits), &global, &s->calling, map_plan_of_setup(s, p));
	out_fmt(o, "<sip:%s%s%s%s@%s;user=phone>", global ? "+" : "", digits, cpc ? ";cpc=" : "",
		cpc ? cpc : "", p->local_host);
}

/* P-Asserted-Identity to a trusted peer, for numbers that somebody verified (RFC 3325, Q.1912.5
 * 6.1.3.4). */
static int put_asserted(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->pai, sizeof(out->pai));

	if (!p->send_pai || !has_digits(s) ||
	    (s->calling.si != SI_NETWORK && s->calling.si != SI_PASSED))
		return 0;
	out_asserted(&o, s, p);
	if (s->calling.apri != APRI_ALLOWED)
		span_copy(out->privacy, sizeof(out->privacy), span_of("id"));
	return out_end(&o);
}

int map_calling_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	int rc = put_from(out, s, p);

	return rc < 0 ? rc : put_asserted(out, s, p);
}
