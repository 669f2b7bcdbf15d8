/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way a call goes, and the next way when one fails. */
#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>

#include "gw/call_priv.h"
#include "gw/log.h"
#include "gw/way.h"

uint8_t call_route_find(struct call *c, const char **why)
{
	struct way w;
	uint8_t cause = way_find(&w, c->in->trunk, c->setup, why);

	for (unsigned int i = 0; i < w.n_routes; i++)
		c->routes[c->n_routes++] = w.routes[i];
	c->route_named = w.named;
	return cause;
}

bool call_route_left(const struct call *c)
{
	return c->next_route < c->n_routes;
}

/* A SIP trunk group still to come would want T11 to run. */
bool call_is_transit(const struct call *c)
{
	if (c->in->trunk->cfg->type != CONFIG_TRUNK_ISUP)
		return false;
	for (unsigned int i = c->next_route; i < c->n_routes; i++)
		if (c->routes[i]->cfg->type != CONFIG_TRUNK_ISUP)
			return false;
	return true;
}

static void carried(struct call *c, bool carried)
{
	if (c->in->ops->carried)
		c->in->ops->carried(c->in, carried);
}

uint8_t call_ends_here(struct call *c)
{
	carried(c, false);
	return c->in->ops->ends_here ? c->in->ops->ends_here(c->in, c->isup) : 0;
}

/* A trunk group without ISUP cannot be given what we do not know ourselves (Q.764 2.9.5). */
static uint8_t may_go_to(struct call *c, const struct trunk *t)
{
	if (t->cfg->type == CONFIG_TRUNK_ISUP)
		return 0;
	if (t->profile.isup_body == MAP_ISUP_NONE)
		return call_ends_here(c);
	carried(c, true);
	return 0;
}

static uint8_t try_route(struct call *c, struct trunk *t)
{
	struct cc_release r = { .cause = { .location = t->profile.location } };
	struct leg *leg;
	uint8_t cause;

	cause = way_takes(t, c->setup);
	if (!cause)
		cause = may_go_to(c, t);
	if (cause)
		return cause;
	leg = t->cfg->type == CONFIG_TRUNK_ISUP ? leg_isup_new(c, t) : leg_sip_new(c, t);
	if (!leg)
		return 42;
	leg->call = c;
	call_redirect_leg(c, leg);
	t->stats.out++;
	c->out = leg;
	cause = leg->ops->setup(leg, c->setup, c->isup, c->offer);
	if (!cause)
		return 0;
	c->out = NULL;
	call_record_tried(c, leg);
	r.cause.value = cause;
	leg->ops->release(leg, &r, NULL);
	return cause;
}

/* 0: a way was taken; else the cause of the last one that could not be. */
static uint8_t try_routes(struct call *c, uint8_t cause)
{
	while (call_route_left(c) || call_redirect_next(c)) {
		struct trunk *t = c->routes[c->next_route++];

		cause = try_route(c, t);
		if (!cause)
			return 0;
		t->stats.no_circuit++;
		LOGPFSML(c->fi, LOGL_NOTICE, "%s: no way out, cause %u %s\n", t->name, cause,
			 isup_cause_name(cause));
	}
	return cause;
}

void call_route_next(struct call *c)
{
	struct cc_release r = { .cause = { .value = try_routes(c, 34) } };

	if (!r.cause.value)
		return;
	/* what an INVITE that may go no further is told (RFC 3261 16.3) */
	if (r.cause.value == 25 && c->setup->max_forwards == 1)
		r.sip_status = 483;
	if (r.cause.value == 34 && c->route_named)
		r.sip_status = map_group_busy(&c->in->trunk->profile);
	r.cause.location = c->in->trunk->profile.location;
	c->record.released_by = CDR_SIDE_GATEWAY;
	c->record.reason = "no route could take the call";
	call_end(c, &r, NULL);
}
