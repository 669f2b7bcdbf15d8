/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A media gateway in the test's own process that does as it is told; a listener to contexts. */
#ifndef TOLLGATE_TESTS_MEDIA_FAKE_H
#define TOLLGATE_TESTS_MEDIA_FAKE_H

#include <netinet/in.h>

#include <osmocom/core/select.h>

#include "gw/media.h"
#include "mgcp/mgcp.h"

enum { FAKE_MAX_CONNECTIONS = 256, FAKE_MAX_HELD = 32 };

struct fake_connection { char endpoint[64]; char call[33]; unsigned int id; };

struct fake {
	struct osmo_fd fd;
	struct sockaddr_in peer;	/* the agent */
	uint16_t port;
	bool silent;			/* hears, but does nothing and says nothing */
	bool deaf_to[MGCP_VERBS];	/* no answer to this verb, though it is done */
	bool hold;			/* answers wait until fake_release() */
	uint16_t refuse[MGCP_VERBS];	/* 0: do it */
	unsigned int refuse_times;	/* 0: for ever */
	bool no_sdp, no_id;		/* leave that out of answers */
	bool osmo;			/* in the way of osmo-mgw */
	bool provisional;		/* 100 first */
	bool mangle;			/* answers arrive with some octets changed */
	uint32_t dice;
	unsigned int max_per_endpoint;	/* 0: no limit */
	struct fake_connection conns[FAKE_MAX_CONNECTIONS];
	unsigned int n_conns, next_id, commands;
	char heard[8192];		/* "CRCX:name DLCX:name ..." */
	char last[MGCP_MAX_DATAGRAM];	/* last command, as it came */
	unsigned int n_held;
	struct { char text[2048]; } held[FAKE_MAX_HELD];
};

void fake_open(struct fake *f);
void fake_close(struct fake *f);
void fake_release(struct fake *f);
void fake_restart(struct fake *f);	/* forgets all connections */
/* A command of the gateway; the answer's code is awaited. */
void fake_say(struct fake *f, const char *text);

/* What a listener was told: "opened modified failed:41", newest last. */
struct listener {
	char told[512];
	char sdp[MEDIA_MAX_SDP];
	bool has_sdp;
	struct media_ctx **on_failed;
};
extern const struct media_ops listener_ops;

/* Time passes (virtually), and what is to be read is read. */
void pass(unsigned int ms);
void virtual_time(void);

#endif
