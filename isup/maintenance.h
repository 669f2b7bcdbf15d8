/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maintenance of ranges of circuits and of whole groups: what an operator, or the audit, may ask of
 * the ISUP user part (Q.764 2.8.2, 2.8.3, 2.9.3; T1.113.4 2.8).
 *
 * A range is all circuits of the group from first to last; holes and circuits of other groups are
 * passed over. Messages leave as the peer's window has room, so that any number of circuits may be
 * asked for at once. */
#ifndef TOLLGATE_ISUP_MAINTENANCE_H
#define TOLLGATE_ISUP_MAINTENANCE_H

#include "isup/circuit.h"

/* Circuit group supervision message type (Q.763 3.13). */
enum isup_blocking {
	ISUP_BLOCKING_MAINTENANCE,	/* calls go on, there are no new ones */
	ISUP_BLOCKING_HARDWARE,		/* the circuits have failed: calls on them end, cause 41 */
};

/* CGB with T18 and T19, CGU with T20 and T21. 0; -ENOENT: no circuit of the group is in the range;
 * -EALREADY: all are so, or are becoming so. A circuit may be blocked for both reasons; either is
 * removed for itself. */
int isup_range_block(struct isup_group *g, unsigned int first, unsigned int last,
		     enum isup_blocking type);
int isup_range_unblock(struct isup_group *g, unsigned int first, unsigned int last,
		       enum isup_blocking type);
int isup_group_block(struct isup_group *g, enum isup_blocking type);
int isup_group_unblock(struct isup_group *g, enum isup_blocking type);

/* GRS, RSC for a single circuit; T22, T23, T16, T17. Calls end with cause 31. 0, -ENOENT, or
 * -EBUSY: all are being reset. */
int isup_range_reset(struct isup_group *g, unsigned int first, unsigned int last);

/* CQM with T28. What the peer says of each circuit is compared with what we know of it, and put
 * right where they differ: see isup/mismatch.h. 0, -ENOENT, or -EALREADY: all are being queried.
 *
 * The result is in the log and the counters, and stays with the circuits: isup_circuit_status(). */
int isup_range_query(struct isup_group *g, unsigned int first, unsigned int last);
int isup_group_query(struct isup_group *g);
int isup_circuit_query(struct isup_circuit *c);

/* CVT, once more after TCVT: do both ends have the same data of the circuit? A call on it is not
 * touched. The result is in the log, what differs is an alarm. 0; -EOPNOTSUPP: the dialect has no
 * CVT; -ENETUNREACH, -EBUSY (it is running), -ENOMEM. */
int isup_circuit_validate(struct isup_circuit *c);

/* CRM with TCRM: reserve a hunted circuit before its IAM can be made. done is called once from a
 * later turn of the loop: rc 0, then isup_call_setup() within the peer's TCRA; -ETIMEDOUT or
 * -ECONNREFUSED, then isup_circuit_unseize(). It is not called when something else takes the
 * circuit meanwhile (setup would say -EBUSY), nor when its user gives it back before (REL follows).
 * 0; -EOPNOTSUPP: the dialect has no CRM; -EBUSY, -ENETUNREACH, -ENOMEM. */
typedef void isup_reserved_cb(void *ctx, struct isup_circuit *c, int rc);
int isup_circuit_reserve(struct isup_circuit *c, isup_reserved_cb *done, void *ctx);

#endif
