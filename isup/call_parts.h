/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Procedures of a call that both of its processes use. */
#ifndef TOLLGATE_ISUP_CALL_PARTS_H
#define TOLLGATE_ISUP_CALL_PARTS_H

#include "isup/call.h"

/* send.c */
size_t isup_max_sdu(const struct isup_group *g);
int isup_sent_encode(struct isup_sent *sent, const struct isup_circuit *c,
		     const struct isup_msg *m);
int isup_sent_transmit(struct isup_circuit *c, const struct isup_sent *sent);

/* hold.c */
bool isup_hold_rx(struct isup_circuit *c, const struct isup_msg *m);
void isup_hold_give_up(struct isup_circuit *c);
void isup_hold_expired(struct isup_call *call, int T);

/* overlap.c */
bool isup_cpci_wants_digits(const struct isup_call *call);
void isup_overlap_complete(struct isup_call *call);

/* inform.c */
void isup_inform_keep(struct isup_call *call, const struct isup_msg *iam);
void isup_inform_watch(struct isup_call *call, const struct isup_msg *m, bool ours);
bool isup_inform_answer(struct isup_call *call, const struct isup_msg *m);
void isup_inform_t33(struct isup_call *call, int T);
void isup_inform_t39(struct isup_call *call, int T);

/* call_timer.c */
void isup_call_timer_start(struct isup_call *call, enum isup_call_timers place, int T);
void isup_call_timer_stop(struct isup_call *call, enum isup_call_timers place);
void isup_call_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause);

/* suspend.c */
void isup_suspend_apply(struct isup_call *call, const struct isup_msg *m, bool ours);
void isup_suspend_expired(struct isup_call *call, int T);

#endif
