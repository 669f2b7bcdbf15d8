/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge against a peer made of hand-written messages: refusals, admission, repetition,
 * garbage. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/timer.h>

#include "tests/sip/pair.h"
#include "tests/sip/raw.h"

static struct raw r;
static unsigned int serial;

static void setup_with(const struct sip_cfg *cfg)
{
	memset(&b, 0, sizeof(b));
	b.traced = true;
	party_open(&b, "b", cfg);
	raw_open(&r);
}

static void setup(void)
{
	static const struct sip_cfg fast = { .t1_ms = 20 };

	setup_with(&fast);
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

/* A request outside a dialog; more: further header lines. */
static void ask(const char *method, const char *more, const char *body)
{
	serial++;
	raw_say(&r, port(), body,
		"%s sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP "
		"127.0.0.1:%u;branch=z9hG4bK-%u;rport\nFrom: <sip:r@127.0.0.1>;tag=r%u\n"
		"To: <sip:b@127.0.0.1>\nCall-ID: c%u\nCSeq: 1 %s\n%s",
		method, r.port, serial, serial, serial, method, more);
}

static void invite(const char *more, const char *body)
{
	char lines[8192];

	snprintf(lines, sizeof(lines), "Max-Forwards: 70\nContact: <sip:r@127.0.0.1:%u>\n%s%s",
		 r.port, body ? "Content-Type: application/sdp\n" : "", more);
	ask("INVITE", lines, body);
}

/* A request of the dialog that the last response (to the INVITE) belongs to. */
static char dialog_to[200];

static const char *raw_user = "r";	/* who the peer is, in From */

static void within(const char *method, unsigned int cseq, const char *more, const char *body)
{
	raw_say(&r, port(), body,
		"%s sip:127.0.0.1:%u SIP/2.0\nVia: SIP/2.0/UDP "
		"127.0.0.1:%u;branch=z9hG4bK-%u-%u%s\nFrom: <sip:%s@127.0.0.1>;tag=r%u\n"
		"To: %s\nCall-ID: c%u\nCSeq: %u %s\nMax-Forwards: 70\nContact: "
		"<sip:r@127.0.0.1:%u>\n%s",
		method, port(), r.port, serial, cseq, method, raw_user, serial, dialog_to, serial,
		cseq, method, r.port, more);
}

static void be_called(void)
{
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	expect(&b, "b.invite");
	reply(200, answer_sdp);
	expect_raw("SIP/2.0 200");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
	within("ACK", 1, "", NULL);
	expect(&b, "b.acked");
}

/* --- refusals --- */

static const struct {
	const char *method, *more;
	const char *answer, *header, *value;
} refusals[] = {
	{ "INVITE", "Max-Forwards: 0\nContact: <sip:r@127.0.0.1>\n", "SIP/2.0 483", "CSeq",
	  "1 INVITE" },
	{ "INVITE", "Max-Forwards: 9\n", "SIP/2.0 400", "CSeq", "1 INVITE" },
	{ "INVITE", "Contact: <sip:r@127.0.0.1>\nRequire: 100rel, foo, bar\n", "SIP/2.0 420",
	  "Unsupported", "foo" },
	{ "REGISTER", "", "SIP/2.0 405", "Allow", "INVITE" },
	{ "REFER", "Refer-To: <sip:x@y>\n", "SIP/2.0 405", "Allow", "INVITE" },
	{ "MESSAGE", "", "SIP/2.0 405", "Allow", "INFO" },
	{ "SUBSCRIBE", "Event: presence\n", "SIP/2.0 489", "Allow", "INVITE" },
	{ "NOTIFY", "Event: presence\n", "SIP/2.0 489", "Allow", "INVITE" },
	{ "FROBNICATE", "", "SIP/2.0 501", "Allow", "INVITE" },
	{ "BYE", "", "SIP/2.0 481", "CSeq", "1 BYE" },
	{ "CANCEL", "", "SIP/2.0 481", "CSeq", "1 CANCEL" },
	{ "INFO", "", "SIP/2.0 481", "CSeq", "1 INFO" },
	{ "UPDATE", "Contact: <sip:r@127.0.0.1>\n", "SIP/2.0 481", "CSeq", "1 UPDATE" },
	{ "PRACK", "RAck: 1 1 INVITE\n", "SIP/2.0 481", "CSeq", "1 PRACK" },
	{ "OPTIONS", "Accept: application/sdp\n", "SIP/2.0 200", "Allow", "UPDATE" },
	{ "OPTIONS", "Require: foo\n", "SIP/2.0 420", "Unsupported", "foo" },
	{ "INVITE", "Contact: <sip:r@127.0.0.1>\nContact: bad<\nCSeq: x\n", "SIP/2.0 400",
	  "Call-ID", "c" },
};

START_TEST(test_refusals)
{
	ask(refusals[_i].method, refusals[_i].more, NULL);
	expect_raw("SIP/2.0 ");
	ck_assert_msg(strncmp(r.rx, refusals[_i].answer, 11) == 0, "%s: %s", refusals[_i].method,
		      r.rx);
	ck_assert_msg(strstr(raw_header(&r, refusals[_i].header), refusals[_i].value) != NULL, "%s",
		      r.rx);
	ck_assert(strstr(raw_header(&r, "To"), "tag=") != NULL);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert(!party_said(&b, "invite"));
}
END_TEST

START_TEST(test_too_large)
{
	static char big[9001];

	memset(big, 'x', sizeof(big) - 1);
	invite("", big);
	expect_raw("SIP/2.0 413");
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_BAD), 1);
	invite("Content-Encoding: gzip\n", "xxx");
	expect_raw("SIP/2.0 415");
	ck_assert_str_eq(raw_header(&r, "Accept-Encoding"), "identity");
	big[8000] = '\0';
	invite("", big);
	expect_raw("SIP/2.0 100");
	ck_assert_uint_eq(b.body_len, 8000);
}
END_TEST

START_TEST(test_long_headers)
{
	static char lines[5000];

	memset(lines, 'h', sizeof(lines) - 1);
	memcpy(lines, "X-Long: ", 8);
	memcpy(lines + sizeof(lines) - 2, "\n", 1);
	invite(lines, NULL);
	expect_raw("SIP/2.0 100");
	expect(&b, "b.invite");
	reply(486, NULL);
	expect_raw("SIP/2.0 486");
}
END_TEST

START_TEST(test_options_when_draining)
{
	b.options_status = 503;
	ask("OPTIONS", "", NULL);
	expect_raw("SIP/2.0 503");
	ck_assert(party_said(&b, "b.options"));
}
END_TEST

/* The same request by two ways (RFC 3261 8.2.2.2). */
START_TEST(test_merged)
{
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	raw_say(&r, port(), NULL,
		"INVITE sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP "
		"127.0.0.1:%u;branch=z9hG4bK-other\nFrom: <sip:r@127.0.0.1>;tag=r%u\n"
		"To: <sip:b@127.0.0.1>\nCall-ID: c%u\nCSeq: 1 INVITE\nContact: <sip:r@127.0.0.1>\n",
		r.port, serial, serial);
	expect_raw("SIP/2.0 482");
	ck_assert_uint_eq(sip_dialogs(b.sip), 1);
}
END_TEST

/* Answers go where the request came from (RFC 3581). */
START_TEST(test_rport)
{
	serial++;
	raw_say(&r, port(), NULL,
		"OPTIONS sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP "
		"192.0.2.99:7;branch=z9hG4bK-%u;rport\nFrom: <sip:r@x>;tag=r\n"
		"To: <sip:b@127.0.0.1>\nCall-ID: c%u\nCSeq: 1 OPTIONS\n",
		serial, serial);
	expect_raw("SIP/2.0 200");
	ck_assert(strstr(raw_header(&r, "Via"), "received=127.0.0.1") != NULL);
	ck_assert(strstr(raw_header(&r, "Via"), "rport=") != NULL);
}
END_TEST

/* --- admission --- */

START_TEST(test_calls_per_second)
{
	static const struct sip_cfg cfg = { .t1_ms = 20, .max_calls_per_second = 5 };
	unsigned int taken = 0, refused = 0, i;

	teardown();
	setup_with(&cfg);
	for (i = 0; i < 20; i++)
		invite("", offer_sdp);
	while (raw_expect(&r, "SIP/2.0 ", 100)) {
		taken += strncmp(r.rx, "SIP/2.0 100", 11) == 0;
		if (strncmp(r.rx, "SIP/2.0 503", 11) == 0) {
			refused++;
			ck_assert_str_eq(raw_header(&r, "Retry-After"), "4");
		}
	}
	ck_assert_uint_eq(taken + refused, 20);
	ck_assert_uint_ge(refused, 14);
	ck_assert_uint_ge(taken, 5);
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_REFUSED_LOAD), refused);
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_RX_INVITE), taken);
	party_run(450);
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
}
END_TEST

START_TEST(test_max_dialogs)
{
	static const struct sip_cfg cfg = { .t1_ms = 20, .max_dialogs = 2 };

	teardown();
	setup_with(&cfg);
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	invite("", offer_sdp);
	expect_raw("SIP/2.0 503");
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(party_call(&b, r.port, SIP_UDP, &out, SIP_100REL_OFF), -ENOBUFS);
}
END_TEST

/* A source that is not admitted hears nothing, whatever it says. */
START_TEST(test_silence)
{
	b.mute = true;
	invite("", offer_sdp);
	ask("OPTIONS", "", NULL);
	ask("FOO", "", NULL);
	ask("CANCEL", "", NULL);
	ask("INVITE", "Content-Length: 999\n", NULL);
	raw_octets(&r, port(), "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1\r\n", 51);
	ck_assert(raw_silent(&r, 100));
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_SILENCED), 6);
	ck_assert_uint_eq(b.octets_len, 0);
	b.mute = false;
	ask("OPTIONS", "", NULL);
	expect_raw("SIP/2.0 200");
}
END_TEST

/* --- within the dialog --- */

START_TEST(test_update)
{
	struct sip_out o;

	be_called();
	within("UPDATE", 2, "", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert(!party_said(&b, "update"));
	within("UPDATE", 3, "Content-Type: application/sdp\n", offer_sdp);
	expect(&b, "b.update");
	within("UPDATE", 4, "Content-Type: application/sdp\n", offer_sdp);
	expect_raw("SIP/2.0 500");
	ck_assert_str_eq(raw_header(&r, "CSeq"), "4 UPDATE");
	ck_assert_str_eq(raw_header(&r, "Retry-After"), "4");
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), 0);
	expect_raw("SIP/2.0 200");
	ck_assert(strstr(r.rx, "m=audio 5000") != NULL);
}
END_TEST

/* RFC 4916: From may change; it is answered, counted once, and nobody is told. */
START_TEST(test_identity_changes)
{
	be_called();
	within("UPDATE", 2, "", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_IDENTITY), 0);
	raw_user = "carol";
	within("UPDATE", 3, "Supported: from-change\n", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert(!party_said(&b, "update"));
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_IDENTITY), 1);
	within("UPDATE", 4, "", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_IDENTITY), 1);
	raw_user = "r";
	within("UPDATE", 5, "", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert_uint_eq(sip_counter(b.sip, SIP_CTR_IDENTITY), 2);
}
END_TEST

START_TEST(test_update_before_answer)
{
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	reply(183, NULL);
	expect_raw("SIP/2.0 183");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
	within("UPDATE", 2, "Content-Type: application/sdp\n", offer_sdp);
	expect_raw("SIP/2.0 500");
	within("INVITE", 3, "Content-Type: application/sdp\n", offer_sdp);
	expect_raw("SIP/2.0 500");
	ck_assert_str_eq(raw_header(&r, "CSeq"), "3 INVITE");
}
END_TEST

/* A re-INVITE without offer: ours goes in the 200, the answer comes in the ACK. */
START_TEST(test_reinvite_without_offer)
{
	struct sip_out o;

	be_called();
	within("INVITE", 2, "", NULL);
	expect(&b, "b.reinvite");
	ck_assert_uint_eq(b.body_len, 0);
	sdp_out(&o, offer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), 0);
	expect_raw("SIP/2.0 200");
	b.log[0] = '\0';
	within("ACK", 2, "Content-Type: application/sdp\n", answer_sdp);
	expect(&b, "b.acked");
	ck_assert(body_is(&b, answer_sdp, strlen(answer_sdp)));
}
END_TEST

START_TEST(test_reinvite_never_acked)
{
	struct sip_out o;

	be_called();
	within("INVITE", 2, "Content-Type: application/sdp\n", offer_sdp);
	expect(&b, "b.reinvite");
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), 0);
	ck_assert(raw_expect(&r, "BYE ", 4000));
	ck_assert(party_said(&b, "no ACK"));
	raw_respond(&r, port(), 200, NULL, "", NULL);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* Our re-INVITE met one of theirs, and waits until that is done (RFC 3261 14.1). */
START_TEST(test_reinvite_again_waits)
{
	struct sip_out o;

	be_called();
	sdp_out(&o, offer_sdp);
	ck_assert_int_eq(sip_leg_reinvite(b.leg, &o), 0);
	expect_raw("INVITE ");
	raw_respond(&r, port(), 491, NULL, "", NULL);
	expect_raw("ACK ");
	within("INVITE", 2, "Content-Type: application/sdp\n", offer_sdp);
	expect(&b, "b.reinvite");
	expect_raw("SIP/2.0 100");
	ck_assert_msg(!raw_expect(&r, "INVITE ", 2100), "sent while another offer is open");
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), 0);
	expect_raw("SIP/2.0 200");
	within("ACK", 2, "", NULL);
	expect_raw("INVITE ");
	raw_respond(&r, port(), 488, NULL, "", NULL);
	expect(&b, "b.result-488");
}
END_TEST

START_TEST(test_reinvite_cancelled)
{
	struct sip_out o;

	be_called();
	within("INVITE", 2, "Content-Type: application/sdp\n", offer_sdp);
	expect(&b, "b.reinvite");
	raw_say(&r, port(), NULL,
		"CANCEL sip:127.0.0.1:%u SIP/2.0\nVia: SIP/2.0/UDP "
		"127.0.0.1:%u;branch=z9hG4bK-%u-2INVITE\n"
		"From: <sip:r@127.0.0.1>;tag=r%u\nTo: %s\nCall-ID: c%u\nCSeq: 2 CANCEL\n",
		port(), r.port, serial, serial, dialog_to, serial);
	expect_raw("SIP/2.0 487");
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), -ENOENT);
	within("BYE", 3, "Reason: Q.850;cause=16\n", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert_str_eq(b.reason, "Q.850;cause=16");
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

START_TEST(test_in_dialog_refusals)
{
	static char big[8300];

	be_called();
	within("OPTIONS", 2, "", NULL);
	expect_raw("SIP/2.0 200");
	ck_assert(strstr(raw_header(&r, "Allow"), "PRACK") != NULL);
	within("REFER", 3, "Refer-To: <sip:x@y>\n", NULL);
	expect_raw("SIP/2.0 405");
	within("NOTIFY", 4, "Event: refer\n", NULL);
	expect_raw("SIP/2.0 489");
	within("INFO", 5, "Require: foo\n", NULL);
	expect_raw("SIP/2.0 420");
	memset(big, 'x', sizeof(big) - 1);
	within("INFO", 6, "Content-Type: text/plain\n", big);
	expect_raw("SIP/2.0 413");
	within("INFO", 5, "", NULL);
	expect_raw("SIP/2.0 4");
	within("INFO", 1, "", NULL);
	expect_raw("SIP/2.0 500");
	ck_assert(!party_said(&b, "b.info"));
	within("INFO", 8, "", NULL);
	expect_raw("SIP/2.0 200");
	expect(&b, "b.info");
}
END_TEST

START_TEST(test_bye_before_answer)
{
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	reply(183, NULL);
	expect_raw("SIP/2.0 183");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
	within("BYE", 2, "", NULL);
	expect_raw("SIP/2.0 200");
	expect_raw("SIP/2.0 487");
	ck_assert(party_said(&b, "b.bye"));
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}
END_TEST

/* The 200 is repeated until the ACK comes; a repeated BYE is answered again. */
START_TEST(test_repetition)
{
	unsigned int n;

	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	reply(200, answer_sdp);
	for (n = 0; n < 3; n++)
		expect_raw("SIP/2.0 200");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
	within("ACK", 1, "", NULL);
	expect(&b, "b.acked");
	party_run(20);
	while (raw_expect(&r, "SIP/2.0 200", 6))
		;
	ck_assert(raw_silent(&r, 100));
	within("BYE", 2, "", NULL);
	expect_raw("SIP/2.0 200");
	within("BYE", 2, "", NULL);
	expect_raw("SIP/2.0 200");
	within("INFO", 3, "", NULL);
	expect_raw("SIP/2.0 481");
}
END_TEST

/* A provisional response is repeated, that no proxy thinks the call dead. */
START_TEST(test_ringing_long)
{
	invite("", offer_sdp);
	expect_raw("SIP/2.0 100");
	reply(183, answer_sdp);
	expect_raw("SIP/2.0 183");
	ck_assert(raw_silent(&r, 500));
	ck_assert(raw_expect(&r, "SIP/2.0 183", 5000));
	reply(200, answer_sdp);
	expect_raw("SIP/2.0 200");
	ck_assert(strstr(r.rx, "m=audio") != NULL);
}
END_TEST

/* --- PRACK --- */

static void ring_reliably(const char *required)
{
	invite(required, offer_sdp);
	expect_raw("SIP/2.0 100");
	reply_reliably(183, answer_sdp);
	expect_raw("SIP/2.0 183");
	ck_assert_str_eq(raw_header(&r, "Require"), "100rel");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
}

START_TEST(test_prack_wrong)
{
	char rack[64];
	unsigned int rseq;

	ring_reliably("Require: 100rel\n");
	rseq = strtoul(raw_header(&r, "RSeq"), NULL, 10);
	snprintf(rack, sizeof(rack), "RAck: %u 1 INVITE\n", rseq + 1);
	within("PRACK", 2, rack, NULL);
	expect_raw("SIP/2.0 481");
	expect_raw("SIP/2.0 183");
	snprintf(rack, sizeof(rack), "RAck: %u 1 INVITE\n", rseq);
	within("PRACK", 3, rack, NULL);
	expect_raw("SIP/2.0 200");
	ck_assert_str_eq(raw_header(&r, "CSeq"), "3 PRACK");
	/* now unreliably asked for, but the caller requires it */
	reply(180, NULL);
	expect_raw("SIP/2.0 180");
	ck_assert_uint_eq(strtoul(raw_header(&r, "RSeq"), NULL, 10), rseq + 1);
}
END_TEST

/* A 2xx may overtake a provisional without body; its PRACK is answered all the same. */
START_TEST(test_prack_overtaken)
{
	char rack[64];
	unsigned int rseq;

	invite("Supported: 100rel\n", offer_sdp);
	expect_raw("SIP/2.0 100");
	reply_reliably(180, NULL);
	expect_raw("SIP/2.0 180");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
	rseq = strtoul(raw_header(&r, "RSeq"), NULL, 10);
	reply(200, answer_sdp);
	expect_raw("SIP/2.0 200");
	snprintf(rack, sizeof(rack), "RAck: %u 1 INVITE\n", rseq + 1);
	within("PRACK", 2, rack, NULL);
	do
		expect_raw("SIP/2.0 ");
	while (strcmp(raw_header(&r, "CSeq"), "2 PRACK"));
	ck_assert(strstr(r.rx, "SIP/2.0 481") == r.rx);
	snprintf(rack, sizeof(rack), "RAck: %u 1 INVITE\n", rseq);
	within("PRACK", 3, rack, NULL);
	do
		expect_raw("SIP/2.0 ");
	while (strcmp(raw_header(&r, "CSeq"), "3 PRACK"));
	ck_assert(strstr(r.rx, "SIP/2.0 200") == r.rx);
	within("ACK", 1, "", NULL);
	expect(&b, "b.acked");
}
END_TEST

START_TEST(test_prack_with_offer)
{
	struct sip_out o;
	char lines[120];

	ring_reliably("Supported: 100rel\n");
	snprintf(lines, sizeof(lines), "RAck: %s 1 INVITE\nContent-Type: application/sdp\n",
		 raw_header(&r, "RSeq"));
	within("PRACK", 2, lines, offer_sdp);
	expect(&b, "b.prack");
	sdp_out(&o, answer_sdp);
	ck_assert_int_eq(sip_leg_answer_offer(b.leg, 200, &o), 0);
	expect_raw("SIP/2.0 200");
	ck_assert_str_eq(raw_header(&r, "CSeq"), "2 PRACK");
	ck_assert(strstr(r.rx, "m=audio 5000") != NULL);
}
END_TEST

/* INVITE without offer: ours goes in the reliable 183, the answer comes in the PRACK. */
START_TEST(test_prack_with_answer)
{
	char lines[120];

	invite("Supported: 100rel\n", NULL);
	expect_raw("SIP/2.0 100");
	reply_reliably(183, offer_sdp);
	expect_raw("SIP/2.0 183");
	snprintf(dialog_to, sizeof(dialog_to), "%s", raw_header(&r, "To"));
	snprintf(lines, sizeof(lines), "RAck: %s 1 INVITE\nContent-Type: application/sdp\n",
		 raw_header(&r, "RSeq"));
	within("PRACK", 2, lines, answer_sdp);
	expect_raw("SIP/2.0 200");
	expect(&b, "b.acked");
	ck_assert(body_is(&b, answer_sdp, strlen(answer_sdp)));
}
END_TEST

/* --- the stack's timers, armed from our loop's callbacks --- */

static void call_from_timer(void *data)
{
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(party_call(&b, r.port, SIP_UDP, &out, SIP_100REL_OFF), 0);
}

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec * 1e-9;
}

START_TEST(test_timers)
{
	static const struct sip_cfg slow = { .t1_ms = 200 };
	struct osmo_timer_list t = { 0 };
	double start;

	teardown();
	setup_with(&slow);
	osmo_timer_setup(&t, call_from_timer, NULL);
	osmo_timer_schedule(&t, 0, 30000);
	expect_raw("INVITE ");
	start = now_s();
	expect_raw("INVITE ");
	ck_assert_msg(now_s() - start > 0.15 && now_s() - start < 0.3,
		      "first repetition after %.3f s", now_s() - start);
	start = now_s();
	expect_raw("INVITE ");
	ck_assert_msg(now_s() - start > 0.35 && now_s() - start < 0.5,
		      "second repetition after %.3f s", now_s() - start);
}
END_TEST

/* --- IPv6, public host --- */

START_TEST(test_ipv6)
{
	struct sip_target target = { "::1", 0, _i ? SIP_TCP : SIP_UDP };

	memset(&a, 0, sizeof(a));
	teardown();
	raw_open(&r);
	memset(&b, 0, sizeof(b));
	party_open6(&b, "b");
	party_open6(&a, "a");
	ck_assert_str_eq(sip_host(b.sip), "[::1]");
	target.port = sip_port(b.sip, _i);
	sdp_out(&out, offer_sdp);
	strcpy(out.ruri, "sip:b@[::1]");
	ck_assert_int_eq(
		sip_leg_invite(&a.leg, a.sip, &target, &out, SIP_100REL_OFF, &party_ops, &a), 0);
	expect(&b, "b.invite");
	ck_assert(strncmp(sip_leg_peer(b.leg), "[::1]:", 6) == 0);
	reply(200, answer_sdp);
	expect(&b, "b.acked");
	sip_leg_release(b.leg, 0, NULL);
	expect(&a, "a.bye");
	party_close(&a);
}
END_TEST

START_TEST(test_public_host)
{
	static const struct sip_cfg cfg = { .t1_ms = 20, .public_host = "gw.example.net" };
	char want[80];

	teardown();
	setup_with(&cfg);
	sdp_out(&out, offer_sdp);
	ck_assert_int_eq(party_call(&b, r.port, SIP_UDP, &out, SIP_100REL_OFF), 0);
	expect_raw("INVITE ");
	snprintf(want, sizeof(want), "<sip:gw.example.net:%u>", port());
	ck_assert_str_eq(raw_header(&r, "Contact"), want);
	snprintf(want, sizeof(want), "SIP/2.0/UDP gw.example.net:%u", port());
	ck_assert(strncmp(raw_header(&r, "Via"), want, strlen(want)) == 0);
	ck_assert_str_eq(sip_host(b.sip), "gw.example.net");
	raw_respond(&r, port(), 486, "x", "", NULL);
	expect(&b, "b.486");
}
END_TEST

static TCase *with(const char *name)
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 20);
	return t;
}

static TCase *refusals_case(void)
{
	TCase *t = with("refusals");

	tcase_add_loop_test(t, test_refusals, 0, sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_test(t, test_too_large);
	tcase_add_test(t, test_long_headers);
	tcase_add_test(t, test_options_when_draining);
	tcase_add_test(t, test_merged);
	tcase_add_test(t, test_rport);
	tcase_add_test(t, test_calls_per_second);
	tcase_add_test(t, test_max_dialogs);
	tcase_add_test(t, test_silence);
	return t;
}

static TCase *dialog_case(void)
{
	TCase *t = with("dialog");

	tcase_add_test(t, test_update);
	tcase_add_test(t, test_identity_changes);
	tcase_add_test(t, test_update_before_answer);
	tcase_add_test(t, test_reinvite_without_offer);
	tcase_add_test(t, test_reinvite_never_acked);
	tcase_add_test(t, test_reinvite_again_waits);
	tcase_add_test(t, test_reinvite_cancelled);
	tcase_add_test(t, test_in_dialog_refusals);
	tcase_add_test(t, test_bye_before_answer);
	tcase_add_test(t, test_repetition);
	tcase_add_test(t, test_ringing_long);
	tcase_add_test(t, test_prack_wrong);
	tcase_add_test(t, test_prack_overtaken);
	tcase_add_test(t, test_prack_with_offer);
	tcase_add_test(t, test_prack_with_answer);
	tcase_add_test(t, test_timers);
	tcase_add_loop_test(t, test_ipv6, 0, 2);
	tcase_add_test(t, test_public_host);
	return t;
}

int main(void)
{
	Suite *s = suite_create("sip raw");

	suite_add_tcase(s, refusals_case());
	suite_add_tcase(s, dialog_case());
	return pair_main(s);
}
