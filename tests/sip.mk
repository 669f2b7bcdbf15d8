# SPDX-License-Identifier: GPL-3.0-or-later
check_LIBRARIES += libparty.a
libparty_a_SOURCES = tests/sip/party.c tests/sip/party.h tests/sip/pair.c tests/sip/pair.h \
	tests/sip/raw.c tests/sip/raw.h
libparty_a_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

check_PROGRAMS += check_sip check_sip_dialog check_sip_raw check_sip_forks check_sip_wire check_sip_series check_sip_text
TESTS += check_sip check_sip_dialog check_sip_raw check_sip_forks check_sip_wire check_sip_series check_sip_text
sip_test_libs = libparty.a libsip.a $(CHECK_LIBS) $(SOFIA_LIBS) $(OSMO_LIBS)
check_sip_SOURCES = tests/check_sip.c
check_sip_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_LDADD = $(sip_test_libs)
check_sip_dialog_SOURCES = tests/check_sip_dialog.c
check_sip_dialog_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_dialog_LDADD = $(sip_test_libs)
check_sip_forks_SOURCES = tests/check_sip_forks.c
check_sip_forks_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_forks_LDADD = $(sip_test_libs)
check_sip_raw_SOURCES = tests/check_sip_raw.c
check_sip_raw_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_raw_LDADD = $(sip_test_libs)
check_sip_text_SOURCES = tests/check_sip_text.c
check_sip_text_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_text_LDADD = libparty.a libsip.a libgwpure.a $(CHECK_LIBS) $(SOFIA_LIBS) $(OSMO_LIBS)
check_sip_series_SOURCES = tests/check_sip_series.c
check_sip_series_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_series_LDADD = $(sip_test_libs)

EXTRA_PROGRAMS += bench_sip
BENCHES += bench_sip
bench_sip_SOURCES = tests/sip/bench_sip.c
bench_sip_LDADD = libsip.a $(SOFIA_LIBS) $(OSMO_LIBS)
check_sip_wire_SOURCES = tests/check_sip_wire.c
check_sip_wire_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
check_sip_wire_LDADD = $(sip_test_libs)

# SIPp's scenarios against a user agent made of the SIP edge alone
check_PROGRAMS += sip_echo
sip_echo_SOURCES = tests/sip/sip_echo.c
sip_echo_LDADD = libsip.a $(SOFIA_LIBS) $(OSMO_LIBS)
dist_check_SCRIPTS += tests/sip/sipp.sh
TESTS += tests/sip/sipp.sh
EXTRA_DIST += tests/sip/uac_answer.xml tests/sip/uac_sipt.xml tests/sip/uac_refused.xml tests/sip/uac_cancel.xml \
	tests/sip/uac_prack.xml tests/sip/uas_answer.xml tests/sip/uas_busy.xml tests/sip/uas_cancelled.xml
