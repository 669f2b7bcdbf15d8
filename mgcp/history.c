/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands received and their answers, in a ring that forgets the oldest. */
#include <ctype.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/hashtable.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "mgcp/history.h"
#include "mgcp/transaction.h"

uint64_t mgcp_now_us(void)
{
	struct timespec ts;

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

uint64_t mgcp_now(void)
{
	return mgcp_now_us() / 1000;
}

/* An agent tells commands apart by transaction and domain of the endpoint (4.1); the answer is
 * short, so the code is enough. */
struct entry {
	struct hlist_node node;
	uint64_t at;
	uint32_t tid;
	uint32_t domain;
	uint16_t code;
	bool confirmed;
};

struct mgcp_history {
	unsigned int keep_ms;
	unsigned int next;
	struct entry ring[MGCP_HISTORY];
	DECLARE_HASHTABLE(by_tid, 8);
};

struct mgcp_history *mgcp_history_new(void *ctx, unsigned int keep_ms)
{
	struct mgcp_history *h = talloc_zero(ctx, struct mgcp_history);

	if (!h)
		return NULL;
	h->keep_ms = keep_ms;
	hash_init(h->by_tid);
	return h;
}

static uint32_t domain_of(const struct mgcp_msg *cmd)
{
	const char *end = cmd->endpoint.p + cmd->endpoint.len;
	const char *at = cmd->endpoint.len ? memchr(cmd->endpoint.p, '@', cmd->endpoint.len) : NULL;
	uint32_t h = 2166136261u;

	for (; at && at < end; at++)
		h = (h ^ (uint32_t)tolower((unsigned char)*at)) * 16777619u;
	return h;
}

static struct entry *find(struct mgcp_history *h, uint32_t tid, uint32_t domain, bool any_domain)
{
	struct entry *e;

	hash_for_each_possible(h->by_tid, e, node, tid) {
		if (e->tid != tid || (!any_domain && e->domain != domain))
			continue;
		if (mgcp_now() - e->at < h->keep_ms)
			return e;
	}
	return NULL;
}

bool mgcp_history_seen(struct mgcp_history *h, const struct mgcp_msg *cmd, uint16_t *ret_code)
{
	const struct entry *e = find(h, cmd->tid, domain_of(cmd), false);

	if (!e)
		return false;
	*ret_code = e->confirmed ? 0 : e->code;
	return true;
}

void mgcp_history_put(struct mgcp_history *h, const struct mgcp_msg *cmd, uint16_t code)
{
	struct entry *e = &h->ring[h->next];

	h->next = (h->next + 1) % MGCP_HISTORY;
	if (e->tid)
		hash_del(&e->node);
	*e = (struct entry){
		.at = mgcp_now(), .tid = cmd->tid, .domain = domain_of(cmd), .code = code,
	};
	hash_add(h->by_tid, &e->node, e->tid);
}

/* A range may be written wide; no more entries than the ring has are looked for. */
void mgcp_history_confirmed(struct mgcp_history *h, const struct mgcp_text *k)
{
	struct mgcp_text rest = *k;
	uint32_t first, last;
	unsigned int budget = MGCP_HISTORY;

	while (mgcp_ack_next(&rest, &first, &last)) {
		for (uint32_t tid = first; tid <= last && budget; tid++, budget--) {
			struct entry *e = find(h, tid, 0, true);

			if (e)
				e->confirmed = true;
		}
	}
}
