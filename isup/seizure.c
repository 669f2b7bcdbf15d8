/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which circuits are ours in a dual seizure (Q.764 2.9.1.4). */
#include "isup/processes.h"

enum { PARITY_NONE, PARITY_EVEN = 1, PARITY_ODD = 2, PARITY_BOTH = 3 };

static unsigned int parity(const struct isup_group *g)
{
	switch (g->cfg.calls.control) {
	case ISUP_CONTROL_ALL:
		return PARITY_BOTH;
	case ISUP_CONTROL_NONE:
		return PARITY_NONE;
	case ISUP_CONTROL_ODD:
		return PARITY_ODD;
	case ISUP_CONTROL_EVEN:
		return PARITY_EVEN;
	case ISUP_CONTROL_PARITY:
		break;
	}
	return g->peer->opc > g->peer->dpc ? PARITY_EVEN : PARITY_ODD;
}

bool isup_group_controls(const struct isup_group *g, uint16_t cic)
{
	return parity(g) & (cic % 2 ? PARITY_ODD : PARITY_EVEN);
}
