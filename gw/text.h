/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text by spans and bounded writers: what every parser and printer of text here is made of. */
#ifndef TOLLGATE_GW_TEXT_H
#define TOLLGATE_GW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* A piece of somebody's text; never ended by NUL, never owned. */
struct span {
	const char *p;
	size_t len;
};

static inline struct span span_of(const char *s)	/* NULL: empty */
{
	return (struct span){ .p = s ? s : "", .len = s ? strlen(s) : 0 };
}

static inline bool span_same(struct span a, struct span b)	/* without case */
{
	return a.len == b.len && (!a.len || strncasecmp(a.p, b.p, a.len) == 0);
}

static inline bool span_is(struct span s, const char *word)	/* without case */
{
	return span_same(s, span_of(word));
}

static inline struct span span_skip(struct span s, size_t n)	/* all but the first n */
{
	if (n > s.len)
		n = s.len;
	return (struct span){ .p = s.p + n, .len = s.len - n };
}

bool span_starts(struct span s, const char *word);	/* without case */
struct span span_trim(struct span s);			/* blanks, tabs, line ends at both ends */
/* Decimal number of at most max, nothing else in the span. */
bool span_number(uint64_t *ret, struct span s, uint64_t max);
/* 0 to 15, or -1: no hexadecimal digit. */
static inline int hex_value(char c)
{
	unsigned int digit = (unsigned char)c - '0', letter = ((unsigned char)c | 0x20) - 'a';

	return digit < 10 ? (int)digit : letter < 6 ? (int)letter + 10 : -1;
}

/* FNV-1a over the octets of s (NULL: none), going on from h; HASH_START begins. */
#define HASH_START 2166136261u
static inline uint32_t hash_text(uint32_t h, const char *s)
{
	while (s && *s)
		h = (h ^ (unsigned char)*s++) * 16777619u;
	return h;
}

/* A control character is among them: no text for a header. */
bool has_control(const char *s);
/* Copied with a final NUL: 0, or -EMSGSIZE (nothing written). */
int span_copy(char *buf, size_t size, struct span s);

/* Cut the next piece off *rest. line: up to LF or CR LF; false at the end. until: up to the
 * octet c (taken away too), all when there is none. word: the next run without blanks. */
bool span_line(struct span *ret, struct span *rest);
struct span span_until(struct span *rest, char c);
struct span span_word(struct span *rest);
/* Cut the next element of a list off *rest: c counts only outside of "quotes" (with backslash)
 * and <angles>. */
bool span_element(struct span *ret, struct span *rest, char c);

/* Writes into a buffer of fixed size; what does not fit is counted and not written. */
struct out {
	char *p;
	size_t size, len;
};

static inline struct out out_to(char *buf, size_t size)
{
	return (struct out){ .p = buf, .size = size };
}

static inline void out_char(struct out *o, char c)
{
	if (o->len < o->size)
		o->p[o->len] = c;
	o->len++;
}

void out_span(struct out *o, struct span s);

/* Short literals, of which most text is made, are copied in place. */
static inline void out_str(struct out *o, const char *s)
{
	struct span text = span_of(s);

	if (!text.len)
		return;
	if (__builtin_constant_p(text.len) && text.len <= 32 && o->len + text.len <= o->size) {
		memcpy(o->p + o->len, s, text.len);
		o->len += text.len;
	} else {
		out_span(o, text);
	}
}

void out_unsigned(struct out *o, unsigned int n);		/* decimal */
void out_hex(struct out *o, const uint8_t *octets, size_t n);	/* two digits each */
void out_fmt(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Ends the text with NUL. Its length, or -EMSGSIZE (then the buffer holds ""). */
int out_end(struct out *o);
/* The same, but the length wanted (snprintf's rule). */
int out_want(struct out *o);

#endif
