# SPDX-License-Identifier: GPL-3.0-or-later
# The pure floor of the gateway: mapper, bodies, session descriptions, URIs.
MAP_CHECKS = check_map_tunnel check_map_ident check_map_rules check_map_bearer check_sdp check_map_cause check_map_golden check_map check_map_event check_map_overlap check_sipt \
	check_fuzz_body check_fuzz_sdp check_fuzz_uri
check_PROGRAMS += $(MAP_CHECKS)
TESTS += $(MAP_CHECKS)

check_sdp_SOURCES = tests/check_sdp.c
check_sdp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sdp_LDADD = libgwpure.a $(CHECK_LIBS)

check_map_ident_SOURCES = tests/check_map_ident.c
check_map_ident_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_ident_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_rules_SOURCES = tests/check_map_rules.c
check_map_rules_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_rules_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_bearer_SOURCES = tests/check_map_bearer.c
check_map_bearer_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_bearer_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_cause_SOURCES = tests/check_map_cause.c
check_map_cause_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_cause_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_golden_SOURCES = tests/check_map_golden.c
check_map_golden_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_golden_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_SOURCES = tests/check_map.c
check_map_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_event_SOURCES = tests/check_map_event.c
check_map_event_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_event_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_overlap_SOURCES = tests/check_map_overlap.c
check_map_overlap_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_overlap_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_tunnel_SOURCES = tests/check_map_tunnel.c
check_map_tunnel_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_tunnel_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_sipt_SOURCES = tests/check_sipt.c
check_sipt_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sipt_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

# the fuzz targets without a fuzzer: corpus and deterministic mutations
check_fuzz_body_SOURCES = tests/fuzz/driver_map.c tests/fuzz/fuzz_body.c
check_fuzz_body_LDADD = libgwpure.a libisup.a
check_fuzz_sdp_SOURCES = tests/fuzz/driver_map.c tests/fuzz/fuzz_sdp.c
check_fuzz_sdp_LDADD = libgwpure.a
check_fuzz_uri_SOURCES = tests/fuzz/driver_map.c tests/fuzz/fuzz_uri.c
check_fuzz_uri_LDADD = libgwpure.a libisup.a

# with --enable-fuzzing: make fuzz_body fuzz_sdp fuzz_uri
EXTRA_PROGRAMS += fuzz_body fuzz_sdp fuzz_uri
fuzz_body_SOURCES = tests/fuzz/fuzz_body.c
fuzz_body_LDADD = libgwpure.a libisup.a
fuzz_body_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_sdp_SOURCES = tests/fuzz/fuzz_sdp.c
fuzz_sdp_LDADD = libgwpure.a
fuzz_sdp_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_uri_SOURCES = tests/fuzz/fuzz_uri.c
fuzz_uri_LDADD = libgwpure.a libisup.a
fuzz_uri_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
CLEANFILES += fuzz_body fuzz_sdp fuzz_uri

EXTRA_DIST += tests/golden/map tests/fuzz/corpus/body tests/fuzz/corpus/sdp tests/fuzz/corpus/uri
