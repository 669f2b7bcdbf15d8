# SPDX-License-Identifier: GPL-3.0-or-later
# The pure floor of the gateway: mapper, bodies, session descriptions, URIs.
check_PROGRAMS += check_sdp
TESTS += check_sdp
check_sdp_SOURCES = tests/check_sdp.c
check_sdp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sdp_LDADD = libgwpure.a $(CHECK_LIBS)
