/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchange as a whole: its circuits, its MTP, its end. */
#include <inttypes.h>
#include <string.h>

#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/circuit.h"
#include "gw/exchange/control.h"
#include "gw/exchange/mischief.h"

uint64_t exchange_now(void)
{
	struct timespec ts;

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* Q.764 2.9.1.4: the exchange with the higher point code controls the even circuits, the other the
 * odd ones. */
static bool controls(const struct exchange_cfg *cfg, unsigned int cic)
{
	return (cic % 2 == 0) == (cfg->opc > cfg->dpc);
}

static bool may_seize(const struct exchange_cfg *cfg, unsigned int cic)
{
	switch (cfg->seize) {
	case SEIZE_OWN:
		return controls(cfg, cic);
	case SEIZE_EVEN:
		return cic % 2 == 0;
	case SEIZE_ODD:
		return cic % 2 == 1;
	case SEIZE_ALL:
		break;
	}
	return true;
}

static void add_circuit(struct exchange *x, unsigned int cic)
{
	struct circuit *c = &x->circuits[x->n_circuits++];

	c->x = x;
	c->cic = cic;
	c->controlled = controls(&x->cfg, cic);
	c->may_seize = may_seize(&x->cfg, cic);
	x->by_cic[cic] = c;
	circuit_update(c);
}

struct exchange *exchange_new(void *ctx, const struct exchange_cfg *cfg, struct scenario *scn)
{
	struct exchange *x;
	unsigned int i, n = 0;

	for (i = 0; i < sizeof(cfg->cics); i++)
		n += __builtin_popcount(cfg->cics[i]);
	if (n == 0)
		return NULL;
	x = talloc_zero(ctx, struct exchange);
	x->cfg = *cfg;
	x->scn = scn;
	x->rnd = cfg->seed;
	x->circuits = talloc_zero_array(x, struct circuit, n);
	x->load.again = talloc_zero_array(x, struct attempt, n);
	INIT_LLIST_HEAD(&x->free[0]);
	INIT_LLIST_HEAD(&x->free[1]);
	for (i = 0; i < XCH_CICS; i++)
		if (cfg->cics[i / 8] & 1 << i % 8)
			add_circuit(x, i);
	x->stats.start_us = exchange_now();
	mischief_open(x);
	return x;
}

static void set_reachable(struct exchange *x, uint32_t pc, bool reachable)
{
	if (pc != x->cfg.dpc || x->reachable == reachable)
		return;
	x->reachable = reachable;
	x->ever_reachable |= reachable;
	control_available(x);
	if (!x->cfg.quiet)
		fprintf(x->cfg.err, "destination %s\n", reachable ? "available" : "unavailable");
}

static void pause_ind(void *ctx, uint32_t pc)
{
	set_reachable(ctx, pc, false);
}

static void resume_ind(void *ctx, uint32_t pc)
{
	set_reachable(ctx, pc, true);
}

static void status_ind(void *ctx, uint32_t pc, enum mtp_status status, unsigned int level)
{
	struct exchange *x = ctx;

	if (status == MTP_STATUS_CONGESTED)
		fprintf(x->cfg.err, "destination congested, level %u\n", level);
	else
		fprintf(x->cfg.err, "destination has no ISUP\n");
}

struct mtp_user exchange_mtp_user(struct exchange *x)
{
	return (struct mtp_user){
		.transfer_ind = exchange_rx, .pause_ind = pause_ind, .resume_ind = resume_ind,
		.status_ind = status_ind, .ctx = x,
	};
}

void exchange_attach(struct exchange *x, struct mtp *mtp)
{
	x->mtp = mtp;
	mtp_watch(mtp, x->cfg.dpc);
	set_reachable(x, x->cfg.dpc, mtp_reachable(mtp, x->cfg.dpc));
	load_start(x);
}

void exchange_stop(struct exchange *x)
{
	x->stopping = true;
	x->load.n_again = 0;
}

bool exchange_done(const struct exchange *x)
{
	const struct direction *in = &x->stats.in;

	if (x->stopping)
		return true;
	if (x->cfg.place)
		return load_done(x) && x->load.active == 0;
	return x->cfg.calls && in->ok + in->failed >= x->cfg.calls;
}

bool exchange_passed(const struct exchange *x)
{
	const struct direction *d = x->cfg.place ? &x->stats.out : &x->stats.in;

	return stats_clean(&x->stats) && x->n_busy == 0 && d->ok >= x->cfg.calls;
}

void exchange_tell_busy(struct exchange *x)
{
	static const char *const states[] = { "idle", "outgoing", "incoming", "clearing", "stuck" };
	unsigned int i, told = 0;

	for (i = 0; i < x->n_circuits && told < XCH_MAX_FAILURES && !x->cfg.quiet; i++) {
		const struct circuit *c = &x->circuits[i];
		const struct scn_step *step = c->block ? &c->block->steps[c->pc] : NULL;

		if (c->state == CCT_IDLE)
			continue;
		fprintf(x->cfg.err, "cic %u is busy, %s", c->cic, states[c->state]);
		if (step && (c->state == CCT_OUT || c->state == CCT_IN))
			fprintf(x->cfg.err, " call %" PRIu64 ": %s: %s:%u: %s", c->call.id,
				c->block->name, c->block->file, step->line, step->text);
		fputc('\n', x->cfg.err);
		told++;
	}
}

void exchange_summary(struct exchange *x, bool json)
{
	const struct stats *s = &x->stats;
	uint64_t calls = s->out.attempted + s->in.attempted;
	struct stats_view v = {
		.s = s,
		.now_us = exchange_now(),
		.busy = x->n_busy,
		.passed = exchange_passed(x),
	};

	if (calls > 1 && s->t_last > s->t_first)
		v.rate = (calls - 1) * 1e6 / (s->t_last - s->t_first);
	(json ? stats_json : stats_print)(x->cfg.out, &v);
	fflush(x->cfg.out);
}

void exchange_free(struct exchange *x)
{
	unsigned int i;

	control_close(x);
	mischief_close(x);
	osmo_timer_del(&x->load.tick);
	for (i = 0; i < x->n_circuits; i++)
		osmo_timer_del(&x->circuits[i].timer);
	talloc_free(x);
}
