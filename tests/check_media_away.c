/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP back end with gateways that are silent, restart, tell by themselves, or are special. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "media_world.h"

/* --- away and back --- */

START_TEST(away_and_back)
{
	struct listener l[4];
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ .lost_after_s = 60 });
	opened(&w, &l[0], 1, remote_offer);		/* a call that talks */
	mc = opened(&w, &l[1], 2, NULL);
	opened(&w, &l[2], 3, remote_offer);
	w.f.silent = true;
	media_close(mc);
	mc = must_open(&w, &l[1], 2, NULL);	/* waits for the deletion */
	must_open(&w, &l[3], 4, NULL);
	pass(12000);
	ck_assert_str_eq(w.state, "-");
	ck_assert(!media_gw_available(w.gw));
	ck_assert_str_eq(l[3].told, "failed:41");
	ck_assert_str_eq(l[1].told, "failed:41");
	ck_assert_str_eq(l[0].told, "");	/* its speech may well go on */
	ck_assert_ptr_null(try_open(&w, &l[1], 2, NULL));
	/* it comes back, without having restarted: calls are asked for, deletions are done */
	w.f.silent = false;
	w.f.heard[0] = '\0';
	pass(12000);
	ck_assert_str_eq(w.state, "-+");
	ck_assert_str_eq(l[0].told, "");
	ck_assert_ptr_nonnull(strstr(w.f.heard, "DLCX:ds/e1-0/2"));
	ck_assert_ptr_nonnull(strstr(w.f.heard, "DLCX:ds/e1-0/4"));	/* outcome was unknown */
	ck_assert_ptr_nonnull(strstr(w.f.heard, "AUCX:ds/e1-0/1"));
	ck_assert_ptr_nonnull(strstr(w.f.heard, "AUCX:ds/e1-0/3"));
	ck_assert_ptr_null(strstr(w.f.heard, "DLCX:ds/*"));
	ck_assert_uint_eq(w.f.n_conns, 2);
	ck_assert_uint_eq(n_contexts(&w), 2);
	pass(61000);
	ck_assert_str_eq(l[0].told, "");
	ck_assert_str_eq(w.state, "-+");
	stop(&w);
}
END_TEST

START_TEST(back_after_restart)
{
	struct listener l[2];
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	opened(&w, &l[0], 1, remote_offer);
	opened(&w, &l[1], 2, remote_offer);
	w.f.silent = true;
	pass(45000);				/* keepalive finds it */
	ck_assert_str_eq(w.state, "-");
	fake_restart(&w.f);
	w.f.silent = false;
	pass(12000);
	ck_assert_str_eq(w.state, "-+");
	ck_assert_str_eq(l[0].told, "failed:41");
	ck_assert_str_eq(l[1].told, "failed:41");
	ck_assert_uint_eq(n_contexts(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(away_for_good)
{
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ .lost_after_s = 20 });
	opened(&w, &l, 1, remote_offer);
	w.f.silent = true;
	pass(45000);
	ck_assert_str_eq(w.state, "-");
	ck_assert_str_eq(l.told, "");
	pass(20000);
	ck_assert_str_eq(l.told, "failed:38");
	w.f.silent = false;
	w.f.heard[0] = '\0';
	pass(12000);
	ck_assert_str_eq(w.state, "-+");
	ck_assert_ptr_nonnull(
		strstr(w.f.heard, "DLCX:ds/*")); /* nobody talks: all that is left is a leftover */
	ck_assert_ptr_null(strstr(w.f.heard, "DLCX:ds/e1"));
	ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	stop(&w);
}
END_TEST

/* Restart in silence, no RSIP: found by the next context that asks, or by the audit of one in turn;
 * then all are asked for. */
START_TEST(silent_restart)
{
	struct listener l[40];
	struct world w;
	struct media_ctx *mc[40];
	int lost = 0;

	start(&w, (struct media_mgcp_cfg){ 0 });
	for (int i = 0; i < 40; i++)
		mc[i] = opened(&w, &l[i], i + 1, remote_offer);
	fake_restart(&w.f);
	ck_assert_int_eq(media_modify(mc[7], MEDIA_SENDRECV, NULL), 0);
	pass(200);
	for (int i = 0; i < 40; i++)
		lost += !strcmp(l[i].told, "failed:41");
	ck_assert_int_eq(lost, 40);
	ck_assert_uint_eq(n_contexts(&w), 0);
	ck_assert_str_eq(w.state, "");
	opened(&w, &l[0], 1, remote_offer);
	opened(&w, &l[1], 2, remote_offer);
	fake_restart(&w.f);
	pass(31000);
	ck_assert_str_eq(l[0].told, "failed:41");
	ck_assert_str_eq(l[1].told, "failed:41");
	stop(&w);
}
END_TEST

START_TEST(dumb_to_some_verbs)
{
	struct listener l, l2;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	mc = opened(&w, &l, 1, remote_offer);
	w.f.deaf_to[MGCP_AUCX] = true;
	pass(70000);
	ck_assert_str_eq(w.state, "");		/* others were answered: it is not away */
	w.f.heard[0] = '\0';
	pass(70000);
	ck_assert_ptr_null(strstr(w.f.heard, "AUCX"));	/* learnt */
	ck_assert_ptr_nonnull(strstr(w.f.heard, "AUEP"));
	/* no answer to DLCX: tried again, given up, and the circuit is not stuck */
	w.f.deaf_to[MGCP_DLCX] = true;
	media_close(mc);
	mc = must_open(&w, &l2, 1, NULL);
	for (int i = 0; i < 12; i++) {		/* others are answered meanwhile */
		media_close(must_open(&w, &l, 30 + i, NULL));
		pass(1000);
	}
	ck_assert_str_eq(l2.told, "opened");
	pass(400000);
	ck_assert_str_eq(w.state, "");
	ck_assert_uint_eq(n_contexts(&w), 1);
	stop(&w);
}
END_TEST

START_TEST(not_there_at_start)
{
	struct world w = { .ctx = talloc_named_const(NULL, 0, "test") };
	struct listener l;

	virtual_time();
	fake_open(&w.f);
	w.f.silent = true;
	open_gw(&w, (struct media_mgcp_cfg){ 0 });
	ck_assert_ptr_null(try_open(&w, &l, 1, NULL));
	pass(60000);
	ck_assert_str_eq(w.state, "");
	w.f.silent = false;
	pass(12000);
	ck_assert_str_eq(w.state, "+");
	stop(&w);
}
END_TEST

/* Listeners close other contexts from inside failed(). */
START_TEST(closing_from_inside)
{
	struct listener l[3];
	struct world w;
	struct media_ctx *mc[3];

	start(&w, (struct media_mgcp_cfg){ .lost_after_s = 5 });
	for (int i = 0; i < 3; i++)
		mc[i] = opened(&w, &l[i], i + 1, remote_offer);
	l[0].on_failed = &mc[1];
	l[1].on_failed = &mc[0];
	w.f.silent = true;
	mc[2] = NULL;
	pass(60000);
	ck_assert_str_eq(l[2].told, "failed:38");
	ck_assert_int_eq((l[0].told[0] != 0) + (l[1].told[0] != 0), 1);
	stop(&w);
}
END_TEST

/* --- what the gateway says --- */

START_TEST(restart_in_progress)
{
	struct listener l[4];
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	opened(&w, &l[0], 33, remote_offer);		/* ds/e1-1/1 */
	opened(&w, &l[1], 65, remote_offer);		/* ds/e1-2/1 */
	w.f.heard[0] = '\0';
	fake_say(&w.f,
		 "RSIP 9001 ds/e1-1/*@gw MGCP 1.0\r\nRM: forced\r\nE: 905 loss of signal\r\n");
	pass(10);
	ck_assert_str_eq(w.f.heard, "200");
	ck_assert_str_eq(l[0].told, "failed:38");
	ck_assert_str_eq(l[1].told, "");
	ck_assert_ptr_null(try_open(&w, &l[2], 34, NULL));	/* out of service */
	ck_assert_str_eq(w.state, "");
	fake_say(&w.f, "RSIP 9002 ds/e1-1/5@gw MGCP 1.0\r\nRM: restart\r\n");
	pass(10);
	opened(&w, &l[2], 37, NULL);
	ck_assert_ptr_null(try_open(&w, &l[3], 34, NULL));
	fake_say(&w.f, "RSIP 9003 ds/e1-1/*@gw MGCP 1.0\r\nRM: restart\r\nRD: 0\r\n");
	pass(10);
	ck_assert_str_eq(l[2].told, "failed:41");
	opened(&w, &l[0], 34, NULL);
	/* the whole gateway: planned end, withdrawn, then in truth */
	fake_say(&w.f, "RSIP 9004 *@gw MGCP 1.0\r\nRM: graceful\r\nRD: 300\r\n");
	pass(10);
	ck_assert_str_eq(w.state, "-");
	ck_assert_str_eq(l[0].told, "");
	fake_say(&w.f, "RSIP 9005 *@gw MGCP 1.0\r\nRM: cancel-graceful\r\n");
	pass(10);
	ck_assert_str_eq(w.state, "-+");
	fake_say(&w.f, "RSIP 9006 *@gw MGCP 1.0\r\nRM: restart\r\nRD: 20\r\n");
	pass(10);
	ck_assert_str_eq(w.state, "-+-");
	ck_assert_str_eq(l[0].told, "failed:41");
	ck_assert_str_eq(l[1].told, "failed:41");
	fake_say(&w.f, "RSIP 9007 *@gw MGCP 1.0\r\nRM: restart\r\n");
	pass(10);
	ck_assert_str_eq(w.state, "-+-+");
	w.f.heard[0] = '\0';
	fake_say(&w.f, "RSIP 9008 *@gw MGCP 1.0\r\nRM: sideways\r\n");
	fake_say(&w.f, "EPCF 9009 ds/1@gw MGCP 1.0\r\n");
	pass(10);
	ck_assert_str_eq(w.f.heard, "536 504");
	stop(&w);
}
END_TEST

START_TEST(disconnected)
{
	struct listener l[2];
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	opened(&w, &l[0], 1, remote_offer);
	opened(&w, &l[1], 33, remote_offer);
	w.f.conns[0] = w.f.conns[1];
	w.f.n_conns = 1;
	w.f.heard[0] = '\0';
	fake_say(&w.f, "RSIP 9001 *@gw MGCP 1.0\r\nRM: disconnected\r\nRD: 47\r\n");
	pass(20);
	ck_assert_str_eq(l[0].told, "failed:41");
	ck_assert_str_eq(l[1].told, "");
	stop(&w);
}
END_TEST

START_TEST(given_up_by_the_gateway)
{
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	opened(&w, &l, 5, remote_offer);
	w.f.heard[0] = '\0';
	fake_say(&w.f, "DLCX 31020 ds/e1-0/5@gw MGCP 1.0\r\nC: C0005\r\nI: FFFF\r\nE: 905 x\r\nP: "
		       "PS=1\r\n");
	pass(10);
	ck_assert_str_eq(l.told, "");
	fake_say(&w.f,
		 "DLCX 31021 ds/e1-0/5@gw MGCP 1.0\r\nC: C0005\r\nI: 1\r\nE: 905 x\r\nP: PS=1\r\n");
	fake_say(&w.f,
		 "DLCX 31021 ds/e1-0/5@gw MGCP 1.0\r\nC: C0005\r\nI: 1\r\nE: 905 x\r\nP: PS=1\r\n");
	pass(10);
	ck_assert_str_eq(l.told, "failed:38");
	ck_assert_str_eq(w.f.heard, "515 200 200");
	ck_assert_uint_eq(n_contexts(&w), 0);
	fake_say(&w.f, "NTFY 31022 ds/e1-0/5@gw MGCP 1.0\r\nX: 1\r\nO: g/ft\r\n");
	pass(10);
	ck_assert_str_eq(w.f.heard, "515 200 200 200");
	stop(&w);
}
END_TEST

/* --- ways of gateways --- */

START_TEST(any_endpoint_osmo)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ .endpoint = "rtpbridge/*",
					    .domain = "mgw",
					    .circuit_rtp_address = "192.0.2.50",
					    .circuit_rtp_base_port = 20000 });
	w.f.osmo = true;
	mc = opened(&w, &l, 5, remote_offer);
	ck_assert_str_eq(w.f.heard, "CRCX:rtpbridge/* CRCX:rtpbridge/1");
	ck_assert_ptr_nonnull(strstr(w.f.last, "L: p:20, a:PCMA\r\nM: recvonly\r\n"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "m=audio 20010 RTP/AVP 8"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "c=IN IP4 192.0.2.50\r\n"));
	ck_assert_ptr_nonnull(
		strstr(l.sdp, "m=audio 10002 RTP/AVP 8 96\r\n")); /* events go through, under the
								     remote_offer's number */
	ck_assert_int_eq(media_modify(mc, MEDIA_INACTIVE, NULL), 0);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "I: 1\r\nL: p:20, a:PCMA\r\nM: recvonly\r\n"));
	media_close(mc);
	pass(10);
	ck_assert_ptr_null(strstr(w.f.last, "I:"));	/* both at once */
	ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	/* audit in its own way */
	opened(&w, &l, 5, remote_offer);
	w.f.heard[0] = '\0';
	pass(31000);
	ck_assert_ptr_nonnull(strstr(w.f.heard, "MDCX"));
	ck_assert_ptr_null(strstr(w.f.heard, "AUCX"));
	fake_restart(&w.f);
	pass(31000);
	ck_assert_str_eq(l.told, "failed:41");
	stop(&w);
}
END_TEST

START_TEST(osmo_codecs)
{
	static const char g729[] = "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 "
				   "198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n";
	static const char mu[] = "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 "
				 "198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18 0\r\n";
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ .endpoint = "rtpbridge/%c", .domain = "mgw" });
	ck_assert_ptr_null(try_open(&w, &l, 5, g729));
	opened(&w, &l, 5, mu);
	ck_assert_ptr_nonnull(strstr(w.f.last, " rtpbridge/5@mgw "));
	ck_assert_ptr_nonnull(strstr(w.f.last, "a:PCMU\r\n"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "m=audio 4000 RTP/AVP 0\r\n"));
	stop(&w);
}
END_TEST

START_TEST(any_endpoint_standard)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ .endpoint = "ds/e1-1/$",
					    .version = "MGCP 1.0 TGCP 1.0",
					    .acknowledge = true });
	mc = opened(&w, &l, 5, NULL);
	ck_assert_ptr_nonnull(strstr(w.f.last, " ds/e1-1/$@gw MGCP 1.0 TGCP 1.0\r\n"));
	media_close(mc);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, " rtpbridge/1@mgw MGCP 1.0 TGCP 1.0\r\n"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "K: "));
	stop(&w);
}
END_TEST

START_TEST(not_opened)
{
	struct media_mgcp_cfg cfg = {
		.name = "x", .remote_host = "127.0.0.1", .endpoint = "a/%x", .log_cat = DLGLOBAL
	};
	void *ctx = talloc_named_const(NULL, 0, "test");

	ck_assert_ptr_null(media_mgcp_open(ctx, &cfg, NULL, NULL));
	cfg.endpoint = NULL;
	ck_assert_ptr_null(media_mgcp_open(ctx, &cfg, NULL, NULL));
	cfg.endpoint = "a/%c";
	cfg.remote_host = "gw.example";
	ck_assert_ptr_null(media_mgcp_open(ctx, &cfg, NULL, NULL));
	cfg.remote_host = "127.0.0.1";
	cfg.version = "MGCP 2.0";
	ck_assert_ptr_null(media_mgcp_open(ctx, &cfg, NULL, NULL));
	cfg.version = NULL;
	cfg.local_host = "192.0.2.1";
	ck_assert_ptr_null(media_mgcp_open(ctx, &cfg, NULL, NULL));
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
}
END_TEST

static void on_line(void *ctx, const char *text)
{
	strcat(ctx, text);
	strcat(ctx, "\n");
}

START_TEST(shown)
{
	char text[4000] = "";
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	opened(&w, &l, 5, NULL);
	fake_say(&w.f, "RSIP 9001 ds/e1-1/*@gw MGCP 1.0\r\nRM: forced\r\n");
	pass(10);
	media_gw_show(w.gw, on_line, text);
	ck_assert_ptr_nonnull(strstr(text, "media gateway mg1: MGCP 127.0.0.1:"));
	ck_assert_ptr_nonnull(strstr(text, " up, available for 0 s"));
	ck_assert_ptr_nonnull(strstr(text, "contexts 1, 1 open"));
	ck_assert_ptr_nonnull(strstr(text, "sent 3, answered 3, retransmissions 0"));
	ck_assert_ptr_nonnull(strstr(text, "latency average"));
	ck_assert_ptr_nonnull(strstr(text, "endpoints ds/e1-1/* out of service"));
	ck_assert_str_eq(media_gw_name(w.gw), "mg1");
	stop(&w);
}
END_TEST

/* A held context's memory, with all that hangs on it. */
START_TEST(small)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	mc = opened(&w, &l, 5, remote_offer);
	ck_assert_uint_lt(talloc_total_size(mc), 1024);
	stop(&w);
}
END_TEST

/* Whatever comes back, each request has one end, and nothing is left. */
START_TEST(mangled_answers)
{
	enum { N = 20 };
	struct listener l[N];
	struct media_ctx *mc[N];
	struct world w;

	start(&w, (struct media_mgcp_cfg){ .endpoint = _i ? "rtpbridge/*" : "ds/e1-%p/%t" });
	w.f.dice = 7 + _i;
	for (int round = 0; round < 40; round++) {
		w.f.mangle = true;
		for (int i = 0; i < N; i++) {
			mc[i] = try_open(&w, &l[i], i + 1, i & 1 ? remote_offer : NULL);
			if (mc[i])
				media_modify(mc[i], MEDIA_SENDRECV, remote_offer);
		}
		pass(200);
		w.f.mangle = false;
		pass(15000);
		for (int i = 0; i < N; i++) {
			bool gone = strstr(l[i].told, "failed");

			if (mc[i] && !gone)
				ck_assert_str_eq(l[i].told, "opened modified");
			if (mc[i] && !gone)
				media_close(mc[i]);
		}
		pass(20);
		fake_restart(&w.f); /* of a name that came mangled, nobody can delete the rest */
	}
	pass(130000);
	ck_assert_uint_eq(n_contexts(&w), 0);
	ck_assert(media_gw_available(w.gw));
	stop(&w);
}
END_TEST

int main(void)
{
	TCase *t = tcase_create("fake gateway");

	tcase_add_test(t, away_and_back);
	tcase_add_test(t, back_after_restart);
	tcase_add_test(t, away_for_good);
	tcase_add_test(t, silent_restart);
	tcase_add_test(t, dumb_to_some_verbs);
	tcase_add_test(t, not_there_at_start);
	tcase_add_test(t, closing_from_inside);
	tcase_add_test(t, restart_in_progress);
	tcase_add_test(t, disconnected);
	tcase_add_test(t, given_up_by_the_gateway);
	tcase_add_test(t, any_endpoint_osmo);
	tcase_add_test(t, osmo_codecs);
	tcase_add_test(t, any_endpoint_standard);
	tcase_add_loop_test(t, mangled_answers, 0, 2);
	tcase_add_test(t, not_opened);
	tcase_add_test(t, shown);
	tcase_add_test(t, small);
	return run_tests("media over MGCP, gateways", t);
}
