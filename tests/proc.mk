# SPDX-License-Identifier: GPL-3.0-or-later
check_PROGRAMS += check_proc_call check_proc_maint check_proc_group check_proc_pair check_proc_continuity
TESTS += check_proc_call check_proc_maint check_proc_group check_proc_pair check_proc_continuity

proc_bed_sources = tests/proc_bed.c tests/proc_bed.h tests/proc_script.c tests/proc_words.c

check_proc_call_SOURCES = tests/check_proc_call.c $(proc_bed_sources)
check_proc_call_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_call_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_maint_SOURCES = tests/check_proc_maint.c $(proc_bed_sources)
check_proc_maint_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_maint_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_group_SOURCES = tests/check_proc_group.c $(proc_bed_sources)
check_proc_group_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_group_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_pair_SOURCES = tests/check_proc_pair.c $(proc_bed_sources)
check_proc_pair_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_pair_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_PROGRAMS += check_proc_network
TESTS += check_proc_network
check_proc_network_SOURCES = tests/check_proc_network.c $(proc_bed_sources)
check_proc_network_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_network_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_proc_continuity_SOURCES = tests/check_proc_continuity.c $(proc_bed_sources)
check_proc_continuity_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_continuity_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_PROGRAMS += check_proc_audit
TESTS += check_proc_audit
check_proc_audit_SOURCES = tests/check_proc_audit.c $(proc_bed_sources)
check_proc_audit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_audit_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_PROGRAMS += check_proc_group_block
TESTS += check_proc_group_block
check_proc_group_block_SOURCES = tests/check_proc_group_block.c $(proc_bed_sources)
check_proc_group_block_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_group_block_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

EXTRA_DIST += tests/golden/isup_timers.csv
check_PROGRAMS += check_isup_timers
TESTS += check_isup_timers
check_isup_timers_SOURCES = tests/check_isup_timers.c
check_isup_timers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_timers_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_PROGRAMS += check_proc_ansi
TESTS += check_proc_ansi
check_proc_ansi_SOURCES = tests/check_proc_ansi.c $(proc_bed_sources)
check_proc_ansi_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_ansi_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

check_PROGRAMS += check_proc_query
TESTS += check_proc_query
check_proc_query_SOURCES = tests/check_proc_query.c $(proc_bed_sources)
check_proc_query_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_proc_query_LDADD = libisup.a $(CHECK_LIBS) $(OSMO_LIBS)

# make bench runs these; they print lines "bench NAME VALUE UNIT"
EXTRA_PROGRAMS += bench_proc
BENCHES += bench_proc
bench_proc_SOURCES = tests/bench/bench_proc.c
bench_proc_LDADD = libisup.a $(OSMO_LIBS)
CLEANFILES += bench_proc

EXTRA_PROGRAMS += bench_scale
BENCHES += bench_scale
bench_scale_SOURCES = tests/bench/bench_scale.c
bench_scale_LDADD = libisup.a $(OSMO_LIBS)
CLEANFILES += bench_scale
