/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Media without a gateway, and the pure parts of the media edge: names, causes, descriptions. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"
#include "media_fake.h"
#include "tests/suite.h"

#define SDP_HEAD "v=0\r\no=bob 5 7 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
static const char offer[] = SDP_HEAD
	"m=audio 4000 RTP/AVP 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\n";
static const char g729[] = SDP_HEAD "m=audio 4000 RTP/AVP 18\r\n";

static struct media_gw *open_none(void *ctx, const char *address)
{
	const struct media_none_cfg cfg = { "rule", address, 16000 };
	struct media_gw *gw = media_none_open(ctx, &cfg);

	virtual_time();
	ck_assert_ptr_nonnull(gw);
	ck_assert(media_gw_available(gw));
	ck_assert_str_eq(media_gw_name(gw), "rule");
	return gw;
}

static struct media_ctx *try_open(struct media_gw *gw, struct listener *l, uint16_t cic,
				  const char *remote)
{
	const struct media_open o = { .trunk_group = "tg",
				      .cic = cic,
				      .tmr = 3,
				      .remote_sdp = remote,
				      .call_id = "1",
				      .mode = MEDIA_RECVONLY };

	memset(l, 0, sizeof(*l));
	return media_open(gw, &o, &listener_ops, l);
}

static void close_none(struct media_gw *gw, void *ctx)
{
	media_gw_close(gw);
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
	pass(20);
}

START_TEST(none_checks_nothing)
{
	static const struct media_check_order order = { .cic = 1 };
	const struct media_open o = { "tg", 1, 3, MEDIA_LOOPBACK, NULL, "1" };
	void *ctx = talloc_named_const(NULL, 0, "test");
	struct media_gw *gw = open_none(ctx, "192.0.2.20");

	ck_assert_uint_eq(media_gw_can(gw), 0);
	ck_assert_ptr_null(media_open(gw, &o, &listener_ops, NULL));
	ck_assert_ptr_null(media_check_start(gw, &order, NULL, NULL));
	close_none(gw, ctx);
}
END_TEST

START_TEST(none_offers)
{
	void *ctx = talloc_named_const(NULL, 0, "test");
	struct media_gw *gw = open_none(ctx, "192.0.2.20");
	char first[MEDIA_MAX_SDP];
	struct listener l;
	struct media_ctx *mc = try_open(gw, &l, 17, NULL);

	ck_assert_ptr_nonnull(mc);
	ck_assert_str_eq(l.told, "");
	pass(10);
	ck_assert_str_eq(l.told, "opened");
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=audio 16034 RTP/AVP 8 0 "));
	ck_assert_ptr_nonnull(strstr(l.sdp, "c=IN IP4 192.0.2.20\r\n"));
	strcpy(first, l.sdp);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, offer), 0);
	ck_assert_int_eq(media_modify(mc, MEDIA_RECVONLY, NULL), 0);
	ck_assert_str_eq(l.told, "opened");
	pass(20);
	ck_assert_str_eq(l.told, "opened modified modified");
	ck_assert_str_eq(l.sdp, first);		/* an answer came: nothing of ours changes */
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, offer), 0);
	pass(10);
	ck_assert_str_ne(l.sdp, first);		/* an offer came: ours answers it, one version on */
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=audio 16034 RTP/AVP 0 96\r\n"));
	ck_assert_ptr_nonnull(strstr(l.sdp, " 2 IN IP4 192.0.2.20\r\n"));
	ck_assert_int_eq(media_modify(mc, MEDIA_LOOPBACK, NULL), -EINVAL);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, g729), -ENOENT);
	media_close(mc);
	close_none(gw, ctx);
}
END_TEST

START_TEST(none_answers)
{
	void *ctx = talloc_named_const(NULL, 0, "test");
	struct media_gw *gw = open_none(ctx, "192.0.2.20");
	struct listener l, l2;
	struct media_ctx *mc = try_open(gw, &l, 1, offer);

	ck_assert_ptr_nonnull(try_open(gw, &l2, 2, g729));
	pass(10);
	ck_assert_str_eq(l.told, "opened");
	ck_assert_ptr_nonnull(strstr(l.sdp, "m=audio 16002 RTP/AVP 0 96\r\n"));
	ck_assert_str_eq(l2.told, "failed:65");
	media_close(mc);
	ck_assert_ptr_null(try_open(gw, &l, 30000, NULL));	/* no such port */
	close_none(gw, ctx);
}
END_TEST

START_TEST(none_without_address)
{
	void *ctx = talloc_named_const(NULL, 0, "test");
	struct media_gw *gw = open_none(ctx, NULL);
	struct listener l, l2;
	struct media_ctx *mc = try_open(gw, &l, 65535, offer);

	media_close(try_open(gw, &l2, 1, NULL));	/* before it was said */
	pass(10);
	ck_assert_str_eq(l.told, "opened");
	ck_assert(!l.has_sdp);
	ck_assert_str_eq(l2.told, "");
	for (int i = 0; i < 8; i++)
		ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, NULL), 0);
	ck_assert_int_eq(media_modify(mc, MEDIA_SENDRECV, NULL), -EBUSY);
	media_gw_close(gw);
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
}
END_TEST

/* Cheap on the call path, small while held. */
START_TEST(none_cost)
{
	enum { N = 4000 };
	void *ctx = talloc_named_const(NULL, 0, "test");
	struct media_gw *gw = open_none(ctx, "192.0.2.20");
	static struct listener l[N];
	static struct media_ctx *mc[N];
	size_t before = talloc_total_size(ctx);

	for (int i = 0; i < N; i++)
		mc[i] = try_open(gw, &l[i], i, offer);
	pass(10);
	ck_assert_str_eq(l[N - 1].told, "opened");
	ck_assert_uint_lt((talloc_total_size(ctx) - before) / N, 1024);
	for (int i = 0; i < N; i++)
		media_close(mc[i]);
	ck_assert_uint_eq(talloc_total_size(ctx), before);
	close_none(gw, ctx);
}
END_TEST

START_TEST(endpoint_names)
{
	static const struct {
		const char *pattern;
		uint16_t cic;
		const char *name, *all;
		bool any;
	} rows[] = {
		{ "ds/e1-%p/%t", 49, "ds/e1-1/17@gw", "ds/*@gw", false },
		{ "ds/e1-%p/%t@", 31, "ds/e1-0/31@gw", "ds/*@gw", false },
		{ "ds/e1-%p/%t@mg7.example", 32, "ds/e1-1/0@mg7.example", "ds/*@mg7.example",
		  false },
		{ "trunk/7/%c", 300, "trunk/7/300@gw", "trunk/7/*@gw", false },
		{ "c%c", 3, "c3@gw", "*@gw", false },
		{ "rtpbridge/*", 3, "rtpbridge/*@gw", "rtpbridge/*@gw", true },
		{ "ds/e1-3/$", 3, "ds/e1-3/$@gw", "ds/e1-3/*@gw", true },
		{ "$", 3, "$@gw", "*@gw", true },
		{ "ivr/1", 3, "ivr/1@gw", NULL, false },
		{ "a/b*", 3, "a/b*@gw", "a/*@gw", false },
		{ "a/%x", 3, NULL, "a/*@gw", false },
	};
	char buf[64];

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int rc = media_name_endpoint(buf, sizeof(buf), rows[i].pattern, "gw", rows[i].cic);

		ck_assert_int_eq(rc > 0, rows[i].name != NULL);
		if (rows[i].name)
			ck_assert_str_eq(buf, rows[i].name);
		rc = media_name_all(buf, sizeof(buf), rows[i].pattern, "gw");
		ck_assert_int_eq(rc > 0, rows[i].all != NULL);
		if (rows[i].all)
			ck_assert_str_eq(buf, rows[i].all);
		ck_assert_int_eq(media_name_is_any(rows[i].pattern), rows[i].any);
	}
	for (size_t size = 1; size <= strlen("ds/e1-1/17@gw"); size++)
		ck_assert_int_eq(media_name_endpoint(buf, size, "ds/e1-%p/%t", "gw", 49), -ENOSPC);
}
END_TEST

START_TEST(causes)
{
	const struct mgcp_code *row;

	for (unsigned int i = 0; (row = mgcp_code_row(i)); i++) {
		uint8_t cause = media_cause_of_code(row->code);

		ck_assert_msg(cause == 38 || cause == 41 || cause == 42 || cause == 47 ||
				      cause == 65,
			      "%u: %u", row->code, cause);
		if (row->class == MGCP_REMOTE)
			ck_assert_uint_eq(cause, 65);
		if (row->class == MGCP_TRANSIENT)
			ck_assert(cause == 41 || cause == 42 || cause == 47);
	}
	ck_assert_uint_eq(media_cause_of_reason(0), 41);
	ck_assert_uint_eq(media_cause_of_reason(900), 41);
	ck_assert_uint_eq(media_cause_of_reason(902), 38);
	ck_assert_uint_eq(media_cause_of_reason(903), 47);
}
END_TEST

START_TEST(descriptions)
{
	static const char osmo[] =
		"v=0\r\no=- E6C79B48 23 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
		"m=audio 26002 RTP/AVP 96\r\na=rtpmap:96 CLEARMODE\r\na=ptime:20\r\n";
	static const char plain[] = SDP_HEAD "m=audio 6000 RTP/AVP 8\r\na=x-vendor:kept\r\n";
	static const char no_audio[] = SDP_HEAD "m=video 6000 RTP/AVP 99\r\n";
	char buf[MEDIA_MAX_SDP], name[24];

	ck_assert_int_gt(media_local_compose(buf, sizeof(buf), osmo, NULL, "CLEARMODE"), 0);
	ck_assert_ptr_nonnull(strstr(buf, "m=audio 26002 RTP/AVP 96\r\n"));
	ck_assert_ptr_nonnull(strstr(buf, "a=rtpmap:96 CLEARMODE/8000\r\n"));
	ck_assert_int_gt(media_local_compose(buf, sizeof(buf), plain, NULL, "PCMA"), 0);
	ck_assert_ptr_nonnull(strstr(buf, "m=audio 6000 RTP/AVP 8 101\r\n"));
	ck_assert_int_gt(media_local_compose(buf, sizeof(buf), plain, g729, "PCMA"), 0);
	ck_assert_ptr_nonnull(
		strstr(buf, "m=audio 6000 RTP/AVP 8\r\n")); /* events were not offered */
	ck_assert_int_gt(media_local_compose(buf, sizeof(buf), plain, offer, NULL), 0);
	ck_assert_ptr_nonnull(strstr(buf, "a=x-vendor:kept\r\n"));
	ck_assert_int_eq(media_local_compose(buf, sizeof(buf), no_audio, NULL, NULL), -EBADMSG);
	ck_assert_int_eq(media_local_compose(buf, sizeof(buf), "junk", NULL, NULL), -EBADMSG);
	ck_assert_int_eq(media_local_compose(buf, sizeof(buf), plain, no_audio, NULL), -EBADMSG);
	ck_assert_int_eq(media_local_compose(buf, 60, plain, NULL, NULL), -EMSGSIZE);

	ck_assert_int_eq(media_codec_pick(name, sizeof(name), "PCMA;PCMU;telephone-event", NULL),
			 4);
	ck_assert_str_eq(name, "PCMA");
	ck_assert_int_eq(media_codec_pick(name, sizeof(name), " G729 ; PCMU", offer), 4);
	ck_assert_str_eq(name, "PCMU");
	ck_assert_int_eq(media_codec_pick(name, sizeof(name), "telephone-event", offer), -ENOENT);
	ck_assert_int_eq(media_codec_pick(name, sizeof(name), "PCMA", g729), -ENOENT);
	ck_assert_int_eq(media_codec_pick(name, sizeof(name), "PCMA", no_audio), -EBADMSG);
	ck_assert_int_eq(media_codec_pick(name, 4, "PCMA", NULL), -ENOSPC);

	ck_assert_int_gt(media_remote_for_gateway(buf, sizeof(buf), offer, NULL), 0);
	ck_assert_str_eq(buf, offer);
	ck_assert_int_gt(media_remote_for_gateway(buf, sizeof(buf), offer, "pcma"), 0);
	ck_assert_ptr_nonnull(strstr(buf, "m=audio 4000 RTP/AVP 8 96\r\n"));
	ck_assert_int_eq(media_remote_for_gateway(buf, sizeof(buf), no_audio, NULL), -ENOENT);
	ck_assert_int_eq(media_remote_for_gateway(buf, 20, offer, NULL), -EMSGSIZE);
}
END_TEST

/* Same text, same octets; another text, one version on (RFC 3264 8). */
START_TEST(versions)
{
	void *ctx = talloc_named_const(NULL, 0, "test");
	struct media_local l = { .id = media_local_new_id() };

	ck_assert_int_eq(media_local_set(ctx, &l, offer), 0);
	ck_assert_uint_eq(l.version, 1);
	ck_assert_ptr_null(strstr(l.text, "o=bob 5 7"));
	ck_assert_int_eq(media_local_set(ctx, &l, offer), 0);
	ck_assert_uint_eq(l.version, 1);
	ck_assert_int_eq(media_local_set(ctx, &l, g729), 0);
	ck_assert_uint_eq(l.version, 2);
	ck_assert_ptr_nonnull(strstr(l.text, " 2 IN IP4 198.51.100.7\r\n"));
	talloc_free(ctx);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("media");
	TCase *t = tcase_create("none and pure");

	tcase_add_test(t, none_offers);
	tcase_add_test(t, none_checks_nothing);
	tcase_add_test(t, none_answers);
	tcase_add_test(t, none_without_address);
	tcase_add_test(t, none_cost);
	tcase_add_test(t, endpoint_names);
	tcase_add_test(t, causes);
	tcase_add_test(t, descriptions);
	tcase_add_test(t, versions);
	suite_add_tcase(s, t);
	return suite_run(s);
}
