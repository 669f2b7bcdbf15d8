/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ISUP leg's inside, shared by leg_isup.c (signalling) and leg_isup_media.c (its media
 * context). */
#ifndef TOLLGATE_GW_LEG_ISUP_H
#define TOLLGATE_GW_LEG_ISUP_H

#include "gw/call.h"
#include "gw/continuity.h"
#include "gw/log.h"
#include "gw/trunk.h"

enum { LEG_ISUP_MAX_CIRCUITS = 4 };	/* tried for one call */
enum { LEG_ISUP_OVERLOADED = 42 };	/* refused by congestion control, here or there (OLM) */

struct leg_isup {
	struct leg leg;			/* first: a struct leg * is cast to this */
	struct hlist_node by_self, by_circuit;	/* leg_isup_index.c */
	struct isup_call *ic;		/* NULL before the IAM and after the circuit's end */
	struct isup_circuit *circuit;	/* seized, IAM not yet sent */
	struct isup_msg *iam;		/* outgoing, until the first backward message */
	char *offer;			/* outgoing: SDP of the other side, until answered */
	struct media_ctx *media;
	char *local_sdp;		/* what the media gateway told, NULL without media */
	const struct isup_circuit *at;	/* the circuit it is or was on last, for logs and records */
	const struct isup_circuit *tried_at[LEG_ISUP_MAX_CIRCUITS];
	struct isup_msg *connect;	/* outgoing: the answer, while the media falls back */
	uint8_t tmr, prime, tried;	/* prime: to which 64 kbit/s preferred falls back */
	bool outgoing, answered, acm_sent;
	bool held;			/* by the other side, as the exchange was told */
	bool pauses;			/* the exchange holds, or is suspended */
	bool collecting;		/* digits are awaited, before all else */
	bool transit;			/* outgoing: the call came from ISUP */
	bool carried;			/* outgoing: the call came with ISUP in a body */
	bool ends_here;			/* outgoing: the call came from where no ISUP is */
	bool tones;			/* outgoing: its backward media say something */
	bool deaf;			/* incoming: media before the answer are not heard */
	bool rings;			/* incoming: the media gateway plays the ring tone */
	bool checks;			/* its circuit: the media says nothing to SIP before */
	bool controls;			/* when the call is suspended (Q.764 2.4) */
	bool has_remote;		/* the media gateway knows the other side's SDP */
	bool may_fall_back;		/* 64 kbit/s preferred; what was taken is not told yet */
	bool medium_open;		/* outgoing: the same, what will be taken is not known */
	bool falls_back;		/* the media gateway is being told of speech */
	bool asks_connected;		/* incoming: the IAM wants to know who answers */
	bool asked;			/* a CC_MEDIA awaits our answer */
	unsigned int pending;		/* changes the media gateway has not answered */
	uint8_t asked_direction;	/* enum sdp_direction of that offer */
};

#define LOG_LEG(l, level, fmt, args...) \
	LOGP(DCALL, level, "%s/%u %s: " fmt, isup_group_name(isup_circuit_group((l)->at)), \
	     isup_circuit_cic((l)->at), call_id((l)->leg.call), ## args)

uint8_t leg_isup_seize(struct leg_isup *l);
void leg_isup_send_iam(struct leg_isup *l);
void leg_isup_hold(struct leg_isup *l, bool held);
void leg_isup_connect_late(struct leg_isup *l);	/* the media has fallen back */

/* leg_isup_digits.c */
void leg_isup_digits(struct leg *leg, enum overlap digits);
void leg_isup_more_digits(struct leg_isup *l, const struct cc_prim *prim);

/* leg_isup_cause.c: of a circuit whose call ends without a REL, constant text. Timers are T7, T9,
 * T2, T6, T35; the other ends are the work of the other exchange or of an operator. */
const char *leg_isup_reason(uint8_t cause);
bool leg_isup_is_timer(uint8_t cause);

/* leg_isup_index.c: all legs, found by themselves and by the circuit they are at */
void leg_isup_index_add(struct leg_isup *l);
void leg_isup_index_del(struct leg_isup *l);
void leg_isup_take(struct leg_isup *l, const struct isup_circuit *c);
bool leg_isup_is_here(const struct gw *gw, const void *leg);
/* Is the call, or the seizure, on this circuit a leg's? */
bool leg_isup_holds(const struct gw *gw, const struct isup_circuit *c);

/* leg_isup_bearer.c */
/* Incoming: false: SIP's answer is none to this medium. */
bool leg_isup_bearer_fits(struct leg_isup *l, const struct cc_prim *prim);
/* Incoming: what a backward message has to say of the medium, once. */
void leg_isup_bearer_tell(struct leg_isup *l, const struct cc_prim *prim, struct isup_msg *m);
void leg_isup_bearer_asked(struct leg_isup *l);	/* outgoing: tmr is in the IAM */
/* Outgoing: the media gateway cannot be asked for it. The cause: no circuit carries what is
 * offered (an image alone), or temporary failure. */
uint8_t leg_isup_bearer_refused(const struct leg_isup *l);
/* Outgoing: a backward message. false: it is not told now (the call may be gone). */
bool leg_isup_bearer_heard(struct leg_isup *l, const struct isup_msg *m, enum cc_type what);
/* true: *ret is the answer that waited. */
bool leg_isup_bearer_done(struct leg_isup *l, struct isup_msg *ret);

/* leg_isup_tell.c */
void leg_isup_tell(struct leg_isup *l, const struct cc_prim *prim);
void leg_isup_hear(struct leg_isup *l, const struct cc_prim *prim);
void leg_isup_speaks(struct leg_isup *l, struct cc_prim *prim);

/* leg_isup_media.c */
extern const struct media_ops leg_isup_media_ops;
bool leg_isup_media_open(struct leg_isup *l, const char *remote_sdp);
void leg_isup_media_close(struct leg_isup *l);
void leg_isup_media_heard(struct leg_isup *l, enum cc_type what);
void leg_isup_media_answered(struct leg_isup *l);
bool leg_isup_media_again(struct leg_isup *l, const char *offer);
void leg_isup_media_remote(struct leg_isup *l, const struct cc_prim *prim);
void leg_isup_media_early(struct leg_isup *l);
void leg_isup_media_prim(struct leg_isup *l, const struct cc_prim *prim);
void leg_isup_media_pause(struct leg_isup *l, struct cc_prim *prim, char *buf, size_t size);
void leg_isup_media_reoffer(struct leg_isup *l, const char *sdp);

#endif
