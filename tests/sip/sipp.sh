#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The SIP edge (sip_echo) against SIPp, both ways, over UDP and TCP. 77: SIPp is not installed.
set -u
command -v sipp >/dev/null || exit 77
here=$top_srcdir/tests/sip
echo_bin=$top_builddir/sip_echo
work=$(mktemp -d)
echo_pid= sipp_pid=
trap 'kill $echo_pid $sipp_pid 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
failed=0

verdict() {
	if [ "$2" -eq 0 ]; then
		echo "ok $1"
	else
		echo "FAILED $1"
		failed=1
		tail -40 "$work/$3" 2>/dev/null
	fi
}

# scenario number calls transport port
calls() {
	sipp 127.0.0.1:"$5" -sf "$here/$1.xml" -s "$2" -m "$3" -r 100 -i 127.0.0.1 -t "$4" -p 0 -nostdin -timeout 20s \
		-timeout_error -trace_err -error_file "$work/err" >"$work/out" 2>&1
	verdict "$1 to $2 over $4" $? err
}

# scenario number calls expected-worst-status
is_called() {
	sipp -sf "$here/$1.xml" -m "$3" -i 127.0.0.1 -p "$sipp_port" -t u1 -nostdin -timeout 20s -timeout_error \
		-trace_err -error_file "$work/err" >"$work/out" 2>&1 &
	sipp_pid=$!
	sleep 0.3
	"$echo_bin" "$sipp_port" "$2" "$3" >"$work/caller" 2>&1
	verdict "calling $1" $? caller
	grep -qx "worst $4" "$work/caller"
	verdict "calling $1: result $4" $? caller
	wait $sipp_pid
	verdict "$1" $? err
	sipp_pid=
}

"$echo_bin" >"$work/echo" 2>&1 &
echo_pid=$!
tries=0
until grep -q udp "$work/echo" || [ $tries -gt 50 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
read -r _ udp _ tcp <"$work/echo"

for t in "u1 $udp" "t1 $tcp"; do
	set -- $t
	calls uac_answer 200 30 "$1" "$2"
	calls uac_sipt 200 30 "$1" "$2"
	calls uac_refused 486 30 "$1" "$2"
	calls uac_cancel 0 30 "$1" "$2"
	calls uac_prack 183 30 "$1" "$2"
done

sipp_port=$(python3 -c 'import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
is_called uas_answer 200 10 0
is_called uas_busy 200 10 486
is_called uas_cancelled 0 10 0
exit $failed
