/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the parameters that only ANSI ISUP has (T1.113.3), or lays out in its own way. */
#ifndef TOLLGATE_ISUP_ANSI_VALUES_H
#define TOLLGATE_ISUP_ANSI_VALUES_H

#include "isup/isup_values.h"

enum { ISUP_MAX_BCD = 8 };

/* Digits in a fixed number of octets: jurisdiction information (six), carrier identification and
 * transit network selection (four, of which the plan may use three). */
struct isup_bcd {
	uint8_t type, plan, circuit_code;
	char digits[ISUP_MAX_BCD + 1];
};

struct isup_business_group {
	uint8_t selector, privileges_type, id_type, attendant;
	uint32_t id;
	uint16_t subgroup;
	uint8_t terminating, originating;	/* line privileges */
};

/* The name is in data, as IA5 characters. */
struct isup_generic_name { uint8_t type, unavailable, presentation; struct isup_octets data; };

struct isup_group_characteristics { uint8_t carrier, control, alarm, continuity; };

#endif
