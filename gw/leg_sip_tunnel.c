/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP in the bodies of a SIP leg: does the peer take part in it, what comes in INFO and goes by it
 * (RFC 3398 13), and bodies that cannot be used (RFC 3204 5). */
#include <errno.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip_in.h"
#include "gw/uri.h"

static void count(const struct leg_sip *l, enum body_counter c, unsigned int n)
{
	l->leg.trunk->gw->body_counter[c] += n;
}

/* SIP-I: always; SIP-T: a peer that has shown it (RFC 3398 5.1, 13). */
enum map_with_isup leg_sip_with_isup(const struct leg_sip *l)
{
	const struct leg_sip_tunnel *t = &l->tunnel;
	enum map_isup_body body = profile(l)->isup_body;

	if (t->declined || body == MAP_ISUP_NONE || (body == MAP_ISUP_SIP_T && !t->shown))
		return MAP_WITHOUT_ISUP;
	return t->progressed ? MAP_WITH_ISUP_PROGRESSED : MAP_WITH_ISUP;
}

/* --- received --- */

static void log_unused(struct leg_sip *l, const struct sip_msg *msg,
		       const struct map_body_note *note)
{
	char more[ISUP_LIMIT_TEXT], what[16];
	const char *name = msg->method == SIP_INVITE ? "INVITE" : msg->method == SIP_BYE ? "BYE" :
			   msg->method == SIP_INFO ? "INFO" : "request";

	if (!isup_limit_pass(&l->leg.trunk->limit, note->why, 0, ISUP_LIMIT_BAD, more))
		return;
	snprintf(what, sizeof(what), "%d", msg->status);
	LOGP(DCALL, LOGL_NOTICE, "%s Call-ID %s: ISUP in %s %s: %s%s%s, octet %zu%s\n",
	     l->leg.trunk->name, l->call_id ? l->call_id : "-", msg->status ? what : name,
	     note->required ? "refused" : "ignored", note->why, note->par ? ", " : "",
	     note->par ? note->par : "", note->at, more);
}

bool leg_sip_saw_body(struct leg_sip *l, const struct sip_msg *msg, bool has_isup)
{
	struct map_body_note note;

	if (has_isup) {
		l->tunnel.shown = true;
		count(l, BODY_CTR_TAKEN, 1);
	}
	if (!msg || !msg->body_len || !map_body_unused(&note, msg, profile(l)))
		return false;
	count(l, note.required ? BODY_CTR_REFUSED : BODY_CTR_IGNORED, 1);
	log_unused(l, msg, &note);
	return note.required;
}

/* The other side asks what only this peer could know, and it cannot be asked: INF that nothing is
 * known (Q.764 2.1.6). */
static void nothing_known(struct leg_sip *l, const struct isup_msg *inr,
			  void (*tell)(struct leg_sip *l, const struct cc_prim *prim))
{
	const struct isup_info info = {};
	struct isup_msg inf;
	const struct cc_prim prim = { .type = CC_INFO, .isup = &inf };

	isup_init(&inf, inr->dialect, ISUP_MT_INF, 0);
	if (isup_set(&inf, ISUP_P_INFO, &info) == 0)
		tell(l, &prim);
}

int leg_sip_info_status(void *ctx, const struct sip_msg *msg, struct sip_out *answer)
{
	struct leg_sip *l = ctx;
	struct cc_prim prim;
	struct isup_msg isup;
	bool has = map_info_to_prim(&prim, &isup, msg, profile(l));

	if (!leg_sip_saw_body(l, msg, has) || has)
		return 200;
	map_invite_refused(answer, 415, profile(l));
	return 415;
}

/* The peer wants to hear that nobody here knows its message. */
static void confused(struct leg_sip *l, const struct sip_msg *msg)
{
	struct isup_msg cfn;
	const struct cc_prim prim = { .type = CC_INFO, .isup = &cfn };

	if (map_info_to_confusion(&cfn, msg, profile(l)))
		leg_sip_tunnel(l, &prim);
}

void leg_sip_on_info(void *ctx, const struct sip_msg *msg)
{
	struct leg_sip *l = ctx;
	struct cc_prim prim = {};
	struct isup_msg isup;

	if (leg_sip_collect_info(l, msg))
		return;
	confused(l, msg);
	if (!map_info_to_prim(&prim, &isup, msg, profile(l)))
		LOG_LEG(l, LOGL_INFO, "INFO of type %s dropped\n",
			msg->content_type ? msg->content_type : "-");
	else if (isup.type == ISUP_MT_INR && !map_passes_inr(profile(l)))
		nothing_known(l, &isup, leg_sip_tunnel);
	else
		up(l, &prim);
}

bool leg_sip_inside(struct leg_sip *l, struct cc_prim *prim, struct isup_msg *isup,
		    const struct sip_msg *msg)
{
	struct cc_prim inner;
	bool has = map_info_to_prim(&inner, isup, msg, profile(l)) && inner.type != CC_RELEASE;

	prim->isup = has ? isup : NULL;
	return !leg_sip_saw_body(l, msg, has) || has;
}

/* --- sent --- */

static void untold(struct leg_sip *l, const struct isup_msg *m, const char *why)
{
	count(l, BODY_CTR_UNTOLD, 1);
	LOG_LEG(l, LOGL_INFO, "%s not tunnelled: %s\n", isup_mt_name(m->dialect, m->type), why);
}

void leg_sip_carries(struct leg_sip *l, const struct isup_msg *m)
{
	unsigned int lost;

	if (!m)
		return;
	lost = map_body_lost(m, profile(l));
	if (lost <= m->n_pars)
		count(l, BODY_CTR_LOST, lost);
}

static void send_info(struct leg_sip *l, const struct isup_msg *m)
{
	const struct cc_prim prim = { .type = CC_INFO, .isup = m };
	struct sip_out out;
	int rc;

	if (map_prim_to_info(&out, &prim, profile(l)) < 0) {
		untold(l, m, "the peer cannot be told it");
		return;
	}
	leg_sip_carries(l, m);
	rc = sip_leg_info(l->sip, &out);
	if (rc < 0)
		untold(l, m, strerror(-rc));
}

/* Until the called side has shown itself there is nobody to tell; the order is kept. */
static void hold(struct leg_sip *l, const struct isup_msg *m)
{
	struct leg_sip_tunnel *t = &l->tunnel;

	if (t->n_held == LEG_SIP_MAX_HELD ||
	    !(t->held[t->n_held] = talloc_memdup(l, m, sizeof(*m)))) {
		untold(l, m, "too many wait for the called side");
		return;
	}
	t->n_held++;
}

void leg_sip_tunnel_held(struct leg_sip *l)
{
	struct leg_sip_tunnel *t = &l->tunnel;
	bool with = leg_sip_with_isup(l) != MAP_WITHOUT_ISUP;
	unsigned int i;

	if (!with && !l->answered)	/* it may show itself yet */
		return;
	for (i = 0; i < t->n_held; i++) {
		if (with)
			send_info(l, t->held[i]);
		else
			untold(l, t->held[i], "the peer has shown no ISUP");
		TALLOC_FREE(t->held[i]);
	}
	t->n_held = 0;
}

/* The first message toward the caller rides in a 183, for INFO wants a dialog. */
static void respond_first(struct leg_sip *l, const struct isup_msg *m)
{
	const struct cc_prim first = { .type = CC_PROGRESS, .isup = m };

	leg_sip_respond(l, &first);
	l->tunnel.progressed = false;	/* it was not told of progress */
}

void leg_sip_tunnel(struct leg_sip *l, const struct cc_prim *prim)
{
	const struct isup_msg *m = prim->isup;
	const struct map_profile *p = profile(l);
	bool with = leg_sip_with_isup(l) != MAP_WITHOUT_ISUP && !l->tunnel.no_info;
	bool waits = l->outgoing && !l->answered && !l->tunnel.declined &&
		     p->isup_body != MAP_ISUP_NONE && (!l->progressed || !with);

	if (!m || !map_tunnels(m, p))
		return;
	if (waits && !l->tunnel.no_info)
		hold(l, m);
	else if (!with && m->type == ISUP_MT_INR)
		nothing_known(l, m, up);
	else if (!with)
		count(l, BODY_CTR_UNTOLD, p->isup_body != MAP_ISUP_NONE);
	else if (!l->outgoing && !l->progressed && !l->answered)
		respond_first(l, m);
	else
		send_info(l, m);
}

/* RFC 3398 13: a peer that does not know INFO, or no ISUP in it, is asked no more; the call goes
 * on. */
void leg_sip_on_info_refused(void *ctx, int status)
{
	struct leg_sip *l = ctx;

	if (status != 405 && status != 501 && status != 415)
		return;
	l->tunnel.no_info = true;
	LOG_LEG(l, LOGL_NOTICE, "INFO was answered by %d, no more is tunnelled\n", status);
}

/* --- an INVITE that was refused for its body (RFC 3204 5, RFC 3398 5.1) --- */

static bool lists_isup(const char *accept)
{
	struct span rest = span_of(accept), item;

	while (span_element(&item, &rest, ',')) {
		struct span type = span_trim(span_until(&item, ';'));

		if (span_is(type, "application/isup") || span_is(type, "multipart/mixed") ||
		    span_is(type, "multipart/*") || span_is(type, "*/*"))
			return true;
	}
	return false;
}

/* 415, or a status that says by its Accept that such bodies are not for it. */
static bool refuses_body(int status, const struct sip_msg *msg)
{
	if (!msg)
		return false;
	return status == 415 ||
	       ((status == 406 || status == 420) && msg->accept && !lists_isup(msg->accept));
}

bool leg_sip_body_declined(struct leg_sip *l, int status, const struct sip_msg *msg)
{
	const struct map_profile *p = profile(l);

	if (!l->tunnel.sent || l->tunnel.declined || !refuses_body(status, msg))
		return false;
	l->tunnel.declined = true;
	LOG_LEG(l, LOGL_NOTICE, "%s takes no ISUP (%d)%s\n", l->peer, status,
	     p->isup_required ? "" : ", trying without it");
	if (!p->isup_required)
		count(l, BODY_CTR_DECLINED, 1);
	return true;
}
