# SPDX-License-Identifier: GPL-3.0-or-later
# procedures of a call, a program each
PROC_CALL_CHECKS = check_proc_suspend check_proc_segment check_proc_inform check_proc_overlap check_proc_compat check_proc_matrix check_proc_dialect
check_PROGRAMS += $(PROC_CALL_CHECKS)
TESTS += $(PROC_CALL_CHECKS)

check_proc_suspend_SOURCES = tests/check_proc_suspend.c $(proc_bed_sources)
check_proc_suspend_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_suspend_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_segment_SOURCES = tests/check_proc_segment.c $(proc_bed_sources)
check_proc_segment_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_segment_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_inform_SOURCES = tests/check_proc_inform.c $(proc_bed_sources)
check_proc_inform_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_inform_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_overlap_SOURCES = tests/check_proc_overlap.c $(proc_bed_sources)
check_proc_overlap_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_overlap_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_compat_SOURCES = tests/check_proc_compat.c $(proc_bed_sources)
check_proc_compat_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_compat_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_matrix_SOURCES = tests/check_proc_matrix.c $(proc_bed_sources)
check_proc_matrix_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_matrix_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)
EXTRA_DIST += tests/golden/isup_states

check_proc_dialect_SOURCES = tests/check_proc_dialect.c $(proc_bed_sources)
check_proc_dialect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_dialect_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)
