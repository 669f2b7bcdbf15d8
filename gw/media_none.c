/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media without a gateway to control: a circuit's RTP is found by rule, or nobody tells it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/media_backend.h"
#include "gw/sdp.h"

enum { NONE_MAX_REQUESTS = 8 };		/* asked and not yet answered, of one context */

struct none_gw {
	struct media_gw base;
	char *address;			/* NULL: no descriptions */
	uint16_t base_port;
	unsigned int contexts;
	uint64_t opened, refused;
	struct llist_head due;		/* contexts with something to say, after the request */
	struct llist_head all;
	struct osmo_timer_list timer;
};

struct none_ctx {
	struct media_ctx base;
	struct llist_head list;
	struct llist_head due;		/* empty when nothing is to be said */
	struct media_local local;
	uint16_t cic;
	uint8_t tmr;
	bool open;			/* opened was said */
	bool offered;			/* ours went out first; the next remote one is its answer */
	uint8_t answers;		/* requests waiting for opened or modified */
	uint8_t failure;		/* Q.850 cause, instead */
};

static struct none_gw *gw_of(const struct none_ctx *c)
{
	return container_of(c->base.gw, struct none_gw, base);
}

static void speak_later(struct none_ctx *c)
{
	struct none_gw *gw = gw_of(c);

	c->answers++;
	if (!llist_empty(&c->due))
		return;
	if (llist_empty(&gw->due))
		osmo_timer_schedule(&gw->timer, 0, 0);
	llist_add_tail(&c->due, &gw->due);
}

static void forget(struct none_ctx *c)
{
	gw_of(c)->contexts--;
	llist_del(&c->list);
	llist_del(&c->due);
	talloc_free(c);
}

static void speak(struct none_ctx *c)
{
	struct media_ctx to = c->base;
	uint8_t cause = c->failure;
	const char *sdp = c->local.text;
	bool was_open = c->open;

	if (cause) {
		gw_of(c)->refused++;
		forget(c);
		to.ops->failed(to.user, cause, "no codec in common");
		return;
	}
	c->open = true;
	if (was_open)
		to.ops->modified(to.user, sdp);
	else
		to.ops->opened(to.user, sdp);
}

/* Each turn takes what was there at its start, one answer of a context at a time: listeners may
 * open, modify and close meanwhile. */
static void turn(void *data)
{
	struct none_gw *gw = data;
	LLIST_HEAD(now);

	llist_splice_init(&gw->due, &now);
	while (!llist_empty(&now)) {
		struct none_ctx *c = llist_first_entry(&now, struct none_ctx, due);

		llist_del_init(&c->due);
		if (--c->answers && !c->failure)
			llist_add_tail(&c->due, &gw->due);
		speak(c);
	}
	if (!llist_empty(&gw->due))
		osmo_timer_schedule(&gw->timer, 0, 0);
}

static int describe(struct none_ctx *c, const char *remote_sdp)
{
	const struct none_gw *gw = gw_of(c);
	struct sdp_local l = {
		.address = gw->address, .port = gw->base_port + 2 * c->cic,
		.id = c->local.id, .version = 1, .dir = SDP_SENDRECV, .tmr = c->tmr,
	};
	char text[MEDIA_MAX_SDP];
	struct sdp remote;
	int rc;

	if (!gw->address)
		return 0;
	if (!remote_sdp) {
		rc = sdp_offer(text, sizeof(text), &l);
		return rc < 0 ? rc : media_local_set(c, &c->local, text);
	}
	rc = sdp_parse(&remote, remote_sdp, strlen(remote_sdp));
	if (rc < 0)
		return rc;
	rc = sdp_answer(text, sizeof(text), &remote, &l);
	return rc < 0 ? rc : media_local_set(c, &c->local, text);
}

static struct media_ctx *none_open(struct media_gw *base, const struct media_open *o,
				   const struct media_ops *ops, void *ctx)
{
	struct none_gw *gw = container_of(base, struct none_gw, base);
	struct none_ctx *c;

	if (gw->address && gw->base_port + 2 * o->cic > 65534)
		return NULL;
	c = talloc_zero(gw, struct none_ctx);
	if (!c)
		return NULL;
	c->base = (struct media_ctx){ base, ops, ctx };
	c->cic = o->cic;
	c->tmr = o->tmr;
	c->local.id = media_local_new_id();
	c->offered = !o->remote_sdp;
	INIT_LLIST_HEAD(&c->due);
	llist_add(&c->list, &gw->all);
	gw->contexts++;
	gw->opened++;
	if (describe(c, o->remote_sdp) < 0)
		c->failure = 65;	/* SIP hears it as 488 */
	speak_later(c);
	return &c->base;
}

static int none_modify(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp)
{
	struct none_ctx *c = container_of(mc, struct none_ctx, base);
	int rc = 0;

	if (c->failure)
		return -EINVAL;
	if (c->answers >= NONE_MAX_REQUESTS)
		return -EBUSY;
	if (remote_sdp && c->offered)
		c->offered = false;	/* the answer to our offer changes nothing in it */
	else if (remote_sdp)
		rc = describe(c, remote_sdp);
	if (rc < 0)
		return rc;
	speak_later(c);
	return 0;
}

static void none_close(struct media_ctx *mc)
{
	forget(container_of(mc, struct none_ctx, base));
}

static struct media_ctx *none_next(const struct media_gw *base, const struct media_ctx *mc)
{
	struct none_gw *gw = container_of(base, struct none_gw, base);
	struct llist_head *next =
		mc ? container_of(mc, struct none_ctx, base)->list.next : gw->all.next;

	return next == &gw->all ? NULL : &llist_entry(next, struct none_ctx, list)->base;
}

static bool none_available(const struct media_gw *gw)
{
	return true;
}

static void none_show(const struct media_gw *base, void (*line)(void *ctx, const char *text),
		      void *ctx)
{
	const struct none_gw *gw = container_of(base, struct none_gw, base);
	char text[160];

	snprintf(text, sizeof(text), "media gateway %s: none to control, RTP %s", base->name,
		 gw->address ? gw->address : "not told");
	line(ctx, text);
	snprintf(text, sizeof(text), "  contexts %u, opened %llu, refused %llu", gw->contexts,
		 (unsigned long long)gw->opened, (unsigned long long)gw->refused);
	line(ctx, text);
}

static void none_close_gw(struct media_gw *base)
{
	struct none_gw *gw = container_of(base, struct none_gw, base);

	osmo_timer_del(&gw->timer);
	talloc_free(gw);
}

static const struct media_backend backend = {
	.open = none_open,
	.modify = none_modify,
	.close = none_close,
	.next = none_next,
	.available = none_available,
	.show = none_show,
	.close_gw = none_close_gw,
};

struct media_gw *media_none_open(void *ctx, const struct media_none_cfg *cfg)
{
	struct none_gw *gw = talloc_zero(ctx, struct none_gw);

	if (!gw)
		return NULL;
	gw->base.be = &backend;
	gw->base.name = talloc_strdup(gw, cfg->name);
	gw->address = talloc_strdup(gw, cfg->rtp_address);
	gw->base_port = cfg->rtp_base_port;
	INIT_LLIST_HEAD(&gw->due);
	INIT_LLIST_HEAD(&gw->all);
	osmo_timer_setup(&gw->timer, turn, gw);
	if (!gw->base.name || (cfg->rtp_address && !gw->address))
		TALLOC_FREE(gw);
	return gw ? &gw->base : NULL;
}
