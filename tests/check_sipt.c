/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies taken apart and put together; URIs and name-addr headers. */
#include <check.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/sipt.h"
#include "gw/uri.h"
#include "isup/dialect.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define MULTI "multipart/mixed;boundary=b1"

/* Parts are written "type|required or optional|octets" and divided by '/'; octets with \x
 * escapes stand as they are. */
static const struct { const char *type, *body; int rc; const char *parts; } bodies[] = {
	{ MULTI, "--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--b1\r\n"
		 "Content-Type: application/ISUP;version=x\r\n"
		 "Content-Disposition: signal;handling=optional\r\n\r\n\x10\x01\r\n--b1--\r\n", 0,
	  "application/sdp|required|v=0\r\n/application/ISUP|optional|\x10\x01" },
	/* LF alone, preamble and epilogue, blanks after the delimiter, upper case names, compact
	 * form */
	{ "MULTIPART/MIXED ; charset=x ; BOUNDARY=\"b1\"",
	  "hello\n--b1  \nc: a/b\n\nx\ny\n--b1-- \nbye\n--b1\n", 0, "a/b|required|x\ny" },
	/* with LF alone a CR before the delimiter belongs to the part */
	{ MULTI, "--b1\nc: a/b\n\nx\r\n--b1--", 0, "a/b|required|x\r" },
	/* something that only looks like a delimiter */
	{ MULTI, "--b1\r\nc: a/b\r\n\r\nx--b1\r\n--b1x\r\n--b\r\n--b1--", 0,
	  "a/b|required|x--b1\r\n--b1x\r\n--b" },
	/* a length helps where octets look like a delimiter; a wrong one does not harm */
	{ MULTI, "--b1\r\nc: a/b\r\nContent-Length: 8\r\n\r\nx\r\n--b1\r\r\n--b1--", 0,
	  "a/b|required|x\r\n--b1\r" },
	{ MULTI, "--b1\r\nc: a/b\r\nl: 3\r\n\r\nxyz12\r\n--b1--", 0, "a/b|required|xyz12" },
	{ MULTI, "--b1\r\nc: a/b\r\nl: 4000000000\r\n\r\nxyz\r\n--b1--", 0, "a/b|required|xyz" },
	/* empty parts, no headers at all (text/plain), folded headers */
	{ MULTI, "--b1\r\nc: a/b\r\n\r\n--b1\r\n\r\n--b1--", 0,
	  "a/b|required|/text/plain|required|" },
	{ MULTI, "--b1\r\n\r\nhi\r\n--b1--", 0, "text/plain|required|hi" },
	{ MULTI, "--b1\r\nContent-Type:\r\n a/b;\r\n\tx=y\r\nContent-Disposition: signal;\r\n"
		 " handling=optional\r\n\r\nx\r\n--b1--", 0,
	  "a/b|optional|x" },
	{ MULTI, "--b1\r\nc: a/b\r\nContent-Disposition: session\r\n\r\nx\r\n--b1--", 0,
	  "a/b|required|x" },
	{ MULTI, "--b1\r\nc: a/b\r\nContent-Disposition: signal; Handling = \"OPTIONAL\"\r\n\r\n"
		 "x\r\n--b1--", 0, "a/b|optional|x" },
	/* nested one level; the second level stays closed */
	{ MULTI, "--b1\r\nc: multipart/alternative;boundary=in\r\n\r\n--in\r\nc: a/b\r\n\r\n1\r\n"
		 "--in\r\nc: c/d\r\n\r\n2\r\n--in--\r\n"
		 "--b1\r\nc: e/f\r\n\r\n3\r\n--b1--", 0,
			"a/b|required|1/c/d|required|2/e/f|required|3" },
	/* quoted boundary with an escape, boundary with blanks inside */
	{ "multipart/mixed;boundary=\"a\\\"b c\"", "--a\"b c\r\nc: a/b\r\n\r\nx\r\n--a\"b c--", 0,
	  "a/b|required|x" },
	/* not multipart: one part */
	{ "application/sdp; x=y", "v=0\r\n", 0, "application/sdp|required|v=0\r\n" },
	{ "application/ISUP", "\x06\x01", 0, "application/ISUP|required|\x06\x01" },
	{ NULL, "", 0, "" },
	{ MULTI, "", 0, "" },
	{ NULL, "x", -EBADMSG, NULL },
	{ "multipart/mixed", "--b1\r\n\r\nx\r\n--b1--", -EBADMSG, NULL },
	{ "multipart/mixed;boundary=", "--\r\n\r\nx\r\n----", -EBADMSG, NULL },
	{ MULTI, "nothing", -EBADMSG, NULL },
	{ MULTI, "--b1", -EBADMSG, NULL },
	{ MULTI, "--b1\r\n", -EBADMSG, NULL },
	{ MULTI, "--b1\r\nc: a/b\r\n\r\nx", -EBADMSG, NULL },		/* no end */
	{ MULTI, "--b1\r\nc: a/b\r\n\r\nx\r\n--b1\r\n", -EBADMSG, NULL },
	{ MULTI, "--b1\r\nno colon\r\n\r\nx\r\n--b1--", -EBADMSG, NULL },
	{ MULTI, "--b1--", 0, "" },
	{ "multipart/mixed;"
	  "boundary=01234567890123456789012345678901234567890123456789012345678901234567890", "x",
		-EBADMSG, NULL },
	{ MULTI, "--b1\r\nc: multipart/mixed;boundary=in\r\n\r\n--in\r\nc: a/b\r\n\r\n1\r\n--b1--",
	  -EBADMSG, NULL },
};

static void print_parts(char *buf, size_t size, const struct sipt_body *b)
{
	size_t n = 0;
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < b->n_parts; i++)
		n += snprintf(buf + n, size - n, "%s%.*s|%s|%.*s", i ? "/" : "",
			      (int)b->parts[i].type.len,
			      b->parts[i].type.p, b->parts[i].required ? "required" : "optional",
				(int)b->parts[i].len,
			      (const char *)b->parts[i].octets);
}

START_TEST(test_bodies)
{
	size_t len = strlen(bodies[_i].body);
	uint8_t *exact = malloc(len ? len : 1);	/* ends where the body ends */
	struct sipt_body b;
	char text[512];

	memcpy(exact, bodies[_i].body, len);
	ck_assert_msg(sipt_parse(&b, bodies[_i].type, exact, len) == bodies[_i].rc, "%s",
		      bodies[_i].body);
	if (bodies[_i].rc == 0) {
		print_parts(text, sizeof(text), &b);
		ck_assert_str_eq(text, bodies[_i].parts);
	}
	free(exact);
}
END_TEST

START_TEST(test_limits)
{
	char body[4096] = "", head[2048] = "--b1\r\n";
	struct sipt_body b;
	int i;

	for (i = 0; i < SIPT_MAX_PARTS; i++)
		strncat(body, "--b1\r\nc: a/b\r\n\r\nx\r\n", 64);
	strncat(body, "--b1--\r\n", 16);
	ck_assert_int_eq(sipt_parse(&b, MULTI, (uint8_t *)body, strlen(body)), 0);
	ck_assert_uint_eq(b.n_parts, SIPT_MAX_PARTS);
	memmove(body + 20, body, strlen(body) + 1);
	memcpy(body, "--b1\r\nc: a/b\r\n\r\ny\r\n", 19);
	memmove(body + 19, body + 20, strlen(body + 20) + 1);
	ck_assert_int_eq(sipt_parse(&b, MULTI, (uint8_t *)body, strlen(body)), -E2BIG);
	for (i = 0; i < SIPT_MAX_HEADERS; i++)
		strncat(head, "X: y\r\n", 8);
	snprintf(body, sizeof(body), "%s\r\nx\r\n--b1--", head);
	ck_assert_int_eq(sipt_parse(&b, MULTI, (uint8_t *)body, strlen(body)), 0);
	snprintf(body, sizeof(body), "%sX: y\r\n\r\nx\r\n--b1--", head);
	ck_assert_int_eq(sipt_parse(&b, MULTI, (uint8_t *)body, strlen(body)), -E2BIG);
}
END_TEST

/* 64 KiB are taken apart like any other body, once over, whatever they look like; the edge lets no
 * more than SIP_MAX_BODY come so far (413). */
START_TEST(test_large)
{
	static char body[3 * 65536];
	struct sipt_body b;
	size_t n = snprintf(body, sizeof(body), "--b1\r\nc: application/isup\r\n\r\n"), i;

	for (i = 0; i < 65536 / 8; i++)
		n += snprintf(body + n, sizeof(body) - n, "\r\n--b1x.");
	n += snprintf(body + n, sizeof(body) - n, "\r\n--b1--\r\n");
	ck_assert_int_eq(sipt_parse(&b, MULTI, (const uint8_t *)body, n), 0);
	ck_assert_uint_eq(b.n_parts, 1);
	ck_assert_uint_ge(b.parts[0].len, 65536);
	ck_assert_int_eq(sipt_parse(&b, MULTI, (const uint8_t *)body, n - 8), -EBADMSG);
}
END_TEST

/* Content-Disposition of the message is that of a body of one part, and no other's. */
START_TEST(test_disposition)
{
	static const char multi[] = "--b1\r\nc: application/isup\r\n\r\n1\r\n--b1--";
	struct sipt_body b;

	ck_assert_int_eq(sipt_parse(&b, "application/ISUP", (const uint8_t *)"x", 1), 0);
	sipt_disposition(&b, "application/ISUP", NULL);
	ck_assert(b.parts[0].required && !b.parts[0].has_handling);
	sipt_disposition(&b, "application/ISUP", "signal ; Handling=Optional");
	ck_assert(!b.parts[0].required && span_is(b.parts[0].disposition, "signal"));
	ck_assert_int_eq(sipt_parse(&b, MULTI, (const uint8_t *)multi, strlen(multi)), 0);
	sipt_disposition(&b, MULTI, "signal;handling=optional");
	ck_assert(b.parts[0].required);
}
END_TEST

START_TEST(test_find)
{
	static const char body[] = "--b1\r\nc: application/isup\r\n"
				   "Content-Transfer-Encoding: base64\r\n\r\nEAA=\r\n"
				   "--b1\r\nc: APPLICATION/ISUP\r\n"
				   "Content-Transfer-Encoding: binary\r\n\r\n1\r\n"
				   "--b1\r\nc: application/ISUP\r\n\r\n2\r\n--b1--";
	const struct sipt_part *part;
	unsigned int from = 0;
	struct sipt_body b;

	ck_assert_int_eq(sipt_parse(&b, MULTI, (const uint8_t *)body, strlen(body)), 0);
	part = sipt_find(&b, "application/ISUP", &from);	/* the encoded one is passed over */
	ck_assert_ptr_eq(part, &b.parts[1]);
	part = sipt_find(&b, "application/ISUP", &from);
	ck_assert_ptr_eq(part, &b.parts[2]);
	ck_assert_ptr_null(sipt_find(&b, "application/ISUP", &from));
	ck_assert_ptr_null(sipt_find(&b, "application/sdp", NULL));
}
END_TEST

static const struct {
	const char *type;
	struct sipt_version own;
	const char *dialect;
} versions[] = {
	{ "application/ISUP;version=itu-t92+", { "itu-t92+", "itu" }, "itu" },
	{ "application/ISUP;version=itu-t92+", { "itu-t92+", "china" }, "china" },
	{ "application/ISUP;version=ITU-T88", { "itu-t92+", "itu" }, "itu92" },
	{ "application/ISUP; version = \"etsi356\"", { "itu-t92+", "itu" }, "etsi" },
	{ "application/ISUP;version=ansi88", { "itu-t92+", "itu" }, "ansi" },
	{ "application/ISUP;version=ttc93+", { "itu-t92+", "itu" }, "itu" },
	{ "application/ISUP;version=ansi88;base=itu-t92+", { "itu-t92+", "itu" }, "ansi" },
	{ "application/ISUP;version=X-mine;base=itu-t92+", { "ansi00", "ansi" }, "itu" },
	{ "application/ISUP;version=X-mine;base=gr317", { "itu-t92+", "itu" }, "ansi" },
	{ "application/ISUP;version=X-mine;base=X-other", { "itu-t92+", "itu" }, NULL },
	{ "application/ISUP;version=X-mine", { "itu-t92+", "itu" }, NULL },
	{ "application/ISUP;version=X-mine", { "x-MINE", "russia" }, "russia" },
	{ "application/ISUP;base=itu-t92+", { "ansi00", "ansi" }, "itu" },
	{ "application/ISUP", { "ansi00", "ansi" }, "ansi" },
};

START_TEST(test_versions)
{
	const char *dialect;
	struct sipt_body b;

	ck_assert_int_eq(sipt_parse(&b, versions[_i].type, (const uint8_t *)"x", 1), 0);
	dialect = sipt_dialect(&b.parts[0], &versions[_i].own);
	ck_assert_msg(dialect == versions[_i].dialect ||
		      !strcmp(dialect, versions[_i].dialect), "%s", versions[_i].type);
}
END_TEST

START_TEST(test_version_rows)
{
	const struct isup_dialect *d = NULL;
	const struct sipt_version *row;
	unsigned int i;

	for (i = 0; (row = sipt_version_row(i)); i++)
		ck_assert_ptr_nonnull(isup_dialect_find(row->dialect));
	ck_assert_uint_eq(i, 9);	/* RFC 3204 2.1 */
	while ((d = isup_dialect_next(d)))
		ck_assert_ptr_nonnull(sipt_token_of(d->name));
	ck_assert_str_eq(sipt_token_of("etsi"), "etsi356");
	ck_assert_str_eq(sipt_token_of("ansi"), "ansi00");
	ck_assert_str_eq(sipt_token_of("russia"), "itu-t92+");
}
END_TEST

/* What we put together we can take apart, whatever the octets. */
START_TEST(test_compose)
{
	uint8_t isup[300];
	struct sipt_compose c = { .sdp = "v=0\r\ns=-\r\n", .isup = isup, .version = "itu-t92+",
				  .base = "itu-t92+" };
	static struct sip_out out;
	struct sipt_body b;
	unsigned int i;

	for (c.isup_len = 0; c.isup_len <= sizeof(isup); c.isup_len += 7) {
		memset(&out, 0, sizeof(out));
		for (i = 0; i < c.isup_len; i++)
			isup[i] = "\r\n--tollgate-part-0\0\x80"[(i * (c.isup_len + 1)) % 22];
		c.required = c.isup_len & 1;
		ck_assert_int_eq(sipt_compose(&out, &c), 0);
		ck_assert_int_eq(sipt_parse(&b, out.content_type, out.body, out.body_len), 0);
		ck_assert_uint_eq(b.n_parts, 2);
		ck_assert(span_is(b.parts[0].type, "application/sdp") && b.parts[0].required);
		ck_assert_uint_eq(b.parts[0].len, strlen(c.sdp));
		ck_assert(span_is(b.parts[1].type, "application/ISUP") &&
			  b.parts[1].required == c.required);
		ck_assert_uint_eq(b.parts[1].len, c.isup_len);
		ck_assert_mem_eq(b.parts[1].octets, isup, c.isup_len);
	}
}
END_TEST

START_TEST(test_boundary)
{
	static const uint8_t isup[] = "\x01\r\n--tollgate-part-0\r\n--tollgate-part-2--";
	struct sipt_compose c = { .sdp = "v=0\r\na=tollgate-part-1\r\n", .isup = isup,
				  .isup_len = sizeof(isup) - 1,
				  .version = "itu-t92+", .base = "itu-t92+" };
	static struct sip_out out;
	struct sipt_body b;

	ck_assert_int_eq(sipt_compose(&out, &c), 0);
	ck_assert_str_eq(out.content_type, "multipart/mixed;boundary=tollgate-part-3");
	ck_assert_int_eq(sipt_parse(&b, out.content_type, out.body, out.body_len), 0);
	ck_assert_uint_eq(b.parts[1].len, sizeof(isup) - 1);
}
END_TEST

START_TEST(test_compose_limits)
{
	static char big[SIP_MAX_BODY + 1];
	struct sipt_compose c = { .sdp = big, .version = "v", .base = "b" };
	static struct sip_out out;

	memset(big, 'x', sizeof(big) - 1);
	ck_assert_int_eq(sipt_compose(&out, &c), 0);
	c.isup = (const uint8_t *)"\x01";
	c.isup_len = 1;
	ck_assert_int_eq(sipt_compose(&out, &c), -EMSGSIZE);
	ck_assert_uint_eq(out.body_len, 0);
	ck_assert_str_eq(out.content_type, "");
	c.sdp = NULL;
	memset(&out, 0, sizeof(out));
	ck_assert_int_eq(sipt_compose(&out, &c), 0);
	ck_assert_str_eq(out.headers, "Content-Disposition: signal;handling=optional\r\n");
}
END_TEST

/* --- URIs --- */

static const struct { const char *uri; int rc; const char *parts; } uris[] = {
	{ "sip:alice@example.com", 0, "0 alice| example.com|0|" },
	{ "SIPS:+49;npdi;rn=5:pw@[2001:db8::1]:5061;user=phone?Subject=x", 0,
	  "1 +49|npdi;rn=5 [2001:db8::1]|5061|user=phone" },
	{ "sip:example.com:5060", 0, "0 | example.com|5060|" },
	{ "sip:a@b;lr;maddr=1.2.3.4", 0, "0 a| b|0|lr;maddr=1.2.3.4" },
	{ "tel:+49-30;phone-context=x", 0, "2 +49-30|phone-context=x |0|" },
	{ " sip:a@b ", 0, "0 a| b|0|" },
	{ "", -EBADMSG, NULL }, { "alice", -EBADMSG, NULL }, { "sip:", -EBADMSG, NULL },
		{ "sip:a@", -EBADMSG, NULL },
	{ "tel:", -EBADMSG, NULL }, { "sip:a b@c", -EBADMSG, NULL },
		{ "sip:a@b:0", -EBADMSG, NULL },
	{ "sip:a@b:65536", -EBADMSG, NULL }, { "sip:a@b:x", -EBADMSG, NULL },
		{ "sip:a@[::1", -EBADMSG, NULL },
	{ "sip:a@[::1]x", -EBADMSG, NULL }, { "sip:a@b\r\nc", -EBADMSG, NULL },
		{ "sip:a@b\"", -EBADMSG, NULL },
	{ "sip:a@b/c", -EBADMSG, NULL }, { "mailto:a@b", -EPROTONOSUPPORT, NULL },
};

START_TEST(test_uris)
{
	char text[256];
	struct uri u;

	ck_assert_msg(uri_parse(&u, span_of(uris[_i].uri)) == uris[_i].rc, "%s", uris[_i].uri);
	if (uris[_i].rc)
		return;
	snprintf(text, sizeof(text), "%d %.*s|%.*s %.*s|%u|%.*s", u.scheme, (int)u.user.len,
		 u.user.p, (int)u.user_params.len,
		 u.user_params.p, (int)u.host.len, u.host.p, u.port, (int)u.params.len, u.params.p);
	ck_assert_str_eq(text, uris[_i].parts);
}
END_TEST

static const struct { const char *uri; int rc; const char *number; } numbers[] = {
	{ "tel:+49-30.(12)34", 0, "+49301234" },
	{ "sip:0301234@h", 0, "0301234" },
	{ "sip:%2B49%330@h", 0, "+4930" },
	{ "tel:*21%23;phone-context=x", 0, "B21C x" },
	{ "tel:1BC2;phone-context=+4930", 0, "1BC2 +4930" },
	{ "sip:12;phone-context=+49@h;user=phone", 0, "12 +49" },
	{ "sip:1BC2@h", -ENOENT, NULL },
	{ "sip:alice@h", -ENOENT, NULL }, { "sip:12ab@h", -ENOENT, NULL },
		{ "sip:%zz@h", -ENOENT, NULL },
	{ "sip:--@h", -ENOENT, NULL }, { "sip:h", -ENOENT, NULL },
	{ "sip:alice@h;user=phone", -EINVAL, NULL }, { "sip:+49x@h", -EINVAL, NULL },
		{ "tel:+", -EINVAL, NULL },
	{ "tel:+4*9", -EINVAL, NULL }, { "tel:12%00", -EINVAL, NULL },
		{ "sip:+%4@h", -EINVAL, NULL },
	{ "tel:+1234567890123456789012345678901234567890", -EMSGSIZE, NULL },
};

START_TEST(test_numbers)
{
	struct span context;
	char digits[33], text[128];
	bool global;
	struct uri u;

	ck_assert_int_eq(uri_parse(&u, span_of(numbers[_i].uri)), 0);
	ck_assert_msg(uri_number(digits, sizeof(digits), &global, &context, &u) == numbers[_i].rc,
		      "%s", numbers[_i].uri);
	if (numbers[_i].rc)
		return;
	snprintf(text, sizeof(text), "%s%s%s%.*s", global ? "+" : "", digits, context.len ? " "
		 : "", (int)context.len, context.p);
	ck_assert_str_eq(text, numbers[_i].number);
}
END_TEST

static const struct { const char *text; int rc; const char *parts; } addrs[] = {
	{ "<sip:a@b>", 0, "|sip:a@b|" },
	{ "\"A, \\\"<B>\\\"\" <sip:a@b;x=y>;tag=1", 0, "A, \\\"<B>\\\"|sip:a@b;x=y|tag=1" },
	{ "Alice B <sip:a@b> ; q=0.1;x", 0, "Alice B|sip:a@b| q=0.1;x" },
	{ "sip:a@b;tag=x", 0, "|sip:a@b|tag=x" },
	{ "<sip:a@b", -EBADMSG, NULL }, { "", -EBADMSG, NULL }, { "\"x", -EBADMSG, NULL },
		{ "*", -EBADMSG, NULL },
	{ "<http://x>", -EPROTONOSUPPORT, NULL },
};

START_TEST(test_name_addrs)
{
	struct name_addr n;
	char text[256];

	ck_assert_msg(name_addr_parse(&n, span_of(addrs[_i].text)) == addrs[_i].rc, "%s",
		      addrs[_i].text);
	if (addrs[_i].rc)
		return;
	snprintf(text, sizeof(text), "%.*s|%.*s|%.*s", (int)n.display.len, n.display.p,
		 (int)n.uri_text.len, n.uri_text.p,
		 (int)n.params.len, n.params.p);
	ck_assert_str_eq(text, addrs[_i].parts);
}
END_TEST

START_TEST(test_params)
{
	struct span v;

	ck_assert(param_find(&v, span_of("a=1; B = \"x;y\" ;c"), "b") && span_is(v, "x;y"));
	ck_assert(param_find(&v, span_of("a=1;c"), "C") && v.len == 0);
	ck_assert(!param_find(&v, span_of("ab=1"), "a"));
	ck_assert(!param_find(&v, span_of(""), "a"));
	ck_assert(!param_find(&v, span_of("x=\"a=1"), "a"));
}
END_TEST

START_TEST(test_writers)
{
	char buf[64];
	struct out o = out_to(buf, sizeof(buf));

	out_display(&o, "a\"b\\c\r\nd");
	out_char(&o, ' ');
	out_user(&o, "a b@c:d;e?f");
	ck_assert_int_gt(out_end(&o), 0);
	ck_assert_str_eq(buf, "\"a\\\"b\\\\cd\" a%20b%40c%3Ad%3Be%3Ff");
	display_text(buf, 4, span_of("ab\\\"cd"));
	ck_assert_str_eq(buf, "ab\"");
	display_text(buf, 4, span_of("ab\xc3\xbc"));	/* no half of a character */
	ck_assert_str_eq(buf, "ab");
	display_text(buf, 5, span_of("ab\xc3\xbc"));
	ck_assert_str_eq(buf, "ab\xc3\xbc");
	uri_host(buf, sizeof(buf), "2001:db8::1");
	ck_assert_str_eq(buf, "[2001:db8::1]");
	uri_host(buf, sizeof(buf), "[::1]");
	ck_assert_str_eq(buf, "[::1]");
	uri_host(buf, 5, "peer.example");
	ck_assert_str_eq(buf, "peer");
	uri_host(buf, 5, "2001:db8::1");
	ck_assert_str_eq(buf, "[20]");
	o = out_to(buf, 4);
	out_str(&o, "abcd");
	ck_assert_int_eq(out_end(&o), -EMSGSIZE);
	ck_assert_str_eq(buf, "");
	o = out_to(buf, 4);
	out_fmt(&o, "%d", 12345);
	ck_assert_int_eq(out_want(&o), 5);
	ck_assert_str_eq(buf, "123");
	o = out_to(buf, sizeof(buf));
	out_fmt(&o, "%u %s%u%%%02x %u", 0, "a", UINT_MAX, 10, 1000000000);
	ck_assert_int_eq(out_end(&o), 27);
	ck_assert_str_eq(buf, "0 a4294967295%0a 1000000000");
	o = out_to(buf, 4);
	out_fmt(&o, "%u", 12345);
	ck_assert_int_eq(out_want(&o), 5);
	ck_assert_str_eq(buf, "123");
	o = out_to(buf, 5);
	out_hex(&o, (const uint8_t[]){ 0x0f, 0xa0 }, 2);
	ck_assert_int_eq(out_end(&o), 4);
	ck_assert_str_eq(buf, "0fa0");
	o = out_to(buf, 5);
	out_char(&o, 'x');
	out_hex(&o, (const uint8_t[]){ 0x0f, 0xa0 }, 2);
	ck_assert_int_eq(out_want(&o), 5);
	ck_assert_int_eq(memcmp(buf, "x0fa", 3), 0);
	o = out_to(NULL, 0);
	out_str(&o, "abc");
	ck_assert_int_eq(out_want(&o), 3);
}
END_TEST

START_TEST(test_spans)
{
	struct span rest = span_of("a\r\nb\n\nc"), line, element;
	uint64_t n;

	ck_assert(span_line(&line, &rest) && span_is(line, "a"));
	ck_assert(span_line(&line, &rest) && span_is(line, "b"));
	ck_assert(span_line(&line, &rest) && line.len == 0);
	ck_assert(span_line(&line, &rest) && span_is(line, "c"));
	ck_assert(!span_line(&line, &rest));
	rest = span_of("\"x,\\\",y\" <a,b>, c,,d\\");
	ck_assert(span_element(&element, &rest, ',') && span_is(element, "\"x,\\\",y\" <a,b>"));
	ck_assert(span_element(&element, &rest, ',') && span_is(element, "c"));
	ck_assert(span_element(&element, &rest, ',') && element.len == 0);
	ck_assert(span_element(&element, &rest, ',') && span_is(element, "d\\"));
	ck_assert(!span_element(&element, &rest, ','));
	rest = span_of("\"open\\");
	ck_assert(span_element(&element, &rest, ',') && span_is(element, "\"open\\"));
	ck_assert(span_number(&n, span_of("18446744073709551615"), UINT64_MAX) && n == UINT64_MAX);
	ck_assert(!span_number(&n, span_of("18446744073709551616"), UINT64_MAX));
	ck_assert(!span_number(&n, span_of(""), 9) && !span_number(&n, span_of("1x"), 99) &&
		  !span_number(&n, span_of("10"), 9));
	ck_assert(span_number(&n, span_of("255"), 255) && !span_number(&n, span_of("256"), 255));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sipt");
	TCase *tc = tcase_create("sipt");

	tcase_add_loop_test(tc, test_bodies, 0, N(bodies));
	tcase_add_test(tc, test_limits);
	tcase_add_test(tc, test_large);
	tcase_add_test(tc, test_disposition);
	tcase_add_test(tc, test_find);
	tcase_add_loop_test(tc, test_versions, 0, N(versions));
	tcase_add_test(tc, test_version_rows);
	tcase_add_test(tc, test_compose);
	tcase_add_test(tc, test_boundary);
	tcase_add_test(tc, test_compose_limits);
	tcase_add_loop_test(tc, test_uris, 0, N(uris));
	tcase_add_loop_test(tc, test_numbers, 0, N(numbers));
	tcase_add_loop_test(tc, test_name_addrs, 0, N(addrs));
	tcase_add_test(tc, test_params);
	tcase_add_test(tc, test_writers);
	tcase_add_test(tc, test_spans);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
