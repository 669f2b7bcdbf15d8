/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call whose digits come one after the other: collected until they can be routed, and toward SIP
 * until they are all there (RFC 3578: one INVITE). An ISUP trunk group is given them as they
 * come. */
#include <osmocom/core/fsm.h>

#include "gw/call_priv.h"
#include "gw/overlap.h"

static enum overlap digits_of(const struct call *c)
{
	const struct config_trunk *cfg = c->in->trunk->cfg;
	const struct isup_dialect *d = c->in->trunk->profile.dialect;

	/* a dialect without SAM says all in its IAM */
	if (!c->in->ops->digits || (d && isup_mt_find(d, "SAM") < 0))
		return OVERLAP_COMPLETE;
	return overlap_of(&c->setup->called, c->setup->complete, cfg->overlap_minimum,
			  cfg->overlap_maximum);
}

/* All trunk groups that may take the call are ISUP: they take further digits, too. */
static bool goes_on_in_isup(struct call *c)
{
	const char *why;
	bool transit = !call_route_find(c, &why) && call_is_transit(c);

	c->n_routes = 0;
	return transit;
}

bool call_collects(struct call *c)
{
	enum overlap digits = digits_of(c);
	bool more = digits == OVERLAP_TOO_FEW || (digits == OVERLAP_MAYBE && !goes_on_in_isup(c));

	if (c->in->ops->digits)
		c->in->ops->digits(c->in, more ? digits : OVERLAP_COMPLETE);
	return more;
}

void call_more_digits(struct call *c, const struct cc_prim *prim)
{
	if (prim->type != CC_ADDRESS)
		return;
	if (prim->u.digits)
		overlap_append(&c->setup->called, prim->u.digits);
	c->setup->complete = c->setup->complete || prim->complete;
	call_record_called(c);
}
