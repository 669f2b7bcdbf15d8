/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP back end of media.h: ordinary calls, refusals, and the order of commands. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "media_world.h"

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
	ck_assert_ptr_nonnull(strstr(
		w.f.last, " ds/e1-1/17@gw MGCP 1.0\r\nC: C0031\r\n"
			  "L: p:20, a:PCMA;PCMU;telephone-event, e:on, s:off\r\nM: recvonly\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "c=IN IP4 192.0.2.9\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, " 1 IN IP4 192.0.2.9\r\n"));
	strcpy(first, l.sdp);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, remote_offer), 0);
	pass(10);
	ck_assert_str_eq(l.told, "opened modified");
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: sendrecv\r\n\r\nv=0\r\no=bob"));
	ck_assert_str_eq(l.sdp, first); /* nothing but the gateway's o= line changed: ours stays */
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
	mc = opened(&w, &l, 5, remote_offer);
	ck_assert_ptr_nonnull(strstr(w.f.last, "M: sendonly\r\n\r\nv=0\r\no=bob"));
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, NULL), 0);
	ck_assert_int_eq(media_modify(mc, MEDIA_RECVONLY, NULL), 0); /* hold at once: behind it */
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
	struct media_open o = {
		.trunk_group = "tg", .cic = 1, .tmr = 3, .mode = MEDIA_SENDRECV, .call_id = "1"
	};
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
	ck_assert_int_lt(media_modify(mc, MEDIA_SENDRECV,
				      "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\nm=video 9 "
				      "RTP/AVP 99\r\n"),
			 0);
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
	const struct media_open o = {
		.trunk_group = "tg", .cic = 1, .tmr = 2, .mode = MEDIA_RECVONLY, .call_id = "1"
	};
	struct listener l = { 0 };
	struct world w;

	start(&w, (struct media_mgcp_cfg){ 0 });
	ck_assert_ptr_nonnull(media_open(w.gw, &o, &listener_ops, &l));
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "L: p:20, a:CLEARMODE, e:off, s:off\r\n"));
	stop(&w);
}
END_TEST

/* Data are preferred: no echo canceller, until speech is what the other side takes. */
START_TEST(data_preferred)
{
	const struct media_open o = {
		.trunk_group = "tg", .cic = 1, .tmr = 6, .mode = MEDIA_RECVONLY, .call_id = "1"
	};
	char data[1024];
	struct listener l = { 0 };
	struct media_ctx *mc;
	struct world w;

	snprintf(data, sizeof(data),
		 "v=0\r\no=- 1 1 IN IP4 192.0.2.8\r\ns=-\r\nc=IN IP4 192.0.2.8\r\nt=0 0\r\n"
		 "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 CLEARMODE/8000\r\n");
	start(&w, (struct media_mgcp_cfg){ 0 });
	mc = media_open(w.gw, &o, &listener_ops, &l);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "L: p:20, a:CLEARMODE;PCMA;PCMU;telephone-event, "
				     "e:off, s:off\r\n"));
	ck_assert_int_eq(media_modify(mc, MEDIA_RECVONLY, data), 0);
	pass(10);
	ck_assert_ptr_null(strstr(w.f.last, "L: "));
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, remote_offer), 0);
	pass(10);
	ck_assert_ptr_nonnull(strstr(w.f.last, "L: p:20, a:PCMA;PCMU;telephone-event, e:on, "
				     "s:off\r\n"));
	stop(&w);
}
END_TEST

/* An offer with video and hold: the gateway sees the audio, the answer has both media and the
 * direction that is allowed. */
START_TEST(several_media)
{
	char two[1024];
	struct listener l;
	struct world w;
	struct media_ctx *mc;

	start(&w, (struct media_mgcp_cfg){ 0 });
	snprintf(two, sizeof(two),
		 "%sa=sendonly\r\nm=video 4002 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n",
		 remote_offer);
	mc = opened(&w, &l, 5, two);
	ck_assert_ptr_null(strstr(w.f.last, "m=video"));
	ck_assert_ptr_nonnull(strstr(w.f.last, "m=audio 4000"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=audio 10002 RTP/AVP 8\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=video 0 RTP/AVP 99\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, "a=recvonly\r\n"));
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, remote_offer), 0);
	pass(10);
	ck_assert_ptr_null(strstr(l.sdp, "m=video"));
	ck_assert_ptr_null(strstr(l.sdp, "recvonly"));
	ck_assert_ptr_nonnull(strstr(l.sdp, " 2 IN IP4 192.0.2.9\r\n"));
	stop(&w);
}
END_TEST

/* --- refusals --- */

static const struct { uint16_t code; uint8_t cause;
} causes[] = {
	{ 400, 41 }, { 403, 47 }, { 404, 47 }, { 405, 41 }, { 409, 42 }, { 410, 47 }, { 500, 47 },
	{ 501, 47 }, { 502, 47 }, { 505, 65 }, { 509, 65 }, { 510, 47 }, { 517, 47 }, { 526, 47 },
	{ 529, 38 }, { 531, 38 }, { 534, 65 }, { 799, 47 }, { 499, 41 },
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
	/* a refused modification costs the context, and its connection is deleted (but not where it
	 * is gone) */
	mc = opened(&w, &l, 5, remote_offer);
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
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, remote_offer), 0);
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
	mc = opened(&w, &l, 5, remote_offer);
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

/* The same circuit again, before the deletion of its last connection is confirmed: CRCX follows
 * DLCX's answer, not before. */
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
	/* given up while it waits; another takes its place; a third waits behind the second's
	 * deletion */
	media_close(mc);
	mc = must_open(&w, &l2, 5, NULL);
	fake_release(&w.f);
	pass(20);
	ck_assert_str_eq(l2.told, "opened");
	media_close(mc);
	mc = must_open(&w, &l3, 5, NULL);
	pass(20);
	ck_assert_str_eq(l3.told, "opened");
	ck_assert_str_eq(
		w.f.heard,
		"CRCX:ds/e1-0/5 DLCX:ds/e1-0/5 CRCX:ds/e1-0/5 DLCX:ds/e1-0/5 CRCX:ds/e1-0/5");
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
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, remote_offer), 0);
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
	ck_assert_str_eq(
		l[7].told,
		"opened modified modified modified modified modified modified modified modified");
	stop(&w);
}
END_TEST

static char traced[8192];

static void on_line(struct log_target *t, unsigned int level, const char *text)
{
	size_t len = strlen(traced);

	snprintf(traced + len, sizeof(traced) - len, "%s", text);
}

/* At level DEBUG the log has every message, by lines; what cannot be read, too. */
START_TEST(messages_are_traced)
{
	struct log_target *log = log_target_create();
	struct listener l = {};
	struct world w;

	log->output = on_line;
	log_set_use_color(log, 0);
	log_set_print_category(log, 0);
	log_set_print_category_hex(log, 0);
	log_set_print_filename2(log, LOG_FILENAME_NONE);
	log_set_all_filter(log, 1);
	log_set_log_level(log, LOGL_NOTICE);
	log_add_target(log);
	start(&w, (struct media_mgcp_cfg){ 0 });
	ck_assert_str_eq(traced, "mg1: media gateway is available\n");
	log_set_log_level(log, LOGL_DEBUG);
	media_close(opened(&w, &l, 5, NULL));
	pass(50);
	ck_assert_ptr_nonnull(strstr(traced, "to mg1: command CRCX "));
	ck_assert_ptr_nonnull(strstr(traced, "from mg1: response 200 "));
	ck_assert_ptr_nonnull(strstr(traced, "from mg1:   sdp:\n"));
	fake_say(&w.f, "RSIP 1 x MGCP\n");
	pass(10);
	ck_assert_ptr_nonnull(strstr(traced, " at octet "));
	log_target_destroy(log);
	stop(&w);
}
END_TEST

int main(void)
{
	TCase *t = tcase_create("fake gateway");

	tcase_add_test(t, at_start);
	tcase_add_test(t, isup_to_sip);
	tcase_add_test(t, sip_to_isup);
	tcase_add_test(t, modes_without_remote);
	tcase_add_test(t, data_call);
	tcase_add_test(t, data_preferred);
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
	tcase_add_test(t, messages_are_traced);
	return run_tests("media over MGCP", t);
}
