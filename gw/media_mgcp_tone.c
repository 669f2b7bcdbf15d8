/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring tone by MGCP: rt of the generic package (RFC 3660 2.1), or of TGCP's IT package, played
 * to the circuit until packets arrive or somebody stops it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"

enum { MG_MAX_TONES = 4096 };

struct mg_tone {
	struct llist_head list;
	struct mg_gw *gw;
	struct mg_ctx *c;		/* NULL: it only is still to be taken away */
	struct mg_request request;
	bool listens;			/* asked to notice the first packet */
	char endpoint[];
};

static void forget(struct mg_tone *t)
{
	mg_ask_no_more(&t->request);
	if (t->c)
		t->c->tone = NULL;
	t->gw->n_tones--;
	llist_del(&t->list);
	talloc_free(t);
}

static int request(struct mg_tone *t, const char *events, const char *signals, mgcp_done_cb *done)
{
	const struct mg_wish w = { t->endpoint, events, signals };

	return mg_ask_notify(&t->request, t->gw, &w, done, t);
}

static void cleared(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_tone *t = ctx;

	t->request.trans = NULL;
	forget(t);
}

/* The gateway may still have it on. */
static void clear(struct mg_tone *t)
{
	mg_ask_no_more(&t->request);
	if (t->c)
		t->c->tone = NULL;
	t->c = NULL;
	if (t->gw->state == MG_GW_AWAY || request(t, "", "", cleared) < 0)
		forget(t);
}

static int ring(struct mg_tone *t);

/* Not equipped for the event, or for the signal: an unknown package may be either's. */
static bool unfit(uint16_t code)
{
	return code == 512 || code == 513 || code == 518 || code == 522;
}

static void refused(struct mg_tone *t, uint16_t code)
{
	struct mg_gw *gw = t->gw;

	if (unfit(code) && t->listens && code != 513) {
		gw->no_media_start = true;
		if (ring(t) == 0)
			return;
	} else if (unfit(code)) {
		gw->no_ring = true;
	}
	LOG_GW(gw, LOGL_NOTICE, "%s: ring tone refused: %u %s", t->endpoint, code,
	       mgcp_code(code)->text);
	forget(t);
}

static void rings(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_tone *t = ctx;

	t->request.trans = NULL;
	/* silent: it has been forgotten with all */
	if (!rsp && !mg_gw_silent(t->gw, t->request.asked_ms))
		clear(t);
	else if (rsp && rsp->code >= 300)
		refused(t, rsp->code);
}

/* The first packet stops it where the gateway can notice that (RTP package, ma): a signal that ends
 * by itself also ends with an event that was asked for (RFC 3435 2.3.3). */
static int ring(struct mg_tone *t)
{
	bool tgcp = strcmp(t->gw->trunk_package, "it") == 0;
	char events[16 + MGCP_MAX_ID] = "";

	t->listens = t->c->conn_id[0] && !t->gw->no_media_start;
	if (t->listens)
		snprintf(events, sizeof(events), "%s/ma@%s(N)", tgcp ? "it" : "r", t->c->conn_id);
	return request(t, events, tgcp ? "it/rt" : "g/rt", rings);
}

/* What was asked of the endpoint before would end what begins now. */
void mg_tone_make_way(struct mg_gw *gw, const char *endpoint)
{
	struct mg_tone *t, *t2;

	llist_for_each_entry_safe(t, t2, &gw->tones, list)
		if (!t->c && !strcmp(t->endpoint, endpoint))
			forget(t);
}

static int start(struct mg_ctx *c)
{
	struct mg_gw *gw = mg_gw_of(c);
	size_t len = strlen(c->endpoint) + 1;
	struct mg_tone *t;
	int rc;

	if (gw->osmo || gw->circuit_address || gw->no_ring)
		return -EOPNOTSUPP;
	if (c->state != MG_READY && c->state != MG_MODIFYING && c->state != MG_AUDITING)
		return -ENOTCONN;
	mg_tone_make_way(gw, c->endpoint);
	mg_check_make_way(gw, c->endpoint);
	if (gw->n_tones == MG_MAX_TONES)
		return -ENOBUFS;
	t = talloc_zero_size(gw, sizeof(*t) + len);
	if (!t)
		return -ENOMEM;
	t->gw = gw;
	t->c = c;
	memcpy(t->endpoint, c->endpoint, len);
	llist_add_tail(&t->list, &gw->tones);
	gw->n_tones++;
	c->tone = t;
	rc = ring(t);
	if (rc < 0)
		forget(t);
	return rc;
}

void mg_tone_stop(struct mg_ctx *c)
{
	if (c->tone)
		clear(c->tone);
}

int mg_tone(struct media_ctx *mc, enum media_tone tone)
{
	struct mg_ctx *c = container_of(mc, struct mg_ctx, base);

	if (tone == MEDIA_TONE_RING)
		return c->tone ? 0 : start(c);
	mg_tone_stop(c);
	return 0;
}

/* What the gateway has noticed (NTFY): a packet came, it has stopped by itself. */
void mg_tone_notified(struct mg_gw *gw, const struct mgcp_msg *cmd)
{
	const struct mgcp_text *x = mgcp_find(cmd, MGCP_P_X);
	struct mg_tone *t;

	llist_for_each_entry(t, &gw->tones, list) {
		if (!t->c || !x || !mgcp_text_is(x, t->request.id) ||
		    !mgcp_name_covers(&cmd->endpoint, t->endpoint))
			continue;
		forget(t);
		return;
	}
}

/* The gateway is away (NULL), or these endpoints restart: no tone is on. */
void mg_tone_lost(struct mg_gw *gw, const struct mgcp_text *covered)
{
	struct mg_tone *t, *t2;

	llist_for_each_entry_safe(t, t2, &gw->tones, list)
		if (!covered || mgcp_name_covers(covered, t->endpoint))
			forget(t);
}
