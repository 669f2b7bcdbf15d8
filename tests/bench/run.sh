#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh SOURCE-DIRECTORY BUILD-DIRECTORY PROGRAM...: all benchmarks, one line a figure.
set -eu
src=$1 build=$2
shift 2
for program in "$@"; do
	"$build/$program"
done
"$src/tests/lab/own-net.sh" python3 "$src/tests/bench/bench.py" --build "$build" ${BENCH_QUICK:+--quick}
