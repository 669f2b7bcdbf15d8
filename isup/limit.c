/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the log that a peer can cause, each so often a minute. */
#include <stdio.h>

#include "isup/processes.h"

static bool over(const struct isup_limit_row *r, uint32_t now)
{
	return now - r->since >= ISUP_LIMIT_S;
}

/* The line's row; else one that is free, or whose minute is over; else the last, for all others. */
static struct isup_limit_row *row_of(struct isup_limit *l, const char *what, uint8_t type,
				     uint32_t now)
{
	struct isup_limit_row *last = &l->rows[ISUP_LIMIT_ROWS - 1], *free = NULL, *r;

	for (r = l->rows; r < last; r++) {
		if (r->what == what && r->type == type)
			return r;
		if (!free && (!r->what || over(r, now)))
			free = r;
	}
	if (!free && last->what)
		return last;
	r = free ? free : last;
	*r = (struct isup_limit_row){ .what = what, .type = type, .since = now };
	return r;
}

bool isup_limit_pass(struct isup_limit *l, const char *what, uint8_t type, unsigned int most,
		     char more[ISUP_LIMIT_TEXT])
{
	uint32_t now = isup_now();
	struct isup_limit_row *r = row_of(l, what, type, now);

	more[0] = '\0';
	if (over(r, now)) {
		if (r->n > most)
			snprintf(more, ISUP_LIMIT_TEXT, " (%u more were not logged)", r->n - most);
		r->since = now;
		r->n = 0;
	}
	if (r->n < UINT32_MAX)
		r->n++;
	return r->n <= most;
}
