/* SPDX-License-Identifier: GPL-3.0-or-later */
/* History-Info from SIP to SIP: entries go on as they came, our target behind them; what is private
 * stays private. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_contact.h"
#include "tests/map_test.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define RURI "sip:+493099@gw.example;user=phone"
#define NEXT "<sip:+493099@peer.example;user=phone>"

static void take(struct cc_setup *s, const char *history, const char *privacy,
		 const struct map_profile *p)
{
	struct sip_msg inv = { .is_request = true, .max_forwards = -1, .ruri = RURI,
			       .to = "<" RURI ">", .from = "<sip:bob@there>",
			       .history_info = history, .privacy = privacy };
	struct isup_msg isup;
	bool has;

	ck_assert_int_eq(map_invite_to_setup(s, &isup, &has, &inv, p), 0);
}

/* History-Info of the INVITE to the next peer; "" none. */
static const char *told(char *buf, size_t size, const struct cc_setup *s,
			const struct map_profile *p)
{
	const char *at;
	struct sip_out out;

	ck_assert_int_eq(map_setup_to_invite(&out, s, NULL, NULL, p), 0);
	at = strstr(out.headers, "History-Info: ");
	buf[0] = '\0';
	if (at)
		snprintf(buf, size, "%.*s", (int)strcspn(at + 14, "\r"), at + 14);
	return buf;
}

#define A "<sip:alice@a.example>;index=1"
#define B "<sip:bob@b.example;cause=486?Reason=SIP%3Bcause%3D302>;index=1.1;mp=1;x=\"a,b\""
#define C "<sip:+493099@gw.example;user=phone;cause=302>;index=1.1.1;mp=1.1"
#define ANONYMOUS "<sip:anonymous@anonymous.invalid"
#define PRIVATE "<sip:+49301@a.example;user=phone?Privacy=history>;index=1"

static const struct { const char *history, *privacy; bool trusted; const char *want; } kept[] = {
	/* names in the middle, reasons and parameters that we do not know */
	{ A ", " B ", " C, NULL, false, A ", " B ", " C ", " NEXT ";index=1.1.1.1;rc=1.1.1" },
	/* nobody diverted: it goes on, too; blanks between entries are ours */
	{ A "," NEXT ";index=2", NULL, false, A ", " NEXT ";index=2, " NEXT ";index=2.1;rc=2" },
	/* private, to friends and strangers */
	{ PRIVATE ", <sip:+493099@h;cause=302>;index=1.1;mp=1", NULL, true,
	  PRIVATE ", <sip:+493099@h;cause=302?Privacy=history>;index=1.1;mp=1, "
	  NEXT ";index=1.1.1;rc=1.1" },
	{ PRIVATE ", <sip:+493099@h;cause=302>;index=1.1;mp=1", NULL, false,
	  ANONYMOUS ">;index=1, " ANONYMOUS ";cause=302>;index=1.1;mp=1, "
	  NEXT ";index=1.1.1;rc=1.1" },
	{ A ", <tel:+49301>;index=2", "history", true,
	  "<sip:alice@a.example?Privacy=history>;index=1, " ANONYMOUS ">;index=2, "
	  NEXT ";index=2.1;rc=2" },
	{ A, "id;header", false, ANONYMOUS ">;index=1, " NEXT ";index=1.1;rc=1" },
	{ A, "id", false, A ", " NEXT ";index=1.1;rc=1" },
	/* no index to go on from; no text for a header: made of what ISUP can say, here nothing */
	{ "<sip:alice@a.example>", NULL, false, "" },
	{ A ", <sip:bob@b.example>;index=1.x", NULL, false, "" },
	{ "<sip:a\r\nb@h>;index=1, " A, NULL, false, "" },
	{ "rubbish", NULL, false, "" },
};

START_TEST(as_it_came)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, kept[_i].trusted);
	struct cc_setup s;
	char line[2048];

	take(&s, kept[_i].history, kept[_i].privacy, &p);
	ck_assert_str_eq(told(line, sizeof(line), &s, &p), kept[_i].want);
}
END_TEST

START_TEST(by_rule)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, false), off = p;
	struct cc_setup s;
	const char *why;
	char line[2048];

	take(&s, A ", " C, NULL, &p);
	ck_assert_int_eq(map_override_parse(&off.overrides[0], "service", "history-kept", "no",
					    &why), 0);
	off.n_overrides = 1;
	ck_assert_str_eq(told(line, sizeof(line), &s, &off),
			 "<sip:unknown@unknown.invalid>;index=1, "
			 "<sip:+493099@peer.example;user=phone;cause=302>;index=1.1;mp=1");
	ck_assert_int_eq(map_override_parse(&off.overrides[0], "header", "history-info", "accept",
					    &why), 0);
	ck_assert_str_eq(told(line, sizeof(line), &s, &off), "");
	ck_assert_int_eq(map_override_parse(&off.overrides[0], "header", "history-info", "send",
					    &why), 0);
	take(&s, A ", " C, NULL, &off);
	ck_assert_str_eq(told(line, sizeof(line), &s, &p), "");
}
END_TEST

/* Targets that are left for a Contact of a 3xx are entries of their own. */
START_TEST(followed)
{
	struct map_contact to = { .ruri = "sip:carol@c.example", .reason = 3 };
	struct map_profile p = map_test_profile(MAP_PROFILE_B, true);
	struct cc_setup s;
	char line[2048];

	take(&s, A, NULL, &p);
	ck_assert_int_eq(map_redirect_setup(&s, NULL, &to, &p), 0);
	ck_assert_str_eq(told(line, sizeof(line), &s, &p), A ", " NEXT ";index=1.1;rc=1, "
			 "<sip:carol@peer.example;cause=302>;index=1.1.1;mp=1.1");
	to.reason = 1;
	ck_assert_int_eq(map_redirect_setup(&s, NULL, &to, &p), 0);
	ck_assert_str_eq(told(line, sizeof(line), &s, &p), A ", " NEXT ";index=1.1;rc=1, "
			 "<sip:carol@peer.example;cause=302>;index=1.1.1;mp=1.1, "
			 "<sip:carol@peer.example;cause=486>;index=1.1.1.1;mp=1.1.1");
}
END_TEST

/* Longer than is kept, in octets or in entries: as ISUP says it, and never half of it. */
START_TEST(too_long)
{
	struct map_profile p = map_test_profile(MAP_PROFILE_B, false);
	char history[2048] = A, line[2048];
	struct map_contact to = { .ruri = "sip:carol@c.example", .reason = 3 };
	struct cc_setup s;

	for (int i = 2; strlen(history) < CC_MAX_HISTORY - 60; i++)
		snprintf(history + strlen(history), 64, ", <sip:somebody@far.example>;index=%d",
			 i);
	take(&s, history, NULL, &p);
	ck_assert(strncmp(told(line, sizeof(line), &s, &p), history, strlen(history)) == 0);
	ck_assert_int_eq(map_redirect_setup(&s, NULL, &to, &p), 0);
	ck_assert(strncmp(told(line, sizeof(line), &s, &p), "<sip:+493099@gw.example", 23) == 0);
	memset(history + strlen(history), ' ', 100);
	snprintf(history + CC_MAX_HISTORY, 64, ", <sip:a@h>;index=9");
	take(&s, history, NULL, &p);
	ck_assert_str_eq(told(line, sizeof(line), &s, &p), "");
	snprintf(history, sizeof(history), A);
	for (int i = 2; i <= 24; i++)
		snprintf(history + strlen(history), 64, ", <sip:a@h>;index=%d", i);
	ck_assert_uint_lt(strlen(history), CC_MAX_HISTORY);
	take(&s, history, NULL, &p);
	ck_assert_str_eq(told(line, sizeof(line), &s, &p), "");
}
END_TEST

/* A peer that answers with the history it was told says nothing new. */
START_TEST(told_back)
{
	struct cc_prim prim = { .type = CC_PROGRESS };
	struct map_profile p = map_test_profile(MAP_PROFILE_B, false);
	char history[1024] = A, line[2048];
	struct sip_msg rsp = { .status = 183, .history_info = line };
	struct cc_setup s;

	for (int i = 0; i < 7; i++)
		snprintf(history + strlen(history), 64, ", <sip:a@h;cause=302>;index=1.%d;mp=1",
			 i + 1);
	take(&s, history, NULL, &p);
	told(line, sizeof(line), &s, &p);
	ck_assert(strncmp(line, history, strlen(history)) == 0);
	map_history_from_response(&prim, &rsp, map_diversions_told(&s, &p), &p);
	ck_assert(!prim.redirection.diverted);
	snprintf(line + strlen(line), 64, ", <sip:b@h;cause=486>;index=1.7.1.1;mp=1.7.1");
	map_history_from_response(&prim, &rsp, map_diversions_told(&s, &p), &p);
	ck_assert(prim.redirection.diverted);
	ck_assert_uint_eq(prim.redirection.reason, 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("map_history");
	TCase *tc = tcase_create("map_history");

	tcase_add_loop_test(tc, as_it_came, 0, N(kept));
	tcase_add_test(tc, by_rule);
	tcase_add_test(tc, followed);
	tcase_add_test(tc, too_long);
	tcase_add_test(tc, told_back);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
