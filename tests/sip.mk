# SPDX-License-Identifier: GPL-3.0-or-later
check_LIBRARIES += libparty.a
libparty_a_SOURCES = tests/sip/party.c tests/sip/party.h

check_PROGRAMS += check_sip
TESTS += check_sip
check_sip_SOURCES = tests/check_sip.c
check_sip_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_LDADD = libparty.a libsip.a $(CHECK_LIBS) $(SOFIA_LIBS) $(OSMO_LIBS)
