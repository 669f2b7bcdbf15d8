# SPDX-License-Identifier: GPL-3.0-or-later
# Whole calls as ladders, on a pipe, with SIP on paper and a virtual clock.
check_PROGRAMS += tests/flow/flow
tests_flow_flow_SOURCES = tests/flow/fake_media.c tests/flow/fake_media.h tests/flow/fake_sip.c \
	tests/flow/fake_sip.h tests/flow/flow.c tests/flow/flow.h tests/flow/flow_far.c tests/flow/flow_pstn.c \
	tests/flow/flow_random.c tests/flow/flow_sip.c tests/flow/lab.c tests/flow/lab.h \
	gw/show.c gw/show.h gw/show_maintenance.c gw/show_ranges.c gw/show_circuits.c gw/show_states.h gw/show_trunks.c gw/show_mapping.c
tests_flow_flow_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS)
tests_flow_flow_LDADD = libexchange.a libgw.a libmtp.a libgwmedia.a libgwrecords.a libgwpure.a libisup.a libmgcp.a libtgconfig.a \
	$(GW_EXTERN_LIBS)

check_PROGRAMS += check_audit
TESTS += check_audit
check_audit_SOURCES = tests/check_audit.c tests/flow/fake_media.c tests/flow/fake_sip.c tests/flow/lab.c
check_audit_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS) $(CHECK_CFLAGS)
check_audit_LDADD = libgw.a libmtp.a libgwmedia.a libgwrecords.a libgwpure.a libisup.a libmgcp.a libtgconfig.a \
	$(GW_EXTERN_LIBS) $(CHECK_LIBS)

check_PROGRAMS += check_roundtrip
TESTS += check_roundtrip
check_roundtrip_SOURCES = tests/check_roundtrip.c tests/flow/fake_media.c tests/flow/lab.c tests/roundtrip/string_sip.c \
	tests/roundtrip/string_sip.h
check_roundtrip_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS) $(CHECK_CFLAGS)
check_roundtrip_LDADD = libgw.a libmtp.a libgwmedia.a libgwrecords.a libgwpure.a libisup.a libmgcp.a libtgconfig.a \
	$(GW_EXTERN_LIBS) $(CHECK_LIBS)

dist_check_SCRIPTS += tests/flow/run.sh
TESTS += tests/flow/run.sh
# by name: a build in the source tree leaves objects in the folder
EXTRA_DIST += $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/tests/flow/*.flow))
