/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the mapper share about ISUP in bodies (RFC 3204, 3372, 3398; Q.1912.5
 * profile C). */
#ifndef TOLLGATE_GW_MAP_TUNNEL_H
#define TOLLGATE_GW_MAP_TUNNEL_H

#include "gw/map_parts.h"

/* --- map_body_table.c: which message rides where --- */
enum map_place {
	MAP_PLACE_NEVER,		/* of one circuit or link */
	MAP_PLACE_INVITE,
	MAP_PLACE_PROGRESS,		/* 18x; after the answer INFO */
	MAP_PLACE_ANSWER,		/* 2xx */
	MAP_PLACE_RELEASE,		/* final failure, BYE */
	MAP_PLACE_INFO,			/* INFO; the first one toward the caller in a 183 */
};
enum { MAP_TYPE_UNKNOWN = 256 };	/* the row of messages that the dialect does not know */
enum map_place map_place_of(const struct map_profile *p, const struct isup_msg *m);
/* By INFO, at least after the answer? */
bool map_goes_by_info(const struct isup_msg *m, const struct map_profile *p);
/* May a message of this type come in that SIP message? */
bool map_place_fits(const struct map_profile *p, const struct isup_msg *m,
		    const struct sip_msg *msg);

/* --- map_trust.c: what an untrusted peer is believed and told (RFC 3398 15) --- */
bool map_trusts_message(const struct map_profile *p, uint8_t type);
/* Takes away what is not let through. out: for the peer, so mandatory parameters stay, and numbers
 * that shall not be shown go, unless it is trusted with identities (send_pai). */
void map_trust_filter(struct isup_msg *m, const struct map_profile *p, bool out);

/* --- map_isup_rule.c: what is made where no ISUP is at hand --- */
enum map_isup_rule {
	MAP_B_MAKE_IAM,			/* the INVITE of a call that came without */
	MAP_B_MAKE_RESPONSE,		/* 18x, 2xx, failure, BYE to a peer that takes part */
	MAP_B_TUNNEL,			/* other messages by INFO */
	MAP_B_PASS_INR,			/* INR of the peer; else it is told that there is nothing */
	MAP_B_SUSPEND_HOLD,		/* SUS, RES toward a peer without ISUP: re-INVITE */
};
bool map_isup_rule(const struct map_profile *p, enum map_isup_rule rule);

/* --- map_precedence.c: header or body? --- */
enum map_field {
	MAP_F_CALLED, MAP_F_CALLED_DETAIL, MAP_F_CALLING, MAP_F_CALLING_DETAIL, MAP_F_ADDITIONAL,
	MAP_F_DIVERSION, MAP_F_CATEGORY, MAP_F_MEDIUM, MAP_F_HOPS, MAP_F_PORTED, MAP_F_STATE,
	MAP_F_CAUSE_RESPONSE, MAP_F_CAUSE_BYE,
};
bool map_body_wins(const struct map_profile *p, enum map_field field);
/* s: as the headers have it on top of the body; body: as its IAM alone has it. */
void map_precedence(struct cc_setup *s, const struct cc_setup *body, const struct map_profile *p);

/* --- map_taken.c --- */
/* A message that is no matter of SIP, for the other end; prim->sip brought it. false: there is
 * nothing to tell. A release when it asks for that. */
bool map_take_other(struct cc_prim *prim, const struct isup_msg *isup,
		    const struct map_profile *p);

/* --- map_body.c --- */
/* map_body_isup() when the parts are at hand. */
int map_parts_isup(struct isup_msg *isup, const struct sipt_body *b, const struct sip_msg *msg,
		   const struct map_profile *p);

/* --- map_isup.c --- */
/* Of map_setup_from_iam() what headers of SIP may contradict, the called number apart: who calls,
 * who diverted, category, medium, services. The rest is 0. */
void map_parties_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			  const struct map_profile *p);

/* --- map_made.c: messages for bodies, made or carried on --- */
/* The IAM for an INVITE: 1; 0: none goes; -errno of map_setup_to_iam(). tmpl may be NULL. */
int map_body_iam(struct isup_msg *iam, const struct cc_setup *s, const struct isup_msg *tmpl,
		 const struct map_profile *p);
/* What goes with a provisional or 2xx response; NULL: nothing. It is what rode along, or *made. */
const struct isup_msg *map_body_response(struct isup_msg *made, const struct cc_prim *prim,
					 enum map_with_isup with, const struct map_profile *p);
/* The body of a failure or BYE. rel: what rode along, or NULL. */
int map_put_rel(struct sip_out *out, const struct cc_release *r, const struct isup_msg *rel,
		bool with_isup, const struct map_profile *p);

#endif
