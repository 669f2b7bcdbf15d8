#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# packages.sh SET...: installs what is missing of the sets build (to compile), lab (peers for tests and demo),
# ci (sanitizer, fuzzing and leak tools). Does nothing when all is there.
set -eu
build="gcc libc6-dev make autoconf automake pkg-config libosmocore-dev libosmo-netif-dev libosmo-sigtran-dev libsctp-dev
	libsofia-sip-ua-dev libssl-dev libsystemd-dev libtalloc-dev check"
lab="osmo-stp osmo-mgw sip-tester tshark wireshark-common baresip-core sox libss7-dev user-mode-linux kmod iproute2 procps python3
	systemd groff-base"
ci="git clang llvm libclang-rt-14-dev valgrind libc6-dbg"
want=
for set in "$@"; do
	case $set in
	build) want="$want $build" ;;
	lab) want="$want $lab" ;;
	ci) want="$want $ci" ;;
	*) echo "packages.sh: no set $set" >&2; exit 2 ;;
	esac
done
missing=
for p in $want; do
	[ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
sudo=
if [ "$(id -u)" != 0 ]; then
	sudo="sudo -n"
	$sudo true 2>/dev/null || { echo "packages are missing, please install as root:$missing" >&2; exit 1; }
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get -qq update
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing >/dev/null
