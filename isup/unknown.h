/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an exchange makes of messages and parameters that it does not know (Q.764 2.9.5.2, 2.9.5.3).
 *
 * Type A is the end of the call, or the edge to another signalling system; type B is one in
 * transit, which passes on what is not meant for it. */
#ifndef TOLLGATE_ISUP_UNKNOWN_H
#define TOLLGATE_ISUP_UNKNOWN_H

#include "isup/circuit.h"

enum isup_verdict {
	ISUP_VERDICT_PASS_ON,
	ISUP_VERDICT_DISCARD,		/* the parameter; of a message: all of it */
	ISUP_VERDICT_DISCARD_MESSAGE,	/* for the sake of a parameter */
	ISUP_VERDICT_RELEASE,
};

struct isup_unknown {
	enum isup_verdict verdict;
	uint8_t cause;			/* of the REL, or of the CFN when it is wanted */
	bool notify;			/* CFN */
};

/* Pure. todo: the instructions that came along, or NULL; type_a: this exchange; can_pass: there
 * is somebody who may be given it. */
struct isup_unknown isup_judge_message(const struct isup_message_compat *todo, bool type_a,
					 bool can_pass);
struct isup_unknown isup_judge_parameter(const struct isup_par_compat *todo, bool type_a);

/* The call ends here: its other leg is no ISUP, nor does it carry any. What is not known is no
 * longer kept for somebody behind us. iam: of an incoming call, from which unknown parameters are
 * taken as instructed; else NULL. 0, or the cause with which the call is to be released. */
uint8_t isup_call_ends_here(struct isup_call *call, struct isup_msg *iam);

#endif
