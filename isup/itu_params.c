/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parameters of ITU-T ISUP (Q.763 clause 3): one row each, and one for each bit field. */
#include "isup/rows.h"

/* Indicators */
static const struct isup_bits nci_bits[] = {
	E(nci, satellite, 0, 0, 2, satellites), E(nci, continuity, 0, 2, 2, continuity_check),
	E(nci, echo, 0, 4, 1, outgoing_echo),
};
static const struct isup_bits fci_bits[] = {
	E(fci, international, 0, 0, 1, call_scope), E(fci, e2e_method, 0, 1, 2, e2e_method),
	E(fci, interworking, 0, 3, 1, interworking),
	E(fci, e2e_info, 0, 4, 1, e2e_info), E(fci, isup_all_the_way, 0, 5, 1, isup_used),
	E(fci, isup_preference, 0, 6, 2, isup_preference), E(fci, isdn_access, 1, 0, 1, access),
	E(fci, sccp_method, 1, 1, 2, sccp_method), E(fci, ported_translated, 1, 4, 1, translated),
	E(fci, qor, 1, 5, 1, qor), B(fci, national, 1, 6, 2),
};
static const struct isup_bits bci_bits[] = {
	E(bci, charge, 0, 0, 2, charge), E(bci, called_status, 0, 2, 2, called_status),
	E(bci, called_category, 0, 4, 2, called_category),
	E(bci, e2e_method, 0, 6, 2, e2e_method), E(bci, interworking, 1, 0, 1, interworking),
	E(bci, e2e_info, 1, 1, 1, e2e_info),
	E(bci, isup_all_the_way, 1, 2, 1, isup_used), E(bci, holding, 1, 3, 1, requested),
	E(bci, isdn_access, 1, 4, 1, access),
	E(bci, echo, 1, 5, 1, incoming_echo), E(bci, sccp_method, 1, 6, 2, sccp_method),
};
static const struct isup_bits obci_bits[] = {
	E(obci, in_band, 0, 0, 1, in_band), E(obci, diversion, 0, 1, 1, diversion_may),
	E(obci, segmentation, 0, 2, 1, segmentation),
	E(obci, mlpp, 0, 3, 1, mlpp_user), B(obci, national, 0, 4, 4),
};
static const struct isup_bits ofci_bits[] = {
	E(ofci, cug, 0, 0, 2, cug_call), E(ofci, segmentation, 0, 2, 1, segmentation),
	E(ofci, colp, 0, 7, 1, requested),
};
static const struct isup_bits event_bits[] = {
	E(event, event, 0, 0, 7, event), E(event, restricted, 0, 7, 1, presentation_bit),
};
static const struct isup_bits suspend_bits[] = { E(suspend, network, 0, 0, 1, suspend) };
static const struct isup_bits continuity_bits[] = { E(continuity, success, 0, 0, 1, continuity) };
static const struct isup_bits supervision_bits[] = { E(supervision, type, 0, 0, 2, supervision) };
static const struct isup_bits redirection_bits[] = {
	E(redirection, indicator, 0, 0, 3, redirecting),
	E(redirection, original_reason, 0, 4, 4, redirection_reason),
	HAS(redirection, has_octet2, 1), B(redirection, count, 1, 0, 3),
	E(redirection, reason, 1, 4, 4, redirection_reason),
};
static const struct isup_bits info_request_bits[] = {
	E(info_request, calling, 0, 0, 1, requested), E(info_request, holding, 0, 1, 1, requested),
	E(info_request, category, 0, 3, 1, requested), E(info_request, charge, 0, 4, 1, requested),
	E(info_request, mcid, 0, 7, 1, requested),
};
static const struct isup_bits info_bits[] = {
	E(info, calling, 0, 0, 2, address_response), E(info, hold, 0, 2, 1, provided),
	E(info, category, 0, 5, 1, included),
	E(info, charge, 0, 6, 1, included), E(info, unsolicited, 0, 7, 1, solicited),
};
static const struct isup_bits diversion_bits[] = {
	E(diversion, notification, 0, 0, 3, diversion_notification),
	E(diversion, reason, 0, 3, 4, redirection_reason),
};
static const struct isup_bits echo_bits[] = {
	E(echo, out_device, 0, 0, 2, echo_device), E(echo, in_device, 0, 2, 2, echo_device),
	E(echo, out_request, 0, 4, 2, echo_request),
	E(echo, in_request, 0, 6, 2, echo_request),
};
static const struct isup_bits mcid_bits[] = { B(mcid, mcid, 0, 0, 1), B(mcid, holding, 0, 1, 1) };
static const struct isup_bits loop_bits[] = {
	E(loop, response, 0, 0, 1, loop_type), E(loop, indicator, 0, 1, 2, loop_response),
};
static const struct isup_bits uid_bits[] = {
	E(uid, through_connect, 0, 0, 1, uid_through), E(uid, t9, 0, 1, 1, uid_t9), LAST(0),
};
static const struct isup_bits uui_indicators_bits[] = {
	E(uui_indicators, response, 0, 0, 1, uui_type),
	E(uui_indicators, service1, 0, 1, 2, uui_service),
	E(uui_indicators, service2, 0, 3, 2, uui_service),
	E(uui_indicators, service3, 0, 5, 2, uui_service),
	E(uui_indicators, discarded, 0, 7, 1, uui_discarded),
};
static const struct isup_bits notification_bits[] = {
	E(notification, indicator, 0, 0, 7, notification), LAST(0),
};
static const struct isup_bits message_compat_bits[] = {
	E(message_compat, end_node, 0, 0, 1, node),
	E(message_compat, release, 0, 1, 1, release_call),
	E(message_compat, notify, 0, 2, 1, notify),
	E(message_compat, discard, 0, 3, 1, discard_message),
	E(message_compat, pass_on, 0, 4, 1, no_pass_message),
	E(message_compat, broadband, 0, 5, 2, broadband), LAST(0),
};

/* One value */
static const struct isup_bits five_bits[] = { B(octet, value, 0, 0, 5) };
static const struct isup_bits octet_bits[] = { B(octet, value, 0, 0, 8) };
static const struct isup_bits u16_bits[] = { B(u16, value, 0, 0, 16) };

/* References */
static const struct isup_bits call_reference_bits[] = {
	B(call_reference, identity, 0, 0, 24), LOW(call_reference, point_code, 3, 0, 14),
};
static const struct isup_bits point_code_bits[] = { LOW(point_code, point_code, 0, 0, 14) };
static const struct isup_bits connection_request_bits[] = {
	B(connection_request, reference, 0, 0, 24), LOW(connection_request, point_code, 3, 0, 14),
	HAS(connection_request, has_class, 5),
	E(connection_request, protocol_class, 5, 0, 8, protocol_class),
	HAS(connection_request, has_credit, 6), B(connection_request, credit, 6, 0, 8),
};
static const struct isup_bits cug_bits[] = { B(cug, network, 0, 0, 16), B(cug, code, 2, 0, 16) };
static const struct isup_bits mlpp_bits[] = {
	E(mlpp, level, 0, 0, 4, precedence), E(mlpp, look_ahead, 0, 5, 2, look_ahead),
	B(mlpp, network, 1, 0, 16),
	B(mlpp, domain, 3, 0, 24),
};

/* Fields before other contents */
static const struct isup_bits uui_bits[] = { E(uui, discriminator, 0, 0, 8, uui_discriminator) };
static const struct isup_bits circuit_map_bits[] = { E(circuit_map, type, 0, 0, 6, map_type) };
static const struct isup_bits digits_bits[] = {
	E(digits, type, 0, 0, 5, digits_type), E(digits, encoding, 0, 5, 3, digits_encoding),
};
static const struct isup_bits geodetic_bits[] = {
	E(geodetic, screening, 0, 0, 2, si), E(geodetic, presentation, 0, 2, 2, geo_presentation),
	E(geodetic, shape, 1, 0, 7, shape), LAST(1),
};

/* Headers of numbers; bit H before the nature of address is odd/even and belongs to the digits */
static const struct isup_bits inn_bits[] = { NAI(0), NPI(1), INN(1) };
static const struct isup_bits apri_bits[] = { NAI(0), NPI(1), APRI(1) };
static const struct isup_bits apri_si_bits[] = { NAI(0), NPI(1), APRI(1), SI(1) };
static const struct isup_bits calling_bits[] = { NAI(0), NPI(1), NI(1), APRI(1), SI(1) };
static const struct isup_bits inn_apri_si_bits[] = { NAI(0), NPI(1), INN(1), APRI(1), SI(1) };
static const struct isup_bits plan_bits[] = { NAI(0), NPI(1) };
static const struct isup_bits generic_bits[] = {
	E(number, qualifier, 0, 0, 8, qualifier), NAI(1), NPI(2), NI(2), APRI(2), SI(2),
};
static const struct isup_bits network_bits[] = {
	EN("type", number, nai, 0, 4, 3, network_type),
	EN("plan", number, npi, 0, 0, 4, network_plan),
};
static const struct isup_bits routing_bits[] = { E(number, nai, 0, 0, 4, routing_nai), NPI(0) };

const struct isup_par_row isup_itu_params[ISUP_N_CODES] = {
	[ISUP_P_CALL_REFERENCE] = { "CRef", "call reference", "3.8",
		5, 5, BITS(call_reference, 5) },
	[ISUP_P_TMR] = { "TMR", "transmission medium requirement", "3.54",
		1, 1, VALUE(8, tmr) },
	[ISUP_P_ACCESS_TRANSPORT] = { "ATP", "access transport", "3.3", 1, ANY, KNOWN(elements) },
	[ISUP_P_CALLED] = { "CdPN", "called party number", "3.9", 3, ANY, NUMBER(inn_bits, 2) },
	[ISUP_P_SUBSEQUENT] = { "SubN", "subsequent number", "3.51", 2, ANY, DIGITS },
	[ISUP_P_NCI] = { "NCI", "nature of connection indicators", "3.35", 1, 1, BITS(nci, 1) },
	[ISUP_P_FCI] = { "FCI", "forward call indicators", "3.23", 2, 2, BITS(fci, 2) },
	[ISUP_P_OFCI] = { "OFCI", "optional forward call indicators", "3.38", 1, 1, BITS(ofci, 1) },
	[ISUP_P_CPC] = { "CPC", "calling party's category", "3.11", 1, 1, VALUE(8, category) },
	[ISUP_P_CALLING] = { "CgPN", "calling party number", "3.10",
		2, ANY, NUMBER(calling_bits, 2) },
	[ISUP_P_REDIRECTING] = { "RgPN", "redirecting number", "3.44",
		2, ANY, NUMBER(apri_bits, 2) },
	[ISUP_P_REDIRECTION_NUMBER] = { "RnN", "redirection number", "3.46",
		3, ANY, NUMBER(inn_bits, 2) },
	[ISUP_P_CONNECTION_REQUEST] = { "CReq", "connection request", "3.17",
		5, 7, BITS(connection_request, 7) },
	[ISUP_P_INFO_REQUEST] = { "InfReq", "information request indicators", "3.28",
		2, 2, BITS(info_request, 2) },
	[ISUP_P_INFO] = { "InfInd", "information indicators", "3.27", 2, 2, BITS(info, 2) },
	[ISUP_P_CONTINUITY] = { "ContI", "continuity indicators", "3.18",
		1, 1, BITS(continuity, 1) },
	[ISUP_P_BCI] = { "BCI", "backward call indicators", "3.5", 2, 2, BITS(bci, 2) },
	[ISUP_P_CAUSE] = { "CAI", "cause indicators", "3.12", 2, ANY, CAUSE },
	[ISUP_P_REDIRECTION_INFO] = { "RdI", "redirection information", "3.45",
		1, 2, BITS(redirection, 2) },
	[ISUP_P_SUPERVISION] = { "CGSMT", "circuit group supervision message type", "3.13",
		1, 1, BITS(supervision, 1) },
	[ISUP_P_RANGE] = { "RaS", "range and status", "3.43", 1, 33, RANGE },
	[ISUP_P_FACILITY] = { "FacI", "facility indicator", "3.22", 1, 1, VALUE(8, facility) },
	[ISUP_P_CUG] = { "CUG", "closed user group interlock code", "3.15", 4, 4, BITS(cug, 4) },
	[ISUP_P_USI] = { "USI", "user service information", "3.57", 2, 11, KNOWN(bearer) },
	[ISUP_P_POINT_CODE] = { "SPC", "signalling point code", "3.50", 2, 2, BITS(point_code, 2) },
	[ISUP_P_UUI] = { "UUI", "user-to-user information", "3.61",
		1, 129, FIELDS_OF(uui, uui, 1) },
	[ISUP_P_CONNECTED] = { "ConN", "connected number", "3.16",
		2, ANY, NUMBER(apri_si_bits, 2) },
	[ISUP_P_SUSPEND] = { "SRI", "suspend/resume indicators", "3.52", 1, 1, BITS(suspend, 1) },
	[ISUP_P_TNS] = { "TNS", "transit network selection", "3.53",
		2, ANY, NUMBER(network_bits, 1) },
	[ISUP_P_EVENT] = { "EvI", "event information", "3.21", 1, 1, BITS(event, 1) },
	[ISUP_P_CIRCUIT_MAP] = { "CAM", "circuit assignment map", "3.69",
		4, 5, FIELDS(circuit_map, 1) },
	[ISUP_P_CIRCUIT_STATE] = { "CSI", "circuit state indicator", "3.14", 1, 32, KNOWN(states) },
	[ISUP_P_CONGESTION_LEVEL] = { "ACL", "automatic congestion level", "3.4",
		1, 1, VALUE(8, congestion) },
	[ISUP_P_ORIGINAL_CALLED] = { "OCN", "original called number", "3.39",
		2, ANY, NUMBER(apri_bits, 2) },
	[ISUP_P_OBCI] = { "OBCI", "optional backward call indicators", "3.37",
		1, 1, BITS(obci, 1) },
	[ISUP_P_UUI_INDICATORS] = { "UUInd", "user-to-user indicators", "3.60",
		1, 1, BITS(uui_indicators, 1) },
	[ISUP_P_ORIGINATION_ISC] = { "OISC", "origination ISC point code", "3.40",
		2, 2, BITS(point_code, 2) },
	[ISUP_P_NOTIFICATION] = { "GNI", "generic notification indicator", "3.25",
		1, ANY, BITS(notification, 1) },
	[ISUP_P_CALL_HISTORY] = { "CHI", "call history information", "3.7", 2, 2, U16 },
	[ISUP_P_ACCESS_DELIVERY] = { "ADI", "access delivery information", "3.2",
		1, 1, VALUE(1, access_delivery) },
	[ISUP_P_NETWORK_FACILITY] = { "NSF", "network specific facility", "3.36", 2, ANY, OCTETS },
	[ISUP_P_USI_PRIME] = { "USIp", "user service information prime", "3.58",
		2, 11, KNOWN(bearer) },
	[ISUP_P_PROPAGATION_DELAY] = { "PDC", "propagation delay counter", "3.42", 2, 2, U16 },
	[ISUP_P_REMOTE_OPERATIONS] = { "ROp", "remote operations", "3.48", 6, ANY, OCTETS },
	[ISUP_P_SERVICE_ACTIVATION] = { "SAct", "service activation", "3.49",
		1, ANY, KNOWN(services) },
	[ISUP_P_TELESERVICE] = { "UTS", "user teleservice information", "3.59", 2, 3, KNOWN(hlc) },
	[ISUP_P_TM_USED] = { "TMU", "transmission medium used", "3.56", 1, 1, VALUE(8, tmr) },
	[ISUP_P_DIVERSION_INFO] = { "CDI", "call diversion information", "3.6",
		1, 1, BITS(diversion, 1) },
	[ISUP_P_ECHO] = { "ECI", "echo control information", "3.19", 1, 1, BITS(echo, 1) },
	[ISUP_P_MESSAGE_COMPAT] = { "MCI", "message compatibility information", "3.33",
		1, ANY, BITS(message_compat, 1) },
	[ISUP_P_PARAMETER_COMPAT] = { "PCI", "parameter compatibility information", "3.41",
		2, ANY, KNOWN(compat) },
	[ISUP_P_MLPP] = { "MLPP", "MLPP precedence", "3.34", 6, 6, BITS(mlpp, 6) },
	[ISUP_P_MCID_REQUEST] = { "MCIDReq", "MCID request indicators", "3.31",
		1, 1, BITS(mcid, 1) },
	[ISUP_P_MCID_RESPONSE] = { "MCIDRsp", "MCID response indicators", "3.32",
		1, 1, BITS(mcid, 1) },
	[ISUP_P_HOP_COUNTER] = { "HOP", "hop counter", "3.80", 1, 1, OCTET(five_bits) },
	[ISUP_P_TMR_PRIME] = { "TMRp", "transmission medium requirement prime", "3.55",
		1, 1, VALUE(8, tmr) },
	[ISUP_P_LOCATION_NUMBER] = { "LocN", "location number", "3.30",
		2, ANY, NUMBER(inn_apri_si_bits, 2) },
	[ISUP_P_REDIRECTION_RESTRICTION] = { "RnNR", "redirection number restriction", "3.47",
		1, 1, VALUE(2, restriction) },
	[ISUP_P_TRANSFER_REFERENCE] = { "CTRef", "call transfer reference", "3.65",
		1, 1, OCTET(octet_bits) },
	[ISUP_P_LOOP_PREVENTION] = { "LPI", "loop prevention indicators", "3.67",
		1, ANY, BITS(loop, 1) },
	[ISUP_P_TRANSFER_NUMBER] = { "CTN", "call transfer number", "3.64",
		2, ANY, NUMBER(apri_si_bits, 2) },
	[ISUP_P_CCSS] = { "CCSS", "CCSS", "3.63", 1, ANY, VALUE(1, ccss) },
	[ISUP_P_FORWARD_GVNS] = { "FGVNS", "forward GVNS", "3.66", 3, 24, OCTETS },
	[ISUP_P_BACKWARD_GVNS] = { "BGVNS", "backward GVNS", "3.62",
		1, ANY, LAST_VALUE(2, terminating_access) },
	[ISUP_P_REDIRECT_CAPABILITY] = { "RdCap", "redirect capability", "3.96",
		1, ANY, VALUE(3, redirect_possible) },
	[ISUP_P_NETWORK_MANAGEMENT] = { "NMC", "network management controls", "3.68",
		1, ANY, LAST_VALUE(1, tar) },
	[ISUP_P_CORRELATION_ID] = { "CorrID", "correlation id", "3.70", 1, ANY, OCTETS },
	[ISUP_P_SCF_ID] = { "SCFID", "SCF id", "3.71", 1, ANY, OCTETS },
	[ISUP_P_DIVERSION_TREATMENT] = { "CDTI", "call diversion treatment indicators", "3.72",
		1, ANY, LAST_VALUE(2, diversion_treatment) },
	[ISUP_P_CALLED_IN] = { "CdIN", "called IN number", "3.73", 2, ANY, NUMBER(apri_bits, 2) },
	[ISUP_P_OFFERING_TREATMENT] = { "COTI", "call offering treatment indicators", "3.74",
		1, ANY, LAST_VALUE(2, offering_treatment) },
	[ISUP_P_CHARGED_PARTY] = { "ChPI", "charged party identification", "3.75", 1, ANY, OCTETS },
	[ISUP_P_CONFERENCE_TREATMENT] = { "CTI", "conference treatment indicators", "3.76",
		1, ANY, LAST_VALUE(2, conference_treatment) },
	[ISUP_P_DISPLAY] = { "DisI", "display information", "3.77", 1, ANY, KNOWN(text) },
	[ISUP_P_UID_ACTION] = { "UIDAct", "UID action indicators", "3.78", 1, ANY, BITS(uid, 1) },
	[ISUP_P_UID_CAPABILITY] = { "UIDCap", "UID capability indicators", "3.79",
		1, ANY, BITS(uid, 1) },
	[ISUP_P_REDIRECT_COUNTER] = { "RdCnt", "redirect counter", "3.97", 1, 1, OCTET(five_bits) },
	[ISUP_P_APPLICATION_TRANSPORT] = { "APP", "application transport parameter", "3.82",
		3, ANY, KNOWN(apm) },
	[ISUP_P_COLLECT_CALL] = { "CollCR", "collect call request", "3.81",
		1, ANY, VALUE(1, collect) },
	[ISUP_P_CCNR_POSSIBLE] = { "CCNR", "CCNR possible indicator", "3.83",
		1, ANY, VALUE(1, ccnr) },
	[ISUP_P_PIVOT_CAPABILITY] = { "PivCap", "pivot capability", "3.84", 1, ANY, OCTETS },
	[ISUP_P_PIVOT_ROUTING] = { "PivRI", "pivot routing indicators", "3.85", 1, ANY, OCTETS },
	[ISUP_P_CALLED_DIRECTORY] = { "CdDN", "called directory number", "3.86",
		3, ANY, NUMBER(inn_bits, 2) },
	[ISUP_P_ORIGINAL_CALLED_IN] = { "OCIN", "original called IN number", "3.87",
		2, ANY, NUMBER(apri_bits, 2) },
	[ISUP_P_GEODETIC_LOCATION] = { "CGL", "calling geodetic location", "3.88",
		1, ANY, FIELDS(geodetic, 2) },
	[ISUP_P_HTR] = { "HTR", "HTR information", "3.89", 2, ANY, NUMBER(plan_bits, 2) },
	[ISUP_P_ROUTING_NUMBER] = { "NRN", "network routing number", "3.90",
		2, ANY, NUMBER(routing_bits, 1) },
	[ISUP_P_QUERY_ON_RELEASE] = { "QoR", "query on release capability", "3.91",
		1, ANY, VALUE(1, qor_support) },
	[ISUP_P_PIVOT_STATUS] = { "PivSt", "pivot status", "3.92",
		1, ANY, LAST_VALUE(2, redirect_status) },
	[ISUP_P_PIVOT_COUNTER] = { "PivCnt", "pivot counter", "3.93", 1, 1, OCTET(five_bits) },
	[ISUP_P_PIVOT_FORWARD] = { "PivFwd", "pivot routing forward information", "3.94",
		1, ANY, OCTETS },
	[ISUP_P_PIVOT_BACKWARD] = { "PivBwd", "pivot routing backward information", "3.95",
		1, ANY, OCTETS },
	[ISUP_P_REDIRECT_STATUS] = { "RdSt", "redirect status", "3.98",
		1, ANY, LAST_VALUE(2, redirect_status) },
	[ISUP_P_REDIRECT_FORWARD] = { "RdFwd", "redirect forward information", "3.99",
		1, ANY, OCTETS },
	[ISUP_P_REDIRECT_BACKWARD] = { "RdBwd", "redirect backward information", "3.100",
		1, ANY, OCTETS },
	[ISUP_P_PORTABILITY_FORWARD] = { "NPFwd", "number portability forward information", "3.101",
		1, ANY, VALUE(4, portability) },
	[ISUP_P_GENERIC_NUMBER] = { "GenN", "generic number", "3.26", 3, ANY, GENERIC_NUMBER },
	[ISUP_P_GENERIC_DIGITS] = { "GenD", "generic digits", "3.24",
		2, ANY, FIELDS_OF(digits, digits, 1) },
};
