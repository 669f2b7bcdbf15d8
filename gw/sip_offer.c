/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers within a dialog: re-INVITE both ways, UPDATE and PRACK received (RFC 3261 14, RFC 3311,
 * RFC 3262 5). */
#include <errno.h>
#include <string.h>

#include "gw/sip_dialog.h"

enum { MAX_RETRIES = 5 };

/* Our own re-INVITE. */
struct reinvite {
	struct sip_leg *leg;
	const nta_leg_t *dialog;	/* that it went in, or will go in again */
	nta_outgoing_t *orq;
	struct sip_content *content;
	unsigned int tries;
	bool update;			/* it is an UPDATE: there is no answer to the INVITE yet */
	/* until the next try, or until no final response is expected any more */
	struct osmo_timer_list timer;
};

/* --- theirs --- */

static void drop(nta_incoming_t **irq)
{
	nta_incoming_t *old = *irq;

	*irq = NULL;
	nta_incoming_destroy(old);
}

/* CANCEL, ACK or nothing at all (s NULL) to a re-INVITE. */
static int on_event(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	struct sip_msg m;
	msg_t *msg;

	sip_leg_enter(leg);
	if (!s) {
		drop(irq == leg->ack_in ? &leg->ack_in : &leg->offer_in);
		leg->sip->counter[SIP_CTR_NO_ACK]++;
		sip_leg_broken(leg, "no ACK");
	} else if (s->sip_request->rq_method == sip_method_cancel && irq == leg->offer_in) {
		sip_answer(leg, irq, SIP_487_REQUEST_CANCELLED, NULL);
		drop(&leg->offer_in);
	} else if (s->sip_request->rq_method == sip_method_ack && irq == leg->ack_in) {
		msg = nta_incoming_getrequest_ackcancel(irq);
		drop(&leg->ack_in);
		sip_msg_read(leg->sip, &m, msg, s);
		if (sip_has_sdp(s) && leg->ops && leg->ops->acked)
			leg->ops->acked(leg->ctx, &m);
		msg_destroy(msg);
	}
	sip_leg_exit(leg);
	return 0;
}

/* The INVITE's offer has no answer yet, in the dialog that the user is in. */
static bool offer_open(const struct sip_leg *leg)
{
	return leg->offered && !leg->forks->settled;
}

/* The status with which an offer that comes at the wrong time is refused; 0: it may come. */
static int glare(const struct sip_leg *leg, sip_method_t method)
{
	if (leg->reinvite && leg->reinvite->orq)
		return 491;
	if (leg->offer_in || leg->ack_in)
		return 500;
	if (method == sip_method_invite && leg->state != LEG_UP)
		return leg->state == LEG_UAS_RINGING ? 500 : 491;
	if (method == sip_method_update && offer_open(leg))
		return leg->we_offered ? 491 : 500;
	return 0;
}

static void pass_offer(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	struct sip_msg m;
	msg_t *msg = nta_incoming_getrequest(irq);

	leg->offer_in = irq;
	if (s->sip_request->rq_method == sip_method_invite)
		nta_incoming_bind(irq, on_event, leg);
	sip_msg_read(leg->sip, &m, msg, s);
	if (leg->ops && leg->ops->offer)
		leg->ops->offer(leg->ctx, &m);
	else
		sip_leg_answer_offer(leg, 488, NULL);
	if (leg->offer_in == irq && s->sip_request->rq_method == sip_method_invite &&
	    nta_incoming_treply(irq, SIP_100_TRYING, TAG_END()) == 0)
		sip_trace_response(leg->sip, irq);
	msg_destroy(msg);
}

/* RFC 4916: somebody else is there now, or he has another name. ISUP has no message for it once the
 * call is answered, and before that the answer says it. */
static void note_identity(struct sip_leg *leg, const sip_t *s)
{
	uint32_t identity = sip_identity_of(s->sip_from);

	if (identity == leg->peer_identity)
		return;
	leg->peer_identity = identity;
	leg->sip->counter[SIP_CTR_IDENTITY]++;
	LOGP(leg->sip->log_cat, LOGL_INFO, "%s: %s at the peer now, told nobody (%s)\n",
	     leg->call_id, s->sip_from->a_url->url_user ? s->sip_from->a_url->url_user : "-",
	     leg->peer);
}

/* Its headers may have something to say. */
static void refreshed(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	struct sip_msg m;
	msg_t *msg = nta_incoming_getrequest(irq);

	sip_msg_read(leg->sip, &m, msg, s);
	if (leg->ops && leg->ops->refreshed)
		leg->ops->refreshed(leg->ctx, &m);
	msg_destroy(msg);
}

/* A re-INVITE, an UPDATE, or a PRACK that brings an offer. */
int sip_offer_received(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	sip_method_t method = s->sip_request->rq_method;
	int status;

	note_identity(leg, s);
	if (method == sip_method_update && !sip_has_body(s)) {
		nta_leg_server_route(leg->forks->dialog, NULL, s->sip_contact);
		sip_answer(leg, irq, SIP_200_OK, NULL);
		refreshed(leg, irq, s);
		nta_incoming_destroy(irq);
		return 0;
	}
	status = glare(leg, method);
	if (status) {
		sip_answer_plain(leg->sip, irq, status, NULL);
		return 0;
	}
	if (s->sip_contact)
		nta_leg_server_route(leg->forks->dialog, NULL, s->sip_contact);
	pass_offer(leg, irq, s);
	return 0;
}

int sip_leg_answer_offer(struct sip_leg *leg, int status, const struct sip_out *out)
{
	struct sip_content *c;
	nta_incoming_t *irq = leg->offer_in;

	if (!irq)
		return -ENOENT;
	c = sip_content_new(leg, out);
	if (!c || status < 200 || status > 699)
		return -EINVAL;
	leg->offer_in = NULL;
	sip_leg_enter(leg);
	if (status < 300 && nta_incoming_method(irq) == sip_method_invite)
		leg->ack_in = irq;
	sip_answer(leg, irq, status, NULL, c);
	if (irq != leg->ack_in)
		nta_incoming_destroy(irq);
	talloc_free(c);
	sip_leg_exit(leg);
	return 0;
}

/* --- ours --- */

void sip_reinvite_drop(struct sip_leg *leg)
{
	struct reinvite *r = leg->reinvite;

	if (!r)
		return;
	leg->reinvite = NULL;
	osmo_timer_del(&r->timer);
	nta_outgoing_destroy(r->orq);
	talloc_free(r);
}

static void finish(struct sip_leg *leg, int status, const sip_t *s)
{
	struct sip_msg m;
	msg_t *msg = s ? nta_outgoing_getresponse(leg->reinvite->orq) : NULL;

	sip_reinvite_drop(leg);
	if (s)
		sip_msg_read(leg->sip, &m, msg, s);
	if (leg->ops && leg->ops->offer_result)
		leg->ops->offer_result(leg->ctx, status, s ? &m : NULL);
	if (msg)
		msg_destroy(msg);
}

/* RFC 3261 14.1: the owner of the Call-ID waits 2.1 to 4 s, the other side up to 2 s. */
static void retry_later(struct reinvite *r)
{
	uint32_t ms = r->leg->is_uac ? 2100 + sip_random_u32() % 1900 : sip_random_u32() % 2000;

	nta_outgoing_destroy(r->orq);
	r->orq = NULL;
	osmo_timer_schedule(&r->timer, ms / 1000, ms % 1000 * 1000);
}

void sip_reinvite_chosen(struct sip_leg *leg)
{
	if (leg->reinvite && leg->reinvite->dialog != leg->forks->dialog)
		finish(leg, 491, NULL);
}

static void accepted(struct sip_leg *leg, int status, const sip_t *s)
{
	if (leg->reinvite->dialog == leg->forks->dialog)
		nta_leg_client_reroute(leg->forks->dialog, NULL, s->sip_contact, 0);
	if (!leg->reinvite->update)
		sip_send_ack(leg, leg->reinvite->orq, NULL);
	finish(leg, status, s);
}

static int on_response(struct sip_leg *leg, nta_outgoing_t *orq, const sip_t *s)
{
	int status = s && s->sip_status ? s->sip_status->st_status : 408;
	struct reinvite *r = leg->reinvite;

	if (status < 200 || !r || r->orq != orq)
		return 0;
	sip_leg_enter(leg);
	osmo_timer_del(&r->timer);
	if (s && status >= 300 && !nta_sip_is_internal(s) && !r->update)
		sip_trace_ack(leg->sip, orq, s);
	if (status < 300) {
		accepted(leg, status, s);
	} else if (status == 491 && r->tries < MAX_RETRIES) {
		retry_later(r);
	} else if ((status == 481 || status == 408) && !r->update) {
		sip_reinvite_drop(leg);
		sip_leg_broken(leg, "re-INVITE found no dialog");
	} else {
		finish(leg, nta_sip_is_internal(s) ? 503 : status,
		       nta_sip_is_internal(s) ? NULL : s);
	}
	sip_leg_exit(leg);
	return 0;
}

static int send_reinvite(struct reinvite *r)
{
	unsigned int ms = 64 * r->leg->sip->t1_ms + 1000;

	r->tries++;
	if (r->update)
		r->orq = sip_send(r->leg, SIP_METHOD_UPDATE, r->content, on_response);
	else
		r->orq = sip_send(r->leg, SIP_METHOD_INVITE, r->content, on_response);
	osmo_timer_schedule(&r->timer, ms / 1000, ms % 1000 * 1000);
	return r->orq ? 0 : -EIO;
}

static void on_timer(void *data)
{
	struct reinvite *r = data;
	struct sip_leg *leg = r->leg;

	sip_leg_enter(leg);
	/* A provisional response has stopped the transaction's own timer, or it is time to try
	 * again, if theirs is done. */
	if (!r->orq && r->dialog != leg->forks->dialog)
		finish(leg, 491, NULL);
	else if (!r->orq && (leg->offer_in || leg->ack_in))
		retry_later(r);
	else if (r->orq || send_reinvite(r) < 0)
		finish(leg, 408, NULL);
	sip_leg_exit(leg);
}

/* RFC 3311 5.1: in an early dialog, when the INVITE's offer is answered. */
static bool may_update(const struct sip_leg *leg)
{
	bool early = leg->state == LEG_UAS_RINGING ||
		     (leg->state == LEG_UAC_CALLING && leg->forks->tagged);

	return early && leg->forks->settled && (leg->peer_options & PEER_UPDATE);
}

int sip_leg_reinvite(struct sip_leg *leg, const struct sip_out *out)
{
	struct reinvite *r;

	if (leg->state != LEG_UP && !may_update(leg))
		return -ENOTCONN;
	if (leg->reinvite || leg->offer_in || leg->ack_in)
		return -EBUSY;
	r = talloc_zero(leg, struct reinvite);
	if (!r)
		return -ENOMEM;
	r->leg = leg;
	r->dialog = leg->forks->dialog;
	r->update = leg->state != LEG_UP;
	r->content = sip_content_new(r, out);
	osmo_timer_setup(&r->timer, on_timer, r);
	if (!r->content || !r->content->body_len || send_reinvite(r) < 0) {
		osmo_timer_del(&r->timer);
		talloc_free(r);
		return -EINVAL;
	}
	leg->reinvite = r;
	return 0;
}
