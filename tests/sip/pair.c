/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two SIP edges that call each other: a calls, b is called. For tests with Check. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>

#include "tests/sip/pair.h"
#include "tests/suite.h"

const char offer_sdp[] = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
			 "m=audio 4000 RTP/AVP 8\r\n";
const char answer_sdp[] =
	"v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
	"m=audio 5000 RTP/AVP 8\r\n";
const uint8_t isup[13] = {
	0x06, 0x00, 0x0d, 0x0a, '-', '-', 0xff, 0x00, '\r', '\n', '\r', '\n', 0x00
};
struct party a, b;
struct sip_out out;

void pair_open_with(const struct sip_cfg *cfg_a, const struct sip_cfg *cfg_b)
{
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	a.traced = b.traced = true;
	party_open(&a, "a", cfg_a);
	party_open(&b, "b", cfg_b);
}

void pair_open(void)
{
	static const struct sip_cfg fast = { .t1_ms = 20 };

	pair_open_with(&fast, &fast);
}

void pair_close(void)
{
	party_close(&a);
	party_close(&b);
}

void expect(struct party *p, const char *word)
{
	ck_assert_msg(party_wait(p, word, 3000), "no '%s' in: %s", word, p->log);
}

void sdp_out(struct sip_out *o, const char *text)
{
	party_out(o, "b", text ? "application/sdp" : NULL, text, text ? strlen(text) : 0);
}

int call(enum sip_transport transport, enum sip_100rel rel)
{
	sdp_out(&out, offer_sdp);
	return party_call(&a, sip_port(b.sip, transport == SIP_TCP), transport, &out, rel);
}

void reply(int status, const char *text)
{
	struct sip_out o;

	sdp_out(&o, text);
	ck_assert_int_eq(sip_leg_reply(b.leg, status, NULL, &o, SIP_100REL_OFF), 0);
}

void reply_reliably(int status, const char *text)
{
	struct sip_out o;

	sdp_out(&o, text);
	ck_assert_int_eq(sip_leg_reply(b.leg, status, NULL, &o, SIP_100REL_SUPPORTED), 0);
}

void establish(enum sip_transport transport)
{
	ck_assert_int_eq(call(transport, SIP_100REL_OFF), 0);
	expect(&b, "b.invite");
	reply(180, NULL);
	expect(&a, "a.180");
	reply(200, answer_sdp);
	expect(&a, "a.200");
	expect(&b, "b.acked");
}

void give_up(struct party *p, const char *reason)
{
	struct sip_out o;

	party_out(&o, "", NULL, NULL, 0);
	snprintf(o.reason, sizeof(o.reason), "%s", reason);
	sip_leg_release(p->leg, 480, &o);
	p->leg = NULL;
}

bool body_is(const struct party *p, const void *body, size_t len)
{
	return p->body_len == len && memcmp(p->body, body, len) == 0;
}

bool nothing_left(void)
{
	party_run(30);
	return sip_dialogs(a.sip) + sip_dialogs(b.sip) == 0;
}

int pair_main(Suite *s)
{
	osmo_init_logging2(NULL, &(struct log_info){ 0 });
	return suite_run(s);
}
