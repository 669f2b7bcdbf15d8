/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ISUP leg: a call on a circuit, and the circuit's context in the media gateway. */
#include <errno.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/leg_isup.h"
#include "isup/suspend.h"
#include "isup/unknown.h"

enum { OVERLOADED = LEG_ISUP_OVERLOADED };

static bool is_backward(enum cc_type type)
{
	return type == CC_PROGRESS || type == CC_ALERT || type == CC_CONNECT;
}

/* A word of the exchange goes up. */
static void up(struct leg_isup *l, struct cc_prim *prim)
{
	char sdp[MEDIA_MAX_SDP];

	leg_isup_media_heard(l, prim->type);
	leg_isup_media_pause(l, prim, sdp, sizeof(sdp));
	if (l->outgoing && is_backward(prim->type))
		leg_isup_speaks(l, prim);
	call_prim(l->leg.call, &l->leg, prim);
}

void leg_isup_connect_late(struct leg_isup *l)
{
	struct cc_prim prim = {};
	struct isup_msg m;

	if (leg_isup_bearer_done(l, &m) && map_isup_to_prim(&prim, &m, l->answered))
		up(l, &prim);
}

static void on_msg(void *ctx, const struct isup_msg *m)
{
	struct leg_isup *l = ctx;
	struct isup_number digits;
	struct cc_prim prim = {};

	TALLOC_FREE(l->iam);
	if (!map_isup_to_prim(&prim, m, l->answered))
		return;
	map_services_from_isup(&prim, m, &l->leg.trunk->profile);
	if (prim.type == CC_ADDRESS) {
		if (!map_sam_to_digits(&digits, &prim.complete, m))
			return;
		prim.u.digits = &digits;
	}
	if (!l->outgoing || leg_isup_bearer_heard(l, m, prim.type))
		up(l, &prim);
}

static void on_release(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause)
{
	struct leg_isup *l = ctx;
	struct cc_prim prim = { .type = CC_RELEASE, .isup = rel };

	l->ic = NULL;
	l->circuit = NULL;
	if (rel)
		map_rel_to_release(&prim.u.release, rel, &l->leg.trunk->profile);
	else
		call_reason(l->leg.call, leg_isup_reason(cause->value),
			    leg_isup_is_timer(cause->value));
	if (!rel && cause->value == OVERLOADED)
		prim.u.release.retry = true;
	prim.u.release.cause = *cause;
	/* no resource there, and nothing has come back before: another way may be open */
	prim.u.release.retry = prim.u.release.retry && l->outgoing && l->iam;
	call_prim(l->leg.call, &l->leg, &prim);
}

/* This circuit cannot be had: another one, or the call fails on this trunk group. */
static void repeat(struct leg_isup *l)
{
	uint8_t again;

	leg_isup_media_close(l);
	again = l->tried < LEG_ISUP_MAX_CIRCUITS ? leg_isup_seize(l) : 34;
	if (again)
		call_fail(l->leg.call, &l->leg, again, true,
			  "no other circuit after a repeated attempt");
}

static void on_repeat(void *ctx, const struct isup_cause *cause)
{
	struct leg_isup *l = ctx;

	l->ic = NULL;
	l->circuit = NULL;
	repeat(l);
}

/* Nobody dials any more. */
static void on_complete(void *ctx)
{
	struct leg_isup *l = ctx;
	struct cc_prim prim = { .type = CC_ADDRESS, .complete = true };

	call_prim(l->leg.call, &l->leg, &prim);
}

static const struct isup_call_ops call_ops = {
	.complete_ind = on_complete,
	.msg_ind = on_msg, .release_ind = on_release, .repeat_ind = on_repeat,
};

/* The circuit's media is there: now the IAM may go. */
void leg_isup_send_iam(struct leg_isup *l)
{
	struct isup_circuit *c = l->circuit;
	int rc;

	l->circuit = NULL;
	rc = isup_call_setup(&l->ic, c, l->iam, &call_ops, l);
	if (rc == 0) {
		if (l->transit)
			isup_call_transit(l->ic);
		isup_call_carried(l->ic, l->carried);
		if (l->ends_here)
			isup_call_ends_here(l->ic, NULL);
		if (l->controls)
			isup_call_suspend_role(l->ic, ISUP_SUSPEND_CONTROLLING);
		return;
	}
	isup_circuit_unseize(c);
	if (rc == -EBUSY)		/* the other end took the circuit meanwhile */
		repeat(l);
	else if (l->checks && (rc == -EOPNOTSUPP || rc == -EIO))
		call_fail(l->leg.call, &l->leg, 47, true, "continuity cannot be checked");
	else
		call_fail(l->leg.call, &l->leg, 38, true, "IAM could not be sent");
}

static uint8_t leg_setup(struct leg *leg, const struct cc_setup *s, const struct isup_msg *isup,
			 const char *sdp)
{
	struct leg_isup *l = (struct leg_isup *)leg;
	const struct leg *in = call_leg(leg->call, false);
	int rc;

	l->outgoing = true;
	l->transit = in->trunk->cfg->type == CONFIG_TRUNK_ISUP;
	l->carried = !l->transit && isup;
	l->ends_here = !l->transit && !l->carried;
	l->controls = leg->trunk->cfg->suspend == CONFIG_SUSPEND_AUTOMATIC &&
		      !l->transit;
	if (call_is_transit(leg->call))
		isup_call_transit(((const struct leg_isup *)in)->ic);
	l->iam = talloc_zero(l, struct isup_msg);
	if (!l->iam)
		return 42;
	rc = map_setup_to_iam(l->iam, s, isup, &leg->trunk->profile);
	if (rc < 0)
		return map_setup_cause(rc, s, isup, &leg->trunk->profile);
	leg_isup_bearer_asked(l);
	l->offer = sdp ? talloc_strdup(l, sdp) : NULL;
	return leg_isup_seize(l);
}

/* --- primitives of the other side --- */

/* ISUP that came with an offer: before the media change it says what has become of the call, so
 * that the description need not. */
static void inside(struct leg_isup *l, const struct isup_msg *m)
{
	struct cc_prim prim;

	if (!map_isup_to_prim(&prim, m, l->answered))
		return;
	if (prim.type == CC_HOLD)
		l->held = prim.u.held;
	leg_isup_tell(l, &prim);
}

static void leg_prim(struct leg *leg, const struct cc_prim *prim)
{
	struct leg_isup *l = (struct leg_isup *)leg;

	if (prim->type == CC_MEDIA && prim->isup)
		inside(l, prim->isup);
	if (prim->type == CC_MEDIA || prim->type == CC_MEDIA_ANSWER) {
		leg_isup_media_prim(l, prim);
		return;
	}
	if (prim->type == CC_HOLD && l->held == prim->u.held)
		return;			/* told before, by a description */
	if (prim->type == CC_HOLD)
		l->held = prim->u.held;
	if (!leg_isup_bearer_fits(l, prim)) {
		call_fail(leg->call, leg, 88, false, "data were answered with another codec");
		return;
	}
	if (prim->type == CC_ADDRESS)
		leg_isup_more_digits(l, prim);
	else if (!l->outgoing && is_backward(prim->type))
		leg_isup_hear(l, prim);
	leg_isup_tell(l, prim);
	if (prim->type == CC_ADDRESS && prim->sdp)
		leg_isup_media_reoffer(l, prim->sdp);
}

void leg_isup_hold(struct leg_isup *l, bool held)
{
	const struct cc_prim prim = { .type = CC_HOLD, .u.held = held };

	if (l->held == held || !l->answered)
		return;
	l->held = held;
	leg_isup_tell(l, &prim);
}

static void leg_release(struct leg *leg, const struct cc_release *r, const struct cc_prim *why)
{
	struct leg_isup *l = (struct leg_isup *)leg;
	struct isup_msg rel;

	if (l->ic) {
		if (map_release_to_rel(&rel, r, why ? why->isup : NULL, &leg->trunk->profile) == 0)
			isup_call_release(l->ic, &rel);
		else
			isup_call_release_cause(l->ic, r->cause.value, r->cause.location);
		l->ic = NULL;
	}
	if (l->circuit)
		isup_circuit_unseize(l->circuit);
	leg_isup_media_close(l);
	leg_isup_index_del(l);
	leg->trunk->calls--;
	talloc_free(l);
}

static uint8_t leg_ends_here(struct leg *leg, struct isup_msg *isup)
{
	struct leg_isup *l = (struct leg_isup *)leg;

	return l->ic ? isup_call_ends_here(l->ic, isup) : 0;
}

static void leg_carried(struct leg *leg, bool carried)
{
	struct leg_isup *l = (struct leg_isup *)leg;

	if (l->ic)
		isup_call_carried(l->ic, carried);
}

static void leg_prepare(struct leg *leg)
{
	struct leg_isup *l = (struct leg_isup *)leg;

	if (!leg_isup_media_open(l, NULL))
		call_fail(leg->call, leg, 41, false, "media gateway is not available");
}

static void leg_describe(const struct leg *leg, struct cdr_leg *d)
{
	const struct leg_isup *l = (const struct leg_isup *)leg;

	d->protocol = "isup";
	d->trunk_group = leg->trunk->name;
	if (!l->at)
		return;
	d->circuits = isup_group_name(isup_circuit_group(l->at));
	d->cic = isup_circuit_cic(l->at);
	d->point_codes = trunk_peer_of(l->at)->point_codes;
}

static const struct leg_ops ops = {
	.protocol = "isup",
	.digits = leg_isup_digits,
	.ends_here = leg_ends_here,
	.carried = leg_carried,
	.prepare = leg_prepare,
	.setup = leg_setup,
	.prim = leg_prim,
	.release = leg_release,
	.describe = leg_describe,
};

struct leg *leg_isup_new(void *ctx, struct trunk *trunk)
{
	struct leg_isup *l = talloc_zero(ctx, struct leg_isup);

	if (!l)
		return NULL;
	l->leg.ops = &ops;
	l->leg.trunk = trunk;
	trunk->calls++;
	leg_isup_index_add(l);
	return &l->leg;
}

void leg_isup_setup_ind(struct gw *gw, struct isup_call *ic, const struct isup_msg *iam)
{
	struct isup_circuit *c = isup_call_circuit(ic);
	struct trunk *trunk = trunk_peer_of(c)->trunk;
	struct leg_isup *l = (struct leg_isup *)leg_isup_new(gw, trunk);
	struct cc_release refuse = {};
	struct cc_setup setup = {};

	if (!l) {
		isup_call_release_cause(ic, 42, trunk->profile.location);
		return;
	}
	l->ic = ic;
	leg_isup_take(l, c);
	isup_call_bind(ic, &call_ops, l);
	refuse.cause.value = map_iam_to_setup(&setup, iam, &trunk->profile);
	l->tmr = setup.tmr;
	l->prime = setup.bearer.prime;
	l->asks_connected = map_asks_connected(iam);
	l->may_fall_back = isup_has(iam, ISUP_P_TMR_PRIME);
	call_new(gw, &l->leg, &setup, iam, refuse.cause.value ? &refuse : NULL);
}
