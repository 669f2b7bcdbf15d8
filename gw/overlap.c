/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Called numbers that come digit by digit. */
#include <string.h>

#include "gw/overlap.h"

enum overlap overlap_of(const struct isup_number *called, bool complete, unsigned int minimum,
			unsigned int maximum)
{
	size_t n = strlen(called->digits);

	if (complete || !minimum || (maximum && n >= maximum))
		return OVERLAP_COMPLETE;
	return n < minimum ? OVERLAP_TOO_FEW : OVERLAP_MAYBE;
}

bool overlap_append(struct isup_number *called, const struct isup_number *more)
{
	size_t n = strlen(called->digits), room = sizeof(called->digits) - 1 - n;
	size_t len = strlen(more->digits), fits = len < room ? len : room;

	memcpy(called->digits + n, more->digits, fits);
	called->digits[n + fits] = '\0';
	return fits == len;
}
