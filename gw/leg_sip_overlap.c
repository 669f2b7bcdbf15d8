/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several INVITEs for one call, each with all digits so far (RFC 3578 3.2, 3.3): any of them may be
 * answered, and none that fails ends the call while more digits may come. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/call.h"
#include "gw/leg_sip_overlap.h"
#include "gw/log.h"

enum { BODY_REFUSED = 415 };

static const struct map_profile *profile(const struct leg_sip *l)
{
	return &l->leg.trunk->profile;
}

static size_t all_digits(const struct leg_sip_overlap *o)
{
	return strlen(o->setup->called.digits);
}

void leg_sip_overlap_begin(struct leg_sip *l)
{
	enum config_overlap mode = l->leg.trunk->cfg->overlap;

	if (!l->setup->awaited || mode == CONFIG_OVERLAP_OFF)
		return;
	l->overlap = talloc_zero(l, struct leg_sip_overlap);
	if (!l->overlap)
		return;		/* the number as it is */
	l->overlap->setup = l->setup;
	l->overlap->iam = l->iam;
	l->overlap->by_info = mode == CONFIG_OVERLAP_INFO;
}

/* --- the end --- */

static struct leg_sip_attempt *living(struct leg_sip_overlap *o)
{
	for (unsigned int i = o->n; i > 0; i--)
		if (o->attempt[i - 1].sip)
			return &o->attempt[i - 1];
	return NULL;
}

static void cancel_all(struct leg_sip *l, const struct sip_out *out)
{
	struct leg_sip_overlap *o = l->overlap;

	for (unsigned int i = 0; i < o->n; i++) {
		struct sip_leg *sip = o->attempt[i].sip;

		o->attempt[i].sip = NULL;
		if (sip && sip != l->sip)
			sip_leg_release(sip, 500, out);
	}
}

/* The last one is left to the leg's own release. */
void leg_sip_overlap_release(struct leg_sip *l, const struct cc_release *r)
{
	struct sip_out out;

	map_release_to_bye(&out, r, NULL, false, true, profile(l));
	cancel_all(l, &out);
	TALLOC_FREE(l->overlap);
}

static void release(struct leg_sip *l, const struct cc_release *r, const struct isup_msg *rel)
{
	const struct cc_prim prim = { .type = CC_RELEASE, .isup = rel, .u.release = *r };

	call_prim(l->leg.call, &l->leg, &prim);
}

void leg_sip_overlap_fail(struct leg_sip *l, int status)
{
	struct cc_release r;
	struct isup_msg isup;
	bool has_isup;

	map_failure_to_release(&r, &isup, &has_isup, status, NULL, profile(l));
	r.sip_status = status;
	r.retry = false;
	call_reason(l->leg.call, "the digits cannot be told", true);
	release(l, &r, NULL);
}

static void keep_failure(struct leg_sip *l, const struct leg_sip_attempt *a, int status,
			 const struct sip_msg *msg)
{
	struct leg_sip_overlap *o = l->overlap;
	const struct map_failure now = { status, a->digits };
	struct isup_msg isup;
	bool has_isup;

	if (o->best.status && !map_failure_better(&now, &o->best))
		return;
	o->best = now;
	map_failure_to_release(&o->release, &isup, &has_isup, status, msg, profile(l));
	o->release.sip_status = status;
	o->release.retry = !l->progressed && leg_sip_may_retry(l, status, msg);
	TALLOC_FREE(o->rel);
	if (has_isup)
		o->rel = talloc_memdup(o, &isup, sizeof(isup));
}

static bool is_over(const struct leg_sip *l)
{
	struct leg_sip_overlap *o = l->overlap;

	return o->hopeless || o->by_info || (!o->setup->awaited && !living(o));
}

/* The best failure is the call's. */
static void finish(struct leg_sip *l)
{
	const struct leg_sip_overlap *o = l->overlap;
	const struct cc_release r = o->release;

	release(l, &r, o->rel);
}

/* --- what the INVITEs are answered --- */

static void failed(struct leg_sip_attempt *a, int status, const struct sip_msg *msg)
{
	struct leg_sip *l = a->l;
	struct leg_sip_overlap *o = l->overlap;
	bool newest = a == &o->attempt[o->n - 1];

	if (l->sip == a->sip)
		l->sip = NULL;
	a->sip = NULL;
	leg_sip_heed(l, status, msg);
	keep_failure(l, a, status, msg);
	if (newest && o->setup->awaited)
		o->hopeless = !map_overlap_waits(status, profile(l));
	/* another target is no end, nor is an INVITE without the body */
	if (!living(o) && l->tunnel.sent && !l->tunnel.declined && status == BODY_REFUSED) {
		leg_sip_dialog_ops.response(l, status, msg);
		return;
	}
	if (!living(o) && leg_sip_may_retry(l, status, msg) && leg_sip_next_target(l, status))
		return;
	if (!l->sip && living(o))
		l->sip = living(o)->sip;
	if (!is_over(l))
		return;
	if (!living(o) && o->best.status == status && o->best.digits == a->digits)
		leg_sip_dialog_ops.response(l, status, msg);
	else
		finish(l);
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
	l->sip = a->sip;
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
	struct cc_prim media = { .type = CC_MEDIA_ANSWER, .sdp_is_answer = true };
	char sdp[MEDIA_MAX_SDP];

	l->sip = a->sip;
	sip_leg_bind(a->sip, &leg_sip_dialog_ops, l);
	if (a->heard && a != l->overlap->heard)
		media.sdp = talloc_strdup(OTC_SELECT, a->heard);
	cancel_all(l, &elsewhere);
	TALLOC_FREE(l->overlap);
	/* what another INVITE has been told is heard until now */
	if (media.sdp && map_body_sdp(sdp, sizeof(sdp), msg) == 0)
		call_prim(l->leg.call, &l->leg, &media);
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
	failed(ctx, 481, NULL);
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

	if (a->l->overlap->by_info)
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

static const struct sip_leg_ops ops = {
	.response = on_response, .ended = on_ended, .info_status = on_info_status, .info = on_info,
	.info_refused = on_info_refused, .offer = on_offer,
};

/* --- INVITEs --- */

static int send_invite(struct leg_sip *l, const struct sip_out *out)
{
	struct leg_sip_overlap *o = l->overlap;
	struct leg_sip_attempt *a = &o->attempt[o->n];
	int rc;

	*a = (struct leg_sip_attempt){ .l = l, .digits = all_digits(o) };
	rc = sip_series_invite(&a->sip, o->series, out, &ops, a);
	if (rc < 0)
		return rc;
	o->n++;
	o->hopeless = false;
	if (!l->progressed)
		l->sip = a->sip;
	return 0;
}

/* The first INVITE to a target. */
int leg_sip_overlap_invite(struct leg_sip *l, const struct sip_target *target,
			   const struct sip_out *out)
{
	struct leg_sip_overlap *o = l->overlap;

	TALLOC_FREE(o->series);
	TALLOC_FREE(o->host);
	TALLOC_FREE(o->rel);
	o->n = 0;
	o->best = (struct map_failure){ 0 };
	o->speaking = 0;
	o->heard = NULL;
	o->hopeless = false;
	memset(&o->waiting, 0, sizeof(o->waiting));
	o->told = (struct map_told){ .first = all_digits(o) };
	o->host = talloc_strdup(o, target->host);
	o->series = sip_series_new(o, l->leg.trunk->gw->sip, target,
				   (enum sip_100rel)l->leg.trunk->cfg->rel100);
	if (!o->series)
		return -ENOMEM;
	return send_invite(l, out);
}

void leg_sip_overlap_next(struct leg_sip *l)
{
	struct leg_sip_overlap *o = l->overlap;
	const struct map_next next = { o->setup, o->iam, l->sdp, &o->told };
	struct map_profile p = *profile(l);
	struct sip_out out;
	int rc;

	if (!l->leg.trunk->cfg->host)
		OSMO_STRLCPY_ARRAY(p.host, o->host);
	if (l->tunnel.declined)
		p.isup_body = MAP_ISUP_NONE;
	rc = map_setup_to_next_invite(&out, &next, &p);
	if (rc == 0)
		rc = send_invite(l, &out);
	if (rc < 0)
		LOGP(DCALL, LOGL_NOTICE, "%s %s: INVITE with more digits cannot be sent: %s\n",
		     l->leg.trunk->name, call_id(l->leg.call), strerror(-rc));
}

/* With so many INVITEs out, the last one waits until the number is whole. A redirection has named
 * all of another one. */
static bool may_invite(const struct leg_sip *l)
{
	const struct leg_sip_overlap *o = l->overlap;
	unsigned int reserved = o->setup->awaited ? 1 : 0;

	if (l->contact || o->n + reserved >= LEG_SIP_MAX_INVITES)
		return false;
	return all_digits(o) > o->attempt[o->n - 1].digits;
}

/* CC_ADDRESS; the call has put the digits behind those of setup. */
void leg_sip_overlap_digits(struct leg_sip *l, const struct cc_prim *prim)
{
	struct leg_sip_overlap *o = l->overlap;

	if (o->by_info) {
		leg_sip_digits_told(l, prim);
		return;
	}
	if (prim->u.digits || prim->isup)
		map_told_more(&o->told, prim, all_digits(o), profile(l));
	if (may_invite(l))
		leg_sip_overlap_next(l);
	if (is_over(l))
		finish(l);
}
