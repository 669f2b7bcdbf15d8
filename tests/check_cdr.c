/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call records: their text, and what is in the file after crashes, rotations and a full disk. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/cdr.h"
#include "tests/suite.h"

static const struct log_info_cat categories[] = {
	{ .name = "DCDR", .enabled = 1, .loglevel = LOGL_FATAL }
};
static const struct log_info log_info = { .cat = categories, .num_cat = ARRAY_SIZE(categories) };
static void *ctx;
static char dir[] = "/tmp/tollgate-cdr-XXXXXX", path[64], moved[64];

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/cdr.jsonl", dir);
	snprintf(moved, sizeof(moved), "%s/cdr.1", dir);
}

static void teardown(void)
{
	unlink(path);
	unlink(moved);
	rmdir(dir);
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
}

static const struct cdr answered = {
	.id = "5f1e-1",
	.in = { .protocol = "isup", .trunk_group = "berlin", .cic = 5, .point_codes = "1.1.1/1.1.2",
		.called = "+4930555",
		.calling = "+4989123", .calling_presentation = "allowed" },
	.out = { .protocol = "sip", .trunk_group = "pbx", .call_id = "a\"b\\c@gw",
		 .peer = "192.0.2.1:5060",
		 .called = "+4930555", .calling = "+4989123",
		 .calling_presentation = "restricted" },
	.attempts = 2,
	.setup = { 1795226400, 1999999 }, .alert = { 1795226401, 0 },
	.answer = { 1795226403, 500000000 },
	.release = { 1795226463, 999999999 },
	.duration_s = 60.4995, .released_by = CDR_SIDE_CALLING, .cause = 16, .location = 10,
	.sip_status = 200,
};

static const char answered_text[] =
	"{\"id\":\"5f1e-1\",\"in\":{\"protocol\":\"isup\",\"trunk_group\":\"berlin\",\"cic\":5,"
	"\"point_codes\":\"1.1.1/1.1.2\","
	"\"called\":\"+4930555\",\"calling\":\"+4989123\",\"calling_presentation\":\"allowed\"},"
	"\"out\":{\"protocol\":\"sip\",\"trunk_group\":\"pbx\",\"call_id\":\"a\\\"b\\\\c@gw\","
	"\"peer\":\"192.0.2.1:5060\","
	"\"called\":\"+4930555\",\"calling\":\"+4989123\",\"calling_presentation\":\"restricted\"},"
	"\"attempts\":2,"
	"\"setup\":\"2026-11-21T02:00:00.001Z\",\"alert\":\"2026-11-21T02:00:01.000Z\","
	"\"answer\":\"2026-11-21T02:00:03.500Z\","
	"\"release\":\"2026-11-21T02:01:03.999Z\",\"duration\":60.499,\"released_by\":\"calling\","
	"\"cause\":16,\"location\":10,"
	"\"sip_status\":200,\"reason\":null}";

static const char refused_text[] =
	"{\"id\":\"x\",\"in\":{\"protocol\":\"sip\",\"trunk_group\":\"pbx\",\"call_id\":null,"
	"\"peer\":null,\"called\":null,"
	"\"calling\":null,\"calling_presentation\":null},\"out\":null,\"attempts\":0,"
	"\"setup\":null,\"alert\":null,"
	"\"answer\":null,\"release\":null,\"duration\":0.000,\"released_by\":\"gateway\","
	"\"cause\":3,\"location\":0,"
	"\"sip_status\":null,\"reason\":\"no route\"}";

/* --- text --- */

START_TEST(text)
{
	const struct cdr refused = { .id = "x", .in = { .protocol = "sip", .trunk_group = "pbx" },
				     .released_by = CDR_SIDE_GATEWAY, .cause = 3,
				     .reason = "no route", .duration_s = -1 };
	char buf[2048];
	int len;

	len = cdr_print(buf, sizeof(buf), &answered);
	ck_assert_str_eq(buf, answered_text);
	ck_assert_int_eq(len, strlen(answered_text));
	cdr_print(buf, sizeof(buf), &refused);
	ck_assert_str_eq(buf, refused_text);
}
END_TEST

START_TEST(every_size)
{
	char buf[sizeof(answered_text) + 1];
	size_t size;

	for (size = 0; size <= sizeof(answered_text); size++) {
		memset(buf, '#', sizeof(buf));
		ck_assert_int_eq(cdr_print(buf, size, &answered), sizeof(answered_text) - 1);
		ck_assert_int_eq(buf[size], '#');
		if (size)
			ck_assert_uint_eq(strlen(buf), size - 1);
		ck_assert_int_eq(strncmp(buf, answered_text, size ? size - 1 : 0), 0);
	}
}
END_TEST

static const struct { const char *in, *out; } strings[] = {
	{ "plain", "plain" },
	{ "\"\\/", "\\\"\\\\/" },
	{ "\n\r\t\b\x01\x1f\x7f", "\\u000a\\u000d\\u0009\\u0008\\u0001\\u001f\x7f" },
	{ "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80",
	  "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80" },
	{ "\xfc", "\\ufffd" },
	{ "a\xc3", "a\\ufffd" },
	{ "\xe2\x82", "\\ufffd\\ufffd" },
	{ "\xc0\xaf", "\\ufffd\\ufffd" },
	{ "\xe0\x80\xaf", "\\ufffd\\ufffd\\ufffd" },
	{ "\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd" },
	{ "\xf4\x90\x80\x80", "\\ufffd\\ufffd\\ufffd\\ufffd" },
	{ "\xf0\x80\x80\xaf", "\\ufffd\\ufffd\\ufffd\\ufffd" },
};

START_TEST(escaped)
{
	const struct cdr r = { .id = strings[_i].in };
	char buf[1024], want[256];

	cdr_print(buf, sizeof(buf), &r);
	snprintf(want, sizeof(want), "{\"id\":\"%s\",\"in\":null,", strings[_i].out);
	ck_assert_msg(strncmp(buf, want, strlen(want)) == 0, "%s", buf);
}
END_TEST

/* --- the file --- */

static unsigned int lines_of(const char *file, unsigned int *ret_torn)
{
	FILE *f = fopen(file, "re");
	char *line = NULL;
	size_t size = 0;
	unsigned int n = 0;
	ssize_t len;

	*ret_torn = 0;
	if (!f)
		return 0;
	while ((len = getline(&line, &size, f)) > 0) {
		n++;
		if (len < 3 || line[0] != '{' || strcmp(line + len - 2, "}\n") != 0)
			(*ret_torn)++;
	}
	free(line);
	fclose(f);
	return n;
}

static void ck_lines(const char *file, unsigned int n)
{
	unsigned int torn;

	ck_assert_uint_eq(lines_of(file, &torn), n);
	ck_assert_uint_eq(torn, 0);
}

START_TEST(written)
{
	struct cdr_file *f = cdr_open(ctx, path, _i, 0);
	struct stat st;
	int i;

	for (i = 0; i < 100; i++)
		ck_assert_int_eq(cdr_write(f, &answered), 0);
	ck_lines(path, 100);
	ck_assert_uint_eq(cdr_written(f), 100);
	ck_assert_uint_eq(cdr_lost(f), 0);
	ck_assert_int_eq(stat(path, &st), 0);
	/* numbers of people are not for all to read */
	ck_assert_uint_eq(st.st_mode & 0137, 0);
	cdr_close(f);
	f = cdr_open(ctx, path, _i, 0);
	ck_assert_int_eq(cdr_write(f, &answered), 0);
	cdr_close(f);
	ck_lines(path, 101);
}
END_TEST

START_TEST(cannot_open)
{
	ck_assert_ptr_null(cdr_open(ctx, "/nonexistent/cdr.jsonl", true, 0));
	ck_assert_ptr_null(cdr_open(ctx, "/", false, 0));
}
END_TEST

/* A process writes and says each record it finished; then it is killed at a random moment. */
static void write_until_killed(int say)
{
	struct cdr_file *f = cdr_open(ctx, path, true, 0);
	char one = 1;

	while (cdr_write(f, &answered) == 0) {
		if (write(say, &one, 1) != 1)
			break;
	}
	_exit(1);
}

START_TEST(killed)
{
	unsigned int said = 0, n, before = 0, torn, torn_before = 0;
	int fds[2], status, round;
	char buf[65536];
	ssize_t got;
	pid_t pid;

	for (round = 0; round < 8; round++) {
		ck_assert_int_eq(pipe(fds), 0);
		pid = fork();
		if (pid == 0)
			write_until_killed(fds[1]);
		close(fds[1]);
		for (said = 0; said < 20; said += got) {
			got = read(fds[0], buf, sizeof(buf));
			ck_assert_int_gt(got, 0);
		}
		usleep(500 * round);
		ck_assert_int_eq(kill(pid, SIGKILL), 0);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert(WIFSIGNALED(status));
		while ((got = read(fds[0], buf, sizeof(buf))) > 0)
			said += got;
		close(fds[0]);
		n = lines_of(path, &torn);
		ck_assert_uint_ge(n - before - (torn - torn_before), said);
		/* the one it could not speak of any more, which may be torn */
		ck_assert_uint_le(n - before, said + 1);
		before = n;
		torn_before = torn;
	}
	ck_assert_uint_gt(before, 100);
}
END_TEST

START_TEST(torn_line_is_ended)
{
	FILE *o = fopen(path, "we");
	struct cdr_file *f;
	char line[4096];

	fputs("{\"id\":\"whole\"}\n{\"id\":\"to", o);
	fclose(o);
	f = cdr_open(ctx, path, false, 0);
	ck_assert_int_eq(cdr_write(f, &answered), 0);
	cdr_close(f);
	o = fopen(path, "re");
	ck_assert_str_eq(fgets(line, sizeof(line), o), "{\"id\":\"whole\"}\n");
	ck_assert_str_eq(fgets(line, sizeof(line), o), "{\"id\":\"to\n");
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), o));
	ck_assert_int_eq(strncmp(line, answered_text, strlen(answered_text)), 0);
	ck_assert_ptr_null(fgets(line, sizeof(line), o));
	fclose(o);
}
END_TEST

START_TEST(rotated)
{
	struct cdr_file *f = cdr_open(ctx, path, _i, 0);
	int i;

	for (i = 0; i < 5; i++) {
		ck_assert_int_eq(cdr_write(f, &answered), 0);
		rename(path, moved);
		ck_assert_int_eq(cdr_write(f, &answered), 0);
		ck_lines(moved, 2);
		ck_assert_int_eq(cdr_reopen(f), 0);
		ck_assert_int_eq(cdr_write(f, &answered), 0);
		ck_lines(path, 1);
		unlink(path);
		ck_assert_int_eq(cdr_reopen(f), 0);
	}
	/* the directory is gone: the old file serves on */
	ck_assert_int_eq(cdr_write(f, &answered), 0);
	ck_assert_int_eq(rename(path, moved), 0);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(cdr_reopen(f), -EISDIR);
	ck_assert_int_eq(cdr_write(f, &answered), 0);
	ck_lines(moved, 2);
	ck_assert_int_eq(rmdir(path), 0);
	cdr_close(f);
}
END_TEST

/* As if so much time had passed for the loop. */
static void pass_s(unsigned int seconds)
{
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_add(seconds, 0);
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_clock_override_add(CLOCK_MONOTONIC, seconds, 0);
	osmo_timers_prepare();
	osmo_timers_update();
}

/* A limit of the file's size stands for a full disk: the record that crosses it is cut in the
 * middle. */
START_TEST(full_disk)
{
	const size_t len = strlen(answered_text) + 1;
	struct rlimit old, small = { .rlim_cur = 10 * len + len / 2 };
	struct cdr_file *f;
	int i;

	pass_s(0);
	f = cdr_open(ctx, path, true, 0);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small.rlim_max = old.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(cdr_write(f, &answered), 0);
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(cdr_write(f, &answered), -EAGAIN);
	ck_assert_uint_eq(cdr_waiting(f), 10);
	pass_s(CDR_RETRY_S);
	ck_assert_uint_eq(cdr_waiting(f), 10);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
	ck_assert_int_eq(cdr_write(f, &answered), -EAGAIN);	/* behind the others */
	pass_s(CDR_RETRY_S);
	ck_assert_uint_eq(cdr_waiting(f), 0);
	ck_assert_uint_eq(cdr_written(f), 21);
	ck_assert_uint_eq(cdr_lost(f), 0);
	ck_lines(path, 21);
	ck_assert_int_eq(cdr_write(f, &answered), 0);
	cdr_close(f);
	ck_lines(path, 22);
}
END_TEST

/* Rotation while the disk is full: a line that is half in the old file is whole in the new one. */
START_TEST(full_and_rotated)
{
	const size_t len = strlen(answered_text) + 1;
	struct rlimit old, small = { .rlim_cur = 2 * len + len / 2 };
	struct cdr_file *f = cdr_open(ctx, path, false, 0);
	struct stat st;
	int i;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small.rlim_max = old.rlim_max;
	setrlimit(RLIMIT_FSIZE, &small);
	for (i = 0; i < 4; i++)
		cdr_write(f, &answered);
	setrlimit(RLIMIT_FSIZE, &old);
	ck_assert_uint_eq(cdr_waiting(f), 2);
	rename(path, moved);
	ck_assert_int_eq(stat(moved, &st), 0);
	ck_assert_int_eq(st.st_size, 2 * len + len / 2);
	ck_assert_int_eq(cdr_reopen(f), 0);
	ck_assert_uint_eq(cdr_waiting(f), 0);
	ck_lines(path, 2);
	cdr_close(f);
}
END_TEST

START_TEST(spool_is_bounded)
{
	struct cdr_file *f = cdr_open(ctx, "/dev/full", true, 0);
	const size_t fits = CDR_MAX_SPOOL / (strlen(answered_text) + 1);
	size_t i;

	ck_assert_ptr_nonnull(f);
	for (i = 0; i < fits; i++)
		ck_assert_int_eq(cdr_write(f, &answered), -EAGAIN);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(cdr_write(f, &answered), -ENOBUFS);
	ck_assert_uint_eq(cdr_waiting(f), fits);
	ck_assert_uint_eq(cdr_lost(f), 3);
	ck_assert_uint_eq(cdr_written(f), 0);
	cdr_close(f);
}
END_TEST

START_TEST(long_records)
{
	struct cdr_file *f = cdr_open(ctx, path, false, 0);
	char *reason = malloc(CDR_MAX_RECORD + 1);
	struct cdr r = answered;
	size_t n;

	r.reason = reason;
	for (n = 4096 - strlen(answered_text); n < 4104 - strlen(answered_text) + 8; n++) {
		memset(reason, 'x', n);
		reason[n] = '\0';
		ck_assert_int_eq(cdr_write(f, &r), 0);
	}
	ck_lines(path, 16);
	memset(reason, 'x', CDR_MAX_RECORD);
	reason[CDR_MAX_RECORD] = '\0';
	ck_assert_int_eq(cdr_write(f, &r), -EMSGSIZE);
	ck_assert_uint_eq(cdr_lost(f), 1);
	ck_lines(path, 16);
	cdr_close(f);
	free(reason);
}
END_TEST

/* Whatever else the tests say, this is what a call pays: well below a tenth of a millisecond of the
 * processor even with sync, and the loop does not wait for the disk. */
START_TEST(cheap)
{
	struct cdr_file *f = cdr_open(ctx, path, true, 0);
	struct rusage before, after;
	struct timespec a, b;
	double us;
	int i;

	getrusage(RUSAGE_THREAD, &before);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	for (i = 0; i < 2000; i++)
		cdr_write(f, &answered);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	getrusage(RUSAGE_THREAD, &after);
	us = ((b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec)) / 1e3 / 2000;
	printf("cdr_write: %.1f us a record, waited %ld times\n", us,
	       after.ru_nvcsw - before.ru_nvcsw);
	cdr_close(f);
	ck_assert_double_lt(us, 100);
	ck_assert_int_lt(after.ru_nvcsw - before.ru_nvcsw, 1000);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("cdr");
	TCase *tc = tcase_create("cdr");

	ctx = talloc_named_const(NULL, 1, "check_cdr");	/* LSan does not see a chunk of size 0 */
	osmo_init_logging2(NULL, &log_info);
	suite_add_tcase(s, tc);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 30);
	tcase_add_test(tc, text);
	tcase_add_test(tc, every_size);
	tcase_add_loop_test(tc, escaped, 0, ARRAY_SIZE(strings));
	tcase_add_loop_test(tc, written, 0, 2);
	tcase_add_test(tc, cannot_open);
	tcase_add_test(tc, killed);
	tcase_add_test(tc, torn_line_is_ended);
	tcase_add_loop_test(tc, rotated, 0, 2);
	tcase_add_test(tc, full_disk);
	tcase_add_test(tc, full_and_rotated);
	tcase_add_test(tc, spool_is_bounded);
	tcase_add_test(tc, long_records);
	tcase_add_test(tc, cheap);
	return suite_run(s);
}
