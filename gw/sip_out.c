/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct sip_out -> what the stack is given: header lines, content type and body in one allocation;
 * and random tokens. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "gw/sip_dialog.h"

struct lines { size_t len; bool bad; char text[MAX_HEADERS_OUT]; };

/* One line; octets that could end it early are not let through. */
static void line(struct lines *l, const char *name, const char *value)
{
	size_t room = sizeof(l->text) - l->len, i;
	int n;

	if (!*value)
		return;
	n = snprintf(l->text + l->len, room, "%s: %s\r\n", name, value);
	if (n < 0 || (size_t)n >= room) {
		l->bad = true;
		return;
	}
	for (i = 0; i < (size_t)n - 2; i++) {
		if (iscntrl((unsigned char)l->text[l->len + i]))
			l->text[l->len + i] = ' ';
	}
	l->len += n;
}

/* Lines that the user made: each must be ended, and none empty, for an empty one would end the
 * head. */
static void more_lines(struct lines *l, const char *headers)
{
	size_t n = strlen(headers);

	if (!n)
		return;
	if (n < 4 || strcmp(headers + n - 2, "\r\n") != 0 || strstr(headers, "\r\n\r\n") ||
	    headers[0] == '\r' || n >= sizeof(l->text) - l->len) {
		l->bad = true;
		return;
	}
	memcpy(l->text + l->len, headers, n);
	l->len += n;
}

static void all_lines(struct lines *l, const struct sip_out *out)
{
	char seconds[16] = "";

	line(l, "P-Asserted-Identity", out->pai);
	line(l, "Diversion", out->diversion);
	line(l, "Privacy", out->privacy);
	line(l, "Reason", out->reason);
	if (out->retry_after > 0)
		snprintf(seconds, sizeof(seconds), "%d", out->retry_after);
	line(l, "Retry-After", seconds);
	more_lines(l, out->headers);
}

static const char *put(char **at, const char *text, size_t len)
{
	char *s = *at;

	memcpy(s, text, len);
	s[len] = '\0';
	*at += len + 1;
	return s;
}

/* A copy of what out says, as small as it is; NULL when it cannot be sent. out NULL: empty. */
struct sip_content *sip_content_new(void *ctx, const struct sip_out *out)
{
	static const struct sip_out nothing;
	struct sip_content *c;
	struct lines l = { 0 };
	size_t ctype, contact;
	char *at;

	if (!out)
		out = &nothing;
	l.text[0] = '\0';
	all_lines(&l, out);
	if (l.bad || out->body_len > sizeof(out->body) || (out->body_len && !*out->content_type))
		return NULL;
	ctype = strnlen(out->content_type, sizeof(out->content_type) - 1);
	contact = strnlen(out->contact, sizeof(out->contact) - 1);
	c = talloc_size(ctx, sizeof(*c) + l.len + ctype + contact + out->body_len + 4);
	if (!c)
		return NULL;
	memset(c, 0, sizeof(*c));
	at = (char *)(c + 1);
	c->max_forwards = out->max_forwards;
	c->headers = l.len ? put(&at, l.text, l.len) : NULL;
	c->content_type = out->body_len ? put(&at, out->content_type, ctype) : NULL;
	c->has_sdp = sip_is_session(c->content_type, (const char *)out->body, out->body_len);
	c->contact = contact ? put(&at, out->contact, contact) : NULL;
	c->body_len = out->body_len;
	c->body = out->body_len ? (const uint8_t *)put(&at, (const char *)out->body, out->body_len)
				: NULL;
	return c;
}

static void fill_random(void *buf, size_t len)
{
	uint8_t *p = buf;
	ssize_t n;

	while (len) {
		n = getrandom(p, len, 0);
		if (n < 0)
			continue;
		p += n;
		len -= n;
	}
}

uint32_t sip_random_u32(void)
{
	uint32_t v;

	fill_random(&v, sizeof(v));
	return v;
}

/* size - 1 characters of a token, five bits each. */
void sip_random_token(char *buf, size_t size)
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	size_t i;

	fill_random(buf, size - 1);
	for (i = 0; i + 1 < size; i++)
		buf[i] = digits[(unsigned char)buf[i] & 31];
	buf[i] = '\0';
}
