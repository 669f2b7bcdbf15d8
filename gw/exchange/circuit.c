/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Circuits: which are free, and how one comes to rest. */
#include <osmocom/core/utils.h>

#include "gw/exchange/circuit.h"

enum { CLEAR_SECONDS = 4 };	/* T1 is 15-60 s; a test will not wait so long */

struct circuit *circuit_pick(struct exchange *x)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(x->free); i++)
		if (!llist_empty(&x->free[i]))
			return llist_first_entry(&x->free[i], struct circuit, entry);
	return NULL;
}

void circuit_update(struct circuit *c)
{
	bool is_free = c->state == CCT_IDLE && c->may_seize && !c->blocked_here &&
		       !c->blocked_there;

	if (is_free && !c->in_free)
		llist_add_tail(&c->entry, &c->x->free[c->controlled ? 0 : 1]);
	else if (!is_free && c->in_free)
		llist_del(&c->entry);
	c->in_free = is_free;
}

void circuit_take(struct circuit *c, enum circuit_state state)
{
	if (c->state == CCT_IDLE)
		c->x->n_busy++;
	c->state = state;
	circuit_update(c);
}

void circuit_cleared(struct circuit *c)
{
	osmo_timer_del(&c->timer);
	if (c->state != CCT_IDLE)
		c->x->n_busy--;
	c->state = CCT_IDLE;
	c->busy = c->rel_sent = false;
	c->block = NULL;
	circuit_update(c);
	load_wake(c->x);
}

/* Q.764 2.9.6 in short: REL, once more, RSC, and then it is stuck. */
void circuit_clear(struct circuit *c, uint8_t cause)
{
	struct isup_msg m;

	if (c->state != CCT_CLEARING)
		c->clear_tries = 0;
	c->state = CCT_CLEARING;
	if (c->clear_tries == 3) {
		c->state = CCT_STUCK;
		c->x->stats.stuck++;
		return;
	}
	if (c->clear_tries < 2)
		isup_init_cause(&m, c->x->cfg.dialect, ISUP_MT_REL, c->cic, cause, 2);
	else
		isup_init(&m, c->x->cfg.dialect, ISUP_MT_RSC, c->cic);
	c->clear_tries++;
	osmo_timer_schedule(&c->timer, CLEAR_SECONDS, 0);
	exchange_send_msg(c->x, c, &m);
}
