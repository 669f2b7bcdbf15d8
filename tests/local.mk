# SPDX-License-Identifier: GPL-3.0-or-later
include tests/isup.mk
include tests/proc.mk
include tests/proc_call.mk
include tests/random.mk
include tests/mtp.mk
include tests/sip.mk
include tests/map.mk
include tests/properties.mk
include tests/mgcp.mk
include tests/config.mk
include tests/exchange.mk
include tests/call.mk
include tests/conformance.mk
include tests/interworking.mk
include tests/lab.mk
include tests/bench.mk
include tests/systemd.mk
include tests/source.mk
include tests/fuzz.mk
include tests/qa.mk

EXTRA_DIST += tests/suite.h tests/map_test.h

AM_TESTS_ENVIRONMENT = top_srcdir='$(abs_top_srcdir)'; top_builddir='$(abs_top_builddir)'; \
	export top_srcdir top_builddir;
