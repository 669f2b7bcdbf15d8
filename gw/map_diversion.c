/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: redirection - original called and redirecting numbers, redirection information: from
 * History-Info (gw/map_history.c), Diversion (RFC 5806, 7544), or a To that is not the Request-URI
 * (RFC 3398 8.2.1.4). */
#include <errno.h>
#include <string.h>

#include "gw/map_services.h"

enum { MAX_DIVERSIONS = 12, MAX_COUNT = 5, MAX_ORIGINAL_REASON = 3 };

bool map_history_hidden(const char *privacy)
{
	return map_privacy_has(privacy, "history") || map_privacy_has(privacy, "header") ||
	       map_privacy_has(privacy, "session");
}

static bool parse_diverter(struct map_diverter *d, struct span item, struct map_plan plan,
			   const struct map_profile *p)
{
	struct name_addr a;
	struct span value;
	uint64_t n;

	*d = (struct map_diverter){ .count = 1 };
	if (name_addr_parse(&a, item) < 0)
		return false;
	d->has_number = map_number_from_uri(&d->number, &a.uri, plan) == 0;
	if (param_find(&value, a.params, "reason"))
		d->reason = map_word_redirect(p, value);
	if (param_find(&value, a.params, "privacy") && !span_is(value, "off"))
		d->number.apri = APRI_RESTRICTED;
	if (param_find(&value, a.params, "counter") && span_number(&n, value, 99) && n)
		d->count = n;
	return true;
}

static void from_diversion(struct map_diversions *d, const char *diversion, struct map_plan plan,
			   const struct map_profile *p)
{
	struct span rest = span_of(diversion), item;
	struct map_diverter one;
	unsigned int entries = 0;

	*d = (struct map_diversions){ 0 };
	/* The topmost is the last diverter (RFC 5806 4). */
	while (entries < MAX_DIVERSIONS && span_element(&item, &rest, ',')) {
		if (!parse_diverter(&one, item, plan, p))
			continue;
		if (!entries++)
			d->last = one;
		d->first = one;
		d->count += one.count;
	}
}

/* The header that counts, where both are there and taken; d->count 0: neither tells of any. */
static void from_headers(struct map_diversions *d, const struct sip_msg *inv, struct map_plan plan,
			 const struct map_profile *p)
{
	bool history = map_header_taken(p, MAP_H_HISTORY_INFO) && inv->history_info,
	     diversion = map_header_taken(p, MAP_H_DIVERSION) && inv->diversion,
	     history_first = map_service(p, MAP_S_HISTORY_FIRST);

	*d = (struct map_diversions){ 0 };
	if (history && history_first)
		map_history_get(d, inv->history_info, plan, p);
	if (!d->count && diversion)
		from_diversion(d, inv->diversion, plan, p);
	if (!d->count && history && !history_first)
		map_history_get(d, inv->history_info, plan, p);
}

/* What a body said stays: that a number must not be shown, and what kind of redirection it was. */
static void keep_body(const struct cc_setup *old, struct map_diverter *d,
		      const struct isup_number *n, bool has)
{
	if (has && d->has_number && map_same_number(n, &d->number) && n->apri != APRI_ALLOWED)
		d->number.apri = APRI_RESTRICTED;
	if (map_redirection_private(old))
		d->number.apri = APRI_RESTRICTED;
}

static uint8_t indicator(const struct cc_setup *old, bool hidden)
{
	uint8_t was = old->has_redirection ? old->redirection.indicator : REDIRECT_DIVERTED;
	bool rerouted = was == REDIRECT_REROUTED || was == REDIRECT_REROUTED_PRIVATE ||
			was == REDIRECT_REROUTED_TARGET_PRIVATE;

	if (hidden)
		return rerouted ? REDIRECT_REROUTED_PRIVATE : REDIRECT_DIVERTED_PRIVATE;
	if (rerouted || was == REDIRECT_DIVERTED_TARGET_PRIVATE)
		return was;
	return REDIRECT_DIVERTED;
}

/* TS 29.163 7.2.3.1.2.7: the first diverter was called first, the last one redirects. */
static void set_redirection(struct cc_setup *s, struct map_diversions *d, bool hidden)
{
	unsigned int count = d->count < MAX_COUNT ? d->count : MAX_COUNT;

	keep_body(s, &d->first, &s->original_called, s->has_original_called);
	keep_body(s, &d->last, &s->redirecting, s->has_redirecting);
	hidden = hidden || d->last.number.apri != APRI_ALLOWED;
	if (hidden)	/* all of it: also who was called first */
		d->first.number.apri = d->last.number.apri = APRI_RESTRICTED;
	s->redirection = (struct isup_redirection){
		.indicator = indicator(s, hidden),
		.original_reason = d->first.reason <= MAX_ORIGINAL_REASON ? d->first.reason : 0,
		.has_octet2 = 1,
		.count = count,
		.reason = d->last.reason,
	};
	s->has_redirection = true;
	s->has_original_called = d->first.has_number;
	s->original_called = d->first.number;
	s->has_redirecting = d->last.has_number;
	s->redirecting = d->last.number;
}

/* RFC 3398 8.2.1.4: the call was for To once. */
static void from_to(struct cc_setup *s, const struct sip_msg *inv)
{
	struct map_plan plan = map_plan_of_call(s);
	struct isup_number to, called = s->called;
	struct name_addr a;

	if (!inv->to || name_addr_parse(&a, span_of(inv->to)) < 0 ||
	    map_number_from_uri(&to, &a.uri, plan) < 0)
		return;
	map_strip_st(&called);
	if (!called.digits[0] || map_same_number(&to, &called))
		return;
	s->has_original_called = true;
	s->original_called = to;
}

int map_diversion_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			   const struct map_profile *p)
{
	struct map_plan plan = map_plan_of_call(s);
	struct map_diversions d;
	uint8_t cause;

	from_headers(&d, inv, plan, p);
	if (!d.count) {
		if (!s->has_original_called)
			from_to(s, inv);
		map_history_keep(s, inv, &d, p);
		return 0;
	}
	cause = map_rule(p, MAP_T_REFUSAL, MAP_R_MANY_DIVERSIONS);
	if (d.count > MAX_COUNT && cause)
		return map_cause_to_status(cause, p->location, p);
	set_redirection(s, &d, map_history_hidden(inv->privacy));
	map_history_keep(s, inv, &d, p);
	return 0;
}

static void out_diversion(struct out *o, const struct map_diverter *d, const struct cc_setup *s,
			  const struct map_profile *p)
{
	bool hidden = map_redirection_private(s) ||
		      (d->has_number && d->number.apri != APRI_ALLOWED);

	out_str(o, o->len ? ", " : "");
	map_out_diverter(o, d, s, p);
	out_str(o, ">;reason=");
	out_str(o, map_redirect_word(p, d->reason));
	out_str(o, hidden ? ";privacy=full" : ";privacy=off");
	if (d->count > 1)
		out_fmt(o, ";counter=%u", d->count);
}

int map_diversion_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->diversion, sizeof(out->diversion));
	struct map_diverter d;
	int rc;

	out->diversion[0] = '\0';
	rc = map_history_to_sip(out, s, p);
	if (rc < 0 || !s->has_redirection || !map_header_sent(p, MAP_H_DIVERSION))
		return rc;
	d = map_diverter_of(s, true);
	out_diversion(&o, &d, s, p);
	if (map_diversion_count(s) > 1) {
		d = map_diverter_of(s, false);
		out_diversion(&o, &d, s, p);
	}
	return out_end(&o) < 0 ? -EMSGSIZE : 0;
}
