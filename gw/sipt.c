/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies taken apart: multipart/mixed, nested one level. */
#include <errno.h>
#include <string.h>

#include "gw/sipt.h"
#include "gw/uri.h"

enum { MAX_DEPTH = 2 };	/* a multipart, and one inside of it */

/* Where a part ends and how its delimiter line looks. */
struct delimiter {
	/* end of the part's octets, before the line end that belongs to the delimiter */
	size_t at;
	size_t next;		/* first octet after the delimiter line */
	bool last;
	bool crlf;		/* the delimiter's own line ends with CR LF */
};

struct multipart {
	const uint8_t *p;
	size_t len;
	char dash[SIPT_MAX_BOUNDARY + 3];	/* "--" and the boundary */
	size_t dash_len;
	bool bare_lf;		/* lines end with LF alone: a CR before it belongs to the part */
};

/* Boundary parameter with its escapes resolved. */
static int get_boundary(struct multipart *m, struct span params)
{
	struct span value;
	size_t n = 2;

	if (!param_find(&value, params, "boundary"))
		return -EBADMSG;
	value = span_trim(value);
	memcpy(m->dash, "--", 2);
	while (value.len) {
		if (value.p[0] == '\\' && value.len > 1)
			value = span_skip(value, 1);
		if (n == 2 + SIPT_MAX_BOUNDARY)
			return -EBADMSG;
		m->dash[n++] = value.p[0];
		value = span_skip(value, 1);
	}
	m->dash[n] = '\0';
	m->dash_len = n;
	return n > 2 ? 0 : -EBADMSG;
}

/* Is there a delimiter line whose dashes stand at pos? */
static bool delimiter_at(struct delimiter *d, const struct multipart *m, size_t pos)
{
	size_t i = pos + m->dash_len;

	if (i > m->len || memcmp(m->p + pos, m->dash, m->dash_len) != 0 ||
	    (pos && m->p[pos - 1] != '\n'))
		return false;
	d->last = i + 2 <= m->len && m->p[i] == '-' && m->p[i + 1] == '-';
	if (d->last)
		i += 2;
	while (i < m->len && (m->p[i] == ' ' || m->p[i] == '\t'))
		i++;
	d->crlf = i + 1 < m->len && m->p[i] == '\r' && m->p[i + 1] == '\n';
	if (d->crlf)
		i++;
	if (i < m->len && m->p[i] != '\n')
		return d->last && i == m->len;
	if (i >= m->len && !d->last)
		return false;
	d->next = i < m->len ? i + 1 : i;
	d->at = pos;
	if (d->at && m->p[d->at - 1] == '\n')
		d->at--;
	if (d->at && !m->bare_lf && m->p[d->at - 1] == '\r')
		d->at--;
	return true;
}

static bool find_delimiter(struct delimiter *d, const struct multipart *m, size_t from)
{
	const uint8_t *hit;

	while (from < m->len) {
		hit = memmem(m->p + from, m->len - from, m->dash, m->dash_len);
		if (!hit)
			return false;
		if (delimiter_at(d, m, hit - m->p))
			return true;
		from = hit - m->p + 1;
	}
	return false;
}

/* A header line with the lines folded into it; false: the empty line, or the end. */
static bool header_line(struct span *ret, struct span *rest)
{
	struct span line, more;

	if (!span_line(&line, rest) || !line.len)
		return false;
	while (rest->len && (rest->p[0] == ' ' || rest->p[0] == '\t')) {
		span_line(&more, rest);
		line.len = more.p + more.len - line.p;
	}
	*ret = line;
	return true;
}

static void set_type(struct sipt_part *part, struct span value)
{
	part->type = span_trim(span_until(&value, ';'));
	part->params = value;
}

static void set_disposition(struct sipt_part *part, struct span value)
{
	struct span handling;

	part->disposition = span_trim(span_until(&value, ';'));
	part->has_handling = param_find(&handling, value, "handling");
	if (part->has_handling)
		part->required = !span_is(span_trim(handling), "optional");
}

static void part_header(struct sipt_part *part, struct span name, struct span value,
			size_t *content_length)
{
	uint64_t n;

	if (span_is(name, "Content-Type") || span_is(name, "c"))
		set_type(part, value);
	else if (span_is(name, "Content-Disposition"))
		set_disposition(part, value);
	else if (span_is(name, "Content-Transfer-Encoding"))
		part->encoded = !span_is(value, "binary") && !span_is(value, "8bit") &&
			!span_is(value, "7bit");
	else if (span_is(name, "Content-Encoding") || span_is(name, "e"))
		part->encoded = part->encoded || !span_is(value, "identity");
	else if ((span_is(name, "Content-Length") || span_is(name, "l")) &&
		 span_number(&n, value, SIP_MAX_BODY * 8))
		*content_length = n;
}

static struct sipt_part *add_part(struct sipt_body *b)
{
	struct sipt_part *part;

	if (b->n_parts == SIPT_MAX_PARTS)
		return NULL;
	part = &b->parts[b->n_parts++];
	*part = (struct sipt_part){ .required = true, .octets = (const uint8_t *)"" };
	part->type = span_of("text/plain");	/* RFC 2046 5.1: without a type */
	part->params = part->disposition = span_of("");
	return part;
}

/* Headers of the part that begins at pos; the octets behind them begin at *ret_at. */
static int part_headers(struct sipt_part *part, const struct multipart *m, size_t pos,
			size_t *ret_at, size_t *ret_clen)
{
	struct span rest = { .p = (const char *)m->p + pos, .len = m->len - pos }, line, name;
	unsigned int n = 0;

	*ret_clen = SIZE_MAX;
	while (header_line(&line, &rest)) {
		if (++n > SIPT_MAX_HEADERS)
			return -E2BIG;
		if (!memchr(line.p, ':', line.len))
			return -EBADMSG;
		name = span_trim(span_until(&line, ':'));
		part_header(part, name, span_trim(line), ret_clen);
	}
	*ret_at = m->len - rest.len;
	return 0;
}

static int parse_multipart(struct sipt_body *b, struct span params, const uint8_t *p, size_t len,
			   unsigned int depth);

/* A part that is itself multipart gives its parts instead. */
static int open_nested(struct sipt_body *b, unsigned int depth)
{
	struct sipt_part outer = b->parts[b->n_parts - 1];

	if (depth == MAX_DEPTH || !span_starts(outer.type, "multipart/"))
		return 0;
	b->n_parts--;
	return parse_multipart(b, outer.params, outer.octets, outer.len, depth + 1);
}

static int parse_part(struct sipt_body *b, const struct multipart *m, struct delimiter *d,
		      unsigned int depth)
{
	struct sipt_part *part = add_part(b);
	size_t at, clen;
	int rc;

	if (!part)
		return -E2BIG;
	rc = part_headers(part, m, d->next, &at, &clen);
	if (rc < 0)
		return rc;
	/* A length that leads to a delimiter is better than the search: binary octets may look
	 * like one. */
	if (clen <= m->len - at && ((delimiter_at(d, m, at + clen + 2) && d->at == at + clen) ||
				    (delimiter_at(d, m, at + clen + 1) && d->at == at + clen)))
		;
	else if (!find_delimiter(d, m, at ? at - 1 : 0) || d->next <= at)
		return -EBADMSG;
	part->octets = m->p + at;
	part->len = d->at > at ? d->at - at : 0;
	return open_nested(b, depth);
}

static int parse_multipart(struct sipt_body *b, struct span params, const uint8_t *p, size_t len,
			   unsigned int depth)
{
	struct multipart m = { .p = p, .len = len };
	struct delimiter d;
	int rc;

	rc = get_boundary(&m, params);
	if (rc < 0)
		return rc;
	if (!find_delimiter(&d, &m, 0))
		return -EBADMSG;
	m.bare_lf = !d.crlf;
	while (!d.last) {
		rc = parse_part(b, &m, &d, depth);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int sipt_parse(struct sipt_body *b, const char *content_type, const uint8_t *octets, size_t len)
{
	struct sipt_part *part;

	memset(b, 0, sizeof(*b));
	if (!len)
		return 0;
	if (!content_type)
		return -EBADMSG;
	part = add_part(b);
	set_type(part, span_of(content_type));
	part->octets = octets;
	part->len = len;
	return open_nested(b, 0);
}

void sipt_disposition(struct sipt_body *b, const char *content_type, const char *disposition)
{
	if (b->n_parts == 1 && disposition && !span_starts(span_of(content_type), "multipart/"))
		set_disposition(&b->parts[0], span_of(disposition));
}

const struct sipt_part *sipt_find(const struct sipt_body *b, const char *type, unsigned int *from)
{
	unsigned int i = from ? *from : 0;

	for (; i < b->n_parts; i++) {
		if (!span_is(b->parts[i].type, type) || b->parts[i].encoded)
			continue;
		if (from)
			*from = i + 1;
		return &b->parts[i];
	}
	return NULL;
}
