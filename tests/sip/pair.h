/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two SIP edges that call each other: a calls, b is called. For tests with Check. */
#ifndef TESTS_SIP_PAIR_H
#define TESTS_SIP_PAIR_H

#include <check.h>

#include "tests/sip/party.h"

extern const char offer_sdp[], answer_sdp[];
extern const uint8_t isup[13];	/* with NUL, CR LF and hyphens */
extern struct party a, b;
extern struct sip_out out;

void pair_open(void);		/* with T1 of 20 ms */
void pair_open_with(const struct sip_cfg *cfg_a, const struct sip_cfg *cfg_b);
void pair_close(void);
/* Waits up to 3 s for the word; the test fails without it. */
void expect(struct party *p, const char *word);
/* a calls b with an offer. */
int call(enum sip_transport transport, enum sip_100rel rel);
/* b answers a, text being its SDP or NULL. */
void reply(int status, const char *text);
void reply_reliably(int status, const char *text);
/* Call, 180, 200, ACK. */
void establish(enum sip_transport transport);
void give_up(struct party *p, const char *reason);
bool body_is(const struct party *p, const void *body, size_t len);
void sdp_out(struct sip_out *o, const char *text);
bool nothing_left(void);
int pair_main(Suite *s);

#endif
