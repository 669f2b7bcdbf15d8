/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA peers and the loop for tests of the M3UA back end. */
#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/bit32gen.h>
#include <osmocom/core/msgb.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>
#include <osmocom/sigtran/osmo_ss7.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/log.h"
#include "tests/mtp/harness.h"
#include "tests/mtp/seam.h"

static const struct log_info_cat categories[] = {
	[DMTP] = { .name = "DMTP", .description = "MTP", .enabled = 1, .loglevel = LOGL_NOTICE },
};
static const struct log_info log_info = { .cat = categories, .num_cat = ARRAY_SIZE(categories) };
static char dir[64];

void harness_init(void)
{
	static struct vty_app_info vty = {
		.name = "check", .version = "0", .go_parent_cb = osmo_ss7_vty_go_parent,
		.is_config_node = osmo_ss7_is_config_node,
	};
	void *ctx = talloc_named_const(NULL, 0, "check");

	snprintf(dir, sizeof(dir), "/tmp/tollgate-mtp-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	seam_dir(dir);
	msgb_talloc_ctx_init(ctx, 0);
	osmo_init_logging2(ctx, &log_info);
	log_set_log_level(osmo_stderr_target, getenv("MTP_TEST_LOG") ? LOGL_DEBUG : LOGL_FATAL);
	log_set_print_category(osmo_stderr_target, 1);
	if (getenv("MTP_TEST_LOG"))
		log_parse_category_mask(osmo_stderr_target, "DMTP,1:DLSS7,1");
	vty.tall_ctx = ctx;
	vty_init(&vty);
	ck_assert_int_eq(mtp_sigtran_init(ctx), 0);
}

void harness_exit(void)
{
	char command[96];

	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

void harness_config(const char *text)
{
	char path[80];
	FILE *f;

	snprintf(path, sizeof(path), "%s/cfg", dir);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	ck_assert_int_eq(vty_read_config_file(path, NULL), 0);
}

static struct vty *command_line(void)
{
	static struct vty *vty;

	if (!vty) {
		vty = vty_new();
		ck_assert_ptr_nonnull(vty);
		vty->type = VTY_FILE;
		vty->fd = -1;
		vty->node = ENABLE_NODE;
	}
	return vty;
}

static int execute(const char *line)
{
	struct vty *vty = command_line();
	vector words = cmd_make_strvec(line);
	int rc = cmd_execute_command(words, vty, NULL, 0);

	cmd_free_strvec(words);
	return rc;
}

void harness_command(const char *line)
{
	ck_assert_msg(execute(line) == CMD_SUCCESS, "%s was not taken", line);
}

void harness_written(char *text, size_t size)
{
	char path[80];
	FILE *f;

	snprintf(path, sizeof(path), "%s/cfg", dir);
	harness_command("write file");
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	text[fread(text, 1, size - 1, f)] = '\0';
	fclose(f);
}

void run_ms(unsigned int ms)
{
	struct timespec now, end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_nsec += ms * 1000000L;
	end.tv_sec += end.tv_nsec / 1000000000L;
	end.tv_nsec %= 1000000000L;
	do {
		for (int i = 0; i < 20; i++)
			osmo_select_main_ctx(1);
		usleep(100);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < end.tv_sec ||
		 (now.tv_sec == end.tv_sec && now.tv_nsec < end.tv_nsec));
}

static void on_transfer(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct seen *s = ctx;

	ck_assert_uint_lt(s->n_data, MAX_SEEN);
	s->data[s->n_data].label = *l;
	s->data[s->n_data].len = len;
	memcpy(s->data[s->n_data].sdu, sdu, len < 32 ? len : 32);
	s->n_data++;
}

static void on_pause(void *ctx, uint32_t pc)
{
	struct seen *s = ctx;

	s->paused++;
	s->last_pc = pc;
}

static void on_resume(void *ctx, uint32_t pc)
{
	struct seen *s = ctx;

	s->resumed++;
	s->last_pc = pc;
}

static void on_status(void *ctx, uint32_t pc, enum mtp_status status, unsigned int level)
{
	struct seen *s = ctx;

	s->n_status++;
	s->last_pc = pc;
	s->status = status;
	s->level = level;
}

struct mtp_user seen_user(struct seen *s)
{
	*s = (struct seen){ 0 };
	return (struct mtp_user){ on_transfer, on_pause, on_resume, on_status, s };
}

void peer_listen(struct peer *p, const char *host, uint16_t port)
{
	*p = (struct peer){ .fd = -1 };
	p->listener = seam_listen(host, port);
	ck_assert_int_ge(p->listener, 0);
}

void peer_accept(struct peer *p)
{
	RUN_UNTIL((p->fd = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK)) >= 0);
}

void peer_connect(struct peer *p, const char *local, uint16_t local_port, const char *remote,
		  uint16_t remote_port)
{
	*p = (struct peer){ .listener = -1 };
	p->fd = seam_connect(local, local_port, remote, remote_port);
	ck_assert_int_ge(p->fd, 0);
}

void peer_close(struct peer *p)
{
	close(p->fd);
	p->fd = -1;
}

bool peer_closed(struct peer *p)
{
	char octet;

	return recv(p->fd, &octet, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
}

void peer_send_raw(struct peer *p, const void *msg, size_t len, uint32_t ppid, unsigned int flags)
{
	struct seam_header h = { htonl(ppid), p->stream, flags };
	struct iovec iov[2] = { { &h, sizeof(h) }, { (void *)msg, len } };
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = 2 };

	ck_assert_int_eq(sendmsg(p->fd, &m, MSG_NOSIGNAL), (int)(sizeof(h) + len));
}

void peer_send(struct peer *p, const void *msg, size_t len, unsigned int stream)
{
	p->stream = stream;
	peer_send_raw(p, msg, len, SEAM_PPID, SEAM_EOR);
}

void peer_send_simple(struct peer *p, uint8_t cls, uint8_t type)
{
	const uint8_t msg[] = { 1, 0, cls, type, 0, 0, 0, 8 };

	peer_send(p, msg, sizeof(msg), 0);
}

void peer_send_hex(struct peer *p, const char *hex)
{
	uint8_t msg[2048];
	int n = osmo_hexparse(hex, msg, sizeof(msg));

	ck_assert_msg(n > 0, "bad hex %s", hex);
	peer_send(p, msg, n, 0);
}

void peer_send_data(struct peer *p, uint32_t opc, uint32_t dpc, uint8_t sls, const char *text)
{
	const struct m3ua_data d = {
		.has_rc = p->rc != 0, .rc = p->rc, .opc = opc, .dpc = dpc, .si = 5, .ni = 2,
		.mp = 1, .sls = sls,
		.sdu = (const uint8_t *)text, .len = strlen(text),
	};
	uint8_t msg[M3UA_MAX_MSG];
	ssize_t n = m3ua_data_encode(msg, sizeof(msg), &d);

	ck_assert_int_gt(n, 0);
	peer_send(p, msg, n, 1);
}

void peer_send_ssnm(struct peer *p, uint8_t type, uint32_t pc)
{
	struct m3ua_ssnm_req r = { .type = type, .pcs = { pc }, .n_pcs = 1 };
	uint8_t msg[64];

	peer_send(p, msg, m3ua_ssnm_encode(msg, sizeof(msg), &r), 0);
}

bool peer_poll(struct peer *p)
{
	struct seam_header h;
	struct iovec iov[2] = { { &h, sizeof(h) }, { p->msg, sizeof(p->msg) } };
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = 2 };
	ssize_t n = recvmsg(p->fd, &m, MSG_DONTWAIT);

	if (n <= (ssize_t)sizeof(h))
		return false;
	ck_assert_uint_eq(ntohl(h.ppid), SEAM_PPID);
	p->stream = h.stream;
	p->len = n - sizeof(h);
	ck_assert_uint_eq(osmo_load32be(p->msg + 4), p->len);
	return true;
}

void peer_expect_next(struct peer *p, uint8_t cls, uint8_t type)
{
	RUN_UNTIL(peer_poll(p));
	ck_assert_msg(p->msg[2] == cls && p->msg[3] == type, "class %u type %u came, not %u %u",
		      p->msg[2], p->msg[3],
		      cls, type);
}

void peer_expect(struct peer *p, uint8_t cls, uint8_t type)
{
	RUN_UNTIL(peer_poll(p) && p->msg[2] == cls && p->msg[3] == type);
}

void peer_beat(struct peer *p)
{
	peer_send_hex(p, "0100030300000010 0009 0008 01020304");
	RUN_UNTIL(peer_poll(p) && p->msg[3] == M3UA_ASPSM_BEAT_ACK && p->len == 16 &&
		  memcmp(p->msg + 12, "\1\2\3\4", 4) == 0);
}

void peer_sg_activate(struct peer *p)
{
	peer_expect(p, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP);
	peer_send_simple(p, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK);
	peer_expect(p, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
	peer_send_simple(p, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
}

void peer_up(struct peer *p)
{
	peer_accept(p);
	peer_sg_activate(p);
	run_ms(5);
}

void peer_asp_activate(struct peer *p)
{
	peer_send_simple(p, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP);
	peer_expect(p, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK);
	peer_send_simple(p, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
	peer_expect(p, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
	run_ms(5);
}
