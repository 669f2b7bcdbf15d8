/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hold and suspension of the other side, told to a SIP leg's peer by re-INVITE (RFC 3398 9): at
 * once, or as soon as the dialog has room for it. */
#include <errno.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "gw/leg_sip.h"

enum { AGAIN_US = 200000 };

struct leg_sip_pause {
	struct leg_sip *leg;
	char *sdp;
	struct osmo_timer_list timer;
};

static int forget(struct leg_sip_pause *p)
{
	osmo_timer_del(&p->timer);
	return 0;
}

/* The ACK is still to come, or another offer is on its way: once more, later. */
static bool must_wait(const struct leg_sip *l, const char *sdp)
{
	struct sip_out out = {};
	int rc;

	if (!l->sip || map_sdp_body(&out, sdp) < 0)
		return false;
	rc = sip_leg_reinvite(l->sip, &out);
	return rc == -EBUSY || rc == -ENOTCONN;
}

static void on_timer(void *data)
{
	struct leg_sip_pause *p = data;
	struct leg_sip *l = p->leg;

	if (must_wait(l, p->sdp))
		osmo_timer_schedule(&p->timer, 0, AGAIN_US);
	else
		TALLOC_FREE(l->pause);
}

void leg_sip_pause(struct leg_sip *l, const char *sdp)
{
	TALLOC_FREE(l->pause);		/* what it would have said is old */
	if (!must_wait(l, sdp))
		return;
	l->pause = talloc_zero(l, struct leg_sip_pause);
	l->pause->leg = l;
	l->pause->sdp = talloc_strdup(l->pause, sdp);
	osmo_timer_setup(&l->pause->timer, on_timer, l->pause);
	talloc_set_destructor(l->pause, forget);
	osmo_timer_schedule(&l->pause->timer, 0, AGAIN_US);
}
