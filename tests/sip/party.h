/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP edge under test: its events become words in a log that tests compare. */
#ifndef TESTS_SIP_PARTY_H
#define TESTS_SIP_PARTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gw/sip.h"

enum { PARTY_LOG = 4096, PARTY_OCTETS = 65536 };

struct party {
	const char *name;
	struct sip *sip;
	char log[PARTY_LOG];		/* "name.event " for each event */
	struct sip_leg *leg;		/* the last one */
	/* what the last message of a kind said */
	uint8_t body[SIP_MAX_BODY];
	size_t body_len;
	char ctype[SIP_MAX_CTYPE], reason[160], call_id[80], from[SIP_MAX_TEXT], to[SIP_MAX_TEXT],
		pai[SIP_MAX_TEXT];
	char source[64], ruri[SIP_MAX_TEXT], diversion[SIP_MAX_TEXT], allow[160],
		contact[SIP_MAX_TEXT];
	int max_forwards;
	/* how it behaves; NULL: only the log */
	void (*on_invite)(struct party *p, struct sip_leg *leg, const struct sip_msg *msg);
	void (*on_response)(struct party *p, int status, const struct sip_msg *msg);
	void (*on_event)(struct party *p, const char *event, const struct sip_msg *msg);
	bool mute;			/* admit() says no */
	int options_status;
	/* trace */
	bool traced;
	char octets[PARTY_OCTETS];
	size_t octets_len;
};

extern const struct sip_leg_ops party_ops;

/* Opens it at 127.0.0.1, UDP and TCP (listen entries 0 and 1), on ports of the system's choice. cfg
 * may be NULL; of it the limits, T1 and public_host are taken. */
void party_open(struct party *p, const char *name, const struct sip_cfg *cfg);
void party_open6(struct party *p, const char *name);	/* the same at ::1 */
void party_close(struct party *p);
/* Runs the loop until `word` is in the log, or the time is over. */
bool party_wait(struct party *p, const char *word, unsigned int ms);
void party_run(unsigned int ms);
bool party_said(const struct party *p, const char *word);
/* A call from p to a port at 127.0.0.1. */
int party_call(struct party *p, uint16_t port, enum sip_transport transport,
	       const struct sip_out *out, enum sip_100rel rel);
/* from, to and ruri filled in; body as given. */
void party_out(struct sip_out *out, const char *user, const char *ctype, const void *body,
	       size_t len);

#endif
