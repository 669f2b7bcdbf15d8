/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MTP back end: a local SOCK_SEQPACKET socket between two processes; a packet is the routing label
 * and the user data. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <osmocom/core/bit32gen.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/select.h>
#include <osmocom/core/socket.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "gw/log.h"
#include "gw/mtp_impl.h"

enum {
	HEADER = 12,		/* format, ni, priority, sls, opc, dpc */
	FORMAT = 1,
	QUEUE_MAX = 4096,	/* packets waiting for a slow peer */
	QUEUE_ONSET = 2048,	/* congestion is told from here ... */
	QUEUE_ABATED = 512,	/* ... until here */
	FLUSH_MS = 500,		/* that a peer may take to read a packet when we close */
	RX_BURST = 64,		/* packets read in one turn of the loop */
	RETRY_SECONDS = 1,
};

struct packet {
	struct llist_head list;
	size_t len;
	uint8_t octets[];
};

struct local {
	struct mtp mtp;
	char *path;
	bool listen;
	struct osmo_fd listener;
	struct osmo_fd peer;		/* fd -1: nobody there */
	/* next attempt; 0 s: congestion or loss to be told outside mtp_transfer() */
	struct osmo_timer_list timer;
	struct llist_head tx;
	unsigned int n_tx;
	bool congested, told_congested, told_up;
	unsigned long sent, received, refused;
	struct mtp_watched watched;
};

static inline struct local *local_of(struct mtp *mtp)
{
	return (struct local *)mtp;
}

static bool is_up(const struct local *lo)
{
	return lo->peer.fd >= 0;
}

static void queue_drop(struct local *lo)
{
	struct packet *p, *next;

	llist_for_each_entry_safe(p, next, &lo->tx, list) {
		llist_del(&p->list);
		talloc_free(p);
	}
	lo->n_tx = 0;
	lo->congested = false;
}

/* Tell the user what changed since the last time; never from within mtp_transfer(). */
static void tell(struct local *lo)
{
	bool up = is_up(lo);

	if (lo->told_up != up) {
		lo->told_up = up;
		mtp_watched_report(&lo->watched, &lo->mtp.user, up);
	}
	if (lo->told_congested != lo->congested) {
		lo->told_congested = lo->congested;
		mtp_watched_status(&lo->watched, &lo->mtp.user, lo->congested ? 1 : 0);
	}
}

static void peer_lost(struct local *lo)
{
	if (!is_up(lo))
		return;
	LOGP(DMTP, LOGL_NOTICE, "%s: peer gone\n", lo->path);
	osmo_fd_unregister(&lo->peer);
	close(lo->peer.fd);
	lo->peer.fd = -1;
	queue_drop(lo);
	osmo_timer_schedule(&lo->timer, 0, 0);
}

static void packet_in(struct local *lo, const uint8_t *buf, size_t len)
{
	struct mtp_label l;

	if (len <= HEADER || len > HEADER + MTP_MAX_SDU || buf[0] != FORMAT) {
		lo->refused++;
		return;
	}
	l = (struct mtp_label){
		.ni = buf[1] & 3, .prio = buf[2] & 3, .sls = buf[3],
		.opc = osmo_load32be(buf + 4), .dpc = osmo_load32be(buf + 8),
	};
	lo->received++;
	mtp_user_transfer(&lo->mtp.user, &l, buf + HEADER, len - HEADER);
}

static void rx(struct local *lo)
{
	uint8_t buf[HEADER + MTP_MAX_SDU + 1];
	ssize_t n;

	for (unsigned int i = 0; i < RX_BURST && is_up(lo); i++) {
		n = recv(lo->peer.fd, buf, sizeof(buf), MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		/* said once when the peer had left something unread: what it sent is behind it */
		if (n < 0 && errno == ECONNRESET)
			continue;
		if (n <= 0) {
			peer_lost(lo);
			return;
		}
		packet_in(lo, buf, n);
	}
}

/* 0, -EAGAIN when the socket is full, or another error: the peer is gone. */
static int put(struct local *lo, const uint8_t *octets, size_t len)
{
	if (send(lo->peer.fd, octets, len, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)len)
		return 0;
	return errno == ENOBUFS || errno == EINTR ? -EAGAIN : -errno;
}

static void tx(struct local *lo)
{
	struct packet *p, *next;
	int rc;

	llist_for_each_entry_safe(p, next, &lo->tx, list) {
		rc = put(lo, p->octets, p->len);
		if (rc == -EAGAIN)
			break;
		/* gone, as reading will tell when all that it sent has been read */
		llist_del(&p->list);
		talloc_free(p);
		lo->n_tx--;
	}
	if (llist_empty(&lo->tx))
		osmo_fd_write_disable(&lo->peer);
	if (lo->n_tx <= QUEUE_ABATED)
		lo->congested = false;
	tell(lo);
}

static int peer_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct local *lo = ofd->data;

	if (what & OSMO_FD_WRITE)
		tx(lo);
	if (what & OSMO_FD_READ)
		rx(lo);
	return 0;
}

static void peer_found(struct local *lo, int fd)
{
	osmo_fd_setup(&lo->peer, fd, OSMO_FD_READ, peer_cb, lo, 0);
	osmo_fd_register(&lo->peer);
	LOGP(DMTP, LOGL_NOTICE, "%s: peer there\n", lo->path);
	tell(lo);
}

static int accept_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct local *lo = ofd->data;
	int fd = accept4(ofd->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return 0;
	if (is_up(lo)) {
		LOGP(DMTP, LOGL_NOTICE, "%s: second peer refused\n", lo->path);
		close(fd);
		return 0;
	}
	peer_found(lo, fd);
	return 0;
}

/* A connected socket, or -errno. */
static int dial(const char *path)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), rc;

	if (fd < 0)
		return -errno;
	memcpy(sun.sun_path, path, strlen(path));
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == 0)
		return fd;
	rc = -errno;
	close(fd);
	return rc;
}

static void timer_cb(void *data)
{
	struct local *lo = data;
	int fd;

	tell(lo);
	if (lo->listen || is_up(lo))
		return;
	fd = dial(lo->path);
	if (fd >= 0)
		peer_found(lo, fd);
	else
		osmo_timer_schedule(&lo->timer, RETRY_SECONDS, 0);
}

static int enqueue(struct local *lo, const uint8_t *octets, size_t len)
{
	struct packet *p = talloc_size(lo, sizeof(*p) + len);

	if (!p)
		return -ENOBUFS;
	p->len = len;
	memcpy(p->octets, octets, len);
	llist_add_tail(&p->list, &lo->tx);
	osmo_fd_write_enable(&lo->peer);
	if (++lo->n_tx == QUEUE_ONSET) {
		lo->congested = true;
		osmo_timer_schedule(&lo->timer, 0, 0);
	}
	return 0;
}

static int local_transfer(struct mtp *mtp, const struct mtp_label *l, const uint8_t *sdu,
			  size_t len)
{
	struct local *lo = local_of(mtp);
	uint8_t buf[HEADER + MTP_MAX_SDU] = { FORMAT, l->ni, l->prio, l->sls };
	int rc = -EAGAIN;

	if (!is_up(lo))
		return -ENETUNREACH;
	if (lo->n_tx >= QUEUE_MAX)
		return -ENOBUFS;
	osmo_store32be(l->opc, buf + 4);
	osmo_store32be(l->dpc, buf + 8);
	memcpy(buf + HEADER, sdu, len);
	if (llist_empty(&lo->tx))
		rc = put(lo, buf, HEADER + len);
	if (rc == -EAGAIN)
		rc = enqueue(lo, buf, HEADER + len);
	if (rc == -ENOBUFS)
		return rc;
	if (rc < 0)		/* gone: see tx() */
		return -ENETUNREACH;
	lo->sent++;
	return 0;
}

static int local_watch(struct mtp *mtp, uint32_t pc)
{
	struct local *lo = local_of(mtp);
	int rc = mtp_watched_add(&lo->watched, pc);

	if (rc == 0)
		mtp_user_report(&mtp->user, pc, lo->told_up);
	return rc;
}

static bool local_reachable(const struct mtp *mtp, uint32_t pc)
{
	return is_up((const struct local *)mtp);
}

static void local_show(const struct mtp *mtp, void (*line)(void *ctx, const char *text), void *ctx)
{
	const struct local *lo = (const struct local *)mtp;
	char text[256];

	snprintf(text, sizeof(text), "local %s %s sent=%lu received=%lu refused=%lu queue=%u",
		 lo->path, is_up(lo) ? "up" : "down", lo->sent, lo->received, lo->refused,
			 lo->n_tx);
	line(ctx, text);
}

static int local_destructor(struct local *lo)
{
	osmo_timer_del(&lo->timer);
	if (lo->peer.fd >= 0) {
		osmo_fd_unregister(&lo->peer);
		close(lo->peer.fd);
	}
	if (lo->listener.fd >= 0) {
		osmo_fd_unregister(&lo->listener);
		close(lo->listener.fd);
		unlink(lo->path);
	}
	return 0;
}

/* What was taken is sent, if the peer reads it within a moment: the program ends here. */
static void local_close(struct mtp *mtp)
{
	struct local *lo = local_of(mtp);
	struct pollfd fd = { .fd = lo->peer.fd, .events = POLLOUT };
	struct packet *p;

	llist_for_each_entry(p, &lo->tx, list) {
		if (poll(&fd, 1, FLUSH_MS) <= 0 || put(lo, p->octets, p->len) < 0)
			break;
	}
	talloc_free(lo);
}

static const struct mtp_ops local_ops = {
	.transfer = local_transfer,
	.watch = local_watch,
	.reachable = local_reachable,
	.show = local_show,
	.close = local_close,
};

/* A socket that a dead process left behind is in the way; a live one, or a file, is not ours to
 * remove. */
static int listener_open(struct local *lo)
{
	struct stat st;
	int fd;

	if (stat(lo->path, &st) == 0) {
		fd = dial(lo->path);
		if (fd >= 0 || !S_ISSOCK(st.st_mode)) {
			if (fd >= 0)
				close(fd);
			return -EADDRINUSE;
		}
	}
	return osmo_sock_unix_init_ofd(&lo->listener, SOCK_SEQPACKET, 0, lo->path,
				       OSMO_SOCK_F_BIND | OSMO_SOCK_F_NONBLOCK);
}

struct mtp *mtp_local_open(void *ctx, const struct mtp_user *user, const char *path, bool listen)
{
	struct local *lo;
	int rc;

	if (strlen(path) >= sizeof(((struct sockaddr_un *)NULL)->sun_path)) {
		LOGP(DMTP, LOGL_ERROR, "%s: path too long for a socket\n", path);
		return NULL;
	}
	lo = talloc_zero(ctx, struct local);
	if (!lo)
		return NULL;
	lo->mtp = (struct mtp){ .ops = &local_ops, .user = *user };
	lo->path = talloc_strdup(lo, path);
	lo->listen = listen;
	lo->peer.fd = lo->listener.fd = -1;
	INIT_LLIST_HEAD(&lo->tx);
	osmo_timer_setup(&lo->timer, timer_cb, lo);
	osmo_fd_setup(&lo->listener, -1, OSMO_FD_READ, accept_cb, lo, 0);
	talloc_set_destructor(lo, local_destructor);
	rc = listen ? listener_open(lo) : 0;
	if (rc < 0) {
		LOGP(DMTP, LOGL_ERROR, "%s: cannot listen: %s\n", path, strerror(-rc));
		lo->listener.fd = -1;
		talloc_free(lo);
		return NULL;
	}
	if (!listen)
		osmo_timer_schedule(&lo->timer, 0, 0);
	return &lo->mtp;
}
