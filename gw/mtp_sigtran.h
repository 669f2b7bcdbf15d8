/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end inside: what its files share. libosmo-sigtran 1.6 is visible in gw/mtp_sigtran*.c only. */
#ifndef TOLLGATE_GW_MTP_SIGTRAN_H
#define TOLLGATE_GW_MTP_SIGTRAN_H

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
	ST_QUEUE_MAX = 1024,		/* messages of one association not yet taken by the kernel */
	ST_ANSWERS = 10,		/* ERROR, DUNA, DUPU sent in answer by one association in a second */
	ST_LOGS = 5,			/* lines about refused messages of one association in a second */
	ST_PER_AS = 16,			/* ASPs of one AS (the library's limit) */
	ST_NO_LINK = 0xff,
};

/* One ASP of the configuration, and its association when there is one. Belongs to the ASP (talloc). */
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
	int asked;			/* ASP state whose next step was asked for, -1: none */
	unsigned int streams;		/* outbound */
	unsigned int queued, level;	/* messages we gave the library that it has not written; congestion level */
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

/* mtp_sigtran.c */
struct st *st_of_instance(const struct osmo_ss7_instance *inst);	/* NULL: not opened */
void st_changed(struct st *st);		/* something a choice of links depends on; the user is told in the next turn */
bool st_is_own_pc(const struct st *st, uint32_t pc);
bool st_own_pc_in(const struct st *st, const struct m3ua_ssnm *s, unsigned int i, uint32_t *ret_pc);

/* mtp_sigtran_lm.c: our layer manager, attaching and repair of associations */
void st_scan(struct st *st);		/* ASPs and listeners that are new since the last time */
void st_close_unused(void);		/* associations of instances nobody opened: no guard is in front of them */
void st_link_renew(struct st_link *link);	/* have the ASP activated once more */
void st_link_detach(struct st_link *link);

/* mtp_sigtran_fd.c: the hook on a descriptor */
void st_listener_hook(struct st *st, struct osmo_xua_server *xs);
void st_hook(struct st_link *link);
void st_unhook(struct st_link *link);

/* mtp_sigtran_rx.c: messages we read ourselves */
bool st_is_ours(const uint8_t *msg);	/* DATA, SSNM, MGMT: the library does not see them */
void st_rx(struct st_link *link, const uint8_t *msg, size_t len);
void st_refuse(struct st_link *link, enum m3ua_fault fault, const uint8_t *msg, size_t len);

/* mtp_sigtran_tx.c */
int st_link_send(struct st_link *link, const uint8_t *msg, size_t len, unsigned int stream);
bool st_link_answer(struct st_link *link, const uint8_t *msg, ssize_t len);	/* limited per second */
void st_link_drained(struct st_link *link);	/* a message was written */
void st_link_lost(struct st_link *link);	/* so is its queue */
int st_transmit(struct st *st, struct st_dest *d, const struct mtp_label *l, const uint8_t *sdu, size_t len);
int st_dest_send(struct st *st, struct st_dest *d, struct st_link *link, const struct mtp_label *l,
		 const uint8_t *sdu, size_t len);

/* mtp_sigtran_dest.c: remote point codes and the links that lead there */
struct st_dest *st_dest_find(const struct st *st, uint32_t pc);
struct st_dest *st_dest_get(struct st *st, uint32_t pc);	/* NULL: too many */
void st_dest_refresh(struct st *st, struct st_dest *d);
struct st_link *st_link_at(const struct st *st, unsigned int index);	/* NULL: there is none */
bool st_link_usable(const struct st_link *link);
void st_dest_watch(struct st_dest *d);		/* report at once, audit */
void st_dest_tell(struct st_dest *d);		/* report what changed since the last time */
void st_dest_ssnm(struct st_link *link, const struct m3ua_ssnm *s);
void st_dests_link_up(struct st_link *link);	/* active: nothing is known to be paused; DAUD */

/* mtp_sigtran_sls.c: which link an SLS takes, and time-controlled changeback */
unsigned int st_sls_link(const struct st_dest *d, uint8_t sls);
void st_sls_refreshed(struct st *st, struct st_dest *d);	/* the set may have changed */
bool st_sls_moving(const struct st_dest *d, uint8_t sls);
int st_sls_hold(struct st *st, struct st_dest *d, const struct mtp_label *l, const uint8_t *sdu, size_t len);
void st_sls_flush(struct st *st, struct st_dest *d);
void st_sls_drop(struct st *st, struct st_dest *d);

/* mtp_sigtran_vty.c: "m3ua INSTANCE ..." lines */
void st_vty_init(void *ctx);
int st_vty_apply(struct st *st);	/* those of the instance; 0 or -errno, logged */

/* mtp_sigtran_sctp.c */
void st_sctp_tune(struct st_link *link, int fd);

#endif
