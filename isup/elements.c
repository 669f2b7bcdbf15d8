/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Information elements of Q.931 found in a row of octets, and the bearer capability read. */
#include "isup/elements.h"
#include "isup/octets.h"

enum {
	SINGLE = 0x80,
	EXT = 0x80,
	SHIFT = 0x90, SHIFT_MASK = 0xf0,
	NON_LOCKING = 0x08,
	MULTIRATE = 24,
};

/* One identifier, with its contents when it has any. */
static bool take(struct isup_element *ret, struct isup_element_walk *w)
{
	ret->id = w->octets[w->at++];
	ret->codeset = w->next_codeset;
	ret->len = 0;
	ret->octets = w->octets + w->at;
	w->next_codeset = w->codeset;
	if (ret->id & SINGLE)
		return true;
	if (w->at == w->len || w->octets[w->at] > w->len - w->at - 1) {
		w->at = w->len;		/* cut: nothing after it can be read */
		return false;
	}
	ret->len = w->octets[w->at];
	ret->octets++;
	w->at += 1 + ret->len;
	return true;
}

bool isup_element_next(struct isup_element *ret, struct isup_element_walk *w)
{
	while (w->at < w->len) {
		if (!take(ret, w))
			return false;
		if ((ret->id & SHIFT_MASK) != SHIFT)
			return true;
		w->next_codeset = ret->id & 7;
		if (!(ret->id & NON_LOCKING))
			w->codeset = ret->id & 7;
	}
	return false;
}

bool isup_element_find(struct isup_element *ret, const uint8_t *octets, size_t len, uint8_t id)
{
	struct isup_element_walk w = { .octets = octets, .len = len };

	while (isup_element_next(ret, &w))
		if (!ret->codeset && ret->id == id)
			return true;
	return false;
}

bool isup_bearer(struct isup_bearer *ret, const uint8_t *octets, size_t len)
{
	struct rd r = rd_init(octets, len);
	uint8_t first = rd_u8(&r), second = rd_u8(&r), more;

	*ret = (struct isup_bearer){
		.coding = first >> 5 & 3, .capability = first & 31,
		.mode = second >> 5 & 3, .rate = second & 31,
	};
	if (r.bad)
		return false;
	if (ret->rate == MULTIRATE && rd_left(&r))
		ret->multiplier = rd_u8(&r) & 0x7f;
	more = rd_left(&r) ? rd_u8(&r) : 0;
	if ((more >> 5 & 3) == 1)
		ret->layer1 = more & 31;
	return true;
}
