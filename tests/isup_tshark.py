#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second decoder as judge: random messages of every type are given to tshark, and its reading is
compared with ours: message type, circuit, list of parameters, and the value of every field that both
have a name for."""
import os
import shutil
import sys

sys.dont_write_bytecode = True
import oracle  # pylint: disable=wrong-import-position

BUILD = os.environ.get("top_builddir", ".")
# how many types there are, and how many fields at least must be compared
DIALECTS = {"itu": (49, 3000), "itu92": (45, 1500), "etsi": (49, 1500), "ansi": (38, 1500), "china": (52, 1500),
            "russia": (51, 1500)}
SEEDS = {"itu": ("4", "5")}

# our parameter and field -> tshark's field
NAMES = {
    ("NCI", "satellite"): "satellite_indicator",
    ("NCI", "continuity"): "continuity_check_indicator",
    ("NCI", "echo"): "echo_control_device_indicator",
    ("FCI", "international"): "forw_call_natnl_inatnl_call_indicator",
    ("FCI", "e2e_method"): "forw_call_end_to_end_method_indicator",
    ("FCI", "interworking"): "forw_call_interworking_indicator",
    ("FCI", "e2e_info"): "forw_call_end_to_end_information_indicator",
    ("FCI", "isup_all_the_way"): "forw_call_isdn_user_part_indicator",
    ("FCI", "isup_preference"): "forw_call_preferences_indicator",
    ("FCI", "isdn_access"): "forw_call_isdn_access_indicator",
    ("FCI", "sccp_method"): "forw_call_sccp_method_indicator",
    ("FCI", "ported_translated"): "forw_call_ported_num_trans_indicator",
    ("FCI", "qor"): "forw_call_qor_attempt_indicator",
    ("CPC", "value"): "calling_partys_category",
    ("TMR", "value"): "transmission_medium_requirement",
    ("CdPN", "digits"): "called",
    ("CgPN", "digits"): "calling",
    ("CgPN", "inn"): "ni_indicator",
    ("RgPN", "digits"): "redirecting",
    ("RnN", "digits"): "redirection_number",
    ("SubN", "digits"): "subsequent_number",
    ("ConN", "digits"): "connected_number",
    ("OCN", "digits"): "original_called_number",
    ("LocN", "digits"): "location_number",
    ("CTN", "digits"): "call_transfer_number",
    ("CdIN", "digits"): "called_in_number",
    ("GenN", "digits"): "generic_number",
    **{(par, "nai"): "called_party_nature_of_address_indicator" for par in
       ("CdPN", "RnN")},
    **{(par, "nai"): "calling_party_nature_of_address_indicator" for par in
       ("CgPN", "RgPN", "ConN", "LocN", "GenN", "CTN", "OCN", "CdIN")},
    **{(par, "npi"): "numbering_plan_indicator" for par in
       ("CdPN", "CgPN", "RgPN", "RnN", "ConN", "OCN", "LocN", "GenN", "CTN", "CdIN")},
    **{(par, "inn"): "inn_indicator" for par in ("CdPN", "LocN", "RnN")},
    ("GenN", "inn"): "ni_indicator",
    **{(par, "apri"): "address_presentation_restricted_indicator" for par in
       ("CgPN", "RgPN", "ConN", "OCN", "LocN", "GenN", "CTN", "CdIN")},
    **{(par, "si"): "screening_indicator" for par in ("CgPN", "ConN", "LocN")},
    **{(par, "si"): "screening_indicator_enhanced" for par in ("GenN", "CTN")},
    ("TNS", "type"): "type_of_network_identification",
    ("TNS", "plan"): "network_identification_plan",
    ("InfReq", "calling"): "calling_party_address_request_indicator",
    ("InfReq", "holding"): "info_req_holding_indicator",
    ("InfReq", "category"): "calling_partys_category_request_indicator",
    ("InfReq", "charge"): "charge_information_request_indicator",
    ("InfReq", "mcid"): "malicious_call_ident_request_indicator",
    ("InfInd", "calling"): "calling_party_address_response_indicator",
    ("InfInd", "hold"): "hold_provided_indicator",
    ("InfInd", "category"): "calling_partys_category_response_indicator",
    ("InfInd", "charge"): "charge_information_response_indicator",
    ("InfInd", "unsolicited"): "solicited_indicator",
    ("ContI", "success"): "continuity_indicator",
    ("BCI", "charge"): "charge_indicator",
    ("BCI", "called_status"): "called_partys_status_indicator",
    ("BCI", "called_category"): "called_partys_category_indicator",
    ("BCI", "e2e_method"): "backw_call_end_to_end_method_indicator",
    ("BCI", "interworking"): "backw_call_interworking_indicator",
    ("BCI", "e2e_info"): "backw_call_end_to_end_information_indicator",
    ("BCI", "isup_all_the_way"): "backw_call_isdn_user_part_indicator",
    ("BCI", "holding"): "backw_call_holding_indicator",
    ("BCI", "isdn_access"): "backw_call_isdn_access_indicator",
    ("BCI", "echo"): "backw_call_echo_control_device_indicator",
    ("BCI", "sccp_method"): "backw_call_sccp_method_indicator",
    ("SRI", "network"): "suspend_resume_indicator",
    ("CGSMT", "type"): "cgs_message_type",
    ("EvI", "event"): "event_ind",
    ("EvI", "restricted"): "event_presentation_restr_ind",
    ("OFCI", "cug"): "clg_call_ind",
    ("OFCI", "colp"): "connected_line_identity_request_ind",
    ("RdI", "indicator"): "redirecting_ind",
    ("RdI", "original_reason"): "original_redirection_reason",
    ("RdI", "count"): "redirection_counter",
    ("RdI", "reason"): "redirection_reason",
    ("OBCI", "in_band"): "inband_information_ind",
    ("OBCI", "diversion"): "call_diversion_may_occur_ind",
    ("OBCI", "mlpp"): "mlpp_user",
    ("ADI", "value"): "access_delivery_ind",
    ("TMRp", "value"): "transmission_medium_requirement_prime",
    ("ACL", "value"): "automatic_congestion_level",
    ("NMC", "value"): "temporary_alternative_routing_ind",
    ("CDTI", "value"): "call_to_be_diverted_ind",
    ("COTI", "value"): "call_to_be_offered_ind",
    ("CTI", "value"): "conference_acceptance_ind",
    ("CRef", "identity"): "call_identity",
    ("ECI", "out_device"): "OECD_inf_ind_vals",
    ("ECI", "in_device"): "IECD_inf_ind_vals",
    ("ECI", "out_request"): "OECD_req_ind_vals",
    ("ECI", "in_request"): "IECD_req_ind_vals",
    ("GNI", "indicator"): "notification_indicator",
    ("CHI", "value"): "call_history_info",
    ("PDC", "value"): "propagation_delay_counter",
    ("HOP", "value"): "hop_counter",
    ("CReq", "reference"): "local_reference",
    ("CReq", "protocol_class"): "protocol_class",
    ("CReq", "credit"): "credit",
    ("CUG", "code"): "binary_code",
    ("CAM", "type"): "map_type",
    ("MLPP", "level"): "precedence_level",
    ("MLPP", "look_ahead"): "look_forward_busy",
    ("MLPP", "domain"): "mlpp_service_domain",
    ("CTRef", "value"): "call_transfer_identity",
    ("LPI", "response"): "loop_prevention_indicator_type",
    # ANSI
    ("ChN", "digits"): "charge_number",
    ("ChN", "nai"): "charge_number_nature_of_address_indicator",
    ("JIP", "digits"): "jurisdiction",
    ("OLI", "value"): "originating_line_info",
    ("GenName", "presentation"): "isdn_generic_name_presentation",
    ("GenName", "unavailable"): "isdn_generic_name_availability",
    ("GenName", "type"): "isdn_generic_name_type",
    ("CVRI", "value"): "conn_rsp_ind",
    ("CGCI", "carrier"): "cg_carrier_ind",
    ("CGCI", "control"): "cg_char_ind.doubleSeize",
    ("CGCI", "alarm"): "cg_alarm_car_ind",
    ("CGCI", "continuity"): "cg_alarm_cnt_chk",
    **{(par, "nai"): "calling_party_nature_of_address_indicator" for par in ("GenA",)},
    **{(par, "npi"): "numbering_plan_indicator" for par in ("GenA", "ChN")},
    ("GenA", "apri"): "address_presentation_restricted_indicator",
    ("GenA", "digits"): "generic_number",
}
DIGITS = {"isup." + name for (par, field), name in NAMES.items() if field == "digits"}
# what has a name of its own in ANSI ISUP
ANSI = {
    ("TNS", "plan"): "ansi_isup.tns.nw_id_plan",
    ("TNS", "circuit_code"): "ansi_isup.circuit_code",
    ("CIP", "type"): "ansi_isup.type_of_nw_id",
    ("CIP", "plan"): "ansi_isup.nw_id_plan",
}
COLUMNS = sorted({"isup." + name for name in NAMES.values()} | set(ANSI.values()) |
                 {"isup.russian.calling_partys_category"})


def ours(seed, dialect):
    """Octets and our reading of them."""
    lines = [line.split() for line in oracle.run(BUILD + "/isup_messages", seed, dialect).splitlines()]
    return [(line[0], [p.split(":") for p in line[1:]], message)
            for line, message in zip(lines, oracle.ours(dialect, [line[0] for line in lines]), strict=True)]


def plain(name, text):
    """A value of either side without its way of writing."""
    if name in DIGITS:
        return text
    return int(text == "True") if text in ("True", "False") else int(text, 0)


def values(message):
    """Our values under tshark's names, in the order of the message."""
    found, own = {}, ANSI if message["dialect"] == "ansi" else {}
    for par in message["parameters"]:
        for field, value in par.get("value", {}).items():
            key = (par.get("parameter"), field)
            name = own.get(key) or (key in NAMES and "isup." + NAMES[key])
            if name and value != "":
                found.setdefault(name, []).append(str(value))
    return found


def judge(octets, parameters, message, said):
    """What is different, as a list of sentences."""
    wrong = []
    head = said["isup.message_type"] + said["isup.cic"]
    if head != [str(message["type"]), str(message["cic"])]:
        wrong.append("type or circuit")
    if oracle.marks(said):
        wrong.append("malformed: " + oracle.marks(said))
    codes = [str(int(code, 16)) for code, _ in parameters]
    if [c for c in said["isup.parameter_type"] if c != "0"] != codes:
        wrong.append("parameters %s, not %s" % (said["isup.parameter_type"], codes))
    for name, mine in values(message).items():
        if [plain(name, v) for v in said[name]] != [plain(name, v) for v in mine]:
            wrong.append("%s is %s, not %s" % (name, said[name], mine))
    return wrong


def compare(dialect, excused):
    """Types seen, fields compared, differences."""
    types, compared, failed = set(), 0, 0
    for seed in SEEDS.get(dialect, ("6",)):
        sent = ours(seed, dialect)
        received = oracle.read(dialect, [s[0] for s in sent], COLUMNS)
        for (octets, parameters, message), said in zip(sent, received, strict=True):
            types.add(message["message"])
            if dialect == "russia":      # under a name of its own
                said["isup.calling_partys_category"] = said["isup.russian.calling_partys_category"]
            why = oracle.excuse(message)
            if why:
                excused[why] = excused.get(why, 0) + 1
                continue
            compared += len(values(message))
            for wrong in judge(octets, parameters, message, said):
                print("%s %s %s: %s" % (dialect, message["message"], octets, wrong))
                failed += 1
    return types, compared, failed


def main():
    if not shutil.which("tshark") or not shutil.which("text2pcap"):
        print("no tshark here")
        return 77
    bad, excused = 0, {}
    for dialect, (n_types, n_fields) in DIALECTS.items():
        types, compared, failed = compare(dialect, excused)
        print("%s: %d types, %d fields compared, %d differences" % (dialect, len(types), compared, failed))
        bad += failed + (len(types) != n_types) + (compared < n_fields)
    print("explained: %s" % excused)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
