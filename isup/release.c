/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Release from our side, REL until RLC by T1 and T5 (Q.764 2.3.1); REL and RLC from the peer. */
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/processes.h"

enum release_state { RELEASE_ST_IDLE, RELEASE_ST_BLOCKED, RELEASE_ST_WAIT_RLC };
enum release_event { RELEASE_EV_RLC = ISUP_REPEAT_EV_ACK };

struct release {
	struct isup_repeat repeat;
	struct isup_circuit *circuit;
	size_t len;
	uint8_t rel[ISUP_MAX_OCTETS];	/* repeated as it was */
};

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[RELEASE_ST_BLOCKED] = { .T = 3 },
	[RELEASE_ST_WAIT_RLC] = { .T = 1 },
};

static void say_rel(struct osmo_fsm_inst *fi, uint32_t st)
{
	struct release *r = fi->priv;

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, r->circuit->group->tdefs, 60);
	isup_circuit_transmit(r->circuit, NULL, r->rel, r->len);
}

static void t5_expired(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = ((struct release *)fi->priv)->circuit;

	c->group->stack->counters[ISUP_CTR_T5]++;
	isup_process_free(&c->release);
	c->out_of_service = true;
	isup_crs_start(c, true, false);
	isup_circuit_alarm(c, "T5 expired: no RLC, circuit out of service");
}

static void acknowledged(struct osmo_fsm_inst *fi, void *data)
{
	struct isup_circuit *c = ((struct release *)fi->priv)->circuit;

	isup_process_free(&c->release);
	isup_circuit_update(c);
}

static const struct isup_repeat_ops ops = {
	.say = say_rel, .expired = t5_expired, .acknowledged = acknowledged,
};

/* The first REL. */
static void begin(struct osmo_fsm_inst *fi)
{
	isup_repeat_start(fi, isup_timer(((struct release *)fi->priv)->circuit, 5));
	say_rel(fi, RELEASE_ST_WAIT_RLC);
}

static int timer_cb(struct osmo_fsm_inst *fi)
{
	if (fi->state == RELEASE_ST_WAIT_RLC)
		return isup_repeat_timer_cb(fi);
	begin(fi);
	return 0;
}

static const struct osmo_fsm_state states[] = {
	[RELEASE_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(RELEASE_ST_BLOCKED) | S(RELEASE_ST_WAIT_RLC),
	},
	[RELEASE_ST_BLOCKED] = {
		.name = "TemporarilyBlocked", .action = isup_repeat_action,
		.in_event_mask = S(RELEASE_EV_RLC),
		.out_state_mask = S(RELEASE_ST_WAIT_RLC),
	},
	[RELEASE_ST_WAIT_RLC] = {
		.name = "WaitForRLC", .action = isup_repeat_action,
		.in_event_mask = S(RELEASE_EV_RLC) | S(ISUP_REPEAT_EV_LONG) |
				 S(ISUP_REPEAT_EV_AGAIN),
		.out_state_mask = S(RELEASE_ST_WAIT_RLC),
	},
};

static const struct value_string event_names[] = {
	{ RELEASE_EV_RLC, "RLC" },
	{ ISUP_REPEAT_EV_LONG, "T5" }, { ISUP_REPEAT_EV_AGAIN, "repeat" },
	{}
};

struct osmo_fsm isup_release_fsm = {
	.name = "CPC-Release",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = timer_cb,
	.cleanup = isup_repeat_cleanup,
};

/* The REL to be repeated: the user's, or one that has nothing but a cause when there is none or it
 * does not fit. */
static size_t encode_rel(struct release *r, const struct isup_msg *rel,
			 const struct isup_cause *cause)
{
	const struct isup_circuit *c = r->circuit;
	struct isup_cause normal;
	struct isup_msg m;
	ssize_t len = -1;

	isup_cause_init(&normal, c->group, ISUP_CAUSE_UNSPECIFIED);
	if (rel && rel->type == ISUP_MT_REL) {
		m = *rel;
		m.cic = c->cic;
		isup_congestion_mark(c, &m);
		len = isup_encode(r->rel, isup_max_sdu(c->group), &m);
		isup_get(rel, ISUP_P_CAUSE, &normal);
	}
	if (len < 0) {
		isup_init(&m, c->group->cfg.dialect, ISUP_MT_REL, c->cic);
		if (isup_set(&m, ISUP_P_CAUSE, cause ? cause : &normal) < 0)
			isup_init_cause(&m, c->group->cfg.dialect, ISUP_MT_REL, c->cic,
					normal.value, 2);
		isup_congestion_mark(c, &m);
		len = isup_encode(r->rel, sizeof(r->rel), &m);
	}
	LOG_CIRCUIT(c, LOGL_INFO, "call released by us, cause %u\n",
		    cause ? cause->value : normal.value);
	return len;
}

/* The circuit's process of release, nothing sent yet; NULL without memory. */
static struct osmo_fsm_inst *release_new(struct isup_circuit *c, const struct isup_msg *rel,
					 const struct isup_cause *cause)
{
	struct osmo_fsm_inst *fi = isup_process_new(&isup_release_fsm, c, sizeof(struct release));
	struct release *r;

	if (!fi) {
		c->out_of_service = true;
		isup_circuit_update(c);
		isup_circuit_alarm(c, "no memory to release the circuit, out of service");
		return NULL;
	}
	r = fi->priv;
	r->circuit = c;
	r->len = encode_rel(r, rel, cause);
	isup_repeat_init(fi, &ops, c->group->peer);
	c->release = fi;
	isup_circuit_update(c);
	return fi;
}

void isup_release_start(struct isup_circuit *c, const struct isup_msg *rel,
			const struct isup_cause *cause)
{
	struct osmo_fsm_inst *fi = release_new(c, rel, cause);

	if (fi)
		begin(fi);
}

/* When T3 has expired; until then the circuit is ours and carries nothing. */
void isup_release_later(struct isup_circuit *c, const struct isup_cause *cause)
{
	struct osmo_fsm_inst *fi = release_new(c, NULL, cause);

	if (fi)
		osmo_tdef_fsm_inst_state_chg(fi, RELEASE_ST_BLOCKED, timeouts, c->group->tdefs,
					     60);
}

/* A REL is always answered: on an idle circuit (2.9.5.1 a), and when it crosses ours (2.3.1 e). */
enum isup_counter isup_release_rx_rel(struct isup_circuit *c, const struct isup_msg *m)
{
	bool reserved = c->cot && c->cot->fsm == &isup_crro_fsm;
	struct isup_msg copy;

	isup_hold_give_up(c);
	isup_congestion_rx_rel(c, m);
	if (c->call)
		return isup_call_event(c, CPC_EV_REL, m);
	if (c->release && c->release->state == RELEASE_ST_BLOCKED) {
		isup_process_free(&c->release);
		isup_circuit_update(c);
	}
	if (c->cot && !reserved)
		isup_cot_rx_rel(c);
	copy = *m;
	isup_unknown_par_rel(c, &copy, false);
	if (reserved)			/* it has a user, who may use the circuit at once */
		isup_cot_rx_rel(c);
	return ISUP_CTR_RX_HANDLED;
}

/* A REL that cannot be understood still releases; why goes back in the RLC (2.9.5.2). */
void isup_release_rx_bad_rel(struct isup_circuit *c, const struct isup_cause *why)
{
	struct isup_farewell bye = {};
	struct isup_cause cause;

	isup_cause_init(&cause, c->group, ISUP_CAUSE_UNSPECIFIED);
	if (c->call)
		bye = isup_call_end(c->call);
	bye.repeat = false;
	isup_peer_send_cause(c->group->peer, ISUP_MT_RLC, c->cic, why);
	isup_farewell_say(&bye, NULL, &cause);
}

enum isup_counter isup_release_rx_rlc(struct isup_circuit *c, const struct isup_msg *m)
{
	if (c->call)
		return isup_call_event(c, CPC_EV_RLC, m);
	if (c->release) {
		osmo_fsm_inst_dispatch(c->release, RELEASE_EV_RLC, NULL);
		return ISUP_CTR_RX_HANDLED;
	}
	if (c->crs) {
		isup_crs_rx_rlc(c);
		return ISUP_CTR_RX_HANDLED;
	}
	LOG_CIRCUIT(c, LOGL_INFO, "RLC for nothing: ignored\n");
	return ISUP_CTR_RX_UNEXPECTED;
}
