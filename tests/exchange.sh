#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tollgate-exchange as a program: exit status, options, two processes over a local socket, load, commands, signals.
set -u
x=${top_builddir:-.}/tollgate-exchange
src=${top_srcdir:-.}
dir=$(mktemp -d "${TMPDIR:-/tmp}/exchange.XXXXXX")
far=
fails=0
trap 'test -z "$far" || kill "$far" 2>/dev/null; rm -rf "$dir"' EXIT

complain()
{
	echo "FAIL: $*"
	fails=$((fails + 1))
}

# want STATUS COMMAND ...: what it says is in $dir/out and $dir/err
want()
{
	status=$1
	shift
	"$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	test $got = "$status" || { complain "status $got, not $status: $*"; cat "$dir/out" "$dir/err"; }
}

says()
{
	grep -q -e "$2" "$dir/$1" || { complain "'$2' is not in $1:"; cat "$dir/$1"; }
}

# The far end answers: start_far OPTION ...
start_far()
{
	"$x" --mtp "local:$dir/s:listen" --opc 1.1.2 --dpc 1.1.1 "$@" >"$dir/far.out" 2>"$dir/far.err" &
	far=$!
	n=0
	while ! test -S "$dir/s" && test $n -lt 100; do
		sleep 0.02
		n=$((n + 1))
	done
}

# end_far STATUS: it ends by itself; stop_far STATUS: it is told to
end_far()
{
	wait "$far"
	got=$?
	far=
	test $got = "$1" || { complain "far end: status $got, not $1"; cat "$dir/far.out" "$dir/far.err"; }
	rm -f "$dir/s"
}

stop_far()
{
	kill -TERM "$far"
	end_far "$1"
}

near="$x --mtp local:$dir/s --opc 1.1.1 --dpc 1.1.2"

# the command line
want 0 "$x" --help
says out '--scenario'
want 0 "$x" --version
want 0 "$x" --list
says out '^call-answer '
want 0 "$x" --show busy
says out 'send REL 17'
want 2 "$x" --show nothing
want 2 "$x" --nothing
want 2 "$x" --opc 1.1.1 --dpc 1.1.2
want 2 $near --dpc 1.1.1
want 2 $near --cics 5-1
want 2 $near --cics 4096
want 2 $near --dialect nothing
want 2 $near --dialect ansi --cics 16384
want 2 $near --opc 1.256.1
want 2 $near --hold soon
want 2 $near extra
want 2 $near --scenario "$dir/none"
says err 'neither a built-in scenario nor a readable file'
want 2 $near --scenario "$src/tests/exchange/bad-words.scn"
says err 'bad-words.scn:8: no step'
want 2 $near --place nothing
want 2 $near --rate 0
for f in lab forward misbehave; do
	want 0 "$x" --check --scenario "$src/tests/exchange/$f.scn"
done

# nobody there; no usable MTP
want 3 $near --timeout 0.3
want 3 "$x" --mtp "sigtran:$dir/none" --opc 1.1.1 --dpc 1.1.2

# the lab's exchange, a call to each number; the trace has both directions
start_far --scenario "$src/tests/exchange/lab.scn" --trace
want 0 $near --called 4930486 --calls 2 --rate 50 --place call-busy --timeout 10 --trace
says err ' > IAM cic=1; .*4930486'
says err ' < REL cic=1; CAI coding=0 location=0 value=17'
want 0 $near --called 4930999 --calls 2 --rate 50 --place 'call-release 1' --timeout 10
want 0 $near --called 4930183 --calls 2 --rate 50 --place call-answer --timeout 10 --json
says out '"CPG":2'
want 0 $near --called 4930503 --calls 2 --rate 50 --place 'call-release 41' --timeout 10
want 1 $near --called 4930486 --calls 2 --rate 50 --place call-answer --timeout 10
says err '^call 0 cic 1: call-answer: built-in call-answer:5: expect ACM: REL came, cause 17 user busy'
says out '^result    FAILED'
stop_far 0
grep -q ' < IAM cic=1; ' "$dir/far.err" || complain "no trace at the far end"

# load, of which every call must be good and every circuit at rest
start_far --scenario answer --cics 1-1000 --calls 6000 --json --timeout 30
want 0 $near --scenario call-answer --cics 1-1000 --rate 4000 --calls 6000 --json --timeout 30
says out '"outgoing":{"attempted":6000,"answered":6000,"ok":6000,"failed":0}'
says out '"busy":0'
end_far 0
grep -q '"incoming":{"attempted":6000,"answered":6000,"ok":6000,"failed":0}' "$dir/far.out" ||
	complain "far end did not see all calls"

# a call that hangs is told, and fails both ends
start_far --scenario no-answer --calls 1 --timeout 10 --linger 0
want 1 $near --scenario call-vanish\ 1h --calls 1 --rate 10 --timeout 0.5
says err 'cic 1 is busy, outgoing call 0: call-vanish 1h: built-in call-vanish:'
stop_far 1

# the same in the dialect of ANSI, with circuits and point codes that only it has
start_far --dialect ansi --opc 10.200.31 --dpc 10.200.30 --cics 9000-9010 --scenario answer --calls 20 --timeout 30
want 0 $near --dialect ansi --opc 10.200.30 --dpc 10.200.31 --cics 9000-9010 --scenario call-answer --rate 200 --calls 20 --timeout 30
end_far 0

# commands from standard input
start_far --scenario answer
{
	n=0
	while ! grep -q '^available' "$dir/c.out" && test $n -lt 200; do
		sleep 0.02
		n=$((n + 1))
	done
	printf 'blo 3\ncall 4930123456 4989123456\n'
	sleep 0.3
	echo quit
} 2>/dev/null | $near --control stdin --hold 100ms >"$dir/c.out" 2>"$dir/c.err" || complain "control: status $?"
cp "$dir/c.out" "$dir/out"
says out '^ok BLO 3 BLA'
says out '^ok call 0 cic 1'
says out '^end 0 cic 1 answered passed'
says out '^ok quit'
stop_far 0

# the manual knows every option, the guide every built-in scenario
sed 's/\\-/-/g' "$src/docs/tollgate-exchange.1" >"$dir/man"
"$x" --help | sed -n 's/^  *\(-[A-Za-z] \)\{0,1\}--\([a-z-]*\).*/\2/p' | while read -r option; do
	grep -q -e "--$option" "$dir/man" || echo "--$option"
done >"$dir/missing"
"$x" --list | while read -r name rest; do
	grep -q "^| \`$name" "$src/docs/exchange-scenarios.md" || echo "$name"
done >>"$dir/missing"
test -s "$dir/missing" && complain "not documented: $(cat "$dir/missing")"

exit $((fails > 0))
