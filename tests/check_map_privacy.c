/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Privacy is monotone: whatever the combination of headers, parameters, body and trunk groups, a
 * number or name that is restricted never becomes one that is shown - in an IAM, in an INVITE, nor
 * through two gateways. Random calls; each party has digits of its own to be found by. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "gw/sipt.h"
#include "isup/dialect.h"
#include "tests/suite.h"

enum { ROUNDS = 4000, MAX_PIPES = 3 };

/* Who may be in a call. */
enum party { FROM, ASSERTED, BODY_CALLING, BODY_ADDITIONAL, PARTIES };
static const char *const digits[PARTIES] = { "301111", "302222", "303333", "304444" };

struct secrets { bool hidden[PARTIES], name; };

static unsigned int pick(struct isup_rnd *rnd, unsigned int n)
{
	return isup_rnd(rnd, n);
}

static struct map_profile profile(struct isup_rnd *rnd, bool body)
{
	struct map_profile p;

	map_profile_default(&p);
	strncpy(p.country_code, "49", sizeof(p.country_code) - 1);
	strncpy(p.host, "peer.example", sizeof(p.host) - 1);
	strncpy(p.local_host, "gw.example", sizeof(p.local_host) - 1);
	p.standard = pick(rnd, MAP_STANDARDS);
	p.send_pai = pick(rnd, 2);
	p.trust_pai = pick(rnd, 2);
	p.isup_body = body ? MAP_ISUP_SIP_T : MAP_ISUP_NONE;
	if (pick(rnd, 4) == 0)
		strncpy(p.default_calling, "493099", sizeof(p.default_calling) - 1);
	if (pick(rnd, 3) == 0)
		p.overrides[p.n_overrides++] = (struct map_override){
			MAP_T_IDENTITY, 6, 14 + pick(rnd, 3) };		/* asserted-form */
	return p;
}

/* --- what must not be seen --- */

static void number_is_hidden(const struct isup_number *n, const struct secrets *x, const char *what)
{
	for (int i = 0; i < PARTIES; i++)
		ck_assert_msg(!x->hidden[i] || n->apri != 0 || !strstr(n->digits, digits[i]),
			      "%s shows %s", what, n->digits);
}

static void iam_is_discreet(const struct isup_msg *iam, const struct secrets *x)
{
	static const uint8_t codes[] = { ISUP_P_CALLING, ISUP_P_LOCATION_NUMBER,
					 ISUP_P_GENERIC_NUMBER, ISUP_P_ORIGINAL_CALLED,
					 ISUP_P_REDIRECTING };
	struct isup_generic_name name;
	struct isup_number n;

	for (unsigned int i = 0; i < iam->n_pars; i++)
		for (size_t k = 0; k < sizeof(codes); k++)
			if (iam->par[i].code == codes[k] &&
			    isup_par_value(iam, &iam->par[i], &n, sizeof(n)))
				number_is_hidden(&n, x, isup_par_name(iam->dialect, codes[k]));
	if (isup_get(iam, ISUP_P_GENERIC_NAME, &name))
		ck_assert(!x->name || name.presentation != 0);
}

static void body_is_discreet(const struct sip_out *out, const struct secrets *x)
{
	struct isup_msg m;
	struct sipt_body b;

	ck_assert_int_eq(sipt_parse(&b, out->content_type, out->body, out->body_len), 0);
	for (unsigned int i = 0; i < b.n_parts; i++)
		if (span_is(b.parts[i].type, "application/isup") &&
		    isup_decode_body(&m, &isup_itu, b.parts[i].octets, b.parts[i].len, NULL) == 0)
			iam_is_discreet(&m, x);
}

static void invite_is_discreet(const struct sip_out *out, const struct secrets *x,
			       const struct map_profile *p)
{
	bool asked = strstr(out->privacy, "id") != NULL;

	for (int i = 0; i < PARTIES; i++) {
		if (!x->hidden[i])
			continue;
		ck_assert_msg(!strstr(out->from, digits[i]), "From: %s", out->from);
		ck_assert_msg(!strstr(out->headers, digits[i]), "%s", out->headers);
		ck_assert_msg(!strstr(out->ruri, digits[i]), "%s", out->ruri);
		if (strstr(out->pai, digits[i]))
			ck_assert_msg(p->send_pai && asked, "%s; %s", out->pai, out->privacy);
	}
	ck_assert(!x->name || (!strstr(out->from, "Bob") && !strstr(out->from, "bob")));
	if (x->name && strstr(out->pai, "Bob"))
		ck_assert(p->send_pai && asked);
	if (!p->send_pai)
		ck_assert_str_eq(out->pai, "");
	body_is_discreet(out, x);
}

/* --- random calls --- */

struct call {
	char from[160], pai[320], privacy[80];
	struct isup_msg body;
	struct sip_out carrier;
	struct sip_msg inv;
};

static void make_privacy(struct call *c, struct isup_rnd *rnd)
{
	static const char *const words[] = { "id", "header", "user", "none", "session",
					     "critical" };
	bool comma = pick(rnd, 2);

	c->privacy[0] = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (pick(rnd, 4))
			continue;
		if (c->privacy[0])
			strcat(c->privacy, comma ? ", " : ";");
		strcat(c->privacy, words[i]);
	}
	c->inv.privacy = c->privacy[0] ? c->privacy : NULL;
}

static void make_from(struct call *c, struct isup_rnd *rnd, bool *ret_anonymous)
{
	const char *name = pick(rnd, 2) ? "\"Bob\" " : "";

	*ret_anonymous = false;
	switch (pick(rnd, 4)) {
	case 0:
		snprintf(c->from, sizeof(c->from), "\"Anonymous\" <sip:anonymous@%s>",
			 pick(rnd, 2) ? "anonymous.invalid" : "peer.example");
		*ret_anonymous = true;
		break;
	case 1:
		snprintf(c->from, sizeof(c->from), "%s<sip:bob@peer.example>", name);
		break;
	default:
		snprintf(c->from, sizeof(c->from), "%s<sip:+49%s@peer.example;user=phone>", name,
			 digits[pick(rnd, 3)]);		/* none of these is BODY_ADDITIONAL */
	}
	c->inv.from = c->from;
}

static void make_pai(struct call *c, struct isup_rnd *rnd)
{
	const char *name = pick(rnd, 2) ? "\"Bob\" " : "";

	switch (pick(rnd, 4)) {
	case 0:
		return;
	case 1:
		snprintf(c->pai, sizeof(c->pai), "%s<sip:bob@peer.example>, <tel:+49%s>", name,
			 digits[ASSERTED]);
		break;
	default:
		snprintf(c->pai, sizeof(c->pai), "%s<sip:+49%s;cpc=payphone@peer.example>", name,
			 digits[ASSERTED]);
	}
	c->inv.pai = c->pai;
}

static void make_iam(struct isup_msg *iam, struct isup_rnd *rnd, struct secrets *x)
{
	unsigned int calling = pick(rnd, 4), additional = pick(rnd, 2), location = pick(rnd, 2);
	char text[600];
	const char *why;
	int line;

	snprintf(text, sizeof(text), "IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 "
		 "30999; CgPN nai=3 npi=1 apri=%u si=%u %s; GenN qualifier=%u nai=3 npi=1 apri=%u "
		 "si=0 %s; LocN nai=3 npi=1 apri=%u si=3 %s", calling == 2 ? 0 : calling,
		 pick(rnd, 4), digits[BODY_CALLING], pick(rnd, 3) ? 6 : 3, additional,
		 digits[BODY_ADDITIONAL], location, digits[BODY_CALLING]);
	ck_assert_int_eq(isup_parse(iam, &isup_itu, text, &why, &line), 0);
	x->hidden[BODY_CALLING] = calling == 1 || calling == 3;
	x->hidden[BODY_ADDITIONAL] = additional;
	if (!location)		/* allowed by itself: of no matter for the calling number */
		isup_del(iam, ISUP_P_LOCATION_NUMBER);
}

static void add_body(struct call *c)
{
	uint8_t octets[300];
	struct sipt_compose body = { .isup = octets, .version = "itu-t92+" };

	body.isup_len = isup_encode_body(octets, sizeof(octets), &c->body);
	memset(&c->carrier, 0, sizeof(c->carrier));
	ck_assert_int_eq(sipt_compose(&c->carrier, &body), 0);
	c->inv.content_type = c->carrier.content_type;
	c->inv.body = c->carrier.body;
	c->inv.body_len = c->carrier.body_len;
}

/* The caller says that number himself: where Privacy: id hides the assertion alone, that stays. */
static bool shows(const struct call *c, enum party party)
{
	return strstr(c->from, digits[party]) != NULL;
}

/* An INVITE, and what in it must stay hidden by the rules of p. */
static void make_call(struct call *c, struct secrets *x, struct isup_rnd *rnd,
		      const struct map_profile *p)
{
	bool all = p->standard == MAP_RFC3398, anonymous, strong, id;

	*x = (struct secrets){ 0 };
	c->inv = (struct sip_msg){ .is_request = true, .method = SIP_INVITE, .max_forwards = 70,
				   .ruri = "sip:+4930999@gw.example;user=phone",
				   .to = "<sip:+4930999@gw.example;user=phone>" };
	c->pai[0] = '\0';
	make_privacy(c, rnd);
	make_from(c, rnd, &anonymous);
	make_pai(c, rnd);
	strong = anonymous || strstr(c->privacy, "header") || strstr(c->privacy, "user");
	id = strstr(c->privacy, "id") != NULL;
	if (p->isup_body != MAP_ISUP_NONE) {
		make_iam(&c->body, rnd, x);
		add_body(c);
		x->hidden[BODY_CALLING] |= strong || (id && (all || !shows(c, BODY_CALLING)));
		x->hidden[BODY_ADDITIONAL] |= strong || id;
	}
	x->hidden[FROM] = strong || (all && id);
	x->hidden[ASSERTED] = strong || (id && (all || !shows(c, ASSERTED)));
	x->name = strong || (id && all);
}

/* --- the properties --- */

static void to_isup_and_back(const struct cc_setup *s, const struct isup_msg *body,
			     const struct secrets *x, struct isup_rnd *rnd)
{
	struct map_profile isup = profile(rnd, false), sip = profile(rnd, false);
	static struct sip_out out;
	struct isup_msg iam;
	struct cc_setup again;

	if (!body && pick(rnd, 2))
		isup.dialect = &isup_ansi;
	ck_assert_int_eq(map_setup_to_iam(&iam, s, body, &isup), 0);
	iam_is_discreet(&iam, x);
	ck_assert_uint_eq(map_iam_to_setup(&again, &iam, &isup), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &again, &iam, NULL, &sip), 0);
	invite_is_discreet(&out, x, &sip);
}

START_TEST(test_from_sip)
{
	struct isup_rnd rnd = { .state = 1 + _i };

	for (int i = 0; i < ROUNDS; i++) {
		struct map_profile in = profile(&rnd, pick(&rnd, 2));
		struct map_profile out_p = profile(&rnd, pick(&rnd, 2));
		static struct sip_out out;
		static struct call c;
		struct isup_msg body;
		struct secrets x;
		struct cc_setup s;
		bool has;

		make_call(&c, &x, &rnd, &in);
		ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &c.inv, &in), 0);
		/* what is shown to the next is a matter of its own rule, too: not a looser one */
		out_p.standard = in.standard;
		ck_assert_int_eq(map_setup_to_invite(&out, &s, has ? &body : NULL, NULL,
						     &out_p), 0);
		invite_is_discreet(&out, &x, &out_p);
		to_isup_and_back(&s, has ? &body : NULL, &x, &rnd);
	}
}
END_TEST

/* An INVITE that we made, as our own gateway at the other end takes it. */
static void take(struct sip_msg *inv, const struct sip_out *out)
{
	*inv = (struct sip_msg){ .is_request = true, .method = SIP_INVITE, .max_forwards = 70,
				 .ruri = out->ruri, .from = out->from, .to = out->to,
				 .pai = out->pai[0] ? out->pai : NULL,
				 .privacy = out->privacy[0] ? out->privacy : NULL,
				 .content_type = out->content_type[0] ? out->content_type : NULL,
				 .body = out->body, .body_len = out->body_len };
}

START_TEST(test_from_isup)
{
	struct isup_rnd rnd = { .state = 100 + _i };

	for (int i = 0; i < ROUNDS; i++) {
		bool with_body = pick(&rnd, 2);
		struct map_profile isup = profile(&rnd, false), sip = profile(&rnd, with_body),
				   far = profile(&rnd, with_body);
		static struct sip_out out;
		struct isup_msg iam, body;
		struct secrets x = { 0 };
		struct sip_msg inv;
		struct cc_setup s;
		bool has;

		make_iam(&iam, &rnd, &x);
		ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &isup), 0);
		ck_assert_int_eq(map_setup_to_invite(&out, &s, &iam, NULL, &sip), 0);
		invite_is_discreet(&out, &x, &sip);
		take(&inv, &out);
		ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &far), 0);
		to_isup_and_back(&s, has ? &body : NULL, &x, &rnd);
	}
}
END_TEST

/* The property can fail: a number that is allowed is seen. */
START_TEST(test_seen)
{
	struct isup_rnd rnd = { .state = 7 };
	unsigned int shown = 0, asserted = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct map_profile in = profile(&rnd, false), out_p = profile(&rnd, false);
		static struct sip_out out;
		static struct call c;
		struct isup_msg body;
		struct secrets x;
		struct cc_setup s;
		bool has;

		make_call(&c, &x, &rnd, &in);
		ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &c.inv, &in), 0);
		ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &out_p), 0);
		shown += strstr(out.from, digits[FROM]) != NULL;
		asserted += strstr(out.pai, digits[ASSERTED]) != NULL;
	}
	ck_assert_uint_gt(shown, ROUNDS / 20);
	ck_assert_uint_gt(asserted, ROUNDS / 10);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_privacy");
	TCase *tc = tcase_create("map_privacy");

	tcase_add_loop_test(tc, test_from_sip, 0, MAX_PIPES);
	tcase_add_loop_test(tc, test_from_isup, 0, MAX_PIPES);
	tcase_add_test(tc, test_seen);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
