/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mapper's numbers, identity and indicators, one rule after the other. Pairs of whole messages
 * are in tests/golden/map/. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "tests/map_test.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* An INVITE through the mapper; the SIP trunk group is sip, the ISUP one isup. What is said of the
 * bearer beside the medium, and asked of the called side, is another test's matter. */
static int to_iam(struct isup_msg *iam, const struct sip_msg *inv, const struct map_profile *sip,
		  const struct map_profile *isup)
{
	struct isup_msg body;
	struct cc_setup s;
	bool has;
	int status = map_invite_to_setup(&s, &body, &has, inv, sip);

	if (!status)
		status = map_setup_to_iam(iam, &s, has ? &body : NULL, isup);
	if (!status) {
		isup_del(iam, ISUP_P_USI);
		isup_del(iam, ISUP_P_OFCI);
	}
	return status;
}

static struct sip_msg invite(void)
{
	return (struct sip_msg){
		.is_request = true, .method = SIP_INVITE, .max_forwards = -1,
		.ruri = "sip:+4930123@gw.example;user=phone",
		.from = "<sip:+498955500@peer.example;user=phone>",
		.to = "<sip:+4930123@gw.example;user=phone>",
	};
}

/* --- indicators --- */

#define NUMBERS "; CdPN nai=3 npi=1 inn=1 30123; CgPN nai=3 npi=1 apri=0 si=3 8955500"

/* The trunk group of the IAM decides, and its settings win over the table. */
START_TEST(test_indicators)
{
	struct map_profile sip = map_test_profile(MAP_RFC3398, false), isup = sip;
	struct sip_msg inv = invite();
	struct isup_msg iam;

	ck_assert_int_eq(to_iam(&iam, &inv, &sip, &isup), 0);
	map_test_same(&iam, "IAM; NCI; FCI isup_all_the_way=1; CPC value=10; TMR value=3" NUMBERS);
	isup.standard = MAP_PROFILE_A;
	ck_assert_int_eq(to_iam(&iam, &inv, &sip, &isup), 0);
	map_test_same(&iam, "IAM; NCI satellite=1 echo=1; FCI interworking=1 isup_preference=1; "
		      "CPC value=10; TMR value=3" NUMBERS);
	isup.isup_all_the_way = true;
	isup.nci_satellite = 2;
	isup.category = 15;
	isup.tmr = 0;
	sip.category = 11;		/* of the other side: it makes no IAM */
	sip.tmr = 2;
	ck_assert_int_eq(to_iam(&iam, &inv, &sip, &isup), 0);
	map_test_same(&iam, "IAM; NCI satellite=2 echo=1; FCI isup_all_the_way=1; CPC value=15; "
		      "TMR value=0" NUMBERS);
}
END_TEST

START_TEST(test_indicators_overridden)
{
	struct map_profile sip = map_test_profile(MAP_RFC3398, false), isup = sip;
	struct sip_msg inv = invite();
	struct isup_msg iam;
	struct map_override o;
	struct map_line line;
	const char *why;

	map_test_rule(&isup, "indicator", "nci-satellite", "2");
	map_test_rule(&isup, "indicator", "fci-international", "1");
	map_test_rule(&isup, "indicator", "fci-access", "1");
	map_test_rule(&isup, "indicator", "fci-end-to-end", "2");
	map_test_rule(&isup, "indicator", "fci-end-to-end-info", "1");
	map_test_rule(&isup, "indicator", "fci-sccp", "3");
	map_test_rule(&isup, "indicator", "category", "225");
	map_test_rule(&isup, "indicator", "medium", "0");
	map_test_rule(&isup, "indicator", "location", "3");
	map_profile_indicators(&isup, true);
	ck_assert_int_eq(to_iam(&iam, &inv, &sip, &isup), 0);
	map_test_same(&iam, "IAM; NCI satellite=2; FCI international=1 e2e_method=2 e2e_info=1 "
		      "isup_all_the_way=1 isdn_access=1 sccp_method=3; CPC value=225; TMR value=0"
		      NUMBERS);
	ck_assert_uint_eq(isup.location, 3);
	map_profile_indicators(&sip, false);
	ck_assert_uint_eq(sip.location, 2);
	/* what the field cannot say is not taken */
	ck_assert_int_eq(map_override_parse(&o, "indicator", "fci-interworking", "2", &why),
			 -EINVAL);
	ck_assert_int_eq(map_override_parse(&o, "indicator", "nci-satellite", "3", &why), -EINVAL);
	ck_assert_int_eq(map_override_parse(&o, "indicator", "category", "256", &why), -EINVAL);
	ck_assert(map_line(&line, MAP_T_INDICATOR, 0, &isup));
	ck_assert_str_eq(line.value_words, "two");
}
END_TEST

/* An IAM from another exchange keeps what it says; only the circuit's own is added. */
START_TEST(test_indicators_of_transit)
{
	struct map_profile in = map_test_profile(MAP_RFC3398, false), out = in;
	struct isup_msg iam, next;
	struct cc_setup s;
	const char *why;
	int line;

	out.standard = MAP_PROFILE_C;
	ck_assert_int_eq(isup_parse(&iam, &isup_itu, "IAM; NCI; FCI isup_all_the_way=1 "
				    "isdn_access=1; CPC value=0; TMR value=0; CdPN nai=3 npi=1 301",
				    &why, &line), 0);
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &in), 0);
	ck_assert_int_eq(map_setup_to_iam(&next, &s, &iam, &out), 0);
	map_test_same(&next, "IAM; NCI; FCI isup_all_the_way=1 isdn_access=1; CPC value=0; "
		      "TMR value=0; CdPN nai=3 npi=1 301");
	out.nci_satellite = 1;
	ck_assert_int_eq(map_setup_to_iam(&next, &s, &iam, &out), 0);
	map_test_same(&next, "IAM; NCI satellite=1; FCI isup_all_the_way=1 isdn_access=1; "
		      "CPC value=0; TMR value=0; CdPN nai=3 npi=1 301");
}
END_TEST

/* --- routing --- */

static const struct { const char *ruri, *by_routing, *by_called; } routes[] = {
	{ "tel:+4930123", "4930123", "4930123" },
	{ "tel:+4930123;npdi;rn=+4999", "4999", "4930123" },
	{ "tel:+4930123;npdi;rn=99;rn-context=+49", "4999", "4930123" },
	{ "tel:+4930123;npdi;rn=+4499", "4499", "4930123" },
	{ "tel:+4930123;npdi;rn=D99", "4930123", "4930123" },		/* no table has these */
	{ "tel:+4930123;npdi;rn=99;rn-context=a.example", "4930123", "4930123" },
};

START_TEST(test_routes)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, false);
	struct sip_msg inv = invite();
	char digits[ISUP_MAX_DIGITS + 1];
	struct isup_msg body;
	struct cc_setup s;
	bool has;

	inv.ruri = routes[_i].ruri;
	ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &p), 0);
	ck_assert_int_eq(map_route_digits(digits, sizeof(digits), &s, &p), 0);
	ck_assert_str_eq(digits, routes[_i].by_routing);
	map_test_rule(&p, "number", "route-by", "called-number");
	ck_assert_int_eq(map_route_digits(digits, sizeof(digits), &s, &p), 0);
	ck_assert_str_eq(digits, routes[_i].by_called);
}
END_TEST

/* --- what goes from SIP to SIP as it is --- */

static const struct {
	const char *ruri, *pai, *privacy, *priority, *place;	/* of the INVITE that comes */
	bool trusted;						/* the peer that it goes to */
	const char *want_ruri, *want_pai, *want_privacy, *want_headers;
} passes[] = {
	{ "sip:7042;phone-context=pbx.example@gw.example;user=phone", NULL, NULL, NULL, NULL, true,
	  "sip:7042;phone-context=pbx.example@peer.example;user=phone",
	  "<sip:+498955500@gw.example;user=phone>", "", "" },
	{ "tel:7042;phone-context=+1-914", NULL, NULL, NULL, NULL, false,
	  "sip:7042;phone-context=+1-914@peer.example;user=phone", "", "", "" },
	{ "tel:+4930123;rn=a17;rn-context=c.example;npdi;cic=+1-5062", NULL, NULL, NULL, NULL,
	  false,
	  "sip:+4930123;rn=A17;rn-context=c.example;npdi;cic=+1-5062@peer.example;user=phone",
	  "", "", "" },
	{ "tel:+4930123", "\"Al\" <sip:al@a.example>, <tel:+4930777>", "id;session", NULL, NULL,
	  true, "sip:+4930123@peer.example;user=phone",
	  "<sip:al@a.example>, <sip:+4930777@gw.example;user=phone>", "id;session", "" },
	{ "tel:+4930123", "<sip:al@a.example>", "user;critical", NULL, NULL, true,
	  "sip:+4930123@peer.example;user=phone",
	  "<sip:al@a.example>, <sip:+498955500@gw.example;user=phone>", "id;user;critical", "" },
	/* who is not trusted is told what the next may still do */
	{ "tel:+4930123", "<sip:al@a.example>", "id;session;critical", NULL, NULL, false,
	  "sip:+4930123@peer.example;user=phone", "", "session;critical", "" },
	{ "tel:+4930123", NULL, NULL, "dsn.flash, x.y", "<https://lis.example/x>, <cid:a@b>", false,
	  "sip:+4930123@peer.example;user=phone", "", "",
	  "Resource-Priority: dsn.flash, x.y\r\nGeolocation: <https://lis.example/x>\r\n" },
	{ "tel:+4930123", NULL, "header", "bad:value", "<https://lis.example/x>", false,
	  "sip:+4930123@peer.example;user=phone", "", "", "" },
};

START_TEST(test_passes)
{
	struct map_profile in = map_test_profile(MAP_RFC3398, false), to = in;
	struct sip_msg inv = invite();
	static struct sip_out out;
	struct isup_msg body;
	struct cc_setup s;
	bool has;

	in.trust_pai = true;
	to.send_pai = passes[_i].trusted;
	map_test_rule(&in, "header", "cic", "both");
	map_test_rule(&in, "header", "resource-priority", "both");
	map_test_rule(&in, "header", "geolocation", "both");
	memcpy(to.overrides, in.overrides, sizeof(to.overrides));
	to.n_overrides = in.n_overrides;
	inv.ruri = passes[_i].ruri;
	inv.pai = passes[_i].pai;
	inv.privacy = passes[_i].privacy;
	inv.resource_priority = passes[_i].priority;
	inv.geolocation = passes[_i].place;
	ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &in), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &to), 0);
	ck_assert_str_eq(out.ruri, passes[_i].want_ruri);
	ck_assert_str_eq(out.pai, passes[_i].want_pai);
	ck_assert_str_eq(out.privacy, passes[_i].want_privacy);
	ck_assert_str_eq(out.headers, passes[_i].want_headers);
}
END_TEST

/* A caller without a number is hidden as one with a number is. */
START_TEST(test_name_hidden)
{
	static const char *const privacy[] = { NULL, "id", "user", "header", "none", "session" };
	static const bool hidden[] = { false, true, true, true, false, false };
	struct map_profile p = map_test_profile(MAP_RFC3398, false);
	struct sip_msg inv = invite();
	static struct sip_out out;
	struct isup_msg body;
	struct cc_setup s;
	bool has;

	inv.from = "\"Bob\" <sip:bob@peer.example>";
	inv.privacy = privacy[_i];
	ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &p), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_str_eq(out.from, hidden[_i] ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>" :
			 "\"Bob\" <sip:bob@gw.example>");
}
END_TEST

/* What somebody calls himself goes on in From; only a name that was asserted is asserted. */
static const struct {
	const char *from, *pai, *want_from, *want_pai;
} names[] = {
	{ "\"Bob\" <sip:+4989555@peer.example>", NULL,
	  "\"Bob\" <sip:+4989555@gw.example;user=phone>", "<sip:+4989555@gw.example;user=phone>" },
	{ "\"Bob\" <sip:+4989555@peer.example>", "\"Bob\" <sip:+4989555@peer.example>",
	  "\"Bob\" <sip:+4989555@gw.example;user=phone>",
	  "\"Bob\" <sip:+4989555@gw.example;user=phone>" },
	{ "\"Boss\" <sip:+4989555@peer.example>", "\"Bob\" <sip:+4989555@peer.example>",
	  "\"Boss\" <sip:+4989555@gw.example;user=phone>",
	  "<sip:+4989555@gw.example;user=phone>" },
	{ "<sip:+4989555@peer.example>", "\"Bob\" <sip:+4989555@peer.example>",
	  "\"Bob\" <sip:+4989555@gw.example;user=phone>",
	  "\"Bob\" <sip:+4989555@gw.example;user=phone>" },
};

START_TEST(test_name_asserted)
{
	struct map_profile p = map_test_profile(MAP_RFC3398, false);
	struct sip_msg inv = invite();
	static struct sip_out out;
	struct isup_msg body;
	struct cc_setup s;
	bool has;

	p.trust_pai = p.send_pai = true;
	inv.from = names[_i].from;
	inv.pai = names[_i].pai;
	ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &p), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_str_eq(out.from, names[_i].want_from);
	ck_assert_str_eq(out.pai, names[_i].want_pai);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_ident");
	TCase *tc = tcase_create("map_ident");

	tcase_add_test(tc, test_indicators);
	tcase_add_test(tc, test_indicators_overridden);
	tcase_add_test(tc, test_indicators_of_transit);
	tcase_add_loop_test(tc, test_routes, 0, N(routes));
	tcase_add_loop_test(tc, test_passes, 0, N(passes));
	tcase_add_loop_test(tc, test_name_hidden, 0, 6);
	tcase_add_loop_test(tc, test_name_asserted, 0, N(names));
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
