/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call processing control: CPCI (cpci.c) and CPCO (cpco.c) over what they share (call.c). */
#ifndef TOLLGATE_ISUP_CALL_H
#define TOLLGATE_ISUP_CALL_H

#include "isup/peer.h"

enum cpc_state {
	CPC_ST_IDLE,
	CPC_ST_WAIT_SGM, CPC_ST_WAIT_COT,
	CPC_ST_WAIT_DIGITS, CPC_ST_WAIT_MORE, CPC_ST_WAIT_ACM, CPC_ST_WAIT_ANM,
	CPC_ST_ANSWERED, CPC_ST_SUSPENDED,
};

enum cpc_event {
	CPC_EV_NONE,
	CPC_EV_IAM, CPC_EV_SAM, CPC_EV_COT, CPC_EV_ACM, CPC_EV_CON, CPC_EV_ANM, CPC_EV_CPG,
	CPC_EV_SUS, CPC_EV_RES, CPC_EV_FOT, CPC_EV_CRG, CPC_EV_INFO, CPC_EV_SGM, CPC_EV_REL,
	CPC_EV_RLC, CPC_EV_BLO, CPC_EV_PAUSE,
	CPC_EV_CCL,			/* national, forward */
	CPC_EV_CHECK,			/* from the path: data is enum isup_continuity_event */
	/* from the user: data is struct isup_sent */
	CPC_EV_SAM_REQ, CPC_EV_COT_REQ, CPC_EV_ACM_REQ, CPC_EV_CON_REQ, CPC_EV_ANM_REQ,
	CPC_EV_CPG_REQ, CPC_EV_SUS_REQ, CPC_EV_RES_REQ, CPC_EV_FOT_REQ, CPC_EV_CRG_REQ,
	CPC_EV_INFO_REQ,
	CPC_EV_FIRST_REQ = CPC_EV_SAM_REQ,
};

struct isup_held {			/* WaitForSGM, WaitForContinuity */
	struct isup_msg iam;
	bool continuity;		/* COT came before SGM */
	struct isup_msg *sam[ISUP_MAX_HELD];
	unsigned int n_sam;
};

/* beside the timer of the state, see call_timer.c */
enum isup_call_timers {
	ISUP_CALL_TIMER_USER,		/* T2 */
	ISUP_CALL_TIMER_NETWORK,	/* T6, T38 */
	ISUP_CALL_TIMER_SGM,		/* T34 of all messages but IAM */
	ISUP_CALL_TIMER_INR,		/* T33 */
	ISUP_CALL_TIMER_IDR,		/* T39 */
	ISUP_CALL_TIMERS
};

struct isup_call_timer {
	struct osmo_timer_list timer;
	struct isup_call *call;
	uint8_t T;
};

struct isup_known {			/* what the IAM said, should the peer ask */
	bool has_category;
	uint8_t category, n_calling;
	uint8_t calling[ISUP_MAX_DIGITS / 2 + 2];
};

struct isup_call {
	struct isup_circuit *circuit;
	struct osmo_fsm_inst *fi;
	const struct isup_call_ops *ops;
	void *ops_ctx;
	struct isup_held *held;
	struct isup_msg *first;		/* its second part is awaited, see hold.c */
	bool incoming;
	bool backward;			/* outgoing: something has come back */
	bool early_acm;			/* incoming: T11 has sent the ACM, the user has not */
	bool transit;			/* the other end of the call is ISUP, too */
	bool passes;			/* or takes ISUP in bodies */
	bool type_a;			/* the call ends here, see unknown.h */
	struct isup_known known;	/* outgoing */
	bool ended;			/* isup_farewell_say() will free it */
	uint8_t suspended;		/* a bit each: by user, network; there, here */
	enum isup_suspend_role suspend_role;
	struct isup_call_timer timers[ISUP_CALL_TIMERS];
};

struct isup_sent {			/* encoded before, so that nothing fails later */
	const struct isup_msg *m;
	size_t len, more_len;		/* more: in SGM */
	uint8_t sdu[ISUP_MAX_OCTETS], more[ISUP_MAX_OCTETS];
};

extern struct osmo_fsm isup_cpci_fsm, isup_cpco_fsm, isup_release_fsm;
extern struct osmo_fsm isup_cri_fsm, isup_cro_fsm;
extern struct osmo_fsm isup_crs_fsm, isup_cgrs_fsm, isup_bls_fsm;
extern struct osmo_fsm isup_mgbs_fsm, isup_hgbs_fsm, isup_cqs_fsm;
extern struct osmo_fsm isup_cvs_fsm, isup_crro_fsm, isup_crri_fsm;
extern const struct value_string isup_cpc_event_names[];
/* events that mean the same in every state: isup_call_allstate() */
enum { ISUP_CPC_ALLSTATE = S(CPC_EV_REL) | S(CPC_EV_RLC) | S(CPC_EV_BLO) | S(CPC_EV_PAUSE) };

struct isup_call *isup_call_new(struct isup_circuit *c, struct osmo_fsm *fsm);
void isup_call_free(struct isup_call *call);
struct isup_farewell isup_call_end(struct isup_call *call);
void isup_farewell_say(const struct isup_farewell *bye, const struct isup_msg *rel,
		       const struct isup_cause *cause);
void isup_farewell_reset(const struct isup_farewell *bye, const struct isup_group *g);
void isup_call_fail(struct isup_call *call, const struct isup_cause *cause, bool try_again);
void isup_call_timeout(struct isup_call *call, int T, uint8_t cause);
void isup_call_allstate(struct osmo_fsm_inst *fi, uint32_t event, void *data);
void isup_call_pass(struct osmo_fsm_inst *fi, uint32_t event, void *data);
enum isup_counter isup_call_event(struct isup_circuit *c, enum cpc_event ev,
				  const struct isup_msg *m);
enum isup_counter isup_call_rx(struct isup_circuit *c, const struct isup_msg *m);

uint8_t isup_call_event_of(uint8_t type);	/* CPC_EV_NONE: no message of a call */

/* cpci_begin.c, cpci.c */
void isup_cpci_go(struct isup_call *call, enum cpc_state st);
void isup_cpci_offer(struct isup_call *call, const struct isup_msg *iam);
void isup_cpci_wait_sgm(struct osmo_fsm_inst *fi, uint32_t event, void *data);
void isup_cpci_wait_cot(struct osmo_fsm_inst *fi, uint32_t event, void *data);
void isup_cpci_whole(struct isup_call *call);
void isup_cpci_early_acm(struct isup_call *call, int T);
void isup_cpci_start(struct isup_circuit *c, const struct isup_msg *iam);
void isup_cpci_adapt(struct isup_call *call, struct isup_msg *m);
enum isup_counter isup_cpci_rx_iam(struct isup_circuit *c, const struct isup_msg *iam);

#endif
