/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form and JSON: what is refused and why, and what is printed. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "isup/isup.h"
#include "tests/suite.h"

static struct isup_msg m;

static void assert_bad(const char *text, const char *should, int should_line)
{
	const char *why = "accepted";
	int line = 0;

	ck_assert_msg(isup_parse(&m, &isup_itu, text, &why, &line) == -EINVAL, "accepted: %s",
		      text);
	ck_assert_str_eq(why, should);
	ck_assert_int_eq(line, should_line);
}

START_TEST(text_refused)
{
	assert_bad("", "no message", 1);
	assert_bad("# nothing\n\n", "no message", 3);
	assert_bad("XXX cic=1", "unknown message", 1);
	assert_bad("IAMIAMIAMIAMIAMIAMIAM cic=1", "unknown message", 1);
	assert_bad("RLC cic=4096", "not a circuit identification code", 1);
	assert_bad("RLC cic=x", "not a circuit identification code", 1);
	assert_bad("RLC cic=99999999999", "not a circuit identification code", 1);
	assert_bad("RLC foo=1", "not a circuit identification code", 1);
	assert_bad("RLC cic=1\n  Nothing", "unknown parameter", 2);
	assert_bad("RLC cic=1\n  0x100 00", "unknown parameter", 2);
	assert_bad("RLC cic=1\n  0x00 00", "unknown parameter", 2);
	assert_bad("RLC cic=1\n  a=b", "unknown parameter", 2);
	assert_bad("RLC cic=1\n\n  CAI value=128", "no such field or value", 3);
	assert_bad("RLC cic=1; CAI colour=1", "no such field or value", 1);
	assert_bad("RLC cic=1; CAI value=", "no such field or value", 1);
	assert_bad("RLC cic=1; CAI value=0x", "no such field or value", 1);
	assert_bad("RLC cic=1; CAI value=16 1", "no such field or value", 1);
	assert_bad("RLC cic=1; CAI #829", "not octets in hexadecimal digits", 1);
	assert_bad("RLC cic=1; CAI #82 90", "not octets in hexadecimal digits", 1);
	assert_bad("RLC cic=1; 0xfe x=12", "not octets in hexadecimal digits", 1);
	assert_bad("RLC cic=1; HOP value=32", "no such field or value", 1);
	assert_bad("RLC cic=1; CdPN nai=3", "value or length not allowed", 1);
	assert_bad("RLC cic=1; CdPN 12 34", "no such field or value", 1);
	assert_bad("RLC cic=1; CdPN 123456789012345678901234567890123", "no such field or value",
		   1);
	assert_bad("RLC cic=1; RaS range=1 000000", "value or length not allowed", 1);
}
END_TEST

START_TEST(text_accepted)
{
	static const uint8_t should[] = {
		0x05, 0x00, 0x0c, 0x02, 0x04, 0x02, 0x80, 0x90, 0xfe, 0x00, 0x20, 0x02, 0x04, 0x48,
			0x00,
	};
	uint8_t octets[100];
	const char *why = "";
	int line = 0;

	ck_assert_int_eq(isup_parse(&m, &isup_itu,
				    "# a comment\r\nREL\tcic=0x5\r\n\n CAI value=0x10 ;\n"
				    "# another\n 0xFE ; UUI discriminator=4 48", &why, &line), 0);
	ck_assert_int_eq(isup_encode(octets, sizeof(octets), &m), sizeof(should));
	ck_assert_mem_eq(octets, should, sizeof(should));
}
END_TEST

START_TEST(small_buffers)
{
	char text[8] = "xxxxxxx";

	isup_init(&m, &isup_itu, ISUP_MT_RLC, 5);
	ck_assert_int_eq(isup_print(NULL, 0, &m), 10);
	ck_assert_int_eq(isup_print(text, 1, &m), 10);
	ck_assert_str_eq(text, "");
	ck_assert_int_eq(isup_print(text, sizeof(text), &m), 10);
	ck_assert_str_eq(text, "RLC cic");
	ck_assert_int_eq(isup_print_body(text, sizeof(text), &m), 4);
	ck_assert_str_eq(text, "RLC\n");
}
END_TEST

START_TEST(json)
{
	char text[ISUP_MAX_JSON];

	isup_init_cause(&m, &isup_itu, ISUP_MT_REL, 5, 16, 0);
	ck_assert_int_eq(isup_add_raw(&m, 0xfe, (const uint8_t[]){ 0xab }, 1), 0);
	isup_print_json(text, sizeof(text), &m);
	ck_assert_str_eq(text,
			 "{\"message\":\"REL\",\"name\":\"release\",\"type\":12,\"cic\":5,"
			 "\"dialect\":\"itu\",\"parameters\":[{\"code\":18,"
			 "\"parameter\":\"CAI\",\"name\":\"cause indicators\","
			 "\"octets\":\"8090\",\"value\":{\"coding\":0,\"location\":0,\"value\":16,"
			 "\"diagnostics\":\"\"},\"meaning\":[\"coding: ITU-T\","
			 "\"location: user\",\"cause: 16 normal call clearing\"]},"
			 "{\"code\":254,\"octets\":\"ab\"}]}");
	isup_init(&m, &isup_itu, ISUP_MT_RLC, 5);
	isup_print_body_json(text, sizeof(text), &m);
	ck_assert_str_eq(text, "{\"message\":\"RLC\",\"name\":\"release complete\",\"type\":16,"
			 "\"dialect\":\"itu\",\"parameters\":[]}");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("isup text");
	TCase *t = tcase_create("text");

	suite_add_tcase(s, t);
	tcase_add_test(t, text_refused);
	tcase_add_test(t, text_accepted);
	tcase_add_test(t, small_buffers);
	tcase_add_test(t, json);
	return suite_run(s);
}
