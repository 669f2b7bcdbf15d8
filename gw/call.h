/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The call: joins two legs, routes, keeps the record. It speaks only the primitives of cc.h. */
#ifndef TOLLGATE_GW_CALL_H
#define TOLLGATE_GW_CALL_H

#include "gw/leg.h"

/* FSM class; once in a process. */
int call_init(void);

/* A call came in on leg, which the call owns from now on. setup, isup and so on are copied. refuse:
 * NULL, or why the leg itself found the call impossible: cause value, and the SIP status it says
 * (it is recorded and released). The call may be over when this returns. */
void call_new(struct gw *gw, struct leg *in, const struct cc_setup *setup,
	      const struct isup_msg *isup, const struct cc_release *refuse);
/* Answer to prepare(). */
void call_offer(struct call *call, const char *sdp);
/* A primitive from a leg. For CC_RELEASE the leg has ended by itself already; the call frees it by
 * release(). */
void call_prim(struct call *call, struct leg *from, const struct cc_prim *prim);
/* CC_RELEASE in one line, for a failure inside the gateway. */
void call_fail(struct call *call, struct leg *from, uint8_t cause, bool retry, const char *why);
/* With all of a release; the location is the trunk group's. */
void call_fail_by(struct call *call, struct leg *from, const struct cc_release *r, const char *why);
/* For the record, before CC_RELEASE: what happened when no message of the peer says it. by_us: the
 * gateway released. */
void call_reason(struct call *call, const char *why, bool by_us);
/* Whether only ISUP trunk groups are left to try, the one tried now among them. */
bool call_is_transit(const struct call *call);
/* Whether further digits of the called number would still be told to the called side. */
bool call_takes_digits(const struct call *call);
/* The call goes where no ISUP is: 0, or the cause why it must not (leg_ops.ends_here). */
uint8_t call_ends_here(struct call *call);
/* For the record: one more circuit or address is tried. */
void call_attempt(struct call *call);

/* For `show` and commands. */
const char *call_id(const struct call *call);
const char *call_state(const struct call *call);
struct leg *call_leg(const struct call *call, bool out);
struct call *call_next(struct gw *gw, struct call *call);
/* NULL: no such call. */
struct call *call_find(struct gw *gw, const char *id);
unsigned int call_attempts(const struct call *call);
void call_numbers(const struct call *call, const char **calling, const char **called);
/* "pstn/3", "carrier 192.0.2.1:5060 Call-ID"; "-" without a leg. */
void call_leg_text(char *buf, size_t size, const struct leg *leg);
unsigned int call_seconds(const struct call *call);	/* since setup */
/* Release it by command or at the end of the gateway: cause 31. why is constant text. */
void call_clear(struct call *call, const char *why);

#endif
