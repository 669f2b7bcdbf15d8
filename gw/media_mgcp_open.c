/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a circuit's context: CRCX, once more where that can help; our description for SIP. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"
#include "gw/sdp_bearer.h"

static void created(void *ctx, const struct mgcp_msg *rsp);

/* Our description, from what the gateway said now (or had said before, NULL), toward the offer that
 * is being answered. */
int mg_describe(struct mg_ctx *c, const struct mgcp_text *said, const char *offer)
{
	char text[MEDIA_MAX_SDP], from[MEDIA_MAX_SDP];
	int rc;

	if (said)
		rc = mgcp_text_copy(from, sizeof(from), said);
	else
		rc = snprintf(from, sizeof(from), "%s", c->local.text);
	if (rc < 0)
		return rc;
	rc = media_local_compose(text, sizeof(text), from, offer,
				 mg_gw_of(c)->osmo ? c->codec : NULL);
	return rc < 0 ? rc : media_local_set(c, &c->local, text);
}

static void now_open(struct mg_ctx *c)
{
	struct media_ctx to = c->base;

	TALLOC_FREE(c->remote);
	TALLOC_FREE(c->offer);
	c->state = MG_READY;
	mg_gw_of(c)->opened++;
	mg_start_next(c);
	to.ops->opened(to.user, c->local.text);
}

static void created_circuit(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_ctx *c = ctx;
	const struct mgcp_text *i = rsp ? mgcp_find(rsp, MGCP_P_I) : NULL;

	c->trans = NULL;
	if (!mg_live(c)) {
		mg_start_delete(c);
	} else if (!rsp) {
		mg_no_answer(c);
	} else if (rsp->code >= 300) {
		mg_lose(c, media_cause_of_code(rsp->code), mgcp_code(rsp->code)->text, true);
	} else if (!i || mgcp_text_copy(c->circuit_id, sizeof(c->circuit_id), i) < 0) {
		mg_lose(c, 41, "media gateway's answer is not usable", true);
	} else {
		now_open(c);
	}
}

/* The name that the gateway chose: there must be one when we asked for any, and it must be a single
 * endpoint. */
static int take_endpoint(struct mg_ctx *c, const struct mgcp_msg *rsp)
{
	const struct mgcp_text *z = mgcp_find(rsp, MGCP_P_Z);
	char name[2 * MGCP_MAX_NAME + 2];
	char *copy;

	if (c->named)
		return 0;
	if (!z || !mgcp_endpoint_ok(z) || mgcp_text_copy(name, sizeof(name), z) < 0 ||
	    strpbrk(name, "*$"))
		return -EBADMSG;
	copy = talloc_strdup(c, name);
	if (!copy)
		return -ENOMEM;
	talloc_free(c->endpoint);
	c->endpoint = copy;
	c->named = true;
	hash_del(&c->by_name);
	hash_add(mg_gw_of(c)->by_name, &c->by_name, mg_key(copy));
	return 0;
}

static int take_connection(struct mg_ctx *c, const struct mgcp_msg *rsp)
{
	const struct mgcp_text *i = mgcp_find(rsp, MGCP_P_I);
	int rc = take_endpoint(c, rsp);

	if (rc < 0)
		return rc;
	if (!i || !i->len || i->len > MGCP_MAX_ID)
		return -EBADMSG;
	return mgcp_text_copy(c->conn_id, sizeof(c->conn_id), i);
}

static void create_done(struct mg_ctx *c, const struct mgcp_msg *rsp)
{
	const struct mg_gw *gw = mg_gw_of(c);
	bool test = media_mode_is_test(c->mode);	/* nobody wants its description */
	int rc = take_connection(c, rsp);

	if (!mg_live(c)) {
		if (mg_can_delete(c))
			mg_start_delete(c);
		else
			mg_free(c);
		return;
	}
	if (rc >= 0 && (rsp->n_sdp || !test))
		rc = rsp->n_sdp ? mg_describe(c, &rsp->sdp[0], c->offer) : -EBADMSG;
	if (rc < 0) {
		mg_lose(c, 41, "media gateway's answer is not usable", true);
		return;
	}
	if (!gw->circuit_address || test) {
		now_open(c);
		return;
	}
	c->state = MG_CREATING_CIRCUIT;
	c->two = true;
	if (mg_ask_create_circuit(c, created_circuit) < 0)
		mg_lose(c, 47, "circuit's side cannot be asked for", true);
}

void mg_create(struct mg_ctx *c)
{
	c->state = MG_CREATING;
	if (mg_ask_create(c, created) < 0)
		mg_lose(c, 47, "too many transactions", false);
}

static void cleared(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_ctx *c = ctx;

	c->trans = NULL;
	if (!mg_live(c))
		mg_free(c);
	else if (!rsp)
		mg_no_answer(c);
	else
		mg_create(c);
}

static bool alone_on_endpoint(const struct mg_ctx *c)
{
	const struct mg_gw *gw = mg_gw_of(c);
	const struct mg_ctx *other;

	hash_for_each_possible(gw->by_name, other, by_name, mg_key(c->endpoint))
		if (other != c && !strcmp(other->endpoint, c->endpoint))
			return false;
	return true;
}

/* Refusals that another try can cure, each once: options the gateway does not know; an endpoint
 * full of somebody's connections (540; osmo-mgw says 400). */
static bool try_otherwise(struct mg_ctx *c, uint16_t code)
{
	static const uint16_t option_codes[] = { 506, 524, 525, 532, 541 };
	const struct mg_gw *gw = mg_gw_of(c);

	for (size_t i = 0; i < ARRAY_SIZE(option_codes) && !c->plain; i++) {
		if (option_codes[i] != code)
			continue;
		LOG_CTX(c, LOGL_NOTICE, "options refused (%u %s), asking without", code,
			mgcp_code(code)->text);
		c->plain = true;
		mg_create(c);
		return true;
	}
	if ((code != 540 && !(gw->osmo && code == 400)) || c->cleared || gw->any_endpoint ||
	    !gw->wildcard || !alone_on_endpoint(c))
		return false;
	LOG_CTX(c, LOGL_NOTICE, "endpoint busy (%u), deleting what is on it", code);
	c->cleared = true;
	if (mg_ask_clear(c, cleared) < 0)
		mg_lose(c, 47, "too many transactions", false);
	return true;
}

static void created(void *ctx, const struct mgcp_msg *rsp)
{
	struct mg_ctx *c = ctx;

	c->trans = NULL;
	if (!rsp) {
		mg_no_answer(c);
		return;
	}
	if (rsp->code < 300) {
		create_done(c, rsp);
		return;
	}
	if (!mg_live(c)) {
		mg_free(c);
		return;
	}
	if (try_otherwise(c, rsp->code))
		return;
	mg_gw_of(c)->refused++;
	LOG_CTX(c, LOGL_NOTICE, "CRCX refused: %u %s", rsp->code, mgcp_code(rsp->code)->text);
	mg_lose(c, media_cause_of_code(rsp->code), mgcp_code(rsp->code)->text, false);
}

int mg_pick_codec(char *buf, size_t size, const struct mg_ctx *c, const char *remote_sdp)
{
	char codecs[MG_MAX_CODECS];

	return media_codec_pick(buf, size, mg_codecs(codecs, c), remote_sdp);
}

/* The other side has speech only: an echo canceller is wanted after all. */
static void fall_back(struct mg_ctx *c, const char *remote_sdp)
{
	struct sdp s;

	if (c->tmr != MG_TMR_64K_PREFERRED || sdp_parse(&s, remote_sdp, strlen(remote_sdp)) < 0 ||
	    sdp_is_data(&s))
		return;
	c->tmr = MG_TMR_AUDIO;
	c->fell_back = true;
}

/* osmo-mgw takes one codec, and answers with the first that the remote side has: the choice is
 * ours. */
int mg_set_remote(struct mg_ctx *c, const char *remote_sdp)
{
	const struct mg_gw *gw = mg_gw_of(c);
	char buf[MEDIA_MAX_SDP], codec[sizeof(c->codec)];
	char *copy;
	int rc;

	if (gw->osmo) {
		rc = mg_pick_codec(codec, sizeof(codec), c, remote_sdp);
		if (rc < 0)
			return rc;
		memcpy(c->codec, codec, sizeof(codec));
	}
	if (!remote_sdp)
		return 0;
	rc = media_remote_for_gateway(buf, sizeof(buf), remote_sdp, gw->osmo ? c->codec : NULL);
	if (rc < 0)
		return rc;
	copy = talloc_strdup(c, buf);
	if (!copy)
		return -ENOMEM;
	talloc_free(c->remote);
	c->remote = copy;
	fall_back(c, remote_sdp);
	return 0;
}

static int name_it(struct mg_ctx *c)
{
	const struct mg_gw *gw = mg_gw_of(c);
	char name[2 * MGCP_MAX_NAME + 2];
	int rc = media_name_endpoint(name, sizeof(name), gw->pattern, gw->domain, c->cic);

	if (rc < 0)
		return rc;
	c->named = !gw->any_endpoint;
	if (c->named && !mg_gw_in_service(gw, name))
		return -ENODEV;
	c->endpoint = talloc_strdup(c, name);
	return c->endpoint ? 0 : -ENOMEM;
}

/* A deletion that was given up for now is tried again first. */
static bool must_wait(const struct mg_ctx *c)
{
	const struct mg_gw *gw = mg_gw_of(c);
	struct mg_ctx *other;
	bool wait = false;

	if (gw->any_endpoint)
		return false;
	hash_for_each_possible(gw->by_name, other, by_name, mg_key(c->endpoint)) {
		if (other == c || mg_live(other) || strcmp(other->endpoint, c->endpoint))
			continue;
		if (other->state == MG_ORPHAN)
			mg_start_delete(other);
		wait = wait || other->state != MG_ORPHAN;
	}
	return wait;
}

static struct mg_ctx *new_ctx(struct mg_gw *gw, const struct media_open *o)
{
	struct mg_ctx *c = talloc_zero(gw, struct mg_ctx);
	size_t len = strlen(o->call_id);

	if (!c)
		return NULL;
	c->base.gw = &gw->base;
	c->cic = o->cic;
	c->tmr = o->tmr;
	c->mode = o->mode;
	c->offered = !o->remote_sdp;
	c->has_remote = o->remote_sdp;
	c->local.id = media_local_new_id();
	INIT_LLIST_HEAD(&c->wanted);
	INIT_LLIST_HEAD(&c->chore);
	c->offer = talloc_strdup(c, o->remote_sdp);
	OSMO_STRLCPY_ARRAY(c->call_id,
			   len > MGCP_MAX_ID ? o->call_id + len - MGCP_MAX_ID : o->call_id);
	if (name_it(c) < 0 || (o->remote_sdp && !c->offer))
		TALLOC_FREE(c);
	return c;
}

struct media_ctx *mg_open(struct media_gw *base, const struct media_open *o,
			  const struct media_ops *ops, void *ctx)
{
	struct mg_gw *gw = container_of(base, struct mg_gw, base);
	struct mg_ctx *c;

	if (gw->n_contexts >= gw->max_contexts ||
	    (gw->circuit_address && gw->circuit_port + 2 * o->cic > 65534))
		return NULL;
	c = new_ctx(gw, o);
	if (!c)
		return NULL;
	c->base.ops = ops;
	c->base.user = ctx;
	hash_add(gw->by_name, &c->by_name, mg_key(c->endpoint));
	llist_add_tail(&c->list, &gw->contexts);
	gw->n_contexts++;
	gw->n_live++;
	c->state = must_wait(c) ? MG_WAITING : MG_CREATING;
	if (mg_set_remote(c, o->remote_sdp) < 0 ||
	    (c->state == MG_CREATING && mg_ask_create(c, created) < 0)) {
		mg_free(c);
		return NULL;
	}
	return &c->base;
}

