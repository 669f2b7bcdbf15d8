/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes of Q.764 as they see each other. Functions called rx_ give the counter the message belongs to. */
#ifndef TOLLGATE_ISUP_PROCESSES_H
#define TOLLGATE_ISUP_PROCESSES_H

#include "isup/process.h"

/* Call processing control: CPCI (cpci.c) and CPCO (cpco.c) over what they share (call.c). */
enum cpc_state { CPC_ST_IDLE, CPC_ST_WAIT_COT, CPC_ST_WAIT_ACM, CPC_ST_WAIT_ANM, CPC_ST_ANSWERED, CPC_ST_SUSPENDED };

enum cpc_event {
	CPC_EV_NONE,
	CPC_EV_IAM, CPC_EV_SAM, CPC_EV_COT, CPC_EV_ACM, CPC_EV_CON, CPC_EV_ANM, CPC_EV_CPG, CPC_EV_SUS, CPC_EV_RES,
	CPC_EV_FOT, CPC_EV_CRG, CPC_EV_INFO, CPC_EV_REL, CPC_EV_RLC, CPC_EV_BLO, CPC_EV_PAUSE,
	/* from the user: data is struct isup_sent */
	CPC_EV_SAM_REQ, CPC_EV_COT_REQ, CPC_EV_ACM_REQ, CPC_EV_CON_REQ, CPC_EV_ANM_REQ, CPC_EV_CPG_REQ, CPC_EV_SUS_REQ,
	CPC_EV_RES_REQ, CPC_EV_FOT_REQ, CPC_EV_CRG_REQ, CPC_EV_INFO_REQ,
	CPC_EV_FIRST_REQ = CPC_EV_SAM_REQ,
};

struct isup_held {			/* WaitForContinuity */
	struct isup_msg iam;
	struct isup_msg *sam[ISUP_MAX_HELD];
	unsigned int n_sam;
};

struct isup_call {
	struct isup_circuit *circuit;
	struct osmo_fsm_inst *fi;
	const struct isup_call_ops *ops;
	void *ops_ctx;
	struct isup_held *held;
	bool incoming;
	bool backward;			/* outgoing: something has come back */
	bool early_acm;			/* incoming: T11 has sent the ACM, the user has not */
	bool transit;
	uint8_t suspended;		/* a bit for each who has: user, network; from there, from here */
};

struct isup_sent {			/* data of the _REQ events: encoded, so that nothing fails later */
	const struct isup_msg *m;
	const uint8_t *sdu;
	size_t len;
};

extern struct osmo_fsm isup_cpci_fsm, isup_cpco_fsm, isup_release_fsm, isup_crs_fsm, isup_cgrs_fsm, isup_bls_fsm;
extern const struct value_string isup_cpc_event_names[];
enum { ISUP_CPC_ALLSTATE = S(CPC_EV_REL) | S(CPC_EV_RLC) | S(CPC_EV_BLO) | S(CPC_EV_PAUSE) };

struct isup_call *isup_call_new(struct isup_circuit *c, struct osmo_fsm *fsm);
void isup_call_free(struct isup_call *call);
struct isup_farewell isup_call_end(struct isup_call *call);
void isup_farewell_say(const struct isup_farewell *bye, const struct isup_msg *rel, const struct isup_cause *cause);
void isup_call_fail(struct isup_call *call, const struct isup_cause *cause, bool try_again);
void isup_call_timeout(struct isup_call *call, uint8_t cause);
void isup_call_allstate(struct osmo_fsm_inst *fi, uint32_t event, void *data);
void isup_call_pass(struct osmo_fsm_inst *fi, uint32_t event, void *data);
enum isup_counter isup_call_event(struct isup_circuit *c, enum cpc_event ev, const struct isup_msg *m);
enum isup_counter isup_call_rx(struct isup_circuit *c, const struct isup_msg *m);

void isup_cpci_start(struct isup_circuit *c, const struct isup_msg *iam);
void isup_cpci_adapt(struct isup_call *call, struct isup_msg *m);
enum isup_counter isup_cpci_rx_iam(struct isup_circuit *c, const struct isup_msg *iam);

enum isup_counter isup_circuit_rx_ucic(struct isup_circuit *c, const struct isup_msg *m);

/* release.c: REL sent, T1 and T5 until RLC. rel may be NULL (cause says it all). */
void isup_release_start(struct isup_circuit *c, const struct isup_msg *rel, const struct isup_cause *cause);
enum isup_counter isup_release_rx_rel(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_release_rx_rlc(struct isup_circuit *c, const struct isup_msg *m);
void isup_release_rx_bad_rel(struct isup_circuit *c, const struct isup_cause *why);
void isup_release_again(struct isup_circuit *c);

/* reset.c: CRS and CRR */
void isup_crs_start(struct isup_circuit *c, bool maintenance, bool windowed);
void isup_crs_rx_rlc(struct isup_circuit *c);
void isup_crs_again(struct isup_circuit *c);
struct isup_farewell isup_crr_reset(struct isup_circuit *c);
enum isup_counter isup_crr_rx_rsc(struct isup_circuit *c, const struct isup_msg *m);

/* group_reset.c: CGRS and CGRR */
void isup_reset_pump(struct isup_peer *p);
void isup_reset_window_close(struct isup_peer *p, bool *windowed);
void isup_cgrs_again(struct isup_circuit *c);
void isup_cgrs_unequipped(struct isup_circuit *c);
enum isup_counter isup_cgrs_rx_gra(struct isup_peer *p, const struct isup_msg *m);
enum isup_counter isup_cgrr_rx_grs(struct isup_peer *p, const struct isup_msg *m);

/* blocking.c: BLS and BLR */
void isup_bls_restart(struct isup_circuit *c);	/* BLO again where the circuit is locally blocked */
void isup_bls_again(struct isup_circuit *c);
enum isup_counter isup_bls_rx_bla(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_bls_rx_uba(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_blr_rx_blo(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_blr_rx_ubl(struct isup_circuit *c, const struct isup_msg *m);

/* group_blocking.c, query.c */
enum isup_counter isup_gbr_rx(struct isup_peer *p, const struct isup_msg *m);
enum isup_counter isup_query_rx_cqm(struct isup_peer *p, const struct isup_msg *m);

/* confusion.c: messages that cannot be understood. len, cic as they came. */
void isup_confusion_rx(struct isup_peer *p, const uint8_t *sdu, size_t len, const struct isup_fault *f);
enum isup_counter isup_confusion_unknown(struct isup_circuit *c, const struct isup_msg *m);
void isup_confusion_cfn(struct isup_circuit *c, uint8_t value, uint8_t diag);
void isup_confusion_release(struct isup_circuit *c, uint8_t type, uint8_t value, uint8_t diag);
void isup_confusion_unequipped(struct isup_peer *p, uint8_t type, uint16_t cic);

/* unknown_par.c: instructions for parameters that are not known; false when the message goes no further */
bool isup_unknown_par_rx(struct isup_circuit *c, struct isup_msg *m);

#endif
