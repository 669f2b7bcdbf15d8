/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Group blocking from our side as the processes see it: what a circuit is to be stands in the
 * circuit, and each kind of blocking is a kind of work. */
#ifndef TOLLGATE_ISUP_GROUP_BLOCK_H
#define TOLLGATE_ISUP_GROUP_BLOCK_H

#include "isup/maintenance.h"
#include "isup/processes.h"

static inline enum isup_work isup_gbs_work(enum isup_blocking type)
{
	return type == ISUP_BLOCKING_HARDWARE ? ISUP_WORK_HARDWARE : ISUP_WORK_MAINTENANCE;
}

static inline const char *isup_gbs_type_name(enum isup_work w)
{
	return w == ISUP_WORK_HARDWARE ? "hardware failure" : "maintenance";
}

/* Is the circuit to be blocked? */
static inline bool isup_gbs_wish(const struct isup_circuit *c, enum isup_work w)
{
	return w == ISUP_WORK_HARDWARE ? c->local_failed : c->local_blocked;
}

#endif
