/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of which only the first part has come: held back until SGM brings the second, for T34 at
 * most (Q.764 2.1.12). An IAM has a state of its own, see cpci.c. */
#include "isup/processes.h"
#include "isup/segment.h"

/* The call may be gone afterwards. */
static void go_on(struct isup_call *call, const struct isup_msg *sgm)
{
	struct isup_circuit *c = call->circuit;
	struct isup_msg *first = call->first, whole;

	isup_call_timer_stop(call, ISUP_CALL_TIMER_SGM);
	call->first = NULL;
	whole = *first;
	if (sgm && isup_segment_join(&whole, first, sgm) < 0)
		LOG_CIRCUIT(c, LOGL_NOTICE, "SGM does not fit its message: dropped\n");
	talloc_free(first);
	isup_call_event(c, isup_call_event_of(whole.type), &whole);
}

void isup_hold_expired(struct isup_call *call, int T)
{
	LOG_CIRCUIT(call->circuit, LOGL_INFO, "T%d expired: no SGM\n", T);
	go_on(call, NULL);
}

/* Something else has come for this call: the second part is lost. */
void isup_hold_give_up(struct isup_circuit *c)
{
	if (c->call && c->call->first)
		go_on(c->call, NULL);
}

static bool hold(struct isup_call *call, const struct isup_msg *m)
{
	call->first = talloc_memdup(call, m, sizeof(*m));
	if (!call->first)
		return false;
	/* an answer to what the state's timer waits for: it must not expire before T34 */
	if (m->type != ISUP_MT_CPG)
		osmo_timer_schedule(&call->fi->timer, isup_timer(call->circuit, call->fi->T), 0);
	call->backward = true;
	isup_call_timer_start(call, ISUP_CALL_TIMER_SGM, 34);
	return true;
}

/* A message for a call on this circuit; true: it is done with. Continuity is no sign that SGM is
 * lost. */
bool isup_hold_rx(struct isup_circuit *c, const struct isup_msg *m)
{
	struct isup_call *call = c->call;

	if (!call || m->type == ISUP_MT_COT)
		return false;
	if (call->first && m->type == ISUP_MT_SGM) {
		go_on(call, m);
		return true;
	}
	isup_hold_give_up(c);
	call = c->call;
	return call && m->type != ISUP_MT_IAM && isup_is_segmented(m) &&
	       isup_process_takes(call->fi, isup_call_event_of(m->type)) && hold(call, m);
}
