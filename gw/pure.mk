# SPDX-License-Identifier: GPL-3.0-or-later
# The pure floor: mapper, bodies, session descriptions, URIs.
noinst_LIBRARIES += libgwpure.a
libgwpure_a_SOURCES = \
	gw/overlap.c gw/overlap.h gw/map_overlap.c gw/map_overlap.h gw/map_digits.c \
	gw/cc.h gw/cc_party.h gw/map.h gw/sip.h \
	gw/map_policy.c gw/map_caller.h gw/map_group.c gw/map_charge.c gw/map_priority.c gw/map_identity.c gw/map_category.c gw/map_calling_out.c gw/map_calling_isup.c gw/map_hops.c gw/map_called.c gw/map_portability.c gw/map_carrier.c \
	gw/text.h gw/text.c \
	gw/sdp.h gw/sdp.c gw/sdp_answer.c gw/sdp_text.c gw/sdp_bearer.c gw/sdp_bearer.h \
	gw/uri.h gw/uri.c \
	gw/sipt.h gw/sipt.c gw/sipt_append.c gw/sipt_compose.c gw/sipt_version.c \
	gw/cc.c gw/map_parts.h gw/map_profile.c gw/map_rule.c gw/map_rule.h gw/map_print.c gw/map_header.c gw/map_ident.h gw/map_indicator.c gw/map_cause.c gw/map_reason.c gw/map_number.c gw/map_medium.c gw/map_bearer.c gw/map_refused.c gw/map_bearer.h \
	gw/map_calling.c gw/map_diversion.c gw/map_template.c gw/map_body.c gw/map_body_table.c \
	gw/map_tunnel.h gw/map_trust.c gw/map_isup_rule.c gw/map_precedence.c gw/map_made.c gw/map_taken.c \
	gw/map_isup.c gw/map_to_isup.c gw/map_sip.c gw/map_to_sip.c \
	gw/map_history.c gw/map_redirect.c gw/map_redirect.h gw/map_service.c gw/map_services.h \
	gw/map_contact.c gw/map_contact.h \
	gw/map_forwarded.c gw/map_connected.c gw/map_uui.c gw/map_subaddress.c gw/map_notify.c \
	gw/map_backward.c gw/map_event.c gw/map_event.h gw/map_early.c gw/map_retry.c
