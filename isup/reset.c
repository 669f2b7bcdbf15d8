/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRS and CRR: reset of a circuit from our side (T16, T17) and from the peer's (Q.764 2.9.3.1). */
#include <osmocom/core/utils.h>

#include "isup/processes.h"

enum crs_state { CRS_ST_IDLE, CRS_ST_WAIT_RLC, CRS_ST_MAINTENANCE };
enum crs_event { CRS_EV_RLC, CRS_EV_T17, CRS_EV_AGAIN };

struct crs {
	struct isup_circuit *circuit;
	struct osmo_timer_list t17;	/* beside T16, which is the state's */
	bool windowed;			/* counts in the peer's reset window */
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CRS_ST_WAIT_RLC] = { .T = 16 },
	[CRS_ST_MAINTENANCE] = { .T = 17 },
};

static void say_rsc(struct osmo_fsm_inst *fi, enum crs_state st)
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

static void wait_rlc(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct isup_circuit *c = ((struct crs *)fi->priv)->circuit;

	switch (event) {
	case CRS_EV_RLC:
		isup_process_free(&c->crs);
		isup_circuit_in_service(c);
		isup_bls_restart(c);
		isup_hgbs_restart(c);
		isup_pump(c->group->peer);
		break;
	case CRS_EV_T17:
		t17_expired(fi);
		break;
	case CRS_EV_AGAIN:
		say_rsc(fi, fi->state);
		break;
	}
}

static int timer_cb(struct osmo_fsm_inst *fi)
{
	struct crs *p = fi->priv;

	if (fi->T == 17) {
		t17_expired(fi);
		return 0;
	}
	say_rsc(fi, CRS_ST_WAIT_RLC);
	/* a silent circuit must not keep the others waiting */
	isup_window_close(p->circuit->group->peer, &p->windowed);
	return 0;
}

static void t17_cb(void *data)
{
	osmo_fsm_inst_dispatch(data, CRS_EV_T17, NULL);
}

static void cleanup(struct osmo_fsm_inst *fi, enum osmo_fsm_term_cause cause)
{
	struct crs *p = fi->priv;

	osmo_timer_del(&p->t17);
	isup_window_leave(p->circuit->group->peer, &p->windowed);
}

#define IN (S(CRS_EV_RLC) | S(CRS_EV_T17) | S(CRS_EV_AGAIN))

static const struct osmo_fsm_state states[] = {
	[CRS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CRS_ST_WAIT_RLC) | S(CRS_ST_MAINTENANCE),
	},
	[CRS_ST_WAIT_RLC] = {
		.name = "WaitForRLC", .action = wait_rlc, .in_event_mask = IN,
		.out_state_mask = S(CRS_ST_WAIT_RLC) | S(CRS_ST_MAINTENANCE),
	},
	[CRS_ST_MAINTENANCE] = {
		.name = "WaitForRLC-Maintenance", .action = wait_rlc, .in_event_mask = IN,
		.out_state_mask = S(CRS_ST_MAINTENANCE),
	},
};

static const struct value_string event_names[] = {
	{ CRS_EV_RLC, "RLC" }, { CRS_EV_T17, "T17" }, { CRS_EV_AGAIN, "repeat" }, {}
};

struct osmo_fsm isup_crs_fsm = {
	.name = "CRS",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = timer_cb,
	.cleanup = cleanup,
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
	if (windowed)
		isup_window_enter(c->group->peer, &p->windowed);
	osmo_timer_setup(&p->t17, t17_cb, fi);
	if (!maintenance)
		osmo_timer_schedule(&p->t17, isup_timer(c, 17), 0);
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

void isup_crs_again(struct isup_circuit *c)
{
	osmo_fsm_inst_dispatch(c->crs, CRS_EV_AGAIN, NULL);
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
