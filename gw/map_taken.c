/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: ISUP messages out of INFO, and those that are no matter of SIP out of others (RFC 3398
 * 13). */
#include "gw/map_tunnel.h"
#include "isup/compat.h"
#include "isup/unknown.h"

/* What nobody here knows is treated as it asks for (Q.764 2.9.5.2), as in transit. */
static enum isup_verdict judge(struct isup_cause *cause, const struct isup_msg *isup,
			       const struct map_profile *p)
{
	struct isup_message_compat c;
	struct isup_unknown u =
		isup_judge_message(isup_msg_compat(isup, &c) ? &c : NULL, false, true);

	*cause = (struct isup_cause){ .value = u.cause, .location = p->location };
	return u.verdict;
}

bool map_take_other(struct cc_prim *prim, const struct isup_msg *isup, const struct map_profile *p)
{
	const struct sip_msg *msg = prim->sip;
	struct isup_cause cause;
	enum isup_verdict v = map_is_unknown(isup) ? judge(&cause, isup, p) : ISUP_VERDICT_PASS_ON;

	if (v == ISUP_VERDICT_RELEASE) {
		*prim = (struct cc_prim){ .type = CC_RELEASE, .sip = msg };
		prim->u.release.cause = cause;
		return true;
	}
	/* SAM: more digits are taken by those who await some (map_info_to_digits()) */
	if (v != ISUP_VERDICT_PASS_ON || isup->type == ISUP_MT_SAM ||
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
