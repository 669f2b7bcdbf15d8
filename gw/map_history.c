/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: History-Info (RFC 7044) as far as it tells of diversions: entries with the cause of RFC
 * 4458 in their URI are targets that a diversion chose, the one before (mp) is who diverted. */
#include <errno.h>
#include <string.h>

#include "gw/map_services.h"

enum { MAX_ENTRIES = 24, MAX_HEADER = 128, MAX_COUNT = 5 };

struct entry {
	struct uri uri;
	struct span text, params;	/* of the URI; of the entry, without the first ';' */
	struct span headers;		/* "Privacy=history&Reason=...", as written */
	struct span index, parent;	/* parent: of mp, empty when absent */
	uint16_t cause;			/* of the URI, 0: none */
};

/* What follows '?' in a SIP URI; the user part may hold one, too. */
static struct span uri_headers(const struct uri *u, struct span text)
{
	if (u->scheme == URI_TEL)
		return span_of("");
	if (u->user.len && memchr(text.p, '@', text.len))
		span_until(&text, '@');
	span_until(&text, '?');
	return text;
}

static bool parse_entry(struct entry *e, struct span item)
{
	struct name_addr a;
	struct span name, value;
	uint64_t n;

	*e = (struct entry){ .index = span_of(""), .parent = span_of("") };
	if (name_addr_parse(&a, item) < 0)
		return false;
	e->uri = a.uri;
	e->text = a.uri_text;
	e->params = a.params;
	e->headers = uri_headers(&a.uri, a.uri_text);
	while (param_next(&name, &value, &a.params)) {
		if (!e->index.len && span_is(name, "index"))
			e->index = value;
		else if (!e->parent.len && span_is(name, "mp"))
			e->parent = value;
	}
	if ((param_find(&value, a.uri.params, "cause") ||
	     param_find(&value, a.uri.user_params, "cause")) && span_number(&n, value, 699))
		e->cause = n;
	return true;
}

static unsigned int parse(struct entry *entries, const char *history)
{
	struct span rest = span_of(history), item;
	unsigned int n = 0;

	while (n < MAX_ENTRIES && span_element(&item, &rest, ','))
		n += parse_entry(&entries[n], item);
	return n;
}

/* A header field written into the URI, its escapes resolved. */
static bool embedded(char *buf, size_t size, const struct entry *e, const char *name)
{
	struct span rest = e->headers, item;

	while (rest.len) {
		struct uri value = { .user = span_of("") };

		item = span_until(&rest, '&');
		if (!span_is(span_until(&item, '='), name))
			continue;
		value.user = item;
		return uri_user(buf, size, &value) == 0;
	}
	return false;
}

/* Marked, or made anonymous because it was (RFC 7044 10.1). */
static bool is_private(const struct entry *e)
{
	char value[MAX_HEADER];

	if (span_is(e->uri.host, "anonymous.invalid"))
		return true;
	return embedded(value, sizeof(value), e, "Privacy") && map_history_hidden(value);
}

/* RFC 7044 10.2: with the entry that was left stands why; its protocol is SIP. */
static uint16_t left_because(const struct entry *e)
{
	char text[MAX_HEADER];
	struct span rest, item, value;
	uint64_t n;

	if (!embedded(text, sizeof(text), e, "Reason"))
		return 0;
	rest = span_of(text);
	while (span_element(&item, &rest, ','))
		if (span_is(span_trim(span_until(&item, ';')), "SIP") &&
		    param_find(&value, item, "cause") && span_number(&n, value, 699))
			return n;
	return 0;
}

/* The entry that the one at i was chosen instead of; NULL: none is there. */
static const struct entry *before(const struct entry *entries, unsigned int i)
{
	unsigned int k = entries[i].parent.len ? i : 0;

	while (k--)
		if (span_same(entries[k].index, entries[i].parent))
			return &entries[k];
	return i ? &entries[i - 1] : NULL;
}

/* The diversion that led to the entry at i, as cause; 0: none did. */
static uint16_t diversion(const struct entry *entries, unsigned int i, const struct map_profile *p)
{
	const struct entry *from = before(entries, i);
	uint16_t cause;

	if (entries[i].cause)
		return entries[i].cause;
	if (!entries[i].parent.len || !from)
		return 0;
	cause = left_because(from);
	if (!cause && map_service(p, MAP_S_HISTORY_MP))
		cause = map_redirect_cause(p, REDIRECT_UNKNOWN);
	return cause;
}

static struct map_diverter diverter(const struct entry *e, uint16_t cause, struct map_plan plan,
				    const struct map_profile *p)
{
	struct map_diverter d = { .count = 1, .reason = map_cause_redirect(p, cause) };

	if (!e)
		return d;
	d.has_number = map_number_from_uri(&d.number, &e->uri, plan) == 0;
	if (is_private(e))
		d.number.apri = APRI_RESTRICTED;
	return d;
}

static bool copy_index(char *buf, size_t size, struct span index)
{
	return index.len && span_copy(buf, size, index) == 0 &&
	       buf[strspn(buf, "0123456789.")] == '\0';
}

/* The last entry has an index, by which it can be continued: none is left out, then. */
static bool can_go_on(const struct entry *entries, unsigned int n)
{
	char index[MAP_MAX_INDEX];

	return n && n < MAX_ENTRIES && copy_index(index, sizeof(index), entries[n - 1].index);
}

void map_history_get(struct map_diversions *d, const char *history, struct map_plan plan,
		     const struct map_profile *p)
{
	struct entry entries[MAX_ENTRIES];
	unsigned int i, n = parse(entries, history), last = 0;
	uint16_t cause, last_cause = 0;

	*d = (struct map_diversions){ .is_history = true, .goes_on = can_go_on(entries, n) };
	for (i = 0; i < n; i++) {
		cause = diversion(entries, i, p);
		if (!cause)
			continue;
		if (!d->count++)
			d->first = diverter(before(entries, i), cause, plan, p);
		last = i;
		last_cause = cause;
	}
	if (!d->count)
		return;
	d->last = diverter(before(entries, last), last_cause, plan, p);
	d->target = diverter(&entries[last], last_cause, plan, p);
}

bool map_history_index(char *buf, size_t size, const char *history)
{
	struct span rest = span_of(history), item, value;
	struct name_addr a;
	bool found = false;

	while (span_element(&item, &rest, ','))
		if (name_addr_parse(&a, item) == 0 && param_find(&value, a.params, "index"))
			found = copy_index(buf, size, value);
	return found;
}

/* --- made of what ISUP says --- */

static void put_target(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	out_char(o, '<');
	if (s->called.digits[0] &&
	    map_out_number(o, &s->called, map_plan_of_setup(s, p), p->host))
		return;
	out_str(o, "sip:");
	out_user(o, s->called_user[0] ? s->called_user : "unknown");
	out_fmt(o, "@%s", p->host);
}

/* Index 1, 1.1, 1.1.1 ...; the first has no cause, for nobody had diverted yet. */
static void end_entry(struct out *o, unsigned int depth, uint16_t cause, bool hidden)
{
	unsigned int i;

	if (depth) {
		out_str(o, ";cause=");
		out_unsigned(o, cause);
	}
	out_str(o, hidden ? "?Privacy=history>;index=1" : ">;index=1");
	for (i = 0; i < depth; i++)
		out_str(o, ".1");
	if (depth)
		out_str(o, ";mp=1");
	for (i = 1; i < depth; i++)
		out_str(o, ".1");
}

/* RFC 7544: N diversions are N + 1 entries; those between the first and the last diverter, and why
 * they diverted, are not known. */
static void put_entries(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	const struct map_diverter nobody = { .reason = REDIRECT_UNKNOWN },
		first = map_diverter_of(s, false), last = map_diverter_of(s, true);
	unsigned int depth, count = map_diversion_count(s);
	uint8_t reason = first.reason;	/* why the entry was chosen */
	bool hidden;

	for (depth = 0; depth < count; depth++) {
		const struct map_diverter *d = depth == count - 1 ? &last :
					       depth ? &nobody : &first;

		out_str(o, depth ? ", " : "");
		hidden = map_out_diverter(o, d, s, p);
		end_entry(o, depth, map_redirect_cause(p, reason), hidden);
		if (depth)
			reason = nobody.reason;
	}
	out_str(o, ", ");
	put_target(o, s, p);
	end_entry(o, count, map_redirect_cause(p, last.reason), false);
}

/* --- as a SIP peer said it, our target behind it --- */

void map_history_keep(struct cc_setup *s, const struct sip_msg *inv,
		      const struct map_diversions *read, const struct map_profile *p)
{
	struct cc_party *party = &s->party;
	struct map_diversions d = *read;

	party->history[0] = '\0';
	if (!inv->history_info || !map_header_taken(p, MAP_H_HISTORY_INFO) ||
	    has_control(inv->history_info))
		return;
	if (!d.is_history)
		map_history_get(&d, inv->history_info, map_plan_of_call(s), p);
	if (!d.goes_on || map_diversion_count(s) != (d.count < MAX_COUNT ? d.count : MAX_COUNT))
		return;		/* another header, or the body, says more */
	party->history_count = d.count;
	party->history_private = map_history_hidden(inv->privacy);
	span_copy(party->history, sizeof(party->history), span_of(inv->history_info));
}

/* What else is known of a number: that it must not be shown. */
static bool is_restricted(const struct entry *e, const struct cc_setup *s)
{
	const struct isup_number *known[] = { s->has_original_called ? &s->original_called : NULL,
					      s->has_redirecting ? &s->redirecting : NULL };
	struct isup_number n;
	size_t i;

	if (s->party.history_private || map_redirection_private(s))
		return true;
	if (map_number_from_uri(&n, &e->uri, map_plan_of_call(s)) < 0)
		return false;
	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (known[i] && known[i]->apri != APRI_ALLOWED && map_same_number(known[i], &n))
			return true;
	return false;
}

/* RFC 7044 10.1: private entries are marked, and for those who may not know them anonymous. */
static void put_received(struct out *o, const struct entry *e, struct span item,
			 const struct cc_setup *s, const struct map_profile *p)
{
	bool marked = is_private(e), bare = e->uri.scheme != URI_TEL && !e->headers.len;

	if ((marked && p->send_pai) || (!marked && !is_restricted(e, s))) {
		out_span(o, item);
		return;
	}
	if (p->send_pai && bare) {
		out_char(o, '<');
		out_span(o, e->text);
		out_str(o, "?Privacy=history>;");
	} else {
		out_str(o, "<sip:anonymous@anonymous.invalid");
		if (e->cause)
			out_fmt(o, ";cause=%u", e->cause);
		out_str(o, ">;");
	}
	out_span(o, e->params);
}

/* RFC 7044 5: the same user at another host (rc), or somebody else whom a diversion chose (mp). */
static void put_next(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	bool diverted = map_diversion_count(s) > s->party.history_count;
	char index[MAP_MAX_INDEX] = "";

	map_history_index(index, sizeof(index), s->party.history);
	out_str(o, ", ");
	put_target(o, s, p);
	if (diverted)
		out_fmt(o, ";cause=%u", map_redirect_cause(p, map_diverter_of(s, true).reason));
	out_fmt(o, ">;index=%s.1;%s=%s", index, diverted ? "mp" : "rc", index);
}

void map_history_left(struct cc_setup *s, const struct map_profile *p)
{
	char line[CC_MAX_HISTORY];
	struct out o = out_to(line, sizeof(line));

	if (!s->party.history[0])
		return;
	out_str(&o, s->party.history);
	put_next(&o, s, p);
	out_end(&o);		/* too long: "", and it is made of what ISUP says */
	memcpy(s->party.history, line, sizeof(line));
	s->party.history_count = map_diversion_count(s);
}

static bool put_kept(struct out *o, const struct cc_setup *s, const struct map_profile *p)
{
	struct span rest = span_of(s->party.history), item;
	const char *comma = "";
	struct entry e;

	if (!rest.len || !map_service(p, MAP_S_HISTORY_KEPT))
		return false;
	while (span_element(&item, &rest, ',')) {
		if (!parse_entry(&e, item))
			return false;
		out_str(o, comma);
		put_received(o, &e, item, s, p);
		comma = ", ";
	}
	put_next(o, s, p);
	return o->len < o->size;
}

int map_history_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out begun, o;

	if (!map_header_sent(p, MAP_H_HISTORY_INFO) ||
	    (!s->has_redirection && !s->party.history[0]))
		return 0;
	o = begun = map_begin_header(out, "History-Info");
	if (!put_kept(&o, s, p)) {
		if (!s->has_redirection) {
			begun.p[0] = '\0';
			return 0;
		}
		o = begun;
		put_entries(&o, s, p);
	}
	return map_end_header(&o);
}
