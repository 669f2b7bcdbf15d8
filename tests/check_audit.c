/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gateway's audit: a call, a circuit or a media context that lost its other half is found by
 * the pass in the background, named, counted, freed; and there is a record. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/audit.h"
#include "gw/leg_isup.h"
#include "gw/log.h"
#include "tests/flow/fake_media.h"
#include "tests/flow/fake_sip.h"
#include "tests/flow/lab.h"
#include "tests/suite.h"

enum { INTERVAL_S = 5 };

static struct lab lab;
static void *ctx;
static char logged[4096];

static void on_log(struct log_target *target, unsigned int level, const char *text)
{
	if (strstr(text, "audit: "))
		osmo_strlcpy(logged + strlen(logged), text, sizeof(logged) - strlen(logged));
}

static void setup(void)
{
	static struct log_target *target;

	osmo_init_logging2(NULL, &tollgate_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	target = log_target_create();
	target->output = on_log;
	log_set_all_filter(target, 1);
	log_set_log_level(target, LOGL_ERROR);
	log_add_target(target);
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time.tv_sec = 1000;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	ck_assert_int_eq(isup_fsm_init(DISUP), 0);
	ck_assert_int_eq(call_init(), 0);
	ctx = talloc_named_const(NULL, 0, "check_audit");
	lab_open(&lab, ctx);
	lab_media(&lab);
	lab.cfg->audit_interval_s = INTERVAL_S;
	lab.unaudited = true;
}

static void teardown(void)
{
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
}

/* Time passes as in the lab, without its own audit. */
static void pass_time(unsigned int seconds)
{
	while (seconds--) {
		osmo_clock_override_add(CLOCK_MONOTONIC, 1, 0);
		osmo_gettimeofday_override_add(1, 0);
		osmo_timers_prepare();
		osmo_timers_update();
		mtp_pipe_run(lab.pstn);
	}
}

static void receive(const char *text)
{
	struct isup_msg m;
	const char *why = NULL;
	int line;

	ck_assert_int_eq(isup_parse(&m, &isup_itu, text, &why, &line), 0);
	lab_pstn_send(&lab, LAB_DPC, &m);
}

/* A call on circuit 1 that rings in the SIP network. */
static struct leg_isup *call_in(void)
{
	struct call *c;

	receive("IAM cic=1; NCI; FCI isup_all_the_way=1; CPC value=10; TMR value=3; "
		"CdPN nai=3 npi=1 inn=0 8912345");
	c = call_next(lab.gw, NULL);
	ck_assert_ptr_nonnull(c);
	return (struct leg_isup *)call_leg(c, false);
}

static bool was_sent(uint8_t type)
{
	bool seen = false;

	for (unsigned int i = 0; i < lab.n_pstn; i++)
		seen |= lab.from_gw[i].octets[2] == type;
	lab.n_pstn = 0;
	return seen;
}

static void all_is_well(unsigned int records)
{
	struct audit_result r;
	char line[2048];
	FILE *f;

	if (was_sent(ISUP_MT_REL))
		receive("RLC cic=1");
	ck_assert_str_eq(lab_busy_circuits(&lab), "");
	ck_assert_uint_eq(lab.gw->n_calls, 0);
	ck_assert_uint_eq(fake_media_contexts(lab.media), 0);
	audit_now(&r, lab.gw, NULL);
	ck_assert_uint_eq(r.found, 0);
	ck_assert_uint_eq(r.circuits, 22);
	f = fopen(lab.cdr_path, "r");
	for (unsigned int n = 0; fgets(line, sizeof(line), f); n++)
		ck_assert_uint_lt(n, records);
	fclose(f);
	lab_close(&lab);
}

static void named(const char *text)
{
	ck_assert_msg(strstr(logged, text) != NULL, "\"%s\" is not in the log: %s", text, logged);
}

START_TEST(call_without_circuit)
{
	call_in()->ic = NULL;
	pass_time(INTERVAL_S + 1);
	ck_assert_uint_eq(audit_counter(lab.gw, AUDIT_CALL_CIRCUIT), 1);
	ck_assert_uint_eq(isup_counter(lab.gw->isup, ISUP_CTR_AUDIT_CALL), 1);
	named("the call has lost its circuit");
	named("in pstn/1");
	named("pstn/1: audit: incoming");
	all_is_well(1);
}
END_TEST

/* The circuit was freed behind the leg's back. */
START_TEST(call_of_a_circuit_gone)
{
	struct leg_isup *l = call_in();
	struct isup_call *ic = l->ic;

	isup_call_bind(ic, NULL, NULL);
	isup_call_release_cause(ic, 16, 2);
	mtp_pipe_run(lab.pstn);
	ck_assert(was_sent(ISUP_MT_REL));
	receive("RLC cic=1");
	pass_time(INTERVAL_S + 1);
	ck_assert_uint_eq(audit_counter(lab.gw, AUDIT_CALL_CIRCUIT), 1);
	ck_assert(!was_sent(ISUP_MT_REL));
	all_is_well(1);
}
END_TEST

START_TEST(call_without_media)
{
	struct leg_isup *l = call_in();

	media_close(l->media);
	l->media = NULL;
	pass_time(INTERVAL_S + 1);
	ck_assert_uint_eq(audit_counter(lab.gw, AUDIT_CALL_MEDIA), 1);
	named("the circuit has no media context");
	all_is_well(1);
}
END_TEST

START_TEST(media_without_call)
{
	const struct media_open o = { .trunk_group = "x", .cic = 9, .call_id = "1",
				      .mode = MEDIA_RECVONLY };
	static struct leg_isup nobody;

	ck_assert(fake_media_do(lab.media, "slow"));
	ck_assert_ptr_nonnull(media_open(lab.media, &o, &leg_isup_media_ops, &nobody));
	pass_time(INTERVAL_S + 1);
	ck_assert_uint_eq(audit_counter(lab.gw, AUDIT_MEDIA_CALL), 1);
	named("a context that no call has");
	all_is_well(0);
}
END_TEST

/* Another one's contexts are none of our business. */
START_TEST(media_of_others)
{
	const struct media_open o = { .trunk_group = "x", .cic = 9, .call_id = "1",
				      .mode = MEDIA_RECVONLY };
	static const struct media_ops others;
	struct media_ctx *mc;

	ck_assert(fake_media_do(lab.media, "slow"));
	mc = media_open(lab.media, &o, &others, NULL);
	pass_time(2 * INTERVAL_S);
	ck_assert_uint_eq(fake_media_contexts(lab.media), 1);
	ck_assert_uint_eq(audit_counter(lab.gw, AUDIT_MEDIA_CALL), 0);
	media_close(mc);
	all_is_well(0);
}
END_TEST

START_TEST(seizure_without_call)
{
	struct trunk *t = gw_trunk_find(lab.gw, "pstn");
	struct isup_circuit *c;

	ck_assert_int_eq(trunk_hunt(&c, t, NULL), 0);
	pass_time(INTERVAL_S + 1);
	ck_assert_uint_eq(isup_counter(lab.gw->isup, ISUP_CTR_AUDIT_SEIZURE), 1);
	named("pstn/1: audit: seized");
	all_is_well(0);
}
END_TEST

START_TEST(call_too_long)
{
	call_in();
	lab.cfg->audit_longest_call_s = 12;
	pass_time(10);
	ck_assert_uint_eq(lab.gw->n_calls, 1);
	pass_time(4 + INTERVAL_S);
	ck_assert_uint_eq(audit_counter(lab.gw, AUDIT_CALL_LONG), 1);
	named("the call lasts too long");
	all_is_well(1);
}
END_TEST

START_TEST(switched_off)
{
	struct audit_result r;

	lab.cfg->audit_interval_s = 0;
	call_in()->ic = NULL;
	pass_time(100);
	ck_assert_str_eq(logged, "");
	audit_now(&r, lab.gw, gw_trunk_find(lab.gw, "multi"));
	ck_assert_uint_eq(r.found, 0);
	ck_assert_uint_eq(r.circuits, 4);
	ck_assert_uint_eq(r.calls, 0);
	audit_now(&r, lab.gw, gw_trunk_find(lab.gw, "pstn"));
	ck_assert_uint_eq(r.found, 2);			/* the circuit's half and the call's */
	ck_assert_uint_eq(r.calls, 1);
	mtp_pipe_run(lab.pstn);
	all_is_well(1);
}
END_TEST

/* Calls end and begin while the pass is on its way through them. */
START_TEST(calls_come_and_go)
{
	static const uint16_t cics[] = { 1, 2, 3, 4 };
	char text[160];

	for (unsigned int i = 0; i < 40; i++) {
		snprintf(text, sizeof(text),
			 "IAM cic=%u; NCI; FCI isup_all_the_way=1; CPC value=10; TMR value=3; "
			 "CdPN nai=3 npi=1 inn=0 8912345",
			 cics[i % 4]);
		receive(text);
		pass_time(1);
		snprintf(text, sizeof(text), "REL cic=%u; CAI coding=0 location=4 value=16",
			 cics[i % 3]);
		receive(text);
		lab.n_pstn = 0;
		lab.found = 0;
	}
	while (lab.gw->n_calls)
		call_clear(call_next(lab.gw, NULL), "the test is over");
	ck_assert_str_eq(logged, "");
	lab_close(&lab);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("audit");
	TCase *tc = tcase_create("audit");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, call_without_circuit);
	tcase_add_test(tc, call_of_a_circuit_gone);
	tcase_add_test(tc, call_without_media);
	tcase_add_test(tc, media_without_call);
	tcase_add_test(tc, media_of_others);
	tcase_add_test(tc, seizure_without_call);
	tcase_add_test(tc, call_too_long);
	tcase_add_test(tc, switched_off);
	tcase_add_test(tc, calls_come_and_go);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
