/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which circuits of a group may be hunted: a bit a CIC and a summary, and lists in the order in
 * which they became idle, so that no hunt looks at busy circuits. */
#include "isup/peer.h"

enum { WORD = 64 };

/* NULL without memory. */
struct isup_idle *isup_idle_new(void *ctx, unsigned int n_cics)
{
	unsigned int n = n_cics / WORD, n_filled = (n + WORD - 1) / WORD;
	struct isup_idle *idle =
		talloc_zero_size(ctx, sizeof(*idle) + (n + n_filled) * sizeof(uint64_t));

	if (!idle)
		return NULL;
	talloc_set_name_const(idle, "struct isup_idle");
	idle->n_words = n;
	idle->filled = idle->words + n;
	return idle;
}

static void set_bit(uint64_t *words, unsigned int i, bool on)
{
	if (on)
		words[i / WORD] |= UINT64_C(1) << i % WORD;
	else
		words[i / WORD] &= ~(UINT64_C(1) << i % WORD);
}

static struct llist_head *list_of(struct isup_group *g, unsigned int cic)
{
	return &g->idle_since[isup_hunts_by_parity(g) ? cic & 1 : 0];
}

void isup_idle_set(struct isup_circuit *c, bool idle)
{
	struct isup_group *g = c->group;

	if (c->idle == idle)
		return;
	c->idle = idle;
	set_bit(g->idle->words, c->cic, idle);
	set_bit(g->idle->filled, c->cic / WORD, g->idle->words[c->cic / WORD]);
	if (idle)
		llist_add_tail(&c->idle_entry, list_of(g, c->cic));
	else
		llist_del(&c->idle_entry);
}

/* The lowest bit at i or above, or -1. */
static int bit_from(const uint64_t *words, unsigned int n_words, unsigned int i)
{
	uint64_t bits;

	for (unsigned int w = i / WORD; w < n_words; w++) {
		bits = words[w];
		if (w == i / WORD)
			bits &= UINT64_MAX << i % WORD;
		if (bits)
			return w * WORD + __builtin_ctzll(bits);
	}
	return -1;
}

/* The lowest idle CIC that is cic or above, or -1. */
int isup_idle_from(const struct isup_idle *idle, unsigned int cic)
{
	unsigned int w = cic / WORD;
	uint64_t bits;
	int filled;

	if (w >= idle->n_words)
		return -1;
	bits = idle->words[w] >> cic % WORD;
	if (bits)
		return cic + __builtin_ctzll(bits);
	filled = bit_from(idle->filled, (idle->n_words + WORD - 1) / WORD, w + 1);
	return filled < 0 ? -1 : filled * WORD + __builtin_ctzll(idle->words[filled]);
}

/* The highest idle CIC, or -1. */
int isup_idle_last(const struct isup_idle *idle)
{
	for (unsigned int f = (idle->n_words + WORD - 1) / WORD; f--;) {
		unsigned int w;

		if (!idle->filled[f])
			continue;
		w = f * WORD + WORD - 1 - __builtin_clzll(idle->filled[f]);
		return w * WORD + WORD - 1 - __builtin_clzll(idle->words[w]);
	}
	return -1;
}

/* The circuit that became idle first, or last, of the even CICs (0) or the odd ones (1) when the
 * group hunts by parity, of all (0) else; -1: none. */
int isup_idle_longest(const struct isup_group *g, unsigned int list)
{
	const struct llist_head *l = &g->idle_since[list];

	return llist_empty(l) ? -1 : llist_first_entry(l, struct isup_circuit, idle_entry)->cic;
}

int isup_idle_latest(const struct isup_group *g, unsigned int list)
{
	const struct llist_head *l = &g->idle_since[list];

	return llist_empty(l) ? -1 : llist_last_entry(l, struct isup_circuit, idle_entry)->cic;
}
