/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: numbers as ISUP says them (nature and digits) and as SIP says them (E.164 or local, in
 * URIs). */
#include <errno.h>
#include <string.h>

#include "gw/map_ident.h"

bool map_strip_st(struct isup_number *n)
{
	char *st = n->digits;

	while (*st && *st != 'F')
		st++;
	if (!*st)
		return false;
	*st = '\0';
	return true;
}

static bool is_code(char c)
{
	return c == 'B' || c == 'C';	/* code 11, code 12 */
}

bool map_digits_ok(const struct isup_number *n)
{
	const char *d = n->digits;

	while ((*d >= '0' && *d <= '9') || is_code(*d))
		d++;
	return d[0] == '\0' || (d[0] == 'F' && d[1] == '\0');
}

static bool has_code(const char *digits)
{
	while (*digits && !is_code(*digits))
		digits++;
	return *digits;
}

bool map_same_number(const struct isup_number *a, const struct isup_number *b)
{
	const char *x = a->digits, *y = b->digits;

	if (a->nai != b->nai)
		return false;
	while (*x && *x == *y)
		x++, y++;
	return *x == *y;
}

/* Octets of the prefix that the digits begin with. */
static size_t dialled_with(const char *prefix, struct span digits)
{
	size_t len = prefix ? strlen(prefix) : 0;

	return len && len <= digits.len && memcmp(digits.p, prefix, len) == 0 ? len : 0;
}

/* A number of unknown nature that was dialled with a prefix of the plan has the nature that the
 * prefix says, and goes without it: *digits. */
static uint8_t resolve(struct span *digits, uint8_t nai, struct map_plan plan)
{
	size_t national, international, len;

	if (nai != NAI_UNKNOWN)
		return nai;
	national = dialled_with(plan.national, *digits);
	international = dialled_with(plan.international, *digits);
	len = national > international ? national : international;
	if (!len || len == digits->len)
		return nai;
	*digits = span_skip(*digits, len);
	return len == international ? NAI_INTERNATIONAL : NAI_NATIONAL;
}

/* RFC 3398 8.2.1.2, 7.2.1.2 read backwards: which prefix makes it international. */
static bool prefixes(const char *ret[2], uint8_t nai, struct map_plan plan)
{
	if (nai == NAI_INTERNATIONAL)
		return true;
	if (nai == NAI_SUBSCRIBER && plan.cc[0] && plan.area[0])
		ret[1] = plan.area;
	else if (nai != NAI_NATIONAL || !plan.cc[0])
		return false;
	ret[0] = plan.cc;
	return true;
}

/* A number as it is written: its digits without ST and without a prefix of the plan, and what
 * stands before them. */
struct written {
	struct span digits;		/* into the number */
	const char *prefix[2];
	bool global;
};

static bool write_down(struct written *w, const struct isup_number *n, struct map_plan plan)
{
	const char *d = n->digits;
	bool code = false;
	uint8_t nai;

	for (; *d && *d != 'F'; d++)
		code = code || is_code(*d);
	*w = (struct written){ { n->digits, d - n->digits }, { "", "" }, false };
	if (!w->digits.len || n->npi != NPI_E164)
		return false;
	if (code)
		return true;	/* a global number has digits only (RFC 3966 5.1.4) */
	nai = resolve(&w->digits, n->nai, plan);
	w->global = prefixes(w->prefix, nai, plan);
	return true;
}

static void out_written(struct out *o, const struct written *w)
{
	out_str(o, w->prefix[0]);
	out_str(o, w->prefix[1]);
	out_span(o, w->digits);
}

int map_number_text(char *buf, size_t size, bool *ret_global, const struct isup_number *n,
		    struct map_plan plan)
{
	struct out o = out_to(buf, size);
	struct written w;
	int rc;

	if (!write_down(&w, n, plan))
		return -EINVAL;
	out_written(&o, &w);
	rc = out_end(&o);
	if (rc < 0)
		return rc;
	*ret_global = w.global;
	return 0;
}

bool map_same_globally(const struct isup_number *a, const struct isup_number *b,
		       const struct map_profile *p)
{
	char one[2 * ISUP_MAX_DIGITS], two[2 * ISUP_MAX_DIGITS];
	bool global, other;

	if (map_same_number(a, b))
		return true;
	return map_number_text(one, sizeof(one), &global, a, map_plan_of(p)) == 0 &&
	       map_number_text(two, sizeof(two), &other, b, map_plan_of(p)) == 0 &&
	       global && other && !strcmp(one, two);
}

int map_routing_digits(char *buf, size_t size, const struct isup_number *n,
		       const struct map_profile *p)
{
	bool global;

	return map_number_text(buf, size, &global, n, map_plan_of(p));
}

int map_print_number(char *buf, size_t size, const struct isup_number *n,
		     const struct map_profile *p)
{
	char digits[2 * ISUP_MAX_DIGITS];
	struct out o = out_to(buf, size);
	bool global;
	int rc;

	rc = map_number_text(digits, sizeof(digits), &global, n, map_plan_of(p));
	if (rc < 0)
		return rc;
	out_str(&o, global ? "+" : "");
	out_str(&o, digits);
	rc = out_end(&o);
	return rc < 0 ? rc : 0;
}

void map_number_global(struct isup_number *n, const char *digits, struct map_plan plan)
{
	size_t cc = strlen(plan.cc);
	bool own = cc && strncmp(digits, plan.cc, cc) == 0 && digits[cc];

	n->nai = own ? NAI_NATIONAL : NAI_INTERNATIONAL;
	span_copy(n->digits, sizeof(n->digits), span_of(own ? digits + cc : digits));
}

bool map_number_replan(struct isup_number *n, struct map_plan from, struct map_plan to)
{
	bool same_country = strcmp(from.cc, to.cc) == 0;
	char digits[2 * ISUP_MAX_DIGITS];
	bool global;

	if (!to.cc[0] || (n->nai == NAI_NATIONAL && same_country))
		return true;
	if (n->nai != NAI_UNKNOWN && same_country && strcmp(from.area, to.area) == 0)
		return true;
	if (map_number_text(digits, sizeof(digits), &global, n, from) < 0 || !global)
		return true;
	if (strlen(digits) > ISUP_MAX_DIGITS)
		return false;
	map_number_global(n, digits, to);
	return true;
}

/* The digits of a global phone-context; "": it is none. */
static void context_digits(char *buf, size_t size, struct span context)
{
	struct out o = out_to(buf, size);

	if (context.len && context.p[0] == '+')
		for (context = span_skip(context, 1); context.len; context = span_skip(context, 1))
			if (!strchr("-.()", context.p[0]))
				out_char(&o, context.p[0]);
	out_end(&o);
}

/* Digits without '+': with a phone-context that we know they have a nature, else they are what
 * was dialled (RFC 3966 5.1.5). */
static void set_local(struct isup_number *n, const char *digits, struct span context,
		      struct map_plan plan)
{
	char known[32], said[32];
	struct out o = out_to(known, sizeof(known));
	struct span rest = span_of(digits);

	n->nai = NAI_UNKNOWN;
	context_digits(said, sizeof(said), context);
	if (!said[0] && !has_code(digits))
		n->nai = resolve(&rest, NAI_UNKNOWN, plan);
	span_copy(n->digits, sizeof(n->digits), rest);
	if (n->nai == NAI_INTERNATIONAL) {
		span_copy(known, sizeof(known), span_of(n->digits));
		map_number_global(n, known, plan);
	}
	if (!plan.cc[0] || !said[0])
		return;
	if (strcmp(said, plan.cc) == 0)
		n->nai = NAI_NATIONAL;
	out_str(&o, plan.cc);
	out_str(&o, plan.area);
	if (out_end(&o) > 0 && plan.area[0] && strcmp(said, known) == 0)
		n->nai = NAI_SUBSCRIBER;
}

static int from_uri(struct isup_number *n, struct span *ret_context, const struct uri *u,
		    struct map_plan plan)
{
	char digits[ISUP_MAX_DIGITS + 1];
	bool global;
	int rc;

	rc = uri_number(digits, sizeof(digits), &global, ret_context, u);
	if (rc < 0)
		return rc;
	*n = (struct isup_number){ .npi = NPI_E164 };
	if (global)
		map_number_global(n, digits, plan);
	else
		set_local(n, digits, *ret_context, plan);
	return 0;
}

int map_number_from_uri(struct isup_number *n, const struct uri *u, struct map_plan plan)
{
	struct span context;

	return from_uri(n, &context, u, plan);
}

/* RFC 3398 8.2.1.2 takes "sip:+49..." for a number; others want to be told so. */
static bool says_phone(const struct uri *u)
{
	struct span value;

	return u->scheme == URI_TEL ||
	       (param_find(&value, u->params, "user") && span_is(value, "phone"));
}

/* A status, or a nature of address. */
static uint16_t policy(const struct map_profile *p, enum map_number_policy key)
{
	return map_number_value(map_rule(p, MAP_T_NUMBER, key));
}

int map_called_from_uri(struct isup_number *n, struct span *ret_context, const struct uri *u,
			const struct map_profile *p)
{
	uint16_t rule;
	int rc = from_uri(n, ret_context, u, map_plan_of(p));

	if (rc == -EINVAL)
		return 484;
	if (rc == -EMSGSIZE)
		return policy(p, MAP_N_TOO_LONG);
	if (rc < 0)
		return rc;
	rule = map_rule(p, MAP_T_NUMBER, MAP_N_NO_USER_PHONE);
	if (!says_phone(u) && rule != MAP_NUMBER_TAKEN)
		return rule == MAP_NUMBER_NAME ? -ENOENT : map_number_value(rule);
	if (n->nai != NAI_UNKNOWN)
		return 0;
	if (!ret_context->len || span_is(*ret_context, p->local_host)) {
		rule = policy(p, MAP_N_NO_NATURE);
		if (rule >= 400)
			return rule;
		n->nai = rule;
		return 0;
	}
	rule = map_rule(p, MAP_T_NUMBER, MAP_N_OTHER_CONTEXT);
	return rule == MAP_NUMBER_TAKEN ? 0 : map_number_value(rule);
}

bool map_out_number_with(struct out *o, const struct isup_number *n, struct map_plan plan,
			 const char *host, const char *params)
{
	struct written w;

	if (!write_down(&w, n, plan))
		return false;
	out_str(o, w.global ? "sip:+" : "sip:");
	out_written(o, &w);
	out_str(o, params);
	out_char(o, '@');
	out_str(o, host);
	out_str(o, ";user=phone");
	return true;
}

bool map_out_number(struct out *o, const struct isup_number *n, struct map_plan plan,
		    const char *host)
{
	return map_out_number_with(o, n, plan, host, "");
}
