# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzz targets. In make check they run without a fuzzer; make fuzz, in a tree configured with --enable-fuzzing and CC=clang, and
# then tests/fuzz/run.sh SECONDS.
FUZZERS = fuzz_isup fuzz_proc fuzz_m3ua fuzz_mgcp fuzz_body fuzz_sdp fuzz_uri fuzz_header fuzz_explain fuzz_tunnel fuzz_sip
FUZZ_CHECKS = check_fuzz_isup check_fuzz_proc check_fuzz_m3ua check_fuzz_mgcp check_fuzz_body check_fuzz_sdp check_fuzz_uri check_fuzz_header \
	check_fuzz_explain check_fuzz_tunnel check_fuzz_sip
check_PROGRAMS += $(FUZZ_CHECKS)
EXTRA_PROGRAMS += $(FUZZERS)
TESTS += tests/fuzz/check.sh
dist_check_SCRIPTS += tests/fuzz/check.sh
.PHONY: fuzz fuzz-coverage
fuzz: $(FUZZERS)
# how much of isup/ they reach; in any tree
fuzz-coverage:
	$(srcdir)/tests/fuzz/coverage.sh $${FUZZ_SECONDS:-15}
EXTRA_DIST += tests/fuzz/run.sh tests/fuzz/seeds.sh tests/fuzz/coverage.sh tests/valgrind.sh tests/fuzz/corpus/body \
	tests/fuzz/corpus/sdp tests/fuzz/corpus/uri tests/fuzz/corpus/header tests/fuzz/corpus/explain \
	tests/fuzz/corpus/tunnel tests/fuzz/corpus/sip

fuzz_isup_SOURCES = tests/fuzz/fuzz_isup.c
fuzz_isup_LDADD = libisup.a
fuzz_isup_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_isup_SOURCES = tests/fuzz/driver.c $(fuzz_isup_SOURCES)
check_fuzz_isup_LDADD = $(fuzz_isup_LDADD)

fuzz_proc_SOURCES = tests/fuzz/fuzz_proc.c $(random_world_sources)
fuzz_proc_LDADD = libisup.a $(OSMO_LIBS)
fuzz_proc_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_proc_SOURCES = tests/fuzz/driver.c $(fuzz_proc_SOURCES)
check_fuzz_proc_LDADD = $(fuzz_proc_LDADD)

fuzz_m3ua_SOURCES = tests/fuzz/fuzz_m3ua.c
fuzz_m3ua_LDADD = libmtp.a
fuzz_m3ua_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_m3ua_SOURCES = tests/fuzz/driver.c $(fuzz_m3ua_SOURCES)
check_fuzz_m3ua_LDADD = $(fuzz_m3ua_LDADD)

fuzz_mgcp_SOURCES = tests/fuzz/fuzz_mgcp.c
fuzz_mgcp_LDADD = libmgcp.a
fuzz_mgcp_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_mgcp_SOURCES = tests/fuzz/driver.c $(fuzz_mgcp_SOURCES)
check_fuzz_mgcp_LDADD = $(fuzz_mgcp_LDADD)

fuzz_body_SOURCES = tests/fuzz/fuzz_body.c
fuzz_body_LDADD = libgwpure.a libisup.a
fuzz_body_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_body_SOURCES = tests/fuzz/driver.c $(fuzz_body_SOURCES)
check_fuzz_body_LDADD = $(fuzz_body_LDADD)

fuzz_sdp_SOURCES = tests/fuzz/fuzz_sdp.c
fuzz_sdp_LDADD = libgwpure.a
fuzz_sdp_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_sdp_SOURCES = tests/fuzz/driver.c $(fuzz_sdp_SOURCES)
check_fuzz_sdp_LDADD = $(fuzz_sdp_LDADD)

fuzz_uri_SOURCES = tests/fuzz/fuzz_uri.c
fuzz_uri_LDADD = libgwpure.a libisup.a
fuzz_uri_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_uri_SOURCES = tests/fuzz/driver.c $(fuzz_uri_SOURCES)
check_fuzz_uri_LDADD = $(fuzz_uri_LDADD)

fuzz_header_SOURCES = tests/fuzz/fuzz_header.c
fuzz_header_LDADD = libgwpure.a libisup.a
fuzz_header_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_header_SOURCES = tests/fuzz/driver.c $(fuzz_header_SOURCES)
check_fuzz_header_LDADD = $(fuzz_header_LDADD)

fuzz_explain_SOURCES = tests/fuzz/fuzz_explain.c
fuzz_explain_CFLAGS = $(AM_CFLAGS) $(VTY_CFLAGS)
fuzz_explain_LDADD = $(GW_LIBS) $(GW_EXTERN_LIBS)
fuzz_explain_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_explain_SOURCES = tests/fuzz/driver.c $(fuzz_explain_SOURCES)
check_fuzz_explain_CFLAGS = $(fuzz_explain_CFLAGS)
check_fuzz_explain_LDADD = $(fuzz_explain_LDADD)

fuzz_tunnel_SOURCES = tests/fuzz/fuzz_tunnel.c
fuzz_tunnel_LDADD = libgwpure.a libisup.a
fuzz_tunnel_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_tunnel_SOURCES = tests/fuzz/driver.c $(fuzz_tunnel_SOURCES)
check_fuzz_tunnel_LDADD = $(fuzz_tunnel_LDADD)

fuzz_sip_SOURCES = tests/fuzz/fuzz_sip.c
fuzz_sip_CFLAGS = $(AM_CFLAGS) $(SOFIA_CFLAGS)
fuzz_sip_LDADD = libsip.a libgwpure.a libisup.a $(GW_EXTERN_LIBS)
fuzz_sip_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
check_fuzz_sip_SOURCES = tests/fuzz/driver.c $(fuzz_sip_SOURCES)
check_fuzz_sip_CFLAGS = $(fuzz_sip_CFLAGS)
check_fuzz_sip_LDADD = $(fuzz_sip_LDADD)
