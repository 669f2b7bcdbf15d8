/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MTP back ends without a network: the pipe, and the local socket between two processes (here: two
 * ends of one loop). */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/log.h"
#include "gw/mtp.h"
#include "tests/suite.h"

enum { PC_A = 100, PC_B = 200, TRIES = 3000 };

static const struct log_info_cat categories[] = {
	[DMTP] = { .name = "DMTP", .description = "MTP", .enabled = 1, .loglevel = LOGL_NOTICE },
};
static const struct log_info log_info = { .cat = categories, .num_cat = ARRAY_SIZE(categories) };

struct side {
	struct mtp *mtp;
	unsigned int received, paused, resumed, congested, abated;
	struct mtp_label label;
	uint8_t sdu[MTP_MAX_SDU];
	size_t len;
	uint32_t expect;		/* next number, where the data are numbered */
	bool echo;
};

static void *ctx;
static struct side a, b;
static char path[64];

static void on_transfer(void *data, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct side *s = data;
	struct mtp_label back = { .opc = l->dpc, .dpc = l->opc, .sls = l->sls, .ni = l->ni };

	s->received++;
	s->label = *l;
	s->len = len;
	memcpy(s->sdu, sdu, len);
	if (s->echo)
		ck_assert_int_eq(mtp_transfer(s->mtp, &back, sdu, len), 0);
}

static void on_pause(void *data, uint32_t pc)
{
	((struct side *)data)->paused++;
}

static void on_resume(void *data, uint32_t pc)
{
	((struct side *)data)->resumed++;
}

static void on_status(void *data, uint32_t pc, enum mtp_status status, unsigned int level)
{
	struct side *s = data;

	ck_assert_int_eq(status, MTP_STATUS_CONGESTED);
	if (level)
		s->congested++;
	else
		s->abated++;
}

static struct mtp_user user_of(struct side *s)
{
	*s = (struct side){ 0 };
	return (struct mtp_user){ on_transfer, on_pause, on_resume, on_status, s };
}

static int send_text(struct side *from, const char *text)
{
	const struct mtp_label l = { .opc = PC_A, .dpc = PC_B, .sls = 7, .ni = 2, .prio = 1 };

	return mtp_transfer(from->mtp, &l, (const uint8_t *)text, strlen(text));
}

static void loop(void)
{
	osmo_select_main_ctx(1);
}

#define LOOP_UNTIL(cond) do { \
		unsigned int left_ = TRIES; \
		while (!(cond) && left_--) { \
			loop(); \
			usleep(1000); \
		} \
		ck_assert_msg(cond, #cond " did not come"); \
	} while (0)

static void setup(void)
{
	char dir[] = "/tmp/tollgate-local-XXXXXX";

	if (!ctx) {	/* several tests are one process when Check does not fork */
		ctx = talloc_named_const(NULL, 0, "check");
		osmo_init_logging2(ctx, &log_info);
		log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	}
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/mtp", dir);
}

static void teardown(void)
{
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
}

static void pipe_open(void)
{
	struct mtp_user ua = user_of(&a), ub = user_of(&b);

	ck_assert_int_eq(mtp_pipe_pair(ctx, &a.mtp, &ua, &b.mtp, &ub), 0);
}

START_TEST(pipe_delivers_in_the_next_turn)
{
	pipe_open();
	b.echo = true;
	ck_assert_int_eq(send_text(&a, "hello"), 0);
	ck_assert_uint_eq(b.received, 0);
	loop();
	ck_assert_uint_eq(b.received, 1);
	ck_assert(b.label.opc == PC_A && b.label.dpc == PC_B && b.label.sls == 7 &&
		  b.label.ni == 2 && b.label.prio == 1);
	ck_assert_mem_eq(b.sdu, "hello", 5);
	LOOP_UNTIL(a.received == 1);
	ck_assert_uint_eq(a.label.dpc, PC_A);

	ck_assert_int_eq(send_text(&a, "run"), 0);
	ck_assert_uint_eq(mtp_pipe_run(b.mtp), 2);	/* there and back */
	ck_assert_uint_eq(a.received, 2);
	ck_assert_uint_eq(mtp_pipe_run(a.mtp), 0);
	loop();
	ck_assert_uint_eq(b.received, 2);
	mtp_close(a.mtp);
	mtp_close(b.mtp);
}
END_TEST

START_TEST(pipe_goes_down_and_up)
{
	pipe_open();
	ck_assert_int_eq(mtp_watch(a.mtp, PC_B), 0);
	ck_assert_int_eq(mtp_watch(b.mtp, PC_A), 0);
	ck_assert_uint_eq(a.resumed, 1);
	mtp_pipe_set_up(a.mtp, false);
	mtp_pipe_set_up(b.mtp, false);
	ck_assert(a.paused == 1 && b.paused == 1);
	ck_assert(!mtp_reachable(a.mtp, PC_B) && !mtp_reachable(b.mtp, PC_A));
	ck_assert_int_eq(send_text(&a, "x"), -ENETUNREACH);
	mtp_pipe_set_up(b.mtp, true);
	ck_assert(a.resumed == 2 && b.resumed == 2 && mtp_reachable(a.mtp, PC_B));
	mtp_close(a.mtp);
	ck_assert_uint_eq(b.paused, 2);
	ck_assert_int_eq(send_text(&b, "x"), -ENETUNREACH);
	mtp_pipe_set_up(b.mtp, true);
	ck_assert_uint_eq(b.resumed, 2);
	mtp_close(b.mtp);
}
END_TEST

START_TEST(pipe_is_bounded)
{
	uint8_t sdu[MTP_MAX_SDU + 1] = { 0 };
	const struct mtp_label l = { .opc = PC_A, .dpc = PC_B };
	unsigned int n = 0;

	pipe_open();
	ck_assert_int_eq(mtp_transfer(a.mtp, &l, sdu, sizeof(sdu)), -EMSGSIZE);
	ck_assert_int_eq(mtp_transfer(a.mtp, &l, sdu, 0), -EMSGSIZE);
	while (mtp_transfer(a.mtp, &l, sdu, 10) == 0)
		n++;
	ck_assert_int_eq(mtp_transfer(a.mtp, &l, sdu, 10), -ENOBUFS);
	ck_assert_uint_eq(n, 65536);
	ck_assert_uint_eq(mtp_pipe_run(a.mtp), n);
	mtp_close(a.mtp);
	mtp_close(b.mtp);
}
END_TEST

START_TEST(pipe_leaves_nothing)
{
	size_t before = talloc_total_blocks(ctx);

	pipe_open();
	ck_assert_int_eq(send_text(&a, "never delivered"), 0);
	ck_assert_uint_gt(talloc_total_blocks(ctx), before);
	mtp_close(b.mtp);
	mtp_close(a.mtp);
	ck_assert_uint_eq(talloc_total_blocks(ctx), before);
	loop();
}
END_TEST

static void open_listener(void)
{
	struct mtp_user u = user_of(&a);

	a.mtp = mtp_local_open(ctx, &u, path, true);
	ck_assert_ptr_nonnull(a.mtp);
	ck_assert_int_eq(mtp_watch(a.mtp, PC_B), 0);
}

static void open_caller(void)
{
	struct mtp_user u = user_of(&b);

	b.mtp = mtp_local_open(ctx, &u, path, false);
	ck_assert_ptr_nonnull(b.mtp);
	ck_assert_int_eq(mtp_watch(b.mtp, PC_A), 0);
}

START_TEST(local_carries_both_ways)
{
	open_listener();
	open_caller();
	ck_assert(a.paused == 1 && b.paused == 1);
	ck_assert_int_eq(send_text(&a, "nobody"), -ENETUNREACH);
	LOOP_UNTIL(a.resumed == 1 && b.resumed == 1);
	ck_assert(mtp_reachable(a.mtp, PC_B));
	b.echo = true;
	ck_assert_int_eq(send_text(&a, "hello"), 0);
	LOOP_UNTIL(a.received == 1);
	ck_assert(b.label.opc == PC_A && b.label.dpc == PC_B && b.label.sls == 7 &&
		  b.label.ni == 2 && b.label.prio == 1);
	ck_assert(a.len == 5 && memcmp(a.sdu, "hello", 5) == 0);
	mtp_close(a.mtp);
	mtp_close(b.mtp);
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(local_connects_again)
{
	open_caller();
	loop();
	usleep(50000);
	open_listener();
	LOOP_UNTIL(b.resumed == 1 && a.resumed == 1);
	mtp_close(a.mtp);
	LOOP_UNTIL(b.paused == 2);
	ck_assert_int_eq(send_text(&b, "gone"), -ENETUNREACH);
	open_listener();
	LOOP_UNTIL(b.resumed == 2);
	ck_assert_int_eq(send_text(&b, "back"), 0);
	LOOP_UNTIL(a.received == 1);
	/* the end that waits lets the next one in */
	mtp_close(b.mtp);
	LOOP_UNTIL(a.paused == 2);
	open_caller();
	LOOP_UNTIL(a.resumed == 2);
	mtp_close(b.mtp);
	mtp_close(a.mtp);
}
END_TEST

/* What an end said before it closed is read, though it left words of ours unread. */
START_TEST(local_last_words)
{
	open_listener();
	open_caller();
	LOOP_UNTIL(a.resumed == 1 && b.resumed == 1);
	ck_assert_int_eq(send_text(&b, "unread"), 0);
	ck_assert_int_eq(send_text(&a, "one"), 0);
	ck_assert_int_eq(send_text(&a, "two"), 0);
	mtp_close(a.mtp);
	ck_assert_int_eq(send_text(&b, "late"), -ENETUNREACH);
	LOOP_UNTIL(b.paused == 2);
	ck_assert_uint_eq(b.received, 2);
	mtp_close(b.mtp);
}
END_TEST

static void on_number(void *data, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct side *s = data;
	uint32_t number;

	memcpy(&number, sdu, sizeof(number));
	ck_assert_uint_eq(number, s->expect++);
}

START_TEST(local_is_bounded_and_in_order)
{
	const struct mtp_label l = { .opc = PC_A, .dpc = PC_B };
	uint8_t sdu[200] = { 0 };
	uint32_t n = 0;
	struct mtp_user u;
	size_t blocks;
	int rc;

	open_listener();
	u = user_of(&b);
	u.transfer_ind = on_number;
	b.mtp = mtp_local_open(ctx, &u, path, false);
	LOOP_UNTIL(a.resumed == 1);
	blocks = talloc_total_blocks(ctx);
	do {
		memcpy(sdu, &n, sizeof(n));
		rc = mtp_transfer(a.mtp, &l, sdu, sizeof(sdu));
		n += rc == 0;
	} while (rc == 0 && n < 100000);
	ck_assert_int_eq(rc, -ENOBUFS);
	ck_assert_uint_le(talloc_total_blocks(ctx) - blocks, 4096 + 1);
	LOOP_UNTIL(a.congested == 1);
	LOOP_UNTIL(b.expect == n);
	LOOP_UNTIL(a.abated == 1);
	ck_assert_int_eq(mtp_transfer(a.mtp, &l, (uint8_t *)&n, sizeof(n)), 0);
	LOOP_UNTIL(b.expect == n + 1);
	ck_assert_uint_eq(talloc_total_blocks(ctx), blocks);
	mtp_close(a.mtp);
	mtp_close(b.mtp);
}
END_TEST

static int dial(void)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);

	memcpy(sun.sun_path, path, strlen(path));
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&sun, sizeof(sun)), 0);
	return fd;
}

static char shown[256];

static void keep(void *data, const char *text)
{
	snprintf(shown, sizeof(shown), "%s", text);
}

/* Packets that are not ours, and a second caller. */
START_TEST(local_refuses)
{
	uint8_t big[2000] = { 1 };
	int fd, second;
	char c;

	open_listener();
	fd = dial();
	LOOP_UNTIL(a.resumed == 1);
	ck_assert_int_eq(send(fd, "x", 1, 0), 1);
	ck_assert_int_eq(send(fd, "\2aaabbbbccccd", 13, 0), 13);
	ck_assert_int_eq(send(fd, "\1aaabbbbcccc", 12, 0), 12);
	ck_assert_int_eq(send(fd, big, sizeof(big), 0), sizeof(big));
	ck_assert_int_eq(send(fd, "\1\2\1\7\0\0\0\1\0\0\0\2good", 16, 0), 16);
	LOOP_UNTIL(a.received == 1);
	ck_assert(a.label.ni == 2 && a.label.prio == 1 && a.label.sls == 7 && a.label.opc == 1 &&
		  a.label.dpc == 2);
	mtp_show(a.mtp, keep, NULL);
	ck_assert_ptr_nonnull(strstr(shown, " up sent=0 received=1 refused=4 "));

	second = dial();
	LOOP_UNTIL(recv(second, &c, 1, MSG_DONTWAIT) == 0);
	close(second);
	close(fd);
	LOOP_UNTIL(a.paused == 2);
	mtp_close(a.mtp);
}
END_TEST

START_TEST(local_open_fails)
{
	struct mtp_user u = user_of(&b);
	char longer[200];
	FILE *f;

	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	ck_assert_ptr_null(mtp_local_open(ctx, &u, longer, true));
	ck_assert_ptr_null(mtp_local_open(ctx, &u, "/nonexistent/dir/mtp", true));
	open_listener();
	ck_assert_ptr_null(mtp_local_open(ctx, &u, path, true));	/* somebody listens */
	mtp_close(a.mtp);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fclose(f);
	ck_assert_ptr_null(mtp_local_open(ctx, &u, path, true));	/* a file: not ours */
	ck_assert_int_eq(access(path, F_OK), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp");
	TCase *tc = tcase_create("local");

	tcase_set_timeout(tc, 20);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, pipe_delivers_in_the_next_turn);
	tcase_add_test(tc, pipe_goes_down_and_up);
	tcase_add_test(tc, pipe_is_bounded);
	tcase_add_test(tc, pipe_leaves_nothing);
	tcase_add_test(tc, local_carries_both_ways);
	tcase_add_test(tc, local_connects_again);
	tcase_add_test(tc, local_last_words);
	tcase_add_test(tc, local_is_bounded_and_in_order);
	tcase_add_test(tc, local_refuses);
	tcase_add_test(tc, local_open_fails);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
