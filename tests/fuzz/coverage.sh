#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coverage.sh SECONDS: how much of isup/ the fuzz targets of the codec and of the processes reach, starting from the golden
# files, each for so long. Prints the lines of each file; fails when their share is below MINIMUM per cent. Wants clang and llvm.
set -eu
seconds=$1 minimum=${MINIMUM:-60}
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
flags="-g -O1 -fsanitize=fuzzer -fprofile-instr-generate -fcoverage-mapping -I$top $(pkg-config --cflags libosmocore talloc)"
libs=$(pkg-config --libs libosmocore talloc)
files=$(find "$top/isup" -name '*.c' ! -name 'tool_*')
mkdir isup world
# shellcheck disable=SC2086
(cd isup && printf '%s\n' $files | xargs -n 4 -P "$(nproc)" clang $flags -c)
# shellcheck disable=SC2086
(cd world && clang $flags -c "$top"/tests/random/*.c)
"$top/tests/fuzz/seeds.sh" isup "$work/seeds_isup"
"$top/tests/fuzz/seeds.sh" proc "$work/seeds_proc"
objects=
for target in isup proc; do
	more=
	[ $target = isup ] || more=$(echo world/*.o)
	# shellcheck disable=SC2086
	clang $flags -o fuzz_$target "$top/tests/fuzz/fuzz_$target.c" $more isup/*.o $libs
	LLVM_PROFILE_FILE="$work/$target.profraw" ./fuzz_$target -max_total_time="$seconds" -max_len=4096 -timeout=20 \
		-verbosity=0 "seeds_$target" >$target.log 2>&1 || { tail -n 20 $target.log; exit 1; }
	objects="$objects -object fuzz_$target"
done
llvm-profdata merge -o all.profdata isup.profraw proc.profraw
# shellcheck disable=SC2086
llvm-cov report fuzz_isup $objects -instr-profile=all.profdata $files >report
awk -v minimum="$minimum" '
	/^-+$/ || /^Filename/ { next }
	NF >= 10 { printf "%-28s %5d lines %8s\n", $1, $8, $10; if ($1 == "TOTAL") total = $10 + 0 }
	END { if (total < minimum) { printf "coverage: %s %% is below %s %%\n", total, minimum; exit 1 } }' report
