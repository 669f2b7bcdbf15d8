/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The load of the gateway: calls, the loop's latency, SIP's admission control. */
#include <time.h>

#include "gw/gw.h"
#include "gw/log.h"
#include "gw/overload.h"
#include "isup/congestion.h"

enum { PERIOD_MS = 1000, HOLD_S = 5 };
enum { CALLS_1 = 90, CALLS_2 = 98 };	/* per cent of the most there may be */
enum { LATE_1_MS = 100, LATE_2_MS = 500 };

unsigned int overload_level(const struct overload *o)
{
	uint64_t percent = o->max_calls ? o->calls * UINT64_C(100) / o->max_calls : 0;

	if (o->draining || percent >= CALLS_2 || o->late_ms >= LATE_2_MS)
		return 2;
	return percent >= CALLS_1 || o->late_ms >= LATE_1_MS || o->sip_refused;
}

/* Not the clock of the timers, which tests move by hand. */
static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * UINT64_C(1000) + ts.tv_nsec / 1000000;
}

static uint64_t refused(const struct gw *gw)
{
	return gw->sip ? sip_counter(gw->sip, SIP_CTR_REFUSED_LOAD) : 0;
}

/* A level rises at once and falls when it has not been reached for a while. */
static void set(struct gw *gw, unsigned int level)
{
	unsigned int before = isup_overload(gw->isup);

	if (level >= before)
		gw->overload.hold = HOLD_S;
	else if (gw->overload.hold && gw->overload.hold--)
		return;
	if (level == before)
		return;
	isup_overload_set(gw->isup, level);
	LOGP(DMAIN, LOGL_NOTICE, "overload level %u\n", level);
}

static void look(struct gw *gw, unsigned int late_ms)
{
	uint64_t sip = refused(gw);
	const struct overload o = {
		.calls = gw->n_calls, .max_calls = GW_MAX_CALLS, .late_ms = late_ms,
		.sip_refused = sip - gw->overload.sip_refused, .draining = gw->draining,
	};

	gw->overload.sip_refused = sip;
	set(gw, overload_level(&o));
}

void gw_overload_look(struct gw *gw)
{
	look(gw, 0);
}

static void schedule(struct gw *gw)
{
	gw->overload.due_ms = now_ms() + PERIOD_MS;
	osmo_timer_schedule(&gw->overload.timer, PERIOD_MS / 1000, 0);
}

static void on_timer(void *data)
{
	struct gw *gw = data;
	uint64_t now = now_ms();

	look(gw, now > gw->overload.due_ms ? now - gw->overload.due_ms : 0);
	schedule(gw);
}

void gw_overload_start(struct gw *gw)
{
	osmo_timer_setup(&gw->overload.timer, on_timer, gw);
	schedule(gw);
}

void gw_overload_stop(struct gw *gw)
{
	osmo_timer_del(&gw->overload.timer);
}
