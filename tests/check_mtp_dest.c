/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end: what an SG says about destinations becomes MTP's primitives. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>

#include <osmocom/core/bit32gen.h>

#include "tests/mtp/asp.h"
#include "tests/mtp/harness.h"
#include "tests/suite.h"

START_TEST(ssnm_becomes_primitives)
{
	struct mtp *mtp = asp_up();

	peer_send_ssnm(&sg, M3UA_SNM_DUNA, FAR);
	RUN_UNTIL(seen.paused == 2);
	ck_assert_uint_eq(seen.last_pc, FAR);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "x"), -ENETUNREACH);
	peer_send_ssnm(&sg, M3UA_SNM_DAVA, FAR);
	RUN_UNTIL(seen.resumed == 2);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "x"), 0);

	/* 256 codes, FAR among them */
	peer_send_ssnm(&sg, M3UA_SNM_DUNA, 8u << 24 | (FAR & ~0xffu));
	RUN_UNTIL(seen.paused == 3);
	peer_send_ssnm(&sg, M3UA_SNM_DRST, 24u << 24);			/* all of them */
	RUN_UNTIL(seen.resumed == 3);
	ck_assert_int_eq(transfer(mtp, FAR, 0, "restricted is available"), 0);
	peer_send_ssnm(&sg, M3UA_SNM_DUNA, FAR + 1);
	run_ms(20);
	ck_assert_uint_eq(seen.paused, 3);

	/* SCON without and with level, then abated; DUPU for ISUP (5), and for another user, which
	 * is not told */
	peer_send_ssnm(&sg, M3UA_SNM_SCON, FAR);
	RUN_UNTIL(seen.n_status == 1 && seen.status == MTP_STATUS_CONGESTED && seen.level == 1);
	peer_send_hex(&sg, "0100020400000018 00120008 0000080a 02050008 00000003");
	RUN_UNTIL(seen.n_status == 2 && seen.status == MTP_STATUS_CONGESTED && seen.level == 3);
	peer_send_hex(&sg, "0100020400000018 00120008 0000080a 02050008 00000000");
	RUN_UNTIL(seen.n_status == 3 && seen.level == 0);
	peer_send_hex(&sg, "0100020500000018 00120008 0000080a 02040008 00010005");
	RUN_UNTIL(seen.n_status == 4 && seen.status == MTP_STATUS_USER_UNEQUIPPED);
	peer_send_hex(&sg, "0100020500000018 00120008 0000080a 02040008 00020005");
	RUN_UNTIL(seen.n_status == 5 && seen.status == MTP_STATUS_USER_INACCESSIBLE);
	peer_send_hex(&sg, "0100020500000018 00120008 0000080a 02040008 00020003");
	run_ms(20);
	ck_assert_uint_eq(seen.n_status, 5);
	ck_assert_uint_eq(seen.last_pc, FAR);
	mtp_close(mtp);
}
END_TEST

START_TEST(destinations_are_audited)
{
	struct mtp *mtp = asp_up();
	struct m3ua_ssnm s;

	peer_expect(&sg, M3UA_MSGC_SNM, M3UA_SNM_DAUD);
	ck_assert_int_eq(m3ua_ssnm_decode(&s, sg.msg, sg.len), 0);
	ck_assert(s.n_pcs == 1 && osmo_load32be(s.pcs) == FAR);
	ck_assert_uint_eq(sg.stream, 0);
	ck_assert_int_eq(mtp_watch(mtp, FAR + 5), 0);
	ck_assert_uint_eq(seen.paused, 2);		/* no route */
	peer_expect(&sg, M3UA_MSGC_SNM, M3UA_SNM_DAUD);
	ck_assert_uint_eq(osmo_load32be(sg.msg + sg.len - 4), FAR + 5);

	/* what was paused before an association was lost is asked again, and available until told
	 * otherwise */
	peer_send_ssnm(&sg, M3UA_SNM_DUNA, FAR);
	RUN_UNTIL(seen.paused == 3);
	peer_close(&sg);
	run_ms(20);
	peer_up(&sg);
	peer_expect(&sg, M3UA_MSGC_SNM, M3UA_SNM_DAUD);
	RUN_UNTIL(seen.resumed == 2);
	mtp_close(mtp);
}
END_TEST

/* An SG tells an ASP that is up, but not active yet. */
START_TEST(ssnm_before_active)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp;

	peer_listen(&sg, "127.0.0.2", 2905);
	harness_config(asp_config);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	peer_accept(&sg);
	peer_expect(&sg, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP);
	peer_send_ssnm(&sg, M3UA_SNM_DUNA, FAR);	/* not up: refused */
	peer_expect(&sg, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
	peer_send_simple(&sg, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK);
	peer_send_ssnm(&sg, M3UA_SNM_DUNA, FAR);
	peer_expect(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
	peer_send_simple(&sg, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
	peer_expect(&sg, M3UA_MSGC_SNM, M3UA_SNM_DAUD);
	run_ms(5);
	ck_assert_uint_eq(seen.resumed, 0);
	peer_send_ssnm(&sg, M3UA_SNM_DAVA, FAR);
	RUN_UNTIL(seen.resumed == 1);
	mtp_close(mtp);
}
END_TEST

/* Point codes somebody is answered at are not kept for ever; those watched are. */
START_TEST(destinations_are_bounded)
{
	struct mtp *mtp = asp_up();

	for (uint32_t pc = 0; pc < 3000; pc++)
		ck_assert(transfer(mtp, pc, 0, "x") == (pc == FAR ? 0 : -ENETUNREACH));
	for (uint32_t pc = 3000; pc < 3000 + 1023; pc++)
		ck_assert_int_eq(mtp_watch(mtp, pc), 0);
	ck_assert_int_eq(mtp_watch(mtp, 5000), -ENOSPC);
	ck_assert_int_eq(transfer(mtp, 5000, 0, "x"), -ENETUNREACH);
	ck_assert(!mtp_reachable(mtp, 5000) && mtp_reachable(mtp, FAR));
	mtp_close(mtp);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp_dest");
	TCase *tc = tcase_create("destinations");

	tcase_set_timeout(tc, 30);
	tcase_add_checked_fixture(tc, harness_init, harness_exit);
	tcase_add_test(tc, ssnm_becomes_primitives);
	tcase_add_test(tc, destinations_are_audited);
	tcase_add_test(tc, ssnm_before_active);
	tcase_add_test(tc, destinations_are_bounded);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
