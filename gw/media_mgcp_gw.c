/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Life of a gateway: away and back, keepalive, audits and late deletions. */
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"

enum { PROBE_MS = 5000, SUSPECT_MS = 5000 };

static void pump(struct mg_gw *gw);

bool mg_gw_available(const struct media_gw *base)
{
	const struct mg_gw *gw = container_of(base, struct mg_gw, base);

	return gw->state == MG_GW_UP && mg_gw_in_service(gw, "*");
}

void mg_gw_tell_state(struct mg_gw *gw)
{
	bool up = mg_gw_available(&gw->base);

	if (up == gw->told_up)
		return;
	gw->told_up = up;
	gw->since_ms = mgcp_now();
	LOG_GW(gw, LOGL_NOTICE, "media gateway is %s", up ? "available" : "not available");
	if (gw->state_cb)
		gw->state_cb(gw->state_ctx, &gw->base, up);
}

/* --- chores --- */

void mg_gw_add_chore(struct mg_gw *gw, struct mg_ctx *c)
{
	if (llist_empty(&c->chore))
		llist_add_tail(&c->chore, &gw->chores);
}

void mg_gw_chore_done(struct mg_gw *gw, struct mg_ctx *c)
{
	if (!c->running_chore)
		return;
	c->running_chore = false;
	gw->chores_running--;
	pump(gw);
}

/* Goes once through what is there: what cannot be done now comes back with the next tick. */
static void pump(struct mg_gw *gw)
{
	LLIST_HEAD(now);

	llist_splice_init(&gw->chores, &now);
	while (gw->state == MG_GW_UP && !llist_empty(&now) && gw->chores_running < MG_MAX_CHORES) {
		struct mg_ctx *c = llist_first_entry(&now, struct mg_ctx, chore);

		llist_del_init(&c->chore);
		c->running_chore = mg_chore(c);
		gw->chores_running += c->running_chore;
	}
	llist_splice(&now, &gw->chores);
}

void mg_gw_audit(struct mg_gw *gw, const struct mgcp_text *covered)
{
	struct mg_ctx *c;

	llist_for_each_entry(c, &gw->contexts, list) {
		if (c->state != MG_READY && c->state != MG_ORPHAN)
			continue;
		if (!covered || mgcp_name_covers(covered, c->endpoint))
			mg_gw_add_chore(gw, c);
	}
	pump(gw);
}

void mg_gw_suspect(struct mg_gw *gw)
{
	if (gw->state != MG_GW_UP ||
	    (gw->suspected_ms && mgcp_now() - gw->suspected_ms < SUSPECT_MS))
		return;
	gw->suspected_ms = mgcp_now();
	LOG_GW(gw, LOGL_NOTICE, "a connection is gone, asking for the others");
	mg_gw_audit(gw, NULL);
}

/* --- away and back --- */

/* Calls f for each context there is now; f may free it, and its listener others. */
static void each_context(struct mg_gw *gw, void (*f)(struct mg_ctx *c))
{
	LLIST_HEAD(now);

	llist_splice_init(&gw->contexts, &now);
	while (!llist_empty(&now)) {
		struct mg_ctx *c = llist_first_entry(&now, struct mg_ctx, list);

		llist_move_tail(&c->list, &gw->contexts);
		f(c);
	}
}

static void lose_away(struct mg_ctx *c)
{
	if (!mg_live(c))
		return;
	mg_gw_of(c)->lost_contexts++;
	mg_lose(c, 38, "media gateway is away", true);
}

static void lost(void *data)
{
	struct mg_gw *gw = data;

	each_context(gw, lose_away);
}

static void next_tick(struct mg_gw *gw)
{
	unsigned int ms = gw->keepalive_ms;

	if (gw->state != MG_GW_UP && ms > PROBE_MS)
		ms = PROBE_MS;
	osmo_timer_schedule(&gw->tick, ms / 1000, ms % 1000 * 1000);
}

static void go_away(struct mg_gw *gw)
{
	bool was_up = gw->state == MG_GW_UP;

	gw->state = MG_GW_AWAY;
	next_tick(gw);
	if (!was_up)
		return;
	LOG_GW(gw, LOGL_ERROR, "media gateway does not answer");
	osmo_timer_schedule(&gw->lost, gw->lost_after_ms / 1000, gw->lost_after_ms % 1000 * 1000);
	each_context(gw, mg_stall);
	mg_check_lost(gw, NULL);
	mg_tone_lost(gw, NULL);
	mg_gw_tell_state(gw);
}

bool mg_gw_silent(struct mg_gw *gw, uint64_t asked_ms)
{
	if (gw->heard_ms > asked_ms)
		return false;
	go_away(gw);
	return true;
}

static void go_up(struct mg_gw *gw)
{
	gw->state = MG_GW_UP;
	gw->suspected_ms = 0;
	mg_gw_audit(gw, NULL);
	next_tick(gw);
	mg_gw_tell_state(gw);
}

static void cleaned(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_gw *gw = ctx;

	gw->cleaning = false;
	if (gw->state != MG_GW_CLEANING)
		return;
	if (!rsp && mg_gw_silent(gw, gw->asked_ms))
		return;
	if (!rsp || rsp->code >= 300)
		LOG_GW(gw, LOGL_NOTICE, "old connections not deleted: %s",
		       rsp ? mgcp_code(rsp->code)->text : "no answer");
	go_up(gw);
}

static void forget_orphan(struct mg_ctx *c)
{
	if (!mg_live(c))
		mg_free(c);
}

/* With no call left, everything the gateway still has of us is a leftover (RFC 3435 4.4.5). */
static void clean(struct mg_gw *gw)
{
	if (gw->cleaning || mg_ask_gw(gw, MGCP_DLCX, gw->wildcard, cleaned) < 0) {
		go_up(gw);
		return;
	}
	gw->cleaning = true;
	gw->state = MG_GW_CLEANING;
	each_context(gw, forget_orphan);
}

void mg_gw_heard(struct mg_gw *gw)
{
	gw->heard_ms = mgcp_now() + 1;	/* counts as after a command sent in this millisecond */
	if (gw->state != MG_GW_AWAY)
		return;
	osmo_timer_del(&gw->lost);
	if (gw->wildcard && !gw->n_live)
		clean(gw);
	else
		go_up(gw);
}

/* --- keepalive --- */

static void probed(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_gw *gw = ctx;

	gw->probing = false;
	if (!rsp && gw->state == MG_GW_UP)
		mg_gw_silent(gw, gw->asked_ms);
}

static void probe(struct mg_gw *gw)
{
	if (gw->probing || mg_ask_gw(gw, MGCP_AUEP, gw->probe_name, probed) < 0)
		return;
	gw->probing = true;
}

/* One connection in turn: a restart in silence is found with the next context. */
static void audit_one(struct mg_gw *gw)
{
	struct mg_ctx *c;

	llist_for_each_entry(c, &gw->contexts, list)
		if (c->state == MG_READY)
			break;
	if (&c->list == &gw->contexts)
		return;
	llist_move_tail(&c->list, &gw->contexts);
	mg_gw_add_chore(gw, c);
}

static void tick(void *data)
{
	struct mg_gw *gw = data;
	struct mg_ctx *c;

	next_tick(gw);
	if (gw->state != MG_GW_UP) {
		probe(gw);
		return;
	}
	if (mgcp_now() - gw->heard_ms + 1 >= gw->keepalive_ms / 4 * 3)
		probe(gw);
	llist_for_each_entry(c, &gw->contexts, list)
		if (c->state == MG_ORPHAN)
			mg_gw_add_chore(gw, c);
	audit_one(gw);
	pump(gw);
}

void mg_gw_start(struct mg_gw *gw)
{
	osmo_timer_setup(&gw->tick, tick, gw);
	osmo_timer_setup(&gw->lost, lost, gw);
	gw->since_ms = mgcp_now();
	tick(gw);
}

void mg_gw_stop(struct mg_gw *gw)
{
	osmo_timer_del(&gw->tick);
	osmo_timer_del(&gw->lost);
}
