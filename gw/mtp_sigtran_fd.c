/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: the hook on an association's descriptor. Each message is looked at before the
 * library reads it: a malformed one ends here (the library would abort), DATA, SSNM and MGMT are
 * read by ourselves. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/sctp.h>
#include <poll.h>
#include <sys/socket.h>

#include <osmocom/core/talloc.h>
#include <osmocom/netif/stream.h>
#include <osmocom/sigtran/protocol/m3ua.h>

#include "gw/mtp_sigtran.h"

enum {
	RX_BUFFER = 2048,
	RX_BURST = 32,		/* messages read in one turn of the loop */
	TX_BURST = 16,
};

/* What the library may read next, or that we did. */
enum verdict { NOTHING_THERE, TAKEN, FOR_LIBRARY };

static int receive(int fd, uint8_t *buf, struct sctp_sndrcvinfo *info, int *flags)
{
	*flags |= MSG_DONTWAIT;
	*info = (struct sctp_sndrcvinfo){ 0 };
	return sctp_recvmsg(fd, buf, RX_BUFFER, NULL, NULL, info, flags);
}

/* Read away the message whose beginning was looked at; what has not come yet is skipped when it
 * comes. */
static void discard(struct st_link *link, int fd)
{
	struct sctp_sndrcvinfo info;
	uint8_t buf[RX_BUFFER];
	int flags;

	do {
		flags = 0;
		if (receive(fd, buf, &info, &flags) <= 0)
			break;
		link->skipping = !(flags & MSG_EOR);
	} while (link->skipping);
}

static enum m3ua_fault judge(const uint8_t *buf, int len, const struct sctp_sndrcvinfo *info,
			     int flags)
{
	if (!(flags & MSG_EOR))
		return M3UA_FAULT_SIZE;
	if (ntohl(info->sinfo_ppid) != M3UA_PPID)
		return M3UA_FAULT_PPID;
	return m3ua_check(buf, len);
}

static enum verdict rx_one(struct st_link *link, int fd)
{
	struct sctp_sndrcvinfo info;
	uint8_t buf[RX_BUFFER];
	enum m3ua_fault fault;
	int flags = MSG_PEEK, len = receive(fd, buf, &info, &flags);

	if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return NOTHING_THERE;
	if (len <= 0 || flags & MSG_NOTIFICATION) {
		link->skipping = false;
		return FOR_LIBRARY;
	}
	if (link->skipping) {
		discard(link, fd);
		return TAKEN;
	}
	fault = judge(buf, len, &info, flags);
	if (fault == M3UA_GOOD && !st_is_ours(buf))
		return FOR_LIBRARY;
	discard(link, fd);
	if (fault == M3UA_GOOD)
		st_rx(link, buf, len);
	else
		st_refuse(link, fault, buf, len);
	return TAKEN;
}

/* When a second ASP of an AS in override mode becomes active, the library takes the first one's
 * state away. That is the SG's business: towards two SGs both are active. So it must not see the
 * mode while it reads the acknowledge. */
static uint64_t hide_override(const struct st_link *link)
{
	struct osmo_ss7_as *as;
	uint64_t hidden = 0;
	unsigned int i = 0;

	if (link->asp->cfg.role != OSMO_SS7_ASP_ROLE_ASP)
		return 0;
	llist_for_each_entry(as, &link->st->inst->as_list, list) {
		if (i < 64 && as->cfg.mode == OSMO_SS7_AS_TMOD_OVERRIDE &&
		    osmo_ss7_as_has_asp(as, link->asp)) {
			as->cfg.mode = OSMO_SS7_AS_TMOD_LOADSHARE;
			hidden |= 1ull << i;
		}
		i++;
	}
	return hidden;
}

static void show_override(struct st *st, uint64_t hidden)
{
	struct osmo_ss7_as *as;
	unsigned int i = 0;

	llist_for_each_entry(as, &st->inst->as_list, list) {
		if (i < 64 && hidden >> i & 1)
			as->cfg.mode = OSMO_SS7_AS_TMOD_OVERRIDE;
		i++;
	}
}

static void library_reads(struct st_link *link, struct osmo_fd *ofd)
{
	struct st *st = link->st;
	uint64_t hidden = hide_override(link);

	link->orig_cb(ofd, OSMO_FD_READ);
	show_override(st, hidden);
}

/* false: the library read, and the association may have ended (and a dynamic ASP with it). */
static bool rx(struct st_link *link, struct osmo_fd *ofd)
{
	for (unsigned int i = 0; i < RX_BURST && link->ofd == ofd; i++) {
		switch (rx_one(link, ofd->fd)) {
		case NOTHING_THERE:
			return true;
		case FOR_LIBRARY:
			library_reads(link, ofd);
			return false;
		case TAKEN:
			break;
		}
	}
	return link->ofd == ofd;
}

static bool writable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, 0) == 1 && p.revents == POLLOUT;
}

/* One call of the library writes one message. The link outlives its descriptor, but not a dynamic
 * ASP. */
static void tx(struct st_link *link, struct osmo_fd *ofd)
{
	struct st *st = link->st;
	unsigned int index = link->index;

	for (unsigned int i = 0; i < TX_BURST; i++) {
		link->orig_cb(ofd, OSMO_FD_WRITE);
		if (st_link_at(st, index) != link || link->ofd != ofd || ofd->fd < 0)
			return;
		st_link_drained(link);
		if (!(ofd->when & OSMO_FD_WRITE) || !writable(ofd->fd))
			return;
	}
}

/* A write after the library's read could meet an association that this read has just found dead;
 * the library would never be told of it. So it waits for the next turn. */
static int link_cb(struct st_link *link, struct osmo_fd *ofd, unsigned int what)
{
	if (what & OSMO_FD_READ && !rx(link, ofd))
		return 0;
	if (what & OSMO_FD_WRITE)
		tx(link, ofd);
	return 0;
}

static int client_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct osmo_ss7_asp *asp = osmo_stream_cli_get_data(ofd->data);
	struct st_link *link = asp->lm_priv;

	/* while it connects a look at the socket would eat the error the library waits for */
	if (!osmo_stream_cli_is_connected(ofd->data))
		return link->orig_cb(ofd, what);
	return link_cb(link, ofd, what);
}

static int server_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct osmo_ss7_asp *asp = osmo_stream_srv_get_data(ofd->data);

	return link_cb(asp->lm_priv, ofd, what);
}

struct st_listener {
	struct llist_head list;
	struct osmo_fd *ofd;
	int (*orig_cb)(struct osmo_fd *ofd, unsigned int what);
};

/* A connection may be for an ASP of any instance, or for a dynamic ASP made by this very accept.
 * One that no back end watches over is not let in. */
static void accepted(void)
{
	struct osmo_ss7_instance *inst;
	struct osmo_ss7_asp *asp, *next;

	llist_for_each_entry(inst, &osmo_ss7_instances, list) {
		if (st_of_instance(inst)) {
			st_scan(st_of_instance(inst));
			continue;
		}
		llist_for_each_entry_safe(asp, next, &inst->asp_list, list) {
			if (asp->server)
				osmo_ss7_asp_disconnect(asp);
		}
	}
}

static int listener_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct osmo_xua_server *xs = osmo_stream_srv_link_get_data(ofd->data);
	struct st *st = st_of_instance(xs->inst);
	struct st_listener *li;
	int rc = 0;

	llist_for_each_entry(li, &st->listeners, list) {
		if (li->ofd != ofd)
			continue;
		rc = li->orig_cb(ofd, what);
		accepted();
		break;
	}
	return rc;
}

static int listener_destructor(struct st_listener *li)
{
	llist_del(&li->list);
	return 0;
}

void st_listener_hook(struct st *st, struct osmo_xua_server *xs)
{
	struct osmo_fd *ofd = xs->server ? osmo_stream_srv_link_get_ofd(xs->server) : NULL;
	struct st_listener *li;

	if (!ofd || !ofd->cb || ofd->cb == listener_cb || xs->cfg.proto != OSMO_SS7_ASP_PROT_M3UA)
		return;
	li = talloc_zero(xs, struct st_listener);
	if (!li)
		return;
	li->ofd = ofd;
	li->orig_cb = ofd->cb;
	ofd->cb = listener_cb;
	llist_add_tail(&li->list, &st->listeners);
	talloc_set_destructor(li, listener_destructor);
}

void st_hook(struct st_link *link)
{
	struct osmo_ss7_asp *asp = link->asp;
	struct osmo_fd *ofd = NULL;

	if (asp->client)
		ofd = osmo_stream_cli_get_ofd(asp->client);
	else if (asp->server)
		ofd = osmo_stream_srv_get_ofd(asp->server);
	link->ofd = ofd;
	if (!ofd || ofd->cb == client_cb || ofd->cb == server_cb)
		return;
	link->orig_cb = ofd->cb;
	ofd->cb = asp->client ? client_cb : server_cb;
}

void st_unhook(struct st_link *link)
{
	if (link->ofd && (link->ofd->cb == client_cb || link->ofd->cb == server_cb))
		link->ofd->cb = link->orig_cb;
	link->ofd = NULL;
}
