/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What maintenance asks of ranges of circuits: they are marked and get in line, the pump does the
 * rest. */
#include <errno.h>

#include "isup/group_block.h"
#include "isup/ranged.h"

/* The group's first circuit from first to last, or NULL. */
static struct isup_circuit *next_in(const struct isup_group *g, unsigned int first,
				    unsigned int last)
{
	struct isup_circuit *c = isup_peer_next(g->peer, first);

	while (c && c->group != g)
		c = isup_peer_next(g->peer, c->cic + 1u);
	return c && c->cic <= last ? c : NULL;
}

static void set_wish(struct isup_circuit *c, enum isup_work w, bool block)
{
	if (w == ISUP_WORK_HARDWARE)
		c->local_failed = block;
	else
		c->local_blocked = block;
}

/* A circuit that is being reset, or that the peer does not have, is blocked when it is back. One
 * that has failed its continuity test the peer knows. */
static void ask(struct isup_circuit *c, enum isup_work w)
{
	if (w == ISUP_WORK_MAINTENANCE)
		isup_process_free(&c->bls);
	isup_ranged_leave(c, w);
	if (c->in_service && (!c->out_of_service || c->cot) && !isup_circuit_resetting(c))
		isup_work_want(c, w);
	isup_circuit_update(c);
}

/* The failure has ended the calls already: no REL. All circuits are marked before anybody is told.
 */
static void end_calls(struct isup_group *g, unsigned int first, unsigned int last)
{
	struct isup_circuit *c;
	struct isup_cause cause;

	isup_cause_init(&cause, g, ISUP_CAUSE_TEMPORARY);
	for (c = next_in(g, first, last); c; c = next_in(g, c->cic + 1u, last)) {
		struct isup_farewell bye;

		if (!c->local_failed || !c->call)
			continue;
		bye = isup_call_end(c->call);
		isup_farewell_say(&bye, NULL, &cause);
	}
}

struct change {
	unsigned int first, last;
	enum isup_blocking type;
	bool block;
};

static int change(struct isup_group *g, const struct change *ch)
{
	enum isup_work w = isup_gbs_work(ch->type);
	unsigned int found = 0, changed = 0;
	struct isup_circuit *c;

	for (c = next_in(g, ch->first, ch->last); c; c = next_in(g, c->cic + 1u, ch->last)) {
		found++;
		if (isup_gbs_wish(c, w) == ch->block)
			continue;
		changed++;
		set_wish(c, w, ch->block);
		ask(c, w);
	}
	if (!found)
		return -ENOENT;
	if (!changed)
		return -EALREADY;
	LOGP(g->stack->log_cat, LOGL_NOTICE, "%s: %s of %u circuits asked for (%s)\n", g->cfg.name,
	     ch->block ? "blocking" : "unblocking", changed, isup_gbs_type_name(w));
	isup_pump(g->peer);
	if (ch->block && ch->type == ISUP_BLOCKING_HARDWARE)
		end_calls(g, ch->first, ch->last);
	return 0;
}

int isup_range_block(struct isup_group *g, unsigned int first, unsigned int last,
		     enum isup_blocking type)
{
	return change(g, &(struct change){ first, last, type, true });
}

int isup_range_unblock(struct isup_group *g, unsigned int first, unsigned int last,
		       enum isup_blocking type)
{
	return change(g, &(struct change){ first, last, type, false });
}

int isup_group_block(struct isup_group *g, enum isup_blocking type)
{
	return isup_range_block(g, 0, UINT16_MAX, type);
}

int isup_group_unblock(struct isup_group *g, enum isup_blocking type)
{
	return isup_range_unblock(g, 0, UINT16_MAX, type);
}

/* Every circuit is taken from its call first, so that the calls can be told without one of them
 * taking a circuit that is about to be reset. */
static void mark_for_reset(struct isup_circuit *c)
{
	isup_work_want(c, ISUP_WORK_RESET);
	isup_process_free(&c->release);
	isup_process_free(&c->cot);
	isup_circuit_update(c);
}

int isup_range_reset(struct isup_group *g, unsigned int first, unsigned int last)
{
	struct isup_circuit *c;
	unsigned int found = 0, n = 0;

	for (c = next_in(g, first, last); c; c = next_in(g, c->cic + 1u, last)) {
		found++;
		if (isup_circuit_resetting(c))
			continue;
		n++;
		mark_for_reset(c);
	}
	if (!n)
		return found ? -EBUSY : -ENOENT;
	LOGP(g->stack->log_cat, LOGL_NOTICE, "%s: reset of %u circuits asked for\n", g->cfg.name,
	     n);
	for (c = next_in(g, first, last); c; c = next_in(g, c->cic + 1u, last)) {
		struct isup_farewell bye;

		if (!c->call)
			continue;
		bye = isup_call_end(c->call);
		bye.repeat = false;
		isup_farewell_reset(&bye, g);
	}
	isup_pump(g->peer);
	return 0;
}

int isup_group_reset(struct isup_group *g)
{
	return isup_range_reset(g, 0, UINT16_MAX) < 0 ? -EBUSY : 0;
}

int isup_range_query(struct isup_group *g, unsigned int first, unsigned int last)
{
	struct isup_circuit *c;
	unsigned int found = 0, n = 0;

	for (c = next_in(g, first, last); c; c = next_in(g, c->cic + 1u, last)) {
		found++;
		if ((c->wanted | c->asked) & S(ISUP_WORK_QUERY))
			continue;
		n++;
		c->suspect = false;
		isup_work_want(c, ISUP_WORK_QUERY);
	}
	if (!n)
		return found ? -EALREADY : -ENOENT;
	isup_pump(g->peer);
	return 0;
}

int isup_group_query(struct isup_group *g)
{
	return isup_range_query(g, 0, UINT16_MAX);
}

int isup_circuit_query(struct isup_circuit *c)
{
	return isup_range_query(c->group, c->cic, c->cic);
}
