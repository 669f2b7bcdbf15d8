/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP of ETSI (EN 300 356-1 V4): Q.761 to Q.764 of 1999, endorsed with modifications.
 *
 * Its scope keeps the formats and codes of Q.763, also those for national use, and lets a network
 * leave out what it marks so; no message or parameter has another layout. Its charging messages (ES
 * 201 296) travel in the APM. So there are no rows here: a later difference has its place. */
#include "isup/rows.h"

const struct isup_dialect isup_etsi = {
	.name = "etsi",
	.standard = "EN 300 356-1 V4",
	.base = &isup_itu,
	.cic_bits = 12,
	.point_code_bits = 14,
	.group_range = 32,
};
