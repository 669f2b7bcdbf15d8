/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: ISUP messages out of INFO, and those that are no matter of SIP out of others (RFC 3398
 * 13). */
#include "gw/map_tunnel.h"
#include "isup/compat.h"
#include "isup/unknown.h"

/* What nobody here knows is treated as it asks for (Q.764 2.9.5.2), as in transit. */
static struct isup_unknown judge(const struct isup_msg *isup)
{
	struct isup_message_compat c;

	if (!map_is_unknown(isup))
		return (struct isup_unknown){ .verdict = ISUP_VERDICT_PASS_ON };
	return isup_judge_message(isup_msg_compat(isup, &c) ? &c : NULL, false, true);
}

bool map_take_other(struct cc_prim *prim, const struct isup_msg *isup, const struct map_profile *p)
{
	const struct sip_msg *msg = prim->sip;
	struct isup_unknown u = judge(isup);

	if (u.verdict == ISUP_VERDICT_RELEASE) {
		*prim = (struct cc_prim){ .type = CC_RELEASE, .sip = msg };
		prim->u.release.cause = (struct isup_cause){ .value = u.cause,
							     .location = p->location };
		return true;
	}
	/* SAM: more digits are taken by those who await some (map_info_to_digits()) */
	if (u.verdict != ISUP_VERDICT_PASS_ON || isup->type == ISUP_MT_SAM ||
	    !map_isup_to_prim(prim, isup, true))
		return false;
	prim->sip = msg;
	return true;
}

bool map_info_to_prim(struct cc_prim *prim, struct isup_msg *isup, const struct sip_msg *info,
		      const struct map_profile *p)
{
	if (!map_isup_rule(p, MAP_B_TUNNEL) || map_body_isup(isup, info, p) != 1)
		return false;
	*prim = (struct cc_prim){ .sip = info };
	return map_take_other(prim, isup, p);
}

bool map_info_to_confusion(struct isup_msg *cfn, const struct sip_msg *info,
			   const struct map_profile *p)
{
	struct isup_unknown u;
	struct isup_cause cause;
	struct isup_msg isup;

	if (!map_isup_rule(p, MAP_B_TUNNEL) || map_body_isup(&isup, info, p) != 1)
		return false;
	u = judge(&isup);
	if (!u.notify || u.verdict == ISUP_VERDICT_RELEASE)
		return false;
	cause = (struct isup_cause){ .value = u.cause, .location = p->location, .n_diag = 1,
				     .diag = { isup.type } };
	isup_init(cfn, map_dialect(p), ISUP_MT_CFN, 0);
	return isup_set(cfn, ISUP_P_CAUSE, &cause) == 0;
}
