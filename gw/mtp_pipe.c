/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MTP back end: two ends in memory, for tests and loops inside one process. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "gw/mtp_impl.h"

enum {
	PIPE_QUEUE = 65536,	/* messages under way in one direction */
	/* messages one run delivers, should the users never stop answering */
	PIPE_RUN = 1000000,
};

struct frame {
	struct llist_head list;
	struct mtp_label label;
	size_t len;
	uint8_t sdu[];
};

struct end {
	struct mtp mtp;
	struct end *peer;		/* NULL when that end is closed */
	struct llist_head rx;		/* frames for this end's user */
	unsigned int n_rx;
	bool up;
	unsigned long sent, received;
	struct mtp_watched watched;
	struct osmo_timer_list timer;
};

static inline struct end *end_of(struct mtp *mtp)
{
	return (struct end *)mtp;
}

static inline const struct end *end_of_const(const struct mtp *mtp)
{
	return (const struct end *)mtp;
}

static int pipe_transfer(struct mtp *mtp, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct end *e = end_of(mtp), *p = e->peer;
	struct frame *f;

	if (!p || !e->up)
		return -ENETUNREACH;
	if (p->n_rx >= PIPE_QUEUE)
		return -ENOBUFS;
	f = talloc_size(p, sizeof(*f) + len);
	if (!f)
		return -ENOBUFS;
	f->label = *l;
	f->len = len;
	memcpy(f->sdu, sdu, len);
	llist_add_tail(&f->list, &p->rx);
	p->n_rx++;
	e->sent++;
	if (!osmo_timer_pending(&p->timer))
		osmo_timer_schedule(&p->timer, 0, 0);
	return 0;
}

static bool deliver_one(struct end *e)
{
	struct frame *f;

	if (llist_empty(&e->rx))
		return false;
	f = llist_entry(e->rx.next, struct frame, list);
	llist_del(&f->list);
	e->n_rx--;
	e->received++;
	mtp_user_transfer(&e->mtp.user, &f->label, f->sdu, f->len);
	talloc_free(f);
	return true;
}

/* A turn of the loop: what was queued when it began. */
static void timer_cb(void *data)
{
	struct end *e = data;
	unsigned int n = e->n_rx;

	while (n-- && deliver_one(e))
		;
	if (!llist_empty(&e->rx))
		osmo_timer_schedule(&e->timer, 0, 0);
}

unsigned int mtp_pipe_run(struct mtp *mtp)
{
	struct end *e = end_of(mtp);
	unsigned int n = 0, before;

	do {
		before = n;
		n += deliver_one(e);
		if (e->peer)
			n += deliver_one(e->peer);
	} while (n != before && n < PIPE_RUN);
	return n;
}

static void set_up(struct end *e, bool up)
{
	if (!e || e->up == up)
		return;
	e->up = up;
	mtp_watched_report(&e->watched, &e->mtp.user, up);
}

void mtp_pipe_set_up(struct mtp *mtp, bool up)
{
	struct end *e = end_of(mtp);

	if (up && !e->peer)
		return;
	set_up(e, up);
	set_up(e->peer, up);
}

static int pipe_watch(struct mtp *mtp, uint32_t pc)
{
	struct end *e = end_of(mtp);
	int rc = mtp_watched_add(&e->watched, pc);

	if (rc == 0)
		mtp_user_report(&mtp->user, pc, e->up);
	return rc;
}

static bool pipe_reachable(const struct mtp *mtp, uint32_t pc)
{
	return end_of_const(mtp)->up;
}

static void pipe_show(const struct mtp *mtp, void (*line)(void *ctx, const char *text), void *ctx)
{
	const struct end *e = end_of_const(mtp);
	char text[160];

	snprintf(text, sizeof(text), "pipe %s sent=%lu received=%lu waiting=%u",
		 e->up ? "up" : "down", e->sent, e->received, e->n_rx);
	line(ctx, text);
}

static void pipe_close(struct mtp *mtp)
{
	talloc_free(end_of(mtp));
}

static int end_destructor(struct end *e)
{
	struct end *p = e->peer;

	osmo_timer_del(&e->timer);
	if (p) {
		p->peer = NULL;
		set_up(p, false);
	}
	return 0;
}

static const struct mtp_ops pipe_ops = {
	.transfer = pipe_transfer,
	.watch = pipe_watch,
	.reachable = pipe_reachable,
	.show = pipe_show,
	.close = pipe_close,
};

static struct end *end_new(void *ctx, const struct mtp_user *user)
{
	struct end *e = talloc_zero(ctx, struct end);

	if (!e)
		return NULL;
	e->mtp = (struct mtp){ .ops = &pipe_ops, .user = *user };
	e->up = true;
	INIT_LLIST_HEAD(&e->rx);
	osmo_timer_setup(&e->timer, timer_cb, e);
	return e;
}

int mtp_pipe_pair(void *ctx, struct mtp **ret_a, const struct mtp_user *ua, struct mtp **ret_b,
		  const struct mtp_user *ub)
{
	struct end *a = end_new(ctx, ua), *b = end_new(ctx, ub);

	if (!a || !b) {
		talloc_free(a);
		talloc_free(b);
		return -ENOMEM;
	}
	a->peer = b;
	b->peer = a;
	talloc_set_destructor(a, end_destructor);
	talloc_set_destructor(b, end_destructor);
	*ret_a = &a->mtp;
	*ret_b = &b->mtp;
	return 0;
}
