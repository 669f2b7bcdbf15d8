# SPDX-License-Identifier: GPL-3.0-or-later
# What must hold of the mapper whatever comes.
PROPERTY_CHECKS = check_map_properties check_map_random check_map_sweep
check_PROGRAMS += $(PROPERTY_CHECKS)
TESTS += $(PROPERTY_CHECKS)

check_map_properties_SOURCES = tests/check_map_properties.c
check_map_properties_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_properties_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_random_SOURCES = tests/check_map_random.c
check_map_random_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_random_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)

check_map_sweep_SOURCES = tests/check_map_sweep.c
check_map_sweep_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_map_sweep_LDADD = libgwpure.a libisup.a $(CHECK_LIBS)
