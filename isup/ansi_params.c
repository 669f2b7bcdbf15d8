/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of ANSI ISUP (T1.113.3) that ITU-T does not have or lays out otherwise.
 *
 * Codes and the layouts of charge number, originating line information, jurisdiction, carriers,
 * generic name and address, circuit validation: checked by Wireshark and libss7. From memory: the
 * layout of the business group, meanings of the carrier selection, lengths of circuits' names.
 * Clauses of T1.113.3 are not told: its text was not at hand. */
#include "isup/rows.h"
#include "isup/rows_24.h"

/* As ITU-T's but for one bit, the segmentation of the IAM. */
static const struct isup_bits fci_bits[] = {
	E(fci, international, 0, 0, 1, call_scope), E(fci, e2e_method, 0, 1, 2, e2e_method),
	E(fci, interworking, 0, 3, 1, interworking),
	EN("iam_segmentation", fci, e2e_info, 0, 4, 1, ansi_segmentation),
	E(fci, isup_all_the_way, 0, 5, 1, isup_used),
	E(fci, isup_preference, 0, 6, 2, isup_preference), E(fci, isdn_access, 1, 0, 1, access),
	E(fci, sccp_method, 1, 1, 2, sccp_method),
	E(fci, ported_translated, 1, 4, 1, translated), E(fci, qor, 1, 5, 1, qor),
	B(fci, national, 1, 6, 2),
};
static const struct isup_bits bci_bits[] = {
	E(bci, charge, 0, 0, 2, charge), E(bci, called_status, 0, 2, 2, called_status),
	E(bci, called_category, 0, 4, 2, called_category),
	E(bci, e2e_method, 0, 6, 2, e2e_method), E(bci, interworking, 1, 0, 1, interworking),
	EN("iam_segmentation", bci, e2e_info, 1, 1, 1, ansi_segmentation),
	E(bci, isup_all_the_way, 1, 2, 1, isup_used), E(bci, holding, 1, 3, 1, requested),
	E(bci, isdn_access, 1, 4, 1, access), E(bci, echo, 1, 5, 1, incoming_echo),
	E(bci, sccp_method, 1, 6, 2, sccp_method),
};
static const struct isup_bits octet_bits[] = { B(octet, value, 0, 0, 8) };
static const struct isup_bits notification_bits[] = {
	E(notification, indicator, 0, 0, 7, notification), LAST(0),
};
static const struct isup_bits carrier_bits[] = {
	E(bcd, plan, 0, 0, 4, carrier_plan), E(bcd, type, 0, 4, 3, network_type),
};
static const struct isup_bits transit_bits[] = {
	E(bcd, plan, 0, 0, 4, carrier_plan), E(bcd, type, 0, 4, 3, network_type),
	B(bcd, circuit_code, 3, 4, 4),
};
static const struct isup_bits business_group_bits[] = {
	E(business_group, selector, 0, 0, 4, party),
	E(business_group, privileges_type, 0, 4, 1, privileges_type),
	E(business_group, id_type, 0, 5, 1, group_id_type),
	E(business_group, attendant, 0, 6, 1, attendant),
	B(business_group, id, 1, 0, 24), B(business_group, subgroup, 4, 0, 16),
	B(business_group, terminating, 6, 0, 4), B(business_group, originating, 6, 4, 4),
};
static const struct isup_bits generic_name_bits[] = {
	E(generic_name, presentation, 0, 0, 2, name_presentation),
	E(generic_name, unavailable, 0, 4, 1, name_available),
	E(generic_name, type, 0, 5, 3, name_type),
};
static const struct isup_bits group_characteristics_bits[] = {
	E(group_characteristics, carrier, 0, 0, 2, carrier_type),
	E(group_characteristics, control, 0, 2, 2, seizure_control),
	E(group_characteristics, alarm, 0, 4, 2, alarm_carrier),
	E(group_characteristics, continuity, 0, 6, 2, check_requirement),
};
static const struct isup_bits charge_bits[] = {
	E(number, nai, 0, 0, 7, charge_nai), NPI(1),
};
static const struct isup_bits address_bits[] = {
	E(number, qualifier, 0, 0, 8, ansi_address), NAI(1), NPI(2), APRI(2),
};

/* BCD: fields in its octets, and as many digits from octet at */
#define BCD(bits, octets, at, digits) \
	&isup_kind_bcd, sizeof(struct isup_bcd), HEAD(bits, octets), at, digits
#define ONLY_BCD(octets) \
	&isup_kind_bcd, sizeof(struct isup_bcd), NULL, 0, octets, 0, 2 * (octets)

const struct isup_par_row isup_ansi_params[ISUP_N_CODES] = {
	[ISUP_P_FCI] = { "FCI", "forward call indicators", "T1.113.3", 2, 2, BITS(fci, 2) },
	[ISUP_P_BCI] = { "BCI", "backward call indicators", "T1.113.3", 2, 2, BITS(bci, 2) },
	[ISUP_P_CALL_REFERENCE] = { "CRef", "call reference", "T1.113.3",
		6, 6, BITS(call_reference, 6) },
	[ISUP_P_CONNECTION_REQUEST] = { "CReq", "connection request", "T1.113.3",
		6, 8, BITS(connection_request, 8) },
	[ISUP_P_RANGE] = { "RaS", "range and status", "T1.113.3", 1, 4, RANGE },
	[ISUP_P_POINT_CODE] = { "SPC", "signalling point code", "T1.113.3",
		3, 3, BITS(point_code, 3) },
	[ISUP_P_TNS] = { "TNS", "transit network selection", "T1.113.3",
		4, 4, BCD(transit_bits, 4, 1, 4) },
	[ISUP_P_CIRCUIT_STATE] = { "CSI", "circuit state indicator", "T1.113.3",
		1, 24, KNOWN(states) },
	[ISUP_P_GENERIC_NUMBER] = { "GenA", "generic address", "T1.113.3",
		3, ANY, NUMBER(address_bits, 3), 1 },
	[ISUP_P_OPERATOR_SERVICES] = { "OSI", "operator services information", "T1.113.3",
		1, ANY, OCTETS },
	[ISUP_P_EGRESS_SERVICE] = { "EgrS", "egress service", "T1.113.3", 1, ANY, OCTETS },
	[ISUP_P_JIP] = { "JIP", "jurisdiction information", "T1.113.3", 3, 3, ONLY_BCD(3) },
	[ISUP_P_CARRIER_ID] = { "CIP", "carrier identification", "T1.113.3",
		3, 3, BCD(carrier_bits, 3, 1, 4) },
	[ISUP_P_BUSINESS_GROUP] = { "BGrp", "business group", "T1.113.3",
		7, 7, BITS(business_group, 7) },
	[ISUP_P_GENERIC_NAME] = { "GenName", "generic name", "T1.113.3",
		1, 16, FIELDS_OF(name, generic_name, 1) },
	[ISUP_P_NOTIFICATION_ANSI] = { "NotI", "notification indicator", "T1.113.3",
		1, ANY, BITS(notification, 1) },
	[ISUP_P_SERVICE_ACTIVATION_ANSI] = { "SActA", "service activation", "T1.113.3",
		1, ANY, OCTETS },
	[ISUP_P_TRANSACTION_REQUEST] = { "TraReq", "transaction request", "T1.113.3",
		1, ANY, OCTETS },
	[ISUP_P_LOCAL_PROVIDER] = { "LSPI", "local service provider identification",
		"T1.113.3", 1, ANY, OCTETS },
	[ISUP_P_GROUP_CHARACTERISTICS] = { "CGCI", "circuit group characteristics indicator",
		"T1.113.3", 1, 1, BITS(group_characteristics, 1) },
	[ISUP_P_VALIDATION_RESPONSE] = { "CVRI", "circuit validation response indicator",
		"T1.113.3", 1, 1, VALUE(2, validation) },
	[ISUP_P_OUTGOING_TRUNK] = { "OTGN", "outgoing trunk group number", "T1.113.3",
		3, ANY, OCTETS },
	[ISUP_P_CIRCUIT_NAME] = { "CIN", "circuit identification name", "T1.113.3",
		1, 26, KNOWN(text) },
	[ISUP_P_CLLI] = { "CLLI", "CLLI code", "T1.113.3", 11, 11, KNOWN(text) },
	[ISUP_P_OLI] = { "OLI", "originating line information", "T1.113.3",
		1, 1, VALUE(8, oli) },
	[ISUP_P_CHARGE_NUMBER] = { "ChN", "charge number", "T1.113.3",
		2, ANY, NUMBER(charge_bits, 2) },
	[ISUP_P_SERVICE_CODE] = { "SvcC", "service code indicator", "T1.113.3",
		1, 1, OCTET(octet_bits) },
	[ISUP_P_SPECIAL_PROCESSING] = { "SPR", "special processing request", "T1.113.3",
		1, 1, VALUE(8, special_processing) },
	[ISUP_P_CARRIER_SELECTION] = { "CSel", "carrier selection information", "T1.113.3",
		1, 1, VALUE(8, carrier_selection) },
	[ISUP_P_NETWORK_TRANSPORT] = { "NetT", "network transport", "T1.113.3",
		1, ANY, OCTETS },
	/* the user service information is in their place */
	[ISUP_P_TMR] = NOT_HERE,
	[ISUP_P_TMR_PRIME] = NOT_HERE,
	[ISUP_P_TM_USED] = NOT_HERE,
	/* no SAM; a notification indicator of its own */
	[ISUP_P_SUBSEQUENT] = NOT_HERE,
	[ISUP_P_NOTIFICATION] = NOT_HERE,
};
