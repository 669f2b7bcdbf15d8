/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What operators call a circuit, from its status. */
#ifndef TOLLGATE_GW_SHOW_STATES_H
#define TOLLGATE_GW_SHOW_STATES_H

#include "isup/circuit.h"

static inline bool is_busy(const struct isup_circuit_status *st)
{
	return st->use == ISUP_CCT_SEIZED || st->use == ISUP_CCT_INCOMING ||
	       st->use == ISUP_CCT_OUTGOING;
}

static inline bool is_blocked(const struct isup_circuit_status *st)
{
	return st->local_blocked || st->local_failed || st->remote_blocked || st->remote_failed;
}

static inline bool can_be_hunted(const struct isup_circuit_status *st)
{
	return st->use == ISUP_CCT_IDLE && !is_blocked(st) && !st->blocking_pending &&
	       !st->out_of_service && !st->unreachable;
}

#endif
