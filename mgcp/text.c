/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of text, and values in them: names, acknowledgements, statistics, restart methods. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "mgcp/rows.h"

struct mgcp_text mgcp_text(const char *s)
{
	return (struct mgcp_text){ s, s ? strnlen(s, UINT16_MAX) : 0 };
}

bool mgcp_text_is(const struct mgcp_text *t, const char *s)
{
	return strlen(s) == t->len && (!t->len || !strncasecmp(t->p, s, t->len));
}

int mgcp_text_copy(char *buf, size_t size, const struct mgcp_text *t)
{
	if (t->len >= size)
		return -ENOSPC;
	if (t->len)
		memcpy(buf, t->p, t->len);
	buf[t->len] = '\0';
	return t->len;
}

static struct mgcp_text local_part(const struct mgcp_text *name)
{
	const char *at = name->len ? memchr(name->p, '@', name->len) : NULL;

	return (struct mgcp_text){ name->p, at ? at - name->p : name->len };
}

/* The next term of a name; rest is moved behind it and its slash. */
static struct mgcp_text next_term(struct mgcp_text *rest)
{
	const char *slash = rest->len ? memchr(rest->p, '/', rest->len) : NULL;
	struct mgcp_text term = { rest->p, slash ? slash - rest->p : rest->len };
	uint16_t used = term.len + (slash ? 1 : 0);

	rest->p += used;
	rest->len -= used;
	return term;
}

bool mgcp_name_covers(const struct mgcp_text *wild, const char *endpoint)
{
	struct mgcp_text full = mgcp_text(endpoint);
	struct mgcp_text w = local_part(wild), e = local_part(&full);

	while (w.len && e.len) {
		struct mgcp_text wt = next_term(&w), et = next_term(&e);

		if (wt.len == 1 && wt.p[0] == '*') {
			if (!w.len)
				return true;	/* a last "*" stands for all terms that follow */
			continue;
		}
		if (wt.len != et.len || strncasecmp(wt.p, et.p, wt.len))
			return false;
	}
	return !w.len && !e.len;
}

static void skip(struct mgcp_text *t, const char *set)
{
	while (t->len && strchr(set, *t->p) && *t->p) {
		t->p++;
		t->len--;
	}
}

static bool take_number(uint32_t *ret, struct mgcp_text *t)
{
	struct mgcp_text digits = { t->p, 0 };

	while (digits.len < t->len && isdigit((unsigned char)t->p[digits.len]))
		digits.len++;
	if (!mgcp_number(ret, &digits, 9))
		return false;
	t->p += digits.len;
	t->len -= digits.len;
	return true;
}

bool mgcp_ack_next(struct mgcp_text *rest, uint32_t *ret_first, uint32_t *ret_last)
{
	struct mgcp_text t;

	skip(rest, " \t,");
	t = *rest;
	if (!take_number(ret_first, &t))
		return false;
	*ret_last = *ret_first;
	if (t.len && *t.p == '-') {
		t.p++;
		t.len--;
		if (!take_number(ret_last, &t))
			return false;
	}
	*rest = t;
	return true;
}

struct mgcp_stats mgcp_stats(const struct mgcp_text *p)
{
	static const struct { char name[3]; uint8_t off; } rows[] = {
		{ "PS", offsetof(struct mgcp_stats, ps) },
		{ "OS", offsetof(struct mgcp_stats, os) },
		{ "PR", offsetof(struct mgcp_stats, pr) },
		{ "OR", offsetof(struct mgcp_stats, octets_rx) },
		{ "PL", offsetof(struct mgcp_stats, pl) },
		{ "JI", offsetof(struct mgcp_stats, ji) },
		{ "LA", offsetof(struct mgcp_stats, la) },
	};
	struct mgcp_stats s = { 0 };
	struct mgcp_text rest = *p;

	while (skip(&rest, " \t,"), rest.len > 3) {
		struct mgcp_text value = { rest.p + 3, rest.len - 3 };
		const char *comma = memchr(rest.p, ',', rest.len);

		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (rest.p[2] == '=' && !strncasecmp(rest.p, rows[i].name, 2))
				take_number((uint32_t *)((char *)&s + rows[i].off), &value);
		if (!comma)
			break;
		rest.len -= comma - rest.p;
		rest.p = comma;
	}
	return s;
}

enum mgcp_restart mgcp_restart(const struct mgcp_text *rm)
{
	static const char *const names[] = {
		[MGCP_RM_GRACEFUL] = "graceful", [MGCP_RM_FORCED] = "forced",
		[MGCP_RM_RESTART] = "restart", [MGCP_RM_DISCONNECTED] = "disconnected",
		[MGCP_RM_CANCEL] = "cancel-graceful",
	};

	for (int i = 0; i < MGCP_RM_OTHER; i++)
		if (mgcp_text_is(rm, names[i]))
			return i;
	return MGCP_RM_OTHER;
}

const struct mgcp_text *mgcp_find(const struct mgcp_msg *m, enum mgcp_param_id id)
{
	for (unsigned int i = 0; i < m->n_params; i++)
		if (m->params[i].id == id)
			return &m->params[i].value;
	return NULL;
}
