/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Once a second: the stack accepts every TCP connection, so those that may not speak, and those
 * beyond the limit, are closed here; and a provisional response is repeated every minute (120 T1),
 * lest proxies cancel the call (RFC 3261 13.3.1.1). The stack would do the latter, too, but walks a
 * sorted list for it. */
#include <errno.h>
#include <string.h>

#include "gw/sip_dialog.h"

enum { TICK_MS = 1000, MAX_CONNECTIONS = 2000, REPEAT_T1 = 120 };

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

static void sweep(struct sip *sip)
{
	tport_t *tp;
	unsigned int open = 0;

	for (tp = tport_primaries(nta_agent_tports(sip->agent)); tp; tp = tport_next(tp)) {
		if (tport_is_tcp(tp))
			open = sweep_listener(sip, tp, open);
	}
}

static void repeat(struct sip *sip)
{
	uint64_t now = sip_now_us() / 1000;
	struct sip_leg *leg;

	llist_for_each_entry(leg, &sip->legs, entry) {
		if (leg->state == LEG_UAS_RINGING && leg->replied_ms &&
		    now - leg->replied_ms >= (uint64_t)REPEAT_T1 * sip->t1_ms)
			sip_reply_again(leg);
	}
}

static void on_tick(struct sip *sip, su_timer_t *timer, su_timer_arg_t *arg)
{
	sweep(sip);
	repeat(sip);
}

int sip_tick_start(struct sip *sip)
{
	sip->tick = su_timer_create(su_root_task(sip->root), TICK_MS);
	if (!sip->tick || su_timer_set_for_ever(sip->tick, on_tick, NULL) < 0)
		return -ENOMEM;
	return 0;
}

void sip_tick_stop(struct sip *sip)
{
	if (sip->tick)
		su_timer_destroy(sip->tick);
	sip->tick = NULL;
}
