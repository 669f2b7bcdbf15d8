/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MGCP value to text: what goes on the wire, and what people read in traces. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mgcp/rows.h"

/* A writer with a sticky error. */
struct wr { char *p, *end; int rc; };

static void put_text(struct wr *w, const char *s, size_t len)
{
	if (w->rc || (size_t)(w->end - w->p) <= len) {
		w->rc = w->rc ? w->rc : -ENOSPC;
		return;
	}
	if (len)
		memcpy(w->p, s, len);
	w->p += len;
}

static void put(struct wr *w, const char *s)
{
	put_text(w, s, strlen(s));
}

static void put_number(struct wr *w, uint32_t n, int digits)
{
	char s[12];

	snprintf(s, sizeof(s), "%0*u", digits, n);
	put(w, s);
}

/* A header text must not break out of its line. */
static void put_header(struct wr *w, const struct mgcp_text *t)
{
	for (uint16_t i = 0; i < t->len; i++)
		if ((unsigned char)t->p[i] < ' ' && t->p[i] != '\t')
			w->rc = -EINVAL;
	put_text(w, t->p, t->len);
}

static void put_first_line(struct wr *w, const struct mgcp_msg *m)
{
	if (m->response) {
		put_number(w, m->code, 3);
		put(w, " ");
		put_number(w, m->tid, 1);
		if (m->package.len) {
			put(w, " /");
			put_header(w, &m->package);
		}
		if (m->comment.len) {
			put(w, " ");
			put_header(w, &m->comment);
		}
	} else {
		put(w, m->verb_text);
		put(w, " ");
		put_number(w, m->tid, 1);
		put(w, " ");
		put_header(w, &m->endpoint);
		put(w, " MGCP ");
		put_number(w, m->major, 1);
		put(w, ".");
		put_number(w, m->minor, 1);
		if (m->profile.len) {
			put(w, " ");
			put_header(w, &m->profile);
		}
	}
}

static void put_param(struct wr *w, const struct mgcp_param *p)
{
	const struct mgcp_row *row = &mgcp_rows[p->id];

	if (row->name)
		put(w, row->name);
	else
		put_header(w, &p->name);
	put(w, ":");
	if (p->value.len)
		put(w, " ");
	put_header(w, &p->value);
}

/* A line of a description with the given end, whatever end it had; a NUL, or a line that is only
 * ".", would end the message. */
static void put_sdp(struct wr *w, const struct mgcp_text *sdp, const char *eol)
{
	const char *p = sdp->p, *end = sdp->p + sdp->len;

	while (p < end) {
		const char *lf = memchr(p, '\n', end - p);
		const char *stop = lf ? lf : end;

		if (stop > p && stop[-1] == '\r')
			stop--;
		if (stop == p || (stop == p + 1 && *p == '.') || memchr(p, '\0', stop - p))
			w->rc = -EINVAL;
		put_text(w, p, stop - p);
		put(w, eol);
		p = lf ? lf + 1 : end;
	}
}

static bool legal(const struct mgcp_msg *m)
{
	if (m->n_params > MGCP_MAX_PARAMS || m->n_sdp > 2 || m->tid > MGCP_MAX_TID)
		return false;
	if (m->response)
		return m->code <= 999;
	return strlen(m->verb_text) == 4 && m->tid && mgcp_endpoint_ok(&m->endpoint) &&
	       m->major <= 9 && m->minor <= 9;
}

static int finish(struct wr *w, const char *buf)
{
	if (w->rc)
		return w->rc;
	*w->p = '\0';
	return w->p - buf;
}

int mgcp_encode(char *buf, size_t size, const struct mgcp_msg *m)
{
	struct wr w = { buf, buf + size, 0 };

	if (!legal(m))
		return -EINVAL;
	put_first_line(&w, m);
	put(&w, "\r\n");
	for (unsigned int i = 0; i < m->n_params; i++) {
		put_param(&w, &m->params[i]);
		put(&w, "\r\n");
	}
	for (unsigned int i = 0; i < m->n_sdp; i++) {
		put(&w, "\r\n");
		put_sdp(&w, &m->sdp[i], "\r\n");
	}
	return finish(&w, buf);
}

int mgcp_print(char *buf, size_t size, const struct mgcp_msg *m)
{
	struct wr w = { buf, buf + size, 0 };

	if (m->response) {
		put(&w, m->code >= 100 && m->code < 200 ? "provisional " : "response ");
		put_first_line(&w, m);
		put(&w, "\n  means ");
		put(&w, mgcp_code(m->code)->text);
	} else {
		put(&w, m->verb ? "command " : "unknown command ");
		put_first_line(&w, m);
	}
	put(&w, "\n");
	for (unsigned int i = 0; i < m->n_params; i++) {
		put(&w, m->params[i].id == MGCP_P_OTHER ? "  ? " : "  ");
		put_param(&w, &m->params[i]);
		put(&w, "\n");
	}
	for (unsigned int i = 0; i < m->n_sdp; i++) {
		put(&w, m->n_sdp == 2 && i ? "  sdp, remote:\n" : "  sdp:\n");
		put_sdp(&w, &m->sdp[i], "\n");
	}
	return finish(&w, buf);
}

struct mgcp_msg mgcp_command(enum mgcp_verb verb, const char *endpoint)
{
	struct mgcp_msg m;

	memset(&m, 0, offsetof(struct mgcp_msg, params));
	m.verb = verb;
	memcpy(m.verb_text, mgcp_verb_rows[verb].name, sizeof(m.verb_text));
	m.endpoint = mgcp_text(endpoint);
	m.major = 1;
	return m;
}

struct mgcp_msg mgcp_response(uint16_t code, uint32_t tid, const char *comment)
{
	struct mgcp_msg m;

	memset(&m, 0, offsetof(struct mgcp_msg, params));
	m.response = true;
	m.code = code;
	m.tid = tid;
	m.comment = mgcp_text(comment);
	return m;
}

void mgcp_add(struct mgcp_msg *m, enum mgcp_param_id id, const char *value)
{
	if (!value)
		return;
	if (m->n_params < MGCP_MAX_PARAMS)
		m->params[m->n_params] = (struct mgcp_param){ id, { 0 }, mgcp_text(value) };
	m->n_params++;		/* one too many makes the message illegal */
}

void mgcp_add_sdp(struct mgcp_msg *m, const char *sdp)
{
	if (!sdp || !*sdp)
		return;
	if (m->n_sdp < 2)
		m->sdp[m->n_sdp] = mgcp_text(sdp);
	m->n_sdp++;
}
