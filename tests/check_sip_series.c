/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge with several INVITEs of one call (RFC 3578), on real sockets: those it sends, and
 * those that come. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "tests/sip/pair.h"
#include "tests/sip/raw.h"

enum { MANY = 4 };

/* One INVITE of the series, and what its leg told. */
struct one { struct sip_leg *leg; char log[300]; };

static struct raw r, seen[MANY];	/* the INVITEs as they came */
static struct one ones[MANY];
static struct sip_series *series;

static void setup(void)
{
	static const struct sip_cfg fast = { .t1_ms = 20 };

	memset(&b, 0, sizeof(b));
	memset(ones, 0, sizeof(ones));
	b.traced = true;
	party_open(&b, "b", &fast);
	raw_open(&r);
	series = NULL;
}

static void teardown(void)
{
	talloc_free(series);
	raw_close(&r);
	party_close(&b);
}

static uint16_t port(void)
{
	return sip_port(b.sip, 0);
}

static void expect_raw(const char *first)
{
	ck_assert_msg(raw_expect(&r, first, 3000), "no '%s', but: %s", first, r.rx);
}

/* --- what the legs tell --- */

static void say(struct one *o, const char *word)
{
	size_t at = strlen(o->log);

	snprintf(o->log + at, sizeof(o->log) - at, "%s ", word);
}

static void response(void *ctx, int status, const struct sip_msg *msg)
{
	struct one *o = ctx;
	char word[16];

	snprintf(word, sizeof(word), "%d", status);
	say(o, word);
	if (status >= 300)
		o->leg = NULL;
}

static void ended(void *ctx, const struct sip_msg *msg, const char *why)
{
	struct one *o = ctx;

	say(o, msg ? "bye" : "broken");
	o->leg = NULL;
}

static void info(void *ctx, const struct sip_msg *msg)
{
	say(ctx, "info");
}

static void refused(void *ctx, int status)
{
	char word[24];

	snprintf(word, sizeof(word), "refused-%d", status);
	say(ctx, word);
}

static const struct sip_leg_ops ops = {
	.response = response, .ended = ended, .info = info, .info_refused = refused,
};

static void told(struct one *o, const char *word)
{
	int i;

	for (i = 0; i < 300 && !strstr(o->log, word); i++)
		party_run(10);
	ck_assert_msg(strstr(o->log, word) != NULL, "no '%s' in: %s", word, o->log);
}

/* --- INVITEs that we send --- */

static void next_invite(unsigned int i, const char *digits, enum sip_100rel rel)
{
	const struct sip_target target = { "127.0.0.1", r.port, SIP_UDP };

	if (!series)
		series = sip_series_new(NULL, b.sip, &target, rel);
	party_out(&out, digits, "application/sdp", offer_sdp, strlen(offer_sdp));
	ck_assert_int_eq(sip_series_invite(&ones[i].leg, series, &out, &ops, &ones[i]), 0);
	expect_raw("INVITE ");
	seen[i] = r;
}

static void respond(unsigned int i, int status, const char *tag, const char *more)
{
	struct raw copy = seen[i];
	char lines[300];

	copy.fd = r.fd;
	snprintf(lines, sizeof(lines), "Contact: <sip:r@127.0.0.1:%u>\n%s", r.port, more);
	raw_respond(&copy, port(), status, tag, lines, NULL);
}

static void ok(void)
{
	raw_respond(&r, port(), 200, NULL, "", NULL);
}

static bool has_tag(const char *header, const char *tag)
{
	return strstr(raw_header(&r, header), tag) != NULL;
}

/* A request of the peer within the dialog whose To tag (of the INVITE) is given. */
static void request(unsigned int i, const char *method, const char *tag, unsigned int cseq)
{
	raw_say(&r, port(), NULL,
		"%s sip:127.0.0.1:%u SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK-%s%s%u\n"
		"From: %s;tag=%s\nTo: %s\nCall-ID: %s\nCSeq: %u %s\nMax-Forwards: 70\n",
		method, port(), r.port, method, tag, cseq, raw_header(&seen[i], "To"), tag,
		raw_header(&seen[i], "From"), raw_header(&seen[i], "Call-ID"), cseq, method);
}

static unsigned long cseq_of(const struct raw *m)
{
	return strtoul(raw_header(m, "CSeq"), NULL, 10);
}

START_TEST(test_same_call)
{
	int i;

	next_invite(0, "20125", SIP_100REL_OFF);
	next_invite(1, "2012555", SIP_100REL_OFF);
	next_invite(2, "20125550199", SIP_100REL_OFF);
	for (i = 1; i < 3; i++) {
		ck_assert_str_eq(raw_header(&seen[i], "Call-ID"), raw_header(&seen[0], "Call-ID"));
		ck_assert_str_eq(raw_header(&seen[i], "From"), raw_header(&seen[0], "From"));
		ck_assert_uint_gt(cseq_of(&seen[i]), cseq_of(&seen[i - 1]));
		ck_assert_str_ne(raw_header(&seen[i], "Via"), raw_header(&seen[0], "Via"));
		ck_assert_str_eq(raw_header(&seen[i], "Route"), "");
	}
	ck_assert(strstr(raw_header(&seen[0], "From"), ";tag=") != NULL);
	ck_assert_str_eq(raw_header(&seen[1], "To"), "<sip:2012555@127.0.0.1>");
	ck_assert_int_eq(strncmp(seen[2].rx, "INVITE sip:20125550199@", 23), 0);
	/* 484 for one is no matter of the others */
	respond(0, 484, "t0", "");
	expect_raw("ACK ");
	ck_assert_uint_eq(cseq_of(&r), cseq_of(&seen[0]));
	told(&ones[0], "484");
	respond(1, 484, "t1", "");
	expect_raw("ACK ");
	told(&ones[1], "484");
	ck_assert_str_eq(ones[2].log, "");
	respond(2, 180, "t2", "");
	told(&ones[2], "180");
	respond(2, 200, "t2", "");
	expect_raw("ACK ");
	ck_assert_uint_eq(cseq_of(&r), cseq_of(&seen[2]));
	ck_assert(has_tag("To", "20125550199") && has_tag("To", "t2"));
	told(&ones[2], "200");
	request(2, "BYE", "t2", 1);
	expect_raw("SIP/2.0 200");
	told(&ones[2], "bye");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert_str_eq(ones[0].log, "484 ");
	ck_assert_str_eq(ones[1].log, "484 ");
}
END_TEST

/* Each has reliable provisionals of its own. */
START_TEST(test_reliable)
{
	unsigned int i;

	next_invite(0, "1", SIP_100REL_SUPPORTED);
	next_invite(1, "12", SIP_100REL_SUPPORTED);
	for (i = 0; i < 2; i++) {
		respond(1 - i, 183, i ? "t0" : "t1", "Require: 100rel\nRSeq: 7\n");
		expect_raw("PRACK ");
		ck_assert_uint_eq(strtoul(raw_header(&r, "RAck") + 2, NULL, 10),
				  cseq_of(&seen[1 - i]));
		ck_assert(has_tag("To", i ? "t0" : "t1"));
		ok();
		told(&ones[1 - i], "183");
	}
	for (i = 0; i < 2; i++) {
		sip_leg_release(ones[i].leg, 0, NULL);
		expect_raw("CANCEL ");
		ck_assert_str_eq(raw_header(&r, "Via"), raw_header(&seen[i], "Via"));
		ck_assert_uint_eq(cseq_of(&r), cseq_of(&seen[i]));
		ok();
		respond(i, 487, i ? "t1" : "t0", "");
		expect_raw("ACK ");
	}
	party_run(30);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* A request of one dialog, while the others have none: the stack cannot tell them apart. */
START_TEST(test_whose_request)
{
	next_invite(0, "1", SIP_100REL_OFF);
	next_invite(1, "12", SIP_100REL_OFF);
	next_invite(2, "123", SIP_100REL_OFF);
	respond(1, 183, "t1", "");
	told(&ones[1], "183");
	request(1, "INFO", "t1", 5);
	expect_raw("SIP/2.0 200");
	told(&ones[1], "info");
	respond(2, 200, "t2", "");
	expect_raw("ACK ");
	told(&ones[2], "200");
	sip_leg_release(ones[0].leg, 0, NULL);
	sip_leg_release(ones[1].leg, 0, NULL);
	TALLOC_FREE(series);
	/* the first one is cancelled, and still has no dialog */
	request(2, "INFO", "t2", 6);
	expect_raw("SIP/2.0 200");
	told(&ones[2], "info");
	request(2, "BYE", "t2", 7);
	expect_raw("SIP/2.0 200");
	told(&ones[2], "bye");
	respond(0, 487, "t0", "");
	respond(1, 487, "t1", "");
	party_run(60);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert_str_eq(ones[0].log, "");
	ck_assert_str_eq(ones[1].log, "183 info ");
}
END_TEST

/* A 200 to one of them crosses its CANCEL. */
START_TEST(test_cross)
{
	next_invite(0, "1", SIP_100REL_OFF);
	next_invite(1, "12", SIP_100REL_OFF);
	respond(0, 180, "t0", "");
	told(&ones[0], "180");
	respond(1, 200, "t1", "");
	expect_raw("ACK ");
	told(&ones[1], "200");
	sip_leg_release(ones[0].leg, 0, NULL);
	expect_raw("CANCEL ");
	ok();
	respond(0, 200, "t0", "");
	expect_raw("ACK ");
	ck_assert(has_tag("To", "t0"));
	expect_raw("BYE ");
	ck_assert(has_tag("To", "t0"));
	ok();
	party_run(30);
	ck_assert_uint_eq(sip_dialogs(b.sip), 1);
	sip_leg_release(ones[1].leg, 0, NULL);
	expect_raw("BYE ");
	ck_assert(has_tag("To", "t1"));
	ok();
	party_run(30);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert_str_eq(ones[0].log, "180 ");
}
END_TEST

/* Nobody answers one of them: its own time-out. */
START_TEST(test_silence)
{
	next_invite(0, "1", SIP_100REL_OFF);
	next_invite(1, "12", SIP_100REL_OFF);
	respond(1, 180, "t1", "");
	told(&ones[0], "408");
	ck_assert_str_eq(ones[1].log, "180 ");
	respond(1, 486, "t1", "");
	told(&ones[1], "486");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

START_TEST(test_nowhere)
{
	const struct sip_target nowhere = { "::1", 5060, SIP_UDP };
	struct sip_series *s = sip_series_new(NULL, b.sip, &nowhere, SIP_100REL_OFF);
	struct sip_leg *leg = NULL;

	party_out(&out, "1", NULL, NULL, 0);
	ck_assert_int_lt(sip_series_invite(&leg, s, &out, &ops, &ones[0]), 0);
	ck_assert_ptr_null(leg);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	talloc_free(s);
}
END_TEST

/* What the peer does not take by INFO is told; 481 ends the dialog. */
START_TEST(test_info_refused)
{
	static const int statuses[] = { 405, 415, 501, 481 };
	unsigned int i;

	next_invite(0, "1", SIP_100REL_OFF);
	respond(0, 183, "t0", "");
	told(&ones[0], "183");
	party_out(&out, "", "application/x-session-info", "SubsequentDigit: 2\r\n", 20);
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(sip_leg_info(ones[0].leg, &out), 0);
		expect_raw("INFO ");
		raw_respond(&r, port(), statuses[i], NULL, "", NULL);
		party_run(20);
	}
	told(&ones[0], "broken");
	ck_assert_str_eq(ones[0].log, "183 refused-405 refused-415 refused-501 broken ");
	expect_raw("CANCEL ");
	ok();
	respond(0, 487, "t0", "");
	party_run(30);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* --- INVITEs that come --- */

static void send_invite(const char *user, unsigned int cseq, const char *branch)
{
	raw_say(&r, port(), offer_sdp,
		"INVITE sip:%s@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK-%s\n"
		"From: <sip:r@127.0.0.1>;tag=same\nTo: <sip:%s@127.0.0.1>\nCall-ID: the-call\n"
		"CSeq: %u INVITE\nMax-Forwards: 70\nContact: <sip:r@127.0.0.1:%u>\n"
		"Content-Type: application/sdp\n",
		user, r.port, branch, user, cseq, r.port);
}

static uint32_t last_cseq;
static struct sip_leg *legs[MANY];
static unsigned int n_legs;

static void on_invite(struct party *p, struct sip_leg *leg, const struct sip_msg *msg)
{
	last_cseq = msg->cseq;
	legs[n_legs++] = leg;
	sip_leg_bind(leg, &ops, &ones[n_legs - 1]);
}

START_TEST(test_incoming)
{
	char tag[2][40];

	b.on_invite = on_invite;
	n_legs = 0;
	send_invite("123", 1, "a");
	expect_raw("SIP/2.0 100");
	send_invite("1234", 2, "b");
	expect_raw("SIP/2.0 100");
	ck_assert_uint_eq(n_legs, 2);
	ck_assert_uint_eq(last_cseq, 2);
	/* the same CSeq by another way is a merged request (RFC 3261 8.2.2.2) */
	send_invite("1234", 2, "c");
	expect_raw("SIP/2.0 482");
	ck_assert_uint_eq(n_legs, 2);
	ck_assert_int_eq(sip_leg_reply(legs[0], 484, NULL, NULL, SIP_100REL_OFF), 0);
	expect_raw("SIP/2.0 484");
	ck_assert(strstr(raw_header(&r, "Via"), "z9hG4bK-a") != NULL);
	snprintf(tag[0], sizeof(tag[0]), "%s", strstr(raw_header(&r, "To"), ";tag="));
	/* its CANCEL comes too late, and means no other */
	raw_say(&r, port(), NULL,
		"CANCEL sip:123@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK-a\n"
		"From: <sip:r@127.0.0.1>;tag=same\nTo: <sip:123@127.0.0.1>\nCall-ID: the-call\n"
		"CSeq: 1 CANCEL\nMax-Forwards: 70\n", r.port);
	party_run(50);
	ck_assert_int_eq(sip_leg_reply(legs[1], 180, NULL, NULL, SIP_100REL_OFF), 0);
	expect_raw("SIP/2.0 180");
	ck_assert(strstr(raw_header(&r, "Via"), "z9hG4bK-b") != NULL);
	snprintf(tag[1], sizeof(tag[1]), "%s", strstr(raw_header(&r, "To"), ";tag="));
	ck_assert_str_ne(tag[0], tag[1]);
	ck_assert_int_eq(sip_leg_reply(legs[1], 486, NULL, NULL, SIP_100REL_OFF), 0);
	expect_raw("SIP/2.0 486");
	ck_assert_str_eq(ones[0].log, "");
	ck_assert_str_eq(ones[1].log, "");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sip series");
	TCase *t = tcase_create("all");

	tcase_set_timeout(t, 30);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_same_call);
	tcase_add_test(t, test_reliable);
	tcase_add_test(t, test_whose_request);
	tcase_add_test(t, test_cross);
	tcase_add_test(t, test_silence);
	tcase_add_test(t, test_nowhere);
	tcase_add_test(t, test_info_refused);
	tcase_add_test(t, test_incoming);
	suite_add_tcase(s, t);
	return pair_main(s);
}
