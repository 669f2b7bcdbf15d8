/* SPDX-License-Identifier: GPL-3.0-or-later */
/* End and upkeep of a circuit's context: its listener may go before its connection does. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"
#include "gw/text.h"

static void deleted(void *ctx, const struct mgcp_msg *rsp);

uint32_t mg_key(const char *name)
{
	return hash_text(HASH_START, name);
}

/* --- life --- */

static void drop_wanted(struct mg_ctx *c)
{
	struct mg_wanted *w, *w2;

	llist_for_each_entry_safe(w, w2, &c->wanted, list)
		talloc_free(w);
	INIT_LLIST_HEAD(&c->wanted);
	c->n_wanted = 0;
	TALLOC_FREE(c->now);
}

static void stop_asking(struct mg_ctx *c)
{
	if (c->trans)
		mgcp_transaction_cancel(c->trans);
	c->trans = NULL;
}

/* Nobody listens from here on. Gives to whom the last word goes. */
struct media_ctx mg_unhook(struct mg_ctx *c)
{
	struct media_ctx to = c->base;

	mg_tone_stop(c);
	if (mg_live(c))
		mg_gw_of(c)->n_live--;
	c->base.ops = NULL;
	return to;
}

/* Somebody may wait for the name: the one that came first goes on, when nothing else of that name
 * is being deleted. */
static void wake(struct mg_gw *gw, const char *name)
{
	struct mg_ctx *c, *first = NULL;

	if (gw->state != MG_GW_UP || gw->any_endpoint)
		return;
	hash_for_each_possible(gw->by_name, c, by_name, mg_key(name)) {
		if (strcmp(c->endpoint, name))
			continue;
		if (!mg_live(c) && c->state != MG_ORPHAN)
			return;
		if (c->state == MG_WAITING)
			first = c;	/* the bucket has the newest first */
	}
	if (!first)
		return;
	mg_create(first);
}

void mg_free(struct mg_ctx *c)
{
	struct mg_gw *gw = mg_gw_of(c);
	char *name = c->endpoint;

	mg_unhook(c);
	stop_asking(c);
	if (c->running_chore)
		gw->chores_running--;
	talloc_steal(gw, name);
	hash_del(&c->by_name);
	llist_del(&c->list);
	llist_del(&c->chore);
	gw->n_contexts--;
	talloc_free(c);
	wake(gw, name);
	talloc_free(name);
}

void mg_start_delete(struct mg_ctx *c)
{
	stop_asking(c);
	drop_wanted(c);
	TALLOC_FREE(c->remote);
	TALLOC_FREE(c->offer);
	TALLOC_FREE(c->local.text);
	c->deletes++;
	c->state = MG_DELETING;
	if (mg_gw_of(c)->state == MG_GW_AWAY || mg_ask_delete(c, deleted) < 0)
		c->state = MG_ORPHAN;
}

/* May the gateway have something that we can name? */
bool mg_can_delete(const struct mg_ctx *c)
{
	return c->state != MG_WAITING && (c->named || c->conn_id[0]);
}

void mg_lose(struct mg_ctx *c, uint8_t cause, const char *why, bool exists)
{
	struct media_ctx to = mg_unhook(c);

	if (to.ops)
		LOG_CTX(c, LOGL_NOTICE, "lost: %s", why);
	if (exists && mg_can_delete(c))
		mg_start_delete(c);
	else
		mg_free(c);
	if (to.ops)
		to.ops->failed(to.user, cause, why);
}

/* A command of ours had no answer. */
void mg_no_answer(struct mg_ctx *c)
{
	uint64_t asked = c->asked_ms;

	if (!mg_gw_silent(mg_gw_of(c), asked))
		mg_lose(c, 41, "media gateway did not answer", true);
}

void mg_stall(struct mg_ctx *c)
{
	switch ((enum mg_state)c->state) {
	case MG_READY:
		break;
	case MG_AUDITING:
		stop_asking(c);
		c->state = MG_READY;
		mg_gw_chore_done(mg_gw_of(c), c);
		break;
	case MG_DELETING:
	case MG_ORPHAN:
		stop_asking(c);
		c->state = MG_ORPHAN;
		mg_gw_chore_done(mg_gw_of(c), c);
		break;
	default:
		mg_lose(c, 41, "media gateway does not answer", true);
	}
}

/* --- deletion --- */

static void log_statistics(const struct mg_ctx *c, const struct mgcp_msg *rsp)
{
	const struct mgcp_text *p = mgcp_find(rsp, MGCP_P_P);
	struct mgcp_stats s;

	if (!p)
		return;
	s = mgcp_stats(p);
	LOG_CTX(c, LOGL_INFO, "deleted, sent %u received %u lost %u packets, jitter %u", s.ps, s.pr,
		s.pl, s.ji);
}

/* osmo-mgw says 400 when the endpoint has no connection at all. */
bool mg_says_gone(const struct mg_ctx *c, uint16_t code)
{
	return code == 515 || code == 516 ||
	       (c->state != MG_DELETING && (code == 500 || (mg_gw_of(c)->osmo && code == 400)));
}

/* Whoever waits for the endpoint goes on: the gateway is there, and may refuse. */
static void delete_unanswered(struct mg_ctx *c)
{
	struct mg_gw *gw = mg_gw_of(c);

	c->state = MG_ORPHAN;
	if (mg_gw_silent(gw, c->asked_ms))
		return;
	if (c->deletes < MG_MAX_DELETES) {
		wake(gw, c->endpoint);
		return;
	}
	LOG_CTX(c, LOGL_ERROR, "connection cannot be deleted: no answer");
	mg_free(c);
}

static void deleted(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_ctx *c = ctx;
	struct mg_gw *gw = mg_gw_of(c);

	c->trans = NULL;
	mg_gw_chore_done(gw, c);
	if (!rsp) {
		delete_unanswered(c);
		return;
	}
	log_statistics(c, rsp);
	if (rsp->code >= 300 && !mg_says_gone(c, rsp->code))
		LOG_CTX(c, LOGL_NOTICE, "DLCX refused: %u %s", rsp->code,
			mgcp_code(rsp->code)->text);
	if (mg_says_gone(c, rsp->code) && c->conn_id[0] && c->deletes == 1)
		mg_gw_suspect(gw);
	mg_free(c);
}

void mg_close(struct media_ctx *mc)
{
	struct mg_ctx *c = container_of(mc, struct mg_ctx, base);

	mg_unhook(c);
	drop_wanted(c);
	switch ((enum mg_state)c->state) {
	case MG_WAITING:
		mg_free(c);
		break;
	case MG_CREATING:
	case MG_CREATING_CIRCUIT:
		break;		/* until the answer names what is to be deleted */
	default:
		mg_gw_chore_done(mg_gw_of(c), c);
		mg_start_delete(c);
	}
}

/* --- upkeep --- */

static void audited(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_ctx *c = ctx;
	struct mg_gw *gw = mg_gw_of(c);
	uint64_t asked = c->asked_ms;

	c->trans = NULL;
	c->state = MG_READY;
	mg_gw_chore_done(gw, c);
	if (rsp && mg_says_gone(c, rsp->code)) {
		mg_gw_suspect(gw);
		mg_lose(c, 41, "media gateway has lost the connection", rsp->code == 400);
		return;
	}
	if (!rsp && mg_gw_silent(gw, asked))
		return;
	if (!rsp || rsp->code == 504) {
		LOG_CTX(c, LOGL_NOTICE, "gateway cannot be asked for connections");
		gw->no_audit = true;
	}
	mg_start_next(c);
}

bool mg_chore(struct mg_ctx *c)
{
	if (c->state == MG_ORPHAN) {
		mg_start_delete(c);
		return c->state == MG_DELETING;
	}
	if (c->state != MG_READY)
		return false;
	mg_start_next(c);
	if (c->state != MG_READY || mg_gw_of(c)->no_audit || mg_ask_audit(c, audited) < 0)
		return false;
	c->state = MG_AUDITING;
	return true;
}
