/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: header or body, where a SIP message says the same thing twice (RFC 3398 8.2.1, 8.2.6.1;
 * Q.1912.5 profile C as remembered: SIP-I takes more from the body). Where only one of them says
 * something it counts, whatever stands here. */
#include <string.h>

#include "gw/map_redirect.h"
#include "gw/map_services.h"
#include "gw/map_ident.h"
#include "gw/map_tunnel.h"

enum { HEADERS, BODY };

#define F(key, token, what, rfc, c, clause) { key, token, what, { rfc, rfc, rfc, c }, clause }

static const struct map_row rows[] = {
	F(MAP_F_CALLED, "called", "called number", HEADERS, HEADERS,
	  "RFC 3398 8.2.1.2: always the Request-URI"),
	F(MAP_F_CALLED_DETAIL, "called-detail",
	  "of a called number that is the same in both: its indicators (ST: `send-st')", BODY, BODY,
	  "RFC 3398 8.2.1: what headers do not express"),
	F(MAP_F_CALLING, "calling", "calling number", HEADERS, HEADERS, "RFC 3398 8.2.1.3"),
	F(MAP_F_CALLING_DETAIL, "calling-detail",
	  "of a calling number that is the same in both: screening, completeness", BODY, BODY,
	  "RFC 3398 8.2.1: what headers do not express; Q.1912.5"),
	F(MAP_F_ADDITIONAL, "additional", "additional calling number", HEADERS, BODY, "Q.1912.5"),
	F(MAP_F_DIVERSION, "diversion", "original called and redirecting number and their reasons",
	  HEADERS, HEADERS, "RFC 3398 8.2.1.2 (To), RFC 7544"),
	F(MAP_F_CATEGORY, "category", "calling party's category", HEADERS, BODY, "Q.1912.5"),
	F(MAP_F_MEDIUM, "medium", "transmission medium requirement", HEADERS, BODY,
	  "RFC 3398 8.2.1: session description; Q.1912.5"),
	F(MAP_F_HOPS, "hops", "hop counter", BODY, BODY, "RFC 3398 8.2.1, Q.1912.5 7.1.14"),
	F(MAP_F_PORTED, "ported", "number translated (FCI)", HEADERS, HEADERS,
	  "RFC 3398 8.2.1.2, RFC 4694: npdi"),
	F(MAP_F_STATE, "state", "does it ring: status of the response, or ACM and CPG", HEADERS,
	  HEADERS, "RFC 3398 8.2.3"),
	F(MAP_F_CAUSE_RESPONSE, "cause-response", "cause of a failure: Reason, or REL", BODY, BODY,
	  "RFC 3398 8.2.6.1: REL; RFC 6432"),
	F(MAP_F_CAUSE_BYE, "cause-bye", "cause of a BYE: Reason, or REL", HEADERS, BODY,
	  "RFC 3398 8.2.6: Reason; Q.1912.5: REL"),
};

static const struct map_choice choices[] = {
	{ HEADERS, "headers", "what the headers say" },
	{ BODY, "body", "what the ISUP message in the body says" },
	{ 0 }
};

const struct map_table map_table_precedence = {
	.name = "precedence",
	.title = "which counts where headers and ISUP body differ (RFC 3398 8.2.1, Q.1912.5)",
	.key_title = "field", .value_title = "counts",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
};

bool map_body_wins(const struct map_profile *p, enum map_field field)
{
	return map_rule(p, MAP_T_PRECEDENCE, field) == BODY;
}

static void called(struct cc_setup *s, const struct cc_setup *body, const struct map_profile *p)
{
	bool same = map_same_globally(&s->called, &body->called, p) &&
		    s->called.npi == body->called.npi;

	if (!body->called.digits[0])
		return;
	if (map_body_wins(p, MAP_F_CALLED) || (same && map_body_wins(p, MAP_F_CALLED_DETAIL)))
		s->called = body->called;
}

/* A number that one of the two wants hidden is not shown. */
static void hide(struct isup_number *n, const struct isup_number *other)
{
	if (n->apri == APRI_ALLOWED && other->apri == APRI_RESTRICTED)
		n->apri = APRI_RESTRICTED;
}

static void calling(struct cc_setup *s, const struct cc_setup *body, const struct map_profile *p)
{
	struct isup_number header = s->calling;
	bool same = s->has_calling && map_same_globally(&s->calling, &body->calling, p);

	if (!body->has_calling)
		return;
	if (map_body_wins(p, MAP_F_CALLING) ||
	    (same && map_body_wins(p, MAP_F_CALLING_DETAIL))) {
		s->calling = body->calling;
		if (s->has_calling)
			hide(&s->calling, &header);
		s->has_calling = true;
	} else if (same) {
		s->calling.si = SI_NETWORK;
		s->calling.inn = 0;
	}
	if (same)
		hide(&s->calling, &body->calling);
}

static void additional(struct cc_setup *s, const struct cc_setup *body)
{
	bool hidden = s->has_additional && s->additional.apri == APRI_RESTRICTED;

	if (!body->has_additional)
		return;
	s->additional = body->additional;
	s->has_additional = true;
	if (hidden && s->additional.apri == APRI_ALLOWED)
		s->additional.apri = APRI_RESTRICTED;
}

/* What the headers want hidden is not shown by the body. */
static uint8_t closer(uint8_t header, uint8_t body, const struct map_profile *p)
{
	return strcmp(map_redirect_word(p, header), map_redirect_word(p, body)) ? header : body;
}

/* Reasons that share a word in SIP are as the body has them. */
static void diversion_detail(struct cc_setup *s, const struct cc_setup *body,
			     const struct map_profile *p)
{
	struct isup_redirection *r = &s->redirection;

	if (!s->has_redirection || !body->has_redirection || r->count != body->redirection.count)
		return;
	r->reason = closer(r->reason, body->redirection.reason, p);
	r->original_reason = closer(r->original_reason, body->redirection.original_reason, p);
}

static void diversion(struct cc_setup *s, const struct cc_setup *body)
{
	const struct isup_number original = s->original_called, redirecting = s->redirecting;
	bool hidden = map_redirection_private(s);

	if (!body->has_redirecting && !body->has_original_called && !body->has_redirection)
		return;
	s->has_original_called = body->has_original_called;
	s->original_called = body->original_called;
	s->has_redirecting = body->has_redirecting;
	s->redirecting = body->redirecting;
	s->has_redirection = body->has_redirection;
	s->redirection = body->redirection;
	s->party.history[0] = '\0';
	hide(&s->original_called, &original);
	hide(&s->redirecting, &redirecting);
	if (hidden)
		map_hide_redirection(s);
}

void map_precedence(struct cc_setup *s, const struct cc_setup *body, const struct map_profile *p)
{
	called(s, body, p);
	calling(s, body, p);
	if (map_body_wins(p, MAP_F_ADDITIONAL) ||
	    (s->has_additional && map_same_globally(&s->additional, &body->additional, p) &&
	     map_body_wins(p, MAP_F_CALLING_DETAIL)))
		additional(s, body);
	if (map_body_wins(p, MAP_F_DIVERSION))
		diversion(s, body);
	else
		diversion_detail(s, body, p);
	if (body->has_category && map_body_wins(p, MAP_F_CATEGORY))
		s->category = body->category;
	if (body->has_tmr && map_body_wins(p, MAP_F_MEDIUM))
		s->tmr = body->tmr;
	if (map_body_wins(p, MAP_F_PORTED))
		s->fci.ported_translated = body->fci.ported_translated;
}
