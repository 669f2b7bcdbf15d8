/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the values that fields have: lists of value and name, ended by a NULL name. */
#ifndef TOLLGATE_ISUP_NAMES_H
#define TOLLGATE_ISUP_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct isup_name {
	uint8_t value;
	const char *name;
};

/* The name of a value, or NULL. */
const char *isup_name_of(const struct isup_name *names, uint32_t value);

extern const struct isup_name isup_names_satellites[], isup_names_continuity_check[],
	isup_names_outgoing_echo[], isup_names_incoming_echo[], isup_names_call_scope[],
	isup_names_e2e_method[], isup_names_interworking[], isup_names_e2e_info[],
	isup_names_isup_used[], isup_names_isup_preference[], isup_names_access[],
	isup_names_sccp_method[], isup_names_translated[], isup_names_qor[], isup_names_charge[],
	isup_names_called_status[], isup_names_called_category[], isup_names_requested[],
	isup_names_provided[], isup_names_included[], isup_names_in_band[],
	isup_names_diversion_may[], isup_names_segmentation[], isup_names_mlpp_user[],
	isup_names_cug_call[], isup_names_event[], isup_names_presentation_bit[],
	isup_names_suspend[], isup_names_continuity[], isup_names_supervision[],
	isup_names_redirecting[], isup_names_redirection_reason[], isup_names_address_response[],
	isup_names_solicited[], isup_names_diversion_notification[], isup_names_echo_device[],
	isup_names_echo_request[], isup_names_loop_type[], isup_names_loop_response[],
	isup_names_uui_type[], isup_names_uui_service[], isup_names_uui_discarded[],
	isup_names_notification[], isup_names_node[], isup_names_release_call[],
	isup_names_notify[], isup_names_discard_message[], isup_names_no_pass_message[],
	isup_names_no_pass_parameter[], isup_names_broadband[],
	isup_names_nai[], isup_names_npi[], isup_names_inn[], isup_names_ni[], isup_names_apri[],
	isup_names_si[], isup_names_qualifier[], isup_names_network_type[],
	isup_names_network_plan[], isup_names_routing_nai[], isup_names_category[],
	isup_names_tmr[], isup_names_facility[], isup_names_congestion[],
	isup_names_access_delivery[], isup_names_restriction[], isup_names_ccss[],
	isup_names_ccnr[], isup_names_collect[], isup_names_tar[],
	isup_names_diversion_treatment[], isup_names_offering_treatment[],
	isup_names_conference_treatment[], isup_names_uid_through[], isup_names_uid_t9[],
	isup_names_redirect_possible[], isup_names_qor_support[], isup_names_look_ahead[],
	isup_names_precedence[], isup_names_uui_discriminator[], isup_names_digits_encoding[],
	isup_names_digits_type[], isup_names_geo_presentation[], isup_names_shape[],
	isup_names_map_type[], isup_names_protocol_class[], isup_names_coding[],
	isup_names_location[], isup_names_ansi_cause[], isup_names_redirect_status[],
	isup_names_terminating_access[], isup_names_portability[], isup_names_ansi_address[],
	isup_names_ansi_segmentation[], isup_names_carrier_plan[], isup_names_carrier_selection[],
	isup_names_charge_nai[], isup_names_oli[], isup_names_name_type[],
	isup_names_name_available[], isup_names_name_presentation[], isup_names_carrier_type[],
	isup_names_seizure_control[], isup_names_alarm_carrier[], isup_names_check_requirement[],
	isup_names_validation[], isup_names_party[], isup_names_privileges_type[],
	isup_names_group_id_type[], isup_names_attendant[], isup_names_special_processing[];

#endif
