/* SPDX-License-Identifier: GPL-3.0-or-later */
/* URIs and name-addr headers. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "gw/uri.h"

enum { MAX_USER = 128 };	/* octets of a user part that is looked at as a number */

/* Octets that no URI holds: controls and blanks, and what ends one. */
static const bool bad_octets[UINT8_MAX + 1] = {
	[0 ... ' '] = true, ['"'] = true, ['<'] = true, ['>'] = true, [0x7f] = true,
};

static const bool host_octets[UINT8_MAX + 1] = {
	['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
	['.'] = true, ['-'] = true, ['_'] = true, ['['] = true, [':'] = true, [']'] = true,
};

static bool has_bad_octet(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (bad_octets[(unsigned char)s.p[i]])
			return true;
	return false;
}

/* Host or [IPv6] with an optional port. */
static int parse_hostport(struct uri *u, struct span s)
{
	struct span port = { .p = s.p + s.len, .len = 0 };
	const char *end;
	uint64_t n;
	size_t i;

	if (s.len && s.p[0] == '[') {
		end = memchr(s.p, ']', s.len);
		if (!end)
			return -EBADMSG;
		u->host = (struct span){ .p = s.p, .len = end + 1 - s.p };
		port = span_skip(s, u->host.len);
		if (port.len && port.p[0] != ':')
			return -EBADMSG;
		port = span_skip(port, 1);
	} else {
		u->host = span_until(&s, ':');
		port = s;
	}
	for (i = 0; i < u->host.len; i++)
		if (!host_octets[(unsigned char)u->host.p[i]])
			return -EBADMSG;
	if (port.len && (!span_number(&n, port, 65535) || !n))
		return -EBADMSG;
	u->port = port.len ? n : 0;
	return u->host.len ? 0 : -EBADMSG;
}

static int parse_sip(struct uri *u, struct span s)
{
	const char *at = s.len ? memchr(s.p, '@', s.len) : NULL;
	struct span userinfo, host;

	if (at) {
		userinfo = (struct span){ .p = s.p, .len = at - s.p };
		s = span_skip(s, userinfo.len + 1);
		userinfo = span_until(&userinfo, ':');	/* a password is nobody's business */
		u->user = span_until(&userinfo, ';');
		u->user_params = userinfo;
	}
	s = span_until(&s, '?');
	host = span_until(&s, ';');
	u->params = s;
	return parse_hostport(u, host);
}

int uri_parse(struct uri *u, struct span text)
{
	struct span s = span_trim(text), scheme;

	memset(u, 0, sizeof(*u));
	u->user = u->user_params = u->host = u->params = span_of("");
	if (has_bad_octet(s) || !s.len || !memchr(s.p, ':', s.len))
		return -EBADMSG;
	scheme = span_until(&s, ':');
	if (span_is(scheme, "sip") || span_is(scheme, "sips")) {
		u->scheme = scheme.len == 4 ? URI_SIPS : URI_SIP;
		return parse_sip(u, s);
	}
	if (!span_is(scheme, "tel"))
		return -EPROTONOSUPPORT;
	u->scheme = URI_TEL;
	u->user = span_until(&s, ';');
	u->user_params = s;
	return u->user.len ? 0 : -EBADMSG;
}

/* The '<' that begins the URI: not inside a quoted display name. */
static const char *find_angle(struct span s)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < s.len; i++) {
		if (quoted && s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			quoted = !quoted;
		else if (!quoted && s.p[i] == '<')
			return s.p + i;
	}
	return NULL;
}

int name_addr_parse(struct name_addr *n, struct span text)
{
	struct span s = span_trim(text);
	const char *angle = find_angle(s);

	memset(n, 0, sizeof(*n));
	n->display = n->params = span_of("");
	if (!angle) {		/* addr-spec: parameters belong to the header (RFC 3261 20.10) */
		n->uri_text = span_trim(span_until(&s, ';'));
		n->params = s;
		return uri_parse(&n->uri, n->uri_text);
	}
	n->display = span_trim((struct span){ .p = s.p, .len = angle - s.p });
	if (n->display.len >= 2 && n->display.p[0] == '"' &&
	    n->display.p[n->display.len - 1] == '"')
		n->display = (struct span){ .p = n->display.p + 1, .len = n->display.len - 2 };
	s = span_skip(s, angle + 1 - s.p);
	if (!s.len || !memchr(s.p, '>', s.len))
		return -EBADMSG;
	n->uri_text = span_trim(span_until(&s, '>'));
	span_until(&s, ';');
	n->params = s;
	return uri_parse(&n->uri, n->uri_text);
}

static const bool param_marks[UINT8_MAX + 1] = {
	[';'] = true, ['='] = true, ['"'] = true, ['\\'] = true, ['<'] = true, ['>'] = true,
};

/* Where the first parameter ends; *ret_name: where its name does. */
static size_t param_end(size_t *ret_name, struct span s)
{
	bool quoted = false, angles = false;
	size_t i, name = SIZE_MAX;

	for (i = 0; i < s.len; i++) {
		char c = s.p[i];

		if (!param_marks[(unsigned char)c])
			continue;
		if (c == ';' && !quoted && !angles)
			break;
		if (c == '=' && name == SIZE_MAX)
			name = i;
		else if (c == '"' && !angles)
			quoted = !quoted;
		else if (c == '\\' && quoted)
			i++;
		else if ((c == '<' || c == '>') && !quoted)
			angles = c == '<';
	}
	i = i < s.len ? i : s.len;
	*ret_name = name < i ? name : i;
	return i;
}

bool param_next(struct span *ret_name, struct span *ret_value, struct span *params)
{
	struct span value;
	size_t name, end;

	if (!params->len)
		return false;
	end = param_end(&name, *params);
	*ret_name = span_trim((struct span){ .p = params->p, .len = name });
	value = span_skip((struct span){ .p = params->p, .len = end }, name + 1);
	value = span_trim(value);
	if (value.len >= 2 && value.p[0] == '"' && value.p[value.len - 1] == '"')
		value = (struct span){ .p = value.p + 1, .len = value.len - 2 };
	*ret_value = value;
	*params = span_skip(*params, end + 1);
	return true;
}

bool param_find(struct span *ret_value, struct span params, const char *name)
{
	struct span key, value, wanted = span_of(name);

	while (param_next(&key, &value, &params)) {
		if (!span_same(key, wanted))
			continue;
		*ret_value = value;
		return true;
	}
	return false;
}

/* The next octet with its escape resolved; -1: bad escape. */
static int unescape(struct span *s)
{
	int c = (unsigned char)s->p[0], high, low;

	if (c != '%') {
		*s = span_skip(*s, 1);
		return c;
	}
	if (s->len < 3)
		return -1;
	high = hex_value(s->p[1]);
	low = hex_value(s->p[2]);
	*s = span_skip(*s, 3);
	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

int uri_user(char *buf, size_t size, const struct uri *u)
{
	struct span s = u->user;
	size_t n = 0;
	int c;

	while (s.len) {
		c = unescape(&s);
		if (c < ' ' || c == 0x7f)
			return -EBADMSG;
		if (n + 1 >= size)
			return -EMSGSIZE;
		buf[n++] = c;
	}
	buf[n] = '\0';
	return 0;
}

/* ISUP's letter for a signal: digits, code 11, code 12. 0: none, -1: a visual separator (RFC
 * 3966). */
static int signal_of(int c, bool global)
{
	if (c >= '0' && c <= '9')
		return c;
	if (c > 0 && strchr("-.()", c))
		return -1;
	if (global)
		return 0;
	if (c == '*' || c == 'b' || c == 'B')
		return 'B';
	if (c == '#' || c == 'c' || c == 'C')
		return 'C';
	return 0;
}

/* A name that only looks like letters B and C is a name unless the URI says that it is a number. */
static bool has_letter(const char *s)
{
	for (; *s; s++)
		if (isalpha((unsigned char)*s))
			return true;
	return false;
}

static bool says_number(const struct uri *u, const char *user)
{
	struct span value;

	if (u->scheme == URI_TEL || user[0] == '+')
		return true;
	return param_find(&value, u->params, "user") && span_is(value, "phone");
}

/* Signals without separators: 0, -EINVAL (none, or something else among them), -EMSGSIZE. */
static int signals(char *buf, size_t size, const char *s, bool global)
{
	size_t n = 0;
	int c;

	for (; *s; s++) {
		c = signal_of((unsigned char)*s, global);
		if (!c)
			return -EINVAL;
		if (c < 0)
			continue;
		if (n + 1 >= size)
			return -EMSGSIZE;
		buf[n++] = c;
	}
	buf[n] = '\0';
	return n ? 0 : -EINVAL;
}

int uri_number(char *buf, size_t size, bool *ret_global, struct span *ret_context,
	       const struct uri *u)
{
	char user[MAX_USER];
	bool global;
	int rc;

	rc = uri_user(user, sizeof(user), u);
	if (rc < 0)
		return !says_number(u, u->user.p) ? -ENOENT : rc == -EBADMSG ? -EINVAL : rc;
	if (!says_number(u, user) && has_letter(user))
		return -ENOENT;
	global = user[0] == '+';
	rc = signals(buf, size, user + global, global);
	if (rc < 0)
		return says_number(u, user) ? rc : -ENOENT;
	*ret_global = global;
	if (!param_find(ret_context, u->user_params, "phone-context") &&
	    !param_find(ret_context, u->params, "phone-context"))
		*ret_context = span_of("");
	return 0;
}

void uri_host(char *buf, size_t size, const char *host)
{
	bool bare = strchr(host, ':') && host[0] != '[';
	size_t len = strlen(host), room = bare ? 3 : 1;
	struct out o = out_to(buf, size);

	if (size < room)
		return;
	out_str(&o, bare ? "[" : "");
	out_span(&o, (struct span){ .p = host, .len = len < size - room ? len : size - room });
	out_str(&o, bare ? "]" : "");
	out_end(&o);
}

/* RFC 3261 25.1 allows ';' and '?' as well; whoever looks for parameters of the user part or for
 * headers would find some there that nobody said. */
void out_user(struct out *o, const char *user)
{
	for (; *user; user++) {
		if (isalnum((unsigned char)*user) || strchr("-_.!~*'()&=+$,/", *user))
			out_char(o, *user);
		else
			out_fmt(o, "%%%02X", (unsigned char)*user);
	}
}

void out_display(struct out *o, const char *name)
{
	out_char(o, '"');
	for (; *name; name++) {
		if ((unsigned char)*name < ' ' || *name == 0x7f)
			continue;
		if (*name == '"' || *name == '\\')
			out_char(o, '\\');
		out_char(o, *name);
	}
	out_char(o, '"');
}

/* A character of UTF-8 that was cut at the end goes. */
static size_t whole_characters(const char *s, size_t n)
{
	size_t lead = n;

	while (lead && ((unsigned char)s[lead - 1] & 0xc0) == 0x80)
		lead--;
	return lead && (unsigned char)s[lead - 1] >= 0xc0 ? lead - 1 : n;
}

void display_text(char *buf, size_t size, struct span display)
{
	size_t i, n = 0;

	for (i = 0; i < display.len && n + 1 < size; i++) {
		if (display.p[i] == '\\' && i + 1 < display.len)
			i++;
		if ((unsigned char)display.p[i] >= ' ' && display.p[i] != 0x7f)
			buf[n++] = display.p[i];
	}
	if (i < display.len)
		n = whole_characters(buf, n);
	buf[n] = '\0';
}
