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

enum {
	ISUP_MAX_CIC = 4095,		/* Q.763 1.2: 12 bits */
	ISUP_PAGE = 64,			/* circuits of a page of a peer's directory */
	ISUP_PAGES = (ISUP_MAX_CIC + 1) / ISUP_PAGE,
	ISUP_GROUP_RANGE = 32,		/* circuits of one GRS (Q.763 3.43), bits of one CGB */
	ISUP_RESET_WINDOW = 8,		/* GRS and RSC that a peer is asked to answer at a time */
	ISUP_MAX_HELD = 16,		/* SAM kept while continuity is awaited */
	ISUP_FSM_ID = 64,
};

struct isup_stack {
	struct isup_stack_ops ops;
	void *ops_ctx;
	struct osmo_tdef *tdefs;
	int log_cat;
	struct llist_head groups;	/* in order of creation */
	DECLARE_HASHTABLE(peers, 8);
	uint64_t counters[ISUP_CTR_COUNT];
};

/* The exchange at the other end of a signalling relation; its circuits are unique by CIC. */
struct isup_peer {
	struct hlist_node node;
	struct isup_stack *stack;
	const void *mtp;
	uint32_t opc, dpc;
	uint8_t ni;
	bool paused;
	bool user_away;			/* MTP reaches it, but nobody is there for ISUP */
	struct osmo_timer_list t4;	/* runs while user_away */
	bool pumping;			/* isup_reset_pump() is at work */
	uint8_t window;			/* group reset messages awaiting their answer */
	struct llist_head groups;
	struct isup_circuit **pages[ISUP_PAGES];
};

struct isup_group {
	struct llist_head entry;	/* stack->groups */
	struct llist_head peer_entry;	/* peer->groups */
	struct isup_stack *stack;
	struct isup_peer *peer;
	struct isup_group_cfg cfg;
	char fsm_id[ISUP_FSM_ID - 8];	/* name as osmo_fsm allows it */
	unsigned int n_circuits;
	unsigned int n_reset;		/* circuits waiting for their turn in a group reset */
	uint16_t reset_cursor;		/* CIC where to look for them */
	int last_cic;			/* round robin: hunted last */
	/* who may be hunted, a bit a CIC, and a bit a word that is not empty: no search */
	uint64_t idle[ISUP_PAGES];
	uint64_t idle_words;
};

/* An idle circuit is this and its place in the directory; a process lives while it runs. */
struct isup_circuit {
	struct isup_group *group;
	struct isup_call *call;		/* CPCI or CPCO */
	struct osmo_fsm_inst *release;	/* REL sent */
	struct osmo_fsm_inst *crs;	/* RSC sent */
	struct osmo_fsm_inst *cgrs;	/* GRS sent, shared by the circuits of its range */
	struct osmo_fsm_inst *bls;	/* BLO or UBL sent */
	uint16_t cic;
	bool in_service : 1;
	bool seized : 1;		/* hunted; the user owes setup or unseize */
	bool reset_wanted : 1;		/* waits for its turn in a group reset */
	bool local_blocked : 1;
	bool remote_blocked : 1;	/* by BLO, or CGB for maintenance */
	bool remote_failed : 1;		/* by CGB for hardware failure */
	bool out_of_service : 1;
};

/* A call that has left its circuit, and whose user is still to be told. The user may release it
 * before, when he is told of another call that ended by the same message. */
struct isup_farewell {
	struct isup_call *call;		/* NULL: nobody */
	bool repeat;			/* no backward message yet: another circuit may be tried */
};

#define LOG_PEER(p, level, fmt, args...) \
	LOGP((p)->stack->log_cat, level, "%s: " fmt, isup_peer_group(p)->cfg.name, ## args)
#define LOG_CIC(p, cic, level, fmt, args...) \
	LOGP((p)->stack->log_cat, level, "%s/%u: " fmt, isup_peer_group(p)->cfg.name, cic, ## args)
#define LOG_CIRCUIT(c, level, fmt, args...) \
	LOGP((c)->group->stack->log_cat, level, "%s/%u: " fmt, \
	     (c)->group->cfg.name, (c)->cic, ## args)

#define S(x) (1u << (x))

#endif
