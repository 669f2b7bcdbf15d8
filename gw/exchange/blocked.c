/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which circuits are blocked, and by whom: read off the acknowledgements, whoever sent them. */
#include <osmocom/core/utils.h>

#include "gw/exchange/circuit.h"

enum { ALL = 1, STATUS = 2, RESET = 4 };

/* What a message says when it is sent: ALL, the circuit it is for; STATUS, the circuits marked in
 * it; RESET, all of its range, those marked on, the others off. */
static const struct row {
	uint8_t type, which;
	bool on;
} rows[] = {
	{ ISUP_MT_BLA, ALL, true },	{ ISUP_MT_UBA, ALL, false },
	{ ISUP_MT_CGBA, STATUS, true }, { ISUP_MT_CGUA, STATUS, false },
	{ ISUP_MT_GRA, RESET, true },
};

static const struct row *row_of(uint8_t type)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].type == type)
			return &rows[i];
	return NULL;
}

bool blocked_told(uint8_t type)
{
	return type == ISUP_MT_RSC || row_of(type);
}

static void mark(struct circuit *c, bool here, bool on)
{
	if (here)
		c->blocked_here = on;
	else
		c->blocked_there = on;
	circuit_update(c);
}

/* An acknowledgement of ours is about the far end's blocking, one received about our own. A GRA
 * tells the blocking of its sender, and ends that of the end that has sent the GRS (Q.764
 * 2.9.3.2); so does an RSC (2.9.3.1). */
void blocked_note(struct circuit *first, const struct isup_msg *m, bool sent)
{
	const struct row *row = row_of(m->type);
	struct circuit *c;
	struct isup_range r;
	unsigned int i;
	bool marked;

	if (m->type == ISUP_MT_RSC)
		mark(first, sent, false);
	if (row && row->which == ALL)
		mark(first, !sent, row->on);
	if (!row || row->which == ALL || !isup_get(m, ISUP_P_RANGE, &r))
		return;
	for (i = 0; i <= r.range && i / 8 < r.n_status && first->cic + i < XCH_CICS; i++) {
		c = first->x->by_cic[first->cic + i];
		marked = r.status[i / 8] & 1 << i % 8;
		if (c && row->which == STATUS && marked)
			mark(c, !sent, row->on);
		if (!c || row->which != RESET)
			continue;
		mark(c, sent, marked);
		mark(c, !sent, false);
	}
}
