/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: Contacts of a 3xx (RFC 3261 8.1.3.4, 21.3; RFC 3398 8.2.5) and the call as it goes on to
 * one of them: redirecting number, reason and count (Q.763 3.44, 3.45; RFC 4458). */
#include <errno.h>
#include <string.h>

#include "gw/map_contact.h"
#include "gw/map_event.h"
#include "gw/map_ident.h"
#include "gw/map_services.h"

enum { RINGING = 1000, FOLLOWED = 302, MAX_COUNT = 5, MAX_ORIGINAL_REASON = 3, Q_ONE = 1000 };

#define S(key, token, what, reason, clause) \
	{ key, token, what, { reason, reason, reason, reason }, clause }

static const struct map_row rows[] = {
	S(300, NULL, "Multiple Choices", REDIRECT_UNKNOWN, "RFC 3261 21.3.1"),
	S(301, NULL, "Moved Permanently", REDIRECT_ALWAYS, "RFC 3261 21.3.2"),
	S(302, NULL, "Moved Temporarily", REDIRECT_ALWAYS, "RFC 3261 21.3.3, RFC 7544"),
	S(305, NULL, "Use Proxy", REDIRECT_UNKNOWN, "RFC 3261 21.3.4"),
	S(380, NULL, "Alternative Service", REDIRECT_UNKNOWN, "RFC 3261 21.3.5"),
	S(RINGING, "ringing", "any of them after ringing", REDIRECT_DEFLECT_ALERTING,
	  "Q.732.5: call deflection"),
};

const struct map_table map_table_redirected = {
	.name = "redirected",
	.title = "3xx that is followed -> redirecting reason; a cause in the Contact comes first "
		 "(RFC 3398 8.2.5, RFC 4458)",
	.key_title = "status", .value_title = "reason",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = map_redirect_reasons,
	.key_min = 300, .key_max = 399, .otherwise = { 0, 0, 0, 0 },
	.otherwise_clause = "not known",
};

/* --- the list --- */

/* RFC 3261 25.1: "1", "0.75"; in thousandths. Without one: 1. */
static uint16_t quality(struct span params)
{
	struct span value;
	unsigned int n = 0, i, digit;

	if (!param_find(&value, params, "q") || !value.len || value.len > 5)
		return Q_ONE;
	if (value.p[0] != '0')
		return Q_ONE;
	for (i = 2; i < 5; i++) {
		digit = i < value.len ? (unsigned int)(value.p[i] - '0') : 0;
		if (digit > 9)
			return Q_ONE;
		n = n * 10 + digit;
	}
	return n;
}

/* What stands before the headers of a URI ("?Replaces=..."): those are not for our INVITE. */
static struct span without_headers(struct span uri)
{
	return span_until(&uri, '?');
}

static uint8_t reason_of(const struct uri *u, int status, bool alerted, const struct map_profile *p)
{
	struct span value;
	uint64_t cause;

	if (param_find(&value, u->params, "cause") && span_number(&cause, value, 699))
		return map_cause_redirect(p, cause);
	return map_rule(p, MAP_T_REDIRECTED, alerted ? RINGING : status);
}

static bool transport_of(struct map_contact *c, const struct uri *u)
{
	struct span value;

	c->has_transport = param_find(&value, u->params, "transport");
	if (!c->has_transport || span_is(value, "udp"))
		return true;
	c->transport = SIP_TCP;
	return span_is(value, "tcp");
}

/* Brackets are a matter of URIs. */
static int bare_host(char *buf, size_t size, struct span host)
{
	if (host.len > 2 && host.p[0] == '[' && host.p[host.len - 1] == ']')
		host = (struct span){ host.p + 1, host.len - 2 };
	return span_copy(buf, size, host);
}

/* It goes into a line of ours. */
static bool is_clean(const char *uri)
{
	for (; *uri; uri++)
		if (*uri <= ' ' || *uri > '~' || strchr("<>\"", *uri))
			return false;
	return true;
}

/* sips is not had; what does not fit cannot be called. */
static bool read_contact(struct map_contact *c, struct span item)
{
	struct name_addr a;

	*c = (struct map_contact){ 0 };
	if (name_addr_parse(&a, item) < 0 || a.uri.scheme == URI_SIPS)
		return false;
	c->q = quality(a.params);
	if (span_copy(c->ruri, sizeof(c->ruri), without_headers(a.uri_text)) < 0 ||
	    !is_clean(c->ruri))
		return false;
	if (a.uri.scheme == URI_TEL)
		return a.uri.user.len;
	c->port = a.uri.port;
	return a.uri.host.len && transport_of(c, &a.uri) &&
	       bare_host(c->host, sizeof(c->host), a.uri.host) == 0;
}

unsigned int map_contacts(struct map_contact ret[MAP_MAX_CONTACTS], const struct sip_msg *rsp,
			  bool alerted, const struct map_profile *p)
{
	struct span rest = span_of(rsp->contact), item;
	unsigned int n = 0, at;
	struct map_contact c;
	struct uri u;

	while (n < MAP_MAX_CONTACTS && span_element(&item, &rest, ',')) {
		if (!read_contact(&c, item) || uri_parse(&u, span_of(c.ruri)) < 0)
			continue;
		c.reason = reason_of(&u, rsp->status, alerted, p);
		c.hidden = map_history_hidden(rsp->privacy);
		for (at = n++; at > 0 && ret[at - 1].q < c.q; at--)
			ret[at] = ret[at - 1];
		ret[at] = c;
	}
	return n;
}

/* --- the call --- */

/* The called number or user of the contact, in the words of the trunk group the call came from. */
static int set_called(struct cc_setup *s, const struct map_contact *to, const struct map_profile *p)
{
	const struct map_plan there = map_plan_of(p), here = map_plan_of_call(s);
	struct sip_msg inv = { .ruri = to->ruri };

	s->called_user[0] = s->party.called_context[0] = '\0';
	s->called = s->party.routing = (struct isup_number){ 0 };
	s->called_sub = (struct cc_subaddress){ 0 };
	s->fci.ported_translated = 0;
	if (map_called_from_sip(s, &inv, p) != 0)
		return -EINVAL;
	map_number_replan(&s->called, there, here);
	map_number_replan(&s->party.routing, there, here);
	s->awaited = false;
	return 0;
}

static struct isup_number diverter(const struct isup_number *called, bool hidden)
{
	struct isup_number n = { .nai = called->nai, .npi = called->npi };

	n.apri = hidden ? APRI_RESTRICTED : APRI_ALLOWED;
	memcpy(n.digits, called->digits, sizeof(n.digits));
	map_strip_st(&n);
	return n;
}

/* Q.732.2: the first one diverted from stays the original called number. */
static int set_diverted(struct cc_setup *s, const struct isup_number *from, uint8_t reason,
			bool hidden)
{
	unsigned int count = map_diversion_count(s);
	struct isup_redirection *r = &s->redirection;

	if (count >= MAX_COUNT)
		return -ELOOP;
	hidden = hidden || map_redirection_private(s);
	if (!s->has_original_called && from->digits[0]) {
		s->has_original_called = true;
		s->original_called = diverter(from, hidden);
	}
	if (!count)
		r->original_reason = reason <= MAX_ORIGINAL_REASON ? reason : REDIRECT_UNKNOWN;
	s->has_redirecting = from->digits[0];
	s->redirecting = diverter(from, hidden);
	s->has_redirection = true;
	r->indicator = hidden ? REDIRECT_DIVERTED_PRIVATE : REDIRECT_DIVERTED;
	r->has_octet2 = 1;
	r->count = count + 1;
	r->reason = reason;
	return 0;
}

/* The IAM rides along to SIP-T and to other circuits, and must not say otherwise. */
static void set_iam(struct isup_msg *iam, const struct cc_setup *s)
{
	isup_set(iam, ISUP_P_CALLED, &s->called);
	isup_set(iam, ISUP_P_REDIRECTION_INFO, &s->redirection);
	if (s->has_redirecting)
		isup_set(iam, ISUP_P_REDIRECTING, &s->redirecting);
	if (s->has_original_called)
		isup_set(iam, ISUP_P_ORIGINAL_CALLED, &s->original_called);
}

int map_redirect_setup(struct cc_setup *s, struct isup_msg *iam, const struct map_contact *to,
		       const struct map_profile *p)
{
	struct cc_setup next = *s;
	int rc;

	map_history_left(&next, p);
	rc = set_called(&next, to, p);
	if (rc == 0)
		rc = set_diverted(&next, &s->called, to->reason, to->hidden);
	if (rc < 0)
		return rc;
	*s = next;
	if (iam && iam->type == ISUP_MT_IAM && s->called.digits[0])
		set_iam(iam, s);
	return 0;
}

void map_redirect_prim(struct cc_prim *prim, const struct cc_setup *s, const struct map_profile *p)
{
	uint8_t event = map_rule(p, MAP_T_REDIRECT_EVENT, s->redirection.reason);

	*prim = (struct cc_prim){ .type = CC_PROGRESS };
	prim->u.progress.event = event >= EVENT_FWD_BUSY ? event : EVENT_FWD_ALWAYS;
	prim->redirection = (struct cc_redirection){
		.diverted = true, .has_number = s->called.digits[0], .number = s->called,
		.reason = s->redirection.reason, .hidden = map_redirection_private(s),
	};
	span_copy(prim->country_code, sizeof(prim->country_code), span_of(s->country_code));
	span_copy(prim->area_code, sizeof(prim->area_code), span_of(s->area_code));
	map_response_said(prim, FOLLOWED, p);
}
