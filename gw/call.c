/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The call's state machine: primitives of one leg become primitives of the other. */
#include <errno.h>
#include <string.h>

#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/call_priv.h"
#include "gw/log.h"

#define S(x) (1 << (x))

/* Who ended it; what the gateway did itself has been said before. */
static void released_by(struct call *c, enum cdr_side side)
{
	if (c->record.released_by == CDR_SIDE_NONE)
		c->record.released_by = side;
}

static void go(struct call *c, enum call_state to)
{
	if (c->fi->state != to)
		osmo_fsm_inst_state_chg(c->fi, to, 0, 0);
}

/* Ends the call: legs, record, memory. why: what the leg that has spoken last said, for the
 * other one; or NULL. */
void call_end(struct call *c, const struct cc_release *r, const struct cc_prim *why)
{
	struct leg *in = c->in, *out = c->out;

	call_record_release(c, r);
	c->in = c->out = NULL;
	call_record_write(c, in, out);
	if (in)
		in->ops->release(in, r, why);
	if (out)
		out->ops->release(out, r, why);
	osmo_fsm_inst_term(c->fi, OSMO_FSM_TERM_REGULAR, NULL);
}

/* The route tried now failed before the called side took the call: try the next, else end. */
static void out_failed(struct call *c, const struct cc_prim *prim)
{
	struct leg *out = c->out;
	struct cc_release r = prim->u.release;

	bool on = call_redirect_take(c, prim) || call_redirect_left(c, &r);

	if (!on && (!r.retry || !call_route_left(c))) {
		released_by(c, CDR_SIDE_CALLED);
		call_end(c, &r, prim);
		return;
	}
	if (on && !(r.retry && call_route_left(c)))
		c->next_route = c->n_routes;
	c->out = NULL;
	call_record_tried(c, out);
	c->record.released_by = CDR_SIDE_NONE;
	c->record.reason = NULL;
	LOGPFSML(c->fi, LOGL_NOTICE, "%s: %u %s, trying the next %s\n", out->trunk->name,
		 r.cause.value, isup_cause_name(r.cause.value), on ? "Contact" : "route");
	out->ops->release(out, &r, NULL);
	if (c->asked)
		call_media_refuse(c);
	go(c, CALL_ST_CALLING);
	call_route_next(c);
}

/* Nobody is called yet. true: it was digits. */
static bool early_word(struct call *c, const struct cc_prim *prim)
{
	if (prim->type == CC_ADDRESS)
		call_more_digits(c, prim);
	else if (prim->type == CC_MEDIA)
		call_media_refuse(c);
	return prim->type == CC_ADDRESS;
}

static void st_collecting(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct call *c = fi->priv;
	const struct cc_prim *prim = data;

	if (event == CALL_EV_IN_RELEASE) {
		released_by(c, CDR_SIDE_CALLING);
		call_end(c, &prim->u.release, prim);
		return;
	}
	if (!early_word(c, prim) || call_collects(c))
		return;
	go(c, CALL_ST_PREPARE);
	call_begin(c);
}

static void st_prepare(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct call *c = fi->priv;
	const struct cc_prim *prim = data;

	switch (event) {
	case CALL_EV_OFFER:
		go(c, CALL_ST_CALLING);
		call_route_next(c);
		break;
	case CALL_EV_IN_RELEASE:
		released_by(c, CDR_SIDE_CALLING);
		call_end(c, &prim->u.release, prim);
		break;
	case CALL_EV_IN_OTHER:
		/* while the circuit's media is opened: what will go out begins with them */
		early_word(c, prim);
		break;
	}
}

/* RFC 3398 7.2.6: an ACM or CPG with a cause. The caller hears the announcement for a while, then
 * gets his final response; a caller behind ISUP has an exchange that sees to it, and a called side
 * behind SIP ends the call itself. */
static bool is_announcement(const struct call *c, const struct cc_prim *prim)
{
	return prim->u.progress.cause.value && !prim->u.progress.cause.coding &&
	       c->in->trunk->cfg->type == CONFIG_TRUNK_SIP && !prim->sip;
}

static void announce(struct call *c, const struct isup_cause *cause)
{
	c->record.announced = cause->value;
	c->record.announced_location = cause->location;
	if (c->fi->state != CALL_ST_ANNOUNCEMENT)
		osmo_fsm_inst_state_chg(c->fi, CALL_ST_ANNOUNCEMENT,
					c->out->trunk->cfg->announcement_s, 0);
}

static int announcement_over(struct osmo_fsm_inst *fi)
{
	struct call *c = fi->priv;
	const struct cc_release r = {
		.cause = { .value = c->record.announced, .location = c->record.announced_location },
	};

	call_reason(c, "announcement is over", true);
	call_end(c, &r, NULL);
	return 0;
}

static void out_speaks(struct call *c, uint32_t event, const struct cc_prim *prim)
{
	call_address_complete(c, prim);
	switch (event) {
	case CALL_EV_OUT_PROGRESS:
		if (is_announcement(c, prim))
			announce(c, &prim->u.progress.cause);
		else if (c->fi->state == CALL_ST_CALLING)
			go(c, CALL_ST_PROCEEDING);
		break;
	case CALL_EV_OUT_ALERT:
		go(c, CALL_ST_ALERTING);
		call_record_time(&c->record.alert);
		break;
	case CALL_EV_OUT_CONNECT:
		go(c, CALL_ST_ANSWERED);
		call_record_answer(c);
		call_forget_setup(c);
		break;
	}
	c->in->ops->prim(c->in, prim);
}

static void in_speaks(struct call *c, const struct cc_prim *prim)
{
	if (prim->type == CC_ADDRESS) {
		call_pass_digits(c, prim);
		return;
	}
	if (prim->type == CC_MEDIA && prim->sdp)
		call_media_asked(c, prim->sdp);
	if (c->out)
		c->out->ops->prim(c->out, prim);
}

static void st_calling(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct call *c = fi->priv;
	const struct cc_prim *prim = data;

	switch (event) {
	case CALL_EV_OUT_RELEASE:
		out_failed(c, prim);
		break;
	case CALL_EV_IN_RELEASE:
		released_by(c, CDR_SIDE_CALLING);
		call_end(c, &prim->u.release, prim);
		break;
	case CALL_EV_IN_OTHER:
		in_speaks(c, prim);
		break;
	case CALL_EV_OUT_OTHER:
		if (prim->type == CC_MEDIA_ANSWER)
			call_media_answered(c, prim);
		c->in->ops->prim(c->in, prim);
		break;
	default:
		out_speaks(c, event, prim);
	}
}

static void st_answered(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct call *c = fi->priv;
	const struct cc_prim *prim = data;

	switch (event) {
	case CALL_EV_IN_RELEASE:
	case CALL_EV_OUT_RELEASE:
		released_by(c, event == CALL_EV_IN_RELEASE ? CDR_SIDE_CALLING : CDR_SIDE_CALLED);
		call_end(c, &prim->u.release, prim);
		break;
	case CALL_EV_IN_OTHER:
		if (prim->type != CC_ADDRESS)	/* the answer was faster */
			c->out->ops->prim(c->out, prim);
		break;
	case CALL_EV_OUT_OTHER:
	case CALL_EV_OUT_PROGRESS:
	case CALL_EV_OUT_ALERT:
		c->in->ops->prim(c->in, prim);
		break;
	}
}

#define EV_OUT_ANY \
	(S(CALL_EV_OUT_PROGRESS) | S(CALL_EV_OUT_ALERT) | S(CALL_EV_OUT_CONNECT) | \
	 S(CALL_EV_OUT_RELEASE) | S(CALL_EV_OUT_OTHER))
#define EV_IN_ANY (S(CALL_EV_IN_RELEASE) | S(CALL_EV_IN_OTHER))

static const struct osmo_fsm_state states[] = {
	[CALL_ST_COLLECTING] = {
		.name = "Collecting", .action = st_collecting,
		.in_event_mask = EV_IN_ANY,
		.out_state_mask = S(CALL_ST_PREPARE),
	},
	[CALL_ST_PREPARE] = {
		.name = "Preparing", .action = st_prepare,
		.in_event_mask = S(CALL_EV_OFFER) | EV_IN_ANY,
		.out_state_mask = S(CALL_ST_CALLING),
	},
	[CALL_ST_CALLING] = {
		.name = "Calling", .action = st_calling,
		.in_event_mask = EV_OUT_ANY | EV_IN_ANY,
		.out_state_mask = S(CALL_ST_PROCEEDING) | S(CALL_ST_ALERTING) |
				  S(CALL_ST_ANNOUNCEMENT) | S(CALL_ST_ANSWERED),
	},
	[CALL_ST_PROCEEDING] = {
		.name = "Proceeding", .action = st_calling,
		.in_event_mask = EV_OUT_ANY | EV_IN_ANY,
		.out_state_mask = S(CALL_ST_ALERTING) | S(CALL_ST_ANNOUNCEMENT) |
				  S(CALL_ST_ANSWERED) | S(CALL_ST_CALLING),
	},
	[CALL_ST_ALERTING] = {
		.name = "Alerting", .action = st_calling,
		.in_event_mask = EV_OUT_ANY | EV_IN_ANY,
		.out_state_mask = S(CALL_ST_ANNOUNCEMENT) | S(CALL_ST_ANSWERED) |
				  S(CALL_ST_CALLING),
	},
	[CALL_ST_ANNOUNCEMENT] = {
		.name = "Announcement", .action = st_calling,
		.in_event_mask = EV_OUT_ANY | EV_IN_ANY,
		.out_state_mask = S(CALL_ST_ALERTING) | S(CALL_ST_ANSWERED) | S(CALL_ST_CALLING),
	},
	[CALL_ST_ANSWERED] = {
		.name = "Answered", .action = st_answered,
		.in_event_mask = (EV_OUT_ANY & ~S(CALL_EV_OUT_CONNECT)) | EV_IN_ANY,
	},
};

static const struct value_string events[] = {
	{ CALL_EV_OFFER, "OFFER" },
	{ CALL_EV_IN_RELEASE, "IN-RELEASE" },
	{ CALL_EV_IN_OTHER, "IN-OTHER" },
	{ CALL_EV_OUT_PROGRESS, "OUT-PROGRESS" },
	{ CALL_EV_OUT_ALERT, "OUT-ALERT" },
	{ CALL_EV_OUT_CONNECT, "OUT-CONNECT" },
	{ CALL_EV_OUT_RELEASE, "OUT-RELEASE" },
	{ CALL_EV_OUT_OTHER, "OUT-OTHER" },
	{}
};

struct osmo_fsm call_fsm = {
	.name = "call",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = events,
	.log_subsys = DCALL,
	.timer_cb = announcement_over,
};

int call_init(void)
{
	return osmo_fsm_register(&call_fsm);
}

static uint32_t event_of(const struct call *c, const struct leg *from, enum cc_type type)
{
	if (from == c->in)
		return type == CC_RELEASE ? CALL_EV_IN_RELEASE : CALL_EV_IN_OTHER;
	switch (type) {
	case CC_PROGRESS:
		return CALL_EV_OUT_PROGRESS;
	case CC_ALERT:
		return CALL_EV_OUT_ALERT;
	case CC_CONNECT:
		return CALL_EV_OUT_CONNECT;
	case CC_RELEASE:
		return CALL_EV_OUT_RELEASE;
	default:
		return CALL_EV_OUT_OTHER;
	}
}

/* RFC 7434 7, Q.737.1: what the setup did not begin is not told either. */
static const struct cc_prim *with_user_information(const struct call *c, struct cc_prim *copy,
						   const struct cc_prim *prim)
{
	struct cc_uui *u = prim->type == CC_RELEASE ? &copy->u.release.uui : &copy->uui;

	if (c->user_information)
		return prim;
	*copy = *prim;
	u->n = 0;
	return copy;
}

void call_prim(struct call *c, struct leg *from, const struct cc_prim *prim)
{
	struct cc_prim copy;

	if (from != c->in && from != c->out)
		return;
	prim = with_user_information(c, &copy, prim);
	osmo_fsm_inst_dispatch(c->fi, event_of(c, from, prim->type), (void *)prim);
}

void call_fail_by(struct call *c, struct leg *from, const struct cc_release *r, const char *why)
{
	struct cc_prim prim = { .type = CC_RELEASE, .u.release = *r };

	prim.u.release.cause.location = from->trunk->profile.location;
	LOGPFSML(c->fi, LOGL_NOTICE, "%s: %s, cause %u %s\n", from->trunk->name, why,
		 r->cause.value, isup_cause_name(r->cause.value));
	call_reason(c, why, true);
	call_prim(c, from, &prim);
}

void call_fail(struct call *c, struct leg *from, uint8_t cause, bool retry, const char *why)
{
	call_fail_by(c, from, &(struct cc_release){ .cause = { .value = cause }, .retry = retry },
		     why);
}

void call_offer(struct call *c, const char *sdp)
{
	talloc_free(c->offer);
	c->offer = sdp ? talloc_strdup(c, sdp) : NULL;
	osmo_fsm_inst_dispatch(c->fi, CALL_EV_OFFER, NULL);
}

/* What only setting up needs: a held call is small. */
void call_forget_setup(struct call *c)
{
	TALLOC_FREE(c->setup);
	TALLOC_FREE(c->isup);
	TALLOC_FREE(c->redirect);
	TALLOC_FREE(c->offer);
	TALLOC_FREE(c->asked);
	TALLOC_FREE(c->record.tried);
}

void call_clear(struct call *c, const char *why)
{
	const struct cc_release r = {
		.cause = { .value = 31, .location = c->in->trunk->profile.location },
	};

	LOGPFSML(c->fi, LOGL_NOTICE, "%s\n", why);
	call_reason(c, why, true);
	call_end(c, &r, NULL);
}
