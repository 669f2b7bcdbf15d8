/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call record as one JSON object (RFC 8259) in one line. Times are UTC as ISO 8601 says, with
 * milliseconds. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gw/cdr.h"

struct out {
	char *buf;
	/* len goes on counting when size is used up, as snprintf()'s does */
	size_t size, len;
	const char *sep;	/* before the next member */
};

static void put(struct out *o, const char *text, size_t len)
{
	if (o->len < o->size)
		memcpy(o->buf + o->len, text, len < o->size - o->len ? len : o->size - o->len);
	o->len += len;
}

static void __attribute__((format(printf, 2, 3))) putf(struct out *o, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put(o, text, strlen(text));
}

/* Octets of the UTF-8 character at s (RFC 3629), 0 when it is none: peers' texts may hold anything.
 */
static size_t utf8_len(const unsigned char *s)
{
	size_t len, i;

	if (s[0] < 0x80)
		return 1;
	len = s[0] >= 0xc2 && s[0] < 0xe0   ? 2
	      : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
	      : s[0] >= 0xf0 && s[0] < 0xf5 ? 4
					    : 0;
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	}
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;	/* longer than needed, a surrogate, or above U+10FFFF */
	return len;
}

static void put_string(struct out *o, const char *s)
{
	size_t n;

	put(o, "\"", 1);
	for (; *s; s += n) {
		n = utf8_len((const unsigned char *)s);
		if (n == 0) {
			put(o, "\\ufffd", 6);
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			put(o, "\\", 1);
			put(o, s, 1);
		} else if ((unsigned char)*s < 0x20) {
			putf(o, "\\u%04x", *s);
		} else {
			put(o, s, n);
		}
	}
	put(o, "\"", 1);
}

static void key(struct out *o, const char *name)
{
	putf(o, "%s\"%s\":", o->sep, name);
	o->sep = ",";
}

static void text(struct out *o, const char *name, const char *value)
{
	key(o, name);
	if (value)
		put_string(o, value);
	else
		put(o, "null", 4);
}

static void number(struct out *o, const char *name, unsigned int value)
{
	key(o, name);
	putf(o, "%u", value);
}

static void moment(struct out *o, const char *name, const struct timespec *ts)
{
	char date[32];
	struct tm tm;

	key(o, name);
	if (ts->tv_sec == 0 || !gmtime_r(&ts->tv_sec, &tm) ||
	    !strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm))
		put(o, "null", 4);
	else
		putf(o, "\"%s.%03ldZ\"", date, ts->tv_nsec / 1000000);
}

static void leg(struct out *o, const char *name, const struct cdr_leg *l)
{
	bool isup = l->protocol && strcmp(l->protocol, "isup") == 0;

	key(o, name);
	if (!l->protocol) {
		put(o, "null", 4);
		return;
	}
	put(o, "{", 1);
	o->sep = "";
	text(o, "protocol", l->protocol);
	text(o, "trunk_group", l->trunk_group);
	if (isup) {
		number(o, "cic", l->cic);
		text(o, "point_codes", l->point_codes);
	} else {
		text(o, "call_id", l->call_id);
		text(o, "peer", l->peer);
	}
	text(o, "called", l->called);
	text(o, "calling", l->calling);
	text(o, "calling_presentation", l->calling_presentation);
	put(o, "}", 1);
	o->sep = ",";
}

static const char *side_name(enum cdr_side side)
{
	switch (side) {
	case CDR_SIDE_CALLING:
		return "calling";
	case CDR_SIDE_CALLED:
		return "called";
	case CDR_SIDE_GATEWAY:
		return "gateway";
	case CDR_SIDE_NONE:
		break;
	}
	return NULL;
}

int cdr_print(char *buf, size_t size, const struct cdr *r)
{
	struct out o = { .buf = buf, .size = size ? size - 1 : 0, .sep = "" };

	put(&o, "{", 1);
	text(&o, "id", r->id);
	leg(&o, "in", &r->in);
	leg(&o, "out", &r->out);
	number(&o, "attempts", r->attempts);
	moment(&o, "setup", &r->setup);
	moment(&o, "alert", &r->alert);
	moment(&o, "answer", &r->answer);
	moment(&o, "release", &r->release);
	key(&o, "duration");
	putf(&o, "%.3f", r->duration_s > 0 ? r->duration_s : 0.0);
	text(&o, "released_by", side_name(r->released_by));
	number(&o, "cause", r->cause);
	number(&o, "location", r->location);
	key(&o, "sip_status");
	if (r->sip_status)
		putf(&o, "%u", r->sip_status);
	else
		put(&o, "null", 4);
	text(&o, "reason", r->reason);
	put(&o, "}", 1);
	if (size)
		buf[o.len < o.size ? o.len : o.size] = '\0';
	return o.len;
}
