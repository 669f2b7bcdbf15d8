/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call begins: its memory, whether it may be at all; and the list of all calls. */
#include <stdio.h>
#include <string.h>

#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/audit.h"
#include "gw/call_priv.h"
#include "gw/way.h"

static int call_destructor(struct call *c)
{
	audit_forget(c->gw, c);
	llist_del(&c->list);
	c->gw->n_calls--;
	return 0;
}

static struct call *call_alloc(struct gw *gw, struct leg *in, const struct cc_setup *setup)
{
	struct osmo_fsm_inst *fi;
	struct call *c;
	char id[32];

	gw->last_call++;
	snprintf(id, sizeof(id), "%08x-%llu", gw->boot, (unsigned long long)gw->last_call);
	fi = osmo_fsm_inst_alloc(&call_fsm, gw, NULL, LOGL_DEBUG, NULL);
	if (!fi)
		return NULL;
	osmo_fsm_inst_update_id_f_sanitize(fi, '_', "%s", id);
	c = talloc_zero(fi, struct call);
	if (!c || !(c->setup = talloc_memdup(c, setup, sizeof(*setup)))) {
		osmo_fsm_inst_term(fi, OSMO_FSM_TERM_ERROR, NULL);
		return NULL;
	}
	fi->priv = c;
	c->fi = fi;
	c->gw = gw;
	c->in = in;
	in->call = c;
	OSMO_STRLCPY_ARRAY(c->record.id, id);
	llist_add_tail(&c->list, &gw->calls);
	gw->n_calls++;
	talloc_set_destructor(c, call_destructor);
	return c;
}

/* All that can say no without a side effect. 0, or the cause. */
static uint8_t may_call(struct call *c, const char **why)
{
	uint8_t cause = way_admits(c->in->trunk, c->setup, true, why);

	return cause ? cause : call_route_find(c, why);
}

static void refuse(struct call *c, const struct cc_release *r, const char *why)
{
	c->in->trunk->stats.refused++;
	call_fail_by(c, c->in, r, why);
}

void call_begin(struct call *c)
{
	struct cc_release r = {};
	const char *why = NULL;

	r.cause.value = may_call(c, &why);
	if (r.cause.value)
		refuse(c, &r, why);
	else
		c->in->ops->prepare(c->in);
}

void call_new(struct gw *gw, struct leg *in, const struct cc_setup *setup,
	      const struct isup_msg *isup, const struct cc_release *refused)
{
	struct call *c = call_alloc(gw, in, setup);
	struct cc_release r = {};

	if (!c) {
		r.cause = (struct isup_cause){ .value = 42, .location = 2 };
		in->ops->release(in, &r, NULL);
		return;
	}
	in->trunk->stats.in++;
	c->user_information = setup->uui.n > 0;
	if (isup)
		c->isup = talloc_memdup(c, isup, sizeof(*isup));
	call_record_setup(c);
	if (refused) {
		refuse(c, refused, "call cannot be mapped");
		return;
	}
	if (call_collects(c))
		return;
	osmo_fsm_inst_state_chg(c->fi, CALL_ST_PREPARE, 0, 0);
	call_begin(c);
}

const char *call_state(const struct call *c)
{
	return osmo_fsm_inst_state_name(c->fi);
}

const char *call_id(const struct call *c)
{
	return c->record.id;
}

struct leg *call_leg(const struct call *c, bool out)
{
	return out ? c->out : c->in;
}

struct call *call_next(struct gw *gw, struct call *c)
{
	struct llist_head *next = c ? c->list.next : gw->calls.next;

	return next == &gw->calls ? NULL : llist_entry(next, struct call, list);
}

struct call *call_find(struct gw *gw, const char *id)
{
	struct call *c = NULL;

	while ((c = call_next(gw, c)))
		if (!strcmp(call_id(c), id))
			return c;
	return NULL;
}

unsigned int call_attempts(const struct call *c)
{
	return c->record.attempts;
}
