/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: redirection - original called and redirecting numbers, redirection information,
 * Diversion (RFC 5806, 7544) and a To that is not the Request-URI (RFC 3398 8.2.1.4). */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "gw/map_parts.h"

enum { MAX_DIVERSIONS = 12, MAX_COUNT = 5, MAX_ORIGINAL_REASON = 3, INDICATOR_DIVERTED = 3,
       INDICATOR_PRIVATE = 4 };

/* Redirecting reason (Q.763 3.45) -> Diversion's reason; from SIP the first row of a name
 * counts. */
static const struct { uint8_t reason; const char *word; } reasons[] = {
	{ 0, "unknown" }, { 1, "user-busy" }, { 2, "no-answer" }, { 3, "unconditional" },
	{ 5, "deflection" }, { 4, "deflection" }, { 6, "unavailable" },
};

struct diverter {
	bool has_number;
	struct isup_number number;
	uint8_t reason;
	unsigned int count;
};

static uint8_t reason_of(struct span word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (span_is(word, reasons[i].word))
			return reasons[i].reason;
	return 0;
}

static const char *word_of(uint8_t reason)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (reasons[i].reason == reason)
			return reasons[i].word;
	return "unknown";
}

static bool parse_diverter(struct diverter *d, struct span item, struct map_plan plan)
{
	struct name_addr a;
	struct span value;
	uint64_t n;

	*d = (struct diverter){ .count = 1 };
	if (name_addr_parse(&a, item) < 0)
		return false;
	d->has_number = map_number_from_uri(&d->number, &a.uri, plan) == 0;
	if (param_find(&value, a.params, "reason"))
		d->reason = reason_of(value);
	if (param_find(&value, a.params, "privacy") && !span_is(value, "off"))
		d->number.apri = APRI_RESTRICTED;
	if (param_find(&value, a.params, "counter") && span_number(&n, value, 99) && n)
		d->count = n;
	return true;
}

static void from_diversion(struct cc_setup *s, struct span rest)
{
	struct map_plan plan = { .cc = s->country_code, .area = s->area_code };
	struct diverter first = { 0 }, last = { 0 }, d;
	unsigned int entries = 0, count = 0;
	struct span item;

	/* The topmost is the last diverter (RFC 5806 4). */
	while (entries < MAX_DIVERSIONS && span_element(&item, &rest, ',')) {
		if (!parse_diverter(&d, item, plan))
			continue;
		if (!entries++)
			last = d;
		first = d;
		count += d.count;
	}
	if (!entries)
		return;
	s->has_original_called = first.has_number;
	s->original_called = first.number;
	s->has_redirecting = last.has_number;
	s->redirecting = last.number;
	s->has_redirection = true;
	s->redirection = (struct isup_redirection){
		.indicator = last.number.apri ? INDICATOR_PRIVATE : INDICATOR_DIVERTED,
		.original_reason = first.reason <= MAX_ORIGINAL_REASON ? first.reason : 0,
		.has_octet2 = 1,
		.count = count < MAX_COUNT ? count : MAX_COUNT,
		.reason = last.reason,
	};
}

/* RFC 3398 8.2.1.4: the call was for To once. */
static void from_to(struct cc_setup *s, const struct sip_msg *inv)
{
	struct map_plan plan = { .cc = s->country_code, .area = s->area_code };
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

void map_diversion_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			    const struct map_profile *p)
{
	if (inv->diversion && inv->diversion[0] && map_header_taken(p, MAP_H_DIVERSION))
		from_diversion(s, span_of(inv->diversion));
	else if (!s->has_original_called)
		from_to(s, inv);
}

/* A number that must not be shown goes to trusted peers only. */
static bool may_tell(const struct isup_number *n, const struct map_profile *p)
{
	return n->apri == APRI_ALLOWED || (n->apri == APRI_RESTRICTED && p->send_pai);
}

static void out_diverter(struct out *o, const struct cc_setup *s, const struct map_profile *p,
			 const struct diverter *d)
{
	struct out mark = *o;

	if (!d->has_number || !may_tell(&d->number, p))
		return;
	out_str(o, o->len ? ", <" : "<");
	if (!map_out_number(o, &d->number, map_plan_of_setup(s, p), p->local_host)) {
		*o = mark;
		return;
	}
	out_fmt(o, ">;reason=%s;privacy=%s", word_of(d->reason), d->number.apri ? "full" : "off");
	if (d->count > 1)
		out_fmt(o, ";counter=%u", d->count);
}

int map_diversion_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->diversion, sizeof(out->diversion));
	unsigned int count = s->redirection.has_octet2 ? s->redirection.count : 1;
	struct diverter last = { .has_number = s->has_redirecting, .number = s->redirecting,
				 .reason = s->redirection.reason,
				 .count = count > 1 ? count - 1 : 1 };
	struct diverter first = { .has_number = s->has_original_called,
				  .number = s->original_called,
				  .reason = s->redirection.original_reason, .count = 1 };

	out->diversion[0] = '\0';
	if (!s->has_redirection || !map_header_sent(p, MAP_H_DIVERSION))
		return 0;
	if (count <= 1 && !last.has_number)
		last = first;
	out_diverter(&o, s, p, &last);
	if (count > 1)
		out_diverter(&o, s, p, &first);
	return out_end(&o);
}
