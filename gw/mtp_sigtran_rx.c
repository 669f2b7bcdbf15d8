/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: DATA, SSNM, ERROR and NOTIFY received, which have passed the guard. The library
 * reads none of them: it loses network indicator and priority, delivers DATA in any state, and
 * tells an ISUP user nothing of the others. */
#include <string.h>

#include <osmocom/sigtran/protocol/m3ua.h>
#include <osmocom/sigtran/protocol/mtp.h>

#include "gw/mtp_sigtran.h"

bool st_is_ours(const uint8_t *msg)
{
	return msg[2] == M3UA_MSGC_XFER || msg[2] == M3UA_MSGC_SNM || msg[2] == M3UA_MSGC_MGMT;
}

/* Count, say so in the log, and answer ERROR - never to an ERROR or NOTIFY. */
void st_refuse(struct st_link *link, enum m3ua_fault fault, const uint8_t *msg, size_t len)
{
	uint32_t code = m3ua_fault_error(fault);
	uint8_t buf[64];

	link->refused[fault]++;
	if (link->logs++ < ST_LOGS)
		LOGP(DMTP, LOGL_NOTICE, "asp %s: message of %zu octets refused (%s): %s\n",
		     link->asp->cfg.name,
		     len, m3ua_fault_name(fault), osmo_hexdump_nospc(msg, len < 32 ? len : 32));
	if (code && (len < 4 || msg[2] != M3UA_MSGC_MGMT))
		st_link_answer(link, buf, m3ua_error_encode(buf, sizeof(buf), code));
}

/* The routing context must be that of an AS this ASP serves; without one the ASP must serve one
 * only. */
static bool context_fits(const struct st_link *link, const struct m3ua_data *d)
{
	const struct osmo_ss7_as *as;
	unsigned int n = 0;

	llist_for_each_entry(as, &link->st->inst->as_list, list) {
		if (!osmo_ss7_as_has_asp(as, link->asp))
			continue;
		if (d->has_rc && as->cfg.routing_key.context == d->rc)
			return true;
		n++;
	}
	return !d->has_rc && n == 1;
}

static void say_about(struct st_link *link, uint8_t type, uint32_t pc, uint16_t cause, uint8_t user)
{
	struct m3ua_ssnm_req r = {
		.type = type, .pcs = { pc }, .n_pcs = 1, .cause = cause, .user = user,
		.has_na = link->st->has_na, .na = link->st->na,
	};
	uint8_t buf[64];

	st_link_answer(link, buf, m3ua_ssnm_encode(buf, sizeof(buf), &r));
}

/* As an SG we answer for our own point codes only: there is no transit through a gateway. */
static enum m3ua_fault addressed(struct st_link *link, const struct m3ua_data *d)
{
	bool sg = link->asp->cfg.role == OSMO_SS7_ASP_ROLE_SG;

	if (sg && !st_is_own_pc(link->st, d->dpc)) {
		say_about(link, M3UA_SNM_DUNA, d->dpc, 0, 0);
		return M3UA_FAULT_DESTINATION;
	}
	if (d->si == MTP_SI_ISUP)
		return M3UA_GOOD;
	if (sg)
		say_about(link, M3UA_SNM_DUPU, d->dpc, 1, d->si);	/* 1: unequipped, 3.4.5 */
	return M3UA_FAULT_USER;
}

static enum m3ua_fault data_in(struct st_link *link, const uint8_t *msg, size_t len)
{
	struct st *st = link->st;
	struct mtp_label l;
	struct m3ua_data d;
	enum m3ua_fault fault;

	if (m3ua_data_decode(&d, msg, len) < 0)
		return M3UA_FAULT_PARAMETER_LENGTH;
	if (!osmo_ss7_asp_active(link->asp))
		return M3UA_FAULT_STATE;
	if (st->has_na && d.has_na && d.na != st->na)
		return M3UA_FAULT_APPEARANCE;
	if (!context_fits(link, &d))
		return M3UA_FAULT_CONTEXT;
	fault = addressed(link, &d);
	if (fault != M3UA_GOOD)
		return fault;
	l = (struct mtp_label){ .opc = d.opc, .dpc = d.dpc, .sls = d.sls, .ni = d.ni & 3,
				.prio = d.mp & 3 };
	link->received++;
	mtp_user_transfer(&st->mtp.user, &l, d.sdu, d.len);
	return M3UA_GOOD;
}

/* DAUD: our own point codes are there, nothing else is behind us. */
static void audited(struct st_link *link, const struct m3ua_ssnm *s)
{
	struct m3ua_ssnm_req yes = { .type = M3UA_SNM_DAVA, .has_na = link->st->has_na,
				     .na = link->st->na };
	struct m3ua_ssnm_req no = { .type = M3UA_SNM_DUNA, .has_na = link->st->has_na,
				    .na = link->st->na };
	uint8_t buf[512], mask;
	uint32_t pc, own;

	for (unsigned int i = 0; i < s->n_pcs && i < M3UA_MAX_PCS; i++) {
		pc = m3ua_ssnm_pc(s, i, &mask);
		if (!st_own_pc_in(link->st, s, i, &own))
			no.pcs[no.n_pcs++] = (uint32_t)mask << 24 | pc;
		else
			yes.pcs[yes.n_pcs++] = own;
	}
	if (yes.n_pcs)
		st_link_answer(link, buf, m3ua_ssnm_encode(buf, sizeof(buf), &yes));
	if (no.n_pcs)
		st_link_answer(link, buf, m3ua_ssnm_encode(buf, sizeof(buf), &no));
}

static enum m3ua_fault ssnm_in(struct st_link *link, const uint8_t *msg, size_t len)
{
	enum osmo_ss7_asp_role role = link->asp->cfg.role;
	struct m3ua_ssnm s;

	if (m3ua_ssnm_decode(&s, msg, len) < 0)
		return M3UA_FAULT_PARAMETER_LENGTH;
	if (strcmp(osmo_fsm_inst_state_name(link->asp->fi), "ASP_DOWN") == 0)
		return M3UA_FAULT_STATE;	/* SGs tell an inactive ASP, too */
	if (link->st->has_na && s.has_na && s.na != link->st->na)
		return M3UA_FAULT_APPEARANCE;
	if (s.type == M3UA_SNM_DAUD) {
		if (role == OSMO_SS7_ASP_ROLE_ASP)
			return M3UA_FAULT_UNEXPECTED;
		audited(link, &s);
		return M3UA_GOOD;
	}
	/* an ASP may tell its SG of congestion (3.4.4), and two IPSPs are equals */
	if (role == OSMO_SS7_ASP_ROLE_SG && s.type != M3UA_SNM_SCON)
		return M3UA_FAULT_UNEXPECTED;
	st_dest_ssnm(link, &s);
	return M3UA_GOOD;
}

/* Override: another ASP has taken the traffic (3.8.2); when that one fails it is ours again. */
static void notified(struct st_link *link, const struct m3ua_mgmt *m)
{
	bool other = m->status == M3UA_NOTIFY_T_OTHER;

	if (link->logs++ < ST_LOGS)
		LOGP(DMTP, LOGL_NOTICE, "asp %s: NOTIFY type %u information %u\n",
		     link->asp->cfg.name,
	     m->status, m->info);
	if (link->asp->cfg.role == OSMO_SS7_ASP_ROLE_SG)
		return;
	if (other && m->info == M3UA_NOTIFY_I_OT_ALT_ASP_ACT) {
		link->standby = true;
		st_changed(link->st);
	} else if (link->standby && (other || m->info == M3UA_NOTIFY_I_AS_PEND ||
				     m->info == M3UA_NOTIFY_I_AS_INACT)) {
		st_link_renew(link);
	}
}

static enum m3ua_fault mgmt_in(struct st_link *link, const uint8_t *msg, size_t len)
{
	struct m3ua_mgmt m;

	if (m3ua_mgmt_decode(&m, msg, len) < 0)
		return M3UA_FAULT_PARAMETER_LENGTH;
	if (m.type == M3UA_MGMT_NTFY)
		notified(link, &m);
	else if (link->logs++ < ST_LOGS)
		LOGP(DMTP, LOGL_NOTICE, "asp %s: ERROR code %u from the peer\n",
		     link->asp->cfg.name, m.code);
	return M3UA_GOOD;
}

void st_rx(struct st_link *link, const uint8_t *msg, size_t len)
{
	enum m3ua_fault fault;

	switch (msg[2]) {
	case M3UA_MSGC_XFER:
		fault = data_in(link, msg, len);
		break;
	case M3UA_MSGC_SNM:
		fault = ssnm_in(link, msg, len);
		break;
	default:
		fault = mgmt_in(link, msg, len);
		break;
	}
	if (fault != M3UA_GOOD)
		st_refuse(link, fault, msg, len);
}
