/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge and what a network may bring: datagrams that are no SIP, SIP that is odd, TCP in
 * pieces. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sip/pair.h"
#include "tests/sip/raw.h"

static struct raw r, tcp;

static void open_b(bool traced)
{
	static const struct sip_cfg fast = { .t1_ms = 20 };

	memset(&b, 0, sizeof(b));
	b.traced = traced;
	party_open(&b, "b", &fast);
	raw_open(&r);
	tcp.fd = -1;
}

static void setup(void)
{
	open_b(true);
}

/* The stack reads in another way when nobody wants the octets. */
static void setup_untraced(void)
{
	open_b(false);
}

static void teardown(void)
{
	raw_close(&r);
	if (tcp.fd >= 0)
		raw_close(&tcp);
	party_close(&b);
}

static void options(struct raw *peer, uint16_t port, const char *branch)
{
	raw_say(peer, port, NULL,
		"OPTIONS sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/%s "
		"127.0.0.1:%u;branch=%s;rport\nFrom: <sip:r@x>;tag=r\n"
		"To: <sip:b@127.0.0.1>\nCall-ID: %s\nCSeq: 1 OPTIONS\n",
		peer->stream ? "TCP" : "UDP", peer->port, branch, branch);
}

static void still_alive(void)
{
	options(&r, sip_port(b.sip, 0), "z9hG4bK-alive");
	ck_assert(raw_expect(&r, "SIP/2.0 200", 2000));
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
}

/* --- datagrams --- */

static const struct {
	const char *octets;
	size_t len;
} junk[] = {
#define J(s) { s, sizeof(s) - 1 }
	J("\0"),
	J("\0\0\0\0\0\0\0\0"),
	J("\r\n\r\n"),
	J("\r\n"),
	J("x"),
	J("\n\n\n\n\n\n"),
	J("\0\1\0\0\x21\x12\xa4\x42"
	  "abcdefghijkl"), /* a STUN binding request */
	J("\xf8\xff\xff\xff\xff"), /* looks like SigComp */
	J("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
	J("INVITE sip:b SIP/2.0\r\n\r\n"),
	J("INVITE sip:b SIP/2.0"),
	J("INVITE"),
	J("SIP/2.0 200 OK\r\n\r\n"),
	J("SIP/2.0\r\n\r\n"),
	J("SIP/2.0 99999999999 X\r\nVia: x\r\n\r\n"),
	J(": : :\r\n: :\r\n\r\n"),
	J("INVITE sip:b SIP/7.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "<sip:a@b>;tag=1\r\nTo: <sip:b>\r\n"
	  "Call-ID: v\r\nCSeq: 1 INVITE\r\n\r\n"),
	J("ACK sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: "
	  "<sip:b>;tag=2\r\n"
	  "Call-ID: v\r\nCSeq: 1 ACK\r\n\r\n"),
	J("INVITE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "\0<sip:a@b>;tag=1\r\nTo: <sip:b>\r\n"
	  "Call-ID: v\r\nCSeq: 1 INVITE\r\n\r\n"),
	J("INVITE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "<sip:a@b>;tag=1\r\nTo: <sip:b>\r\n"
	  "Call-ID: v\r\nCSeq: 4294967297 INVITE\r\nContact: <sip:a@b>\r\n\r\n"),
	J("INVITE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "<sip:a@b>;tag=1\r\nTo: <sip:b>\r\n"
	  "Call-ID: v\r\nCSeq: 1 BYE\r\nContact: <sip:a@b>\r\n\r\n"),
	J("INVITE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "<sip:a@b>;tag=1\r\nTo: <sip:b>\r\n"
	  "Call-ID: v\r\nCSeq: 1 INVITE\r\nContact: <sip:a@b>\r\nContent-Length: -1\r\n\r\n"),
	J("INVITE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "<sip:a@b>;tag=1\r\nTo: <sip:b>\r\n"
	  "Call-ID: v\r\nCSeq: 1 INVITE\r\nContact: <sip:a@b>\r\nContent-Length: 500\r\n\r\nshort"),
	J("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: "
	  "<sip:b>;tag=2\r\n"
	  "Call-ID: v\r\nCSeq: 1 INVITE\r\nContact: <sip:a@b>\r\n\r\n"),
	J("PRACK sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nFrom: "
	  "<sip:a@b>;tag=1\r\nTo: <sip:b>;tag=2\r\n"
	  "Call-ID: v\r\nCSeq: 1 PRACK\r\nRAck: 99999999999 1 INVITE\r\n\r\n"),
#undef J
};

START_TEST(test_junk)
{
	raw_octets(&r, sip_port(b.sip, 0), junk[_i].octets, junk[_i].len);
	party_run(20);
	ck_assert_msg(!party_said(&b, "invite"), "junk %d became a call", _i);
	still_alive();
}
END_TEST

/* Octets changed, cut and doubled in a message that is right; the same on each run. */
START_TEST(test_mutations)
{
	static const char good[] =
		"INVITE sip:b@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP "
		"127.0.0.1:9;branch=z9hG4bKm;rport\r\n"
		"Max-Forwards: 70\r\nFrom: \"A\" <sip:a@b;user=phone>;tag=1\r\nTo: "
		"<sip:b@h>\r\nCall-ID: m\r\nCSeq: 1 INVITE\r\n"
		"Contact: <sip:a@127.0.0.1:9>\r\nRequire: 100rel\r\nSupported: 100rel, "
		"timer\r\nDiversion: <sip:x@y>;reason=busy\r\n"
		"Reason: Q.850;cause=16\r\nPrivacy: id\r\nContent-Type: "
		"multipart/mixed;boundary=b\r\nContent-Length: 4\r\n\r\nabcd";
	unsigned int i, j, n;
	char copy[sizeof(good) * 2];
	size_t len;

	srandom(1);
	b.on_invite = NULL;
	for (i = 0; i < 1500; i++) {
		len = sizeof(good) - 1;
		memcpy(copy, good, len);
		for (j = random() % 4; j < 5; j++) {
			n = random() % len;
			if (random() % 3)
				copy[n] = random();
			else
				copy[n] = "\r\n;,<>\"@:\\\0 ="[random() % 13];
		}
		if (random() % 8 == 0)
			len = random() % len;
		raw_octets(&r, sip_port(b.sip, 0), copy, len);
		if (i % 20 == 0)
			party_run(5);
		if (b.leg && i % 3 == 0) {
			sip_leg_release(b.leg, 480, NULL);
			b.leg = NULL;
		}
		b.log[0] = '\0';
		b.octets_len = 0;
	}
	party_run(50);
	options(&r, sip_port(b.sip, 0), "z9hG4bK-alive");
	ck_assert(raw_expect(&r, "SIP/2.0 200", 2000));
}
END_TEST

/* A branch without the cookie, and one shorter than it, in two requests that meet in the stack's
 * table. */
START_TEST(test_short_branch)
{
	options(&r, sip_port(b.sip, 0), "x");
	ck_assert(raw_expect(&r, "SIP/2.0 200", 2000));
	ck_assert(strstr(raw_header(&r, "Via"), "branch=x") != NULL);
	raw_say(&r, sip_port(b.sip, 0), NULL,
		"INVITE sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:%u;branch=y\nFrom: "
		"<sip:r@x>;tag=r\nTo: <sip:b@h>\n"
		"Call-ID: i\nCSeq: 1 INVITE\nContact: <sip:r@127.0.0.1:%u>\n",
		r.port, r.port);
	ck_assert(raw_expect(&r, "SIP/2.0 100", 2000));
	raw_say(&r, sip_port(b.sip, 0), NULL,
		"CANCEL sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP "
		"127.0.0.1:%u;branch=z9hG4bKlong\nFrom: <sip:r@x>;tag=r\n"
		"To: <sip:b@h>\nCall-ID: i\nCSeq: 1 CANCEL\n",
		r.port);
	ck_assert(raw_expect(&r, "SIP/2.0 481", 2000));
}
END_TEST

/* --- odd, but right (in the manner of RFC 4475) --- */

static const struct {
	const char *why, *text, *from, *ctype;
} odd[] = {
	{ "short forms, folded lines, odd case",
	  "INVITE sip:b@127.0.0.1 SIP/2.0\r\nv: SIP / 2.0 / UDP "
	  "127.0.0.1:9;branch=z9hG4bK-o;rport\r\nMAX-forwards: 9\r\n"
	  "f: \"A \\\\\\\" B\"\r\n  <sip:a@h>;tag=1\r\nt: sip:b@h\r\ni: o\r\ncSeQ: 0009\r\n "
	  "INVITE\r\nm: <sip:a@127.0.0.1>\r\n"
	  "c: application/sdp\r\nl: 3\r\n\r\nabc",
	  "\"A \\\\\\\" B\" <sip:a@h>", "application/sdp" },
	{ "two values in one header, an empty display name, unknown headers and parameters",
	  "INVITE sip:b@127.0.0.1;x=1?a=b SIP/2.0\r\nVia: SIP/2.0/UDP "
	  "127.0.0.1:9;branch=z9hG4bK-p;rport,SIP/2.0/UDP "
	  "h2;branch=z9hG4bK-q\r\nX-Y: \xc3\xa4\r\nFrom: <sip:%61@h;y=%20>;tag=1;z=\"q;r\"\r\nTo: "
	  "\"\" <sip:b@h>\r\nCall-ID: p@h\r\n"
	  "CSeq: 2147483647 INVITE\r\nContact: \"x\" <sip:a@127.0.0.1>;q=0.1;+feature\r\n"
	  "Content-Type: multipart/mixed;boundary=\"a=_b\"\r\nContent-Length: 3\r\n\r\nabc",
	  "<sip:a@h;y=%20>;z=\"q;r\"", "multipart/mixed;boundary=\"a=_b\"" },
};

START_TEST(test_odd)
{
	raw_octets(&r, sip_port(b.sip, 0), odd[_i].text, strlen(odd[_i].text));
	ck_assert_msg(party_wait(&b, "b.invite", 2000), "%s", odd[_i].why);
	ck_assert_str_eq(b.from, odd[_i].from);
	ck_assert_str_eq(b.ctype, odd[_i].ctype);
	ck_assert(body_is(&b, "abc", 3));
	ck_assert(!b.traced || strstr(b.octets, odd[_i].text) != NULL);
}
END_TEST

/* --- TCP --- */

static void invite_text(char *buf, size_t size, const char *id, const char *body)
{
	snprintf(buf, size,
		 "INVITE sip:b@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP "
		 "127.0.0.1:%u;branch=z9hG4bK-%s;rport\r\n"
		 "From: <sip:r@x>;tag=r\r\nTo: <sip:b@h>\r\nCall-ID: %s\r\nCSeq: 1 INVITE\r\n"
		 "Contact: <sip:r@127.0.0.1:%u;transport=tcp>\r\nContent-Type: "
		 "application/sdp\r\nContent-Length: %zu\r\n\r\n%s",
		 tcp.port, id, id, tcp.port, strlen(body), body);
}

/* BYE goes over the connection that the caller made, although nobody listens at its port. */
START_TEST(test_tcp_pieces)
{
	char text[1200];
	size_t at, len;

	raw_connect(&tcp, sip_port(b.sip, 1));
	invite_text(text, sizeof(text), "t1", offer_sdp);
	len = strlen(text);
	for (at = 0; at < len; at += 37) {
		raw_octets(&tcp, 0, text + at, len - at < 37 ? len - at : 37);
		party_run(5);
	}
	ck_assert(raw_expect(&tcp, "SIP/2.0 100", 2000));
	ck_assert(body_is(&b, offer_sdp, strlen(offer_sdp)));
	ck_assert(!b.traced || strstr(b.octets, text) != NULL);
	reply(200, answer_sdp);
	ck_assert(raw_expect(&tcp, "SIP/2.0 200", 2000));
	ck_assert(strstr(raw_header(&tcp, "Contact"), "transport=tcp") != NULL);
	raw_say(&tcp, 0, NULL,
		"ACK sip:b@127.0.0.1 SIP/2.0\nVia: SIP/2.0/TCP "
		"127.0.0.1:%u;branch=z9hG4bK-a;rport\nFrom: <sip:r@x>;tag=r\nTo: %s\n"
		"Call-ID: t1\nCSeq: 1 ACK\n",
		tcp.port, raw_header(&tcp, "To"));
	expect(&b, "b.acked");
	sip_leg_release(b.leg, 0, NULL);
	ck_assert(raw_expect(&tcp, "BYE ", 2000));
}
END_TEST

START_TEST(test_tcp_two_at_once)
{
	char text[2400];

	raw_connect(&tcp, sip_port(b.sip, 1));
	strcpy(text, "\r\n\r\n");
	invite_text(text + 4, sizeof(text) / 2, "t2", offer_sdp);
	invite_text(text + strlen(text), sizeof(text) / 2, "t3", offer_sdp);
	raw_octets(&tcp, 0, text, strlen(text));
	party_run(100);
	ck_assert_str_eq(b.log, "b.invite b.invite ");
}
END_TEST

/* The caller's connection is gone: the call still ends. */
START_TEST(test_tcp_lost)
{
	char text[1200];

	raw_connect(&tcp, sip_port(b.sip, 1));
	invite_text(text, sizeof(text), "t4", offer_sdp);
	raw_octets(&tcp, 0, text, strlen(text));
	expect(&b, "b.invite");
	raw_close(&tcp);
	tcp.fd = -1;
	party_run(50);
	reply(200, answer_sdp);
	ck_assert_msg(party_wait(&b, "b.broken", 5000), "%s", b.log);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	still_alive();
}
END_TEST

START_TEST(test_tcp_too_long)
{
	static char junk_line[40000];

	raw_connect(&tcp, sip_port(b.sip, 1));
	memset(junk_line, 'j', sizeof(junk_line));
	memcpy(junk_line, "OPTIONS sip:b SIP/2.0\r\nX: ", 26);
	raw_octets(&tcp, 0, junk_line, sizeof(junk_line));
	party_run(100);
	still_alive();
}
END_TEST

static bool is_closed(struct raw *peer)
{
	char c;

	return read(peer->fd, &c, 1) == 0;
}

START_TEST(test_tcp_unwelcome)
{
	raw_connect(&tcp, sip_port(b.sip, 1));
	options(&tcp, 0, "z9hG4bK-first");
	ck_assert(raw_expect(&tcp, "SIP/2.0 200", 2000));
	b.mute = true;
	options(&tcp, 0, "z9hG4bK-second");
	party_run(1500);
	ck_assert(is_closed(&tcp));
	b.mute = false;
	still_alive();
}
END_TEST

static TCase *wire_case(const char *name, void (*open_it)(void))
{
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, open_it, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_loop_test(t, test_junk, 0, sizeof(junk) / sizeof(junk[0]));
	tcase_add_test(t, test_mutations);
	tcase_add_test(t, test_short_branch);
	tcase_add_loop_test(t, test_odd, 0, sizeof(odd) / sizeof(odd[0]));
	tcase_add_test(t, test_tcp_pieces);
	tcase_add_test(t, test_tcp_two_at_once);
	tcase_add_test(t, test_tcp_lost);
	tcase_add_test(t, test_tcp_too_long);
	tcase_add_test(t, test_tcp_unwelcome);
	return t;
}

int main(void)
{
	Suite *s = suite_create("sip wire");

	suite_add_tcase(s, wire_case("traced", setup));
	suite_add_tcase(s, wire_case("untraced", setup_untraced));
	return pair_main(s);
}
