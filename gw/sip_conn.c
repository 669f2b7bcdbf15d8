/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP connections that others make to us: the stack accepts them all, so those that may not speak, and those beyond the
 * limit, are closed here soon after. */
#include <string.h>

#include "gw/sip_dialog.h"

enum { SWEEP_MS = 1000, MAX_CONNECTIONS = 2000 };

static bool welcome(struct sip *sip, const tport_t *tp)
{
	const su_addrinfo_t *ai = tport_get_address(tp);
	struct sockaddr_storage from = { 0 };

	if (!sip->user.admit || !ai || !ai->ai_addr || ai->ai_addrlen > sizeof(from))
		return true;
	memcpy(&from, ai->ai_addr, ai->ai_addrlen);
	return sip->user.admit(sip->user.ctx, &from, SIP_TCP);
}

static unsigned int sweep_listener(struct sip *sip, tport_t *listener, unsigned int open)
{
	tport_t *tp, *next;

	for (tp = tport_secondary(listener); tp; tp = next) {
		next = tport_next(tp);
		if (++open > MAX_CONNECTIONS || !welcome(sip, tp))
			tport_shutdown(tp, 2);
	}
	return open;
}

static void on_sweep(struct sip *sip, su_timer_t *timer, su_timer_arg_t *arg)
{
	tport_t *tp;
	unsigned int open = 0;

	for (tp = tport_primaries(nta_agent_tports(sip->agent)); tp; tp = tport_next(tp)) {
		if (tport_is_tcp(tp))
			open = sweep_listener(sip, tp, open);
	}
}

/* Begins when a TCP socket listens. */
int sip_sweep_start(struct sip *sip)
{
	unsigned int i;
	bool tcp = false;

	for (i = 0; i < sip->n_listen; i++)
		tcp |= sip->listener[i].transport == SIP_TCP;
	if (!tcp)
		return 0;
	sip->sweep = su_timer_create(su_root_task(sip->root), SWEEP_MS);
	if (!sip->sweep || su_timer_set_for_ever(sip->sweep, on_sweep, NULL) < 0)
		return -1;
	return 0;
}

void sip_sweep_stop(struct sip *sip)
{
	if (sip->sweep)
		su_timer_destroy(sip->sweep);
	sip->sweep = NULL;
}
