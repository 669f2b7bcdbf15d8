/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans and bounded writers. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gw/text.h"

bool span_starts(struct span s, const char *word)
{
	size_t n = strlen(word);

	return s.len >= n && strncasecmp(s.p, word, n) == 0;
}

/* Line ends count, too: header lines may be folded. */
static bool is_blank(char c)
{
	return (unsigned char)c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

struct span span_trim(struct span s)
{
	while (s.len && is_blank(s.p[0]))
		s = span_skip(s, 1);
	while (s.len && is_blank(s.p[s.len - 1]))
		s.len--;
	return s;
}

bool span_number(uint64_t *ret, struct span s, uint64_t max)
{
	uint64_t v = 0;
	size_t i;

	if (s.len == 0 || s.len > 20)
		return false;
	for (i = 0; i < s.len; i++) {
		unsigned int d = (unsigned char)s.p[i] - '0';

		if (d > 9 || __builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, d, &v) || v > max)
			return false;
	}
	*ret = v;
	return true;
}

bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return true;
	return false;
}

int span_copy(char *buf, size_t size, struct span s)
{
	if (s.len >= size)
		return -EMSGSIZE;
	if (s.len)
		memcpy(buf, s.p, s.len);
	buf[s.len] = '\0';
	return 0;
}

struct span span_until(struct span *rest, char c)
{
	const char *end = rest->len ? memchr(rest->p, c, rest->len) : NULL;
	struct span s = *rest;

	if (!end) {
		*rest = span_skip(*rest, rest->len);
		return s;
	}
	s.len = end - s.p;
	*rest = span_skip(*rest, s.len + 1);
	return s;
}

bool span_line(struct span *ret, struct span *rest)
{
	if (rest->len == 0)
		return false;
	*ret = span_until(rest, '\n');
	if (ret->len && ret->p[ret->len - 1] == '\r')
		ret->len--;
	return true;
}

struct span span_word(struct span *rest)
{
	const char *p = rest->p, *end = p + rest->len;
	struct span word;

	while (p < end && is_blank(*p))
		p++;
	word.p = p;
	while (p < end && !is_blank(*p))
		p++;
	word.len = p - word.p;
	*rest = span_trim((struct span){ .p = p, .len = end - p });
	return word;
}

/* Behind the quotes that begin at i; the length when nothing ends them. */
static size_t skip_quoted(struct span s, size_t i)
{
	for (i++; i < s.len && s.p[i] != '"'; i++)
		if (s.p[i] == '\\')
			i++;
	return i + 1;
}

bool span_element(struct span *ret, struct span *rest, char c)
{
	struct span s = *rest;
	const char *end;
	size_t i;

	if (s.len == 0)
		return false;
	end = memchr(s.p, c, s.len);
	i = end ? (size_t)(end - s.p) : s.len;
	if (memchr(s.p, '"', i) || memchr(s.p, '<', i))
		i = 0;
	while (i < s.len && s.p[i] != c) {
		if (s.p[i] == '"') {
			i = skip_quoted(s, i);
		} else if (s.p[i] == '<') {
			end = memchr(s.p + i, '>', s.len - i);
			i = end ? (size_t)(end - s.p) + 1 : s.len;
		} else {
			i++;
		}
	}
	if (i > s.len)
		i = s.len;
	*ret = span_trim((struct span){ .p = s.p, .len = i });
	*rest = span_skip(s, i + 1);
	return true;
}

void out_span(struct out *o, struct span s)
{
	size_t at = o->len, n = s.len;

	o->len += n;
	if (!n || at >= o->size)
		return;
	memcpy(o->p + at, s.p, n < o->size - at ? n : o->size - at);
}

static void out_vfmt(struct out *o, const char *fmt, va_list ap)
{
	size_t room = o->len < o->size ? o->size - o->len : 0;
	int n = vsnprintf(room ? o->p + o->len : NULL, room, fmt, ap);

	if (n > 0)
		o->len += n;
}

void out_hex(struct out *o, const uint8_t *octets, size_t n)
{
#define ROW(h) h "0" h "1" h "2" h "3" h "4" h "5" h "6" h "7" \
	       h "8" h "9" h "a" h "b" h "c" h "d" h "e" h "f"
	static const char pairs[] =
		ROW("0") ROW("1") ROW("2") ROW("3") ROW("4") ROW("5") ROW("6") ROW("7")
		ROW("8") ROW("9") ROW("a") ROW("b") ROW("c") ROW("d") ROW("e") ROW("f");
#undef ROW
	size_t room = o->len < o->size ? (o->size - o->len) / 2 : 0, i;
	char *p = o->p + o->len;

	for (i = 0; i < n && i < room; i++)
		memcpy(p + 2 * i, pairs + 2 * octets[i], 2);
	o->len += 2 * n;
}

void out_unsigned(struct out *o, unsigned int n)
{
	char digits[10], *p = digits + sizeof(digits);

	do {
		*--p = '0' + n % 10;
		n /= 10;
	} while (n);
	out_span(o, (struct span){ .p = p, .len = digits + sizeof(digits) - p });
}

/* Most formats are of strings and small numbers alone: those are put together here, which is
 * faster by far. */
void out_fmt(struct out *o, const char *fmt, ...)
{
	const char *mark;
	va_list ap;

	va_start(ap, fmt);
	while ((mark = strchr(fmt, '%')) && (mark[1] == 's' || mark[1] == 'u')) {
		out_span(o, (struct span){ .p = fmt, .len = mark - fmt });
		if (mark[1] == 's')
			out_str(o, va_arg(ap, const char *));
		else
			out_unsigned(o, va_arg(ap, unsigned int));
		fmt = mark + 2;
	}
	if (mark)
		out_vfmt(o, fmt, ap);
	else
		out_str(o, fmt);
	va_end(ap);
}

int out_want(struct out *o)
{
	if (o->size)
		o->p[o->len < o->size ? o->len : o->size - 1] = '\0';
	return o->len;
}

int out_end(struct out *o)
{
	if (o->len < o->size) {
		o->p[o->len] = '\0';
		return o->len;
	}
	if (o->size)
		o->p[0] = '\0';
	return -EMSGSIZE;
}
