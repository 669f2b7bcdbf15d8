/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the INVITEs of one number are answered (RFC 3578 3.2, 3.3): which of them the caller hears,
 * which becomes the call, and when all of them have failed. */
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip_overlap.h"
#include "gw/map_event.h"

enum { BODY_REFUSED = 415, NO_DIALOG = 481 };

/* true: it is the best one. */
static bool keep_failure(struct leg_sip *l, const struct leg_sip_attempt *a, int status,
			 const struct sip_msg *msg)
{
	struct leg_sip_overlap *o = l->overlap;
	const struct map_failure now = { status, a->digits };
	struct isup_msg isup;
	bool has_isup;

	if (o->best.status && !map_failure_better(&now, &o->best))
		return false;
	o->best = now;
	map_failure_to_release(&o->release, &isup, &has_isup, status, msg, profile(l));
	leg_sip_saw_body(l, msg, has_isup);
	o->release.retry = !l->progressed && leg_sip_may_retry(l, status, msg);
	TALLOC_FREE(o->rel);
	if (has_isup)
		o->rel = talloc_memdup(o, &isup, sizeof(isup));
	return true;
}

/* Other media are for the caller than those he was told of; sdp NULL: none are. */
static void change_media(struct leg_sip *l, const char *sdp)
{
	struct cc_prim prim = { .type = CC_PROGRESS, .sdp = sdp, .sdp_is_answer = l->offered };

	map_hush(&prim);
	prim.u.progress.deaf = !sdp;
	up(l, &prim);
}

/* The longest number that has media, of those that have not failed. */
static const struct leg_sip_attempt *next_heard(const struct leg_sip_overlap *o)
{
	for (unsigned int i = o->n; i > 0; i--)
		if (o->attempt[i - 1].sip && o->attempt[i - 1].heard)
			return &o->attempt[i - 1];
	return NULL;
}

/* The one that spoke to the caller has failed. */
static void hear_another(struct leg_sip *l)
{
	struct leg_sip_overlap *o = l->overlap;
	bool changes = o->heard && !o->heard->sip;

	o->heard = next_heard(o);
	o->speaking = o->heard ? o->heard->digits : 0;
	if (!changes)
		return;
	if (!o->heard)
		l->described = false;
	change_media(l, o->heard ? o->heard->heard : NULL);
}

/* Another address is no end, nor is an INVITE without the body. */
static bool try_again(struct leg_sip *l, int status, const struct sip_msg *msg)
{
	if (leg_sip_living(l->overlap))
		return false;
	if (l->tunnel.sent && !l->tunnel.declined && status == BODY_REFUSED) {
		leg_sip_dialog_ops.response(l, status, msg);
		return true;
	}
	return leg_sip_may_retry(l, status, msg) && leg_sip_next_target(l, status);
}

static void failed(struct leg_sip_attempt *a, int status, const struct sip_msg *msg)
{
	struct leg_sip *l = a->l;
	struct leg_sip_overlap *o = l->overlap;
	bool newest = a == &o->attempt[o->n - 1], best;

	if (l->sip == a->sip) {
		l->sip = NULL;
		l->asked = false;
	}
	leg_sip_gone(l, a->sip);
	a->sip = NULL;
	if (!l->sip && leg_sip_living(o))
		l->sip = leg_sip_living(o)->sip;
	leg_sip_heed(l, msg);
	best = keep_failure(l, a, status, msg);
	if (newest && o->setup->awaited)
		o->hopeless = !map_overlap_waits(status, profile(l));
	if (try_again(l, status, msg))
		return;
	if (leg_sip_overlap_over(l))
		leg_sip_overlap_finish(l, best ? msg : NULL);
	else if (o->heard == a || a->digits == o->speaking)
		hear_another(l);
}

/* The caller hears the longest number that has media (RFC 3578 3.2); of a shorter one it is only
 * told that it rings. */
static void provisional(struct leg_sip_attempt *a, int status, const struct sip_msg *msg)
{
	struct leg_sip *l = a->l;
	struct leg_sip_overlap *o = l->overlap;
	char sdp[MEDIA_MAX_SDP];
	struct sip_msg silent = *msg;

	if (map_body_sdp(sdp, sizeof(sdp), msg) > 0) {
		talloc_free(a->heard);
		a->heard = talloc_strdup(o, sdp);
	}
	if (o->by_info && !leg_sip_digits_flush(l))
		return;
	if (o->by_info && o->setup->awaited && map_overlap_only_dialog(msg, profile(l)))
		return;
	silent.body_len = 0;
	silent.content_type = NULL;
	if (a->digits < o->speaking) {
		leg_sip_dialog_ops.response(l, status, &silent);
		return;
	}
	o->speaking = a->digits;
	leg_sip_turn_to(l, a->sip);
	if (a->heard)
		o->heard = a;
	leg_sip_dialog_ops.response(l, status, msg);
}

/* This one is the call, a plain one from now on. */
static void answered(struct leg_sip_attempt *a, int status, const struct sip_msg *msg)
{
	const struct sip_out elsewhere = {
		.reason = "SIP;cause=200;text=\"Call completed elsewhere\"",	/* RFC 3326 */
	};
	struct leg_sip *l = a->l;
	bool other = a->heard && a != l->overlap->heard;
	char sdp[MEDIA_MAX_SDP];

	leg_sip_turn_to(l, a->sip);
	sip_leg_bind(a->sip, &leg_sip_dialog_ops, l);
	if (!l->forks) {
		TALLOC_FREE(l->heard);
		leg_sip_heard(l, a->heard);
	}
	/* what another INVITE has been told is heard until now */
	if (other && map_body_sdp(sdp, sizeof(sdp), msg) == 0)
		change_media(l, a->heard);
	if (l->asking != l->sip)
		leg_sip_gone(l, l->asking);
	leg_sip_overlap_cancel(l, &elsewhere);
	TALLOC_FREE(l->overlap);
	leg_sip_dialog_ops.response(l, status, msg);
}

static void on_response(void *ctx, int status, const struct sip_msg *msg)
{
	if (status < 200)
		provisional(ctx, status, msg);
	else if (status < 300)
		answered(ctx, status, msg);
	else
		failed(ctx, status, msg);
}

/* An early dialog is gone: nothing can be told in it, and its INVITE is given up. */
static void on_ended(void *ctx, const struct sip_msg *msg, const char *why)
{
	failed(ctx, NO_DIALOG, NULL);
}

static int on_info_status(void *ctx, const struct sip_msg *msg, struct sip_out *answer)
{
	struct leg_sip_attempt *a = ctx;

	return leg_sip_info_status(a->l, msg, answer);
}

static void on_info(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip_attempt *a = ctx;

	leg_sip_dialog_ops.info(a->l, msg);
}

static void on_info_refused(void *ctx, int status)
{
	struct leg_sip_attempt *a = ctx;

	/* once it rings the number is whole, and what is refused was no digit */
	if (a->l->overlap->by_info && !a->l->progressed)
		leg_sip_digits_refused(a->l, status);
	else
		leg_sip_on_info_refused(a->l, status);
}

static void on_offer(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip_attempt *a = ctx;

	if (a->sip == a->l->sip)
		leg_sip_dialog_ops.offer(a->l, msg);
	else
		sip_leg_answer_offer(a->sip, 491, NULL);
}

static void on_offer_result(void *ctx, int status, const struct sip_msg *msg)
{
	struct leg_sip_attempt *a = ctx;

	leg_sip_dialog_ops.offer_result(a->l, status, msg);
}

/* An UPDATE that only says what becomes of early media, of the one that is heard. */
static void on_refreshed(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip_attempt *a = ctx;

	if (a->sip == a->l->sip)
		leg_sip_dialog_ops.refreshed(a->l, msg);
}

const struct sip_leg_ops leg_sip_attempt_ops = {
	.response = on_response, .ended = on_ended, .info_status = on_info_status, .info = on_info,
	.info_refused = on_info_refused, .offer = on_offer, .offer_result = on_offer_result,
	.refreshed = on_refreshed,
};
