/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which ways a call from a trunk group may go, and whether it may go at all: asked without a side
 * effect, by calls and by `explain'. */
#ifndef TOLLGATE_GW_WAY_H
#define TOLLGATE_GW_WAY_H

#include "gw/gw.h"
#include "gw/overlap.h"

struct way {
	struct trunk *routes[ROUTE_MAX_CHOICES];	/* best first */
	unsigned int n_routes;
	char digits[ISUP_MAX_DIGITS + 1];	/* by which it is routed; "": a user by name */
	size_t prefix_len;			/* of them: the row of the route table */
	bool goes_on;				/* with more digits there are other rows */
	bool named;				/* the caller asked for it (RFC 4904) */
};

/* May the call be, apart from where it goes? counted: it is among the calls of gw and trunk group
 * already. 0, or the cause and *why in words. */
uint8_t way_admits(const struct trunk *in, const struct cc_setup *s, bool counted,
		   const char **why);
/* Where it goes: 0, or the cause and *why in words. */
uint8_t way_find(struct way *w, const struct trunk *in, const struct cc_setup *s, const char **why);
/* Can this trunk group take it, as far as nothing has to be seized? 0, or the cause. */
uint8_t way_takes(const struct trunk *out, const struct cc_setup *s);
/* The profile toward one of a SIP trunk group's addresses: without a name of its own the
 * Request-URI says the address. */
void way_profile(struct map_profile *p, const struct trunk *out, const struct config_target *to);
/* What the digits that have come from this trunk group are worth. */
enum overlap way_digits(const struct trunk *in, const struct cc_setup *s);

#endif
