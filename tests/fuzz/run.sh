#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh SECONDS [BUILD-DIRECTORY]: every fuzz target for so long, from the golden files as corpus. Wants a tree configured with
# --enable-fuzzing in which `make fuzz` was done. A finding is left as crash-* in the build directory; make it a golden file.
set -eu
seconds=$1
build=$(cd "${2:-.}" && pwd)
tests=$(cd "$(dirname "$0")/.." && pwd)
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
cd "$build"
for target in isup proc m3ua mgcp body sdp uri header explain tunnel sip; do
	"$tests/fuzz/seeds.sh" $target "$seeds/$target"
	echo "fuzz_$target: $(ls "$seeds/$target" | wc -l) seeds"
	"./fuzz_$target" -max_total_time="$seconds" -max_len=4096 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
		"$seeds/$target" >"$seeds/log" 2>&1 || true
	grep -E 'ERROR|SUMMARY|artifact|number_of_executed_units' "$seeds/log" || { tail "$seeds/log"; exit 1; }
	if find . -maxdepth 1 \( -name 'crash-*' -o -name 'oom-*' -o -name 'timeout-*' -o -name 'leak-*' \) | grep .; then
		echo "fuzz_$target found something"
		exit 1
	fi
done
