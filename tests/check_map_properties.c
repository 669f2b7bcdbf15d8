/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Properties of the mapper: every cause and every status has its counterpart in every standard; a
 * failure that crosses ISUP keeps its class, but for the exceptions of
 * golden/map/class_exceptions.csv; a cause that crosses SIP in Reason is kept.
 * PROPERTY_UPDATE=1 writes the exceptions. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "tests/map_test.h"
#include "tests/suite.h"

static struct cc_release release_of(uint8_t cause, uint8_t location)
{
	return (struct cc_release){ .cause = { .value = cause, .location = location } };
}

/* --- totality --- */

START_TEST(every_cause_has_a_status)
{
	struct map_profile p = map_test_profile(_i, false);

	for (unsigned int cause = 0; cause <= 255; cause++)
		for (unsigned int location = 0; location < 16; location++) {
			struct cc_release r = release_of(cause, location);
			static struct sip_out out;
			int status = map_cause_to_status(cause, location, &p);
			int sent = map_release_to_response(&out, &r, NULL, false, &p);

			ck_assert_msg(status >= 300 && status <= 699, "cause %u location %u: %d",
				      cause, location, status);
			ck_assert_msg(sent == status, "cause %u location %u: %d is sent, not %d",
				      cause, location, sent, status);
		}
}
END_TEST

START_TEST(every_status_has_a_cause)
{
	struct map_profile p = map_test_profile(_i, false);

	for (int status = 300; status <= 699; status++) {
		struct sip_msg m = { .status = status, .retry_after = -1 };
		struct cc_release r;
		struct isup_msg isup, rel;
		uint8_t octets[300];
		bool has;

		map_failure_to_release(&r, &isup, &has, status, &m, &p);
		ck_assert_msg(r.cause.value >= 1 && r.cause.value <= 127 && r.cause.value != 44,
			      "%d: cause %u", status, r.cause.value);
		ck_assert_uint_eq(r.sip_status, status);
		ck_assert(!has);
		ck_assert_int_eq(map_release_to_rel(&rel, &r, NULL, &p), 0);
		ck_assert_int_gt(isup_encode(octets, sizeof(octets), &rel), 0);
	}
}
END_TEST

/* --- SIP -> ISUP -> SIP --- */

/* Two gateways with only ISUP between them. */
static int across_isup(int status, const struct map_profile *p)
{
	struct sip_msg m = { .status = status, .retry_after = -1 };
	static struct sip_out out;
	struct isup_msg body, rel, there;
	struct cc_release r;
	uint8_t octets[300];
	ssize_t n;
	bool has;

	map_failure_to_release(&r, &body, &has, status, &m, p);
	ck_assert_int_eq(map_release_to_rel(&rel, &r, NULL, p), 0);
	n = isup_encode(octets, sizeof(octets), &rel);
	ck_assert_int_gt(n, 0);
	ck_assert_int_eq(isup_decode(&there, p->dialect, octets, n, NULL), 0);
	map_rel_to_release(&r, &there, NULL);
	return map_release_to_response(&out, &r, NULL, false, p);
}

static FILE *exceptions(const char *mode)
{
	const char *top = getenv("top_srcdir");
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/tests/golden/map/class_exceptions.csv", top ? top : ".");
	f = fopen(path, mode);
	ck_assert_msg(f != NULL, "%s", path);
	return f;
}

/* Consecutive statuses that come back as the same one are one row. */
static void write_exceptions(void)
{
	FILE *f = exceptions("w");

	fprintf(f, "# standard;status from;to;what comes back, of another class;the cause "
		"between, which stands for it;its name\n");
	for (int s = 0; s < MAP_STANDARDS; s++) {
		struct map_profile p = map_test_profile(s, false);

		for (int status = 400, to; status <= 699; status = to + 1) {
			int back = across_isup(status, &p), cause = map_status_to_cause(status, &p);

			to = status;
			if (back / 100 == status / 100)
				continue;
			while (to < 699 && (to + 1) % 100 && across_isup(to + 1, &p) == back &&
			       map_status_to_cause(to + 1, &p) == cause)
				to++;
			fprintf(f, "%s;%d;%d;%d;%d;%s\n", map_standard_name(s), status, to, back,
				cause, isup_cause_name(cause));
		}
	}
	fclose(f);
}

static void read_exceptions(int back[MAP_STANDARDS][700], int cause[MAP_STANDARDS][700])
{
	FILE *f = exceptions("r");
	char line[256], name[32];
	int from, to, to_status, by;

	memset(back, 0, sizeof(int) * MAP_STANDARDS * 700);
	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '#')
			continue;
		ck_assert_int_eq(sscanf(line, "%31[^;];%d;%d;%d;%d", name, &from, &to, &to_status,
					&by), 5);
		ck_assert(from >= 400 && from <= to && to <= 699);
		ck_assert_int_lt(map_standard_find(name), MAP_STANDARDS);
		for (int i = from; i <= to; i++) {
			back[map_standard_find(name)][i] = to_status;
			cause[map_standard_find(name)][i] = by;
		}
	}
	fclose(f);
}

/* An exception that is none any more is a complaint, too. */
START_TEST(a_failure_keeps_its_class_across_isup)
{
	static int back[MAP_STANDARDS][700], cause[MAP_STANDARDS][700];

	if (getenv("PROPERTY_UPDATE"))
		write_exceptions();
	read_exceptions(back, cause);
	for (int s = 0; s < MAP_STANDARDS; s++) {
		struct map_profile p = map_test_profile(s, false);

		for (int status = 400; status <= 699; status++) {
			int got = across_isup(status, &p), want = back[s][status];

			ck_assert_msg(want ? got == want && got / 100 != status / 100 &&
				      cause[s][status] == map_status_to_cause(status, &p)
				      : got / 100 == status / 100, "%s: %d comes back as %d",
				      map_standard_name(s), status, got);
		}
	}
}
END_TEST

/* --- ISUP -> SIP -> ISUP --- */

enum { RESPONSE, BYE, CANCEL };

/* What is told of a cause by SIP, and told back. */
static struct cc_release across_sip(const struct cc_release *r, int how,
				    const struct map_profile *p)
{
	static struct sip_out out;
	struct sip_msg m = { .is_request = how != RESPONSE, .retry_after = -1 };
	struct cc_release back;
	struct isup_msg isup;
	bool has;

	memset(&out, 0, sizeof(out));
	if (how == RESPONSE)
		m.status = map_release_to_response(&out, r, NULL, false, p);
	else
		ck_assert_int_eq(map_release_to_bye(&out, r, NULL, false, how == CANCEL, p), 0);
	ck_assert(out.reason[0]);
	m.method = how == BYE ? SIP_BYE : how == CANCEL ? SIP_CANCEL : SIP_INVITE;
	m.reason = out.reason;
	if (how == RESPONSE)
		map_failure_to_release(&back, &isup, &has, m.status, &m, p);
	else
		map_bye_to_release(&back, &isup, &has, &m, p);
	return back;
}

START_TEST(a_cause_is_kept_across_sip)
{
	struct map_profile p = map_test_profile(_i, false);

	for (unsigned int cause = 1; cause <= 127; cause++)
		for (unsigned int location = 0; location < 16; location++)
			for (int how = RESPONSE; how <= CANCEL; how++) {
				struct cc_release r = release_of(cause, location);
				struct cc_release back = across_sip(&r, how, &p);

				ck_assert_msg(back.cause.value == cause, "%u comes back as %u",
					      cause, back.cause.value);
				ck_assert_msg(back.cause.location == location,
					      "%u: location %u comes back as %u", cause, location,
					      back.cause.location);
			}
}
END_TEST

/* Without Reason the tables alone decide, and the failure may change each time; but not for ever:
 * 480, 18, 408, 102, 504 is the longest way. */
START_TEST(tables_come_to_rest)
{
	struct map_profile p = map_test_profile(_i, false);

	for (unsigned int cause = 1; cause <= 127; cause++) {
		int status = map_cause_to_status(cause, 2, &p);

		for (int i = 0; i < 3; i++)
			status = across_isup(status, &p);
		ck_assert_msg(across_isup(status, &p) == status, "cause %u: %d, %d", cause, status,
			      across_isup(status, &p));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_properties");
	TCase *tc = tcase_create("map_properties");

	tcase_add_loop_test(tc, every_cause_has_a_status, 0, MAP_STANDARDS);
	tcase_add_loop_test(tc, every_status_has_a_cause, 0, MAP_STANDARDS);
	tcase_add_test(tc, a_failure_keeps_its_class_across_isup);
	tcase_add_loop_test(tc, a_cause_is_kept_across_sip, 0, MAP_STANDARDS);
	tcase_add_loop_test(tc, tables_come_to_rest, 0, MAP_STANDARDS);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
