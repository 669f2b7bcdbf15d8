/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BLS and BLR: blocking and unblocking of a circuit from our side (T12-T15) and from the peer's
 * (Q.764 2.8.2). */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/processes.h"

enum bls_state {
	BLS_ST_IDLE,
	BLS_ST_WAIT_BLA, BLS_ST_BLA_MAINTENANCE,
	BLS_ST_WAIT_UBA, BLS_ST_UBA_MAINTENANCE,
};
enum bls_event { BLS_EV_BLA = ISUP_REPEAT_EV_ACK, BLS_EV_UBA };

struct bls {
	struct isup_repeat repeat;
	struct isup_circuit *circuit;
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[BLS_ST_WAIT_BLA] = { .T = 12 },
	[BLS_ST_BLA_MAINTENANCE] = { .T = 13 },
	[BLS_ST_WAIT_UBA] = { .T = 14 },
	[BLS_ST_UBA_MAINTENANCE] = { .T = 15 },
};

static void say(struct osmo_fsm_inst *fi, uint32_t st)
{
	struct bls *p = fi->priv;
	bool block = st == BLS_ST_WAIT_BLA || st == BLS_ST_BLA_MAINTENANCE;

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, p->circuit->group->tdefs, 60);
	isup_circuit_send(p->circuit, block ? ISUP_MT_BLO : ISUP_MT_UBL);
}

/* BLA and UBA come here only in the states that await them. */
static void acknowledged(struct osmo_fsm_inst *fi, void *data)
{
	struct isup_circuit *c = ((struct bls *)fi->priv)->circuit;

	isup_process_free(&c->bls);
	LOG_CIRCUIT(c, LOGL_NOTICE, "%s, acknowledged\n",
		    c->local_blocked ? "blocked" : "unblocked");
	isup_circuit_update(c);
}

static void expired(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = ((struct bls *)fi->priv)->circuit;
	bool block = c->local_blocked;

	say(fi, block ? BLS_ST_BLA_MAINTENANCE : BLS_ST_UBA_MAINTENANCE);
	isup_circuit_alarm(c, block ? "T13 expired: no BLA to BLO" : "T15 expired: no UBA to UBL");
}

static const struct isup_repeat_ops ops = {
	.say = say, .expired = expired, .acknowledged = acknowledged,
};

#define EARLY (S(ISUP_REPEAT_EV_LONG) | S(ISUP_REPEAT_EV_AGAIN))
#define START (S(BLS_ST_WAIT_BLA) | S(BLS_ST_WAIT_UBA))

static const struct osmo_fsm_state states[] = {
	[BLS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = START,
	},
	[BLS_ST_WAIT_BLA] = {
		.name = "WaitForBLA", .action = isup_repeat_action,
		.in_event_mask = S(BLS_EV_BLA) | EARLY,
		.out_state_mask = START | S(BLS_ST_BLA_MAINTENANCE),
	},
	[BLS_ST_BLA_MAINTENANCE] = {
		.name = "WaitForBLA-Maintenance", .action = isup_repeat_action,
		.in_event_mask = S(BLS_EV_BLA) | S(ISUP_REPEAT_EV_AGAIN),
		.out_state_mask = START | S(BLS_ST_BLA_MAINTENANCE),
	},
	[BLS_ST_WAIT_UBA] = {
		.name = "WaitForUBA", .action = isup_repeat_action,
		.in_event_mask = S(BLS_EV_UBA) | EARLY,
		.out_state_mask = START | S(BLS_ST_UBA_MAINTENANCE),
	},
	[BLS_ST_UBA_MAINTENANCE] = {
		.name = "WaitForUBA-Maintenance", .action = isup_repeat_action,
		.in_event_mask = S(BLS_EV_UBA) | S(ISUP_REPEAT_EV_AGAIN),
		.out_state_mask = START | S(BLS_ST_UBA_MAINTENANCE),
	},
};

static const struct value_string event_names[] = {
	{ BLS_EV_BLA, "BLA" }, { BLS_EV_UBA, "UBA" }, { ISUP_REPEAT_EV_LONG, "T13/T15" },
	{ ISUP_REPEAT_EV_AGAIN, "repeat" }, {}
};

struct osmo_fsm isup_bls_fsm = {
	.name = "BLS",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = isup_repeat_timer_cb,
	.cleanup = isup_repeat_cleanup,
};

/* Begin, or begin again, what c->local_blocked says: a change of mind does not wait for the
 * acknowledgement. */
static int start(struct isup_circuit *c)
{
	struct osmo_fsm_inst *fi = c->bls;

	isup_gbs_leave(c);
	if (!fi) {
		fi = isup_process_new(&isup_bls_fsm, c, sizeof(struct bls));
		if (!fi)
			return -ENOMEM;
		isup_repeat_init(fi, &ops, c->group->peer);
		((struct bls *)fi->priv)->circuit = c;
		c->bls = fi;
	}
	isup_repeat_start(fi, isup_timer(c, c->local_blocked ? 13 : 15));
	isup_circuit_update(c);
	say(fi, c->local_blocked ? BLS_ST_WAIT_BLA : BLS_ST_WAIT_UBA);
	return 0;
}

static int change(struct isup_circuit *c, bool block)
{
	int rc;

	if (c->local_blocked == block)
		return c->bls || isup_gbs_pending(c) ? -EBUSY : -EALREADY;
	c->local_blocked = block;
	rc = start(c);
	if (rc < 0)
		c->local_blocked = !block;
	return rc;
}

int isup_circuit_block(struct isup_circuit *c)
{
	return change(c, true);
}

int isup_circuit_unblock(struct isup_circuit *c)
{
	return change(c, false);
}

/* BLO again where the peer seems not to know, or has forgotten, that the circuit is blocked. */
void isup_bls_restart(struct isup_circuit *c)
{
	if (c->local_blocked && start(c) < 0)
		isup_circuit_alarm(c, "no memory to send BLO again");
}

/* An acknowledgement nobody waits for, and that is not what we want, is put right (2.8.2.3). */
static enum isup_counter rx_ack(struct isup_circuit *c, enum bls_event ev, bool says_blocked)
{
	if (c->bls && !isup_process_takes(c->bls, ev)) {
		LOG_CIRCUIT(c, LOGL_INFO, "%s is not what is awaited\n",
			    says_blocked ? "BLA" : "UBA");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	if (c->bls) {
		osmo_fsm_inst_dispatch(c->bls, ev, NULL);
		return ISUP_CTR_RX_HANDLED;
	}
	LOG_BAD(c, says_blocked, "%s for nothing", says_blocked ? "BLA" : "UBA");
	if (c->local_blocked == says_blocked || isup_gbs_pending(c))
		return ISUP_CTR_RX_UNEXPECTED;
	start(c);
	return ISUP_CTR_RX_HANDLED;
}

enum isup_counter isup_bls_rx_bla(struct isup_circuit *c, const struct isup_msg *m)
{
	return rx_ack(c, BLS_EV_BLA, true);
}

enum isup_counter isup_bls_rx_uba(struct isup_circuit *c, const struct isup_msg *m)
{
	return rx_ack(c, BLS_EV_UBA, false);
}

/* A call on the circuit goes on, unless it is ours and the peer has not yet taken it (2.8.2.1). */
enum isup_counter isup_blr_rx_blo(struct isup_circuit *c, const struct isup_msg *m)
{
	LOG_NEWS(c, "blocked by the peer");
	c->remote_blocked = true;
	isup_circuit_update(c);
	isup_circuit_send(c, ISUP_MT_BLA);
	if (c->call)
		isup_call_event(c, CPC_EV_BLO, m);
	return ISUP_CTR_RX_HANDLED;
}

enum isup_counter isup_blr_rx_ubl(struct isup_circuit *c, const struct isup_msg *m)
{
	LOG_NEWS(c, "unblocked by the peer");
	c->remote_blocked = false;
	isup_circuit_update(c);
	isup_circuit_send(c, ISUP_MT_UBA);
	return ISUP_CTR_RX_HANDLED;
}
