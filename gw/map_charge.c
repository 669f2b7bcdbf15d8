/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: who pays, from what line and from where (T1.113) - charge number and P-Charge-Info (RFC
 * 8496), originating line information and isup-oli, jurisdiction and rn of the caller (RFC 4694
 * 5.2.3). Each only where the table of headers allows it; taken from trusted peers alone, and who
 * pays is told to those alone. */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"
#include "isup/dialect.h"

enum { ANI_SUBSCRIBER = 1, ANI_NATIONAL = 3, ANI_CALLED = 4 };	/* 5 and 7: of the called party */
enum { JIP_DIGITS = 6 };

/* --- from SIP --- */

static void take_charge(struct cc_setup *s, const char *p_charge_info, const struct map_profile *p)
{
	struct span rest = span_of(p_charge_info), item, value;
	struct name_addr a;
	uint64_t noa;

	if (!map_header_taken(p, MAP_H_CHARGE) || !p->trust_pai ||
	    !span_element(&item, &rest, ',') || name_addr_parse(&a, item) < 0)
		return;
	s->party.has_charge =
		map_number_from_uri(&s->party.charge, &a.uri, map_plan_of(p)) == 0;
	/* as many say it, though RFC 8496 does not */
	if (param_find(&value, a.params, "noa") && span_number(&noa, value, 7) && noa > ANI_CALLED)
		s->party.charge_called = true;
}

static bool parameter(struct span *value, const struct uri *u, const char *name)
{
	return param_find(value, u->user_params, name) || param_find(value, u->params, name);
}

/* The first six digits of a national number. */
static void take_jip(struct cc_setup *s, struct span value, const struct map_profile *p)
{
	size_t cc = strlen(p->country_code), n = 0;
	char digits[ISUP_MAX_DIGITS + 1];
	bool global = value.len && value.p[0] == '+';

	for (; value.len && n + 1 < sizeof(digits); value = span_skip(value, 1))
		if (value.p[0] >= '0' && value.p[0] <= '9')
			digits[n++] = value.p[0];
	digits[n] = '\0';
	if (!global || strncmp(digits, p->country_code, cc) != 0)
		cc = 0;
	if (n - cc < JIP_DIGITS || (global && !cc))
		return;
	memcpy(s->party.jip, digits + cc, JIP_DIGITS);
	s->party.jip[JIP_DIGITS] = '\0';
}

void map_line_from_uri(struct cc_setup *s, const struct uri *u, const struct map_profile *p)
{
	struct span value;
	uint64_t oli;

	if (!p->trust_pai)
		return;
	if (map_header_taken(p, MAP_H_OLI) && !s->party.has_oli &&
	    (parameter(&value, u, "isup-oli") || parameter(&value, u, "oli")) &&
	    span_number(&oli, value, 99)) {
		s->party.has_oli = true;
		s->party.oli = oli;
	}
	if (map_header_taken(p, MAP_H_JIP) && !s->party.jip[0] &&
	    (parameter(&value, u, "jip") || parameter(&value, u, "rn")))
		take_jip(s, value, p);
}

void map_charge_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			 const struct map_profile *p)
{
	struct name_addr a;

	take_charge(s, inv->p_charge_info, p);
	/* behind those of P-Asserted-Identity */
	if (inv->from && name_addr_parse(&a, span_of(inv->from)) == 0)
		map_line_from_uri(s, &a.uri, p);
}

/* --- to SIP --- */

void map_out_line(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	if (s->party.has_oli && map_header_sent(p, MAP_H_OLI))
		out_fmt(o, ";isup-oli=%02u", s->party.oli);
}

/* RFC 4694 has it for telephone numbers: in a sip URI its place is before the host (RFC 3261
 * 19.1.6). */
void map_out_place(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	const char *cc = map_plan_of_setup(s, p).cc;

	if (s->party.jip[0] && cc[0] && map_header_sent(p, MAP_H_JIP))
		out_fmt(o, ";rn=+%s%s", cc, s->party.jip);
}

int map_charge_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	char value[SIP_MAX_TEXT];
	struct out o = out_to(value, sizeof(value));

	if (!s->party.has_charge || !map_header_sent(p, MAP_H_CHARGE) || !p->send_pai)
		return 0;
	out_char(&o, '<');
	if (!map_out_number(&o, &s->party.charge, map_plan_of_setup(s, p), p->local_host))
		return 0;
	out_char(&o, '>');
	if (s->party.charge_called)
		out_fmt(&o, ";noa=%u", ANI_CALLED + s->party.charge.nai);
	return out_end(&o) < 0 ? -EMSGSIZE : map_put_header(out, "P-Charge-Info", value);
}

/* --- IAM --- */

void map_charge_from_iam(struct cc_setup *s, const struct isup_msg *iam)
{
	struct cc_party *party = &s->party;
	struct isup_octet oli;
	struct isup_bcd jip;
	struct isup_number n;

	party->has_oli = isup_get(iam, ISUP_P_OLI, &oli);
	party->oli = party->has_oli ? oli.value : 0;
	if (isup_get(iam, ISUP_P_JIP, &jip))
		span_copy(party->jip, sizeof(party->jip), span_of(jip.digits));
	if (!isup_get(iam, ISUP_P_CHARGE_NUMBER, &n) || n.npi != NPI_E164 || !n.digits[0] ||
	    !map_digits_ok(&n))
		return;
	party->charge_called = n.nai > ANI_CALLED;
	n.nai -= party->charge_called ? ANI_CALLED : 0;
	party->has_charge = n.nai == ANI_SUBSCRIBER || n.nai == ANI_NATIONAL;
	party->charge = n;
}

static void set_charge(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2])
{
	struct isup_number n = s->party.charge, have;

	if (!s->party.has_charge || !map_number_replan(&n, plan[0], plan[1]) ||
	    (n.nai != NAI_SUBSCRIBER && n.nai != NAI_NATIONAL))
		return;		/* it can say no other */
	n.nai = n.nai == NAI_SUBSCRIBER ? ANI_SUBSCRIBER : ANI_NATIONAL;
	n.nai += s->party.charge_called ? ANI_CALLED : 0;
	n.inn = n.apri = n.si = 0;
	if (!isup_get(iam, ISUP_P_CHARGE_NUMBER, &have) || !map_same_number(&have, &n))
		isup_set(iam, ISUP_P_CHARGE_NUMBER, &n);
}

void map_charge_to_iam(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2])
{
	const struct isup_octet oli = { .value = s->party.oli };
	struct isup_bcd jip = { 0 };

	span_copy(jip.digits, sizeof(jip.digits), span_of(s->party.jip));
	if (isup_par_row(iam->dialect, ISUP_P_OLI) && s->party.has_oli)
		isup_set(iam, ISUP_P_OLI, &oli);
	if (isup_par_row(iam->dialect, ISUP_P_JIP) && s->party.jip[0])
		isup_set(iam, ISUP_P_JIP, &jip);
	if (isup_par_row(iam->dialect, ISUP_P_CHARGE_NUMBER))
		set_charge(iam, s, plan);
}
