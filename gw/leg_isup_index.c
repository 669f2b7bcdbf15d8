/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which ISUP legs there are, and which circuits they hold: what the audit asks. */
#include "gw/leg_isup.h"

void leg_isup_index_add(struct leg_isup *l)
{
	hash_add(l->leg.trunk->gw->legs, &l->by_self, (uintptr_t)l);
}

void leg_isup_index_del(struct leg_isup *l)
{
	hash_del(&l->by_self);
	if (l->at)
		hash_del(&l->by_circuit);
}

/* The leg has a circuit, or another one. */
void leg_isup_take(struct leg_isup *l, const struct isup_circuit *c)
{
	if (l->at)
		hash_del(&l->by_circuit);
	l->at = c;
	hash_add(l->leg.trunk->gw->legs_at, &l->by_circuit, (uintptr_t)c);
}

bool leg_isup_is_here(const struct gw *gw, const void *leg)
{
	const struct leg_isup *l;

	hash_for_each_possible(gw->legs, l, by_self, (uintptr_t)leg)
		if (l == leg)
			return true;
	return false;
}

bool leg_isup_holds(const struct gw *gw, const struct isup_circuit *c)
{
	const struct isup_call *ic = isup_circuit_call(c);
	const struct leg_isup *l;

	hash_for_each_possible(gw->legs_at, l, by_circuit, (uintptr_t)c)
		if (l->at == c && (ic ? l->ic == ic : l->circuit == c))
			return true;
	return false;
}
