/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A circuit and the call that runs its scenario on it. */
#ifndef TOLLGATE_EXCHANGE_CIRCUIT_H
#define TOLLGATE_EXCHANGE_CIRCUIT_H

#include "gw/exchange/exchange.h"

/* What is needed to place a call, and to place it again after a dual seizure. */
struct attempt {
	const struct scn_block *block;
	uint64_t id;
	char called[ISUP_MAX_DIGITS + 1], calling[ISUP_MAX_DIGITS + 1];
	uint8_t called_nai, calling_nai;
	bool counted;			/* placed by the load generator */
};

enum circuit_state { CCT_IDLE, CCT_OUT, CCT_IN, CCT_CLEARING, CCT_STUCK };

struct circuit {
	struct exchange *x;
	uint16_t cic;
	uint8_t state;			/* enum circuit_state */
	bool controlled;		/* ours in a dual seizure */
	bool may_seize;
	bool blocked_here, blocked_there;
	struct llist_head entry;	/* in exchange.free[] when idle and not blocked */
	bool in_free;
	struct osmo_timer_list timer;

	/* the call */
	struct attempt call;
	const struct scn_block *block;
	uint16_t pc;
	uint16_t repeats[SCN_MAX_REPEATS];
	uint64_t t_step;		/* us, when the step began to wait */
	bool busy;			/* seen from ISUP: IAM without RLC yet */
	bool rel_sent, heard, acm, answered;	/* heard: anything backward */
	uint8_t clear_tries;
	const char *unmet; /* condition that the last message of the right type did not meet */
	uint64_t t_iam;			/* us */
};

/* circuit.c */
struct circuit *circuit_pick(struct exchange *x);	/* a free one, or NULL */
void circuit_take(struct circuit *c, enum circuit_state state);
void circuit_update(struct circuit *c); /* into or out of the free list, as its state says */
void circuit_clear(struct circuit *c, uint8_t cause); /* REL, RLC awaited; RSC when there is none */
void circuit_cleared(struct circuit *c);

/* blocked.c: an acknowledgement has come or goes; what it says of blocking is noted. */
void blocked_note(struct circuit *c, const struct isup_msg *m, bool sent);
/* Is it such a message? */
bool blocked_told(uint8_t type);

/* auto.c: answer m of itself unless switched off; true when it did. */
bool auto_answer(struct exchange *x, struct circuit *c, const struct isup_msg *m);

/* run.c: calls on circuits. */
int call_place(struct exchange *x, const struct attempt *a,
	       struct circuit **ret_circuit); /* -EBUSY: none free */
/* On this circuit, blocked or not; -EBUSY: a call is on it. */
int call_place_on(struct circuit *c, const struct attempt *a);
void call_incoming(struct circuit *c, const struct scn_block *block, const struct isup_msg *m);
void call_do(struct circuit *c, const struct scn_block *block);	/* go on with this block */
bool call_wants(struct circuit *c, const struct isup_msg *m); /* a step or a handler waits for it */
bool call_rx(struct circuit *c,
	     const struct isup_msg *m); /* false: nobody waited for it and it hurts nobody */
void call_unexpected(struct circuit *c, const struct isup_msg *m); /* ends the call as failed */
void call_failed(struct circuit *c, enum failure why, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void call_yield(struct circuit *c); /* dual seizure: to be placed again elsewhere */
void call_timeout(struct circuit *c);

#endif
