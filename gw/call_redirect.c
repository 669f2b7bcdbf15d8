/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The called side sends a call on (3xx): its Contacts in their order, as far as the trunk group
 * lets it (RFC 3261 8.1.3.4, RFC 3398 8.2.5). A SIP address goes where a trunk group has a target;
 * a number, or an address of our own, goes by the route table of the calling trunk group. */
#include <string.h>
#include <strings.h>

#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/call_priv.h"
#include "gw/log.h"
#include "gw/map_contact.h"
#include "gw/text.h"
#include "gw/way.h"

enum { MAX_ROUNDS = 5, MAX_TRIED = 32, SIP_PORT = 5060 };

/* Where the call goes next. */
struct way_on {
	struct way way;			/* of a number; n_routes 1 of an address */
	bool address;
	struct config_target target;	/* host: of the configuration, or of the contact */
};

struct call_redirect {
	const struct trunk *from;	/* whose peer has redirected */
	struct cc_setup was;		/* before that */
	struct isup_msg *iam;		/* the same; or NULL */
	struct map_contact contact[MAP_MAX_CONTACTS];
	unsigned int n, next, rounds;
	bool told;			/* the calling side has been told of it */
	struct way_on on;		/* of contact[next - 1] */
	unsigned int n_tried;
	uint32_t tried[MAX_TRIED];
};

/* --- which addresses --- */

static bool is_host(const char *host, const char *name)
{
	return name && !strcasecmp(host, name);
}

static bool is_ours(const struct gw *gw, const char *host)
{
	const struct config *cfg = gw->cfg;
	bool ours = is_host(host, cfg->sip_host) || is_host(host, cfg->sip_public_host) ||
		    is_host(host, sip_host(gw->sip));

	for (unsigned int i = 0; i < cfg->n_listen && !ours; i++)
		ours = is_host(host, cfg->listen[i].address);
	return ours;
}

static const struct config_target *target_of(const struct trunk *t, const struct map_contact *to)
{
	for (unsigned int i = 0; i < t->cfg->n_targets; i++) {
		const struct config_target *g = &t->cfg->targets[i];

		if (is_host(to->host, g->host) && (!to->port || to->port == g->port))
			return g;
	}
	return NULL;
}

/* The trunk group that knows the address: the one that was asked first. */
static struct trunk *trunk_with(const struct config_target **ret, struct trunk *first,
				const struct map_contact *to)
{
	struct trunk *t;

	*ret = target_of(first, to);
	if (*ret)
		return first;
	llist_for_each_entry(t, &first->gw->trunks, list)
		if (t->cfg->type == CONFIG_TRUNK_SIP && (*ret = target_of(t, to)))
			return t;
	return first->cfg->redirect == CONFIG_REDIRECT_ANY ? first : NULL;
}

static bool to_address(struct way_on *on, struct trunk *from, const struct map_contact *to)
{
	const struct config_target *known;
	struct trunk *t = trunk_with(&known, from, to);

	if (!t)
		return false;
	on->way.routes[0] = t;
	on->way.n_routes = 1;
	on->address = true;
	on->target = (struct config_target){
		.host = (char *)(uintptr_t)to->host, .port = to->port ? to->port : SIP_PORT,
		.transport = to->transport == SIP_TCP ? CONFIG_TCP : CONFIG_UDP,
	};
	if (!known)
		return true;
	on->target.port = known->port;
	if (!to->has_transport)
		on->target.transport = known->transport;
	return true;
}

/* The way to a contact, for the setup as it would be then. */
static bool find_way(struct way_on *on, const struct call *c, struct trunk *from,
		     const struct map_contact *to, const struct cc_setup *s)
{
	const char *why;

	*on = (struct way_on){};
	if (to->host[0] && !is_ours(c->gw, to->host))
		return to_address(on, from, to);
	return way_find(&on->way, c->in->trunk, s, &why) == 0;
}

/* --- which contacts --- */

static bool was_tried(const struct call_redirect *r, const char *uri)
{
	for (unsigned int i = 0; i < r->n_tried; i++)
		if (r->tried[i] == hash_text(HASH_START, uri))
			return true;
	return false;
}

static bool is_usable(const struct call *c, const struct map_contact *to, struct trunk *from)
{
	struct cc_setup s = *c->setup;
	struct way_on on;

	return !was_tried(c->redirect, to->ruri) &&
	       map_redirect_setup(&s, NULL, to, &from->profile) == 0 &&
	       find_way(&on, c, from, to, &s);
}

static bool is_listed(const struct map_contact *list, unsigned int n, const char *uri)
{
	for (unsigned int i = 0; i < n; i++)
		if (strcmp(list[i].ruri, uri) == 0)
			return true;
	return false;
}

/* Those left stay where no new one is usable. */
static bool take_usable(struct call *c, struct trunk *from, const struct sip_msg *rsp)
{
	struct call_redirect *r = c->redirect;
	struct map_contact list[MAP_MAX_CONTACTS];
	bool alerted = c->record.alert.tv_sec;
	unsigned int all = map_contacts(list, rsp, alerted, &from->profile), n = 0;

	for (unsigned int i = 0; i < all; i++)
		if (!is_listed(list, n, list[i].ruri) && is_usable(c, &list[i], from))
			list[n++] = list[i];
	if (!n)
		return false;
	memcpy(r->contact, list, n * sizeof(list[0]));
	r->n = n;
	r->next = 0;
	return true;
}

static bool begin(struct call *c)
{
	if (!c->redirect)
		c->redirect = talloc_zero(c, struct call_redirect);
	return c->redirect && c->redirect->rounds++ < MAX_ROUNDS;
}

bool call_redirect_take(struct call *c, const struct cc_prim *prim)
{
	struct trunk *from = c->out->trunk;
	struct call_redirect *r;

	if (!prim->u.release.redirected || !prim->sip || !c->setup)
		return false;
	if (from->cfg->redirect == CONFIG_REDIRECT_REFUSE || !begin(c) ||
	    !take_usable(c, from, prim->sip))
		return false;
	r = c->redirect;
	r->from = from;
	r->was = *c->setup;
	TALLOC_FREE(r->iam);
	if (c->isup)
		r->iam = talloc_memdup(r, c->isup, sizeof(*c->isup));
	r->told = false;
	return true;
}

bool call_redirected(const struct call *c)
{
	return c->redirect && c->redirect->next;
}

bool call_redirect_left(const struct call *c, const struct cc_release *r)
{
	return c->redirect && c->redirect->next < c->redirect->n && r->sip_status < 600;
}

/* --- the call goes on --- */

static void tell(struct call *c)
{
	struct cc_prim prim;

	c->redirect->told = true;
	map_redirect_prim(&prim, c->setup, &c->redirect->from->profile);
	c->in->ops->prim(c->in, &prim);
}

static bool go_to(struct call *c, const struct map_contact *to)
{
	struct call_redirect *r = c->redirect;
	struct trunk *from = (struct trunk *)(uintptr_t)r->from;

	*c->setup = r->was;
	if (c->isup && r->iam)
		*c->isup = *r->iam;
	if (map_redirect_setup(c->setup, c->isup, to, &from->profile) < 0 ||
	    !find_way(&r->on, c, from, to, c->setup))
		return false;
	if (r->n_tried < MAX_TRIED)
		r->tried[r->n_tried++] = hash_text(HASH_START, to->ruri);
	memcpy(c->routes, r->on.way.routes, sizeof(c->routes));
	c->n_routes = r->on.way.n_routes;
	c->next_route = 0;
	call_record_sent_on(c);
	LOGPFSML(c->fi, LOGL_NOTICE, "%s sends the call on to %s\n", from->name, to->ruri);
	return true;
}

bool call_redirect_next(struct call *c)
{
	struct call_redirect *r = c->redirect;

	while (r && r->next < r->n) {
		if (!go_to(c, &r->contact[r->next++]))
			continue;
		if (!r->told)
			tell(c);
		return true;
	}
	return false;
}

void call_redirect_leg(const struct call *c, struct leg *leg)
{
	const struct call_redirect *r = c->redirect;

	if (r && r->next && r->on.address && leg->trunk->cfg->type == CONFIG_TRUNK_SIP)
		leg_sip_redirected(leg, r->contact[r->next - 1].ruri, &r->on.target);
}
