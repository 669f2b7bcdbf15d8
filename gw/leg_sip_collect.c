/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls from SIP whose digits come one after the other: each time an INVITE of the same Call-ID and
 * From tag with a longer number (RFC 3578 3.5), or an INFO within the early dialog (TS 24.229 annex
 * N). The last INVITE is the call's dialog. */
#include <string.h>

#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "gw/leg_sip_in.h"
#include "gw/map_overlap.h"
#include "gw/text.h"

enum { MAX_INVITES = 24, INCOMPLETE = 484, CAUSE_INCOMPLETE = 28 };

struct leg_sip_collect {
	struct hlist_node node;		/* by Call-ID and From tag */
	struct leg_sip *l;
	char *call_id, *from_tag;
	struct map_dialled dialled;	/* all digits so far, as the peer says them */
	uint32_t cseq;			/* of the last INVITE */
	unsigned int n;			/* INVITEs */
	bool whole;			/* no more digits are taken */
	enum overlap digits;
	struct osmo_timer_list timer;
};

/* --- all of them --- */

static uint32_t key_of(const char *call_id, const char *from_tag)
{
	return hash_text(hash_text(HASH_START, call_id), from_tag);
}

/* Only the peer that began the call goes on with it. */
static struct leg_sip_collect *find(const struct trunk *trunk, const struct sip_msg *msg)
{
	struct leg_sip_collect *c;

	if (!msg->call_id || !msg->from_tag)
		return NULL;
	hash_for_each_possible(trunk->gw->overlaps, c, node, key_of(msg->call_id, msg->from_tag))
		if (c->l->leg.trunk == trunk && strcmp(c->call_id, msg->call_id) == 0 &&
		    strcmp(c->from_tag, msg->from_tag) == 0)
			return c;
	return NULL;
}

static int forget(struct leg_sip_collect *c)
{
	hash_del(&c->node);
	osmo_timer_del(&c->timer);
	return 0;
}

/* --- time --- */

static void no_more(void *data)
{
	struct leg_sip_collect *c = data;
	struct leg_sip *l = c->l;

	c->whole = true;
	if (c->digits == OVERLAP_TOO_FEW)
		call_fail(l->leg.call, &l->leg, CAUSE_INCOMPLETE, false,
			  "no more digits came in time");
	else
		up(l, &(struct cc_prim){ .type = CC_ADDRESS, .complete = true });
}

/* Digits are sent within a dialog: the caller is given one. */
static void make_dialog(struct leg_sip *l)
{
	const struct config_trunk *cfg = l->leg.trunk->cfg;

	if (cfg->overlap == CONFIG_OVERLAP_INFO && !l->progressed)
		l->progressed = sip_leg_reply(l->sip, 183, NULL, NULL,
					      (enum sip_100rel)cfg->rel100) == 0;
}

void leg_sip_collect_digits(struct leg *leg, enum overlap digits)
{
	struct leg_sip *l = (struct leg_sip *)leg;
	struct leg_sip_collect *c = l->collect;
	unsigned int s = leg->trunk->cfg->overlap_timer_s;

	if (!c)
		return;
	c->digits = digits;
	osmo_timer_del(&c->timer);
	if (c->whole)
		return;
	make_dialog(l);			/* an exchange may take more without our waiting for them */
	if (digits != OVERLAP_COMPLETE)
		osmo_timer_schedule(&c->timer, s ? s : CONFIG_OVERLAP_TIMER_S, 0);
}

/* The called side has the whole number. */
void leg_sip_collect_told(struct leg_sip *l, const struct cc_prim *prim)
{
	struct leg_sip_collect *c = l->collect;

	if (!c || (prim->type == CC_PROGRESS && !prim->u.progress.address_complete))
		return;
	c->whole = true;
	osmo_timer_del(&c->timer);
}

static bool takes_digits(const struct leg_sip *l)
{
	return !l->collect->whole && !l->answered && call_takes_digits(l->leg.call);
}

/* --- INVITEs --- */

void leg_sip_collect_begin(struct leg_sip *l, const struct sip_msg *msg,
			   struct leg_sip_taken *taken)
{
	struct trunk *trunk = l->leg.trunk;
	struct leg_sip_collect *c;
	struct map_dialled dialled;

	if (trunk->cfg->overlap == CONFIG_OVERLAP_OFF || !taken->setup.called.digits[0] ||
	    !msg->call_id || !msg->from_tag || !map_dialled(&dialled, msg->ruri))
		return;
	c = talloc_zero(l, struct leg_sip_collect);
	if (!c)
		return;			/* the number as it is */
	c->l = l;
	c->call_id = talloc_strdup(c, msg->call_id);
	c->from_tag = talloc_strdup(c, msg->from_tag);
	c->dialled = dialled;
	c->cseq = msg->cseq;
	c->n = 1;
	osmo_timer_setup(&c->timer, no_more, c);
	hash_add(trunk->gw->overlaps, &c->node, key_of(msg->call_id, msg->from_tag));
	talloc_set_destructor(c, forget);
	l->collect = c;
	taken->setup.complete = c->whole = map_body_has_st(msg, profile(l));
}

/* The call goes on with the INVITE before. */
static void refuse(struct sip_leg *sip, int status, const struct map_profile *p)
{
	struct sip_out out;

	LOGP(DCALL, LOGL_INFO, "%s: INVITE of a call that is there is refused with %d\n",
	     sip_leg_call_id(sip), status);
	map_invite_refused(&out, status, p);
	sip_leg_reply(sip, status, NULL, &out, SIP_100REL_OFF);
}

/* The caller has begun again: as if he had given up before. false: a new call. */
static bool other_number(struct leg_sip *l, struct sip_leg *sip)
{
	uint16_t rule = map_rule(profile(l), MAP_T_OVERLAP, MAP_OV_OTHER_NUMBER);
	struct cc_prim prim = { .type = CC_RELEASE };
	struct isup_msg isup;
	bool has_isup;

	if (rule != MAP_OV_NEW_CALL) {
		refuse(sip, rule, profile(l));
		return true;
	}
	if (l->answered)
		return false;
	LOG_LEG(l, LOGL_NOTICE, "another number is dialled in its place\n");
	map_bye_to_release(&prim.u.release, &isup, &has_isup, NULL, profile(l));
	prim.u.release.sip_status = l->refuse_status = INCOMPLETE;
	up(l, &prim);
	return false;
}

/* The new INVITE takes the place of the old one, which is answered when its digits are told. */
static void replace(struct leg_sip_collect *c, struct sip_leg *sip, const struct sip_msg *msg,
		    const struct leg_sip_taken *taken, struct isup_number *more)
{
	struct leg_sip *l = c->l;
	struct sip_leg *old = l->sip;
	struct cc_prim prim = {
		.type = CC_ADDRESS, .sip = msg, .isup = taken->has_isup ? &taken->isup : NULL,
		.complete = map_body_has_st(msg, profile(l)),
		.u.digits = more->digits[0] ? more : NULL,
	};
	char *heard = l->heard;

	c->cseq = msg->cseq;
	c->n++;
	c->whole = prim.complete;
	l->heard = NULL;
	l->progressed = l->described = l->asked = false;
	TALLOC_FREE(l->sdp_told);
	sip_leg_bind(old, NULL, NULL);
	leg_sip_adopt(l, sip, msg, taken);
	if (taken->sdp[0] && (!heard || strcmp(heard, taken->sdp) != 0))
		prim.sdp = taken->sdp;
	talloc_free(heard);
	up(l, &prim);			/* which may be the end of the call */
	sip_leg_reply(old, INCOMPLETE, NULL, NULL, SIP_100REL_OFF);
}

bool leg_sip_collect_again(struct trunk *trunk, struct sip_leg *sip, const struct sip_msg *msg)
{
	struct leg_sip_collect *c = find(trunk, msg);
	const struct map_profile *p = &trunk->profile;
	enum map_grown grown = MAP_OTHER;
	struct leg_sip_taken taken;
	struct map_dialled now;
	struct isup_number more;
	int status;

	if (!c)
		return false;
	if (msg->cseq <= c->cseq) {	/* it was overtaken on its way */
		refuse(sip, INCOMPLETE, p);
		return true;
	}
	if (map_dialled(&now, msg->ruri))
		grown = map_dialled_grown(&more, &c->dialled, &now);
	if (grown == MAP_OTHER)
		return other_number(c->l, sip);
	status = takes_digits(c->l) && c->n < MAX_INVITES
			 ? leg_sip_take(&taken, msg, sip_leg_peer_supports(sip, "100rel"), trunk)
			 : map_rule(p, MAP_T_OVERLAP, MAP_OV_LATE);
	if (status) {
		refuse(sip, status, p);
		return true;
	}
	c->dialled = now;
	replace(c, sip, msg, &taken, &more);
	return true;
}

/* --- INFO --- */

/* Digits? After the answer they are the user's, not the number's. */
bool leg_sip_collect_info(struct leg_sip *l, const struct sip_msg *msg)
{
	struct leg_sip_collect *c = l->collect;
	struct cc_prim prim = { .type = CC_ADDRESS, .sip = msg };
	struct isup_number all = {};
	struct map_more m;

	if (!c || l->answered || !map_info_to_digits(&m, msg, profile(l)))
		return false;
	if (!takes_digits(l)) {
		LOG_LEG(l, LOGL_INFO, "INFO with digits comes too late\n");
		return true;
	}
	memcpy(all.digits, c->dialled.digits, sizeof(c->dialled.digits));
	overlap_append(&all, &m.digits);
	memcpy(c->dialled.digits, all.digits, sizeof(c->dialled.digits));
	c->whole = m.complete;
	prim.complete = m.complete;
	prim.isup = m.has_sam ? &m.sam : NULL;
	prim.u.digits = m.digits.digits[0] ? &m.digits : NULL;
	up(l, &prim);
	return true;
}
