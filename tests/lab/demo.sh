#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# demo.sh BUILD-DIRECTORY [--quiet] [--all]: the lab with all its calls, then the ladders, the call records, what would
# become of one more call, and the results.
# --quiet: the results only; --all: also load, and the calls that meet something broken. CALLS=NAME,... chooses calls, KEEP=1 keeps all files.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
shift
quiet='' all=''
for option in "$@"; do
	case $option in
	--quiet) quiet=$option ;;
	--all) all=$option ;;
	*) echo "demo.sh: unknown option $option" >&2; exit 2 ;;
	esac
done
out=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-lab.XXXXXX")
trap '[ -n "${KEEP:-}" ] && echo "kept: $out" || rm -rf "$out"' EXIT
echo "The lab comes up (where the kernel has no SCTP: in User-Mode Linux)."
rc=0
cd "$here"
"$here/with-sctp.sh" "$here/own-net.sh" python3 "$here/lab.py" --build "$build" --out "$out" $all ${CALLS:+--calls "$CALLS"} || rc=$?
if [ "$rc" = 77 ]; then exit 77; fi
if [ -f "$out/results.json" ]; then
	python3 "$here/ladder.py" "$out" --explain "$build/tollgate" $quiet || rc=1
fi
if [ "$rc" != 0 ] && [ -f "$out/tollgate.log" ]; then
	echo "--- end of tollgate's log"
	tail -n 40 "$out/tollgate.log"
fi
exit "$rc"
