/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlap in SIP, as far as it is values: which failure counts, numbers that grow, digits in INFO,
 * bodies of further INVITEs. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_overlap.h"
#include "gw/map_parts.h"
#include "tests/suite.h"

#define N(a) (int)(sizeof(a) / sizeof((a)[0]))

static const char sdp[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
			  "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
#define IAM "IAM; NCI satellite=0; FCI interworking=0; CPC value=10; TMR value=3; " \
	    "CdPN nai=3 npi=1 3011"
static struct map_profile plain, sipt;
static struct sip_out out;

static void setup(void)
{
	map_profile_default(&plain);
	snprintf(plain.host, sizeof(plain.host), "192.0.2.9");
	snprintf(plain.country_code, sizeof(plain.country_code), "49");
	sipt = plain;
	sipt.isup_body = MAP_ISUP_SIP_T;
}

static void override(struct map_profile *p, const char *key, const char *value)
{
	const char *why;

	ck_assert_int_eq(map_override_parse(&p->overrides[p->n_overrides++], "overlap", key, value,
					    &why), 0);
}

static struct isup_msg message(const char *text)
{
	struct isup_msg m;
	const char *why;
	int line;

	ck_assert_int_eq(isup_parse(&m, &isup_itu, text, &why, &line), 0);
	return m;
}

/* --- failures --- */

/* Each is better than all below it. */
static const struct map_failure by_rank[] = {
	{ 603, 9 }, { 600, 4 }, { 302, 7 }, { 301, 3 },
	{ 486, 9 }, { 404, 8 }, { 408, 5 }, { 480, 4 },
	{ 484, 11 }, { 484, 9 }, { 487, 3 },
	{ 503, 12 }, { 500, 11 }, { 504, 2 },
};

START_TEST(best)
{
	for (int i = 0; i < N(by_rank); i++)
		for (int k = 0; k < N(by_rank); k++)
			ck_assert_msg(map_failure_better(&by_rank[i], &by_rank[k]) == (i < k),
				      "%d of %zu, %d of %zu", by_rank[i].status, by_rank[i].digits,
				      by_rank[k].status, by_rank[k].digits);
}
END_TEST

/* A choice among any is the same in whatever order they come. */
START_TEST(best_order)
{
	for (int a = 300; a < 700; a += 3)
		for (int b = 300; b < 700; b += 7) {
			struct map_failure x = { a, 5 }, y = { b, 6 };

			ck_assert(!map_failure_better(&x, &x));
			ck_assert(map_failure_better(&x, &y) != map_failure_better(&y, &x));
		}
}
END_TEST

START_TEST(waits)
{
	static const struct { int status; bool rfc, abc; } rows[] = {
		{ 484, true, true }, { 404, true, true }, { 486, true, false },
		{ 408, true, false }, { 503, true, false }, { 603, true, false },
		{ 302, false, false },
	};
	struct map_profile p = plain;

	for (int i = 0; i < N(rows); i++) {
		p.standard = MAP_RFC3398;
		ck_assert_int_eq(map_overlap_waits(rows[i].status, &p), rows[i].rfc);
		for (p.standard = MAP_PROFILE_A; p.standard < MAP_STANDARDS; p.standard++)
			ck_assert_int_eq(map_overlap_waits(rows[i].status, &p), rows[i].abc);
	}
	p.standard = MAP_RFC3398;
	override(&p, "484", "release");
	ck_assert(!map_overlap_waits(484, &p));
	ck_assert_ptr_nonnull(map_override_why("overlap", "484", "482"));
	ck_assert_ptr_nonnull(map_override_why("overlap", "late", "wait"));
}
END_TEST

START_TEST(only_dialog)
{
	struct sip_msg m = { .status = 183 };
	struct map_profile p = plain;

	ck_assert(map_overlap_only_dialog(&m, &p));
	override(&p, "183", "tell");
	ck_assert(!map_overlap_only_dialog(&m, &p));
	m.body_len = 5;
	ck_assert(!map_overlap_only_dialog(&m, &plain));
	m = (struct sip_msg){ .status = 180 };
	ck_assert(!map_overlap_only_dialog(&m, &plain));
}
END_TEST

/* --- numbers that grow --- */

static const struct {
	const char *old, *now;
	enum map_grown what;
	const char *more;
} grown[] = {
	{ "sip:+4930@x", "sip:+49301@x", MAP_GROWN, "1" },
	{ "sip:+49@x", "tel:+49-30-112", MAP_GROWN, "30112" },
	{ "sip:+4930@x", "sip:+4930@y;user=phone", MAP_SAME, "" },
	{ "sip:+49301@x", "sip:+4930@x", MAP_OTHER, "" },
	{ "sip:+4930@x", "sip:+4931@x", MAP_OTHER, "" },
	{ "sip:4930@x", "sip:+49301@x", MAP_OTHER, "" },
	{ "sip:030@x;user=phone", "sip:0301%2A%23@x;user=phone", MAP_GROWN, "1BC" },
};

START_TEST(number_grows)
{
	struct map_dialled old, now;
	struct isup_number more;

	ck_assert(map_dialled(&old, grown[_i].old));
	ck_assert(map_dialled(&now, grown[_i].now));
	ck_assert_int_eq(map_dialled_grown(&more, &old, &now), grown[_i].what);
	ck_assert_str_eq(more.digits, grown[_i].more);
}
END_TEST

START_TEST(no_number)
{
	static const char *const rows[] = {
		"sip:alice@x", "sip:x", "mailto:1@x", "rubbish", "",
		"sip:+123456789012345678901234567890123456789012345678901234567890@x",
	};
	struct map_dialled d;

	for (int i = 0; i < N(rows); i++)
		ck_assert_msg(!map_dialled(&d, rows[i]), "%s", rows[i]);
	ck_assert(!map_dialled(&d, NULL));
}
END_TEST

/* --- INFO --- */

static struct sip_msg info_of(const char *type, const char *body)
{
	return (struct sip_msg){ .is_request = true, .method = SIP_INFO, .content_type = type,
				 .body = (const uint8_t *)body, .body_len = strlen(body) };
}

static const struct { const char *type, *body, *digits; } infos[] = {
	{ "application/x-session-info", "SubsequentDigit: 5\r\n", "5" },
	{ "application/x-session-info", "SubsequentDigit:5501", "5501" },
	{ "application/x-session-info", "subsequentdigit : 12*#\r\n", "12BC" },
	{ "application/session-info;x=y", "SubsequentDigit:  99 \n", "99" },
	{ "APPLICATION/X-SESSION-INFO", "Other: 1\r\nSubsequentDigit: 2\r\n", "2" },
	{ "multipart/mixed;boundary=b", "--b\r\nContent-Type: application/x-session-info\r\n\r\n"
	  "SubsequentDigit: 7\r\n--b--\r\n", "7" },
	{ "application/x-session-info", "SubsequentDigit: \r\n", NULL },
	{ "application/x-session-info", "SubsequentDigit: 1a\r\n", NULL },
	{ "application/x-session-info", "SubsequentDigit: 1 2\r\n", NULL },
	{ "application/x-session-info", "SubsequentDigit: "
	  "1234567890123456789012345678901234567890123456789012345678901234567890\r\n", NULL },
	{ "application/x-session-info", "Signal: 5\r\n", NULL },
	{ "application/x-session-info", "", NULL },
	{ "application/dtmf-relay", "SubsequentDigit: 5\r\n", NULL },
	{ "multipart/mixed", "--b", NULL },
	{ NULL, "SubsequentDigit: 5\r\n", NULL },
};

START_TEST(info_taken)
{
	const struct sip_msg m = info_of(infos[_i].type, infos[_i].body);
	struct map_more more;
	bool taken = map_info_to_digits(&more, &m, &plain);

	ck_assert_int_eq(taken, infos[_i].digits != NULL);
	if (!taken)
		return;
	ck_assert_str_eq(more.digits.digits, infos[_i].digits);
	ck_assert(!more.complete && !more.has_sam);
}
END_TEST

static struct sip_msg received(void)
{
	return (struct sip_msg){ .is_request = true, .method = SIP_INFO,
				 .content_type = out.content_type, .body = out.body,
				 .body_len = out.body_len };
}

/* What is sent is understood again. */
START_TEST(info_sent)
{
	struct map_more m = { .digits = { .digits = "12BC" } }, back;
	struct map_profile p = plain;
	struct sip_msg msg;

	ck_assert_int_eq(map_digits_to_info(&out, &m, &p), 0);
	ck_assert_str_eq(out.content_type, "application/x-session-info");
	ck_assert_int_eq(out.body_len, 23);
	ck_assert_int_eq(memcmp(out.body, "SubsequentDigit: 12*#\r\n", 23), 0);
	ck_assert_str_eq(out.headers, "Content-Disposition: signal;handling=optional\r\n");
	msg = received();
	ck_assert(map_info_to_digits(&back, &msg, &p));
	ck_assert_str_eq(back.digits.digits, "12BC");
	override(&p, "info-body", "session-info");
	ck_assert_int_eq(map_digits_to_info(&out, &m, &p), 0);
	ck_assert_str_eq(out.content_type, "application/session-info");
	ck_assert(strstr(out.headers, "Info-Package: infoDtmf\r\n") != NULL);
	/* ST cannot be said so */
	m = (struct map_more){ .complete = true };
	ck_assert_int_eq(map_digits_to_info(&out, &m, &p), -ENOMSG);
}
END_TEST

START_TEST(info_sam)
{
	struct map_more m = { .digits = { .digits = "55" } }, back;
	struct sip_msg msg;

	ck_assert_int_eq(map_digits_to_info(&out, &m, &sipt), 0);
	ck_assert(strstr(out.content_type, "application/ISUP;") == out.content_type);
	msg = received();
	ck_assert(map_info_to_digits(&back, &msg, &sipt));
	ck_assert(back.has_sam && !back.complete);
	ck_assert_str_eq(back.digits.digits, "55");
	/* with ST, and ST alone */
	m.complete = true;
	ck_assert_int_eq(map_digits_to_info(&out, &m, &sipt), 0);
	msg = received();
	ck_assert(map_info_to_digits(&back, &msg, &sipt));
	ck_assert(back.complete);
	ck_assert_str_eq(back.digits.digits, "55");
	m = (struct map_more){ .complete = true };
	ck_assert_int_eq(map_digits_to_info(&out, &m, &sipt), 0);
	msg = received();
	ck_assert(map_info_to_digits(&back, &msg, &sipt));
	ck_assert(back.complete);
	ck_assert_str_eq(back.digits.digits, "");
	/* a peer that is not believed to speak ISUP */
	ck_assert(!map_info_to_digits(&back, &msg, &plain));
	/* another message is none */
	m.sam = message("FAC");
	ck_assert_int_eq(map_put_body(&out, NULL, &m.sam, &sipt), 0);
	msg = received();
	ck_assert(!map_info_to_digits(&back, &msg, &sipt));
}
END_TEST

/* --- further INVITEs --- */

static struct cc_setup call_to(const char *digits)
{
	struct cc_setup s = { .called = { .nai = NAI_NATIONAL, .npi = NPI_E164 } };

	snprintf(s.called.digits, sizeof(s.called.digits), "%s", digits);
	snprintf(s.country_code, sizeof(s.country_code), "49");
	return s;
}

/* SAMs of one digit each behind an IAM of four: each INVITE says all, in order, in as many parts
 * as we take ourselves. */
START_TEST(sams)
{
	struct map_told told = { .first = 4 };
	struct isup_msg iam = message(IAM), m;
	char all[40] = "3011", sum[40], expect_uri[96], one[32];
	struct isup_number n, more = { 0 };
	struct sipt_body b;

	for (int i = 0; i < 12; i++) {
		struct cc_prim prim = { .type = CC_ADDRESS, .u.digits = &more };
		struct isup_msg sam;
		struct cc_setup s;
		struct map_next next = { &s, &iam, sdp, &told };
		const struct sipt_part *part;
		unsigned int from = 0, parts = 0;

		snprintf(more.digits, sizeof(more.digits), "%d", i % 10);
		snprintf(one, sizeof(one), "SAM; SubN %d", i % 10);
		sam = message(one);
		prim.isup = &sam;
		strcat(all, more.digits);
		map_told_more(&told, &prim, strlen(all), &sipt);
		s = call_to(all);
		ck_assert_int_eq(map_setup_to_next_invite(&out, &next, &sipt), 0);
		snprintf(expect_uri, sizeof(expect_uri), "sip:+49%s@192.0.2.9;user=phone", all);
		ck_assert_str_eq(out.ruri, expect_uri);
		ck_assert(strstr(out.to, all) != NULL);
		ck_assert_int_eq(sipt_parse(&b, out.content_type, out.body, out.body_len), 0);
		ck_assert(sipt_find(&b, "application/sdp", NULL) == &b.parts[0]);
		sum[0] = '\0';
		while ((part = sipt_find(&b, "application/isup", &from))) {
			ck_assert_int_eq(map_take_isup(&m, part, &sipt), 1);
			ck_assert_int_eq(m.type, parts++ ? ISUP_MT_SAM : ISUP_MT_IAM);
			ck_assert(isup_get(&m, parts == 1 ? ISUP_P_CALLED : ISUP_P_SUBSEQUENT,
					   &n));
			snprintf(sum + strlen(sum), sizeof(sum) - strlen(sum), "%s", n.digits);
		}
		ck_assert_str_eq(sum, all);
		ck_assert_int_eq(parts, 1 + (i < MAP_MAX_SAMS ? i + 1 : MAP_MAX_SAMS));
	}
}
END_TEST

static void next_invite(const struct map_profile *p, struct map_told *told, const char *more,
			const char *offer)
{
	struct isup_msg iam = message(IAM);
	struct cc_setup s = call_to(more);
	struct map_next next = { &s, &iam, offer, told };

	ck_assert_int_eq(map_setup_to_next_invite(&out, &next, p), 0);
}

static const char *called_in_body(void)
{
	static struct isup_number n;
	struct sip_msg msg = received();
	struct isup_msg m;

	msg.method = SIP_INVITE;
	ck_assert_int_eq(map_body_isup(&m, &msg, &sipt), 1);
	ck_assert_int_eq(m.type, ISUP_MT_IAM);
	ck_assert(isup_get(&m, ISUP_P_CALLED, &n));
	return n.digits;
}

START_TEST(sam_merged)
{
	struct isup_number more = { .digits = "22" };
	struct isup_msg sam = message("SAM; SubN 22");
	struct cc_prim prim = { .type = CC_ADDRESS, .u.digits = &more, .isup = &sam };
	struct map_told told = { .first = 4 };
	struct map_profile p = sipt;

	map_told_more(&told, &prim, 6, &p);
	ck_assert_uint_eq(told.n_sams, 1);
	next_invite(&p, &told, "301122", sdp);
	ck_assert_str_eq(called_in_body(), "3011");
	/* digits that did not come by SAM */
	prim.isup = NULL;
	map_told_more(&told, &prim, 8, &p);
	ck_assert_uint_eq(told.n_sams, 0);
	next_invite(&p, &told, "30112222", sdp);
	ck_assert_str_eq(called_in_body(), "30112222");
	/* by rule */
	override(&p, "sam", "merged");
	prim.isup = &sam;
	map_told_more(&told, &prim, 10, &p);
	next_invite(&p, &told, "3011222222", sdp);
	ck_assert_str_eq(called_in_body(), "3011222222");
	/* a peer without ISUP sees none */
	next_invite(&plain, &told, "3011222222", sdp);
	ck_assert_str_eq(out.content_type, "application/sdp");
}
END_TEST

/* Without an offer the first INVITE has a lone ISUP body. */
START_TEST(sam_lone)
{
	struct isup_number more = { .digits = "22" };
	struct isup_msg sam = message("SAM; SubN 22F");
	struct cc_prim prim = { .type = CC_ADDRESS, .u.digits = &more, .isup = &sam,
				.complete = true };
	struct map_told told = { .first = 4 };
	struct sip_msg msg;
	struct sipt_body b;

	map_told_more(&told, &prim, 6, &sipt);
	next_invite(&sipt, &told, "301122", NULL);
	ck_assert_str_eq(called_in_body(), "3011");
	ck_assert_ptr_null(strstr(out.headers, "Content-Disposition"));
	ck_assert_int_eq(sipt_parse(&b, out.content_type, out.body, out.body_len), 0);
	ck_assert_uint_eq(b.n_parts, 2);
	msg = received();
	ck_assert(map_body_has_st(&msg, &sipt));
	ck_assert(!map_body_has_st(&msg, &plain));
	told.n_sams = 0;
	told.first = 6;
	next_invite(&sipt, &told, "301122", NULL);
	msg = received();
	ck_assert(!map_body_has_st(&msg, &sipt));
}
END_TEST

START_TEST(append_refuses)
{
	static uint8_t big[SIP_MAX_BODY];
	struct sipt_compose c = { .sdp = sdp, .isup = (const uint8_t *)"abc", .isup_len = 3,
				  .version = "itu-t92+", .base = "itu-t92+" };

	memset(&out, 0, sizeof(out));
	ck_assert_int_eq(sipt_compose(&out, &c), 0);
	c.isup = (const uint8_t *)"tollgate-part-0";
	c.isup_len = 15;
	ck_assert_int_eq(sipt_append(&out, &c), -EBADMSG);
	c.isup = big;
	c.isup_len = sizeof(big) - 200;
	ck_assert_int_eq(sipt_append(&out, &c), -EMSGSIZE);
	/* not made by us */
	snprintf(out.content_type, sizeof(out.content_type), "multipart/mixed;boundary=other");
	c.isup_len = 3;
	ck_assert_int_eq(sipt_append(&out, &c), -EBADMSG);
	/* nothing there: it becomes the body */
	memset(&out, 0, sizeof(out));
	c.sdp = NULL;
	ck_assert_int_eq(sipt_append(&out, &c), 0);
	ck_assert_uint_eq(out.body_len, 3);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("map overlap");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, best);
	tcase_add_test(t, best_order);
	tcase_add_test(t, waits);
	tcase_add_test(t, only_dialog);
	tcase_add_loop_test(t, number_grows, 0, N(grown));
	tcase_add_test(t, no_number);
	tcase_add_loop_test(t, info_taken, 0, N(infos));
	tcase_add_test(t, info_sent);
	tcase_add_test(t, info_sam);
	tcase_add_test(t, sams);
	tcase_add_test(t, sam_merged);
	tcase_add_test(t, sam_lone);
	tcase_add_test(t, append_refuses);
	suite_add_tcase(s, t);
	return suite_run(s);
}
