/* SPDX-License-Identifier: GPL-3.0-or-later */
/* INVITEs that come to us, and every request that belongs to no dialog; ACK, CANCEL and PRACK of an
 * INVITE. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gw/sip_dialog.h"

/* --- requests outside of dialogs: nothing is remembered of those refused --- */

/* One line a second at most. */
static void log_overload(struct sip *sip)
{
	uint64_t now = sip_now_us();

	if (sip->overload_logged_us && now - sip->overload_logged_us < 1000000)
		return;
	sip->overload_logged_us = now;
	LOGP(sip->log_cat, LOGL_NOTICE, "calls refused by admission control: %" PRIu64 " so far\n",
	     sip->counter[SIP_CTR_REFUSED_LOAD]);
}

static bool refuse_invite(struct refusal *r, struct sip *sip, su_home_t *home, const sip_t *s)
{
	sip_retry_after_t *after;

	if (s->sip_to->a_tag)
		*r = (struct refusal){ SIP_481_NO_TRANSACTION, NULL };
	else if (s->sip_max_forwards && s->sip_max_forwards->mf_count == 0)
		*r = (struct refusal){ SIP_483_TOO_MANY_HOPS, NULL };
	else if (!s->sip_contact)
		*r = (struct refusal){ 400, "Missing Contact", NULL };
	else if (!sip_admit_call(sip)) {
		sip->counter[SIP_CTR_REFUSED_LOAD]++;
		log_overload(sip);
		after = sip_retry_after_format(home, "%d", RETRY_AFTER_S);
		*r = (struct refusal){ SIP_503_SERVICE_UNAVAILABLE, (sip_header_t *)after };
	} else {
		return false;
	}
	return true;
}

static bool is_bad(int status)
{
	return status == 400 || status == 413 || status == 415 || status == 420;
}

static bool tag_leg(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	char tag[17];
	sip_to_t *to;
	sip_cseq_t cseq[1];
	su_home_t home[1] = { SU_HOME_INIT(home) };

	sip_random_token(tag, sizeof(tag));
	if (!nta_incoming_tag(irq, tag))
		return false;
	/* Given with its tag from the start: a leg tagged later would match requests without a To
	 * tag. */
	to = sip_to_dup(home, s->sip_to);
	if (!to || sip_to_tag(home, to, tag) < 0) {
		su_home_deinit(home);
		return false;
	}
	sip_cseq_init(cseq)->cs_seq = sip_random_u32() & 0xffffff;
	leg->forks->dialog =
		nta_leg_tcreate(leg->sip->agent, sip_indialog, leg, SIPTAG_CALL_ID(s->sip_call_id),
				SIPTAG_FROM(to), SIPTAG_TO(s->sip_from), SIPTAG_CSEQ(cseq),
				NTATAG_REMOTE_CSEQ(s->sip_cseq->cs_seq), TAG_END());
	su_home_deinit(home);
	if (!leg->forks->dialog)
		return false;
	leg->forks->tagged = true;
	nta_leg_server_route(leg->forks->dialog, s->sip_record_route, s->sip_contact);
	return true;
}

static struct sip_leg *make_leg(struct sip *sip, nta_incoming_t *irq, msg_t *msg, const sip_t *s)
{
	struct sockaddr_storage from = { 0 };
	const su_sockaddr_t *su = msg_addr(msg);
	struct sip_leg *leg;
	char peer[MAX_PEER_TEXT];

	memcpy(&from, su, su->su_family == AF_INET6 ? sizeof(su->su_sin6) : sizeof(su->su_sin));
	sip_addr_text(peer, sizeof(peer), &from);
	leg = sip_leg_new(sip, s->sip_call_id->i_id, peer);
	if (!leg)
		return NULL;
	leg->state = LEG_UAS_RINGING;
	leg->listener = sip_listener_of(sip, irq, msg);
	leg->peer_options = sip_options_of(s);
	leg->peer_identity = sip_identity_of(s->sip_from);
	leg->peer_needs_100rel = sip_has_feature(s->sip_require, "100rel");
	leg->offered = sip_has_sdp(s);
	leg->forks = talloc_zero(leg, struct fork);
	if (leg->forks && tag_leg(leg, irq, s))
		return leg;
	sip_leg_free(leg);
	return NULL;
}

static void new_call(struct sip *sip, msg_t *msg, const sip_t *s)
{
	nta_incoming_t *irq;
	struct sip_leg *leg;
	struct sip_msg m;

	sip->counter[SIP_CTR_RX_INVITE]++;
	irq = nta_incoming_create(sip->agent, NULL, msg_ref(msg), (sip_t *)s, TAG_END());
	if (!irq)
		return;
	if (nta_incoming_treply(irq, SIP_100_TRYING, TAG_END()) == 0)
		sip_trace_response(sip, irq);
	leg = make_leg(sip, irq, msg, s);
	if (!leg) {
		sip_answer_plain(sip, irq, SIP_500_INTERNAL_SERVER_ERROR);
		return;
	}
	leg->invite_in = irq;
	nta_incoming_bind(irq, sip_uas_event, leg);
	sip_leg_enter(leg);
	sip_msg_read(sip, &m, msg, s);
	m.local_port = sip_port(sip, leg->listener);
	sip->user.invite(sip->user.ctx, leg, &m);
	if (leg->state == LEG_UAS_RINGING && !leg->ops)
		sip_leg_reply(leg, 500, NULL, NULL, SIP_100REL_OFF);
	sip_leg_exit(leg);
}

static void answer_options(struct sip *sip, msg_t *msg, const sip_t *s)
{
	struct sip_msg m;
	msg_t *reply = nta_msg_create(sip->agent, 0);
	int status = 200;

	if (sip->user.options) {
		sip_msg_read(sip, &m, msg, s);
		status = sip->user.options(sip->user.ctx, &m);
	}
	if (!reply)
		return;
	nta_msg_mreply(sip->agent, msg_ref(reply), sip_object(reply), status, NULL, msg_ref(msg),
		       SIPTAG_ALLOW(sip->allow), SIPTAG_ACCEPT(sip->accept),
		       SIPTAG_SUPPORTED(sip->supported), SIPTAG_SERVER_STR(sip->cfg.user_agent),
		       TAG_END());
	sip_trace_sent(sip, reply);
}

static void outside_request(struct sip *sip, msg_t *msg, const sip_t *s)
{
	struct refusal r;
	sip_method_t method = s->sip_request->rq_method;

	if (method == sip_method_ack)
		return;
	if (sip_refuse_method(&r, sip, s) || sip_refuse_request(&r, msg_home(msg), s) ||
	    (method == sip_method_invite && refuse_invite(&r, sip, msg_home(msg), s))) {
		sip->counter[SIP_CTR_BAD] += is_bad(r.status);
		sip_answer_stateless(sip, msg_ref(msg), r.status, r.phrase, r.extra);
	} else if (method == sip_method_invite) {
		new_call(sip, msg, s);
	} else if (method == sip_method_options && !s->sip_to->a_tag) {
		answer_options(sip, msg, s);
	} else {
		sip_answer_stateless(sip, msg_ref(msg), SIP_481_NO_TRANSACTION, NULL);
	}
}

/* Every message that belongs to no transaction and no dialog. */
int sip_stateless(struct sip *sip, nta_agent_t *agent, msg_t *msg, sip_t *s)
{
	if (s && s->sip_request)
		outside_request(sip, msg, s);
	msg_destroy(msg);
	return 0;
}

/* --- what comes to an INVITE afterwards --- */

static void drop_invite(struct sip_leg *leg)
{
	nta_incoming_t *irq = leg->invite_in;

	leg->invite_in = NULL;
	nta_reliable_destroy(leg->overtaken);
	leg->overtaken = NULL;
	nta_incoming_destroy(irq);
}

static void on_cancel(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	const struct sip_leg_ops *ops;
	struct sip_msg m;
	msg_t *msg;

	if (leg->state != LEG_UAS_RINGING)
		return;
	ops = sip_leg_detach(leg, LEG_GONE);
	msg = nta_incoming_getrequest_ackcancel(irq);
	sip_trace_cancel_ok(leg->sip, msg, nta_incoming_gettag(irq));
	sip_answer(leg, irq, SIP_487_REQUEST_CANCELLED, NULL);
	sip_msg_read(leg->sip, &m, msg, s);
	if (ops->cancelled)
		ops->cancelled(leg->ctx, &m);
	msg_destroy(msg);
}

static void on_ack(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	struct sip_msg m;
	msg_t *msg;

	if (leg->state == LEG_UAS_BYE_OWED) {
		leg->state = LEG_GONE;
		sip_send_bye(leg, leg->last_words);
		return;
	}
	if (leg->state != LEG_UAS_ANSWERED)
		return;
	leg->state = LEG_UP;
	leg->offered = false;
	msg = nta_incoming_getrequest_ackcancel(irq);
	sip_msg_read(leg->sip, &m, msg, s);
	if (leg->ops && leg->ops->acked)
		leg->ops->acked(leg->ctx, &m);
	msg_destroy(msg);
	if (leg->state == LEG_UP)
		drop_invite(leg);
}

/* The stack has given up waiting: for ACK, for PRACK, or for the response to be sent. */
static void on_silence(struct sip_leg *leg)
{
	if (leg->state == LEG_UAS_RINGING) {
		sip_leg_end(leg, NULL, NULL, "response not acknowledged");
		return;
	}
	leg->sip->counter[SIP_CTR_NO_ACK]++;
	LOGP(leg->sip->log_cat, LOGL_NOTICE, "%s: no ACK from %s\n", leg->call_id, leg->peer);
	sip_send_bye(leg, leg->last_words);
	if (leg->state == LEG_UAS_ANSWERED)
		sip_leg_end(leg, NULL, NULL, "no ACK");
	leg->state = LEG_GONE;
}

/* ACK, CANCEL or (s NULL) nothing at all to our INVITE. */
int sip_uas_event(struct sip_leg *leg, nta_incoming_t *irq, const sip_t *s)
{
	sip_leg_enter(leg);
	if (!s)
		on_silence(leg);
	else if (s->sip_request->rq_method == sip_method_cancel)
		on_cancel(leg, irq, s);
	else if (s->sip_request->rq_method == sip_method_ack)
		on_ack(leg, irq, s);
	sip_leg_exit(leg);
	return 0;
}

/* Before the answer: a final failure. After it: BYE, but not before the ACK (RFC 3261 15). */
void sip_uas_release(struct sip_leg *leg, int status, const struct sip_content *c)
{
	if (leg->state == LEG_UAS_ANSWERED) {
		sip_leg_detach(leg, LEG_UAS_BYE_OWED);
		leg->last_words = c;
		return;
	}
	sip_leg_detach(leg, LEG_GONE);
	sip_queue_drop(&leg->replies);
	sip_answer(leg, leg->invite_in, status >= 300 && status < 700 ? status : 487, NULL, c);
}
