/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of a call. ISUP or SIP behind it, the call cannot tell. */
#ifndef TOLLGATE_GW_LEG_H
#define TOLLGATE_GW_LEG_H

#include "gw/cc.h"
#include "gw/gw.h"
#include "gw/overlap.h"

struct leg;

/* What the call asks of a leg. */
struct leg_ops {
	const char *protocol;		/* "isup" "sip" */
	/* Incoming leg: get ready to talk, then call_offer() with the SDP to offer the other side
	 * (NULL: none), now or later. */
	void (*prepare)(struct leg *leg);
	/* Incoming leg: what the digits that came are worth; more come as CC_ADDRESS, by which it
	 * also says that none has come in time (complete). Said again when there are more. */
	void (*digits)(struct leg *leg, enum overlap digits);
	/* Incoming leg: the call goes where no ISUP is; from isup (or NULL) is taken what is only
	 * for such. 0, or the cause why it must not go there. May be NULL. */
	uint8_t (*ends_here)(struct leg *leg, struct isup_msg *isup);
	/* Incoming leg: the other one carries ISUP, though it is none; or after all does not. May
	 * be NULL. */
	void (*carried)(struct leg *leg, bool carried);
	/* Outgoing leg: place the call. sdp: the offer of the other side, or NULL. 0, or the Q.850
	 * cause why this leg cannot; the caller then frees it with release(). s and isup live
	 * until the call is answered or the leg released. */
	uint8_t (*setup)(struct leg *leg, const struct cc_setup *s, const struct isup_msg *isup,
			 const char *sdp);
	/* Every primitive but SETUP and RELEASE. */
	void (*prim)(struct leg *leg, const struct cc_prim *prim);
	/* End it, in whatever state, and free it. why: the primitive of the other side, for what
	 * rides along; may be NULL. */
	void (*release)(struct leg *leg, const struct cc_release *r, const struct cc_prim *why);
	/* Its identity for records and `show`. Strings live as long as the leg. */
	void (*describe)(const struct leg *leg, struct cdr_leg *d);
};

struct leg {
	const struct leg_ops *ops;
	struct call *call;
	struct trunk *trunk;
};

/* A new outgoing leg on this trunk group (not yet set up). NULL: no memory. */
struct leg *leg_isup_new(void *ctx, struct trunk *trunk);
struct leg *leg_sip_new(void *ctx, struct trunk *trunk);

/* Before its setup(): it goes to this address, with this Request-URI (the Contact of a 3xx). */
void leg_sip_redirected(struct leg *leg, const char *ruri, const struct config_target *target);

/* Entries for the edges: calls that come in. */
void leg_isup_setup_ind(struct gw *gw, struct isup_call *ic, const struct isup_msg *iam);
void leg_sip_user_init(struct sip_user *user, struct gw *gw);

#endif
