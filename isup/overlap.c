/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits of an incoming call: how long more of them are awaited (T10, T35). */
#include "isup/dialect.h"
#include "isup/overlap.h"
#include "isup/processes.h"

/* Address complete has neither been sent nor, as yet, been asked for. */
bool isup_cpci_wants_digits(const struct isup_call *call)
{
	switch (call->fi->state) {
	case CPC_ST_WAIT_DIGITS:
	case CPC_ST_WAIT_MORE:
	case CPC_ST_WAIT_ACM:
		return call->incoming;
	}
	return false;
}

void isup_call_digits(struct isup_call *call, enum isup_overlap digits)
{
	static const enum cpc_state states[] = {
		[ISUP_DIGITS_TOO_FEW] = CPC_ST_WAIT_DIGITS,
		[ISUP_DIGITS_MAYBE] = CPC_ST_WAIT_MORE,
		[ISUP_DIGITS_COMPLETE] = CPC_ST_WAIT_ACM,
	};

	if (call->ended || !isup_cpci_wants_digits(call))
		return;
	if (!isup_mt_row(call->circuit->group->cfg.dialect, ISUP_MT_SAM))
		digits = ISUP_DIGITS_COMPLETE;
	if (call->fi->state != states[digits])
		isup_cpci_go(call, states[digits]);
}

/* T10: what there is is the number. The caller's exchange learns that no more digits are wanted,
 * unless the user has no use for these. */
void isup_overlap_complete(struct isup_call *call)
{
	struct isup_circuit *c = call->circuit;

	if (call->ops && call->ops->complete_ind)
		call->ops->complete_ind(call->ops_ctx);
	if (c->call == call && isup_cpci_wants_digits(call))
		isup_cpci_early_acm(call, 10);
}
