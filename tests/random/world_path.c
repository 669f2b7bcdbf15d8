/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's transmission paths: loops and check tones of continuity checks, and the circuits that
 * he has reserved before IAM; see world.h. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/continuity.h"
#include "isup/maintenance.h"
#include "tests/random/world.h"

/* No user of paths, one who can, one who cannot before all comes to rest. */
enum { MODE_NONE, MODE_ABLE, MODE_UNABLE };

static struct world_path *find(struct world *w, const struct isup_circuit *c)
{
	for (unsigned int i = 0; i < WORLD_PATHS; i++) {
		if (w->paths[i].circuit == c)
			return &w->paths[i];
	}
	return NULL;
}

static int begin(struct world *w, struct isup_circuit *c, bool check)
{
	struct world_path *p = find(w, NULL);

	world_trace(w, "  user is to %s %u", check ? "check" : "loop", isup_circuit_cic(c));
	if (find(w, c))
		world_fail(w, "the path of %u is in use", isup_circuit_cic(c));
	if (!p)
		world_fail(w, "more paths than circuits");
	if (w->path_mode == MODE_UNABLE && !w->resting)
		return -EOPNOTSUPP;
	if (!w->resting && world_any(w, 8) == 0)
		return -EAGAIN;
	*p = (struct world_path){ .circuit = c, .check = check };
	return 0;
}

static int loop(void *ctx, struct isup_circuit *c)
{
	return begin(ctx, c, false);
}

static int check(void *ctx, struct isup_circuit *c)
{
	return begin(ctx, c, true);
}

static void stop(void *ctx, struct isup_circuit *c)
{
	struct world_path *p = find(ctx, c);

	world_trace(ctx, "  user is to leave %u", isup_circuit_cic(c));
	if (!p)
		world_fail(ctx, "the path of %u is not in use", isup_circuit_cic(c));
	*p = (struct world_path){};
}

static const struct isup_continuity_ops path_ops = { .loop = loop, .check = check, .stop = stop };

void world_path_init(struct world *w)
{
	w->path_mode = world_any(w, MODE_UNABLE + 1);
	if (w->path_mode != MODE_NONE)
		isup_continuity_use(w->stack, &path_ops, w);
}

/* The path says how it went; what comes from one that nobody asked must do no harm. */
static void say(struct world *w, struct world_path *p, enum isup_continuity_event ev)
{
	struct isup_circuit *c = p->circuit;

	world_trace(w, "path of %u says %u", isup_circuit_cic(c), ev);
	if (ev == ISUP_CONTINUITY_LOOPED)
		p->looped = true;
	else
		*p = (struct world_path){};
	isup_continuity_ind(c, ev);
}

void world_path_event(struct world *w)
{
	struct world_path *p = &w->paths[world_any(w, WORLD_PATHS)];
	struct isup_circuit *c = world_circuit(w);
	unsigned int good = world_any(w, 3);

	for (unsigned int i = 0; i < WORLD_PATHS && !p->circuit; i++)
		p = &w->paths[i];
	if (!p->circuit && c)
		isup_continuity_ind(c, ISUP_CONTINUITY_PASSED);
	if (!p->circuit)
		return;
	if (!good)
		say(w, p, p->check && world_any(w, 2) ? ISUP_CONTINUITY_FAILED :
							ISUP_CONTINUITY_UNABLE);
	else if (p->check)
		say(w, p, ISUP_CONTINUITY_PASSED);
	else if (!p->looped)
		say(w, p, ISUP_CONTINUITY_LOOPED);
}

/* What was asked is done well; false when there is nothing to do. */
bool world_path_answer(struct world *w)
{
	for (unsigned int i = 0; i < WORLD_PATHS; i++) {
		struct world_path *p = &w->paths[i];

		if (!p->circuit || p->looped)
			continue;
		say(w, p, p->check ? ISUP_CONTINUITY_PASSED : ISUP_CONTINUITY_LOOPED);
		return true;
	}
	return false;
}

/* --- circuits reserved before IAM --- */

static void reserved(void *ctx, struct isup_circuit *c, int rc)
{
	struct world *w = ctx;

	world_trace(w, "  user has reserved %u: %d", isup_circuit_cic(c), rc);
	if (rc == 0)
		return;
	for (unsigned int i = 0; i < w->n_seized; i++) {
		if (w->seized[i] != c)
			continue;
		w->seized[i] = w->seized[--w->n_seized];
		isup_circuit_unseize(c);
		return;
	}
	world_fail(w, "told of a reservation that is not his");
}

void world_reserve(struct world *w)
{
	struct isup_circuit *c;
	int rc;

	if (!w->n_seized)
		return;
	c = w->seized[w->n_seized - 1];
	rc = isup_circuit_reserve(c, reserved, w);
	world_trace(w, "user reserves %u: %d", isup_circuit_cic(c), rc);
}
