/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchange simulator: circuits that run scenarios, a load generator, counters. */
#ifndef TOLLGATE_EXCHANGE_EXCHANGE_H
#define TOLLGATE_EXCHANGE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/timer.h>

#include "gw/exchange/scenario.h"
#include "gw/exchange/stats.h"
#include "gw/mtp.h"

enum {
	XCH_CICS = 16384,		/* 14 bits, in ITU-T 12 */
	XCH_MAX_FAILURES = 20,		/* failed calls told in full, unless verbose */
};

/* Who gives way when both ends seize a circuit at once (Q.764 2.9.1.4). */
enum xch_dual { DUAL_STANDARD, DUAL_YIELD, DUAL_KEEP };
/* Which circuits are seized for outgoing calls; ALL prefers those that this exchange controls. */
enum xch_seize { SEIZE_ALL, SEIZE_OWN, SEIZE_EVEN, SEIZE_ODD };

struct exchange_cfg {
	const struct isup_dialect *dialect;
	uint32_t opc, dpc;
	uint8_t ni, nai;		/* nai: nature of address of numbers without + */
	uint8_t cics[XCH_CICS / 8];	/* bit map */
	const char *called, *calling;	/* patterns: %6d counter, %6r random digits */
	const struct scn_block *place;	/* what the load generator does; NULL: it places none */
	double rate;			/* calls per second */
	uint64_t calls;			/* to place, or to answer when none are placed; 0: no end */
	unsigned int max_concurrent;	/* 0: as many as there are circuits */
	unsigned int seed;
	enum xch_dual dual;
	enum xch_seize seize;
	bool quiet, events;		/* events: a line on out when a call ends */
	FILE *out, *err, *trace;	/* trace NULL: none */
};

struct circuit;
struct attempt;

/* The load generator. */
struct load {
	struct osmo_timer_list tick;
	uint64_t placed, last_us;
	double credit;
	struct attempt *again; /* to be placed again: n_again of them, room for one a circuit */
	unsigned int n_again;
	unsigned int active;		/* counted calls on circuits */
};

struct exchange {
	struct exchange_cfg cfg;
	struct scenario *scn;
	struct mtp *mtp;
	struct circuit *circuits;
	unsigned int n_circuits;
	struct circuit *by_cic[XCH_CICS];
	struct llist_head free[2];	/* controlled by us first */
	unsigned int n_busy;		/* circuits not at rest */
	bool reachable, ever_reachable, stopping;
	uint64_t next_id;		/* of calls */
	struct load load;
	struct stats stats;
	struct control *control;	/* NULL: no commands */
	struct mischief *mischief;
	unsigned int rnd;		/* state of the random digits */
};

/* exchange.c: an exchange owned by ctx. scn stays the caller's. NULL when there is no circuit. */
struct exchange *exchange_new(void *ctx, const struct exchange_cfg *cfg, struct scenario *scn);
/* Its user functions for a back end, and the back end when it is open. */
struct mtp_user exchange_mtp_user(struct exchange *x);
void exchange_attach(struct exchange *x, struct mtp *mtp);
/* No new calls; finished when those there are have ended. */
void exchange_stop(struct exchange *x);
/* Have all calls it was asked for ended? Circuits may still be clearing: see n_busy. */
bool exchange_done(const struct exchange *x);
/* Did all calls do what their scenarios expect, as many as were asked for, with nothing bad, and
 * all circuits at rest? */
bool exchange_passed(const struct exchange *x);
void exchange_free(struct exchange *x);
uint64_t exchange_now(void);				/* us, monotonic */
void exchange_tell_busy(struct exchange *x); /* on cfg.err: where each circuit not at rest hangs */
void exchange_summary(struct exchange *x, bool json);	/* on cfg.out */

/* transfer.c: messages out and in. c: the circuit that the message is for, or NULL. 0 or -errno. */
int exchange_send(struct exchange *x, struct circuit *c, const uint8_t *octets, size_t len);
/* Past what the network does to messages: counted, traced, sent. */
int exchange_transmit(struct exchange *x, const uint8_t *octets, size_t len);
int exchange_send_msg(struct exchange *x, struct circuit *c, const struct isup_msg *m);
/* A message of a scenario: variables filled in from c's call. */
int exchange_send_message(struct circuit *c, const struct scn_message *msg);
void exchange_rx(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len);

/* load.c */
void load_start(struct exchange *x);
void load_wake(struct exchange *x);			/* a circuit became free, or a call ended */
bool load_done(const struct exchange *x);
/* Digits from a pattern; a leading + makes the number international. */
void load_number(char *out, uint8_t *ret_nai, const char *pattern, uint64_t n, struct exchange *x);

#endif
