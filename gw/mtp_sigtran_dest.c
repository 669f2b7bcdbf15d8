/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: remote point codes. A destination is available while a link is active over which
 * it was not declared unavailable; links are those of the best route's AS, else of the next route
 * that covers the code. */
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/sigtran/protocol/m3ua.h>
#include <osmocom/sigtran/protocol/mtp.h>

#include "gw/mtp_sigtran.h"

enum { MAX_ROUTES = 16, AUDIT_BATCH = 32 };

struct st_link *st_link_at(const struct st *st, unsigned int index)
{
	return index < ST_MAX_LINKS ? st->at[index] : NULL;
}

bool st_link_usable(const struct st_link *link)
{
	return link->ofd && !link->standby && osmo_ss7_asp_active(link->asp);
}

struct st_dest *st_dest_find(const struct st *st, uint32_t pc)
{
	struct st_dest *d;

	hash_for_each_possible(st->dests, d, node, pc) {
		if (d->pc == pc)
			return d;
	}
	return NULL;
}

static void divert_timer_cb(void *data)
{
	struct st_dest *d = data;

	st_sls_flush(d->st, d);
}

/* Those that were only sent to make room for others. */
static bool forget_one(struct st *st)
{
	struct hlist_node *next;
	struct st_dest *d;
	int bucket;

	hash_for_each_safe(st->dests, bucket, next, d, node) {
		if (d->watched || d->diverting)
			continue;
		hash_del(&d->node);
		talloc_free(d);
		st->n_dests--;
		return true;
	}
	return false;
}

struct st_dest *st_dest_get(struct st *st, uint32_t pc)
{
	struct st_dest *d = st_dest_find(st, pc);

	if (d || (st->n_dests >= ST_MAX_DESTS && !forget_one(st)))
		return d;
	d = talloc_zero(st, struct st_dest);
	if (!d)
		return NULL;
	d->st = st;
	d->pc = pc;
	d->gen = st->gen - 1;
	d->override = ST_NO_LINK;
	memset(d->last, ST_NO_LINK, sizeof(d->last));
	INIT_LLIST_HEAD(&d->held);
	osmo_timer_setup(&d->divert_timer, divert_timer_cb, d);
	hash_add(st->dests, &d->node, pc);
	st->n_dests++;
	return d;
}

/* The longer mask first, then the lower priority number, then the order of configuration. */
static bool better(const struct osmo_ss7_route *a, const struct osmo_ss7_route *b)
{
	if (a->cfg.mask != b->cfg.mask)
		return __builtin_popcount(a->cfg.mask) > __builtin_popcount(b->cfg.mask);
	return a->cfg.priority < b->cfg.priority;
}

static unsigned int routes_to(const struct st *st, uint32_t pc,
			      const struct osmo_ss7_route **routes)
{
	const struct osmo_ss7_route *rt;
	unsigned int n = 0, at;

	llist_for_each_entry(rt, &st->inst->rtable_system->routes, list) {
		if (!rt->dest.as || (pc & rt->cfg.mask) != (rt->cfg.pc & rt->cfg.mask) ||
		    n == MAX_ROUTES)
			continue;
		for (at = n; at > 0 && better(rt, routes[at - 1]); at--)
			routes[at] = routes[at - 1];
		routes[at] = rt;
		n++;
	}
	return n;
}

/* Fill in the links of this AS; how many can be used. */
static unsigned int choose_as(struct st_dest *d, struct osmo_ss7_as *as, bool restricted_too)
{
	struct osmo_ss7_asp *asp;
	struct st_link *link;
	uint64_t closed = restricted_too ? d->paused : d->paused | d->restricted;

	d->as = as;
	d->n_home = d->n_set = 0;
	for (unsigned int i = 0; i < ST_PER_AS; i++) {
		asp = as->cfg.asps[i];
		link = asp && asp->cfg.proto == OSMO_SS7_ASP_PROT_M3UA ? asp->lm_priv : NULL;
		if (!link)
			continue;
		d->home[d->n_home++] = link->index;
		if (st_link_usable(link) && !(closed >> link->index & 1))
			d->set[d->n_set++] = link->index;
	}
	return d->n_set;
}

/* Without a route an AS of ASPs (we are the SG) or of an IPSP serves the point code of its routing
 * key. */
static struct osmo_ss7_as *as_of_peer(const struct st *st, uint32_t pc)
{
	struct osmo_ss7_as *as;

	llist_for_each_entry(as, &st->inst->as_list, list) {
		if (as->cfg.routing_key.pc == pc && as->cfg.asps[0] &&
		    as->cfg.asps[0]->cfg.role != OSMO_SS7_ASP_ROLE_ASP)
			return as;
	}
	return NULL;
}

static void choose(struct st *st, struct st_dest *d)
{
	const struct osmo_ss7_route *routes[MAX_ROUTES];
	unsigned int n = routes_to(st, d->pc, routes);
	struct osmo_ss7_as *peer = n ? NULL : as_of_peer(st, d->pc);

	d->n_set = d->n_home = 0;
	d->as = NULL;
	for (unsigned int restricted = 0; restricted < 2; restricted++) {
		for (unsigned int i = 0; i < n; i++) {
			if (choose_as(d, routes[i]->dest.as, restricted))
				return;
		}
		if (peer && choose_as(d, peer, restricted))
			return;
	}
}

/* In override mode one link takes all, and keeps it as long as it can: coming back would only
 * disturb. */
static void choose_override(struct st_dest *d, const struct osmo_ss7_as *before)
{
	bool kept = false;

	if (!d->n_set || d->as->cfg.mode != OSMO_SS7_AS_TMOD_OVERRIDE) {
		d->override = ST_NO_LINK;
		return;
	}
	for (unsigned int i = 0; before == d->as && i < d->n_set; i++)
		kept |= d->set[i] == d->override;
	if (!kept)
		d->override = d->set[0];
}

void st_dest_refresh(struct st *st, struct st_dest *d)
{
	struct osmo_ss7_as *as = d->as;
	uint8_t set[ST_PER_AS], n_set = d->n_set, n_home = d->n_home;

	if (d->gen == st->gen)
		return;
	d->gen = st->gen;
	memcpy(set, d->set, sizeof(set));
	choose(st, d);
	choose_override(d, as);
	if (as != d->as || n_set != d->n_set || n_home != d->n_home || memcmp(set, d->set, n_set))
		st_sls_refreshed(st, d);
}

static unsigned int level_of(const struct st_dest *d)
{
	unsigned int level = 0;

	for (unsigned int i = 0; i < d->n_set; i++) {
		const struct st_link *link = st_link_at(d->st, d->set[i]);

		if (link && link->level > level)
			level = link->level;
	}
	return level;
}

void st_dest_tell(struct st_dest *d)
{
	const struct mtp_user *user = &d->st->mtp.user;
	unsigned int level;

	st_dest_refresh(d->st, d);
	level = level_of(d);
	if (!d->watched)
		return;
	if (!d->told || d->told_up != (d->n_set > 0)) {
		d->told = true;
		d->told_up = d->n_set > 0;
		LOGP(DMTP, LOGL_NOTICE, "point code %s %s\n",
		     osmo_ss7_pointcode_print(d->st->inst, d->pc),
		     d->told_up ? "available" : "not available");
		mtp_user_report(user, d->pc, d->told_up);
	}
	if (d->told_level != level) {
		d->told_level = level;
		mtp_user_status(user, d->pc, MTP_STATUS_CONGESTED, level);
	}
}

/* The only AS this ASP serves, or NULL: then a routing context would say too little. */
static const struct osmo_ss7_as *only_as(const struct st_link *link)
{
	const struct osmo_ss7_as *as, *found = NULL;

	llist_for_each_entry(as, &link->st->inst->as_list, list) {
		if (!osmo_ss7_as_has_asp(as, link->asp))
			continue;
		if (found)
			return NULL;
		found = as;
	}
	return found;
}

static void audit(struct st_link *link, struct m3ua_ssnm_req *r)
{
	const struct osmo_ss7_as *as = only_as(link);
	uint8_t buf[64 + 4 * AUDIT_BATCH];
	ssize_t n;

	r->type = M3UA_SNM_DAUD;
	r->has_na = link->st->has_na;
	r->na = link->st->na;
	r->has_rc = as && as->cfg.routing_key.context;
	r->rc = r->has_rc ? as->cfg.routing_key.context : 0;
	n = m3ua_ssnm_encode(buf, sizeof(buf), r);
	if (n > 0)
		st_link_send(link, buf, n, 0);
	r->n_pcs = 0;
}

void st_dests_link_down(struct st_link *link)
{
	struct st_dest *d;
	int bucket;

	hash_for_each(link->st->dests, bucket, d, node) {
		d->paused &= ~(1ull << link->index);
		d->restricted &= ~(1ull << link->index);
	}
}

void st_dests_link_up(struct st_link *link)
{
	struct m3ua_ssnm_req r = { .n_pcs = 0 };
	struct st_dest *d;
	int bucket;

	hash_for_each(link->st->dests, bucket, d, node) {
		if (!d->watched || link->asp->cfg.role != OSMO_SS7_ASP_ROLE_ASP)
			continue;
		r.pcs[r.n_pcs++] = d->pc;
		if (r.n_pcs == AUDIT_BATCH)
			audit(link, &r);
	}
	if (r.n_pcs)
		audit(link, &r);
}

void st_dest_watch(struct st_dest *d)
{
	struct m3ua_ssnm_req r;
	struct st_link *link;

	d->watched = true;
	d->told = false;
	st_dest_tell(d);
	for (unsigned int i = 0; i < ST_MAX_LINKS; i++) {
		link = st_link_at(d->st, i);
		if (!link || link->asp->cfg.role != OSMO_SS7_ASP_ROLE_ASP || !st_link_usable(link))
			continue;
		r = (struct m3ua_ssnm_req){ .pcs = { d->pc }, .n_pcs = 1 };
		audit(link, &r);
	}
}

static void status_in(struct st_dest *d, const struct m3ua_ssnm *s)
{
	static const enum mtp_status by_cause[] = {	/* 3.4.5 */
		MTP_STATUS_USER_UNKNOWN, MTP_STATUS_USER_UNEQUIPPED, MTP_STATUS_USER_INACCESSIBLE,
	};
	const struct mtp_user *user = &d->st->mtp.user;

	if (!d->watched)
		return;
	if (s->type == M3UA_SNM_SCON)	/* networks without levels leave the indication out */
		mtp_user_status(user, d->pc, MTP_STATUS_CONGESTED, s->has_level ? s->level : 1);
	else if (s->type == M3UA_SNM_DUPU && s->user == MTP_SI_ISUP)
		mtp_user_status(user, d->pc, by_cause[s->cause < ARRAY_SIZE(by_cause) ?
						      s->cause : 0], 0);
}

static void state_in(struct st_dest *d, uint8_t type, uint64_t bit)
{
	switch (type) {
	case M3UA_SNM_DUNA:
		d->paused |= bit;
		break;
	case M3UA_SNM_DRST:
		d->paused &= ~bit;
		d->restricted |= bit;
		break;
	case M3UA_SNM_DAVA:
		d->paused &= ~bit;
		d->restricted &= ~bit;
		break;
	}
}

/* The affected codes are matched against those we know: a mask never makes more work than that. */
void st_dest_ssnm(struct st_link *link, const struct m3ua_ssnm *s)
{
	struct st_dest *d;
	int bucket;

	hash_for_each(link->st->dests, bucket, d, node) {
		for (unsigned int i = 0; i < s->n_pcs; i++) {
			if (!m3ua_ssnm_match(s, i, d->pc))
				continue;
			state_in(d, s->type, 1ull << link->index);
			status_in(d, s);
			break;
		}
	}
	st_changed(link->st);
}
