/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP-R of Russia: Q.763 with clearing of a calling line that is held, and ringing again.
 *
 * Checked by Wireshark: the types of both messages, that they have no mandatory parameters, and
 * that RNG has an optional part and CCL has none. What may be in that part is not known. */
#include "isup/rows.h"

static const struct isup_mt_row messages[ISUP_N_CODES] = {
	[ISUP_MT_CCL] = { "CCL", "clear calling line" },
	[ISUP_MT_RNG] = { "RNG", "ringing", .optional = true },
};

const struct isup_dialect isup_russia = {
	.name = "russia",
	.standard = "ISUP-R",
	.base = &isup_itu,
	.cic_bits = 12,
	.point_code_bits = 14,
	.group_range = 32,
	.messages = messages,
};
