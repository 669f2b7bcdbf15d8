#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# seeds.sh TARGET DIRECTORY: the golden messages and the corpus of a fuzz target, a file of octets each. For the processes (proc)
# each message is put behind the choices that make a world and let this message come from the peer for circuit 1.
set -eu
tests=$(cd "$(dirname "$0")/.." && pwd)
target=$1 out=$2
export target out
from=$target
[ "$target" != proc ] || from=isup
mkdir -p "$out"
out=$(cd "$out" && pwd)
files=$(cd "$tests" && find fuzz golden \( -path "fuzz/corpus/$from/*" -o -path "golden/$from/*.hex" -o \
	-path "golden/$from/*.mgcp" \) -type f)
cd "$tests"
# shellcheck disable=SC2086
perl -e '
	sub seed {
		my ($name, $octets) = @_;
		$octets = "\1" x 20 . pack("C6", 15, 0, 1, 1, 0, length) . $octets
			for $ENV{target} eq "proc" ? substr($octets, 2, 255) : ();
		open(my $f, ">:raw", "$ENV{out}/$name") or die $!;
		print $f $octets;
	}
	sub octets { my $hex = shift; $hex =~ s/#.*//g; $hex =~ s/\s//g; pack("H*", $hex) }

	for my $file (@ARGV) {
		my $n = 0;
		(my $name = $file) =~ tr/\//_/;
		local $/;
		open(my $in, "<:raw", $file) or die $!;
		my $text = <$in>;
		if ($ENV{target} eq "m3ua") {		# a message a line, behind its fault
			seed($name . $n++, octets($1)) while $text =~ /^[a-z]\S* +(.*)/mg;
		} elsif ($file =~ /\.hex$/) {
			seed($name, octets($text));
		} elsif ($file =~ /\.mgcp$/) {		# several, with a line between them
			seed($name . $n++, $_) for split(/^----\n/m, $text);
		} else {
			seed($name, $text);
		}
	}' $files
