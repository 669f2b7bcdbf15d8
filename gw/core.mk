# SPDX-License-Identifier: GPL-3.0-or-later
# The join: legs, calls, start.
noinst_LIBRARIES += libgw.a
libgw_a_SOURCES = \
	gw/call.c gw/call.h gw/call_media.c gw/call_new.c gw/call_overlap.c gw/call_priv.h gw/call_record.c gw/call_route.c gw/cc.h \
	gw/gw.c gw/gw.h gw/gw_link.c gw/leg.h gw/leg_isup.c gw/leg_isup.h gw/leg_isup_media.c gw/leg_isup_bearer.c gw/leg_isup_hunt.c \
	gw/leg_isup_digits.c gw/leg_sip_overlap.c gw/leg_sip_attempt.c gw/leg_sip_overlap.h gw/leg_sip_digits.c gw/leg_sip_collect.c \
	gw/leg_sip_progress.c gw/leg_sip_tunnel.c gw/leg_sip_tunnel.h gw/body_count.h gw/leg_isup_tell.c gw/trunk_avoid.c \
	gw/call_redirect.c gw/leg_sip_redirect.c gw/leg_sip_forks.c \
	gw/leg_sip.c gw/leg_sip.h gw/leg_sip_in.c gw/leg_sip_in.h gw/leg_sip_media.c gw/leg_sip_pause.c gw/log.c gw/log.h gw/trunk.c \
	gw/trunk.h gw/trunk_isup.c gw/way.c gw/way.h gw/plan.c gw/plan.h gw/explain.c gw/explain.h gw/explain_parts.h gw/explain_in.c gw/explain_out.c gw/explain_failure.c gw/leg_isup_index.c gw/leg_isup_cause.c gw/audit.c gw/audit.h gw/overload.c \
	gw/overload.h gw/continuity.c gw/continuity.h
libgw_a_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS)

GW_LIBS = libgw.a libsip.a libmtp.a libgwmedia.a libgwrecords.a libgwpure.a libisup.a libmgcp.a libtgconfig.a
GW_EXTERN_LIBS = $(SOFIA_LIBS) $(SIGTRAN_LIBS) $(SCTP_LIBS) $(VTY_LIBS) $(OSMO_LIBS) $(CRYPTO_LIBS)

sbin_PROGRAMS += tollgate
tollgate_SOURCES = gw/main.c gw/loop.c gw/loop.h gw/show.c gw/show.h gw/show_maintenance.c \
	gw/show_ranges.c gw/show_circuits.c gw/show_states.h gw/show_trunks.c gw/show_mapping.c gw/show_explain.c
tollgate_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS) $(SYSTEMD_CFLAGS)
tollgate_LDADD = $(GW_LIBS) $(GW_EXTERN_LIBS) $(SYSTEMD_LIBS)
