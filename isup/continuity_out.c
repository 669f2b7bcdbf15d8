/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRO: continuity recheck, outgoing. A circuit whose check has failed is tested by CCR until it
 * passes; maintenance can have any idle one tested (Q.764 2.1.8). The check of a call is CPCO's, in
 * WaitForContinuity. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/continuity.h"
#include "isup/processes.h"
#include "isup/timers.h"

enum cro_state {
	CRO_ST_IDLE,
	CRO_ST_WAIT_FIRST, CRO_ST_WAIT_NEXT,	/* to test again */
	CRO_ST_WAIT_LPA, CRO_ST_WAIT_TONE,	/* testing */
};

enum { MAX_UNABLE = 5 };	/* CCR in a row that say nothing of a circuit that has failed */

static const struct osmo_tdef_state_timeout timeouts[32] = {
	[CRO_ST_WAIT_FIRST] = { .T = 25 },
	[CRO_ST_WAIT_NEXT] = { .T = 26 },
	[CRO_ST_WAIT_LPA] = { .T = ISUP_TCCR },
	[CRO_ST_WAIT_TONE] = { .T = 24 },
};

static struct isup_circuit *circuit(const struct osmo_fsm_inst *fi)
{
	return ((const struct isup_cot *)fi->priv)->circuit;
}

static void go(struct osmo_fsm_inst *fi, enum cro_state st)
{
	osmo_tdef_fsm_inst_state_chg(fi, st, timeouts, circuit(fi)->group->tdefs, 60);
}

void isup_cot_say(struct isup_circuit *c, bool success)
{
	const struct isup_continuity result = { .success = success };
	struct isup_msg m;

	isup_init(&m, c->group->cfg.dialect, ISUP_MT_COT, c->cic);
	isup_set(&m, ISUP_P_CONTINUITY, &result);
	isup_peer_send(c->group->peer, &m);
}

bool isup_cro_is_testing(const struct isup_circuit *c)
{
	return c->cot->state == CRO_ST_WAIT_LPA || c->cot->state == CRO_ST_WAIT_TONE;
}

/* The test is over; the circuit comes back to traffic by a release. */
static void end(struct isup_circuit *c, uint8_t value)
{
	struct isup_cause cause;

	isup_process_free(&c->cot);
	isup_cause_init(&cause, c->group, value);
	isup_release_start(c, NULL, &cause);
}

/* REL says it; COT is for failures, and for calls. */
static void passed(struct isup_circuit *c)
{
	LOG_CIRCUIT(c, LOGL_NOTICE, "continuity test passed\n");
	c->out_of_service = false;
	end(c, ISUP_CAUSE_NORMAL);
}

/* Again after T25, then every T26. The second failure in a row is maintenance's, too. cot: the peer
 * waits to be told. */
static void again(struct osmo_fsm_inst *fi, bool cot)
{
	struct isup_cot *p = fi->priv;
	struct isup_circuit *c = p->circuit;
	bool first = p->failures == 0;
	bool second = p->failures == 1;

	p->unable = 0;
	if (p->failures < 2)
		p->failures++;
	if (second)
		c->out_of_service = true;
	go(fi, first ? CRO_ST_WAIT_FIRST : CRO_ST_WAIT_NEXT);
	isup_path_stop(c);
	if (cot)
		isup_cot_say(c, false);
	if (second)
		isup_circuit_alarm(c, "continuity test failed again, circuit out of service");
}

static void failed(struct osmo_fsm_inst *fi, const char *why)
{
	LOG_CIRCUIT(circuit(fi), LOGL_NOTICE, "continuity test failed: %s\n", why);
	again(fi, true);
}

/* No test any more. A bad circuit waits, out of service, for a reset from either side or for
 * another test by command. */
static void give_up(struct isup_circuit *c, bool bad, const char *why)
{
	isup_process_free(&c->cot);
	c->out_of_service = bad;
	isup_circuit_update(c);
	isup_circuit_alarm(c, why);
}

/* Not the circuit's fault: one that was good stays so. One that was not is tested again, but the
 * peer is not asked for ever what we cannot do. */
static void unable(struct osmo_fsm_inst *fi)
{
	struct isup_cot *p = fi->priv;
	struct isup_circuit *c = p->circuit;

	LOG_CIRCUIT(c, LOGL_ERROR, "continuity cannot be tested now\n");
	if (!p->failures) {
		end(c, ISUP_CAUSE_TEMPORARY);
		return;
	}
	go(fi, CRO_ST_WAIT_NEXT);
	isup_cot_say(c, false);
	if (++p->unable == MAX_UNABLE)
		give_up(c, true, "continuity cannot be tested: circuit out of service until reset");
}

static void tone(struct osmo_fsm_inst *fi)
{
	go(fi, CRO_ST_WAIT_TONE);
	if (isup_path_check(circuit(fi)) < 0)
		unable(fi);
}

static void test(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = circuit(fi);
	bool lpa = isup_circuit_wants_lpa(c);

	if (c->group->peer->paused || c->group->peer->user_away) {
		go(fi, CRO_ST_WAIT_NEXT);
		return;
	}
	go(fi, lpa ? CRO_ST_WAIT_LPA : CRO_ST_WAIT_TONE);
	isup_circuit_send(c, ISUP_MT_CCR);
	if (!lpa)
		tone(fi);
}

/* The peer cannot do it: nothing is gained by asking it again. */
static void refused(struct osmo_fsm_inst *fi)
{
	struct isup_circuit *c = circuit(fi);
	bool bad = ((struct isup_cot *)fi->priv)->failures;

	give_up(c, c->out_of_service || bad, "the peer does not test continuity by CCR");
}

static void rx_path(struct osmo_fsm_inst *fi, const enum isup_continuity_event *ev)
{
	if (*ev == ISUP_CONTINUITY_PASSED)
		passed(circuit(fi));
	else if (*ev == ISUP_CONTINUITY_FAILED)
		failed(fi, "no tone");
	else
		unable(fi);
}

static void testing(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	switch (event) {
	case COT_EV_LPA:
		tone(fi);
		break;
	case COT_EV_PATH:
		rx_path(fi, data);
		break;
	case COT_EV_CFN:
		refused(fi);
		break;
	case COT_EV_REL:
	case COT_EV_PAUSE:
		LOG_CIRCUIT(circuit(fi), LOGL_NOTICE, "continuity test broken off: %s\n",
			    event == COT_EV_REL ? "REL received" : "peer unreachable");
		again(fi, false);
		break;
	}
}

static int timer_cb(struct osmo_fsm_inst *fi)
{
	if (fi->state == CRO_ST_WAIT_LPA)
		failed(fi, "no LPA");
	else if (fi->state == CRO_ST_WAIT_TONE)
		failed(fi, "T24 expired");
	else
		test(fi);
	return 0;
}

#define IN (S(COT_EV_CFN) | S(COT_EV_REL) | S(COT_EV_PAUSE))
#define TEST (S(CRO_ST_WAIT_LPA) | S(CRO_ST_WAIT_TONE))
#define WAIT (S(CRO_ST_WAIT_FIRST) | S(CRO_ST_WAIT_NEXT))

static const struct osmo_fsm_state states[] = {
	[CRO_ST_IDLE] = {
		.name = "Idle",
		.out_state_mask = S(CRO_ST_WAIT_FIRST) | TEST,
	},
	[CRO_ST_WAIT_FIRST] = {
		.name = "WaitToRecheck",
		.out_state_mask = S(CRO_ST_WAIT_NEXT) | TEST,
	},
	[CRO_ST_WAIT_NEXT] = {
		.name = "WaitToRecheckAgain",
		.out_state_mask = S(CRO_ST_WAIT_NEXT) | TEST,
	},
	[CRO_ST_WAIT_LPA] = {
		.name = "WaitForLPA", .action = testing,
		.in_event_mask = S(COT_EV_LPA) | IN,
		.out_state_mask = WAIT | S(CRO_ST_WAIT_TONE),
	},
	[CRO_ST_WAIT_TONE] = {
		.name = "WaitForTone", .action = testing,
		.in_event_mask = S(COT_EV_PATH) | IN,
		.out_state_mask = WAIT | S(CRO_ST_WAIT_TONE),
	},
};

struct osmo_fsm isup_cro_fsm = {
	.name = "CRO",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.event_names = isup_cot_event_names,
	.timer_cb = timer_cb,
	.cleanup = isup_cot_cleanup,
};

/* The check of an outgoing call has failed, and its call has left the circuit. */
void isup_cro_recheck(struct isup_circuit *c)
{
	if (!isup_cot_start(&isup_cro_fsm, c)) {
		c->out_of_service = true;
		isup_circuit_update(c);
		return;
	}
	((struct isup_cot *)c->cot->priv)->failures = 1;
	go(c->cot, CRO_ST_WAIT_FIRST);
}

int isup_continuity_test(struct isup_circuit *c)
{
	const struct isup_peer *p = c->group->peer;

	if (!c->group->stack->path.check)
		return -EOPNOTSUPP;
	if (p->paused || p->user_away)
		return -ENETUNREACH;
	if (c->call || c->release || c->cot || c->seized || !c->in_service ||
	    isup_circuit_resetting(c))
		return -EBUSY;
	if (!isup_cot_start(&isup_cro_fsm, c))
		return -ENOMEM;
	test(c->cot);
	return 0;
}
