/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA back end: which association an SLS takes, and how it comes back to its own one in order.
 *
 * Each SLS has a home among all ASPs of the AS. While that one cannot be used the SLS takes
 * another; nobody else moves. When it can be used again,
	 messages of the SLS wait a little until those sent
 * the other way have arrived (time-controlled diversion, Q.704 6.4),
	 then follow. When an association
 * dies there is nothing to wait for. */
#include <errno.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/mtp_sigtran.h"

enum { DIVERT_MS = 150 };

struct held {
	struct llist_head list;
	struct mtp_label label;
	size_t len;
	uint8_t sdu[];
};

static bool in_set(const struct st_dest *d, unsigned int index)
{
	for (unsigned int i = 0; i < d->n_set; i++) {
		if (d->set[i] == index)
			return true;
	}
	return false;
}

/* The set must not be empty. */
unsigned int st_sls_link(const struct st_dest *d, uint8_t sls)
{
	unsigned int home = d->home[sls % d->n_home];

	if (d->override != ST_NO_LINK)
		return d->override;
	return in_set(d, home) ? home : d->set[sls / d->n_home % d->n_set];
}

bool st_sls_moving(const struct st_dest *d, uint8_t sls)
{
	return d->diverting && d->moving[sls / 8] >> (sls % 8) & 1;
}

int st_sls_hold(struct st *st, struct st_dest *d, const struct mtp_label *l, const uint8_t *sdu,
		size_t len)
{
	struct held *h;

	if (st->n_held >= ST_MAX_HELD)
		return -ENOBUFS;
	h = talloc_size(st, sizeof(*h) + len);
	if (!h)
		return -ENOBUFS;
	h->label = *l;
	h->len = len;
	memcpy(h->sdu, sdu, len);
	llist_add_tail(&h->list, &d->held);
	st->n_held++;
	return 0;
}

/* End of the diversion: what waited is sent, in order, the way its SLS goes now. */
void st_sls_flush(struct st *st, struct st_dest *d)
{
	struct st_link *link;
	struct held *h, *next;
	unsigned int index;

	d->diverting = false;
	osmo_timer_del(&d->divert_timer);
	llist_for_each_entry_safe(h, next, &d->held, list) {
		llist_del(&h->list);
		st->n_held--;
		index = d->n_set ? st_sls_link(d, h->label.sls) : ST_NO_LINK;
		link = st_link_at(st, index);
		if (link) {
			d->last[h->label.sls] = index;
			st_dest_send(st, d, link, &h->label, h->sdu, h->len);
		}
		talloc_free(h);
	}
}

void st_sls_drop(struct st *st, struct st_dest *d)
{
	d->n_set = 0;
	st_sls_flush(st, d);
}

/* Called when the links of a destination were chosen anew. */
void st_sls_refreshed(struct st *st, struct st_dest *d)
{
	if (d->diverting)
		st_sls_flush(st, d);
	memset(d->moving, 0, sizeof(d->moving));
	for (unsigned int sls = 0; d->n_set && sls < 256; sls++) {
		if (d->last[sls] == ST_NO_LINK || d->last[sls] == st_sls_link(d, sls) ||
		    !in_set(d, d->last[sls]))
			continue;
		d->moving[sls / 8] |= 1 << sls % 8;
		d->diverting = true;
	}
	if (d->diverting)
		osmo_timer_schedule(&d->divert_timer, 0, DIVERT_MS * 1000);
}
