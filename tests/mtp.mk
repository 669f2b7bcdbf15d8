# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_DIST += tests/lab/with-sctp.sh

MTP_TEST_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(SIGTRAN_CFLAGS) $(SCTP_CFLAGS)
MTP_TEST_LIBS = $(MTP_LIBS) $(CHECK_LIBS) -ldl
MTP_HARNESS = tests/mtp/harness.c tests/mtp/harness.h tests/mtp/seam.c tests/mtp/seam.h

check_PROGRAMS += tests/check_mtp_sigtran
TESTS += tests/check_mtp_sigtran
tests_check_mtp_sigtran_SOURCES = tests/check_mtp_sigtran.c $(MTP_HARNESS)
tests_check_mtp_sigtran_CFLAGS = $(MTP_TEST_CFLAGS)
tests_check_mtp_sigtran_LDADD = $(MTP_TEST_LIBS)

check_PROGRAMS += tests/check_mtp_server
TESTS += tests/check_mtp_server
tests_check_mtp_server_SOURCES = tests/check_mtp_server.c $(MTP_HARNESS)
tests_check_mtp_server_CFLAGS = $(MTP_TEST_CFLAGS)
tests_check_mtp_server_LDADD = $(MTP_TEST_LIBS)
