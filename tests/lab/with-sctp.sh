#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command where the kernel speaks SCTP: here, or in User-Mode Linux on this host's own files.
#
#   with-sctp.sh COMMAND [ARGUMENT...]
#
# Working directory, environment, output and exit status are the command's; its input is empty in User-Mode
# Linux. There it is root on one slow processor, /run is its own, loopback is up (all of 127.0.0.0/8, ::1), no
# other network exists, and all files are those of the host with the rights of the user who asked.
# WITH_SCTP_MEM (512M), WITH_SCTP_TIMEOUT (seconds, 600), WITH_SCTP_UML=1 (User-Mode Linux even where it is not
# needed), WITH_SCTP_MODULES (more kernel modules). Exit 77: neither is possible. Exit 99: the machine died.

if [ $# = 0 ]; then
	echo "usage: $0 COMMAND [ARGUMENT...]" >&2
	exit 2
fi

if [ -z "$WITH_SCTP_UML" ] && perl -e 'socket(S, 2, 1, 132) or exit 1' 2>/dev/null; then
	exec "$@"
fi

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
if ! command -v linux.uml >/dev/null || ! ls /usr/lib/uml/modules/*/kernel/net/sctp >/dev/null 2>&1; then
	echo "$0: no SCTP in this kernel and no User-Mode Linux (package user-mode-linux): skipped" >&2
	exit 77
fi

quote() {
	printf "'%s' " "$(printf %s "$1" | sed "s/'/'\\\\''/g")"
}

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
trap 'exit 130' INT
trap 'exit 143' TERM HUP

export -p >"$dir/env"
quote "$(pwd)" >"$dir/cwd"
for arg in "$@"; do
	quote "$arg"
done >"$dir/command"

cat >"$dir/init" <<'EOF'
#!/bin/sh
dir=${0%/*}
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mountpoint -q /dev || mount -t devtmpfs dev /dev
mount -t tmpfs tmpfs /run
mkdir -p /dev/shm /dev/pts /run/modules/lib/modules /run/lock
mount -t tmpfs tmpfs /dev/shm
mount -t devpts devpts /dev/pts
ln -s /proc/self/fd /dev/fd
ln -s fd/0 /dev/stdin
ln -s fd/1 /dev/stdout
ln -s fd/2 /dev/stderr
ln -s "/usr/lib/uml/modules/$(uname -r)" "/run/modules/lib/modules/$(uname -r)"
. "$dir/env"
for m in hmac sha1_generic md5 crc32c_generic ipv6 sctp $WITH_SCTP_MODULES; do
	modprobe -d /run/modules $m || echo "no module $m"
done
ip link set lo up
stty -F /dev/ttyS0 raw
stty -F /dev/ttyS1 raw
(
	eval "cd $(cat "$dir/cwd")" || exit 126
	eval "exec $(cat "$dir/command")"
) </dev/null >/dev/ttyS0 2>/dev/ttyS1
echo $? >"$dir/status"
sync
sleep 0.1
halt -f
EOF
chmod +x "$dir/init"

# The serial lines are the command's output and error; the console (kernel, init) is only shown when it died.
timeout -k 5 "${WITH_SCTP_TIMEOUT:-600}" linux.uml mem="${WITH_SCTP_MEM:-512M}" \
	rootfstype=hostfs rootflags=/ rw init="$dir/init" uml_dir="$dir/" quiet \
	con=null con0=null,fd:1 ssl=null ssl0=null,fd:3 ssl1=null,fd:4 \
	3>&1 4>&2 >"$dir/console" 2>&1 </dev/null &
pid=$!
wait "$pid"
pid=
if [ ! -s "$dir/status" ]; then
	cat "$dir/console" >&2
	echo "$0: User-Mode Linux ended before the command did" >&2
	exit 99
fi
exit "$(cat "$dir/status")"
