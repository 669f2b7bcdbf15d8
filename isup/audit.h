/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of circuits: finds what nothing would ever end, says so, and frees it by the standard's
 * means (REL, RSC, the message that a timer would have repeated). */
#ifndef TOLLGATE_ISUP_AUDIT_H
#define TOLLGATE_ISUP_AUDIT_H

#include "isup/circuit.h"

enum isup_finding {
	ISUP_FINDING_NONE,
	ISUP_FINDING_CALL,		/* a call that its user does not know: REL */
	ISUP_FINDING_SEIZURE,		/* a seizure that nobody has: given back */
	ISUP_FINDING_TIMER,		/* a process that nothing will wake: repeats its word */
	ISUP_FINDING_HUNT,		/* idle and not hunted, or the reverse: put right */
	ISUP_FINDING_WAIT,		/* maintenance work whose turn never comes: started */
};

/* Looks at one circuit, and puts right what is wrong: one log line, one count (ISUP_CTR_AUDIT_...).
 * To be called from the loop, not from inside a primitive. Takes less than a microsecond when
 * nothing is found. */
enum isup_finding isup_audit_circuit(struct isup_circuit *c);
const char *isup_finding_name(enum isup_finding f);

#endif
