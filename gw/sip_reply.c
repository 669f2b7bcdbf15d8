/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our responses to an INVITE: reliable provisionals one after the other (RFC 3262 3), then the
 * final one. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/sip_dialog.h"

static int on_prack(struct sip_leg *leg, nta_reliable_t *rel, nta_incoming_t *prack,
		    const sip_t *s);

static int send_reliable(struct sip_leg *leg, const struct queued *q, const char *phrase)
{
	const struct sip_content *c = q->content;
	const struct sip *sip = leg->sip;
	nta_reliable_t *rel;
	sip_payload_t pl[1];

	sip_payload_init(pl);
	pl->pl_data = (char *)c->body;
	pl->pl_len = c->body_len;
	rel = nta_reliable_treply(
		leg->invite_in, on_prack, leg, q->status, phrase && *phrase ? phrase : NULL,
		SIPTAG_CONTACT(sip->listener[leg->listener].contact), SIPTAG_ALLOW(sip->allow),
		SIPTAG_SERVER_STR(sip->cfg.user_agent), SIPTAG_HEADER_STR(c->headers),
		SIPTAG_CONTENT_TYPE_STR(c->content_type), SIPTAG_PAYLOAD(c->body_len ? pl : NULL),
		TAG_END());
	if (!rel)
		return -EIO;
	leg->prack_owed = true;
	leg->prack_owed_body = c->has_sdp;
	if (c->has_sdp && !leg->offered)
		leg->offered = leg->we_offered = true;
	sip_trace_response(leg->sip, leg->invite_in);
	sip_kick(leg->sip);
	return 0;
}

static int send_final(struct sip_leg *leg, const struct queued *q, const char *phrase)
{
	int rc;

	sip_queue_drop(&leg->replies);
	if (q->status >= 300)
		sip_leg_detach(leg, LEG_GONE);
	else
		leg->state = LEG_UAS_ANSWERED;
	rc = sip_answer(leg, leg->invite_in, q->status, phrase, q->content);
	return rc;
}

/* The provisional that was sent last, once more, without its body. */
void sip_reply_again(struct sip_leg *leg)
{
	int status = nta_incoming_status(leg->invite_in);

	leg->replied_ms = sip_now_us() / 1000;
	if (!leg->prack_owed && !leg->peer_needs_100rel && status > 100 && status < 200)
		sip_answer(leg, leg->invite_in, status, NULL, NULL);
}

static int send_now(struct sip_leg *leg, const struct queued *q, const char *phrase)
{
	if (q->status >= 200)
		return send_final(leg, q, phrase);
	leg->replied_ms = sip_now_us() / 1000;
	if (q->reliable)
		return send_reliable(leg, q, phrase);
	return sip_answer(leg, leg->invite_in, q->status, phrase, q->content);
}

/* A second reliable provisional waits for the PRACK of the first; a 2xx does when that one brought
 * a session description. */
static bool must_wait(const struct sip_leg *leg, const struct queued *q)
{
	if (!leg->prack_owed)
		return false;
	return q->status < 200 ? q->reliable
			       : q->status < 300 && (leg->prack_owed_body || leg->replies);
}

static void next_reply(struct sip_leg *leg)
{
	struct queued *q;

	while (leg->state == LEG_UAS_RINGING && leg->replies && !must_wait(leg, leg->replies)) {
		q = sip_queue_take(&leg->replies);
		send_now(leg, q, q->phrase);
		talloc_free(q);
	}
}

static void tell_answer(struct sip_leg *leg, msg_t *msg, const sip_t *s)
{
	struct sip_msg m;

	sip_msg_read(leg->sip, &m, msg, s);
	if (leg->ops && leg->ops->acked)
		leg->ops->acked(leg->ctx, &m);
}

static void on_acknowledged(struct sip_leg *leg, nta_incoming_t *prack, const sip_t *s)
{
	msg_t *msg = nta_incoming_getrequest(prack);
	struct refusal r;
	bool answer = leg->prack_owed_body && leg->offered && leg->we_offered;

	leg->prack_owed = false;
	if (leg->prack_owed_body) {
		leg->offered = false;
		leg->forks->settled = true;
	}
	leg->prack_owed_body = false;
	if (sip_refuse_request(&r, msg_home(msg), s)) {
		sip_answer_refusal(leg->sip, prack, &r);
	} else if (sip_has_sdp(s) && !answer) {
		sip_offer_received(leg, prack, s);
	} else {
		sip_answer_plain(leg->sip, prack, SIP_200_OK);
		if (sip_has_sdp(s))
			tell_answer(leg, msg, s);
	}
	msg_destroy(msg);
	next_reply(leg);
}

/* s NULL: nobody waits for it any more (time is out, or a final response was sent). Behind a 2xx
 * its PRACK is still on the way, and answered (RFC 3262 3). */
static int on_prack(struct sip_leg *leg, nta_reliable_t *rel, nta_incoming_t *prack, const sip_t *s)
{
	leg->overtaken = NULL;
	if (!s && leg->state == LEG_UAS_ANSWERED)
		leg->overtaken = rel;
	else
		nta_reliable_destroy(rel);
	sip_leg_enter(leg);
	if (s)
		on_acknowledged(leg, prack, s);
	else
		leg->prack_owed = leg->prack_owed_body = false;
	sip_leg_exit(leg);
	return 0;
}

/* The answer comes: what still waits says nothing any more, but for a description. */
static void make_room(struct sip_leg *leg)
{
	struct queued **at = &leg->replies, *q;

	while ((q = *at)) {
		if (q->content->has_sdp) {
			at = &q->next;
			continue;
		}
		*at = q->next;
		talloc_free(q);
	}
}

static int wait_for_prack(struct sip_leg *leg, const char *phrase, const struct queued *q)
{
	int rc = sip_queue_add(leg, &leg->replies, phrase, q);

	if (rc == -ENOBUFS && q->status >= 200) {
		make_room(leg);
		rc = sip_queue_add(leg, &leg->replies, phrase, q);
	}
	if (rc < 0)
		talloc_free(q->content);
	return rc;
}

bool sip_leg_reliable(const struct sip_leg *leg, enum sip_100rel rel100)
{
	return leg->peer_needs_100rel ||
	       (rel100 != SIP_100REL_OFF && (leg->peer_options & PEER_100REL));
}

int sip_leg_reply(struct sip_leg *leg, int status, const char *phrase, const struct sip_out *out,
		  enum sip_100rel rel100)
{
	struct queued q = { .status = status };
	int rc;

	if (leg->state != LEG_UAS_RINGING || status <= 100 || status > 699)
		return -EINVAL;
	q.content = sip_content_new(leg, out);
	if (!q.content)
		return -EINVAL;
	q.reliable = status < 200 && sip_leg_reliable(leg, rel100);
	sip_leg_enter(leg);
	if (must_wait(leg, &q)) {
		rc = wait_for_prack(leg, phrase, &q);
	} else {
		rc = send_now(leg, &q, phrase);
		talloc_free(q.content);
	}
	sip_leg_exit(leg);
	return rc;
}
