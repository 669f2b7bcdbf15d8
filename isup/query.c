/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Circuit group query: what the peer may know of our circuits (Q.764 2.8.3, Q.763 3.14). */
#include "isup/processes.h"

enum { TRANSIENT = 0x00, UNEQUIPPED = 0x03, INCOMING = 1, OUTGOING = 2, IDLE = 3 };

static uint8_t state_octet(const struct isup_circuit *c)
{
	struct isup_circuit_status st;
	uint8_t maintenance, call = IDLE;

	if (!c)
		return UNEQUIPPED;
	isup_circuit_status(&st, c);
	if (!c->in_service || st.use == ISUP_CCT_RELEASING || st.use == ISUP_CCT_RESETTING ||
	    st.use == ISUP_CCT_TESTING)
		return TRANSIENT;
	if (st.use == ISUP_CCT_INCOMING)
		call = INCOMING;
	else if (st.use == ISUP_CCT_OUTGOING)
		call = OUTGOING;
	maintenance = (c->local_blocked ? 1 : 0) | (c->remote_blocked ? 2 : 0);
	/* hardware blocking is said of idle circuits alone */
	return maintenance | call << 2 | (c->remote_failed && call == IDLE ? 2 << 4 : 0);
}

/* CQM: up to 32 circuits, and here a single one is range 0. */
enum isup_counter isup_query_rx_cqm(struct isup_peer *p, const struct isup_msg *m)
{
	uint8_t states[ISUP_GROUP_RANGE];
	struct isup_range range = {};
	struct isup_msg cqr;
	unsigned int i, known = 0;

	if (!isup_get(m, ISUP_P_RANGE, &range) || range.range >= ISUP_GROUP_RANGE) {
		LOG_CIC(p, m->cic, LOGL_NOTICE, "CQM with range %u is not allowed: ignored\n",
			range.range);
		return ISUP_CTR_RX_UNEXPECTED;
	}
	for (i = 0; i <= range.range; i++) {
		const struct isup_circuit *c = isup_peer_circuit(p, m->cic + i);

		states[i] = state_octet(c);
		known += c != NULL;
	}
	if (!known)
		return ISUP_CTR_RX_UNEQUIPPED;
	range.n_status = 0;
	isup_init(&cqr, m->dialect, ISUP_MT_CQR, m->cic);
	isup_set(&cqr, ISUP_P_RANGE, &range);
	isup_set_raw(&cqr, ISUP_P_CIRCUIT_STATE, states, range.range + 1u);
	isup_peer_send(p, &cqr);
	return ISUP_CTR_RX_HANDLED;
}
