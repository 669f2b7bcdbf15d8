/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the incoming and the outgoing call process share: the user's calls, messages to events, the
 * end of a call. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/processes.h"

const struct value_string isup_cpc_event_names[] = {
	{ CPC_EV_IAM, "IAM" }, { CPC_EV_SAM, "SAM" }, { CPC_EV_COT, "COT" },
	{ CPC_EV_ACM, "ACM" }, { CPC_EV_CON, "CON" }, { CPC_EV_ANM, "ANM" },
	{ CPC_EV_CPG, "CPG" }, { CPC_EV_SUS, "SUS" }, { CPC_EV_RES, "RES" },
	{ CPC_EV_FOT, "FOT" }, { CPC_EV_CRG, "CRG" }, { CPC_EV_INFO, "information" },
	{ CPC_EV_SGM, "SGM" },
	{ CPC_EV_REL, "REL" }, { CPC_EV_RLC, "RLC" }, { CPC_EV_BLO, "BLO" },
	{ CPC_EV_PAUSE, "PAUSE" }, { CPC_EV_CCL, "CCL" }, { CPC_EV_CHECK, "check" },
	{ CPC_EV_SAM_REQ, "SAM request" }, { CPC_EV_COT_REQ, "COT request" },
	{ CPC_EV_ACM_REQ, "ACM request" }, { CPC_EV_CON_REQ, "CON request" },
	{ CPC_EV_ANM_REQ, "ANM request" }, { CPC_EV_CPG_REQ, "CPG request" },
	{ CPC_EV_SUS_REQ, "SUS request" }, { CPC_EV_RES_REQ, "RES request" },
	{ CPC_EV_FOT_REQ, "FOT request" }, { CPC_EV_CRG_REQ, "CRG request" },
	{ CPC_EV_INFO_REQ, "information request" },
	{}
};

/* Message of a call -> event when it is received, event when the user sends it. */
static const struct { uint8_t rx, req; } events[256] = {
	[ISUP_MT_SAM] = { CPC_EV_SAM, CPC_EV_SAM_REQ },
	[ISUP_MT_COT] = { CPC_EV_COT, CPC_EV_COT_REQ },
	[ISUP_MT_ACM] = { CPC_EV_ACM, CPC_EV_ACM_REQ },
	[ISUP_MT_CON] = { CPC_EV_CON, CPC_EV_CON_REQ },
	[ISUP_MT_ANM] = { CPC_EV_ANM, CPC_EV_ANM_REQ },
	[ISUP_MT_CPG] = { CPC_EV_CPG, CPC_EV_CPG_REQ },
	[ISUP_MT_SUS] = { CPC_EV_SUS, CPC_EV_SUS_REQ },
	[ISUP_MT_RES] = { CPC_EV_RES, CPC_EV_RES_REQ },
	[ISUP_MT_FOT] = { CPC_EV_FOT, CPC_EV_FOT_REQ },
	[ISUP_MT_CRG] = { CPC_EV_CRG, CPC_EV_CRG_REQ },
	[ISUP_MT_CCL] = { CPC_EV_CCL, CPC_EV_FOT_REQ },	/* where FOT may be sent */
	[ISUP_MT_INR] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_INF] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_FAR] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_FAA] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_FRJ] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_PAM] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_USR] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_CFN] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_NRM] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_FAC] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_IDR] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_IRS] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_SGM] = { CPC_EV_SGM, CPC_EV_NONE },	/* made by send.c */
	[ISUP_MT_LOP] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_APM] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_PRI] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_SDN] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
	[ISUP_MT_EXM] = { CPC_EV_INFO, CPC_EV_INFO_REQ },
};

uint8_t isup_call_event_of(uint8_t type)
{
	return events[type].rx;
}

/* A call process in state Idle on this circuit; NULL without memory. */
struct isup_call *isup_call_new(struct isup_circuit *c, struct osmo_fsm *fsm)
{
	struct osmo_fsm_inst *fi = isup_process_new(fsm, c, sizeof(struct isup_call));
	struct isup_call *call;

	if (!fi)
		return NULL;
	call = fi->priv;
	call->circuit = c;
	call->fi = fi;
	call->incoming = fsm == &isup_cpci_fsm;
	call->suspend_role = c->group->cfg.calls.suspend;
	c->call = call;
	c->n_calls++;
	isup_circuit_update(c);
	return call;
}

/* The process goes without a word; what becomes of the circuit is the caller's to say. */
void isup_call_free(struct isup_call *call)
{
	struct isup_circuit *c = call->circuit;

	c->call = NULL;
	isup_path_stop(c);
	osmo_fsm_inst_term(call->fi, OSMO_FSM_TERM_REGULAR, NULL);
	isup_circuit_update(c);
}

/* The process leaves its circuit; its user is told by isup_farewell_say(), to which each of these
 * must come, once the circuit is in its new state. */
struct isup_farewell isup_call_end(struct isup_call *call)
{
	struct isup_circuit *c = call->circuit;

	call->ended = true;
	osmo_timer_del(&call->fi->timer);
	isup_call_cleanup(call->fi, OSMO_FSM_TERM_REGULAR);
	c->call = NULL;
	isup_path_stop(c);
	isup_circuit_update(c);
	return (struct isup_farewell){ .call = call, .repeat = !call->incoming && !call->backward };
}

/* rel: the REL received, or NULL. A call that was never given to a user, or that he has released
 * meanwhile, ends in silence. */
void isup_farewell_say(const struct isup_farewell *bye, const struct isup_msg *rel,
		       const struct isup_cause *cause)
{
	const struct isup_call_ops *ops;
	void *ctx;

	if (!bye->call)
		return;
	ops = bye->call->ops;
	ctx = bye->call->ops_ctx;
	osmo_fsm_inst_term(bye->call->fi, OSMO_FSM_TERM_REGULAR, NULL);
	if (!ops)
		return;
	if (bye->repeat && ops->repeat_ind)
		ops->repeat_ind(ctx, cause);
	else if (ops->release_ind)
		ops->release_ind(ctx, rel, cause);
}

/* The same for a call that a reset has ended: "temporary failure" where another circuit may be
 * tried, else "normal, unspecified". */
void isup_farewell_reset(const struct isup_farewell *bye, const struct isup_group *g)
{
	struct isup_cause cause;

	isup_cause_init(&cause, g, bye->repeat ? ISUP_CAUSE_TEMPORARY : ISUP_CAUSE_UNSPECIFIED);
	isup_farewell_say(bye, NULL, &cause);
}

/* We give the call up: REL to the peer, the user is told. try_again: another circuit may do better
 * (2.8.1). */
void isup_call_fail(struct isup_call *call, const struct isup_cause *cause, bool try_again)
{
	struct isup_circuit *c = call->circuit;
	struct isup_farewell bye = isup_call_end(call);

	bye.repeat = bye.repeat && try_again;
	isup_release_start(c, NULL, cause);
	isup_farewell_say(&bye, NULL, cause);
}

/* A timer of the process has expired. Cause 102 names it in the diagnostic (Q.850). */
void isup_call_timeout(struct isup_call *call, int T, uint8_t value)
{
	struct isup_cause cause;

	LOG_CIRCUIT(call->circuit, LOGL_NOTICE, "T%d expired: call released with cause %u\n", T,
		    value);
	isup_cause_init(&cause, call->circuit->group, value);
	if (value == ISUP_CAUSE_TIMER) {
		char text[8];

		cause.n_diag = snprintf(text, sizeof(text), "%03d", T);
		memcpy(cause.diag, text, cause.n_diag);
	}
	isup_call_fail(call, &cause, false);
}

static void rx_rel(struct isup_call *call, const struct isup_msg *rel)
{
	struct isup_circuit *c = call->circuit;
	struct isup_farewell bye = isup_call_end(call);
	struct isup_msg copy = *rel;
	struct isup_cause cause;

	if (!isup_get(rel, ISUP_P_CAUSE, &cause))
		isup_cause_init(&cause, c->group, ISUP_CAUSE_UNSPECIFIED);
	/* only "requested circuit not available" says that another circuit would do */
	bye.repeat = bye.repeat && cause.value == ISUP_CAUSE_OTHER_CIRCUIT;
	isup_unknown_par_rel(c, &copy, call->type_a);
	LOG_CIRCUIT(c, LOGL_INFO, "call released by the peer, cause %u\n", cause.value);
	isup_farewell_say(&bye, &copy, &cause);
}

/* 2.9.5.1: the peer thinks the circuit is idle. */
static void rx_rlc(struct isup_call *call)
{
	struct isup_cause cause;

	LOG_NEWS(call->circuit, "RLC for a call that nobody released");
	isup_cause_init(&cause, call->circuit->group, ISUP_CAUSE_PROTOCOL);
	isup_call_fail(call, &cause, false);
}

/* BLO reaches our IAM before anything else does, or the peer is not there: the call has to go.
 * Others may stay. */
static void lose_circuit(struct isup_call *call, uint32_t event)
{
	struct isup_cause cause;
	bool paused = event == CPC_EV_PAUSE;

	if (call->fi->state >= CPC_ST_ANSWERED || (!paused && (call->incoming || call->backward)))
		return;
	LOG_CIRCUIT(call->circuit, LOGL_NOTICE, "call released: %s\n",
		    paused ? "peer unreachable" : "circuit blocked");
	isup_cause_init(&cause, call->circuit->group, ISUP_CAUSE_TEMPORARY);
	isup_call_fail(call, &cause, !paused);
}

/* Events that mean the same in every state of both processes. */
void isup_call_allstate(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	switch (event) {
	case CPC_EV_REL:
		rx_rel(fi->priv, data);
		break;
	case CPC_EV_RLC:
		rx_rlc(fi->priv);
		break;
	case CPC_EV_BLO:
	case CPC_EV_PAUSE:
		lose_circuit(fi->priv, event);
		break;
	}
}

/* Action of events that only pass through: up when received, down when requested. */
void isup_call_pass(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_call *call = fi->priv;
	bool ours = event >= CPC_EV_FIRST_REQ;
	const struct isup_sent *sent = data;
	const struct isup_msg *m = ours ? sent->m : data;

	if (m->type == ISUP_MT_SUS || m->type == ISUP_MT_RES)
		isup_suspend_apply(call, m, ours);
	isup_inform_watch(call, m, ours);
	if (ours)
		isup_sent_transmit(call->circuit, sent);
	else if (!isup_inform_answer(call, m) && call->ops && call->ops->msg_ind)
		call->ops->msg_ind(call->ops_ctx, m);
}

static bool permitted(const struct isup_call *call, enum cpc_event ev)
{
	const struct osmo_fsm_inst *fi = call->fi;

	if (isup_process_takes(fi, ev))
		return true;
	LOG_CIRCUIT(call->circuit, LOGL_INFO, "%s in state %s: ignored\n",
		    osmo_fsm_event_name(fi->fsm, ev), fi->fsm->states[fi->state].name);
	return false;
}

/* An event for the call on this circuit; the call may be gone afterwards. */
enum isup_counter isup_call_event(struct isup_circuit *c, enum cpc_event ev,
				  const struct isup_msg *m)
{
	if (!permitted(c->call, ev))
		return ISUP_CTR_RX_UNEXPECTED;
	osmo_fsm_inst_dispatch(c->call->fi, ev, (void *)m);
	return ISUP_CTR_RX_HANDLED;
}

/* A message that belongs to a call. */
enum isup_counter isup_call_rx(struct isup_circuit *c, const struct isup_msg *m)
{
	uint8_t ev = events[m->type].rx;

	if (!ev)
		return isup_confusion_unknown(c, m);
	if (isup_hold_rx(c, m))
		return ISUP_CTR_RX_HANDLED;
	if (!c->call || !isup_process_takes(c->call->fi, ev))
		return isup_unexpected_rx(c, m);
	return isup_call_event(c, ev, m);
}

void isup_call_bind(struct isup_call *call, const struct isup_call_ops *ops, void *ops_ctx)
{
	call->ops = ops;
	call->ops_ctx = ops_ctx;
}

/* What neither the dialect nor Q.763 knows passes in transit; what only the dialect lacks is not to
 * be sent. */
static uint8_t request_of(const struct isup_msg *m)
{
	if (isup_mt_row(m->dialect, m->type))
		return events[m->type].req;
	return isup_mt_row(&isup_itu, m->type) ? CPC_EV_NONE : CPC_EV_INFO_REQ;
}

int isup_call_send(struct isup_call *call, const struct isup_msg *m)
{
	struct isup_msg copy = *m;
	struct isup_sent sent;
	uint8_t ev;
	int rc;

	if (call->ended)
		return -EPROTO;
	copy.cic = call->circuit->cic;
	if (call->incoming)
		isup_cpci_adapt(call, &copy);
	ev = request_of(&copy);
	if (!ev || !permitted(call, ev))
		return -EPROTO;
	rc = isup_sent_encode(&sent, call->circuit, &copy);
	if (rc < 0)
		return rc;
	return osmo_fsm_inst_dispatch(call->fi, ev, &sent) < 0 ? -EPROTO : 0;
}

/* REL is said with the message or the cause. A call that has ended needs no word any more. */
static void release(struct isup_call *call, const struct isup_msg *rel,
		    const struct isup_cause *cause)
{
	struct isup_circuit *c = call->circuit;

	if (call->ended) {
		call->ops = NULL;
		return;
	}
	isup_call_free(call);
	isup_release_start(c, rel, cause);
}

void isup_call_release(struct isup_call *call, const struct isup_msg *rel)
{
	release(call, rel, NULL);
}

void isup_call_release_cause(struct isup_call *call, uint8_t cause, uint8_t location)
{
	struct isup_cause value = { .location = location, .value = cause };

	release(call, NULL, &value);
}

struct isup_call *isup_circuit_call(const struct isup_circuit *c)
{
	return c->call;
}

struct isup_circuit *isup_call_circuit(const struct isup_call *call)
{
	return call->circuit;
}
