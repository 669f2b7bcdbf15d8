/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests within a dialog: BYE, INFO, OPTIONS; re-INVITE and UPDATE go to sip_offer.c. */
#include <errno.h>
#include <string.h>

#include "gw/sip_dialog.h"

static void on_bye(struct sip_leg *leg, nta_incoming_t *irq, msg_t *msg, const sip_t *s)
{
	sip_answer_plain(leg->sip, irq, SIP_200_OK);
	switch (leg->state) {
	case LEG_UAC_CALLING:
	case LEG_UAC_CANCELLED:
		/* A callee may not do this; our INVITE still waits for its final response, so
		 * CANCEL speaks for us. */
		return;
	case LEG_UAS_RINGING:
		sip_queue_drop(&leg->replies);
		sip_answer(leg, leg->invite_in, SIP_487_REQUEST_CANCELLED, NULL);
		break;
	case LEG_UAC_ACK_OWED:
		sip_send_ack(leg, leg->invite_out, NULL);
		break;
	case LEG_UAS_ANSWERED:
	case LEG_UAS_BYE_OWED:
	case LEG_UP:
	case LEG_GONE:
		break;
	}
	sip_leg_end(leg, msg, s, "BYE");
}

/* The user does not take this INFO, and says why. */
static bool refused(struct sip_leg *leg, nta_incoming_t *irq, const struct sip_msg *m)
{
	struct sip_content *c;
	struct sip_out out;
	int status;

	memset(&out, 0, offsetof(struct sip_out, body));
	status = leg->ops->info_status(leg->ctx, m, &out);
	if (status < 300)
		return false;
	c = sip_content_new(leg, &out);
	sip_answer(leg, irq, status, NULL, c);
	nta_incoming_destroy(irq);
	talloc_free(c);
	return true;
}

static void on_info(struct sip_leg *leg, nta_incoming_t *irq, msg_t *msg, const sip_t *s)
{
	struct sip_msg m;

	sip_msg_read(leg->sip, &m, msg, s);
	if (leg->ops && leg->ops->info_status && refused(leg, irq, &m))
		return;
	sip_answer_plain(leg->sip, irq, SIP_200_OK);
	if (leg->ops && leg->ops->info)
		leg->ops->info(leg->ctx, &m);
}

static void answer_options(struct sip_leg *leg, nta_incoming_t *irq)
{
	struct sip *sip = leg->sip;

	if (nta_incoming_treply(irq, SIP_200_OK, SIPTAG_ALLOW(sip->allow),
				SIPTAG_ACCEPT(sip->accept), SIPTAG_SUPPORTED(sip->supported),
				SIPTAG_SERVER_STR(sip->cfg.user_agent), TAG_END()) == 0)
		sip_trace_response(sip, irq);
	nta_incoming_destroy(irq);
}

static void on_request(struct sip_leg *leg, nta_leg_t *dialog, nta_incoming_t *irq, msg_t *msg)
{
	const sip_t *s = sip_object(msg);
	sip_method_t method = s->sip_request->rq_method;
	struct refusal r;

	if (method == sip_method_ack)
		nta_incoming_destroy(irq);
	else if (sip_refuse_method(&r, leg->sip, s) || sip_refuse_request(&r, msg_home(msg), s))
		sip_answer_refusal(leg->sip, irq, &r);
	else if (method == sip_method_options)
		answer_options(leg, irq);
	else if (method == sip_method_bye && dialog == leg->forks->dialog)
		on_bye(leg, irq, msg, s);
	else if (!leg->ops)
		sip_answer_plain(leg->sip, irq, SIP_481_NO_TRANSACTION);
	else if (dialog != leg->forks->dialog)
		/* an early dialog that the user does not see now; 481 would end it */
		sip_answer_plain(leg->sip, irq, SIP_500_INTERNAL_SERVER_ERROR);
	else if (method == sip_method_info)
		on_info(leg, irq, msg, s);
	else if (method == sip_method_invite || method == sip_method_update)
		sip_offer_received(leg, irq, s);
	else
		sip_answer_plain(leg->sip, irq, SIP_481_NO_TRANSACTION);
}

static nta_leg_t *dialog_with(const struct sip_leg *leg, const char *peer_tag)
{
	const char *tag;
	struct fork *f;

	for (f = leg->forks; f && f->tagged; f = f->next) {
		tag = nta_leg_get_rtag(f->dialog);
		if (tag && strcasecmp(tag, peer_tag) == 0)
			return f->dialog;
	}
	return NULL;
}

/* INVITEs of one series share Call-ID and our tag. While the stack does not know the peer's tag of
 * one of them, it takes the requests of all for requests of that one. */
static struct sip_leg *owner(struct sip_leg *leg, nta_leg_t **dialog, const sip_t *s)
{
	const char *tag = s->sip_from->a_tag;
	struct sip_leg *other;
	nta_leg_t *found;

	if (!leg->is_uac || !tag || dialog_with(leg, tag))
		return leg;
	llist_for_each_entry(other, &leg->sip->legs, entry) {
		if (!other->is_uac || strcmp(other->call_id, leg->call_id) != 0)
			continue;
		found = dialog_with(other, tag);
		if (found) {
			*dialog = found;
			return other;
		}
	}
	return leg;
}

/* The stack has checked the order of CSeq numbers. */
int sip_indialog(struct sip_leg *leg, nta_leg_t *dialog, nta_incoming_t *irq, const sip_t *s)
{
	msg_t *msg = nta_incoming_getrequest(irq);

	leg = owner(leg, &dialog, s);
	sip_leg_enter(leg);
	on_request(leg, dialog, irq, msg);
	sip_leg_exit(leg);
	msg_destroy(msg);
	return 0;
}
