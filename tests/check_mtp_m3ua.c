/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA guard and codec: golden messages, limits, what is written can be read. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit16gen.h>
#include <osmocom/core/bit32gen.h>
#include <osmocom/sigtran/protocol/m3ua.h>

#include "gw/m3ua_check.h"
#include "gw/m3ua_msg.h"
#include "tests/mtp/golden.h"
#include "tests/suite.h"

static struct golden rows[GOLDEN_MAX];

/* Each row, and each beginning of each row: never good when cut, and read without going past the
 * end. */
START_TEST(golden)
{
	unsigned int n = golden_read(rows);
	enum m3ua_fault fault;
	uint8_t *exact;

	ck_assert_uint_gt(n, 60);
	for (unsigned int i = 0; i < n; i++) {
		fault = m3ua_check(rows[i].octets, rows[i].len);
		ck_assert_msg(strcmp(m3ua_fault_name(fault), rows[i].fault) == 0,
			      "line %u: %s, not %s", rows[i].line,
			      m3ua_fault_name(fault), rows[i].fault);
		for (size_t cut = 0; cut + 4 < rows[i].len; cut++) {
			exact = malloc(cut + 1);
			memcpy(exact, rows[i].octets, cut);
			ck_assert_msg(m3ua_check(exact, cut) != M3UA_GOOD, "line %u cut to %zu",
				      rows[i].line, cut);
			free(exact);
		}
	}
}
END_TEST

static size_t message(uint8_t *msg, uint8_t cls, uint8_t type, uint16_t tag, size_t len)
{
	size_t size = M3UA_HEADER + 4 + (len + 3) / 4 * 4;

	memset(msg, 0, size);
	msg[0] = 1;
	msg[2] = cls;
	msg[3] = type;
	osmo_store32be(size, msg + 4);
	osmo_store16be(tag, msg + 8);
	osmo_store16be(4 + len, msg + 10);
	return size;
}

START_TEST(longest_parameters)
{
	static const struct {
		uint8_t cls, type;
		uint16_t tag, longest;
	} limits[] = {
		{ 1, 1, M3UA_IEI_PROT_DATA, 12 + 1024 }, { 3, 3, M3UA_IEI_HEARDBT_DATA, 1024 },
		{ 2, 1, M3UA_IEI_AFFECTED_PC, 1024 }, { 3, 1, M3UA_IEI_INFO_STRING, 255 },
		{ 4, 1, M3UA_IEI_ROUTE_CTX, 512 },
	};
	uint8_t msg[2000];

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		size_t len = message(msg, limits[i].cls, limits[i].type, limits[i].tag,
				     limits[i].longest);

		ck_assert_int_eq(m3ua_check(msg, len), M3UA_GOOD);
		len = message(msg, limits[i].cls, limits[i].type, limits[i].tag,
			      limits[i].longest + 4);
		ck_assert_int_eq(m3ua_check(msg, len), M3UA_FAULT_PARAMETER_LENGTH);
	}
	ck_assert_int_eq(m3ua_check(msg, message(msg, 3, 3, 0x7000, 1388)), M3UA_GOOD);
	ck_assert_int_eq(m3ua_check(msg, message(msg, 3, 3, 0x7000, 1392)), M3UA_FAULT_SIZE);
}
END_TEST

START_TEST(data_there_and_back)
{
	uint8_t sdu[M3UA_MAX_SDU], msg[M3UA_MAX_MSG], small[40];
	struct m3ua_data a = { .has_na = true, .na = 0xfffffffe, .has_rc = true, .rc = 101,
			       .opc = 0xffffff, .dpc = 1,
			       .si = 5, .ni = 3, .mp = 2, .sls = 255, .sdu = sdu }, b;
	ssize_t n;

	for (unsigned int i = 0; i < sizeof(sdu); i++)
		sdu[i] = i * 7;
	for (a.len = 1; a.len <= M3UA_MAX_SDU; a.len++) {
		n = m3ua_data_encode(msg, sizeof(msg), &a);
		ck_assert_int_eq(n, 8 + 8 + 8 + 4 + 12 + (a.len + 3) / 4 * 4);
		ck_assert_int_eq(m3ua_check(msg, n), M3UA_GOOD);
		ck_assert_int_eq(m3ua_data_decode(&b, msg, n), 0);
		ck_assert(b.has_na && b.na == a.na && b.has_rc && b.rc == 101 &&
			  b.opc == 0xffffff && b.dpc == 1);
		ck_assert(b.si == 5 && b.ni == 3 && b.mp == 2 && b.sls == 255 && b.len == a.len);
		ck_assert_mem_eq(b.sdu, sdu, a.len);
	}
	ck_assert_int_eq(m3ua_data_encode(msg, sizeof(msg), &a), -EMSGSIZE);
	a.len = 1;
	ck_assert_int_eq(m3ua_data_encode(small, sizeof(small), &a), -EMSGSIZE);
	ck_assert_int_eq(m3ua_data_encode(small, 4, &a), -EMSGSIZE);
	a.has_na = false;
	n = m3ua_data_encode(small, sizeof(small), &a);
	ck_assert_int_eq(n, 36);
	osmo_store32be(1 << 24, small + 20);		/* an OPC of 25 bits */
	ck_assert_int_eq(m3ua_data_decode(&b, small, n), -EBADMSG);
}
END_TEST

START_TEST(ssnm_masks)
{
	struct m3ua_ssnm_req r = { .type = M3UA_SNM_DUNA, .has_rc = true, .rc = 5, .n_pcs = 3,
				   .pcs = { 0x000101, 0x08001200, 0x18000000 } };
	struct m3ua_ssnm s;
	uint8_t msg[400], mask;
	ssize_t n = m3ua_ssnm_encode(msg, sizeof(msg), &r);

	ck_assert_int_eq(m3ua_check(msg, n), M3UA_GOOD);
	ck_assert_int_eq(m3ua_ssnm_decode(&s, msg, n), 0);
	ck_assert(s.type == M3UA_SNM_DUNA && s.n_pcs == 3 && !s.has_na && !s.has_level);
	ck_assert(m3ua_ssnm_match(&s, 0, 0x101) && !m3ua_ssnm_match(&s, 0, 0x102));
	ck_assert(m3ua_ssnm_match(&s, 1, 0x1200) && m3ua_ssnm_match(&s, 1, 0x12ff));
	ck_assert(!m3ua_ssnm_match(&s, 1, 0x1300) && !m3ua_ssnm_match(&s, 1, 0x11ff));
	ck_assert(m3ua_ssnm_match(&s, 2, 0) && m3ua_ssnm_match(&s, 2, 0xffffff));
	ck_assert(m3ua_ssnm_pc(&s, 1, &mask) == 0x1200 && mask == 8);

	r = (struct m3ua_ssnm_req){ .type = M3UA_SNM_DUPU, .has_na = true, .na = 9, .n_pcs = 1,
				    .pcs = { 7 },
				    .user = 5, .cause = 2 };
	n = m3ua_ssnm_encode(msg, sizeof(msg), &r);
	ck_assert_int_eq(m3ua_check(msg, n), M3UA_GOOD);
	ck_assert_int_eq(m3ua_ssnm_decode(&s, msg, n), 0);
	ck_assert(s.has_na && s.na == 9 && s.user == 5 && s.cause == 2);
	r.n_pcs = 0;
	ck_assert_int_eq(m3ua_ssnm_encode(msg, sizeof(msg), &r), -EMSGSIZE);
	r.n_pcs = M3UA_MAX_PCS;
	ck_assert_int_eq(m3ua_ssnm_encode(msg, 100, &r), -EMSGSIZE);
	ck_assert_int_gt(m3ua_ssnm_encode(msg, sizeof(msg), &r), 256);
}
END_TEST

START_TEST(management)
{
	static const uint8_t notify[] = { 1, 0, 0, 1, 0, 0, 0, 24, 0, 0x0d, 0, 8, 0, 2, 0, 3, 0, 6,
					  0, 8, 0, 0, 0, 101 };
	struct m3ua_mgmt m;
	uint8_t msg[32];
	ssize_t n = m3ua_error_encode(msg, sizeof(msg), M3UA_ERR_INVAL_ROUT_CTX);

	ck_assert_int_eq(m3ua_check(msg, n), M3UA_GOOD);
	ck_assert_int_eq(m3ua_mgmt_decode(&m, msg, n), 0);
	ck_assert(m.type == M3UA_MGMT_ERR && m.code == M3UA_ERR_INVAL_ROUT_CTX);
	ck_assert_int_eq(m3ua_mgmt_decode(&m, notify, sizeof(notify)), 0);
	ck_assert(m.type == M3UA_MGMT_NTFY && m.status == 2 && m.info == 3 && m.has_rc &&
		  m.rc == 101);
	ck_assert_int_eq(m3ua_error_encode(msg, 8, 1), -EMSGSIZE);
}
END_TEST

/* Each fault has a name of its own; those an ERROR answers have a code of RFC 4666 3.8.1. */
START_TEST(faults_are_complete)
{
	for (unsigned int i = 0; i < M3UA_FAULTS; i++) {
		ck_assert_ptr_nonnull(m3ua_fault_name(i));
		for (unsigned int j = 0; j < i; j++)
			ck_assert_str_ne(m3ua_fault_name(i), m3ua_fault_name(j));
		ck_assert_uint_le(m3ua_fault_error(i), 0x1a);
	}
	ck_assert_uint_eq(m3ua_fault_error(M3UA_FAULT_VERSION), 1);
	ck_assert_uint_eq(m3ua_fault_error(M3UA_FAULT_CLASS), 3);
	ck_assert_uint_eq(m3ua_fault_error(M3UA_FAULT_MISSING), 0x16);
	ck_assert_str_eq(m3ua_fault_name(M3UA_FAULTS), "?");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("m3ua");
	TCase *tc = tcase_create("codec");

	tcase_add_test(tc, golden);
	tcase_add_test(tc, longest_parameters);
	tcase_add_test(tc, data_there_and_back);
	tcase_add_test(tc, ssnm_masks);
	tcase_add_test(tc, management);
	tcase_add_test(tc, faults_are_complete);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
