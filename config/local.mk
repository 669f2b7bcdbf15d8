# SPDX-License-Identifier: GPL-3.0-or-later
# The configuration: VTY nodes, the value they fill in, its checks.
noinst_LIBRARIES += libtgconfig.a
libtgconfig_a_SOURCES = \
	config/config.h config/party.h config/internal.h config/match.h \
	config/value.c config/dialect.c config/setting.c config/match.c \
	config/vty.c config/vty_sip.c config/vty_isup.c config/vty_media.c config/vty_trunk.c config/vty_trunk_isup.c config/vty_circuits.c \
	config/vty_trunk_sip.c config/vty_mapping.c config/vty_trunk_party.c config/vty_table.c config/vty_cdr.c \
	config/read.c config/load.c config/check.c config/check_isup.c config/check_circuits.c config/check_sip.c
libtgconfig_a_CPPFLAGS = $(AM_CPPFLAGS) $(VTY_CFLAGS)

dist_doc_DATA += config/tollgate.cfg
