/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "lose in 2 REL", "twice ACM or CPG", "delay 300ms ANM": what the network shall do, read. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gw/exchange/parse.h"

/* The first word, cut off; *words goes behind it. */
static char *take_word(char **words)
{
	char *word = *words;

	*words += strcspn(*words, " \t");
	if (**words)
		*(*words)++ = '\0';
	*words += strspn(*words, " \t");
	return word;
}

static bool take_direction(struct scn_mischief *mi, char **words)
{
	const char *word = take_word(words);

	mi->out = !strcmp(word, "out");
	return mi->out || !strcmp(word, "in");
}

void scn_parse_mischief(struct scn_mischief *mi, char *words, const struct scn_at *at)
{
	bool ok = true;
	char *rest;

	mi->count = 1;
	mi->out = true;
	if (mi->verb == MISCHIEF_LOSE)
		ok = take_direction(mi, &words);
	else if (mi->verb == MISCHIEF_DELAY)
		ok = scn_duration(take_word(&words), &mi->ms) && mi->ms != SCN_FOREVER;
	if (isdigit((unsigned char)*words)) {
		mi->count = strtoul(take_word(&words), NULL, 10);
		ok = ok && mi->count;
	} else if (!strncmp(words, "all ", 4)) {
		take_word(&words);
		mi->count = 0;
	}
	if (!ok || !*words) {
		scn_complain(at, "wants: lose in|out, twice, or delay TIME; then [NUMBER|all] "
				 "MESSAGE [or MESSAGE ...] [CONDITION ...], or any");
		return;
	}
	if (!strcmp(words, "any"))
		return;
	rest = scn_parse_match(&mi->match, words, at);
	if (*rest)
		scn_complain(at, "'%s' means nothing here", rest);
}
