/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said before the answer: the tables of events and responses, who rings the caller,
 * P-Early-Media. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_event.h"
#include "tests/map_test.h"
#include "tests/suite.h"

#define N(a) (int)(sizeof(a) / sizeof((a)[0]))

static const char sdp[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
			  "t=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";

static struct map_profile profile(enum map_standard standard)
{
	struct map_profile p;

	map_profile_default(&p);
	p.standard = standard;
	return p;
}

static struct cc_prim from_isup(struct isup_msg *m, const char *text)
{
	struct cc_prim prim;
	const char *why;
	int line;

	ck_assert_int_eq(isup_parse(m, &isup_itu, text, &why, &line), 0);
	ck_assert(map_isup_to_prim(&prim, m, false));
	return prim;
}

/* --- ISUP to SIP --- */

/* Every row of the table by a message that takes it. */
static const struct {
	const char *row, *isup;
	int rfc;
	bool rfc_sdp;
	int q1912;
	bool q_sdp;
} events[] = {
	{ "acm-free", "ACM; BCI called_status=1", 180, false, 180, false },
	{ "acm-free-inband", "ACM; BCI called_status=1; OBCI in_band=1", 183, true, 180, true },
	{ "acm-free-interworking", "ACM; BCI called_status=1 interworking=1",
	  183, true, 180, true },
	{ "acm-none", "ACM; BCI called_status=0", 183, true, 183, true },
	{ "acm-inband", "ACM; BCI called_status=0; OBCI in_band=1", 183, true, 183, true },
	{ "acm-inband", "ACM; BCI called_status=2; OBCI in_band=1", 183, true, 183, true },
	{ "acm-interworking", "ACM; BCI called_status=0 interworking=1", 183, true, 183, true },
	{ "acm-connect-when-free", "ACM; BCI called_status=2", 182, false, 182, false },
	{ "acm-cause", "ACM; BCI called_status=0; CAI value=1", 183, true, 183, true },
	{ "acm-cause", "ACM; BCI called_status=1; OBCI in_band=1; CAI value=1",
	  183, true, 183, true },
	{ "cpg-alerting", "CPG; EvI event=1", 180, false, 180, false },
	{ "cpg-alerting-inband", "CPG; EvI event=1; OBCI in_band=1", 180, true, 180, true },
	{ "cpg-alerting-inband", "CPG; EvI event=1; BCI interworking=1", 180, true, 180, true },
	{ "cpg-progress", "CPG; EvI event=2", 183, true, 183, true },
	{ "cpg-progress-inband", "CPG; EvI event=2; OBCI in_band=1", 183, true, 183, true },
	{ "cpg-inband", "CPG; EvI event=3", 183, true, 183, true },
	{ "cpg-forwarded-busy", "CPG; EvI event=4", 181, false, 181, false },
	{ "cpg-forwarded-busy", "CPG; EvI event=4; OBCI in_band=1", 181, true, 181, true },
	{ "cpg-forwarded-no-reply", "CPG; EvI event=5", 181, false, 181, false },
	{ "cpg-forwarded-always", "CPG; EvI event=6", 181, false, 181, false },
	{ "cpg-cause", "CPG; EvI event=2; CAI value=17", 183, true, 183, true },
	{ "con", "CON; BCI called_status=0", 200, true, 200, true },
	{ "anm", "ANM", 200, true, 200, true },
};

START_TEST(test_event)
{
	for (int s = 0; s < MAP_STANDARDS; s++) {
		struct map_profile p = profile(s);
		struct isup_msg m;
		struct cc_prim prim = from_isup(&m, events[_i].isup);
		bool with_sdp;

		ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p),
				 s == MAP_RFC3398 ? events[_i].rfc : events[_i].q1912);
		ck_assert(with_sdp == (s == MAP_RFC3398 ? events[_i].rfc_sdp : events[_i].q_sdp));
		/* without a description none goes before the answer */
		map_event_status(&with_sdp, &prim, false, &p);
		ck_assert(with_sdp == (prim.type == CC_CONNECT));
	}
}
END_TEST

/* The row named is the one that is used: another value changes what comes of the message. */
START_TEST(test_event_override)
{
	struct map_profile p = profile(MAP_RFC3398);
	struct isup_msg m;
	struct cc_prim prim = from_isup(&m, events[_i].isup);
	struct map_override o;
	const char *why;
	bool with_sdp;

	if (prim.type == CC_CONNECT) {	/* an answer is an answer */
		ck_assert_int_eq(map_override_parse(&o, "event", events[_i].row, "180", &why),
				 -EINVAL);
		return;
	}
	map_test_rule(&p, "event", events[_i].row, "182-sdp");
	ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), 182);
	ck_assert(with_sdp);
	p.n_overrides = 0;
	map_test_rule(&p, "event", events[_i].row, "nothing");
	ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), 0);
}
END_TEST

/* Who rings the SIP caller. */
START_TEST(test_ring_to_sip)
{
	struct map_profile p = profile(MAP_RFC3398);
	struct isup_msg m;
	struct cc_prim prim = from_isup(&m, "ACM; BCI called_status=1; OBCI in_band=1");
	struct map_override o;
	const char *why;
	bool with_sdp;

	map_test_rule(&p, "ringback", "isup-inband", "caller");
	ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), 180);
	ck_assert(!with_sdp);
	prim = from_isup(&m, "ACM; BCI called_status=1");
	map_test_rule(&p, "ringback", "isup-alerting", "network");
	ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), 183);
	ck_assert(with_sdp);
	/* in-band information was told before: the media stay */
	p.n_overrides = 0;
	prim = from_isup(&m, "CPG; EvI event=1");
	prim.u.progress.in_band_before = true;
	ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), 180);
	ck_assert(with_sdp);
	map_test_rule(&p, "ringback", "isup-inband-before", "caller");
	ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), 180);
	ck_assert(!with_sdp);
	/* no media gateway plays toward packets */
	ck_assert_int_eq(map_override_parse(&o, "ringback", "isup-alerting", "gateway", &why),
			 -EINVAL);
}
END_TEST

/* SIP to SIP: what was said is said again. */
START_TEST(test_sip_to_sip)
{
	static const int statuses[] = { 180, 181, 182, 183, 189 };
	struct map_profile p = profile(MAP_RFC3398);

	for (int i = 0; i < N(statuses); i++) {
		struct sip_msg rsp = { .status = statuses[i] };
		struct cc_prim prim;
		struct isup_msg isup;
		bool with_sdp;

		ck_assert(map_response_to_prim(&prim, &isup, &rsp, false, &p));
		ck_assert_int_eq(map_event_status(&with_sdp, &prim, true, &p), statuses[i]);
		ck_assert(with_sdp);
		map_event_status(&with_sdp, &prim, false, &p);
		ck_assert(!with_sdp);
	}
}
END_TEST

/* --- SIP to ISUP --- */

/* Every response in every standard: before the ACM nothing but ACM, after it nothing but CPG. */
START_TEST(test_total)
{
	static const char *const said[] = { NULL, "sendrecv", "inactive", "gated", "rubbish,," };

	for (int i = 0; i < MAP_STANDARDS * 99 * N(said) * 4; i++) {
		struct map_profile p = profile(i % MAP_STANDARDS);
		struct sip_msg rsp = { .status = 101 + i / MAP_STANDARDS % 99,
				       .p_early_media = said[i / MAP_STANDARDS / 99 % N(said)] };
		int how = i / MAP_STANDARDS / 99 / N(said);
		struct isup_msg isup, m;
		struct cc_prim prim;
		uint8_t octets[300];

		map_test_rule(&p, "header", "p-early-media", "both");
		if (how & 1) {
			rsp.content_type = "application/sdp";
			rsp.body = (const uint8_t *)sdp;
			rsp.body_len = strlen(sdp);
		}
		ck_assert(map_response_to_prim(&prim, &isup, &rsp, how & 2, &p));
		for (int later = 0; later < 2; later++) {
			int rc = map_prim_to_isup(&m, &prim, later, &p);

			ck_assert(rc == 0 || rc == -ENOMSG);
			if (rc == 0)
				ck_assert_int_eq(m.type, later ? ISUP_MT_CPG : ISUP_MT_ACM);
			if (rc == 0)
				ck_assert_int_gt(isup_encode(octets, sizeof(octets), &m), 0);
		}
		ck_assert(prim.type == (rsp.status == 180 ? CC_ALERT : CC_PROGRESS));
		ck_assert((prim.u.progress.ringback != CC_RINGBACK_UNSAID) == (rsp.status == 180));
		ck_assert(!prim.u.progress.in_band || !prim.u.progress.deaf);
	}
}
END_TEST

/* Who rings the caller in the PSTN. */
static const struct {
	const char *row;
	bool sdp, heard;
	const char *said;
	enum cc_ringback who;
	bool in_band;
} rings[] = {
	{ "sip-alerting", false, false, NULL, CC_RINGBACK_GATEWAY, false },
	{ "sip-alerting-sdp", true, false, NULL, CC_RINGBACK_NETWORK, true },
	{ "sip-media-before", false, true, NULL, CC_RINGBACK_NETWORK, true },
	{ "sip-authorized", true, false, "sendrecv", CC_RINGBACK_NETWORK, true },
	{ "sip-authorized", true, false, "gated, sendonly", CC_RINGBACK_NETWORK, true },
	{ "sip-authorized", false, false, "sendonly", CC_RINGBACK_NETWORK, false },
	{ "sip-denied", true, false, "inactive", CC_RINGBACK_GATEWAY, false },
	{ "sip-denied", true, true, "recvonly", CC_RINGBACK_GATEWAY, false },
	{ "sip-gated", true, false, "gated", CC_RINGBACK_NETWORK, true },
	{ "sip-alerting-sdp", true, false, "supported", CC_RINGBACK_NETWORK, true },
};

START_TEST(test_ring_to_isup)
{
	struct map_profile p = profile(MAP_RFC3398);
	struct sip_msg rsp = { .status = 180, .p_early_media = rings[_i].said };
	struct isup_msg isup;
	struct cc_prim prim;

	map_test_rule(&p, "header", "p-early-media", "accept");
	p.early = MAP_EARLY_AUTO;
	if (rings[_i].sdp) {
		rsp.content_type = "application/sdp";
		rsp.body = (const uint8_t *)sdp;
		rsp.body_len = strlen(sdp);
	}
	ck_assert(map_response_to_prim(&prim, &isup, &rsp, rings[_i].heard, &p));
	ck_assert_int_eq(prim.u.progress.ringback, rings[_i].who);
	ck_assert(prim.u.progress.in_band == rings[_i].in_band);
	map_test_rule(&p, "ringback", rings[_i].row, "caller");
	ck_assert(map_response_to_prim(&prim, &isup, &rsp, rings[_i].heard, &p));
	ck_assert_int_eq(prim.u.progress.ringback, CC_RINGBACK_CALLER);
	ck_assert(!prim.u.progress.in_band);
	/* nobody listens before the answer */
	p.early = MAP_EARLY_OFF;
	ck_assert(map_response_to_prim(&prim, &isup, &rsp, rings[_i].heard, &p));
	ck_assert(!prim.u.progress.in_band);
}
END_TEST

/* --- P-Early-Media --- */

START_TEST(test_early_asked)
{
	struct map_profile off = profile(MAP_RFC3398), on = profile(MAP_PROFILE_A);
	struct sip_msg inv = { .p_early_media = "gated, Supported" };

	ck_assert(map_early_asked(&inv, &on));
	ck_assert(!map_early_asked(&inv, &off));
	inv.p_early_media = "supportedness";
	ck_assert(!map_early_asked(&inv, &on));
	inv.p_early_media = NULL;
	ck_assert(!map_early_asked(&inv, &on));
}
END_TEST

START_TEST(test_early_put)
{
	static struct sip_out out;
	struct cc_prim prim = { .type = CC_ALERT };

	ck_assert_int_eq(map_early_put(&out, &prim, true), 0);
	ck_assert_str_eq(out.headers, "P-Early-Media: inactive\r\n");
	prim.u.progress.in_band = true;
	ck_assert_int_eq(map_early_put(&out, &prim, true), 0);
	ck_assert_str_eq(out.headers, "P-Early-Media: inactive\r\nP-Early-Media: sendonly\r\n");
	out.headers[0] = '\0';
	ck_assert_int_eq(map_early_put(&out, &prim, false), 0);
	ck_assert_str_eq(out.headers, "P-Early-Media: inactive\r\n");
	memset(out.headers, 'x', sizeof(out.headers) - 20);
	out.headers[sizeof(out.headers) - 20] = '\0';
	ck_assert_int_eq(map_early_put(&out, &prim, false), -EMSGSIZE);
}
END_TEST

/* An INVITE says that we know the header, where it is sent. */
START_TEST(test_early_supported)
{
	static struct sip_out out;
	struct cc_setup s = { .called = { .nai = 4, .npi = 1, .digits = "4930112233" } };

	for (int i = 0; i < MAP_STANDARDS; i++) {
		struct map_profile p = profile(i);
		bool said;

		ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, sdp, &p), 0);
		said = strstr(out.headers, "P-Early-Media: supported\r\n") != NULL;
		ck_assert(said == (i == MAP_PROFILE_A || i == MAP_PROFILE_C));
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("map_event");
	TCase *t = tcase_create("map_event");

	tcase_add_loop_test(t, test_event, 0, N(events));
	tcase_add_loop_test(t, test_event_override, 0, N(events));
	tcase_add_test(t, test_ring_to_sip);
	tcase_add_test(t, test_sip_to_sip);
	tcase_add_test(t, test_total);
	tcase_add_loop_test(t, test_ring_to_isup, 0, N(rings));
	tcase_add_test(t, test_early_asked);
	tcase_add_test(t, test_early_put);
	tcase_add_test(t, test_early_supported);
	suite_add_tcase(s, t);
	return suite_run(s);
}
