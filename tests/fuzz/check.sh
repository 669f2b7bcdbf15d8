#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every fuzz target without a fuzzer: its golden files and corpus, their cuts, and always the same mutations of them. In a line: the
# target, how many seeds it has at least, how many mutations it gets.
set -eu
tests=$(cd "${top_srcdir:-.}/tests" && pwd)
build=${top_builddir:-.}
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
failed=0
while read -r target least mutations; do
	"$tests/fuzz/seeds.sh" "$target" "$seeds/$target"
	"$build/check_fuzz_$target" "$least" "$mutations" "$seeds/$target" || {
		echo "check_fuzz_$target: exit $?"
		failed=1
	}
done <<E
isup 90 50000
proc 90 10000
m3ua 60 300000
mgcp 100 60000
body 5 50000
sdp 5 50000
uri 5 50000
header 9 50000
explain 9 20000
tunnel 20 50000
sip 5 20000
E
exit $failed
