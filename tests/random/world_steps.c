/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of a random sequence, and the way back to rest; see world.h. */
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "isup/congestion.h"
#include "isup/processes.h"
#include "isup/maintenance.h"
#include "tests/random/world.h"

enum { ROUNDS = 400 };			/* timers that may expire before all is at rest */

static void wait_ms(struct world *w, unsigned int ms)
{
	world_trace(w, "%u ms pass", ms);
	osmo_gettimeofday_override_add(ms / 1000, ms % 1000 * 1000);
	osmo_clock_override_add(CLOCK_MONOTONIC, ms / 1000, (long)(ms % 1000) * 1000000);
	osmo_timers_prepare();
	osmo_timers_update();
}

/* To the next timer that expires; false when none runs. */
static bool wait_next(struct world *w)
{
	int ms;

	osmo_timers_prepare();
	ms = osmo_timers_nearest_ms();
	if (ms < 0)
		return false;
	wait_ms(w, ms + 1);
	return true;
}

static void pass_time(struct world *w)
{
	static const unsigned int spans[] = { 100, 600, 3000, 8000, 20000, 61000 };

	if (world_any(w, 3) == 0)
		wait_ms(w, spans[world_any(w, ARRAY_SIZE(spans))]);
	else
		wait_next(w);
}

static void network_event(struct world *w)
{
	uint32_t pc = w->dpc[world_any(w, WORLD_PEERS)];
	unsigned int what = world_any(w, 12);

	world_trace(w, "network does %u to %u", what, pc);
	switch (what) {
	case 0:
		isup_pause_ind(w->stack, NULL, pc);
		break;
	case 1:
	case 2:
	case 3:
		isup_resume_ind(w->stack, NULL, pc);
		break;
	case 4:
		isup_user_unavailable_ind(w->stack, NULL, pc,
					  world_any(w, ISUP_USER_INACCESSIBLE + 1));
		break;
	case 6:
	case 7:
	case 8:
		isup_congestion_ind(w->stack, NULL, pc, world_any(w, 4));
		break;
	case 9:
		isup_overload_set(w->stack, world_any(w, 3));
		break;
	case 5:
		w->mtp_fails = true;
		break;
	default:
		w->mtp_fails = false;
	}
}

static void answers(struct world *w)
{
	unsigned int n = world_any(w, 6);

	if (n == 5)
		world_forget(w);
	while (n-- > 0)
		world_answer(w);
}

void world_event(struct world *w)
{
	switch (world_any(w, 17)) {
	case 0:
		network_event(w);
		break;
	case 1:
		world_operator_event(w);
		break;
	case 2:
	case 3:
		pass_time(w);
		break;
	case 4:
	case 5:
	case 6:
		answers(w);
		break;
	case 16:
		world_path_event(w);
		break;
	case 7:
	case 8:
	case 9:
	case 10:
		world_user_event(w);
		break;
	default:
		world_message(w);
	}
}

static void answer_all(struct world *w)
{
	unsigned int n = 10 * WORLD_SENT;

	while (n-- > 0 && (world_answer(w) || world_path_answer(w)))
		;
}

/* The peers answer all, until no timer runs. */
static void settle(struct world *w)
{
	for (unsigned int i = 0; i < ROUNDS; i++) {
		answer_all(w);
		world_check(w);
		if (!wait_next(w))
			return;
	}
}

/* What the peers and the operator have taken away they give back. */
static void unblock(struct world *w)
{
	for (unsigned int i = 0; i < WORLD_GROUPS; i++) {
		struct isup_circuit *c = NULL;

		isup_group_unblock(w->group[i], ISUP_BLOCKING_HARDWARE);
		while ((c = isup_circuit_next(w->group[i], c))) {
			if (c->local_blocked)
				isup_circuit_unblock(c);
			if (c->remote_blocked || c->remote_failed || c->out_of_service)
				world_peer_says(w, world_peer_of(w, w->group[i]), ISUP_MT_RSC,
						c->cic);
		}
	}
}

void world_rest(struct world *w)
{
	world_trace(w, "--- to rest");
	w->resting = true;
	w->mtp_fails = false;
	for (unsigned int i = 0; i < WORLD_PEERS; i++) {
		isup_resume_ind(w->stack, NULL, w->dpc[i]);
		/* a word from them: their ISUP is there */
		world_peer_says(w, i, ISUP_MT_RSC, 1);
	}
	world_release_all(w);
	settle(w);
	unblock(w);
	settle(w);
}
