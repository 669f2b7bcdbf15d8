/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes that ask the peer for a range of circuits by one message; see isup/ranged.h. */
#include <string.h>

#include "isup/ranged.h"

struct isup_circuit *isup_ranged_member(const struct isup_ranged *r, unsigned int i)
{
	return isup_range_bit(&r->asked, i) ? isup_peer_circuit(r->group->peer, r->cic + i) : NULL;
}

struct isup_circuit *isup_ranged_first(const struct isup_ranged *r)
{
	unsigned int i = 0;

	while (i < r->asked.range && !isup_range_bit(&r->asked, i))
		i++;
	return isup_peer_circuit(r->group->peer, r->cic + i);
}

void isup_ranged_begin(struct isup_ranged *r)
{
	struct isup_circuit *c;
	unsigned int i;

	llist_add_tail(&r->entry, &r->group->peer->ranged);
	r->repeat.peer = r->group->peer;
	isup_window_enter(&r->repeat);
	for (i = 0; i <= r->asked.range; i++) {
		c = isup_ranged_member(r, i);
		if (!c)
			continue;
		isup_work_take(c, r->work);
		c->asked |= S(r->work);
		isup_circuit_update(c);
	}
}

void isup_ranged_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause)
{
	struct isup_ranged *r = fi->priv;
	struct isup_circuit *c;
	unsigned int i;

	llist_del(&r->entry);
	isup_repeat_forget(&r->repeat);
	for (i = 0; i <= r->asked.range; i++) {
		c = isup_ranged_member(r, i);
		if (!c)
			continue;
		c->asked &= ~S(r->work);
		isup_circuit_update(c);
	}
}

void isup_ranged_end(struct isup_ranged *r)
{
	osmo_fsm_inst_term(r->fi, OSMO_FSM_TERM_REGULAR, NULL);
}

static bool is_empty(const struct isup_range *r)
{
	unsigned int i;

	for (i = 0; i < r->n_status; i++) {
		if (r->status[i])
			return false;
	}
	return true;
}

/* The process of this work that has the circuit. */
static struct isup_ranged *of(const struct isup_circuit *c, enum isup_work w)
{
	struct isup_ranged *r;

	if (!(c->asked & S(w)))
		return NULL;
	llist_for_each_entry(r, &c->group->peer->ranged, entry) {
		if (r->work == w && c->cic >= r->cic && c->cic - r->cic <= r->asked.range &&
		    isup_range_bit(&r->asked, c->cic - r->cic))
			return r;
	}
	return NULL;
}

void isup_ranged_leave(struct isup_circuit *c, enum isup_work w)
{
	struct isup_ranged *r = of(c, w);
	unsigned int i;

	isup_work_take(c, w);
	if (!r)
		return;
	i = c->cic - r->cic;
	r->asked.status[i / 8] &= ~S(i % 8);
	c->asked &= ~S(w);
	if (is_empty(&r->asked))
		isup_ranged_end(r);
	isup_circuit_update(c);
}

/* All circuits of a process but one get in line again; it ends. */
static void ask_others(struct isup_ranged *r, const struct isup_circuit *but)
{
	struct isup_ranged copy = *r;
	struct isup_circuit *c;
	unsigned int i;

	isup_ranged_end(r);
	for (i = 0; i <= copy.asked.range; i++) {
		c = isup_ranged_member(&copy, i);
		if (c && c != but)
			isup_work_want(c, copy.work);
	}
}

void isup_ranged_unequipped(struct isup_circuit *c)
{
	enum isup_work w;

	/* a reset that waits goes on */
	for (w = ISUP_WORK_HARDWARE; w < ISUP_WORK_COUNT; w++) {
		struct isup_ranged *r = of(c, w);

		if (r && isup_ranged_first(r) == c)
			ask_others(r, c);
		else
			isup_ranged_leave(c, w);
	}
}

struct isup_ranged *isup_ranged_find(const struct isup_peer *p, enum isup_work w, uint32_t ev,
				     const struct isup_msg *m)
{
	struct isup_ranged *r, *found = NULL;
	struct isup_range done = {};

	isup_get(m, ISUP_P_RANGE, &done);
	llist_for_each_entry(r, &p->ranged, entry) {
		if (r->work != w || r->cic != m->cic || r->asked.range != done.range ||
		    !isup_process_takes(r->fi, ev))
			continue;
		if (!memcmp(r->asked.status, done.status, done.n_status))
			return r;
		if (!found)
			found = r;
	}
	return found;
}

void isup_ranged_again(struct isup_peer *p)
{
	struct isup_ranged *r, *next;

	llist_for_each_entry_safe(r, next, &p->ranged, entry)
		isup_repeat_again(r->fi);
}

void isup_ranged_end_all(struct isup_peer *p)
{
	struct isup_ranged *r, *next;

	llist_for_each_entry_safe(r, next, &p->ranged, entry)
		isup_ranged_end(r);
}
