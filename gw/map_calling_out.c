/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the calling party in an INVITE that we send - From, P-Asserted-Identity, Privacy
 * (RFC 3398 7.2.1.1; RFC 3323, 3325; Q.1912.5). */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"

static bool is_number(const struct isup_number *n)
{
	return n->apri != APRI_UNAVAILABLE && n->digits[0] && n->npi == NPI_E164;
}

static bool has_calling(const struct cc_setup *s)
{
	return s->has_calling && is_number(&s->calling);
}

/* What the called user is shown: the additional number where there is one; NULL: none. */
static const struct isup_number *shown(const struct cc_setup *s, const struct map_profile *p)
{
	bool additional = s->has_additional && is_number(&s->additional) &&
			  (s->has_calling || s->party.from_only);

	if (additional && map_identity(p, MAP_ID_SHOWN) == MAP_IDENTITY_ADDITIONAL)
		return &s->additional;
	if (has_calling(s))
		return &s->calling;
	return additional && s->party.from_only ? &s->additional : NULL;
}

/* Who calls must not be told: n is what would be shown, or NULL. */
static bool is_hidden(const struct cc_setup *s, const struct isup_number *n,
		      const struct map_profile *p)
{
	bool all = map_identity(p, MAP_ID_PRIVACY_ID) == MAP_IDENTITY_ALL;

	if (n && n->apri != APRI_ALLOWED)
		return true;
	if (all && has_calling(s) && s->calling.apri != APRI_ALLOWED)
		return true;
	return s->party.privacy & (all ? CC_PRIVACY_HIDES : CC_PRIVACY_HIDES & ~CC_PRIVACY_ID);
}

const struct isup_number *map_shown_number(const struct cc_setup *s, const struct map_profile *p)
{
	const struct isup_number *n = shown(s, p);

	return is_hidden(s, n, p) ? NULL : n;
}

static void out_name(struct out *o, const struct cc_setup *s)
{
	if (!s->calling_name[0] || s->party.name_restricted)
		return;
	out_display(o, s->calling_name);
	out_char(o, ' ');
}

/* An incomplete number (Q.763 3.10 NI) is none that the world knows. */
static bool out_number(struct out *o, const struct isup_number *n, const struct cc_setup *s,
		       const struct map_profile *p, const char *params)
{
	struct map_plan nowhere = { "", "" };
	struct isup_number local = *n;

	if (n->inn)
		local.nai = NAI_UNKNOWN;
	return map_out_number_with(o, &local, n->inn ? nowhere : map_plan_of_setup(s, p),
				   p->local_host, params);
}

static void out_nobody(struct out *o, const struct map_profile *p)
{
	switch (map_identity(p, MAP_ID_UNAVAILABLE)) {
	case MAP_IDENTITY_ANONYMOUS:
		out_str(o, "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
		break;
	case MAP_IDENTITY_UNAVAILABLE:
		out_str(o, "<sip:unavailable@unknown.invalid>");
		break;
	default:
		out_fmt(o, "<sip:%s>", p->local_host);
	}
}

/* For numbers that somebody verified, and are whole (RFC 3325, Q.1912.5). */
static bool may_assert(const struct cc_setup *s)
{
	return has_calling(s) && !s->calling.inn &&
	       (s->calling.si == SI_NETWORK || s->calling.si == SI_PASSED);
}

static int put_from(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->from, sizeof(out->from));
	const struct isup_number *n = shown(s, p);
	bool line = !p->send_pai || !may_assert(s);	/* else it is in P-Asserted-Identity */
	char place[32] = "";
	struct out par = out_to(place, sizeof(place));

	if (line)
		map_out_place(&par, s, p);
	out_end(&par);
	if (is_hidden(s, n, p)) {
		/* RFC 3398 7.2.1.1, RFC 3323 4.1 */
		out_str(&o, "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
	} else if (n) {
		out_name(&o, s);
		out_char(&o, '<');
		if (!out_number(&o, n, s, p, place) && has_calling(s))
			out_number(&o, &s->calling, s, p, place);
		if (line)
			map_out_line(&o, s, p);
		out_char(&o, '>');
	} else if (s->calling_user[0] && !s->has_calling) {
		out_name(&o, s);
		out_str(&o, "<sip:");
		out_user(&o, s->calling_user);
		out_fmt(&o, "@%s>", p->local_host);
	} else {
		out_nobody(&o, p);
	}
	return out_end(&o);
}

void map_out_caller(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	const char *language, *cpc = map_cpc_of(&language, s->category, p);

	if (cpc && s->has_category && map_header_sent(p, MAP_H_CPC))
		out_fmt(o, ";cpc=%s", cpc);
}

static int put_language(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	const char *language, *cpc = map_cpc_of(&language, s->category, p);

	if (!cpc || !language || !s->has_category || !map_header_sent(p, MAP_H_CPC))
		return 0;
	return map_put_header(out, "Accept-Language", language);
}

/* "tel:+49...;cpc=payphone"; where a number is not global a sip URI says all of it. */
static bool out_tel(struct out *o, const struct cc_setup *s, const struct map_profile *p,
		    const char *params)
{
	char digits[2 * ISUP_MAX_DIGITS];
	bool global;

	if (map_number_text(digits, sizeof(digits), &global, &s->calling,
			    map_plan_of_setup(s, p)) < 0 || !global)
		return false;
	out_fmt(o, "<tel:+%s%s", digits, params);
	map_out_line(o, s, p);
	out_char(o, '>');
	return true;
}

static void out_asserted(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	uint16_t form = map_identity(p, MAP_ID_ASSERTED_FORM);
	char params[160];
	struct out par = out_to(params, sizeof(params));
	bool tel = false;

	map_out_caller(&par, s, p);
	map_out_place(&par, s, p);
	out_end(&par);
	if (form == MAP_IDENTITY_TEL)
		tel = out_tel(o, s, p, params);
	if (!tel) {
		if (!s->party.name_claimed)
			out_name(o, s);
		out_char(o, '<');
		out_number(o, &s->calling, s, p, params);
		map_out_line(o, s, p);
		out_char(o, '>');
	}
	if (form != MAP_IDENTITY_BOTH || s->party.asserted[0])
		return;
	out_str(o, ", ");
	if (!out_tel(o, s, p, params))
		o->len -= 2;
}

static uint8_t restricted_bits(const struct map_profile *p)
{
	switch (map_identity(p, MAP_ID_RESTRICTED)) {
	case MAP_IDENTITY_ID_HEADER:
		return CC_PRIVACY_ID | CC_PRIVACY_HEADER;
	case MAP_IDENTITY_ID_USER:
		return CC_PRIVACY_ID | CC_PRIVACY_USER;
	case MAP_IDENTITY_ID_HEADER_USER:
		return CC_PRIVACY_ID | CC_PRIVACY_HEADER | CC_PRIVACY_USER;
	default:
		return CC_PRIVACY_ID;
	}
}

/* P-Asserted-Identity goes to trusted peers only, and with the privacy that it needs. */
static int put_asserted(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->pai, sizeof(out->pai));
	uint8_t privacy = s->party.privacy & (CC_PRIVACY_SESSION | CC_PRIVACY_CRITICAL);
	int rc;

	if (p->send_pai && s->party.asserted[0])
		out_fmt(&o, "<%s>", s->party.asserted);
	if (p->send_pai && may_assert(s)) {
		out_str(&o, o.len ? ", " : "");
		out_asserted(&o, s, p);
	}
	rc = out_end(&o);
	if (rc < 0)
		return rc;
	if (rc > 0) {
		privacy |= s->party.privacy & (CC_PRIVACY_ID | CC_PRIVACY_HEADER | CC_PRIVACY_USER);
		if ((may_assert(s) && s->calling.apri != APRI_ALLOWED) ||
		    s->party.privacy & CC_PRIVACY_HIDES)
			privacy |= restricted_bits(p);
	}
	if (privacy & ~CC_PRIVACY_CRITICAL)
		map_privacy_text(out->privacy, sizeof(out->privacy), privacy);
	return rc > 0 && may_assert(s) ? put_language(out, s, p) : 0;
}

int map_calling_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	int rc = put_from(out, s, p);

	if (rc >= 0)
		rc = put_asserted(out, s, p);
	if (rc >= 0)
		rc = map_charge_to_sip(out, s, p);
	if (rc >= 0)
		rc = map_priority_to_sip(out, s, p);
	return rc < 0 ? rc : map_group_to_sip(out, s, p);
}
