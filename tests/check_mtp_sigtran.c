/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end against M3UA peers: DATA, loss and return of an association,
 * congestion. */
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/sctp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit32gen.h>

#include "tests/mtp/asp.h"
#include "tests/mtp/harness.h"
#include "tests/mtp/seam.h"
#include "tests/suite.h"

START_TEST(asp_carries_data_both_ways)
{
	struct mtp *mtp = asp_up();
	struct m3ua_data d;

	ck_assert_int_eq(transfer(mtp, FAR, 13, "IAM"), 0);
	d = expect_data(&sg);
	ck_assert_uint_eq(sg.stream, 1 + 13 % 9);
	ck_assert(d.has_rc && d.rc == 101 && !d.has_na);
	ck_assert(d.opc == OWN && d.dpc == FAR && d.si == 5 && d.ni == 2 && d.mp == 3 &&
		  d.sls == 13);
	ck_assert(d.len == 3 && memcmp(d.sdu, "IAM", 3) == 0);

	peer_send_data(&sg, FAR, OWN, 200, "ACM");
	RUN_UNTIL(seen.n_data == 1);
	ck_assert(seen.data[0].label.opc == FAR && seen.data[0].label.dpc == OWN &&
		  seen.data[0].label.sls == 200);
	ck_assert(seen.data[0].label.ni == 2 && seen.data[0].label.prio == 1);
	ck_assert(seen.data[0].len == 3 && memcmp(seen.data[0].sdu, "ACM", 3) == 0);
	mtp_close(mtp);
}
END_TEST

START_TEST(sizes_are_limited)
{
	struct mtp *mtp = asp_up();
	const struct mtp_label l = { .opc = OWN, .dpc = FAR };
	uint8_t sdu[MTP_MAX_SDU + 1] = { 0 };
	struct m3ua_data d;

	ck_assert_int_eq(mtp_transfer(mtp, &l, sdu, 0), -EMSGSIZE);
	ck_assert_int_eq(mtp_transfer(mtp, &l, sdu, MTP_MAX_SDU + 1), -EMSGSIZE);
	ck_assert_int_eq(mtp_transfer(mtp, &l, sdu, MTP_MAX_SDU), 0);
	d = expect_data(&sg);
	ck_assert_uint_eq(d.len, MTP_MAX_SDU);
	ck_assert_int_eq(transfer(mtp, FAR + 1, 0, "no route"), -ENETUNREACH);
	ck_assert(!mtp_reachable(mtp, FAR + 1));
	ck_assert(mtp_reachable(mtp, FAR));
	mtp_close(mtp);
}
END_TEST

START_TEST(network_appearance)
{
	struct mtp *mtp = asp_up();
	struct m3ua_data d;

	ck_assert_int_eq(mtp_sigtran_set_na(mtp, 7), 0);
	ck_assert_int_eq(transfer(mtp, FAR, 1, "na"), 0);
	d = expect_data(&sg);
	ck_assert(d.has_na && d.na == 7);
	peer_send_hex(&sg,
		      "0100010100000030 02000008 00000007 00060008 00000065 02100015 0000080a"
		      "00000809 05020001 aabbccdd ee000000");
	RUN_UNTIL(seen.n_data == 1);
	peer_send_hex(&sg,
		      "0100010100000030 02000008 00000008 00060008 00000065 02100015 0000080a"
		      "00000809 05020001 aabbccdd ee000000");
	peer_expect(&sg, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
	ck_assert_uint_eq(osmo_load32be(sg.msg + 12), M3UA_ERR_INVAL_NET_APPEAR);
	peer_send_data(&sg, FAR, OWN, 1, "without");
	RUN_UNTIL(seen.n_data == 2);
	ck_assert_int_eq(mtp_sigtran_set_na(mtp, MTP_NA_NONE), 0);
	ck_assert_int_eq(transfer(mtp, FAR, 1, "none"), 0);
	d = expect_data(&sg);
	ck_assert(!d.has_na);
	mtp_close(mtp);
}
END_TEST

/* Data waits when the association dies: it must not reach the next one, ASPUP comes first, traffic
 * resumes. */
START_TEST(flap_under_traffic)
{
	struct mtp *mtp = asp_up();
	unsigned int n = 0;

	for (int round = 0; round < 2; round++) {
		while (transfer(mtp, FAR, n % 16, "stale") == 0) {
			if (++n % 50 == 0)
				run_ms(1);
		}
		peer_close(&sg);
		RUN_UNTIL(seen.paused == 2u + round);
		ck_assert_int_eq(transfer(mtp, FAR, 0, "down"), -ENETUNREACH);
		peer_accept(&sg);
		peer_expect_next(&sg, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP);
		peer_send_simple(&sg, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK);
		peer_expect_next(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
		ck_assert_int_eq(transfer(mtp, FAR, 0, "inactive"), -ENETUNREACH);
		peer_send_simple(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
		peer_expect_next(&sg, M3UA_MSGC_SNM, M3UA_SNM_DAUD);
		RUN_UNTIL(seen.resumed == 2u + round);
		ck_assert_int_eq(transfer(mtp, FAR, 0, "fresh"), 0);
		ck_assert_mem_eq(expect_data(&sg).sdu, "fresh", 5);
	}
	ck_assert_uint_gt(n, 500);
	mtp_close(mtp);
}
END_TEST

/* The SG takes the ASP down, or inactive, without being asked: it is activated again. */
START_TEST(unsolicited_acknowledges)
{
	struct mtp *mtp = asp_up();

	peer_send_simple(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE_ACK);
	RUN_UNTIL(seen.paused == 2);
	peer_expect(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
	peer_send_simple(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
	RUN_UNTIL(seen.resumed == 2);
	peer_send_simple(&sg, M3UA_MSGC_ASPSM, M3UA_ASPSM_DOWN_ACK);
	RUN_UNTIL(seen.paused == 3);
	peer_sg_activate(&sg);
	RUN_UNTIL(seen.resumed == 3);
	mtp_close(mtp);
}
END_TEST

static void notify_assoc(uint16_t state)
{
	const struct sctp_assoc_change n = {
		.sac_type = SCTP_ASSOC_CHANGE, .sac_length = sizeof(n), .sac_state = state,
	};

	peer_send_raw(&sg, &n, sizeof(n), 0, SEAM_EOR | SEAM_NOTIFICATION);
}

/* SCTP tells that the peer began anew: so do we. That it shuts down: we connect again. */
START_TEST(association_events)
{
	const struct sctp_shutdown_event shutdown = {
		.sse_type = SCTP_SHUTDOWN_EVENT, .sse_length = sizeof(shutdown),
	};
	struct mtp *mtp = asp_up();

	notify_assoc(SCTP_RESTART);
	RUN_UNTIL(seen.paused == 2);
	peer_sg_activate(&sg);
	RUN_UNTIL(seen.resumed == 2);
	peer_send_raw(&sg, &shutdown, sizeof(shutdown), 0, SEAM_EOR | SEAM_NOTIFICATION);
	RUN_UNTIL(seen.paused == 3);
	peer_close(&sg);
	peer_up(&sg);
	RUN_UNTIL(seen.resumed == 3);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "still here"), 0);
	expect_data(&sg);
	mtp_close(mtp);
}
END_TEST

/* Another ASP of our AS took over; it fails, and we ask for the traffic. */
START_TEST(standby_in_override)
{
	struct mtp *mtp = asp_up();

	peer_send_hex(&sg, "0100000100000010 000d0008 00020002");
	RUN_UNTIL(seen.paused == 2);
	peer_send_hex(&sg, "0100000100000010 000d0008 00010004");
	peer_expect(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE);
	peer_send_simple(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE_ACK);
	peer_expect(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
	peer_send_simple(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
	RUN_UNTIL(seen.resumed == 2);
	mtp_close(mtp);
}
END_TEST

START_TEST(congestion_is_bounded_and_told)
{
	struct mtp *mtp = asp_up();
	unsigned int taken = 0, got = 0;
	char text[16];
	struct m3ua_data d;
	int rc;

	do {
		snprintf(text, sizeof(text), "%u", taken);
		rc = transfer(mtp, FAR, 3, text);
		taken += rc == 0;
		if (taken % 16 == 0)
			run_ms(1);
	} while (rc == 0 && taken < 20000);
	ck_assert_int_eq(rc, -ENOBUFS);
	run_ms(5);
	ck_assert(seen.n_status == 3 && seen.status == MTP_STATUS_CONGESTED && seen.level == 3);
	ck_assert(mtp_reachable(mtp, FAR));

	while (got < taken) {
		RUN_UNTIL(peer_poll(&sg));
		if (m3ua_data_decode(&d, sg.msg, sg.len) == 0)
			ck_assert_int_eq((int)strtol((const char *)d.sdu, NULL, 10), (int)got++);
	}
	RUN_UNTIL(seen.level == 0);
	ck_assert_int_eq(transfer(mtp, FAR, 3, "again"), 0);
	ck_assert_mem_eq(expect_data(&sg).sdu, "again", 5);
	mtp_close(mtp);
}
END_TEST

static char shown[8192];

static void keep_line(void *ctx, const char *text)
{
	strncat(shown, text, sizeof(shown) - strlen(shown) - 2);
	strncat(shown, "\n", sizeof(shown) - strlen(shown) - 1);
}

START_TEST(show_says_what_is)
{
	struct mtp *mtp = asp_up();

	ck_assert_int_eq(transfer(mtp, FAR, 0, "x"), 0);
	peer_send_hex(&sg, "0200030300000008");
	run_ms(10);
	mtp_show(mtp, keep_line, NULL);
	ck_assert_ptr_nonnull(strstr(shown, "as as-sg AS_ACTIVE override routing-context=101\n"));
	ck_assert_ptr_nonnull(strstr(shown, "asp to-sg ASP ASP_ACTIVE "
				     "(r=127.0.0.2:2905<->l=127.0.0.1:2906) sent=1 "));
	ck_assert_ptr_nonnull(strstr(shown, "refused: version=1\n"));
	ck_assert_ptr_nonnull(strstr(shown, "point-code 1.1.2 available links=1/1 as=as-sg\n"));
	mtp_close(mtp);
}
END_TEST

START_TEST(open_refuses)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp;

	ck_assert_ptr_null(mtp_sigtran_open(NULL, &user, 0));
	harness_config(asp_config);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_ptr_nonnull(mtp);
	ck_assert_ptr_null(mtp_sigtran_open(NULL, &user, 0));
	ck_assert_int_eq(mtp_sigtran_set_ipsp(0, "nobody"), -ENOENT);
	ck_assert_int_eq(mtp_sigtran_set_ipsp(0, "to-sg"), -EBUSY);
	mtp_close(mtp);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp_sigtran");
	TCase *tc = tcase_create("flow");

	tcase_set_timeout(tc, 30);
	tcase_add_checked_fixture(tc, harness_init, harness_exit);
	tcase_add_test(tc, asp_carries_data_both_ways);
	tcase_add_test(tc, sizes_are_limited);
	tcase_add_test(tc, network_appearance);
	tcase_add_test(tc, flap_under_traffic);
	tcase_add_test(tc, unsolicited_acknowledges);
	tcase_add_test(tc, association_events);
	tcase_add_test(tc, standby_in_override);
	tcase_add_test(tc, congestion_is_bounded_and_told);
	tcase_add_test(tc, show_says_what_is);
	tcase_add_test(tc, open_refuses);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
