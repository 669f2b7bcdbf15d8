/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits of an incoming call that come one after the other (Q.764 2.1.2, 2.1.4.8; RFC 3578). */
#ifndef TOLLGATE_ISUP_OVERLAP_H
#define TOLLGATE_ISUP_OVERLAP_H

#include "isup/circuit.h"

/* What the user makes of the digits he has. */
enum isup_overlap {
	ISUP_DIGITS_TOO_FEW,	/* more must come: T35, then REL 28 and release_ind with cause 28 */
	ISUP_DIGITS_MAYBE,	/* more may come: T10, then complete_ind and early ACM */
	ISUP_DIGITS_COMPLETE,	/* none is needed: T11, as when nothing is said */
};

/* Said in setup_ind, and again when SAM has brought more. Before address complete only; SAM is
 * refused after it. In transit no timer runs; in a dialect without SAM any number is complete. */
void isup_call_digits(struct isup_call *call, enum isup_overlap digits);

#endif
