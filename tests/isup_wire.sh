#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every ISUP message that our stack sends in the scripts and flows is read by tshark (tests/oracle.py).
command -v tshark >/dev/null && command -v text2pcap >/dev/null || { echo "no tshark here"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export TOLLGATE_ISUP_LOG="$dir/log"

programs=0
for program in "$top_builddir"/check_proc_*; do
	case ${program##*/} in
	*.*) continue ;;			# logs and other things beside the programs
	*_random) continue ;;			# a million calls, and alike
	esac
	[ -x "$program" ] || continue
	"$program" >"$dir/out" 2>&1 || { cat "$dir/out"; echo "$program failed"; exit 1; }
	programs=$((programs + 1))
done
[ $programs -ge 4 ] || { echo "only $programs programs with scripts"; exit 1; }
"$top_builddir/tests/flow/flow" "$top_srcdir"/tests/flow/*.flow >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
# of these not all pass in all dialects: tests/conformance/run.py judges that
for dialect in itu ansi; do
	FLOW_DIALECT=$dialect "$top_builddir/tests/flow/flow" "$top_srcdir"/tests/conformance/*/*.flow >"$dir/out" 2>&1
done

python3 "$top_srcdir/tests/oracle.py" "$TOLLGATE_ISUP_LOG" || exit 1
# the oracle sees what is wrong: an IAM cut in its optional part
echo "itu 05000120010a0302060383904421ff0a0583" >"$dir/bad"
if python3 "$top_srcdir/tests/oracle.py" "$dir/bad" >/dev/null 2>&1; then
	echo "a malformed message was not seen"
	exit 1
fi
