/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGBS and HGBS: blocking and unblocking of several circuits from our side, for maintenance or
 * after a hardware failure (T18-T21, Q.764 2.8.2.2).
 *
 * One process is one message and its acknowledgement. What a circuit is to be says the circuit
 * itself; a change of mind takes it out of the process that runs. */
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/group_block.h"
#include "isup/maintenance.h"
#include "isup/ranged.h"

enum gbs_state {
	GBS_ST_IDLE,
	GBS_ST_WAIT_CGBA, GBS_ST_CGBA_MAINTENANCE,
	GBS_ST_WAIT_CGUA, GBS_ST_CGUA_MAINTENANCE,
};
enum gbs_event { GBS_EV_CGBA = ISUP_REPEAT_EV_ACK, GBS_EV_CGUA };

enum { MAX_RANGE = 255 };	/* Q.763 3.43, where the dialect's status has room for it */

struct gbs {
	struct isup_ranged r;
	struct isup_range first;	/* as first asked: circuits may have left since */
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[GBS_ST_WAIT_CGBA] = { .T = 18 },
	[GBS_ST_CGBA_MAINTENANCE] = { .T = 19 },
	[GBS_ST_WAIT_CGUA] = { .T = 20 },
	[GBS_ST_CGUA_MAINTENANCE] = { .T = 21 },
};

static bool blocks(const struct osmo_fsm_inst *fi)
{
	return fi->state == GBS_ST_WAIT_CGBA || fi->state == GBS_ST_CGBA_MAINTENANCE;
}

static void say(struct osmo_fsm_inst *fi, uint32_t st)
{
	struct gbs *p = fi->priv;
	struct isup_supervision type = {
		.type = p->r.work == ISUP_WORK_HARDWARE ? ISUP_BLOCKING_HARDWARE
							: ISUP_BLOCKING_MAINTENANCE
	};
	struct isup_msg m;

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, p->r.group->tdefs, 60);
	isup_init(&m, p->r.group->cfg.dialect, blocks(fi) ? ISUP_MT_CGB : ISUP_MT_CGU, p->r.cic);
	isup_set(&m, ISUP_P_SUPERVISION, &type);
	isup_set(&m, ISUP_P_RANGE, &p->r.asked);
	isup_group_send(p->r.group->peer, &m);
}

static void expired(struct osmo_fsm_inst *fi)
{
	struct gbs *p = fi->priv;
	struct isup_circuit *c = isup_ranged_first(&p->r);
	bool block = blocks(fi);

	say(fi, block ? GBS_ST_CGBA_MAINTENANCE : GBS_ST_CGUA_MAINTENANCE);
	isup_circuit_alarm(c, block ? "T19 expired: no CGBA to CGB"
				    : "T21 expired: no CGUA to CGU");
}

static unsigned int count(const struct isup_range *a, const struct isup_range *but)
{
	unsigned int i, n = 0;

	for (i = 0; i <= a->range; i++)
		n += isup_range_bit(a, i) && !isup_range_bit(but, i);
	return n;
}

/* 2.8.2.3: maintenance is told of circuits that were asked for and are not acknowledged, and of
 * those that were not and are. */
static void compare(struct isup_circuit *c, const struct gbs *p, const struct isup_range *done)
{
	unsigned int missing = count(&p->r.asked, done), added = count(done, &p->first);

	if (missing)
		LOG_CIRCUIT(c, LOGL_NOTICE, "%u circuits of the range are not acknowledged\n",
			    missing);
	if (added)
		LOG_CIRCUIT(c, LOGL_NOTICE, "%u circuits are acknowledged without being asked\n",
			    added);
	if (missing || added)
		isup_circuit_alarm(c, "group blocking is acknowledged for other circuits");
}

static void acknowledged(struct osmo_fsm_inst *fi, void *done)
{
	struct gbs *p = fi->priv, copy = *p;
	struct isup_circuit *c = isup_ranged_first(&p->r);
	const struct isup_range none = {};

	LOG_CIRCUIT(c, LOGL_NOTICE, "%u circuits from here %s (%s), acknowledged\n",
		    count(&copy.r.asked, &none), blocks(fi) ? "blocked" : "unblocked",
		    isup_gbs_type_name(p->r.work));
	isup_ranged_end(&p->r);
	compare(c, &copy, done);
	isup_pump(copy.r.group->peer);
}

static const struct isup_repeat_ops ops = {
	.say = say, .expired = expired, .acknowledged = acknowledged,
};

#define EARLY (S(ISUP_REPEAT_EV_LONG) | S(ISUP_REPEAT_EV_AGAIN))
#define START (S(GBS_ST_WAIT_CGBA) | S(GBS_ST_WAIT_CGUA))

static const struct osmo_fsm_state states[] = {
	[GBS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = START,
	},
	[GBS_ST_WAIT_CGBA] = {
		.name = "WaitForCGBA", .action = isup_repeat_action,
		.in_event_mask = S(GBS_EV_CGBA) | EARLY,
		.out_state_mask = S(GBS_ST_WAIT_CGBA) | S(GBS_ST_CGBA_MAINTENANCE),
	},
	[GBS_ST_CGBA_MAINTENANCE] = {
		.name = "WaitForCGBA-Maintenance", .action = isup_repeat_action,
		.in_event_mask = S(GBS_EV_CGBA) | S(ISUP_REPEAT_EV_AGAIN),
		.out_state_mask = S(GBS_ST_CGBA_MAINTENANCE),
	},
	[GBS_ST_WAIT_CGUA] = {
		.name = "WaitForCGUA", .action = isup_repeat_action,
		.in_event_mask = S(GBS_EV_CGUA) | EARLY,
		.out_state_mask = S(GBS_ST_WAIT_CGUA) | S(GBS_ST_CGUA_MAINTENANCE),
	},
	[GBS_ST_CGUA_MAINTENANCE] = {
		.name = "WaitForCGUA-Maintenance", .action = isup_repeat_action,
		.in_event_mask = S(GBS_EV_CGUA) | S(ISUP_REPEAT_EV_AGAIN),
		.out_state_mask = S(GBS_ST_CGUA_MAINTENANCE),
	},
};

static const struct value_string event_names[] = {
	{ GBS_EV_CGBA, "CGBA" }, { GBS_EV_CGUA, "CGUA" }, { ISUP_REPEAT_EV_LONG, "T19/T21" },
	{ ISUP_REPEAT_EV_AGAIN, "repeat" }, {}
};

#define CLASS(id) { \
	.name = id, \
	.states = states, .num_states = ARRAY_SIZE(states), \
	.event_names = event_names, \
	.timer_cb = isup_repeat_timer_cb, .cleanup = isup_ranged_cleanup, \
}

struct osmo_fsm isup_mgbs_fsm = CLASS("MGBS");
struct osmo_fsm isup_hgbs_fsm = CLASS("HGBS");

/* The last CIC that the status of a message may reach from the first one. */
static unsigned int reach(const struct isup_dialect *d)
{
	const struct isup_par_row *row = isup_par_row(d, ISUP_P_RANGE);

	return OSMO_MIN(8u * (row->max - 1) - 1, (unsigned int)MAX_RANGE);
}

/* The circuits of the next message: those in line that want the same, as many as it may name. */
static void collect(struct isup_ranged *r, const struct isup_circuit *first)
{
	const struct isup_dialect *d = r->group->cfg.dialect;
	unsigned int i, n = 0, last = reach(d);

	r->cic = first->cic;
	for (i = 0; i <= last && n < d->group_range; i++) {
		const struct isup_circuit *c = isup_peer_circuit(r->group->peer, first->cic + i);

		if (!c || c->group != r->group || !isup_work_waits(c, r->work) ||
		    isup_gbs_wish(c, r->work) != isup_gbs_wish(first, r->work))
			continue;
		isup_range_set(&r->asked, i);
		r->asked.range = i;
		n++;
	}
	/* range 0 is reserved: a single circuit has a neighbour, whose bit is 0 */
	if (r->asked.range == 0 && first->cic + 1u == r->group->peer->n_cics) {
		r->cic--;
		r->asked.status[0] = 2;
	}
	if (r->asked.range == 0)
		r->asked.range = 1;
	r->asked.n_status = r->asked.range / 8 + 1;
}

static bool start_next(struct isup_group *g, enum isup_work w)
{
	struct isup_circuit *first = isup_work_next(g, w);
	struct osmo_fsm_inst *fi;
	struct gbs *p;
	bool block;

	if (!first)
		return true;
	fi = isup_process_new(w == ISUP_WORK_HARDWARE ? &isup_hgbs_fsm : &isup_mgbs_fsm, first,
			      sizeof(*p));
	if (!fi)
		return false;
	block = isup_gbs_wish(first, w);
	p = fi->priv;
	p->r = (struct isup_ranged){ .fi = fi, .group = g, .work = w };
	collect(&p->r, first);
	p->first = p->r.asked;
	isup_repeat_init(fi, &ops, g->peer);
	isup_ranged_begin(&p->r);
	isup_repeat_start(fi, isup_timer(first, block ? 19 : 21));
	say(fi, block ? GBS_ST_WAIT_CGBA : GBS_ST_WAIT_CGUA);
	return true;
}

bool isup_hgbs_next(struct isup_group *g)
{
	return start_next(g, ISUP_WORK_HARDWARE);
}

bool isup_mgbs_next(struct isup_group *g)
{
	return start_next(g, ISUP_WORK_MAINTENANCE);
}

/* An acknowledgement or an unblocking is awaited, or waits to be asked for. */
bool isup_gbs_pending(const struct isup_circuit *c)
{
	return (c->asked | c->wanted) & (S(ISUP_WORK_HARDWARE) | S(ISUP_WORK_MAINTENANCE));
}

/* The single process, or none, has the circuit from now on. */
void isup_gbs_leave(struct isup_circuit *c)
{
	isup_ranged_leave(c, ISUP_WORK_MAINTENANCE);
}

static void restart(struct isup_circuit *c, enum isup_work w)
{
	isup_ranged_leave(c, w);
	if (isup_gbs_wish(c, w))
		isup_work_want(c, w);
	isup_circuit_update(c);
}

/* The peer seems not to know, or has forgotten, that the circuit has failed: CGB again, when the
 * pump is worked. */
void isup_hgbs_restart(struct isup_circuit *c)
{
	restart(c, ISUP_WORK_HARDWARE);
}

void isup_mgbs_restart(struct isup_circuit *c)
{
	isup_process_free(&c->bls);
	restart(c, ISUP_WORK_MAINTENANCE);
}

/* An acknowledgement nobody waits for, and that is not what we want, is put right (2.8.2.3). */
static enum isup_counter rx_for_nothing(struct isup_peer *p, const struct isup_msg *m,
					enum isup_work w)
{
	bool says_blocked = m->type == ISUP_MT_CGBA;
	unsigned int i, known = 0, wrong = 0;
	struct isup_range done = {};

	isup_get(m, ISUP_P_RANGE, &done);
	for (i = 0; i <= done.range; i++) {
		struct isup_circuit *c = isup_peer_circuit(p, m->cic + i);

		known += c != NULL;
		if (!c || !isup_range_bit(&done, i) || (c->asked | c->wanted) & S(w) ||
		    (w == ISUP_WORK_MAINTENANCE && c->bls) || isup_gbs_wish(c, w) == says_blocked)
			continue;
		wrong++;
		isup_work_want(c, w);
		isup_circuit_update(c);
	}
	if (!known)
		return ISUP_CTR_RX_UNEQUIPPED;
	LOG_BAD_CIC(p, m->cic, m->type, "%s for nothing (%s), %u circuits are not so",
		isup_mt_name(m->dialect, m->type), isup_gbs_type_name(w), wrong);
	isup_pump(p);
	return wrong ? ISUP_CTR_RX_HANDLED : ISUP_CTR_RX_UNEXPECTED;
}

/* CGBA and CGUA. */
enum isup_counter isup_gbs_rx(struct isup_peer *p, const struct isup_msg *m)
{
	enum gbs_event ev = m->type == ISUP_MT_CGBA ? GBS_EV_CGBA : GBS_EV_CGUA;
	struct isup_supervision type = {};
	struct isup_range done = {};
	struct isup_ranged *r;

	if (!isup_get(m, ISUP_P_SUPERVISION, &type) || type.type > ISUP_BLOCKING_HARDWARE ||
	    !isup_get(m, ISUP_P_RANGE, &done) || done.range < 1 || !done.n_status) {
		LOG_BAD_CIC(p, m->cic, m->type, "%s ignored: type or range not allowed",
			isup_mt_name(m->dialect, m->type));
		return ISUP_CTR_RX_UNEXPECTED;
	}
	r = isup_ranged_find(p, isup_gbs_work(type.type), ev, m);
	if (!r)
		return rx_for_nothing(p, m, isup_gbs_work(type.type));
	osmo_fsm_inst_dispatch(r->fi, ev, &done);
	return ISUP_CTR_RX_HANDLED;
}
