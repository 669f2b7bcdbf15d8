/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP back end of media.h against a gateway that refuses, is silent, late, restarted; virtual time, real datagrams. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"
#include "media_fake.h"

static const char offer[] =
	"v=0\r\no=bob 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
	"m=audio 4000 RTP/AVP 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na=ptime:20\r\n";

struct world {
	void *ctx;
	struct fake f;
	struct media_gw *gw;
	char state[200];
};

static void on_state(void *ctx, struct media_gw *gw, bool available)
{
	struct world *w = ctx;

	strncat(w->state, available ? "+" : "-", sizeof(w->state) - strlen(w->state) - 1);
	ck_assert(media_gw_available(gw) == available);
}

static void open_gw(struct world *w, struct media_mgcp_cfg cfg)
{
	cfg.name = "mg1";
	cfg.remote_host = "127.0.0.1";
	cfg.remote_port = w->f.port;
	cfg.local_host = "127.0.0.1";
	cfg.log_cat = DLGLOBAL;
	if (!cfg.endpoint)
		cfg.endpoint = "ds/e1-%p/%t";
	if (!cfg.domain)
		cfg.domain = "gw";
	w->gw = media_mgcp_open(w->ctx, &cfg, on_state, w);
	ck_assert_ptr_nonnull(w->gw);
}

static void start(struct world *w, struct media_mgcp_cfg cfg)
{
	memset(w, 0, sizeof(*w));
	virtual_time();
	w->ctx = talloc_named_const(NULL, 0, "test");
	fake_open(&w->f);
	open_gw(w, cfg);
	ck_assert(!media_gw_available(w->gw));
	pass(20);
	ck_assert(media_gw_available(w->gw));
	ck_assert_str_eq(w->state, "+");
	w->f.heard[0] = '\0';
	w->state[0] = '\0';
}

static unsigned int n_contexts(const struct world *w)
{
	return container_of(w->gw, struct mg_gw, base)->n_contexts;
}

static void stop(struct world *w)
{
	media_gw_close(w->gw);
	fake_close(&w->f);
	ck_assert_uint_eq(talloc_total_blocks(w->ctx), 1);
	talloc_free(w->ctx);
}

static struct media_ctx *try_open(struct world *w, struct listener *l, uint16_t cic, const char *remote)
{
	char call[16];
	const struct media_open o = { .trunk_group = "tg", .cic = cic, .tmr = 3, .remote_sdp = remote, .call_id = call,
				      .mode = remote ? MEDIA_SENDONLY : MEDIA_RECVONLY };

	memset(l, 0, sizeof(*l));
	snprintf(call, sizeof(call), "C%04X", cic);
	return media_open(w->gw, &o, &listener_ops, l);
}

static struct media_ctx *must_open(struct world *w, struct listener *l, uint16_t cic, const char *remote)
{
	struct media_ctx *mc = try_open(w, l, cic, remote);

	ck_assert_ptr_nonnull(mc);
	ck_assert_str_eq(l->told, "");		/* never from inside */
	return mc;
}

static struct media_ctx *opened(struct world *w, struct listener *l, uint16_t cic, const char *remote)
{
	struct media_ctx *mc = must_open(w, l, cic, remote);

	pass(10);
	ck_assert_str_eq(l->told, "opened");
	l->told[0] = '\0';
	return mc;
}

/* --- the ordinary call --- */

START_TEST(at_start)
{
	struct world w = { .ctx = talloc_named_const(NULL, 0, "test") };

	virtual_time();
	fake_open(&w.f);
	open_gw(&w, (struct media_mgcp_cfg){ 0 });
	pass(10);
	ck_assert_str_eq(w.f.heard, "AUEP:ds/e1-0/1 DLCX:ds/*");
	stop(&w);

	w = (struct world){ .ctx = talloc_named_const(NULL, 0, "test") };
	fake_open(&w.f);
	open_gw(&w, (struct media_mgcp_cfg){ .keep_stale = true, .endpoint = "$" });
	pass(10);
	ck_assert_str_eq(w.f.heard, "AUEP:1");
	ck_assert(media_gw_available(w.gw));
	stop(&w);
}
END_TEST

START_TEST(isup_to_sip)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;
	char first[MEDIA_MAX_SDP];

	start(&w, (struct media_mgcp_cfg){ 0 });
	mc = must_open(&w, &l, 49, NULL);
	pass(10);
	ck_assert_str_eq(l.told, "opened");
	ck_assert_ptr_nonnull(strstr(w.f.last, " ds/e1-1/17@gw MGCP 1.0\r\nC: C0031\r\n"
				     "L: p:20, a:PCMA;PCMU;telephone-event, e:on, s:off\r\nM: recvonly\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "c=IN IP4 192.0.2.9\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, " 1 IN IP4 192.0.2.9\r\n"));
	strcpy(first, l.sdp);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, offer), 0);
	pass(10);
	ck_assert_str_eq(l.told, "opened modified");
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: sendrecv\r\n\r\nv=0\r\no=bob"));
	ck_assert_str_eq(l.sdp, first);		/* nothing but the gateway's o= line changed: ours stays */
	media_close(mc);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "C: C0031\r\nI: 1\r\n"));
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-1/17 MDCX:ds/e1-1/17 DLCX:ds/e1-1/17");
	ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(sip_to_isup)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	mc = opened(&w, &l, 5, offer);
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: sendonly\r\n\r\nv=0\r\no=bob"));
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, NULL), 0);
	ck_assert_int_eq(media_modify(mc, MEDIA_RECVONLY, NULL), 0);	/* hold at once: behind it */
	ck_assert_str_eq(l.told, "");
	pass(20);
	ck_assert_str_eq(l.told, "modified modified");
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: recvonly\r\n"));
	ck_assert_ptr_null(strstr(w.f.last, "L:"));	/* what is left out stays as it was */
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 MDCX:ds/e1-0/5 MDCX:ds/e1-0/5");
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

START_TEST(modes_without_remote)
{
	struct media_open o = { .trunk_group = "tg", .cic = 1, .tmr = 3, .mode = MEDIA_SENDRECV, .call_id = "1" };
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	memset(&l, 0, sizeof(l));
	ck_assert_ptr_null(media_open(w.gw, &o, &listener_ops, &l));
	o.mode = MEDIA_INACTIVE;
	mc = media_open(w.gw, &o, &listener_ops, &l);
	ck_assert_ptr_nonnull(mc);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDONLY, NULL), -EINVAL);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, "nonsense"), -EBADMSG);
	ck_assert_int_lt(media_modify(mc, MEDIA_SENDRECV, "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\nm=video 9 RTP/AVP 99\r\n"), 0);
	pass(10);
	ck_assert_str_eq(l.told, "opened");
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: inactive\r\n"));
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

START_TEST(data_call)
{
	const struct media_open o = { .trunk_group = "tg", .cic = 1, .tmr = 2, .mode = MEDIA_RECVONLY, .call_id = "1" };
	struct listener l = { 0 };
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	ck_assert_ptr_nonnull(media_open(w.gw, &o, &listener_ops, &l));
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "L: p:20, a:CLEARMODE, e:off, s:off\r\n"));
	stop(&w);
}
END_TEST

/* An offer with video and hold: the gateway sees the audio, the answer has both media and the direction that is allowed. */
START_TEST(several_media)
{
	char two[1024];
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	snprintf(two, sizeof(two), "%sa=sendonly\r\nm=video 4002 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n", offer);
	mc = opened(&w, &l, 5, two);
	ck_assert_ptr_null(strstr(w.f.last, "m=video"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "m=audio 4000"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=audio 10002 RTP/AVP 8\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=video 0 RTP/AVP 99\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "a=recvonly\r\n"));
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, offer), 0);
	pass(10);
	ck_assert_ptr_null(strstr(l.sdp, "m=video"));
	ck_assert_ptr_null(strstr(l.sdp, "recvonly"));
	ck_assert_ptr_nonnull(strstr(l.sdp, " 2 IN IP4 192.0.2.9\r\n"));
	stop(&w);
}
END_TEST

/* --- refusals --- */

static const struct { uint16_t code; uint8_t cause; } causes[] = {
	{ 400, 41 }, { 403, 47 }, { 404, 47 }, { 405, 41 }, { 409, 42 }, { 410, 47 }, { 500, 47 }, { 501, 47 }, { 502, 47 },
	{ 505, 65 }, { 509, 65 }, { 510, 47 }, { 517, 47 }, { 526, 47 }, { 529, 38 }, { 531, 38 }, { 534, 65 }, { 799, 47 }, { 499, 41 },
};

START_TEST(refused)
{
	char want[32];
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.refuse[MGCP_CRCX] = causes[_i].code;
	must_open(&w, &l, 5, NULL);
	pass(20);
	snprintf(want, sizeof(want), "failed:%u", causes[_i].cause);
	ck_assert_str_eq(l.told, want);
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5");
	w.f.refuse[MGCP_CRCX] = 0;
	w.f.heard[0] = '\0';
	/* a refused modification costs the context, and its connection is deleted (but not where it is gone) */
	mc = opened(&w, &l, 5, offer);
	w.f.refuse[MGCP_MDCX] = causes[_i].code;
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, NULL), 0);
	pass(20);
	snprintf(want, sizeof(want), "failed:%u", causes[_i].code == 500 ? 41 : causes[_i].cause);
	ck_assert_str_eq(l.told, want);
	ck_assert_uint_eq(w.f.n_conns, causes[_i].code == 500 ? 1 : 0);
	ck_assert_uint_eq(n_contexts(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(options_refused)
{
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.refuse[MGCP_CRCX] = 541;
	w.f.refuse_times = 1;
	opened(&w, &l, 5, NULL);
	ck_assert_ptr_null(strstr(w.f.last, "L:"));
	w.f.refuse[MGCP_CRCX] = 524;
	w.f.refuse_times = 0;
	must_open(&w, &l, 6, NULL);
	pass(20);
	ck_assert_str_eq(l.told, "failed:47");		/* twice is enough */
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 CRCX:ds/e1-0/5 CRCX:ds/e1-0/6 CRCX:ds/e1-0/6");
	stop(&w);
}
END_TEST

START_TEST(endpoint_busy)
{
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.max_per_endpoint = 1;
	w.f.conns[w.f.n_conns++] = (struct fake_connection){ "ds/e1-0/5@gw", "DEAD", 77 };
	opened(&w, &l, 5, NULL);
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 DLCX:ds/e1-0/5 CRCX:ds/e1-0/5");
	ck_assert_uint_eq(w.f.n_conns, 1);
	stop(&w);
}
END_TEST

START_TEST(unusable_answers)
{
	struct listener l;
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.no_sdp = true;
	must_open(&w, &l, 5, NULL);
	pass(20);
	ck_assert_str_eq(l.told, "failed:41");
	w.f.no_sdp = false;
	w.f.no_id = true;
	must_open(&w, &l, 6, NULL);
	pass(20);
	ck_assert_str_eq(l.told, "failed:41");
	ck_assert_uint_eq(w.f.n_conns, 0);	/* deleted by call, for want of a name */
	ck_assert_uint_eq(n_contexts(&w), 0);
	stop(&w);
}
END_TEST

/* --- order --- */

START_TEST(close_during_open)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.hold = true;
	mc = must_open(&w, &l, 5, NULL);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, offer), 0);
	pass(10);
	media_close(mc);
	pass(10);
	fake_release(&w.f);
	pass(20);
	ck_assert_str_eq(l.told, "");
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 DLCX:ds/e1-0/5");
	ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	/* refused meanwhile: nothing to delete */
	w.f.heard[0] = '\0';
	w.f.refuse[MGCP_CRCX] = 403;
	media_close(must_open(&w, &l, 5, NULL));
	pass(20);
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5");
	ck_assert_uint_eq(n_contexts(&w), 0);
	stop(&w);
}
END_TEST

START_TEST(close_during_modify)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	mc = opened(&w, &l, 5, offer);
	w.f.hold = true;
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, NULL), 0);
	pass(10);
	media_close(mc);		/* DLCX may always go */
	pass(10);
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 MDCX:ds/e1-0/5 DLCX:ds/e1-0/5");
	fake_release(&w.f);
	pass(20);
	ck_assert_str_eq(l.told, "");
	ck_assert_uint_eq(n_contexts(&w), 0);
	stop(&w);
}
END_TEST

/* The same circuit again, before the deletion of its last connection is confirmed: CRCX follows DLCX's answer, not before. */
START_TEST(same_circuit_again)
{
	struct listener l, l2, l3;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.max_per_endpoint = 1;
	mc = opened(&w, &l, 5, NULL);
	w.f.hold = true;
	media_close(mc);
	mc = must_open(&w, &l2, 5, NULL);
	pass(10);
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 DLCX:ds/e1-0/5");
	/* given up while it waits; another takes its place; a third waits behind the second's deletion */
	media_close(mc);
	mc = must_open(&w, &l2, 5, NULL);
	fake_release(&w.f);
	pass(20);
	ck_assert_str_eq(l2.told, "opened");
	media_close(mc);
	mc = must_open(&w, &l3, 5, NULL);
	pass(20);
	ck_assert_str_eq(l3.told, "opened");
	ck_assert_str_eq(w.f.heard, "CRCX:ds/e1-0/5 DLCX:ds/e1-0/5 CRCX:ds/e1-0/5 DLCX:ds/e1-0/5 CRCX:ds/e1-0/5");
	ck_assert_uint_eq(w.f.n_conns, 1);
	ck_assert_uint_eq(n_contexts(&w), 1);
	stop(&w);
}
END_TEST

START_TEST(lost_and_late)
{
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	w.f.silent = true;
	mc = must_open(&w, &l, 5, NULL);
	pass(150);
	w.f.silent = false;
	pass(100);
	ck_assert_str_eq(l.told, "opened");
	w.f.provisional = true;
	w.f.hold = true;
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, offer), 0);
	pass(100);
	w.f.n_held = 1;			/* only the 100 gets through */
	w.f.provisional = false;
	fake_release(&w.f);
	pass(4000);
	ck_assert_str_eq(l.told, "opened");
	pass(1500);			/* asked again after the long timer */
	ck_assert_str_eq(l.told, "opened modified");
	media_close(mc);
	pass(10);
	stop(&w);
}
END_TEST

START_TEST(bounded)
{
	struct listener l[9];
	struct world w;
	struct media_ctx *mc = NULL;
	int i;

	start(&w, (struct media_mgcp_cfg){ .max_contexts = 8 });
	w.f.hold = true;
	for (i = 0; i < 8; i++)
		mc = must_open(&w, &l[i], i + 1, NULL);
	ck_assert_ptr_null(try_open(&w, &l[8], 9, NULL));
	for (i = 0; i < MG_MAX_WANTED; i++)
		ck_assert_int_eq(media_modify(mc, MEDIA_RECVONLY, NULL), 0);
	ck_assert_int_eq(media_modify(mc, MEDIA_RECVONLY, NULL), -EBUSY);
	fake_release(&w.f);
	pass(200);
	ck_assert_str_eq(l[7].told, "opened modified modified modified modified modified modified modified modified");
	stop(&w);
}
END_TEST

/* --- away and back --- */

START_TEST(away_and_back)
{
	struct listener l[4];
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ .lost_after_s = 60 });
	opened(&w, &l[0], 1, offer);		/* a call that talks */
	mc = opened(&w, &l[1], 2, NULL);
	opened(&w, &l[2], 3, offer);
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
	opened(&w, &l[0], 1, offer);
	opened(&w, &l[1], 2, offer);
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
	opened(&w, &l, 1, offer);
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
	ck_assert_ptr_nonnull(strstr(w.f.heard, "DLCX:ds/*"));	/* nobody talks: all that is left is a leftover */
	ck_assert_ptr_null(strstr(w.f.heard, "DLCX:ds/e1"));
	ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	stop(&w);
}
END_TEST

/* Restart in silence, no RSIP: found by the next context that asks, or by the audit of one in turn; then all are asked for. */
START_TEST(silent_restart)
{
	struct listener l[40];
	struct world w;
	struct media_ctx *mc[40];
	int lost = 0;

	start(&w, (struct media_mgcp_cfg){ 0 });
	for (int i = 0; i < 40; i++)
		mc[i] = opened(&w, &l[i], i + 1, offer);
	fake_restart(&w.f);
	ck_assert_int_eq(media_modify(mc[7], MEDIA_SENDRECV, NULL), 0);
	pass(200);
	for (int i = 0; i < 40; i++)
		lost += !strcmp(l[i].told, "failed:41");
	ck_assert_int_eq(lost, 40);
	ck_assert_uint_eq(n_contexts(&w), 0);
	ck_assert_str_eq(w.state, "");
	opened(&w, &l[0], 1, offer);
	opened(&w, &l[1], 2, offer);
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
	mc = opened(&w, &l, 1, offer);
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
		mc[i] = opened(&w, &l[i], i + 1, offer);
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
	opened(&w, &l[0], 33, offer);		/* ds/e1-1/1 */
	opened(&w, &l[1], 65, offer);		/* ds/e1-2/1 */
	w.f.heard[0] = '\0';
	fake_say(&w.f, "RSIP 9001 ds/e1-1/*@gw MGCP 1.0\r\nRM: forced\r\nE: 905 loss of signal\r\n");
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
	opened(&w, &l[0], 1, offer);
	opened(&w, &l[1], 33, offer);
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
	opened(&w, &l, 5, offer);
	w.f.heard[0] = '\0';
	fake_say(&w.f, "DLCX 31020 ds/e1-0/5@gw MGCP 1.0\r\nC: C0005\r\nI: FFFF\r\nE: 905 x\r\nP: PS=1\r\n");
	pass(10);
	ck_assert_str_eq(l.told, "");
	fake_say(&w.f, "DLCX 31021 ds/e1-0/5@gw MGCP 1.0\r\nC: C0005\r\nI: 1\r\nE: 905 x\r\nP: PS=1\r\n");
	fake_say(&w.f, "DLCX 31021 ds/e1-0/5@gw MGCP 1.0\r\nC: C0005\r\nI: 1\r\nE: 905 x\r\nP: PS=1\r\n");
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

	start(&w, (struct media_mgcp_cfg){ .endpoint = "rtpbridge/*", .domain = "mgw", .circuit_rtp_address = "192.0.2.50",
					   .circuit_rtp_base_port = 20000 });
	w.f.osmo = true;
	mc = opened(&w, &l, 5, offer);
	ck_assert_str_eq(w.f.heard, "CRCX:rtpbridge/* CRCX:rtpbridge/1");
	ck_assert_ptr_nonnull(strstr(w.f.last, "L: p:20, a:PCMA\r\nM: sendrecv\r\n"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "m=audio 20010 RTP/AVP 8"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "c=IN IP4 192.0.2.50\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=audio 10002 RTP/AVP 8 96\r\n"));	/* events go through, under the offer's number */
	ck_assert_int_eq(media_modify(mc, MEDIA_INACTIVE, NULL), 0);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "I: 1\r\nL: p:20, a:PCMA\r\nM: recvonly\r\n"));
	media_close(mc);
	pass(10);
	ck_assert_ptr_null(strstr(w.f.last, "I:"));	/* both at once */
	ck_assert_uint_eq(w.f.n_conns + n_contexts(&w), 0);
	/* audit in its own way */
	opened(&w, &l, 5, offer);
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
	static const char g729[] = "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n";
	static const char mu[] = "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18 0\r\n";
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

	start(&w, (struct media_mgcp_cfg){ .endpoint = "ds/e1-1/$", .version = "MGCP 1.0 TGCP 1.0", .acknowledge = true });
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
	struct media_mgcp_cfg cfg = { .name = "x", .remote_host = "127.0.0.1", .endpoint = "a/%x", .log_cat = DLGLOBAL };
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
	mc = opened(&w, &l, 5, offer);
	ck_assert_uint_lt(talloc_total_size(mc), 1024);
	stop(&w);
}
END_TEST

int main(void)
{
	static const struct log_info info = { 0 };
	Suite *s = suite_create("media over MGCP");
	TCase *t = tcase_create("fake gateway");
	SRunner *r;
	int failed;

	osmo_init_logging2(NULL, &info);
	log_set_log_level(osmo_stderr_target, getenv("VERBOSE") ? LOGL_DEBUG : LOGL_FATAL);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, at_start);
	tcase_add_test(t, isup_to_sip);
	tcase_add_test(t, sip_to_isup);
	tcase_add_test(t, modes_without_remote);
	tcase_add_test(t, data_call);
	tcase_add_test(t, several_media);
	tcase_add_loop_test(t, refused, 0, ARRAY_SIZE(causes));
	tcase_add_test(t, options_refused);
	tcase_add_test(t, endpoint_busy);
	tcase_add_test(t, unusable_answers);
	tcase_add_test(t, close_during_open);
	tcase_add_test(t, close_during_modify);
	tcase_add_test(t, same_circuit_again);
	tcase_add_test(t, lost_and_late);
	tcase_add_test(t, bounded);
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
	tcase_add_test(t, not_opened);
	tcase_add_test(t, shown);
	tcase_add_test(t, small);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
