/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as octets, for traces. Received ones are all shown, as they came. Of the sent ones each
 * is shown once, as it goes out; not shown are repetitions, and what the stack answers by itself:
 * 400, 413, 482, 500 to a CSeq out of order, 481 to a PRACK that fits nothing, ACK and BYE to the
 * 2xx of a fork that answers second. */
#include <string.h>

#include "gw/sip_dialog.h"

static size_t gather(struct sip *sip, const msg_t *msg)
{
	const msg_common_t *c;
	const msg_header_t *h;
	size_t len = 0;

	for (h = *msg_chain_head(msg); h; h = c->h_succ) {
		c = (const msg_common_t *)h;
		if (!c->h_data || len + c->h_len > sizeof(sip->octets))
			continue;
		memcpy(sip->octets + len, c->h_data, c->h_len);
		len += c->h_len;
	}
	return len;
}

static void trace(struct sip *sip, bool sent, msg_t *msg)
{
	const sip_t *s = (const sip_t *)msg_object(msg);
	struct sockaddr_storage peer = { 0 };
	const su_sockaddr_t *su = msg_addr(msg);
	char text[64];
	size_t len;

	if (!sip->user.trace)
		return;
	len = gather(sip, msg);
	if (!len)
		return;
	memcpy(&peer, su, su->su_family == AF_INET6 ? sizeof(su->su_sin6) : sizeof(su->su_sin));
	sip_addr_text(text, sizeof(text), &peer);
	sip->user.trace(sip->user.ctx, sent, text, s && s->sip_call_id ? s->sip_call_id->i_id : "",
			sip->octets, len);
}

void sip_trace_received(struct sip *sip, msg_t *msg)
{
	trace(sip, false, msg);
}

void sip_trace_sent(struct sip *sip, msg_t *msg)
{
	if (!msg)
		return;
	if (sip->user.trace)
		trace(sip, true, msg);
	msg_destroy(msg);
}

void sip_trace_request(struct sip *sip, nta_outgoing_t *orq)
{
	if (sip->user.trace && orq)
		sip_trace_sent(sip, nta_outgoing_getrequest(orq));
}

void sip_trace_response(struct sip *sip, nta_incoming_t *irq)
{
	if (sip->user.trace && irq)
		sip_trace_sent(sip, nta_incoming_getresponse(irq));
}

/* The stack acknowledges a failure by itself and does not show it: this is the message as it makes
 * it. */
void sip_trace_ack(struct sip *sip, nta_outgoing_t *invite, const sip_t *response)
{
	msg_t *request, *ack;
	const sip_t *inv;
	sip_t *s;
	sip_via_t via[1];

	if (!sip->user.trace)
		return;
	request = nta_outgoing_getrequest(invite);
	inv = sip_object(request);
	ack = nta_msg_create(sip->agent, 0);
	s = sip_object(ack);
	if (inv && s && inv->sip_via) {
		*via = *inv->sip_via;
		via->v_next = NULL;
		sip_add_tl(ack, s, SIPTAG_VIA(via), SIPTAG_MAX_FORWARDS(inv->sip_max_forwards),
			   SIPTAG_ROUTE(inv->sip_route), SIPTAG_FROM(inv->sip_from),
			   SIPTAG_TO(response->sip_to), SIPTAG_CALL_ID(inv->sip_call_id),
			   TAG_END());
		s->sip_request = sip_request_create(msg_home(ack), SIP_METHOD_ACK,
						    (url_string_t *)inv->sip_request->rq_url, NULL);
		s->sip_cseq = sip_cseq_create(msg_home(ack), inv->sip_cseq->cs_seq, SIP_METHOD_ACK);
		msg_addr_copy(ack, request);
		if (sip_complete_message(ack) == 0 && msg_serialize(ack, (msg_pub_t *)s) == 0 &&
		    msg_prepare(ack) > 0)
			sip_trace_sent(sip, msg_ref(ack));
	}
	msg_destroy(ack);
	msg_destroy(request);
}

/* Likewise the 200 to a CANCEL; tag is that of the INVITE's responses. */
void sip_trace_cancel_ok(struct sip *sip, msg_t *cancel, const char *tag)
{
	const sip_t *c = sip_object(cancel);
	msg_t *ok;
	sip_t *s;

	if (!sip->user.trace)
		return;
	ok = nta_msg_create(sip->agent, 0);
	s = sip_object(ok);
	if (c && s) {
		sip_add_tl(ok, s, SIPTAG_VIA(c->sip_via), SIPTAG_FROM(c->sip_from),
			   SIPTAG_TO(c->sip_to), SIPTAG_CALL_ID(c->sip_call_id),
			   SIPTAG_CSEQ(c->sip_cseq), TAG_END());
		if (s->sip_to && !s->sip_to->a_tag && tag)
			sip_to_tag(msg_home(ok), s->sip_to, tag);
		s->sip_status = sip_status_create(msg_home(ok), SIP_200_OK, NULL);
		msg_addr_copy(ok, cancel);
		if (sip_complete_message(ok) == 0 && msg_serialize(ok, (msg_pub_t *)s) == 0 &&
		    msg_prepare(ok) > 0)
			sip_trace_sent(sip, msg_ref(ok));
	}
	msg_destroy(ok);
}
