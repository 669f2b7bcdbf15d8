/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages for groups of circuits that a dialect wants twice (T1.113.4 2.8.2, 2.9.3.2): they are
 * sent twice, and acted upon when the same comes again within 5 s, so that one that is mutilated
 * does no harm. */
#include <string.h>

#include <osmocom/core/talloc.h>

#include "isup/dialect.h"
#include "isup/processes.h"
#include "isup/timers.h"

enum {
	N_FIRSTS = 16,			/* as many groups at a time; the oldest goes */
	FIRST_OCTETS = 40,		/* supervision type, range and status */
};

struct isup_firsts {
	struct first {
		struct timespec at;
		uint16_t cic;
		uint8_t type, len;	/* len 0: none */
		uint8_t octets[FIRST_OCTETS];
	} rows[N_FIRSTS];
	unsigned int next;
};

/* For a peer whose dialect wants it; NULL without memory. */
struct isup_firsts *isup_firsts_new(struct isup_peer *p)
{
	return talloc_zero(p, struct isup_firsts);
}

/* Sent once or twice, as the dialect wants it. */
void isup_group_send(struct isup_peer *p, const struct isup_msg *m)
{
	isup_peer_send(p, m);
	if (m->dialect->group_twice)
		isup_peer_send(p, m);
}

static bool is_recent(const struct isup_peer *p, const struct first *f)
{
	int T = f->type == ISUP_MT_GRS ? ISUP_TGRS : ISUP_TCGB;
	struct timespec now;

	osmo_clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec - f->at.tv_sec + (now.tv_nsec < f->at.tv_nsec ? -1 : 0) <
	       (time_t)osmo_tdef_get(isup_peer_group(p)->tdefs, T, OSMO_TDEF_S, 5);
}

static bool same(const struct first *f, const struct isup_msg *m)
{
	return f->len && f->type == m->type && f->cic == m->cic && f->len == m->used &&
	       !memcmp(f->octets, m->octets, f->len);
}

static void keep(struct isup_firsts *all, const struct isup_msg *m)
{
	struct first *f = &all->rows[all->next++ % N_FIRSTS];

	osmo_clock_gettime(CLOCK_MONOTONIC, &f->at);
	f->cic = m->cic;
	f->type = m->type;
	f->len = m->used;
	memcpy(f->octets, m->octets, m->used);
}

/* The message is the first of two: nothing is to be done yet. */
bool isup_twice_is_first(struct isup_peer *p, const struct isup_msg *m)
{
	unsigned int i;

	if (!p->firsts || !m->used || m->used > FIRST_OCTETS)
		return false;
	for (i = 0; i < N_FIRSTS; i++) {
		struct first *f = &p->firsts->rows[i];

		if (!same(f, m))
			continue;
		f->len = 0;
		if (is_recent(p, f))
			return false;
	}
	keep(p->firsts, m);
	return true;
}
