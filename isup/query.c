/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CQS and CQR: query of the states of circuits by us (T28), and by the peer (Q.764 2.8.3).
 *
 * Where the two ends differ the circuit is put right by the means of the standard: isup/mismatch.h
 * says how. What would end a call is done only when a second query, sent at once, says the same: a
 * message may have been on its way. */
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/maintenance.h"
#include "isup/mismatch.h"
#include "isup/ranged.h"

enum cqs_state { CQS_ST_IDLE, CQS_ST_WAIT_CQR };
enum cqs_event { CQS_EV_AGAIN = ISUP_REPEAT_EV_AGAIN, CQS_EV_CQR };

struct cqs {
	struct isup_ranged r;
	uint8_t ours[ISUP_GROUP_RANGE];	/* octets as they were when CQM was sent */
};

struct answer {
	const uint8_t *states;
	unsigned int n;
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CQS_ST_WAIT_CQR] = { .T = 28 },
};

/* Between two states are a circuit that is not yet in service, one whose process awaits an
 * acknowledgement, and a call that the peer has not yet taken. */
static bool is_transient(const struct isup_circuit *c)
{
	if (!c->in_service || c->release || isup_circuit_resetting(c) || c->seized)
		return true;
	if (c->bls || c->cot || isup_gbs_pending(c))
		return true;
	return c->call && !c->call->incoming && !c->call->backward;
}

static void view(struct isup_cct_view *v, const struct isup_circuit *c)
{
	*v = (struct isup_cct_view){
		.call = ISUP_CCT_AT_REST,
		.local_blocked = c->local_blocked,
		.remote_blocked = c->remote_blocked,
		.local_failed = c->local_failed,
		.remote_failed = c->remote_failed,
	};
	if (is_transient(c))
		v->call = ISUP_CCT_TRANSIENT;
	else if (c->out_of_service)
		v->call = ISUP_CCT_UNEQUIPPED;
	else if (c->call)
		v->call = c->call->incoming ? ISUP_CCT_BUSY_IN : ISUP_CCT_BUSY_OUT;
}

static uint8_t octet_of(const struct isup_circuit *c)
{
	struct isup_cct_view v = { .call = ISUP_CCT_UNEQUIPPED };

	if (c)
		view(&v, c);
	return isup_cct_octet(&v);
}

static void say_cqm(struct osmo_fsm_inst *fi)
{
	struct cqs *p = fi->priv;
	struct isup_range range = { .range = p->r.asked.range };
	struct isup_msg m;
	unsigned int i;

	osmo_tdef_fsm_inst_state_chg(fi, CQS_ST_WAIT_CQR, timeouts, p->r.group->tdefs, 10);
	for (i = 0; i <= range.range; i++)
		p->ours[i] = octet_of(isup_ranged_member(&p->r, i));
	isup_init(&m, p->r.group->cfg.dialect, ISUP_MT_CQM, p->r.cic);
	isup_set(&m, ISUP_P_RANGE, &range);
	isup_peer_send(p->r.group->peer, &m);
}

static void adopt(struct isup_circuit *c, unsigned int cure, const struct isup_cct_view *theirs)
{
	if (cure & ISUP_CURE_ADOPT_BLOCKED)
		c->remote_blocked = theirs->local_blocked;
	if (cure & ISUP_CURE_ADOPT_FAILED)
		c->remote_failed = theirs->local_failed;
	if (cure & ISUP_CURE_SAY_BLOCKED)
		isup_work_want(c, ISUP_WORK_MAINTENANCE);
	if (cure & ISUP_CURE_SAY_FAILED)
		isup_work_want(c, ISUP_WORK_HARDWARE);
	isup_circuit_update(c);
}

static void end_of_call(struct isup_circuit *c, unsigned int cure)
{
	struct isup_cause cause;

	isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
	if (cure & ISUP_CURE_RELEASE && c->call)
		isup_call_fail(c->call, &cause, false);
	else if (cure & ISUP_CURE_RESET)
		isup_circuit_reset(c);
}

static void put_right(struct isup_circuit *c, unsigned int cure, const struct isup_cct_view *theirs)
{
	char ours_text[80], text[80], why[160];

	if (cure & ISUP_CURE_GRAVE && !c->suspect) {
		c->suspect = true;
		isup_work_want(c, ISUP_WORK_QUERY);
		return;
	}
	c->group->stack->counters[ISUP_CTR_MISMATCH]++;
	c->suspect = false;
	isup_cct_text(ours_text, sizeof(ours_text), octet_of(c));
	isup_cct_text(text, sizeof(text), isup_cct_octet(theirs));
	isup_mismatch_text(why, sizeof(why), cure);
	LOG_CIRCUIT(c, LOGL_NOTICE, "the peer says %s, we say %s:%s\n", text, ours_text, why);
	adopt(c, cure, theirs);
	if (cure & ISUP_CURE_UNEQUIP)
		isup_circuit_unequipped(c, "CQR: the peer does not have this circuit");
	end_of_call(c, cure);
}

/* One circuit of the answer. A circuit that has changed since the question says nothing. */
static void compare(struct isup_circuit *c, uint8_t then, uint8_t octet)
{
	struct isup_cct_view ours, theirs;
	unsigned int cure;

	c->group->stack->counters[ISUP_CTR_QUERIED]++;
	c->peer_state = octet;
	c->queried = true;
	if (!isup_cct_view(&theirs, octet)) {
		LOG_BAD(c, ISUP_MT_CQR, "CQR with spare circuit state %u", octet);
		return;
	}
	view(&ours, c);
	if (octet_of(c) != then)
		return;
	cure = isup_mismatch(&ours, &theirs);
	if (cure)
		put_right(c, cure, &theirs);
	else
		c->suspect = false;
}

/* The process ends before its circuits are spoken of. */
static void answered(struct osmo_fsm_inst *fi, const struct answer *a)
{
	struct cqs copy = *(struct cqs *)fi->priv;
	unsigned int i;

	isup_ranged_end(&((struct cqs *)fi->priv)->r);
	for (i = 0; i < a->n; i++) {
		struct isup_circuit *c = isup_ranged_member(&copy.r, i);

		if (c)
			compare(c, copy.ours[i], a->states[i]);
	}
	isup_pump(copy.r.group->peer);
}

static void wait_cqr(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	switch (event) {
	case CQS_EV_CQR:
		answered(fi, data);
		break;
	case CQS_EV_AGAIN:
		say_cqm(fi);
		break;
	}
}

/* It is not repeated (annex A): maintenance asks again when it wants to. */
static int timer_cb(struct osmo_fsm_inst *fi)
{
	struct cqs *p = fi->priv;
	struct isup_circuit *c = isup_ranged_first(&p->r);
	struct isup_peer *peer = p->r.group->peer;

	isup_ranged_end(&p->r);
	isup_circuit_alarm(c, "T28 expired: no CQR to CQM");
	isup_pump(peer);
	return 0;
}

static const struct osmo_fsm_state states[] = {
	[CQS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CQS_ST_WAIT_CQR),
	},
	[CQS_ST_WAIT_CQR] = {
		.name = "WaitForCQR", .action = wait_cqr,
		.in_event_mask = S(CQS_EV_CQR) | S(CQS_EV_AGAIN),
		.out_state_mask = S(CQS_ST_WAIT_CQR),
	},
};

static const struct value_string event_names[] = {
	{ CQS_EV_CQR, "CQR" }, { CQS_EV_AGAIN, "repeat" }, {}
};

struct osmo_fsm isup_cqs_fsm = {
	.name = "CQS",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = timer_cb,
	.cleanup = isup_ranged_cleanup,
};

/* The next range of a group: circuits in line without a gap. */
bool isup_cqs_next(struct isup_group *g)
{
	struct isup_circuit *c, *first = isup_work_next(g, ISUP_WORK_QUERY);
	struct osmo_fsm_inst *fi;
	struct isup_ranged *r;
	unsigned int n;

	if (!first)
		return true;
	fi = isup_process_new(&isup_cqs_fsm, first, sizeof(struct cqs));
	if (!fi)
		return false;
	r = fi->priv;
	*r = (struct isup_ranged){
		.fi = fi, .group = g, .work = ISUP_WORK_QUERY, .cic = first->cic,
	};
	for (n = 0; n < g->cfg.dialect->group_range; n++) {
		c = isup_peer_circuit(g->peer, first->cic + n);
		if (!c || c->group != g || !isup_work_waits(c, ISUP_WORK_QUERY))
			break;
		isup_range_set(&r->asked, n);
	}
	r->asked.range = n - 1;
	r->asked.n_status = (n - 1) / 8 + 1;
	isup_ranged_begin(r);
	say_cqm(fi);
	return true;
}

enum isup_counter isup_cqs_rx_cqr(struct isup_peer *p, const struct isup_msg *m)
{
	struct isup_range range = {};
	struct isup_ranged *r;
	struct answer a = {};
	size_t len = 0;

	a.states = isup_raw(m, ISUP_P_CIRCUIT_STATE, &len);
	isup_get(m, ISUP_P_RANGE, &range);
	a.n = range.range + 1u;
	r = isup_ranged_find(p, ISUP_WORK_QUERY, CQS_EV_CQR, m);
	if (!r || len != a.n) {
		LOG_BAD_CIC(p, m->cic, ISUP_MT_CQR, "CQR %s: ignored",
			r ? "with another number of states than its range says" : "for nothing");
		return isup_peer_circuit(p, m->cic) ? ISUP_CTR_RX_UNEXPECTED
						    : ISUP_CTR_RX_UNEQUIPPED;
	}
	osmo_fsm_inst_dispatch(r->fi, CQS_EV_CQR, &a);
	return ISUP_CTR_RX_HANDLED;
}

/* The peer is told that a circuit that it does not have itself, or that waits for maintenance, is
 * idle: we have it. */
static uint8_t answer_of(const struct isup_circuit *c)
{
	struct isup_cct_view v = { .call = ISUP_CCT_UNEQUIPPED };

	if (!c)
		return isup_cct_octet(&v);
	view(&v, c);
	if (v.call == ISUP_CCT_UNEQUIPPED)
		v.call = ISUP_CCT_AT_REST;
	return isup_cct_octet(&v);
}

/* CQM: as many circuits as the dialect allows, and here a single one is range 0. */
enum isup_counter isup_cqr_rx_cqm(struct isup_peer *p, const struct isup_msg *m)
{
	uint8_t octets[ISUP_GROUP_RANGE];
	struct isup_range range = {};
	struct isup_msg cqr;
	unsigned int i, known = 0;

	if (!isup_get(m, ISUP_P_RANGE, &range) || range.range >= m->dialect->group_range) {
		LOG_BAD_CIC(p, m->cic, ISUP_MT_CQM, "CQM with range %u is not allowed: ignored",
			range.range);
		return ISUP_CTR_RX_UNEXPECTED;
	}
	for (i = 0; i <= range.range; i++) {
		const struct isup_circuit *c = isup_peer_circuit(p, m->cic + i);

		octets[i] = answer_of(c);
		known += c != NULL;
	}
	if (!known)
		return ISUP_CTR_RX_UNEQUIPPED;
	range.n_status = 0;
	isup_init(&cqr, m->dialect, ISUP_MT_CQR, m->cic);
	isup_set(&cqr, ISUP_P_RANGE, &range);
	isup_set_raw(&cqr, ISUP_P_CIRCUIT_STATE, octets, range.range + 1u);
	isup_peer_send(p, &cqr);
	return ISUP_CTR_RX_HANDLED;
}
