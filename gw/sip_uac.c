/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our INVITE: forks, reliable provisionals, answer, failure, giving up (RFC 3261 13.2 and 9.1,
 * RFC 3262 4). */
#include <errno.h>
#include <string.h>

#include "gw/sip_dialog.h"

enum { SIP_EARLY_DIALOG_TERMINATED = 199 };

/* --- forks --- */

static void forget_fork(struct sip_leg *leg, struct fork *f)
{
	struct fork **at = &leg->forks;

	while (*at != f)
		at = &(*at)->next;
	*at = f->next;
	nta_leg_destroy(f->dialog);
	talloc_free(f);
}

static struct fork *new_fork(struct sip_leg *leg, const sip_t *s)
{
	struct fork *f = talloc_zero(leg, struct fork);

	if (!f)
		return NULL;
	f->dialog = nta_leg_tcreate(leg->sip->agent, sip_indialog, leg,
				    SIPTAG_CALL_ID(s->sip_call_id), SIPTAG_FROM(s->sip_from),
				    SIPTAG_TO(s->sip_to), SIPTAG_CSEQ(s->sip_cseq), TAG_END());
	if (!f->dialog) {
		talloc_free(f);
		return NULL;
	}
	f->tagged = true;
	f->next = leg->forks->next;
	leg->forks->next = f;
	if (leg->forks->ended)	/* it stayed for want of another one */
		forget_fork(leg, leg->forks);
	return f;
}

static struct fork *find_fork(const struct sip_leg *leg, const char *tag)
{
	struct fork *f = leg->forks;

	while (f && f->tagged && strcasecmp(nta_leg_get_rtag(f->dialog), tag) != 0)
		f = f->next;
	return f && f->tagged ? f : NULL;
}

static unsigned int count_forks(const struct sip_leg *leg)
{
	unsigned int n = 0;

	for (const struct fork *f = leg->forks; f; f = f->next)
		n++;
	return n;
}

/* The early dialog that a response belongs to: the first To tag is given to the dialog made with
 * the INVITE, each other one gets a dialog of its own. NULL: no tag, or too many; the one that
 * answers never is one too many. */
static struct fork *fork_of(struct sip_leg *leg, const sip_t *s, bool answers)
{
	const char *tag = s->sip_to->a_tag;
	struct fork *f;

	if (!tag)
		return NULL;
	f = find_fork(leg, tag);
	if (!f && !leg->forks->tagged) {
		f = leg->forks;
		nta_leg_rtag(f->dialog, tag);
		f->tagged = true;
	} else if (!f && (answers || count_forks(leg) < MAX_FORKS)) {
		f = new_fork(leg, s);
	}
	if (f)
		nta_leg_client_reroute(f->dialog, s->sip_record_route, s->sip_contact, 1);
	return f;
}

/* The fork that answered is the call: it comes first, the others are forgotten. */
static void choose_fork(struct sip_leg *leg, struct fork *chosen)
{
	struct fork *f, *next;

	for (f = leg->forks; f; f = next) {
		next = f->next;
		if (f == chosen)
			continue;
		nta_leg_destroy(f->dialog);
		talloc_free(f);
	}
	chosen->next = NULL;
	leg->forks = chosen;
}

/* --- provisional responses --- */

static void prack(struct sip_leg *leg, struct fork *f, const sip_t *s)
{
	nta_outgoing_t *orq;
	sip_rack_t rack[1];

	sip_rack_init(rack);
	rack->ra_response = s->sip_rseq->rs_response;
	rack->ra_cseq = s->sip_cseq->cs_seq;
	rack->ra_method = s->sip_cseq->cs_method;
	rack->ra_method_name = s->sip_cseq->cs_method_name;
	orq = nta_outgoing_tcreate(f->dialog, NULL, NULL, NULL, SIP_METHOD_PRACK, NULL,
		TPTAG_IDENT(leg->sip->listener[leg->listener].ident), SIPTAG_RACK(rack),
		SIPTAG_USER_AGENT_STR(leg->sip->cfg.user_agent), TAG_END());
	sip_trace_request(leg->sip, orq);
	nta_outgoing_destroy(orq);
}

/* RFC 3262 4: in order, each once. false: not to be processed. */
static bool reliable_in_order(struct fork *f, uint32_t rseq)
{
	if (f->rseq && rseq != f->rseq + 1)
		return false;
	f->rseq = rseq;
	return true;
}

static void tell(struct sip_leg *leg, const struct sip_leg_ops *ops, int status, const sip_t *s)
{
	struct sip_msg m;
	msg_t *msg;

	if (!ops || !ops->response)
		return;
	if (!s) {
		ops->response(leg->ctx, status, NULL);
		return;
	}
	msg = nta_outgoing_getresponse(leg->invite_out);
	sip_msg_read(leg->sip, &m, msg, s);
	ops->response(leg->ctx, status, &m);
	msg_destroy(msg);
}

/* RFC 6228: it will not answer. The last one stays until there is another. */
static void end_fork(struct sip_leg *leg, struct fork *f)
{
	f->ended = leg->forks == f && !f->next;
	if (!f->ended)
		forget_fork(leg, f);
}

bool sip_uac_lose_fork(struct sip_leg *leg, msg_t *msg, const sip_t *s)
{
	struct fork *f = s->sip_to->a_tag ? find_fork(leg, s->sip_to->a_tag) : NULL;
	struct sip_msg m;

	if (leg->state != LEG_UAC_CALLING || !leg->forks->next)
		return false;
	if (f)
		end_fork(leg, f);
	sip_msg_read(leg->sip, &m, msg, s);
	m.status = SIP_EARLY_DIALOG_TERMINATED;
	if (leg->ops && leg->ops->response)
		leg->ops->response(leg->ctx, m.status, &m);
	return true;
}

void sip_leg_focus(struct sip_leg *leg, const char *to_tag)
{
	struct fork *f = find_fork(leg, to_tag), **at = &leg->forks;

	if (!f)
		return;
	while (*at != f)
		at = &(*at)->next;
	*at = f->next;
	f->next = leg->forks;
	leg->forks = f;
}

static void provisional(struct sip_leg *leg, int status, const sip_t *s)
{
	bool reliable = s->sip_rseq && sip_has_feature(s->sip_require, "100rel");
	struct fork *f = fork_of(leg, s, false);

	if (reliable && !f)
		return;
	if (reliable) {
		if (!reliable_in_order(f, s->sip_rseq->rs_response))
			return;
		prack(leg, f, s);
	}
	if (!f && s->sip_to->a_tag)	/* more than we follow */
		return;
	leg->peer_options |= sip_options_of(s);
	if (reliable && sip_has_sdp(s))
		f->settled = true;
	if (status == SIP_EARLY_DIALOG_TERMINATED && f)
		end_fork(leg, f);
	tell(leg, leg->ops, status, s);
}

/* --- final responses --- */

/* A 2xx without Contact breaks RFC 3261 12.1.1; the peer is then where the INVITE went. */
static void target_from_route(struct sip_leg *leg)
{
	const char *transport =
		leg->sip->listener[leg->listener].transport == SIP_TCP ? "tcp" : "udp";
	su_home_t home[1] = { SU_HOME_INIT(home) };
	sip_contact_t *target =
		sip_contact_format(home, "<sip:%s;transport=%s>", leg->peer, transport);

	if (target)
		nta_leg_client_reroute(leg->forks->dialog, NULL, target, 0);
	su_home_deinit(home);
}

static void take_answer(struct sip_leg *leg, const sip_t *s)
{
	struct fork *f = fork_of(leg, s, true);

	choose_fork(leg, f ? f : leg->forks);
	sip_reinvite_chosen(leg);
	if (!s->sip_contact)
		target_from_route(leg);
	leg->peer_options |= sip_options_of(s);
}

static void drop_invite(struct sip_leg *leg)
{
	nta_outgoing_t *orq = leg->invite_out;

	leg->invite_out = NULL;
	nta_outgoing_destroy(orq);
}

static void answered(struct sip_leg *leg, int status, const sip_t *s)
{
	take_answer(leg, s);
	leg->offered = false;
	if (!leg->we_offered && sip_has_sdp(s)) {
		leg->state = LEG_UAC_ACK_OWED;
		tell(leg, leg->ops, status, s);
		return;
	}
	leg->state = LEG_UP;
	sip_send_ack(leg, leg->invite_out, NULL);
	tell(leg, leg->ops, status, s);
	if (leg->state == LEG_UP)
		drop_invite(leg);
}

static void failed(struct sip_leg *leg, int status, const sip_t *s)
{
	const struct sip_leg_ops *ops = sip_leg_detach(leg, LEG_GONE);

	if (nta_sip_is_internal(s)) {
		status = status == 408 ? 408 : 503;
		s = NULL;
	}
	tell(leg, ops, status, s);
}

/* --- giving up --- */

static void send_cancel(struct sip_leg *leg)
{
	nta_outgoing_t *orq;

	orq = nta_outgoing_tcancel(leg->invite_out, NULL, NULL,
				   SIPTAG_HEADER_STR(leg->last_words->headers), TAG_END());
	sip_trace_request(leg->sip, orq);
	leg->cancel_sent = true;
	sip_kick(leg->sip);
}

static void response_after_all(struct sip_leg *leg, int status, const sip_t *s)
{
	if (status < 200) {
		if (!leg->cancel_sent)
			send_cancel(leg);
		return;
	}
	if (status < 300) {
		take_answer(leg, s);
		sip_send_ack(leg, leg->invite_out, NULL);
		sip_send_bye(leg, leg->last_words);
	}
	leg->state = LEG_GONE;
}

int sip_uac_response(struct sip_leg *leg, nta_outgoing_t *orq, const sip_t *s)
{
	int status = s && s->sip_status ? s->sip_status->st_status : 408;

	if (status <= 100 && leg->state != LEG_UAC_CANCELLED) {
		if (leg->guard)
			osmo_timer_del(leg->guard);
		return 0;
	}
	sip_leg_enter(leg);
	if (leg->guard)
		osmo_timer_del(leg->guard);
	if (s && s->sip_to && !leg->peer_identity)
		leg->peer_identity = sip_identity_of(s->sip_to);
	if (s && status >= 300 && !nta_sip_is_internal(s))
		sip_trace_ack(leg->sip, orq, s);
	if (leg->state == LEG_UAC_CANCELLED)
		response_after_all(leg, status, s);
	else if (leg->state != LEG_UAC_CALLING)
		;
	else if (status < 200)
		provisional(leg, status, s);
	else if (status < 300)
		answered(leg, status, s);
	else
		failed(leg, status, s);
	sip_leg_exit(leg);
	return 0;
}

/* Before its answer: CANCEL, as soon as that is allowed. After an answer that awaits our ACK: ACK
 * and BYE. */
void sip_uac_release(struct sip_leg *leg, const struct sip_content *c)
{
	if (leg->state == LEG_UAC_ACK_OWED) {
		sip_leg_detach(leg, LEG_GONE);
		sip_send_ack(leg, leg->invite_out, NULL);
		sip_send_bye(leg, c);
		return;
	}
	sip_leg_detach(leg, LEG_UAC_CANCELLED);
	leg->last_words = c;
	if (nta_outgoing_status(leg->invite_out) >= 100)
		send_cancel(leg);
}

/* Nothing was heard, and no timer of the stack will tell. */
void sip_uac_silence(struct sip_leg *leg)
{
	sip_leg_enter(leg);
	if (leg->state == LEG_UAC_CALLING)
		tell(leg, sip_leg_detach(leg, LEG_GONE), 408, NULL);
	leg->state = LEG_GONE;
	sip_leg_exit(leg);
}

int sip_leg_ack(struct sip_leg *leg, const struct sip_out *out)
{
	struct sip_content *c;

	if (leg->state != LEG_UAC_ACK_OWED)
		return -EINVAL;
	c = sip_content_new(leg, out);
	if (!c)
		return -EINVAL;
	leg->state = LEG_UP;
	sip_send_ack(leg, leg->invite_out, c);
	talloc_free(c);
	drop_invite(leg);
	return 0;
}
