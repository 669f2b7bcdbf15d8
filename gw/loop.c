/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop and what ends it. */
#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>

#include <osmocom/core/select.h>
#include <osmocom/core/signal.h>
#include <osmocom/core/talloc.h>
#include <systemd/sd-daemon.h>

#include "gw/call.h"
#include "gw/log.h"
#include "gw/loop.h"
#include "gw/overload.h"
#include "gw/trunk.h"

enum { LINGER_MS = 2000, LINGER_STEP_MS = 50 };

struct loop {
	struct gw *gw;
	struct osmo_timer_list watchdog, linger;
	uint64_t watchdog_us;
	int linger_left;
	bool stopping, done;
};

static void on_watchdog(void *data)
{
	struct loop *l = data;

	sd_notifyf(0, "WATCHDOG=1\nSTATUS=%u calls", l->gw->n_calls);
	osmo_timer_schedule(&l->watchdog, l->watchdog_us / 1000000, l->watchdog_us % 1000000);
}

static bool circuits_quiet(const struct gw *gw)
{
	const struct trunk *t;

	llist_for_each_entry(t, &gw->trunks, list) {
		struct isup_circuit *c = NULL;
		struct isup_circuit_status st;

		while ((c = trunk_circuit_next(t, c))) {
			isup_circuit_status(&st, c);
			if (st.use == ISUP_CCT_RELEASING && !st.unreachable)
				return false;
		}
	}
	return true;
}

static bool sip_quiet(const struct sip *sip)
{
	return !sip || (!sip_dialogs(sip) && !sip_byes(sip));
}

/* REL and BYE want their answers before we go. */
static void on_linger(void *data)
{
	struct loop *l = data;

	l->linger_left -= LINGER_STEP_MS;
	if (l->linger_left <= 0 || (circuits_quiet(l->gw) && sip_quiet(l->gw->sip)))
		l->done = true;
	else
		osmo_timer_schedule(&l->linger, 0, LINGER_STEP_MS * 1000);
}

static void stop(struct loop *l)
{
	struct call *c, *next;

	if (l->stopping) {
		l->done = true;
		return;
	}
	l->stopping = true;
	l->gw->draining = true;
	gw_overload_look(l->gw);
	sd_notify(0, "STOPPING=1");
	LOGP(DMAIN, LOGL_NOTICE, "stopping, %u calls are released\n", l->gw->n_calls);
	for (c = call_next(l->gw, NULL); c; c = next) {
		next = call_next(l->gw, c);
		call_clear(c, "the gateway is being shut down");
	}
	l->linger_left = LINGER_MS;
	osmo_timer_schedule(&l->linger, 0, LINGER_STEP_MS * 1000);
}

static void on_signal(struct osmo_signalfd *sfd, const struct signalfd_siginfo *si)
{
	struct loop *l = sfd->data;

	switch (si->ssi_signo) {
	case SIGTERM:
	case SIGINT:
		stop(l);
		break;
	case SIGHUP:
		sd_notify(0, "RELOADING=1");
		if (l->gw->cdr)
			cdr_reopen(l->gw->cdr);
		log_targets_reopen();
		sd_notify(0, "READY=1");
		break;
	}
}

static int signals(void *ctx, struct loop *l)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -errno;
	return osmo_signalfd_setup(ctx, set, on_signal, l) ? 0 : -EIO;
}

int loop_run(void *ctx, struct gw *gw)
{
	struct loop *l = talloc_zero(ctx, struct loop);
	int rc;

	l->gw = gw;
	rc = signals(l, l);
	if (rc < 0)
		return rc;
	osmo_timer_setup(&l->watchdog, on_watchdog, l);
	osmo_timer_setup(&l->linger, on_linger, l);
	sd_notify(0, "READY=1");
	if (sd_watchdog_enabled(0, &l->watchdog_us) > 0) {
		l->watchdog_us /= 2;
		on_watchdog(l);
	}
	while (!l->done)
		osmo_select_main_ctx(0);
	osmo_timer_del(&l->watchdog);
	osmo_timer_del(&l->linger);
	return 0;
}
