/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers and answers of a SIP leg after the call's first ones: re-INVITE, UPDATE, ACK (RFC 3261 13,
 * 14; RFC 3264). */
#include <errno.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/leg_sip.h"

enum { REQUEST_PENDING = 491 };

/* What the peer said last is wanted only when a SIP peer on the other side may ask for it without
 * an offer of its own. */
static bool other_is_sip(const struct leg_sip *l)
{
	const struct leg *other = call_leg(l->leg.call, !l->outgoing);

	return other && other->ops == l->leg.ops;
}

void leg_sip_heard(struct leg_sip *l, const char *sdp)
{
	if (!sdp || sdp == l->heard || !other_is_sip(l))
		return;
	talloc_free(l->heard);
	l->heard = talloc_strdup(l, sdp);
}

void leg_sip_offers(struct leg_sip *l, const char *sdp)
{
	talloc_free(l->sdp);
	l->sdp = sdp ? talloc_strdup(l, sdp) : NULL;
}

static void refuse(struct leg_sip *l, uint16_t status)
{
	up(l, &(struct cc_prim){ .type = CC_MEDIA_ANSWER, .u.refused = status });
}

void leg_sip_gone(struct leg_sip *l, const struct sip_leg *sip)
{
	if (!sip || l->asking != sip)
		return;
	l->asking = NULL;
	refuse(l, REQUEST_PENDING);
}

void leg_sip_turn_to(struct leg_sip *l, struct sip_leg *sip)
{
	if (l->asked && l->sip != sip) {
		l->asked = false;
		if (l->sip)
			sip_leg_answer_offer(l->sip, REQUEST_PENDING, NULL);
	}
	l->sip = sip;
}

void leg_sip_answered(struct leg_sip *l)
{
	l->answered = true;
	TALLOC_FREE(l->sdp);
	TALLOC_FREE(l->history);
	TALLOC_FREE(l->contact);
	if (!other_is_sip(l))
		TALLOC_FREE(l->heard);
}

/* --- the dialog says --- */

/* Of the two descriptions that the caller was told (early, and by who answered) the second one
 * holds. */
static void tell_change(struct leg_sip *l)
{
	struct sip_out out = {};
	int rc = map_sdp_body(&out, l->sdp_next);

	if (rc == 0)
		rc = sip_leg_reinvite(l->sip, &out);
	l->informing = rc == 0;
	if (rc < 0)
		LOG_LEG(l, LOGL_NOTICE, "new media not told: %s\n", strerror(-rc));
	TALLOC_FREE(l->sdp_next);
}

/* The answer to an offer that went out in our 2xx. Without one the other side still waits for its
 * ACK. */
void leg_sip_on_acked(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip *l = ctx;
	char sdp[MEDIA_MAX_SDP];
	struct cc_prim prim = { .type = CC_MEDIA_ANSWER, .sip = msg, .sdp_is_answer = true };

	if (l->sdp_next && l->answered)
		tell_change(l);
	if (!msg || l->offered)
		return;
	if (map_body_sdp(sdp, sizeof(sdp), msg) > 0)
		prim.sdp = sdp;
	else
		LOG_LEG(l, LOGL_NOTICE, "ACK without the answer to our offer\n");
	l->offered = true;		/* this exchange is over */
	leg_sip_heard(l, prim.sdp);
	up(l, &prim);
}

void leg_sip_on_offer(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip *l = ctx;
	char sdp[MEDIA_MAX_SDP];
	struct cc_prim prim = { .type = CC_MEDIA, .sip = msg };
	struct sip_out out;
	struct isup_msg isup;
	int rc = map_body_sdp(sdp, sizeof(sdp), msg);

	if (rc < 0) {			/* longer than we keep */
		sip_leg_answer_offer(l->sip, 488, NULL);
		return;
	}
	if (!leg_sip_inside(l, &prim, &isup, msg)) {
		map_invite_refused(&out, 415, profile(l));
		sip_leg_answer_offer(l->sip, 415, &out);
		return;
	}
	leg_sip_early_update(l, msg);
	if (msg->method == SIP_UPDATE && rc == 0) {	/* no offer, only what rides along */
		sip_leg_answer_offer(l->sip, 200, NULL);
		leg_sip_on_info(l, msg);
		return;
	}
	if (rc > 0)
		prim.sdp = sdp;
	l->asked = true;
	if (msg->method == SIP_INVITE)	/* others have no ACK that could bring an answer */
		l->offered = prim.sdp != NULL;
	leg_sip_heard(l, prim.sdp);
	up(l, &prim);
}

void leg_sip_on_offer_result(void *ctx, int status, const struct sip_msg *msg)
{
	struct leg_sip *l = ctx;
	char sdp[MEDIA_MAX_SDP];
	struct cc_prim prim = { .type = CC_MEDIA_ANSWER, .sip = msg, .sdp_is_answer = true };

	if (status >= 300)
		prim.u.refused = status;
	else if (msg && map_body_sdp(sdp, sizeof(sdp), msg) > 0)
		prim.sdp = sdp;
	l->asking = NULL;
	leg_sip_heard(l, prim.sdp);
	if (l->informing)
		l->informing = false;
	else
		up(l, &prim);
}

/* --- the call says --- */

/* The other side's offer becomes our re-INVITE. */
static void their_offer(struct leg_sip *l, const struct cc_prim *prim)
{
	const struct cc_prim last = { .type = CC_MEDIA_ANSWER, .sdp = l->heard };
	struct sip_out out;
	int rc;

	if (!prim->sdp) {		/* it asks what our peer has to offer */
		if (l->heard)
			up(l, &last);
		else
			refuse(l, 488);
		return;
	}
	sip_out_clear(&out);
	rc = map_sdp_body(&out, prim->sdp);
	if (rc == 0)
		rc = sip_leg_reinvite(l->sip, &out);
	if (rc < 0)
		refuse(l, rc == -EBUSY || rc == -ENOTCONN ? REQUEST_PENDING : 488);
	if (rc == 0)
		l->asking = l->sip;
	if (rc == 0 && !l->answered)
		leg_sip_offers(l, prim->sdp);
}

/* Nobody asked: the answer to what our peer had offered earlier (heard) is told by a re-INVITE. */
static void inform(struct leg_sip *l, const struct cc_prim *prim, const struct sip_out *out)
{
	int rc;

	if (!prim->sdp || !l->answered || !l->heard)
		return;
	rc = sip_leg_reinvite(l->sip, out);
	l->informing = rc == 0;
	if (rc < 0)
		LOG_LEG(l, LOGL_NOTICE, "new media not told: %s\n", strerror(-rc));
}

static void their_answer(struct leg_sip *l, const struct cc_prim *prim)
{
	struct sip_out out;
	int status = prim->u.refused ? prim->u.refused : 488;

	sip_out_clear(&out);
	if (prim->sdp)
		status = map_sdp_body(&out, prim->sdp) == 0 ? 200 : 488;
	if (l->sdp_told && l->asked && prim->sdp) {
		talloc_free(l->sdp_told);
		l->sdp_told = talloc_strdup(l, prim->sdp);
	}
	if (l->asked) {
		l->asked = false;
		sip_leg_answer_offer(l->sip, status, &out);
	} else if (l->owes_ack) {
		l->owes_ack = false;
		sip_leg_ack(l->sip, &out);
	} else {
		inform(l, prim, &out);
	}
}

/* CC_MEDIA and CC_MEDIA_ANSWER. */
void leg_sip_media(struct leg_sip *l, const struct cc_prim *prim)
{
	if (!l->sip) {			/* all INVITEs have failed, and digits are awaited */
		if (prim->type == CC_MEDIA)
			refuse(l, REQUEST_PENDING);
		return;
	}
	if (prim->type == CC_MEDIA && prim->isup)
		leg_sip_tunnel(l, prim);
	if (prim->type == CC_MEDIA_ANSWER)
		their_answer(l, prim);
	else
		their_offer(l, prim);
}
