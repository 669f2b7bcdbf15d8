/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The media context of an ISUP leg: opened with the circuit, cut through backward before answer,
 * both ways at answer. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/leg_isup.h"
#include "gw/sdp.h"
#include "isup/limit.h"

enum { REQUEST_PENDING = 491 };

static void keep_local(struct leg_isup *l, const char *sdp)
{
	if (!sdp || (l->local_sdp && !strcmp(l->local_sdp, sdp)))
		return;
	talloc_free(l->local_sdp);
	l->local_sdp = talloc_strdup(l, sdp);
}

static void keep_offer(struct leg_isup *l, const char *sdp)
{
	talloc_free(l->offer);
	l->offer = talloc_strdup(l, sdp);
}

/* What the exchange lets through: nothing goes to it while it holds. */
static enum sdp_dir paused(enum sdp_dir dir)
{
	return dir == SDP_SENDRECV ? SDP_SENDONLY : dir == SDP_RECVONLY ? SDP_INACTIVE : dir;
}

/* Tells the other side our SDP, as the answer to its offer. */
static void answer(struct leg_isup *l)
{
	char text[MEDIA_MAX_SDP];
	struct cc_prim prim = {
		.type = CC_MEDIA_ANSWER, .sdp = l->local_sdp, .sdp_is_answer = true,
	};
	enum sdp_dir dir = sdp_dir_reverse(l->asked_direction);

	if (l->pauses)
		dir = paused(dir);
	if (l->local_sdp && sdp_set_direction(text, sizeof(text), l->local_sdp, dir) > 0)
		prim.sdp = text;
	call_prim(l->leg.call, &l->leg, &prim);
}

static void on_opened(void *ctx, const char *local_sdp)
{
	struct leg_isup *l = ctx;

	keep_local(l, local_sdp);
	if (l->outgoing)
		leg_isup_send_iam(l);
	else
		call_offer(l->leg.call, l->local_sdp);
}

static void on_modified(void *ctx, const char *local_sdp)
{
	struct leg_isup *l = ctx;

	keep_local(l, local_sdp);
	l->pending--;
	if (l->pending)
		return;
	if (l->asked) {
		l->asked = false;
		answer(l);
	}
	if (l->falls_back)
		leg_isup_connect_late(l);
}

static void on_failed(void *ctx, uint8_t cause, const char *why)
{
	struct leg_isup *l = ctx;

	l->media = NULL;
	call_fail(l->leg.call, &l->leg, cause, l->circuit != NULL, why);
}

const struct media_ops leg_isup_media_ops = {
	.opened = on_opened, .modified = on_modified, .failed = on_failed,
};

/* The call's identity as MGCP and H.248 want it: hex digits, other for each leg. */
static void hex_id(char *buf, size_t size, const struct leg_isup *l)
{
	size_t n = 0;

	for (const char *p = call_id(l->leg.call); *p && n + 2 < size; p++)
		if (*p != '-')
			buf[n++] = *p;
	buf[n++] = l->outgoing ? '2' : '1';
	buf[n] = '\0';
}

bool leg_isup_media_open(struct leg_isup *l, const char *remote_sdp)
{
	char id[33];
	struct media_open o = {
		.trunk_group = l->leg.trunk->name,
		.cic = trunk_termination(l->at),
		.tmr = l->tmr,
		.call_id = id,
		.remote_sdp = remote_sdp,
		.mode = MEDIA_RECVONLY,
	};

	/* nothing forward before the answer, and no check tone to the caller */
	if (l->outgoing)
		o.mode = remote_sdp && !l->checks ? MEDIA_SENDONLY : MEDIA_INACTIVE;
	hex_id(id, sizeof(id), l);
	l->pending = 0;
	l->has_remote = remote_sdp != NULL;
	l->media = media_open(l->leg.trunk->media, &o, &leg_isup_media_ops, l);
	return l->media != NULL;
}

void leg_isup_media_close(struct leg_isup *l)
{
	if (l->media)
		media_close(l->media);
	l->media = NULL;
}

static void refuse(struct leg_isup *l, uint16_t status)
{
	call_prim(l->leg.call, &l->leg,
		  &(struct cc_prim){ .type = CC_MEDIA_ANSWER, .u.refused = status });
}

/* Without a context, or when the gateway does not take it, an offer is refused at once. */
static void modify(struct leg_isup *l, enum media_mode mode, const char *sdp)
{
	int rc = l->media ? media_modify(l->media, mode, sdp) : -ENODEV;
	static const char what[] = "change of media not taken";
	char more[ISUP_LIMIT_TEXT];

	if (rc == 0) {
		l->has_remote = l->has_remote || sdp;
		l->pending++;
		return;
	}
	if (isup_limit_pass(&l->leg.trunk->limit, what, 0, ISUP_LIMIT_BAD, more))
		LOG_LEG(l, LOGL_NOTICE, "%s: %s%s\n", what, strerror(-rc), more);
	if (!l->asked)
		return;
	l->asked = false;
	refuse(l, 0);
}

/* Our side has answered: speech both ways, as far as the other side has said where it is. */
void leg_isup_media_answered(struct leg_isup *l)
{
	l->answered = true;
	l->checks = false;
	TALLOC_FREE(l->offer);
	if (l->has_remote)
		modify(l, MEDIA_SENDRECV, NULL);
}

/* A word of the exchange. The first one says that the circuit is good, and may be heard. */
void leg_isup_media_heard(struct leg_isup *l, enum cc_type what)
{
	if (what == CC_CONNECT)
		leg_isup_media_answered(l);
	else if (l->checks && l->has_remote)
		modify(l, MEDIA_SENDONLY, NULL);
	l->checks = false;
}

/* Before the answer: another offer of the other side than the one it was opened with. */
bool leg_isup_media_again(struct leg_isup *l, const char *offer)
{
	unsigned int pending = l->pending;

	modify(l, l->checks ? MEDIA_INACTIVE : MEDIA_SENDONLY, offer);
	return l->pending > pending;
}

static enum media_mode early_mode(const struct leg_isup *l)
{
	return l->deaf ? MEDIA_INACTIVE : MEDIA_RECVONLY;
}

/* The media gateway decides what comes of it; whoever looks for the silence finds the reason. */
static void check_answer(const struct leg_isup *l, const char *sdp)
{
	struct sdp offer, answer;
	const char *why;

	if (!l->local_sdp || sdp_parse(&offer, l->local_sdp, strlen(l->local_sdp)) < 0)
		return;
	if (sdp_parse(&answer, sdp, strlen(sdp)) < 0)
		LOG_LEG(l, LOGL_NOTICE, "the answer to our offer is no SDP\n");
	else if (sdp_check_answer(&offer, &answer, &why) < 0)
		LOG_LEG(l, LOGL_NOTICE, "the answer does not fit our offer: %s\n", why);
}

/* The other side speaks with SDP: backward only until answer. */
void leg_isup_media_remote(struct leg_isup *l, const struct cc_prim *prim)
{
	if (!prim->sdp_is_answer && prim->type == CC_CONNECT) {
		l->asked = true;
		l->asked_direction = SDP_SENDRECV;
	}
	if (prim->sdp_is_answer)
		check_answer(l, prim->sdp);
	modify(l, prim->type == CC_CONNECT ? MEDIA_SENDRECV : early_mode(l), prim->sdp);
}

/* What the other side sends before the answer is for the caller now, or no longer. */
void leg_isup_media_early(struct leg_isup *l)
{
	modify(l, early_mode(l), NULL);
}

/* Before the answer nothing goes from the calling to the called side, whatever is offered. */
static enum media_mode mode_for(const struct leg_isup *l, enum sdp_dir remote)
{
	static const enum media_mode modes[] = {
		[SDP_SENDRECV] = MEDIA_SENDRECV, [SDP_SENDONLY] = MEDIA_RECVONLY,
		[SDP_RECVONLY] = MEDIA_SENDONLY, [SDP_INACTIVE] = MEDIA_INACTIVE,
	};

	if (l->answered)
		return modes[remote];
	return l->outgoing ? MEDIA_SENDONLY : early_mode(l);
}

/* RFC 3398 9: HOLD, SUSPEND, RESUME of the exchange, with the description that says so; in buf. */
void leg_isup_media_pause(struct leg_isup *l, struct cc_prim *prim, char *buf, size_t size)
{
	enum sdp_dir dir = l->held ? SDP_RECVONLY : SDP_SENDRECV;
	bool hold = prim->type == CC_HOLD;

	if ((!hold && prim->type != CC_SUSPEND && prim->type != CC_RESUME) || !l->answered)
		return;
	l->pauses = hold ? prim->u.held : prim->type == CC_SUSPEND;
	if (l->pauses)
		dir = paused(dir);
	if (l->local_sdp && sdp_set_direction(buf, size, l->local_sdp, dir) > 0)
		prim->sdp = buf;
}

static void new_remote(struct leg_isup *l, const struct cc_prim *prim, bool is_offer)
{
	struct sdp s;
	const struct sdp_media *m;

	if (!is_offer)
		check_answer(l, prim->sdp);
	if (sdp_parse(&s, prim->sdp, strlen(prim->sdp)) < 0 || !(m = sdp_audio(&s)) || !l->media) {
		if (is_offer)
			refuse(l, 0);
		return;
	}
	if (is_offer && l->iam) {	/* on which circuit it will be is not known yet */
		refuse(l, REQUEST_PENDING);
		return;
	}
	if (is_offer) {
		l->asked = true;
		l->asked_direction = m->dir;
	}
	if (l->offer && is_offer)
		keep_offer(l, prim->sdp);
	if (is_offer || !l->pauses)	/* else it agrees that it hears nothing */
		leg_isup_hold(l, sdp_is_hold(&s));
	modify(l, mode_for(l, m->dir), prim->sdp);
}

/* Before the answer: another offer instead of the one the context was opened with. */
void leg_isup_media_reoffer(struct leg_isup *l, const char *sdp)
{
	if (l->offer && strcmp(l->offer, sdp) == 0)
		return;
	keep_offer(l, sdp);
	modify(l, l->checks ? MEDIA_INACTIVE : MEDIA_SENDONLY, sdp);
}

/* CC_MEDIA and CC_MEDIA_ANSWER. */
void leg_isup_media_prim(struct leg_isup *l, const struct cc_prim *prim)
{
	if (prim->type == CC_MEDIA && !prim->sdp) {
		struct cc_prim offer = { .type = CC_MEDIA_ANSWER, .sdp = l->local_sdp };

		call_prim(l->leg.call, &l->leg, &offer);
		return;
	}
	if (prim->sdp)
		new_remote(l, prim, prim->type == CC_MEDIA);
}
