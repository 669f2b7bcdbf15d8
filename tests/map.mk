# SPDX-License-Identifier: GPL-3.0-or-later
# The pure floor of the gateway: mapper, bodies, session descriptions, URIs.
MAP_CHECKS = check_map_privacy check_map_digits check_map_tunnel check_map_ident check_map_rules check_map_bearer check_sdp check_map_cause check_map_golden check_map check_map_event check_map_contact check_map_overlap check_sipt
check_PROGRAMS += $(MAP_CHECKS)
TESTS += $(MAP_CHECKS)

# supplementary services: redirection; identity, user information, subaddresses, Reason
MAP_SERVICE_CHECKS = check_map_history check_map_redirect check_map_services
check_PROGRAMS += $(MAP_SERVICE_CHECKS)
TESTS += $(MAP_SERVICE_CHECKS)

check_map_history_SOURCES = tests/check_map_history.c
check_map_history_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_history_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_redirect_SOURCES = tests/check_map_redirect.c
check_map_redirect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_redirect_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_services_SOURCES = tests/check_map_services.c
check_map_services_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_services_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_sdp_SOURCES = tests/check_sdp.c
check_sdp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sdp_LDADD = libgwpure.a $(CHECK_LIBS)

check_map_ident_SOURCES = tests/check_map_ident.c
check_map_ident_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_ident_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_digits_SOURCES = tests/check_map_digits.c
check_map_digits_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_digits_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_privacy_SOURCES = tests/check_map_privacy.c
check_map_privacy_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_privacy_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

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

check_map_contact_SOURCES = tests/check_map_contact.c
check_map_contact_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_contact_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

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

EXTRA_DIST += tests/golden/map

EXTRA_PROGRAMS += bench_map
BENCHES += bench_map
bench_map_SOURCES = tests/bench/bench_map.c
bench_map_LDADD = libgwpure.a libisup.a
CLEANFILES += bench_map
