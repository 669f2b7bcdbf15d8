/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Supplementary services through the mapper: who answers, user-to-user information, subaddresses,
 * notifications, closed user groups; and Reason. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_services.h"
#include "isup/dialect.h"
#include "tests/map_test.h"
#include "tests/suite.h"

#define N(a) ((int)ARRAY_SIZE(a))

/* A body of ISUP in a message. */
static void put_isup(struct sip_msg *msg, uint8_t *octets, size_t size, const char *text)
{
	struct isup_msg m;

	map_test_parse(&m, &isup_itu, text);
	msg->content_type = "application/ISUP;version=itu-t92+";
	msg->body = octets;
	msg->body_len = isup_encode_body(octets, size, &m);
	ck_assert_uint_lt(msg->body_len, size);
}

/* --- who answers: ISUP -> SIP --- */

static const struct { const char *isup; bool trusted; const char *pai, *privacy; } answers[] = {
	{ "ANM; ConN nai=3 npi=1 apri=0 si=3 30222", true,
	  "<sip:+4930222@gw.example;user=phone>", "" },
	{ "CON; BCI; ConN nai=4 npi=1 apri=0 si=1 44222F", true,
	  "<sip:+44222@gw.example;user=phone>", "" },
	{ "ANM; ConN nai=3 npi=1 apri=1 si=3 30222", true,
	  "<sip:+4930222@gw.example;user=phone>", "id" },
	{ "ANM; ConN nai=3 npi=1 apri=0 si=3 30222", false, "", "" },
	{ "ANM; ConN nai=3 npi=1 apri=1 si=3 30222", false, "", "" },
	/* nobody verified it; it is not there; another plan; nothing at all */
	{ "ANM; ConN nai=3 npi=1 apri=0 si=0 30222", true, "", "" },
	{ "ANM; ConN nai=3 npi=1 apri=0 si=2 30222", true, "", "" },
	{ "ANM; ConN apri=2 si=3", true, "", "" },
	{ "ANM; ConN nai=3 npi=1 apri=3 si=3 30222", true, "", "" },
	{ "ANM; ConN nai=3 npi=5 apri=0 si=3 30222", true, "", "" },
	{ "ANM", true, "", "" },
};

START_TEST(answer_to_sip)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, answers[_i].trusted);
	struct cc_prim prim;
	struct isup_msg m;
	struct sip_out out;

	map_test_parse(&m, &isup_itu, answers[_i].isup);
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &p);
	ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, false, &p), 200);
	ck_assert_str_eq(out.pai, answers[_i].pai);
	ck_assert_str_eq(out.privacy, answers[_i].privacy);
	map_test_rule(&p, "header", "connected", "accept");
	ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, false, &p), 200);
	ck_assert_str_eq(out.pai, "");
}
END_TEST

/* --- who answers: SIP -> ISUP --- */

static const struct {
	const char *pai, *privacy, *body;
	enum map_standard standard;
	bool trusted;
	const char *anm;
} identities[] = {
	{ "<sip:+4930222@x;user=phone>", NULL, NULL, MAP_RFC3398, true,
	  "ANM; ConN nai=3 npi=1 si=3 30222" },
	{ "<sip:bob@x>, <tel:+44222>", NULL, NULL, MAP_RFC3398, true,
	  "ANM; ConN nai=4 npi=1 si=3 44222" },
	{ "<sip:+4930222@x>", "id", NULL, MAP_RFC3398, true,
	  "ANM; ConN nai=3 npi=1 apri=1 si=3 30222" },
	{ "<sip:+4930222@x>", "none;header", NULL, MAP_RFC3398, true,
	  "ANM; ConN nai=3 npi=1 apri=1 si=3 30222" },
	{ "<sip:+4930222@x>", "none", NULL, MAP_RFC3398, true,
	  "ANM; ConN nai=3 npi=1 si=3 30222" },
	{ "<sip:+4930222@x>", NULL, NULL, MAP_RFC3398, false, "ANM" },
	{ "<sip:+4930222@x>", NULL, NULL, MAP_PROFILE_A, false, "ANM; ConN apri=2 si=3" },
	{ "<sip:bob@x>", NULL, NULL, MAP_PROFILE_A, true, "ANM; ConN apri=2 si=3" },
	{ NULL, NULL, NULL, MAP_RFC3398, true, "ANM" },
	/* a body's number stays; the header's wins; what either hides stays hidden */
	{ NULL, NULL, "ANM; ConN nai=3 npi=1 apri=0 si=1 30222; UUI discriminator=4 01",
	  MAP_PROFILE_C, true, "ANM; ConN nai=3 npi=1 si=1 30222; UUI discriminator=4 01" },
	{ NULL, "id", "ANM; ConN nai=3 npi=1 apri=0 si=1 30222", MAP_PROFILE_C, true,
	  "ANM; ConN nai=3 npi=1 apri=1 si=1 30222" },
	{ "<sip:+4930333@x>", NULL, "ANM; ConN nai=3 npi=1 apri=1 si=1 30222", MAP_PROFILE_C, true,
	  "ANM; ConN nai=3 npi=1 si=3 30333" },
	{ "<sip:+4930222@x>", NULL, "ANM; ConN nai=3 npi=1 apri=1 si=1 30222", MAP_PROFILE_C, true,
	  "ANM; ConN nai=3 npi=1 apri=1 si=1 30222" },
};

START_TEST(identity_to_isup)
{
	struct map_profile p = map_test_profile(identities[_i].standard, identities[_i].trusted);
	struct sip_msg rsp = { .status = 200, .pai = identities[_i].pai,
			       .privacy = identities[_i].privacy };
	struct isup_msg body, m;
	struct cc_prim prim;
	uint8_t octets[300];

	if (identities[_i].body) {
		p.isup_body = MAP_ISUP_SIP_T;
		put_isup(&rsp, octets, sizeof(octets), identities[_i].body);
	}
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	map_test_same(&m, identities[_i].anm);
	/* an exchange that did not ask; a trunk that tells all the same */
	map_connected_unasked(&m, &prim, &p);
	ck_assert(!isup_has(&m, ISUP_P_CONNECTED));
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	map_test_rule(&p, "service", "connected-unasked", "yes");
	map_connected_unasked(&m, &prim, &p);
	map_test_same(&m, identities[_i].anm);
}
END_TEST

/* All presentations and screenings, from ISUP over SIP to ISUP: restricted stays restricted. */
START_TEST(restricted_answer)
{
	struct map_profile p = map_test_profile(_i % MAP_STANDARDS, _i >= MAP_STANDARDS);
	struct sip_msg rsp = { .status = 200 };
	struct isup_number n;
	struct isup_msg m, none, next;
	struct cc_prim prim, back;
	struct sip_out out;
	char text[80];

	for (int i = 0; i < 16; i++) {
		snprintf(text, sizeof(text), "ANM; ConN nai=3 npi=1 apri=%d si=%d 30222", i % 4,
			 i / 4);
		map_test_parse(&m, &isup_itu, text);
		ck_assert(map_isup_to_prim(&prim, &m, false));
		map_services_from_isup(&prim, &m, &p);
		ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, false, &p), 200);
		if (!p.send_pai && i % 4)
			ck_assert(!strstr(out.pai, "30222") && !strstr(out.headers, "30222"));
		rsp.pai = out.pai[0] ? out.pai : NULL;
		rsp.privacy = out.privacy[0] ? out.privacy : NULL;
		ck_assert(map_response_to_prim(&back, &none, &rsp, false, &p));
		ck_assert_int_eq(map_prim_to_isup(&next, &back, true, &p), 0);
		if (isup_get(&next, ISUP_P_CONNECTED, &n) && n.digits[0])
			ck_assert((n.apri != 0) == (i % 4 != 0));
	}
}
END_TEST

/* It is asked for in IAMs that are made here, and seen in those that come. */
START_TEST(asks)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, true), ansi = p;
	struct cc_setup s = { .called = { .nai = 3, .npi = 1, .digits = "30123" },
			      .complete = true };
	struct isup_msg iam, again;

	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &p), 0);
	ck_assert(map_asks_connected(&iam));
	map_test_parse(&again, &isup_itu, "IAM; NCI; FCI; CPC value=10; TMR value=3; "
		       "CdPN nai=3 npi=1 301; OFCI cug=2");
	ck_assert(!map_asks_connected(&again));
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, &again, &p), 0);
	ck_assert(!map_asks_connected(&iam));	/* what came from ISUP stays as it is */
	p.standard = MAP_RFC3398;
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &p), 0);
	ck_assert(!isup_has(&iam, ISUP_P_OFCI));
	ansi.dialect = &isup_ansi;
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &ansi), 0);
}
END_TEST

/* --- user-to-user information --- */

static char hex_of[2 * CC_MAX_UUI + 16];

static const struct { const char *header; int n; const char *octets; } uuis[] = {
	{ "04", 1, "\x04" },
	{ "0401aAfF", 4, "\x04\x01\xaa\xff" },
	{ "0401;encoding=hex", 2, "\x04\x01" },
	{ "0401;purpose=isdn-uui;content=isdn-uui;encoding=hex", 2, "\x04\x01" },
	{ "0401;purpose=isdn-interwork;Encoding=HEX", 2, "\x04\x01" },
	{ "\"0401\" ; purpose=\"isdn-uui\"", 2, "\x04\x01" },
	{ "0401;future=1", 2, "\x04\x01" },
	{ "aabb;purpose=app, 0401", 2, "\x04\x01" },	/* the other is of another package */
	{ NULL, 0, NULL },
	{ "", 0, NULL },
	{ ";encoding=hex", 0, NULL },
	{ "040", 0, NULL },
	{ "04xy", 0, NULL },
	{ "04 01", 0, NULL },
	{ "0401;encoding=base64", 0, NULL },
	{ "0401;content=text", 0, NULL },
	{ "0401;purpose=app", 0, NULL },
	{ "0401, 0402", 0, NULL },
	{ "0401;purpose=isdn-uui, 0402;purpose=isdn-interwork", 0, NULL },
	{ "0401, xx", 0, NULL },
};

START_TEST(uui_headers)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct sip_msg msg = { .user_to_user = uuis[_i].header };
	struct cc_uui u = { 0 };

	map_uui_from_sip(&u, &msg, &p);
	ck_assert_int_eq(u.n, uuis[_i].n);
	if (u.n)
		ck_assert_mem_eq(u.octet, uuis[_i].octets, u.n);
	map_test_rule(&p, "header", "user-to-user", "send");
	u.n = 0;
	map_uui_from_sip(&u, &msg, &p);
	ck_assert_int_eq(u.n, 0);
}
END_TEST

/* Every length, there and back; one octet more is nothing. */
START_TEST(uui_lengths)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct sip_msg msg = { .user_to_user = hex_of };
	struct isup_msg m = { .dialect = &isup_itu, .type = ISUP_MT_ACM };
	struct cc_uui u, back, isup;
	struct sip_out out;

	for (unsigned int n = 1; n <= CC_MAX_UUI; n++) {
		memset(&out, 0, sizeof(out));
		u.n = n;
		for (unsigned int i = 0; i < n; i++)
			u.octet[i] = i * 37 + n;
		ck_assert_int_eq(map_uui_to_sip(&out, &u, &p), 0);
		snprintf(hex_of, sizeof(hex_of), "%.*s", 2 * n, out.headers + 14);
		back.n = isup.n = 0;
		map_uui_from_sip(&back, &msg, &p);
		ck_assert_uint_eq(back.n, n);
		ck_assert_mem_eq(back.octet, u.octet, n);
		ck_assert_int_eq(map_uui_to_isup(&m, &u), 0);
		map_uui_from_isup(&isup, &m);
		ck_assert_uint_eq(isup.n, n);
		ck_assert_mem_eq(isup.octet, u.octet, n);
	}
	snprintf(hex_of + 2 * CC_MAX_UUI, 3, "00");
	back.n = 0;
	map_uui_from_sip(&back, &msg, &p);
	ck_assert_uint_eq(back.n, 0);
}
END_TEST

/* In a failure and a BYE, header before body; not in CANCEL. */
START_TEST(uui_at_the_end)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_C, true);
	struct sip_msg msg = { .is_request = true, .method = SIP_BYE, .user_to_user = "0402" };
	struct isup_msg body, rel;
	struct cc_release r;
	struct sip_out out;
	uint8_t octets[300];
	bool has;

	p.isup_body = MAP_ISUP_SIP_T;
	put_isup(&msg, octets, sizeof(octets), "REL; CAI value=16; UUI discriminator=4 01");
	map_bye_to_release(&r, &body, &has, &msg, &p);
	ck_assert_int_eq(map_release_to_rel(&rel, &r, &body, &p), 0);
	map_test_same(&rel, "REL; CAI value=16; UUI discriminator=4 02");
	ck_assert_int_eq(map_release_to_bye(&out, &r, NULL, false, false, &p), 0);
	ck_assert_ptr_nonnull(strstr(out.headers, "User-to-User: 0402;"));
	ck_assert_int_eq(map_release_to_bye(&out, &r, NULL, false, true, &p), 0);
	ck_assert_str_eq(out.headers, "");
	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), 480);
	ck_assert_ptr_nonnull(strstr(out.headers, "User-to-User: 0402;"));
	msg.user_to_user = NULL;
	map_bye_to_release(&r, &body, &has, &msg, &p);
	ck_assert_uint_eq(r.uui.octet[1], 1);
	msg = (struct sip_msg){ .is_request = true, .method = SIP_CANCEL, .user_to_user = "0402" };
	map_bye_to_release(&r, &body, &has, &msg, &p);
	ck_assert_uint_eq(r.uui.n, 0);
	msg = (struct sip_msg){ .method = SIP_INVITE, .status = 486, .user_to_user = "0403" };
	map_failure_to_release(&r, &body, &has, 486, &msg, &p);
	ck_assert_uint_eq(r.uui.octet[1], 3);
	map_test_parse(&rel, &isup_itu, "REL; CAI value=17; UUI discriminator=4 07");
	map_rel_to_release(&r, &rel, &p);
	ck_assert_uint_eq(r.uui.octet[1], 7);
}
END_TEST

/* --- services that a call may fail for --- */

static const struct { const char *iam; uint8_t cause; } refused[] = {
	{ "", 0 },
	{ "; UUInd response=0 service1=2 service2=2 service3=2", 0 },
	{ "; UUInd response=0 service1=3", 29 },
	{ "; UUInd response=0 service2=3", 29 },
	{ "; UUInd response=0 service3=3", 29 },
	{ "; UUInd response=1 service3=3", 0 },
	{ "; OFCI cug=3; CUG network=1 code=2", 29 },
	{ "; OFCI cug=2; CUG network=1 code=2", 0 },
	{ "; OFCI cug=1", 0 },
	{ "; OFCI cug=2; UUInd response=0 service2=3", 29 },
};

START_TEST(refusals)
{
	static const char *const rows[] = { "cug-no-access", "cug-access", "uus-essential",
					    "uus-optional" };
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct cc_setup s;
	struct isup_msg iam;
	struct sip_out out;
	char text[256];
	bool special = strchr(refused[_i].iam, '2') || strchr(refused[_i].iam, '3');

	snprintf(text, sizeof(text), "IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 "
		 "inn=1 301%s", refused[_i].iam);
	map_test_parse(&iam, &isup_itu, text);
	ck_assert_uint_eq(map_iam_refused(&iam, &p), refused[_i].cause);
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &p), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, &iam, NULL, &p),
			 refused[_i].cause ? -EPERM : 0);
	/* a trunk of its own opinion: all goes, or nothing */
	for (int i = 0; i < N(rows); i++)
		map_test_rule(&p, "refusal", rows[i], "0");
	ck_assert_uint_eq(map_iam_refused(&iam, &p), 0);
	p.n_overrides = 0;
	for (int i = 0; i < N(rows); i++)
		map_test_rule(&p, "refusal", rows[i], "87");
	ck_assert_uint_eq(map_iam_refused(&iam, &p),
			  special && !strstr(refused[_i].iam, "response=1") ? 87 : 0);
	/* who gets the IAM sees for himself */
	p.isup_body = MAP_ISUP_SIP_T;
	ck_assert_uint_eq(map_iam_refused(&iam, &p), 0);
	ck_assert_uint_eq(map_iam_refused(NULL, &p), 0);
}
END_TEST

/* --- subaddresses --- */

static const struct { const char *element, *parameter; } subs[] = {
	{ "ATP #7106805041424344", ";isub=ABCD;isub-encoding=nsap-ia5" },
	{ "ATP #7106805041202f5a", ";isub=A%20%2FZ;isub-encoding=nsap-ia5" },
	{ "ATP #710480481234", ";isub=1234;isub-encoding=nsap-bcd" },
	{ "ATP #71048048123f", ";isub=123;isub-encoding=nsap-bcd" },
	{ "ATP #710480390102", ";isub=390102;isub-encoding=nsap" },
	{ "ATP #71048050017f", ";isub=50017f;isub-encoding=nsap" },	/* not of IA5 */
	{ "ATP #71048048fa12", ";isub=48fa12;isub-encoding=nsap" },	/* no digits */
	{ "ATP #7104a0a1b2c3", ";isub=a1b2c3;isub-encoding=user-specified" },
	{ "ATP #7103a8a1b2", ";isub=a1b2;isub-encoding=user-specified" },
	/* types that Q.931 reserves; too short; cut off; behind a shift; another element */
	{ "ATP #7103b0a1b2", "" },
	{ "ATP #710180", "" },
	{ "ATP #710980504142", "" },
	{ "ATP #95710480504142", "" },
	{ "ATP #1e028188", "" },
	/* behind others */
	{ "ATP #a11e028188710480504142", ";isub=AB;isub-encoding=nsap-ia5" },
	{ "ATP #9d710101710480504142", ";isub=AB;isub-encoding=nsap-ia5" },	/* 1 of codeset 5 */
};

/* ISUP -> SIP, and back where it is the same information. */
START_TEST(subaddress)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, true);
	struct isup_msg iam, none, back_iam;
	struct cc_setup s, back;
	struct sip_out out;
	char text[256], want[256];
	struct sip_msg inv = { .is_request = true, .max_forwards = -1, .ruri = out.ruri,
			       .from = out.from, .to = out.to };
	bool has;

	snprintf(text, sizeof(text), "IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 "
		 "inn=1 301; %s", subs[_i].element);
	map_test_parse(&iam, &isup_itu, text);
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &p), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	snprintf(want, sizeof(want), "sip:+49301%s@peer.example;user=phone", subs[_i].parameter);
	ck_assert_str_eq(out.ruri, want);
	if (!subs[_i].parameter[0])
		return;
	ck_assert_int_eq(map_invite_to_setup(&back, &none, &has, &inv, &p), 0);
	ck_assert_str_eq(back.called.digits, "301");
	ck_assert_uint_eq(back.called_sub.n, s.called_sub.n);
	/* odd/even of the octet of type is not told */
	ck_assert_uint_eq(back.called_sub.octet[0], s.called_sub.octet[0] & 0xf7);
	ck_assert_mem_eq(back.called_sub.octet + 1, s.called_sub.octet + 1, s.called_sub.n - 1);
	ck_assert_int_eq(map_setup_to_iam(&back_iam, &back, NULL, &p), 0);
	ck_assert(isup_has(&back_iam, ISUP_P_ACCESS_TRANSPORT));
	map_test_rule(&p, "header", "isub", "off");
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_str_eq(out.ruri, "sip:+49301@peer.example;user=phone");
}
END_TEST

static const struct { const char *parameter; int n; const char *octets; } isubs[] = {
	{ "", 0, NULL },
	{ ";isub=", 0, NULL },
	{ ";isub=AB", 4, "\x80\x50" "AB" },		/* IA5 when nothing is said */
	{ ";isub=%41b", 4, "\x80\x50" "Ab" },
	{ ";ISUB=12;isub-encoding=NSAP-BCD", 3, "\x80\x48\x12" },
	{ ";isub=1;isub-encoding=nsap-bcd", 3, "\x80\x48\x1f" },
	{ ";isub=1a;isub-encoding=nsap-bcd", 0, NULL },
	{ ";isub=123;isub-encoding=nsap", 0, NULL },
	{ ";isub=1g;isub-encoding=nsap", 0, NULL },
	{ ";isub=39AB;isub-encoding=nsap", 3, "\x80\x39\xab" },
	{ ";isub=12;isub-encoding=other", 0, NULL },
	{ ";isub=1234567890123456789", 21, "\x80\x50" "1234567890123456789" },
	{ ";isub=12345678901234567890", 0, NULL },	/* 20 octets with the format's are all */
	{ ";isub=%0a%0d", 0, NULL },
	{ ";isub=%4", 0, NULL },
};

START_TEST(isub)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, true);
	char ruri[128], from[160];
	struct sip_msg inv = { .is_request = true, .max_forwards = -1, .ruri = ruri,
			       .from = from, .to = "<sip:x@y>" };
	struct isup_msg none;
	struct cc_setup s;
	bool has;

	snprintf(ruri, sizeof(ruri), "sip:+49301%s@x;user=phone", isubs[_i].parameter);
	snprintf(from, sizeof(from), "\"a;b@c\" <tel:+49302%s>", isubs[_i].parameter);
	ck_assert_int_eq(map_invite_to_setup(&s, &none, &has, &inv, &p), 0);
	ck_assert_int_eq(s.called_sub.n, isubs[_i].n);
	ck_assert_int_eq(s.calling_sub.n, isubs[_i].n);
	if (!isubs[_i].n)
		return;
	ck_assert_mem_eq(s.called_sub.octet, isubs[_i].octets, isubs[_i].n);
	ck_assert_mem_eq(s.calling_sub.octet, isubs[_i].octets, isubs[_i].n);
}
END_TEST

/* What else is in access transport stays; the caller's is told where the caller is. */
START_TEST(access_transport)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, true);
	struct cc_setup s = { .called = { .nai = 3, .npi = 1, .digits = "301" }, .complete = true,
			      .has_calling = true,
			      .calling = { .nai = 3, .npi = 1, .si = 3, .digits = "302" },
			      .calling_name = "a;b@c <d>",
			      .calling_sub = { 3, { 0x80, 0x50, 'X' } },
			      .called_sub = { 3, { 0x80, 0x50, 'Y' } } };
	struct isup_msg tmpl, iam;
	const uint8_t *octets;
	struct sip_out out;
	size_t len;

	map_test_parse(&tmpl, &isup_itu, "IAM; NCI; FCI; CPC value=10; TMR value=3; "
		       "CdPN nai=3 npi=1 301; "
		       "ATP #71038050411e0281889e7103805042");
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, &tmpl, &p), 0);
	octets = isup_raw(&iam, ISUP_P_ACCESS_TRANSPORT, &len);
	ck_assert_uint_eq(len, 20);
	ck_assert_mem_eq(octets, "\x71\x03\x80\x50Y\x6d\x03\x80\x50X\x1e\x02\x81\x88"
			 "\x9e\x71\x03\x80\x50" "B", 20);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_str_eq(out.from, "\"a;b@c <d>\" <sip:+49302;isub=X;isub-encoding=nsap-ia5"
			 "@gw.example;user=phone>");
	s.calling.apri = 1;
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert(!strstr(out.from, "isub"));
}
END_TEST

static const struct { const char *isup; uint8_t description; bool is; } progress[] = {
	{ "ACM; BCI", 8, false },
	{ "ACM; BCI; ATP #1e028188", 8, true },
	{ "ACM; BCI; ATP #1e028188", 1, false },
	{ "ACM; BCI; ATP #1e0284811e028188", 8, true },
	{ "ACM; BCI; ATP #1e0284811e028188", 1, true },
	{ "ACM; BCI; ATP #71038050411e038288ff", 8, true },
	{ "CPG; EvI event=2; ATP #1e028188", 8, true },
	{ "ACM; BCI; ATP #1e02c188", 8, false },		/* another coding standard */
	{ "ACM; BCI; ATP #1e0181", 8, false },
	{ "ACM; BCI; ATP #1e058188", 8, false },
	{ "ACM; BCI; ATP #961e028188", 8, false },		/* of another codeset */
};

START_TEST(progress_indicators)
{
	struct isup_msg m;

	map_test_parse(&m, &isup_itu, progress[_i].isup);
	ck_assert(map_progress_indicator(&m, progress[_i].description) == progress[_i].is);
}
END_TEST

/* --- notifications --- */

static const struct { const char *isup; enum cc_type type; bool held, waiting; } notices[] = {
	{ "CPG; EvI event=2; GNI indicator=121", CC_HOLD, true, false },
	{ "CPG; EvI event=2; GNI indicator=122", CC_HOLD, false, false },
	{ "CPG; EvI event=2; GNI indicator=4; GNI indicator=121", CC_HOLD, true, false },
	{ "CPG; EvI event=1; GNI indicator=96", CC_ALERT, false, true },
	{ "ACM; BCI called_status=1; GNI indicator=96", CC_ALERT, false, true },
	{ "CPG; EvI event=2; GNI indicator=66", CC_PROGRESS, false, false },
	{ "CPG; EvI event=2; GNI #424344e0", CC_PROGRESS, false, true },
};

START_TEST(notifications)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_A, true);
	struct cc_prim prim;
	struct isup_msg m;
	struct sip_out out;

	map_test_parse(&m, &isup_itu, notices[_i].isup);
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &p);
	ck_assert_int_eq(prim.type, notices[_i].type);
	if (prim.type == CC_HOLD)
		ck_assert(prim.u.held == notices[_i].held);
	ck_assert(prim.waiting == notices[_i].waiting);
	if (prim.type != CC_ALERT)
		return;
	ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, false, &p), 180);
	ck_assert_str_eq(out.headers, "Alert-Info: <urn:alert:service:call-waiting>\r\n");
}
END_TEST

START_TEST(notification_rules)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_A, true);
	struct cc_prim prim;
	struct isup_msg m;

	map_test_rule(&p, "notification", "remote-hold", "none");
	map_test_rule(&p, "notification", "user-suspended", "hold");
	map_test_parse(&m, &isup_itu, "CPG; EvI event=2; GNI indicator=121");
	ck_assert(map_isup_to_prim(&prim, &m, true));
	map_services_from_isup(&prim, &m, &p);
	ck_assert_int_eq(prim.type, CC_INFO);
	map_test_parse(&m, &isup_itu, "CPG; EvI event=2; GNI indicator=0");
	ck_assert(map_isup_to_prim(&prim, &m, true));
	map_services_from_isup(&prim, &m, &p);
	ck_assert_int_eq(prim.type, CC_HOLD);
	ck_assert(prim.u.held);
}
END_TEST

static const struct { const char *alert; bool waiting; } alerts[] = {
	{ "<urn:alert:service:call-waiting>", true },
	{ "<http://x/y>, <urn:alert:service:call-waiting>;appearance=1", true },
	{ "<urn:alert:service:forward>", false },
	{ "urn:alert:service:call-waiting", false },
	{ NULL, false },
};

START_TEST(alert_info)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_A, true);
	struct sip_msg rsp = { .status = 180, .alert_info = alerts[_i].alert };
	struct isup_msg body, m;
	struct cc_prim prim;

	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	map_test_same(&m, alerts[_i].waiting ? "CPG; EvI event=1; GNI indicator=96" :
		      "CPG; EvI event=1");
	map_test_rule(&p, "header", "alert-info", "off");
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert(!prim.waiting);
}
END_TEST

/* --- Reason --- */

static const struct { const char *reason; int cause, location; } reasons[] = {
	{ "Q.850;cause=17", 17, 9 },
	{ "q.850 ; CAUSE = 17 ;text=\"busy\"", 17, 9 },
	{ "Q.850;cause=17;location=U", 17, 0 },
	{ "Q.850;cause=17;location=LOC-15", 17, 15 },
	{ "Q.850;cause=17;location=nowhere", 17, 9 },
	{ "Q.850;cause=17;text=\"a, b; cause=3 \\\"c\\\"\";location=LN", 17, 2 },
	{ "SIP;cause=200;text=\"Call completed elsewhere\"", 0, 0 },
	{ "SIP;cause=486, Q.850;cause=21", 21, 9 },
	{ "SIP;cause=200;text=\"Q.850;cause=16\", Q.850;cause=26", 26, 9 },
	{ "X;cause=1, Q.850;cause=0, Q.850;cause=128, Q.850;cause=31", 31, 9 },
	{ "Q.850;cause=0", 0, 0 }, { "Q.850;cause=128", 0, 0 }, { "Q.850;cause=-1", 0, 0 },
	{ "Q.850;cause=1x", 0, 0 }, { "Q.850;cause=", 0, 0 }, { "Q.850", 0, 0 },
	{ "Q.8500;cause=17", 0, 0 }, { "", 0, 0 }, { NULL, 0, 0 }, { ",,;;\"", 0, 0 },
	{ "Q.850;text=\"never ends;cause=17", 0, 0 },
};

START_TEST(reason)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct sip_msg bye = { .is_request = true, .method = SIP_BYE,
			       .reason = reasons[_i].reason },
		       busy = { .method = SIP_INVITE, .status = 486, .reason = reasons[_i].reason };
	struct isup_msg none;
	struct cc_release r;
	bool has;

	p.location = 9;
	map_bye_to_release(&r, &none, &has, &bye, &p);
	ck_assert_int_eq(r.cause.value, reasons[_i].cause ? reasons[_i].cause : 16);
	if (reasons[_i].cause)
		ck_assert_int_eq(r.cause.location, reasons[_i].location);
	map_failure_to_release(&r, &none, &has, 486, &busy, &p);
	ck_assert_int_eq(r.cause.value, reasons[_i].cause ? reasons[_i].cause : 17);
	bye.method = SIP_CANCEL;
	map_bye_to_release(&r, &none, &has, &bye, &p);
	ck_assert_int_eq(r.cause.value, reasons[_i].cause ? reasons[_i].cause : 16);
	map_test_rule(&p, "header", "reason", "send");
	map_bye_to_release(&r, &none, &has, &bye, &p);
	ck_assert_int_eq(r.cause.value, 16);
	map_failure_to_release(&r, &none, &has, 486, &busy, &p);
	ck_assert_int_eq(r.cause.value, 17);
}
END_TEST

/* Header and body disagree: the rows say who counts. */
START_TEST(reason_or_body)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct sip_msg msg = { .method = SIP_INVITE, .status = 500,
			       .reason = "Q.850;cause=34" };
	struct isup_msg body;
	struct cc_release r;
	uint8_t octets[100];
	bool has;

	p.isup_body = MAP_ISUP_SIP_T;
	put_isup(&msg, octets, sizeof(octets), "REL; CAI location=4 value=17");
	map_failure_to_release(&r, &body, &has, 500, &msg, &p);
	ck_assert(has && r.cause.value == 17 && r.cause.location == 4);
	map_test_rule(&p, "precedence", "cause-response", "headers");
	map_failure_to_release(&r, &body, &has, 500, &msg, &p);
	ck_assert(has && r.cause.value == 34 && r.cause.location == 4);
	msg.reason = "Q.850;cause=17;location=U";
	map_failure_to_release(&r, &body, &has, 500, &msg, &p);
	ck_assert(r.cause.value == 17 && r.cause.location == 4);
	msg.is_request = true;
	msg.method = SIP_BYE;
	msg.reason = "Q.850;cause=31;location=LN";
	map_bye_to_release(&r, &body, &has, &msg, &p);
	ck_assert(r.cause.value == 31 && r.cause.location == 2);
	map_test_rule(&p, "precedence", "cause-bye", "body");
	map_bye_to_release(&r, &body, &has, &msg, &p);
	ck_assert(r.cause.value == 17 && r.cause.location == 4);
}
END_TEST

/* Every cause and location goes out and comes back. */
START_TEST(reason_there_and_back)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct isup_cause c = { .value = 1 };
	char text[sizeof(((struct sip_out *)0)->reason)];
	struct isup_msg none;
	struct cc_release r;
	bool has;

	for (int i = 0; i < 127 * 16; i++) {
		struct sip_msg bye = { .is_request = true, .method = SIP_BYE, .reason = text };

		c.value = 1 + i / 16;
		c.location = i % 16;
		ck_assert_int_eq(map_reason_put(text, sizeof(text), &c, &p), 0);
		map_bye_to_release(&r, &none, &has, &bye, &p);
		ck_assert_uint_eq(r.cause.value, c.value);
		ck_assert_uint_eq(r.cause.location, c.location);
	}
	c.coding = 2;
	ck_assert_int_eq(map_reason_put(text, sizeof(text), &c, &p), 0);
	ck_assert_str_eq(text, "");
	c.coding = 0;
	map_test_rule(&p, "header", "reason", "accept");
	ck_assert_int_eq(map_reason_put(text, sizeof(text), &c, &p), 0);
	ck_assert_str_eq(text, "");
}
END_TEST

/* RFC 6432: an announcement that a provisional response brings. */
START_TEST(reason_early)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, true);
	struct sip_msg rsp = { .status = 183, .reason = "Q.850;cause=1;location=LN",
			       .content_type = "application/sdp",
			       .body = (const uint8_t *)"v=0\r\n", .body_len = 5 };
	struct isup_msg body, m;
	struct cc_prim prim;
	struct sip_out out;

	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_uint_eq(prim.u.progress.cause.value, 1);
	ck_assert_uint_eq(prim.u.progress.cause.location, 2);
	map_test_rule(&p, "header", "reason", "send");
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_uint_eq(prim.u.progress.cause.value, 0);
	map_test_parse(&m, &isup_itu, "ACM; BCI; OBCI in_band=1; CAI location=4 value=22");
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &p);
	ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, false, &p), 183);
	ck_assert_ptr_nonnull(strstr(out.reason, "Q.850;cause=22"));
	map_test_rule(&p, "header", "reason", "off");
	p.overrides[0] = p.overrides[1];
	ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, false, &p), 183);
	ck_assert_str_eq(out.reason, "");
}
END_TEST

static TCase *services(void)
{
	TCase *tc = tcase_create("services");

	tcase_add_loop_test(tc, answer_to_sip, 0, N(answers));
	tcase_add_loop_test(tc, identity_to_isup, 0, N(identities));
	tcase_add_loop_test(tc, restricted_answer, 0, 2 * MAP_STANDARDS);
	tcase_add_test(tc, asks);
	tcase_add_loop_test(tc, uui_headers, 0, N(uuis));
	tcase_add_test(tc, uui_lengths);
	tcase_add_test(tc, uui_at_the_end);
	tcase_add_loop_test(tc, refusals, 0, N(refused));
	tcase_add_loop_test(tc, subaddress, 0, N(subs));
	tcase_add_loop_test(tc, isub, 0, N(isubs));
	tcase_add_test(tc, access_transport);
	tcase_add_loop_test(tc, progress_indicators, 0, N(progress));
	tcase_add_loop_test(tc, notifications, 0, N(notices));
	tcase_add_test(tc, notification_rules);
	tcase_add_loop_test(tc, alert_info, 0, N(alerts));
	return tc;
}

int main(void)
{
	Suite *suite = suite_create("map_services");
	TCase *tc = tcase_create("reason");

	tcase_add_loop_test(tc, reason, 0, N(reasons));
	tcase_add_test(tc, reason_or_body);
	tcase_add_test(tc, reason_there_and_back);
	tcase_add_test(tc, reason_early);
	suite_add_tcase(suite, services());
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
