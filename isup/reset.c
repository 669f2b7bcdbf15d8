/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRS and CRR: reset of a circuit from our side (T16, T17) and from the peer's (Q.764 2.9.3.1). */
#include <osmocom/core/utils.h>

#include "isup/processes.h"

enum crs_state { CRS_ST_IDLE, CRS_ST_WAIT_RLC, CRS_ST_MAINTENANCE };
enum crs_event { CRS_EV_RLC = ISUP_REPEAT_EV_ACK };

struct crs {
	struct isup_repeat repeat;
	struct isup_circuit *circuit;
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CRS_ST_WAIT_RLC] = { .T = 16 },
	[CRS_ST_MAINTENANCE] = { .T = 17 },
};

static void say_rsc(struct osmo_fsm_inst *fi, uint32_t st)
{
	struct crs *p = fi->priv;

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, p->circuit->group->tdefs, 60);
	isup_circuit_send(p->circuit, ISUP_MT_RSC);
}

static void t17_expired(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = ((struct crs *)fi->priv)->circuit;

	c->out_of_service = true;
	isup_circuit_update(c);
	say_rsc(fi, CRS_ST_MAINTENANCE);
	isup_circuit_alarm(c, "T17 expired: no RLC to RSC, circuit out of service");
}

static void acknowledged(struct osmo_fsm_inst *fi, void *data)
{
	struct isup_circuit *c = ((struct crs *)fi->priv)->circuit;

	isup_process_free(&c->crs);
	isup_circuit_in_service(c);
	isup_bls_restart(c);
	isup_hgbs_restart(c);
	isup_pump(c->group->peer);
}

static const struct isup_repeat_ops ops = {
	.say = say_rsc, .expired = t17_expired, .acknowledged = acknowledged,
};

#define IN (S(CRS_EV_RLC) | S(ISUP_REPEAT_EV_LONG) | S(ISUP_REPEAT_EV_AGAIN))

static const struct osmo_fsm_state states[] = {
	[CRS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CRS_ST_WAIT_RLC) | S(CRS_ST_MAINTENANCE),
	},
	[CRS_ST_WAIT_RLC] = {
		.name = "WaitForRLC", .action = isup_repeat_action, .in_event_mask = IN,
		.out_state_mask = S(CRS_ST_WAIT_RLC) | S(CRS_ST_MAINTENANCE),
	},
	[CRS_ST_MAINTENANCE] = {
		.name = "WaitForRLC-Maintenance", .action = isup_repeat_action, .in_event_mask = IN,
		.out_state_mask = S(CRS_ST_MAINTENANCE),
	},
};

static const struct value_string event_names[] = {
	{ CRS_EV_RLC, "RLC" }, { ISUP_REPEAT_EV_LONG, "T17" }, { ISUP_REPEAT_EV_AGAIN, "repeat" },
	{}
};

struct osmo_fsm isup_crs_fsm = {
	.name = "CRS",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = isup_repeat_timer_cb,
	.cleanup = isup_repeat_cleanup,
};

/* maintenance: T5 has run out before, only T17 repeats. windowed: one of a group reset. */
void isup_crs_start(struct isup_circuit *c, bool maintenance, bool windowed)
{
	struct osmo_fsm_inst *fi = isup_process_new(&isup_crs_fsm, c, sizeof(struct crs));
	struct crs *p;

	if (!fi) {
		c->out_of_service = true;
		isup_circuit_update(c);
		isup_circuit_alarm(c, "no memory to reset the circuit, out of service");
		return;
	}
	p = fi->priv;
	p->circuit = c;
	isup_repeat_init(fi, &ops, c->group->peer);
	if (windowed)
		isup_window_enter(&p->repeat);
	if (maintenance)
		p->repeat.late = true;
	else
		isup_repeat_start(fi, isup_timer(c, 17));
	c->crs = fi;
	/* what the peer had blocked it says again when it knows of the reset */
	c->remote_blocked = c->remote_failed = false;
	isup_circuit_update(c);
	say_rsc(fi, maintenance ? CRS_ST_MAINTENANCE : CRS_ST_WAIT_RLC);
}

/* Whatever has the circuit ends. try_again: an outgoing call that is new goes to another circuit.
 */
void isup_crs_reset(struct isup_circuit *c, bool try_again)
{
	struct isup_farewell bye = {};

	if (c->call)
		bye = isup_call_end(c->call);
	bye.repeat = bye.repeat && try_again;
	isup_process_free(&c->release);
	isup_process_free(&c->cot);
	isup_crs_start(c, false, false);
	isup_farewell_reset(&bye, c->group);
}

void isup_crs_rx_rlc(struct isup_circuit *c)
{
	osmo_fsm_inst_dispatch(c->crs, CRS_EV_RLC, NULL);
}

/* What the peer's reset makes of a circuit, and the call that ends by it: 2.9.3.1 a-f, 2.9.3.2. */
struct isup_farewell isup_crr_reset(struct isup_circuit *c)
{
	struct isup_farewell bye = {};

	if (c->call)
		bye = isup_call_end(c->call);
	isup_process_free(&c->release);
	isup_process_free(&c->cot);
	c->remote_blocked = c->remote_failed = false;
	/* our own reset is not over before its own acknowledgement (f) */
	if (!isup_circuit_resetting(c))
		c->out_of_service = c->unequipped = false;
	isup_circuit_update(c);
	return bye;
}

enum isup_counter isup_crr_rx_rsc(struct isup_circuit *c, const struct isup_msg *m)
{
	struct isup_farewell bye = isup_crr_reset(c);

	LOG_NEWS(c, "reset by the peer");
	isup_bls_restart(c);
	isup_hgbs_restart(c);
	isup_pump(c->group->peer);
	isup_circuit_send(c, ISUP_MT_RLC);
	isup_farewell_reset(&bye, c->group);
	return ISUP_CTR_RX_HANDLED;
}
