/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The call's inside, shared by call.c, call_route.c and call_record.c. */
#ifndef TOLLGATE_GW_CALL_PRIV_H
#define TOLLGATE_GW_CALL_PRIV_H

#include <time.h>

#include "gw/call.h"

enum call_state {
	CALL_ST_COLLECTING,
	CALL_ST_PREPARE,
	CALL_ST_CALLING,
	CALL_ST_PROCEEDING,
	CALL_ST_ALERTING,
	CALL_ST_ANNOUNCEMENT,
	CALL_ST_ANSWERED,
};
enum call_event {
	CALL_EV_OFFER,
	CALL_EV_IN_RELEASE,
	CALL_EV_IN_OTHER,
	CALL_EV_OUT_PROGRESS,
	CALL_EV_OUT_ALERT,
	CALL_EV_OUT_CONNECT,
	CALL_EV_OUT_RELEASE,
	CALL_EV_OUT_OTHER,
};

/* What the record will say, gathered while the call lives. */
struct call_record {
	char id[32];
	char called[40], calling[40];
	char sent_on[40];		/* whom a redirection called instead; "" none did */
	const char *presentation;
	unsigned int attempts;
	struct timespec setup, alert, answer, release;
	double answered_mono, setup_mono;
	enum cdr_side released_by;
	uint8_t cause, location;
	uint16_t sip_status;
	const char *reason;
	uint8_t announced;		/* cause in an ACM or CPG: an announcement tells it */
	uint8_t announced_location;
	struct cdr_leg *tried;		/* the last route that failed, until answered */
};

struct call {
	struct llist_head list;
	struct gw *gw;
	struct osmo_fsm_inst *fi;
	struct leg *in, *out;
	struct cc_setup *setup;		/* until answered */
	struct isup_msg *isup;		/* the IAM it came with, until answered */
	char *offer;			/* SDP for the out leg, until answered */
	char *asked;			/* another one, which the out leg has not answered yet */
	struct trunk *routes[ROUTE_MAX_CHOICES];
	uint8_t n_routes, next_route;
	struct call_redirect *redirect;	/* the called side sent it on; until answered */
	bool route_named;		/* the caller asked for the trunk group */
	bool user_information;		/* the setup had some */
	struct call_record record;
};

void call_end(struct call *c, const struct cc_release *r, const struct cc_prim *why);
void call_forget_setup(struct call *c);
extern struct osmo_fsm call_fsm;

/* call_route.c */
uint8_t call_route_find(struct call *c, const char **why);	/* 0, or the cause */
bool call_route_left(const struct call *c);
void call_route_next(struct call *c);	/* sets the next route up, or ends the call */

/* call_redirect.c */
/* The peer answered 3xx, by which the call may go on: the out leg is to be released, then
 * call_redirect_next() has the first way. */
bool call_redirect_take(struct call *c, const struct cc_prim *prim);
/* After this failure another Contact may be tried. */
bool call_redirect_left(const struct call *c, const struct cc_release *r);
/* The call is on its way to a Contact, whose number is whole. */
bool call_redirected(const struct call *c);
/* The setup and the routes become those of the next Contact. false: there is none. */
bool call_redirect_next(struct call *c);
/* An outgoing SIP leg is told which address the Contact names, if it names one. */
void call_redirect_leg(const struct call *c, struct leg *leg);

/* call_overlap.c */
bool call_collects(struct call *c);	/* more digits are awaited before it goes on */
void call_more_digits(struct call *c, const struct cc_prim *prim);
/* CC_ADDRESS while the call is on its way. */
void call_pass_digits(struct call *c, const struct cc_prim *prim);
/* The called side says this to the calling one: after it no digits are taken, or they still are. */
void call_address_complete(struct call *c, const struct cc_prim *prim);

/* call_media.c: CC_MEDIA of the calling side before the answer, and the answer to it */
void call_media_asked(struct call *c, const char *sdp);
void call_media_answered(struct call *c, const struct cc_prim *answer);
void call_media_refuse(struct call *c);

void call_begin(struct call *c);	/* call_new.c: the digits are there */

/* call_record.c */
void call_record_called(struct call *c);
void call_record_sent_on(struct call *c);	/* to the setup's called number, or user */
void call_record_setup(struct call *c);
void call_record_time(struct timespec *ts);
void call_record_answer(struct call *c);
void call_record_release(struct call *c, const struct cc_release *r);
void call_record_tried(struct call *c, const struct leg *leg);	/* before the leg is released */
void call_record_write(struct call *c, const struct leg *in, const struct leg *out);

#endif
