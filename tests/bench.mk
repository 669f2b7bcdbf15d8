# SPDX-License-Identifier: GPL-3.0-or-later
# Figures, one line each: make bench (BENCH_QUICK=1 for a short run).
.PHONY: bench
bench: all lab-packages $(BENCHES)
	$(AM_V_at)$(srcdir)/tests/bench/run.sh $(srcdir) $(top_builddir) $(BENCHES)
EXTRA_DIST += tests/bench/run.sh tests/bench/bench.py
