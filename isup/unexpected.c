/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of a call where none is expected (Q.764 2.9.5.1 d): the two ends do not agree on what
 * the circuit is doing. Before a backward message has made the call certain, a reset makes them
 * agree; later the message is dropped. REL, RLC and acknowledgements have rules of their own. */
#include "isup/processes.h"

/* Nobody has the circuit, and nothing that is under way explains the message. An SGM says nothing
 * of the circuit: what it belongs to was dropped before. */
static bool is_idle(const struct isup_circuit *c, uint8_t type)
{
	return type != ISUP_MT_SGM && c->in_service && !c->call && !c->release && !c->cot &&
	       !c->out_of_service && !isup_circuit_resetting(c);
}

/* Does it speak of a call in another phase than ours, which no backward message has yet confirmed?
 * Information on the side (FAC, USR, SGM ...) does not. */
static bool is_early(const struct isup_call *call, uint8_t type)
{
	switch (isup_call_event_of(type)) {
	case CPC_EV_SAM:
	case CPC_EV_COT:
	case CPC_EV_ACM:
	case CPC_EV_CON:
	case CPC_EV_ANM:
	case CPC_EV_CPG:
	case CPC_EV_SUS:
	case CPC_EV_RES:
	case CPC_EV_FOT:
		return call->fi->state < CPC_ST_WAIT_ANM && (call->incoming || !call->backward);
	}
	return false;
}

enum isup_counter isup_unexpected_rx(struct isup_circuit *c, const struct isup_msg *m)
{
	const char *name = isup_mt_name(m->dialect, m->type);

	if (c->call ? is_early(c->call, m->type) : is_idle(c, m->type)) {
		LOG_BAD(c, m->type, "%s %s: circuit reset", name,
			c->call ? "does not fit the call" : "without a call");
		isup_crs_reset(c, true);
	} else if (c->call) {
		LOG_CIRCUIT(c, LOGL_INFO, "%s in state %s: ignored\n", name,
			    osmo_fsm_inst_state_name(c->call->fi));
	} else if (!c->release) {
		/* crossing our REL, such messages are no surprise */
		LOG_BAD(c, m->type, "%s without a call: ignored", name);
	}
	return ISUP_CTR_RX_UNEXPECTED;
}
