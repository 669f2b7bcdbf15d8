/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text put into a buffer that may be too small: what does not fit is counted, as by snprintf. */
#ifndef TOLLGATE_ISUP_OUT_H
#define TOLLGATE_ISUP_OUT_H

#include <inttypes.h>
#include <stdio.h>

#include "isup/dialect.h"

struct out {
	char *buf;
	size_t size, len;
};

static inline void out_str(struct out *o, const char *s)
{
	for (; *s; s++, o->len++)
		if (o->len < o->size)
			o->buf[o->len] = *s;
}

static inline void out_num(struct out *o, uint32_t v)
{
	char digits[12];

	snprintf(digits, sizeof(digits), "%" PRIu32, v);
	out_str(o, digits);
}

static inline void out_hex(struct out *o, const uint8_t *octets, size_t n)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++)
		out_str(o, (const char[]){ hex[octets[i] >> 4], hex[octets[i] & 15], '\0' });
}

static inline int out_end(struct out *o)
{
	if (o->size)
		o->buf[o->len < o->size ? o->len : o->size - 1] = '\0';
	return o->len;
}

#endif
