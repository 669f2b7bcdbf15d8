# SPDX-License-Identifier: GPL-3.0-or-later
# MGCP and the media edge.
MGCP_CHECKS = check_mgcp
check_PROGRAMS += $(MGCP_CHECKS)
TESTS += $(MGCP_CHECKS)

check_mgcp_SOURCES = tests/check_mgcp.c
check_mgcp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_mgcp_LDADD = libmgcp.a $(CHECK_LIBS)

EXTRA_DIST += tests/golden/mgcp

MEDIA_CHECKS = check_mgcp_transaction check_media check_media_mgcp check_media_away check_media_osmo \
	check_media_check check_media_tone
check_PROGRAMS += $(MEDIA_CHECKS)
TESTS += $(MEDIA_CHECKS)
MEDIA_TEST_LIBS = libgwmedia.a libgwpure.a libmgcp.a $(CHECK_LIBS) $(OSMO_LIBS)

check_mgcp_transaction_SOURCES = tests/check_mgcp_transaction.c
check_mgcp_transaction_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_mgcp_transaction_LDADD = libmgcp.a $(CHECK_LIBS) $(OSMO_LIBS)

check_media_SOURCES = tests/check_media.c tests/media_fake.c tests/media_fake.h
check_media_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_media_LDADD = $(MEDIA_TEST_LIBS)

MEDIA_WORLD = tests/media_world.c tests/media_world.h tests/media_fake.c tests/media_fake.h
check_media_mgcp_SOURCES = tests/check_media_mgcp.c $(MEDIA_WORLD)
check_media_mgcp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_media_mgcp_LDADD = $(MEDIA_TEST_LIBS)

check_media_away_SOURCES = tests/check_media_away.c $(MEDIA_WORLD)
check_media_away_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_media_away_LDADD = $(MEDIA_TEST_LIBS)

check_media_check_SOURCES = tests/check_media_check.c $(MEDIA_WORLD)
check_media_check_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_media_check_LDADD = $(MEDIA_TEST_LIBS)

check_media_tone_SOURCES = tests/check_media_tone.c $(MEDIA_WORLD)
check_media_tone_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_media_tone_LDADD = $(MEDIA_TEST_LIBS)

# against the real gateway; skipped where it is not installed
check_media_osmo_SOURCES = tests/check_media_osmo.c tests/media_fake.c tests/media_fake.h
check_media_osmo_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_media_osmo_LDADD = $(MEDIA_TEST_LIBS)

EXTRA_PROGRAMS += bench_media
BENCHES += bench_media
bench_media_SOURCES = tests/bench/bench_media.c
bench_media_LDADD = libgwmedia.a libgwpure.a libmgcp.a $(OSMO_LIBS)
CLEANFILES += bench_media
