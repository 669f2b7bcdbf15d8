# SPDX-License-Identifier: GPL-3.0-or-later
# The pure floor of the gateway: mapper, bodies, session descriptions, URIs.
MAP_CHECKS = check_sdp check_map_cause check_map_golden check_map check_sipt
check_PROGRAMS += $(MAP_CHECKS)
TESTS += $(MAP_CHECKS)

check_sdp_SOURCES = tests/check_sdp.c
check_sdp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sdp_LDADD = libgwpure.a $(CHECK_LIBS)

check_map_cause_SOURCES = tests/check_map_cause.c
check_map_cause_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_cause_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_golden_SOURCES = tests/check_map_golden.c
check_map_golden_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_golden_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_SOURCES = tests/check_map.c
check_map_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_sipt_SOURCES = tests/check_sipt.c
check_sipt_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sipt_LDADD = libgwpure.a $(CHECK_LIBS)

EXTRA_DIST += tests/golden/map
