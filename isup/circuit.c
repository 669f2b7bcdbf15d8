/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One circuit: what it is doing, whether it may be hunted, and what maintenance may ask of it. */
#include <errno.h>
#include <stdio.h>

#include "isup/ranged.h"

/* what an exchange with 65,536 circuits pays for the idle ones; the budget is 512 */
osmo_static_assert(sizeof(struct isup_circuit) <= 128, idle_circuit_is_small);

/* Monotonic seconds; four octets last for a century. */
uint32_t isup_now(void)
{
	struct timespec ts;

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

uint16_t isup_circuit_cic(const struct isup_circuit *c)
{
	return c->cic;
}

struct isup_group *isup_circuit_group(const struct isup_circuit *c)
{
	return c->group;
}

/* One of our resets has the circuit or waits for it: no call can be on it. */
bool isup_circuit_resetting(const struct isup_circuit *c)
{
	return c->crs || c->cgrs || isup_work_waits(c, ISUP_WORK_RESET);
}

/* Nothing stands against a call from our side, whoever has seized the circuit. */
bool isup_circuit_is_free(const struct isup_circuit *c)
{
	if (!c->in_service || c->out_of_service)
		return false;
	if (c->local_blocked || c->local_failed || c->remote_blocked || c->remote_failed)
		return false;
	if (c->bls || isup_gbs_pending(c))
		return false;
	return !c->call && !c->release && !c->cot && !isup_circuit_resetting(c);
}

static enum isup_circuit_use use_of(const struct isup_circuit *c)
{
	if (c->call)
		return c->call->incoming ? ISUP_CCT_INCOMING : ISUP_CCT_OUTGOING;
	if (c->release)
		return ISUP_CCT_RELEASING;
	if (isup_circuit_resetting(c))
		return ISUP_CCT_RESETTING;
	if (c->cot)
		return ISUP_CCT_TESTING;
	return c->seized ? ISUP_CCT_SEIZED : ISUP_CCT_IDLE;
}

/* To be called after any change of the circuit: keeps the group's idle circuits, and since when it
 * is what it is. */
void isup_circuit_update(struct isup_circuit *c)
{
	enum isup_circuit_use use = use_of(c);

	if (use != c->use)
		c->since = isup_now();
	c->use = use;
	isup_idle_set(c, !c->seized && isup_circuit_is_free(c));
}

/* The circuit is known to be idle at both ends. What we had blocked is to be blocked again by the
 * caller: a reset ended it at the peer. */
void isup_circuit_in_service(struct isup_circuit *c)
{
	c->in_service = true;
	c->out_of_service = c->unequipped = false;
	isup_circuit_update(c);
}

void isup_circuit_alarm(struct isup_circuit *c, const char *what)
{
	struct isup_stack *s = c->group->stack;
	char more[ISUP_LIMIT_TEXT];

	if (isup_limit_pass(&c->group->peer->limit, what, 0, ISUP_LIMIT_NEWS, more))
		LOG_CIRCUIT(c, LOGL_ERROR, "%s%s\n", what, more);
	if (s->ops.alarm_ind)
		s->ops.alarm_ind(s->ops_ctx, c, what);
}

/* A process of this circuit with zeroed private data of its own; NULL without memory. */
struct osmo_fsm_inst *isup_process_new(struct osmo_fsm *fsm, struct isup_circuit *c,
				       size_t priv_size)
{
	struct osmo_fsm_inst *fi;
	char id[ISUP_FSM_ID];

	snprintf(id, sizeof(id), "%s-%u", c->group->fsm_id, c->cic);
	fi = osmo_fsm_inst_alloc(fsm, c->group->stack, NULL, LOGL_DEBUG, id);
	if (!fi)
		return NULL;
	fi->priv = talloc_zero_size(fi, priv_size);
	if (!fi->priv) {
		osmo_fsm_inst_free(fi);
		return NULL;
	}
	return fi;
}

/* Asked before the FSM is given what a peer says: what does not fit is no error of ours in the
 * log. */
bool isup_process_takes(const struct osmo_fsm_inst *fi, uint32_t event)
{
	return S(event) & (fi->fsm->allstate_event_mask |
			   fi->fsm->states[fi->state].in_event_mask);
}

/* End a process: the circuit forgets it first. */
void isup_process_free(struct osmo_fsm_inst **fi)
{
	struct osmo_fsm_inst *gone = *fi;

	*fi = NULL;
	if (gone)
		osmo_fsm_inst_term(gone, OSMO_FSM_TERM_REGULAR, NULL);
}

/* Seconds of a timer as configured. */
unsigned long isup_timer(const struct isup_circuit *c, int T)
{
	return osmo_tdef_get(c->group->tdefs, T, OSMO_TDEF_S, 60);
}

struct isup_circuit *isup_circuit_find(struct isup_group *g, uint16_t cic)
{
	struct isup_circuit *c = isup_peer_circuit(g->peer, cic);

	return c && c->group == g ? c : NULL;
}

struct isup_circuit *isup_circuit_next(struct isup_group *g, struct isup_circuit *c)
{
	do {
		c = isup_peer_next(g->peer, c ? c->cic + 1u : 0);
	} while (c && c->group != g);
	return c;
}

static const char *state_name(const struct isup_circuit *c)
{
	struct osmo_fsm_inst *fi = c->call ? c->call->fi : c->release;

	if (!fi)
		fi = c->crs ? c->crs : c->cgrs;
	if (!fi)
		fi = c->cot;
	return fi ? osmo_fsm_inst_state_name(fi) : "-";
}

void isup_circuit_status(struct isup_circuit_status *st, const struct isup_circuit *c)
{
	*st = (struct isup_circuit_status){
		.use = use_of(c),
		.call_state = state_name(c),
		.local_blocked = c->local_blocked,
		.local_failed = c->local_failed,
		.remote_blocked = c->remote_blocked,
		.remote_failed = c->remote_failed,
		.blocking_pending = c->bls || isup_gbs_pending(c),
		.unreachable = c->group->peer->paused || c->group->peer->user_away,
		.out_of_service = c->out_of_service,
		.unequipped = c->unequipped,
		.peer_state = c->queried ? c->peer_state : -1,
		.seconds = isup_now() - c->since,
		.n_calls = c->n_calls,
	};
}

const char *isup_circuit_use_name(enum isup_circuit_use use)
{
	static const char *const names[] = {
		[ISUP_CCT_IDLE] = "idle",
		[ISUP_CCT_SEIZED] = "seized",
		[ISUP_CCT_INCOMING] = "incoming",
		[ISUP_CCT_OUTGOING] = "outgoing",
		[ISUP_CCT_RELEASING] = "releasing",
		[ISUP_CCT_RESETTING] = "resetting",
		[ISUP_CCT_TESTING] = "testing",
	};

	return (size_t)use < ARRAY_SIZE(names) ? names[use] : "?";
}

int isup_circuit_reset(struct isup_circuit *c)
{
	if (isup_circuit_resetting(c))
		return -EBUSY;
	LOG_CIRCUIT(c, LOGL_NOTICE, "reset asked for\n");
	isup_crs_reset(c, false);
	return 0;
}

/* The peer does not have the circuit (2.12): it is not used until a reset from either side brings
 * it back. */
void isup_circuit_unequipped(struct isup_circuit *c, const char *how)
{
	bool known = c->unequipped && !c->crs;
	struct isup_farewell bye = {};
	struct isup_cause cause;

	isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
	c->out_of_service = c->unequipped = true;
	if (c->call)
		bye = isup_call_end(c->call);
	isup_process_free(&c->release);
	if (c->crs)
		c->in_service = true;	/* its reset has had an answer */
	isup_process_free(&c->crs);
	isup_process_free(&c->bls);
	isup_process_free(&c->cvs);
	isup_process_free(&c->cot);
	isup_circuit_update(c);
	isup_pump(c->group->peer);
	if (!known)
		isup_circuit_alarm(c, how);
	isup_farewell_say(&bye, NULL, &cause);
}

enum isup_counter isup_circuit_rx_ucic(struct isup_circuit *c, const struct isup_msg *m)
{
	if (c->cgrs) {
		isup_cgrs_unequipped(c);
		return ISUP_CTR_RX_HANDLED;
	}
	isup_ranged_unequipped(c);
	isup_circuit_unequipped(c, "UCIC received: the peer does not have this circuit");
	return ISUP_CTR_RX_HANDLED;
}
