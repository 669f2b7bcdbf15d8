/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: hop counter and Max-Forwards (Q.1912.5 7.1.14, Q.764 2.1.3). One of either is not
 * forwarded: 25, or 483. */
#include <errno.h>

#include "gw/map_ident.h"

enum { HOPS_MAX = 31, FORWARDS_MAX = 255 };

/* At least 1, at most max. */
static uint8_t clamp(int n, int max)
{
	if (n < 1)
		return 1;
	return n < max ? n : max;
}

int map_hops_from_sip(struct cc_setup *s, const struct sip_msg *inv, const struct map_profile *p)
{
	uint8_t hops;

	if (inv->max_forwards >= 0)
		s->max_forwards = clamp(inv->max_forwards, FORWARDS_MAX);
	if (p->max_forwards_factor && inv->max_forwards >= 0) {
		hops = clamp(inv->max_forwards / p->max_forwards_factor, HOPS_MAX);
		/* the encapsulated one stays when fewer are left to it */
		s->hops = s->hops && s->hops < hops ? s->hops : hops;
	}
	return s->hops == 1 ? 483 : 0;
}

int map_hops_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	int forwards = p->max_forwards_factor * (s->hops - 1);

	if (s->hops == 1 || s->max_forwards == 1)
		return -ELOOP;
	if (s->max_forwards)
		out->max_forwards = s->max_forwards - 1;
	else if (s->hops && p->max_forwards_factor)
		out->max_forwards = forwards < FORWARDS_MAX ? forwards : FORWARDS_MAX;
	return 0;
}
