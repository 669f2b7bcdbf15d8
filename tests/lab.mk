# SPDX-License-Identifier: GPL-3.0-or-later
# The lab with real peers.
EXTRA_PROGRAMS += tests/lab/ss7sg
tests_lab_ss7sg_SOURCES = tests/lab/ss7sg.c
tests_lab_ss7sg_CFLAGS = $(AM_CFLAGS)
tests_lab_ss7sg_LDFLAGS = $(AM_LDFLAGS) -rdynamic
tests_lab_ss7sg_LDADD = -lss7 -lsctp
CLEANFILES += tests/lab/ss7sg

dist_check_SCRIPTS += tests/lab/run.sh tests/lab/soak.sh
TESTS += tests/lab/soak.sh
# ASan's shadow memory has no place in User-Mode Linux
if LAB_RUNS
TESTS += tests/lab/run.sh
endif
EXTRA_DIST += tests/lab/with-sctp.sh tests/lab/own-net.sh tests/lab/demo.sh tests/lab/lab.py tests/lab/peers.py tests/lab/calls.py \
	tests/lab/sipp.py tests/lab/ladder.py tests/lab/bearer.py tests/lab/baresip.py \
	tests/lab/audio.py tests/lab/errors.py tests/lab/failures.py tests/lab/load.py tests/lab/soak.py tests/lab/wire.py tests/lab/sctp.py tests/lab/exchange.scn

# All peers and all calls of the lab, shown as ladders.
.PHONY: demo
demo: all lab-packages tests/lab/ss7sg
	$(AM_V_at)$(srcdir)/tests/lab/demo.sh $(top_builddir)

# 10,000 calls in a row each way.
.PHONY: soak
soak: all lab-packages
	$(AM_V_at)top_srcdir=$(srcdir) top_builddir=$(top_builddir) $(srcdir)/tests/lab/soak.sh --calls 10000 --rate 500

.PHONY: lab-packages
lab-packages:
	$(AM_V_at)$(srcdir)/tests/packages.sh lab

tests/lab/ss7sg.$(OBJEXT): lab-packages
check-am: lab-packages tests/lab/ss7sg
