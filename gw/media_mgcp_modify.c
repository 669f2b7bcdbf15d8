/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a circuit's context: mode and remote description, one MDCX at a time. */
#include <errno.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/media_mgcp.h"

/* The first remote description after our offer is its answer; later ones are taken for offers, and
 * ours answers them. */
static void modify_done(struct mg_ctx *c, const struct mgcp_msg *rsp)
{
	const char *offer = c->now->answer ? NULL : c->now->remote;
	struct media_ctx to = c->base;
	int rc = 0;

	if (rsp->n_sdp || offer)
		rc = mg_describe(c, rsp->n_sdp ? &rsp->sdp[0] : NULL, offer);
	if (rc < 0) {
		mg_lose(c, 41, "media gateway's answer is not usable", true);
		return;
	}
	TALLOC_FREE(c->now);
	TALLOC_FREE(c->remote);
	c->state = MG_READY;
	mg_start_next(c);
	to.ops->modified(to.user, c->local.text);
}

/* Anything but success ends the context. */
static bool is_done(struct mg_ctx *c, const struct mgcp_msg *rsp)
{
	struct mg_gw *gw = mg_gw_of(c);

	c->trans = NULL;
	if (rsp && rsp->code < 300)
		return true;
	if (!rsp) {
		mg_no_answer(c);
	} else if (mg_says_gone(c, rsp->code)) {
		mg_gw_suspect(gw);
		mg_lose(c, 41, "media gateway has lost the connection", rsp->code == 400);
	} else {
		gw->refused++;
		LOG_CTX(c, LOGL_NOTICE, "MDCX refused: %u %s", rsp->code,
			mgcp_code(rsp->code)->text);
		mg_lose(c, media_cause_of_code(rsp->code), mgcp_code(rsp->code)->text, true);
	}
	return false;
}

static void modified(void *ctx, const struct mgcp_msg *rsp)
{
	if (is_done(ctx, rsp))
		modify_done(ctx, rsp);
}

static void modified_circuit(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_ctx *c = ctx;

	if (is_done(c, rsp) && mg_ask_modify(c, modified) < 0)
		mg_lose(c, 47, "too many transactions", true);
}

static int ask(struct mg_ctx *c, const struct mg_wanted *w)
{
	int rc = w->remote ? mg_set_remote(c, w->remote) : 0;

	c->mode = w->mode;
	if (rc < 0)
		return rc;
	return mg_circuit_follows(c) ? mg_ask_modify(c, modified) :
				       mg_ask_modify_circuit(c, modified_circuit);
}

/* The oldest modification that waits goes out, when nothing runs. One that cannot be sent now stays
 * first, and is a chore. */
void mg_start_next(struct mg_ctx *c)
{
	struct mg_wanted *w;

	if (c->state != MG_READY || llist_empty(&c->wanted))
		return;
	w = llist_first_entry(&c->wanted, struct mg_wanted, list);
	if (ask(c, w) < 0) {
		LOG_CTX(c, LOGL_ERROR, "MDCX cannot be sent now");
		mg_gw_add_chore(mg_gw_of(c), c);
		return;
	}
	c->state = MG_MODIFYING;
	c->now = w;
	llist_del(&w->list);
	c->n_wanted--;
}

/* Would the gateway understand it? Asked before anything changes, so that a bad offer does not cost
 * the call. */
static int check_remote(const struct mg_ctx *c, const char *remote_sdp)
{
	const struct mg_gw *gw = mg_gw_of(c);
	char buf[MEDIA_MAX_SDP];
	int rc;

	if (gw->osmo) {
		rc = mg_pick_codec(buf, sizeof(c->codec), c, remote_sdp);
		if (rc < 0)
			return rc;
	}
	return media_remote_for_gateway(buf, sizeof(buf), remote_sdp, NULL);
}

int mg_modify(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp)
{
	struct mg_ctx *c = container_of(mc, struct mg_ctx, base);
	struct mg_wanted *w;
	int rc;

	if (c->n_wanted >= MG_MAX_WANTED)
		return -EBUSY;
	if (!remote_sdp && !c->has_remote && media_mode_needs_remote(mode))
		return -EINVAL;
	rc = remote_sdp ? check_remote(c, remote_sdp) : 0;
	if (rc < 0)
		return rc;
	w = talloc_zero(c, struct mg_wanted);
	if (!w)
		return -ENOMEM;
	w->mode = mode;
	w->answer = remote_sdp && c->offered;
	w->remote = talloc_strdup(w, remote_sdp);
	if (remote_sdp && !w->remote) {
		talloc_free(w);
		return -ENOMEM;
	}
	if (remote_sdp)
		c->offered = false;
	c->has_remote = c->has_remote || remote_sdp;
	llist_add_tail(&w->list, &c->wanted);
	c->n_wanted++;
	mg_start_next(c);
	return 0;
}
