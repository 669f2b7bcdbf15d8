/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP back end of media_check.h: check tones, loops, and what becomes of them when the gateway
 * refuses, is silent or restarts. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "media_world.h"

struct checker {
	char told[64];
	struct world *w;
	struct media_check *again;	/* started inside the answer */
	struct media_check **stop;	/* stopped inside the answer */
};

static struct media_check *check(struct checker *x, uint16_t cic, bool pair);

static void on_done(void *ctx, enum media_check_result result, const char *why)
{
	static const char *const names[] = {
		[MEDIA_CHECK_PASSED] = "passed",
		[MEDIA_CHECK_FAILED] = "failed",
		[MEDIA_CHECK_UNABLE] = "unable",
	};
	struct checker *x = ctx;

	ck_assert(why && *why);
	strncat(x->told, names[result], sizeof(x->told) - strlen(x->told) - 1);
	if (x->stop) {
		media_check_stop(*x->stop);
		x->stop = NULL;
	}
	if (x->again == (void *)x)
		x->again = check(x, 1, false);
}

static struct media_check *check(struct checker *x, uint16_t cic, bool pair)
{
	const struct media_check_order o = { .cic = cic, .pair = pair };

	return media_check_start(x->w->gw, &o, on_done, x);
}

static void begin(struct world *w, struct checker *x, struct media_mgcp_cfg cfg)
{
	start(w, cfg);
	memset(x, 0, sizeof(*x));
	x->w = w;
}

/* What the gateway notices, to the request of that number. */
static void notify(struct world *w, const char *endpoint, const char *x, const char *events)
{
	static unsigned int tid;
	char text[200];

	snprintf(text, sizeof(text), "NTFY %u %s@gw MGCP 1.0\r\nX: %s\r\nO: %s\r\n",
		 900 + ++tid, endpoint, x, events);
	fake_say(&w->f, text);
	pass(10);
}

static unsigned int n_checks(const struct world *w)
{
	return container_of(w->gw, struct mg_gw, base)->n_checks;
}

START_TEST(tone_comes_back)
{
	struct world w;
	struct checker x;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	ck_assert_uint_eq(media_gw_can(w.gw),
			  MEDIA_CAN_LOOP | MEDIA_CAN_TRANSPOND | MEDIA_CAN_CHECK);
	ck_assert_ptr_nonnull(check(&x, 49, false));
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "RQNT "));
	ck_assert_ptr_nonnull(strstr(w.f.last, " ds/e1-1/17@gw MGCP 1.0\r\nX: 1\r\n"
					       "R: t/co1(N), t/oc(N), t/of(N)\r\nS: t/co1\r\n"));
	ck_assert_str_eq(x.told, "");
	notify(&w, "ds/e1-1/17", "2", "t/co1");		/* of another request */
	notify(&w, "ds/e1-1/18", "1", "t/co1");		/* of another endpoint */
	notify(&w, "ds/e1-1/17", "1", "g/mt");		/* not asked for */
	ck_assert_str_eq(x.told, "");
	notify(&w, "ds/e1-1/17", "1", "t/co1");
	ck_assert_str_eq(x.told, "passed");
	ck_assert_ptr_nonnull(strstr(w.f.heard, "200 RQNT:ds/e1-1/17"));
	notify(&w, "ds/e1-1/17", "1", "t/co1");
	notify(&w, "ds/e1-1/17", "2", "t/co1");
	ck_assert_str_eq(x.told, "passed");
	ck_assert_uint_eq(n_checks(&w), 0);
	stop(&w);
}
END_TEST

static const struct { const char *events, *told; bool pair; } outcomes[] = {
	{ "t/oc(t/co1)", "failed", false },
	{ "t/oc(t/co2)", "failed", false },	/* the example of RFC 3660 has it so */
	{ "T/OF", "failed", false },
	{ "t/co1, t/oc(t/co1)", "passed", false },
	{ "co1", "passed", false },
	{ "t/co2", "", false },
	{ "t/co2", "passed", true },
	{ "t/co1", "", true },
	{ "t/", "", false },
};

START_TEST(outcome)
{
	struct world w;
	struct checker x;
	struct media_check *k;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	k = check(&x, 1, outcomes[_i].pair);
	ck_assert_ptr_nonnull(k);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, outcomes[_i].pair ? "R: t/co2(N)" : "R: t/co1(N)"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "S: t/co1\r\n"));
	notify(&w, "ds/e1-0/1", "1", outcomes[_i].events);
	ck_assert_str_eq(x.told, outcomes[_i].told);
	if (!*x.told)
		media_check_stop(k);
	pass(10);
	ck_assert_uint_eq(n_checks(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(stopped)
{
	struct world w;
	struct checker x;
	struct media_check *k;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	k = check(&x, 1, false);
	pass(10);
	media_check_stop(k);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "X: 2\r\nR:\r\nS:\r\n"));
	ck_assert_uint_eq(n_checks(&w), 0);
	k = check(&x, 1, false);	/* stopped before it was answered */
	media_check_stop(k);
	media_check_stop(NULL);
	pass(10);
	ck_assert_uint_eq(n_checks(&w), 0);
	ck_assert_str_eq(x.told, "");
	stop(&w);
}
END_TEST

/* The silencing of the last tone must not silence the next one. */
START_TEST(next_tone_of_the_endpoint)
{
	struct world w;
	struct checker x;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	media_check_stop(check(&x, 1, false));
	w.f.deaf_to[MGCP_RQNT] = true;
	pass(10);
	ck_assert_uint_eq(n_checks(&w), 1);
	ck_assert_ptr_nonnull(check(&x, 1, false));
	ck_assert_uint_eq(n_checks(&w), 1);
	w.f.deaf_to[MGCP_RQNT] = false;
	w.f.heard[0] = '\0';
	pass(1000);
	ck_assert_str_eq(w.f.heard, "RQNT:ds/e1-0/1");
	ck_assert_ptr_nonnull(strstr(w.f.last, "S: t/co1\r\n"));
	notify(&w, "ds/e1-0/1", "3", "t/co1");
	ck_assert_str_eq(x.told, "passed");
	stop(&w);
}
END_TEST

START_TEST(refused)
{
	struct world w;
	struct checker x;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	w.f.refuse[MGCP_RQNT] = 518;
	ck_assert_ptr_nonnull(check(&x, 1, false));
	pass(10);
	ck_assert_str_eq(x.told, "unable");
	ck_assert_uint_eq(n_checks(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(dumb_to_tones_only)
{
	struct world w;
	struct checker x;

	begin(&w, &x, (struct media_mgcp_cfg){ .keepalive_s = 1 });
	w.f.deaf_to[MGCP_RQNT] = true;
	ck_assert_ptr_nonnull(check(&x, 1, false));
	pass(30000);
	ck_assert_str_eq(x.told, "unable");
	ck_assert(media_gw_available(w.gw));
	w.f.deaf_to[MGCP_RQNT] = false;
	pass(30000);
	ck_assert_uint_eq(n_checks(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(gateway_dies)
{
	struct world w;
	struct checker x, y = { .w = &w };
	struct media_check *second;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	ck_assert_ptr_nonnull(check(&x, 1, false));
	pass(10);
	w.f.silent = true;
	second = check(&y, 2, false);
	x.stop = &second;		/* and stops the other one, which is being told, too */
	pass(30000);
	ck_assert_str_eq(x.told, "unable");
	ck_assert_str_eq(y.told, "");
	ck_assert_uint_eq(n_checks(&w), 0);
	ck_assert_ptr_null(check(&x, 1, false));	/* away */
	stop(&w);
}
END_TEST

START_TEST(endpoints_restart)
{
	struct world w;
	struct checker x, y = { .w = &w };

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	x.again = (void *)&x;
	ck_assert_ptr_nonnull(check(&x, 1, false));
	ck_assert_ptr_nonnull(check(&y, 33, false));
	pass(10);
	fake_say(&w.f, "RSIP 700 ds/e1-0/*@gw MGCP 1.0\r\nRM: restart\r\n");
	pass(10);
	ck_assert_str_eq(x.told, "unable");
	ck_assert_str_eq(y.told, "");
	ck_assert_uint_eq(n_checks(&w), 2);
	notify(&w, "ds/e1-1/1", "2", "t/co1");
	notify(&w, "ds/e1-0/1", "3", "t/co1");
	ck_assert_str_eq(x.told, "unablepassed");
	ck_assert_str_eq(y.told, "passed");
	fake_say(&w.f, "RSIP 701 ds/e1-0/*@gw MGCP 1.0\r\nRM: forced\r\n");
	pass(10);
	ck_assert_ptr_null(check(&x, 1, false));	/* out of service */
	stop(&w);
}
END_TEST

START_TEST(closed_under_way)
{
	struct world w;
	struct checker x;

	begin(&w, &x, (struct media_mgcp_cfg){ 0 });
	ck_assert_ptr_nonnull(check(&x, 1, false));
	ck_assert_ptr_nonnull(check(&x, 2, false));
	stop(&w);
	ck_assert_str_eq(x.told, "");
}
END_TEST

START_TEST(beside_a_call)
{
	struct world w;
	struct checker x;
	struct listener l;
	struct media_ctx *mc;

	begin(&w, &x, (struct media_mgcp_cfg){ .version = "MGCP 1.0 TGCP 1.0" });
	mc = opened(&w, &l, 1, remote_offer);
	ck_assert_ptr_nonnull(check(&x, 1, false));
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "R: it/co1(N), it/oc(N), it/of(N)\r\n"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "S: it/co1\r\n"));
	notify(&w, "ds/e1-0/1", "1", "it/co1");
	ck_assert_str_eq(x.told, "passed");
	ck_assert_str_eq(l.told, "");
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

static struct media_ctx *open_test(struct world *w, struct listener *l, enum media_mode mode)
{
	const struct media_open o = { "tg", 1, 3, mode, NULL, "C0FFEE" };

	memset(l, 0, sizeof(*l));
	return media_open(w->gw, &o, &listener_ops, l);
}

START_TEST(loop)
{
	struct world w;
	struct listener l, l2;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.no_sdp = true;
	mc = open_test(&w, &l, MEDIA_LOOPBACK);
	ck_assert_ptr_nonnull(mc);
	pass(10);
	ck_assert_str_eq(l.told, "opened");
	ck_assert(!l.has_sdp);
	w.f.no_sdp = false;
	ck_assert_ptr_nonnull(strstr(w.f.last, "e:off, s:off\r\nM: loopback\r\n"));
	ck_assert_int_eq(media_modify(mc, MEDIA_LOOPBACK, NULL), -EINVAL);
	media_close(mc);
	mc = must_open(&w, &l2, 1, NULL);	/* the call follows when the loop is gone */
	pass(20);
	ck_assert_str_eq(l2.told, "opened");
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/1 DLCX:ds/e1-0/1 CRCX:ds/e1-0/1");
	ck_assert_uint_eq(w.f.n_conns, 1);
	media_close(mc);
	pass(10);
	mc = open_test(&w, &l, MEDIA_TRANSPONDER);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: conttest\r\n"));
	fake_restart(&w.f);
	fake_say(&w.f, "RSIP 702 ds/*@gw MGCP 1.0\r\nRM: restart\r\n");
	pass(10);
	ck_assert_str_eq(l.told, "opened failed:41");
	ck_assert_uint_eq(n_contexts(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(loop_refused)
{
	struct world w;
	struct listener l;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.refuse[MGCP_CRCX] = 517;
	ck_assert_ptr_nonnull(open_test(&w, &l, MEDIA_LOOPBACK));
	pass(50);
	ck_assert_str_eq(l.told, "failed:47");
	stop(&w);
}
END_TEST

static const struct { struct media_mgcp_cfg cfg; unsigned int can; const char *mode; } kinds[] = {
	{ { .endpoint = "rtpbridge/*" }, 0, NULL },
	{ { .endpoint = "$" }, 0, NULL },
	{ { .endpoint = "rtpbridge/*", .circuit_rtp_address = "192.0.2.77",
	    .circuit_rtp_base_port = 4000 }, MEDIA_CAN_LOOP, "M: loopback\r\n" },
	{ { .circuit_rtp_address = "192.0.2.77", .circuit_rtp_base_port = 4000 }, MEDIA_CAN_LOOP,
	  "M: netwloop\r\n" },
};

START_TEST(kind)
{
	struct world w;
	struct checker x;
	struct listener l;
	struct media_ctx *mc;

	begin(&w, &x, kinds[_i].cfg);
	w.f.osmo = kinds[_i].mode && strstr(kinds[_i].mode, "loopback");
	ck_assert_uint_eq(media_gw_can(w.gw), kinds[_i].can);
	ck_assert_ptr_null(check(&x, 1, false));
	ck_assert_ptr_null(open_test(&w, &l, MEDIA_TRANSPONDER));
	mc = open_test(&w, &l, MEDIA_LOOPBACK);
	ck_assert_int_eq(mc != NULL, kinds[_i].mode != NULL);
	if (mc) {
		pass(10);
		ck_assert_str_eq(l.told, "opened");
		ck_assert_ptr_nonnull(strstr(w.f.last, kinds[_i].mode));
		ck_assert_ptr_nonnull(strstr(w.f.last, "c=IN IP4 192.0.2.77\r\n"));
		ck_assert_ptr_nonnull(strstr(w.f.last, "m=audio 4002 "));
		media_close(mc);
		pass(10);
		ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	}
	stop(&w);
}
END_TEST

START_TEST(too_many)
{
	struct world w;
	struct checker x;
	unsigned int i;

	begin(&w, &x, (struct media_mgcp_cfg){ .max_contexts = 2000 });
	w.f.silent = true;
	for (i = 0; i < 1024; i++)
		ck_assert_ptr_nonnull(check(&x, i, false));
	ck_assert_ptr_null(check(&x, i, false));
	stop(&w);
}
END_TEST

int main(void)
{
	TCase *t = tcase_create("checks");

	tcase_add_test(t, tone_comes_back);
	tcase_add_loop_test(t, outcome, 0, ARRAY_SIZE(outcomes));
	tcase_add_test(t, stopped);
	tcase_add_test(t, next_tone_of_the_endpoint);
	tcase_add_test(t, refused);
	tcase_add_test(t, dumb_to_tones_only);
	tcase_add_test(t, gateway_dies);
	tcase_add_test(t, endpoints_restart);
	tcase_add_test(t, closed_under_way);
	tcase_add_test(t, beside_a_call);
	tcase_add_test(t, loop);
	tcase_add_test(t, loop_refused);
	tcase_add_loop_test(t, kind, 0, ARRAY_SIZE(kinds));
	tcase_add_test(t, too_many);
	return run_tests("media checks", t);
}
