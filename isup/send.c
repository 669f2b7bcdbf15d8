/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of a call on their way to MTP: encoded first, so that nothing fails later, and in two
 * parts when one is too long (Q.764 2.1.12). */
#include <errno.h>

#include "isup/compat.h"
#include "isup/dialect.h"
#include "isup/processes.h"
#include "isup/segment.h"

enum { SIF = 272 };		/* Q.704 2.2: octets that MTP carries, with the routing label */

/* The longest message, from the CIC on. */
size_t isup_max_sdu(const struct isup_group *g)
{
	/* two point codes and the signalling link selection */
	size_t label = (2u * g->cfg.dialect->point_code_bits + 8) / 8;

	return g->cfg.calls.max_sdu ? g->cfg.calls.max_sdu : SIF - label;
}

static int encode_parts(struct isup_sent *sent, const struct isup_msg *m, size_t max)
{
	struct isup_msg first, sgm;
	ssize_t len;
	int rc;

	rc = isup_segment_split(&first, &sgm, m, max);
	if (rc < 0)
		return -EMSGSIZE;
	len = isup_encode(sent->sdu, sizeof(sent->sdu), &first);
	if (len < 0)
		return len;
	sent->len = len;
	len = isup_encode(sent->more, sizeof(sent->more), &sgm);
	sent->more_len = len < 0 ? 0 : len;
	return len < 0 ? len : 0;
}

/* 0 or -errno. m must live as long as sent. */
int isup_sent_encode(struct isup_sent *sent, const struct isup_circuit *c, const struct isup_msg *m)
{
	size_t max = isup_max_sdu(c->group);
	ssize_t len;

	sent->m = m;
	sent->more_len = 0;
	/* what no dialect knows is only passed on */
	len = isup_encode_unknown(sent->sdu, sizeof(sent->sdu), m);
	if (len >= 0 && (size_t)len <= max) {
		sent->len = len;
		return 0;
	}
	return len == -EINVAL ? -EINVAL : encode_parts(sent, m, max);
}

/* 0 or -errno: the first part was not taken. */
int isup_sent_transmit(struct isup_circuit *c, const struct isup_sent *sent)
{
	int rc = isup_circuit_transmit(c, sent->more_len ? NULL : sent->m, sent->sdu, sent->len);

	if (rc == 0 && sent->more_len)
		isup_circuit_transmit(c, NULL, sent->more, sent->more_len);
	return rc;
}
