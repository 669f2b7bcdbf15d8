/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world of a random sequence: its making, and what must be true of it; see world.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/processes.h"
#include "tests/random/world.h"

enum { RANGES = 9 };			/* of circuits in a group */

/* States that wait for their user, the peer or an operator as long as these like; in all others a
 * timer runs. */
static const struct { const char *fsm, *state; } patient[] = {
	{ "CPCO", "OGCAnswered" }, { "CPCO", "OGCSuspended" },
	{ "CPCI", "WaitForANM" }, { "CPCI", "ICCAnswered" }, { "CPCI", "ICCSuspended" },
};

static const char *const dialects[] = { "itu", "etsi", "ansi", "china", "russia" };

unsigned int world_any(struct world *w, unsigned int n)
{
	struct world_chance *ch = &w->chance;

	if (!ch->octets)
		return isup_rnd(&ch->rnd, n);
	if (!ch->len)
		return 0;
	ch->len--;
	return *ch->octets++ % n;
}

void world_trace(struct world *w, const char *fmt, ...)
{
	va_list ap;

	if (!w->verbose)
		return;
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

void world_fail(struct world *w, const char *fmt, ...)
{
	char why[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	w->fail(w, why);
	abort();
}

unsigned int world_peer_of(const struct world *w, const struct isup_group *g)
{
	return isup_group_config(g)->dpc == w->dpc[0] ? 0 : 1;
}

struct isup_circuit *world_circuit(struct world *w)
{
	struct isup_group *g = w->group[world_any(w, WORLD_GROUPS)];
	struct isup_circuit *c = NULL;

	for (unsigned int i = world_any(w, 5); (c = isup_circuit_next(g, c)) && i > 0; i--)
		;
	return c;
}

static void group_new(struct world *w, unsigned int i, unsigned int peer)
{
	static const char *const names[WORLD_GROUPS] = { "a", "b", "c" };
	static const struct { uint16_t first, last; } ranges[WORLD_GROUPS][RANGES] = {
		{ { 1, 4 }, { 33, 33 } }, { { 6, 8 }, { 36, 37 } },
		{ { 1, 3 }, { 33, 35 }, { 37, 37 }, { 39, 39 }, { 41, 41 }, { 43, 43 }, { 45, 45 },
		  { 47, 47 }, { 49, 49 } },
	};
	const struct isup_group_cfg cfg = {
		.name = names[i], .dialect = w->dialect[peer], .ni = 2,
		.opc = w->opc[peer], .dpc = w->dpc[peer],
		.hunt = world_any(w, ISUP_HUNT_LEAST_RECENTLY_USED + 1),
		.acl = world_any(w, ISUP_ACL_OFF + 1),
		.reset_at_start = world_any(w, 4) == 0, .no_ucic = world_any(w, 4) == 0,
		.lpa = world_any(w, 2),
	};

	if (isup_group_new(&w->group[i], w->stack, &cfg) < 0)
		world_fail(w, "no group");
	for (unsigned int k = 0; k < RANGES && ranges[i][k].first; k++) {
		if (isup_group_add_range(w->group[i], ranges[i][k].first, ranges[i][k].last) < 0)
			world_fail(w, "no circuits");
	}
}

static void make(struct world *w)
{
	for (unsigned int i = 0; i < WORLD_PEERS; i++) {
		const char *name = dialects[world_any(w, 2) ? 0 :
					    world_any(w, ARRAY_SIZE(dialects))];

		w->dialect[i] = isup_dialect_find(name);
		if (!w->dialect[i])
			world_fail(w, "no dialect %s", name);
		w->opc[i] = 100;
		w->dpc[i] = 50 + i + 100 * world_any(w, 2);
	}
	w->stack = isup_stack_new(NULL, &world_ops, w, w->tdefs, DLGLOBAL);
	for (unsigned int i = 0; i < WORLD_GROUPS; i++)
		group_new(w, i, i / 2);
	world_path_init(w);
	w->blocks = talloc_total_blocks(w->stack);
	for (unsigned int i = 0; i < WORLD_GROUPS; i++)
		isup_group_start(w->group[i]);
}

static void check_circuits(struct world *w)
{
	for (unsigned int i = 0; i < WORLD_GROUPS; i++) {
		const struct isup_group *g = w->group[i];
		struct isup_circuit *c = NULL;
		unsigned int idle = 0, bits = 0;

		while ((c = isup_circuit_next(w->group[i], c))) {
			bool may = !c->seized && isup_circuit_is_free(c);

			idle += may;
			if (may != (isup_idle_from(g->idle, c->cic) == c->cic))
				world_fail(w, "%s/%u: %s, but not so in the map of idle circuits",
					   g->cfg.name, c->cic, may ? "idle" : "busy");
			if (c->call && c->call->circuit != c)
				world_fail(w, "%s/%u: its call is another's", g->cfg.name, c->cic);
		}
		for (int cic = -1; (cic = isup_idle_from(g->idle, cic + 1)) >= 0; )
			bits++;
		if (idle != llist_count(&g->idle_since[0]) + llist_count(&g->idle_since[1]))
			world_fail(w, "%s: %u idle, but not so many in line", g->cfg.name, idle);
		if (idle != bits)
			world_fail(w, "%s: %u idle, %u in the map", g->cfg.name, idle, bits);
	}
}

static void check_counters(struct world *w)
{
	const uint64_t *n = w->stack->counters;

	if (n[ISUP_CTR_RX] != n[ISUP_CTR_RX_HANDLED] + n[ISUP_CTR_RX_MALFORMED] +
			      n[ISUP_CTR_RX_UNEQUIPPED] + n[ISUP_CTR_RX_UNEXPECTED])
		world_fail(w, "received is not the sum of its kinds");
	if (n[ISUP_CTR_TX] != w->n_transfers || n[ISUP_CTR_TX_FAILED] != w->n_refused)
		world_fail(w, "sent is not what was sent");
}

static bool is_patient(const struct osmo_fsm_inst *fi)
{
	const char *state = osmo_fsm_inst_state_name((struct osmo_fsm_inst *)fi);

	if (fi->fsm == &isup_cpci_fsm && ((const struct isup_call *)fi->priv)->transit)
		return true;
	for (unsigned int i = 0; i < ARRAY_SIZE(patient); i++) {
		if (!strcmp(patient[i].fsm, fi->fsm->name) && !strcmp(patient[i].state, state))
			return true;
	}
	return false;
}

static unsigned int check_machines(struct world *w)
{
	struct osmo_fsm_inst *fi;
	unsigned int n = 0;

	for (unsigned int i = 0; isup_machines[i]; i++) {
		llist_for_each_entry(fi, &isup_machines[i]->instances, list) {
			n++;
			if (!osmo_timer_pending(&fi->timer) && !is_patient(fi))
				world_fail(w, "%s in state %s for ever", fi->name,
					   osmo_fsm_inst_state_name(fi));
		}
	}
	return n;
}

void world_check(struct world *w)
{
	check_circuits(w);
	check_counters(w);
	check_machines(w);
}

static void check_idle(struct world *w, const struct isup_circuit *c)
{
	struct isup_circuit_status st;

	isup_circuit_status(&st, c);
	if (st.use != ISUP_CCT_IDLE || st.local_blocked || st.remote_blocked ||
	    st.local_failed || st.remote_failed ||
	    st.blocking_pending || st.unreachable || st.out_of_service || !c->in_service)
		world_fail(w, "%s/%u does not become idle: %s%s%s%s%s%s%s", c->group->cfg.name,
			   c->cic, isup_circuit_use_name(st.use),
			   st.local_blocked ? " locally blocked" : "",
			   st.remote_blocked ? " remotely blocked" : "",
			   st.blocking_pending ? " blocking pending" : "",
			   st.unreachable ? " unreachable" : "",
			   st.out_of_service ? " out of service" : "",
			   c->in_service ? "" : " not in service");
}

static bool timer_runs(void)
{
	osmo_timers_prepare();
	return osmo_timers_nearest() != NULL;
}

void world_check_rest(struct world *w)
{
	unsigned int i;

	for (i = 0; i < WORLD_GROUPS; i++) {
		struct isup_circuit *c = NULL;

		while ((c = isup_circuit_next(w->group[i], c)))
			check_idle(w, c);
	}
	for (i = 0; i < w->n_calls; i++) {
		if (w->calls[i].state != WORLD_CALL_OVER)
			world_fail(w, "a call has no end");
	}
	i = check_machines(w);
	if (i)
		world_fail(w, "%u processes at rest", i);
	if (timer_runs())
		world_fail(w, "a timer runs at rest");
	for (i = 0; i < WORLD_PATHS; i++) {
		if (w->paths[i].circuit)
			world_fail(w, "the path of %u is not given back", w->paths[i].circuit->cic);
	}
	if (talloc_total_blocks(w->stack) != w->blocks)
		world_fail(w, "%zu blocks at rest, %zu before", talloc_total_blocks(w->stack),
			   w->blocks);
}

void world_play(struct world *w, unsigned int n_events)
{
	make(w);
	world_check(w);
	for (unsigned int i = 0; i < n_events && (!w->chance.octets || w->chance.len); i++) {
		world_event(w);
		world_check(w);
	}
	/* a stack may end in the middle of everything */
	if (w->chance.octets || world_any(w, 8)) {
		world_rest(w);
		world_check_rest(w);
	}
	talloc_free(w->stack);
	if (check_machines(w))
		world_fail(w, "processes outlive their stack");
	if (timer_runs())
		world_fail(w, "a timer outlives its stack");
}

void world_init(bool verbose)
{
	osmo_init_logging2(NULL, NULL);
	log_set_category_filter(osmo_stderr_target, DLGLOBAL, 1,
				verbose ? LOGL_DEBUG : LOGL_FATAL);
	log_set_use_color(osmo_stderr_target, 0);
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ .tv_sec = 1000 };
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	if (isup_fsm_init(DLGLOBAL) < 0)
		abort();
}
