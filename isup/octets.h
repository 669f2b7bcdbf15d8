/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cursors over octets with a sticky error: past the end one reads zeros and writes nothing. */
#ifndef TOLLGATE_ISUP_OCTETS_H
#define TOLLGATE_ISUP_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct rd {
	const uint8_t *p, *end;
	bool bad;			/* something was read that is not there */
};

struct wr {
	uint8_t *p, *end;
	bool bad;			/* something was written that has no room */
};

static inline struct rd rd_init(const uint8_t *octets, size_t len)
{
	return (struct rd){ .p = octets, .end = octets + len };
}

static inline size_t rd_left(const struct rd *r)
{
	return r->end - r->p;
}

static inline uint8_t rd_u8(struct rd *r)
{
	if (r->p == r->end) {
		r->bad = true;
		return 0;
	}
	return *r->p++;
}

/* n octets as they stand, or NULL. */
static inline const uint8_t *rd_take(struct rd *r, size_t n)
{
	const uint8_t *p = r->p;

	if (rd_left(r) < n) {
		r->bad = true;
		return NULL;
	}
	r->p += n;
	return p;
}

static inline struct wr wr_init(uint8_t *octets, size_t size)
{
	return (struct wr){ .p = octets, .end = octets + size };
}

static inline void wr_u8(struct wr *w, uint8_t v)
{
	if (w->p == w->end)
		w->bad = true;
	else
		*w->p++ = v;
}

static inline void wr_octets(struct wr *w, const uint8_t *octets, size_t n)
{
	if ((size_t)(w->end - w->p) < n) {
		w->bad = true;
	} else if (n) {
		memcpy(w->p, octets, n);
		w->p += n;
	}
}

#endif
