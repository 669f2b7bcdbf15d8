# SPDX-License-Identifier: GPL-3.0-or-later
# Call records, and the look-up of routes.
noinst_LIBRARIES += libgwrecords.a
libgwrecords_a_SOURCES = gw/cdr.c gw/cdr.h gw/cdr_print.c gw/cdr_sync.c gw/cdr_sync.h gw/route.c gw/route.h
