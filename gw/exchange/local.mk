# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libexchange.a
libexchange_a_SOURCES = gw/exchange/message.h gw/exchange/scenario.h gw/exchange/parse.h \
	gw/exchange/exchange.h gw/exchange/circuit.h gw/exchange/control.h gw/exchange/stats.h \
	gw/exchange/options.h gw/exchange/mischief.h gw/exchange/mischief.c gw/exchange/parse_mischief.c gw/exchange/blocked.c gw/exchange/damage.c gw/exchange/parse_send.c \
	gw/exchange/scenario.c gw/exchange/compile.c gw/exchange/parse_match.c \
	gw/exchange/match.c gw/exchange/message.c gw/exchange/fill.c gw/exchange/builtin.c \
	gw/exchange/exchange.c gw/exchange/transfer.c gw/exchange/circuit.c gw/exchange/auto.c \
	gw/exchange/run.c gw/exchange/load.c gw/exchange/stats.c gw/exchange/control.c \
	gw/exchange/command.c gw/exchange/options.c gw/exchange/args.c

bin_PROGRAMS += tollgate-exchange
tollgate_exchange_SOURCES = gw/exchange/main.c
tollgate_exchange_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS) $(SIGTRAN_CFLAGS)
tollgate_exchange_LDADD = libexchange.a libisup.a $(MTP_LIBS)
dist_man_MANS += docs/tollgate-exchange.1
dist_doc_DATA += docs/exchange-scenarios.md
