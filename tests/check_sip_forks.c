/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge whose INVITE is answered by several (RFC 3261 13.2.2.4, RFC 3262, RFC 6228): early
 * dialogs, the one that is the call, and those that end or come too late. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tests/sip/pair.h"
#include "tests/sip/raw.h"

static struct raw r;
static unsigned int serial;

static void setup(void)
{
	static const struct sip_cfg fast = { .t1_ms = 20 };

	memset(&b, 0, sizeof(b));
	b.traced = true;
	party_open(&b, "b", &fast);
	raw_open(&r);
}

static void teardown(void)
{
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

static void call_raw(enum sip_100rel rel)
{
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(party_call(&b, r.port, SIP_UDP, &out, rel), 0);
	expect_raw("INVITE ");
}

static const char *contact(void)
{
	static char line[80];

	snprintf(line, sizeof(line), "Contact: <sip:r@127.0.0.1:%u>\n", r.port);
	return line;
}

static void respond_to(const struct raw *invite_rx, int status, const char *tag, const char *more,
		       const char *body)
{
	struct raw copy = *invite_rx;
	char lines[400];

	snprintf(lines, sizeof(lines), "%s%s%s", contact(),
		 body ? "Content-Type: application/sdp\n" : "", more);
	copy.fd = r.fd;
	raw_respond(&copy, port(), status, tag, lines, body);
}

/* A PRACK for this provisional of this fork; repetitions of others may come before it. */
static void expect_prack(const char *rack, const char *tag)
{
	int i;

	for (i = 0; i < 20; i++) {
		expect_raw("PRACK ");
		if (strncmp(raw_header(&r, "RAck"), rack, strlen(rack)) == 0)
			break;
	}
	ck_assert_int_lt(i, 20);
	ck_assert(strstr(raw_header(&r, "To"), tag) != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
}

START_TEST(test_forks)
{
	static struct raw inv;

	call_raw(SIP_100REL_SUPPORTED);
	inv = r;
	respond_to(&inv, 100, NULL, "", NULL);
	respond_to(&inv, 183, "one", "Require: 100rel\nRSeq: 5\n", answer_sdp);
	expect_prack("5 ", "tag=one");
	respond_to(&inv, 183, "two", "Require: 100rel\nRSeq: 77\n", answer_sdp);
	expect_prack("77 ", "tag=two");
	/* repeated, out of order, next */
	respond_to(&inv, 183, "one", "Require: 100rel\nRSeq: 5\n", answer_sdp);
	respond_to(&inv, 180, "one", "Require: 100rel\nRSeq: 9\n", NULL);
	respond_to(&inv, 180, "one", "Require: 100rel\nRSeq: 6\n", NULL);
	expect_prack("6 ", "tag=one");
	ck_assert(strstr(b.octets, "\nRAck: 9 ") == NULL);
	party_run(30);
	ck_assert_str_eq(b.log, "b.183 b.183 b.180 ");
	/* the second fork answers */
	respond_to(&inv, 200, "two", "", answer_sdp);
	expect_raw("ACK ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	expect(&b, "b.200");
	/* the first one, too late */
	respond_to(&inv, 200, "one", "", answer_sdp);
	expect_raw("ACK ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=one") != NULL);
	expect_raw("BYE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=one") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
	/* the answer repeated */
	respond_to(&inv, 200, "two", "", answer_sdp);
	expect_raw("ACK ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
	party_run(30);
	ck_assert_str_eq(b.log, "b.183 b.183 b.180 b.200 ");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* A request of the fork `tag' of the INVITE. */
static void fork_asks(const struct raw *inv, const char *method, const char *tag)
{
	serial++;
	raw_say(&r, port(), NULL,
		"%s sip:127.0.0.1:%u SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK-%s%u\n"
		"From: %s;tag=%s\nTo: %s\nCall-ID: %s\nCSeq: %u %s\nMax-Forwards: 70\n%s",
		method, port(), r.port, tag, serial, raw_header(inv, "To"), tag,
		raw_header(inv, "From"), raw_header(inv, "Call-ID"), serial, method, contact());
}

static void fork_offers(const struct raw *inv, const char *tag)
{
	serial++;
	raw_say(&r, port(), offer_sdp,
		"UPDATE sip:127.0.0.1:%u SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=z9hG4bK-%u\n"
		"From: %s;tag=%s\nTo: %s\nCall-ID: %s\nCSeq: %u UPDATE\nMax-Forwards: 70\n"
		"Content-Type: application/sdp\n%s",
		port(), r.port, serial, raw_header(inv, "To"), tag, raw_header(inv, "From"),
		raw_header(inv, "Call-ID"), serial, contact());
}

/* The user is in one early dialog; the others live, until a 199 (RFC 6228). */
START_TEST(test_fork_focus)
{
	static struct raw inv;

	call_raw(SIP_100REL_OFF);
	inv = r;
	ck_assert_str_eq(raw_header(&r, "Supported"), "199");
	respond_to(&inv, 180, "one", "", NULL);
	respond_to(&inv, 183, "two", "", answer_sdp);
	party_run(30);
	fork_asks(&inv, "INFO", "two");
	expect_raw("SIP/2.0 500");
	fork_asks(&inv, "INFO", "one");
	expect_raw("SIP/2.0 200");
	sip_leg_focus(b.leg, "two");
	sip_leg_focus(b.leg, "nobody");
	fork_asks(&inv, "INFO", "one");
	expect_raw("SIP/2.0 500");
	fork_asks(&inv, "INFO", "two");
	expect_raw("SIP/2.0 200");
	respond_to(&inv, 199, "two", "", NULL);
	respond_to(&inv, 199, "one", "", NULL);	/* the last one stays */
	party_run(30);
	ck_assert_str_eq(b.log, "b.180 b.183 b.info b.info b.199 b.199 ");
	fork_asks(&inv, "INFO", "two");
	expect_raw("SIP/2.0 481");
	fork_asks(&inv, "INFO", "one");
	expect_raw("SIP/2.0 200");
	respond_to(&inv, 200, "two", "", answer_sdp);	/* all the same */
	expect_raw("ACK ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	expect(&b, "b.200");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE ");
	raw_respond(&r, port(), 200, NULL, "", NULL);
	party_run(30);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

START_TEST(test_fork_never_seen_answers)
{
	static struct raw inv;

	call_raw(SIP_100REL_OFF);
	inv = r;
	respond_to(&inv, 180, "one", "", NULL);
	expect(&b, "b.180");
	respond_to(&inv, 200, "three", "", answer_sdp);
	expect_raw("ACK ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=three") != NULL);
	expect(&b, "b.200");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=three") != NULL);
}
END_TEST

/* A 2xx without Contact is wrong, but the call must be ended all the same. */
START_TEST(test_no_contact)
{
	call_raw(SIP_100REL_OFF);
	raw_respond(&r, port(), 200, "one", "", NULL);
	expect_raw("ACK ");
	expect(&b, "b.200");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE ");
}
END_TEST

START_TEST(test_too_many_forks)
{
	static struct raw inv;
	char tag[16];
	bool prack;
	int i;

	call_raw(SIP_100REL_SUPPORTED);
	inv = r;
	for (i = 0; i < 20; i++) {
		snprintf(tag, sizeof(tag), "t%d", i);
		respond_to(&inv, 183, tag, "Require: 100rel\nRSeq: 1\n", NULL);
		do {			/* on a busy machine an earlier one may come again */
			prack = raw_expect(&r, "PRACK ", 60);
			if (prack)
				raw_respond(&r, port(), 200, NULL, "", NULL);
		} while (prack && !strstr(raw_header(&r, "To"), tag));
		if (!prack)
			break;
	}
	ck_assert_int_eq(i, 8);
	respond_to(&inv, 486, "t3", "", NULL);
	expect(&b, "b.486");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* ... and one of the others answers: it is the call all the same. */
START_TEST(test_ninth_fork_answers)
{
	static struct raw inv;
	char tag[16];

	call_raw(SIP_100REL_OFF);
	inv = r;
	for (int i = 0; i < 9; i++) {
		snprintf(tag, sizeof(tag), "t%d", i);
		respond_to(&inv, 180, tag, "", NULL);
	}
	respond_to(&inv, 200, "t8", "", answer_sdp);
	expect_raw("ACK ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=t8") != NULL);
	expect(&b, "b.200");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=t8") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
	party_run(30);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

static void send_info(void)
{
	party_out(&out, "", "application/isup", isup, sizeof(isup));
	ck_assert_int_eq(sip_leg_info(b.leg, &out), 0);
	expect_raw("INFO ");
}

/* The only early dialog has ended; the next one is the user's, without anybody saying so. */
START_TEST(test_fork_after_the_last)
{
	static struct raw inv;

	call_raw(SIP_100REL_OFF);
	inv = r;
	respond_to(&inv, 183, "one", "", answer_sdp);
	respond_to(&inv, 199, "one", "", NULL);
	expect(&b, "b.199");
	respond_to(&inv, 180, "two", "", NULL);
	expect(&b, "b.180");
	send_info();
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
	fork_asks(&inv, "INFO", "one");
	expect_raw("SIP/2.0 481");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("CANCEL ");
}
END_TEST

/* 481 ends the early dialog it came in (RFC 5057 5.1); another one can still become the call. */
START_TEST(test_fork_unknown_to_peer)
{
	static struct raw inv;

	call_raw(SIP_100REL_OFF);
	inv = r;
	respond_to(&inv, 183, "one", "", answer_sdp);
	respond_to(&inv, 180, "two", "", NULL);
	expect(&b, "b.180");
	send_info();
	ck_assert(strstr(raw_header(&r, "To"), "tag=one") != NULL);
	raw_respond(&r, port(), 481, NULL, "", NULL);
	party_run(30);
	ck_assert(!party_said(&b, "INFO found no dialog"));
	send_info();
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	raw_respond(&r, port(), 481, NULL, "", NULL);
	expect_raw("CANCEL ");
	ck_assert(party_said(&b, "INFO found no dialog"));
}
END_TEST

static void settle(const struct raw *inv, const char *tag)
{
	respond_to(inv, 183, tag, "Require: 100rel\nRSeq: 1\nAllow: UPDATE\n", answer_sdp);
	expect_prack("1 ", tag);
}

/* An offer by UPDATE goes in an early dialog whose INVITE is answered, and in no other. */
START_TEST(test_fork_not_settled)
{
	static struct raw inv;

	call_raw(SIP_100REL_SUPPORTED);
	inv = r;
	settle(&inv, "one");
	respond_to(&inv, 183, "two", "", answer_sdp);
	party_run(30);
	sip_leg_focus(b.leg, "two");
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(sip_leg_reinvite(b.leg, &out), -ENOTCONN);
	fork_offers(&inv, "two");
	expect_raw("SIP/2.0 491");
	sip_leg_focus(b.leg, "one");
	ck_assert_int_eq(sip_leg_reinvite(b.leg, &out), 0);
	expect_raw("UPDATE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=one") != NULL);
	raw_respond(&r, port(), 200, NULL, contact(), NULL);
	expect(&b, "b.result-200");
	respond_to(&inv, 486, "one", "", NULL);
	expect(&b, "b.486");
}
END_TEST

/* It has no answer when another dialog becomes the call, whose target stays its own. */
START_TEST(test_fork_offer_overtaken)
{
	static struct raw inv, update;

	call_raw(SIP_100REL_SUPPORTED);
	inv = r;
	settle(&inv, "one");
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(sip_leg_reinvite(b.leg, &out), 0);
	expect_raw("UPDATE ");
	update = r;
	respond_to(&inv, 200, "two", "", answer_sdp);
	expect_raw("ACK ");
	expect(&b, "b.200");
	ck_assert_msg(party_said(&b, "result-491"), "%s", b.log);
	raw_respond(&update, port(), 200, NULL, "Contact: <sip:elsewhere@127.0.0.1:9>\n", NULL);
	party_run(30);
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE sip:r@");
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
}
END_TEST

/* Two forks answer after we gave up: both are ended. */
START_TEST(test_forks_after_cancel)
{
	static struct raw inv;

	call_raw(SIP_100REL_OFF);
	inv = r;
	respond_to(&inv, 180, "one", "", NULL);
	expect(&b, "b.180");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("CANCEL ");
	raw_respond(&r, port(), 200, NULL, "", NULL);
	respond_to(&inv, 200, "one", "", answer_sdp);
	expect_raw("ACK ");
	expect_raw("BYE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=one") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
	respond_to(&inv, 200, "two", "", answer_sdp);
	expect_raw("BYE ");
	ck_assert(strstr(raw_header(&r, "To"), "tag=two") != NULL);
	raw_respond(&r, port(), 200, NULL, "", NULL);
	ck_assert_str_eq(b.log, "b.180 ");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* Cancelled, and the peer says nothing any more. */
START_TEST(test_cancel_unanswered)
{
	static struct raw inv;

	call_raw(SIP_100REL_OFF);
	inv = r;
	respond_to(&inv, 180, "one", "", NULL);
	expect(&b, "b.180");
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("CANCEL ");
	ck_assert_uint_eq(sip_dialogs(b.sip), 1);
	raw_respond(&r, port(), 200, NULL, "", NULL);
}
END_TEST

/* Routes of the dialog, as the 2xx tells them (RFC 3261 12.1.2). */
START_TEST(test_routes)
{
	char lines[300];

	call_raw(SIP_100REL_OFF);
	snprintf(lines, sizeof(lines),
		 "Record-Route: <sip:inner.invalid;lr>\nRecord-Route: <sip:127.0.0.1:%u;lr>\n"
		 "Contact: <sip:far@far.invalid:6000;transport=udp>\n",
		 r.port);
	raw_respond(&r, port(), 200, "one", lines, NULL);
	expect_raw("ACK sip:far@far.invalid:6000;transport=udp SIP/2.0");
	ck_assert(strstr(raw_header(&r, "Route"), "127.0.0.1") != NULL);
	ck_assert(strstr(r.rx, "inner.invalid") > strstr(r.rx, "Route:"));
	sip_leg_release(b.leg, 0, NULL);
	expect_raw("BYE sip:far@far.invalid:6000;transport=udp SIP/2.0");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sip forks");
	TCase *t = tcase_create("forks");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 20);
	tcase_add_test(t, test_forks);
	tcase_add_test(t, test_fork_focus);
	tcase_add_test(t, test_fork_never_seen_answers);
	tcase_add_test(t, test_no_contact);
	tcase_add_test(t, test_too_many_forks);
	tcase_add_test(t, test_ninth_fork_answers);
	tcase_add_test(t, test_fork_after_the_last);
	tcase_add_test(t, test_fork_unknown_to_peer);
	tcase_add_test(t, test_fork_not_settled);
	tcase_add_test(t, test_fork_offer_overtaken);
	tcase_add_test(t, test_forks_after_cancel);
	tcase_add_test(t, test_cancel_unanswered);
	tcase_add_test(t, test_routes);
	suite_add_tcase(s, t);
	return pair_main(s);
}
