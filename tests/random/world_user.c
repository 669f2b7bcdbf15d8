/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user of the stack and its operator, who do what the interface allows; see world.h. */
#include <errno.h>

#include <osmocom/core/utils.h>

#include "isup/congestion.h"
#include "isup/continuity.h"
#include "isup/maintenance.h"
#include "tests/random/world.h"

static const uint8_t call_types[] = {
	ISUP_MT_SAM, ISUP_MT_ACM, ISUP_MT_ACM, ISUP_MT_CON, ISUP_MT_ANM, ISUP_MT_ANM, ISUP_MT_CPG,
	ISUP_MT_SUS, ISUP_MT_RES, ISUP_MT_COT, ISUP_MT_FOT, ISUP_MT_CRG, ISUP_MT_FAC, ISUP_MT_USR,
	ISUP_MT_INR, ISUP_MT_INF, ISUP_MT_FAR, ISUP_MT_FAA, ISUP_MT_IDR, ISUP_MT_IRS, ISUP_MT_APM,
	ISUP_MT_NRM, ISUP_MT_PRI, ISUP_MT_RLC,
};

static struct isup_msg *any_message(struct world *w, struct isup_msg *m, uint8_t type,
				    const struct isup_dialect *d)
{
	return isup_generate(m, d, type, world_any(w, 4), &w->chance.rnd) < 0 ? NULL : m;
}

static struct world_call *call_new(struct world *w, struct isup_call *call, bool incoming)
{
	struct world_call *c = &w->calls[w->n_calls++];

	c->world = w;
	c->call = call;
	c->incoming = incoming;
	c->state = WORLD_CALL_LIVE;
	return c;
}

static struct world_call *any_call(struct world *w)
{
	unsigned int n = w->n_calls < 8 ? w->n_calls : 8;
	struct world_call *c = n ? &w->calls[w->n_calls - 1 - world_any(w, n)] : NULL;

	return c && c->state == WORLD_CALL_LIVE ? c : NULL;
}

static void release(struct world *w, struct world_call *c)
{
	struct isup_call *call = c->call;
	struct isup_circuit *circuit = isup_call_circuit(call);
	struct isup_msg rel;

	c->state = WORLD_CALL_OVER;
	world_trace(w, "user releases %s/%u", isup_group_name(isup_circuit_group(circuit)),
		    isup_circuit_cic(circuit));
	if (world_any(w, 4) ||
	    !any_message(w, &rel, ISUP_MT_REL,
			 isup_group_config(isup_circuit_group(circuit))->dialect))
		isup_call_release_cause(call, 1 + world_any(w, 127), world_any(w, 16));
	else
		isup_call_release(call, &rel);
}

static void send(struct world *w, struct world_call *c)
{
	const struct isup_circuit *circuit = isup_call_circuit(c->call);
	uint8_t type = call_types[world_any(w, ARRAY_SIZE(call_types))];
	struct isup_msg m;
	int rc;

	if (!any_message(w, &m, type, isup_group_config(isup_circuit_group(circuit))->dialect))
		return;
	world_trace(w, "user sends %s on %s/%u", isup_mt_name(m.dialect, m.type),
		    isup_group_name(isup_circuit_group(circuit)), isup_circuit_cic(circuit));
	rc = isup_call_send(c->call, &m);
	if (rc < 0)
		world_trace(w, "  not sent: %d", rc);
}

static void unseize(struct world *w)
{
	struct isup_circuit *c;

	if (!w->n_seized)
		return;
	c = w->seized[--w->n_seized];
	world_trace(w, "user gives back %u", isup_circuit_cic(c));
	isup_circuit_unseize(c);
}

static void hunt(struct world *w)
{
	struct isup_group *g = w->group[world_any(w, WORLD_GROUPS)];
	struct isup_circuit *c;
	int rc;

	if (w->n_seized == ARRAY_SIZE(w->seized))
		return;
	rc = isup_group_hunt(&c, g);
	world_trace(w, "user hunts in %s: %d", isup_group_name(g),
		    rc < 0 ? rc : isup_circuit_cic(c));
	if (rc == 0)
		w->seized[w->n_seized++] = c;
}

/* --- primitives --- */

/* What a user may do while he is told something. */
static void inside(struct world *w)
{
	if (w->resting || w->depth > 2 || world_any(w, 4))
		return;
	w->depth++;
	world_user_event(w);
	w->depth--;
}

static void msg_ind(void *ctx, const struct isup_msg *m)
{
	struct world_call *c = ctx;

	world_trace(c->world, "  user is told %s", isup_mt_name(m->dialect, m->type));
	if (c->state != WORLD_CALL_LIVE)
		world_fail(c->world, "a message for a call that is over");
	inside(c->world);
}

static void over(struct world_call *c, const char *how, const struct isup_cause *cause)
{
	world_trace(c->world, "  user is told %s, cause %u", how, cause->value);
	if (c->state != WORLD_CALL_LIVE)
		world_fail(c->world, "%s for a call that is over", how);
	c->state = WORLD_CALL_OVER;
	inside(c->world);
}

static void release_ind(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause)
{
	over(ctx, "release", cause);
}

static void repeat_ind(void *ctx, const struct isup_cause *cause)
{
	over(ctx, "repeat", cause);
}

static const struct isup_call_ops call_ops = {
	.msg_ind = msg_ind, .release_ind = release_ind, .repeat_ind = repeat_ind,
};

static void setup(struct world *w)
{
	struct world_call *c;
	struct isup_circuit *circuit;
	struct isup_msg iam;
	int rc;

	if (!w->n_seized)
		hunt(w);
	if (!w->n_seized || w->n_calls == WORLD_CALLS)
		return;
	circuit = w->seized[--w->n_seized];
	if (!any_message(w, &iam, ISUP_MT_IAM,
			 isup_group_config(isup_circuit_group(circuit))->dialect)) {
		isup_circuit_unseize(circuit);
		return;
	}
	if (isup_group_admit(isup_circuit_group(circuit), &iam) < 0) {
		world_trace(w, "user's call on %u is refused", isup_circuit_cic(circuit));
		isup_circuit_unseize(circuit);
		return;
	}
	c = call_new(w, NULL, false);
	rc = isup_call_setup(&c->call, circuit, &iam, &call_ops, c);
	world_trace(w, "user calls on %s/%u: %d", isup_group_name(isup_circuit_group(circuit)),
		    isup_circuit_cic(circuit), rc);
	if (rc == 0)
		return;
	if (c->state != WORLD_CALL_LIVE)
		world_fail(w, "a call that was refused has ended");
	c->state = WORLD_CALL_OVER;
	isup_circuit_unseize(circuit);
}

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	struct world *w = ctx;
	struct world_call *c;
	unsigned int mood = world_any(w, 16);

	world_trace(w, "  user is told setup on %u", isup_circuit_cic(isup_call_circuit(call)));
	if (mood == 0)
		return;			/* neither taken nor released: the stack must see to it */
	if (w->resting || w->n_calls == WORLD_CALLS || mood == 1) {
		isup_call_release_cause(call, 21, 2);
		return;
	}
	c = call_new(w, call, true);
	isup_call_bind(call, &call_ops, c);
	if (mood == 2)
		isup_call_transit(call);
	if (mood < 5)
		send(w, c);
	else if (mood == 5)
		release(w, c);
	if (c->state == WORLD_CALL_LIVE)
		inside(w);
}

static void alarm_ind(void *ctx, const struct isup_circuit *c, const char *what)
{
	world_trace(ctx, "  alarm on %u: %s", isup_circuit_cic(c), what);
}

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct world *w = ctx;
	unsigned int peer = world_peer_of(w, g);
	struct world_sent *s = &w->sent[w->tail % WORLD_SENT];
	struct isup_msg m;

	if (isup_decode(&m, w->dialect[peer], sdu, len, NULL) < 0)
		world_fail(w, "a message was sent that cannot be decoded");
	if (w->mtp_fails && world_any(w, 2)) {
		w->n_refused++;
		return -ENOBUFS;
	}
	w->n_transfers++;
	world_trace(w, "  < %s %s %u", isup_group_name(g), isup_mt_name(m.dialect, m.type), m.cic);
	if (len > WORLD_SDU)
		return 0;
	s->peer = peer;
	s->len = len;
	for (size_t i = 0; i < len; i++)
		s->sdu[i] = sdu[i];
	if (++w->tail - w->head > WORLD_SENT)
		w->head++;
	return 0;
}

const struct isup_stack_ops world_ops = {
	.transfer = transfer, .setup_ind = setup_ind, .alarm_ind = alarm_ind,
};

/* --- what he does of his own accord --- */

void world_user_event(struct world *w)
{
	struct world_call *c = any_call(w);

	switch (world_any(w, 13)) {
	case 12:
		if (!w->n_seized)
			hunt(w);
		world_reserve(w);
		break;
	case 0:
		hunt(w);
		break;
	case 1:
		unseize(w);
		break;
	case 2:
	case 3:
	case 4:
		setup(w);
		break;
	case 5:
	case 6:
		if (c)
			release(w, c);
		break;
	case 7:
		if (c && c->incoming)
			isup_call_transit(c->call);
		break;
	default:
		if (c)
			send(w, c);
	}
}

static void operator_range(struct world *w, struct isup_circuit *c, unsigned int what)
{
	enum isup_blocking type =
		world_any(w, 2) ? ISUP_BLOCKING_HARDWARE : ISUP_BLOCKING_MAINTENANCE;
	struct isup_group *g = isup_circuit_group(c);
	unsigned int cic = isup_circuit_cic(c), last = cic + world_any(w, 12);

	if (what < 2)
		isup_range_block(g, cic, last, type);
	else if (what < 5)
		isup_range_unblock(g, cic, last, type);
	else if (what < 7)
		isup_range_query(g, cic, last);
	else if (what == 7)
		isup_circuit_validate(c);
	else
		isup_continuity_test(c);
}

void world_operator_event(struct world *w)
{
	struct isup_circuit *c = world_circuit(w);
	unsigned int what = world_any(w, 19);

	if (!c)
		return;
	world_trace(w, "operator does %u on %s/%u", what, isup_group_name(isup_circuit_group(c)),
		    isup_circuit_cic(c));
	switch (what) {
	case 0:
		isup_group_reset(isup_circuit_group(c));
		break;
	case 1:
		isup_group_start(isup_circuit_group(c));
		break;
	case 2:
	case 3:
		isup_circuit_reset(c);
		break;
	case 4:
	case 5:
	case 6:
		isup_circuit_block(c);
		break;
	case 7:
	case 8:
		isup_circuit_unblock(c);
		break;
	default:
		operator_range(w, c, what - 9);
	}
}

/* Nothing new begins. */
void world_release_all(struct world *w)
{
	while (w->n_seized)
		unseize(w);
	for (unsigned int i = 0; i < w->n_calls; i++) {
		if (w->calls[i].state == WORLD_CALL_LIVE)
			release(w, &w->calls[i]);
	}
}
