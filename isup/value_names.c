/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of fields mean (Q.763 clause 3, Q.850): one list a field, ended by NULL. */
#include "isup/names.h"

/* Indicators of a connection and a call (3.5, 3.23, 3.35, 3.37, 3.38) */
const struct isup_name isup_names_satellites[] = {
	{ 0, "none" }, { 1, "one" }, { 2, "two" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_continuity_check[] = {
	{ 0, "not required" }, { 1, "required on this circuit" },
	{ 2, "performed on a previous circuit" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_outgoing_echo[] = {
	{ 0, "outgoing echo control device not included" },
	{ 1, "outgoing echo control device included" }, { 0, NULL },
};
const struct isup_name isup_names_incoming_echo[] = {
	{ 0, "incoming echo control device not included" },
	{ 1, "incoming echo control device included" }, { 0, NULL },
};
const struct isup_name isup_names_call_scope[] = {
	{ 0, "national call" }, { 1, "international call" }, { 0, NULL },
};
const struct isup_name isup_names_e2e_method[] = {
	{ 0, "none, link by link only" }, { 1, "pass-along" }, { 2, "SCCP" },
	{ 3, "pass-along and SCCP" }, { 0, NULL },
};
const struct isup_name isup_names_interworking[] = {
	{ 0, "not encountered" }, { 1, "encountered" }, { 0, NULL },
};
const struct isup_name isup_names_e2e_info[] = {
	{ 0, "not available" }, { 1, "available" }, { 0, NULL },
};
const struct isup_name isup_names_isup_used[] = {
	{ 0, "not used all the way" }, { 1, "used all the way" }, { 0, NULL },
};
const struct isup_name isup_names_isup_preference[] = {
	{ 0, "preferred all the way" }, { 1, "not required all the way" },
	{ 2, "required all the way" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_access[] = {
	{ 0, "non-ISDN" }, { 1, "ISDN" }, { 0, NULL },
};
const struct isup_name isup_names_sccp_method[] = {
	{ 0, "no indication" }, { 1, "connectionless" }, { 2, "connection oriented" },
	{ 3, "connectionless and connection oriented" }, { 0, NULL },
};
const struct isup_name isup_names_translated[] = {
	{ 0, "number not translated" }, { 1, "number translated" }, { 0, NULL },
};
const struct isup_name isup_names_qor[] = {
	{ 0, "no QoR attempt" }, { 1, "QoR attempt in progress" }, { 0, NULL },
};
const struct isup_name isup_names_charge[] = {
	{ 0, "no indication" }, { 1, "no charge" }, { 2, "charge" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_called_status[] = {
	{ 0, "no indication" }, { 1, "subscriber free" }, { 2, "connect when free" },
	{ 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_called_category[] = {
	{ 0, "no indication" }, { 1, "ordinary subscriber" }, { 2, "payphone" }, { 3, "spare" },
	{ 0, NULL },
};
const struct isup_name isup_names_requested[] = {
	{ 0, "not requested" }, { 1, "requested" }, { 0, NULL },
};
const struct isup_name isup_names_provided[] = {
	{ 0, "not provided" }, { 1, "provided" }, { 0, NULL },
};
const struct isup_name isup_names_included[] = {
	{ 0, "not included" }, { 1, "included" }, { 0, NULL },
};
const struct isup_name isup_names_in_band[] = {
	{ 0, "no indication" }, { 1, "in-band information or an appropriate pattern available" },
	{ 0, NULL },
};
const struct isup_name isup_names_diversion_may[] = {
	{ 0, "no indication" }, { 1, "call diversion may occur" }, { 0, NULL },
};
const struct isup_name isup_names_segmentation[] = {
	{ 0, "no additional information follows" },
	{ 1, "additional information follows in a segmentation message" }, { 0, NULL },
};
const struct isup_name isup_names_mlpp_user[] = {
	{ 0, "no indication" }, { 1, "MLPP user" }, { 0, NULL },
};
const struct isup_name isup_names_cug_call[] = {
	{ 0, "no CUG call" }, { 1, "spare" }, { 2, "CUG call, outgoing access allowed" },
	{ 3, "CUG call, outgoing access not allowed" }, { 0, NULL },
};
const struct isup_name isup_names_event[] = {
	{ 1, "alerting" }, { 2, "progress" },
	{ 3, "in-band information or an appropriate pattern available" },
	{ 4, "call forwarded on busy" }, { 5, "call forwarded on no reply" },
	{ 6, "call forwarded unconditionally" }, { 0, NULL },
};
const struct isup_name isup_names_presentation_bit[] = {
	{ 0, "no indication" }, { 1, "presentation restricted" }, { 0, NULL },
};
const struct isup_name isup_names_suspend[] = {
	{ 0, "ISDN subscriber initiated" }, { 1, "network initiated" }, { 0, NULL },
};
const struct isup_name isup_names_continuity[] = {
	{ 0, "continuity check failed" }, { 1, "continuity check successful" }, { 0, NULL },
};
const struct isup_name isup_names_supervision[] = {
	{ 0, "maintenance oriented" }, { 1, "hardware failure oriented" },
	{ 2, "reserved for national use" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_redirecting[] = {
	{ 0, "no redirection" }, { 1, "call rerouted" },
	{ 2, "call rerouted, all redirection information restricted" }, { 3, "call diverted" },
	{ 4, "call diverted, all redirection information restricted" },
	{ 5, "call rerouted, redirection number restricted" },
	{ 6, "call diversion, redirection number restricted" }, { 7, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_redirection_reason[] = {
	{ 0, "unknown or not available" }, { 1, "user busy" }, { 2, "no reply" },
	{ 3, "unconditional" }, { 4, "deflection during alerting" },
	{ 5, "deflection immediate response" }, { 6, "mobile subscriber not reachable" },
	{ 0, NULL },
};
const struct isup_name isup_names_address_response[] = {
	{ 0, "not included" }, { 1, "not available" }, { 2, "spare" }, { 3, "included" },
	{ 0, NULL },
};
const struct isup_name isup_names_solicited[] = {
	{ 0, "solicited" }, { 1, "unsolicited" }, { 0, NULL },
};
const struct isup_name isup_names_diversion_notification[] = {
	{ 0, "unknown" }, { 1, "presentation not allowed" },
	{ 2, "presentation allowed with redirection number" },
	{ 3, "presentation allowed without redirection number" }, { 0, NULL },
};
const struct isup_name isup_names_echo_device[] = {
	{ 0, "no information" }, { 1, "not included and not available" }, { 2, "included" },
	{ 3, "not included but available" }, { 0, NULL },
};
const struct isup_name isup_names_echo_request[] = {
	{ 0, "no information" }, { 1, "activation request" }, { 2, "deactivation request" },
	{ 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_loop_type[] = {
	{ 0, "request" }, { 1, "response" }, { 0, NULL },
};
const struct isup_name isup_names_loop_response[] = {
	{ 0, "insufficient information" }, { 1, "no loop exists" }, { 2, "simultaneous transfer" },
	{ 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_uui_type[] = {
	{ 0, "request" }, { 1, "response" }, { 0, NULL },
};
const struct isup_name isup_names_uui_service[] = {
	{ 0, "no information" }, { 1, "not provided (in a response)" },
	{ 2, "request, not essential; provided" }, { 3, "request, essential" }, { 0, NULL },
};
const struct isup_name isup_names_uui_discarded[] = {
	{ 0, "no information" }, { 1, "discarded by the network" }, { 0, NULL },
};
const struct isup_name isup_names_notification[] = {
	{ 0, "user suspended" }, { 1, "user resumed" }, { 2, "bearer service change" },
	{ 3, "discriminator for extension to ASN.1" }, { 4, "call completion delay" },
	{ 66, "conference established" }, { 67, "conference disconnected" },
	{ 68, "other party added" }, { 69, "isolated" }, { 70, "reattached" },
	{ 71, "other party isolated" }, { 72, "other party reattached" },
	{ 73, "other party split" }, { 74, "other party disconnected" },
	{ 75, "conference floating" }, { 96, "call is a waiting call" },
	{ 104, "diversion activated" }, { 105, "call transfer, alerting" },
	{ 106, "call transfer, active" }, { 121, "remote hold" }, { 122, "remote retrieval" },
	{ 123, "call is diverting" }, { 0, NULL },
};
/* Compatibility information (3.33, 3.41) */
const struct isup_name isup_names_node[] = {
	{ 0, "transit interpretation" }, { 1, "end node interpretation" }, { 0, NULL },
};
const struct isup_name isup_names_release_call[] = {
	{ 0, "do not release call" }, { 1, "release call" }, { 0, NULL },
};
const struct isup_name isup_names_notify[] = {
	{ 0, "do not send notification" }, { 1, "send notification" }, { 0, NULL },
};
const struct isup_name isup_names_discard_message[] = {
	{ 0, "do not discard message" }, { 1, "discard message" }, { 0, NULL },
};
const struct isup_name isup_names_no_pass_message[] = {
	{ 0, "release call" }, { 1, "discard information" }, { 0, NULL },
};
const struct isup_name isup_names_no_pass_parameter[] = {
	{ 0, "release call" }, { 1, "discard message" }, { 2, "discard parameter" },
	{ 3, "reserved, as 0" }, { 0, NULL },
};
const struct isup_name isup_names_broadband[] = {
	{ 0, "pass on" }, { 1, "discard message" }, { 2, "release call" },
	{ 3, "discard parameter" }, { 0, NULL },
};
/* Numbers (3.9 to 3.90) */
const struct isup_name isup_names_nai[] = {
	{ 0, "spare" }, { 1, "subscriber number" }, { 2, "unknown" },
	{ 3, "national (significant) number" }, { 4, "international number" },
	{ 5, "network specific number" }, { 6, "network routing number in national format" },
	{ 7, "network routing number in network specific format" },
	{ 8, "network routing number with called directory number" }, { 0, NULL },
};
const struct isup_name isup_names_npi[] = {
	{ 0, "unknown or spare" }, { 1, "ISDN (E.164)" }, { 3, "data (X.121)" },
	{ 4, "telex (F.69)" }, { 5, "private" }, { 6, "reserved for national use" }, { 0, NULL },
};
const struct isup_name isup_names_inn[] = {
	{ 0, "routing to internal network number allowed" },
	{ 1, "routing to internal network number not allowed" }, { 0, NULL },
};
const struct isup_name isup_names_ni[] = {
	{ 0, "number complete" }, { 1, "number incomplete" }, { 0, NULL },
};
const struct isup_name isup_names_apri[] = {
	{ 0, "presentation allowed" }, { 1, "presentation restricted" },
	{ 2, "address not available" }, { 3, "restricted by the network" }, { 0, NULL },
};
const struct isup_name isup_names_si[] = {
	{ 0, "user provided, not verified" }, { 1, "user provided, verified and passed" },
	{ 2, "user provided, verified and failed" }, { 3, "network provided" }, { 0, NULL },
};
const struct isup_name isup_names_qualifier[] = {
	{ 0, "reserved (dialled digits)" }, { 1, "additional called number" },
	{ 2, "supplemental user provided calling number, failed screening" },
	{ 3, "supplemental user provided calling number, not screened" },
	{ 4, "redirecting terminating number" }, { 5, "additional connected number" },
	{ 6, "additional calling party number" }, { 7, "additional original called number" },
	{ 8, "additional redirecting number" }, { 9, "additional redirection number" },
	{ 10, "reserved (1992)" }, { 0, NULL },
};
const struct isup_name isup_names_network_type[] = {
	{ 0, "ITU-T standardized identification" }, { 2, "national network identification" },
	{ 0, NULL },
};
const struct isup_name isup_names_network_plan[] = {
	{ 0, "unknown" }, { 3, "public data network (X.121)" },
	{ 6, "public land mobile network (E.212)" }, { 0, NULL },
};
const struct isup_name isup_names_routing_nai[] = {
	{ 1, "national (significant) number format" }, { 2, "network specific number format" },
	{ 0, NULL },
};
const struct isup_name isup_names_category[] = {
	{ 0, "unknown" }, { 1, "operator, French" }, { 2, "operator, English" },
	{ 3, "operator, German" }, { 4, "operator, Russian" }, { 5, "operator, Spanish" },
	{ 6, "by mutual agreement" }, { 7, "by mutual agreement" }, { 8, "by mutual agreement" },
	{ 9, "national operator" }, { 10, "ordinary calling subscriber" },
	{ 11, "calling subscriber with priority" }, { 12, "data call" }, { 13, "test call" },
	{ 14, "IEPS call, preferential set-up" }, { 15, "payphone" },
	{ 16, "mobile terminal in its home network" },
	{ 17, "mobile terminal in a visited network" }, { 224, "emergency service call (ANSI)" },
	{ 225, "high priority emergency call (ANSI)" },
	{ 226, "national security and emergency preparedness call (ANSI)" }, { 0, NULL },
};
const struct isup_name isup_names_tmr[] = {
	{ 0, "speech" }, { 2, "64 kbit/s unrestricted" }, { 3, "3.1 kHz audio" },
	{ 4, "reserved (alternate speech, 64 kbit/s)" },
	{ 5, "reserved (alternate 64 kbit/s, speech)" }, { 6, "64 kbit/s preferred" },
	{ 7, "2 x 64 kbit/s unrestricted" }, { 8, "384 kbit/s unrestricted" },
	{ 9, "1536 kbit/s unrestricted" }, { 10, "1920 kbit/s unrestricted" },
	{ 16, "3 x 64 kbit/s unrestricted" }, { 17, "4 x 64 kbit/s unrestricted" },
	{ 18, "5 x 64 kbit/s unrestricted" }, { 20, "7 x 64 kbit/s unrestricted" },
	{ 21, "8 x 64 kbit/s unrestricted" }, { 22, "9 x 64 kbit/s unrestricted" },
	{ 23, "10 x 64 kbit/s unrestricted" }, { 24, "11 x 64 kbit/s unrestricted" },
	{ 25, "12 x 64 kbit/s unrestricted" }, { 26, "13 x 64 kbit/s unrestricted" },
	{ 27, "14 x 64 kbit/s unrestricted" }, { 28, "15 x 64 kbit/s unrestricted" },
	{ 29, "16 x 64 kbit/s unrestricted" }, { 30, "17 x 64 kbit/s unrestricted" },
	{ 31, "18 x 64 kbit/s unrestricted" }, { 32, "19 x 64 kbit/s unrestricted" },
	{ 33, "20 x 64 kbit/s unrestricted" }, { 34, "21 x 64 kbit/s unrestricted" },
	{ 35, "22 x 64 kbit/s unrestricted" }, { 36, "23 x 64 kbit/s unrestricted" },
	{ 38, "25 x 64 kbit/s unrestricted" }, { 39, "26 x 64 kbit/s unrestricted" },
	{ 40, "27 x 64 kbit/s unrestricted" }, { 41, "28 x 64 kbit/s unrestricted" },
	{ 42, "29 x 64 kbit/s unrestricted" }, { 0, NULL },
};
const struct isup_name isup_names_facility[] = {
	{ 2, "user-to-user service" }, { 0, NULL },
};
const struct isup_name isup_names_congestion[] = {
	{ 1, "congestion level 1 exceeded" }, { 2, "congestion level 2 exceeded" }, { 0, NULL },
};
const struct isup_name isup_names_access_delivery[] = {
	{ 0, "set-up message generated" }, { 1, "no set-up message generated" }, { 0, NULL },
};
const struct isup_name isup_names_restriction[] = {
	{ 0, "presentation allowed" }, { 1, "presentation restricted" }, { 2, "spare" },
	{ 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_ccss[] = {
	{ 0, "no indication" }, { 1, "CCSS call" }, { 0, NULL },
};
const struct isup_name isup_names_ccnr[] = {
	{ 0, "CCNR not possible" }, { 1, "CCNR possible" }, { 0, NULL },
};
const struct isup_name isup_names_collect[] = {
	{ 0, "no indication" }, { 1, "collect call requested" }, { 0, NULL },
};
const struct isup_name isup_names_tar[] = {
	{ 0, "no indication" }, { 1, "TAR controlled call" }, { 0, NULL },
};
const struct isup_name isup_names_diversion_treatment[] = {
	{ 0, "no indication" }, { 1, "call diversion allowed" },
	{ 2, "call diversion not allowed" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_offering_treatment[] = {
	{ 0, "no indication" }, { 1, "call offering not allowed" }, { 2, "call offering allowed" },
	{ 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_conference_treatment[] = {
	{ 0, "no indication" }, { 1, "accept conference request" },
	{ 2, "reject conference request" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_uid_through[] = {
	{ 0, "no indication" }, { 1, "through-connection in both directions" }, { 0, NULL },
};
const struct isup_name isup_names_uid_t9[] = {
	{ 0, "no indication" }, { 1, "stop or do not start T9" }, { 0, NULL },
};
const struct isup_name isup_names_redirect_possible[] = {
	{ 0, "not used" }, { 1, "before ACM" }, { 2, "before ANM" },
	{ 3, "at any time during the call" }, { 0, NULL },
};
const struct isup_name isup_names_qor_support[] = {
	{ 0, "no indication" }, { 1, "query on release supported" }, { 0, NULL },
};
const struct isup_name isup_names_look_ahead[] = {
	{ 0, "allowed" }, { 1, "path reserved" }, { 2, "not allowed" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_precedence[] = {
	{ 0, "flash override" }, { 1, "flash" }, { 2, "immediate" }, { 3, "priority" },
	{ 4, "routine" }, { 0, NULL },
};
const struct isup_name isup_names_uui_discriminator[] = {
	{ 0, "user specific" }, { 1, "OSI high layer protocols" }, { 2, "X.244" },
	{ 3, "system management" }, { 4, "IA5 characters" }, { 5, "X.208 and X.209 coded" },
	{ 7, "V.120 rate adaption" }, { 8, "Q.931 call control" }, { 0, NULL },
};
const struct isup_name isup_names_digits_encoding[] = {
	{ 0, "BCD, even number of digits" }, { 1, "BCD, odd number of digits" },
	{ 2, "IA5 characters" }, { 3, "binary" }, { 0, NULL },
};
const struct isup_name isup_names_digits_type[] = {
	{ 0, "account code" }, { 1, "authorization code" },
	{ 2, "private networking travelling class mark" },
	{ 3, "business communication group identity" }, { 0, NULL },
};
const struct isup_name isup_names_geo_presentation[] = {
	{ 0, "presentation allowed" }, { 1, "presentation restricted" },
	{ 2, "location not available" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_shape[] = {
	{ 0, "ellipsoid point" }, { 1, "ellipsoid point with uncertainty" },
	{ 2, "point with altitude and uncertainty" }, { 3, "ellipse on the ellipsoid" },
	{ 4, "ellipsoid circle sector" }, { 5, "polygon" }, { 0, NULL },
};
const struct isup_name isup_names_map_type[] = {
	{ 1, "1544 kbit/s digital path, 64 kbit/s base rate" },
	{ 2, "2048 kbit/s digital path, 64 kbit/s base rate" }, { 0, NULL },
};
const struct isup_name isup_names_protocol_class[] = {
	{ 2, "basic connection oriented" }, { 3, "flow control connection oriented" }, { 0, NULL },
};
/* Cause indicators (3.12; Q.850) */
const struct isup_name isup_names_coding[] = {
	{ 0, "ITU-T" }, { 1, "ISO/IEC" }, { 2, "national (ANSI)" },
	{ 3, "specific to the location" }, { 0, NULL },
};
const struct isup_name isup_names_location[] = {
	{ 0, "user" }, { 1, "private network serving the local user" },
	{ 2, "public network serving the local user" }, { 3, "transit network" },
	{ 4, "public network serving the remote user" },
	{ 5, "private network serving the remote user" }, { 7, "international network" },
	{ 10, "network beyond interworking point" }, { 0, NULL },
};
const struct isup_name isup_names_ansi_cause[] = {
	{ 23, "unallocated destination number" }, { 24, "unknown business group" },
	{ 25, "exchange routing error" }, { 26, "misrouted call to a ported number" },
	{ 27, "QoR: number not found" }, { 45, "preemption" }, { 46, "precedence call blocked" },
	{ 51, "call type incompatible with service request" },
	{ 54, "call blocked due to group restrictions" }, { 0, NULL },
};
const struct isup_name isup_names_redirect_status[] = {
	{ 0, "not used" }, { 1, "acknowledgement of redirection" },
	{ 2, "redirection will not be invoked" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_terminating_access[] = {
	{ 0, "no information" }, { 1, "dedicated terminating access" },
	{ 2, "switched terminating access" }, { 3, "spare" }, { 0, NULL },
};
const struct isup_name isup_names_portability[] = {
	{ 0, "no indication" }, { 1, "number portability query not done" },
	{ 2, "query done, number not ported" }, { 3, "query done, number ported" }, { 0, NULL },
};
