/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hunting: which idle circuit of a group an outgoing call takes (Q.764 2.9.1.3). */
#include <errno.h>

#include "isup/call_config.h"
#include "isup/processes.h"

/* Who has the odd circuits for his own: chosen by the configuration, or who keeps them in a dual
 * seizure. */
static unsigned int own_parity(const struct isup_group *g)
{
	if (g->cfg.hunt == ISUP_HUNT_ODD || g->cfg.hunt == ISUP_HUNT_EVEN)
		return g->cfg.hunt == ISUP_HUNT_ODD;
	return !isup_group_controls(g, 0);
}

bool isup_hunts_by_parity(const struct isup_group *g)
{
	return g->cfg.hunt == ISUP_HUNT_CONTROLLED || g->cfg.hunt == ISUP_HUNT_ODD ||
	       g->cfg.hunt == ISUP_HUNT_EVEN;
}

/* Method 2 of 2.9.1.3: of our own the one that is idle for longest, then of the peer's the one that
 * was used last, which he would take last. */
static int pick_by_parity(const struct isup_group *g)
{
	unsigned int own = own_parity(g);
	int cic = isup_idle_longest(g, own);

	return cic < 0 ? isup_idle_latest(g, !own) : cic;
}

static int pick(const struct isup_group *g)
{
	int cic;

	switch (g->cfg.hunt) {
	case ISUP_HUNT_HIGHEST:
		return isup_idle_last(g->idle);
	case ISUP_HUNT_LOWEST:
		return isup_idle_from(g->idle, 0);
	case ISUP_HUNT_LEAST_RECENTLY_USED:
		return isup_idle_longest(g, 0);
	case ISUP_HUNT_CONTROLLED:
	case ISUP_HUNT_ODD:
	case ISUP_HUNT_EVEN:
		return pick_by_parity(g);
	case ISUP_HUNT_ROUND_ROBIN:
		break;
	}
	cic = isup_idle_from(g->idle, g->next_cic);
	return cic < 0 ? isup_idle_from(g->idle, 0) : cic;
}

int isup_group_hunt(struct isup_circuit **ret, struct isup_group *g)
{
	struct isup_circuit *c;
	int cic;

	if (g->peer->paused || g->peer->user_away)
		return -ENETUNREACH;
	cic = pick(g);
	if (cic < 0)
		return -EBUSY;
	c = isup_peer_circuit(g->peer, cic);
	g->next_cic = cic + 1u;
	c->seized = true;
	isup_circuit_update(c);
	*ret = c;
	return 0;
}

void isup_circuit_unseize(struct isup_circuit *c)
{
	c->seized = false;
	if (c->cot && c->cot->fsm == &isup_crro_fsm)
		isup_crro_give_back(c);
	isup_circuit_update(c);
}
