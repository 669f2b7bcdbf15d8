/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP leg's inside, shared by leg_sip*.c; what only calls that come in need is in leg_sip_in.h,
 * what only numbers that are not whole need in leg_sip_overlap.h. */
#ifndef TOLLGATE_GW_LEG_SIP_H
#define TOLLGATE_GW_LEG_SIP_H

#include "gw/call.h"
#include "gw/leg_sip_tunnel.h"
#include "gw/log.h"

enum { LEG_SIP_MAX_HISTORY = 800 };	/* of the INVITE; longer is not continued */

/* Where a redirection has sent the call. */
struct leg_sip_contact { char ruri[CC_MAX_URI]; struct config_target target; };

struct leg_sip {
	struct leg leg;			/* first: a struct leg * is cast to this */
	struct sip_leg *sip;		/* NULL before INVITE and after the dialog */
	/* outgoing, while another target may be tried: the call's, as leg_ops.setup gave them */
	const struct cc_setup *setup;
	const struct isup_msg *iam;
	char *sdp;			/* outgoing, until answered: the offer */
	char *heard;			/* the peer's last description; answered: SIP-SIP only */
	char *call_id, *peer;
	char *sdp_told;			/* incoming: ours, as it has gone reliably */
	char *sdp_next;			/* it was another one's; to be told after the ACK */
	char *history;			/* History-Info of the INVITE received, until answered */
	uint8_t told;			/* diversions that the INVITE sent told of */
	struct leg_sip_forks *forks;	/* outgoing, once a provisional response came; or NULL */
	struct leg_sip_contact *contact;	/* the only target, or NULL */
	uint8_t target;			/* next of the trunk group's targets */
	bool outgoing;
	bool offered;			/* the offer of this exchange came with the request */
	bool early_asked;		/* incoming: the INVITE asks for P-Early-Media */
	bool described;			/* a description has come, or gone, before the answer */
	bool deaf;			/* outgoing: early media are not for the caller */
	bool progressed;		/* a provisional response (not 100) has come, or gone */
	bool answered;
	bool owes_ack;			/* the 2xx brought an offer: its ACK waits for our answer */
	bool asked;			/* an offer of the peer awaits our answer */
	struct sip_leg *asking;		/* the dialog in which the other side's offer is out */
	bool informing;			/* our re-INVITE tells an answer: nobody asked */
	struct leg_sip_overlap *overlap;	/* outgoing: more digits may come */
	struct leg_sip_collect *collect;	/* incoming: they may, by overlap in SIP */
	struct leg_sip_pause *pause;	/* an offer that waits for its turn, or NULL */
	struct leg_sip_tunnel tunnel;
	int refuse_status;		/* the mapper refused the INVITE with it; 0: it did not */
};

extern const struct sip_leg_ops leg_sip_dialog_ops;

static inline const struct map_profile *profile(const struct leg_sip *l)
{
	return &l->leg.trunk->profile;
}

static inline enum sip_100rel rel100(const struct leg_sip *l)
{
	return (enum sip_100rel)l->leg.trunk->cfg->rel100;
}

/* To the call; it and the leg may be gone then. */
static inline void up(struct leg_sip *l, const struct cc_prim *prim)
{
	call_prim(l->leg.call, &l->leg, prim);
}

#define LOG_LEG(l, level, fmt, args...) \
	LOGP(DCALL, level, "%s %s: " fmt, (l)->leg.trunk->name, call_id((l)->leg.call), ## args)

/* leg_sip.c */
void leg_sip_identify(struct leg_sip *l);
/* A failure: of an address that wants to be left alone for a while; another attempt may follow. */
void leg_sip_heed(struct leg_sip *l, const struct sip_msg *msg);
bool leg_sip_may_retry(const struct leg_sip *l, int status, const struct sip_msg *msg);
/* An INVITE to another target went, after this failure of the one before. */
bool leg_sip_next_target(struct leg_sip *l, int status);

/* leg_sip_redirect.c: the targets from 0 on; NULL: no more. */
const struct config_target *leg_sip_target(const struct leg_sip *l, unsigned int index);

/* leg_sip_forks.c: the INVITE has one early dialog or several */
/* A provisional response, told by prim, may change what is told. false: there is nothing new. */
bool leg_sip_fork_speaks(struct leg_sip *l, struct cc_prim *prim, const struct sip_msg *msg);
/* What it said of early media before holds: they are not for the caller. */
bool leg_sip_fork_deaf(const struct leg_sip *l, const struct sip_msg *msg);
void leg_sip_fork_set_deaf(struct leg_sip *l, bool deaf);
void leg_sip_fork_ended(struct leg_sip *l, const struct sip_msg *msg);	/* 199 */
/* A 2xx without description: what this one said before; NULL: nothing, or nothing new to a caller
 * behind ISUP. */
const char *leg_sip_fork_answers(struct leg_sip *l, const struct sip_msg *msg);

/* leg_sip_progress.c */
void leg_sip_on_progress(struct leg_sip *l, int status, const struct sip_msg *msg);	/* < 300 */
void leg_sip_early_update(struct leg_sip *l, const struct sip_msg *msg);
void leg_sip_on_refreshed(void *ctx, const struct sip_msg *msg);
/* PROGRESS, ALERT, CONNECT to the calling side. */
void leg_sip_respond(struct leg_sip *l, const struct cc_prim *prim);

/* leg_sip_pause.c: the other side holds, or resumes; what its re-INVITE offers */
void leg_sip_pause(struct leg_sip *l, const char *sdp);

/* leg_sip_media.c */
void leg_sip_on_acked(void *ctx, const struct sip_msg *msg);
void leg_sip_on_offer(void *ctx, const struct sip_msg *msg);
void leg_sip_on_offer_result(void *ctx, int status, const struct sip_msg *msg);
void leg_sip_media(struct leg_sip *l, const struct cc_prim *prim);
void leg_sip_heard(struct leg_sip *l, const char *sdp);	/* what the peer said last */
/* Of several dialogs this is the leg's now; an offer that came in the other one is refused. */
void leg_sip_turn_to(struct leg_sip *l, struct sip_leg *sip);
/* One of several dialogs is gone: the other side's offer in it has no answer. */
void leg_sip_gone(struct leg_sip *l, const struct sip_leg *sip);
/* Outgoing: what further INVITEs offer. */
void leg_sip_offers(struct leg_sip *l, const char *sdp);
/* The call is up: what setting up needed is forgotten. */
void leg_sip_answered(struct leg_sip *l);

#endif
