/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions and bearers: the kind of an offer, and offers cut down to a kind. */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "gw/sdp_bearer.h"
#include "gw/text.h"

enum { DROPPED = 0, WORST_RANK = 5 };

/* A medium of the text while it is cut down. */
struct medium {
	unsigned int n, speech;
	uint8_t pt[SDP_MAX_CODECS], rank[SDP_MAX_CODECS];	/* lower is better, 0 dropped */
};
struct wish { enum sdp_wish wish; enum sdp_law law; };

/* --- what an offer is --- */

static bool is_no_codec(struct span name)
{
	return span_is(name, "telephone-event") || span_is(name, "CN") || span_is(name, "red");
}

static bool is_t38(const struct sdp_media *m)
{
	return m->port && strcasecmp(m->type, "image") == 0 &&
	       strncasecmp(m->formats, "t38", 3) == 0;
}

static enum sdp_kind kind_without_audio(const struct sdp *s)
{
	unsigned int i;

	for (i = 0; i < s->n_media; i++)
		if (is_t38(&s->media[i]))
			return SDP_KIND_T38;
	return SDP_KIND_NONE;
}

static enum sdp_kind kind_of_codec(const char *name)
{
	if (strcasecmp(name, "PCMA") == 0)
		return SDP_KIND_PCMA;
	if (strcasecmp(name, "PCMU") == 0)
		return SDP_KIND_PCMU;
	return strcasecmp(name, "CLEARMODE") == 0 ? SDP_KIND_CLEARMODE : SDP_KIND_AUDIO;
}

enum sdp_kind sdp_kind(const struct sdp *s)
{
	const struct sdp_media *m = sdp_audio(s);
	const struct sdp_codec *first = NULL;
	enum sdp_kind kind, speech = SDP_KIND_NONE;
	unsigned int i, n = 0;

	if (!m)
		return kind_without_audio(s);
	for (i = 0; i < m->n_codecs; i++) {
		const struct sdp_codec *c = &m->codecs[i];

		if (is_no_codec(span_of(c->name)))
			continue;
		if (n++ == 0)
			first = c;
		kind = kind_of_codec(c->name);
		if (kind != SDP_KIND_CLEARMODE &&
		    (speech == SDP_KIND_NONE || (speech == SDP_KIND_AUDIO && kind != speech)))
			speech = kind;
	}
	if (first && kind_of_codec(first->name) == SDP_KIND_CLEARMODE)
		return speech == SDP_KIND_NONE ? SDP_KIND_CLEARMODE : SDP_KIND_CLEARMODE_FIRST;
	if (n == 1 && strcasecmp(first->name, "G722") == 0 && m->bandwidth == 64)
		return SDP_KIND_G722_64K;
	return speech;
}

bool sdp_is_data(const struct sdp *s)
{
	enum sdp_kind kind = sdp_kind(s);

	return kind == SDP_KIND_CLEARMODE || kind == SDP_KIND_CLEARMODE_FIRST;
}

/* --- an offer cut down --- */

static uint8_t rank_of_law(enum sdp_law law, enum sdp_law wanted)
{
	return wanted == SDP_LAW_ANY || wanted == law ? 2 : 3;
}

static uint8_t rank_of(struct span name, struct wish w)
{
	bool data = w.wish == SDP_WISH_CLEARMODE || w.wish == SDP_WISH_CLEARMODE_G711;

	if (span_is(name, "CLEARMODE"))
		return data ? 1 : DROPPED;
	if (w.wish == SDP_WISH_CLEARMODE)
		return DROPPED;
	if (span_is(name, "PCMA"))
		return rank_of_law(SDP_LAW_A, w.law);
	if (span_is(name, "PCMU"))
		return rank_of_law(SDP_LAW_MU, w.law);
	if (is_no_codec(name))
		return w.wish == SDP_WISH_SPEECH || !span_is(name, "red") ? WORST_RANK : DROPPED;
	return w.wish == SDP_WISH_SPEECH ? 4 : DROPPED;
}

/* "a=rtpmap:97 CLEARMODE/8000": number and name. */
static bool rtpmap(uint64_t *pt, struct span *name, struct span line)
{
	struct span v;

	if (line.len < 10 || line.p[2] != 'r' || !span_starts(line, "a=rtpmap:"))
		return false;
	v = span_skip(line, 9);
	if (!span_number(pt, span_word(&v), 127))
		return false;
	*name = span_until(&v, '/');
	return true;
}

/* To the next medium. */
static void rank_named(struct medium *m, struct span *rest, struct wish w)
{
	struct span line, name;
	unsigned int i;
	uint64_t pt;

	while (rest->len && rest->p[0] != 'm' && span_line(&line, rest)) {
		if (!rtpmap(&pt, &name, line))
			continue;
		for (i = 0; i < m->n; i++)
			if (m->pt[i] == pt)
				m->rank[i] = rank_of(name, w);
	}
}

/* The m= line and what follows it, which is taken off *rest. false: no RTP audio that is wanted:
 * it stays as it is. */
static bool read_medium(struct medium *m, struct span line, struct span *rest, struct wish w)
{
	struct span type = span_word(&line), port = span_word(&line), proto = span_word(&line);
	unsigned int i;
	uint64_t pt;

	if (!span_is(type, "m=audio") || span_is(port, "0") || !span_starts(proto, "RTP/"))
		return false;
	m->n = m->speech = 0;
	while (line.len && m->n < SDP_MAX_CODECS) {
		if (!span_number(&pt, span_word(&line), 127))
			return false;
		m->pt[m->n] = pt;
		m->rank[m->n++] = rank_of(span_of(sdp_static_name(pt)), w);
	}
	rank_named(m, rest, w);
	for (i = 0; i < m->n; i++)
		m->speech += m->rank[i] > DROPPED && m->rank[i] < WORST_RANK;
	return true;
}

static bool is_in_order(const struct medium *m)
{
	unsigned int i;

	for (i = 0; i < m->n; i++)
		if (m->rank[i] == DROPPED || (i && m->rank[i] < m->rank[i - 1]))
			return false;
	return true;
}

/* The format that a line is about is not kept any more. */
static bool is_of_dropped(const struct medium *m, struct span line)
{
	struct span v = line;
	unsigned int i;
	uint64_t pt;

	if (line.p[0] != 'a' ||
	    (!span_starts(line, "a=rtpmap:") && !span_starts(line, "a=fmtp:") &&
	     !span_starts(line, "a=rtcp-fb:")))
		return false;
	span_until(&v, ':');
	if (!span_number(&pt, span_word(&v), 127))
		return false;
	for (i = 0; i < m->n; i++)
		if (m->pt[i] == pt && m->rank[i] > DROPPED)
			return false;
	return true;
}

static void out_pt(struct out *o, uint8_t pt)
{
	out_char(o, ' ');
	out_unsigned(o, pt);
}

static void out_medium(struct out *o, const struct medium *m, struct span line)
{
	unsigned int i, rank;

	for (i = 0; i < 3; i++) {
		out_span(o, span_word(&line));
		if (i < 2)
			out_char(o, ' ');
	}
	for (rank = 1; rank <= WORST_RANK; rank++)
		for (i = 0; i < m->n; i++)
			if (m->rank[i] == rank)
				out_pt(o, m->pt[i]);
	out_str(o, "\r\n");
}

static int rewrite(char *buf, size_t size, const char *text, struct wish w)
{
	struct out o = out_to(buf, size);
	struct span rest = span_of(text), line, behind;
	struct medium m = { 0 };
	bool cut = false;

	while (span_line(&line, &rest)) {
		if (!line.len)
			continue;
		behind = rest;
		if (line.p[0] == 'm')
			cut = read_medium(&m, line, &behind, w);
		if (line.p[0] == 'm' && cut) {
			out_medium(&o, &m, line);
		} else if (!cut || !is_of_dropped(&m, line)) {
			out_span(&o, line);
			out_str(&o, "\r\n");
		}
	}
	return out_end(&o);
}

int sdp_keep(char *buf, size_t size, const char *text, enum sdp_wish wish, enum sdp_law law)
{
	struct span rest = span_of(text), line;
	struct wish w = { wish, law };
	bool good = true;
	struct medium m;

	if (rest.len > SDP_MAX_TEXT)
		return -EBADMSG;
	while (span_line(&line, &rest)) {
		if (!line.len || line.p[0] != 'm' || !read_medium(&m, line, &rest, w))
			continue;
		if (!m.speech)
			return -ENOENT;
		good = good && is_in_order(&m);
	}
	return good ? 0 : rewrite(buf, size, text, w);
}
