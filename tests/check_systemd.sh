#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# systemd finds no fault with the unit and no exposure in its sandbox beyond a network service's own.
unit=$top_builddir/systemd/tollgate.service
limit=20	# tenths; systemd calls below 20 "OK"

command -v systemd-analyze >/dev/null || { echo "systemd-analyze is not there"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

fail() { echo "check_systemd: $*" >&2; exit 1; }

grep -E '@(sbindir|sysconfdir|localstatedir)@' "$unit" && fail "a name was not replaced"
# The program need not be installed to judge the unit; the template that loads the module may be absent in a container.
sed -e 's|^\(ExecStart\(Pre\)\?\)=[^ ]*|\1=/bin/true|' "$unit" >"$dir/tollgate.service" || fail "no unit"
said=$(systemd-analyze verify --man=no --recursive-errors=no "$dir/tollgate.service" 2>&1)
status=$?
[ $status -eq 0 ] || fail "verify: $said"
echo "$said" | grep -q 'tollgate.service' && fail "verify: $said"

said=$(systemd-analyze security --offline=yes --no-pager --threshold=$limit "$dir/tollgate.service" 2>&1) ||
	fail "exposure above $limit tenths: $said"
echo "$said" | tail -1

# and this test can fail: without its sandbox the unit is found exposed
grep -v -e '^Protect' -e '^Restrict' -e '^SystemCall' -e '^Private' -e '^Capab' -e '^NoNew' "$dir/tollgate.service" >"$dir/open.service"
systemd-analyze security --offline=yes --no-pager --threshold=$limit "$dir/open.service" >/dev/null 2>&1 &&
	fail "a unit without sandbox passes"
sed 's/^Restart=.*/Restart=sometimes/' "$dir/tollgate.service" >"$dir/slip.service"
systemd-analyze verify --man=no --recursive-errors=no "$dir/slip.service" 2>&1 | grep -q 'slip.service' ||
	fail "a slip in the unit is not seen"

if command -v systemd-sysusers >/dev/null; then
	systemd-sysusers --dry-run "$top_srcdir/systemd/sysusers.d/tollgate.conf" >/dev/null || fail "sysusers"
fi
exit 0
