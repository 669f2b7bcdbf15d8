/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages as their users handle them: build, look, change, send on. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isup/compat.h"
#include "isup/isup.h"
#include "tests/suite.h"

static struct isup_msg m;
static uint8_t octets[1024];

static void decode(const char *hex)
{
	size_t n = 0;
	struct isup_fault f;

	for (; hex[0] && hex[1]; hex += 2)
		octets[n++] = strtoul((const char[]){ hex[0], hex[1], '\0' }, NULL, 16);
	ck_assert_msg(isup_decode(&m, &isup_itu, octets, n, &f) == 0, "%s at %zu", f.why, f.at);
}

static void assert_hex(const char *hex)
{
	char is[2 * sizeof(octets) + 1];
	ssize_t n = isup_encode(octets, sizeof(octets), &m);

	ck_assert_int_gt(n, 0);
	for (ssize_t i = 0; i < n; i++)
		snprintf(is + 2 * i, 3, "%02x", octets[i]);
	ck_assert_str_eq(is, hex);
}

static void build_iam(void)
{
	struct isup_number called = { .nai = 3, .npi = 1, .digits = "4989123F" };
	struct isup_fci fci = { .isup_all_the_way = 1, .isdn_access = 1 };

	isup_init(&m, &isup_itu, ISUP_MT_IAM, 5);
	/* in any order: they are sent in that of the table */
	ck_assert_int_eq(isup_set(&m, ISUP_P_CALLED, &called), 0);
	ck_assert_int_eq(isup_set(&m, ISUP_P_HOP_COUNTER, &((struct isup_octet){ 31 })), 0);
	ck_assert_int_eq(isup_set(&m, ISUP_P_TMR, &((struct isup_octet){ 3 })), 0);
	ck_assert_int_eq(isup_set(&m, ISUP_P_NCI, &((struct isup_nci){ .echo = 1 })), 0);
	ck_assert_int_eq(isup_set(&m, ISUP_P_CPC, &((struct isup_octet){ 10 })), 0);
	ck_assert_int_eq(isup_set(&m, ISUP_P_FCI, &fci), 0);
}

START_TEST(builds_iam)
{
	build_iam();
	ck_assert_uint_eq(m.par[0].code, ISUP_P_NCI);
	ck_assert_uint_eq(m.par[3].code, ISUP_P_TMR);
	ck_assert_uint_eq(m.par[4].code, ISUP_P_CALLED);
	ck_assert_uint_eq(m.par[5].code, ISUP_P_HOP_COUNTER);
	assert_hex("050001" "10" "2001" "0a" "03" "0208" "06" "0310" "949821f3" "3d011f" "00");
}
END_TEST

START_TEST(mandatory_must_be_there)
{
	build_iam();
	isup_del(&m, ISUP_P_TMR);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
	isup_init(&m, &isup_itu, ISUP_MT_REL, 1);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
	/* a fixed one of another length */
	build_iam();
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_TMR, (const uint8_t[]){ 1, 2 }, 2), 0);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
}
END_TEST

START_TEST(optional_must_be_allowed)
{
	isup_init(&m, &isup_itu, ISUP_MT_BLO, 1);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), 3);
	ck_assert_int_eq(isup_set(&m, ISUP_P_HOP_COUNTER, &((struct isup_octet){ 31 })), 0);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
	/* what the dialect does not know is sent on purpose only */
	isup_init(&m, &isup_itu, 0x55, 1);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
	ck_assert_int_eq(isup_encode_unknown(octets, sizeof(octets), &m), 4);
	isup_init(&m, &isup_itu, ISUP_MT_BLO, 4096);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
	isup_init(&m, &isup_itu, ISUP_MT_ANM, 1);
	ck_assert_int_eq(isup_add_raw(&m, ISUP_P_END, octets, 1), 0);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EINVAL);
}
END_TEST

START_TEST(cause_messages)
{
	struct isup_cause cause;

	isup_init_cause(&m, &isup_itu, ISUP_MT_REL, 5, 17, 1);
	assert_hex("05000c02000281" "91");
	ck_assert(isup_get(&m, ISUP_P_CAUSE, &cause));
	ck_assert_uint_eq(cause.value, 17);
	ck_assert_uint_eq(cause.location, 1);
	ck_assert_uint_eq(cause.coding, 0);
	isup_init_cause(&m, &isup_itu, ISUP_MT_RLC, 5, 99, 0);
	assert_hex("0500100112" "0280e300");
	cause = (struct isup_cause){ .value = 99, .n_diag = ISUP_MAX_DIAG + 1 };
	ck_assert_int_eq(isup_set(&m, ISUP_P_CAUSE, &cause), -EINVAL);
	cause = (struct isup_cause){ .value = 128 };
	ck_assert_int_eq(isup_set(&m, ISUP_P_CAUSE, &cause), -EINVAL);
}
END_TEST

/* What is not touched leaves as it came: the filler of a number, the unknown, the order. */
START_TEST(passes_on)
{
	struct isup_number number;
	struct isup_octet hop;

	decode("a900011020010a00020a0803102618850300f00a088313982648020010fe01001d038090a331"
	       "02005a3d011e03047d0291813906fed031c03dc000");
	ck_assert(isup_get(&m, ISUP_P_CALLING, &number));
	ck_assert_str_eq(number.digits, "89628420000");
	ck_assert_uint_eq(number.si, 3);
	ck_assert(isup_get(&m, ISUP_P_HOP_COUNTER, &hop));
	hop.value--;
	ck_assert_int_eq(isup_set(&m, ISUP_P_HOP_COUNTER, &hop), 0);
	assert_hex("a900011020010a00020a0803102618850300f00a088313982648020010fe01001d038090a331"
		   "02005a3d011d03047d0291813906fed031c03dc000");
	/* nothing new is said: it stays */
	ck_assert_int_eq(isup_set(&m, ISUP_P_CALLING, &number), 0);
	assert_hex("a900011020010a00020a0803102618850300f00a088313982648020010fe01001d038090a331"
		   "02005a3d011d03047d0291813906fed031c03dc000");
	/* set anew, it has its filler 0 */
	number.si = 1;
	ck_assert_int_eq(isup_set(&m, ISUP_P_CALLING, &number), 0);
	isup_del(&m, ISUP_P_ACCESS_TRANSPORT);
	assert_hex("a900011020010a00020a0803102618850300f00a088311982648020000fe01001d038090a331"
		   "02005a3d011d3906fed031c03dc000");
}
END_TEST

START_TEST(compatibility)
{
	struct isup_par_compat c;

	decode("a900011020010a00020a0803102618850300f0fe01003906fed031c03dc000");
	ck_assert(isup_par_compat(&m, 0xfe, &c));
	ck_assert_uint_eq(c.discard, 1);
	ck_assert_uint_eq(c.pass_on, 2);
	ck_assert_uint_eq(c.release + c.notify + c.discard_message + c.end_node + c.broadband, 0);
	ck_assert(isup_par_compat(&m, ISUP_P_HOP_COUNTER, &c));
	ck_assert_uint_eq(c.discard, 0);
	ck_assert(!isup_par_compat(&m, 0xfd, &c));
	/* two octets of instructions, then a code without any */
	decode("0c0b3501390d01ab0302ab830c03af0104bb0200");
	ck_assert(isup_par_compat(&m, 0x03, &c));
	ck_assert_uint_eq(c.release, 1);
	ck_assert_uint_eq(c.broadband, 3);
	ck_assert(isup_par_compat(&m, 0x01, &c));
	ck_assert_uint_eq(c.notify, 0);
	ck_assert_uint_eq(c.end_node, 1);
	ck_assert(!isup_par_compat(&m, 0x02, &c));
	decode("0c0b3500");
	ck_assert(!isup_par_compat(&m, 0x02, &c));
}
END_TEST

/* Every instruction, one after the other; and our own. */
START_TEST(compatibility_list)
{
	struct isup_par_compat c = { .end_node = 1, .discard = 1, .pass_on = 2 };
	size_t at = 0, len = 0;
	uint8_t code;

	decode("0c0b3501390d01ab0302ab830c03af0104bb0200");
	for (int i = 0; i < 4; i++) {
		ck_assert(isup_par_compat_next(&m, &at, &code, &c));
		ck_assert_uint_eq(code, "\x01\x03\x83\x01"[i] & 255);
	}
	ck_assert(!isup_par_compat_next(&m, &at, &code, &c));
	isup_init(&m, &isup_itu, ISUP_MT_UPA, 1);
	c = (struct isup_par_compat){ .end_node = 1, .discard = 1, .pass_on = 2 };
	ck_assert_int_eq(isup_par_compat_add(&m, 0xfe, &c), 0);
	c = (struct isup_par_compat){ .release = 1, .broadband = 3 };
	ck_assert_int_eq(isup_par_compat_add(&m, 0xfd, &c), 0);
	ck_assert_ptr_nonnull(isup_raw(&m, ISUP_P_PARAMETER_COMPAT, &len));
	ck_assert_mem_eq(isup_raw(&m, ISUP_P_PARAMETER_COMPAT, &len), "\xfe\xd1\xfd\x02\x83", 5);
	ck_assert_uint_eq(len, 5);
	c.pass_on = 4;
	ck_assert_int_eq(isup_par_compat_add(&m, 0xfd, &c), -EINVAL);
	c.pass_on = 0;
	while (isup_par_compat_add(&m, 0xfd, &c) == 0)
		;
	ck_assert_int_eq(isup_par_compat_add(&m, 0xfd, &c), -EMSGSIZE);
}
END_TEST

/* A message that nobody here knows is passed on as it came. */
START_TEST(unknown_messages)
{
	static const uint8_t in[] = { 5, 0, 0xf8, 1, 0x38, 1, 0x92, 0xfe, 1, 7, 0 };
	struct isup_message_compat c;
	struct isup_fault f;
	const char *why;
	char text[200];
	int line, len = sizeof(in);

	ck_assert_int_eq(isup_decode(&m, &isup_itu, in, sizeof(in), &f), -EBADMSG);
	ck_assert_uint_eq(f.cause, 97);
	ck_assert_int_eq(isup_decode_unknown(&m, &isup_itu, in, sizeof(in), &f), 0);
	ck_assert(isup_msg_compat(&m, &c));
	ck_assert(c.release && c.pass_on && !c.end_node && !c.notify && !c.discard);
	ck_assert_int_eq(isup_encode_unknown(octets, sizeof(octets), &m), len);
	ck_assert_mem_eq(octets, in, len);
	ck_assert_int_lt(isup_print(text, sizeof(text), &m), sizeof(text));
	ck_assert(!strncmp(text, "0xf8 cic=5\n", 11));
	ck_assert_int_eq(isup_parse(&m, &isup_itu, text, &why, &line), 0);
	ck_assert_int_eq(isup_encode_unknown(octets, sizeof(octets), &m), len);
	ck_assert_mem_eq(octets, in, len);
	/* the same without its circuit (application/ISUP) */
	ck_assert_int_lt(isup_decode_body(&m, &isup_itu, in + 2, len - 2, &f), 0);
	ck_assert_int_eq(isup_decode_body_unknown(&m, &isup_itu, in + 2, len - 2, &f), 0);
	ck_assert(isup_msg_compat(&m, &c));
	ck_assert_int_eq(isup_encode_body(octets, sizeof(octets), &m), -EINVAL);
	ck_assert_int_eq(isup_encode_body_unknown(octets, sizeof(octets), &m), len - 2);
	ck_assert_mem_eq(octets, in + 2, len - 2);
	ck_assert_int_lt(isup_decode_body_unknown(&m, &isup_itu, in + 2, len - 3, &f), 0);
	ck_assert_int_lt(isup_decode_unknown(&m, &isup_itu, in, sizeof(in) - 1, &f), 0);
	ck_assert_int_lt(isup_decode_unknown(&m, &isup_itu, in, 1, &f), 0);
	/* a known one is what it is */
	ck_assert_int_eq(isup_decode_unknown(&m, &isup_itu, (uint8_t[]){ 5, 0, 0x13 }, 3, &f), 0);
	ck_assert(!isup_msg_compat(&m, &c));
}
END_TEST

/* Point codes cannot go into a network of another width; what is alike goes, and the unknown. */
START_TEST(other_dialect)
{
	decode("0500060000010105" "0102030405" "3d0104" "c00300030c" "020103" "fe0107" "00");
	ck_assert_uint_eq(isup_to_dialect(&m, &isup_ansi), 3);
	ck_assert_ptr_eq(m.dialect, &isup_ansi);
	ck_assert(!isup_has(&m, ISUP_P_CALL_REFERENCE) && !isup_has(&m, ISUP_P_GENERIC_NUMBER));
	ck_assert(!isup_has(&m, ISUP_P_TMR));
	assert_hex("0500060000013d0104fe010700");
	ck_assert_uint_eq(isup_to_dialect(&m, &isup_etsi), 0);
	assert_hex("0500060000013d0104fe010700");
}
END_TEST

START_TEST(repeats_are_kept)
{
	struct isup_number number = { .qualifier = 6, .nai = 4, .npi = 1, .digits = "491" };
	static const uint8_t second[] = { 5, 4, 0x13, 0x12 };
	size_t len = 0;

	isup_init(&m, &isup_itu, ISUP_MT_ANM, 1);
	ck_assert_int_eq(isup_set(&m, ISUP_P_GENERIC_NUMBER, &number), 0);
	ck_assert_int_eq(isup_add_raw(&m, ISUP_P_GENERIC_NUMBER, second, sizeof(second)), 0);
	assert_hex("010009" "01" "c0050684109401" "c004050413" "1200");
	ck_assert(isup_par_value(&m, &m.par[1], &number, sizeof(number)));
	ck_assert_uint_eq(number.qualifier, 5);
	ck_assert_str_eq(number.digits, "21");
	/* the first is replaced where it stands, the other stays */
	number.qualifier = 7;
	ck_assert_int_eq(isup_set(&m, ISUP_P_GENERIC_NUMBER, &number), 0);
	assert_hex("01000901" "c004070413" "12" "c004050413" "1200");
	ck_assert_ptr_nonnull(isup_raw(&m, ISUP_P_GENERIC_NUMBER, &len));
	ck_assert_uint_eq(len, 4);
	isup_del(&m, ISUP_P_GENERIC_NUMBER);
	ck_assert(!isup_has(&m, ISUP_P_GENERIC_NUMBER));
	ck_assert_ptr_eq(isup_raw(&m, ISUP_P_GENERIC_NUMBER, &len), NULL);
	assert_hex("01000900");
}
END_TEST

START_TEST(numbers)
{
	struct isup_number number = { .nai = 4, .npi = 1, .digits = "1B2c3F" }, back;

	isup_init(&m, &isup_itu, ISUP_MT_SAM, 1);
	ck_assert_int_eq(isup_set(&m, ISUP_P_SUBSEQUENT, &number), 0);
	ck_assert(isup_get(&m, ISUP_P_SUBSEQUENT, &back));
	ck_assert_str_eq(back.digits, "1B2C3F");
	ck_assert_uint_eq(back.nai, 0);		/* a subsequent number has none */
	memset(number.digits, '1', ISUP_MAX_DIGITS);
	number.digits[ISUP_MAX_DIGITS] = '\0';
	ck_assert_int_eq(isup_set(&m, ISUP_P_SUBSEQUENT, &number), 0);
	ck_assert(isup_get(&m, ISUP_P_SUBSEQUENT, &back));
	ck_assert_str_eq(back.digits, number.digits);
	memset(number.digits, '1', sizeof(number.digits));	/* without its end */
	ck_assert_int_eq(isup_set(&m, ISUP_P_SUBSEQUENT, &number), -EINVAL);
	number = (struct isup_number){ .digits = "12x" };
	ck_assert_int_eq(isup_set(&m, ISUP_P_SUBSEQUENT, &number), -EINVAL);
	number = (struct isup_number){ .digits = "" };	/* a subsequent number has a digit */
	ck_assert_int_eq(isup_set(&m, ISUP_P_SUBSEQUENT, &number), -EINVAL);
	number = (struct isup_number){ .nai = 128, .digits = "1" };
	ck_assert_int_eq(isup_set(&m, ISUP_P_CALLING, &number), -EINVAL);
	number = (struct isup_number){ .apri = 2, .si = 3 };	/* address not available */
	ck_assert_int_eq(isup_set(&m, ISUP_P_CALLING, &number), 0);
	/* more digits than a value has room for, or an odd count of none: the octets are there,
	 * the value is not */
	memset(octets, 0x11, 40);
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_CALLING, octets, 40), 0);
	ck_assert(isup_has(&m, ISUP_P_CALLING));
	ck_assert(!isup_get(&m, ISUP_P_CALLING, &back));
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_CALLING, (const uint8_t[]){ 0x83, 0x13 }, 2), 0);
	ck_assert(!isup_get(&m, ISUP_P_CALLING, &back));
}
END_TEST

START_TEST(ranges)
{
	struct isup_range range = { .range = 30 };

	isup_init(&m, &isup_itu, ISUP_MT_GRS, 1);
	ck_assert_int_eq(isup_set(&m, ISUP_P_RANGE, &range), 0);
	assert_hex("010017" "01" "011e");
	range.n_status = 3;
	ck_assert_int_eq(isup_set(&m, ISUP_P_RANGE, &range), -EINVAL);
	range.n_status = 4;
	range.status[0] = 1;
	ck_assert_int_eq(isup_set(&m, ISUP_P_RANGE, &range), 0);
	assert_hex("010017" "01" "051e01000000");
	range = (struct isup_range){ .range = 255, .n_status = 32 };
	ck_assert_int_eq(isup_set(&m, ISUP_P_RANGE, &range), 0);
	ck_assert(isup_get(&m, ISUP_P_RANGE, &range));
	ck_assert_uint_eq(range.n_status, 32);
}
END_TEST

/* An octet that may be absent: without it, its fields must be 0 and come as 0. */
START_TEST(absent_octets)
{
	struct isup_redirection value = { .indicator = 3, .count = 1 };
	size_t len = 0;

	isup_init(&m, &isup_itu, ISUP_MT_IAM, 1);
	ck_assert_int_eq(isup_set(&m, ISUP_P_REDIRECTION_INFO, &value), -EINVAL);
	value.has_octet2 = 1;
	ck_assert_int_eq(isup_set(&m, ISUP_P_REDIRECTION_INFO, &value), 0);
	isup_raw(&m, ISUP_P_REDIRECTION_INFO, &len);
	ck_assert_uint_eq(len, 2);
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_REDIRECTION_INFO, (const uint8_t[]){ 4 }, 1), 0);
	ck_assert(isup_get(&m, ISUP_P_REDIRECTION_INFO, &value));
	ck_assert_uint_eq(value.indicator, 4);
	ck_assert_uint_eq(value.has_octet2 + value.count + value.reason, 0);
}
END_TEST

START_TEST(values_of_absent_and_unknown)
{
	struct isup_octet value;

	isup_init(&m, &isup_itu, ISUP_MT_ANM, 1);
	ck_assert(!isup_get(&m, ISUP_P_HOP_COUNTER, &value));
	ck_assert_int_eq(isup_set(&m, 0xfe, &value), -EINVAL);
	ck_assert_int_eq(isup_add_raw(&m, 0xfe, octets, 1), 0);
	ck_assert(!isup_get(&m, 0xfe, &value));
	/* of wrong length */
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_HOP_COUNTER, octets, 2), 0);
	ck_assert(!isup_get(&m, ISUP_P_HOP_COUNTER, &value));
}
END_TEST

/* Room is found again when parameters change; what is kept stays as it is. */
START_TEST(room)
{
	const uint8_t *own;
	uint8_t data[255];
	size_t len = 0;

	memset(data, 0x5a, sizeof(data));
	isup_init(&m, &isup_itu, ISUP_MT_ANM, 1);
	ck_assert_int_eq(isup_add_raw(&m, ISUP_P_DISPLAY, data, 200), 0);
	for (int i = 0; i < 50; i++) {
		data[0] = i;
		ck_assert_int_eq(isup_set_raw(&m, ISUP_P_ACCESS_TRANSPORT, data, i % 2 ? 40 : 250),
				 0);
		ck_assert_ptr_nonnull(isup_raw(&m, ISUP_P_ACCESS_TRANSPORT, &len));
		ck_assert_uint_eq(len, i % 2 ? 40 : 250);
		ck_assert_mem_eq(isup_raw(&m, ISUP_P_ACCESS_TRANSPORT, &len), data, len);
		ck_assert_uint_eq(isup_raw(&m, ISUP_P_DISPLAY, &len)[0], 0x5a);
	}
	ck_assert_int_eq(isup_add_raw(&m, ISUP_P_UUI, data, 255), 0);
	ck_assert_int_eq(isup_add_raw(&m, ISUP_P_UUI, data, 255), -EMSGSIZE);
	ck_assert_int_eq(isup_add_raw(&m, ISUP_P_UUI, data, 256), -EMSGSIZE);
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_UUI, data, 256), -EMSGSIZE);
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_ACCESS_TRANSPORT, data, 255), -EMSGSIZE);
	ck_assert_ptr_nonnull(isup_raw(&m, ISUP_P_ACCESS_TRANSPORT, &len));
	ck_assert_uint_eq(len, 40);
	isup_del(&m, ISUP_P_UUI);
	/* from the message itself */
	own = isup_raw(&m, ISUP_P_DISPLAY, &len);
	ck_assert_int_eq(isup_set_raw(&m, ISUP_P_ACCESS_TRANSPORT, own, 200), 0);
	own = isup_raw(&m, ISUP_P_DISPLAY, &len);
	ck_assert_mem_eq(isup_raw(&m, ISUP_P_ACCESS_TRANSPORT, &len), own, 200);
	for (int i = m.n_pars; i < ISUP_MAX_PARS; i++)
		ck_assert_int_eq(isup_add_raw(&m, 0xfe, NULL, 0), 0);
	ck_assert_int_eq(isup_add_raw(&m, 0xfe, NULL, 0), -EMSGSIZE);
}
END_TEST

/* What a pointer or a buffer cannot hold is refused. */
START_TEST(sizes)
{
	static uint8_t many[ISUP_MAX_OCTETS + 10];
	struct isup_fault f;

	isup_init(&m, &isup_itu, ISUP_MT_CQR, 1);
	memset(octets, 0, 255);
	isup_set_raw(&m, ISUP_P_RANGE, octets, 255);
	isup_set_raw(&m, ISUP_P_CIRCUIT_STATE, octets, 1);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), -EMSGSIZE);
	many[2] = ISUP_MT_PAM;
	ck_assert_int_eq(isup_decode(&m, &isup_itu, many, sizeof(many), &f), -EBADMSG);
	ck_assert_str_eq(f.why, "message too long");
	ck_assert_int_eq(isup_decode(&m, &isup_itu, many, ISUP_MAX_OCTETS, NULL), 0);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), ISUP_MAX_OCTETS);
	ck_assert_mem_eq(octets, many, ISUP_MAX_OCTETS);
	/* an ANM of nothing but empty unknown parameters */
	memset(many, 0, sizeof(many));
	many[2] = ISUP_MT_ANM;
	many[3] = 1;
	for (int i = 0; i < ISUP_MAX_PARS + 1; i++)
		many[4 + 2 * i] = 0xfe;
	ck_assert_int_eq(isup_decode(&m, &isup_itu, many, 4 + 2 * (ISUP_MAX_PARS + 1) + 1, &f),
			 -EBADMSG);
	ck_assert_str_eq(f.why, "too many parameters");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup");
	TCase *t = tcase_create("messages");

	suite_add_tcase(s, t);
	tcase_add_test(t, builds_iam);
	tcase_add_test(t, mandatory_must_be_there);
	tcase_add_test(t, optional_must_be_allowed);
	tcase_add_test(t, cause_messages);
	tcase_add_test(t, passes_on);
	tcase_add_test(t, compatibility);
	tcase_add_test(t, compatibility_list);
	tcase_add_test(t, unknown_messages);
	tcase_add_test(t, other_dialect);
	tcase_add_test(t, repeats_are_kept);
	tcase_add_test(t, numbers);
	tcase_add_test(t, ranges);
	tcase_add_test(t, absent_octets);
	tcase_add_test(t, values_of_absent_and_unknown);
	tcase_add_test(t, room);
	tcase_add_test(t, sizes);
	return suite_run(s);
}
