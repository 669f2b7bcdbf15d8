/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gw/media.h on paper: keeps the promises of that page, as slowly or as badly as a flow wants. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/media_backend.h"
#include "tests/flow/fake_media.h"

struct fake_gw {
	struct media_gw base;
	struct llist_head all;
	struct llist_head checks;
	struct osmo_timer_list timer;
	bool slow, dead;
	bool unfit;			/* for continuity */
	bool toneless;
	bool mute;			/* does not tell what it is asked */
	bool passes, fails;		/* checks do, at once */
	uint8_t cause;			/* refuses with it; 0: does what it is asked */
	unsigned int n_said;
	char said[FAKE_MEDIA_MAX_SAID][64];
};

struct fake_ctx {
	struct media_ctx base;
	struct llist_head list;
	uint16_t cic;
	unsigned int owes;		/* answers to requests */
	bool open;
	uint8_t cause;			/* the answer will be a failure */
};

struct fake_check {
	struct media_check base;
	struct llist_head list;
	uint16_t cic;
};

static const char *const modes[] = {
	[MEDIA_INACTIVE] = "inactive", [MEDIA_RECVONLY] = "recvonly",
	[MEDIA_SENDONLY] = "sendonly", [MEDIA_SENDRECV] = "sendrecv",
	[MEDIA_LOOPBACK] = "loopback", [MEDIA_TRANSPONDER] = "conttest",
};

static struct fake_gw *gw_of(const struct media_gw *gw)
{
	return container_of(gw, struct fake_gw, base);
}

static void say(struct fake_gw *g, uint16_t cic, const char *what, const char *how)
{
	if (g->mute)
		return;
	if (g->n_said == FAKE_MEDIA_MAX_SAID) {
		fprintf(stderr, "more than %d media requests not looked at\n", FAKE_MEDIA_MAX_SAID);
		exit(1);
	}
	snprintf(g->said[g->n_said++], sizeof(g->said[0]), "%s cic=%u%s", what, cic, how);
}

static void forget(struct fake_ctx *c)
{
	llist_del(&c->list);
	talloc_free(c);
}

static void fail(struct fake_ctx *c, uint8_t cause, const char *why)
{
	struct media_ctx to = c->base;

	forget(c);
	to.ops->failed(to.user, cause, why);
}

static void answer(struct fake_ctx *c)
{
	char sdp[256];
	bool was_open = c->open;

	c->owes--;
	if (c->cause) {
		fail(c, c->cause, "the media gateway refused");
		return;
	}
	c->open = true;
	snprintf(sdp, sizeof(sdp),
		 "v=0\r\no=- %u 1 IN IP4 192.0.2.60\r\ns=-\r\nc=IN IP4 192.0.2.60\r\n"
		 "t=0 0\r\nm=audio %u RTP/AVP 8\r\na=sendrecv\r\n",
		 c->cic, 30000u + 2 * c->cic);
	if (was_open)
		c->base.ops->modified(c->base.user, sdp);
	else
		c->base.ops->opened(c->base.user, sdp);
}

static bool answer_one(struct fake_gw *g)
{
	struct fake_ctx *c;

	llist_for_each_entry(c, &g->all, list) {
		if (!c->owes)
			continue;
		answer(c);
		return true;
	}
	return false;
}

/* Only those there are now: one that is told may begin another. */
static void end_checks(struct fake_gw *g, enum media_check_result result)
{
	LLIST_HEAD(now);

	llist_splice_init(&g->checks, &now);
	while (!llist_empty(&now)) {
		struct fake_check *k = llist_first_entry(&now, struct fake_check, list);
		struct media_check to = k->base;

		llist_del(&k->list);
		talloc_free(k);
		to.done(to.ctx, result, "on paper");
	}
}

static void answer_all(void *data)
{
	struct fake_gw *g = data;

	while (answer_one(g))
		;
	if (g->cause)
		end_checks(g, MEDIA_CHECK_UNABLE);
	else if (g->passes || g->fails)
		end_checks(g, g->passes ? MEDIA_CHECK_PASSED : MEDIA_CHECK_FAILED);
}

static void owe(struct fake_gw *g, struct fake_ctx *c)
{
	c->owes++;
	if (g->cause)
		c->cause = g->cause;
	if (!g->slow)
		osmo_timer_schedule(&g->timer, 0, 0);
}

static void ask(struct fake_ctx *c, const char *what, enum media_mode mode, const char *remote_sdp)
{
	char how[40];

	snprintf(how, sizeof(how), " %s%s", modes[mode], remote_sdp ? " remote" : "");
	say(gw_of(c->base.gw), c->cic, what, how);
	owe(gw_of(c->base.gw), c);
}

static struct media_ctx *fake_open(struct media_gw *gw, const struct media_open *o,
				   const struct media_ops *ops, void *ctx)
{
	struct fake_ctx *c;

	if (o->remote_sdp && !strstr(o->remote_sdp, "m=audio"))
		return NULL;
	c = talloc_zero(gw, struct fake_ctx);
	c->base = (struct media_ctx){ gw, ops, ctx };
	c->cic = o->cic;
	llist_add_tail(&c->list, &gw_of(gw)->all);
	ask(c, "open", o->mode, o->remote_sdp);
	return &c->base;
}

static int fake_modify(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp)
{
	ask(container_of(mc, struct fake_ctx, base), "modify", mode, remote_sdp);
	return 0;
}

static int fake_tone(struct media_ctx *mc, enum media_tone tone)
{
	struct fake_ctx *c = container_of(mc, struct fake_ctx, base);

	if (gw_of(mc->gw)->toneless)
		return -EOPNOTSUPP;
	say(gw_of(mc->gw), c->cic, "tone", tone == MEDIA_TONE_RING ? " ring" : " none");
	return 0;
}

static void fake_close(struct media_ctx *mc)
{
	struct fake_ctx *c = container_of(mc, struct fake_ctx, base);

	say(gw_of(mc->gw), c->cic, "close", "");
	forget(c);
}

static bool fake_available(const struct media_gw *gw)
{
	return !gw_of(gw)->dead;
}

static void fake_show(const struct media_gw *gw, void (*line)(void *ctx, const char *text),
		      void *ctx)
{
	line(ctx, "on paper");
}

static void fake_close_gw(struct media_gw *gw)
{
	osmo_timer_del(&gw_of(gw)->timer);
	talloc_free(gw);
}

static unsigned int fake_can(const struct media_gw *gw)
{
	return gw_of(gw)->unfit ? 0 : MEDIA_CAN_LOOP | MEDIA_CAN_TRANSPOND | MEDIA_CAN_CHECK;
}

static struct media_check *fake_check_start(struct media_gw *gw, const struct media_check_order *o,
					    media_check_cb *done, void *ctx)
{
	struct fake_check *k = talloc_zero(gw, struct fake_check);

	k->base = (struct media_check){ gw, done, ctx };
	k->cic = o->cic;
	llist_add_tail(&k->list, &gw_of(gw)->checks);
	say(gw_of(gw), k->cic, "check", "");
	if (gw_of(gw)->cause || gw_of(gw)->passes || gw_of(gw)->fails)
		osmo_timer_schedule(&gw_of(gw)->timer, 0, 0);
	return &k->base;
}

static void fake_check_stop(struct media_check *base)
{
	struct fake_check *k = container_of(base, struct fake_check, base);

	say(gw_of(base->gw), k->cic, "silence", "");
	llist_del(&k->list);
	talloc_free(k);
}

static struct media_ctx *fake_next(const struct media_gw *gw, const struct media_ctx *mc)
{
	struct fake_gw *g = gw_of(gw);
	struct llist_head *next =
		mc ? container_of(mc, struct fake_ctx, base)->list.next : g->all.next;

	return next == &g->all ? NULL : &llist_entry(next, struct fake_ctx, list)->base;
}

static const struct media_backend backend = {
	.can = fake_can, .check_start = fake_check_start, .check_stop = fake_check_stop,
	.tone = fake_tone,
	.open = fake_open, .modify = fake_modify, .close = fake_close, .next = fake_next,
	.available = fake_available, .show = fake_show, .close_gw = fake_close_gw,
};

struct media_gw *fake_media_new(void *ctx)
{
	struct fake_gw *g = talloc_zero(ctx, struct fake_gw);

	g->base.be = &backend;
	g->base.name = "paper";
	INIT_LLIST_HEAD(&g->all);
	INIT_LLIST_HEAD(&g->checks);
	osmo_timer_setup(&g->timer, answer_all, g);
	return &g->base;
}

static void lose(struct fake_gw *g, uint8_t cause)
{
	while (!llist_empty(&g->all))
		fail(llist_first_entry(&g->all, struct fake_ctx, list), cause, "context lost");
	end_checks(g, MEDIA_CHECK_UNABLE);
}

/* Words of continuity checks. */
static bool do_checks(struct fake_gw *g, const char *word)
{
	if (!strcmp(word, "passed"))
		end_checks(g, MEDIA_CHECK_PASSED);
	else if (!strcmp(word, "failed"))
		end_checks(g, MEDIA_CHECK_FAILED);
	else if (!strcmp(word, "unfit") || !strcmp(word, "fit"))
		g->unfit = word[0] == 'u';
	else if (!strcmp(word, "passes") || !strcmp(word, "fails"))
		g->passes = word[0] == 'p';
	else
		return false;
	g->fails = !strcmp(word, "fails");
	if (g->passes || g->fails)
		end_checks(g, g->passes ? MEDIA_CHECK_PASSED : MEDIA_CHECK_FAILED);
	return true;
}

bool fake_media_do(struct media_gw *gw, const char *what)
{
	struct fake_gw *g = gw_of(gw);
	char word[16] = "";
	unsigned int cause = 0;

	sscanf(what, "%15s %u", word, &cause);
	if (do_checks(g, word))
		return true;
	if (!strcmp(word, "answer"))
		answer_all(g);
	else if (!strcmp(word, "lost"))
		lose(g, cause);
	else if (!strcmp(word, "mute"))
		return g->mute = true;
	else if (!strcmp(word, "toneless"))
		return g->toneless = true;
	else if (strcmp(word, "ok") && strcmp(word, "slow") && strcmp(word, "fail") &&
		 strcmp(word, "dead"))
		return false;
	if (!strcmp(word, "answer") || !strcmp(word, "lost"))
		return true;
	g->slow = !strcmp(word, "slow");
	g->dead = !strcmp(word, "dead");
	g->cause = cause;
	return true;
}

bool fake_media_take(struct media_gw *gw, char *text, size_t size)
{
	struct fake_gw *g = gw_of(gw);

	if (!g->n_said)
		return false;
	osmo_strlcpy(text, g->said[0], size);
	memmove(g->said, g->said + 1, --g->n_said * sizeof(g->said[0]));
	return true;
}

unsigned int fake_media_contexts(const struct media_gw *gw)
{
	return llist_count(&gw_of(gw)->all) + llist_count(&gw_of(gw)->checks);
}
