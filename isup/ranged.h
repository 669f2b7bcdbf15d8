/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the processes have in common that ask the peer for a range of circuits by one message and
 * wait for one answer: group blocking and query from our side. */
#ifndef TOLLGATE_ISUP_RANGED_H
#define TOLLGATE_ISUP_RANGED_H

#include "isup/processes.h"

struct isup_ranged {			/* first in the process' private data */
	struct isup_repeat repeat;	/* of a query only its place in the window */
	struct llist_head entry;	/* peer->ranged */
	struct osmo_fsm_inst *fi;
	struct isup_group *group;
	enum isup_work work;
	uint16_t cic;			/* of the message */
	struct isup_range asked;	/* a bit for each circuit that it is about */
};

static inline bool isup_range_bit(const struct isup_range *r, unsigned int i)
{
	return i / 8 < r->n_status && r->status[i / 8] & S(i % 8);
}

static inline void isup_range_set(struct isup_range *r, unsigned int i)
{
	r->status[i / 8] |= S(i % 8);
}

/* The process has asked: r's fields are filled in, its circuits leave the line. */
void isup_ranged_begin(struct isup_ranged *r);
/* For the tables of the process. */
void isup_ranged_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause);
/* End the process; its circuits stay as they are. */
void isup_ranged_end(struct isup_ranged *r);
/* The first circuit it is about. */
struct isup_circuit *isup_ranged_first(const struct isup_ranged *r);
/* Circuit i of the message's range when the process is about it, or NULL. */
struct isup_circuit *isup_ranged_member(const struct isup_ranged *r, unsigned int i);

/* Another process has the circuit now, or it is asked for again: neither line nor process of this
 * work has it any more. */
void isup_ranged_leave(struct isup_circuit *c, enum isup_work w);
/* The peer does not have the circuit: nothing is asked for it, and where it is the first of a range
 * the others are asked for again. */
void isup_ranged_unequipped(struct isup_circuit *c);
/* Of all that run and await event ev: the one whose message an answer of this range fits best, or
 * NULL. */
struct isup_ranged *isup_ranged_find(const struct isup_peer *p, enum isup_work w, uint32_t ev,
				     const struct isup_msg *m);
/* Say what was said into the void again; end all. */
void isup_ranged_again(struct isup_peer *p);
void isup_ranged_end_all(struct isup_peer *p);

#endif
