/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: starting from a message that came in - what may go on, and what stays on its link. */
#include "gw/map_tunnel.h"
#include "isup/compat.h"
#include "isup/dialect.h"

/* Parameters that speak of one circuit, link or exchange (Q.763 clause 3) and say nothing
 * further on. */
static const bool link_local[ISUP_N_CODES] = {
	[ISUP_P_CALL_REFERENCE] = true,		/* 3.8: holds the sender's point code */
	[ISUP_P_CONNECTION_REQUEST] = true,	/* 3.17: an SCCP connection of the sender's */
	[ISUP_P_POINT_CODE] = true,		/* 3.52: of the sender */
	[ISUP_P_CIRCUIT_MAP] = true,		/* 3.69 */
	[ISUP_P_CIRCUIT_STATE] = true,		/* 3.14 */
	[ISUP_P_CONGESTION_LEVEL] = true,	/* 3.4: of the exchange before us */
	[ISUP_P_ECHO] = true,			/* 3.19: devices of the circuit */
	[ISUP_P_CONTINUITY] = true, [ISUP_P_RANGE] = true, [ISUP_P_SUPERVISION] = true,
};

bool map_is_unknown(const struct isup_msg *m)
{
	return !isup_mt_row(m->dialect, m->type);
}

/* What RFC 3398 would put into INFO has a meaning for the other end; all others are circuit or call
 * control of one link. */
bool map_passes_in_transit(const struct isup_msg *m)
{
	return m->type == ISUP_MT_CPG || map_place_of(NULL, m) == MAP_PLACE_INFO;
}

/* Q.764 2.9.5.3: without instructions, and with transit interpretation, an unknown parameter
 * passes; for an end node that is told to drop it (or the message, or the call, which was for
 * the receiving process to obey) it does not. */
static bool may_pass(const struct isup_msg *m, uint8_t code, const struct isup_dialect *d)
{
	struct isup_par_compat c;

	if (link_local[code])
		return false;
	if (isup_par_row(d, code))
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
