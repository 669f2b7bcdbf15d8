/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP in the bodies of a SIP leg's dialog. */
#ifndef TOLLGATE_GW_LEG_SIP_TUNNEL_H
#define TOLLGATE_GW_LEG_SIP_TUNNEL_H

#include "gw/cc.h"
#include "gw/map.h"

struct leg_sip;

enum { LEG_SIP_MAX_HELD = 8 };	/* messages for a called side that has not shown itself */

struct leg_sip_tunnel {
	bool sent;			/* outgoing: the INVITE carried some */
	bool declined;			/* outgoing: it was refused for that */
	bool shown;			/* the peer has sent some that we can use */
	bool progressed;		/* incoming: the peer was told of progress */
	bool no_info;			/* INFO was refused */
	uint8_t n_held;
	struct isup_msg *held[LEG_SIP_MAX_HELD];
};

enum map_with_isup leg_sip_with_isup(const struct leg_sip *l);
/* A message has come: what is in it that cannot be used is counted and logged. true: it had to be
 * understood. */
bool leg_sip_saw_body(struct leg_sip *l, const struct sip_msg *msg, bool has_isup);
int leg_sip_info_status(void *ctx, const struct sip_msg *msg, struct sip_out *answer);
void leg_sip_on_info(void *ctx, const struct sip_msg *msg);
void leg_sip_on_info_refused(void *ctx, int status);
/* A re-INVITE or UPDATE: the message in it that is for the other side is put into prim. false: one
 * had to be understood, and is not. */
bool leg_sip_inside(struct leg_sip *l, struct cc_prim *prim, struct isup_msg *isup,
		    const struct sip_msg *msg);
/* The primitive's message goes by INFO, if it may. */
void leg_sip_tunnel(struct leg_sip *l, const struct cc_prim *prim);
/* The called side has spoken: what waited for that goes, or is given up. */
void leg_sip_tunnel_held(struct leg_sip *l);
/* This message (or NULL) goes into a body: what the peer's dialect cannot say is counted. */
void leg_sip_carries(struct leg_sip *l, const struct isup_msg *m);
/* The INVITE was refused for its ISUP body. */
bool leg_sip_body_declined(struct leg_sip *l, int status, const struct sip_msg *msg);

#endif
