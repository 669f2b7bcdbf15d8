/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintenance work in its turn: circuits wait in line, and a peer is asked a few things at a time,
 * so that 65,536 circuits can be reset, blocked or queried without a flood. */
#include <osmocom/core/utils.h>

#include "isup/processes.h"

/* Start a message for the circuits that are first in line. false without memory: they keep
 * waiting. */
static bool (*const starters[ISUP_WORK_COUNT])(struct isup_group *g) = {
	[ISUP_WORK_RESET] = isup_cgrs_next,
	[ISUP_WORK_HARDWARE] = isup_hgbs_next,
	[ISUP_WORK_MAINTENANCE] = isup_mgbs_next,
	[ISUP_WORK_QUERY] = isup_cqs_next,
};

bool isup_work_waits(const struct isup_circuit *c, enum isup_work w)
{
	return c->wanted & S(w);
}

/* The circuit gets in line; isup_pump() is to be called when all have. */
void isup_work_want(struct isup_circuit *c, enum isup_work w)
{
	struct isup_queue *q = &c->group->work[w];

	if (isup_work_waits(c, w))
		return;
	c->wanted |= S(w);
	if (!q->n++ || c->cic < q->cursor)
		q->cursor = c->cic;
}

void isup_work_take(struct isup_circuit *c, enum isup_work w)
{
	if (!isup_work_waits(c, w))
		return;
	c->wanted &= ~S(w);
	c->group->work[w].n--;
}

/* The first circuit in line, or NULL. */
struct isup_circuit *isup_work_next(struct isup_group *g, enum isup_work w)
{
	struct isup_queue *q = &g->work[w];
	struct isup_circuit *c = q->n ? isup_peer_next(g->peer, q->cursor) : NULL;

	while (c && (c->group != g || !isup_work_waits(c, w)))
		c = isup_peer_next(g->peer, c->cic + 1u);
	if (c)
		q->cursor = c->cic;
	return c;
}

/* Start what waits, as much as the window has room for. */
void isup_pump(struct isup_peer *p)
{
	struct isup_group *g;
	int w;

	if (p->pumping || p->paused)
		return;
	p->pumping = true;
	for (w = 0; w < ISUP_WORK_COUNT; w++) {
		llist_for_each_entry(g, &p->groups, peer_entry) {
			while (g->work[w].n && p->window < ISUP_WINDOW && starters[w](g))
				;
		}
	}
	p->pumping = false;
}

void isup_window_enter(struct isup_repeat *r)
{
	r->windowed = true;
	r->peer->window++;
}

void isup_window_leave(struct isup_repeat *r)
{
	if (r->windowed)
		r->peer->window--;
	r->windowed = false;
}

/* What stays unanswered must not keep the others waiting. */
void isup_window_close(struct isup_repeat *r)
{
	if (!r->windowed)
		return;
	isup_window_leave(r);
	isup_pump(r->peer);
}
