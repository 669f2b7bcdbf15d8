/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Less traffic to an exchange that cannot take it: signalling network congestion (Q.764 2.10) and
 * automatic congestion control (2.11), and what we tell of our own load.
 *
 * Only new outgoing calls are refused, a share of them in even turns. Calls with priority go
 * through: category 11 and 14, ANSI's categories for emergencies, MLPP above routine. */
#ifndef TOLLGATE_ISUP_CONGESTION_H
#define TOLLGATE_ISUP_CONGESTION_H

#include "isup/circuit.h"

/* From MTP-STATUS: the destination is congested over this MTP; levels 1-3 are all the same to ISUP,
 * 0 (abated) means nothing to it: T30 brings the load back, a step at a time. */
void isup_congestion_ind(struct isup_stack *s, const void *mtp, uint32_t pc, unsigned int level);

/* May this call go out now? To be asked once for a call, before a circuit is hunted. 0, or -EAGAIN:
 * it is of the share to be refused (cause 42), another route may take it. */
int isup_group_admit(struct isup_group *g, const struct isup_msg *iam);
/* How many new calls in a hundred are let through now: 100 is full load. */
unsigned int isup_group_share(const struct isup_group *g);

/* Our own load: 0 none, 1 or 2 is put into every REL as automatic congestion level, by the groups
 * whose configuration wants it so. */
void isup_overload_set(struct isup_stack *s, unsigned int level);
unsigned int isup_overload(const struct isup_stack *s);

#endif
