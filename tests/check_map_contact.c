/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts of a redirection, and the call as it goes on to one. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_contact.h"
#include "tests/suite.h"

#define N(a) (int)(sizeof(a) / sizeof((a)[0]))

static struct map_profile profile(void)
{
	struct map_profile p;

	map_profile_default(&p);
	memcpy(p.country_code, "49", 3);
	return p;
}

/* "uri host port transport reason|..." in their order */
static const struct { const char *contact, *want; } lists[] = {
	{ NULL, "" },
	{ "", "" },
	{ "*", "" },
	{ "<sip:bob@example.net>", "sip:bob@example.net example.net 0 - 3|" },
	{ "sip:bob@example.net;q=0.5", "sip:bob@example.net example.net 0 - 3|" },
	{ "\"B, o\" <sip:b@[2001:db8::1]:5070;transport=TCP>",
	  "sip:b@[2001:db8::1]:5070;transport=TCP 2001:db8::1 5070 tcp 3|" },
	{ "<sip:a@h;transport=udp>", "sip:a@h;transport=udp h 0 udp 3|" },
	{ "<tel:+4930299>", "tel:+4930299  0 - 3|" },
	{ "<sip:a@h;cause=486>", "sip:a@h;cause=486 h 0 - 1|" },
	{ "<sip:a@h?Replaces=x>", "sip:a@h h 0 - 3|" },
	/* q: the best first, else as they came */
	{ "<sip:a@h>;q=0.1,<sip:b@h>;q=0.25,<sip:c@h>,<sip:d@h>;q=1.0,<sip:e@h>;q=0.3",
	  "sip:c@h h 0 - 3|sip:d@h h 0 - 3|sip:e@h h 0 - 3|sip:b@h h 0 - 3|"
	  "sip:a@h h 0 - 3|" },
	{ "<sip:a@h>;q=0,<sip:b@h>;q=0.001,<sip:c@h>;q=x",
	  "sip:c@h h 0 - 3|sip:b@h h 0 - 3|sip:a@h h 0 - 3|" },
	/* not to be called */
	{ "<sips:a@h>,<mailto:a@h>,<sip:a@h;transport=ws>,<sip:>,rubbish,<tel:>,<sip:b@h>",
	  "sip:b@h h 0 - 3|" },
	{ "<sip:a b@h>,<sip:b@h>", "sip:b@h h 0 - 3|" },
};

START_TEST(test_lists)
{
	const struct sip_msg rsp = { .status = 302, .contact = lists[_i].contact };
	struct map_contact c[MAP_MAX_CONTACTS];
	struct map_profile p = profile();
	char text[1024] = "";
	unsigned int n = map_contacts(c, &rsp, false, &p);
	size_t at = 0;

	for (unsigned int i = 0; i < n; i++)
		at += snprintf(text + at, sizeof(text) - at, "%s %s %u %s %u|", c[i].ruri,
			       c[i].host, c[i].port, !c[i].has_transport ? "-" :
			       c[i].transport == SIP_TCP ? "tcp" : "udp", c[i].reason);
	ck_assert_str_eq(text, lists[_i].want);
}
END_TEST

START_TEST(test_many)
{
	char contact[4096] = "";
	struct sip_msg rsp = { .status = 302, .contact = contact };
	struct map_contact c[MAP_MAX_CONTACTS];
	struct map_profile p = profile();

	for (int i = 0; i < 40; i++)
		snprintf(contact + strlen(contact), 64, "%s<sip:a%d@h>", i ? "," : "", i);
	ck_assert_uint_eq(map_contacts(c, &rsp, false, &p), MAP_MAX_CONTACTS);
	/* one that is too long */
	memset(contact, 'a', sizeof(contact));
	memcpy(contact, "<sip:", 5);
	memcpy(contact + 3000, "@h>", 4);
	ck_assert_uint_eq(map_contacts(c, &rsp, false, &p), 0);
}
END_TEST

static const struct { int status; bool alerted; uint8_t reason; } reasons[] = {
	{ 300, false, 0 }, { 301, false, 3 }, { 302, false, 3 }, { 305, false, 0 },
	{ 380, false, 0 }, { 399, false, 0 }, { 302, true, 4 }, { 300, true, 4 },
};

START_TEST(test_reasons)
{
	const struct sip_msg rsp = { .status = reasons[_i].status, .contact = "<sip:a@h>" };
	struct map_contact c[MAP_MAX_CONTACTS];
	struct map_profile p = profile();

	ck_assert_uint_eq(map_contacts(c, &rsp, reasons[_i].alerted, &p), 1);
	ck_assert_uint_eq(c[0].reason, reasons[_i].reason);
	ck_assert(!c[0].hidden);
}
END_TEST

static struct cc_setup setup(void)
{
	return (struct cc_setup){ .called = { .nai = 3, .npi = 1, .inn = 1, .digits = "3012345F" },
				  .country_code = "49", .complete = true, .awaited = true };
}

START_TEST(test_setup)
{
	struct sip_msg rsp = { .status = 302, .contact = "<sip:+442071234@h;user=phone>" };
	struct map_contact c[MAP_MAX_CONTACTS];
	struct map_profile p = profile();
	struct cc_setup s = setup();
	struct cc_prim prim;
	struct isup_msg iam;
	struct isup_number n;

	ck_assert_uint_eq(map_contacts(c, &rsp, false, &p), 1);
	isup_init(&iam, &isup_itu, ISUP_MT_IAM, 0);
	ck_assert_int_eq(map_redirect_setup(&s, &iam, c, &p), 0);
	ck_assert_str_eq(s.called.digits, "442071234");
	ck_assert_uint_eq(s.called.nai, 4);
	ck_assert(!s.awaited);
	ck_assert(s.has_redirecting && s.has_original_called && s.has_redirection);
	ck_assert_str_eq(s.redirecting.digits, "3012345");	/* no ST */
	ck_assert_str_eq(s.original_called.digits, "3012345");
	ck_assert_uint_eq(s.redirecting.apri, 0);
	ck_assert_uint_eq(s.redirection.count, 1);
	ck_assert_uint_eq(s.redirection.reason, 3);
	ck_assert_uint_eq(s.redirection.original_reason, 3);
	ck_assert_uint_eq(s.redirection.indicator, 3);
	ck_assert(isup_get(&iam, ISUP_P_CALLED, &n));
	ck_assert_str_eq(n.digits, "442071234");
	ck_assert(isup_get(&iam, ISUP_P_REDIRECTING, &n));
	ck_assert_str_eq(n.digits, "3012345");
	map_redirect_prim(&prim, &s, &p);
	ck_assert(prim.type == CC_PROGRESS && prim.u.progress.event == 6);
	ck_assert(prim.redirection.diverted && prim.redirection.has_number);
	ck_assert_uint_eq(prim.redirection.reason, 3);

	/* again: the first one stays the original called number; and a hidden one hides all */
	rsp.contact = "<sip:bob@h;cause=408>";
	rsp.privacy = "history";
	ck_assert_uint_eq(map_contacts(c, &rsp, false, &p), 1);
	ck_assert_int_eq(map_redirect_setup(&s, NULL, c, &p), 0);
	ck_assert_str_eq(s.called_user, "bob");
	ck_assert_str_eq(s.called.digits, "");
	ck_assert_str_eq(s.redirecting.digits, "442071234");
	ck_assert_uint_eq(s.redirecting.apri, 1);
	ck_assert_str_eq(s.original_called.digits, "3012345");
	ck_assert_uint_eq(s.redirection.count, 2);
	ck_assert_uint_eq(s.redirection.reason, 2);
	ck_assert_uint_eq(s.redirection.original_reason, 3);
	ck_assert_uint_eq(s.redirection.indicator, 4);
	map_redirect_prim(&prim, &s, &p);
	ck_assert_uint_eq(prim.u.progress.event, 5);
	ck_assert(prim.redirection.hidden && !prim.redirection.has_number);
}
END_TEST

/* What cannot be leaves the call as it was. */
START_TEST(test_refused)
{
	const struct sip_msg rsp = { .status = 302,
		.contact = "<sip:+491234567890123456789012345678901234567@h>,<sip:b@h>" };
	struct map_contact c[MAP_MAX_CONTACTS];
	struct map_profile p = profile();
	struct cc_setup s = setup(), was = s;

	ck_assert_uint_eq(map_contacts(c, &rsp, false, &p), 2);
	ck_assert_int_eq(map_redirect_setup(&s, NULL, &c[0], &p), -EINVAL);
	ck_assert_mem_eq(&s, &was, sizeof(s));
	s.has_redirection = true;
	s.redirection.count = 5;
	s.redirection.has_octet2 = 1;
	s.has_redirecting = true;
	was = s;
	ck_assert_int_eq(map_redirect_setup(&s, NULL, &c[1], &p), -ELOOP);
	ck_assert_mem_eq(&s, &was, sizeof(s));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("map_contact");
	TCase *t = tcase_create("map_contact");

	tcase_add_loop_test(t, test_lists, 0, N(lists));
	tcase_add_test(t, test_many);
	tcase_add_loop_test(t, test_reasons, 0, N(reasons));
	tcase_add_test(t, test_setup);
	tcase_add_test(t, test_refused);
	suite_add_tcase(s, t);
	return suite_run(s);
}
