/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages lost, doubled and delayed, each a rule with a count. */
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/mischief.h"

struct rule {
	const struct scn_mischief *what;
	unsigned int left;		/* 0: no end */
};

struct delayed {
	struct llist_head entry;
	struct osmo_timer_list timer;
	struct exchange *x;
	size_t len;
	uint8_t octets[];
};

struct mischief {
	unsigned int n_rules, n_delayed;
	struct rule rules[XCH_MAX_MISCHIEF];
	struct llist_head delayed;
};

void mischief_open(struct exchange *x)
{
	const struct scn_mischief *what = NULL;

	x->mischief = talloc_zero(x, struct mischief);
	INIT_LLIST_HEAD(&x->mischief->delayed);
	while ((what = scenario_mischief(x->scn, what)))
		mischief_arm(x, what);
}

static void forget(struct delayed *d)
{
	osmo_timer_del(&d->timer);
	llist_del(&d->entry);
	d->x->mischief->n_delayed--;
	talloc_free(d);
}

void mischief_close(struct exchange *x)
{
	struct delayed *d, *next;

	llist_for_each_entry_safe(d, next, &x->mischief->delayed, entry)
		forget(d);
}

static void drop_rule(struct mischief *mi, unsigned int i)
{
	mi->n_rules--;
	memmove(&mi->rules[i], &mi->rules[i + 1], (mi->n_rules - i) * sizeof(mi->rules[0]));
}

void mischief_arm(struct exchange *x, const struct scn_mischief *what)
{
	struct mischief *mi = x->mischief;

	if (mi->n_rules == XCH_MAX_MISCHIEF)
		drop_rule(mi, 0);
	mi->rules[mi->n_rules++] = (struct rule){ what, what->count };
}

/* The first rule for this message, counted down; NULL when there is none. */
static const struct scn_mischief *rule_for(struct mischief *mi, const struct isup_msg *m, bool out)
{
	const struct scn_mischief *what;
	unsigned int i;

	for (i = 0; i < mi->n_rules; i++) {
		what = mi->rules[i].what;
		if (what->out != out)
			continue;
		if (what->match.n_types && !scn_matches(&what->match, m, NULL))
			continue;
		if (mi->rules[i].left && --mi->rules[i].left == 0)
			drop_rule(mi, i);
		return what;
	}
	return NULL;
}

static void delayed_cb(void *data)
{
	struct delayed *d = data;

	exchange_transmit(d->x, d->octets, d->len);
	forget(d);
}

static bool delay(struct exchange *x, uint32_t ms, const uint8_t *octets, size_t len)
{
	struct mischief *mi = x->mischief;
	struct delayed *d;

	if (mi->n_delayed == XCH_MAX_DELAYED)
		return false;
	d = talloc_zero_size(mi, sizeof(*d) + len);
	d->x = x;
	d->len = len;
	memcpy(d->octets, octets, len);
	llist_add_tail(&d->entry, &mi->delayed);
	mi->n_delayed++;
	osmo_timer_setup(&d->timer, delayed_cb, d);
	osmo_timer_schedule(&d->timer, ms / 1000, ms % 1000 * 1000);
	x->stats.delayed++;
	return true;
}

bool mischief_send(struct exchange *x, const uint8_t *octets, size_t len)
{
	const struct scn_mischief *what;
	struct isup_fault fault;
	struct isup_msg m;

	if (!x->mischief->n_rules || isup_decode(&m, x->cfg.dialect, octets, len, &fault) < 0)
		return false;
	what = rule_for(x->mischief, &m, true);
	if (!what)
		return false;
	if (what->verb == MISCHIEF_DELAY)
		return delay(x, what->ms, octets, len);
	if (what->verb == MISCHIEF_TWICE) {
		x->stats.doubled++;
		exchange_transmit(x, octets, len);
		return false;
	}
	x->stats.lost++;
	return true;
}

bool mischief_receive(struct exchange *x, const struct isup_msg *m)
{
	if (!x->mischief->n_rules || !rule_for(x->mischief, m, false))
		return false;
	x->stats.lost++;
	return true;
}
