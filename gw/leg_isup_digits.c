/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The digits of an ISUP leg: those awaited of the caller, and those that follow an IAM of ours. */
#include <string.h>

#include "gw/leg_isup.h"
#include "isup/overlap.h"

void leg_isup_digits(struct leg *leg, enum overlap digits)
{
	static const enum isup_overlap to[] = {
		[OVERLAP_TOO_FEW] = ISUP_DIGITS_TOO_FEW,
		[OVERLAP_MAYBE] = ISUP_DIGITS_MAYBE,
		[OVERLAP_COMPLETE] = ISUP_DIGITS_COMPLETE,
	};
	struct leg_isup *l = (struct leg_isup *)leg;

	l->collecting = digits != OVERLAP_COMPLETE;
	if (l->ic)
		isup_call_digits(l->ic, to[digits]);
}

/* CC_ADDRESS of an outgoing leg. Its IAM may not have gone yet, or go once more on another circuit:
 * then it has all digits. */
void leg_isup_more_digits(struct leg_isup *l, const struct cc_prim *prim)
{
	struct isup_number called;

	if (!l->iam || !isup_get(l->iam, ISUP_P_CALLED, &called))
		return;
	called.digits[strcspn(called.digits, "F")] = '\0';
	if (prim->u.digits)
		overlap_append(&called, prim->u.digits);
	if (prim->complete && prim->isup)	/* ST was heard */
		overlap_append(&called, &(const struct isup_number){ .digits = "F" });
	if (isup_set(l->iam, ISUP_P_CALLED, &called) < 0)
		LOG_LEG(l, LOGL_NOTICE, "digits cannot be put into the IAM\n");
}
