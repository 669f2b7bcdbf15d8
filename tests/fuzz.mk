# SPDX-License-Identifier: GPL-3.0-or-later
# All fuzz targets: make fuzz, in a tree configured with --enable-fuzzing and CC=clang; then tests/fuzz/run.sh SECONDS.
FUZZERS = fuzz_isup fuzz_m3ua fuzz_mgcp fuzz_body fuzz_sdp fuzz_uri
.PHONY: fuzz
fuzz: $(FUZZERS)
EXTRA_DIST += tests/fuzz/run.sh tests/valgrind.sh
