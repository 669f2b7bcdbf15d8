/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CPCI until the call is offered: the IAM is held back for its second part (Q.764 2.1.12) and for
 * continuity (2.1.8). Nobody knows of the call before. */
#include "isup/processes.h"
#include "isup/segment.h"

static uint8_t continuity_of(const struct isup_msg *iam)
{
	struct isup_nci nci = {};

	isup_get(iam, ISUP_P_NCI, &nci);
	return nci.continuity;
}

static void refuse(struct isup_call *call, uint8_t value)
{
	struct isup_cause cause;

	isup_cause_init(&cause, call->circuit->group, value);
	isup_call_fail(call, &cause, false);
}

static bool wants_continuity(const struct isup_msg *iam)
{
	uint8_t continuity = continuity_of(iam);

	return continuity == ISUP_CHECK_HERE || continuity == ISUP_CHECK_PREVIOUS;
}

/* The peer checks the circuit as soon as the IAM is out. */
static void hold_back(struct isup_call *call, const struct isup_msg *iam, enum cpc_state st)
{
	struct isup_circuit *c = call->circuit;
	int rc = 0;

	call->held = talloc_zero(call, struct isup_held);
	if (!call->held) {
		refuse(call, ISUP_CAUSE_CONGESTION);
		return;
	}
	call->held->iam = *iam;
	isup_cpci_go(call, st);
	if (continuity_of(iam) == ISUP_CHECK_HERE)
		rc = isup_path_loop(c);
	if (rc == 0)
		return;
	LOG_CIRCUIT(c, LOGL_NOTICE, "continuity check asked for: no loop can be had (%d)\n", rc);
	refuse(call, ISUP_CAUSE_RESOURCE);
}

/* A new incoming call on a circuit that is free for it. */
void isup_cpci_start(struct isup_circuit *c, const struct isup_msg *iam)
{
	struct isup_call *call = isup_call_new(c, &isup_cpci_fsm);
	struct isup_cause cause;

	if (!call) {
		isup_cause_init(&cause, c->group, ISUP_CAUSE_CONGESTION);
		isup_release_start(c, NULL, &cause);
	} else if (isup_is_segmented(iam)) {
		hold_back(call, iam, CPC_ST_WAIT_SGM);
	} else if (wants_continuity(iam)) {
		hold_back(call, iam, CPC_ST_WAIT_COT);
	} else {
		isup_cpci_offer(call, iam);
	}
}

static void hold(struct isup_call *call, const struct isup_msg *sam)
{
	struct isup_held *h = call->held;

	if (h->n_sam == ISUP_MAX_HELD)
		return;
	h->sam[h->n_sam] = talloc_memdup(h, sam, sizeof(*sam));
	if (h->sam[h->n_sam])
		h->n_sam++;
}

/* A circuit of ours that failed is tested again by the peer; what failed before it, the peer
 * releases, and so do we (2.1.8). */
static void cot_failed(struct isup_call *call)
{
	struct isup_circuit *c = call->circuit;
	struct isup_farewell bye;
	struct isup_cause cause;

	LOG_CIRCUIT(c, LOGL_NOTICE, "continuity check failed\n");
	if (continuity_of(&call->held->iam) == ISUP_CHECK_PREVIOUS) {
		refuse(call, ISUP_CAUSE_TEMPORARY);
		return;
	}
	bye = isup_call_end(call);
	isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
	isup_cri_await_ccr(c);
	isup_farewell_say(&bye, NULL, &cause);
}

/* The call may end at any word. */
static void offer_held(struct isup_call *call)
{
	struct isup_circuit *c = call->circuit;
	struct isup_held *h = call->held;
	unsigned int i;

	call->held = NULL;
	talloc_steal(c->group->stack, h);
	isup_cpci_offer(call, &h->iam);
	for (i = 0; i < h->n_sam && c->call && isup_cpci_wants_digits(c->call); i++)
		isup_call_event(c, CPC_EV_SAM, h->sam[i]);
	talloc_free(h);
}

static void rx_cot(struct isup_call *call, const struct isup_msg *cot)
{
	struct isup_continuity result = {};

	isup_get(cot, ISUP_P_CONTINUITY, &result);
	if (!result.success) {
		cot_failed(call);
		return;
	}
	isup_path_stop(call->circuit);
	call->held->continuity = true;
	if (call->fi->state == CPC_ST_WAIT_COT)
		offer_held(call);
}

static void rx_check(struct isup_call *call, enum isup_continuity_event ev)
{
	if (ev == ISUP_CONTINUITY_LOOPED)
		return;
	LOG_CIRCUIT(call->circuit, LOGL_NOTICE, "the loop is lost\n");
	refuse(call, ISUP_CAUSE_RESOURCE);
}

void isup_cpci_wait_cot(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	const enum isup_continuity_event *ev = data;

	switch (event) {
	case CPC_EV_SAM:
		hold(fi->priv, data);
		break;
	case CPC_EV_COT:
		rx_cot(fi->priv, data);
		break;
	case CPC_EV_CHECK:
		rx_check(fi->priv, *ev);
		break;
	}
}

/* The IAM is as whole as it will be. */
void isup_cpci_whole(struct isup_call *call)
{
	if (wants_continuity(&call->held->iam) && !call->held->continuity)
		isup_cpci_go(call, CPC_ST_WAIT_COT);
	else
		offer_held(call);
}

/* Continuity may come before SGM; anything else says that SGM is lost (2.1.12 f). */
void isup_cpci_wait_sgm(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_call *call = fi->priv;
	struct isup_circuit *c = call->circuit;
	struct isup_msg first;

	if (event == CPC_EV_COT || event == CPC_EV_CHECK) {
		isup_cpci_wait_cot(fi, event, data);
		return;
	}
	if (event == CPC_EV_SGM) {
		first = call->held->iam;
		if (isup_segment_join(&call->held->iam, &first, data) < 0)
			LOG_CIRCUIT(c, LOGL_NOTICE, "SGM does not fit its IAM: dropped\n");
	}
	isup_cpci_whole(call);
	if (event != CPC_EV_SGM && c->call)
		isup_call_event(c, event, data);
}
