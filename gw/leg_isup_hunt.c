/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ISUP leg's circuit: hunted for, a second one when the first cannot be had. */
#include <errno.h>

#include "gw/leg_isup.h"

enum { OVERLOADED = 42 };		/* refused by congestion control */

static bool was_tried(const struct leg_isup *l, const struct isup_circuit *c)
{
	for (unsigned int i = 0; i < l->tried; i++)
		if (l->tried_at[i] == c)
			return true;
	return false;
}

/* A circuit that has not failed this call yet, if there is one. */
static int hunt(struct leg_isup *l)
{
	struct isup_circuit *c, *failed[LEG_ISUP_MAX_CIRCUITS];
	/* a repeated attempt is no new call to congestion control */
	const struct isup_msg *iam = l->tried ? NULL : l->iam;
	unsigned int n = 0;
	int rc;

	while ((rc = trunk_hunt(&c, l->leg.trunk, iam)) == 0 && was_tried(l, c))
		failed[n++] = c;
	while (n)
		isup_circuit_unseize(failed[--n]);
	if (rc == 0)
		l->circuit = c;
	return rc;
}

/* Takes a circuit and opens its media: 0, or the cause. */
uint8_t leg_isup_seize(struct leg_isup *l)
{
	int rc = hunt(l);

	if (rc == -EAGAIN)
		return OVERLOADED;
	if (rc < 0)
		return rc == -ENETUNREACH ? 38 : 34;
	l->checks = gw_continuity_ask(l->leg.trunk, l->iam);
	call_attempt(l->leg.call);
	leg_isup_take(l, l->circuit);
	l->tried_at[l->tried++] = l->circuit;
	if (leg_isup_media_open(l, l->offer))
		return 0;
	isup_circuit_unseize(l->circuit);
	l->circuit = NULL;
	return leg_isup_bearer_refused(l);
}
