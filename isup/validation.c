/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CVS and CVR: do both ends mean the same circuit by this code (TCVT, T1.113.4)? Calls are not
 * touched. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/ansi_values.h"
#include "isup/dialect.h"
#include "isup/maintenance.h"
#include "isup/processes.h"
#include "isup/seizure.h"
#include "isup/timers.h"

enum cvs_state { CVS_ST_IDLE, CVS_ST_WAIT_CVR, CVS_ST_CVR_AGAIN };
enum cvs_event { CVS_EV_CVR };
/* T1.113.3: response indicator; carrier; which circuits its sender keeps in a dual seizure */
enum { SUCCESS = 0, FAILURE = 1, DIGITAL = 2, MIXED = 3, KEEPS_ODD = 1, KEEPS_EVEN = 2 };

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CVS_ST_WAIT_CVR] = { .T = ISUP_TCVT },
	[CVS_ST_CVR_AGAIN] = { .T = ISUP_TCVT },
};

static struct isup_circuit *circuit_of(const struct osmo_fsm_inst *fi)
{
	return *(struct isup_circuit *const *)fi->priv;
}

static void say_cvt(struct osmo_fsm_inst *fi, enum cvs_state st)
{
	struct isup_circuit *c = circuit_of(fi);

	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, c->group->tdefs, 10);
	isup_circuit_send(c, ISUP_MT_CVT);
}

static void characteristics(struct isup_group_characteristics *ret, const struct isup_group *g)
{
	*ret = (struct isup_group_characteristics){
		.carrier = DIGITAL,
		.control = (isup_group_controls(g, 1) ? KEEPS_ODD : 0) |
			   (isup_group_controls(g, 2) ? KEEPS_EVEN : 0),
	};
}

/* NULL: they fit. What the peer leaves unknown (0) fits; of the double seizure control each end
 * must have what the other has not. */
static const char *differs(const struct isup_group_characteristics *ours,
			   const struct isup_group_characteristics *theirs)
{
	if (theirs->carrier && theirs->carrier != MIXED && theirs->carrier != ours->carrier)
		return "the peer's circuits are analogue";
	if (theirs->control == ours->control)
		return "both ends keep the same circuits in a dual seizure";
	if (theirs->control != (ours->control ^ (KEEPS_ODD | KEEPS_EVEN)))
		return "circuits that both or neither keep in a dual seizure";
	return NULL;
}

static void answered(struct isup_circuit *c, const struct isup_msg *cvr)
{
	struct isup_group_characteristics ours, theirs = {};
	struct isup_octet result = {};
	const char *what;

	isup_process_free(&c->cvs);
	isup_get(cvr, ISUP_P_VALIDATION_RESPONSE, &result);
	isup_get(cvr, ISUP_P_GROUP_CHARACTERISTICS, &theirs);
	characteristics(&ours, c->group);
	if (result.value == FAILURE) {
		isup_circuit_alarm(c, "CVR: the peer has other data of this circuit");
		return;
	}
	what = differs(&ours, &theirs);
	if (what)
		isup_circuit_alarm(c, what);
	else
		LOG_CIRCUIT(c, LOGL_NOTICE, "validated: both ends have the same data\n");
}

static void wait_cvr(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	answered(circuit_of(fi), data);
}

static int timer_cb(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = circuit_of(fi);

	if (fi->state == CVS_ST_WAIT_CVR) {
		say_cvt(fi, CVS_ST_CVR_AGAIN);
		return 0;
	}
	isup_process_free(&c->cvs);
	isup_circuit_alarm(c, "TCVT expired twice: no CVR to CVT");
	return 0;
}

static const struct osmo_fsm_state states[] = {
	[CVS_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CVS_ST_WAIT_CVR),
	},
	[CVS_ST_WAIT_CVR] = {
		.name = "WaitForCVR", .action = wait_cvr,
		.in_event_mask = S(CVS_EV_CVR),
		.out_state_mask = S(CVS_ST_CVR_AGAIN),
	},
	[CVS_ST_CVR_AGAIN] = {
		.name = "WaitForCVR-Again", .action = wait_cvr,
		.in_event_mask = S(CVS_EV_CVR),
	},
};

static const struct value_string event_names[] = { { CVS_EV_CVR, "CVR" }, {} };

struct osmo_fsm isup_cvs_fsm = {
	.name = "CVS",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = event_names,
	.timer_cb = timer_cb,
};

int isup_circuit_validate(struct isup_circuit *c)
{
	if (!isup_mt_row(c->group->cfg.dialect, ISUP_MT_CVT))
		return -EOPNOTSUPP;
	if (c->group->peer->paused || c->group->peer->user_away)
		return -ENETUNREACH;
	if (c->cvs)
		return -EBUSY;
	c->cvs = isup_process_new(&isup_cvs_fsm, c, sizeof(c));
	if (!c->cvs)
		return -ENOMEM;
	*(struct isup_circuit **)c->cvs->priv = c;
	say_cvt(c->cvs, CVS_ST_WAIT_CVR);
	return 0;
}

enum isup_counter isup_cvs_rx_cvr(struct isup_circuit *c, const struct isup_msg *m)
{
	if (!c->cvs) {
		LOG_CIRCUIT(c, LOGL_NOTICE, "CVR for nothing: ignored\n");
		return ISUP_CTR_RX_UNEXPECTED;
	}
	osmo_fsm_inst_dispatch(c->cvs, CVS_EV_CVR, (void *)m);
	return ISUP_CTR_RX_HANDLED;
}

/* A circuit that we do not have is answered by UCIC, as any other message. */
enum isup_counter isup_cvr_rx_cvt(struct isup_circuit *c, const struct isup_msg *m)
{
	static const struct isup_octet success = { .value = SUCCESS };
	struct isup_group_characteristics ours;
	struct isup_msg cvr;

	characteristics(&ours, c->group);
	isup_init(&cvr, m->dialect, ISUP_MT_CVR, c->cic);
	isup_set(&cvr, ISUP_P_VALIDATION_RESPONSE, &success);
	isup_set(&cvr, ISUP_P_GROUP_CHARACTERISTICS, &ours);
	isup_peer_send(c->group->peer, &cvr);
	return ISUP_CTR_RX_HANDLED;
}
