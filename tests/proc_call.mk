# SPDX-License-Identifier: GPL-3.0-or-later
# procedures of a call, a program each
check_PROGRAMS += check_proc_suspend
TESTS += check_proc_suspend

check_proc_suspend_SOURCES = tests/check_proc_suspend.c $(proc_bed_sources)
check_proc_suspend_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_suspend_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)
