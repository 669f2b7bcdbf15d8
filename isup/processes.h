/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes of Q.764 as they see each other. Functions called rx_ give the counter the message
 * belongs to. */
#ifndef TOLLGATE_ISUP_PROCESSES_H
#define TOLLGATE_ISUP_PROCESSES_H

#include "isup/call_parts.h"
#include "isup/repeat.h"
#include "isup/seizure.h"
#include "isup/unknown.h"

/* stack.c: the classes of the processes; NULL is the last */
extern struct osmo_fsm *const isup_machines[];

/* timers.c */
struct osmo_tdef *isup_timers_of(const struct isup_stack *s, const struct isup_dialect *d);

/* pump.c: maintenance work in the peer's window */
void isup_work_want(struct isup_circuit *c, enum isup_work w);
void isup_work_take(struct isup_circuit *c, enum isup_work w);
bool isup_work_waits(const struct isup_circuit *c, enum isup_work w);
struct isup_circuit *isup_work_next(struct isup_group *g, enum isup_work w);
void isup_pump(struct isup_peer *p);
void isup_window_enter(struct isup_repeat *r);
void isup_window_leave(struct isup_repeat *r);
void isup_window_close(struct isup_repeat *r);

/* twice.c: messages for groups that a dialect wants twice */
struct isup_firsts *isup_firsts_new(struct isup_peer *p);
void isup_group_send(struct isup_peer *p, const struct isup_msg *m);
bool isup_twice_is_first(struct isup_peer *p, const struct isup_msg *m);

/* circuit.c */
void isup_circuit_unequipped(struct isup_circuit *c, const char *how);
enum isup_counter isup_circuit_rx_ucic(struct isup_circuit *c, const struct isup_msg *m);

/* availability.c: T4 */
void isup_user_lost(struct isup_peer *p, enum isup_user_cause cause);
void isup_user_heard(struct isup_peer *p);
void isup_user_forget(struct isup_peer *p);

/* resume.c */
void isup_resume_start(struct isup_peer *p);
void isup_resume_stop(struct isup_peer *p);

/* congestion.c */
void isup_load_init(struct isup_peer *p);
void isup_load_forget(struct isup_peer *p);
void isup_congestion_rx_rel(struct isup_circuit *c, const struct isup_msg *rel);
void isup_congestion_mark(const struct isup_circuit *c, struct isup_msg *rel);
enum isup_counter isup_congestion_rx_olm(struct isup_circuit *c, const struct isup_msg *m);

/* release.c: REL sent, T1 and T5 until RLC. rel may be NULL (cause says it all). */
void isup_release_start(struct isup_circuit *c, const struct isup_msg *rel,
			const struct isup_cause *cause);
void isup_release_later(struct isup_circuit *c, const struct isup_cause *cause);
enum isup_counter isup_release_rx_rel(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_release_rx_rlc(struct isup_circuit *c, const struct isup_msg *m);
void isup_release_rx_bad_rel(struct isup_circuit *c, const struct isup_cause *why);

/* reset.c: CRS and CRR */
void isup_crs_start(struct isup_circuit *c, bool maintenance, bool windowed);
void isup_crs_reset(struct isup_circuit *c, bool try_again);
void isup_crs_rx_rlc(struct isup_circuit *c);
struct isup_farewell isup_crr_reset(struct isup_circuit *c);
enum isup_counter isup_crr_rx_rsc(struct isup_circuit *c, const struct isup_msg *m);

/* group_reset.c: CGRS and CGRR */
bool isup_cgrs_next(struct isup_group *g);
void isup_cgrs_unequipped(struct isup_circuit *c);
enum isup_counter isup_cgrs_rx_gra(struct isup_peer *p, const struct isup_msg *m);
enum isup_counter isup_cgrr_rx_grs(struct isup_peer *p, const struct isup_msg *m);

/* Q.763 3.35: continuity check indicator of an IAM, CRM */
enum { ISUP_CHECK_HERE = 1, ISUP_CHECK_PREVIOUS = 2 };

/* continuity.c: what a circuit's path is asked for, and the tests without a call, CRI and CRO */
enum cot_event {
	COT_EV_CCR, COT_EV_COT, COT_EV_LPA, COT_EV_REL, COT_EV_CFN, COT_EV_PAUSE, COT_EV_PATH,
	COT_EV_CRA,
};
struct isup_cot {
	struct isup_circuit *circuit;
	uint8_t failures;		/* CRO: in a row, up to 2 */
	uint8_t unable;			/* CRO: tests in a row that said nothing */
	bool acknowledged;		/* CRI: LPA sent */
};
extern const struct value_string isup_cot_event_names[];
int isup_path_loop(struct isup_circuit *c);
int isup_path_check(struct isup_circuit *c);
void isup_path_stop(struct isup_circuit *c);
bool isup_circuit_wants_lpa(const struct isup_circuit *c);
struct osmo_fsm_inst *isup_cot_start(struct osmo_fsm *fsm, struct isup_circuit *c);
void isup_cot_cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause);
void isup_cot_say(struct isup_circuit *c, bool success);
bool isup_cot_yields(struct isup_circuit *c);
enum isup_counter isup_cot_rx_ccr(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_cot_rx_cot(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_cot_rx_lpa(struct isup_circuit *c, const struct isup_msg *m);
void isup_cot_rx_rel(struct isup_circuit *c);
void isup_cot_rx_cfn(struct isup_circuit *c);
void isup_cot_pause(struct isup_circuit *c);
/* continuity_in.c, continuity_out.c */
void isup_cri_await_ccr(struct isup_circuit *c);
int isup_cri_rx_ccr(struct isup_circuit *c);
void isup_cro_recheck(struct isup_circuit *c);
bool isup_cro_is_testing(const struct isup_circuit *c);

/* reservation.c: CRRO and CRRI, validation.c: CVS and CVR (T1.113) */
void isup_crro_give_back(struct isup_circuit *c);
enum isup_counter isup_crro_rx_cra(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_crri_rx_crm(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_cvs_rx_cvr(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_cvr_rx_cvt(struct isup_circuit *c, const struct isup_msg *m);

/* blocking.c: BLS and BLR */
void isup_bls_restart(struct isup_circuit *c);	/* BLO again where the circuit is locally blocked */
enum isup_counter isup_bls_rx_bla(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_bls_rx_uba(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_blr_rx_blo(struct isup_circuit *c, const struct isup_msg *m);
enum isup_counter isup_blr_rx_ubl(struct isup_circuit *c, const struct isup_msg *m);

/* group_block.c: MGBS and HGBS. restart: the peer has forgotten; isup_pump() must follow */
bool isup_mgbs_next(struct isup_group *g);
bool isup_hgbs_next(struct isup_group *g);
bool isup_gbs_pending(const struct isup_circuit *c);
void isup_gbs_leave(struct isup_circuit *c);
void isup_mgbs_restart(struct isup_circuit *c);
void isup_hgbs_restart(struct isup_circuit *c);
enum isup_counter isup_gbs_rx(struct isup_peer *p, const struct isup_msg *m);

/* group_blocking.c: MGBR and HGBR */
enum isup_counter isup_gbr_rx(struct isup_peer *p, const struct isup_msg *m);

/* query.c: CQS and CQR */
bool isup_cqs_next(struct isup_group *g);
enum isup_counter isup_cqs_rx_cqr(struct isup_peer *p, const struct isup_msg *m);
enum isup_counter isup_cqr_rx_cqm(struct isup_peer *p, const struct isup_msg *m);

/* confusion.c: messages that cannot be understood. len, cic as they came. */
void isup_confusion_rx(struct isup_peer *p, const uint8_t *sdu, size_t len,
		       const struct isup_fault *f);
enum isup_counter isup_confusion_unknown(struct isup_circuit *c, const struct isup_msg *m);
void isup_confusion_cfn(struct isup_circuit *c, uint8_t value, uint8_t diag);
void isup_confusion_release(struct isup_circuit *c, uint8_t type, uint8_t value, uint8_t diag);
void isup_confusion_unequipped(struct isup_peer *p, uint8_t type, uint16_t cic);

/* unexpected.c: a message of a call that the circuit's state does not take */
enum isup_counter isup_unexpected_rx(struct isup_circuit *c, const struct isup_msg *m);

/* unknown_par.c: instructions for unknown parameters; false when the message goes no further */
bool isup_unknown_par_rx(struct isup_circuit *c, struct isup_msg *m);
void isup_unknown_par_rel(struct isup_circuit *c, struct isup_msg *rel, bool type_a);

#endif
