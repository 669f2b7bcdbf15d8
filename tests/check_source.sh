#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of the house, read from the sources: include arrows, purity, budgets, banned words. And that they are seen.
top=${top_srcdir:-.}
rules=$(cd "$top" && pwd)/tests/check_source.awk
status=0

# All C files of a tree, checked; prints what is wrong.
check_tree() {
	(cd "$1" && find isup mgcp config gw media tests -name '*.[ch]' -not -path '*/golden/*' 2>/dev/null |
		LC_ALL=C sort | LC_ALL=C xargs awk -f "$rules")
}

said=$(check_tree "$top")
if [ -n "$said" ]; then
	echo "$said"
	echo "check_source: $(echo "$said" | wc -l) lines break the rules" >&2
	status=1
fi

# Scripts and makefile fragments name the licence, too.
for f in $(cd "$top" && find Makefile.am GNUmakefile configure.ac isup mgcp config gw media tests docs systemd \
	\( -name '*.mk' -o -name '*.sh' -o -name '*.py' -o -name '*.am' -o -name '*.ac' -o -name '*.awk' -o -name GNUmakefile \) 2>/dev/null); do
	head -3 "$top/$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || { echo "$f:1: no SPDX licence"; status=1; }
done

# --- the rules see what they are for: each sample breaks one of them ---

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# sample FILE EXPECTED: the text from standard input, behind the two first lines that all files have
sample() {
	rm -rf "$dir/tree"
	mkdir -p "$dir/tree/$(dirname "$1")"
	{ printf '/* SPDX-License-Identifier: GPL-3.0-or-later */\n/* A sample. */\n'; cat; } >"$dir/tree/$1"
	got=$(check_tree "$dir/tree")
	case $got in
	*"$2"*) [ -n "$2" ] || [ -z "$got" ] || { echo "check_source: sample $1: good, but: $got"; status=1; } ;;
	*) echo "check_source: sample $1: expected '$2', got '$got'"; status=1 ;;
	esac
}

sample isup/a.c 'isup/ must not know gw/' <<X
#include "gw/cc.h"
X
sample mgcp/a.c 'mgcp/ must not know isup/' <<X
#include "isup/isup.h"
X
sample config/a.c 'config/ must not know gw/' <<X
#include "gw/sip.h"
X
sample media/a.c 'media/ must not know gw/' <<X
#include "gw/media.h"
X
sample gw/a.c 'gw/ must not know media/' <<X
#include "media/rtp.h"
X
sample isup/gallia_tables.c 'rows only belong: helper' <<X
static int helper(void)
{
	return 0;
}
X
sample gw/a.c 'give the path from the top' <<X
#include "cc.h"
X
sample gw/call.c 'sofia-sip is visible' <<X
#include <sofia-sip/nta.h>
X
sample gw/call.c 'libosmo-sigtran is visible' <<X
#include <osmocom/sigtran/osmo_ss7.h>
X
sample gw/call.c 'spandsp is visible' <<X
#include <spandsp.h>
X
sample isup/a.c 'has no sockets' <<X
#include <sys/socket.h>
X
sample isup/a.c 'has no command line' <<X
#include <osmocom/vty/vty.h>
X
sample gw/sip_a.c 'the sip edge must not know the mtp edge' <<X
#include "gw/mtp.h"
X
sample gw/media_a.c 'the media edge must not know the sip edge' <<X
#include "gw/sip.h"
X
sample gw/mtp_a.c "must not know ISUP's processes" <<X
#include "isup/circuit.h"
X
sample gw/map_a.c 'has no I/O, log or clock' <<X
#include <osmocom/core/logging.h>
X
sample gw/sdp.c 'does not allocate' <<X
#include <osmocom/core/talloc.h>
X
sample gw/map_a.c 'no I/O, log or clock: ' <<X
int f(void)
{
	return time(NULL);
}
X
sample gw/uri.c 'does not allocate: ' <<X
char *f(void)
{
	return malloc(5);
}
X
sample gw/sipt.c 'values and pure files only' <<X
#include "gw/log.h"
X
sample gw/a.c 'banned: ' <<X
void f(char *a)
{
	strcpy(a, "x");
}
X
sample gw/a.c 'a // comment' <<X
int a(void);	// no
X
sample gw/a.c 'a thing to do' <<X
/* TODO: all */
X
sample gw/a.c 'mutable static: count' <<X
static int count;
X
sample gw/a.c 'mutable static: name' <<X
static const char *name = "x";
X
sample gw/a.c 'mutable static: seen' <<X
int f(void)
{
	static unsigned int seen = 0;

	return seen++;
}
X
sample gw/a.c 'mutable static: table' <<X
struct row table[5];
X
sample gw/a.c 'more than 5 parameters' <<X
int f(int a, int b, int c,
      int d, int e, int g)
{
	return a;
}
X
sample gw/a.c 'nested deeper than 3' <<X
void f(int a)
{
	if (a)
		while (a)
			if (a)
				for (;;)
					a = 0;
}
X
sample gw/a.c 'eight blanks' <<X
void f(void)
{
        return;
}
X
printf 'int a; \n' | sample gw/a.h 'white space at the end'
sample gw/a.h 'no header guard' <<X
int a(void);
X
printf 'int a(void);\t/*%0120d*/\n' 0 | sample gw/a.c 'columns'
{ echo 'void f(void)'; echo '{'; yes '	f();' | head -61; echo '}'; } | sample gw/a.c 'function of 61 lines'
yes '/* x */' | head -399 | sample gw/a.c '401 lines, 400 are allowed'
{ printf '#ifndef TOLLGATE_A_H\n#define TOLLGATE_A_H\n'; yes '/* x */' | head -116; } | sample gw/a.h ''
{ printf '#ifndef TOLLGATE_A_H\n#define TOLLGATE_A_H\n'; yes '/* x */' | head -117; } | sample gw/a.h '121 lines, 120 are allowed'

# what must not be said: a file of good habits
sample gw/good.c '' <<X
#include <sofia-sip-is-not-here.h>

#include "gw/cc.h"
#include "isup/isup.h"

enum { MANY = 5 };

struct thing {
	int static_is_a_word;
	const char *name;
};

static const struct thing things[] = { { 1, "strcpy(a, b) // in a string" } };
static const char *const names[] = { "a" };
static struct osmo_fsm fsm = { .name = "good" };

/* sprintf(x) in a comment
 * atoi(y) in a longer one */
static int f(int a, int b, int (*g)(int c, int d, int e, int h), int i, int k)
{
	static const int table[] = { 1 };
	const char *s = "\"/*";
	char c = '"';

	for (; a; a--)
		if (b)
			while (c)
				snprintf(s, 5, "%s", names[0]);
	return table[0] + g(1, 2, 3, 4) + i + k + osmo_strtok(s);
}
X

printf 'int a;\n' >"$dir/tree/gw/good.c"
check_tree "$dir/tree" | grep -q 'SPDX licence' || { echo "check_source: a file without licence passes"; status=1; }

[ $status -eq 0 ] && echo "check_source: $(cd "$top" && find isup mgcp config gw media tests -name '*.[ch]' 2>/dev/null | wc -l) files"
exit $status
