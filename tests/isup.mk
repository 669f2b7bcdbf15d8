# SPDX-License-Identifier: GPL-3.0-or-later
ISUP_CHECKS = check_isup check_isup_text check_isup_tables check_isup_rows check_isup_golden check_isup_dialect
check_PROGRAMS += $(ISUP_CHECKS)
TESTS += $(ISUP_CHECKS) tests/isup_tool.sh tests/isup_tshark.py tests/isup_wire.sh
dist_check_SCRIPTS += tests/isup_tool.sh tests/isup_tshark.py tests/isup_wire.sh
EXTRA_DIST += tests/oracle.py tests/isup_log.h

check_isup_SOURCES = tests/check_isup.c
check_isup_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_LDADD = libisup.a $(CHECK_LIBS)

check_isup_text_SOURCES = tests/check_isup_text.c
check_isup_text_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_text_LDADD = libisup.a $(CHECK_LIBS)

check_isup_tables_SOURCES = tests/check_isup_tables.c
check_isup_tables_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_tables_LDADD = libisup.a $(CHECK_LIBS)

check_isup_rows_SOURCES = tests/check_isup_rows.c
check_isup_rows_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_rows_LDADD = libisup.a $(CHECK_LIBS)

check_isup_dialect_SOURCES = tests/check_isup_dialect.c
check_isup_dialect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_dialect_LDADD = libisup.a $(CHECK_LIBS)

check_isup_golden_SOURCES = tests/check_isup_golden.c
check_isup_golden_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_isup_golden_LDADD = libisup.a $(CHECK_LIBS)

# random messages for tests/isup_tshark.py
check_PROGRAMS += isup_messages
isup_messages_SOURCES = tests/isup_messages.c
isup_messages_LDADD = libisup.a

EXTRA_PROGRAMS += bench_codec
BENCHES += bench_codec
bench_codec_SOURCES = tests/bench/bench_codec.c
bench_codec_LDADD = libisup.a
CLEANFILES += bench_codec

EXTRA_DIST += tests/golden/isup
