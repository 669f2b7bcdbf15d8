#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# valgrind.sh [BUILD-DIRECTORY]: the quick unit tests and all flows under valgrind; any error or definite leak fails.
set -eu
build=$(cd "${1:-.}" && pwd)
src=$(cd "$(dirname "$0")/.." && pwd)
export top_srcdir="$src" top_builddir="$build" CK_FORK=no
run() {
	valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9 --child-silent-after-fork=yes "$@" >"$log" 2>&1 || {
		echo "valgrind: $1"
		tail -n 60 "$log"
		exit 1
	}
	echo "valgrind: $(basename "$1") is clean"
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
cd "$build"
for test in check_isup check_isup_golden check_proc_call check_mgcp check_mgcp_transaction check_media check_sdp check_sipt check_map \
	check_route check_mtp check_map_golden check_map_overlap check_map_contact check_map_tunnel check_map_services check_map_redirect \
	check_map_ident check_map_bearer check_map_event check_sip_text; do
	run "./$test"
done
run ./tests/flow/flow "$src"/tests/flow/*.flow
