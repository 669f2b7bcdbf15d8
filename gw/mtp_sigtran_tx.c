/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: sending. DATA is encoded here, so that the SLS chooses association and stream (the
 * library: one message here, one there, all on stream 1) and a message not taken is an error the
 * caller sees. */
#include <errno.h>
#include <string.h>

#include <osmocom/core/msgb.h>
#include <osmocom/netif/stream.h>
#include <osmocom/sigtran/protocol/m3ua.h>
#include <osmocom/sigtran/protocol/mtp.h>

#include "gw/mtp_sigtran.h"

/* The library's queue has neither limit nor level: ours is counted. Level 1-3 begins above, ends
 * below. */
static const struct {
	unsigned int above, below;
} levels[] = { { 256, 64 }, { 512, 256 }, { 768, 512 } };

static void level_set(struct st_link *link, unsigned int level)
{
	if (level == link->level)
		return;
	if (link->level == 0)
		link->congestions++;
	LOGP(DMTP, LOGL_NOTICE, "asp %s: congestion level %u (%u messages wait)\n",
	     link->asp->cfg.name, level,
	     link->queued);
	link->level = level;
	st_changed(link->st);
}

static void level_update(struct st_link *link)
{
	unsigned int level = link->level;

	while (level < ARRAY_SIZE(levels) && link->queued > levels[level].above)
		level++;
	while (level > 0 && link->queued < levels[level - 1].below)
		level--;
	level_set(link, level);
}

void st_link_drained(struct st_link *link)
{
	if (!(link->ofd->when & OSMO_FD_WRITE))
		link->queued = 0;
	else if (link->queued)
		link->queued--;
	level_update(link);
}

void st_link_lost(struct st_link *link)
{
	link->queued = 0;
	level_set(link, 0);
	st_dests_link_down(link);
}

int st_link_send(struct st_link *link, const uint8_t *octets, size_t len, unsigned int stream)
{
	struct msgb *msg;

	if (!link->ofd)
		return -ENETUNREACH;
	if (link->queued >= ST_QUEUE_MAX)
		return -ENOBUFS;
	msg = msgb_alloc(len, "M3UA");
	if (!msg)
		return -ENOBUFS;
	memcpy(msgb_put(msg, len), octets, len);
	msgb_sctp_stream(msg) = stream;
	if (osmo_ss7_asp_send(link->asp, msg) < 0)
		return -ENETUNREACH;
	link->queued++;
	level_update(link);
	return 0;
}

bool st_link_answer(struct st_link *link, const uint8_t *msg, ssize_t len)
{
	if (len < 0 || link->answers >= ST_ANSWERS)
		return false;
	link->answers++;
	return st_link_send(link, msg, len, 0) == 0;
}

/* Stream 0 is for management; one SLS keeps one stream, and with it its order (RFC 4666 1.4.7). */
static unsigned int stream_of(const struct st_link *link, uint8_t sls)
{
	return link->streams > 1 ? 1 + sls % (link->streams - 1) : 0;
}

int st_dest_send(struct st *st, struct st_dest *d, struct st_link *link, const struct mtp_label *l,
		 const uint8_t *sdu, size_t len)
{
	const struct m3ua_data data = {
		.has_na = st->has_na, .na = st->na,
		.has_rc = d->as->cfg.routing_key.context != 0, .rc = d->as->cfg.routing_key.context,
		.opc = l->opc, .dpc = l->dpc, .si = MTP_SI_ISUP, .ni = l->ni, .mp = l->prio,
		.sls = l->sls,
		.sdu = sdu, .len = len,
	};
	uint8_t buf[M3UA_MAX_MSG];
	ssize_t n = m3ua_data_encode(buf, sizeof(buf), &data);
	int rc;

	if (n < 0)
		return n;
	rc = st_link_send(link, buf, n, stream_of(link, l->sls));
	if (rc == 0)
		link->sent++;
	return rc;
}

int st_transmit(struct st *st, struct st_dest *d, const struct mtp_label *l, const uint8_t *sdu,
		size_t len)
{
	struct st_link *link;
	unsigned int index;

	st_dest_refresh(st, d);
	if (d->n_set == 0) {
		st->unroutable++;
		return -ENETUNREACH;
	}
	if (st_sls_moving(d, l->sls))
		return st_sls_hold(st, d, l, sdu, len);
	index = st_sls_link(d, l->sls);
	link = st_link_at(st, index);
	if (!link)
		return -ENETUNREACH;
	d->last[l->sls] = index;
	return st_dest_send(st, d, link, l, sdu, len);
}
