/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP edge without a network: what the gateway sends is told in a line of text, what the peer
 * sends is put in by hand. */
#ifndef TOLLGATE_TESTS_FAKE_SIP_H
#define TOLLGATE_TESTS_FAKE_SIP_H

#include "gw/sip.h"

enum { FAKE_MAX_LEGS = 512, FAKE_MAX_LINE = 4096, FAKE_MAX_SENT = 256 };

/* Lines the gateway has sent, oldest first: "INVITE ruri=... from=... sdp=sendrecv isup=IAM ...",
 * "180", "BYE reason=...". */
struct fake_sent { unsigned int leg; char text[FAKE_MAX_LINE]; };
bool fake_sip_take(struct fake_sent *ret);

/* 1 is the first; NULL when it never was or is gone. */
struct sip_leg *fake_sip_leg(unsigned int index);
unsigned int fake_sip_legs(void);			/* legs made so far */
void fake_sip_reset(void);

/* Whether the edge would let this come to the call now; the rest of the line does not matter. */
bool fake_sip_may(unsigned int leg, const char *line);

/* What the peer sends. A response, or a request within the dialog. Fields not set are absent. */
void fake_sip_invite(struct sip *sip, struct sip_msg *msg);
void fake_sip_response(unsigned int leg, struct sip_msg *msg);
/* Also "PRACK", "NOACK", "NOPRACK" (neither ever came), "SILENCE" and "UNREACHABLE" (what becomes
 * of an INVITE of ours), "R200" (answer to our re-INVITE), "I405" (to our INFO). false:
 * unknown */
bool fake_sip_request(unsigned int leg, const char *method, struct sip_msg *msg);

/* All peers send the PRACKs, ACKs and answers that they owe. A dialog whose peer waits for our
 * answer to its offer all the same; 0: none. */
unsigned int fake_sip_owes(void);

#endif
