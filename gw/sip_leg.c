/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Life and end of a SIP leg. A leg is freed when nobody is inside it any more, so its user may
 * release it in any op. */
#include <errno.h>
#include <string.h>

#include "gw/sip_dialog.h"

struct sip_leg *sip_leg_new(struct sip *sip, const char *call_id, const char *peer)
{
	size_t len = strlen(call_id) + 1, peer_len = strlen(peer) + 1;
	struct sip_leg *leg = talloc_zero_size(sip, sizeof(*leg) + len + peer_len);

	if (!leg)
		return NULL;
	talloc_set_name_const(leg, "struct sip_leg");
	memcpy(leg->call_id, call_id, len);
	leg->peer = memcpy(leg->call_id + len, peer, peer_len);
	leg->sip = sip;
	llist_add_tail(&leg->entry, &sip->legs);
	sip->n_legs++;
	return leg;
}

static void drop_forks(struct sip_leg *leg)
{
	struct fork *f;

	while ((f = leg->forks)) {
		leg->forks = f->next;
		nta_leg_destroy(f->dialog);
		talloc_free(f);
	}
}

/* Everything that the stack holds for the leg, except what must still be answered to the peer. */
void sip_leg_free(struct sip_leg *leg)
{
	if (leg->state != LEG_GONE)
		sip_leg_detach(leg, LEG_GONE);
	if (leg->busy)
		return;
	leg->busy = 1;	/* the stack may call back once more */
	sip_queue_drop(&leg->replies);
	sip_queue_drop(&leg->infos);
	sip_reinvite_drop(leg);
	nta_outgoing_destroy(leg->info_out);
	nta_outgoing_destroy(leg->invite_out);
	nta_reliable_destroy(leg->overtaken);
	nta_incoming_destroy(leg->invite_in);
	nta_incoming_destroy(leg->offer_in);
	nta_incoming_destroy(leg->ack_in);
	drop_forks(leg);
	if (leg->guard)
		osmo_timer_del(leg->guard);
	leg->sip->n_legs--;
	llist_del(&leg->entry);
	talloc_free(leg);
}

void sip_leg_enter(struct sip_leg *leg)
{
	leg->busy++;
}

void sip_leg_exit(struct sip_leg *leg)
{
	if (--leg->busy == 0 && leg->state == LEG_GONE)
		sip_leg_free(leg);
}

/* The leg is gone for its user: who shall be told so is returned. The leg goes on in `state` for
 * the peer's sake. */
const struct sip_leg_ops *sip_leg_detach(struct sip_leg *leg, enum leg_state state)
{
	static const struct sip_leg_ops nobody;
	const struct sip_leg_ops *ops = leg->ops;

	leg->ops = NULL;
	leg->state = state;
	return ops ? ops : &nobody;
}

/* The dialog has ended by the peer or by itself. */
void sip_leg_end(struct sip_leg *leg, msg_t *msg, const sip_t *s, const char *why)
{
	struct sip_msg m;
	const struct sip_leg_ops *ops;

	sip_leg_enter(leg);
	ops = sip_leg_detach(leg, LEG_GONE);
	if (s)
		sip_msg_read(leg->sip, &m, msg, s);
	if (ops->ended)
		ops->ended(leg->ctx, s ? &m : NULL, why);
	sip_leg_exit(leg);
}

void sip_leg_bind(struct sip_leg *leg, const struct sip_leg_ops *ops, void *ctx)
{
	leg->ops = ops;
	leg->ctx = ctx;
}

static void release(struct sip_leg *leg, int status, const struct sip_content *c)
{
	switch (leg->state) {
	case LEG_UAC_CALLING:
	case LEG_UAC_ACK_OWED:
		sip_uac_release(leg, c);
		break;
	case LEG_UAS_RINGING:
	case LEG_UAS_ANSWERED:
		sip_uas_release(leg, status, c);
		break;
	case LEG_UP:
		sip_leg_detach(leg, LEG_GONE);
		sip_send_bye(leg, c);
		break;
	case LEG_UAC_CANCELLED:
	case LEG_UAS_BYE_OWED:
	case LEG_GONE:
		break;
	}
}

void sip_leg_release(struct sip_leg *leg, int status_if_unanswered_uas, const struct sip_out *out)
{
	struct sip_content *c;

	if (!leg || leg->state == LEG_GONE)
		return;
	c = sip_content_new(leg, out);
	if (!c)
		c = sip_content_new(leg, NULL);
	sip_leg_enter(leg);
	release(leg, status_if_unanswered_uas, c);
	sip_kick(leg->sip);
	if (leg->last_words != c)
		talloc_free(c);
	sip_leg_exit(leg);
}

/* The peer does not know the dialog any more, or does not answer. */
void sip_leg_broken(struct sip_leg *leg, const char *why)
{
	const struct sip_leg_ops *ops = leg->ops;
	struct sip_content *c;

	if (leg->state == LEG_GONE)
		return;
	sip_leg_enter(leg);
	LOGP(leg->sip->log_cat, LOGL_NOTICE, "%s: %s (%s)\n", leg->call_id, why, leg->peer);
	c = sip_content_new(leg, NULL);
	release(leg, 503, c);
	if (ops && ops->ended)
		ops->ended(leg->ctx, NULL, why);
	sip_leg_exit(leg);
}

/* --- messages that wait for their turn --- */

int sip_queue_add(struct sip_leg *leg, struct queued **queue, const char *phrase,
		  const struct queued *what)
{
	size_t len = phrase ? strlen(phrase) + 1 : 1;
	struct queued *q;
	unsigned int n = 0;

	for (; *queue; queue = &(*queue)->next) {
		if (++n >= MAX_QUEUE)
			return -ENOBUFS;
	}
	q = talloc_zero_size(leg, sizeof(*q) + len);
	if (!q)
		return -ENOMEM;
	q->content = talloc_steal(q, what->content);
	q->status = what->status;
	q->reliable = what->reliable;
	memcpy(q->phrase, phrase ? phrase : "", len);
	*queue = q;
	return 0;
}

/* The first of the queue, to be freed by talloc_free(); NULL when it is empty. */
struct queued *sip_queue_take(struct queued **queue)
{
	struct queued *q = *queue;

	if (q)
		*queue = q->next;
	return q;
}

void sip_queue_drop(struct queued **queue)
{
	struct queued *q;

	while ((q = sip_queue_take(queue)))
		talloc_free(q);
}

const char *sip_leg_call_id(const struct sip_leg *leg)
{
	return leg->call_id;
}

const char *sip_leg_peer(const struct sip_leg *leg)
{
	return leg->peer;
}
