/* SPDX-License-Identifier: GPL-3.0-or-later */
/* INFO that we send: one at a time, the rest waits (RFC 6086; ISUP messages of a call keep their
 * order). */
#include <errno.h>
#include <string.h>

#include "gw/sip_dialog.h"

static int on_response(struct sip_leg *leg, nta_outgoing_t *orq, const sip_t *s);

static int send_info(struct sip_leg *leg, const struct sip_content *c)
{
	leg->info_out = sip_send(leg, SIP_METHOD_INFO, c, on_response);
	return leg->info_out ? 0 : -EIO;
}

static void next_info(struct sip_leg *leg)
{
	struct queued *q = sip_queue_take(&leg->infos);

	if (!q)
		return;
	send_info(leg, q->content);
	talloc_free(q);
}

/* One early dialog of several is gone. */
static bool lost_fork(struct sip_leg *leg, nta_outgoing_t *orq, const sip_t *s)
{
	msg_t *msg = nta_outgoing_getresponse(orq);
	bool lost = sip_uac_lose_fork(leg, msg, s);

	msg_destroy(msg);
	return lost;
}

static int on_response(struct sip_leg *leg, nta_outgoing_t *orq, const sip_t *s)
{
	int status = s && s->sip_status ? s->sip_status->st_status : 408;

	if (status < 200 || orq != leg->info_out)
		return 0;
	sip_leg_enter(leg);
	leg->info_out = NULL;
	if (status == 481 && lost_fork(leg, orq, s))
		;
	else if (leg->state != LEG_GONE && (status == 481 || status == 408))
		sip_leg_broken(leg, "INFO found no dialog");
	else if (status >= 300 && leg->ops && leg->ops->info_refused)
		leg->ops->info_refused(leg->ctx, status);
	nta_outgoing_destroy(orq);
	if (leg->ops && !leg->info_out)
		next_info(leg);
	sip_leg_exit(leg);
	return 0;
}

/* Does the peer know both tags? */
static bool connected(const struct sip_leg *leg)
{
	switch (leg->state) {
	case LEG_UAC_CALLING:
		return leg->forks->tagged;
	case LEG_UAS_RINGING:
		return nta_incoming_status(leg->invite_in) > 100;
	case LEG_UAC_ACK_OWED:
	case LEG_UAS_ANSWERED:
	case LEG_UP:
		return true;
	case LEG_UAC_CANCELLED:
	case LEG_UAS_BYE_OWED:
	case LEG_GONE:
		break;
	}
	return false;
}

int sip_leg_info(struct sip_leg *leg, const struct sip_out *out)
{
	struct queued q = { 0 };
	int rc;

	if (!connected(leg))
		return -ENOTCONN;
	q.content = sip_content_new(leg, out);
	if (!q.content)
		return -EINVAL;
	if (leg->info_out) {
		rc = sip_queue_add(leg, &leg->infos, NULL, &q);
		if (rc == 0)
			return 0;
	} else {
		rc = send_info(leg, q.content);
	}
	talloc_free(q.content);
	return rc;
}
