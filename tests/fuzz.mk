# SPDX-License-Identifier: GPL-3.0-or-later
# All fuzz targets: make fuzz, in a tree configured with --enable-fuzzing and CC=clang; then tests/fuzz/run.sh SECONDS.
FUZZERS = fuzz_isup fuzz_proc fuzz_m3ua fuzz_mgcp fuzz_body fuzz_sdp fuzz_uri
.PHONY: fuzz fuzz-coverage
fuzz: $(FUZZERS)
# how much of isup/ they reach; in any tree
fuzz-coverage:
	$(srcdir)/tests/fuzz/coverage.sh $${FUZZ_SECONDS:-15}
EXTRA_DIST += tests/fuzz/run.sh tests/fuzz/seeds.sh tests/fuzz/coverage.sh tests/valgrind.sh
