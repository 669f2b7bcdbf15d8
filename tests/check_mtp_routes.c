/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end with two SGs: choice of the association, order, failover, changeback. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit32gen.h>

#include "tests/mtp/asp.h"
#include "tests/mtp/harness.h"
#include "tests/suite.h"

static struct peer sg2;

static const char two_sgs[] =
	"cs7 instance 0\n"
	" network-indicator national\n"
	" point-code 1.1.1\n"
	" asp to-sg1 2905 2906 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  role asp\n"
	"  sctp-role client\n"
	" asp to-sg2 2905 2907 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.3\n"
	"  role asp\n"
	"  sctp-role client\n";

static const char one_as[] =
	" as as-sg m3ua\n"
	"  asp to-sg1\n"
	"  asp to-sg2\n"
	"  traffic-mode %s\n"
	"  routing-key 101 1.1.1\n"
	" route-table system\n"
	"  update route 1.1.2 7.255.7 linkset as-sg\n";

static const char two_as[] =
	" as as-sg1 m3ua\n"
	"  asp to-sg1\n"
	"  routing-key 101 1.1.1\n"
	" as as-sg2 m3ua\n"
	"  asp to-sg2\n"
	"  routing-key 102 1.1.1\n"
	" route-table system\n"
	"  update route 1.1.2 7.255.7 linkset as-sg1\n"
	"  update route 1.1.0 7.255.0 linkset as-sg2\n";

static struct mtp *two_sgs_up(const char *rest, const char *mode)
{
	char text[2048], as[1024];
	struct mtp *mtp;

	peer_listen(&sg, "127.0.0.2", 2905);
	peer_listen(&sg2, "127.0.0.3", 2905);
	snprintf(as, sizeof(as), rest, mode);
	snprintf(text, sizeof(text), "%s%s", two_sgs, as);
	harness_config(text);
	mtp = open_mtp();
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	peer_up(&sg);
	peer_up(&sg2);
	return mtp;
}

/* What both SGs received: per SLS the number last seen, and where. */
struct arrivals {
	unsigned int n, at[2];
	int last[16];
	int where[16];
	bool mixed;			/* an SLS was seen at both */
};

static void collect(struct arrivals *a)
{
	struct peer *peers[] = { &sg, &sg2 };
	struct m3ua_data d;
	int number;

	for (int i = 0; i < 2; i++) {
		while (peers[i]->fd >= 0 && peer_poll(peers[i])) {
			if (m3ua_data_decode(&d, peers[i]->msg, peers[i]->len) < 0)
				continue;
			ck_assert_uint_eq(peers[i]->stream, 1 + d.sls % 9);
			number = (int)strtol((const char *)d.sdu, NULL, 10);
			ck_assert_msg(number > a->last[d.sls], "SLS %u: %d after %d", d.sls, number,
				      a->last[d.sls]);
			a->mixed |= a->where[d.sls] >= 0 && a->where[d.sls] != i;
			a->last[d.sls] = number;
			a->where[d.sls] = i;
			a->n++;
			a->at[i]++;
		}
	}
}

static void arrivals_forget(struct arrivals *a)
{
	a->n = a->at[0] = a->at[1] = 0;
	a->mixed = false;
	memset(a->where, -1, sizeof(a->where));
}

/* n messages over 16 SLS; how many were taken. */
static unsigned int traffic(struct mtp *mtp, struct arrivals *a, unsigned int n, int *number)
{
	unsigned int taken = 0;
	char text[16];

	for (unsigned int i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%d", ++*number);
		taken += transfer(mtp, FAR, i % 16, text) == 0;
		if (i % 8 == 7) {
			run_ms(1);
			collect(a);
		}
	}
	run_ms(10);
	collect(a);
	return taken;
}

START_TEST(loadshare_keeps_order)
{
	struct mtp *mtp = two_sgs_up(one_as, "loadshare");
	struct arrivals a = { 0 };
	int number = 0;

	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 320, &number), 320);
	ck_assert(a.n == 320 && !a.mixed && a.at[0] == 160 && a.at[1] == 160);

	peer_close(&sg);
	run_ms(5);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 320, &number), 320);
	ck_assert(a.n == 320 && a.at[1] == 320);
	ck_assert_uint_eq(seen.paused, 1);		/* the one from before there was any */

	/* changeback under traffic: in order, half of them are at home again */
	peer_up(&sg);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 160, &number), 160);
	RUN_UNTIL((collect(&a), a.n) == 160);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 320, &number), 320);
	ck_assert(a.n == 320 && !a.mixed && a.at[0] == 160 && a.at[1] == 160);

	/* DUNA of one SG only: the other is left */
	peer_send_ssnm(&sg2, M3UA_SNM_DUNA, FAR);
	run_ms(5);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 160, &number), 160);
	ck_assert(a.n == 160 && a.at[0] == 160);
	peer_send_ssnm(&sg, M3UA_SNM_DUNA, FAR);
	RUN_UNTIL(seen.paused == 2);
	mtp_close(mtp);
}
END_TEST

START_TEST(override_fails_over)
{
	struct mtp *mtp = two_sgs_up(one_as, "override");
	struct arrivals a = { 0 };
	int number = 0;

	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 64, &number), 64);
	ck_assert(a.n == 64 && a.at[0] == 64);
	peer_beat(&sg2);
	peer_close(&sg);
	run_ms(5);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 64, &number), 64);
	ck_assert(a.n == 64 && a.at[1] == 64);
	peer_up(&sg);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 64, &number), 64);
	ck_assert(a.n == 64 && a.at[1] == 64);		/* it stays */
	peer_close(&sg2);
	run_ms(5);
	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 64, &number), 64);
	ck_assert(a.n == 64 && a.at[0] == 64);
	ck_assert_uint_eq(seen.paused, 1);
	mtp_close(mtp);
}
END_TEST

START_TEST(second_route_takes_over)
{
	struct mtp *mtp = two_sgs_up(two_as, "");
	struct arrivals a = { 0 };
	int number = 0;

	arrivals_forget(&a);
	ck_assert_uint_eq(traffic(mtp, &a, 32, &number), 32);
	ck_assert(a.n == 32 && a.at[0] == 32);		/* the longer mask first */
	ck_assert_int_eq(transfer(mtp, FAR, 0, "9999"), 0);
	ck_assert_uint_eq(expect_data(&sg).rc, 101);

	peer_send_ssnm(&sg, M3UA_SNM_DRST, FAR);	/* restricted: the other one is better */
	run_ms(5);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "99999"), 0);
	ck_assert_uint_eq(expect_data(&sg2).rc, 102);
	peer_send_ssnm(&sg2, M3UA_SNM_DUNA, FAR);	/* but better than none */
	run_ms(5);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "999999"), 0);
	ck_assert_uint_eq(expect_data(&sg).rc, 101);

	peer_send_ssnm(&sg2, M3UA_SNM_DAVA, FAR);
	peer_close(&sg);
	run_ms(5);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "9999999"), 0);
	ck_assert_uint_eq(expect_data(&sg2).rc, 102);
	ck_assert_uint_eq(seen.paused, 1);

	/* DATA with the context of an AS the ASP does not serve */
	sg2.rc = 101;
	peer_send_data(&sg2, FAR, OWN, 0, "wrong");
	peer_expect(&sg2, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
	ck_assert_uint_eq(osmo_load32be(sg2.msg + 12), M3UA_ERR_INVAL_ROUT_CTX);
	ck_assert_uint_eq(seen.n_data, 0);
	mtp_close(mtp);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp_routes");
	TCase *tc = tcase_create("routes");

	tcase_set_timeout(tc, 30);
	tcase_add_checked_fixture(tc, harness_init, harness_exit);
	tcase_add_test(tc, loadshare_keeps_order);
	tcase_add_test(tc, override_fails_over);
	tcase_add_test(tc, second_route_takes_over);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
