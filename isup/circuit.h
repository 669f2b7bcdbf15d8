/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ISUP user part of one exchange (Q.764): circuits in trunk groups, call processes, maintenance
 * processes.
 *
 * Below it wants one function that hands octets to MTP; above it speaks to its user by the
 * primitives here. Time is libosmocore's timers. One stack is one owner; nothing is global but the
 * FSM classes. */
#ifndef TOLLGATE_ISUP_CIRCUIT_H
#define TOLLGATE_ISUP_CIRCUIT_H

#include <stdbool.h>
#include <stdint.h>

#include <osmocom/core/tdef.h>

#include "isup/call_config.h"
#include "isup/isup.h"

struct isup_stack;
struct isup_group;	/* trunk group: circuits to one peer */
struct isup_circuit;	/* one CIC of a group */
struct isup_call;	/* a call on a circuit: process CPCI (incoming) or CPCO (outgoing) */

/* A stable copy of the standard's timers (T1 T5 T7 ... in seconds, with limits and texts), ended by
 * an empty row. The configuration points its VTY at this array; a stack reads it whenever it starts
 * a timer. */
extern struct osmo_tdef isup_tdefs_default[];
/* A copy for one stack, owned by ctx. */
struct osmo_tdef *isup_tdefs_new(void *ctx);
/* The timers of a group are those of its dialect's standard. */
enum isup_timer_set { ISUP_TIMERS_ITU, ISUP_TIMERS_ANSI, ISUP_TIMER_SETS };
struct osmo_tdef *isup_timers_new(void *ctx, enum isup_timer_set set);
/* Use this table; before any group is made. A new stack has ITU's as it was given, and others with
 * their defaults. */
void isup_stack_timers(struct isup_stack *s, enum isup_timer_set set, struct osmo_tdef *tdefs);

/* Who uses the stack. All are called from the loop, never from inside a call of the user's own into
 * the same object that would free it: state is changed first, then spoken. */
struct isup_stack_ops {
	/* Hand one message to MTP. 0 or -errno (the stack counts and goes on; timers repeat what
	 * must be repeated). Must not call the stack from inside: what the peer answers comes with
	 * a later turn of the loop. */
	int (*transfer)(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
			size_t len);
	/* A call comes in on call's circuit. The user must isup_call_bind() it, or
	 * isup_call_release() it, before it returns. */
	void (*setup_ind)(void *ctx, struct isup_call *call, const struct isup_msg *iam);
	/* Maintenance must look: T5, T13, T15, T17, T23 expired, or a message that the standard
	 * tells to report. may be NULL */
	void (*alarm_ind)(void *ctx, const struct isup_circuit *c, const char *what);
	/* The audit asks: is the call or the seizure on this circuit known? NULL: always */
	bool (*in_use)(void *ctx, const struct isup_circuit *c);
	/* Every message, as it goes or comes (traces). m NULL: it was malformed, see f. may be NULL
	 */
	void (*trace)(void *ctx, const struct isup_group *g, bool sent, const struct isup_msg *m,
		      const uint8_t *sdu, size_t len, const struct isup_fault *f);
};

/* Who uses one call. */
struct isup_call_ops {
	/* A message of this call from the network, allowed in its state: SAM, ACM, CPG, ANM, CON,
	 * SUS, RES, FAC, FAR, FAA, FRJ, USR, INF, INR, ... An early ACM made by T11 on our side is
	 * not reported. */
	void (*msg_ind)(void *ctx, const struct isup_msg *m);
	/* The call has ended on the circuit (REL received and answered, RSC/GRS, timer, T7/T9
	 * expiry: then our REL is out). rel is the REL received or NULL; cause is always given. The
	 * call is invalid when this is called. */
	void (*release_ind)(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause);
	/* Outgoing call only, before any backward message: this circuit cannot be had (dual seizure
	 * lost, REL 44, BLO, RSC, Q.764 2.8.1). Try another circuit or fail with cause. The call is
	 * invalid. */
	void (*repeat_ind)(void *ctx, const struct isup_cause *cause);
	/* Incoming call whose digits were ISUP_DIGITS_MAYBE (isup/overlap.h): no more will come.
	 * may be NULL */
	void (*complete_ind)(void *ctx);
};

/* CONTROLLED, ODD, EVEN: of our own circuits (which we keep in a dual seizure, or those of this
 * parity) the one that is idle for longest, then of the peer's the one that was used last, which
 * makes dual seizure rare when the peer does the like (method 2 of 2.9.1.3). */
enum isup_hunt {
	ISUP_HUNT_ROUND_ROBIN, ISUP_HUNT_LOWEST, ISUP_HUNT_HIGHEST, ISUP_HUNT_CONTROLLED,
	ISUP_HUNT_ODD, ISUP_HUNT_EVEN, ISUP_HUNT_LEAST_RECENTLY_USED,
};

/* The automatic congestion level of REL (2.11): put in by us, obeyed when the peer does. */
enum isup_acl { ISUP_ACL_BOTH, ISUP_ACL_SEND, ISUP_ACL_OBEY, ISUP_ACL_OFF };

struct isup_group_cfg {
	const char *name;		/* copied */
	const struct isup_dialect *dialect;
	uint32_t opc, dpc;		/* point codes as integers */
	uint8_t ni;			/* network indicator 0-3 */
	/* names the MTP that carries it, compared only: the same point codes over another one are
	 * another exchange; NULL where there is but one */
	const void *mtp;
	enum isup_hunt hunt;
	enum isup_acl acl;
	bool reset_at_start;		/* GRS over all circuits in isup_group_start() */
	/* silence, not UCIC, for circuits the peer's first group leaves unequipped */
	bool no_ucic;
	bool lpa;			/* CCR is acknowledged by LPA, both ways (national use) */
	/* of the causes this exchange makes itself; 0: 2, public network local user */
	uint8_t location;
	struct isup_call_cfg calls;
	void *user;			/* isup_group_user() */
};

struct isup_stack *isup_stack_new(void *ctx, const struct isup_stack_ops *ops, void *ops_ctx,
				  struct osmo_tdef *tdefs, int log_cat);
/* Registers the FSM classes; once in a process before the first stack. */
int isup_fsm_init(int log_cat);

/* 0, -EEXIST (a group of this name, a circuit of the same point codes and CIC exists), -ENOMEM,
 * -EINVAL (no dialect, or another one than the peer's other groups have; CIC wider than the
 * dialect's; first above last). */
int isup_group_new(struct isup_group **ret, struct isup_stack *s, const struct isup_group_cfg *cfg);
int isup_group_add_range(struct isup_group *g, uint16_t first_cic, uint16_t last_cic);
/* after configuration: circuits reset or taken into service */
void isup_group_start(struct isup_group *g);
void *isup_group_user(const struct isup_group *g);
const char *isup_group_name(const struct isup_group *g);
unsigned int isup_group_size(const struct isup_group *g);	/* circuits */
const struct isup_group_cfg *isup_group_config(const struct isup_group *g);
struct isup_group *isup_group_find(struct isup_stack *s, const char *name);

/* From MTP, mtp being that of the groups it carries. sdu begins with the CIC. Every message is
 * answered as the standard says, also malformed ones and those for unequipped circuits (CFN, UCIC
 * by configuration or silence), and counted. */
void isup_transfer_ind(struct isup_stack *s, const void *mtp, uint32_t opc, uint32_t dpc,
		       uint8_t ni, const uint8_t *sdu, size_t len);
/* Destination unavailable / available again (MTP-PAUSE, MTP-RESUME): all relations to it over this
 * MTP. */
void isup_pause_ind(struct isup_stack *s, const void *mtp, uint32_t pc);
void isup_resume_ind(struct isup_stack *s, const void *mtp, uint32_t pc);
/* The destination is there, its ISUP is not (MTP-STATUS, user part unavailable): no circuit is
 * hunted until it is heard again; asked by UPT, T4, unless it is not equipped (Q.764 2.13). */
enum isup_user_cause { ISUP_USER_UNKNOWN, ISUP_USER_UNEQUIPPED, ISUP_USER_INACCESSIBLE };
void isup_user_unavailable_ind(struct isup_stack *s, const void *mtp, uint32_t pc,
			       enum isup_user_cause cause);

/* Outgoing call. hunt marks an idle circuit seized; 0, -EBUSY (none free), -ENETUNREACH (paused, or
 * no ISUP there). Give it back with unseize, or send the IAM on it with setup (iam->cic is set by
 * the callee). After setup the circuit is the call's. setup: 0, -EBUSY (an incoming call, a reset
 * or a blocking took the circuit after it was hunted), -ENETUNREACH, -ENOBUFS, -EINVAL, -EMSGSIZE,
 * -ENOMEM, or why the continuity check it asks for cannot be done; after an error the seizure is
 * still the caller's: unseize it, hunt again. */
int isup_group_hunt(struct isup_circuit **ret, struct isup_group *g);
void isup_circuit_unseize(struct isup_circuit *c);
int isup_call_setup(struct isup_call **ret, struct isup_circuit *c, const struct isup_msg *iam,
		    const struct isup_call_ops *ops, void *ops_ctx);

/* Incoming call: take it. */
void isup_call_bind(struct isup_call *call, const struct isup_call_ops *ops, void *ops_ctx);
/* The other leg is ISUP, too. Incoming: T11 guards interworking only and is not run (Q.764
 * 2.1.4.8). Both: INR and IDR are not answered from the IAM, but given to the user, and so are
 * messages that we do not know, as they ask for. */
void isup_call_transit(struct isup_call *call);
/* The other leg is none, but takes ISUP all the same (in bodies of SIP): the latter two only. */
void isup_call_carried(struct isup_call *call, bool carried);
/* Send a message of the call (SAM; ACM, CPG, ANM, CON; SUS, RES, FAC, USR ...). The process moves
 * as the message says; -EPROTO when its state does not allow it, -EINVAL or -EMSGSIZE when it
 * cannot be encoded (nothing is sent). m->cic is set by the callee on a copy. An incoming call
 * sends what fits its state: after the process' own early ACM (T11) the user's ACM leaves as CPG
 * (event: alerting when it says subscriber free, else in-band information when it says so, else
 * progress) with the ACM's parameters; CON after any ACM leaves as ANM; ANM without ACM leaves as
 * CON. */
int isup_call_send(struct isup_call *call, const struct isup_msg *m);
/* End the call from our side: REL, T1/T5 until RLC; the circuit looks after itself. rel may carry
 * optional parameters. The call is invalid afterwards; no primitive follows. */
void isup_call_release(struct isup_call *call, const struct isup_msg *rel);
void isup_call_release_cause(struct isup_call *call, uint8_t cause, uint8_t location);
struct isup_circuit *isup_call_circuit(const struct isup_call *call);
/* The call on a circuit, or NULL. */
struct isup_call *isup_circuit_call(const struct isup_circuit *c);

/* Circuits. */
struct isup_circuit *isup_circuit_find(struct isup_group *g, uint16_t cic);
/* The next circuit by CIC; NULL for the first. */
struct isup_circuit *isup_circuit_next(struct isup_group *g, struct isup_circuit *c);
uint16_t isup_circuit_cic(const struct isup_circuit *c);
struct isup_group *isup_circuit_group(const struct isup_circuit *c);

enum isup_circuit_use {
	ISUP_CCT_IDLE,
	ISUP_CCT_SEIZED,
	ISUP_CCT_INCOMING,
	ISUP_CCT_OUTGOING,
	ISUP_CCT_RELEASING,
	ISUP_CCT_RESETTING,
	ISUP_CCT_TESTING		/* continuity, or waits to be tested again */
};
struct isup_circuit_status {
	enum isup_circuit_use use;
	const char *call_state;		/* FSM state name, or "-" */
	bool local_blocked;		/* by us for maintenance: the peer must not seize */
	bool local_failed;		/* by us for a hardware failure */
	bool remote_blocked;		/* by the peer for maintenance: we must not seize */
	bool remote_failed;		/* by the peer for a hardware failure */
	bool blocking_pending;		/* BLO, UBL, CGB or CGU is not yet acknowledged */
	bool unreachable;		/* MTP paused, or no ISUP at the destination */
	bool out_of_service;		/* T5/T17 ran out, maintenance must look */
	bool unequipped;		/* out of service: the peer does not have it */
	int peer_state;			/* octet of the last CQR, isup/mismatch.h; or -1 */
	unsigned int seconds;		/* so long in this use */
	unsigned int n_calls;		/* that were on it, since the start */
};
void isup_circuit_status(struct isup_circuit_status *st, const struct isup_circuit *c);
const char *isup_circuit_use_name(enum isup_circuit_use use);

/* Maintenance: 0 or -EALREADY, -EBUSY (the same procedure is running). */
int isup_circuit_block(struct isup_circuit *c);		/* BLO, T12, T13 */
int isup_circuit_unblock(struct isup_circuit *c);	/* UBL, T14, T15 */
/* RSC, T16, T17; a call on it ends with cause 31 */
int isup_circuit_reset(struct isup_circuit *c);
/* GRS in ranges of at most 32 circuits, T22, T23 */
int isup_group_reset(struct isup_group *g);

/* Counters: one row each; received = handled + malformed + unequipped + unexpected. */
#define ISUP_COUNTERS(X) \
	X(RX,		"isup:received",	"messages delivered by MTP") \
	X(RX_HANDLED,	"isup:handled",		"messages given to a circuit's processes") \
	X(RX_MALFORMED,	"isup:malformed",	"messages refused by the decoder") \
	X(RX_UNEQUIPPED,"isup:unequipped",	"messages for a circuit that does not exist") \
	X(RX_UNEXPECTED,"isup:unexpected",	"messages not allowed in the circuit's state") \
	X(TX,		"isup:sent",		"messages given to MTP") \
	X(TX_FAILED,	"isup:send_failed",	"messages MTP did not take") \
	X(DUAL_SEIZURE,	"isup:dual_seizure",	"dual seizures seen") \
	X(QUERIED,	"isup:queried",	"circuits whose state the peer has told") \
	X(MISMATCH,	"isup:mismatch",	"circuits that were put right after that") \
	X(T5,		"isup:t5_expired",	"circuits whose release was never acknowledged") \
	X(BAD_TYPE,	"isup:malformed_type",	"of the malformed: message type unknown") \
	X(BAD_MISSING,	"isup:malformed_missing", "of the malformed: mandatory part missing") \
	X(BAD_CONTENT,	"isup:malformed_content", "of the malformed: length or content wrong") \
	X(REFUSED,	"isup:refused_congestion", "outgoing calls refused: no room there") \
	X(AUDIT_CALL,	"audit:call_unknown",	"calls on circuits that nobody had") \
	X(AUDIT_SEIZURE, "audit:seizure_unknown", "seizures that nobody had") \
	X(AUDIT_TIMER,	"audit:no_timer",	"processes that nothing would have woken") \
	X(AUDIT_HUNT,	"audit:not_hunted",	"idle circuits that were not hunted") \
	X(AUDIT_WAIT,	"audit:not_begun",	"maintenance whose turn did not come")
enum isup_counter {
#define X(id, name, desc) ISUP_CTR_##id,
	ISUP_COUNTERS(X)
#undef X
	ISUP_CTR_COUNT
};
uint64_t isup_counter(const struct isup_stack *s, enum isup_counter c);
const char *isup_counter_name(enum isup_counter c);

#endif
