/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end as signalling gateway and as IPSP. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit32gen.h>

#include "tests/mtp/harness.h"
#include "tests/suite.h"

static struct seen seen;
static struct peer asp, asp2;

enum { OWN = 1 << 11 | 1 << 3 | 1, FAR = 1 << 11 | 1 << 3 | 2, OTHER = 1 << 11 | 1 << 3 | 3 };

static const char sg_config[] =
	"cs7 instance 0\n"
	" network-indicator national\n"
	" point-code 1.1.1\n"
	" asp from-a 2906 2905 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  role sg\n"
	"  sctp-role server\n"
	" asp from-b 2907 2905 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.3\n"
	"  role sg\n"
	"  sctp-role server\n"
	" as as-far m3ua\n"
	"  asp from-a\n"
	"  asp from-b\n"
	"  traffic-mode %s\n"
	"  routing-key 101 1.1.2\n"
	" route-table system\n"
	"  update route 1.1.2 7.255.7 linkset as-far\n"
	" listen m3ua 2905\n"
	"  local-ip 127.0.0.1\n"
	"  accept-asp-connections %s\n";

static struct mtp *sg_open(const char *mode, const char *accept)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp;
	char text[1024];

	snprintf(text, sizeof(text), sg_config, mode, accept);
	harness_config(text);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_ptr_nonnull(mtp);
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	return mtp;
}

static void asp_connect(void)
{
	peer_connect(&asp, "127.0.0.2", 2906, "127.0.0.1", 2905);
	asp.rc = 101;
	peer_asp_activate(&asp);
}

static void asp2_connect(void)
{
	peer_connect(&asp2, "127.0.0.3", 2907, "127.0.0.1", 2905);
	asp2.rc = 101;
	peer_asp_activate(&asp2);
}

static int transfer(struct mtp *mtp, uint8_t sls, const char *text)
{
	const struct mtp_label l = { .opc = OWN, .dpc = FAR, .sls = sls, .ni = 2, .prio = 0 };

	return mtp_transfer(mtp, &l, (const uint8_t *)text, strlen(text));
}

static struct m3ua_data expect_data(struct peer *p)
{
	struct m3ua_data d;

	peer_expect(p, M3UA_MSGC_XFER, M3UA_XFER_DATA);
	ck_assert_int_eq(m3ua_data_decode(&d, p->msg, p->len), 0);
	return d;
}

static void expect_ssnm(struct peer *p, uint8_t type, uint32_t pc)
{
	struct m3ua_ssnm s;

	peer_expect(p, M3UA_MSGC_SNM, type);
	ck_assert_int_eq(m3ua_ssnm_decode(&s, p->msg, p->len), 0);
	ck_assert_uint_eq(osmo_load32be(s.pcs), pc);
}

START_TEST(sg_serves_an_asp)
{
	struct mtp *mtp = sg_open("override", "pre-configured");

	ck_assert_uint_eq(seen.paused, 1);
	asp_connect();
	RUN_UNTIL(seen.resumed == 1);
	ck_assert_int_eq(transfer(mtp, 4, "IAM"), 0);
	ck_assert_mem_eq(expect_data(&asp).sdu, "IAM", 3);
	ck_assert_uint_eq(asp.stream, 1 + 4);
	peer_send_data(&asp, FAR, OWN, 9, "ACM");
	RUN_UNTIL(seen.n_data == 1);
	ck_assert(seen.data[0].label.ni == 2 && seen.data[0].label.prio == 1 &&
		  seen.data[0].label.sls == 9);

	/* no transit; a user we have not; audit */
	peer_send_data(&asp, FAR, OTHER, 9, "transit");
	expect_ssnm(&asp, M3UA_SNM_DUNA, OTHER);
	peer_send_hex(&asp,
		      "0100010100000028 00060008 00000065 02100015 0000080a 00000809 03020001"
		      "aabbccdd ee000000");
	expect_ssnm(&asp, M3UA_SNM_DUPU, OWN);
	ck_assert_uint_eq(osmo_load32be(asp.msg + asp.len - 4), 1 << 16 | 3);
	peer_send_ssnm(&asp, M3UA_SNM_DAUD, OWN);
	expect_ssnm(&asp, M3UA_SNM_DAVA, OWN);
	peer_send_ssnm(&asp, M3UA_SNM_DAUD, OTHER);
	expect_ssnm(&asp, M3UA_SNM_DUNA, OTHER);
	peer_send_ssnm(&asp, M3UA_SNM_DAUD, 8u << 24 | (OWN & ~0xffu));
	expect_ssnm(&asp, M3UA_SNM_DAVA, OWN);
	ck_assert_uint_eq(seen.n_data, 1);

	/* another point code is ours, too */
	ck_assert_int_eq(mtp_sigtran_add_pc(mtp, OTHER), 0);
	peer_send_data(&asp, FAR, OTHER, 9, "mine");
	RUN_UNTIL(seen.n_data == 2);
	/* an SG does not listen to an ASP about destinations, but does about its congestion */
	peer_send_ssnm(&asp, M3UA_SNM_DUNA, FAR);
	peer_expect(&asp, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
	peer_send_ssnm(&asp, M3UA_SNM_SCON, FAR);
	RUN_UNTIL(seen.n_status == 1);
	ck_assert_uint_eq(seen.paused, 1);
	mtp_close(mtp);
}
END_TEST

START_TEST(sg_sees_asps_come_and_go)
{
	struct mtp *mtp = sg_open("override", "pre-configured");

	for (unsigned int i = 0; i < 3; i++) {
		asp_connect();
		RUN_UNTIL(seen.resumed == 1 + 2 * i);
		peer_send_simple(&asp, M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE);
		peer_expect(&asp, M3UA_MSGC_ASPTM, M3UA_ASPTM_INACTIVE_ACK);
		RUN_UNTIL(seen.paused == 2 + 2 * i);
		ck_assert_int_eq(transfer(mtp, 0, "x"), -ENETUNREACH);
		peer_send_simple(&asp, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
		peer_expect(&asp, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
		RUN_UNTIL(seen.resumed == 2 + 2 * i);
		ck_assert_int_eq(transfer(mtp, 0, "lost"), 0);
		peer_close(&asp);
		RUN_UNTIL(seen.paused == 3 + 2 * i);
	}
	mtp_close(mtp);
}
END_TEST

/* The ASP connects anew while its old association is still there. */
START_TEST(sg_replaces_an_association)
{
	struct mtp *mtp = sg_open("override", "pre-configured");
	struct peer old;

	asp_connect();
	RUN_UNTIL(seen.resumed == 1);
	for (unsigned int i = 0; i < 3; i++) {
		old = asp;
		asp_connect();
		ck_assert_int_eq(transfer(mtp, 0, "new"), 0);
		ck_assert_mem_eq(expect_data(&asp).sdu, "new", 3);
		peer_close(&old);
		run_ms(5);
		peer_beat(&asp);
	}
	ck_assert_int_eq(transfer(mtp, 0, "still"), 0);
	ck_assert_mem_eq(expect_data(&asp).sdu, "still", 5);
	mtp_close(mtp);
}
END_TEST

START_TEST(sg_override_and_loadshare)
{
	struct mtp *mtp = sg_open(_i ? "loadshare" : "override", "pre-configured");

	asp_connect();
	asp2_connect();
	for (uint8_t sls = 0; sls < 2; sls++) {
		ck_assert_int_eq(transfer(mtp, sls, "x"), 0);
		/* override: the ASP that became active last has it all */
		expect_data(_i && sls == 0 ? &asp : &asp2);
	}
	peer_close(&asp2);
	run_ms(5);
	if (_i) {
		ck_assert_int_eq(transfer(mtp, 1, "y"), 0);
		expect_data(&asp);
	} else {
		ck_assert_int_eq(transfer(mtp, 1, "y"), -ENETUNREACH);
		peer_send_simple(&asp, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
		RUN_UNTIL(transfer(mtp, 1, "y") == 0);
		expect_data(&asp);
	}
	mtp_close(mtp);
}
END_TEST

/* An ASP nobody configured is let in where the listener says so, and is guarded like the others. */
START_TEST(dynamic_asp_is_guarded)
{
	struct mtp *mtp = sg_open("override", "dynamic-permitted");
	struct peer dyn;

	for (unsigned int i = 0; i < 3; i++) {
		peer_connect(&dyn, "127.0.0.9", 4000 + i, "127.0.0.1", 2905);
		run_ms(5);
		/* ERROR with an empty code */
		peer_send_hex(&dyn, "010000000000000c 000c0004");
		/* ASPUP with a short identifier */
		peer_send_hex(&dyn, "010003010000000e 00110006 0102");
		peer_send_simple(&dyn, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP);
		peer_expect(&dyn, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK);
		peer_send_data(&dyn, FAR, OWN, 0, "not active");
		peer_expect(&dyn, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
		peer_beat(&dyn);
		peer_close(&dyn);
		run_ms(5);
	}
	ck_assert_uint_eq(seen.n_data, 0);
	mtp_close(mtp);
}
END_TEST

static const char ipsp_config[] =
	"m3ua 0 ipsp ipsp\n"
	"cs7 instance 0\n"
	" point-code 1.1.1\n"
	" asp ipsp %u %u m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  sctp-role %s\n"
	" as as-ipsp m3ua\n"
	"  asp ipsp\n"
	"  traffic-mode override\n"
	"  routing-key 101 1.1.2\n"
	"%s";

static void ipsp_traffic(struct mtp *mtp)
{
	RUN_UNTIL(seen.resumed == 1);
	ck_assert_int_eq(transfer(mtp, 2, "to you"), 0);
	ck_assert_mem_eq(expect_data(&asp).sdu, "to you", 6);
	asp.rc = 101;
	peer_send_data(&asp, FAR, OWN, 9, "to me");
	RUN_UNTIL(seen.n_data == 1);
	/* SSNM goes both ways between equals */
	peer_send_ssnm(&asp, M3UA_SNM_DAUD, OWN);
	expect_ssnm(&asp, M3UA_SNM_DAVA, OWN);
	peer_send_ssnm(&asp, M3UA_SNM_DUNA, FAR);
	RUN_UNTIL(seen.paused == 2);
	peer_send_ssnm(&asp, M3UA_SNM_DAVA, FAR);
	RUN_UNTIL(seen.resumed == 2);
	peer_beat(&asp);
	mtp_close(mtp);
}

static struct mtp *ipsp_open(bool server)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp;
	char text[1024];

	snprintf(text, sizeof(text), ipsp_config, server ? 2906 : 2905, server ? 2905 : 2906,
		 server ? "server" : "client",
		 server ? " listen m3ua 2905\n  local-ip 127.0.0.1\n" : "");
	harness_config(text);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_ptr_nonnull(mtp);
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	return mtp;
}

/* What is written can be read again: the library's part of an IPSP, and our lines. */
START_TEST(configuration_is_written)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp = ipsp_open(false);
	char text[8192];

	harness_command("configure terminal");
	harness_command("m3ua 0 network-appearance 4294967294");
	harness_command("m3ua 0 point-code 1.1.3");
	harness_command("m3ua 0 point-code 1.1.4");
	harness_command("no m3ua 0 point-code 1.1.4");
	harness_command("m3ua 1 network-appearance 5");
	harness_command("no m3ua 1 network-appearance");
	harness_command("m3ua 0 network-appearance 9");
	harness_written(text, sizeof(text));
	ck_assert_ptr_nonnull(strstr(text, "\nm3ua 0 ipsp ipsp\nm3ua 0 network-appearance 9\n"
				     "m3ua 0 point-code 1.1.3\n"));
	ck_assert_ptr_null(strstr(text, "m3ua 1"));
	ck_assert_ptr_null(strstr(text, "role ipsp"));
	mtp_close(mtp);

	harness_config(text);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_ptr_nonnull(mtp);
	mtp_close(mtp);
	harness_command("m3ua 0 ipsp nobody");
	ck_assert_ptr_null(mtp_sigtran_open(NULL, &user, 0));
}
END_TEST

/* An instance no back end is opened for: its ASPs do not connect, and are not let in. */
START_TEST(unused_instance_is_closed)
{
	struct mtp_user user = seen_user(&seen);
	struct peer far;
	struct mtp *mtp;
	char text[2048];

	snprintf(text, sizeof(text), sg_config, "override", "pre-configured");
	strncat(text,
		"cs7 instance 1\n"
		" point-code 2.2.2\n"
		" asp out 2905 2909 m3ua\n"
		"  local-ip 127.0.0.1\n"
		"  remote-ip 127.0.0.5\n"
		"  role asp\n"
		"  sctp-role client\n"
		" asp in 2910 2905 m3ua\n"
		"  local-ip 127.0.0.1\n"
		"  remote-ip 127.0.0.6\n"
		"  role sg\n"
		"  sctp-role server\n", sizeof(text) - strlen(text) - 1);
	peer_listen(&far, "127.0.0.5", 2905);
	harness_config(text);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_ptr_nonnull(mtp);
	peer_accept(&far);
	RUN_UNTIL(peer_closed(&far));
	peer_connect(&asp2, "127.0.0.6", 2910, "127.0.0.1", 2905);
	RUN_UNTIL(peer_closed(&asp2));
	asp_connect();
	mtp_close(mtp);
}
END_TEST

START_TEST(ipsp_as_client)
{
	struct mtp *mtp;

	peer_listen(&asp, "127.0.0.2", 2905);
	mtp = ipsp_open(false);
	peer_accept(&asp);		/* from when it was an SG yet */
	peer_close(&asp);
	peer_up(&asp);
	ipsp_traffic(mtp);
}
END_TEST

START_TEST(ipsp_as_server)
{
	struct mtp *mtp = ipsp_open(true);

	peer_connect(&asp, "127.0.0.2", 2906, "127.0.0.1", 2905);
	peer_asp_activate(&asp);
	ipsp_traffic(mtp);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp_server");
	TCase *tc = tcase_create("roles");

	tcase_set_timeout(tc, 30);
	tcase_add_checked_fixture(tc, harness_init, harness_exit);
	tcase_add_test(tc, sg_serves_an_asp);
	tcase_add_test(tc, sg_sees_asps_come_and_go);
	tcase_add_test(tc, sg_replaces_an_association);
	tcase_add_loop_test(tc, sg_override_and_loadshare, 0, 2);
	tcase_add_test(tc, dynamic_asp_is_guarded);
	tcase_add_test(tc, configuration_is_written);
	tcase_add_test(tc, unused_instance_is_closed);
	tcase_add_test(tc, ipsp_as_client);
	tcase_add_test(tc, ipsp_as_server);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
