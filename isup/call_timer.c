/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timers of a call that run beside the one of its state. */
#include <osmocom/core/utils.h>

#include "isup/processes.h"

/* What their expiry means. The call may be gone afterwards. */
static void (*const rows[ISUP_CALL_TIMERS])(struct isup_call *call, int T) = {
	[ISUP_CALL_TIMER_USER] = isup_suspend_expired,
	[ISUP_CALL_TIMER_NETWORK] = isup_suspend_expired,
	[ISUP_CALL_TIMER_SGM] = isup_hold_expired,
	[ISUP_CALL_TIMER_INR] = isup_inform_t33,
	[ISUP_CALL_TIMER_IDR] = isup_inform_t39,
};

static void expired(void *data)
{
	struct isup_call_timer *t = data;

	rows[t - t->call->timers](t->call, t->T);
}

void isup_call_timer_start(struct isup_call *call, enum isup_call_timers place, int T)
{
	struct isup_call_timer *t = &call->timers[place];

	t->call = call;
	t->T = T;
	osmo_timer_setup(&t->timer, expired, t);
	osmo_timer_schedule(&t->timer, isup_timer(call->circuit, T), 0);
}

void isup_call_timer_stop(struct isup_call *call, enum isup_call_timers place)
{
	osmo_timer_del(&call->timers[place].timer);
}

/* Of both processes: their memory goes. */
void isup_call_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause)
{
	unsigned int i;

	for (i = 0; i < ISUP_CALL_TIMERS; i++)
		isup_call_timer_stop(fi->priv, i);
}
