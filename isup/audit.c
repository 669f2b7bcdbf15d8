/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of one circuit. What is found here is a fault of ours, or of memory that ran out: in a
 * sound exchange nothing is. */
#include <osmocom/core/utils.h>

#include "isup/audit.h"
#include "isup/ranged.h"

const char *isup_finding_name(enum isup_finding f)
{
	static const char *const names[] = {
		[ISUP_FINDING_NONE] = "in order",
		[ISUP_FINDING_CALL] = "busy with a call that nobody has: released",
		[ISUP_FINDING_SEIZURE] = "seized for a call that nobody has: given back",
		[ISUP_FINDING_TIMER] = "a process without a timer: woken",
		[ISUP_FINDING_HUNT] = "not hunted as its state says: put right",
		[ISUP_FINDING_WAIT] = "waits for maintenance that nothing begins: begun",
	};

	return (size_t)f < ARRAY_SIZE(names) ? names[f] : "?";
}

/* The user is asked; a call that waits for COT is not his yet. */
static bool is_known(const struct isup_circuit *c)
{
	const struct isup_stack *s = c->group->stack;

	if (c->call && c->call->held)
		return true;
	if (c->call && !c->call->ops)
		return false;
	return !s->ops.in_use || s->ops.in_use(s->ops_ctx, c);
}

/* A process in a state that has a timer, which does not run. */
static bool asleep(const struct osmo_fsm_inst *fi)
{
	return fi && fi->T && !osmo_timer_pending(&fi->timer);
}

/* In transit T11 is not run. */
static bool call_asleep(const struct isup_call *call)
{
	return call && !(call->incoming && call->transit) && asleep(call->fi);
}

/* Group blocking or a query that is led by this circuit. */
static struct isup_ranged *ranged_asleep(const struct isup_circuit *c)
{
	struct isup_ranged *r;

	llist_for_each_entry(r, &c->group->peer->ranged, entry)
		if (r->cic == c->cic && asleep(r->fi))
			return r;
	return NULL;
}

static bool is_asleep(const struct isup_circuit *c)
{
	return call_asleep(c->call) || asleep(c->release) || asleep(c->crs) || asleep(c->cgrs) ||
	       asleep(c->bls) || ranged_asleep(c) || asleep(c->cot);
}

static bool waits_for_nothing(const struct isup_circuit *c)
{
	const struct isup_peer *p = c->group->peer;

	return c->wanted && !p->paused && !p->window;
}

static enum isup_finding look(const struct isup_circuit *c)
{
	if (c->call && !is_known(c))
		return ISUP_FINDING_CALL;
	if (c->seized && !is_known(c))
		return ISUP_FINDING_SEIZURE;
	if (is_asleep(c))
		return ISUP_FINDING_TIMER;
	if (waits_for_nothing(c))
		return ISUP_FINDING_WAIT;
	if (c->idle != (!c->seized && isup_circuit_is_free(c)))
		return ISUP_FINDING_HUNT;
	return ISUP_FINDING_NONE;
}

/* The call ends at both ends, and for its user if he knows it. */
static void give_up(struct isup_circuit *c)
{
	struct isup_cause cause;

	isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
	isup_call_fail(c->call, &cause, false);
}

/* REL; nobody is told: who is not known may not be there. */
static void drop(struct isup_circuit *c)
{
	c->call->ops = NULL;
	give_up(c);
}

static void wake(struct isup_circuit *c)
{
	if (call_asleep(c->call))
		give_up(c);
	else if (asleep(c->release))
		isup_repeat_again(c->release);
	else if (asleep(c->crs))
		isup_repeat_again(c->crs);
	else if (asleep(c->cgrs))
		isup_repeat_again(c->cgrs);
	else if (asleep(c->bls))
		isup_repeat_again(c->bls);
	else if (ranged_asleep(c))
		isup_repeat_again(ranged_asleep(c)->fi);
	else
		isup_circuit_reset(c);	/* a continuity test, a reservation */
}

static void put_right(struct isup_circuit *c, enum isup_finding f)
{
	switch (f) {
	case ISUP_FINDING_NONE:
		break;
	case ISUP_FINDING_CALL:
		drop(c);
		break;
	case ISUP_FINDING_SEIZURE:
		isup_circuit_unseize(c);
		break;
	case ISUP_FINDING_TIMER:
		wake(c);
		break;
	case ISUP_FINDING_WAIT:
		isup_pump(c->group->peer);
		break;
	case ISUP_FINDING_HUNT:
		isup_circuit_update(c);
		break;
	}
}

enum isup_finding isup_audit_circuit(struct isup_circuit *c)
{
	static const enum isup_counter counters[] = {
		[ISUP_FINDING_CALL] = ISUP_CTR_AUDIT_CALL,
		[ISUP_FINDING_SEIZURE] = ISUP_CTR_AUDIT_SEIZURE,
		[ISUP_FINDING_TIMER] = ISUP_CTR_AUDIT_TIMER,
		[ISUP_FINDING_HUNT] = ISUP_CTR_AUDIT_HUNT,
		[ISUP_FINDING_WAIT] = ISUP_CTR_AUDIT_WAIT,
	};
	enum isup_finding f = look(c);

	if (f == ISUP_FINDING_NONE)
		return f;
	c->group->stack->counters[counters[f]]++;
	LOG_CIRCUIT(c, LOGL_ERROR, "audit: %s, for %u s: %s\n", isup_circuit_use_name(c->use),
		    isup_now() - c->since, isup_finding_name(f));
	put_right(c, f);
	return f;
}
