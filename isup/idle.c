/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which circuits of a group may be hunted: a bit a CIC and a summary, so that no hunt looks at busy
 * circuits. */
#include "isup/peer.h"

osmo_static_assert(ISUP_PAGES == 64, summary_is_one_word);

void isup_idle_set(struct isup_group *g, unsigned int cic, bool idle)
{
	uint64_t *word = &g->idle[cic / 64];

	if (idle)
		*word |= UINT64_C(1) << cic % 64;
	else
		*word &= ~(UINT64_C(1) << cic % 64);
	if (*word)
		g->idle_words |= UINT64_C(1) << cic / 64;
	else
		g->idle_words &= ~(UINT64_C(1) << cic / 64);
}

/* The lowest idle CIC that is cic or above, or -1. */
int isup_idle_from(const struct isup_group *g, unsigned int cic)
{
	unsigned int w = cic / 64;
	uint64_t bits;

	if (cic > ISUP_MAX_CIC)
		return -1;
	bits = g->idle[w] >> cic % 64;
	if (bits)
		return cic + __builtin_ctzll(bits);
	if (w == 63)
		return -1;
	bits = g->idle_words >> (w + 1);
	if (!bits)
		return -1;
	w += 1 + __builtin_ctzll(bits);
	return w * 64 + __builtin_ctzll(g->idle[w]);
}

/* The lowest idle CIC that is cic or above and has its bit in the mask of each word, or -1. */
int isup_idle_of(const struct isup_group *g, unsigned int cic, uint64_t mask)
{
	uint64_t bits;

	for (unsigned int w = cic / 64; w < ISUP_PAGES; w++) {
		bits = g->idle[w] & mask;
		if (w == cic / 64)
			bits &= UINT64_MAX << cic % 64;
		if (bits)
			return w * 64 + __builtin_ctzll(bits);
	}
	return -1;
}

/* The highest idle CIC, or -1. */
int isup_idle_last(const struct isup_group *g)
{
	unsigned int w;

	if (!g->idle_words)
		return -1;
	w = 63 - __builtin_clzll(g->idle_words);
	return w * 64 + 63 - __builtin_clzll(g->idle[w]);
}
