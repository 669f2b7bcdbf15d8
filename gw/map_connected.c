/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: who has answered (COLP, COLR: Q.731.5, Q.731.6) - connected number, and the identity
 * that a 200 asserts (RFC 3325). */
#include <errno.h>
#include <string.h>

#include "gw/map_ident.h"
#include "gw/map_services.h"
#include "isup/dialect.h"

enum { COLP_REQUESTED = 1 };

bool map_privacy_has(const char *privacy, const char *word)
{
	struct span rest = span_of(privacy), token;

	while (rest.len) {
		token = span_until(&rest, ';');
		while (token.len)
			if (span_is(span_trim(span_until(&token, ',')), word))
				return true;
	}
	return false;
}

/* RFC 3323 4.2, RFC 3325 9.3 */
static bool wants_privacy(const char *privacy)
{
	return map_privacy_has(privacy, "id") || map_privacy_has(privacy, "header") ||
	       map_privacy_has(privacy, "user");
}

/* --- it is asked for --- */

bool map_asks_connected(const struct isup_msg *iam)
{
	struct isup_ofci ofci;

	return isup_get(iam, ISUP_P_OFCI, &ofci) && ofci.colp == COLP_REQUESTED;
}

int map_ask_connected(struct isup_msg *iam, const struct map_profile *p)
{
	struct isup_ofci ofci = { 0 };

	if (!map_service(p, MAP_S_CONNECTED_ASK) || !map_may_carry(iam, ISUP_P_OFCI))
		return 0;
	isup_get(iam, ISUP_P_OFCI, &ofci);
	ofci.colp = COLP_REQUESTED;
	return isup_set(iam, ISUP_P_OFCI, &ofci);
}

/* Q.731.5 5.2.5.1: who did not ask is not told. */
void map_connected_unasked(struct isup_msg *m, const struct cc_prim *prim,
			   const struct map_profile *p)
{
	if (prim->type == CC_CONNECT && prim->sip && !map_service(p, MAP_S_CONNECTED_UNASKED))
		isup_del(m, ISUP_P_CONNECTED);
}

/* --- ISUP says it --- */

void map_connected_from_isup(struct cc_connect *c, const struct isup_msg *m)
{
	c->has_connected = isup_get(m, ISUP_P_CONNECTED, &c->connected) &&
			   map_digits_ok(&c->connected);
	map_strip_st(&c->connected);
}

int map_connected_to_isup(struct isup_msg *m, const struct cc_prim *prim,
			  const struct map_profile *p)
{
	static const struct isup_number unavailable = { .apri = APRI_UNAVAILABLE,
							.si = SI_NETWORK };
	const struct map_plan from = { prim->country_code, prim->area_code };
	struct isup_number n = prim->u.connect.connected, have;

	if (!map_may_carry(m, ISUP_P_CONNECTED))
		return 0;
	if (!prim->u.connect.has_connected) {
		if (!prim->sip || isup_has(m, ISUP_P_CONNECTED) ||
		    !map_service(p, MAP_S_CONNECTED_UNKNOWN))
			return 0;
		return isup_set(m, ISUP_P_CONNECTED, &unavailable);
	}
	map_number_replan(&n, from, map_plan_of(p));
	if (isup_get(m, ISUP_P_CONNECTED, &have) && map_same_number(&have, &n) &&
	    have.apri == n.apri && have.si == n.si)
		return 0;	/* as it came, in every bit */
	return isup_set(m, ISUP_P_CONNECTED, &n);
}

/* --- SIP says it --- */

/* The first of (at most two, RFC 3325 9.1) asserted identities that is a number. */
static bool asserted(struct isup_number *n, const struct sip_msg *rsp, const struct map_profile *p)
{
	struct span rest = span_of(p->trust_pai ? rsp->pai : NULL), item;
	struct name_addr a;

	while (span_element(&item, &rest, ','))
		if (name_addr_parse(&a, item) == 0 &&
		    map_number_from_uri(n, &a.uri, map_plan_of(p)) == 0)
			return true;
	return false;
}

/* The header wins; where the body has the same number, its screening is known, and what it hides
 * stays hidden. */
void map_connected_from_sip(struct cc_connect *c, const struct sip_msg *rsp,
			    const struct map_profile *p)
{
	struct isup_number n, old = c->connected;
	bool known, hidden = wants_privacy(rsp->privacy);

	if (!map_header_taken(p, MAP_H_CONNECTED))
		return;
	if (!asserted(&n, rsp, p)) {
		if (c->has_connected && hidden && old.apri == APRI_ALLOWED)
			c->connected.apri = APRI_RESTRICTED;
		return;
	}
	known = c->has_connected && map_same_globally(&old, &n, p);
	if (known) {		/* as the body writes it */
		memcpy(n.digits, old.digits, sizeof(n.digits));
		n.nai = old.nai;
	}
	n.si = known ? old.si : SI_NETWORK;
	n.apri = known && old.apri != APRI_ALLOWED ? old.apri :
		 hidden ? APRI_RESTRICTED : APRI_ALLOWED;
	c->connected = n;
	c->has_connected = true;
}

/* P-Asserted-Identity of the answer, for numbers that somebody verified, to a trusted peer; to
 * others nothing: a 200 has no other place for it. */
int map_connected_to_sip(struct sip_out *out, const struct cc_prim *prim,
			 const struct map_profile *p)
{
	const struct isup_number *n = &prim->u.connect.connected;
	struct map_plan plan = { prim->country_code, prim->area_code };
	struct out o = out_to(out->pai, sizeof(out->pai));

	if (!prim->u.connect.has_connected || !p->send_pai ||
	    !map_header_sent(p, MAP_H_CONNECTED) ||
	    (n->si != SI_NETWORK && n->si != SI_PASSED) || n->apri > APRI_RESTRICTED)
		return 0;
	out_char(&o, '<');
	if (!map_out_number(&o, n, plan.cc[0] ? plan : map_plan_of(p), p->local_host)) {
		out->pai[0] = '\0';
		return 0;
	}
	out_char(&o, '>');
	if (n->apri != APRI_ALLOWED)
		span_copy(out->privacy, sizeof(out->privacy), span_of("id"));
	return out_end(&o) < 0 ? -EMSGSIZE : 0;
}
