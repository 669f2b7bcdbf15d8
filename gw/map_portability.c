/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: ported numbers - rn and npdi (RFC 4694) and the ways in which an IAM says a routing
 * number: generic address beside it (T1.660, RFC 3398 8.2.1.2), a parameter of its own, called
 * directory number, or digits before the number (Q.769.1). */
#include <errno.h>
#include <string.h>

#include "gw/map_ident.h"
#include "isup/dialect.h"

enum { NAI_SPECIFIC = 5, NAI_ROUTING_NATIONAL = 6, NAI_ROUTING_SPECIFIC = 7, NAI_CONCATENATED = 8 };
enum { ROUTING_NATIONAL = 1, ROUTING_SPECIFIC = 2 };	/* Q.763 3.90 */
enum { ADDRESS_PORTED = 192 };				/* T1.113 generic address */

static bool has_par(const struct isup_dialect *d, uint8_t code)
{
	return isup_par_row(d, code) != NULL;
}

bool map_has_address(const struct isup_dialect *d)
{
	return strcmp(isup_par_name(d, ISUP_P_GENERIC_NUMBER), "GenA") == 0;
}

static enum map_number_choice form_of(const struct map_profile *p)
{
	const struct isup_dialect *d = map_dialect(p);
	uint16_t form = map_rule(p, MAP_T_NUMBER, MAP_N_ROUTING_FORM);

	if (form == MAP_NUMBER_PARAMETER && !has_par(d, ISUP_P_ROUTING_NUMBER))
		return MAP_NUMBER_PREFIX;
	if (form == MAP_NUMBER_DIRECTORY && !has_par(d, ISUP_P_CALLED_DIRECTORY))
		return MAP_NUMBER_PREFIX;
	if (form != MAP_NUMBER_AUTO)
		return form;
	if (map_has_address(d))
		return MAP_NUMBER_ADDRESS;
	return has_par(d, ISUP_P_ROUTING_NUMBER) ? MAP_NUMBER_PARAMETER : MAP_NUMBER_PREFIX;
}

/* --- URIs --- */

/* Hexadecimal digits without separators; false: something else, ST among them, or too many. */
static bool hex_digits(char *buf, size_t size, struct span s)
{
	struct out o = out_to(buf, size);
	const char *hex = "0123456789ABCDE0123456789abcde", *at;

	for (; s.len; s = span_skip(s, 1)) {
		if (strchr("-.()", s.p[0]))
			continue;
		at = strchr(hex, s.p[0]);
		if (!at || !*at)
			return false;
		out_char(&o, hex[(at - hex) % 15]);
	}
	return out_end(&o) > 0;
}

/* A global one is national where it is of our country (RFC 3398 8.2.1.2). */
static bool routing_of(struct cc_setup *s, struct span value, struct span params,
		       struct map_plan plan)
{
	struct cc_party *party = &s->party;
	struct isup_number *n = &party->routing;
	char digits[ISUP_MAX_DIGITS + 1];
	size_t cc = strlen(plan.cc);
	struct span context;
	bool global = value.len && value.p[0] == '+', own;

	*n = (struct isup_number){ .npi = NPI_E164, .nai = NAI_NATIONAL };
	party->routing_context[0] = '\0';
	if (!hex_digits(digits, sizeof(digits), global ? span_skip(value, 1) : value))
		return false;
	own = global && cc && strncmp(digits, plan.cc, cc) == 0 && digits[cc];
	span_copy(n->digits, sizeof(n->digits), span_of(own ? digits + cc : digits));
	if (global && !own)
		n->nai = NAI_INTERNATIONAL;
	if (global || !param_find(&context, params, "rn-context"))
		return true;
	if (context.len && context.p[0] == '+' && span_is(span_skip(context, 1), plan.cc))
		return true;
	n->nai = NAI_UNKNOWN;
	return map_keep_context(party->routing_context, sizeof(party->routing_context), context);
}

void map_ported_from_uri(struct cc_setup *s, const struct isup_number *called, const struct uri *u,
			 const struct map_profile *p)
{
	/* an encapsulated routing number is for the number that came with it */
	bool stale = !map_same_number(called, &s->called);
	struct span value, params = u->user_params;

	if (stale)
		s->party.routing.digits[0] = '\0';
	if (!map_header_taken(p, MAP_H_RN))
		return;
	if (param_find(&value, params, "npdi"))
		s->fci.ported_translated = 1;	/* the data base was asked */
	if (!param_find(&value, params, "rn"))
		return;
	if (routing_of(s, value, params, map_plan_of(p)))
		s->fci.ported_translated = 1;
	else
		s->party.routing.digits[0] = '\0';
}

/* A domain or a global number (RFC 3966 3); an IPv6 address is neither. */
const char *map_own_context(const struct map_profile *p)
{
	return p->local_host[0] == '[' ? "unknown.invalid" : p->local_host;
}

static void out_routing(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	struct map_plan plan = map_plan_of_setup(s, p);
	const struct isup_number *n = &s->party.routing;
	bool local = map_rule(p, MAP_T_NUMBER, MAP_N_RN_FORM) == MAP_NUMBER_LOCAL;
	bool national = n->nai == NAI_NATIONAL && plan.cc[0];
	const char *context = s->party.routing_context;

	if (n->nai == NAI_INTERNATIONAL)
		out_fmt(o, ";rn=+%s", n->digits);
	else if (national && !local)
		out_fmt(o, ";rn=+%s%s", plan.cc, n->digits);
	else if (national)
		out_fmt(o, ";rn=%s;rn-context=+%s", n->digits, plan.cc);
	else
		out_fmt(o, ";rn=%s;rn-context=%s", n->digits,
			context[0] ? context : map_own_context(p));
}

void map_out_ported(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	if (!map_header_sent(p, MAP_H_RN))
		return;
	if (s->party.routing.digits[0])
		out_routing(o, s, p);
	if (s->party.routing.digits[0] || s->fci.ported_translated)
		out_str(o, ";npdi");
}

/* --- IAM -> both numbers --- */

static bool ported_address(struct isup_number *n, const struct isup_msg *iam)
{
	unsigned int i;

	if (!map_has_address(iam->dialect))
		return false;
	for (i = 0; i < iam->n_pars; i++)
		if (iam->par[i].code == ISUP_P_GENERIC_NUMBER &&
		    isup_par_value(iam, &iam->par[i], n, sizeof(*n)) &&
		    n->qualifier == ADDRESS_PORTED && n->digits[0] && n->npi == NPI_E164 &&
		    map_digits_ok(n)) {
			n->qualifier = n->apri = 0;
			return true;
		}
	return false;
}

/* Digits before the number, of which we know how many they are. */
static bool split(struct isup_number *called, struct isup_number *routing, uint8_t nai,
		  const struct map_profile *p)
{
	size_t len = p->routing_length;

	if (!len || strlen(called->digits) <= len)
		return false;
	*routing = (struct isup_number){ .nai = NAI_NATIONAL, .npi = NPI_E164 };
	memcpy(routing->digits, called->digits, len);
	memmove(called->digits, called->digits + len, strlen(called->digits + len) + 1);
	called->nai = nai;
	return true;
}

/* The called number of the message is the routing number, n the one that was called. */
static void swap(struct isup_number *called, struct isup_number *routing,
		 const struct isup_number *n, uint8_t nai)
{
	uint8_t inn = called->inn;

	*routing = *called;
	routing->nai = nai;
	routing->inn = 0;
	*called = *n;
	called->inn = inn;
	map_strip_st(called);
}

enum map_number_choice map_ported_from_iam(struct isup_number *called, struct isup_number *routing,
					   const struct isup_msg *iam, const struct map_profile *p)
{
	struct isup_number n;
	struct isup_fci fci;
	bool translated = isup_get(iam, ISUP_P_FCI, &fci) && fci.ported_translated;

	*routing = (struct isup_number){ 0 };
	if (isup_get(iam, ISUP_P_ROUTING_NUMBER, &n) && n.digits[0] && n.npi == NPI_E164) {
		*routing = n;
		map_strip_st(routing);
		routing->nai = n.nai == ROUTING_NATIONAL ? NAI_NATIONAL : NAI_SPECIFIC;
		return MAP_NUMBER_PARAMETER;
	}
	if (translated && ported_address(&n, iam)) {
		swap(called, routing, &n, called->nai);
		return MAP_NUMBER_ADDRESS;
	}
	if ((called->nai == NAI_ROUTING_NATIONAL || called->nai == NAI_ROUTING_SPECIFIC) &&
	    isup_get(iam, ISUP_P_CALLED_DIRECTORY, &n) && n.digits[0] && map_digits_ok(&n)) {
		swap(called, routing, &n, called->nai == NAI_ROUTING_NATIONAL ? NAI_NATIONAL
									      : NAI_SPECIFIC);
		return MAP_NUMBER_DIRECTORY;
	}
	if (called->nai == NAI_CONCATENATED && split(called, routing, NAI_NATIONAL, p))
		return MAP_NUMBER_CONCATENATED;
	if (translated && form_of(p) == MAP_NUMBER_PREFIX && split(called, routing, called->nai, p))
		return MAP_NUMBER_PREFIX;
	return MAP_NUMBER_TAKEN;
}

/* --- both numbers -> IAM --- */

/* Generic addresses without the ported number, of which there is none any more. */
static void del_ported_address(struct isup_msg *iam)
{
	struct isup_msg old = *iam;
	struct isup_number n;
	unsigned int i;

	if (!ported_address(&n, iam))
		return;
	isup_del(iam, ISUP_P_GENERIC_NUMBER);
	for (i = 0; i < old.n_pars; i++)
		if (old.par[i].code == ISUP_P_GENERIC_NUMBER &&
		    !(isup_par_value(&old, &old.par[i], &n, sizeof(n)) &&
		      n.qualifier == ADDRESS_PORTED))
			isup_add_raw(iam, ISUP_P_GENERIC_NUMBER, old.octets + old.par[i].off,
				     old.par[i].len);
}

static int add_ported_address(struct isup_msg *iam, const struct isup_number *called)
{
	struct isup_number n = *called;
	struct isup_msg one;
	const uint8_t *octets;
	size_t len;

	map_strip_st(&n);
	n.qualifier = ADDRESS_PORTED;
	n.inn = 0;
	isup_init(&one, iam->dialect, ISUP_MT_IAM, 0);
	if (isup_set(&one, ISUP_P_GENERIC_NUMBER, &n) < 0)
		return -EINVAL;
	octets = isup_raw(&one, ISUP_P_GENERIC_NUMBER, &len);
	return isup_add_raw(iam, ISUP_P_GENERIC_NUMBER, octets, len);
}

/* The routing number and then the number. */
static int set_before(struct isup_msg *iam, const struct isup_number *called,
		      const struct isup_number *routing, uint8_t nai)
{
	struct isup_number n = *called;
	struct out o = out_to(n.digits, sizeof(n.digits));

	n.nai = nai;
	out_str(&o, routing->digits);
	out_str(&o, called->digits);
	if (out_end(&o) < 0)
		return -EINVAL;
	return isup_set(iam, ISUP_P_CALLED, &n);
}

static int set_parameter(struct isup_msg *iam, const struct isup_number *called,
			 const struct isup_number *routing)
{
	struct isup_number n = *routing;

	n.nai = routing->nai == NAI_NATIONAL ? ROUTING_NATIONAL : ROUTING_SPECIFIC;
	if (isup_set(iam, ISUP_P_ROUTING_NUMBER, &n) < 0)
		return -EINVAL;
	return isup_set(iam, ISUP_P_CALLED, called);
}

static int set_directory(struct isup_msg *iam, const struct isup_number *called,
			 const struct isup_number *routing)
{
	struct isup_number n = *routing, directory = *called;

	map_strip_st(&directory);
	n.inn = called->inn;
	n.nai = routing->nai == NAI_NATIONAL ? NAI_ROUTING_NATIONAL : NAI_ROUTING_SPECIFIC;
	if (isup_set(iam, ISUP_P_CALLED_DIRECTORY, &directory) < 0)
		return -EINVAL;
	return isup_set(iam, ISUP_P_CALLED, &n);
}

static int set_address(struct isup_msg *iam, const struct isup_number *called,
		       const struct isup_number *routing)
{
	struct isup_number n = *routing;

	n.inn = called->inn;
	if (isup_set(iam, ISUP_P_CALLED, &n) < 0)
		return -EINVAL;
	return add_ported_address(iam, called);
}

/* What another way than ours has left in it. */
static void del_routing(struct isup_msg *iam, bool but_parameter)
{
	struct isup_number n;

	del_ported_address(iam);
	if (!but_parameter)
		isup_del(iam, ISUP_P_ROUTING_NUMBER);
	if (isup_get(iam, ISUP_P_CALLED, &n) &&
	    (n.nai == NAI_ROUTING_NATIONAL || n.nai == NAI_ROUTING_SPECIFIC))
		isup_del(iam, ISUP_P_CALLED_DIRECTORY);
}

/* The IAM that we start from says both numbers already, in our way. */
static bool says_so(const struct isup_msg *iam, const struct isup_number *called,
		    const struct isup_number *routing, const struct map_profile *p)
{
	struct isup_number have, have_routing, want = *called;

	if (!isup_get(iam, ISUP_P_CALLED, &have))
		return false;
	map_strip_st(&have);
	map_strip_st(&want);
	return map_ported_from_iam(&have, &have_routing, iam, p) == form_of(p) &&
	       map_same_number(&have, &want) && map_same_number(&have_routing, routing);
}

/* Routing numbers of another country say nothing here: the data base may be asked again. */
static void forget(struct isup_msg *iam, struct isup_number *routing)
{
	struct isup_fci fci;

	routing->digits[0] = '\0';
	if (!isup_get(iam, ISUP_P_FCI, &fci))
		return;
	fci.ported_translated = 0;
	isup_set(iam, ISUP_P_FCI, &fci);
}

int map_ported_to_iam(struct isup_msg *iam, const struct isup_number *called,
		      const struct cc_setup *s, const struct map_profile *p)
{
	struct isup_number routing = s->party.routing;
	enum map_number_choice form = form_of(p);

	if (!routing.digits[strspn(routing.digits, "0123456789")])
		map_number_replan(&routing, map_plan_of_call(s), map_plan_of(p));
	if (routing.nai == NAI_INTERNATIONAL && form != MAP_NUMBER_ADDRESS)
		forget(iam, &routing);
	if (routing.digits[0] && form != MAP_NUMBER_PARAMETER && says_so(iam, called, &routing, p))
		return 0;
	del_routing(iam, routing.digits[0] && form == MAP_NUMBER_PARAMETER);
	if (!routing.digits[0])
		return isup_set(iam, ISUP_P_CALLED, called);
	switch (form) {
	case MAP_NUMBER_ADDRESS:
		return set_address(iam, called, &routing);
	case MAP_NUMBER_PARAMETER:
		return set_parameter(iam, called, &routing);
	case MAP_NUMBER_DIRECTORY:
		return set_directory(iam, called, &routing);
	case MAP_NUMBER_CONCATENATED:
		return set_before(iam, called, &routing, NAI_CONCATENATED);
	default:
		return set_before(iam, called, &routing, called->nai);
	}
}

int map_route_digits(char *buf, size_t size, const struct cc_setup *s, const struct map_profile *p)
{
	const struct isup_number *n = &s->party.routing;
	bool plain = n->digits[0] && !n->digits[strspn(n->digits, "0123456789")] &&
		     (n->nai == NAI_NATIONAL || n->nai == NAI_INTERNATIONAL);

	if (plain && map_rule(p, MAP_T_NUMBER, MAP_N_ROUTE_BY) == MAP_NUMBER_ROUTING)
		return map_routing_digits(buf, size, n, p);
	return map_routing_digits(buf, size, &s->called, p);
}
