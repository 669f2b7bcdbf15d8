/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check tones by MGCP: co1 and co2 of the trunk package (RFC 3660 2.3), or TGCP's IT package. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"

enum { MG_MAX_CHECKS = 1024 };

struct mg_check {
	struct media_check base;	/* done NULL: only the tone is still to be taken away */
	struct llist_head list;
	struct mg_request request;
	char *endpoint;
	bool pair;
};

/* A gateway without real circuits has nothing to send a tone on; RTP circuits can be looped. */
unsigned int mg_can(const struct media_gw *base)
{
	const struct mg_gw *gw = container_of(base, struct mg_gw, base);

	if (gw->circuit_address)
		return MEDIA_CAN_LOOP;
	if (gw->osmo || gw->any_endpoint)
		return 0;
	return MEDIA_CAN_LOOP | MEDIA_CAN_TRANSPOND | MEDIA_CAN_CHECK;
}

static struct mg_gw *gw_of(const struct mg_check *k)
{
	return container_of(k->base.gw, struct mg_gw, base);
}

static void forget(struct mg_check *k)
{
	mg_ask_no_more(&k->request);
	gw_of(k)->n_checks--;
	llist_del(&k->list);
	talloc_free(k);
}

static int request(struct mg_check *k, const char *events, const char *signals, mgcp_done_cb *done)
{
	const struct mg_wish w = { k->endpoint, events, signals };

	return mg_ask_notify(&k->request, gw_of(k), &w, done, k);
}

static void cleared(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_check *k = ctx;

	k->request.trans = NULL;
	forget(k);
}

/* A tone that has ended by itself needs it, too: nothing is to be reported any more. */
static void clear(struct mg_check *k)
{
	mg_ask_no_more(&k->request);
	if (gw_of(k)->state == MG_GW_AWAY || request(k, "", "", cleared) < 0)
		forget(k);
}

/* sounds: the gateway may still have the tone on. */
static void end(struct mg_check *k, enum media_check_result result, const char *why, bool sounds)
{
	struct media_check to = k->base;

	k->base.done = NULL;
	if (sounds)
		clear(k);
	else
		forget(k);
	if (to.done)
		to.done(to.ctx, result, why);
}

static void asked(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_check *k = ctx;
	struct mg_gw *gw = gw_of(k);

	k->request.trans = NULL;
	if (rsp && rsp->code < 300)
		return;
	if (rsp) {
		LOG_GW(gw, LOGL_NOTICE, "%s: check tone refused: %u %s", k->endpoint, rsp->code,
		       mgcp_code(rsp->code)->text);
		end(k, MEDIA_CHECK_UNABLE, mgcp_code(rsp->code)->text, false);
	} else if (!mg_gw_silent(gw, k->request.asked_ms)) {	/* else all checks have been told */
		end(k, MEDIA_CHECK_UNABLE, "media gateway did not answer", true);
	}
}

/* What an earlier check of the endpoint still has to say would silence this one. */
void mg_check_make_way(struct mg_gw *gw, const char *endpoint)
{
	struct mg_check *k, *k2;

	llist_for_each_entry_safe(k, k2, &gw->checks, list)
		if (!k->base.done && !strcmp(k->endpoint, endpoint))
			forget(k);
}

static struct mg_check *new_check(struct mg_gw *gw, const struct media_check_order *o)
{
	char name[2 * MGCP_MAX_NAME + 2];
	struct mg_check *k;

	if (gw->n_checks == MG_MAX_CHECKS ||
	    media_name_endpoint(name, sizeof(name), gw->pattern, gw->domain, o->cic) < 0 ||
	    !mg_gw_in_service(gw, name))
		return NULL;
	mg_check_make_way(gw, name);
	mg_tone_make_way(gw, name);
	k = talloc_zero(gw, struct mg_check);
	if (!k)
		return NULL;
	k->base.gw = &gw->base;
	k->pair = o->pair;
	llist_add_tail(&k->list, &gw->checks);
	gw->n_checks++;
	k->endpoint = talloc_strdup(k, name);
	if (k->endpoint)
		return k;
	forget(k);
	return NULL;
}

struct media_check *mg_check_start(struct media_gw *base, const struct media_check_order *o,
				   media_check_cb *done, void *ctx)
{
	struct mg_gw *gw = container_of(base, struct mg_gw, base);
	struct mg_check *k = new_check(gw, o);
	const char *p = gw->trunk_package;
	char events[48], signals[16];

	if (!k)
		return NULL;
	k->base.done = done;
	k->base.ctx = ctx;
	snprintf(events, sizeof(events), "%s/%s(N), %s/oc(N), %s/of(N)", p, o->pair ? "co2" : "co1",
		 p, p);
	snprintf(signals, sizeof(signals), "%s/co1", p);
	if (request(k, events, signals, asked) == 0)
		return &k->base;
	forget(k);
	return NULL;
}

void mg_check_stop(struct media_check *base)
{
	struct mg_check *k = container_of(base, struct mg_check, base);

	k->base.done = NULL;
	clear(k);
}

/* The event of "t/co1, t/oc(t/co1)" that counts: the first. -1: none that we know. */
static int result_of(const struct mg_check *k, const struct mgcp_text *events)
{
	const char *slash = memchr(events->p, '/', events->len);
	const char *name = slash ? slash + 1 : events->p;
	size_t left = events->p + events->len - name;

	if (left >= 3 && !strncasecmp(name, k->pair ? "co2" : "co1", 3))
		return MEDIA_CHECK_PASSED;
	if (left >= 2 && (!strncasecmp(name, "oc", 2) || !strncasecmp(name, "of", 2)))
		return MEDIA_CHECK_FAILED;
	return -1;
}

/* What the gateway has noticed (NTFY). */
void mg_check_notified(struct mg_gw *gw, const struct mgcp_msg *cmd)
{
	const struct mgcp_text *x = mgcp_find(cmd, MGCP_P_X), *o = mgcp_find(cmd, MGCP_P_O);
	struct mg_check *k;
	int result;

	llist_for_each_entry(k, &gw->checks, list) {
		if (!k->base.done || !x || !o || !mgcp_text_is(x, k->request.id) ||
		    !mgcp_name_covers(&cmd->endpoint, k->endpoint))
			continue;
		result = result_of(k, o);
		if (result >= 0)
			end(k, result, result == MEDIA_CHECK_PASSED ? "tone" : "no tone", true);
		return;
	}
}

/* The gateway is away (NULL), or these endpoints restart. Listeners may start others meanwhile. */
void mg_check_lost(struct mg_gw *gw, const struct mgcp_text *covered)
{
	LLIST_HEAD(now);

	llist_splice_init(&gw->checks, &now);
	while (!llist_empty(&now)) {
		struct mg_check *k = llist_first_entry(&now, struct mg_check, list);

		llist_move_tail(&k->list, &gw->checks);
		if (!covered || mgcp_name_covers(covered, k->endpoint))
			end(k, MEDIA_CHECK_UNABLE, "media gateway is away or restarts", false);
	}
}
