/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions: parsing, printing, rewriting, offer and answer. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gw/sdp_bearer.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static const char full[] =
	"v=0\r\no=alice 2890844526 18446744073709551616 IN IP4 host.example.com\r\ns=call\r\n"
	"c=IN IP4 192.0.2.1\r\nb=AS:80\r\nt=0 0\r\na=recvonly\r\n"
	"m=audio 49170/2 RTP/AVP 18 8 96 101\r\na=rtpmap:18 G729/8000\r\na=fmtp:18 annexb=no\r\n"
	"a=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
	"a=ptime:30\r\na=maxptime:60\r\na=sendrecv\r\n"
	"m=image 0 udptl t38\r\nc=IN IP6 2001:db8::1\r\na=T38FaxVersion:0\r\n";

static void parse(struct sdp *s, const char *text)
{
	ck_assert_int_eq(sdp_parse(s, text, strlen(text)), 0);
}

START_TEST(test_parse)
{
	const struct sdp_media *m;
	struct sdp s;

	parse(&s, full);
	ck_assert_str_eq(s.user, "alice");
	ck_assert_uint_eq(s.id, 2890844526u);
	ck_assert_uint_eq(s.version, 0);	/* does not fit 64 bits */
	ck_assert_str_eq(s.origin, "host.example.com");
	ck_assert_str_eq(s.name, "call");
	ck_assert_uint_eq(s.n_media, 2);
	m = sdp_audio(&s);
	ck_assert_ptr_eq(m, &s.media[0]);
	ck_assert_uint_eq(m->port, 49170);
	ck_assert_str_eq(m->address, "192.0.2.1");
	ck_assert_int_eq(m->dir, SDP_SENDRECV);
	ck_assert_uint_eq(m->ptime, 30);
	ck_assert_uint_eq(m->maxptime, 60);
	ck_assert_uint_eq(m->n_codecs, 4);
	ck_assert_str_eq(m->codecs[0].fmtp, "annexb=no");
	ck_assert_str_eq(m->codecs[1].name, "PCMA");	/* static: no rtpmap */
	ck_assert_uint_eq(m->codecs[2].clock, 48000);
	ck_assert_uint_eq(m->codecs[2].channels, 2);
	ck_assert_ptr_eq(sdp_find_codec(m, "TELEPHONE-EVENT"), &m->codecs[3]);
	ck_assert_str_eq(s.media[1].formats, "t38");
	ck_assert_str_eq(s.media[1].address, "2001:db8::1");
	ck_assert(s.media[1].ip6);
	ck_assert_int_eq(s.media[1].dir, SDP_RECVONLY);	/* the session's */
}
END_TEST

/* Printing what was parsed gives a text that means the same and prints the same. */
START_TEST(test_print)
{
	char a[SDP_MAX_TEXT], b[SDP_MAX_TEXT];
	struct sdp s;
	int n;

	parse(&s, full);
	n = sdp_print(a, sizeof(a), &s);
	ck_assert_int_gt(n, 0);
	ck_assert_int_eq(n, strlen(a));
	ck_assert_ptr_nonnull(strstr(a, "m=audio 49170 RTP/AVP 18 8 96 101\r\n"));
	ck_assert_ptr_nonnull(strstr(a, "a=rtpmap:96 opus/48000/2\r\n"));
	parse(&s, a);
	sdp_print(b, sizeof(b), &s);
	ck_assert_str_eq(a, b);
	ck_assert_int_eq(sdp_print(b, 20, &s), n);
	ck_assert_uint_eq(strlen(b), 19);
}
END_TEST

static const struct { const char *text; int rc; } bad[] = {
	{ "", -EBADMSG },
	{ "\r\n\r\n", -EBADMSG },
	{ "o=- 1 1 IN IP4 1.2.3.4\r\nv=0\r\n", -EBADMSG },	/* v= first */
	{ "v=1\r\n", -EBADMSG },
	{ "v=0\r\nV=0\r\n", -EBADMSG },
	{ "v=0\r\nhello\r\n", -EBADMSG },
	{ "v=0\r\nm\r\n", -EBADMSG },
	{ "v=0\r\no=- 1 1 IN IP4\r\n", -EBADMSG },
	{ "v=0\r\no=- 1 1 ATM IP4 1.1.1.1\r\n", -EBADMSG },
	{ "v=0\r\nc=IN IP4 1.2.3.4<script>\r\n", -EBADMSG },
	{ "v=0\r\nm=audio 65536 RTP/AVP 0\r\n", -EBADMSG },
	{ "v=0\r\nm=audio -1 RTP/AVP 0\r\n", -EBADMSG },
	{ "v=0\r\nm=audio 5000 RTP/AVP 128\r\n", -EBADMSG },
	{ "v=0\r\nm=audio 5000 RTP/AVP x\r\n", -EBADMSG },
	{ "v=0\r\nm=audio 5000 RTP/AVP\r\n", -EBADMSG },
	{ "v=0\r\nm=audio 5000\r\n", -EBADMSG },
	{ "v=0\r\nm=thiskindofmediumistoolong 5000 RTP/AVP 0\r\n", -EBADMSG },
	{ "v=0\r\nm=image 5000 udptl :\r\n", 0 },
	{ "v=0\n", 0 },
	{ "v=0\nm=audio 5000 RTP/AVP 0\n\n", 0 },
};

START_TEST(test_bad)
{
	struct sdp s;

	ck_assert_msg(sdp_parse(&s, bad[_i].text, strlen(bad[_i].text)) == bad[_i].rc, "%s",
		      bad[_i].text);
}
END_TEST

START_TEST(test_limits)
{
	char *text = calloc(1, SDP_MAX_TEXT + 2);
	struct sdp s;
	unsigned int i;

	ck_assert_int_eq(sdp_parse(&s, "v=0\0\r\n", 6), -EBADMSG);
	memset(text, 'x', SDP_MAX_TEXT + 1);
	memcpy(text, "v=0\r\ni=", 7);
	ck_assert_int_eq(sdp_parse(&s, text, SDP_MAX_TEXT), 0);
	ck_assert_int_eq(sdp_parse(&s, text, SDP_MAX_TEXT + 1), -E2BIG);
	memcpy(text, "v=0\r\n", 6);
	for (i = 0; i < SDP_MAX_MEDIA; i++)
		strncat(text, "m=audio 2 RTP/AVP 0\r\n", 24);
	parse(&s, text);
	strncat(text, "m=audio 2 RTP/AVP 0\r\n", 24);
	ck_assert_int_eq(sdp_parse(&s, text, strlen(text)), -E2BIG);
	memcpy(text, "v=0\r\n", 6);
	for (i = 1; i < SDP_MAX_LINES; i++)
		strncat(text, "a=x\r\n", 6);
	parse(&s, text);
	strncat(text, "a=x\r\n", 6);
	ck_assert_int_eq(sdp_parse(&s, text, strlen(text)), -E2BIG);
	memcpy(text, "v=0\r\nm=audio 2 RTP/AVP", 23);
	for (i = 0; i < 2 * SDP_MAX_CODECS; i++)
		strncat(text, " 8", 3);
	parse(&s, text);
	ck_assert_uint_eq(s.media[0].n_codecs, SDP_MAX_CODECS);	/* the rest is skipped */
	free(text);
}
END_TEST

static const struct { const char *line; bool hold; } holds[] = {
	{ "c=IN IP4 1.1.1.1\r\nm=audio 4 RTP/AVP 0\r\n", false },
	{ "c=IN IP4 1.1.1.1\r\nm=audio 4 RTP/AVP 0\r\na=recvonly\r\n", false },
	{ "c=IN IP4 1.1.1.1\r\nm=audio 4 RTP/AVP 0\r\na=sendonly\r\n", true },
	{ "c=IN IP4 1.1.1.1\r\na=inactive\r\nm=audio 4 RTP/AVP 0\r\n", true },
	{ "c=IN IP4 0.0.0.0\r\nm=audio 4 RTP/AVP 0\r\n", true },
	{ "c=IN IP4 1.1.1.1\r\na=inactive\r\nm=audio 4 RTP/AVP 0\r\na=sendrecv\r\n", false },
	{ "c=IN IP4 1.1.1.1\r\nm=audio 0 RTP/AVP 0\r\na=sendonly\r\n", false },
};

START_TEST(test_hold)
{
	char text[256] = "v=0\r\n";
	struct sdp s;

	strncat(text, holds[_i].line, sizeof(text) - 6);
	parse(&s, text);
	ck_assert_msg(sdp_is_hold(&s) == holds[_i].hold, "%s", text);
}
END_TEST

START_TEST(test_direction)
{
	/* RFC 3264 6.1: rows offered, columns wanted; sendrecv sendonly recvonly inactive. */
	static const enum sdp_dir want[4][4] = {
		{ SDP_SENDRECV, SDP_SENDONLY, SDP_RECVONLY, SDP_INACTIVE },
		{ SDP_RECVONLY, SDP_INACTIVE, SDP_RECVONLY, SDP_INACTIVE },
		{ SDP_SENDONLY, SDP_SENDONLY, SDP_INACTIVE, SDP_INACTIVE },
		{ SDP_INACTIVE, SDP_INACTIVE, SDP_INACTIVE, SDP_INACTIVE },
	};
	int o, w;

	for (o = 0; o < 4; o++)
		for (w = 0; w < 4; w++)
			ck_assert_int_eq(sdp_dir_answer(o, w), want[o][w]);
	ck_assert_int_eq(sdp_dir_reverse(SDP_SENDONLY), SDP_RECVONLY);
	ck_assert_int_eq(sdp_dir_reverse(SDP_RECVONLY), SDP_SENDONLY);
	ck_assert_int_eq(sdp_dir_reverse(SDP_SENDRECV), SDP_SENDRECV);
	ck_assert_str_eq(sdp_dir_name(SDP_INACTIVE), "inactive");
}
END_TEST

START_TEST(test_set_direction)
{
	char out[512];

	ck_assert_int_gt(sdp_set_direction(out, sizeof(out),
		"v=0\na=recvonly\nm=audio 4 RTP/AVP 0\na=sendonly\na=x-own:1\nm=image 0 udptl "
		"t38\n", SDP_INACTIVE), 0);
	ck_assert_str_eq(out,
			 "v=0\r\nm=audio 4 RTP/AVP 0\r\na=x-own:1\r\na=inactive\r\n"
			 "m=image 0 udptl t38\r\n");
	ck_assert_int_eq(sdp_set_direction(out, 20, out, SDP_INACTIVE), -EMSGSIZE);
	ck_assert_int_eq(sdp_set_direction(out, sizeof(out), "hello", SDP_INACTIVE), -EBADMSG);
}
END_TEST

static const struct { const char *in, *address, *out; } origins[] = {
	/* a complete text: only o= changes */
	{ "v=0\r\no=x 1 2 IN IP4 1.1.1.1\r\ns=y\r\nc=IN IP4 2.2.2.2\r\nt=0 0\r\n"
	  "m=audio 4 RTP/AVP 0\r\n", NULL,
	  "v=0\r\no=- 77 5 IN IP4 1.1.1.1\r\ns=y\r\nc=IN IP4 2.2.2.2\r\nt=0 0\r\n"
	  "m=audio 4 RTP/AVP 0\r\n" },
	/* what a gateway may leave out is put in */
	{ "v=0\nc=IN IP4 2.2.2.2\na=x\nm=audio 4 RTP/AVP 0\n", NULL,
	  "v=0\r\no=- 77 5 IN IP4 2.2.2.2\r\ns=-\r\nc=IN IP4 2.2.2.2\r\nt=0 0\r\na=x\r\n"
	  "m=audio 4 RTP/AVP 0\r\n" },
	{ "v=0\nm=audio 4 RTP/AVP 0\nc=IN IP6 2001:db8::1\n", NULL,
	  "v=0\r\no=- 77 5 IN IP6 2001:db8::1\r\ns=-\r\nt=0 0\r\nm=audio 4 RTP/AVP 0\r\n"
	  "c=IN IP6 2001:db8::1\r\n" },
	{ "v=0\nc=IN IP4 224.1.1.1/127\n", NULL,
	  "v=0\r\no=- 77 5 IN IP4 224.1.1.1\r\ns=-\r\nc=IN IP4 224.1.1.1/127\r\nt=0 0\r\n" },
	{ "v=0\no=x 1 2 IN IP4 1.1.1.1\ns=y\nt=0 0\n", "2001:db8::9",
	  "v=0\r\no=- 77 5 IN IP6 2001:db8::9\r\ns=y\r\nt=0 0\r\n" },
	{ "v=0\r\n", NULL, NULL },
	{ "nothing\r\n", "1.1.1.1", NULL },
};

START_TEST(test_rewrite_origin)
{
	char out[512];
	int rc = sdp_rewrite_origin(out, sizeof(out), origins[_i].in, 77, 5, origins[_i].address);

	if (!origins[_i].out) {
		ck_assert_int_eq(rc, -EBADMSG);
		return;
	}
	ck_assert_str_eq(out, origins[_i].out);
	ck_assert_int_eq(rc, strlen(out));
	ck_assert_int_eq(sdp_rewrite_origin(out, rc, origins[_i].in, 77, 5, origins[_i].address),
			 -EMSGSIZE);
	ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(test_same)
{
	ck_assert(sdp_same("v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\n",
			   "v=0\no=- 1 2 IN IP4 1.1.1.2\ns=-\n\n"));
	ck_assert(!sdp_same("v=0\r\ns=-\r\n", "v=0\r\ns=x\r\n"));
	ck_assert(!sdp_same("v=0\r\ns=-\r\n", "v=0\r\ns=-\r\na=x\r\n"));
	ck_assert(!sdp_same("v=0\r\ns=-\r\na=x\r\n", "v=0\r\ns=-\r\n"));
}
END_TEST

START_TEST(test_offer)
{
	struct sdp_local l = { .address = "192.0.2.9", .port = 4000, .id = 9, .version = 1,
			       .dir = SDP_SENDRECV, .tmr = 3 };
	char out[512];
	struct sdp s;

	ck_assert_int_gt(sdp_offer(out, sizeof(out), &l), 0);
	ck_assert_str_eq(out,
			 "v=0\r\no=- 9 1 IN IP4 192.0.2.9\r\ns=-\r\nt=0 0\r\n"
			 "m=audio 4000 RTP/AVP 8 0 101\r\n"
			 "c=IN IP4 192.0.2.9\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
			 "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n"
			 "a=sendrecv\r\n");
	parse(&s, out);
	ck_assert_int_eq(sdp_kind(&s), SDP_KIND_PCMA);
	l.mu_law = true;
	sdp_offer(out, sizeof(out), &l);
	ck_assert_ptr_nonnull(strstr(out, "RTP/AVP 0 8 101"));
	l.tmr = 2;
	l.address = "2001:db8::9";
	ck_assert_int_gt(sdp_offer(out, sizeof(out), &l), 0);
	ck_assert_ptr_nonnull(strstr(out,
				     "RTP/AVP 97\r\nc=IN IP6 2001:db8::9\r\n"
				     "a=rtpmap:97 CLEARMODE/8000\r\n"));
	parse(&s, out);
	ck_assert_int_eq(sdp_kind(&s), SDP_KIND_CLEARMODE);
	l.tmr = 6;
	sdp_offer(out, sizeof(out), &l);
	parse(&s, out);
	ck_assert_int_eq(sdp_kind(&s), SDP_KIND_CLEARMODE_FIRST);
	ck_assert_int_eq(sdp_offer(out, 100, &l), -EMSGSIZE);
}
END_TEST

static const struct {
	const char *media;
	uint8_t tmr;
	enum sdp_dir dir;
	const char *has;
} answers[] = {
	{ "m=audio 9 RTP/AVP 0 8\r\n", 3, SDP_SENDRECV, "m=audio 4000 RTP/AVP 0\r\n" },
	{ "m=audio 9 RTP/AVP 8 0\r\n", 3, SDP_SENDRECV, "m=audio 4000 RTP/AVP 8\r\n" },
	{ "m=audio 9 RTP/AVP 18 8 96\r\na=rtpmap:96 telephone-event/8000\r\n", 3, SDP_SENDRECV,
	  "m=audio 4000 RTP/AVP 8 96\r\n" },
	{ "m=audio 9 RTP/AVP 96 8\r\na=rtpmap:96 telephone-event/8000\r\n", 3, SDP_SENDRECV,
	  "a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\n" },
	{ "m=audio 9 RTP/AVP 98\r\na=rtpmap:98 clearmode/8000\r\n", 2, SDP_SENDRECV,
	  "a=rtpmap:98 clearmode/8000\r\n" },
	{ "m=audio 9 RTP/AVP 8\r\n", 2, SDP_SENDRECV, NULL },
	{ "m=audio 9 RTP/AVP 18\r\n", 3, SDP_SENDRECV, NULL },
	{ "m=audio 9 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n", 3, SDP_SENDRECV, NULL },
	{ "m=audio 9 RTP/SAVP 8\r\n", 3, SDP_SENDRECV, NULL },
	{ "m=audio 0 RTP/AVP 8\r\n", 3, SDP_SENDRECV, NULL },
	{ "m=video 9 RTP/AVP 31\r\n", 3, SDP_SENDRECV, NULL },
	{ "", 3, SDP_SENDRECV, NULL },
	/* as many lines as offered, what is refused keeps a format */
	{ "m=video 8 RTP/AVP 31 32\r\nm=audio 9 RTP/AVP 8\r\nm=audio 9 RTP/AVP 8\r\n"
	  "m=image 7 udptl t38\r\n", 3, SDP_SENDRECV,
	  "m=video 0 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 8\r\n" },
	{ "m=audio 9 RTP/AVP 8\r\nm=audio 9 RTP/AVP 0\r\n", 3, SDP_SENDRECV,
	  "a=sendrecv\r\nm=audio 0 RTP/AVP 0\r\n" },
	{ "m=audio 9 RTP/AVP 8\r\nm=image 7 udptl t38\r\n", 3, SDP_SENDRECV,
	  "a=sendrecv\r\nm=image 0 udptl t38\r\n" },
	{ "m=audio 9 RTP/AVP 8\r\na=sendonly\r\n", 3, SDP_SENDRECV, "a=recvonly\r\n" },
	{ "m=audio 9 RTP/AVP 8\r\na=inactive\r\n", 3, SDP_SENDRECV, "a=inactive\r\n" },
	{ "m=audio 9 RTP/AVP 8\r\n", 3, SDP_SENDONLY, "a=sendonly\r\n" },
};

START_TEST(test_answer)
{
	struct sdp_local l = { .address = "192.0.2.9", .port = 4000, .id = 9, .version = 1,
			       .dir = answers[_i].dir, .tmr = answers[_i].tmr };
	char text[512] = "v=0\r\nc=IN IP4 192.0.2.1\r\n", out[1024];
	struct sdp offer, answer;
	int rc;

	strncat(text, answers[_i].media, sizeof(text) - strlen(text) - 1);
	parse(&offer, text);
	rc = sdp_answer(out, sizeof(out), &offer, &l);
	if (!answers[_i].has) {
		ck_assert_int_eq(rc, -ENOENT);
		return;
	}
	ck_assert_int_eq(rc, strlen(out));
	ck_assert_msg(strstr(out, answers[_i].has) != NULL, "%s", out);
	parse(&answer, out);
	/* what we answer stands our own test */
	ck_assert_int_eq(sdp_check_answer(&offer, &answer, NULL), 0);
	ck_assert_int_eq(sdp_answer(out, rc, &offer, &l), -EMSGSIZE);
}
END_TEST

static const struct { const char *offer, *answer, *why; } checks[] = {
	{ "m=audio 9 RTP/AVP 8\r\n", "m=audio 9 RTP/AVP 8\r\n", NULL },
	{ "m=audio 9 RTP/AVP 8 0\r\n", "m=audio 9 RTP/AVP 18 0\r\n", NULL },
	{ "m=audio 9 RTP/AVP 97\r\na=rtpmap:97 CLEARMODE/8000\r\n",
	  "m=audio 9 RTP/AVP 99\r\na=rtpmap:99 clearmode/8000\r\n", NULL },
	{ "m=audio 9 RTP/AVP 8\r\n", "", "another number of media" },
	{ "m=audio 9 RTP/AVP 8\r\n", "m=image 9 udptl t38\r\n", "another kind of medium" },
	{ "m=audio 9 RTP/AVP 8\r\n", "m=audio 9 RTP/SAVP 8\r\n", "another transport" },
	{ "m=audio 9 RTP/AVP 8\r\n", "m=audio 9 RTP/AVP 0\r\n", "no codec in common" },
	{ "m=audio 9 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n",
	  "m=audio 9 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n", "no codec in common" },
	{ "m=audio 9 RTP/AVP 8\r\n", "m=audio 0 RTP/AVP 8\r\n", "no audio accepted" },
	{ "m=audio 0 RTP/AVP 8\r\n", "m=audio 9 RTP/AVP 8\r\n", "a medium that was not offered" },
	{ "m=audio 9 RTP/AVP 8\r\na=sendonly\r\n", "m=audio 9 RTP/AVP 8\r\na=sendonly\r\n",
	  "a direction that was not offered" },
	{ "m=audio 9 RTP/AVP 8\r\na=sendonly\r\n", "m=audio 9 RTP/AVP 8\r\na=recvonly\r\n", NULL },
};

START_TEST(test_check_answer)
{
	char a[256] = "v=0\r\n", b[256] = "v=0\r\n";
	const char *why = NULL;
	struct sdp o, s;

	strncat(a, checks[_i].offer, sizeof(a) - 6);
	strncat(b, checks[_i].answer, sizeof(b) - 6);
	parse(&o, a);
	parse(&s, b);
	ck_assert_int_eq(sdp_check_answer(&o, &s, &why), checks[_i].why ? -EINVAL : 0);
	if (checks[_i].why)
		ck_assert_str_eq(why, checks[_i].why);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sdp");
	TCase *tc = tcase_create("sdp");

	tcase_add_test(tc, test_parse);
	tcase_add_test(tc, test_print);
	tcase_add_loop_test(tc, test_bad, 0, N(bad));
	tcase_add_test(tc, test_limits);
	tcase_add_loop_test(tc, test_hold, 0, N(holds));
	tcase_add_test(tc, test_direction);
	tcase_add_test(tc, test_set_direction);
	tcase_add_loop_test(tc, test_rewrite_origin, 0, N(origins));
	tcase_add_test(tc, test_same);
	tcase_add_test(tc, test_offer);
	tcase_add_loop_test(tc, test_answer, 0, N(answers));
	tcase_add_loop_test(tc, test_check_answer, 0, N(checks));
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
