/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the processes of Q.764 share inside isup/: the stack, its peers, groups and circuits. */
#ifndef TOLLGATE_ISUP_PROCESS_H
#define TOLLGATE_ISUP_PROCESS_H

#include <osmocom/core/fsm.h>
#include <osmocom/core/hashtable.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "isup/circuit.h"
#include "isup/limit.h"
#include "isup/continuity.h"

enum {
	ISUP_PAGE = 64,			/* circuits of a page of a peer's directory */
	ISUP_GROUP_RANGE = 32,		/* circuits of one GRS (Q.763 3.43), bits of one CGB */
	ISUP_WINDOW = 8,		/* maintenance messages a peer is to answer at a time */
	ISUP_MAX_HELD = 16,		/* SAM kept while continuity is awaited */
	ISUP_FSM_ID = 64,
};

/* Maintenance work of circuits that waits for room in the peer's window, most urgent first. */
enum isup_work {
	ISUP_WORK_RESET,		/* GRS, RSC */
	ISUP_WORK_HARDWARE,		/* CGB or CGU as local_failed says */
	ISUP_WORK_MAINTENANCE,		/* CGB or CGU as local_blocked says */
	ISUP_WORK_QUERY,		/* CQM */
	ISUP_WORK_COUNT
};

struct isup_stack {
	struct isup_stack_ops ops;
	void *ops_ctx;
	struct osmo_tdef *timers[ISUP_TIMER_SETS];
	int log_cat;
	struct isup_continuity_ops path;
	void *path_ctx;
	struct llist_head groups;	/* in order of creation */
	DECLARE_HASHTABLE(peers, 8);
	unsigned int overload;		/* our own, 0-2 */
	struct isup_limit strangers;	/* lines of the log about messages of no peer */
	uint64_t counters[ISUP_CTR_COUNT];
};

struct isup_load {			/* congestion.c */
	uint8_t step;			/* of signalling congestion, 0: full load */
	uint8_t level;			/* automatic congestion level, while tacc runs */
	uint8_t turn;			/* per cent: who is let through next */
	struct osmo_timer_list t29, t30, tacc;
};

/* The exchange at the other end of a signalling relation; its circuits are unique by CIC. */
struct isup_peer {
	struct hlist_node node;
	struct isup_stack *stack;
	const void *mtp;
	uint32_t opc, dpc;
	uint8_t ni;
	bool paused;
	uint32_t paused_since;		/* monotonic seconds */
	bool user_away;			/* MTP reaches it, but nobody is there for ISUP */
	struct osmo_timer_list t4;	/* runs while user_away */
	struct osmo_timer_list resuming;	/* resume.c: what is to be said again from there */
	unsigned int resume_from;
	struct isup_load load;
	struct isup_limit limit;	/* lines of the log */
	bool pumping;			/* isup_pump() is at work */
	uint8_t window;			/* maintenance messages awaiting their answer */
	struct llist_head groups;
	struct isup_firsts *firsts;	/* of messages that are to come twice (T1.113) */
	struct llist_head ranged;	/* processes that have asked for a range of circuits */
	unsigned int n_cics;		/* 4,096 or 16,384, as the dialect's CIC is wide */
	struct isup_circuit **pages[];	/* n_cics / ISUP_PAGE */
};

/* Which circuits of a group may be hunted: a bit a CIC, and a bit a word that is not empty. */
struct isup_idle {
	unsigned int n_words;
	uint64_t *filled;		/* n_words / 64 */
	uint64_t words[];
};

struct isup_group {
	struct llist_head entry;	/* stack->groups */
	struct llist_head peer_entry;	/* peer->groups */
	struct isup_stack *stack;
	struct isup_peer *peer;
	struct isup_group_cfg cfg;
	char fsm_id[ISUP_FSM_ID - 8];	/* name as osmo_fsm allows it */
	unsigned int n_circuits;
	struct osmo_tdef *tdefs;	/* of the dialect, one of the stack's */
	/* circuits that wait for their turn, and the CIC where to look for them */
	struct isup_queue { unsigned int n; uint16_t cursor; } work[ISUP_WORK_COUNT];
	unsigned int next_cic;		/* round robin: where to begin */
	struct isup_idle *idle;
	/* the same circuits, even CICs and odd, the longest idle first; without parity all are in
	 * the first */
	struct llist_head idle_since[2];
};

/* An idle circuit is this and its place in the directory; a process lives while it runs. */
struct isup_circuit {
	struct isup_group *group;
	struct llist_head idle_entry;	/* group->idle_since, while it may be hunted */
	struct isup_call *call;		/* CPCI or CPCO */
	struct osmo_fsm_inst *release;	/* REL sent */
	struct osmo_fsm_inst *crs;	/* RSC sent */
	struct osmo_fsm_inst *cgrs;	/* GRS sent, shared by the circuits of its range */
	struct osmo_fsm_inst *bls;	/* BLO or UBL sent */
	struct osmo_fsm_inst *cvs;	/* CVT sent (T1.113) */
	struct osmo_fsm_inst *cot;	/* CRI or CRO: continuity is tested without a call */
	uint32_t since;			/* monotonic seconds: has been in this use from then */
	uint32_t n_calls;		/* that were on it, since the start */
	uint16_t cic;
	uint8_t use;			/* enum isup_circuit_use, as isup_circuit_update() saw it */
	uint8_t wanted;			/* a bit for each enum isup_work: waits for its turn */
	uint8_t asked;			/* the same: the peer has been asked, and owes the answer */
	uint8_t peer_state;		/* of the last CQR (Q.763 3.14) */
	bool idle : 1;			/* may be hunted */
	bool in_service : 1;
	bool seized : 1;		/* hunted; the user owes setup or unseize */
	bool local_blocked : 1;		/* for maintenance */
	bool local_failed : 1;		/* for a hardware failure */
	bool remote_blocked : 1;	/* by BLO, or CGB for maintenance */
	bool remote_failed : 1;		/* by CGB for hardware failure */
	bool out_of_service : 1;
	bool path_used : 1;		/* looped or checked by the user */
	bool unequipped : 1;		/* the peer does not have it: out of service, too */
	bool queried : 1;		/* peer_state is known */
	bool suspect : 1;		/* a query has shown what a second one must confirm */
};

/* A call that has left its circuit, and whose user is still to be told. The user may release it
 * before, when he is told of another call that ended by the same message. */
struct isup_farewell {
	struct isup_call *call;		/* NULL: nobody */
	bool repeat;			/* no backward message yet: another circuit may be tried */
};

/* What a peer sends wrongly or out of place: once a minute for each line and message type. What it
 * changes: more often, but not without end. The text is without its end of line. */
#define LOG_LIMITED(log, who, l, type, most, fmt, args...) do { \
	char more_[ISUP_LIMIT_TEXT]; \
	if (isup_limit_pass(l, fmt, type, most, more_)) \
		log(who, fmt "%s\n", ## args, more_); \
} while (0)
#define LOG_BAD(c, type, fmt, args...) \
	LOG_LIMITED(LOG_CIRCUIT_NOTICE, c, &(c)->group->peer->limit, type, ISUP_LIMIT_BAD, fmt, \
		    ## args)
#define LOG_NEWS(c, fmt, args...) \
	LOG_LIMITED(LOG_CIRCUIT_NOTICE, c, &(c)->group->peer->limit, 0, ISUP_LIMIT_NEWS, fmt, \
		    ## args)
#define LOG_BAD_CIC(p, cic, type, fmt, args...) \
	LOG_LIMITED(LOG_PEER_NOTICE, p, &(p)->limit, type, ISUP_LIMIT_BAD, "CIC %u: " fmt, cic, \
		    ## args)
#define LOG_NEWS_CIC(p, cic, fmt, args...) \
	LOG_LIMITED(LOG_PEER_NOTICE, p, &(p)->limit, 0, ISUP_LIMIT_NEWS, "CIC %u: " fmt, cic, \
		    ## args)
#define LOG_CIRCUIT_NOTICE(c, fmt, args...) LOG_CIRCUIT(c, LOGL_NOTICE, fmt, ## args)
#define LOG_PEER_NOTICE(p, fmt, args...) LOG_PEER(p, LOGL_NOTICE, fmt, ## args)

#define LOG_PEER(p, level, fmt, args...) \
	LOGP((p)->stack->log_cat, level, "%s: " fmt, isup_peer_group(p)->cfg.name, ## args)
#define LOG_CIC(p, cic, level, fmt, args...) \
	LOGP((p)->stack->log_cat, level, "%s/%u: " fmt, isup_peer_group(p)->cfg.name, cic, ## args)
#define LOG_CIRCUIT(c, level, fmt, args...) \
	LOGP((c)->group->stack->log_cat, level, "%s/%u: " fmt, \
	     (c)->group->cfg.name, (c)->cic, ## args)

#define S(x) (1u << (x))

#endif
