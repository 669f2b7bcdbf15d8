/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a gateway tells by itself: restarts and endpoints' service state; connections given up. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/media_mgcp.h"

bool mg_gw_in_service(const struct mg_gw *gw, const char *endpoint)
{
	const struct mg_zone *z;

	llist_for_each_entry_reverse(z, &gw->zones, list) {
		struct mgcp_text name = mgcp_text(z->name);

		if (mgcp_name_covers(&name, endpoint))
			return !z->out;
	}
	return true;
}

static void drop_zone(struct mg_gw *gw, struct mg_zone *z)
{
	llist_del(&z->list);
	talloc_free(z);
	gw->n_zones--;
}

/* What is said now counts for all it covers; being in service needs a row only within something
 * that is not. */
static void set_zone(struct mg_gw *gw, const struct mgcp_text *name, bool out)
{
	struct mg_zone *z, *z2;
	char text[2 * MGCP_MAX_NAME + 2];

	if (mgcp_text_copy(text, sizeof(text), name) < 0)
		return;
	text[strcspn(text, "@")] = '\0';
	llist_for_each_entry_safe(z, z2, &gw->zones, list)
		if (mgcp_name_covers(name, z->name))
			drop_zone(gw, z);
	if (mg_gw_in_service(gw, text) == !out)
		return;
	if (gw->n_zones == MG_MAX_ZONES) {
		LOG_GW(gw, LOGL_ERROR, "too many service states, the oldest is forgotten");
		drop_zone(gw, llist_first_entry(&gw->zones, struct mg_zone, list));
	}
	z = talloc_zero_size(gw, sizeof(*z) + strlen(text) + 1);
	if (!z)
		return;
	z->out = out;
	memcpy(z->name, text, strlen(text) + 1);
	llist_add_tail(&z->list, &gw->zones);
	gw->n_zones++;
}

/* Contexts on these endpoints are gone in the gateway. */
static void lose_covered(struct mg_gw *gw, const struct mgcp_text *name, uint8_t cause,
			 const char *why)
{
	LLIST_HEAD(now);

	llist_splice_init(&gw->contexts, &now);
	while (!llist_empty(&now)) {
		struct mg_ctx *c = llist_first_entry(&now, struct mg_ctx, list);

		llist_move_tail(&c->list, &gw->contexts);
		if (!mgcp_name_covers(name, c->endpoint) || c->state == MG_WAITING ||
		    c->state == MG_CREATING)
			continue; /* those were asked for after the restart, or will be refused */
		gw->lost_contexts += mg_live(c);
		mg_lose(c, cause, why, false);
	}
}

static uint16_t reason(const struct mgcp_msg *cmd)
{
	const struct mgcp_text *e = mgcp_find(cmd, MGCP_P_E);
	char text[4];

	if (!e || e->len < 3)
		return 0;
	mgcp_text_copy(text, sizeof(text), &(struct mgcp_text){ e->p, 3 });
	return strtoul(text, NULL, 10);
}

static uint16_t rsip(struct mg_gw *gw, const struct mgcp_msg *cmd)
{
	const struct mgcp_text *rm = mgcp_find(cmd, MGCP_P_RM), *rd = mgcp_find(cmd, MGCP_P_RD);
	bool later = rd && strspn(rd->p, "0") < rd->len;
	enum mgcp_restart how = mgcp_restart(rm);

	LOG_GW(gw, LOGL_NOTICE, "restart in progress: %.*s of %.*s", rm->len, rm->p,
	       cmd->endpoint.len, cmd->endpoint.p);
	switch (how) {
	case MGCP_RM_RESTART:
	case MGCP_RM_FORCED:
		gw->restarts++;
		set_zone(gw, &cmd->endpoint, how == MGCP_RM_FORCED || later);
		mg_tone_lost(gw, &cmd->endpoint);
		lose_covered(gw, &cmd->endpoint,
			     how == MGCP_RM_FORCED ? media_cause_of_reason(reason(cmd)) : 41,
			     "media gateway restarts");
		mg_check_lost(gw, &cmd->endpoint);
		break;
	case MGCP_RM_GRACEFUL:
	case MGCP_RM_CANCEL:
		set_zone(gw, &cmd->endpoint, how == MGCP_RM_GRACEFUL);
		break;
	case MGCP_RM_DISCONNECTED:
		set_zone(gw, &cmd->endpoint, false);
		if (gw->state == MG_GW_UP)
			mg_gw_audit(gw, &cmd->endpoint);
		break;
	default:
		return 536;
	}
	mg_gw_tell_state(gw);
	return 200;
}

/* The gateway gives a connection up (2.3.7). */
static uint16_t dlcx(struct mg_gw *gw, const struct mgcp_msg *cmd)
{
	const struct mgcp_text *i = mgcp_find(cmd, MGCP_P_I);
	struct mg_ctx *c;

	if (!i || !i->len)
		return 510;
	llist_for_each_entry(c, &gw->contexts, list) {
		if (!mgcp_text_is(i, c->conn_id) || !mgcp_name_covers(&cmd->endpoint, c->endpoint))
			continue;
		gw->lost_contexts += mg_live(c);
		mg_lose(c, media_cause_of_reason(reason(cmd)),
			"media gateway gave the connection up", c->two);
		return 200;
	}
	return 515;
}

uint16_t mg_gw_command(void *ctx, const struct mgcp_msg *cmd)
{
	struct mg_gw *gw = ctx;

	switch (cmd->verb) {
	case MGCP_RSIP:
		return rsip(gw, cmd);
	case MGCP_DLCX:
		return dlcx(gw, cmd);
	case MGCP_NTFY:		/* also what we did not ask for is confirmed (4.4.1) */
		mg_check_notified(gw, cmd);
		mg_tone_notified(gw, cmd);
		return 200;
	case MGCP_MESG:
		return 200;
	default:
		return 504;
	}
}
