/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a call on a circuit ended without a REL, in words. */
#include "gw/leg_isup.h"

bool leg_isup_is_timer(uint8_t cause)
{
	return cause == 102 || cause == 19 || cause == 16 || cause == 28;
}

const char *leg_isup_reason(uint8_t cause)
{
	switch (cause) {
	case 102:
		return "the exchange did not respond in time";
	case 19:
		return "no answer in time";
	case 41:
		return "the exchange cannot be reached";
	case LEG_ISUP_OVERLOADED:
		return "the exchange is overloaded";
	case 16:
		return "suspended for too long, or cleared by the caller";
	case 28:
		return "no more digits came in time";
	default:
		return "the circuit was reset or taken away";
	}
}
