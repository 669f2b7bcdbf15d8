/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end against M3UA peers: roles, DATA, destinations, choice of associations, congestion. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit32gen.h>

#include "tests/mtp/harness.h"

static struct seen seen;
static struct peer sg;

enum { OWN = 1 << 11 | 1 << 3 | 1, FAR = 1 << 11 | 1 << 3 | 2 };	/* 1.1.1, 1.1.2 */

static const char asp_config[] =
	"cs7 instance 0\n"
	" network-indicator national\n"
	" point-code 1.1.1\n"
	" asp to-sg 2905 2906 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  role asp\n"
	"  sctp-role client\n"
	" as as-sg m3ua\n"
	"  asp to-sg\n"
	"  traffic-mode override\n"
	"  routing-key 101 1.1.1\n"
	" route-table system\n"
	"  update route 1.1.2 7.255.7 linkset as-sg\n";

static struct mtp *open_mtp(void)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp = mtp_sigtran_open(NULL, &user, 0);

	ck_assert_ptr_nonnull(mtp);
	return mtp;
}

/* A gateway as ASP of one SG, active. */
static struct mtp *asp_up(void)
{
	struct mtp *mtp;

	peer_listen(&sg, "127.0.0.2", 2905);
	harness_config(asp_config);
	sg.rc = 101;
	mtp = open_mtp();
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	ck_assert_uint_eq(seen.paused, 1);
	peer_up(&sg);
	RUN_UNTIL(seen.resumed == 1);
	return mtp;
}

static int transfer(struct mtp *mtp, uint32_t dpc, uint8_t sls, const char *text)
{
	const struct mtp_label l = { .opc = OWN, .dpc = dpc, .sls = sls, .ni = 2, .prio = 3 };

	return mtp_transfer(mtp, &l, (const uint8_t *)text, strlen(text));
}

static struct m3ua_data expect_data(struct peer *p)
{
	struct m3ua_data d;

	peer_expect(p, M3UA_MSGC_XFER, M3UA_XFER_DATA);
	ck_assert_int_eq(m3ua_data_decode(&d, p->msg, p->len), 0);
	return d;
}

START_TEST(asp_carries_data_both_ways)
{
	struct mtp *mtp = asp_up();
	struct m3ua_data d;

	ck_assert_int_eq(transfer(mtp, FAR, 13, "IAM"), 0);
	d = expect_data(&sg);
	ck_assert_uint_eq(sg.stream, 1 + 13 % 9);
	ck_assert(d.has_rc && d.rc == 101 && !d.has_na);
	ck_assert(d.opc == OWN && d.dpc == FAR && d.si == 5 && d.ni == 2 && d.mp == 3 && d.sls == 13);
	ck_assert(d.len == 3 && memcmp(d.sdu, "IAM", 3) == 0);

	peer_send_data(&sg, FAR, OWN, 200, "ACM");
	RUN_UNTIL(seen.n_data == 1);
	ck_assert(seen.data[0].label.opc == FAR && seen.data[0].label.dpc == OWN && seen.data[0].label.sls == 200);
	ck_assert(seen.data[0].label.ni == 2 && seen.data[0].label.prio == 1);
	ck_assert(seen.data[0].len == 3 && memcmp(seen.data[0].sdu, "ACM", 3) == 0);
	mtp_close(mtp);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp_sigtran");
	TCase *tc = tcase_create("flow");
	SRunner *sr = srunner_create(s);
	int failed;

	tcase_set_timeout(tc, 30);
	tcase_add_checked_fixture(tc, harness_init, harness_exit);
	tcase_add_test(tc, asp_carries_data_both_ways);
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
