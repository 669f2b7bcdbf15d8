/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what is said to the calling side before the answer, as tables of rules: what messages of
 * ISUP become in SIP, what responses become in ISUP, who gives the ring tone. Pure. */
#ifndef TOLLGATE_GW_MAP_EVENT_H
#define TOLLGATE_GW_MAP_EVENT_H

#include "gw/map.h"

extern const struct map_table map_table_event, map_table_response, map_table_ringback,
	map_table_retry;

/* Rows of "event": a backward message of ISUP. */
enum map_event {
	MAP_EV_ACM_FREE, MAP_EV_ACM_FREE_IN_BAND, MAP_EV_ACM_FREE_INTERWORKING,
	MAP_EV_ACM_NONE, MAP_EV_ACM_IN_BAND, MAP_EV_ACM_INTERWORKING, MAP_EV_ACM_WHEN_FREE,
	MAP_EV_ACM_CAUSE,
	MAP_EV_CPG_ALERTING, MAP_EV_CPG_ALERTING_IN_BAND, MAP_EV_CPG_PROGRESS,
	MAP_EV_CPG_PROGRESS_IN_BAND, MAP_EV_CPG_IN_BAND, MAP_EV_CPG_FORWARDED_BUSY,
	MAP_EV_CPG_FORWARDED_NO_REPLY, MAP_EV_CPG_FORWARDED_ALWAYS, MAP_EV_CPG_CAUSE,
	MAP_EV_CON, MAP_EV_ANM,
};
/* Its values: a status, with or without the description. */
enum { MAP_WITH_SDP = 0x1000 };

/* The status of the response that tells this primitive (PROGRESS, ALERT, CONNECT), 0: none;
 * *ret_sdp: the description goes with it. early: there is one, and it may go before the answer. */
int map_event_status(bool *ret_sdp, const struct cc_prim *prim, bool early,
		     const struct map_profile *p);

/* Rows of "response": before the ACM; the same after it are MAP_RSP_LATER further on. */
enum map_response {
	MAP_RSP_180, MAP_RSP_180_MEDIA, MAP_RSP_181, MAP_RSP_182, MAP_RSP_183, MAP_RSP_183_MEDIA,
	MAP_RSP_199, MAP_RSP_FOLLOWED, MAP_RSP_2XX,
	MAP_RSP_LATER = 32
};
/* Its values, also in cc_progress.first and .later; 0 there: the primitive itself says it. */
enum map_said {
	MAP_SAID_NOTHING = 1,
	MAP_SAID_ACM_NONE, MAP_SAID_ACM_NONE_IN_BAND, MAP_SAID_ACM_FREE, MAP_SAID_ACM_FREE_IN_BAND,
	MAP_SAID_ACM_FORWARDED,
	MAP_SAID_CPG_PROGRESS, MAP_SAID_CPG_IN_BAND, MAP_SAID_CPG_ALERTING,
	MAP_SAID_CPG_ALERTING_IN_BAND, MAP_SAID_CPG_FORWARDED,
	MAP_SAID_CON, MAP_SAID_ANM,
};
/* What a value means. */
struct map_meaning {
	uint8_t type;		/* ISUP message; 0: nothing */
	uint8_t status;		/* called party's status of an ACM */
	uint8_t event;		/* of a CPG */
	bool in_band;
	bool then_cpg;		/* a CPG that says "forwarded" follows */
};
/* NULL: the primitive says it itself. acm_sent chooses between first and later. */
const struct map_meaning *map_meaning_of(const struct cc_prim *prim, bool acm_sent);
/* Fills in first and later for a provisional response of SIP, by progress.in_band; for a 3xx that
 * is followed, too. */
void map_response_said(struct cc_prim *prim, int status, const struct map_profile *p);

/* map_backward.c: PROGRESS, ALERT; CONNECT. As map_prim_to_isup(), which calls them. */
int map_progress_to_isup(struct isup_msg *m, const struct cc_prim *prim, bool acm_sent,
			 const struct map_profile *p);
int map_answer_to_isup(struct isup_msg *m, const struct cc_prim *prim, bool acm_sent,
		       const struct map_profile *p);

/* Rows of "ringback"; values are enum cc_ringback. */
enum map_ringback {
	MAP_RING_ISUP, MAP_RING_ISUP_IN_BAND, MAP_RING_ISUP_INTERWORKING, MAP_RING_ISUP_AGAIN,
	MAP_RING_SIP, MAP_RING_SIP_SDP, MAP_RING_SIP_AGAIN, MAP_RING_SIP_AUTHORIZED,
	MAP_RING_SIP_DENIED, MAP_RING_SIP_GATED,
};

/* --- map_retry.c: another attempt is made after this (p NULL: RFC 3398) --- */
bool map_retry_cause(const struct isup_cause *c, const struct map_profile *p);
/* received: by the peer; else 408 stands for no response, another for an INVITE not sent. */
bool map_retry_status(int status, bool received, const struct map_profile *p);
/* Seconds for which the peer wants to be left alone after this failure; 0: it does not. */
unsigned int map_retry_wait(const struct sip_msg *rsp, const struct map_profile *p);

/* --- map_early.c --- */
/* What P-Early-Media (RFC 5009) of a message says of media toward the calling side. */
enum map_early_said { MAP_EARLY_UNSAID, MAP_EARLY_AUTHORIZED, MAP_EARLY_DENIED, MAP_EARLY_GATED };
enum map_early_said map_early_said(const struct sip_msg *m, const struct map_profile *p);
/* The peer's INVITE says that it knows the header, and it is sent on this trunk. */
bool map_early_asked(const struct sip_msg *invite, const struct map_profile *p);
/* Nobody is told of it; only the media change. */
void map_hush(struct cc_prim *prim);
/* A word of the called side within the dialog (UPDATE), as a primitive; described: there is a
 * description. false: it says nothing about early media. */
bool map_early_update(struct cc_prim *prim, const struct sip_msg *m, bool described,
		      const struct map_profile *p);
/* Into a provisional response that tells prim; media: the description has gone, or goes, with a
 * response. 0, -EMSGSIZE. */
int map_early_put(struct sip_out *out, const struct cc_prim *prim, bool media);
/* Of an alerting from ISUP: is the tone in the backward media? */
bool map_rings_in_band(const struct cc_progress *progress, const struct map_profile *p);
/* A trunk group leaves the tone that the rules give to the gateway to the called side. */
void map_ring_by_network(struct cc_progress *progress);
/* progress.ringback and .in_band of a provisional response with a description (sdp) or without;
 * again: early media were heard before. */
void map_early_heard(struct cc_prim *prim, bool sdp, bool again, const struct sip_msg *rsp,
		     const struct map_profile *p);

#endif
