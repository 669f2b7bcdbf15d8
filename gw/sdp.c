/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions: text to value, value to text. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "gw/sdp_bearer.h"
#include "gw/text.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Static payload types that need no rtpmap (RFC 3551 table 4; those seen on trunks). */
static const struct { uint8_t pt; const char *name; uint32_t clock; } static_types[] = {
	{ 0, "PCMU", 8000 }, { 3, "GSM", 8000 },  { 4, "G723", 8000 },	{ 8, "PCMA", 8000 },
	{ 9, "G722", 8000 }, { 13, "CN", 8000 },  { 15, "G728", 8000 }, { 18, "G729", 8000 },
};

static const char *const dir_names[] = {
	[SDP_SENDRECV] = "sendrecv", [SDP_SENDONLY] = "sendonly",
	[SDP_RECVONLY] = "recvonly", [SDP_INACTIVE] = "inactive",
};

const char *sdp_dir_name(enum sdp_dir dir)
{
	return (unsigned int)dir < ARRAY_SIZE(dir_names) ? dir_names[dir] : "sendrecv";
}

/* Connection data after "c=" or at the end of o=: network type, address type, address. */
static bool parse_address(char address[SDP_MAX_ADDRESS], bool *ip6, struct span s)
{
	struct span net = span_word(&s), type = span_word(&s), host = span_until(&s, '/');
	size_t i;

	if (!span_is(net, "IN") || (!span_is(type, "IP4") && !span_is(type, "IP6")) || !host.len)
		return false;
	for (i = 0; i < host.len; i++)
		if (!isalnum((unsigned char)host.p[i]) && !strchr(".:-_", host.p[i]))
			return false;
	if (span_copy(address, SDP_MAX_ADDRESS, host) < 0)
		return false;
	*ip6 = span_is(type, "IP6");
	return true;
}

static int parse_origin(struct sdp *s, struct span v)
{
	struct span user = span_word(&v), id = span_word(&v), version = span_word(&v);

	if (span_copy(s->user, sizeof(s->user), user) < 0)
		span_copy(s->user, sizeof(s->user), span_of("-"));
	/* Numbers in the wild overflow (RFC 4566 sets no limit); only ours must rise, so theirs
	 * may be lost. */
	if (!span_number(&s->id, id, UINT64_MAX))
		s->id = 0;
	if (!span_number(&s->version, version, UINT64_MAX))
		s->version = 0;
	return parse_address(s->origin, &s->origin_ip6, v) ? 0 : -EBADMSG;
}

const char *sdp_static_name(uint8_t pt)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(static_types); i++)
		if (static_types[i].pt == pt)
			return static_types[i].name;
	return NULL;
}

static void add_codec(struct sdp_media *m, uint8_t pt)
{
	struct sdp_codec *c;
	size_t i;

	if (m->n_codecs == SDP_MAX_CODECS)
		return;
	c = &m->codecs[m->n_codecs++];
	*c = (struct sdp_codec){ .pt = pt, .channels = 1 };
	for (i = 0; i < ARRAY_SIZE(static_types); i++) {
		if (static_types[i].pt != pt)
			continue;
		span_copy(c->name, sizeof(c->name), span_of(static_types[i].name));
		c->clock = static_types[i].clock;
	}
}

static int parse_formats(struct sdp_media *m, struct span v)
{
	uint64_t pt;

	if (!v.len)
		return -EBADMSG;
	if (strncasecmp(m->proto, "RTP/", 4) != 0) {
		if (span_copy(m->formats, sizeof(m->formats), v) < 0)
			span_copy(m->formats, sizeof(m->formats), span_word(&v));
		return m->formats[0] ? 0 : -EBADMSG;
	}
	while (v.len) {
		if (!span_number(&pt, span_word(&v), 127))
			return -EBADMSG;
		add_codec(m, pt);
	}
	return 0;
}

static int parse_media(struct sdp *s, struct span v, const struct sdp_media *session)
{
	struct span type = span_word(&v), port = span_word(&v), proto = span_word(&v);
	struct sdp_media *m;
	uint64_t n;

	if (s->n_media == SDP_MAX_MEDIA)
		return -E2BIG;
	m = &s->media[s->n_media++];
	memcpy(m, session, offsetof(struct sdp_media, codecs));
	if (!type.len || !proto.len || !span_number(&n, span_until(&port, '/'), 65535))
		return -EBADMSG;
	m->port = n;
	if (span_copy(m->type, sizeof(m->type), type) < 0 ||
	    span_copy(m->proto, sizeof(m->proto), proto) < 0)
		return -EBADMSG;
	return parse_formats(m, v);
}

static void parse_rtpmap(struct sdp_codec *c, struct span v)
{
	struct span name = span_until(&v, '/'), clock = span_until(&v, '/');
	uint64_t n;

	if (!name.len || !span_number(&n, clock, UINT32_MAX) ||
	    span_copy(c->name, sizeof(c->name), name) < 0)
		return;
	c->clock = n;
	c->channels = span_number(&n, v, 255) && n ? n : 1;
}

/* "rtpmap:8 PCMA/8000", "fmtp:101 0-15": for each format of that number. */
static void parse_format_attribute(struct sdp_media *m, struct span v, bool rtpmap)
{
	struct span number = span_word(&v);
	unsigned int i;
	uint64_t pt;

	if (!span_number(&pt, number, 127))
		return;
	for (i = 0; i < m->n_codecs; i++) {
		if (m->codecs[i].pt != pt)
			continue;
		if (rtpmap)
			parse_rtpmap(&m->codecs[i], v);
		else
			span_copy(m->codecs[i].fmtp, sizeof(m->codecs[i].fmtp), v);
	}
}

static void parse_attribute(struct sdp_media *m, struct span v)
{
	struct span name = span_until(&v, ':');
	uint64_t n;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dir_names); i++)
		if (span_is(name, dir_names[i]))
			m->dir = i;
	if (span_is(name, "rtpmap"))
		parse_format_attribute(m, v, true);
	else if (span_is(name, "fmtp"))
		parse_format_attribute(m, v, false);
	else if (span_is(name, "ptime") && span_number(&n, span_trim(v), 1000))
		m->ptime = n;
	else if (span_is(name, "maxptime") && span_number(&n, span_trim(v), 1000))
		m->maxptime = n;
}

static void parse_bandwidth(struct sdp_media *m, struct span v)
{
	struct span kind = span_until(&v, ':');
	uint64_t n;

	if (span_is(kind, "AS") && span_number(&n, span_trim(v), UINT16_MAX))
		m->bandwidth = n;
}

static int parse_line(struct sdp *s, struct sdp_media *session, struct span line)
{
	struct sdp_media *m = s->n_media ? &s->media[s->n_media - 1] : session;
	struct span v = span_trim(span_skip(line, 2));

	switch (line.p[0]) {
	case 'v':
		return span_is(v, "0") ? 0 : -EBADMSG;
	case 'o':
		return parse_origin(s, v);
	case 's':
		if (span_copy(s->name, sizeof(s->name), v) < 0)
			span_copy(s->name, sizeof(s->name), span_of("-"));
		return 0;
	case 'c':
		return parse_address(m->address, &m->ip6, v) ? 0 : -EBADMSG;
	case 'm':
		return parse_media(s, v, session);
	case 'a':
		parse_attribute(m, v);
		return 0;
	case 'b':
		parse_bandwidth(m, v);
		return 0;
	default:
		return islower((unsigned char)line.p[0]) ? 0 : -EBADMSG;
	}
}

int sdp_parse(struct sdp *s, const char *text, size_t len)
{
	struct sdp_media session;
	struct span rest = { .p = text, .len = len }, line;
	unsigned int lines = 0;
	int rc;

	if (len > SDP_MAX_TEXT)
		return -E2BIG;
	if (len && memchr(text, '\0', len))
		return -EBADMSG;
	memset(s, 0, offsetof(struct sdp, media));	/* each medium is set when it comes */
	memset(&session, 0, offsetof(struct sdp_media, codecs));
	while (span_line(&line, &rest)) {
		if (!line.len)
			continue;
		if (++lines > SDP_MAX_LINES)
			return -E2BIG;
		if (line.len < 2 || line.p[1] != '=' || (lines == 1 && line.p[0] != 'v'))
			return -EBADMSG;
		rc = parse_line(s, &session, line);
		if (rc < 0)
			return rc;
	}
	return lines ? 0 : -EBADMSG;
}

static void print_codec(struct out *o, const struct sdp_codec *c)
{
	if (c->name[0])
		out_fmt(o, "a=rtpmap:%u %s/%u", c->pt, c->name, c->clock);
	if (c->name[0] && c->channels > 1)
		out_fmt(o, "/%u", c->channels);
	if (c->name[0])
		out_str(o, "\r\n");
	if (c->fmtp[0])
		out_fmt(o, "a=fmtp:%u %s\r\n", c->pt, c->fmtp);
}

static void print_media(struct out *o, const struct sdp_media *m)
{
	unsigned int i;

	out_fmt(o, "m=%s %u %s", m->type, m->port, m->proto);
	if (m->formats[0])
		out_fmt(o, " %s", m->formats);
	for (i = 0; i < m->n_codecs; i++)
		out_fmt(o, " %u", m->codecs[i].pt);
	out_str(o, "\r\n");
	if (m->address[0])
		out_fmt(o, "c=IN %s %s\r\n", m->ip6 ? "IP6" : "IP4", m->address);
	if (!m->port)
		return;
	for (i = 0; i < m->n_codecs; i++)
		print_codec(o, &m->codecs[i]);
	if (m->ptime)
		out_fmt(o, "a=ptime:%u\r\n", m->ptime);
	if (m->maxptime)
		out_fmt(o, "a=maxptime:%u\r\n", m->maxptime);
	out_fmt(o, "a=%s\r\n", sdp_dir_name(m->dir));
}

int sdp_print(char *buf, size_t size, const struct sdp *s)
{
	struct out o = out_to(buf, size);
	unsigned int i;

	out_fmt(&o, "v=0\r\no=%s %llu %llu IN %s %s\r\ns=%s\r\nt=0 0\r\n", s->user[0] ? s->user
		: "-",
		(unsigned long long)s->id, (unsigned long long)s->version, s->origin_ip6 ? "IP6"
			: "IP4",
		s->origin[0] ? s->origin : "0.0.0.0", s->name[0] ? s->name : "-");
	for (i = 0; i < s->n_media; i++)
		print_media(&o, &s->media[i]);
	return out_want(&o);
}
