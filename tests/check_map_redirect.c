/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Redirection through the mapper: reasons both ways, what is told backward, and that a number which
 * must not be shown never is. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "isup/dialect.h"
#include "tests/map_test.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* A header line of an outgoing message, without its name; "" when it is not there. */
static const char *line_of(char *buf, size_t size, const struct sip_out *out, const char *name)
{
	char key[64];
	const char *at;

	snprintf(key, sizeof(key), "%s: ", name);
	at = strstr(out->headers, key);
	buf[0] = '\0';
	if (at)
		snprintf(buf, size, "%.*s", (int)strcspn(at + strlen(key), "\r"),
			 at + strlen(key));
	return buf;
}

/* --- forward: there and back again --- */

static const char iam_text[] =
	"IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 inn=1 30123456;"
	"OCN nai=3 npi=1 apri=%u 30777; RgPN nai=4 npi=1 apri=%u 44208;"
	"RdI indicator=%u original_reason=%u count=%u reason=%u";

/* What the INVITE that went out tells when it comes in. */
static void come_in(struct cc_setup *s, const struct sip_out *out, const struct map_profile *p)
{
	struct sip_msg inv = {
		.is_request = true, .max_forwards = -1, .ruri = out->ruri, .from = out->from,
		.to = out->to, .privacy = out->privacy[0] ? out->privacy : NULL,
		.diversion = out->diversion[0] ? out->diversion : NULL,
	};
	struct isup_msg none;
	char history[1024];
	bool has;

	if (line_of(history, sizeof(history), out, "History-Info")[0])
		inv.history_info = history;
	ck_assert_int_eq(map_invite_to_setup(s, &none, &has, &inv, p), 0);
}

enum { APRI = 4, INDICATORS = 7, REASONS = 7, COUNTS = 5 };

START_TEST(reasons_there_and_back)
{
	/* Diversion has one word for two */
	static const uint8_t by_word[REASONS] = { 0, 1, 2, 3, 5, 5, 6 };
	struct map_profile history = map_test_profile(MAP_PROFILE_A, true),
			   diversion = map_test_profile(MAP_RFC3398, true), *p;
	struct cc_setup s, back;
	struct isup_msg iam;
	struct sip_out out;
	char text[512];

	for (int i = 0; i < 2 * REASONS; i++) {
		p = i < REASONS ? &history : &diversion;
		snprintf(text, sizeof(text), iam_text, 0, 0, 3, 2, 1 + i % COUNTS, i % REASONS);
		map_test_parse(&iam, &isup_itu, text);
		ck_assert_uint_eq(map_iam_to_setup(&s, &iam, p), 0);
		ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, p), 0);
		come_in(&back, &out, p);
		ck_assert(back.has_redirection);
		ck_assert_uint_eq(back.redirection.reason,
				  i < REASONS ? i : by_word[i % REASONS]);
		ck_assert_uint_eq(back.redirection.count, 1 + i % COUNTS);
		ck_assert_uint_eq(back.redirection.indicator, 3);
		if (s.redirection.count > 1) {
			ck_assert_uint_eq(back.redirection.original_reason, 2);
			ck_assert_str_eq(back.original_called.digits, "30777");
		}
		ck_assert_str_eq(back.redirecting.digits, "44208");
	}
}
END_TEST

static bool all_private(const struct isup_redirection *r)
{
	return r->indicator == 2 || r->indicator == 4;
}

/* Whatever the numbers and the indicator say: what must not be shown is not told to who is not
 * trusted, and is still marked when it comes back from who is. */
static void check_privacy(const struct cc_setup *s, const struct map_profile *p)
{
	struct sip_out out;
	struct cc_setup back;
	char all[4096];

	ck_assert_int_eq(map_setup_to_invite(&out, s, NULL, NULL, p), 0);
	snprintf(all, sizeof(all), "%s %s %s %s %s", out.ruri, out.from, out.to, out.diversion,
		 out.headers);
	if (!p->send_pai && (s->original_called.apri || all_private(&s->redirection)))
		ck_assert_msg(!strstr(all, "30777"), "%s", all);
	if (!p->send_pai && (s->redirecting.apri || all_private(&s->redirection)))
		ck_assert_msg(!strstr(all, "44208"), "%s", all);
	ck_assert(!strstr(out.to, "30777") || !s->original_called.apri);
	come_in(&back, &out, p);
	if (s->original_called.apri || all_private(&s->redirection))
		ck_assert(!back.has_original_called || back.original_called.apri ||
			  strcmp(back.original_called.digits, "30777") != 0);
	if (s->redirecting.apri || all_private(&s->redirection))
		ck_assert(!back.has_redirecting || back.redirecting.apri);
	if (all_private(&s->redirection) && p->send_pai && back.has_redirection)
		ck_assert(all_private(&back.redirection));
}

START_TEST(privacy)
{
	struct map_profile p = map_test_profile(_i % MAP_STANDARDS, _i >= MAP_STANDARDS);
	struct isup_msg iam;
	struct cc_setup s;
	char text[512];

	for (int i = 0; i < APRI * APRI * (INDICATORS + 1) * 7; i++) {
		snprintf(text, sizeof(text), iam_text, i % APRI, i / APRI % APRI,
			 i / APRI / APRI % (INDICATORS + 1), 1,
			 1 + i / APRI / APRI / (INDICATORS + 1), 3);
		map_test_parse(&iam, &isup_itu, text);
		ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &p), 0);
		check_privacy(&s, &p);
	}
}
END_TEST

/* From SIP to ISUP and on to SIP: a mark of privacy in any of its places is never lost. */
static const struct { const char *privacy, *diversion, *history; } marked[] = {
	{ NULL, "<sip:+4930777@x>;reason=user-busy;privacy=full", NULL },
	{ NULL, "<sip:+4930777@x>;reason=user-busy;privacy=name", NULL },
	{ NULL, "<sip:+4930777@x>;reason=user-busy;privacy=\"uri\"", NULL },
	{ "header", "<sip:+4930777@x>;reason=user-busy", NULL },
	{ "id;session", "<sip:+4930777@x>;reason=user-busy;privacy=off", NULL },
	{ "history", NULL, "<sip:+4930777@x>;index=1, <sip:+4930123456@x;cause=486>;index=1.1" },
	{ NULL, NULL,
	  "<sip:+4930777@x?Privacy=history>;index=1, <sip:+4930123456@x;cause=486>;index=1.1" },
	{ NULL, NULL,
	  "<sip:+4930777@x?Reason=SIP%3Bcause%3D486&Privacy=id%3Bhistory>;index=1,"
	  "<sip:+4930123456@x>;index=1.1;mp=1" },
	{ NULL, NULL,
	  "<sip:+4930777@x;user=phone?privacy=header>;index=1,"
	  "<sip:+4930123456@x;cause=486>;index=1.1;mp=1" },
};

START_TEST(marks)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, false);
	struct sip_msg inv = {
		.is_request = true, .max_forwards = -1, .privacy = marked[_i].privacy,
		.ruri = "sip:+4930123456@x;user=phone", .from = "<sip:+498912@x;user=phone>",
		.to = "<sip:+4930123456@x;user=phone>", .diversion = marked[_i].diversion,
		.history_info = marked[_i].history,
	};
	struct isup_msg none, iam;
	struct isup_number n;
	struct cc_setup s, again;
	struct sip_out out;
	bool has;

	ck_assert_int_eq(map_invite_to_setup(&s, &none, &has, &inv, &p), 0);
	ck_assert(s.has_redirection);
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &p), 0);
	ck_assert(isup_get(&iam, ISUP_P_REDIRECTING, &n));
	ck_assert_uint_eq(n.apri, 1);
	ck_assert(isup_get(&iam, ISUP_P_ORIGINAL_CALLED, &n));
	ck_assert_uint_eq(n.apri, 1);
	ck_assert_uint_eq(map_iam_to_setup(&again, &iam, &p), 0);
	ck_assert_uint_eq(again.redirection.indicator, 4);
	ck_assert_int_eq(map_setup_to_invite(&out, &again, NULL, NULL, &p), 0);
	ck_assert(!strstr(out.diversion, "30777") && !strstr(out.headers, "30777") &&
		  !strstr(out.to, "30777"));
}
END_TEST

/* Where the body's redirection counts, what the headers hide is hidden all the same. */
START_TEST(body_counts)
{
	static const char text[] = "IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 "
				   "30123456; OCN nai=3 npi=1 apri=0 30777; RgPN nai=3 npi=1 "
				   "apri=0 30888; RdI indicator=1 count=2 reason=3";
	struct map_profile p = map_test_profile(MAP_PROFILE_C, false);
	struct sip_msg inv = {
		.is_request = true, .max_forwards = -1, .ruri = "sip:+4930123456@x;user=phone",
		.from = "<sip:+498912@x;user=phone>", .to = "<sip:+4930123456@x;user=phone>",
		.diversion = "<sip:+4930999@x>;reason=user-busy",
		.content_type = "application/ISUP;version=itu-t92+",
	};
	struct isup_msg inner, body;
	struct cc_setup s;
	uint8_t octets[200];
	bool has;

	p.isup_body = MAP_ISUP_SIP_I;
	map_test_rule(&p, "precedence", "diversion", "body");
	map_test_parse(&inner, &isup_itu, text);
	inv.body = octets;
	inv.body_len = isup_encode_body(octets, sizeof(octets), &inner);
	ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &p), 0);
	ck_assert_str_eq(s.redirecting.digits, "30888");
	ck_assert(s.redirection.indicator == 1 && !s.redirecting.apri && !s.original_called.apri);
	inv.diversion = "<sip:+4930999@x>;reason=user-busy;privacy=full";
	ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &p), 0);
	ck_assert_str_eq(s.redirecting.digits, "30888");
	ck_assert(s.redirection.indicator == 2 && s.redirecting.apri && s.original_called.apri);
}
END_TEST

/* --- backward: what ISUP says, as History-Info of a response --- */

#define RECEIVED "<sip:+49301@gw;user=phone>;index=1"

static const struct { const char *isup; bool trusted; const char *history; } told[] = {
	{ "ACM; BCI called_status=0", true, "" },
	{ "CPG; EvI event=2", true, "" },
	{ "CPG; EvI event=6", true, "<sip:unknown@unknown.invalid;cause=302>;index=1.1;mp=1" },
	{ "CPG; EvI event=5; RnN nai=3 npi=1 30222", true,
	  "<sip:+4930222@gw.example;user=phone;cause=408>;index=1.1;mp=1" },
	{ "CPG; EvI event=4; RnN nai=3 npi=1 30222", false,
	  "<sip:+4930222@gw.example;user=phone;cause=486>;index=1.1;mp=1" },
	/* the diverting user allows it, the one diverted to does not */
	{ "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=2 reason=5; RnNR value=1",
	  false, "<sip:anonymous@anonymous.invalid;cause=480>;index=1.1;mp=1" },
	{ "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=2 reason=5; RnNR value=1",
	  true,
	  "<sip:+4930222@gw.example;user=phone;cause=480?Privacy=history>;index=1.1;mp=1" },
	{ "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=2 reason=4; RnNR value=0",
	  false, "<sip:+4930222@gw.example;user=phone;cause=487>;index=1.1;mp=1" },
	/* without the number; not at all */
	{ "ACM; BCI; RnN nai=4 npi=1 44207; CDI notification=3 reason=6; GNI indicator=123", false,
	  "<sip:anonymous@anonymous.invalid;cause=503>;index=1.1;mp=1" },
	{ "ACM; BCI; RnN nai=4 npi=1 44207; CDI notification=0 reason=6", false,
	  "<sip:anonymous@anonymous.invalid;cause=503>;index=1.1;mp=1" },
	{ "ACM; BCI; RnN nai=4 npi=1 44207; CDI notification=1 reason=6", true, "" },
	{ "CPG; EvI event=6 restricted=1; RnN nai=4 npi=1 44207", true, "" },
	{ "ACM; BCI called_status=1; GNI indicator=123", true,
	  "<sip:unknown@unknown.invalid;cause=404>;index=1.1;mp=1" },
	{ "ANM; RnN nai=4 npi=1 44207F; RnNR value=0", true,
	  "<sip:+44207@gw.example;user=phone;cause=404>;index=1.1;mp=1" },
	{ "CPG; EvI event=2; RnN nai=4 npi=5 44207", true,
	  "<sip:unknown@unknown.invalid;cause=404>;index=1.1;mp=1" },
};

START_TEST(isup_tells)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_A, told[_i].trusted);
	struct sip_out out = { .headers = "" };
	char line[512], want[512];
	struct cc_prim prim;
	struct isup_msg m;

	map_test_parse(&m, &isup_itu, told[_i].isup);
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &p);
	map_history_to_response(&out, &prim, RECEIVED, &p);
	snprintf(want, sizeof(want), "%s%s", told[_i].history[0] ? RECEIVED ", " : "",
		 told[_i].history);
	ck_assert_str_eq(line_of(line, sizeof(line), &out, "History-Info"), want);
	/* who does not want it gets none */
	map_history_to_response(memset(&out, 0, sizeof(out)), &prim, NULL, &p);
	ck_assert_str_eq(out.headers, "");
}
END_TEST

/* A trunk that waits for the other end to say whether its number may be shown. */
START_TEST(not_before_it_is_allowed)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_A, false);
	struct sip_out out = { .headers = "" };
	struct cc_prim prim;
	struct isup_msg m;

	map_test_rule(&p, "service", "redirection-early", "no");
	map_test_parse(&m, &isup_itu, "CPG; EvI event=6; RnN nai=3 npi=1 30222; "
		       "CDI notification=2 reason=3");
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &p);
	map_history_to_response(&out, &prim, RECEIVED, &p);
	ck_assert(strstr(out.headers, "anonymous@") && !strstr(out.headers, "30222"));
	map_test_parse(&m, &isup_itu, "CPG; EvI event=1; RnN nai=3 npi=1 30222; RnNR value=0");
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &p);
	memset(&out, 0, sizeof(out));
	map_history_to_response(&out, &prim, RECEIVED, &p);
	ck_assert_ptr_nonnull(strstr(out.headers, "30222"));
}
END_TEST

/* What an INVITE says of the responses' history. */
static const struct { const char *history, *supported, *want; } asked[] = {
	{ NULL, NULL, "" },
	{ NULL, "100rel, timer", "" },
	{ NULL, "100rel, histinfo", "<sip:+49301@gw>;index=1" },
	{ NULL, "HISTINFO", "<sip:+49301@gw>;index=1" },
	{ "<sip:a@b>;index=1", NULL, "<sip:a@b>;index=1" },
	{ "<sip:a@b>;index=1\tx", NULL, "" },
};

START_TEST(invite_asks)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_A, true);
	struct sip_msg inv = { .ruri = "sip:+49301@gw", .history_info = asked[_i].history,
			       .supported = asked[_i].supported };
	char buf[64], small[8];

	ck_assert_int_eq(map_history_of_invite(buf, sizeof(buf), &inv, &p),
			 strlen(asked[_i].want));
	ck_assert_str_eq(buf, asked[_i].want);
	ck_assert_int_eq(map_history_of_invite(small, sizeof(small), &inv, &p), 0);
	p.standard = MAP_RFC3398;	/* it is not sent */
	ck_assert_int_eq(map_history_of_invite(buf, sizeof(buf), &inv, &p), 0);
}
END_TEST

/* --- backward: what responses say, as ISUP --- */

#define SENT "<sip:+4930777@a>;index=1, <sip:+49301@b;cause=486>;index=1.1;mp=1"

static const struct {
	int status;
	unsigned int told;
	const char *history, *privacy, *acm, *cpg;
} heard[] = {
	/* only what we said ourselves; nothing; no diversion */
	{ 180, 1, SENT, NULL, "ACM; BCI charge=2 called_status=1 called_category=1 "
	  "isup_all_the_way=1", "CPG; EvI event=1" },
	{ 180, 0, "<sip:+49301@b>;index=1, <sip:+49301@c>;index=1.1;rc=1", NULL,
	  "ACM; BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1",
	  "CPG; EvI event=1" },
	{ 181, 0, "<sip:+49301@b>;index=1, <sip:+4930222@c;cause=408>;index=1.1;mp=1", NULL,
	  "ACM; BCI charge=2 called_category=1 isup_all_the_way=1",
	  "CPG; EvI event=5; RnN nai=3 npi=1 inn=1 30222; CDI notification=2 reason=2; "
	  "GNI indicator=123; RnNR value=0" },
	{ 181, 1, SENT ", <sip:+44222@c;cause=486>;index=1.1.1;mp=1.1", NULL,
	  "ACM; BCI charge=2 called_category=1 isup_all_the_way=1",
	  "CPG; EvI event=4; RnN nai=4 npi=1 inn=1 44222; CDI notification=2 reason=1; "
	  "GNI indicator=123; RnNR value=0" },
	{ 180, 0, "<sip:+49301@b>;index=1, <sip:+4930222@c;cause=302?Privacy=history>;index=1.1",
	  NULL,
	  "ACM; BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1; "
	  "RnN nai=3 npi=1 inn=1 30222; CDI notification=3 reason=3; GNI indicator=123; "
	  "RnNR value=1",
	  "CPG; EvI event=1; RnN nai=3 npi=1 inn=1 30222; CDI notification=3 reason=3; "
	  "GNI indicator=123; RnNR value=1" },
	{ 180, 0, "<sip:+49301@b>;index=1, <sip:anonymous@anonymous.invalid;cause=503>;index=1.1",
	  NULL,
	  "ACM; BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1; "
	  "CDI notification=3 reason=6; GNI indicator=123",
	  "CPG; EvI event=1; CDI notification=3 reason=6; GNI indicator=123" },
	{ 200, 0, "<sip:+49301@b>;index=1, <sip:+4930222@c;cause=302>;index=1.1", "history",
	  "CON; BCI charge=2 called_category=1 isup_all_the_way=1",
	  "ANM; RnN nai=3 npi=1 inn=1 30222; RnNR value=1" },
};

START_TEST(sip_tells)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, true);
	struct sip_msg rsp = { .status = heard[_i].status, .history_info = heard[_i].history,
			       .privacy = heard[_i].privacy };
	struct isup_msg body, m;
	struct cc_prim prim;

	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	map_history_from_response(&prim, &rsp, heard[_i].told, &p);
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, false, &p), 0);
	map_test_same(&m, heard[_i].acm);
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	map_test_same(&m, heard[_i].cpg);
	/* policy: not taken */
	map_test_rule(&p, "header", "history-info", "off");
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	map_history_from_response(&prim, &rsp, heard[_i].told, &p);
	ck_assert(!prim.redirection.diverted);
}
END_TEST

/* The body of a SIP-T peer says it all: nothing is added but secrecy. */
START_TEST(body_stays)
{
	static const char text[] = "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=2 "
				   "reason=1; 0xfe 01";
	struct map_profile p = map_test_profile(MAP_PROFILE_C, true);
	struct sip_msg rsp = { .status = 181, .history_info =
			       "<sip:+49301@b>;index=1, <sip:+4930222@c;cause=486>;index=1.1" };
	struct isup_msg inner, body, m;
	uint8_t octets[300];
	struct cc_prim prim;

	p.isup_body = MAP_ISUP_SIP_I;
	map_test_parse(&inner, &isup_itu, text);
	rsp.content_type = "application/ISUP;version=itu-t92+";
	rsp.body = octets;
	rsp.body_len = isup_encode_body(octets, sizeof(octets), &inner);
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_ptr_nonnull(prim.isup);
	map_history_from_response(&prim, &rsp, 0, &p);
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	map_test_same(&m, text);
	rsp.privacy = "history";
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	map_history_from_response(&prim, &rsp, 0, &p);
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	map_test_same(&m, "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=2 reason=1; "
		      "0xfe 01; RnNR value=1");
}
END_TEST

/* Between ISUP trunks it stays; across a border the number is the other country's. */
START_TEST(transit)
{
	static const char text[] = "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=1 "
				   "reason=1; GNI indicator=123";
	struct map_profile in = map_test_profile(MAP_PROFILE_A, true), out = in;
	struct cc_prim prim;
	struct isup_msg m, next;

	map_test_parse(&m, &isup_itu, text);
	ck_assert(map_isup_to_prim(&prim, &m, false));
	map_services_from_isup(&prim, &m, &in);
	ck_assert_int_eq(map_prim_to_isup(&next, &prim, true, &out), 0);
	map_test_same(&next, "CPG; EvI event=4; RnN nai=3 npi=1 30222; CDI notification=1 "
		      "reason=1; GNI indicator=123; RnNR value=1");
	strncpy(out.country_code, "44", sizeof(out.country_code) - 1);
	ck_assert_int_eq(map_prim_to_isup(&next, &prim, true, &out), 0);
	ck_assert(isup_has(&next, ISUP_P_REDIRECTION_NUMBER));
	map_test_same(&next, "CPG; EvI event=4; RnN nai=4 npi=1 inn=1 4930222; CDI notification=1 "
		      "reason=1; GNI indicator=123; RnNR value=1");
}
END_TEST

/* History-Info made of anything parses to something, and nothing is read behind its end. */
START_TEST(rubbish)
{
	static const char letters[] = "<>;,=?&.1sip:+49@indexmpcause\"%3B ";
	struct map_profile p = map_test_profile(MAP_PROFILE_A, true);
	struct sip_msg inv = { .is_request = true, .max_forwards = -1,
			       .ruri = "sip:+49301@x;user=phone", .from = "<sip:+492@x>",
			       .to = "<sip:+49301@x>" };
	struct isup_msg none;
	struct cc_setup s;
	uint32_t rnd = 1 + _i;
	char text[200];
	bool has;

	for (int i = 0; i < 2000; i++) {
		size_t n = 0;

		while (n < sizeof(text) - 1) {
			rnd = rnd * 1103515245 + 12345;
			if ((rnd >> 16) % 150 == 0)
				break;
			text[n++] = letters[(rnd >> 16) % (sizeof(letters) - 1)];
		}
		text[n] = '\0';
		inv.history_info = inv.diversion = text;
		ck_assert_int_eq(map_invite_to_setup(&s, &none, &has, &inv, &p), 0);
		ck_assert(!s.has_redirection || s.redirection.count >= 1);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_redirect");
	TCase *tc = tcase_create("map_redirect");

	tcase_add_test(tc, reasons_there_and_back);
	tcase_add_loop_test(tc, privacy, 0, 2 * MAP_STANDARDS);
	tcase_add_loop_test(tc, marks, 0, N(marked));
	tcase_add_test(tc, body_counts);
	tcase_add_loop_test(tc, isup_tells, 0, N(told));
	tcase_add_test(tc, not_before_it_is_allowed);
	tcase_add_loop_test(tc, invite_asks, 0, N(asked));
	tcase_add_loop_test(tc, sip_tells, 0, N(heard));
	tcase_add_test(tc, body_stays);
	tcase_add_test(tc, transit);
	tcase_add_loop_test(tc, rubbish, 0, 3);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
