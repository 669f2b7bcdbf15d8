/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP text to value: one message after another of a datagram (RFC 3435 3.2 and appendix A). */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "mgcp/rows.h"

/* A decoder at work: lines are taken from rd; the first fault stays. */
struct dec {
	struct mgcp_rd *rd;
	struct mgcp_msg *m;
	struct mgcp_fault *f;
	bool bad;
};

static void fault(struct dec *d, uint16_t code, const char *why, const char *at)
{
	if (d->bad)
		return;
	d->bad = true;
	*d->f = (struct mgcp_fault){ why, at - d->rd->start, code };
}

/* The next line without its end, which is LF or CRLF; false at the end of the datagram. */
static bool next_line(struct mgcp_text *line, struct mgcp_rd *rd)
{
	size_t left = rd->end - rd->p;
	const char *lf = left ? memchr(rd->p, '\n', left) : NULL;
	size_t len = lf ? (size_t)(lf - rd->p) : left;

	if (!left)
		return false;
	*line = (struct mgcp_text){ rd->p, len };
	rd->p += len + (lf ? 1 : 0);
	if (line->len && line->p[line->len - 1] == '\r')
		line->len--;
	return true;
}

static bool is_dot(const struct mgcp_text *line)
{
	return line->len == 1 && line->p[0] == '.';
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static void trim(struct mgcp_text *t)
{
	while (t->len && blank(t->p[0])) {
		t->p++;
		t->len--;
	}
	while (t->len && blank(t->p[t->len - 1]))
		t->len--;
}

/* The next word of a line, taken out of it; empty at the end. */
static struct mgcp_text next_word(struct mgcp_text *line)
{
	struct mgcp_text word;

	trim(line);
	word = (struct mgcp_text){ line->p, 0 };
	while (word.len < line->len && !blank(line->p[word.len]))
		word.len++;
	line->p += word.len;
	line->len -= word.len;
	trim(line);
	return word;
}

static void check_printable(struct dec *d, const struct mgcp_text *line)
{
	for (uint16_t i = 0; i < line->len; i++)
		if ((unsigned char)line->p[i] < ' ' && line->p[i] != '\t')
			fault(d, 510, "control character", line->p + i);
}

static void command_tail(struct dec *d, struct mgcp_text *line)
{
	struct mgcp_msg *m = d->m;
	struct mgcp_text word = next_word(line);
	uint32_t major, minor;

	m->endpoint = word;
	if (!mgcp_endpoint_ok(&word)) {
		m->endpoint = (struct mgcp_text){ 0 };
		fault(d, 500, "endpoint name", word.p);
	}
	word = next_word(line);
	if (!mgcp_text_is(&word, "MGCP"))
		fault(d, 510, "no protocol name", word.p);
	word = next_word(line);
	if (word.len != 3 || word.p[1] != '.' ||
	    !mgcp_number(&major, &(struct mgcp_text){ word.p, 1 }, 1) ||
	    !mgcp_number(&minor, &(struct mgcp_text){ word.p + 2, 1 }, 1)) {
		fault(d, 510, "version", word.p);
		return;
	}
	m->major = major;
	m->minor = minor;
	m->profile = line->len ? *line : (struct mgcp_text){ 0 };
	if (major != 1 || minor != 0)
		fault(d, 528, "version not supported", word.p);
}

static void command_line(struct dec *d, struct mgcp_text line)
{
	struct mgcp_msg *m = d->m;
	struct mgcp_text word = next_word(&line);

	if (word.len != 4 || !isalpha((unsigned char)word.p[0])) {
		fault(d, 510, "verb", word.p);
		return;
	}
	for (int i = 0; i < 4; i++) {
		if (!isalnum((unsigned char)word.p[i]))
			fault(d, 510, "verb", word.p);
		m->verb_text[i] = toupper((unsigned char)word.p[i]);
	}
	m->verb = mgcp_verb_by_name(&word);
	word = next_word(&line);
	if (!mgcp_number(&m->tid, &word, 9) || !m->tid) {
		m->tid = 0;
		fault(d, 510, "transaction identifier", word.p);
		return;
	}
	command_tail(d, &line);
}

static void response_line(struct dec *d, struct mgcp_text line)
{
	struct mgcp_msg *m = d->m;
	struct mgcp_text word = next_word(&line);
	uint32_t code = 0;

	m->response = true;
	if (!mgcp_number(&code, &word, 3) || word.len != 3)
		fault(d, 0, "response code", word.p);
	m->code = code;
	word = next_word(&line);
	/* 0 is no identifier, but peers that understood nothing of a command answer it with 0 */
	if (!mgcp_number(&m->tid, &word, 9))
		fault(d, 0, "transaction identifier", word.p);
	if (line.len && line.p[0] == '/') {
		word = next_word(&line);
		m->package = (struct mgcp_text){ word.p + 1, word.len - 1 };
		if (!m->package.len || memchr(m->package.p, '/', m->package.len))
			fault(d, 0, "package name", word.p);
	}
	if (line.len)
		m->comment = line;
}

static void parameter(struct dec *d, struct mgcp_text line)
{
	struct mgcp_msg *m = d->m;
	const char *colon = memchr(line.p, ':', line.len);
	struct mgcp_param p = { 0 };

	if (!colon || colon == line.p) {
		fault(d, 510, "parameter line", line.p);
		return;
	}
	p.name = (struct mgcp_text){ line.p, colon - line.p };
	trim(&p.name);
	for (uint16_t i = 0; i < p.name.len; i++)
		if (!isalnum((unsigned char)p.name.p[i]) && !strchr("-+/_*$@", p.name.p[i]))
			fault(d, 510, "parameter name", line.p);
	p.value = (struct mgcp_text){ colon + 1, line.len - (colon + 1 - line.p) };
	trim(&p.value);
	p.id = mgcp_param_by_name(&p.name);
	if (!p.name.len)
		fault(d, 510, "parameter name", line.p);
	if (mgcp_rows[p.id].check && !mgcp_rows[p.id].check(&p.value))
		fault(d, 510, "parameter value", p.value.p);
	if (!m->response && !mgcp_rows[p.id].many && mgcp_find(m, p.id))
		fault(d, 510, "parameter twice", line.p);
	if (m->n_params == MGCP_MAX_PARAMS) {
		fault(d, 510, "too many parameters", line.p);
		return;
	}
	m->params[m->n_params++] = p;
}

/* Session descriptions up to the "." line or the end; an empty line stands between two. Gives where
 * the message ends. */
static void descriptions(struct dec *d)
{
	struct mgcp_msg *m = d->m;
	struct mgcp_text line, *sdp = NULL;

	while (next_line(&line, d->rd) && !is_dot(&line)) {
		if (!line.len) {
			sdp = NULL;
			continue;
		}
		check_printable(d, &line);
		if (!sdp && m->n_sdp == (m->response ? 2 : 1)) {
			fault(d, 510, "too many session descriptions", line.p);
			continue;
		}
		if (!sdp) {
			sdp = &m->sdp[m->n_sdp++];
			sdp->p = line.p;
		}
		sdp->len = d->rd->p - sdp->p;
	}
}

static void missing(struct dec *d)
{
	const struct mgcp_msg *m = d->m;
	uint64_t have = 0;

	for (unsigned int i = 0; i < m->n_params; i++)
		have |= UINT64_C(1) << m->params[i].id;
	if (!m->response && (mgcp_verb_rows[m->verb].must & ~have))
		fault(d, 510, "parameter missing", d->rd->p);
}

int mgcp_decode(struct mgcp_msg *m, struct mgcp_rd *rd, struct mgcp_fault *f)
{
	struct dec d = { rd, m, f, false };
	struct mgcp_text line;
	bool more;

	memset(m, 0, offsetof(struct mgcp_msg, params));
	*f = (struct mgcp_fault){ 0 };
	if (rd->end - rd->p > MGCP_MAX_DATAGRAM) {
		fault(&d, 0, "datagram too long", rd->p);
		rd->p = rd->end;
		return -EINVAL;
	}
	do {	/* tolerate empty lines and separators before a message */
		if (!next_line(&line, rd))
			return 0;
	} while (!line.len || is_dot(&line));
	check_printable(&d, &line);
	if (isdigit((unsigned char)line.p[0]))
		response_line(&d, line);
	else
		command_line(&d, line);
	while ((more = next_line(&line, rd)) && line.len && !is_dot(&line)) {
		check_printable(&d, &line);
		parameter(&d, line);
	}
	if (more && !line.len)
		descriptions(&d);
	missing(&d);
	return d.bad ? -EINVAL : 1;
}
