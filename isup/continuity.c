/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the continuity checks of both directions share: the circuit's path, and the way of messages
 * to them (Q.764 2.1.8). */
#include <errno.h>

#include "isup/continuity.h"
#include "isup/dialect.h"
#include "isup/processes.h"

void isup_continuity_use(struct isup_stack *s, const struct isup_continuity_ops *ops, void *ctx)
{
	s->path = *ops;
	s->path_ctx = ctx;
}

/* --- the path --- */

int isup_path_loop(struct isup_circuit *c)
{
	struct isup_stack *s = c->group->stack;
	int rc = s->path.loop ? s->path.loop(s->path_ctx, c) : 0;

	c->path_used = s->path.loop && rc == 0;
	return rc;
}

int isup_path_check(struct isup_circuit *c)
{
	struct isup_stack *s = c->group->stack;
	int rc = s->path.check ? s->path.check(s->path_ctx, c) : -EOPNOTSUPP;

	c->path_used = rc == 0;
	return rc;
}

void isup_path_stop(struct isup_circuit *c)
{
	struct isup_stack *s = c->group->stack;

	if (!c->path_used)
		return;
	c->path_used = false;
	s->path.stop(s->path_ctx, c);
}

bool isup_circuit_wants_lpa(const struct isup_circuit *c)
{
	return c->group->cfg.lpa || c->group->cfg.dialect->loop_ack;
}

/* What came too late belongs to nobody. */
void isup_continuity_ind(struct isup_circuit *c, enum isup_continuity_event ev)
{
	if (!c->path_used)
		return;
	if (ev != ISUP_CONTINUITY_LOOPED)
		c->path_used = false;
	if (c->call)
		osmo_fsm_inst_dispatch(c->call->fi, CPC_EV_CHECK, &ev);
	else if (c->cot)
		osmo_fsm_inst_dispatch(c->cot, COT_EV_PATH, &ev);
}

/* --- a circuit under test --- */

/* The peer wants the circuit of a test, which ends: what the peer does shows whether it is good.
 * A reservation of ours that meets it is a dual seizure (2.9.1.4). True: the circuit is free. */
bool isup_cot_yields(struct isup_circuit *c)
{
	if (c->cot->fsm == &isup_crro_fsm) {
		c->group->stack->counters[ISUP_CTR_DUAL_SEIZURE]++;
		if (isup_group_controls(c->group, c->cic))
			return false;
	}
	LOG_CIRCUIT(c, LOGL_INFO, "%s ends: the peer uses the circuit\n", c->cot->fsm->name);
	isup_process_free(&c->cot);
	c->out_of_service = false;
	return true;
}

static bool is_busy(const struct isup_circuit *c)
{
	return c->call || c->release || isup_circuit_resetting(c) || !c->in_service;
}

/* Both ends test at once: a dual seizure, one gives way (2.9.1.4). */
static bool is_ours(struct isup_circuit *c)
{
	if (!c->cot || c->cot->fsm != &isup_cro_fsm || !isup_cro_is_testing(c))
		return false;
	c->group->stack->counters[ISUP_CTR_DUAL_SEIZURE]++;
	return isup_group_controls(c->group, c->cic);
}

/* Blocking does not keep the peer from testing (2.8.2.1). */
enum isup_counter isup_cot_rx_ccr(struct isup_circuit *c, const struct isup_msg *m)
{
	bool other = c->cot && c->cot->fsm != &isup_cri_fsm;
	int rc;

	if (is_busy(c) || is_ours(c) || (other && !isup_cot_yields(c))) {
		LOG_BAD(c, ISUP_MT_CCR, "CCR dropped: the circuit is in use");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	rc = isup_cri_rx_ccr(c);
	if (rc == -EOPNOTSUPP) {
		LOG_BAD(c, ISUP_MT_CCR, "CCR: circuits cannot be looped here");
		isup_confusion_cfn(c, ISUP_CAUSE_MESSAGE, m->type);
	}
	return ISUP_CTR_RX_HANDLED;
}

/* Gives the message to the test on the circuit, if that waits for it. */
static enum isup_counter to_test(struct isup_circuit *c, enum cot_event ev,
				 const struct isup_msg *m)
{
	if (!c->cot || !isup_process_takes(c->cot, ev)) {
		LOG_CIRCUIT(c, LOGL_INFO, "%s is not awaited: ignored\n",
			    isup_mt_name(m->dialect, m->type));
		return ISUP_CTR_RX_UNEXPECTED;
	}
	osmo_fsm_inst_dispatch(c->cot, ev, (void *)m);
	return ISUP_CTR_RX_HANDLED;
}

enum isup_counter isup_cot_rx_cot(struct isup_circuit *c, const struct isup_msg *m)
{
	return c->call || !c->cot ? isup_call_rx(c, m) : to_test(c, COT_EV_COT, m);
}

enum isup_counter isup_cot_rx_lpa(struct isup_circuit *c, const struct isup_msg *m)
{
	return to_test(c, COT_EV_LPA, m);
}

/* The answer is the caller's. */
void isup_cot_rx_rel(struct isup_circuit *c)
{
	if (isup_process_takes(c->cot, COT_EV_REL))
		osmo_fsm_inst_dispatch(c->cot, COT_EV_REL, NULL);
}

/* The peer does not understand; MTP does not reach it. */
void isup_cot_rx_cfn(struct isup_circuit *c)
{
	if (isup_process_takes(c->cot, COT_EV_CFN))
		osmo_fsm_inst_dispatch(c->cot, COT_EV_CFN, NULL);
}

void isup_cot_pause(struct isup_circuit *c)
{
	if (isup_process_takes(c->cot, COT_EV_PAUSE))
		osmo_fsm_inst_dispatch(c->cot, COT_EV_PAUSE, NULL);
}

const struct value_string isup_cot_event_names[] = {
	{ COT_EV_CCR, "CCR" }, { COT_EV_COT, "COT" }, { COT_EV_LPA, "LPA" }, { COT_EV_REL, "REL" },
	{ COT_EV_CFN, "CFN" }, { COT_EV_PAUSE, "PAUSE" }, { COT_EV_PATH, "path" },
	{ COT_EV_CRA, "CRA" }, {}
};

/* Whichever way a test ends, the path is free again. */
void isup_cot_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause)
{
	isup_path_stop(((struct isup_cot *)fi->priv)->circuit);
}

struct osmo_fsm_inst *isup_cot_start(struct osmo_fsm *fsm, struct isup_circuit *c)
{
	c->cot = isup_process_new(fsm, c, sizeof(struct isup_cot));
	if (!c->cot) {
		isup_circuit_alarm(c, "no memory for a continuity test");
		return NULL;
	}
	((struct isup_cot *)c->cot->priv)->circuit = c;
	isup_circuit_update(c);
	return c->cot;
}
