/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end inside: an instance, its associations, its destinations. */
#ifndef TOLLGATE_GW_MTP_SIGTRAN_TYPES_H
#define TOLLGATE_GW_MTP_SIGTRAN_TYPES_H

#include <osmocom/core/hashtable.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>
#include <osmocom/sigtran/osmo_ss7.h>

#include "gw/log.h"
#include "gw/m3ua_check.h"
#include "gw/m3ua_msg.h"
#include "gw/mtp_impl.h"

enum {
	ST_MAX_LINKS = 64,		/* ASPs of one instance; bits of st_dest.paused */
	ST_MAX_DESTS = MTP_MAX_WATCHED,
	ST_MAX_PCS = 16,		/* own point codes besides the instance's */
	ST_MAX_HELD = 512,		/* messages of one instance waiting for a changeback */
	/* messages of one association not yet taken by the kernel */
	ST_QUEUE_MAX = 1024,
	/* ERROR, DUNA, DUPU sent in answer by one association in a second */
	ST_ANSWERS = 10,
	/* lines about refused messages of one association in a second */
	ST_LOGS = 5,
	ST_PER_AS = 16,			/* ASPs of one AS (the library's limit) */
	ST_NO_LINK = 0xff,
};

/* One ASP of the configuration, and its association when there is one. Belongs to the ASP
 * (talloc). */
struct st_link {
	struct st *st;
	struct osmo_ss7_asp *asp;
	unsigned int index;
	/* the descriptor we listen on before the library does; NULL while there is none */
	struct osmo_fd *ofd;
	int (*orig_cb)(struct osmo_fd *ofd, unsigned int what);
	bool skipping;			/* the rest of a refused message is still to come */
	bool standby;			/* the peer said that another ASP is active (override) */
	bool renewing;			/* made inactive by ourselves, to be activated once more */
	bool repaired;			/* the client is gone and will be made anew */
	unsigned int connecting;	/* seconds without success */
	int asked;			/* ASP state whose next step was asked for, -1: none */
	unsigned int streams;		/* outbound */
	/* messages we gave the library that it has not written; congestion level */
	unsigned int queued, level;
	unsigned int answers, logs;	/* in this second */
	unsigned long sent, received, congestions, losses;
	unsigned long refused[M3UA_FAULTS];
	struct osmo_timer_list lm_timer, repair_timer;
};

/* A remote point code. */
struct st_dest {
	struct hlist_node node;
	struct st *st;
	uint32_t pc;
	bool watched, told, told_up;
	unsigned int told_level;
	uint64_t paused, restricted;	/* links over which it was declared so */
	/* choice of links, good while gen is the instance's */
	unsigned int gen;
	struct osmo_ss7_as *as;
	uint8_t home[ST_PER_AS], n_home;	/* all links of the AS, in its order */
	uint8_t set[ST_PER_AS], n_set;		/* those that can be used */
	uint8_t override;			/* link used in override mode */
	uint8_t last[256];			/* link that took the last message of an SLS */
	bool diverting;
	uint8_t moving[32];			/* bit per SLS that waits for its changeback */
	struct llist_head held;
	struct osmo_timer_list divert_timer;
};

struct st {
	struct mtp mtp;
	struct osmo_ss7_instance *inst;
	struct osmo_ss7_user user;
	struct st_link *at[ST_MAX_LINKS];
	struct llist_head listeners;	/* struct st_listener */
	DECLARE_HASHTABLE(dests, 8);
	unsigned int n_dests, n_held;
	unsigned int gen;
	uint32_t pcs[ST_MAX_PCS];
	unsigned int n_pcs;
	bool has_na;
	uint32_t na;
	unsigned long unroutable;
	struct osmo_timer_list scan_timer, tell_timer;
};

#endif
