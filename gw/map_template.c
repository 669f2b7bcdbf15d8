/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: starting from a message that came in - what may go on, and what stays on its link. */
#include "gw/map_parts.h"
#include "isup/compat.h"

/* Parameters that speak of one circuit, link or exchange (Q.763 clause 3) and say nothing
 * further on. */
static const uint8_t link_local[] = {
	ISUP_P_CALL_REFERENCE,		/* 3.8: holds the sender's point code */
	ISUP_P_CONNECTION_REQUEST,	/* 3.17: an SCCP connection of the sender's */
	ISUP_P_POINT_CODE,		/* 3.52: of the sender */
	ISUP_P_CIRCUIT_MAP,		/* 3.69 */
	ISUP_P_CIRCUIT_STATE,		/* 3.14 */
	ISUP_P_CONGESTION_LEVEL,	/* 3.4: of the exchange before us */
	ISUP_P_ECHO,			/* 3.19: devices of the circuit */
	ISUP_P_CONTINUITY, ISUP_P_RANGE, ISUP_P_SUPERVISION,
};

/* Messages with end-to-end meaning (RFC 3398 5.2: tunnelled in INFO); all others are circuit or
 * call control of one link. */
static const uint8_t end_to_end[] = {
	ISUP_MT_INR, ISUP_MT_INF, ISUP_MT_FOT, ISUP_MT_SUS, ISUP_MT_RES, ISUP_MT_FAR, ISUP_MT_FAA,
	ISUP_MT_FRJ,
	ISUP_MT_PAM, ISUP_MT_CPG, ISUP_MT_USR, ISUP_MT_CRG, ISUP_MT_NRM, ISUP_MT_FAC, ISUP_MT_IDR,
	ISUP_MT_IRS,
	ISUP_MT_LOP, ISUP_MT_APM, ISUP_MT_PRI, ISUP_MT_SDN,
};

static bool in_list(uint8_t code, const uint8_t *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i] == code)
			return true;
	return false;
}

bool map_is_end_to_end(uint8_t type)
{
	return in_list(type, end_to_end, sizeof(end_to_end));
}

/* Between ISUP trunks: also what neither of us knows, what the far end says of that (Q.764 2.9.5),
 * and that the caller has cleared (national). */
bool map_passes_in_transit(const struct isup_msg *m)
{
	return map_is_end_to_end(m->type) || m->type == ISUP_MT_CFN || m->type == ISUP_MT_CCL ||
	       isup_mt_find(m->dialect, isup_mt_name(m->dialect, m->type)) < 0;
}

/* Q.764 2.9.5.3: without instructions, and with transit interpretation, an unknown parameter
 * passes; for an end node that is told to drop it (or the message, or the call, which was for
 * the receiving process to obey) it does not. */
static bool may_pass(const struct isup_msg *m, uint8_t code, const struct isup_dialect *d)
{
	struct isup_par_compat c;

	if (in_list(code, link_local, sizeof(link_local)))
		return false;
	if (isup_par_name(d, code)[0] != '?')
		return true;
	if (!isup_par_compat(m, code, &c) || !c.end_node)
		return true;
	return !c.release && !c.discard_message && !c.discard;
}

void map_template(struct isup_msg *m, const struct isup_msg *tmpl, const struct map_profile *p)
{
	unsigned int i;

	*m = *tmpl;
	isup_to_dialect(m, map_dialect(p));
	m->cic = 0;
	for (i = 0; i < tmpl->n_pars; i++)
		if (!may_pass(tmpl, tmpl->par[i].code, m->dialect))
			isup_del(m, tmpl->par[i].code);
}

void map_retype(struct isup_msg *m, uint8_t type)
{
	struct isup_msg old = *m;
	unsigned int i;

	if (old.type == type)
		return;
	isup_init(m, old.dialect, type, old.cic);
	for (i = 0; i < old.n_pars; i++) {
		const struct isup_par *par = &old.par[i];

		if (par->code == ISUP_P_EVENT && type != ISUP_MT_CPG)
			continue;	/* 3.21 has it in CPG only */
		isup_add_raw(m, par->code, old.octets + par->off, par->len);
	}
}
