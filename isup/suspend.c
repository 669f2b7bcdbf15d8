/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suspend and resume: by a user or by the network, at either end (Q.764 2.4). */
#include <osmocom/core/utils.h>

#include "isup/processes.h"
#include "isup/suspend.h"

enum { BY_USER, BY_NETWORK };

void isup_call_suspend_role(struct isup_call *call, enum isup_suspend_role role)
{
	call->suspend_role = role;
}

/* The timer that guards a suspension here, 0: none does. The controlling exchange waits for the
 * far end; the incoming international exchange guards what it passes back to the outgoing one. */
static int guard(const struct isup_call *call, unsigned int by, bool ours)
{
	switch (call->suspend_role) {
	case ISUP_SUSPEND_CONTROLLING:
		if (ours)
			return 0;
		return by == BY_NETWORK ? 6 : 2;
	case ISUP_SUSPEND_INTERNATIONAL:
		return by == BY_NETWORK ? 38 : 0;
	case ISUP_SUSPEND_PASS:
		break;
	}
	return 0;
}

/* Suspended until all have resumed who suspended: user or network, there or here. */
void isup_suspend_apply(struct isup_call *call, const struct isup_msg *m, bool ours)
{
	struct isup_suspend s = {};
	unsigned int by;
	uint8_t bit;
	int T;

	isup_get(m, ISUP_P_SUSPEND, &s);
	by = s.network ? BY_NETWORK : BY_USER;
	bit = S(by + (ours ? 2 : 0));
	T = guard(call, by, ours);
	if (m->type == ISUP_MT_SUS)
		call->suspended |= bit;
	else
		call->suspended &= ~bit;
	if (T && m->type == ISUP_MT_SUS)
		isup_call_timer_start(call, ISUP_CALL_TIMER_USER + by, T);
	else if (T)
		isup_call_timer_stop(call, ISUP_CALL_TIMER_USER + by);
	osmo_fsm_inst_state_chg(call->fi, call->suspended ? CPC_ST_SUSPENDED : CPC_ST_ANSWERED, 0,
				0);
}

void isup_suspend_expired(struct isup_call *call, int T)
{
	isup_call_timeout(call, T, T == 6 ? ISUP_CAUSE_NORMAL : ISUP_CAUSE_TIMER);
}
