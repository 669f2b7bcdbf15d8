#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# tollgate-isup as a user calls it: output, exit status, complaints.
tool=${top_builddir:-.}/tollgate-isup
golden=${top_srcdir:-..}/tests/golden/isup
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
failed=0

# is STATUS OUTPUT ARGUMENTS... : what the tool must say and how it must end
is() {
	status=$1 should=$2
	shift 2
	said=$("$tool" "$@" 2>&1 <"$work/in")
	got=$?
	if [ $got != "$status" ] || [ "$said" != "$should" ]; then
		printf 'tollgate-isup %s\nended with %s:\n%s\nshould be %s:\n%s\n' "$*" $got "$said" "$status" "$should"
		failed=1
	fi
}

: >"$work/in"
# the page of dialects is made from the tables
"$tool" tables >"$work/page"
diff "${top_srcdir:-..}/docs/isup-dialects.md" "$work/page" || {
	echo 'docs/isup-dialects.md is not up to date: tollgate-isup tables >docs/isup-dialects.md'
	failed=1
}
# what is explained can be read back
"$tool" decode --explain 05000c0200028090 >"$work/explained"
grep -q '# cause: 16 normal call clearing' "$work/explained" || failed=1
[ "$("$tool" encode <"$work/explained")" = 05000c0200028090 ] || { echo 'an explanation is not read back'; failed=1; }
is 0 'REL cic=5
  CAI coding=0 location=0 value=31' decode 05000c020002809f
is 0 'REL
  CAI coding=0 location=0 value=31' decode --no-cic 0c:02:00:02:80:9f
is 0 '{"message":"BLO","name":"blocking","type":19,"cic":5,"dialect":"itu","parameters":[]}
{"message":"BLA","name":"blocking acknowledgement","type":21,"cic":5,"dialect":"itu","parameters":[]}' \
	decode --json --dialect itu 050013 '05 00 15'
is 1 'tollgate-isup: message 1: CAI: pointer into what is before at octet 3 (cause 111, protocol error, unspecified)
BLO cic=5' decode 0c0b2f01028090 050013
is 1 'tollgate-isup: message 1: unknown message type at octet 0 (cause 97, message type non-existent or not implemented)' \
	decode -n 55
is 1 'tollgate-isup: message 1: not pairs of hexadecimal digits, or too many' decode 05001
is 1 'tollgate-isup: message 1: not pairs of hexadecimal digits, or too many' decode 0500zz
is 0 05000c0200028191 encode 'REL cic=5; CAI location=1 value=17'
is 0 0c0200028191 encode --no-cic 'REL; CAI location=1 value=17'
is 1 'tollgate-isup: message 1: no such field or value in line 2' encode 'REL cic=5
  CAI value=500'
is 1 'tollgate-isup: message 1: a parameter is missing or not allowed' encode 'REL cic=5'
is 2 'tollgate-isup: no such dialect' decode -d martian 050013
"$tool" --help >"$work/help" || failed=1
grep -q '^usage: tollgate-isup decode' "$work/help" || failed=1
is 2 "$(cat "$work/help")" decode
is 2 "$(cat "$work/help")" frobnicate
is 2 "$(cat "$work/help")" names more
"$tool" --version | grep -q '^tollgate-isup [0-9]' || failed=1
"$tool" names | grep -q '^message   0x0c REL      release; variable CAI; optional RdI ' || failed=1
"$tool" names | grep -q '^parameter 0x3d HOP      hop counter; clause 3.80; fields of 1$' || failed=1

printf '050013\n\n# nothing\n05 00 55 # unknown\n050015' >"$work/in"
is 1 'tollgate-isup: message 2: unknown message type at octet 2 (cause 97, message type non-existent or not implemented)
BLO cic=5
BLA cic=5' decode -
printf '# first\n\nREL cic=5\n  CAI value=16\n\n# second\nBLO cic=6\nREL cic=7; CAI value=17' >"$work/in"
is 0 '05000c0200028090
060013
07000c0200028091' encode
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "00"; print "" }' >"$work/in"
is 1 'tollgate-isup: message 1: line too long' decode -

# every golden message that is well formed goes to text and back
for hex in "$golden"/[vn]*.hex; do
	sed 's/#.*//' "$hex" | tr -d ' \n'
	echo
done >"$work/all"
"$tool" decode - <"$work/all" 2>/dev/null >"$work/text"
"$tool" encode <"$work/text" >"$work/once" || failed=1
"$tool" decode - <"$work/once" | "$tool" encode >"$work/twice" || failed=1
cmp "$work/once" "$work/twice" || failed=1
[ "$(wc -l <"$work/once")" -ge 50 ] || failed=1
[ "$(grep -c -x -F -f "$work/all" "$work/once")" -ge 45 ] || failed=1
"$tool" decode 050013 >/dev/full 2>/dev/null && failed=1
exit $failed
