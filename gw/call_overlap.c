/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call whose digits come one after the other: collected until they can be routed, and until they
 * are all there when they go where a number is said once (RFC 3578 2). Where digits may follow
 * (SAM, overlap in SIP) the call goes on, and they are passed on. */
#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>

#include "gw/call_priv.h"
#include "gw/log.h"
#include "gw/overlap.h"
#include "gw/way.h"
#include "isup/limit.h"

/* How all trunk groups that may take the call are given further digits. */
enum onward { ONWARD_EN_BLOC, ONWARD_SAM, ONWARD_SIP };

static enum onward onward_to(const struct trunk *t)
{
	const struct isup_dialect *d = t->profile.dialect;

	if (t->cfg->type == CONFIG_TRUNK_SIP)
		return t->cfg->overlap == CONFIG_OVERLAP_OFF ? ONWARD_EN_BLOC : ONWARD_SIP;
	return t->cfg->en_bloc_only || (d && isup_mt_find(d, "SAM") < 0) ? ONWARD_EN_BLOC
									 : ONWARD_SAM;
}

/* Digits that may still change the route are waited for, too. */
static enum onward onward(const struct call *c)
{
	enum onward how = ONWARD_SAM;
	const char *why;
	struct way w;

	if (way_find(&w, c->in->trunk, c->setup, &why) || w.goes_on)
		return ONWARD_EN_BLOC;
	for (unsigned int i = 0; i < w.n_routes && how != ONWARD_EN_BLOC; i++)
		if (onward_to(w.routes[i]) != ONWARD_SAM)
			how = onward_to(w.routes[i]);
	return how;
}

bool call_collects(struct call *c)
{
	enum overlap digits = way_digits(c->in->trunk, c->setup);
	enum onward how = digits == OVERLAP_MAYBE ? onward(c) : ONWARD_EN_BLOC;
	bool more = digits == OVERLAP_TOO_FEW ||
		    (digits == OVERLAP_MAYBE && how == ONWARD_EN_BLOC);

	/* between exchanges their timers run, not ours (Q.764 2.1.4.8) */
	c->setup->awaited = digits == OVERLAP_MAYBE && how == ONWARD_SIP;
	c->in->ops->digits(c->in, more || c->setup->awaited ? digits : OVERLAP_COMPLETE);
	return more;
}

/* Each message of the peer could bring some. */
static void log_dropped(struct call *c, const char *why)
{
	char more[ISUP_LIMIT_TEXT];

	if (isup_limit_pass(&c->in->trunk->limit, why, 0, ISUP_LIMIT_BAD, more))
		LOGPFSML(c->fi, LOGL_NOTICE, "%s%s\n", why, more);
}

void call_more_digits(struct call *c, const struct cc_prim *prim)
{
	if (prim->u.digits && !overlap_append(&c->setup->called, prim->u.digits))
		log_dropped(c, "the called number is too long, digits are dropped");
	c->setup->complete = c->setup->complete || prim->complete;
	call_record_called(c);
}

bool call_takes_digits(const struct call *c)
{
	if (!c->setup || call_redirected(c))
		return false;
	return !c->out || onward_to(c->out->trunk) != ONWARD_EN_BLOC;
}

void call_pass_digits(struct call *c, const struct cc_prim *prim)
{
	enum overlap digits;

	if (!c->out || !call_takes_digits(c)) {
		log_dropped(c, "more digits, but the number has been told");
		return;
	}
	if (prim->sdp) {
		talloc_free(c->offer);
		c->offer = talloc_strdup(c, prim->sdp);
	}
	call_more_digits(c, prim);
	if (c->setup->awaited) {
		digits = way_digits(c->in->trunk, c->setup);
		c->setup->awaited = digits != OVERLAP_COMPLETE;
		c->in->ops->digits(c->in, digits);
	}
	c->out->ops->prim(c->out, prim);
}

/* ISUP takes no SAM after ACM; in SIP a 183 or 181 says nothing about the number. */
void call_address_complete(struct call *c, const struct cc_prim *prim)
{
	bool said = prim->type == CC_ALERT || prim->type == CC_CONNECT ||
		    (prim->type == CC_PROGRESS &&
		     (prim->u.progress.address_complete ||
		      c->in->trunk->cfg->type == CONFIG_TRUNK_ISUP));

	if (said && c->setup)
		c->setup->awaited = false;
}
