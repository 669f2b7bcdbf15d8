/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain': the way of a call, told step by step. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/explain_parts.h"
#include "isup/names.h"

/* --- lines --- */

/* In full, however long a header is; nothing of it commands a terminal. */
void explain_line(const struct explain_call *x, unsigned int indent, const char *fmt, ...)
{
	char *line = talloc_asprintf(x, "%*s", (int)(2 * indent), "");
	va_list ap;

	va_start(ap, fmt);
	line = line ? talloc_vasprintf_append(line, fmt, ap) : NULL;
	va_end(ap);
	for (char *c = line; c && *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	x->to->line(x->to->ctx, line ? line : "no memory");
	talloc_free(line);
}

void explain_text(const struct explain_call *x, unsigned int indent, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n"), end = n && text[n - 1] == '\r' ? n - 1 : n;

		explain_line(x, indent, "%.*s", (int)end, text);
		text += n + (text[n] == '\n');
	}
}

void explain_hex(const struct explain_call *x, const uint8_t *octets, size_t len)
{
	char line[3 * 24 + 1] = "";
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		n += snprintf(line + n, sizeof(line) - n, "%s%02x", n ? " " : "", octets[i]);
		if (i % 24 == 23 || i == len - 1) {
			explain_line(x, 2, "%s", line);
			n = 0;
		}
	}
}

/* --- steps --- */

static const char *name_of(const struct isup_name *names, unsigned int value)
{
	const char *name = isup_name_of(names, value);

	return name ? name : "?";
}

static void number(const struct explain_call *x, const char *what, const struct isup_number *n)
{
	char text[ISUP_MAX_DIGITS + 2] = "cannot be said in full";
	struct map_profile p = x->in->profile;

	map_print_number(text, sizeof(text), n, &p);
	explain_line(x, 1, "%-9s %s; nature %u %s, plan %u %s: %s", what,
		     n->digits[0] ? n->digits : "no digits", n->nai,
		     name_of(isup_names_nai, n->nai), n->npi, name_of(isup_names_npi, n->npi),
		     text);
}

static void digits(const struct explain_call *x)
{
	static const char *const words[] = {
		[OVERLAP_TOO_FEW] = "too few to be routed: more are awaited (SAM, INFO)",
		[OVERLAP_MAYBE] = "more may follow",
		[OVERLAP_COMPLETE] = "all are there",
	};

	explain_line(x, 1, "%-9s %s", "digits", words[way_digits(x->in, &x->setup)]);
}

static void policy(const struct explain_call *x)
{
	static const char *const bodies[] = {
		[MAP_ISUP_NONE] = "no ISUP in bodies", [MAP_ISUP_SIP_T] = "SIP-T",
		[MAP_ISUP_SIP_I] = "SIP-I",
	};
	const struct map_profile *p = &x->in->profile;

	explain_line(x, 1, "%-9s interworking %s%s", "policy", map_standard_name(p->standard),
		     p->n_overrides ? ", with rows of its own" : "");
	if (x->in->cfg->type == CONFIG_TRUNK_SIP)
		explain_line(x, 1, "%-9s P-Asserted-Identity is %sbelieved, %s", "",
			     p->trust_pai ? "" : "not ", bodies[p->isup_body]);
}

static void numbers(const struct explain_call *x)
{
	const struct cc_setup *s = &x->setup;

	explain_line(x, 0, "call");
	policy(x);
	if (s->called_user[0])
		explain_line(x, 1, "%-9s user %s, no telephone number", "called", s->called_user);
	else
		number(x, "called", &s->called);
	digits(x);
	if (s->has_calling)
		number(x, "calling", &s->calling);
	else
		explain_line(x, 1, "%-9s %s", "calling",
			     s->calling_user[0] ? s->calling_user : "not told");
	if (s->has_calling)
		explain_line(x, 1, "%-9s %s, %s", "", name_of(isup_names_apri, s->calling.apri),
			     name_of(isup_names_si, s->calling.si));
	if (s->has_redirecting)
		number(x, "diverter", &s->redirecting);
	if (s->has_tmr)
		explain_line(x, 1, "%-9s %s", "medium", name_of(isup_names_tmr, s->tmr));
	else
		explain_line(x, 1, "%-9s as the ISUP trunk group is provisioned", "medium");
}

static void routes(const struct explain_call *x, const struct way *w)
{
	explain_line(x, 1, "%-9s %s%s in route-table %s", "routed by",
		     w->digits[0] ? w->digits : "the row for any number",
		     !w->digits[0] ? "" : w->prefix_len ? "" : ", the row for any number",
		     route_table_name(x->in->table));
	if (w->prefix_len)
		explain_line(x, 1, "%-9s %.*s", "prefix", (int)w->prefix_len, w->digits);
	for (unsigned int i = 0; i < w->n_routes; i++)
		explain_line(x, 1, "%u. %s", i + 1, w->routes[i]->name);
}

static enum explain_end refuse(const struct explain_call *x, uint8_t cause, const char *why)
{
	const struct cc_release r = {
		.cause = { .value = cause, .location = x->in->profile.location },
	};

	explain_line(x, 0, "refused: %s, cause %u %s", why, cause, isup_cause_name(cause));
	explain_release(x, &r);
	return EXPLAIN_REFUSED;
}

static enum explain_end try_routes(struct explain_call *x, const struct way *w)
{
	uint8_t cause = 34, one;
	bool goes = false;

	for (unsigned int i = 0; i < w->n_routes; i++) {
		one = explain_route(x, w->routes[i], i + 1);
		if (one) {
			cause = one;
			explain_line(x, 1, "not tried: cause %u %s", one, isup_cause_name(one));
			continue;
		}
		goes = true;
		explain_failures(x, w->routes[i], i + 1, i + 1 == w->n_routes);
	}
	return goes ? EXPLAIN_GOES : refuse(x, cause, "no route could take the call");
}

/* From a call that could be read on. */
static enum explain_end follow(struct explain_call *x)
{
	const char *why = NULL;
	struct way w;
	uint8_t cause;

	numbers(x);
	explain_line(x, 0, "route");
	cause = way_admits(x->in, &x->setup, false, &why);
	if (!cause)
		cause = way_find(&w, x->in, &x->setup, &why);
	if (cause)
		return refuse(x, cause, why);
	routes(x, &w);
	return try_routes(x, &w);
}

static struct explain_call *begin(const struct explain *to, const struct trunk *in)
{
	struct explain_call *x = talloc_zero(NULL, struct explain_call);

	if (!x) {
		to->line(to->ctx, "no memory");
		return NULL;
	}
	x->to = to;
	x->in = in;
	x->reading = true;
	return x;
}

static enum explain_end end(struct explain_call *x, enum explain_end read)
{
	enum explain_end e;

	x->reading = false;
	e = read == EXPLAIN_GOES ? follow(x) : read;
	talloc_free(x);
	return e;
}

enum explain_end explain_iam(const struct explain *to, const struct trunk *in, const char *text)
{
	struct explain_call *x = begin(to, in);

	return x ? end(x, explain_read_iam(x, text)) : EXPLAIN_NOT_READ;
}

enum explain_end explain_invite(const struct explain *to, const struct trunk *in, const char *path)
{
	struct explain_call *x = begin(to, in);

	return x ? end(x, explain_read_invite(x, path)) : EXPLAIN_NOT_READ;
}
