/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of the timers' tables, one for each standard of a stack. */
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/processes.h"
#include "isup/timers.h"

static const struct isup_timers *const standards[ISUP_TIMER_SETS] = {
	[ISUP_TIMERS_ITU] = &isup_timers_itu,
	[ISUP_TIMERS_ANSI] = &isup_timers_ansi,
};

static unsigned int count(const struct osmo_tdef *rows)
{
	unsigned int n = 0;

	while (rows[n].T)
		n++;
	return n;
}

static void put(struct osmo_tdef *t, const struct osmo_tdef *row)
{
	struct osmo_tdef *same = osmo_tdef_get_entry(t, row->T);

	while (!same && t->T)
		t++;
	memcpy(same ? same : t, row, sizeof(*row));	/* its members are constant */
}

struct osmo_tdef *isup_timers_new(void *ctx, enum isup_timer_set set)
{
	const struct osmo_tdef *itu = isup_timers_itu.rows, *own = standards[set]->rows, *row;
	struct osmo_tdef *t;

	t = talloc_zero_array(ctx, struct osmo_tdef, count(itu) + count(own) + 1);
	if (!t)
		return NULL;
	for (row = itu; row->T; row++)
		put(t, row);
	for (row = own; row->T; row++)
		put(t, row);
	osmo_tdefs_reset(t);
	return t;
}

struct osmo_tdef *isup_tdefs_new(void *ctx)
{
	return isup_timers_new(ctx, ISUP_TIMERS_ITU);
}

void isup_stack_timers(struct isup_stack *s, enum isup_timer_set set, struct osmo_tdef *tdefs)
{
	s->timers[set] = tdefs;
}

/* The table of a dialect's standard in this stack. */
struct osmo_tdef *isup_timers_of(const struct isup_stack *s, const struct isup_dialect *d)
{
	return s->timers[d->timers ? d->timers->set : ISUP_TIMERS_ITU];
}
