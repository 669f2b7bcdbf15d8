/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the ISUP messages of bodies - the one that rode along where it fits, else one that says
 * what the primitive says (RFC 3398 7.2, 8.2; Q.1912.5 profile C). */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"
#include "gw/map_services.h"
#include "gw/map_tunnel.h"

static bool same_party(const struct isup_number *a, const struct isup_number *b)
{
	return map_same_number(a, b) && a->npi == b->npi && a->apri == b->apri && a->si == b->si &&
	       a->inn == b->inn;
}

static bool same_numbers(const struct cc_setup *a, const struct cc_setup *b)
{
	const struct isup_redirection *x = &a->redirection, *y = &b->redirection;

	return a->has_calling == b->has_calling && same_party(&a->calling, &b->calling) &&
	       a->has_additional == b->has_additional &&
	       same_party(&a->additional, &b->additional) &&
	       a->has_original_called == b->has_original_called &&
	       same_party(&a->original_called, &b->original_called) &&
	       a->has_redirecting == b->has_redirecting &&
	       same_party(&a->redirecting, &b->redirecting) &&
	       a->has_redirection == b->has_redirection && !memcmp(x, y, sizeof(*x));
}

/* A routing number in the called number comes en bloc and stays as it is. */
static bool same_called(const struct cc_setup *s, const struct isup_msg *iam)
{
	struct isup_number n;

	if (s->party.routing.digits[0] && !isup_has(iam, ISUP_P_ROUTING_NUMBER))
		return true;
	if (!isup_get(iam, ISUP_P_CALLED, &n))
		return false;
	map_strip_st(&n);
	return map_same_number(&n, &s->called);
}

static bool has_local(const struct cc_setup *s)
{
	return s->called.nai == NAI_SUBSCRIBER || s->calling.nai == NAI_SUBSCRIBER ||
	       s->additional.nai == NAI_SUBSCRIBER || s->original_called.nai == NAI_SUBSCRIBER ||
	       s->redirecting.nai == NAI_SUBSCRIBER;
}

/* National and subscriber numbers mean the same to the peer. */
static bool same_plan(const struct cc_setup *s, const struct map_profile *p)
{
	return !strcmp(s->country_code, p->country_code) &&
	       (!has_local(s) || !strcmp(s->area_code, p->area_code));
}

/* The call is what its IAM says: no more digits have come, no header has said otherwise. */
static bool as_it_came(const struct cc_setup *s, const struct isup_msg *iam,
		       const struct map_profile *p)
{
	struct cc_setup was;

	if (iam->dialect != map_dialect(p) || !same_plan(s, p) || !same_called(s, iam))
		return false;
	map_parties_from_iam(&was, iam, p);
	return same_numbers(s, &was) && s->category == was.category &&
	       s->tmr == was.tmr && map_same_services(s, &was);
}

/* RFC 3398 8.2.1.1: continuity is of each circuit; hops are counted. */
static int count(struct isup_msg *iam, const struct cc_setup *s)
{
	struct isup_octet hops = { .value = s->hops - 1 };
	struct isup_nci nci;

	if (isup_get(iam, ISUP_P_NCI, &nci) && nci.continuity) {
		nci.continuity = 0;
		isup_set(iam, ISUP_P_NCI, &nci);
	}
	if (s->hops > 1 && isup_has(iam, ISUP_P_HOP_COUNTER))
		return isup_set(iam, ISUP_P_HOP_COUNTER, &hops);
	return 0;
}

int map_body_iam(struct isup_msg *iam, const struct cc_setup *s, const struct isup_msg *tmpl,
		 const struct map_profile *p)
{
	int rc = 0;

	if (tmpl && tmpl->type != ISUP_MT_IAM)
		tmpl = NULL;
	if (p->isup_body == MAP_ISUP_NONE || (!tmpl && !map_isup_rule(p, MAP_B_MAKE_IAM)))
		return 0;
	if (!s->called.digits[0])	/* a name: no IAM can say it */
		return 0;
	if (tmpl && as_it_came(s, tmpl, p)) {
		*iam = *tmpl;
		map_hide_caller(iam, s);
	} else {
		rc = map_setup_to_iam(iam, s, tmpl, p);
	}
	if (rc == 0)
		rc = count(iam, s);
	return rc < 0 ? rc : 1;
}

const struct isup_msg *map_body_response(struct isup_msg *made, const struct cc_prim *prim,
					 enum map_with_isup with, const struct map_profile *p)
{
	enum map_place wanted = prim->type == CC_CONNECT ? MAP_PLACE_ANSWER : MAP_PLACE_PROGRESS;
	const struct isup_msg *m = prim->isup;
	enum map_place place = m ? map_place_of(p, m) : MAP_PLACE_NEVER;
	bool progressed = with == MAP_WITH_ISUP_PROGRESSED;

	if (p->isup_body == MAP_ISUP_NONE || with == MAP_WITHOUT_ISUP)
		return NULL;
	if (m && wanted == MAP_PLACE_PROGRESS && place == MAP_PLACE_INFO)
		return m;
	if (m && place == wanted && m->dialect == map_dialect(p))
		return m;
	if (place != wanted && !map_isup_rule(p, MAP_B_MAKE_RESPONSE))
		return NULL;
	return map_prim_to_isup(made, prim, progressed, p) == 0 ? made : NULL;
}

int map_put_rel(struct sip_out *out, const struct cc_release *r, const struct isup_msg *rel,
		bool with_isup, const struct map_profile *p)
{
	bool has = rel && rel->type == ISUP_MT_REL;
	struct isup_msg made;

	if (!with_isup || p->isup_body == MAP_ISUP_NONE ||
	    (!has && !map_isup_rule(p, MAP_B_MAKE_RESPONSE)) ||
	    map_release_to_rel(&made, r, rel, p) < 0)
		return map_put_body(out, NULL, NULL, p);
	return map_put_body(out, NULL, &made, p);
}
