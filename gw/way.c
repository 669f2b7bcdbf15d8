/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which ways a call may go. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "gw/uri.h"
#include "gw/way.h"

uint8_t way_admits(const struct trunk *in, const struct cc_setup *s, bool counted,
		   const char **why)
{
	const struct gw *gw = in->gw;
	unsigned int more = counted ? 0 : 1;

	if (gw->draining) {
		*why = "the gateway is being shut down";
		return 42;
	}
	if (gw->n_calls + more > GW_MAX_CALLS ||
	    (in->cfg->max_calls && in->calls + more > in->cfg->max_calls)) {
		*why = "too many calls";
		return 42;
	}
	if (s->hops == 1) {
		*why = "hop counter used up";
		return 25;
	}
	return 0;
}

/* The trunk group that the caller asks for (RFC 4904), and no other. 0, the cause, or -ENOENT: he
 * asks for none that counts. */
static int way_named(struct way *w, const struct trunk *in, const struct cc_setup *s,
		     const char **why)
{
	struct trunk *t = s->party.to_group[0] ? gw_trunk_find(in->gw, s->party.to_group) : NULL;

	if (!s->party.to_group[0] || (!t && map_group_ignored(&in->profile)))
		return -ENOENT;
	if (!t) {
		*why = "the trunk group that was asked for is not there";
		return 1;
	}
	map_route_digits(w->digits, sizeof(w->digits), s, &in->profile);
	w->routes[w->n_routes++] = t;
	w->named = true;
	return 0;
}

uint8_t way_find(struct way *w, const struct trunk *in, const struct cc_setup *s, const char **why)
{
	void *found[ROUTE_MAX_CHOICES];

	int rc;

	*w = (struct way){};
	rc = way_named(w, in, s, why);
	if (rc >= 0)
		return rc;
	if (!in->table) {
		*why = "no route table for calls from this trunk group";
		return 3;
	}
	/* a SIP user that is no number can only take a route for any number */
	if (!s->called_user[0] &&
	    map_route_digits(w->digits, sizeof(w->digits), s, &in->profile) < 0) {
		*why = "called number cannot be routed";
		return 28;
	}
	w->n_routes = route_find(found, ROUTE_MAX_CHOICES, &w->prefix_len, in->table, w->digits);
	for (unsigned int i = 0; i < w->n_routes; i++)
		w->routes[i] = found[i];
	w->goes_on = route_goes_on(in->table, w->digits);
	if (w->n_routes)
		return 0;
	*why = "no route to this number";
	return w->digits[0] ? 3 : 1;
}

uint8_t way_takes(const struct trunk *out, const struct cc_setup *s)
{
	if (out->cfg->max_calls && out->calls >= out->cfg->max_calls)
		return 34;
	if (out->cfg->type == CONFIG_TRUNK_ISUP && !s->called.digits[0])
		return 28;
	return 0;
}

void way_profile(struct map_profile *p, const struct trunk *out, const struct config_target *to)
{
	*p = out->profile;
	if (!out->cfg->host)
		uri_host(p->host, sizeof(p->host), to->host);
}

enum overlap way_digits(const struct trunk *in, const struct cc_setup *s)
{
	const struct isup_dialect *d = in->profile.dialect;
	unsigned int minimum = in->cfg->overlap_minimum;

	if (in->cfg->type == CONFIG_TRUNK_SIP) {
		if (in->cfg->overlap == CONFIG_OVERLAP_OFF)
			return OVERLAP_COMPLETE;
		minimum = minimum ? minimum : 1;
	} else if (d && isup_mt_find(d, "SAM") < 0) {
		return OVERLAP_COMPLETE;	/* all is said in the IAM */
	}
	return overlap_of(&s->called, s->complete, minimum, in->cfg->overlap_maximum);
}
