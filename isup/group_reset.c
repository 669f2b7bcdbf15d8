/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CGRS and CGRR: reset of ranges of circuits from our side (T22, T23) and from the peer's
 * (Q.764 2.9.3.2). */
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/ranged.h"

enum cgrs_state { CGRS_ST_IDLE, CGRS_ST_WAIT_GRA, CGRS_ST_MAINTENANCE };
enum cgrs_event { CGRS_EV_GRA = ISUP_REPEAT_EV_ACK };

struct cgrs {
	struct isup_repeat repeat;
	struct isup_circuit *first;
	unsigned int n;
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CGRS_ST_WAIT_GRA] = { .T = 22 },
	[CGRS_ST_MAINTENANCE] = { .T = 23 },
};

static struct isup_circuit *member(const struct cgrs *p, unsigned int i)
{
	return isup_peer_circuit(p->first->group->peer, p->first->cic + i);
}

static void say_grs(struct osmo_fsm_inst *fi, uint32_t st)
{
	struct cgrs *p = fi->priv;
	struct isup_group *g = p->first->group;
	struct isup_range range = { .range = p->n - 1 };
	struct isup_msg m;

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, g->tdefs, 60);
	isup_init(&m, g->cfg.dialect, ISUP_MT_GRS, p->first->cic);
	isup_set(&m, ISUP_P_RANGE, &range);
	isup_group_send(g->peer, &m);
}

static void t23_expired(struct osmo_fsm_inst *fi)
{
	struct cgrs *p = fi->priv;
	unsigned int i;

	for (i = 0; i < p->n; i++)
		member(p, i)->out_of_service = true;
	say_grs(fi, CGRS_ST_MAINTENANCE);
	isup_circuit_alarm(p->first, "T23 expired: no GRA to GRS, circuits out of service");
}

/* The process ends before its circuits are spoken of. */
static void detach(struct cgrs *p)
{
	struct osmo_fsm_inst *fi = p->first->cgrs;
	unsigned int i;

	for (i = 0; i < p->n; i++)
		member(p, i)->cgrs = NULL;
	osmo_fsm_inst_term(fi, OSMO_FSM_TERM_REGULAR, NULL);
}

static void acknowledged(struct osmo_fsm_inst *fi, void *range)
{
	struct cgrs p = *(struct cgrs *)fi->priv;
	unsigned int i;

	detach(fi->priv);
	for (i = 0; i < p.n; i++) {
		member(&p, i)->remote_blocked = isup_range_bit(range, i);
		isup_circuit_in_service(member(&p, i));
		isup_mgbs_restart(member(&p, i));
		isup_hgbs_restart(member(&p, i));
	}
	isup_pump(p.first->group->peer);
}

static const struct isup_repeat_ops ops = {
	.say = say_grs, .expired = t23_expired, .acknowledged = acknowledged,
};

#define IN (S(CGRS_EV_GRA) | S(ISUP_REPEAT_EV_LONG) | S(ISUP_REPEAT_EV_AGAIN))

static const struct osmo_fsm_state states[] = {
	[CGRS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CGRS_ST_WAIT_GRA),
	},
	[CGRS_ST_WAIT_GRA] = {
		.name = "WaitForGRA", .action = isup_repeat_action, .in_event_mask = IN,
		.out_state_mask = S(CGRS_ST_WAIT_GRA) | S(CGRS_ST_MAINTENANCE),
	},
	[CGRS_ST_MAINTENANCE] = {
		.name = "WaitForGRA-Maintenance", .action = isup_repeat_action, .in_event_mask = IN,
		.out_state_mask = S(CGRS_ST_MAINTENANCE),
	},
};

static const struct value_string event_names[] = {
	{ CGRS_EV_GRA, "GRA" }, { ISUP_REPEAT_EV_LONG, "T23" }, { ISUP_REPEAT_EV_AGAIN, "repeat" },
	{}
};

struct osmo_fsm isup_cgrs_fsm = {
	.name = "CGRS",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = isup_repeat_timer_cb,
	.cleanup = isup_repeat_cleanup,
};

static void take(struct isup_circuit *c, struct osmo_fsm_inst *fi)
{
	isup_work_take(c, ISUP_WORK_RESET);
	c->cgrs = fi;
	/* what the peer had blocked it says again when it knows of the reset */
	c->remote_blocked = c->remote_failed = false;
}

/* false without memory: the circuits keep waiting. */
static bool start(struct isup_circuit *first, unsigned int n)
{
	struct osmo_fsm_inst *fi = isup_process_new(&isup_cgrs_fsm, first, sizeof(struct cgrs));
	struct cgrs *p;
	unsigned int i;

	if (!fi)
		return false;
	p = fi->priv;
	p->first = first;
	p->n = n;
	isup_repeat_init(fi, &ops, first->group->peer);
	isup_window_enter(&p->repeat);
	for (i = 0; i < n; i++)
		take(member(p, i), fi);
	isup_repeat_start(fi, isup_timer(first, 23));
	say_grs(fi, CGRS_ST_WAIT_GRA);
	return true;
}

/* The next range of a group: circuits without a gap, of this group alone. Range 0 is reserved: RSC
 * for a single one. */
bool isup_cgrs_next(struct isup_group *g)
{
	struct isup_circuit *first = isup_work_next(g, ISUP_WORK_RESET);
	struct isup_circuit *c;
	unsigned int n = 1;

	if (!first)
		return true;
	while (n < g->cfg.dialect->group_range) {
		c = isup_peer_circuit(g->peer, first->cic + n);
		if (!c || c->group != g || !isup_work_waits(c, ISUP_WORK_RESET))
			break;
		n++;
	}
	if (n > 1)
		return start(first, n);
	take(first, NULL);
	isup_crs_start(first, false, true);
	return true;
}

/* The peer knows the first circuit of the range not: each is reset for itself, and the peer will
 * say which it has. */
void isup_cgrs_unequipped(struct isup_circuit *c)
{
	struct cgrs p = *(struct cgrs *)c->cgrs->priv;
	unsigned int i;

	LOG_CIRCUIT(c, LOGL_NOTICE, "UCIC to GRS: circuits are reset one by one\n");
	detach(c->cgrs->priv);
	for (i = 0; i < p.n; i++)
		isup_crs_start(member(&p, i), false, false);
	isup_pump(c->group->peer);
}

enum isup_counter isup_cgrs_rx_gra(struct isup_peer *p, const struct isup_msg *m)
{
	struct isup_circuit *c = isup_peer_circuit(p, m->cic);
	struct isup_range range = {};
	const struct cgrs *cgrs;

	if (!c)
		return ISUP_CTR_RX_UNEQUIPPED;
	cgrs = c->cgrs ? c->cgrs->priv : NULL;
	if (!cgrs || cgrs->first != c || !isup_get(m, ISUP_P_RANGE, &range) ||
	    range.range + 1u != cgrs->n) {
		LOG_BAD(c, ISUP_MT_GRA, "GRA for nothing: ignored");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	osmo_fsm_inst_dispatch(c->cgrs, CGRS_EV_GRA, &range);
	return ISUP_CTR_RX_HANDLED;
}

/* The calls end after GRA is on its way, so that an attempt to repeat one cannot overtake it. */
enum isup_counter isup_cgrr_rx_grs(struct isup_peer *p, const struct isup_msg *m)
{
	struct isup_farewell bye[ISUP_GROUP_RANGE] = {};
	struct isup_range range = {};
	struct isup_circuit *c;
	struct isup_msg gra;
	unsigned int i, known = 0;

	if (!isup_get(m, ISUP_P_RANGE, &range) || range.range < 1 ||
	    range.range >= m->dialect->group_range) {
		LOG_BAD_CIC(p, m->cic, ISUP_MT_GRS, "GRS with range %u is not allowed: ignored",
			range.range);
		return ISUP_CTR_RX_UNEXPECTED;
	}
	range.n_status = range.range / 8 + 1;
	for (i = 0; i <= range.range; i++) {
		c = isup_peer_circuit(p, m->cic + i);
		if (!c)
			continue;
		known++;
		bye[i] = isup_crr_reset(c);
		isup_hgbs_restart(c);
		if (c->local_blocked)
			range.status[i / 8] |= S(i % 8);
	}
	if (!known)
		return ISUP_CTR_RX_UNEQUIPPED;
	LOG_NEWS_CIC(p, m->cic, "%u circuits from here reset by the peer", known);
	isup_pump(p);
	isup_init(&gra, m->dialect, ISUP_MT_GRA, m->cic);
	isup_set(&gra, ISUP_P_RANGE, &range);
	isup_peer_send(p, &gra);
	for (i = 0; i <= range.range; i++)
		isup_farewell_reset(&bye[i], isup_peer_group(p));
	return ISUP_CTR_RX_HANDLED;
}
