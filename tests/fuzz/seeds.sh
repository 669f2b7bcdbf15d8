#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# seeds.sh TARGET DIRECTORY: the golden files and the corpus of a fuzz target, as octets. For the processes (proc) each message is
# put behind the choices that make a world and let this message come from the peer for circuit 1.
set -eu
tests=$(cd "$(dirname "$0")/.." && pwd)
target=$1 out=$2 from=$1
[ "$target" != proc ] || from=isup
mkdir -p "$out"
for dir in "$tests/golden/$from" "$tests/fuzz/corpus/$from"; do
	[ -d "$dir" ] || continue
	find "$dir" -type f | while read -r file; do
		name=$out/$(echo "${file#"$tests"/}" | tr / _)
		case $file in
		*.hex) sed 's/#.*//' "$file" | tr -cd '0-9A-Fa-f' | perl -ne 'print pack("H*", $_)' >"$name" ;;
		*) [ "$target" = proc ] || cp "$file" "$name" ;;
		esac
		if [ "$target" = proc ] && [ -f "$name" ]; then
			perl -0777 -pi -e '$_ = substr($_, 2, 255); $_ = "\1" x 20 . pack("C6", 15, 0, 1, 1, 0, length) . $_' "$name"
		fi
	done
done
