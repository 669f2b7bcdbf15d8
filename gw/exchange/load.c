/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The load generator: calls at a rate, as long as there are circuits. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/circuit.h"

/* A late generator catches up with at most this much of its rate. */
#define CATCH_UP_SECONDS 0.1

enum { TICK_US = 2000, SLOW_TICK_US = 10000, SLOW_RATE = 200 };

void load_number(char *out, uint8_t *ret_nai, const char *pattern, uint64_t n, struct exchange *x)
{
	unsigned int width, i;
	size_t at = 0;
	uint64_t left;

	*ret_nai = x->cfg.nai;
	if (*pattern == '+') {
		*ret_nai = 4;
		pattern++;
	}
	while (*pattern && at < ISUP_MAX_DIGITS) {
		if (*pattern != '%') {
			out[at++] = *pattern++;
			continue;
		}
		width = strtoul(pattern + 1, (char **)&pattern, 10);
		width = OSMO_MIN(width, ISUP_MAX_DIGITS - at);
		left = n;
		for (i = width; i-- > 0; left /= 10)
			out[at + i] = '0' + (*pattern == 'r' ? rand_r(&x->rnd) / 7 % 10
							     : (int)(left % 10));
		at += width;
		pattern++;
	}
	out[at] = '\0';
}

static bool may_place(const struct exchange *x)
{
	return x->reachable && !x->stopping &&
	       (!x->cfg.max_concurrent || x->load.active < x->cfg.max_concurrent);
}

/* Calls that gave way in a dual seizure go first. */
static void place_again(struct exchange *x)
{
	struct load *l = &x->load;

	while (l->n_again && x->reachable && circuit_pick(x)) {
		struct attempt a = l->again[--l->n_again];

		call_place(x, &a, NULL);
	}
}

static bool place_one(struct exchange *x)
{
	struct load *l = &x->load;
	struct attempt a = { .block = x->cfg.place, .counted = true, .id = x->next_id };

	if (!circuit_pick(x))
		return false;
	load_number(a.called, &a.called_nai, x->cfg.called, l->placed, x);
	load_number(a.calling, &a.calling_nai, x->cfg.calling, l->placed, x);
	x->next_id++;
	l->placed++;
	call_place(x, &a, NULL);
	return true;
}

static void work(struct exchange *x)
{
	struct load *l = &x->load;

	place_again(x);
	if (!x->cfg.place)
		return;
	while (l->credit >= 1 && (!x->cfg.calls || l->placed < x->cfg.calls) && may_place(x)) {
		if (!place_one(x))
			return;
		l->credit -= 1;
	}
}

static void tick_cb(void *data)
{
	struct exchange *x = data;
	struct load *l = &x->load;
	uint64_t now = exchange_now();
	double most = x->cfg.rate * CATCH_UP_SECONDS;

	if (x->stopping || load_done(x))
		return;
	if (x->reachable)
		l->credit += x->cfg.rate * (now - l->last_us) / 1e6;
	l->last_us = now;
	l->credit = OSMO_MIN(l->credit, OSMO_MAX(most, 1.0));
	osmo_timer_schedule(&l->tick, 0, x->cfg.rate > SLOW_RATE ? TICK_US : SLOW_TICK_US);
	work(x);
}

void load_start(struct exchange *x)
{
	if (!x->cfg.place)
		return;
	x->load.last_us = exchange_now();
	x->load.credit = 1;
	osmo_timer_setup(&x->load.tick, tick_cb, x);
	osmo_timer_schedule(&x->load.tick, 0, 0);
}

/* Not at once: the caller is in the middle of a call's end. The tick looks; only calls placed again
 * need a push. */
void load_wake(struct exchange *x)
{
	if (!x->load.n_again)
		return;
	if (!x->load.tick.cb)
		osmo_timer_setup(&x->load.tick, tick_cb, x);
	if (!osmo_timer_pending(&x->load.tick))
		osmo_timer_schedule(&x->load.tick, 0, 0);
}

bool load_done(const struct exchange *x)
{
	if (x->load.n_again)
		return false;
	return !x->cfg.place || (x->cfg.calls && x->load.placed >= x->cfg.calls);
}
