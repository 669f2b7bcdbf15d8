/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No digit is invented or lost: random numbers in all natures and all forms of URIs go through the
 * mapper, from ISUP to SIP and back and from SIP to ISUP and back, between trunk groups of any dial
 * plan, and are what a reader with the standard in hand would have made of them. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "gw/text.h"
#include "isup/dialect.h"
#include "tests/suite.h"

enum { ROUNDS = 20000, SEEDS = 3 };

static unsigned int pick(struct isup_rnd *rnd, unsigned int n)
{
	return isup_rnd(rnd, n);
}

static void random_digits(char *buf, struct isup_rnd *rnd, unsigned int n, const char *alphabet)
{
	for (unsigned int i = 0; i < n; i++)
		buf[i] = alphabet[pick(rnd, strlen(alphabet))];
	buf[n] = '\0';
}

static struct map_profile profile(struct isup_rnd *rnd)
{
	static const char *const countries[] = { "", "49", "1", "44", "383" };
	static const char *const areas[] = { "", "30", "9" };
	static const char *const prefixes[][2] = { { "", "" }, { "0", "00" }, { "1", "011" } };
	unsigned int dialled = pick(rnd, 3);
	struct map_profile p;

	map_profile_default(&p);
	strncpy(p.country_code, countries[pick(rnd, 5)], sizeof(p.country_code) - 1);
	strncpy(p.area_code, areas[pick(rnd, 3)], sizeof(p.area_code) - 1);
	strncpy(p.national_prefix, prefixes[dialled][0], sizeof(p.national_prefix) - 1);
	strncpy(p.international_prefix, prefixes[dialled][1], sizeof(p.international_prefix) - 1);
	strncpy(p.host, "peer.example", sizeof(p.host) - 1);
	strncpy(p.local_host, "gw.example", sizeof(p.local_host) - 1);
	return p;
}

/* --- the reader: what a number is, as text: "+" and all digits, or as it is dialled --- */

static void join(char *buf, size_t size, const char *a, const char *b, const char *c)
{
	ck_assert_int_lt(snprintf(buf, size, "+%s%s%s", a, b, c), (int)size);
}

/* Without nature: the longest prefix of the plan that it begins with, when something follows. */
static void read_dialled(char *buf, size_t size, const char *digits, const struct map_profile *p)
{
	size_t in = strlen(p->international_prefix), na = strlen(p->national_prefix);
	bool international = in && strncmp(digits, p->international_prefix, in) == 0;
	bool national = na && strncmp(digits, p->national_prefix, na) == 0;

	if (strpbrk(digits, "BC"))
		snprintf(buf, size, "%s", digits);
	else if (international && digits[in])
		join(buf, size, "", "", digits + in);
	else if (!international && national && digits[na] && p->country_code[0])
		join(buf, size, p->country_code, "", digits + na);
	else if (!international && national && digits[na])
		snprintf(buf, size, "national %s", digits + na);
	else
		snprintf(buf, size, "%s", digits);
}

static void read_number(char *buf, size_t size, const struct isup_number *n,
			const struct map_profile *p)
{
	bool plain = !strpbrk(n->digits, "BC");

	if (n->nai == 2)
		read_dialled(buf, size, n->digits, p);
	else if (plain && n->nai == 4)
		join(buf, size, "", "", n->digits);
	else if (plain && n->nai == 3 && p->country_code[0])
		join(buf, size, p->country_code, "", n->digits);
	else if (n->nai == 3)
		snprintf(buf, size, "%s%s", plain ? "national " : "", n->digits);
	else if (plain && n->nai == 1 && p->country_code[0] && p->area_code[0])
		join(buf, size, p->country_code, p->area_code, n->digits);
	else
		snprintf(buf, size, "%s", n->digits);
}

/* The digits of "sip:+49...;x@host": up to the parameters. */
static void user_of(char *buf, size_t size, const char *uri)
{
	struct span rest = span_of(uri), user;

	span_until(&rest, ':');
	user = span_until(&rest, '@');
	user = span_until(&user, ';');
	ck_assert_int_eq(span_copy(buf, size, user), 0);
}

/* "national 30" is told as digits, for a URI has no way to say it. */
static const char *told(const char *text)
{
	return strncmp(text, "national ", 9) == 0 ? text + 9 : text;
}

/* --- from ISUP --- */

static void random_number(struct isup_number *n, struct isup_rnd *rnd)
{
	static const uint8_t natures[] = { 1, 2, 3, 3, 4, 4, 5, 112 };

	*n = (struct isup_number){ .npi = 1, .nai = natures[pick(rnd, sizeof(natures))] };
	random_digits(n->digits, rnd, 1 + pick(rnd, 15),
		      pick(rnd, 10) ? "00123456789" : "0123456789BC");
}

static void make_iam(struct isup_msg *iam, const struct isup_number *called, bool st)
{
	struct isup_number n = *called;
	const char *why;
	int line;

	ck_assert_int_eq(isup_parse(iam, &isup_itu, "IAM; NCI; FCI; CPC value=10; TMR value=3",
				    &why, &line), 0);
	if (st)
		strcat(n.digits, "F");
	ck_assert_int_eq(isup_set(iam, ISUP_P_CALLED, &n), 0);
}

START_TEST(test_from_isup)
{
	struct isup_rnd rnd = { .state = 1 + _i };
	char want[64], have[64];

	for (int i = 0; i < ROUNDS; i++) {
		struct map_profile in = profile(&rnd), sip = in, far = in, out_p = in;
		static struct sip_out out;
		struct isup_number n, back;
		struct isup_msg iam, body;
		struct sip_msg inv = { .is_request = true, .max_forwards = 70 };
		struct cc_setup s;
		bool has;

		random_number(&n, &rnd);
		make_iam(&iam, &n, pick(&rnd, 2));
		ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &in), 0);
		sip.country_code[0] = '\0';	/* its own plan says nothing of this number */
		ck_assert_int_eq(map_setup_to_invite(&out, &s, &iam, NULL, &sip), 0);
		read_number(want, sizeof(want), &n, &in);
		user_of(have, sizeof(have), out.ruri);
		ck_assert_msg(strcmp(have, told(want)) == 0, "nai %u %s: %s, not %s", n.nai,
			      n.digits, have, want);
		/* and back to a trunk group of the same plan */
		inv.ruri = out.ruri;
		inv.from = out.from;
		inv.to = out.to;
		far.national_prefix[0] = far.international_prefix[0] = '\0';
		ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &far), 0);
		ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &out_p), 0);
		ck_assert(isup_get(&iam, ISUP_P_CALLED, &back));
		out_p.national_prefix[0] = out_p.international_prefix[0] = '\0';
		read_number(have, sizeof(have), &back, &out_p);
		ck_assert_msg(strcmp(told(have), told(want)) == 0, "nai %u %s: nai %u %s, not %s",
			      n.nai, n.digits, back.nai, back.digits, want);
	}
}
END_TEST

/* --- from SIP --- */

/* Digits with separators that mean nothing. */
static void dress(char *buf, const char *digits, struct isup_rnd *rnd)
{
	for (; *digits; digits++) {
		if (pick(rnd, 4) == 0)
			*buf++ = "-.()"[pick(rnd, 4)];
		*buf++ = *digits;
	}
	*buf = '\0';
}

struct dialled { char digits[40], uri[200], want[64]; };

/* A Request-URI, and what a reader makes of it. */
static void dial(struct dialled *d, struct isup_rnd *rnd, const struct map_profile *p)
{
	const char *cc = p->country_code, *area = p->area_code;
	unsigned int form = pick(rnd, 4);
	char dressed[80], context[40] = "";
	bool tel = pick(rnd, 2);

	random_digits(d->digits, rnd, 1 + pick(rnd, 15),
		      form == 1 ? "0123456789BC" : "00123456789");
	dress(dressed, d->digits, rnd);
	if (form == 0)
		join(d->want, sizeof(d->want), "", "", d->digits);
	else
		read_dialled(d->want, sizeof(d->want), d->digits, p);
	if (form == 2 && cc[0]) {
		bool local = area[0] && pick(rnd, 2);

		snprintf(context, sizeof(context), ";phone-context=+%s%s%s", cc, local ? "-" : "",
			 local ? area : "");
		join(d->want, sizeof(d->want), cc, local ? area : "", d->digits);
	}
	snprintf(d->uri, sizeof(d->uri), "%s:%s%s%s%s", tel ? "tel" : "sip", form ? "" : "+",
		 dressed, context, tel ? "" : "@gw.example;user=phone");
}

START_TEST(test_from_sip)
{
	struct isup_rnd rnd = { .state = 50 + _i };
	char have[64];

	for (int i = 0; i < ROUNDS; i++) {
		struct map_profile in = profile(&rnd), isup = profile(&rnd), sip = in;
		static struct sip_out out;
		struct isup_number n;
		struct isup_msg iam, body;
		struct sip_msg inv = { .is_request = true, .max_forwards = 70,
				       .from = "<sip:gw.example>", .to = "<sip:gw.example>" };
		struct dialled d;
		struct cc_setup s;
		bool has;

		dial(&d, &rnd, &in);
		inv.ruri = d.uri;
		ck_assert_msg(map_invite_to_setup(&s, &body, &has, &inv, &in) == 0, "%s", d.uri);
		ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &isup), 0);
		ck_assert(isup_get(&iam, ISUP_P_CALLED, &n));
		/* a trunk group that names no country is of the same */
		if (!isup.country_code[0]) {
			memcpy(isup.country_code, in.country_code, sizeof(isup.country_code));
			memcpy(isup.area_code, in.area_code, sizeof(isup.area_code));
		}
		isup.national_prefix[0] = isup.international_prefix[0] = '\0';
		read_number(have, sizeof(have), &n, &isup);
		if (in.country_code[0] || d.want[0] == '+')
			ck_assert_msg(strcmp(have, d.want) == 0, "%s: nai %u %s, not %s", d.uri,
				      n.nai, n.digits, d.want);
		else
			ck_assert_msg(strcmp(n.digits, told(d.want)) == 0, "%s: nai %u %s, not %s",
				      d.uri, n.nai, n.digits, d.want);
		/* and straight on in SIP */
		sip.country_code[0] = '\0';
		ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &sip), 0);
		user_of(have, sizeof(have), out.ruri);
		ck_assert_msg(strcmp(have, told(d.want)) == 0, "%s: %s, not %s", d.uri, have,
			      d.want);
	}
}
END_TEST

/* --- routing numbers: in every form there and back --- */

START_TEST(test_routing_numbers)
{
	static const char *const forms[] = { "parameter", "directory", "concatenated", "prefix",
					     "address" };
	struct isup_rnd rnd = { .state = 90 + _i };
	char called[24], routing[12], want[200], uri[200];

	for (int i = 0; i < ROUNDS / 4; i++) {
		struct map_profile sip = profile(&rnd), isup;
		unsigned int form = pick(&rnd, 5), n_routing = 1 + pick(&rnd, 8);
		static struct sip_out out;
		struct isup_msg iam, body;
		struct sip_msg inv = { .is_request = true, .max_forwards = 70, .ruri = uri,
				       .from = "<sip:gw.example>", .to = "<sip:gw.example>" };
		struct cc_setup s;
		const char *why;
		bool has;

		strcpy(sip.country_code, "49");
		isup = sip;
		if (form == 4)
			isup.dialect = &isup_ansi;
		isup.routing_length = n_routing;
		ck_assert_int_eq(map_override_parse(&isup.overrides[isup.n_overrides++], "number",
						    "routing-number", forms[form], &why), 0);
		random_digits(called, &rnd, 1 + pick(&rnd, 12), "0123456789");
		random_digits(routing, &rnd, n_routing, form == 4 ? "0123456789" :
			      "0123456789ABCDE");
		snprintf(uri, sizeof(uri), "sip:+49%s;rn=%s;rn-context=+49;npdi@gw.example;"
			 "user=phone", called, routing);
		ck_assert_int_eq(map_invite_to_setup(&s, &body, &has, &inv, &sip), 0);
		ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &isup), 0);
		ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &isup), 0);
		ck_assert_int_eq(map_setup_to_invite(&out, &s, &iam, NULL, &sip), 0);
		snprintf(want, sizeof(want), "sip:+49%s;rn=%s;rn-context=+49;npdi@peer.example;"
			 "user=phone", called, routing);
		ck_assert_str_eq(out.ruri, want);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_digits");
	TCase *tc = tcase_create("map_digits");

	tcase_set_timeout(tc, 30);
	tcase_add_loop_test(tc, test_from_isup, 0, SEEDS);
	tcase_add_loop_test(tc, test_from_sip, 0, SEEDS);
	tcase_add_loop_test(tc, test_routing_numbers, 0, SEEDS);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
