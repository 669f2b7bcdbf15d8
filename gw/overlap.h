/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a called number that came in overlap whole? (RFC 3578 2, 3) Pure. */
#ifndef TOLLGATE_GW_OVERLAP_H
#define TOLLGATE_GW_OVERLAP_H

#include <stdbool.h>

#include "isup/isup.h"

enum overlap {
	OVERLAP_TOO_FEW,	/* cannot be routed */
	OVERLAP_MAYBE,		/* can be, but more digits may come */
	OVERLAP_COMPLETE
};

/* minimum, maximum: digits of the trunk group's numbers. minimum 0: its numbers come en bloc;
 * maximum 0: not known. complete: ST has come, or no more digits will. */
enum overlap overlap_of(const struct isup_number *called, bool complete, unsigned int minimum,
			unsigned int maximum);

/* The digits of more are put behind those of called. false: not all found room. */
bool overlap_append(struct isup_number *called, const struct isup_number *more);

#endif
