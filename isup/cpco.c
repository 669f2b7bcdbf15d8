/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPCO: call processing control of an outgoing call (Q.764 2.1.1, 2.1.2, 2.9.1). */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/processes.h"

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CPC_ST_WAIT_COT] = { .T = 24 },
	[CPC_ST_WAIT_ACM] = { .T = 7 },
	[CPC_ST_WAIT_ANM] = { .T = 9 },
};

static void go(struct isup_call *call, enum cpc_state st)
{
	osmo_tdef_fsm_inst_state_chg(call->fi, st, timeouts, call->circuit->group->tdefs,
				     60);
}

static void dual_seizure(struct isup_call *call, const struct isup_msg *iam)
{
	struct isup_circuit *c = call->circuit;
	struct isup_farewell bye;
	struct isup_cause cause;

	if (call->backward) {
		LOG_BAD(c, ISUP_MT_IAM, "IAM dropped: our call is on its way");
		return;
	}
	c->group->stack->counters[ISUP_CTR_DUAL_SEIZURE]++;
	if (isup_group_controls(c->group, c->cic)) {
		LOG_CIRCUIT(c, LOGL_INFO, "dual seizure: ours, IAM dropped\n");
		return;
	}
	LOG_CIRCUIT(c, LOGL_INFO, "dual seizure: theirs, our attempt is withdrawn\n");
	bye = isup_call_end(call);
	isup_cause_init(&cause, c->group, ISUP_CAUSE_NO_CIRCUIT);
	isup_cpci_start(c, iam);
	isup_farewell_say(&bye, NULL, &cause);
}

static void wait_acm(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_call *call = fi->priv;

	switch (event) {
	case CPC_EV_IAM:
		dual_seizure(call, data);
		return;
	case CPC_EV_ACM:
		go(call, CPC_ST_WAIT_ANM);
		call->backward = true;
		break;
	case CPC_EV_CON:
	case CPC_EV_ANM:
		go(call, CPC_ST_ANSWERED);
		call->backward = true;
		break;
	case CPC_EV_CRG:
	case CPC_EV_INFO:
		call->backward = true;
		break;
	case CPC_EV_SAM_REQ:
		go(call, CPC_ST_WAIT_ACM);	/* T7 runs from the latest address message */
		break;
	}
	isup_call_pass(fi, event, data);
}

/* The circuit has failed: it is tested again, the call goes to another one (2.1.8, 2.8.1). */
static void check_failed(struct isup_call *call)
{
	struct isup_circuit *c = call->circuit;
	struct isup_farewell bye = isup_call_end(call);
	struct isup_cause cause;

	LOG_CIRCUIT(c, LOGL_NOTICE, "continuity check failed\n");
	isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
	isup_cro_recheck(c);
	isup_cot_say(c, false);
	isup_farewell_say(&bye, NULL, &cause);
}

static void rx_check(struct isup_call *call, const enum isup_continuity_event *ev)
{
	struct isup_circuit *c = call->circuit;
	struct isup_cause cause;

	switch (*ev) {
	case ISUP_CONTINUITY_LOOPED:
		break;
	case ISUP_CONTINUITY_PASSED:
		go(call, CPC_ST_WAIT_ACM);
		isup_cot_say(c, true);
		break;
	case ISUP_CONTINUITY_FAILED:
		check_failed(call);
		break;
	case ISUP_CONTINUITY_UNABLE:
		LOG_CIRCUIT(c, LOGL_NOTICE, "continuity cannot be checked\n");
		isup_cause_init(&cause, c->group, ISUP_CAUSE_RESOURCE);
		isup_call_fail(call, &cause, true);
		break;
	}
}

/* A peer that says something before it has heard COT does without it. */
static void wait_cot(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_call *call = fi->priv;

	switch (event) {
	case CPC_EV_CHECK:
		rx_check(call, data);
		break;
	case CPC_EV_IAM:
		dual_seizure(call, data);
		break;
	case CPC_EV_SAM_REQ:
		isup_call_pass(fi, event, data);
		break;
	default:
		LOG_CIRCUIT(call->circuit, LOGL_NOTICE, "%s before COT: check broken off\n",
			    osmo_fsm_event_name(fi->fsm, event));
		isup_path_stop(call->circuit);
		go(call, CPC_ST_WAIT_ACM);
		wait_acm(fi, event, data);
		break;
	}
}

static void wait_anm(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	if (event == CPC_EV_ANM)
		go(fi->priv, CPC_ST_ANSWERED);
	isup_call_pass(fi, event, data);
}

#define INFO (S(CPC_EV_CRG) | S(CPC_EV_INFO) | S(CPC_EV_INFO_REQ))

static const struct osmo_fsm_state states[] = {
	[CPC_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CPC_ST_WAIT_COT) | S(CPC_ST_WAIT_ACM),
	},
	[CPC_ST_WAIT_COT] = {
		.name = "WaitForContinuity", .action = wait_cot,
		.in_event_mask = S(CPC_EV_IAM) | S(CPC_EV_ACM) | S(CPC_EV_CON) | S(CPC_EV_ANM) |
				 S(CPC_EV_CHECK) | S(CPC_EV_SAM_REQ),
		.out_state_mask = S(CPC_ST_WAIT_ACM),
	},
	[CPC_ST_WAIT_ACM] = {
		.name = "WaitForACM", .action = wait_acm,
		.in_event_mask = S(CPC_EV_IAM) | S(CPC_EV_ACM) | S(CPC_EV_CON) | S(CPC_EV_ANM) |
				 INFO | S(CPC_EV_SAM_REQ) | S(CPC_EV_COT_REQ),
		.out_state_mask = S(CPC_ST_WAIT_ACM) | S(CPC_ST_WAIT_ANM) | S(CPC_ST_ANSWERED),
	},
	[CPC_ST_WAIT_ANM] = {
		.name = "WaitForANM", .action = wait_anm,
		.in_event_mask = S(CPC_EV_ANM) | S(CPC_EV_CPG) | INFO |
				 S(CPC_EV_CPG_REQ) | S(CPC_EV_FOT_REQ),
		.out_state_mask = S(CPC_ST_ANSWERED),
	},
	[CPC_ST_ANSWERED] = {
		.name = "OGCAnswered", .action = isup_call_pass,
		.in_event_mask = S(CPC_EV_CPG) | S(CPC_EV_SUS) | INFO | S(CPC_EV_CPG_REQ) |
				 S(CPC_EV_FOT_REQ) | S(CPC_EV_SUS_REQ),
		.out_state_mask = S(CPC_ST_ANSWERED) | S(CPC_ST_SUSPENDED),
	},
	[CPC_ST_SUSPENDED] = {
		.name = "OGCSuspended", .action = isup_call_pass,
		.in_event_mask = S(CPC_EV_CPG) | S(CPC_EV_SUS) | S(CPC_EV_RES) | INFO |
				 S(CPC_EV_CPG_REQ) | S(CPC_EV_FOT_REQ) | S(CPC_EV_SUS_REQ) |
				 S(CPC_EV_RES_REQ),
		.out_state_mask = S(CPC_ST_ANSWERED) | S(CPC_ST_SUSPENDED),
	},
};

static int timer_cb(struct osmo_fsm_inst *fi)
{
	if (fi->T == 24)
		check_failed(fi->priv);
	else
		isup_call_timeout(fi->priv, fi->T,
				  fi->T == 7 ? ISUP_CAUSE_TIMER : ISUP_CAUSE_NO_ANSWER);
	return 0;
}

struct osmo_fsm isup_cpco_fsm = {
	.name = "CPCO",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = isup_cpc_event_names,
	.allstate_event_mask = ISUP_CPC_ALLSTATE,
	.allstate_action = isup_call_allstate,
	.timer_cb = timer_cb,
	.cleanup = isup_call_cleanup,
};

/* The IAM asks for the check, and the stack has somebody to do it. */
static bool wants_check(const struct isup_circuit *c, const struct isup_msg *iam)
{
	struct isup_nci nci = {};

	isup_get(iam, ISUP_P_NCI, &nci);
	return nci.continuity == ISUP_CHECK_HERE && c->group->stack->path.check;
}

/* What cannot be checked is not begun. */
static int begin(struct isup_call *call, const struct isup_msg *iam)
{
	struct isup_circuit *c = call->circuit;
	bool check = wants_check(c, iam);

	go(call, check ? CPC_ST_WAIT_COT : CPC_ST_WAIT_ACM);
	return check ? isup_path_check(c) : 0;
}

int isup_call_setup(struct isup_call **ret, struct isup_circuit *c, const struct isup_msg *iam,
		    const struct isup_call_ops *ops, void *ops_ctx)
{
	struct isup_msg copy = *iam;
	struct isup_sent sent;
	struct isup_call *call;
	int rc;

	if (!c->seized || !isup_circuit_is_free(c))
		return -EBUSY;
	if (c->group->peer->paused || c->group->peer->user_away)
		return -ENETUNREACH;
	copy.cic = c->cic;
	rc = isup_sent_encode(&sent, c, &copy);
	if (rc < 0)
		return rc;
	call = isup_call_new(c, &isup_cpco_fsm);
	if (!call)
		return -ENOMEM;
	isup_call_bind(call, ops, ops_ctx);
	isup_inform_keep(call, &copy);
	rc = begin(call, &copy);
	if (rc == 0)
		rc = isup_sent_transmit(c, &sent);
	if (rc < 0) {
		isup_call_free(call);
		return rc;
	}
	c->seized = false;
	LOG_CIRCUIT(c, LOGL_INFO, "outgoing call\n");
	*ret = call;
	return 0;
}
