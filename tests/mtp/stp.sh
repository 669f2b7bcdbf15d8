#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# M3UA over the kernel's SCTP: two MTP users, osmo-stp between them. The STP is killed under traffic and started again.
# Run by tests/mtp_sctp.sh where the kernel has SCTP.
probe=$1
dir=$(mktemp -d) || exit 1
pids=
cleanup() {
	for pid in $pids; do
		kill -9 "$pid" 2>/dev/null
	done
	rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 143' TERM INT

cat >"$dir/stp.cfg" <<'EOF'
log stderr
 logging level set-all error
line vty
 bind 127.0.77.1
cs7 instance 0
 network-indicator national
 point-code 0.23.1
 asp asp-a 2906 2905 m3ua
  local-ip 127.0.77.1
  remote-ip 127.0.77.11
  role sg
  sctp-role server
 asp asp-b 2907 2905 m3ua
  local-ip 127.0.77.1
  remote-ip 127.0.77.12
  role sg
  sctp-role server
 as as-a m3ua
  asp asp-a
  traffic-mode override
  routing-key 101 1.1.1
 as as-b m3ua
  asp asp-b
  traffic-mode override
  routing-key 102 1.1.2
 route-table system
  update route 1.1.1 7.255.7 linkset as-a
  update route 1.1.2 7.255.7 linkset as-b
 listen m3ua 2905
  local-ip 127.0.77.1
  accept-asp-connections pre-configured
EOF

# name, local port, local address, routing context, own and far point code
user_config() {
	cat >"$dir/$1.cfg" <<EOF
cs7 instance 0
 network-indicator national
 point-code $5
 asp to-stp 2905 $2 m3ua
  local-ip $3
  remote-ip 127.0.77.1
  role asp
  sctp-role client
 as as-stp m3ua
  asp to-stp
  traffic-mode override
  routing-key $4 $5
 route-table system
  update route $6 7.255.7 linkset as-stp
EOF
}
user_config a 2906 127.0.77.11 101 1.1.1 1.1.2
user_config b 2907 127.0.77.12 102 1.1.2 1.1.1

stp() {
	osmo-stp -c "$dir/stp.cfg" >>"$dir/stp.log" 2>&1 &
	stp_pid=$!
	pids="$pids $stp_pid"
}

stp
"$probe" "$dir/b.cfg" 1.1.2 1.1.1 echo 2>"$dir/b.log" &
pids="$pids $!"
sleep 1
"$probe" "$dir/a.cfg" 1.1.1 1.1.2 8 >"$dir/a.out" 2>"$dir/a.log" &
user=$!
pids="$pids $user"
sleep 3
kill -9 "$stp_pid"
sleep 1
stp
wait "$user"

cat "$dir/a.out"
fail() {
	echo "FAILED: $1"
	tail -n 40 "$dir/a.log" "$dir/b.log" "$dir/stp.log"
	exit 1
}
[ -s "$dir/a.out" ] || fail "the user died"
eval "$(cat "$dir/a.out")"
[ "$disorder" = 0 ] || fail "out of order, or network indicator or priority changed"
[ "$paused" -ge 2 ] || fail "the loss of the STP was not told"
[ "$resumed" -ge 2 ] || fail "its return was not told"
[ "$refused" -gt 0 ] || fail "messages were taken while there was no STP"
[ "$after" -gt 100 ] || fail "traffic did not resume"
# under way in either direction when the STP died, or sent while the other side was not back
lost=$((accepted - received))
[ "$lost" -lt 200 ] || fail "$lost messages lost"
echo "PASS: $lost under way when the STP died"
