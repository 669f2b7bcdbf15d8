/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP transactions of a call agent toward one gateway (RFC 3435 3.5, 4.3): commands are repeated
 * until answered, commands of the gateway are done once and answered as often as they come. No
 * sockets: datagrams come and go by functions. */
#ifndef TOLLGATE_MGCP_TRANSACTION_H
#define TOLLGATE_MGCP_TRANSACTION_H

#include "mgcp/mgcp.h"

struct mgcp_agent;
struct mgcp_transaction;

struct mgcp_agent_user {
	void (*send)(void *ctx, const char *buf, size_t len);	/* a datagram to the gateway */
	/* A datagram to where the command came from whose octets mgcp_agent_rx() is looking at. */
	void (*answer)(void *ctx, const char *buf, size_t len);
	/* A command of the gateway, the first time it is seen: the code to answer with (200 ...
	 * 999). May be NULL: 504. */
	uint16_t (*command)(void *ctx, const struct mgcp_msg *cmd);
	void *ctx;
};

/* Zero: the default. Times in ms. */
struct mgcp_agent_cfg {
	unsigned int rto_first; /* 200: first repetition when no round trip was measured yet */
	unsigned int rto_max;		/* 4000 (4.3) */
	unsigned int longtran;		/* 5000: after a provisional answer */
	unsigned int max_retransmissions;	/* 5 (Max1) */
	unsigned int t_max;		/* 20000: a command older than this is not repeated */
	unsigned int t_hist;		/* 30000: answers are kept for repeated commands */
	unsigned int max_transactions;	/* 4096 at a time */
	uint32_t first_tid;		/* 0: random */
	bool acknowledge;		/* K in commands lists the answers received (3.2.2.1) */
};

enum {
	MGCP_MAX_TRANSACTIONS = 65536,
	MGCP_HISTORY = 1024,		/* commands of the gateway remembered */
	MGCP_MAX_PENDING_ACKS = 16,
};

/* rsp is the final answer, or NULL when there was none. The transaction is gone; a new one may be
 * started from inside. */
typedef void mgcp_done_cb(void *ctx, const struct mgcp_msg *rsp);

struct mgcp_agent_counters {
	uint64_t sent, received;	/* datagrams */
	uint64_t commands, retransmissions, answered, gave_up;
	uint64_t provisional, failures;	/* 1xx; 4xx and above */
	uint64_t orphans, malformed;	/* answers nobody waits for; what we could not read */
	uint64_t commands_in, duplicates;
	uint64_t rtt_sum_us;		/* over rtt_n first answers of commands sent once */
	uint64_t rtt_n;
	uint32_t rtt_max_us;
};

struct mgcp_agent *mgcp_agent_new(void *ctx, const struct mgcp_agent_cfg *cfg,
				  const struct mgcp_agent_user *user);
/* Commands under way are forgotten without a word. */
void mgcp_agent_free(struct mgcp_agent *a);

/* Sends cmd under a transaction identifier of its own (tid of cmd is not looked at). 0, -EBUSY (too
 * many at a time), -EINVAL or -ENOSPC (no legal message), -ENOMEM. done may be NULL.
 * ret_transaction may be NULL. */
int mgcp_agent_request(struct mgcp_transaction **ret_transaction, struct mgcp_agent *a,
		       const struct mgcp_msg *cmd, mgcp_done_cb *done, void *done_ctx);
/* Ends the waiting without a call of done; the command is not repeated any more. */
void mgcp_transaction_cancel(struct mgcp_transaction *t);
/* Sends cmd once and expects nothing. */
int mgcp_agent_tell(struct mgcp_agent *a, const struct mgcp_msg *cmd);

void mgcp_agent_rx(struct mgcp_agent *a, const char *buf, size_t len);

unsigned int mgcp_agent_outstanding(const struct mgcp_agent *a);
const struct mgcp_agent_counters *mgcp_agent_counters(const struct mgcp_agent *a);
unsigned int
mgcp_agent_rto(const struct mgcp_agent *a); /* ms: first repetition of a command sent now */
/* ms of a monotonic clock (libosmocore's, so that it can be overridden). */
uint64_t mgcp_now(void);

#endif
