# SPDX-License-Identifier: GPL-3.0-or-later
check_PROGRAMS += check_proc_call check_proc_maint
TESTS += check_proc_call check_proc_maint

proc_bed_sources = tests/proc_bed.c tests/proc_bed.h tests/proc_words.c

check_proc_call_SOURCES = tests/check_proc_call.c $(proc_bed_sources)
check_proc_call_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_call_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_maint_SOURCES = tests/check_proc_maint.c $(proc_bed_sources)
check_proc_maint_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_maint_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)


