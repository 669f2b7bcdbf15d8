/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP as text: requests read as the stack would, and the head of an INVITE as the stack sends
 * it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/sip_text.h"
#include "tests/sip/pair.h"

#define VIA "Via: SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bK1\n"
#define HEAD "From: <sip:+498912@192.0.2.9>;tag=f\nTo: <sip:+4930@gw.example>\nCall-ID: c1\n" \
	"CSeq: 7 INVITE\nMax-Forwards: 17\n"
#define INVITE "INVITE sip:+4930@gw.example SIP/2.0\n"

static void *ctx;

static int parse(struct sip_text **t, const char *text, const char **why)
{
	return sip_text_parse(t, ctx, text, strlen(text), why);
}

static void setup(void)
{
	ctx = talloc_new(NULL);
}

static void teardown(void)
{
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
}

/* Lines as an editor leaves them: the body is what follows, and no length is believed. */
START_TEST(by_hand)
{
	const struct sip_msg *m;
	struct sip_text *t;
	const char *why;

	ck_assert_int_eq(parse(&t, INVITE VIA HEAD "P-Asserted-Identity: <tel:+4989>\n"
			       "Supported: 100rel\nContent-Length: 5\n"
			       "Content-Type: application/sdp\n\nv=0\nContent-Length: 1\n",
			       &why), 0);
	m = sip_text_msg(t);
	ck_assert_str_eq(m->ruri, "sip:+4930@gw.example");
	ck_assert_str_eq(m->from, "<sip:+498912@192.0.2.9>");
	ck_assert_str_eq(m->pai, "<tel:+4989>");
	ck_assert_str_eq(m->source, "192.0.2.9:5062");
	ck_assert_int_eq(m->max_forwards, 17);
	ck_assert_int_eq(m->method, SIP_INVITE);
	ck_assert_uint_eq(m->body_len, strlen("v=0\r\nContent-Length: 1\r\n"));
	ck_assert_mem_eq(m->body, "v=0\r\nContent-Length: 1\r\n", m->body_len);
	ck_assert(sip_text_supports(t, "100rel") && !sip_text_supports(t, "timer"));
	ck_assert_int_eq(sip_text_refused(t), 0);
	talloc_free(t);
}
END_TEST

/* As it was caught on the wire: octets stay. */
START_TEST(caught)
{
	static const char text[] =
		"INVITE sip:+4930@gw.example SIP/2.0\r\nVia: SIP/2.0/UDP [2001:db8::9]\r\n"
		"From: <sip:+498912@192.0.2.9>;tag=f\r\nTo: <sip:+4930@gw.example>\r\n"
		"Call-ID: c\r\nCSeq: 7 INVITE\r\nContent-Type: application/isup\r\n"
		"Content-Length: 3\r\n\r\n\0\nx";
	const struct sip_msg *m;
	struct sip_text *t;
	const char *why;

	ck_assert_int_eq(sip_text_parse(&t, ctx, text, sizeof(text) - 1, &why), 0);
	m = sip_text_msg(t);
	ck_assert_uint_eq(m->body_len, 3);
	ck_assert_mem_eq(m->body, "\0\nx", 3);
	ck_assert_str_eq(m->source, "[2001:db8::9]:5060");
	ck_assert_int_eq(m->max_forwards, -1);
	talloc_free(t);
}
END_TEST

static const struct { const char *via, *source; } sources[] = {
	{ "Via: SIP/2.0/UDP a.example:5064;received=192.0.2.7;rport=9000\n", "192.0.2.7:9000" },
	{ "Via: SIP/2.0/TCP 192.0.2.8;branch=z9hG4bK1;rport\n", "192.0.2.8:5060" },
	{ "Via: SIP/2.0/UDP a.example\n", "" },
	{ "v: SIP/2.0/UDP 192.0.2.1\nVia: SIP/2.0/UDP 192.0.2.2\n", "192.0.2.1:5060" },
};

START_TEST(from_where)
{
	char text[512];
	struct sip_text *t;
	const char *why;

	snprintf(text, sizeof(text), INVITE "%s" HEAD "\n", sources[_i].via);
	ck_assert_int_eq(parse(&t, text, &why), 0);
	ck_assert_str_eq(sip_text_msg(t)->source, sources[_i].source);
	talloc_free(t);
}
END_TEST

/* What cannot be read asks for all privacy there is. */
static const struct { const char *lines, *privacy; } privacies[] = {
	{ "Privacy: id\n", "id" },
	{ "Privacy: id;user\n", "id;user" },
	{ "Privacy: none\n", "none" },
	{ "", NULL },
	{ "Accept: foo\n", NULL },	/* any other header */
	{ "Privacy: id;user;;\n", "id;header;user;history" },
	{ "Privacy: id user\n", "id;header;user;history" },
	{ "Privacy: \"none\"\n", "id;header;user;history" },
	{ "Privacy: none\nPrivacy: id;@\n", "id;header;user;history" },
	{ "Privacy: none\nPrivacy: id\n", "id;header;user;history" },
	{ "Server: a\nPrivacy: none\nServer: b\n", "none" },	/* another that is there twice */
};

START_TEST(privacy)
{
	char text[512];
	struct sip_text *t;
	const char *why;

	snprintf(text, sizeof(text), INVITE VIA HEAD "%s\n", privacies[_i].lines);
	ck_assert_int_eq(parse(&t, text, &why), 0);
	ck_assert_pstr_eq(sip_text_msg(t)->privacy, privacies[_i].privacy);
	talloc_free(t);
}
END_TEST

static const char *const bad[] = {
	"", "\n", "hello\n", "SIP/2.0 200 OK\n" VIA HEAD "\n", "INVITE\n\n", "IAM cic=1\n",
	INVITE "\n", INVITE VIA "\n", INVITE HEAD "\n",
	"OPTIONS sip:+4930@gw.example SIP/2.0\n" VIA
	"From: <sip:a@b>;tag=f\nTo: <sip:c@d>\nCall-ID: c1\nCSeq: 7 OPTIONS\n\n",
	INVITE VIA "From: <sip:a@b>;tag=f\nTo: <sip:c@d>\nCall-ID: c1\nCSeq: x INVITE\n\n",
	INVITE VIA "From: <sip:a@b>;tag=f\nTo: <sip:c@d>\nCall-ID: c1\nCSeq: 7 BYE\n\n",
	INVITE VIA "From: <\nTo: <sip:c@d>\nCall-ID: c1\nCSeq: 7 INVITE\n\n",
	"INVITE sip:+4930@gw.example SIP/1.0\n" VIA HEAD "\n",
	INVITE VIA HEAD "Contact: <sip:\n\n", INVITE VIA HEAD "Expires: x\n\n",
};

START_TEST(not_taken)
{
	struct sip_text *t = NULL;
	const char *why = NULL;

	ck_assert_msg(parse(&t, bad[_i], &why) == -EBADMSG, "%s", bad[_i]);
	ck_assert_ptr_nonnull(why);
	ck_assert_ptr_null(t);
}
END_TEST

START_TEST(too_long)
{
	char *text = talloc_zero_size(ctx, SIP_TEXT_MAX + 2);
	struct sip_text *t;
	const char *why;

	memset(text, 'a', SIP_TEXT_MAX + 1);
	ck_assert_int_eq(parse(&t, text, &why), -E2BIG);
	text[SIP_TEXT_MAX] = '\0';
	ck_assert_int_eq(parse(&t, text, &why), -EBADMSG);
	talloc_free(text);
}
END_TEST

static const struct { const char *more; int status; } refused[] = {
	{ "Require: 100rel\n", 0 }, { "Require: 100rel, gruu\n", 420 },
	{ "Content-Encoding: gzip\nContent-Type: application/sdp\n", 415 },
};

START_TEST(refused_by_stack)
{
	char text[SIP_TEXT_MAX];
	struct sip_text *t;
	const char *why;
	size_t n;

	n = snprintf(text, sizeof(text), INVITE VIA HEAD "%s\nv=0\n", refused[_i].more);
	ck_assert_int_eq(parse(&t, text, &why), 0);
	ck_assert_int_eq(sip_text_refused(t), refused[_i].status);
	talloc_free(t);
	memset(text + n, 'a', SIP_MAX_BODY);
	text[n + SIP_MAX_BODY] = '\0';
	ck_assert_int_eq(parse(&t, text, &why), 0);
	ck_assert_int_eq(sip_text_refused(t), refused[_i].status ? refused[_i].status : 413);
	talloc_free(t);
}
END_TEST

/* --- the head of an INVITE --- */

static int compare(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

/* What is made up anew is not compared, nor the order of lines, nor blanks in lists. */
static void normal(char *to, char *text)
{
	static const char *const made_up[] = { ";branch=", "Call-ID: ", ";tag=", "CSeq: " };
	char *lines[64], *save, *p;
	size_t n = 0;

	for (p = strtok_r(text, "\r\n", &save); p; p = strtok_r(NULL, "\r\n", &save)) {
		ck_assert_uint_lt(n, 64);
		for (size_t i = 0; i < 4; i++)
			if (strstr(p, made_up[i]))
				strstr(p, made_up[i])[strlen(made_up[i])] = '\0';
		lines[n++] = p;
	}
	qsort(lines, n, sizeof(lines[0]), compare);
	*to = '\0';
	for (size_t i = 0; i < n; i++)
		sprintf(to + strlen(to), "%s\n", lines[i]);
}

static const struct {
	enum sip_transport transport;
	enum sip_100rel rel;
	bool body;
} heads[] = {
	{ SIP_UDP, SIP_100REL_OFF, true }, { SIP_UDP, SIP_100REL_SUPPORTED, true },
	{ SIP_TCP, SIP_100REL_REQUIRED, true }, { SIP_UDP, SIP_100REL_REQUIRED, false },
};

START_TEST(as_sent)
{
	static char sent[4096], mine[4096], text[4096];
	struct sip_cfg_listen listen = { heads[_i].transport, "127.0.0.1", 0 };
	struct sip_cfg cfg = { .listen = &listen, .n_listen = 1, .user_agent = "Tollgate" };
	struct sip_target target = { "127.0.0.1", 0, heads[_i].transport };
	struct sip_text_out t = { .out = &out, .rel100 = heads[_i].rel };
	char *end;

	memset(&a, 0, sizeof(a));
	a.traced = true;
	pair_open();
	party_out(&out, "b", "application/sdp", offer_sdp, heads[_i].body ? strlen(offer_sdp) : 0);
	snprintf(out.headers, sizeof(out.headers), "History-Info: <sip:x@y>;index=1\r\n");
	snprintf(out.reason, sizeof(out.reason), "Q.850;cause=16");
	out.max_forwards = 42;
	snprintf(out.contact_user, sizeof(out.contact_user), "%s",
		 heads[_i].transport == SIP_TCP ? "+4930;tgrp=a;trunk-context=b" : "a>b");
	target.port = sip_port(b.sip, heads[_i].transport == SIP_TCP);
	ck_assert_int_eq(party_call(&a, target.port, target.transport, &out, t.rel100), 0);
	expect(&b, "invite");
	end = strstr(a.octets, "INVITE ");
	ck_assert_ptr_nonnull(end);
	snprintf(sent, sizeof(sent), "%.*s", (int)(strstr(end, "\r\n\r\n") - end), end);
	listen.port = sip_port(a.sip, heads[_i].transport == SIP_TCP);
	ck_assert_int_gt(sip_text_invite(text, sizeof(text), &cfg, &target, &t), 0);
	normal(mine, text);
	snprintf(text, sizeof(text), "%s", sent);
	normal(sent, text);
	ck_assert_str_eq(mine, sent);
	pair_close();
}
END_TEST

START_TEST(no_head)
{
	struct sip_cfg_listen listen = { SIP_UDP, "0.0.0.0", 5060 };
	struct sip_cfg cfg = { .listen = &listen, .n_listen = 1, .user_agent = "Test/1" };
	struct sip_target target = { "192.0.2.1", 5060, SIP_UDP };
	struct sip_text_out t = { .out = &out, .rel100 = SIP_100REL_OFF };
	char text[2048], tiny[16];
	int n;

	party_out(&out, "b", NULL, NULL, 0);
	n = sip_text_invite(text, sizeof(text), &cfg, &target, &t);
	ck_assert_int_gt(n, 0);
	ck_assert_ptr_nonnull(strstr(text, "\r\nContact: <sip:...:5060>\r\n"));
	ck_assert_ptr_nonnull(strstr(text, "\r\nContent-Length: 0\r\n"));
	ck_assert_int_eq(sip_text_invite(tiny, sizeof(tiny), &cfg, &target, &t), n);
	target.transport = SIP_TCP;
	ck_assert_int_eq(sip_text_invite(text, sizeof(text), &cfg, &target, &t), -ENETUNREACH);
	target = (struct sip_target){ "2001:db8::1", 5060, SIP_UDP };
	ck_assert_int_eq(sip_text_invite(text, sizeof(text), &cfg, &target, &t), -ENETUNREACH);
	target.host = "peer.example";
	snprintf(out.headers, sizeof(out.headers), "no end");
	ck_assert_int_eq(sip_text_invite(text, sizeof(text), &cfg, &target, &t), -EINVAL);
}
END_TEST

#define LOOP(test, rows) tcase_add_loop_test(tc, test, 0, sizeof(rows) / sizeof((rows)[0]))

int main(void)
{
	Suite *s = suite_create("sip_text");
	TCase *tc = tcase_create("sip_text");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, by_hand);
	tcase_add_test(tc, caught);
	LOOP(from_where, sources);
	LOOP(privacy, privacies);
	LOOP(not_taken, bad);
	tcase_add_test(tc, too_long);
	LOOP(refused_by_stack, refused);
	LOOP(as_sent, heads);
	tcase_add_test(tc, no_head);
	suite_add_tcase(s, tc);
	return pair_main(s);
}
