/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers of the calling side before the answer (UPDATE, PRACK; RFC 3311, RFC 3262): each is
 * answered, whatever becomes of the route that has it. */
#include <osmocom/core/talloc.h>

#include "gw/call_priv.h"

enum { REQUEST_PENDING = 491 };

/* There is nobody to take it now. */
void call_media_refuse(struct call *c)
{
	const struct cc_prim no = { .type = CC_MEDIA_ANSWER, .u.refused = REQUEST_PENDING };

	TALLOC_FREE(c->asked);
	c->in->ops->prim(c->in, &no);
}

void call_media_asked(struct call *c, const char *sdp)
{
	talloc_free(c->asked);
	c->asked = talloc_strdup(c, sdp);
}

/* The routes still to come are given what the called side took. */
void call_media_answered(struct call *c, const struct cc_prim *answer)
{
	if (answer->sdp && c->asked) {
		talloc_free(c->offer);
		c->offer = c->asked;
		c->asked = NULL;
	}
	TALLOC_FREE(c->asked);
}
