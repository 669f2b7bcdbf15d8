# SPDX-License-Identifier: GPL-3.0-or-later
# MTP: pipe, local socket, M3UA.
MTP_CHECKS = check_mtp check_mtp_m3ua check_mtp_guard check_mtp_sigtran \
	check_mtp_dest check_mtp_routes check_mtp_server
check_PROGRAMS += $(MTP_CHECKS)
TESTS += $(MTP_CHECKS)

MTP_TEST_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(SIGTRAN_CFLAGS) $(SCTP_CFLAGS)
MTP_TEST_LIBS = $(MTP_LIBS) $(CHECK_LIBS) -ldl
MTP_ASP = tests/mtp/asp.c tests/mtp/asp.h
MTP_HARNESS = tests/mtp/harness.c tests/mtp/harness.h tests/mtp/seam.c tests/mtp/seam.h

check_mtp_SOURCES = tests/check_mtp.c
check_mtp_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_LDADD = $(MTP_TEST_LIBS)

check_mtp_m3ua_SOURCES = tests/check_mtp_m3ua.c tests/mtp/golden.c tests/mtp/golden.h
check_mtp_m3ua_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_m3ua_LDADD = libmtp.a $(CHECK_LIBS)

check_mtp_guard_SOURCES = tests/check_mtp_guard.c $(MTP_HARNESS)
check_mtp_guard_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_guard_LDADD = $(MTP_TEST_LIBS)

check_mtp_sigtran_SOURCES = tests/check_mtp_sigtran.c $(MTP_ASP) $(MTP_HARNESS)
check_mtp_sigtran_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_sigtran_LDADD = $(MTP_TEST_LIBS)

check_mtp_dest_SOURCES = tests/check_mtp_dest.c $(MTP_ASP) $(MTP_HARNESS)
check_mtp_dest_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_dest_LDADD = $(MTP_TEST_LIBS)

check_mtp_routes_SOURCES = tests/check_mtp_routes.c $(MTP_ASP) $(MTP_HARNESS)
check_mtp_routes_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_routes_LDADD = $(MTP_TEST_LIBS)

check_mtp_server_SOURCES = tests/check_mtp_server.c $(MTP_HARNESS)
check_mtp_server_CFLAGS = $(MTP_TEST_CFLAGS)
check_mtp_server_LDADD = $(MTP_TEST_LIBS)

# real SCTP, real STP
check_PROGRAMS += mtp_probe
mtp_probe_SOURCES = tests/mtp_probe.c
mtp_probe_CFLAGS = $(AM_CFLAGS) $(SIGTRAN_CFLAGS)
mtp_probe_LDADD = $(MTP_LIBS)
dist_check_SCRIPTS += tests/mtp_sctp.sh
if LAB_RUNS
TESTS += tests/mtp_sctp.sh
endif

EXTRA_DIST += tests/golden/m3ua tests/mtp/stp.sh
