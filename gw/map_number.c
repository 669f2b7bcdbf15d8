/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: numbers as ISUP says them (nature and digits) and as SIP says them (E.164 or local, in
 * URIs). */
#include <errno.h>
#include <string.h>

#include "gw/map_parts.h"

bool map_strip_st(struct isup_number *n)
{
	char *st = strchr(n->digits, 'F');

	if (st)
		*st = '\0';
	return st != NULL;
}

bool map_digits_ok(const struct isup_number *n)
{
	size_t ok = strspn(n->digits, "0123456789BC");

	return n->digits[ok] == '\0' || (n->digits[ok] == 'F' && n->digits[ok + 1] == '\0');
}

bool map_same_number(const struct isup_number *a, const struct isup_number *b)
{
	return a->nai == b->nai && strcmp(a->digits, b->digits) == 0;
}

/* RFC 3398 8.2.1.2, 7.2.1.2 read backwards: which prefix makes it international. */
static bool prefixes(const char *ret[2], const struct isup_number *n, struct map_plan plan)
{
	ret[0] = ret[1] = "";
	if (strpbrk(n->digits, "BC"))
		return false;	/* a global number has digits only (RFC 3966 5.1.4) */
	if (n->nai == NAI_INTERNATIONAL)
		return true;
	if (n->nai == NAI_SUBSCRIBER && plan.cc[0] && plan.area[0])
		ret[1] = plan.area;
	else if (n->nai != NAI_NATIONAL || !plan.cc[0])
		return false;
	ret[0] = plan.cc;
	return true;
}

int map_number_text(char *buf, size_t size, bool *ret_global, const struct isup_number *n,
		    struct map_plan plan)
{
	struct isup_number plain = *n;
	struct out o = out_to(buf, size);
	const char *prefix[2];
	bool global;
	int rc;

	map_strip_st(&plain);
	if (!plain.digits[0] || n->npi != NPI_E164)
		return -EINVAL;
	global = prefixes(prefix, &plain, plan);
	out_str(&o, prefix[0]);
	out_str(&o, prefix[1]);
	out_str(&o, plain.digits);
	rc = out_end(&o);
	if (rc < 0)
		return rc;
	*ret_global = global;
	return 0;
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

/* An international number as the trunk with this plan says it (RFC 3398 8.2.1.2). */
static void set_global(struct isup_number *n, const char *digits, struct map_plan plan)
{
	size_t cc = strlen(plan.cc);
	bool own = cc && strncmp(digits, plan.cc, cc) == 0 && digits[cc];

	n->nai = own ? NAI_NATIONAL : NAI_INTERNATIONAL;
	span_copy(n->digits, sizeof(n->digits), span_of(own ? digits + cc : digits));
}

void map_number_replan(struct isup_number *n, struct map_plan from, struct map_plan to)
{
	char digits[2 * ISUP_MAX_DIGITS];
	bool global;

	if (!to.cc[0] || (strcmp(from.cc, to.cc) == 0 && strcmp(from.area, to.area) == 0))
		return;
	if (n->nai == NAI_NATIONAL && strcmp(from.cc, to.cc) == 0)
		return;
	if (map_number_text(digits, sizeof(digits), &global, n, from) == 0 && global &&
	    strlen(digits) <= ISUP_MAX_DIGITS)
		set_global(n, digits, to);
}

/* Digits without '+': with a phone-context that we know they have a nature, else they are what
 * was dialled (RFC 3966 5.1.5). */
static void set_local(struct isup_number *n, const char *digits, struct span context,
		      struct map_plan plan)
{
	char known[32];
	struct out o = out_to(known, sizeof(known));

	n->nai = NAI_UNKNOWN;
	span_copy(n->digits, sizeof(n->digits), span_of(digits));
	if (!plan.cc[0] || !context.len || context.p[0] != '+')
		return;
	context = span_skip(context, 1);
	if (span_is(context, plan.cc))
		n->nai = NAI_NATIONAL;
	out_str(&o, plan.cc);
	out_str(&o, plan.area);
	if (out_end(&o) > 0 && plan.area[0] && span_is(context, known))
		n->nai = NAI_SUBSCRIBER;
}

int map_number_from_uri(struct isup_number *n, const struct uri *u, struct map_plan plan)
{
	char digits[ISUP_MAX_DIGITS + 1];
	struct span context;
	bool global;
	int rc;

	rc = uri_number(digits, sizeof(digits), &global, &context, u);
	if (rc < 0)
		return rc;
	*n = (struct isup_number){ .npi = NPI_E164 };
	if (global)
		set_global(n, digits, plan);
	else
		set_local(n, digits, context, plan);
	return 0;
}

bool map_out_number(struct out *o, const struct isup_number *n, struct map_plan plan,
		    const char *host)
{
	char digits[2 * ISUP_MAX_DIGITS];
	bool global;

	if (map_number_text(digits, sizeof(digits), &global, n, plan) < 0)
		return false;
	out_fmt(o, "sip:%s%s@%s;user=phone", global ? "+" : "", digits, host);
	return true;
}
