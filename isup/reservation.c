/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRRO and CRRI: a circuit is reserved by CRM and CRA before its IAM can be made (TCRM, TCRA,
 * T1.113.4). They have the place of a continuity test: nothing else can be on the circuit. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/maintenance.h"
#include "isup/processes.h"
#include "isup/timers.h"

enum crr_state { CRR_ST_IDLE, CRR_ST_WAIT_CRA, CRR_ST_WAIT_IAM };
struct crro {
	struct isup_cot cot;		/* first */
	isup_reserved_cb *done;
	void *ctx;
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CRR_ST_WAIT_CRA] = { .T = ISUP_TCRM },
	[CRR_ST_WAIT_IAM] = { .T = ISUP_TCRA },
};

static struct isup_circuit *circuit_of(const struct osmo_fsm_inst *fi)
{
	return ((struct isup_cot *)fi->priv)->circuit;
}

static void go(struct osmo_fsm_inst *fi, enum crr_state st)
{
	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, circuit_of(fi)->group->tdefs, 4);
}

static void release(struct isup_circuit *c, const char *why)
{
	struct isup_cause cause;

	LOG_CIRCUIT(c, LOGL_NOTICE, "%s: reservation released\n", why);
	isup_cause_init(&cause, c->group, ISUP_CAUSE_TEMPORARY);
	isup_process_free(&c->cot);
	isup_release_start(c, NULL, &cause);
}

/* --- ours --- */

/* The circuit stays the user's; the process is gone before he is told. */
static void over(struct osmo_fsm_inst *fi, int rc)
{
	struct crro p = *(struct crro *)fi->priv;
	struct isup_circuit *c = p.cot.circuit;

	if (rc == -ETIMEDOUT)
		release(c, "TCRM expired, no CRA to CRM");
	else
		isup_process_free(&c->cot);
	isup_circuit_update(c);
	p.done(p.ctx, c, rc);
}

static void wait_cra(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	over(fi, event == COT_EV_CRA ? 0 : -ECONNREFUSED);
}

static int crro_timer_cb(struct osmo_fsm_inst *fi)
{
	over(fi, -ETIMEDOUT);
	return 0;
}

static const struct osmo_fsm_state crro_states[] = {
	[CRR_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CRR_ST_WAIT_CRA),
	},
	[CRR_ST_WAIT_CRA] = {
		.name = "WaitForCRA", .action = wait_cra,
		.in_event_mask = S(COT_EV_CRA) | S(COT_EV_REL) | S(COT_EV_CFN),
	},
};

struct osmo_fsm isup_crro_fsm = {
	.name = "CRRO",
	.states = crro_states,
	.num_states = ARRAY_SIZE(crro_states),
	.event_names = isup_cot_event_names,
	.timer_cb = crro_timer_cb,
};

int isup_circuit_reserve(struct isup_circuit *c, isup_reserved_cb *done, void *ctx)
{
	static const struct isup_nci nci = {};
	struct isup_msg crm;
	struct crro *p;

	if (!isup_mt_row(c->group->cfg.dialect, ISUP_MT_CRM))
		return -EOPNOTSUPP;
	if (!c->seized || !isup_circuit_is_free(c))
		return -EBUSY;
	if (c->group->peer->paused || c->group->peer->user_away)
		return -ENETUNREACH;
	c->cot = isup_process_new(&isup_crro_fsm, c, sizeof(*p));
	if (!c->cot)
		return -ENOMEM;
	p = c->cot->priv;
	*p = (struct crro){ .cot.circuit = c, .done = done, .ctx = ctx };
	isup_circuit_update(c);
	go(c->cot, CRR_ST_WAIT_CRA);
	isup_init(&crm, c->group->cfg.dialect, ISUP_MT_CRM, c->cic);
	isup_set(&crm, ISUP_P_NCI, &nci);
	isup_peer_send(c->group->peer, &crm);
	return 0;
}

/* The user does not want the circuit any more: he is told nothing, the peer is. */
void isup_crro_give_back(struct isup_circuit *c)
{
	release(c, "given back before CRA");
}

enum isup_counter isup_crro_rx_cra(struct isup_circuit *c, const struct isup_msg *m)
{
	if (!c->cot || c->cot->fsm != &isup_crro_fsm) {
		LOG_CIRCUIT(c, LOGL_INFO, "CRA for nothing: ignored\n");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	osmo_fsm_inst_dispatch(c->cot, COT_EV_CRA, NULL);
	return ISUP_CTR_RX_HANDLED;
}

/* --- the peer's --- */

static void rx_cot(struct isup_circuit *c, const struct isup_msg *cot)
{
	struct isup_continuity result = {};

	isup_get(cot, ISUP_P_CONTINUITY, &result);
	isup_path_stop(c);
	if (result.success)
		return;
	LOG_CIRCUIT(c, LOGL_NOTICE, "continuity check of a reservation failed\n");
	isup_process_free(&c->cot);
	isup_cri_await_ccr(c);
}

static void wait_iam(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_circuit *c = circuit_of(fi);

	switch (event) {
	case COT_EV_COT:
		rx_cot(c, data);
		break;
	case COT_EV_REL:
		isup_process_free(&c->cot);
		isup_circuit_update(c);
		break;
	case COT_EV_PATH:		/* a loop that is lost shows in the check */
		break;
	}
}

static int crri_timer_cb(struct osmo_fsm_inst *fi)
{
	release(circuit_of(fi), "TCRA expired, no IAM after CRA");
	return 0;
}

static const struct osmo_fsm_state crri_states[] = {
	[CRR_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CRR_ST_WAIT_IAM),
	},
	[CRR_ST_WAIT_IAM] = {
		.name = "WaitForIAM", .action = wait_iam,
		.in_event_mask = S(COT_EV_COT) | S(COT_EV_REL) | S(COT_EV_PATH),
	},
};

struct osmo_fsm isup_crri_fsm = {
	.name = "CRRI",
	.states = crri_states,
	.num_states = ARRAY_SIZE(crri_states),
	.event_names = isup_cot_event_names,
	.timer_cb = crri_timer_cb,
	.cleanup = isup_cot_cleanup,
};

/* Blocked circuits answer as they do to IAM; a reservation cannot remove the peer's blocking. */
static bool may_reserve(struct isup_circuit *c)
{
	if (c->call || c->release || isup_circuit_resetting(c) || !c->in_service)
		return false;
	if (c->local_failed || c->remote_failed || c->remote_blocked)
		return false;
	if (c->local_blocked) {
		isup_bls_restart(c);
		return false;
	}
	return !c->cot || isup_cot_yields(c);
}

static bool wants_loop(const struct isup_msg *crm)
{
	struct isup_nci nci = {};

	return isup_get(crm, ISUP_P_NCI, &nci) && nci.continuity == ISUP_CHECK_HERE;
}

enum isup_counter isup_crri_rx_crm(struct isup_circuit *c, const struct isup_msg *m)
{
	if (!may_reserve(c)) {
		LOG_CIRCUIT(c, LOGL_NOTICE,
			    "CRM dropped: the circuit is in use, blocked or ours\n");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	if (!isup_cot_start(&isup_crri_fsm, c))
		return ISUP_CTR_RX_HANDLED;
	if (wants_loop(m) && isup_path_loop(c) < 0) {
		LOG_CIRCUIT(c, LOGL_NOTICE, "CRM dropped: it cannot be looped\n");
		isup_process_free(&c->cot);
		isup_circuit_update(c);
		return ISUP_CTR_RX_HANDLED;
	}
	go(c->cot, CRR_ST_WAIT_IAM);
	isup_circuit_send(c, ISUP_MT_CRA);
	return ISUP_CTR_RX_HANDLED;
}
