/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said to the peer again until it is acknowledged: whenever a short timer runs out, which
 * is the state's; once a long one beside it has run out, whenever that does, and maintenance is
 * told each time. T1 and T5, and T12 to T23 in pairs (Q.764 2.8.2, 2.9.3, 2.9.6). */
#ifndef TOLLGATE_ISUP_REPEAT_H
#define TOLLGATE_ISUP_REPEAT_H

#include "isup/process.h"

/* Events of such a process. Its acknowledgements come behind them. */
enum isup_repeat_event {
	ISUP_REPEAT_EV_LONG,		/* the long timer */
	ISUP_REPEAT_EV_AGAIN,		/* what was said may have been lost */
	ISUP_REPEAT_EV_ACK
};

struct isup_repeat_ops {
	/* Enter the state, maybe again, which starts its timer; say it. */
	void (*say)(struct osmo_fsm_inst *fi, uint32_t state);
	/* The long timer has run out: say it in the state that has this timer, raise the alarm. */
	void (*expired)(struct osmo_fsm_inst *fi);
	/* data: of the event. */
	void (*acknowledged)(struct osmo_fsm_inst *fi, void *data);
};

struct isup_repeat {			/* first in the process' private data */
	const struct isup_repeat_ops *ops;
	struct isup_peer *peer;
	struct osmo_timer_list t;
	bool late;			/* the long timer has run out before */
	bool windowed;			/* counts in the peer's window */
};

/* For a new process. */
void isup_repeat_init(struct osmo_fsm_inst *fi, const struct isup_repeat_ops *ops,
		      struct isup_peer *peer);
/* From now on: the long timer of so many seconds starts. What is said is the process' to say. */
void isup_repeat_start(struct osmo_fsm_inst *fi, unsigned long seconds);
/* ISUP_REPEAT_EV_AGAIN, in the states that take it. */
void isup_repeat_again(struct osmo_fsm_inst *fi);
/* To be called when the process is cleaned up. */
void isup_repeat_forget(struct isup_repeat *r);

/* For the tables of the process. */
void isup_repeat_action(struct osmo_fsm_inst *fi, uint32_t event, void *data);
int isup_repeat_timer_cb(struct osmo_fsm_inst *fi);
void isup_repeat_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause);

#endif
