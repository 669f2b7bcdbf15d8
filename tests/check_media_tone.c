/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP back end of media_tone(): the ring tone, and what becomes of it when packets come, the
 * call ends, the gateway refuses, is silent or restarts. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "media_world.h"

static const struct media_mgcp_cfg plain;

static unsigned int n_tones(const struct world *w)
{
	return container_of(w->gw, struct mg_gw, base)->n_tones;
}

static void asked(struct world *w, const char *text)
{
	pass(10);
	ck_assert_msg(strstr(w->f.last, text) != NULL, "%s", w->f.last);
}

static void notify(struct world *w, const char *x, const char *events)
{
	static unsigned int tid = 900;
	char text[200];

	snprintf(text, sizeof(text), "NTFY %u ds/e1-0/1@gw MGCP 1.0\r\nX: %s\r\nO: %s\r\n", tid++,
		 x, events);
	fake_say(&w->f, text);
	pass(10);
}

static const struct { const char *version, *events, *signal; } packages[] = {
	{ "MGCP 1.0", "R: r/ma@1(N)\r\n", "S: g/rt\r\n" },
	{ "MGCP 1.0 TGCP 1.0", "R: it/ma@1(N)\r\n", "S: it/rt\r\n" },
};

START_TEST(rings_and_stops)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ .version = packages[_i].version });
	mc = opened(&w, &l, 1, remote_offer);
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_NONE), 0);	/* there is none */
	w.f.heard[0] = '\0';
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), 0);
	asked(&w, packages[_i].events);
	asked(&w, packages[_i].signal);
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), 0);	/* it rings already */
	pass(10);
	ck_assert_str_eq(w.f.heard, "RQNT:ds/e1-0/1");
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_NONE), 0);
	asked(&w, "X: 2\r\nR:\r\nS:\r\n");
	ck_assert_uint_eq(n_tones(&w), 0);
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

/* The first packet has stopped it; it may ring again. */
START_TEST(packets_come)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, plain);
	mc = opened(&w, &l, 1, remote_offer);
	media_tone(mc, MEDIA_TONE_RING);
	pass(10);
	notify(&w, "7", "r/ma");	/* of another request */
	ck_assert_uint_eq(n_tones(&w), 1);
	notify(&w, "1", "r/ma@1");
	ck_assert_uint_eq(n_tones(&w), 0);
	w.f.heard[0] = '\0';
	media_tone(mc, MEDIA_TONE_NONE);
	pass(10);
	ck_assert_str_eq(w.f.heard, "");
	media_tone(mc, MEDIA_TONE_RING);
	asked(&w, "X: 2\r\n");
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

/* The circuit's next call does not hear it. */
START_TEST(call_ends)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, plain);
	mc = opened(&w, &l, 1, remote_offer);
	media_tone(mc, MEDIA_TONE_RING);
	pass(10);
	w.f.heard[0] = '\0';
	media_close(mc);
	pass(10);
	ck_assert_str_eq(w.f.heard, "RQNT:ds/e1-0/1 DLCX:ds/e1-0/1");
	ck_assert_uint_eq(n_tones(&w), 0);
	stop(&w);
}
END_TEST

/* The silencing of the last tone must not silence the next one. */
START_TEST(next_tone)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, plain);
	mc = opened(&w, &l, 1, remote_offer);
	media_tone(mc, MEDIA_TONE_RING);
	pass(10);
	w.f.deaf_to[MGCP_RQNT] = true;
	media_tone(mc, MEDIA_TONE_NONE);
	pass(10);
	ck_assert_uint_eq(n_tones(&w), 1);
	media_tone(mc, MEDIA_TONE_RING);
	ck_assert_uint_eq(n_tones(&w), 1);
	w.f.deaf_to[MGCP_RQNT] = false;
	pass(1000);
	asked(&w, "S: g/rt\r\n");
	media_close(mc);
	pass(1000);
	stop(&w);
}
END_TEST

/* Without the event the tone is asked for alone, and so for the next call; without the signal it is
 * asked for no more. */
START_TEST(refused)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, plain);
	mc = opened(&w, &l, 1, remote_offer);
	w.f.refuse[MGCP_RQNT] = 512;
	w.f.refuse_times = 1;
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), 0);
	asked(&w, "X: 2\r\nR:\r\nS: g/rt\r\n");
	ck_assert_uint_eq(n_tones(&w), 1);
	media_tone(mc, MEDIA_TONE_NONE);
	pass(10);
	media_tone(mc, MEDIA_TONE_RING);
	asked(&w, "X: 4\r\nR:\r\nS: g/rt\r\n");
	media_tone(mc, MEDIA_TONE_NONE);
	pass(10);
	w.f.refuse[MGCP_RQNT] = 522;
	w.f.refuse_times = 0;
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), 0);
	pass(10);
	ck_assert_uint_eq(n_tones(&w), 0);
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), -EOPNOTSUPP);
	ck_assert_str_eq(l.told, "");		/* the call goes on */
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

/* Another refusal says nothing about the next time. */
START_TEST(refused_now)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, plain);
	mc = opened(&w, &l, 1, remote_offer);
	w.f.refuse[MGCP_RQNT] = 400;
	w.f.refuse_times = 1;
	media_tone(mc, MEDIA_TONE_RING);
	pass(10);
	ck_assert_uint_eq(n_tones(&w), 0);
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), 0);
	asked(&w, "R: r/ma@1(N)\r\nS: g/rt\r\n");
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

START_TEST(dumb_to_tones_only)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ .keepalive_s = 1 });
	mc = opened(&w, &l, 1, remote_offer);
	w.f.deaf_to[MGCP_RQNT] = true;
	media_tone(mc, MEDIA_TONE_RING);
	pass(60000);
	ck_assert_uint_eq(n_tones(&w), 0);
	ck_assert(media_gw_available(w.gw));
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

START_TEST(gateway_dies)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, plain);
	mc = opened(&w, &l, 1, remote_offer);
	w.f.silent = true;
	media_tone(mc, MEDIA_TONE_RING);
	pass(20000);
	ck_assert_uint_eq(n_tones(&w), 0);
	ck_assert(!media_gw_available(w.gw));
	media_tone(mc, MEDIA_TONE_RING);
	media_tone(mc, MEDIA_TONE_NONE);
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

START_TEST(endpoints_restart)
{
	struct world w;
	struct listener l;

	start(&w, plain);
	media_tone(opened(&w, &l, 1, remote_offer), MEDIA_TONE_RING);
	pass(10);
	w.f.heard[0] = '\0';
	fake_say(&w.f, "RSIP 700 ds/e1-0/*@gw MGCP 1.0\r\nRM: restart\r\n");
	pass(10);
	ck_assert_str_eq(l.told, "failed:41");
	ck_assert_str_eq(w.f.heard, "200");
	ck_assert_uint_eq(n_tones(&w), 0);
	stop(&w);
}
END_TEST

static const struct media_mgcp_cfg toneless[] = {
	{ .endpoint = "rtpbridge/*" },
	{ .circuit_rtp_address = "192.0.2.77", .circuit_rtp_base_port = 20000 },
};

START_TEST(cannot)
{
	struct world w;
	struct listener l;
	struct media_ctx *mc;

	start(&w, toneless[_i]);
	w.f.osmo = toneless[_i].endpoint != NULL;
	mc = opened(&w, &l, 1, remote_offer);
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), -EOPNOTSUPP);
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

/* Nor a gateway that is none. */
START_TEST(none)
{
	const struct media_none_cfg cfg = { .name = "none" };
	void *ctx = talloc_named_const(NULL, 0, "none");
	struct media_gw *gw = media_none_open(ctx, &cfg);
	const struct media_open o = { "tg", 1, 3, MEDIA_RECVONLY, NULL, "C0FFEE" };
	struct listener l = { 0 };
	struct media_ctx *mc = media_open(gw, &o, &listener_ops, &l);

	ck_assert_ptr_nonnull(mc);
	ck_assert_int_eq(media_tone(mc, MEDIA_TONE_RING), -EOPNOTSUPP);
	media_close(mc);
	media_gw_close(gw);
	talloc_free(ctx);
}
END_TEST

int main(void)
{
	TCase *t = tcase_create("media_tone");

	tcase_add_loop_test(t, rings_and_stops, 0, ARRAY_SIZE(packages));
	tcase_add_test(t, packets_come);
	tcase_add_test(t, call_ends);
	tcase_add_test(t, next_tone);
	tcase_add_test(t, refused);
	tcase_add_test(t, refused_now);
	tcase_add_test(t, dumb_to_tones_only);
	tcase_add_test(t, gateway_dies);
	tcase_add_test(t, endpoints_restart);
	tcase_add_loop_test(t, cannot, 0, ARRAY_SIZE(toneless));
	tcase_add_test(t, none);
	return run_tests("media_tone", t);
}
