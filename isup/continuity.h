/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The continuity check (Q.764 2.1.8, tones: Q.724 7), and what it wants of its user: he has the
 * circuit's transmission path.
 *
 * An IAM whose nature of connection indicators ask for the check on this circuit starts it: the
 * exchange that sent it sends the check tone, the other one connects a loop; COT says how it went.
 * A circuit that failed is tested again by CCR until it passes, and is out of service from the
 * second failure on. When five tests in a row cannot be done for lack of equipment it stays out of
 * service, untested, until a reset or a test by command. */
#ifndef TOLLGATE_ISUP_CONTINUITY_H
#define TOLLGATE_ISUP_CONTINUITY_H

#include "isup/circuit.h"

enum isup_continuity_event {
	ISUP_CONTINUITY_LOOPED,		/* the loop is there */
	ISUP_CONTINUITY_PASSED,		/* the check tone came back, and is gone again */
	ISUP_CONTINUITY_FAILED,		/* it did not */
	ISUP_CONTINUITY_UNABLE,		/* neither can be said: equipment is lacking or lost */
};

/* One thing at a time is asked of a circuit's path. The answer is given by isup_continuity_ind(),
 * never from inside; after PASSED, FAILED and UNABLE the path is the user's again. stop ends what
 * was asked and not yet answered so. */
struct isup_continuity_ops {
	/* 0, -EOPNOTSUPP (never possible here), or another -errno (not now). */
	int (*loop)(void *ctx, struct isup_circuit *c);
	int (*check)(void *ctx, struct isup_circuit *c);	/* send the tone and wait for it */
	void (*stop)(void *ctx, struct isup_circuit *c);
};

/* Without it the stack thinks that loops are there by other means, and leaves the outgoing check of
 * a call, COT included, to the user of the call. ops is copied. */
void isup_continuity_use(struct isup_stack *s, const struct isup_continuity_ops *ops, void *ctx);
void isup_continuity_ind(struct isup_circuit *c, enum isup_continuity_event ev);

/* Tests an idle circuit: CCR, tone, COT; REL when it passed. 0, -EBUSY (the circuit is not idle),
 * -ENETUNREACH, -EOPNOTSUPP (no user), -ENOMEM. The result is logged, and seen as the circuit's
 * state. */
int isup_continuity_test(struct isup_circuit *c);

#endif
