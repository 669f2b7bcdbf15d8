#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The service as it is installed, under a real systemd: `make install' goes into a throw-away copy of this host's files, that
# is booted in User-Mode Linux, and check.py there starts, reloads, kills, starves, stops and misconfigures tollgate.service.
# Skipped only where User-Mode Linux is not installed. BOOT_TIMEOUT: seconds, 150.
here=$(cd "$(dirname "$0")" && pwd)
top_builddir=$(cd "${top_builddir:-.}" && pwd)
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
if ! command -v linux.uml >/dev/null || ! ls /usr/lib/uml/modules/*/kernel/net/sctp >/dev/null 2>&1; then
	echo "User-Mode Linux (package user-mode-linux) is not installed: skipped"
	exit 77
fi

dir=$(mktemp -d) || exit 99
pid=
cleanup() {
	if [ -n "$pid" ]; then
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	fi
	rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP

fail() {
	echo "boot.sh: $*" >&2
	exit 1
}

# Where a tree was configured for is told by its Makefile.
made_for() {
	sed -n "s|^$1 = ||p" "$top_builddir/Makefile" | head -n 1
}

unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
make -s -C "$top_builddir" install DESTDIR="$dir/installed" >"$dir/install.log" 2>&1 || {
	cat "$dir/install.log"
	fail "make install failed"
}
prefix=$(made_for prefix)
case $prefix in
/usr | /usr/local)
	mv "$dir/installed" "$dir/stage" ;;
*)	# made for a place where systemd does not look, as `make distcheck' does: moved to /usr/local
	mkdir -p "$dir/stage/usr"
	mv "$dir/installed$prefix" "$dir/stage/usr/local" || fail "nothing in $prefix"
	grep -rlIF "$prefix" "$dir/stage" | xargs -r sed -i "s|$prefix|/usr/local|g" ;;
esac
unit=$(find "$dir/stage" -name tollgate.service)
[ -f "$unit" ] || fail "no unit was installed"
# the configuration goes where the unit looks for it
config=$(sed -n 's|^ExecStart=.*--config ||p' "$unit")
[ -n "$config" ] || fail "the unit names no configuration"
mkdir -p "$dir/stage$(dirname "$config")" "$dir/test"
cp "$here"/*.cfg "$here"/*.py "$dir/test/"
cp "$here/tollgate.cfg" "$dir/stage$config"
cp "$here/init.sh" "$dir/init"
chmod -R u+w "$dir"
chmod +x "$dir/init"

# The first serial line is the tester's; the console (kernel, systemd) is shown when something failed.
timeout -k 5 "${BOOT_TIMEOUT:-150}" linux.uml mem=768M rootfstype=hostfs rootflags=/ ro init="$dir/init" uml_dir="$dir/" quiet \
	con=null con0=null,fd:1 ssl=null ssl0=null,fd:3 3>"$dir/report" >"$dir/console" 2>&1 </dev/null &
pid=$!
wait "$pid"
pid=
tr -d '\r' <"$dir/report"
if ! grep -q '^passed' "$dir/report" || grep -q '^FAILED' "$dir/report"; then
	echo "--- console"
	tail -n 60 "$dir/console" | tr -d '\r'
	exit 1
fi
