/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP of China (GF 001-9001, YDN 038): Q.763 with point codes of 24 bits and three messages more.
 *
 * Checked: types of the messages, code and length of the charge information, and that all three
 * may carry message compatibility information, by Dialogic's ISUP manual (appendix on national
 * variants) and two signalling monitors' lists; 24-bit point codes by the former. Not checked:
 * what the two octets of the charge information mean. */
#include "isup/rows.h"
#include "isup/rows_24.h"

static const uint8_t compatibility[] = { ISUP_P_MESSAGE_COMPAT };

static const struct isup_mt_row messages[ISUP_N_CODES] = {
	[ISUP_MT_CCL] = { "CCL", "calling party clearing", OPT(compatibility) },
	[ISUP_MT_MPM] = { "MPM", "metering pulse", FIXED(ISUP_P_CHARGE_INFO), OPT(compatibility) },
	[ISUP_MT_OPR] = { "OPR", "operator", OPT(compatibility) },
};

static const struct isup_par_row params[ISUP_N_CODES] = {
	[ISUP_P_CALL_REFERENCE] = { "CRef", "call reference", "3.8",
		6, 6, BITS(call_reference, 6) },
	[ISUP_P_CONNECTION_REQUEST] = { "CReq", "connection request", "3.17",
		6, 8, BITS(connection_request, 8) },
	[ISUP_P_POINT_CODE] = { "SPC", "signalling point code", "3.50", 3, 3, BITS(point_code, 3) },
	[ISUP_P_ORIGINATION_ISC] = { "OISC", "origination ISC point code", "3.40",
		3, 3, BITS(point_code, 3) },
	[ISUP_P_CHARGE_INFO] = { "ChI", "charge information", "GF 001-9001", 2, 2, OCTETS },
};

const struct isup_dialect isup_china = {
	.name = "china",
	.standard = "GF 001-9001",
	.base = &isup_itu,
	.cic_bits = 12,
	.point_code_bits = 24,
	.group_range = 32,
	.messages = messages,
	.params = params,
};
