/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP codec: golden messages (text in, reading out, same text back), refusals, values. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mgcp/mgcp.h"
#include "mgcp/rows.h"
#include "tests/suite.h"

enum { MAX_FILE = 128 * 1024 };

static const char *golden(char *buf, size_t size, const char *name, const char *suffix)
{
	const char *top = getenv("top_srcdir");

	snprintf(buf, size, "%s/tests/golden/mgcp/%s%s", top ? top : "..", name, suffix);
	return buf;
}

static size_t slurp(char *buf, size_t size, const char *path)
{
	FILE *f = fopen(path, "r");
	size_t len;

	if (!f)
		return 0;
	len = fread(buf, 1, size - 1, f);
	ck_assert_uint_lt(len, size - 1);
	buf[len] = '\0';
	fclose(f);
	return len;
}

static size_t with_crlf(char *out, const char *in, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (in[i] == '\n')
			out[n++] = '\r';
		out[n++] = in[i];
	}
	out[n] = '\0';
	return n;
}

static int read_one(struct mgcp_msg *m, struct mgcp_rd *rd)
{
	struct mgcp_fault f;
	int rc = mgcp_decode(m, rd, &f);

	ck_assert_msg(rc >= 0, "%s at %zu of:\n%s", f.why, f.at, rd->start);
	return rc;
}

/* All messages of a datagram: readings are appended to text; what is written must be read as the
 * same, and stay. */
static size_t read_datagram(char *text, size_t size, const char *buf, size_t len, bool canonical)
{
	static char once[MGCP_MAX_DATAGRAM], twice[MGCP_MAX_DATAGRAM], whole[MAX_FILE],
		reading[MGCP_MAX_DATAGRAM];
	struct mgcp_rd rd = mgcp_rd(buf, len);
	struct mgcp_msg m, again;
	size_t used = 0, n_whole = 0;

	while (read_one(&m, &rd)) {
		int n = mgcp_encode(once, sizeof(once), &m), print;
		struct mgcp_rd back = mgcp_rd(once, n);

		ck_assert_int_gt(n, 0);
		ck_assert_int_eq(read_one(&again, &back), 1);
		ck_assert_int_eq(mgcp_encode(twice, sizeof(twice), &again), n);
		ck_assert_str_eq(once, twice);
		print = mgcp_print(text + used, size - used, &m);
		ck_assert_int_gt(print, 0);
		ck_assert_int_eq(mgcp_print(reading, sizeof(reading), &again), print);
		if (canonical)
			ck_assert_str_eq(text + used, reading);
		used += print;
		n_whole += snprintf(whole + n_whole, sizeof(whole) - n_whole, "%s%s",
				    n_whole ? ".\r\n" : "", once);
	}
	if (canonical)
		ck_assert_str_eq(whole, buf);
	return used;
}

static void golden_file(const char *name)
{
	static char in[MAX_FILE], out[MAX_FILE], out_lf[MAX_FILE], want[MAX_FILE],
		crlf[MGCP_MAX_DATAGRAM * 2];
	char path[512];
	size_t len = slurp(in, sizeof(in), golden(path, sizeof(path), name, ".mgcp"));
	size_t used = 0, used_lf = 0;
	bool canonical = strncmp(name, "odd", 3) && strncmp(name, "osmo", 4);
	char *p = in;

	ck_assert_uint_gt(len, 0);
	while (*p) {
		char *end = strstr(p, "----\n");
		size_t one = end ? (size_t)(end - p) : strlen(p);
		size_t n = with_crlf(crlf, p, one);

		used += read_datagram(out + used, sizeof(out) - used, crlf, n, canonical);
		used_lf += read_datagram(out_lf + used_lf, sizeof(out_lf) - used_lf, p, one, false);
		used += snprintf(out + used, sizeof(out) - used, "\n");
		used_lf += snprintf(out_lf + used_lf, sizeof(out_lf) - used_lf, "\n");
		p += one + (end ? 5 : 0);
	}
	ck_assert_str_eq(out, out_lf);
	golden(path, sizeof(path), name, ".txt");
	if (getenv("UPDATE_GOLDEN")) {
		FILE *f = fopen(path, "w");

		ck_assert_ptr_nonnull(f);
		fputs(out, f);
		fclose(f);
	}
	slurp(want, sizeof(want), path);
	ck_assert_str_eq(out, want);
}

START_TEST(goldens)
{
	char path[512];
	DIR *d = opendir(golden(path, sizeof(path), "", ""));
	struct dirent *e;
	int n = 0;

	ck_assert_ptr_nonnull(d);
	while ((e = readdir(d))) {
		char *dot = strstr(e->d_name, ".mgcp");

		if (!dot)
			continue;
		*dot = '\0';
		golden_file(e->d_name);
		n++;
	}
	closedir(d);
	ck_assert_int_ge(n, 13);
}
END_TEST

static int decode(struct mgcp_msg *m, struct mgcp_fault *f, const char *text)
{
	struct mgcp_rd rd = mgcp_rd(text, strlen(text));

	return mgcp_decode(m, &rd, f);
}

#define HEAD "RQNT 5 a/1@gw MGCP 1.0\n"
static const struct { const char *text, *why; uint16_t code; uint32_t tid; } refusals[] = {
	{ "CRCX\n", "transaction identifier", 510, 0 },
	{ "CRC 5 a/1@gw MGCP 1.0\n", "verb", 510, 0 },
	{ "C;CX 5 a/1@gw MGCP 1.0\n", "verb", 510, 5 },
	{ "RQNT 0 a/1@gw MGCP 1.0\n", "transaction identifier", 510, 0 },
	{ "RQNT 1234567890 a/1@gw MGCP 1.0\n", "transaction identifier", 510, 0 },
	{ "RQNT 5x a/1@gw MGCP 1.0\n", "transaction identifier", 510, 0 },
	{ "RQNT 5 a/1 MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 a/@gw MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 /a@gw MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 a//b@gw MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 @gw MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 a/1@ MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 a/1@g@w MGCP 1.0\n", "endpoint name", 500, 5 },
	{ "RQNT 5 a/1@gw SIP 1.0\n", "no protocol name", 510, 5 },
	{ "RQNT 5 a/1@gw MGCP\n", "version", 510, 5 },
	{ "RQNT 5 a/1@gw MGCP 1\n", "version", 510, 5 },
	{ "RQNT 5 a/1@gw MGCP 1.x\n", "version", 510, 5 },
	{ "RQNT 5 a/1@gw MGCP 0.1\nX: 1\n", "version not supported", 528, 5 },
	{ "RQNT 5 a/1@gw MGCP 1.1\nX: 1\n", "version not supported", 528, 5 },
	{ HEAD, "parameter missing", 510, 5 },
	{ HEAD "X 1\n", "parameter line", 510, 5 },
	{ HEAD ": 1\n", "parameter line", 510, 5 },
	{ HEAD "X: 1\nX: 2\n", "parameter twice", 510, 5 },
	{ HEAD "X: 12g\n", "parameter value", 510, 5 },
	{ HEAD "X:\n", "parameter value", 510, 5 },
	{ HEAD "X: 123456789012345678901234567890123\n", "parameter value", 510, 5 },
	{ HEAD "X: 1\nK: 5-3\n", "parameter value", 510, 5 },
	{ HEAD "X: 1\nK: 5-\n", "parameter value", 510, 5 },
	{ HEAD "X: 1\nRD: 1234567\n", "parameter value", 510, 5 },
	{ HEAD "X: 1\nE: 9x0\n", "parameter value", 510, 5 },
	{ HEAD "X: 1\nN: a\001b\n", "control character", 510, 5 },
	{ HEAD "X: 1\nS\tR: x\n", "parameter name", 510, 5 },
	{ HEAD "X: 1\n\nv=0\n\nv=0\n", "too many session descriptions", 510, 5 },
	{ "2x0 5 OK\n", "response code", 0, 5 },
	{ "2000 5 OK\n", "response code", 0, 5 },
	{ "200\n", "transaction identifier", 0, 0 },
	{ "801 5 / text\n", "package name", 0, 5 },
	{ "200 5 OK\n\nv=0\n\nv=0\n\nv=0\n", "too many session descriptions", 0, 5 },
	{ "200 5 OK\nI: 12-34\n", "parameter value", 0, 5 },
};

START_TEST(refused)
{
	struct mgcp_fault f;
	struct mgcp_msg m;

	ck_assert_int_eq(decode(&m, &f, refusals[_i].text), -EINVAL);
	ck_assert_str_eq(f.why, refusals[_i].why);
	if (!m.response)
		ck_assert_uint_eq(f.code, refusals[_i].code);
	ck_assert_uint_eq(m.tid, refusals[_i].tid);
	ck_assert_uint_le(f.at, strlen(refusals[_i].text));
}
END_TEST

/* A bad message costs no other of the datagram. */
START_TEST(piggybacked)
{
	const char *text = ".\r\n\r\n200 1 OK\r\n.\r\nNONSENSE\r\nX: 1\r\n\r\nv=0\r\n"
			   ".\r\n200 2\r\n\r\nv=0\r\n.\r\nRSIP 3 *@gw MGCP 1.0\r\nRM: restart";
	struct mgcp_rd rd = mgcp_rd(text, strlen(text));
	struct mgcp_fault f;
	struct mgcp_msg m;

	ck_assert_int_eq(mgcp_decode(&m, &rd, &f), 1);
	ck_assert_uint_eq(m.tid, 1);
	ck_assert_int_eq(mgcp_decode(&m, &rd, &f), -EINVAL);
	ck_assert_int_eq(mgcp_decode(&m, &rd, &f), 1);
	ck_assert_uint_eq(m.tid, 2);
	ck_assert_uint_eq(m.n_sdp, 1);
	ck_assert_int_eq(mgcp_decode(&m, &rd, &f), 1);
	ck_assert_int_eq(m.verb, MGCP_RSIP);
	ck_assert_int_eq(mgcp_decode(&m, &rd, &f), 0);
}
END_TEST

START_TEST(limits)
{
	static char big[MGCP_MAX_DATAGRAM + 2];
	struct mgcp_msg m = mgcp_command(MGCP_AUEP, "a/1@gw"), got;
	struct mgcp_fault f;
	struct mgcp_rd rd;
	char small[40];
	int len;

	m.tid = 5;
	for (int i = 0; i < MGCP_MAX_PARAMS; i++)
		mgcp_add(&m, MGCP_P_Z, "a/1@gw");
	len = mgcp_encode(big, sizeof(big), &m);
	ck_assert_int_gt(len, 0);
	rd = mgcp_rd(big, len);
	ck_assert_int_eq(mgcp_decode(&got, &rd, &f), 1);
	ck_assert_uint_eq(got.n_params, MGCP_MAX_PARAMS);
	strncat(big, "Z: b@gw\r\n", sizeof(big) - len - 1);
	ck_assert_int_eq(decode(&got, &f, big), -EINVAL);
	ck_assert_str_eq(f.why, "too many parameters");
	mgcp_add(&m, MGCP_P_Z, "a/1@gw");
	ck_assert_int_eq(mgcp_encode(big, sizeof(big), &m), -EINVAL);

	m = mgcp_command(MGCP_AUEP, "a/1@gw");
	m.tid = 5;
	mgcp_add(&m, MGCP_P_F, "I");
	len = mgcp_encode(small, sizeof(small), &m);
	ck_assert_int_eq(len, (int)strlen("AUEP 5 a/1@gw MGCP 1.0\r\nF: I\r\n"));
	for (int size = 0; size <= len; size++)
		ck_assert_int_eq(mgcp_encode(small, size, &m), -ENOSPC);

	memset(big, 'x', sizeof(big));
	rd = mgcp_rd(big, MGCP_MAX_DATAGRAM + 1);
	ck_assert_int_eq(mgcp_decode(&got, &rd, &f), -EINVAL);
	ck_assert_str_eq(f.why, "datagram too long");
	ck_assert_int_eq(mgcp_decode(&got, &rd, &f), 0);
}
END_TEST

/* Nothing from outside may break out of its line or its message. */
START_TEST(not_written)
{
	struct mgcp_msg m = mgcp_command(MGCP_DLCX, "a/1@gw");
	char buf[500];

	m.tid = 5;
	ck_assert_int_gt(mgcp_encode(buf, sizeof(buf), &m), 0);
	m.tid = 0;
	ck_assert_int_eq(mgcp_encode(buf, sizeof(buf), &m), -EINVAL);
	m.tid = 5;
	mgcp_add(&m, MGCP_P_C, "1\r\nM: sendrecv");
	ck_assert_int_eq(mgcp_encode(buf, sizeof(buf), &m), -EINVAL);
	m.n_params = 0;
	m.endpoint = mgcp_text("a/1 x@gw");
	ck_assert_int_eq(mgcp_encode(buf, sizeof(buf), &m), -EINVAL);
	m.endpoint = mgcp_text("a/1@gw");
	mgcp_add_sdp(&m, "v=0\r\n.\r\nDLCX 6 *@gw MGCP 1.0\r\n");
	ck_assert_int_eq(mgcp_encode(buf, sizeof(buf), &m), -EINVAL);
	m.n_sdp = 0;
	mgcp_add_sdp(&m, "v=0\n\nv=0\n");
	ck_assert_int_eq(mgcp_encode(buf, sizeof(buf), &m), -EINVAL);
	m.n_sdp = 0;
	mgcp_add_sdp(&m, "v=0\ns=-");
	ck_assert_int_gt(mgcp_encode(buf, sizeof(buf), &m), 0);
	ck_assert_ptr_nonnull(strstr(buf, "\r\n\r\nv=0\r\ns=-\r\n"));
}
END_TEST

START_TEST(names)
{
	static const struct { const char *wild, *name; bool covers; } rows[] = {
		{ "*@gw", "ds/e1-3/17@gw", true },
		{ "ds/*@gw", "ds/e1-3/17@gw", true },
		{ "ds/e1-3/*@gw", "ds/e1-3/17@gw", true },
		{ "DS/E1-3/*@gw", "ds/e1-3/17@other", true },
		{ "ds/e1-3/*@gw", "ds/e1-30/17@gw", false },
		{ "ds/e1-3/17@gw", "ds/e1-3/17@gw", true },
		{ "ds/e1-3/1@gw", "ds/e1-3/17@gw", false },
		{ "ds/*/17@gw", "ds/e1-3/17@gw", true },
		{ "ds/*/18@gw", "ds/e1-3/17@gw", false },
		{ "ds/e1-3@gw", "ds/e1-3/17@gw", false },
		{ "ds/e1-3/17/x@gw", "ds/e1-3/17@gw", false },
		{ "*", "*", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct mgcp_text wild = mgcp_text(rows[i].wild);

		ck_assert_msg(mgcp_name_covers(&wild, rows[i].name) == rows[i].covers, "%s %s",
			      rows[i].wild, rows[i].name);
	}
}
END_TEST

START_TEST(values)
{
	struct mgcp_text k = mgcp_text("5001-5002, 4990,4992-4995"), bad = mgcp_text("12, x");
	struct mgcp_text p = mgcp_text("PS=9120, OS=1459200,pr=9097, X-aa=7, JI=4 , LA=38");
	struct mgcp_text rm = mgcp_text("Cancel-Graceful"), other = mgcp_text("sideways");
	struct mgcp_stats s = mgcp_stats(&p);
	uint32_t first, last;

	ck_assert(mgcp_ack_next(&k, &first, &last) && first == 5001 && last == 5002);
	ck_assert(mgcp_ack_next(&k, &first, &last) && first == 4990 && last == 4990);
	ck_assert(mgcp_ack_next(&k, &first, &last) && first == 4992 && last == 4995);
	ck_assert(!mgcp_ack_next(&k, &first, &last) && !k.len);
	ck_assert(mgcp_ack_next(&bad, &first, &last) && !mgcp_ack_next(&bad, &first, &last) &&
		  bad.len);
	ck_assert(s.ps == 9120 && s.os == 1459200 && s.pr == 9097 && s.octets_rx == 0);
	ck_assert(s.ji == 4 && s.la == 38);
	ck_assert_int_eq(mgcp_restart(&rm), MGCP_RM_CANCEL);
	ck_assert_int_eq(mgcp_restart(&other), MGCP_RM_OTHER);
}
END_TEST

/* Rows in order, none twice; unknown codes have the meaning that 2.4 gives them. */
START_TEST(tables)
{
	const struct mgcp_code *row;

	for (unsigned int i = 0; (row = mgcp_code_row(i)); i++) {
		ck_assert_ptr_eq(mgcp_code(row->code), row);
		if (i)
			ck_assert_uint_gt(row->code, mgcp_code_row(i - 1)->code);
	}
	ck_assert_uint_eq(mgcp_code(99)->code, 0);
	ck_assert_uint_eq(mgcp_code(199)->code, 100);
	ck_assert_uint_eq(mgcp_code(299)->code, 200);
	ck_assert_uint_eq(mgcp_code(300)->code, 521);
	ck_assert_uint_eq(mgcp_code(499)->code, 400);
	ck_assert_uint_eq(mgcp_code(799)->code, 510);
	ck_assert_uint_eq(mgcp_code(999)->code, 510);
	for (int i = 1; i < MGCP_PARAMS; i++) {
		struct mgcp_text name = mgcp_text(mgcp_rows[i].name);

		ck_assert_ptr_nonnull(mgcp_rows[i].clause);
		if (name.p)
			ck_assert_int_eq(mgcp_param_by_name(&name), i);
	}
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mgcp");
	TCase *t = tcase_create("codec");

	tcase_add_test(t, goldens);
	tcase_add_loop_test(t, refused, 0, sizeof(refusals) / sizeof(refusals[0]));
	tcase_add_test(t, piggybacked);
	tcase_add_test(t, limits);
	tcase_add_test(t, not_written);
	tcase_add_test(t, names);
	tcase_add_test(t, values);
	tcase_add_test(t, tables);
	suite_add_tcase(s, t);
	return suite_run(s);
}
