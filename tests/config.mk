# SPDX-License-Identifier: GPL-3.0-or-later
check_PROGRAMS += check_config check_config_example check_cdr check_route
TESTS += check_config check_config_example check_cdr check_route

check_config_SOURCES = tests/check_config.c tests/conf.c tests/conf.h
check_config_CPPFLAGS = $(AM_CPPFLAGS) $(VTY_CFLAGS)
check_config_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_config_LDADD = libtgconfig.a libgwpure.a libisup.a $(CHECK_LIBS) $(VTY_LIBS) $(OSMO_LIBS)

check_config_example_SOURCES = tests/check_config_example.c tests/conf.c tests/conf.h
check_config_example_CPPFLAGS = $(AM_CPPFLAGS) $(VTY_CFLAGS) $(SIGTRAN_CFLAGS)
check_config_example_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_config_example_LDADD = libtgconfig.a libgwpure.a libisup.a $(CHECK_LIBS) $(SIGTRAN_LIBS) $(VTY_LIBS) $(OSMO_LIBS)

check_cdr_SOURCES = tests/check_cdr.c
check_cdr_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_cdr_LDADD = libgwrecords.a $(CHECK_LIBS) $(OSMO_LIBS)

check_route_SOURCES = tests/check_route.c
check_route_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_route_LDADD = libgwrecords.a $(CHECK_LIBS) $(OSMO_LIBS)

EXTRA_DIST += \
	tests/golden/conf/full.cfg tests/golden/conf/full.err \
	tests/golden/conf/minimal.cfg tests/golden/conf/minimal.err \
	tests/golden/conf/lines.cfg tests/golden/conf/lines.err \
	tests/golden/conf/exchanges.cfg tests/golden/conf/exchanges.err \
	tests/golden/conf/cross.cfg tests/golden/conf/cross.err \
	tests/golden/conf/no-listen.cfg tests/golden/conf/no-listen.err \
	tests/golden/conf/structure.cfg tests/golden/conf/structure.err \
	tests/golden/conf/octets.cfg tests/golden/conf/octets.err \
	tests/golden/conf/empty.cfg tests/golden/conf/empty.err

TESTS += tests/check_systemd.sh
dist_check_SCRIPTS += tests/check_systemd.sh
