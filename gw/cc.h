/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call control primitives: the words in which the two legs of a call speak (Q.764, Q.699).
 *
 * A leg is ISUP or SIP; the call between them knows neither. The message that caused a primitive
 * rides along as it was received, so that a leg of the same kind (transit, SIP-T) loses nothing:
 * it starts from that message and overwrites what the primitive says. Strings and messages live
 * as long as the call of the function they are passed to. */
#ifndef TOLLGATE_GW_CC_H
#define TOLLGATE_GW_CC_H

#include <stdbool.h>
#include <stdint.h>

#include "gw/cc_party.h"
#include "isup/isup.h"

struct sip_msg;

enum cc_type {
	CC_SETUP,		/* a call: u.setup */
	CC_ADDRESS,		/* more digits of the called number: u.digits */
	CC_PROGRESS,		/* address complete or progress without ringing: u.progress */
	CC_ALERT,		/* subscriber is being rung: u.progress */
	CC_CONNECT,		/* answer: u.connect */
	CC_RELEASE,		/* end, with its reason: u.release */
	CC_SUSPEND,		/* u.network_initiated */
	CC_RESUME,		/* u.network_initiated */
	/* something only the other end understands: FAC, USR, ... or a SIP INFO */
	CC_INFO,
	/* a new offer (sdp) from this side of an answered call: re-INVITE, UPDATE */
	CC_MEDIA,
	CC_MEDIA_ANSWER,	/* the answer to CC_MEDIA; sdp NULL: refused */
	CC_HOLD,		/* remote hold / retrieval told by notification only: u.held */
};

enum { CC_MAX_NAME = 64, CC_MAX_URI = 256, CC_MAX_UUI = 129, CC_MAX_SUBADDRESS = 21 };

/* User-to-user information (Q.763 3.61): the protocol discriminator and what it speaks of. */
struct cc_uui {
	uint8_t n;			/* 0: none; 1: the discriminator alone */
	uint8_t octet[CC_MAX_UUI];
};

/* A subaddress (Q.931 4.5.9): its octet of type, then at most 20 of information. */
struct cc_subaddress {
	uint8_t n;			/* 0: none */
	uint8_t octet[CC_MAX_SUBADDRESS];
};

/* The call was sent on to somebody else (Q.732.2): told backward. */
struct cc_redirection {
	bool diverted;
	bool has_number;		/* the new called side */
	struct isup_number number;
	uint8_t reason;			/* redirecting reason, Q.763 3.45 */
	bool hidden;			/* the number must not be shown */
	bool silent;			/* nor must the caller hear of it at all */
};

enum { CC_TMR_REFUSED = 254 };		/* in the place of a TMR: not to be had by ISUP */

/* What the call wants of its path, beside the TMR (Q.763 3.55-3.59). */
struct cc_bearer {
	uint8_t prime;			/* TMR that would do when 64 kbit/s are preferred */
	uint8_t law;			/* enum sdp_law of the caller; 0 not known */
	bool circuit;			/* the caller is on a circuit: offers are made by the TMR */
	bool tones, fax;		/* data with tones; a facsimile by T.38 */
};

struct cc_setup {
	/* digits "" when a SIP call names a user that is not a number: see called_user */
	struct isup_number called;
	bool complete;			/* no more digits will follow (ST, or en bloc from SIP) */
	/* More digits may, as CC_ADDRESS, and the call goes on without them: a side that keeps
	 * what setup() gave it (leg.h) sees here when they no longer may. */
	bool awaited;
	bool has_calling;
	struct isup_number calling;
	char calling_name[CC_MAX_NAME];
	char called_user[CC_MAX_NAME];	/* SIP user part as given, when not a telephone number */
	char calling_user[CC_MAX_NAME];
	/* calling party's category, 10 ordinary; not has_: nobody said one */
	bool has_category, has_tmr;
	uint8_t category;
	/* transmission medium requirement: 0 speech, 2 64k, 3 3.1 kHz, 6 64k preferred; the same */
	uint8_t tmr;
	struct cc_bearer bearer;
	/* hop counter still allowed, 0 = not given; 1 must not be forwarded */
	uint8_t hops;
	struct isup_nci nci;
	struct isup_fci fci;
	bool has_original_called, has_redirecting, has_redirection;
	struct isup_number original_called, redirecting;
	struct isup_redirection redirection;
	bool has_additional;
	/* generic number, additional calling party number: shown to the user instead of calling */
	struct isup_number additional;
	/* of the trunk the call came from: what its national numbers are relative to; "" not
	 * known */
	char country_code[5];
	char area_code[9];		/* and its subscriber numbers */
	/* what is dialled there before national and international numbers; "" nothing */
	char national_prefix[8], international_prefix[8];
	uint8_t max_forwards;		/* of the INVITE that brought the call, 0: none */
	struct cc_party party;
	struct cc_uui uui;
	struct cc_subaddress called_sub, calling_sub;
};

/* Who gives the calling side its ring tone. */
enum cc_ringback {
	CC_RINGBACK_UNSAID, CC_RINGBACK_NETWORK, CC_RINGBACK_GATEWAY, CC_RINGBACK_CALLER,
};

/* What CC_PROGRESS and CC_ALERT tell. */
struct cc_progress {
	/* Q.763 3.21 event: 1 alerting, 2 progress, 3 in-band, 4-6 forwarded; 0: first, from ACM
	 * or 1xx */
	uint8_t event;
	bool in_band;			/* tones or speech can be heard: listen */
	bool interworking;
	bool address_complete;		/* the called side took all digits (ACM) */
	bool when_free;			/* the line is busy, the call waits for it (ACM) */
	bool in_band_before;		/* they could be heard earlier, too */
	bool quiet;			/* nobody is told; only the media have changed */
	bool deaf;			/* what comes before the answer shall not be heard */
	uint8_t ringback;		/* enum cc_ringback, of an alerting from SIP */
	/* what ISUP says of a response of SIP before and after the ACM, enum map_said of
	 * map_event.h; 0: what the other fields tell */
	uint8_t first, later;
	/* value 0: none; else the call will fail with it (announcement) */
	struct isup_cause cause;
};

/* What CC_CONNECT tells: who has answered (COLP, Q.731.5). */
struct cc_connect {
	bool has_connected;
	struct isup_number connected;	/* apri says whether it may be shown */
};

struct cc_release {
	struct isup_cause cause;	/* value and location; value never 0 */
	uint16_t sip_status;		/* status of the SIP response that caused it, 0 if none */
	/* this route failed before the called side took the call: another may be tried */
	bool retry;
	bool redirected;		/* the called side names others to ask: a 3xx */
	struct cc_uui uui;
};

struct cc_prim {
	enum cc_type type;
	const struct isup_msg *isup;	/* as received (also out of a SIP body), or NULL */
	const struct sip_msg *sip;	/* as received, or NULL */
	/* Session description of the side that speaks, or NULL. With CC_ADDRESS: the offer instead
	 * of that in the SETUP. */
	const char *sdp;
	/* to the offer in the SETUP or CC_MEDIA given to that side */
	bool sdp_is_answer;
	bool complete;			/* CC_ADDRESS: no more digits will follow */
	/* PROGRESS, ALERT, CONNECT */
	struct cc_redirection redirection;
	struct cc_uui uui;
	bool waiting;			/* ALERT: the called side is busy with another call */
	/* of the trunk the numbers come from, as in the setup; "" not known */
	char country_code[5], area_code[9];
	union {
		struct cc_setup *setup;
		struct isup_number *digits;
		struct cc_progress progress;
		struct cc_connect connect;
		struct cc_release release;
		bool network_initiated;
		bool held;
		uint16_t refused;	/* CC_MEDIA_ANSWER without sdp: SIP status, 0: 488 */
	} u;
};

const char *cc_type_name(enum cc_type type);

#endif
