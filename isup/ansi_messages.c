/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of ANSI ISUP (T1.113.3) where they differ from ITU-T's.
 *
 * Types and mandatory parts: checked by OpenSS7, Wireshark and Yate. What may be in an optional
 * part is from memory; it matters to random messages only, anything is decoded and sent. */
#include "isup/rows.h"
#include "isup/timers.h"

static const uint8_t iam_opt[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_BUSINESS_GROUP, ISUP_P_CALL_REFERENCE, ISUP_P_CALLING,
	ISUP_P_CARRIER_ID, ISUP_P_CARRIER_SELECTION, ISUP_P_CHARGE_NUMBER, ISUP_P_CIRCUIT_MAP,
	ISUP_P_CUG, ISUP_P_CONNECTION_REQUEST, ISUP_P_EGRESS_SERVICE, ISUP_P_GENERIC_NUMBER,
	ISUP_P_GENERIC_DIGITS, ISUP_P_GENERIC_NAME, ISUP_P_HOP_COUNTER, ISUP_P_INFO_REQUEST,
	ISUP_P_JIP, ISUP_P_NETWORK_TRANSPORT, ISUP_P_OPERATOR_SERVICES, ISUP_P_OFCI,
	ISUP_P_ORIGINAL_CALLED, ISUP_P_OLI, ISUP_P_MLPP, ISUP_P_REDIRECTING,
	ISUP_P_REDIRECTION_INFO, ISUP_P_REMOTE_OPERATIONS, ISUP_P_SERVICE_ACTIVATION_ANSI,
	ISUP_P_SERVICE_CODE, ISUP_P_SPECIAL_PROCESSING, ISUP_P_TRANSACTION_REQUEST, ISUP_P_TNS,
	ISUP_P_USI_PRIME, ISUP_P_UUI, ISUP_P_UUI_INDICATORS,
};

static const uint8_t acm_opt[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_BUSINESS_GROUP, ISUP_P_CALL_REFERENCE, ISUP_P_CAUSE,
	ISUP_P_CONNECTION_REQUEST, ISUP_P_INFO, ISUP_P_NETWORK_TRANSPORT,
	ISUP_P_NOTIFICATION_ANSI, ISUP_P_OBCI, ISUP_P_REDIRECTION_INFO,
	ISUP_P_REMOTE_OPERATIONS, ISUP_P_SERVICE_ACTIVATION_ANSI, ISUP_P_UUI,
	ISUP_P_UUI_INDICATORS,
};

static const uint8_t anm_opt[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_BCI, ISUP_P_BUSINESS_GROUP, ISUP_P_CALL_REFERENCE,
	ISUP_P_CONNECTION_REQUEST, ISUP_P_INFO, ISUP_P_NETWORK_TRANSPORT,
	ISUP_P_NOTIFICATION_ANSI, ISUP_P_OBCI, ISUP_P_REMOTE_OPERATIONS,
	ISUP_P_SERVICE_ACTIVATION_ANSI, ISUP_P_UUI, ISUP_P_UUI_INDICATORS,
};

static const uint8_t cpg_opt[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_BCI, ISUP_P_BUSINESS_GROUP, ISUP_P_CALL_REFERENCE,
	ISUP_P_CAUSE, ISUP_P_INFO, ISUP_P_NETWORK_TRANSPORT, ISUP_P_NOTIFICATION_ANSI,
	ISUP_P_OBCI, ISUP_P_REDIRECTION_INFO, ISUP_P_REMOTE_OPERATIONS,
	ISUP_P_SERVICE_ACTIVATION_ANSI, ISUP_P_UUI, ISUP_P_UUI_INDICATORS,
};

static const uint8_t rel_opt[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_CONGESTION_LEVEL, ISUP_P_CALL_REFERENCE,
	ISUP_P_CHARGE_NUMBER, ISUP_P_GENERIC_NUMBER, ISUP_P_NETWORK_TRANSPORT,
	ISUP_P_POINT_CODE, ISUP_P_SERVICE_ACTIVATION_ANSI, ISUP_P_UUI, ISUP_P_UUI_INDICATORS,
};

static const uint8_t inr_opt[] = {
	ISUP_P_CALL_REFERENCE, ISUP_P_NETWORK_TRANSPORT,
};

static const uint8_t inf_opt[] = {
	ISUP_P_ACCESS_TRANSPORT, ISUP_P_BUSINESS_GROUP, ISUP_P_CALL_REFERENCE, ISUP_P_CPC,
	ISUP_P_CALLING, ISUP_P_CHARGE_NUMBER, ISUP_P_CONNECTION_REQUEST,
	ISUP_P_NETWORK_TRANSPORT, ISUP_P_OLI, ISUP_P_REDIRECTING, ISUP_P_REDIRECTION_INFO,
	ISUP_P_UUI,
};

static const uint8_t far_opt[] = {
	ISUP_P_CALL_REFERENCE, ISUP_P_CALLED, ISUP_P_CALLING, ISUP_P_CONNECTION_REQUEST,
	ISUP_P_UUI_INDICATORS,
};

static const uint8_t faa_opt[] = {
	ISUP_P_CALL_REFERENCE, ISUP_P_CONNECTION_REQUEST, ISUP_P_UUI_INDICATORS,
};

static const uint8_t fac_opt[] = {
	ISUP_P_CALL_REFERENCE, ISUP_P_NETWORK_TRANSPORT, ISUP_P_NOTIFICATION_ANSI,
	ISUP_P_REMOTE_OPERATIONS, ISUP_P_SERVICE_ACTIVATION_ANSI,
};

static const uint8_t exm_opt[] = { ISUP_P_OUTGOING_TRUNK };
static const uint8_t cvr_opt[] = { ISUP_P_CLLI, ISUP_P_CIRCUIT_NAME };

static const struct isup_mt_row messages[ISUP_N_CODES] = {
	/* the bearer in place of a TMR, and with it a third pointer */
	[ISUP_MT_IAM] = { "IAM", "initial address",
		FIXED(ISUP_P_NCI, ISUP_P_FCI, ISUP_P_CPC),
		VAR(ISUP_P_USI, ISUP_P_CALLED),
		OPT(iam_opt) },
	[ISUP_MT_INR] = { "INR", "information request", FIXED(ISUP_P_INFO_REQUEST), OPT(inr_opt) },
	[ISUP_MT_INF] = { "INF", "information", FIXED(ISUP_P_INFO), OPT(inf_opt) },
	[ISUP_MT_ACM] = { "ACM", "address complete", FIXED(ISUP_P_BCI), OPT(acm_opt) },
	[ISUP_MT_ANM] = { "ANM", "answer", OPT(anm_opt) },
	[ISUP_MT_CPG] = { "CPG", "call progress", FIXED(ISUP_P_EVENT), OPT(cpg_opt) },
	[ISUP_MT_REL] = { "REL", "release", VAR(ISUP_P_CAUSE), OPT(rel_opt) },
	/* no optional part and no pointer to one */
	[ISUP_MT_RLC] = { "RLC", "release complete" },
	[ISUP_MT_FAR] = { "FAR", "facility request", FIXED(ISUP_P_FACILITY), OPT(far_opt) },
	[ISUP_MT_FAA] = { "FAA", "facility accepted", FIXED(ISUP_P_FACILITY), OPT(faa_opt) },
	[ISUP_MT_FAC] = { "FAC", "facility", OPT(fac_opt) },
	[ISUP_MT_CRA] = { "CRA", "circuit reservation acknowledgement" },
	[ISUP_MT_CRM] = { "CRM", "circuit reservation", FIXED(ISUP_P_NCI) },
	[ISUP_MT_CVR] = { "CVR", "circuit validation response",
		FIXED(ISUP_P_VALIDATION_RESPONSE, ISUP_P_GROUP_CHARACTERISTICS),
		OPT(cvr_opt) },
	[ISUP_MT_CVT] = { "CVT", "circuit validation test" },
	[ISUP_MT_EXM] = { "EXM", "exit", OPT(exm_opt) },
	/* all digits come en bloc; an answer without ACM is an ANM (RFC 3398 13) */
	[ISUP_MT_SAM] = NOT_HERE,
	[ISUP_MT_CON] = NOT_HERE,
	[ISUP_MT_PAM] = NOT_HERE,
	[ISUP_MT_USR] = NOT_HERE,
	[ISUP_MT_OLM] = NOT_HERE,
	[ISUP_MT_CRG] = NOT_HERE,
	[ISUP_MT_NRM] = NOT_HERE,
	[ISUP_MT_UPT] = NOT_HERE,
	[ISUP_MT_UPA] = NOT_HERE,
	[ISUP_MT_IDR] = NOT_HERE,
	[ISUP_MT_IRS] = NOT_HERE,
	[ISUP_MT_SGM] = NOT_HERE,
	[ISUP_MT_LOP] = NOT_HERE,
	[ISUP_MT_APM] = NOT_HERE,
	[ISUP_MT_PRI] = NOT_HERE,
	[ISUP_MT_SDN] = NOT_HERE,
};

const struct isup_dialect isup_ansi = {
	.name = "ansi",
	.standard = "ANSI T1.113",
	.base = &isup_itu,
	.cic_bits = 14,
	.point_code_bits = 24,
	.group_range = 24,
	.loop_ack = true,
	.group_twice = true,
	.timers = &isup_timers_ansi,
	.messages = messages,
	.params = isup_ansi_params,
};
