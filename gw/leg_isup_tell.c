/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the exchange of an ISUP leg is told, and what its subscriber hears before the answer: the
 * other side's media, or a ring tone of the media gateway. */
#include <errno.h>
#include <string.h>

#include "gw/leg_isup.h"
#include "gw/map_event.h"

static void send_msg(struct leg_isup *l, const struct isup_msg *m)
{
	int rc = isup_call_send(l->ic, m);

	if (rc < 0) {
		LOG_LEG(l, LOGL_NOTICE, "%s not sent: %s\n", isup_mt_name(m->dialect, m->type),
			strerror(-rc));
		return;
	}
	if (m->type == ISUP_MT_ACM || m->type == ISUP_MT_CPG)
		l->acm_sent = true;
	if (m->type == ISUP_MT_ANM || m->type == ISUP_MT_CON)
		l->answered = true;
}

static int make(struct leg_isup *l, struct isup_msg *m, const struct cc_prim *prim)
{
	int rc = map_prim_to_isup(m, prim, l->acm_sent, &l->leg.trunk->profile);

	if (rc == 0 && !l->asks_connected)
		map_connected_unasked(m, prim, &l->leg.trunk->profile);
	return rc;
}

void leg_isup_tell(struct leg_isup *l, const struct cc_prim *prim)
{
	bool first = !l->acm_sent;
	struct cc_prim in_band;
	struct isup_msg m;

	if (prim->type == CC_ALERT && prim->u.progress.ringback == CC_RINGBACK_GATEWAY &&
	    l->leg.trunk->cfg->ringback == CONFIG_RINGBACK_NETWORK) {
		in_band = *prim;
		map_ring_by_network(&in_band.u.progress);
		prim = &in_band;
	}
	if (!l->ic || make(l, &m, prim) < 0)
		return;
	leg_isup_bearer_tell(l, prim, &m);
	send_msg(l, &m);
	/* forwarded before address complete: ACM, then the CPG that says so (RFC 3398 8.2.3) */
	if (first && l->acm_sent && map_prim_needs_cpg(prim) && make(l, &m, prim) == 0)
		send_msg(l, &m);
}

/* --- before the answer --- */

static void no_tone(struct leg_isup *l, int rc)
{
	struct trunk *t = l->leg.trunk;

	if (rc != -EOPNOTSUPP) {
		LOG_LEG(l, LOGL_NOTICE, "no ring tone: %s\n", strerror(-rc));
	} else if (!t->toneless) {
		t->toneless = true;
		LOG_LEG(l, LOGL_NOTICE, "media gateway %s plays no ring tone; callers hear what "
			"the other side sends (said once)\n",
			t->media ? media_gw_name(t->media) : "-");
	}
}

/* A tone of our own while nobody else gives one. */
static void ring(struct leg_isup *l, const struct cc_prim *prim)
{
	bool alert = prim->type == CC_ALERT;
	bool ours = alert && prim->u.progress.ringback == CC_RINGBACK_GATEWAY;
	int rc;

	if (ours && l->leg.trunk->cfg->ringback == CONFIG_RINGBACK_GATEWAY) {
		rc = l->media ? media_tone(l->media, MEDIA_TONE_RING) : -ENODEV;
		l->rings = rc == 0;
		if (rc < 0)
			no_tone(l, rc);
	} else if (l->rings && (alert || prim->type == CC_CONNECT || prim->u.progress.in_band)) {
		l->rings = false;
		if (l->media)
			media_tone(l->media, MEDIA_TONE_NONE);
	}
}

/* PROGRESS, ALERT, CONNECT of the called side. */
void leg_isup_hear(struct leg_isup *l, const struct cc_prim *prim)
{
	bool answered = prim->type == CC_CONNECT;
	bool deaf = !answered && prim->u.progress.deaf, changed = deaf != l->deaf;

	l->deaf = deaf;
	if (prim->sdp)
		leg_isup_media_remote(l, prim);
	else if (answered)
		leg_isup_media_answered(l);
	else if (changed)
		leg_isup_media_early(l);
	ring(l, prim);
}

/* The same of an exchange, toward the calling side: what could be heard before it still can. */
void leg_isup_speaks(struct leg_isup *l, struct cc_prim *prim)
{
	if (!l->medium_open && !l->falls_back) {
		prim->sdp = l->local_sdp;
		prim->sdp_is_answer = l->has_remote;
	}
	if (prim->type == CC_CONNECT)
		return;
	prim->u.progress.in_band_before = l->tones;
	l->tones = l->tones || prim->u.progress.in_band || prim->u.progress.interworking;
}
