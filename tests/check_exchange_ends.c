/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two exchanges back to back: made, connected, run on a virtual clock, taken away. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/timer.h>
#include <talloc.h>

#include "tests/check_exchange_ends.h"

static void *ctx;
struct end a, b;

static void preset(struct end *e, uint32_t opc, uint32_t dpc)
{
	memset(e, 0, sizeof(*e));
	e->cfg = (struct exchange_cfg){
		.dialect = &isup_itu,
		.opc = opc,
		.dpc = dpc,
		.ni = 2,
		.nai = 3,
		.called = "4930%6d",
		.calling = "4989%6d",
		.rate = 100,
		.calls = 4,
		.seed = 1,
	};
	cic_list_parse("1-31", e->cfg.cics);
	e->settings = (struct scn_settings){ .hold_ms = 500,
					     .answer_delay_ms = 200,
					     .expect_ms = 5000 };
}

void ends_setup(void)
{
	struct timespec *ts;

	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	ts = osmo_clock_override_gettimespec(CLOCK_MONOTONIC);
	ts->tv_sec = 1000;
	ts->tv_nsec = 0;
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ .tv_sec = 1000 };
	ctx = talloc_new(NULL);
	preset(&a, 2, 1);
	preset(&b, 1, 2);
}

void end_start(struct end *e, bool places)
{
	e->cfg.out = open_memstream(&e->out, &e->out_size);
	e->cfg.err = open_memstream(&e->err, &e->err_size);
	e->scn = scenario_new(ctx, &isup_itu, &e->settings, stderr);
	if (e->scenario)
		ck_assert_int_eq(scenario_add(e->scn, e->scenario), 0);
	if (e->text)
		ck_assert_int_eq(scenario_add_text(e->scn, "test", e->text), 0);
	ck_assert_int_eq(scenario_finish(e->scn), 0);
	e->cfg.place = places ? scenario_find_call(e->scn, NULL) : NULL;
	ck_assert(!places || e->cfg.place);
	e->x = exchange_new(ctx, &e->cfg, e->scn);
	ck_assert(e->x);
}

void ends_connect(void)
{
	struct mtp_user ua = exchange_mtp_user(a.x), ub = exchange_mtp_user(b.x);

	ck_assert_int_eq(mtp_pipe_pair(ctx, &a.mtp, &ua, &b.mtp, &ub), 0);
	exchange_attach(a.x, a.mtp);
	exchange_attach(b.x, b.mtp);
}

/* Let time pass: messages first, then the next timer. */
void pass(unsigned int ms)
{
	struct timespec *now = osmo_clock_override_gettimespec(CLOCK_MONOTONIC);
	uint64_t end = exchange_now() + ms * 1000ULL;
	int next;

	while (exchange_now() < end) {
		while (mtp_pipe_run(a.mtp))
			;
		osmo_timers_prepare();
		next = osmo_timers_nearest_ms();
		if (next < 0 || exchange_now() + next * 1000ULL > end)
			next = (end - exchange_now() + 999) / 1000;
		next = next ? next : 1;
		osmo_clock_override_add(CLOCK_MONOTONIC, next / 1000, next % 1000 * 1000000L);
		osmo_gettimeofday_override_add(next / 1000, next % 1000 * 1000);
		osmo_timers_prepare();
		osmo_timers_update();
	}
	while (mtp_pipe_run(a.mtp))
		;
	ck_assert(now->tv_sec >= 1000);
}

void both(const char *answers, const char *calls)
{
	a.scenario = answers;
	b.scenario = calls;
	end_start(&a, false);
	end_start(&b, true);
	ends_connect();
}

void flush(void)
{
	fflush(a.cfg.out);
	fflush(a.cfg.err);
	fflush(b.cfg.out);
	fflush(b.cfg.err);
}

static void stop(struct end *e)
{
	mtp_close(e->mtp);
	exchange_free(e->x);
	fclose(e->cfg.out);
	fclose(e->cfg.err);
	free(e->out);
	free(e->err);
	talloc_free(e->scn);
}

void ends_teardown(void)
{
	stop(&a);
	stop(&b);
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);		/* nothing left behind */
	talloc_free(ctx);
	osmo_clock_override_enable(CLOCK_MONOTONIC, false);
	osmo_gettimeofday_override = false;
}
