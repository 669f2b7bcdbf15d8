/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a peer may have the same line written into the log: what it sends is its own affair,
 * our disk is not. */
#ifndef TOLLGATE_ISUP_LIMIT_H
#define TOLLGATE_ISUP_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

enum {
	ISUP_LIMIT_ROWS = 24,		/* different lines of a peer in one minute */
	ISUP_LIMIT_S = 60,
	ISUP_LIMIT_BAD = 1,		/* a minute: of messages that are wrong or out of place */
	ISUP_LIMIT_NEWS = 100,		/* of states that the peer changes */
	ISUP_LIMIT_TEXT = 64,
};

struct isup_limit {
	struct isup_limit_row {
		const char *what;	/* compared by address; NULL: free */
		uint32_t since;		/* monotonic seconds */
		uint32_t n;		/* of this minute */
		uint8_t type;		/* message type */
	} rows[ISUP_LIMIT_ROWS];
};

/* May this line be written? more is then what is to be added to it: how many were not written since
 * the last that was, or "". When all rows are taken, the last one is for all other lines. */
bool isup_limit_pass(struct isup_limit *l, const char *what, uint8_t type, unsigned int most,
		     char more[ISUP_LIMIT_TEXT]);

#endif
