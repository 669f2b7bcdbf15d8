/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Causes: every row of both tables, Reason headers, precedence, and what goes out when a call
 * ends. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_parts.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct map_profile profile(void)
{
	struct map_profile p;

	map_profile_default(&p);
	strncpy(p.country_code, "49", sizeof(p.country_code) - 1);
	strncpy(p.host, "peer.example", sizeof(p.host) - 1);
	strncpy(p.local_host, "gw.example", sizeof(p.local_host) - 1);
	p.isup_body = MAP_ISUP_SIP_T;
	return p;
}

static FILE *data(const char *name)
{
	const char *top = getenv("top_srcdir");
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/tests/golden/map/%s", top ? top : ".", name);
	f = fopen(path, "r");
	ck_assert_msg(f != NULL, "%s", path);
	return f;
}

START_TEST(test_cause_rows)
{
	FILE *f = data("cause_to_status.csv");
	unsigned int cause, status, user, rows = 0;
	char line[256];

	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '#')
			continue;
		ck_assert_int_eq(sscanf(line, "%u;%u;%u", &cause, &status, &user), 3);
		ck_assert_msg(map_cause_to_status(cause, 2, NULL) == status, "cause %u", cause);
		ck_assert_msg(map_cause_to_status(cause, 0, NULL) == user, "cause %u from the user",
			      cause);
		rows++;
	}
	fclose(f);
	ck_assert_uint_ge(rows, 70);
}
END_TEST

START_TEST(test_status_rows)
{
	FILE *f = data("status_to_cause.csv");
	unsigned int status, cause, warned, user, rows = 0;
	struct map_profile p = profile();
	char line[256];

	while (fgets(line, sizeof(line), f)) {
		struct sip_msg msg = { .status = 0,
				       .warning = "304 gw.example \"media\", 399 x \"y\"" };
		struct isup_msg isup;
		struct cc_release r;
		bool has;

		if (line[0] == '#')
			continue;
		ck_assert_int_eq(sscanf(line, "%u;%u;%u;%u", &status, &cause, &warned, &user), 4);
		ck_assert_msg(map_status_to_cause(status, NULL) == cause, "status %u", status);
		msg.status = status;
		map_failure_to_release(&r, &isup, &has, status, &msg, &p);
		ck_assert_msg(r.cause.value == warned, "status %u with warning", status);
		ck_assert_msg(r.cause.location == (user ? 0 : 2), "location for %u", status);
		ck_assert_uint_eq(r.sip_status, status);
		msg.warning = "399 x \"just words\"";
		map_failure_to_release(&r, &isup, &has, status, &msg, &p);
		ck_assert_msg(r.cause.value == cause, "status %u with other warning", status);
		rows++;
	}
	fclose(f);
	ck_assert_uint_ge(rows, 50);
}
END_TEST

START_TEST(test_overrides)
{
	struct map_profile p = profile();

	p.n_overrides = 2;
	p.overrides[0] = (struct map_override){ MAP_T_CAUSE, 34, 480 };
	p.overrides[1] = (struct map_override){ MAP_T_CAUSE, 21, 606 };
	ck_assert_uint_eq(map_cause_to_status(34, 2, &p), 480);
	ck_assert_uint_eq(map_cause_to_status(21, 0, &p), 606);
	ck_assert_uint_eq(map_cause_to_status(38, 2, &p), 503);
	p.n_overrides = 3;	/* the row that says more is heard beside the other */
	p.overrides[2] = (struct map_override){ MAP_T_CAUSE, MAP_CAUSE_REJECTED_BY_USER, 604 };
	ck_assert_uint_eq(map_cause_to_status(21, 0, &p), 604);
	ck_assert_uint_eq(map_cause_to_status(21, 2, &p), 606);
}
END_TEST

/* --- what ends a call: SIP -> release --- */

enum { NO_BODY, REL_17_4, REL_BAD, ACM_BODY };

static void put_isup(struct sip_msg *msg, struct sip_out *out, int kind)
{
	static const uint8_t rel[] = { 0x0c, 0x02, 0x00, 0x02, 0x84, 0x91 };
	static const uint8_t bad[] = { 0x0c, 0x02, 0x00, 0x09, 0x84 };
	static const uint8_t acm[] = { 0x06, 0x12, 0x04, 0x00 };

	memset(out, 0, sizeof(*out));
	if (kind == NO_BODY)
		return;
	msg->content_type = "application/ISUP;version=itu-t92+";
	msg->body = kind == REL_17_4 ? rel : kind == REL_BAD ? bad : acm;
	msg->body_len = kind == REL_17_4 ? sizeof(rel) : kind == REL_BAD ? sizeof(bad)
		: sizeof(acm);
}

static const struct { int status; const char *reason; int body; uint8_t cause,
		      location; bool has; } failures[] = {
	{ 486, NULL, NO_BODY, 17, 2, false },
	{ 486, "Q.850;cause=19", NO_BODY, 19, 2, false },
	{ 486, "SIP;cause=200;text=\"x, y\", q.850 ; cause=20 ; location=RLN", NO_BODY, 20, 4,
	  false },
	{ 603, "Q.850;cause=21", NO_BODY, 21, 0, false },
	{ 486, "SIP;cause=600", NO_BODY, 17, 2, false },
	{ 486, "Q.850;cause=0", NO_BODY, 17, 2, false },
	{ 486, "Q.850;cause=128", NO_BODY, 17, 2, false },
	{ 486, "Q.850;cause=abc", NO_BODY, 17, 2, false },
	{ 486, "Q.850;text=\"cause=19\"", NO_BODY, 17, 2, false },
	{ 486, "Q.850;cause=19;location=MOON", NO_BODY, 19, 2, false },
	{ 500, NULL, REL_17_4, 17, 4, true },
	{ 500, "Q.850;cause=19", REL_17_4, 17, 4, true },	/* RFC 3398 8.2.6.1: the REL */
	{ 404, "Q.850;cause=19", REL_BAD, 19, 2, false },
	{ 404, NULL, REL_BAD, 1, 2, false },
	{ 404, NULL, ACM_BODY, 1, 2, false },
	{ 487, NULL, NO_BODY, 31, 2, false },
};

START_TEST(test_failures)
{
	struct map_profile p = profile();
	struct sip_msg msg = { .status = failures[_i].status, .reason = failures[_i].reason };
	struct sip_out out;
	struct isup_msg isup;
	struct cc_release r;
	bool has;

	put_isup(&msg, &out, failures[_i].body);
	map_failure_to_release(&r, &isup, &has, msg.status, &msg, &p);
	ck_assert_uint_eq(r.cause.value, failures[_i].cause);
	ck_assert_uint_eq(r.cause.location, failures[_i].location);
	ck_assert(has == failures[_i].has);
}
END_TEST

START_TEST(test_no_response)
{
	struct map_profile p = profile();
	struct isup_msg isup;
	struct cc_release r;
	bool has;

	map_failure_to_release(&r, &isup, &has, 408, NULL, &p);
	ck_assert_uint_eq(r.cause.value, 18);	/* RFC 3398 8.1.3, while a 408 response is 102 */
	ck_assert(r.retry && !has);
	map_failure_to_release(&r, &isup, &has, 503, NULL, &p);
	ck_assert_uint_eq(r.cause.value, 41);
	ck_assert(r.retry);
}
END_TEST

START_TEST(test_retry)
{
	static const struct { int status; bool retry; } rows[] = {
		{ 404, false }, { 408, true }, { 480, false }, { 486, false }, { 500, true },
			{ 501, false },
		{ 502, true }, { 503, true }, { 504, true }, { 505, false }, { 600, false },
			{ 603, false },
	};
	struct map_profile p = profile();
	struct isup_msg isup;
	struct cc_release r;
	bool has;
	int i;

	for (i = 0; i < N(rows); i++) {
		struct sip_msg msg = { .status = rows[i].status };

		map_failure_to_release(&r, &isup, &has, msg.status, &msg, &p);
		ck_assert_msg(r.retry == rows[i].retry, "%d", rows[i].status);
	}
}
END_TEST

static const struct { const char *reason; int body; uint8_t cause, location; } byes[] = {
	{ NULL, NO_BODY, 16, 2 },
	{ "Q.850;cause=31;text=\"x\"", NO_BODY, 31, 2 },
	{ "SIP;cause=200;text=\"Call completed elsewhere\"", NO_BODY, 16, 2 },
	{ NULL, REL_17_4, 17, 4 },
	/* RFC 3398 8.2.6: the header wins */
	{ "Q.850;cause=31;location=U", REL_17_4, 31, 0 },
	/* the same value: the body says more */
	{ "Q.850;cause=17", REL_17_4, 17, 4 },
	{ "SIP;cause=200", REL_17_4, 17, 4 },
	{ NULL, REL_BAD, 16, 2 },
};

START_TEST(test_byes)
{
	struct map_profile p = profile();
	struct sip_msg msg = { .is_request = true, .method = SIP_BYE, .reason = byes[_i].reason };
	struct sip_out out;
	struct isup_msg isup;
	struct cc_release r;
	bool has;

	put_isup(&msg, &out, byes[_i].body);
	map_bye_to_release(&r, &isup, &has, &msg, &p);
	ck_assert_uint_eq(r.cause.value, byes[_i].cause);
	ck_assert_uint_eq(r.cause.location, byes[_i].location);
	ck_assert(has == (byes[_i].body == REL_17_4));
	ck_assert_uint_eq(r.sip_status, 0);
	map_bye_to_release(&r, &isup, &has, NULL, &p);
	ck_assert_uint_eq(r.cause.value, 16);
	ck_assert(!has);
}
END_TEST

/* A peer that was not configured for it cannot make us believe an encapsulated cause. */
START_TEST(test_untrusted_body)
{
	struct map_profile p = profile();
	struct sip_msg msg = { .is_request = true, .method = SIP_BYE };
	struct sip_out out;
	struct isup_msg isup;
	struct cc_release r;
	bool has;

	p.isup_body = MAP_ISUP_NONE;
	put_isup(&msg, &out, REL_17_4);
	map_bye_to_release(&r, &isup, &has, &msg, &p);
	ck_assert_uint_eq(r.cause.value, 16);
	ck_assert(!has);
}
END_TEST

/* A redirection that is not followed: the new number is in the diagnostic, laid out as a called
 * party number. */
START_TEST(test_redirection)
{
	struct map_profile p = profile();
	struct sip_msg msg = { .status = 302,
			       .contact = "<sip:+4930123@x.example;user=phone>;q=1, <sip:bob@y>" };
	static const uint8_t diag[] = { 0x83, 0x10, 0x03, 0x21, 0x03 };
	struct isup_msg isup;
	struct cc_release r;
	bool has;

	map_failure_to_release(&r, &isup, &has, 302, &msg, &p);
	ck_assert_uint_eq(r.cause.value, 23);
	ck_assert_uint_eq(r.cause.n_diag, sizeof(diag));
	ck_assert_mem_eq(r.cause.diag, diag, sizeof(diag));
	msg.contact = "<sip:bob@y.example>";
	map_failure_to_release(&r, &isup, &has, 302, &msg, &p);
	ck_assert_uint_eq(r.cause.n_diag, 0);
}
END_TEST

/* --- release -> SIP --- */

START_TEST(test_moved)
{
	struct map_profile p = profile();
	struct cc_release r = { .cause = { .value = 22, .location = 2, .n_diag = 5,
					   .diag = { 0x83, 0x10, 0x03, 0x21, 0x03 } } };
	struct sip_out out;

	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), 301);
	ck_assert_str_eq(out.contact, "<sip:+4930123@gw.example;user=phone>");
	ck_assert_str_eq(out.reason, "Q.850;cause=22;text=\"number changed\";location=LN");
	p.overrides[0] = (struct map_override){ MAP_T_CAUSE, MAP_CAUSE_NUMBER_CHANGED_TO, 604 };
	p.n_overrides = 1;
	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), 604);
	ck_assert_str_eq(out.contact, "");
	p.overrides[1] = (struct map_override){ MAP_T_CAUSE, 22, 480 };
	p.n_overrides = 2;
	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), 604);
	p.n_overrides = 1;
	r.cause.diag[1] = 0x30;		/* not of the E.164 plan */
	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), 410);
	ck_assert_str_eq(out.contact, "");
	r.cause.n_diag = 0;
	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), 410);
}
END_TEST

static const struct {
	struct cc_release r;
	int status;
	uint16_t retry_after;
	const char *reason;
} ends[] = {
	{ { .cause = { .value = 17, .location = 0 } }, 486, 0,
	  "Q.850;cause=17;text=\"user busy\";location=U" },
	{ { .cause = { .value = 21, .location = 0 } }, 603, 0,
	  "Q.850;cause=21;text=\"call rejected\";location=U" },
	{ { .cause = { .value = 21, .location = 10 } }, 403, 0,
	  "Q.850;cause=21;text=\"call rejected\";location=BI" },
	{ { .cause = { .value = 42, .location = 2 } }, 503, 30,
	  "Q.850;cause=42;text=\"switching equipment congestion\";location=LN" },
	{ { .cause = { .value = 58, .location = 2 } }, 503, 0,
	  "Q.850;cause=58;text=\"bearer capability not presently available\";location=LN" },
	{ { .cause = { .value = 44, .location = 2 } }, 503, 0,
	  "Q.850;cause=44;text=\"requested circuit not available\";location=LN" },
	{ { .cause = { .value = 12, .location = 15 } }, 500, 0, "Q.850;cause=12;location=LOC-15" },
	/* another coding standard: the value is not Q.850's (Q.763 3.12) */
	{ { .cause = { .coding = 2, .value = 17, .location = 2 } }, 500, 0, "" },
	/* SIP to SIP: the status goes on, unless it was between two neighbours only */
	{ { .cause = { .value = 31, .location = 2 }, .sip_status = 489 }, 489, 0,
	  "Q.850;cause=31;text=\"normal, unspecified\";location=LN" },
	{ { .cause = { .value = 21, .location = 2 }, .sip_status = 407 }, 403, 0,
	  "Q.850;cause=21;text=\"call rejected\";location=LN" },
	{ { .cause = { .value = 23, .location = 2 }, .sip_status = 302 }, 410, 0,
	  "Q.850;cause=23;text=\"redirection to new destination\";location=LN" },
};

/* A REL was made for a peer that takes part in ISUP. */
static void assert_rel(const struct sip_out *out, uint8_t cause)
{
	struct isup_cause c;
	struct isup_msg rel;

	ck_assert_str_eq(out->content_type, "application/ISUP;version=itu-t92+;base=itu-t92+");
	ck_assert_int_eq(isup_decode_body(&rel, &isup_itu, out->body, out->body_len, NULL), 0);
	ck_assert_int_eq(rel.type, ISUP_MT_REL);
	ck_assert(isup_get(&rel, ISUP_P_CAUSE, &c));
	ck_assert_uint_eq(c.value, cause);
}

START_TEST(test_ends)
{
	struct map_profile p = profile();
	struct sip_out out;

	p.retry_after = 30;
	ck_assert_int_eq(map_release_to_response(&out, &ends[_i].r, NULL, true, &p),
			 ends[_i].status);
	ck_assert_str_eq(out.reason, ends[_i].reason);
	ck_assert_int_eq(out.retry_after, ends[_i].retry_after);
	assert_rel(&out, ends[_i].r.cause.value);
	ck_assert_int_eq(map_release_to_bye(&out, &ends[_i].r, NULL, true, false, &p), 0);
	ck_assert_str_eq(out.reason, ends[_i].reason);
	assert_rel(&out, ends[_i].r.cause.value);
	/* a peer that takes no part gets none */
	ck_assert_int_eq(map_release_to_bye(&out, &ends[_i].r, NULL, false, false, &p), 0);
	ck_assert_uint_eq(out.body_len, 0);
}
END_TEST

START_TEST(test_rel_in_body)
{
	static const uint8_t octets[] = { 0x0c, 0x02, 0x00, 0x02, 0x84, 0x91 };
	struct map_profile p = profile();
	struct cc_release r;
	struct isup_msg rel;
	struct sip_out out;

	isup_init_cause(&rel, &isup_itu, ISUP_MT_REL, 77, 17, 4);
	map_rel_to_release(&r, &rel, NULL);
	ck_assert_uint_eq(r.cause.value, 17);
	ck_assert(!r.retry);
	ck_assert_int_eq(map_release_to_response(&out, &r, &rel, true, &p), 486);
	ck_assert_uint_eq(out.body_len, sizeof(octets));
	/* from the message type on: no CIC */
	ck_assert_mem_eq(out.body, octets, sizeof(octets));
	ck_assert_str_eq(out.content_type, "application/ISUP;version=itu-t92+;base=itu-t92+");
	ck_assert_str_eq(out.headers, "Content-Disposition: signal;handling=optional\r\n");
	p.isup_required = true;
	ck_assert_int_eq(map_release_to_bye(&out, &r, &rel, true, false, &p), 0);
	ck_assert_str_eq(out.headers, "Content-Disposition: signal;handling=required\r\n");
	ck_assert_uint_eq(out.body_len, sizeof(octets));
	map_release_to_bye(&out, &r, &rel, true, true, &p);
	ck_assert_uint_eq(out.body_len, 0);	/* CANCEL carries no body */
	map_release_to_bye(&out, &r, &rel, false, false, &p);
	ck_assert_uint_eq(out.body_len, 0);	/* the peer has shown no ISUP */
	p.isup_body = MAP_ISUP_NONE;
	map_release_to_bye(&out, &r, &rel, true, false, &p);
	ck_assert_uint_eq(out.body_len, 0);
}
END_TEST

/* --- release -> REL --- */
START_TEST(test_to_rel)
{
	struct map_profile p = profile();
	struct cc_release r = { .cause = { .value = 17, .location = 0 } };
	struct isup_cause c;
	struct isup_msg rel, tmpl;
	struct isup_octet level = { .value = 1 };
	const char *why;
	int line;

	ck_assert_int_eq(map_release_to_rel(&rel, &r, NULL, &p), 0);
	ck_assert_uint_eq(rel.type, ISUP_MT_REL);
	ck_assert(isup_get(&rel, ISUP_P_CAUSE, &c) && c.value == 17 && c.location == 0);
	/* the REL that rode along: its diagnostic and other parameters stay, the congestion of
	 * the exchange before us does not */
	ck_assert_int_eq(isup_parse(&tmpl, &isup_itu,
				    "REL; CAI location=4 value=22 830803; 0xfe 01", &why, &line),
					0);
	tmpl.cic = 9;
	ck_assert_int_eq(isup_set(&tmpl, ISUP_P_CONGESTION_LEVEL, &level), 0);
	map_rel_to_release(&r, &tmpl, NULL);
	ck_assert_int_eq(map_release_to_rel(&rel, &r, &tmpl, &p), 0);
	ck_assert(isup_get(&rel, ISUP_P_CAUSE, &c));
	ck_assert_uint_eq(c.value, 22);
	ck_assert_uint_eq(c.n_diag, 3);
	ck_assert(isup_has(&rel, 0xfe));
	ck_assert(!isup_has(&rel, ISUP_P_CONGESTION_LEVEL));
	ck_assert_uint_eq(rel.cic, 0);
	/* the primitive says something else: it wins */
	r.cause = (struct isup_cause){ .value = 31, .location = 2 };
	ck_assert_int_eq(map_release_to_rel(&rel, &r, &tmpl, &p), 0);
	ck_assert(isup_get(&rel, ISUP_P_CAUSE, &c) && c.value == 31 && c.n_diag == 0);
	/* a cause of another coding standard passes a transit as it came */
	ck_assert_int_eq(isup_parse(&tmpl, &isup_itu, "REL; CAI coding=2 location=4 value=23", &why,
				    &line), 0);
	map_rel_to_release(&r, &tmpl, NULL);
	ck_assert_int_eq(map_release_to_rel(&rel, &r, &tmpl, &p), 0);
	ck_assert(isup_get(&rel, ISUP_P_CAUSE, &c) && c.coding == 2 && c.value == 23);
	/* a REL without a cause cannot be decoded, but one that was made so counts as normal */
	isup_del(&tmpl, ISUP_P_CAUSE);
	map_rel_to_release(&r, &tmpl, NULL);
	ck_assert_uint_eq(r.cause.value, 31);
}
END_TEST

START_TEST(test_rel_retry)
{
	static const uint8_t again[] = { 34, 38, 41, 42, 44, 47 },
		final[] = { 1, 16, 17, 21, 27, 31, 102 };
	struct cc_release r;
	struct isup_msg rel;
	int i;

	for (i = 0; i < N(again); i++) {
		isup_init_cause(&rel, &isup_itu, ISUP_MT_REL, 1, again[i], 2);
		map_rel_to_release(&r, &rel, NULL);
		ck_assert(r.retry);
	}
	for (i = 0; i < N(final); i++) {
		isup_init_cause(&rel, &isup_itu, ISUP_MT_REL, 1, final[i], 2);
		map_rel_to_release(&r, &rel, NULL);
		ck_assert(!r.retry);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_cause");
	TCase *tc = tcase_create("map_cause");

	tcase_add_test(tc, test_cause_rows);
	tcase_add_test(tc, test_status_rows);
	tcase_add_test(tc, test_overrides);
	tcase_add_loop_test(tc, test_failures, 0, N(failures));
	tcase_add_test(tc, test_no_response);
	tcase_add_test(tc, test_retry);
	tcase_add_loop_test(tc, test_byes, 0, N(byes));
	tcase_add_test(tc, test_untrusted_body);
	tcase_add_test(tc, test_redirection);
	tcase_add_test(tc, test_moved);
	tcase_add_loop_test(tc, test_ends, 0, N(ends));
	tcase_add_test(tc, test_rel_in_body);
	tcase_add_test(tc, test_to_rel);
	tcase_add_test(tc, test_rel_retry);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
