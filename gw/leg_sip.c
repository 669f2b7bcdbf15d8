/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP leg: one dialog, its primitives made from and into messages by the mapper. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip_in.h"
#include "gw/leg_sip_overlap.h"
#include "gw/map_event.h"
#include "gw/trunk.h"
#include "gw/way.h"

/* What the stack answers an INVITE by itself: after CANCEL or BYE, and when no PRACK comes. */
enum { CANCELLED = 487, NO_PRACK = 503 };

/* --- outgoing: one address after the other --- */

/* Keeps what records want to know after the dialog has gone. */
void leg_sip_identify(struct leg_sip *l)
{
	talloc_free(l->call_id);
	talloc_free(l->peer);
	l->call_id = talloc_strdup(l, sip_leg_call_id(l->sip));
	l->peer = talloc_strdup(l, sip_leg_peer(l->sip));
}

/* 0, or the cause why no INVITE went to this address. */
static uint8_t invite(struct leg_sip *l, const struct config_target *t)
{
	const struct sip_target target = {
		.host = t->host, .port = t->port, .transport = (enum sip_transport)t->transport,
	};
	struct map_profile p;
	struct sip_out out;
	int rc;

	way_profile(&p, l->leg.trunk, t);
	if (l->tunnel.declined)
		p.isup_body = MAP_ISUP_NONE;
	rc = map_setup_to_invite(&out, l->setup, l->iam, l->sdp, &p);
	if (rc < 0)
		return map_setup_cause(rc, l->setup, l->iam, &p);
	if (l->contact)
		OSMO_STRLCPY_ARRAY(out.ruri, l->contact->ruri);
	l->told = map_diversions_told(l->setup, &p);
	l->tunnel.sent = map_out_has_isup(&out);
	leg_sip_carries(l, l->tunnel.sent ? l->iam : NULL);
	call_attempt(l->leg.call);
	rc = l->overlap ? leg_sip_overlap_invite(l, &target, &out)
			: sip_leg_invite(&l->sip, l->leg.trunk->gw->sip, &target, &out, rel100(l),
					 &leg_sip_dialog_ops, l);
	if (rc == 0) {
		leg_sip_identify(l);
		return 0;
	}
	LOG_LEG(l, LOGL_NOTICE, "INVITE cannot be sent to %s: %s\n", t->host, strerror(-rc));
	return 38;
}

/* To the next address of the trunk group that can be sent to. */
static uint8_t send_invite(struct leg_sip *l)
{
	const struct config_target *t;
	uint8_t cause = 38;

	while (cause == 38 && (t = leg_sip_target(l, l->target))) {
		l->target++;
		if (!trunk_avoided_for(l->leg.trunk, t))
			cause = invite(l, t);
	}
	return cause;
}

/* --- what the dialog says --- */

/* A target that says when it can be asked again is not asked before (RFC 3261 21.5.4). */
void leg_sip_heed(struct leg_sip *l, const struct sip_msg *msg)
{
	const struct config_target *t = l->target ? leg_sip_target(l, l->target - 1) : NULL;

	if (msg && t)
		trunk_avoid(l->leg.trunk, t, map_retry_wait(msg, profile(l)));
}

bool leg_sip_may_retry(const struct leg_sip *l, int status, const struct sip_msg *msg)
{
	return map_retry_status(status, msg != NULL, profile(l));
}

bool leg_sip_next_target(struct leg_sip *l, int status)
{
	if (!l->setup || !leg_sip_target(l, l->target))
		return false;
	LOG_LEG(l, LOGL_NOTICE, "%d from %s, trying the next address\n", status, l->peer);
	return send_invite(l) == 0;
}

/* Once more to the same address without ISUP where that is allowed; else another route. */
static void declined(struct leg_sip *l, int status, const struct sip_msg *msg)
{
	struct cc_prim prim = { .type = CC_RELEASE, .sip = msg };
	struct isup_msg isup;
	bool has_isup;
	uint8_t cause = 0;

	map_failure_to_release(&prim.u.release, &isup, &has_isup, status, msg, profile(l));
	if (!profile(l)->isup_required) {
		cause = call_ends_here(l->leg.call);
		l->target--;
		if (!cause)
			cause = send_invite(l);
		if (!cause)
			return;
	}
	if (cause)
		prim.u.release.cause = (struct isup_cause){ .value = cause,
							    .location = profile(l)->location };
	prim.u.release.retry = true;
	up(l, &prim);
}

static void on_response(void *ctx, int status, const struct sip_msg *msg)
{
	struct leg_sip *l = ctx;
	struct cc_prim prim = { .type = CC_RELEASE, .sip = msg };
	struct isup_msg isup;
	bool has_isup;

	if (status < 300) {
		leg_sip_on_progress(l, status, msg);
		return;
	}
	l->sip = NULL;
	if (l->setup && leg_sip_body_declined(l, status, msg)) {
		declined(l, status, msg);
		return;
	}
	leg_sip_heed(l, msg);
	if (leg_sip_may_retry(l, status, msg) && leg_sip_next_target(l, status))
		return;
	map_failure_to_release(&prim.u.release, &isup, &has_isup, status, msg, profile(l));
	leg_sip_saw_body(l, msg, has_isup);
	prim.isup = has_isup ? &isup : NULL;
	prim.u.release.sip_status = status;
	prim.u.release.retry = !l->progressed && leg_sip_may_retry(l, status, msg);
	prim.u.release.redirected = msg && status < 400;
	up(l, &prim);
}

static void on_cancelled(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip *l = ctx;
	struct cc_prim prim = { .type = CC_RELEASE, .sip = msg };
	struct isup_msg isup;
	bool has_isup;

	l->sip = NULL;
	map_bye_to_release(&prim.u.release, &isup, &has_isup, msg, profile(l));
	prim.u.release.sip_status = CANCELLED;
	up(l, &prim);
}

static void on_ended(void *ctx, const struct sip_msg *msg, const char *why)
{
	struct leg_sip *l = ctx;
	struct cc_release broken = { .cause = { .value = 102 } };
	bool unanswered = !l->outgoing && !l->answered;
	struct cc_prim prim = { .type = CC_RELEASE, .sip = msg };
	struct isup_msg isup;
	bool has_isup;

	l->sip = NULL;
	if (!msg) {
		broken.sip_status = unanswered ? NO_PRACK : 0;
		call_fail_by(l->leg.call, &l->leg, &broken, why);
		return;
	}
	map_bye_to_release(&prim.u.release, &isup, &has_isup, msg, profile(l));
	if (unanswered)
		prim.u.release.sip_status = CANCELLED;
	leg_sip_saw_body(l, msg, has_isup);
	prim.isup = has_isup ? &isup : NULL;
	up(l, &prim);
}

const struct sip_leg_ops leg_sip_dialog_ops = {
	.response = on_response, .cancelled = on_cancelled, .acked = leg_sip_on_acked,
	.ended = on_ended, .info_status = leg_sip_info_status,
	.info = leg_sip_on_info, .info_refused = leg_sip_on_info_refused,
	.offer = leg_sip_on_offer,
	.refreshed = leg_sip_on_refreshed,
	.offer_result = leg_sip_on_offer_result,
};

static uint8_t leg_setup(struct leg *leg, const struct cc_setup *s, const struct isup_msg *isup,
			 const char *sdp)
{
	struct leg_sip *l = (struct leg_sip *)leg;

	l->offered = sdp != NULL;
	l->setup = s;
	l->iam = isup;
	leg_sip_offers(l, sdp);
	leg_sip_overlap_begin(l);
	return send_invite(l);
}

/* --- primitives of the other side --- */

static void leg_prim(struct leg *leg, const struct cc_prim *prim)
{
	struct leg_sip *l = (struct leg_sip *)leg;

	if (l->outgoing && prim->sdp && prim->type == CC_ADDRESS)
		leg_sip_offers(l, prim->sdp);
	if (l->overlap && prim->type == CC_ADDRESS) {
		leg_sip_overlap_digits(l, prim);
		return;
	}
	if (!l->sip && prim->type != CC_MEDIA)
		return;
	switch (prim->type) {
	case CC_PROGRESS:
	case CC_ALERT:
	case CC_CONNECT:
		leg_sip_collect_told(l, prim);
		if (!l->outgoing && !l->answered)
			leg_sip_respond(l, prim);
		else
			leg_sip_tunnel(l, prim);
		break;
	case CC_MEDIA:
	case CC_MEDIA_ANSWER:
		leg_sip_media(l, prim);
		break;
	case CC_HOLD:
	case CC_SUSPEND:
	case CC_RESUME:
		if (leg_sip_with_isup(l) != MAP_WITHOUT_ISUP)
			leg_sip_tunnel(l, prim);
		else if (map_pause_told(prim, profile(l)))
			leg_sip_pause(l, prim->sdp);
		break;
	default:
		leg_sip_tunnel(l, prim);
	}
}

static void end_dialog(struct leg_sip *l, const struct cc_release *r, const struct cc_prim *why)
{
	const struct isup_msg *rel = why ? why->isup : NULL;
	bool with = leg_sip_with_isup(l) != MAP_WITHOUT_ISUP;
	struct sip_out out;
	int status = 0;

	leg_sip_carries(l, with ? rel : NULL);

	if (l->refuse_status)
		map_invite_refused(&out, status = l->refuse_status, profile(l));
	else if (!l->outgoing && !l->answered)
		status = map_release_to_response(&out, r, rel, with, profile(l));
	else
		map_release_to_bye(&out, r, rel, with, !l->answered, profile(l));
	if (!l->outgoing && l->answered)	/* the answer may still wait for a PRACK */
		status = map_cause_to_status(r->cause.value, r->cause.location, profile(l));
	sip_leg_release(l->sip, status > 0 ? status : 500, &out);
	l->sip = NULL;
}

static void leg_release(struct leg *leg, const struct cc_release *r, const struct cc_prim *why)
{
	struct leg_sip *l = (struct leg_sip *)leg;

	if (l->overlap)
		leg_sip_overlap_release(l, r);
	if (l->sip)
		end_dialog(l, r, why);
	leg->trunk->calls--;
	talloc_free(l);
}

static void leg_prepare(struct leg *leg)
{
	struct leg_sip *l = (struct leg_sip *)leg;
	/* the leg may be gone when call_offer() returns */
	call_offer(leg->call, l->heard ? talloc_strdup(OTC_SELECT, l->heard) : NULL);
}

static void leg_describe(const struct leg *leg, struct cdr_leg *d)
{
	const struct leg_sip *l = (const struct leg_sip *)leg;

	d->protocol = "sip";
	d->trunk_group = leg->trunk->name;
	d->call_id = l->call_id;
	d->peer = l->peer;
}

static const struct leg_ops ops = {
	.protocol = "sip",
	.digits = leg_sip_collect_digits,
	.prepare = leg_prepare,
	.setup = leg_setup,
	.prim = leg_prim,
	.release = leg_release,
	.describe = leg_describe,
};

struct leg *leg_sip_new(void *ctx, struct trunk *trunk)
{
	struct leg_sip *l = talloc_zero(ctx, struct leg_sip);

	if (!l)
		return NULL;
	l->leg.ops = &ops;
	l->leg.trunk = trunk;
	l->outgoing = true;
	trunk->calls++;
	return &l->leg;
}
