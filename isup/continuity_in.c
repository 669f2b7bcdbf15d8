/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRI: continuity recheck, incoming. The peer tests a circuit by CCR: after a call's check has
 * failed, or of itself (Q.764 2.1.8). The check of a call is CPCI's, in WaitForContinuity. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/continuity.h"
#include "isup/processes.h"

enum cri_state { CRI_ST_IDLE, CRI_ST_WAIT_CCR, CRI_ST_WAIT_REL };

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CRI_ST_WAIT_CCR] = { .T = 27 },
	[CRI_ST_WAIT_REL] = { .T = 36 },
};

static void go(struct osmo_fsm_inst *fi, enum cri_state st)
{
	const struct isup_cot *p = fi->priv;

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, p->circuit->group->tdefs, 60);
}

static void acknowledge(struct isup_cot *p)
{
	if (p->acknowledged || !isup_circuit_wants_lpa(p->circuit))
		return;
	p->acknowledged = true;
	isup_circuit_send(p->circuit, ISUP_MT_LPA);
}

/* A loop that cannot be had now is none: the peer will find that out. */
static int loop(struct osmo_fsm_inst *fi)
{
	struct isup_cot *p = fi->priv;
	struct isup_circuit *c = p->circuit;
	int rc;

	isup_path_stop(c);
	rc = isup_path_loop(c);
	if (rc == -EOPNOTSUPP)
		return rc;
	p->acknowledged = false;
	go(fi, CRI_ST_WAIT_REL);
	if (rc < 0)
		LOG_CIRCUIT(c, LOGL_ERROR, "continuity test by the peer: no loop (%d)\n", rc);
	else if (!c->path_used)
		acknowledge(p);
	return 0;
}

static void wait_ccr(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_circuit *c = ((struct isup_cot *)fi->priv)->circuit;

	if (event == COT_EV_CCR) {
		loop(fi);
		return;
	}
	isup_process_free(&c->cot);
	isup_circuit_update(c);
}

/* Success: what is left is REL, under the same timer. */
static void rx_cot(struct osmo_fsm_inst *fi, const struct isup_msg *cot)
{
	struct isup_circuit *c = ((struct isup_cot *)fi->priv)->circuit;
	struct isup_continuity result = {};

	isup_get(cot, ISUP_P_CONTINUITY, &result);
	LOG_CIRCUIT(c, LOGL_NOTICE, "continuity test by the peer %s\n",
		    result.success ? "passed" : "failed");
	isup_path_stop(c);
	go(fi, result.success ? CRI_ST_WAIT_REL : CRI_ST_WAIT_CCR);
}

static void rx_path(struct isup_cot *p, const enum isup_continuity_event *ev)
{
	if (*ev == ISUP_CONTINUITY_LOOPED)
		acknowledge(p);
	else
		LOG_CIRCUIT(p->circuit, LOGL_ERROR,
			    "continuity test by the peer: the loop is lost\n");
}

static void wait_rel(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_circuit *c = ((struct isup_cot *)fi->priv)->circuit;

	switch (event) {
	case COT_EV_CCR:		/* the peer has begun anew */
		loop(fi);
		break;
	case COT_EV_COT:
		rx_cot(fi, data);
		break;
	case COT_EV_PATH:
		rx_path(fi->priv, data);
		break;
	case COT_EV_REL:
		isup_process_free(&c->cot);
		isup_circuit_update(c);
		break;
	}
}

/* T27, T36: the peer says no more; a reset makes both ends agree. */
static int timer_cb(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = ((struct isup_cot *)fi->priv)->circuit;
	bool t27 = fi->T == 27;

	isup_process_free(&c->cot);
	isup_crs_start(c, false, false);
	isup_circuit_alarm(c, t27 ? "T27 expired: no CCR after a failed continuity check" :
				    "T36 expired: no COT or REL after CCR");
	return 0;
}

static const struct osmo_fsm_state states[] = {
	[CRI_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CRI_ST_WAIT_CCR) | S(CRI_ST_WAIT_REL),
	},
	[CRI_ST_WAIT_CCR] = {
		.name = "WaitForCCR", .action = wait_ccr,
		.in_event_mask = S(COT_EV_CCR) | S(COT_EV_REL),
		.out_state_mask = S(CRI_ST_WAIT_REL),
	},
	[CRI_ST_WAIT_REL] = {
		.name = "WaitForREL", .action = wait_rel,
		.in_event_mask = S(COT_EV_CCR) | S(COT_EV_COT) | S(COT_EV_PATH) | S(COT_EV_REL),
		.out_state_mask = S(CRI_ST_WAIT_CCR) | S(CRI_ST_WAIT_REL),
	},
};

struct osmo_fsm isup_cri_fsm = {
	.name = "CRI",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = isup_cot_event_names,
	.timer_cb = timer_cb,
	.cleanup = isup_cot_cleanup,
};

/* The check of an incoming call has failed, and its call has left the circuit. */
void isup_cri_await_ccr(struct isup_circuit *c)
{
	if (isup_cot_start(&isup_cri_fsm, c))
		go(c->cot, CRI_ST_WAIT_CCR);
}

/* 0, or -EOPNOTSUPP: a loop can never be had, nothing is changed; -ENOMEM. */
int isup_cri_rx_ccr(struct isup_circuit *c)
{
	bool new = !c->cot;
	int rc;

	if (new && !isup_cot_start(&isup_cri_fsm, c))
		return -ENOMEM;
	rc = loop(c->cot);
	if (rc < 0 && new) {
		isup_process_free(&c->cot);
		isup_circuit_update(c);
	}
	return rc;
}
