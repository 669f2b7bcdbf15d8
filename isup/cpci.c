/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPCI: call processing control of an incoming call (Q.764 2.1.1, 2.1.2). What comes before the
 * call is offered is in cpci_begin.c. */
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/processes.h"

enum { CATEGORY_TEST = 13 };
enum { EVENT_ALERTING = 1, EVENT_PROGRESS = 2, EVENT_IN_BAND = 3, SUBSCRIBER_FREE = 1, CHARGE = 2 };

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CPC_ST_WAIT_SGM] = { .T = 34 },
	[CPC_ST_WAIT_COT] = { .T = 8 },
	[CPC_ST_WAIT_DIGITS] = { .T = 35 },
	[CPC_ST_WAIT_MORE] = { .T = 10 },
	[CPC_ST_WAIT_ACM] = { .T = 11 },
};

void isup_cpci_go(struct isup_call *call, enum cpc_state st)
{
	if (call->transit)
		osmo_fsm_inst_state_chg(call->fi, st, 0, 0);
	else
		osmo_tdef_fsm_inst_state_chg(call->fi, st, timeouts,
					     call->circuit->group->tdefs, 60);
}

void isup_call_transit(struct isup_call *call)
{
	call->transit = call->passes = true;
	if (isup_cpci_wants_digits(call))
		osmo_timer_del(&call->fi->timer);
}

void isup_call_carried(struct isup_call *call, bool carried)
{
	call->passes = call->transit || carried;
}

/* Offer the call; a user who neither takes nor releases it does not want it. */
void isup_cpci_offer(struct isup_call *call, const struct isup_msg *iam)
{
	struct isup_circuit *c = call->circuit;
	struct isup_stack *s = c->group->stack;
	struct isup_cause cause;

	isup_cpci_go(call, CPC_ST_WAIT_ACM);
	LOG_CIRCUIT(c, LOGL_INFO, "incoming call\n");
	s->ops.setup_ind(s->ops_ctx, call, iam);
	if (c->call && c->call->incoming && !c->call->ops) {
		LOG_CIRCUIT(c, LOGL_ERROR, "incoming call taken by nobody\n");
		isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
		isup_call_release_cause(c->call, cause.value, cause.location);
	}
}

static void wait_acm(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	switch (event) {
	case CPC_EV_SAM:
		/* T10, T11 and T35 run from the latest address message */
		isup_cpci_go(fi->priv, fi->state);
		break;
	case CPC_EV_ACM_REQ:
		isup_cpci_go(fi->priv, CPC_ST_WAIT_ANM);
		break;
	case CPC_EV_CON_REQ:
	case CPC_EV_ANM_REQ:
		isup_cpci_go(fi->priv, CPC_ST_ANSWERED);
		break;
	}
	isup_call_pass(fi, event, data);
}

static void wait_anm(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	if (event == CPC_EV_ANM_REQ)
		isup_cpci_go(fi->priv, CPC_ST_ANSWERED);
	isup_call_pass(fi, event, data);
}

/* National: the caller has hung up, and leaves it to the called end to release. Nobody here wants
 * to hold the connection. */
static void caller_cleared(struct isup_call *call)
{
	struct isup_cause cause;

	LOG_CIRCUIT(call->circuit, LOGL_INFO, "the calling party has cleared\n");
	isup_cause_init(&cause, call->circuit->group, ISUP_CAUSE_NORMAL);
	isup_call_fail(call, &cause, false);
}

static void answered(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_call *call = fi->priv;

	if (event == CPC_EV_CCL && !call->transit)
		caller_cleared(call);
	else
		isup_call_pass(fi, event, data);
}

/* ANM: of a dialect without CON */
#define ACM_OR_ANSWER (S(CPC_EV_ACM_REQ) | S(CPC_EV_CON_REQ) | S(CPC_EV_ANM_REQ))
#define BEFORE_ACM (S(CPC_ST_WAIT_DIGITS) | S(CPC_ST_WAIT_MORE) | S(CPC_ST_WAIT_ACM))
#define INFO (S(CPC_EV_INFO) | S(CPC_EV_INFO_REQ) | S(CPC_EV_CRG_REQ))

static const struct osmo_fsm_state states[] = {
	[CPC_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CPC_ST_WAIT_SGM) | S(CPC_ST_WAIT_COT) | S(CPC_ST_WAIT_ACM),
	},
	[CPC_ST_WAIT_SGM] = {
		.name = "WaitForSGM", .action = isup_cpci_wait_sgm,
		.in_event_mask = S(CPC_EV_SGM) | S(CPC_EV_COT) | S(CPC_EV_SAM) | S(CPC_EV_INFO) |
				 S(CPC_EV_CHECK),
		.out_state_mask = S(CPC_ST_WAIT_COT) | S(CPC_ST_WAIT_ACM),
	},
	[CPC_ST_WAIT_COT] = {
		.name = "WaitForContinuity", .action = isup_cpci_wait_cot,
		.in_event_mask = S(CPC_EV_COT) | S(CPC_EV_SAM) | S(CPC_EV_CHECK),
		.out_state_mask = S(CPC_ST_WAIT_ACM),
	},
	[CPC_ST_WAIT_DIGITS] = {
		.name = "WaitForDigits", .action = wait_acm,
		.in_event_mask = S(CPC_EV_SAM) | INFO | ACM_OR_ANSWER,
		.out_state_mask = BEFORE_ACM | S(CPC_ST_WAIT_ANM) | S(CPC_ST_ANSWERED),
	},
	[CPC_ST_WAIT_MORE] = {
		.name = "WaitForMore", .action = wait_acm,
		.in_event_mask = S(CPC_EV_SAM) | INFO | ACM_OR_ANSWER,
		.out_state_mask = BEFORE_ACM | S(CPC_ST_WAIT_ANM) | S(CPC_ST_ANSWERED),
	},
	[CPC_ST_WAIT_ACM] = {
		.name = "WaitForACM", .action = wait_acm,
		.in_event_mask = S(CPC_EV_SAM) | INFO | ACM_OR_ANSWER,
		.out_state_mask = BEFORE_ACM | S(CPC_ST_WAIT_ANM) | S(CPC_ST_ANSWERED),
	},
	[CPC_ST_WAIT_ANM] = {
		.name = "WaitForANM", .action = wait_anm,
		.in_event_mask = S(CPC_EV_FOT) | S(CPC_EV_CPG) | INFO |
				 S(CPC_EV_CPG_REQ) | S(CPC_EV_ANM_REQ),
		.out_state_mask = S(CPC_ST_ANSWERED),
	},
	[CPC_ST_ANSWERED] = {
		.name = "ICCAnswered", .action = answered,
		.in_event_mask = S(CPC_EV_CCL) | S(CPC_EV_FOT) | S(CPC_EV_CPG) | S(CPC_EV_SUS) |
				 INFO | S(CPC_EV_CPG_REQ) | S(CPC_EV_SUS_REQ),
		.out_state_mask = S(CPC_ST_ANSWERED) | S(CPC_ST_SUSPENDED),
	},
	[CPC_ST_SUSPENDED] = {
		.name = "ICCSuspended", .action = answered,
		.in_event_mask = S(CPC_EV_CCL) | S(CPC_EV_FOT) | S(CPC_EV_CPG) | S(CPC_EV_SUS) |
				 S(CPC_EV_RES) | INFO | S(CPC_EV_CPG_REQ) | S(CPC_EV_SUS_REQ) |
				 S(CPC_EV_RES_REQ),
		.out_state_mask = S(CPC_ST_ANSWERED) | S(CPC_ST_SUSPENDED),
	},
};

/* An address complete that says nothing but that we interwork. */
static void no_indication(struct isup_msg *m)
{
	const struct isup_bci bci = { .charge = CHARGE, .interworking = 1 };

	isup_set(m, ISUP_P_BCI, &bci);
}

void isup_cpci_early_acm(struct isup_call *call, int T)
{
	struct isup_msg acm;

	isup_init(&acm, call->circuit->group->cfg.dialect, ISUP_MT_ACM, call->circuit->cic);
	no_indication(&acm);
	LOG_CIRCUIT(call->circuit, LOGL_INFO, "T%d expired: early ACM\n", T);
	call->early_acm = isup_call_send(call, &acm) == 0;
}

static int timer_cb(struct osmo_fsm_inst *fi)
{
	switch (fi->T) {
	case 10:
		isup_overlap_complete(fi->priv);
		break;
	case 11:
		isup_cpci_early_acm(fi->priv, 11);
		break;
	case 34:
		isup_cpci_whole(fi->priv);
		break;
	default:
		isup_call_timeout(fi->priv, fi->T,
				  fi->T == 35 ? ISUP_CAUSE_INCOMPLETE : ISUP_CAUSE_TEMPORARY);
	}
	return 0;
}

static void acm_to_cpg(struct isup_msg *m)
{
	struct isup_event event = { .event = EVENT_PROGRESS };
	struct isup_bci bci = {};
	struct isup_obci obci = {};

	isup_get(m, ISUP_P_BCI, &bci);
	isup_get(m, ISUP_P_OBCI, &obci);
	if (bci.called_status == SUBSCRIBER_FREE)
		event.event = EVENT_ALERTING;
	else if (obci.in_band)
		event.event = EVENT_IN_BAND;
	m->type = ISUP_MT_CPG;
	isup_set(m, ISUP_P_EVENT, &event);
}

/* The user does not know of the early ACM, and need not know whether answer is CON or ANM: m
 * becomes what fits. */
void isup_cpci_adapt(struct isup_call *call, struct isup_msg *m)
{
	bool acm_sent = call->fi->state == CPC_ST_WAIT_ANM;
	bool has_con = isup_mt_row(m->dialect, ISUP_MT_CON);

	if (m->type == ISUP_MT_ACM && acm_sent && call->early_acm) {
		call->early_acm = false;
		acm_to_cpg(m);
	} else if (m->type == ISUP_MT_CON && (acm_sent || !has_con)) {
		m->type = ISUP_MT_ANM;
	} else if (m->type == ISUP_MT_ANM && has_con && isup_cpci_wants_digits(call)) {
		m->type = ISUP_MT_CON;
		if (!isup_has(m, ISUP_P_BCI))
			no_indication(m);
	}
}

struct osmo_fsm isup_cpci_fsm = {
	.name = "CPCI",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = isup_cpc_event_names,
	.allstate_event_mask = ISUP_CPC_ALLSTATE,
	.allstate_action = isup_call_allstate,
	.timer_cb = timer_cb,
	.cleanup = isup_call_cleanup,
};

/* An IAM: 2.8.2.3 says what blocked circuits make of it, 2.9.1 what seized ones do. */
enum isup_counter isup_cpci_rx_iam(struct isup_circuit *c, const struct isup_msg *iam)
{
	struct isup_octet category = {};
	bool test;

	if (c->call)
		return isup_call_event(c, CPC_EV_IAM, iam);
	if (c->release || isup_circuit_resetting(c) || !c->in_service) {
		LOG_BAD(c, ISUP_MT_IAM, "IAM dropped: the circuit is being %s",
			    c->release ? "released" : "reset or taken into service");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	isup_get(iam, ISUP_P_CPC, &category);
	test = category.value == CATEGORY_TEST;
	if (c->local_failed || c->remote_failed) {
		LOG_BAD(c, ISUP_MT_IAM, "IAM dropped: the circuit has failed%s",
			    c->local_failed ? ", CGB again" : " at the peer");
		isup_hgbs_restart(c);
		isup_pump(c->group->peer);
		return ISUP_CTR_RX_HANDLED;
	}
	if (c->local_blocked && !test) {
		LOG_BAD(c, ISUP_MT_IAM, "IAM dropped: the circuit is blocked, BLO again");
		isup_bls_restart(c);
		return ISUP_CTR_RX_HANDLED;
	}
	if (!test && c->remote_blocked) {
		LOG_CIRCUIT(c, LOGL_NOTICE,
			    "IAM on a circuit the peer had blocked: no longer blocked\n");
		c->remote_blocked = false;
	}
	if (c->cot && !isup_cot_yields(c)) {
		LOG_BAD(c, ISUP_MT_IAM, "IAM dropped: our continuity test goes on");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	c->out_of_service = c->unequipped = false;
	isup_cpci_start(c, iam);
	return ISUP_CTR_RX_HANDLED;
}
