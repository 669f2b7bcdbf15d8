/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Continuity checks between the ISUP stack and the media gateways. */
#include <errno.h>
#include <stdio.h>

#include <osmocom/core/talloc.h>

#include "gw/continuity.h"
#include "gw/log.h"
#include "gw/media_check.h"
#include "gw/trunk.h"
#include "isup/continuity.h"

struct gw_test {
	struct llist_head list;
	struct gw *gw;
	struct isup_circuit *circuit;
	struct media_ctx *loop;
	struct media_check *check;
};

static struct trunk *trunk_of(const struct isup_circuit *c)
{
	return trunk_peer_of(c)->trunk;
}

static struct gw_test *find(const struct gw *gw, const struct isup_circuit *c)
{
	struct gw_test *t;

	llist_for_each_entry(t, &gw->tests, list)
		if (t->circuit == c)
			return t;
	return NULL;
}

static struct gw_test *test_new(struct gw *gw, struct isup_circuit *c)
{
	struct gw_test *t = talloc_zero(gw, struct gw_test);

	if (!t)
		return NULL;
	t->gw = gw;
	t->circuit = c;
	gw->n_tests++;
	llist_add(&t->list, &gw->tests);
	return t;
}

static void test_free(struct gw_test *t)
{
	llist_del(&t->list);
	talloc_free(t);
}

/* The test is over in the media gateway. */
static void test_over(struct gw_test *t, enum isup_continuity_event ev, const char *why)
{
	struct isup_circuit *c = t->circuit;

	LOGP(DISUP, ev == ISUP_CONTINUITY_PASSED ? LOGL_INFO : LOGL_NOTICE,
	     "%s/%u: continuity: %s\n", isup_group_name(isup_circuit_group(c)),
	     isup_circuit_cic(c), why);
	test_free(t);
	isup_continuity_ind(c, ev);
}

/* --- loop --- */

static void on_opened(void *ctx, const char *local_sdp)
{
	struct gw_test *t = ctx;

	isup_continuity_ind(t->circuit, ISUP_CONTINUITY_LOOPED);
}

static void on_modified(void *ctx, const char *local_sdp)
{
}

static void on_failed(void *ctx, uint8_t cause, const char *why)
{
	test_over(ctx, ISUP_CONTINUITY_UNABLE, why);
}

static const struct media_ops loop_ops = {
	.opened = on_opened, .modified = on_modified, .failed = on_failed,
};

static int loop(void *ctx, struct isup_circuit *c)
{
	struct gw *gw = ctx;
	const struct trunk *trunk = trunk_of(c);
	bool pair = trunk->cfg->continuity_pair;
	char id[32];
	const struct media_open o = {
		.trunk_group = trunk->name,
		.cic = trunk_termination(c),
		.tmr = 3,
		.mode = pair ? MEDIA_TRANSPONDER : MEDIA_LOOPBACK,
		.call_id = id,
	};
	struct gw_test *t;

	if (!(media_gw_can(trunk->media) & (pair ? MEDIA_CAN_TRANSPOND : MEDIA_CAN_LOOP)))
		return -EOPNOTSUPP;
	t = test_new(gw, c);
	if (!t)
		return -ENOMEM;
	/* calls end in 1 and 2: leg_isup_media.c */
	snprintf(id, sizeof(id), "%08x%u3", gw->boot, gw->n_tests);
	t->loop = media_open(trunk->media, &o, &loop_ops, t);
	if (t->loop)
		return 0;
	test_free(t);
	return -EIO;
}

/* --- tone --- */

static void on_done(void *ctx, enum media_check_result result, const char *why)
{
	static const enum isup_continuity_event events[] = {
		[MEDIA_CHECK_PASSED] = ISUP_CONTINUITY_PASSED,
		[MEDIA_CHECK_FAILED] = ISUP_CONTINUITY_FAILED,
		[MEDIA_CHECK_UNABLE] = ISUP_CONTINUITY_UNABLE,
	};

	test_over(ctx, events[result], why);
}

static int check(void *ctx, struct isup_circuit *c)
{
	const struct trunk *trunk = trunk_of(c);
	const struct media_check_order o = {
		.cic = trunk_termination(c), .pair = trunk->cfg->continuity_pair,
	};
	struct gw_test *t;

	if (!(media_gw_can(trunk->media) & MEDIA_CAN_CHECK))
		return -EOPNOTSUPP;
	t = test_new(ctx, c);
	if (!t)
		return -ENOMEM;
	t->check = media_check_start(trunk->media, &o, on_done, t);
	if (t->check)
		return 0;
	test_free(t);
	return -EIO;
}

static void stop_test(struct gw_test *t)
{
	if (t->loop)
		media_close(t->loop);
	media_check_stop(t->check);
	test_free(t);
}

static void stop(void *ctx, struct isup_circuit *c)
{
	struct gw_test *t = find(ctx, c);

	if (t)
		stop_test(t);
}

void gw_continuity_init(struct gw *gw)
{
	static const struct isup_continuity_ops ops = { loop, check, stop };

	isup_continuity_use(gw->isup, &ops, gw);
}

void gw_continuity_end(struct gw *gw)
{
	while (!llist_empty(&gw->tests))
		stop_test(llist_first_entry(&gw->tests, struct gw_test, list));
}

bool gw_continuity_ask(struct trunk *t, struct isup_msg *iam)
{
	unsigned int every = t->cfg->continuity_every;
	struct isup_nci nci = {};

	isup_get(iam, ISUP_P_NCI, &nci);
	nci.continuity = every && t->n_continuity++ % every == 0;
	isup_set(iam, ISUP_P_NCI, &nci);
	return nci.continuity;
}
