/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge: two of them in one process, talking over loopback. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>

#include "tests/sip/party.h"

static const char offer_sdp[] = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
static const char answer_sdp[] = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 5000 RTP/AVP 8\r\n";
static const uint8_t isup[] = { 0x06, 0x00, 0x0d, 0x0a, '-', '-', 0xff, 0x00, '\r', '\n', '\r', '\n', 0x00 };
static struct party a, b;
static struct sip_out out;

static void setup_with(const struct sip_cfg *cfg_a, const struct sip_cfg *cfg_b)
{
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	a.traced = b.traced = true;
	party_open(&a, "a", cfg_a);
	party_open(&b, "b", cfg_b);
}

static void setup(void)
{
	static const struct sip_cfg fast = { .t1_ms = 50 };

	setup_with(&fast, &fast);
}

static void teardown(void)
{
	party_close(&a);
	party_close(&b);
}

static void sdp(struct sip_out *o, const char *text)
{
	party_out(o, "b", text ? "application/sdp" : NULL, text, text ? strlen(text) : 0);
}

static int call(enum sip_transport transport, enum sip_100rel rel)
{
	sdp(&out, offer_sdp);
	return party_call(&a, sip_port(b.sip, transport == SIP_TCP), transport, &out, rel);
}

static void reply(int status, const char *text)
{
	struct sip_out o;

	sdp(&o, text);
	ck_assert_int_eq(sip_leg_reply(b.leg, status, NULL, &o, SIP_100REL_OFF), 0);
}

static void expect(struct party *p, const char *word)
{
	ck_assert_msg(party_wait(p, word, 3000), "no '%s' in: %s", word, p->log);
}

static void establish(enum sip_transport transport)
{
	ck_assert_int_eq(call(transport, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(180, NULL);
	expect(&a, "a.180");
	reply(200, answer_sdp);
	expect(&a, "a.200");
	expect(&b, "b.acked");
}

static bool body_is(const struct party *p, const void *body, size_t len)
{
	return p->body_len == len && memcmp(p->body, body, len) == 0;
}

/* --- the plain call --- */

START_TEST(test_answered)
{
	establish(_i ? SIP_TCP : SIP_UDP);
	ck_assert(body_is(&a, answer_sdp, strlen(answer_sdp)));
	ck_assert_str_eq(sip_leg_call_id(a.leg), sip_leg_call_id(b.leg));
	party_out(&out, "", NULL, NULL, 0);
	strcpy(out.reason, "Q.850;cause=16");
	sip_leg_release(a.leg, 0, &out);
	expect(&b, "b.bye");
	ck_assert_str_eq(b.reason, "Q.850;cause=16");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip), 0);
	ck_assert_uint_eq(sip_dialogs(b.sip), 0);
	ck_assert_str_eq(a.log, "a.180 a.200 ");
	ck_assert_str_eq(b.log, "b.invite b.acked b.because:BYE b.bye ");
}
END_TEST

START_TEST(test_callee_hangs_up)
{
	establish(SIP_UDP);
	sip_leg_release(b.leg, 0, NULL);
	expect(&a, "a.bye");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
}
END_TEST

static void busy(struct party *p, struct sip_leg *leg, const struct sip_msg *msg)
{
	struct sip_out o;

	party_out(&o, "", NULL, NULL, 0);
	strcpy(o.reason, "Q.850;cause=17");
	ck_assert_int_eq(sip_leg_reply(leg, 486, "Busy Now", &o, SIP_100REL_OFF), 0);
}

START_TEST(test_busy)
{
	b.on_invite = busy;
	ck_assert_int_eq(call(_i ? SIP_TCP : SIP_UDP, SIP_100REL_OFF), 0);
	expect(&a, "a.486");
	ck_assert_str_eq(a.reason, "Q.850;cause=17");
	party_run(50);
	ck_assert_uint_eq(sip_dialogs(a.sip) + sip_dialogs(b.sip), 0);
	ck_assert(strstr(b.octets, "SIP/2.0 486 Busy Now") != NULL);
	ck_assert(strstr(a.octets, "\nACK sip:") != NULL);
}
END_TEST

static Suite *sip_suite(void)
{
	Suite *s = suite_create("sip");
	TCase *t = tcase_create("calls");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 20);
	tcase_add_loop_test(t, test_answered, 0, 2);
	tcase_add_test(t, test_callee_hangs_up);
	tcase_add_loop_test(t, test_busy, 0, 2);
	suite_add_tcase(s, t);
	return s;
}

int main(void)
{
	SRunner *r = srunner_create(sip_suite());
	int failed;

	osmo_init_logging2(NULL, &(struct log_info){ 0 });
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
