/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the carrier that the caller chose - cic (RFC 4694) and transit network selection, in
 * T1.113 also carrier identification (RFC 3398 8.2.1.2). A trunk group that leads to that carrier
 * is not told it. */
#include <errno.h>
#include <string.h>

#include "gw/map_ident.h"
#include "isup/dialect.h"

enum { NATIONAL_NETWORK = 2, PLAN_3_DIGITS = 1, PLAN_4_DIGITS = 2, PLAN_UNKNOWN = 0 };

struct carrier { char digits[9]; };

static bool plain_digits(char *buf, size_t size, struct span s)
{
	struct out o = out_to(buf, size);

	for (; s.len; s = span_skip(s, 1)) {
		if (strchr("-.()", s.p[0]))
			continue;
		if (s.p[0] < '0' || s.p[0] > '9')
			return false;
		out_char(&o, s.p[0]);
	}
	return out_end(&o) > 0;
}

/* "+1-5062": the separator parts country and code; without it our own country is known. */
static bool global_carrier(struct cc_party *party, struct span s, struct map_plan plan)
{
	size_t cc = strlen(plan.cc), n = 0;

	while (n < s.len && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (n == s.len && cc && s.len > cc && memcmp(s.p, plan.cc, cc) == 0)
		n = cc;
	return n < s.len &&
	       span_copy(party->carrier_country, sizeof(party->carrier_country),
			 (struct span){ s.p, n }) == 0 &&
	       plain_digits(party->carrier, sizeof(party->carrier), span_skip(s, n));
}

static bool local_carrier(struct cc_party *party, struct span s, struct span params,
			  struct map_plan plan)
{
	struct span context;

	span_copy(party->carrier_country, sizeof(party->carrier_country), span_of(plan.cc));
	if (param_find(&context, params, "cic-context") && context.len) {
		if (context.p[0] != '+' || !plain_digits(party->carrier_country,
							 sizeof(party->carrier_country),
							 span_skip(context, 1)))
			return false;
	}
	return plain_digits(party->carrier, sizeof(party->carrier), s);
}

void map_carrier_from_uri(struct cc_setup *s, const struct uri *u, const struct map_profile *p)
{
	struct cc_party *party = &s->party;
	struct span value;
	bool good;

	if (!map_header_taken(p, MAP_H_CIC) || !param_find(&value, u->user_params, "cic"))
		return;
	if (value.len && value.p[0] == '+')
		good = global_carrier(party, span_skip(value, 1), map_plan_of(p));
	else
		good = local_carrier(party, value, u->user_params, map_plan_of(p));
	if (!good)
		party->carrier[0] = party->carrier_country[0] = '\0';
}

static bool is_told(const struct cc_setup *s, const struct map_profile *p)
{
	return s->party.carrier[0] && strcmp(s->party.carrier, p->own_carrier) != 0;
}

void map_out_carrier(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	if (!map_header_sent(p, MAP_H_CIC) || !is_told(s, p))
		return;
	if (s->party.carrier_country[0])
		out_fmt(o, ";cic=+%s-%s", s->party.carrier_country, s->party.carrier);
	else
		out_fmt(o, ";cic=%s;cic-context=%s", s->party.carrier, map_own_context(p));
}

/* --- IAM --- */

/* Of a fixed number of digits (T1.113), or a number (Q.763 3.53). */
static bool carrier_of(struct carrier *c, const struct isup_msg *iam, uint8_t code)
{
	struct isup_bcd bcd;
	struct isup_number n;

	*c = (struct carrier){ "" };
	if (isup_get(iam, code, &bcd)) {
		if (bcd.type != NATIONAL_NETWORK)
			return false;
		if (bcd.plan == PLAN_3_DIGITS)
			bcd.digits[3] = '\0';
		return span_copy(c->digits, sizeof(c->digits), span_of(bcd.digits)) == 0;
	}
	if (!isup_get(iam, code, &n) || n.nai != NATIONAL_NETWORK || !n.digits[0])
		return false;
	n.digits[strspn(n.digits, "0123456789")] = '\0';
	return span_copy(c->digits, sizeof(c->digits), span_of(n.digits)) == 0;
}

void map_carrier_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			  const struct map_profile *p)
{
	struct carrier c;

	if (!carrier_of(&c, iam, ISUP_P_CARRIER_ID) && !carrier_of(&c, iam, ISUP_P_TNS))
		return;
	memcpy(s->party.carrier, c.digits, sizeof(s->party.carrier));
	memcpy(s->party.carrier_country, p->country_code, sizeof(s->party.carrier_country));
}

static int set_carrier(struct isup_msg *iam, uint8_t code, const char *digits)
{
	struct isup_bcd bcd = { .type = NATIONAL_NETWORK, .plan = PLAN_4_DIGITS };
	struct isup_number n = { .nai = NATIONAL_NETWORK, .npi = PLAN_UNKNOWN };
	const struct isup_par_row *row = isup_par_row(iam->dialect, code);

	if (!row)
		return -ENOENT;
	if (row->size == sizeof(n)) {
		span_copy(n.digits, sizeof(n.digits), span_of(digits));
		return isup_set(iam, code, &n);
	}
	if (strlen(digits) < 3 || strlen(digits) > 4)
		return -ERANGE;
	if (strlen(digits) == 3)
		bcd.plan = PLAN_3_DIGITS;
	span_copy(bcd.digits, sizeof(bcd.digits), span_of(digits));
	return isup_set(iam, code, &bcd);
}

static void del_own(struct isup_msg *iam, uint8_t code, const struct map_profile *p)
{
	struct carrier c;

	if (p->own_carrier[0] && carrier_of(&c, iam, code) && !strcmp(c.digits, p->own_carrier))
		isup_del(iam, code);
}

/* RFC 3398 8.2.1.2: with a number that had '+' it is a transit network, else the carrier where the
 * dialect can say that. What cannot be said is left out: the next exchange chooses. */
void map_carrier_to_iam(struct isup_msg *iam, const struct cc_setup *s, const struct map_profile *p)
{
	bool global = s->called.nai == NAI_NATIONAL || s->called.nai == NAI_INTERNATIONAL;
	struct carrier c;

	del_own(iam, ISUP_P_TNS, p);
	del_own(iam, ISUP_P_CARRIER_ID, p);
	if (!is_told(s, p) || strcmp(s->party.carrier_country, p->country_code) != 0)
		return;
	if ((carrier_of(&c, iam, ISUP_P_TNS) || carrier_of(&c, iam, ISUP_P_CARRIER_ID)) &&
	    strcmp(c.digits, s->party.carrier) == 0)
		return;
	if (global || set_carrier(iam, ISUP_P_CARRIER_ID, s->party.carrier) < 0)
		set_carrier(iam, ISUP_P_TNS, s->party.carrier);
}
