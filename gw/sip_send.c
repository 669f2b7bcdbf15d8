/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and responses of a leg, as the stack wants them told. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/sip_dialog.h"

static const struct listener *listener_of(const struct sip_leg *leg)
{
	return &leg->sip->listener[leg->listener];
}

static sip_payload_t *payload(sip_payload_t *pl, const struct sip_content *c)
{
	if (!c->body_len)
		return NULL;
	sip_payload_init(pl);
	pl->pl_data = (char *)c->body;
	pl->pl_len = c->body_len;
	return pl;
}

/* The tags that carry a content; c is not NULL. */
#define CONTENT(c, pl)                                                               \
	SIPTAG_HEADER_STR((c)->headers), SIPTAG_CONTENT_TYPE_STR((c)->content_type), \
		SIPTAG_PAYLOAD(payload(pl, c))

static const struct sip_content *content_or_empty(const struct sip_content *c)
{
	static const struct sip_content empty;

	return c ? c : &empty;
}

static bool carries_contact(sip_method_t method)
{
	return method == sip_method_invite || method == sip_method_update;
}

/* A request within the dialog. NULL when it could not be made. */
nta_outgoing_t *sip_send(struct sip_leg *leg, sip_method_t method, const char *name,
			 const struct sip_content *c, nta_response_f *answer)
{
	const struct listener *li = listener_of(leg);
	const struct sip *sip = leg->sip;
	nta_outgoing_t *orq;
	sip_payload_t pl[1];

	c = content_or_empty(c);
	orq = nta_outgoing_tcreate(leg->forks->dialog, answer, leg, NULL, method, name, NULL,
		TPTAG_IDENT(li->ident),
		SIP_LEG_CONTACT(carries_contact(method), leg, li),
		TAG_IF(carries_contact(method), SIPTAG_ALLOW(sip->allow)),
		SIPTAG_USER_AGENT_STR(sip->cfg.user_agent), CONTENT(c, pl), TAG_END());
	sip_trace_request(leg->sip, orq);
	sip_kick(leg->sip);
	return orq;
}

/* ACK to a 2xx. The transaction stays known to the stack for repeated 2xx. */
void sip_send_ack(struct sip_leg *leg, nta_outgoing_t *invite, const struct sip_content *c)
{
	nta_outgoing_t *orq;
	sip_cseq_t cseq[1];
	sip_payload_t pl[1];

	sip_cseq_init(cseq);
	cseq->cs_seq = nta_outgoing_cseq(invite);
	cseq->cs_method = sip_method_ack;
	cseq->cs_method_name = "ACK";
	c = content_or_empty(c);
	orq = nta_outgoing_tcreate(leg->forks->dialog, NULL, NULL, NULL, SIP_METHOD_ACK, NULL,
		TPTAG_IDENT(listener_of(leg)->ident), SIPTAG_CSEQ(cseq),
		NTATAG_ACK_BRANCH(nta_outgoing_branch(invite)),
		SIPTAG_USER_AGENT_STR(leg->sip->cfg.user_agent), CONTENT(c, pl), TAG_END());
	sip_trace_request(leg->sip, orq);
	nta_outgoing_destroy(orq);
	sip_kick(leg->sip);
}

static int on_bye_response(nta_outgoing_magic_t *magic, nta_outgoing_t *orq, const sip_t *s)
{
	struct sip *sip = (struct sip *)magic;

	if (!s || s->sip_status->st_status >= 200) {
		sip->n_byes--;
		nta_outgoing_destroy(orq);
	}
	return 0;
}

/* No leg waits for its answer: the stack repeats it until there is one. The process ends after
 * that. */
void sip_send_bye(struct sip_leg *leg, const struct sip_content *c)
{
	nta_outgoing_t *orq = sip_send(leg, SIP_METHOD_BYE, c, NULL);

	if (!orq)
		return;
	leg->sip->n_byes++;
	nta_outgoing_bind(orq, on_bye_response, (nta_outgoing_magic_t *)leg->sip);
}

static bool tells_methods(int status)
{
	return (status > 180 && status < 300) || status == 405 || status == 501;
}

/* Answers an INVITE, UPDATE or PRACK of the leg's dialog. 0 or -errno. */
int sip_answer(struct sip_leg *leg, nta_incoming_t *irq, int status, const char *phrase,
	       const struct sip_content *c)
{
	const struct listener *li = listener_of(leg);
	struct sip *sip = leg->sip;
	bool dialog = status > 100 && status < 300 && nta_incoming_method(irq) != sip_method_prack;
	sip_payload_t pl[1];
	int rc;

	c = content_or_empty(c);
	rc = nta_incoming_treply(irq, status, phrase && *phrase ? phrase : NULL,
		SIP_LEG_CONTACT(dialog, leg, li),
		SIPTAG_CONTACT_STR(status >= 300 && status < 400 ? c->contact : NULL),
		TAG_IF(dialog && tells_methods(status), SIPTAG_ALLOW(sip->allow)),
		TAG_IF(dialog && tells_methods(status), SIPTAG_SUPPORTED(sip->supported)),
		SIPTAG_SERVER_STR(sip->cfg.user_agent), CONTENT(c, pl), TAG_END());
	if (rc == 0)
		sip_trace_response(sip, irq);
	sip_kick(sip);
	return rc == 0 ? 0 : -EIO;
}

/* A final answer without content; the transaction is let go. */
void sip_answer_plain(struct sip *sip, nta_incoming_t *irq, int status, const char *phrase)
{
	sip_retry_after_t after[1];

	sip_retry_after_init(after)->af_delta = RETRY_AFTER_S;
	if (nta_incoming_treply(irq, status, phrase,
		TAG_IF(status == 405 || status == 501, SIPTAG_ALLOW(sip->allow)),
		TAG_IF(status == 500, SIPTAG_RETRY_AFTER(after)),
		SIPTAG_SERVER_STR(sip->cfg.user_agent), TAG_END()) == 0)
		sip_trace_response(sip, irq);
	nta_incoming_destroy(irq);
}

void sip_answer_refusal(struct sip *sip, nta_incoming_t *irq, const struct refusal *r)
{
	if (nta_incoming_treply(irq, r->status, r->phrase, SIPTAG_HEADER(r->extra),
				SIPTAG_SERVER_STR(sip->cfg.user_agent), TAG_END()) == 0)
		sip_trace_response(sip, irq);
	nta_incoming_destroy(irq);
}

/* A final answer for which no state is made; extra is one more header or NULL. Gives up the
 * reference to msg. */
void sip_answer_stateless(struct sip *sip, msg_t *msg, int status, const char *phrase,
			  sip_header_t const *extra)
{
	msg_t *reply = nta_msg_create(sip->agent, 0);

	if (!reply) {
		msg_destroy(msg);
		return;
	}
	if (extra)
		sip_add_dup(reply, sip_object(reply), extra);
	nta_msg_mreply(sip->agent, msg_ref(reply), sip_object(reply), status, phrase, msg,
		       SIPTAG_SERVER_STR(sip->cfg.user_agent), TAG_END());
	sip_trace_sent(sip, reply);
}
