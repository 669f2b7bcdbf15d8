/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions: changes in the text itself, which keep the lines that are not
 * understood. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "gw/sdp.h"
#include "gw/text.h"

/* A text we can walk: bounded, and every line is "x=...". */
static int check_text(struct span *ret, const char *text)
{
	struct span rest = span_of(text), line;
	unsigned int lines = 0;

	*ret = rest;
	if (rest.len > SDP_MAX_TEXT)
		return -EBADMSG;
	while (span_line(&line, &rest)) {
		if (!line.len)
			continue;
		if (line.len < 2 || line.p[1] != '=' || !islower((unsigned char)line.p[0]))
			return -EBADMSG;
		if (++lines > SDP_MAX_LINES)
			return -EBADMSG;
	}
	return lines ? 0 : -EBADMSG;
}

/* Next line that is not empty. */
static bool next_line(struct span *ret, struct span *rest)
{
	while (span_line(ret, rest))
		if (ret->len)
			return true;
	return false;
}

static void out_line(struct out *o, struct span line)
{
	out_span(o, line);
	out_str(o, "\r\n");
}

/* The first line of the type in the session part; everywhere when anywhere is set. */
static bool find_line(struct span *ret, struct span text, char type, bool anywhere)
{
	struct span line;

	while (next_line(&line, &text)) {
		if (line.p[0] == type) {
			*ret = line;
			return true;
		}
		if (line.p[0] == 'm' && !anywhere)
			return false;
	}
	return false;
}

/* The address in an o= or c= line: its last word, without a multicast TTL. */
static struct span address_of(struct span line)
{
	struct span rest = span_skip(line, 2), word = { .p = "", .len = 0 };

	while (rest.len)
		word = span_word(&rest);
	return span_until(&word, '/');
}

static bool is_ip6(struct span address)
{
	return address.len && memchr(address.p, ':', address.len);
}

static int origin_address(struct span *ret, struct span text, const char *address)
{
	struct span line;

	if (address)
		*ret = span_of(address);
	else if (find_line(&line, text, 'o', false) || find_line(&line, text, 'c', true))
		*ret = address_of(line);
	else
		return -EBADMSG;
	return ret->len ? 0 : -EBADMSG;
}

int sdp_rewrite_origin(char *buf, size_t size, const char *text, uint64_t id, uint64_t version,
		       const char *address)
{
	struct out o = out_to(buf, size);
	struct span rest, line, host;
	bool has_time, in_media = false;

	if (check_text(&rest, text) < 0 || origin_address(&host, rest, address) < 0)
		return -EBADMSG;
	has_time = find_line(&line, rest, 't', false);
	out_fmt(&o, "v=0\r\no=- %llu %llu IN %s ", (unsigned long long)id,
		(unsigned long long)version,
		is_ip6(host) ? "IP6" : "IP4");
	out_line(&o, host);
	out_line(&o, find_line(&line, rest, 's', false) ? line : span_of("s=-"));
	while (next_line(&line, &rest)) {
		if (!in_media && strchr("vos", line.p[0]))
			continue;
		/* RFC 4566 5: t= stands after c= and b= and before repetitions, keys and
		 * attributes. */
		if (!has_time && strchr("rzkam", line.p[0])) {
			out_str(&o, "t=0 0\r\n");
			has_time = true;
		}
		in_media = in_media || line.p[0] == 'm';
		out_line(&o, line);
	}
	if (!has_time)
		out_str(&o, "t=0 0\r\n");
	return out_end(&o);
}

static bool is_direction(struct span line)
{
	return span_is(line, "a=sendrecv") || span_is(line, "a=sendonly") ||
		span_is(line, "a=recvonly") ||
	       span_is(line, "a=inactive");
}

static bool media_has_port(struct span line)
{
	struct span port;

	span_word(&line);
	port = span_word(&line);
	return !span_is(span_until(&port, '/'), "0");
}

int sdp_set_direction(char *buf, size_t size, const char *text, enum sdp_dir dir)
{
	struct out o = out_to(buf, size);
	struct span rest, line;
	/* a medium is being copied that shall get the direction at its end */
	bool open = false;

	if (check_text(&rest, text) < 0)
		return -EBADMSG;
	while (next_line(&line, &rest)) {
		if (is_direction(line))
			continue;
		if (line.p[0] == 'm') {
			if (open)
				out_fmt(&o, "a=%s\r\n", sdp_dir_name(dir));
			open = media_has_port(line);
		}
		out_line(&o, line);
	}
	if (open)
		out_fmt(&o, "a=%s\r\n", sdp_dir_name(dir));
	return out_end(&o);
}

/* Next line but o=. */
static bool next_compared(struct span *ret, struct span *rest)
{
	while (next_line(ret, rest))
		if (ret->p[0] != 'o')
			return true;
	return false;
}

bool sdp_same(const char *a, const char *b)
{
	struct span ra = span_of(a), rb = span_of(b), la, lb;

	for (;;) {
		bool more = next_compared(&la, &ra);

		if (more != next_compared(&lb, &rb))
			return false;
		if (!more)
			return true;
		if (la.len != lb.len || memcmp(la.p, lb.p, la.len) != 0)
			return false;
	}
}
