/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ITU-T ISUP as before 1997 (Q.763 of 1993, Q.767): what came later is not there.
 *
 * A peer of that age answers newer messages and parameters as its compatibility procedure says; an
 * older one drops the call. A trunk of this dialect is not sent them. That the later parameters are
 * these is from memory of the tables of 1993; the messages are those that Q.763 marks so. */
#include "isup/rows.h"

static const struct isup_mt_row messages[ISUP_N_CODES] = {
	[ISUP_MT_LOP] = NOT_HERE,
	[ISUP_MT_APM] = NOT_HERE,
	[ISUP_MT_PRI] = NOT_HERE,
	[ISUP_MT_SDN] = NOT_HERE,
};

static const struct isup_par_row params[ISUP_N_CODES] = {
	[ISUP_P_HOP_COUNTER] = NOT_HERE,
	[ISUP_P_TRANSFER_REFERENCE] = NOT_HERE,
	[ISUP_P_LOOP_PREVENTION] = NOT_HERE,
	[ISUP_P_TRANSFER_NUMBER] = NOT_HERE,
	[ISUP_P_CCSS] = NOT_HERE,
	[ISUP_P_FORWARD_GVNS] = NOT_HERE,
	[ISUP_P_BACKWARD_GVNS] = NOT_HERE,
	[ISUP_P_REDIRECT_CAPABILITY] = NOT_HERE,
	[ISUP_P_NETWORK_MANAGEMENT] = NOT_HERE,
	[ISUP_P_CORRELATION_ID] = NOT_HERE,
	[ISUP_P_SCF_ID] = NOT_HERE,
	[ISUP_P_DIVERSION_TREATMENT] = NOT_HERE,
	[ISUP_P_CALLED_IN] = NOT_HERE,
	[ISUP_P_OFFERING_TREATMENT] = NOT_HERE,
	[ISUP_P_CHARGED_PARTY] = NOT_HERE,
	[ISUP_P_CONFERENCE_TREATMENT] = NOT_HERE,
	[ISUP_P_DISPLAY] = NOT_HERE,
	[ISUP_P_UID_ACTION] = NOT_HERE,
	[ISUP_P_UID_CAPABILITY] = NOT_HERE,
	[ISUP_P_REDIRECT_COUNTER] = NOT_HERE,
	[ISUP_P_APPLICATION_TRANSPORT] = NOT_HERE,
	[ISUP_P_COLLECT_CALL] = NOT_HERE,
	[ISUP_P_CCNR_POSSIBLE] = NOT_HERE,
	[ISUP_P_PIVOT_CAPABILITY] = NOT_HERE,
	[ISUP_P_PIVOT_ROUTING] = NOT_HERE,
	[ISUP_P_CALLED_DIRECTORY] = NOT_HERE,
	[ISUP_P_ORIGINAL_CALLED_IN] = NOT_HERE,
	[ISUP_P_GEODETIC_LOCATION] = NOT_HERE,
	[ISUP_P_HTR] = NOT_HERE,
	[ISUP_P_ROUTING_NUMBER] = NOT_HERE,
	[ISUP_P_QUERY_ON_RELEASE] = NOT_HERE,
	[ISUP_P_PIVOT_STATUS] = NOT_HERE,
	[ISUP_P_PIVOT_COUNTER] = NOT_HERE,
	[ISUP_P_PIVOT_FORWARD] = NOT_HERE,
	[ISUP_P_PIVOT_BACKWARD] = NOT_HERE,
	[ISUP_P_REDIRECT_STATUS] = NOT_HERE,
	[ISUP_P_REDIRECT_FORWARD] = NOT_HERE,
	[ISUP_P_REDIRECT_BACKWARD] = NOT_HERE,
	[ISUP_P_PORTABILITY_FORWARD] = NOT_HERE,
};

const struct isup_dialect isup_itu92 = {
	.name = "itu92",
	.standard = "ITU-T Q.763 (1993), Q.767",
	.base = &isup_itu,
	.cic_bits = 12,
	.point_code_bits = 14,
	.group_range = 32,
	.messages = messages,
	.params = params,
};
