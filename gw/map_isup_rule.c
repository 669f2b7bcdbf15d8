/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what is made for a body where no ISUP is at hand, and what is tunnelled. */
#include "gw/map_tunnel.h"

enum { NO, YES };

#define S(key, token, what, rfc, c, clause) { key, token, what, { rfc, rfc, rfc, c }, clause }

static const struct map_row rows[] = {
	S(MAP_B_MAKE_IAM, "make-iam", "an IAM is made for the INVITE of a call without ISUP",
	  NO, YES, "RFC 3372 3: SIP-T begins where ISUP ends; Q.1912.5: SIP-I always has it"),
	S(MAP_B_MAKE_RESPONSE, "make-response",
	  "ACM, CPG, ANM, CON, REL are made for responses and BYE to a peer that takes part",
	  YES, YES, "RFC 3398 8.2.3-8.2.6, 10; Q.1912.5 5.4"),
	S(MAP_B_TUNNEL, "tunnel", "other messages go by INFO, and are taken from it",
	  YES, YES, "RFC 3398 13; Q.1912.5 5.4"),
	S(MAP_B_PASS_INR, "pass-inr", "INR of the peer is passed on; else it is told: not known",
	  YES, YES, "RFC 3398 13"),
	S(MAP_B_SUSPEND_HOLD, "suspend-hold",
	  "SUS and RES are a re-INVITE (sendonly, sendrecv) to a peer without ISUP",
	  NO, NO, "RFC 3398 9.1: with media suspension"),
};

static const struct map_choice choices[] = {
	{ NO, "no", "no" },
	{ YES, "yes", "yes" },
	{ 0 }
};

const struct map_table map_table_isup = {
	.name = "isup",
	.title = "what becomes of ISUP toward a SIP peer, and is made for it "
		 "(RFC 3372, RFC 3398 13)",
	.key_title = "what", .value_title = "done",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
};

bool map_tunnels(const struct isup_msg *m, const struct map_profile *p)
{
	return map_isup_rule(p, MAP_B_TUNNEL) && map_goes_by_info(m, p);
}

bool map_passes_inr(const struct map_profile *p)
{
	return map_isup_rule(p, MAP_B_PASS_INR);
}

bool map_isup_rule(const struct map_profile *p, enum map_isup_rule rule)
{
	return map_rule(p, MAP_T_ISUP, rule);
}
