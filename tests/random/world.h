/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small world for sequences of events that nobody wrote: one ISUP stack with several trunk groups
 * and peers, a user with calls, peers that answer or do not, an operator, a network that comes and
 * goes, and a clock moved by hand. Choices come from a seed or from a fuzzer's octets, so that each
 * sequence can be played again. */
#ifndef TOLLGATE_TESTS_RANDOM_WORLD_H
#define TOLLGATE_TESTS_RANDOM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "isup/circuit.h"
#include "isup/dialect.h"

enum {
	WORLD_PEERS = 2,
	WORLD_GROUPS = 3,
	WORLD_CALLS = 128,		/* of one sequence */
	WORLD_SENT = 64,		/* messages that wait to be answered or forgotten */
	WORLD_SDU = 280,
	WORLD_PATHS = 24,		/* one for each circuit */
};

/* Where choices come from. */
struct world_chance {
	struct isup_rnd rnd;
	const uint8_t *octets;		/* not NULL: a fuzzer's, until they are used up */
	size_t len;
};

enum world_call_state { WORLD_CALL_NONE, WORLD_CALL_LIVE, WORLD_CALL_OVER };

struct world_call {			/* one call as its user sees it; used once in a sequence */
	struct world *world;
	struct isup_call *call;
	enum world_call_state state;
	bool incoming;
};

struct world_sent {
	unsigned int peer;
	size_t len;
	uint8_t sdu[WORLD_SDU];
};

struct world_path {			/* a circuit's, while the stack has it */
	struct isup_circuit *circuit;
	bool check, looped;		/* the check tone; a loop that is there */
};

struct world {
	struct world_chance chance;
	struct isup_stack *stack;
	struct osmo_tdef *tdefs;
	const struct isup_dialect *dialect[WORLD_PEERS];
	uint32_t opc[WORLD_PEERS], dpc[WORLD_PEERS];
	struct isup_group *group[WORLD_GROUPS];
	struct world_call calls[WORLD_CALLS];
	unsigned int n_calls, n_seized;
	struct isup_circuit *seized[4];		/* hunted, no IAM yet */
	struct world_path paths[WORLD_PATHS];
	unsigned int path_mode;
	struct world_sent sent[WORLD_SENT];
	unsigned int head, tail;
	uint64_t n_transfers, n_refused;
	size_t blocks;			/* of the idle stack */
	unsigned int depth;		/* inside a primitive */
	bool mtp_fails;
	bool resting;			/* the user does nothing new */
	bool verbose;
	void (*fail)(struct world *w, const char *why);	/* does not return */
	uint64_t seed;
};

/* Once in a process: log, FSM classes, clock. */
void world_init(bool verbose);
/* One sequence from beginning to end, checked. The world is a zeroed struct with chance, fail and
 * verbose filled in. */
void world_play(struct world *w, unsigned int n_events);

/* world_steps.c: one event; everything repaired and brought to rest */
void world_event(struct world *w);
void world_rest(struct world *w);
/* world_user.c: what is said to the user of the stack, and what he does */
extern const struct isup_stack_ops world_ops;
void world_user_event(struct world *w);
void world_operator_event(struct world *w);
void world_release_all(struct world *w);
/* world_path.c: continuity checks and reservations */
void world_path_init(struct world *w);
void world_path_event(struct world *w);
bool world_path_answer(struct world *w);
void world_reserve(struct world *w);
/* world_peer.c: messages from the peers */
void world_message(struct world *w);
bool world_answer(struct world *w);
void world_forget(struct world *w);
void world_peer_says(struct world *w, unsigned int peer, uint8_t type, uint16_t cic);

/* 0 .. n-1 */
unsigned int world_any(struct world *w, unsigned int n);
/* A circuit, mostly; NULL when the group has not got the one that was thought of. */
struct isup_circuit *world_circuit(struct world *w);
unsigned int world_peer_of(const struct world *w, const struct isup_group *g);
void world_fail(struct world *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void world_trace(struct world *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What must be true at any time, and of a world at rest. */
void world_check(struct world *w);
void world_check_rest(struct world *w);

#endif
