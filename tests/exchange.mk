# SPDX-License-Identifier: GPL-3.0-or-later
EXCHANGE_CHECKS = check_exchange_scenario check_exchange check_exchange_load
check_PROGRAMS += $(EXCHANGE_CHECKS)
TESTS += $(EXCHANGE_CHECKS) tests/exchange.sh tests/continuity.py
dist_check_SCRIPTS += tests/exchange.sh tests/continuity.py
EXTRA_DIST += tests/exchange

check_exchange_scenario_SOURCES = tests/check_exchange_scenario.c
check_exchange_scenario_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_exchange_scenario_LDADD = libexchange.a libisup.a $(MTP_LIBS) $(CHECK_LIBS)

check_exchange_SOURCES = tests/check_exchange.c tests/check_exchange_ends.c tests/check_exchange_ends.h
check_exchange_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_exchange_LDADD = libexchange.a libisup.a $(MTP_LIBS) $(CHECK_LIBS)

check_exchange_load_SOURCES = tests/check_exchange_load.c tests/check_exchange_ends.c \
	tests/check_exchange_ends.h
check_exchange_load_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_exchange_load_LDADD = libexchange.a libisup.a $(MTP_LIBS) $(CHECK_LIBS)
