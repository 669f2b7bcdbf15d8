/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters and times of the exchange simulator. */
#ifndef TOLLGATE_EXCHANGE_STATS_H
#define TOLLGATE_EXCHANGE_STATS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { HIST_SUB = 32, HIST_ROWS = 32 };

/* Times in us: each power of two in 32 parts, so a percentile is right to about 3 %. min and max
 * are exact. */
struct histogram {
	uint64_t n, min, max;
	uint32_t count[HIST_ROWS * HIST_SUB];
};

void hist_add(struct histogram *h, uint64_t us);
/* The time below which the share of all values lies (0.5: median); 0 without values. */
uint64_t hist_quantile(const struct histogram *h, double share);

/* Why a call failed. */
enum failure {
	FAIL_TIMEOUT,
	FAIL_RELEASED,
	FAIL_UNEXPECTED,
	FAIL_CONDITION,
	FAIL_SCENARIO,
	FAIL_SEND,
	FAIL_RESET,
	FAIL_CIRCUIT,
	N_FAILURES,
};

struct direction { uint64_t attempted, answered, ok, failed; };

struct stats {
	uint64_t start_us;
	struct direction out, in;
	uint64_t t_first, t_last;	/* us, of calls begun either way */
	uint64_t refused;		/* IAM that no block wanted */
	uint64_t failures[N_FAILURES];
	uint64_t causes[128];		/* of REL received */
	uint64_t sent, received, sent_type[256], received_type[256];
	uint64_t unexpected, malformed, unequipped, foreign; /* foreign: not from our peer to us */
	uint64_t lost, doubled, delayed;	/* by the scenario's will, either way */
	uint64_t not_sent, dual_won, dual_lost, no_circuit, stuck;
	unsigned int told;		/* failures told in full */
	struct histogram iam_acm, iam_anm;
};

/* What stats_print() and stats_json() say beside the counters. */
struct stats_view {
	const struct stats *s;
	uint64_t now_us;
	double rate;
	unsigned int busy;
	bool passed;
};

bool stats_clean(
	const struct stats *s); /* no failed call, nothing unexpected, malformed or stuck */
void stats_print(FILE *f, const struct stats_view *v);
void stats_json(FILE *f, const struct stats_view *v);	/* one line */

#endif
