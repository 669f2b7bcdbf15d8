/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP leg before the answer: 18x and 2xx, both ways, and the media that come with them (RFC 3398
 * 7.2.5-7.2.9, 8.2.3, 8.2.4; RFC 3262, RFC 5009, RFC 6337). */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>

#include "gw/leg_sip.h"
#include "gw/map_event.h"

enum { EARLY_DIALOG_TERMINATED = 199 };

/* --- the called side is SIP --- */

/* What a response said of early media holds until another one says otherwise (RFC 5009 8). */
static bool read_response(struct leg_sip *l, struct cc_prim *prim, struct isup_msg *isup,
			  const struct sip_msg *msg)
{
	struct sip_msg m = *msg;

	if (leg_sip_fork_deaf(l, msg) && !m.p_early_media)
		m.p_early_media = "inactive";
	if (!map_response_to_prim(prim, isup, &m, l->described, profile(l)))
		return false;
	if (msg->status < 200)
		l->deaf = prim->u.progress.deaf;
	prim->sip = msg;
	return true;
}

/* The description that its provisional responses had, reliably, so the 2xx has none. A caller
 * behind SIP may not have been told it as reliably. */
static const char *said_before(struct leg_sip *l, const struct sip_msg *msg)
{
	return l->forks ? leg_sip_fork_answers(l, msg) : l->heard;
}

void leg_sip_on_progress(struct leg_sip *l, int status, const struct sip_msg *msg)
{
	char sdp[MEDIA_MAX_SDP];
	struct isup_msg isup;
	struct cc_prim prim = {};
	int rc;

	if (status == EARLY_DIALOG_TERMINATED) {
		leg_sip_fork_ended(l, msg);
		return;
	}
	if (!read_response(l, &prim, &isup, msg))
		return;
	map_history_from_response(&prim, msg, l->told, profile(l));
	leg_sip_saw_body(l, msg, prim.isup != NULL);
	l->progressed = true;
	l->setup = NULL;		/* no other address is tried any more */
	rc = map_body_sdp(sdp, sizeof(sdp), msg);
	if (rc < 0 && status >= 200) {	/* longer than we keep: BYE */
		l->answered = true;
		call_fail(l->leg.call, &l->leg, 88, false, "the description cannot be used");
		return;
	}
	/* the offer that we asked for comes with the answer, and not before */
	prim.sdp = rc > 0 && (l->offered || status >= 200) ? sdp : NULL;
	prim.sdp_is_answer = l->offered;
	if (status < 200 && !leg_sip_fork_speaks(l, &prim, msg))
		return;
	if (status >= 200 && !prim.sdp)
		prim.sdp = said_before(l, msg);
	l->described = l->described || prim.sdp;
	leg_sip_heard(l, prim.sdp);
	if (status >= 200) {
		leg_sip_answered(l);
		l->owes_ack = !l->offered && prim.sdp;
		if (!l->offered && !prim.sdp)
			sip_leg_ack(l->sip, NULL);
	}
	leg_sip_tunnel_held(l);
	if (status >= 200 && l->forks) {	/* what prim points to lives until it is told */
		talloc_steal(OTC_SELECT, l->forks);
		l->forks = NULL;
	}
	up(l, &prim);
}

/* In an UPDATE before the answer (RFC 5009 8). */
void leg_sip_early_update(struct leg_sip *l, const struct sip_msg *msg)
{
	struct cc_prim prim;

	if (!l->outgoing || l->answered ||
	    !map_early_update(&prim, msg, l->described, profile(l)) ||
	    l->deaf == prim.u.progress.deaf)
		return;
	leg_sip_fork_set_deaf(l, prim.u.progress.deaf);
	up(l, &prim);
}

void leg_sip_on_refreshed(void *ctx, const struct sip_msg *msg)
{
	leg_sip_early_update(ctx, msg);
}

/* --- the calling side is SIP --- */

/* Our description answers the INVITE's offer in any response. As an offer it goes in a reliable one
 * or in the 2xx (RFC 3261 13.2.1), and once it has gone reliably it is not said again (RFC 6337
 * 3.1.1). */
static const char *description(const struct leg_sip *l, const struct cc_prim *prim, bool reliable)
{
	if (l->sdp_told || (prim->type != CC_CONNECT && !l->offered && !reliable))
		return NULL;
	return prim->sdp;
}

static bool has_sdp(const struct sip_out *out)
{
	return !strncasecmp(out->content_type, "application/sdp", 15) ||
	       !strncasecmp(out->content_type, "multipart/", 10);
}

/* Who answers is not who was heard: his description is told when that can be, by a re-INVITE. */
static void keep_change(struct leg_sip *l, const char *sdp)
{
	if (sdp && strcmp(sdp, l->sdp_told) != 0)
		l->sdp_next = talloc_strdup(l, sdp);
	TALLOC_FREE(l->sdp_told);
}

static int reply(struct leg_sip *l, const struct cc_prim *prim)
{
	bool reliable = sip_leg_reliable(l->sip, rel100(l)), early = prim->type != CC_CONNECT;
	struct sip_out out;
	int status = map_prim_to_response(&out, prim, description(l, prim, reliable),
					  leg_sip_with_isup(l), profile(l));
	int rc;

	if (status <= 0)
		return status;
	leg_sip_carries(l, leg_sip_with_isup(l) ? prim->isup : NULL);
	if (early && l->early_asked &&
	    map_early_put(&out, prim, l->described || has_sdp(&out)) < 0)
		return -EMSGSIZE;
	map_history_to_response(&out, prim, l->history, profile(l));
	if (!early && l->sdp_told)
		keep_change(l, prim->sdp);
	rc = sip_leg_reply(l->sip, status, NULL, &out, rel100(l));
	if (rc < 0)
		return rc;
	if (early && reliable && has_sdp(&out) && !l->sdp_told)
		l->sdp_told = talloc_strdup(l, prim->sdp);
	l->progressed = true;
	l->tunnel.progressed = true;
	l->described = l->described || has_sdp(&out);
	return 0;
}

void leg_sip_respond(struct leg_sip *l, const struct cc_prim *prim)
{
	int rc = reply(l, prim);

	if (rc < 0)
		LOG_LEG(l, LOGL_NOTICE, "%s not told: %s\n", cc_type_name(prim->type),
			strerror(-rc));
	if (prim->type != CC_CONNECT)
		return;
	if (rc < 0)
		call_fail(l->leg.call, &l->leg, 111, false, "the answer cannot be told");
	else
		leg_sip_answered(l);
}
