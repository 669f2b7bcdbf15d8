/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGBR and HGBR: blocking and unblocking of several circuits by the peer, for maintenance or after
 * a hardware failure (Q.764 2.8.2.2). */
#include "isup/maintenance.h"
#include "isup/ranged.h"

struct group_block {
	struct isup_peer *peer;
	uint16_t cic;
	bool block;
	bool hardware;
	struct isup_range asked, done;	/* done: the circuits that we have */
	struct isup_farewell bye[ISUP_GROUP_RANGE];
	unsigned int n_bye;
};

static const char *refuse(const struct isup_msg *m, struct group_block *b)
{
	struct isup_supervision type = { .type = ISUP_BLOCKING_MAINTENANCE };
	unsigned int i, n = 0;

	if (!isup_get(m, ISUP_P_SUPERVISION, &type) || type.type > ISUP_BLOCKING_HARDWARE)
		return "type not allowed";
	b->hardware = type.type == ISUP_BLOCKING_HARDWARE;
	if (!isup_get(m, ISUP_P_RANGE, &b->asked) || b->asked.range < 1)
		return "range 0 is reserved";
	if (b->asked.n_status < b->asked.range / 8 + 1)
		return "status too short";
	for (i = 0; i <= b->asked.range; i++)
		n += isup_range_bit(&b->asked, i);
	return n > ISUP_GROUP_RANGE ? "more than 32 circuits" : NULL;
}

/* A hardware failure ends the call without REL: both ends know that the circuit is gone. */
static void mark(struct group_block *b, struct isup_circuit *c)
{
	if (!b->hardware)
		c->remote_blocked = b->block;
	else
		c->remote_failed = b->block;
	if (b->block && b->hardware && c->call)
		b->bye[b->n_bye++] = isup_call_end(c->call);
	isup_circuit_update(c);
}

static unsigned int mark_all(struct group_block *b)
{
	unsigned int i, known = 0;

	b->done =
		(struct isup_range){ .range = b->asked.range, .n_status = b->asked.range / 8 + 1 };
	for (i = 0; i <= b->asked.range; i++) {
		struct isup_circuit *c = isup_peer_circuit(b->peer, b->cic + i);

		if (!c)
			continue;
		known++;
		if (!isup_range_bit(&b->asked, i))
			continue;
		b->done.status[i / 8] |= S(i % 8);
		mark(b, c);
	}
	return known;
}

static void acknowledge(const struct group_block *b, const struct isup_dialect *dialect)
{
	const struct isup_supervision type = {
		.type = b->hardware ? ISUP_BLOCKING_HARDWARE : ISUP_BLOCKING_MAINTENANCE
	};
	struct isup_msg m;

	isup_init(&m, dialect, b->block ? ISUP_MT_CGBA : ISUP_MT_CGUA, b->cic);
	isup_set(&m, ISUP_P_SUPERVISION, &type);
	isup_set(&m, ISUP_P_RANGE, &b->done);
	isup_peer_send(b->peer, &m);
}

static void tell(struct group_block *b, const struct isup_msg *m)
{
	struct isup_cause cause;
	unsigned int i;

	isup_cause_init(&cause, isup_peer_group(b->peer), ISUP_CAUSE_TEMPORARY);
	for (i = 0; i < b->n_bye; i++)
		isup_farewell_say(&b->bye[i], NULL, &cause);
	if (!b->block || b->hardware)
		return;
	/* as BLO: an attempt that the peer has not yet taken goes to another circuit */
	for (i = 0; i <= b->done.range; i++) {
		struct isup_circuit *c =
			isup_range_bit(&b->done, i) ? isup_peer_circuit(b->peer, b->cic + i) : NULL;

		if (c && c->call)
			isup_call_event(c, CPC_EV_BLO, m);
	}
}

/* CGB and CGU. */
enum isup_counter isup_gbr_rx(struct isup_peer *p, const struct isup_msg *m)
{
	struct group_block b = { .peer = p, .cic = m->cic, .block = m->type == ISUP_MT_CGB };
	const char *name = isup_mt_name(m->dialect, m->type);
	const char *why = refuse(m, &b);

	if (why) {
		LOG_BAD_CIC(p, m->cic, m->type, "%s ignored: %s", name, why);
		return ISUP_CTR_RX_UNEXPECTED;
	}
	if (!mark_all(&b))
		return ISUP_CTR_RX_UNEQUIPPED;
	LOG_NEWS_CIC(p, m->cic, "%s: %s", name,
		b.hardware ? "hardware failure" : "maintenance");
	acknowledge(&b, m->dialect);
	tell(&b, m);
	return ISUP_CTR_RX_HANDLED;
}
