/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: why a call was diverted, in the words of ISUP (Q.763 3.45), of the cause URI parameter
 * (RFC 4458) and of Diversion (RFC 5806); and who did it, as far as a peer may know. */
#include <string.h>

#include "gw/map_services.h"

enum { CAUSE_OTHER = 404 };

enum word { W_UNKNOWN, W_USER_BUSY, W_NO_ANSWER, W_UNAVAILABLE, W_UNCONDITIONAL, W_TIME_OF_DAY,
	    W_DO_NOT_DISTURB, W_DEFLECTION, W_FOLLOW_ME, W_OUT_OF_SERVICE, W_AWAY };

#define ALL(v) { v, v, v, v }

static const struct map_row to_cause[] = {
	{ REDIRECT_UNKNOWN, "unknown", "unknown or not available", ALL(404), "RFC 7544, RFC 4458" },
	{ REDIRECT_BUSY, "busy", "user busy", ALL(486), "RFC 7544, RFC 4458" },
	{ REDIRECT_NO_REPLY, "no-reply", "no reply", ALL(408), "RFC 7544, RFC 4458" },
	{ REDIRECT_ALWAYS, "unconditional", "unconditional", ALL(302), "RFC 7544, RFC 4458" },
	{ REDIRECT_DEFLECT_ALERTING, "deflection-alerting", "deflection during alerting",
	  ALL(487), "RFC 7544, RFC 4458" },
	{ REDIRECT_DEFLECT, "deflection", "deflection immediate response", ALL(480),
	  "RFC 7544, RFC 4458" },
	{ REDIRECT_NOT_REACHABLE, "not-reachable", "mobile subscriber not reachable", ALL(503),
	  "RFC 7544, RFC 4458" },
};

static const struct map_row from_cause[] = {
	{ 302, NULL, "unconditional", ALL(REDIRECT_ALWAYS), "RFC 4458 2, RFC 7544" },
	{ 404, NULL, "unknown or not available", ALL(REDIRECT_UNKNOWN), "RFC 4458 2, RFC 7544" },
	{ 408, NULL, "no reply", ALL(REDIRECT_NO_REPLY), "RFC 4458 2, RFC 7544" },
	{ 480, NULL, "deflection immediate response", ALL(REDIRECT_DEFLECT),
	  "RFC 4458 2, RFC 7544" },
	{ 486, NULL, "user busy", ALL(REDIRECT_BUSY), "RFC 4458 2, RFC 7544" },
	{ 487, NULL, "deflection during alerting", ALL(REDIRECT_DEFLECT_ALERTING),
	  "RFC 4458 2, RFC 7544" },
	{ 503, NULL, "mobile subscriber not reachable", ALL(REDIRECT_NOT_REACHABLE),
	  "RFC 4458 2, RFC 7544" },
};

static const struct map_row to_word[] = {
	{ REDIRECT_UNKNOWN, "unknown", "unknown or not available", ALL(W_UNKNOWN), "RFC 7544" },
	{ REDIRECT_BUSY, "busy", "user busy", ALL(W_USER_BUSY), "RFC 7544" },
	{ REDIRECT_NO_REPLY, "no-reply", "no reply", ALL(W_NO_ANSWER), "RFC 7544" },
	{ REDIRECT_ALWAYS, "unconditional", "unconditional", ALL(W_UNCONDITIONAL), "RFC 7544" },
	{ REDIRECT_DEFLECT_ALERTING, "deflection-alerting", "deflection during alerting",
	  ALL(W_DEFLECTION), "RFC 7544" },
	{ REDIRECT_DEFLECT, "deflection", "deflection immediate response", ALL(W_DEFLECTION),
	  "RFC 7544" },
	{ REDIRECT_NOT_REACHABLE, "not-reachable", "mobile subscriber not reachable",
	  ALL(W_UNAVAILABLE), "RFC 7544" },
};

static const struct map_row from_word[] = {
	{ W_UNKNOWN, "unknown", "not known", ALL(REDIRECT_UNKNOWN), "RFC 7544" },
	{ W_USER_BUSY, "user-busy", "the user was busy", ALL(REDIRECT_BUSY), "RFC 7544" },
	{ W_NO_ANSWER, "no-answer", "the user did not answer", ALL(REDIRECT_NO_REPLY),
	  "RFC 7544" },
	{ W_UNAVAILABLE, "unavailable", "the user was not there", ALL(REDIRECT_NOT_REACHABLE),
	  "RFC 7544" },
	{ W_UNCONDITIONAL, "unconditional", "always", ALL(REDIRECT_ALWAYS), "RFC 7544" },
	{ W_TIME_OF_DAY, "time-of-day", "at this time", ALL(REDIRECT_UNKNOWN),
	  "RFC 7544: the rest is unknown" },
	{ W_DO_NOT_DISTURB, "do-not-disturb", "the user wants peace", ALL(REDIRECT_UNKNOWN),
	  "RFC 7544: the rest is unknown" },
	{ W_DEFLECTION, "deflection", "the user sent the call on", ALL(REDIRECT_DEFLECT),
	  "RFC 7544" },
	{ W_FOLLOW_ME, "follow-me", "the user is elsewhere", ALL(REDIRECT_UNKNOWN),
	  "RFC 7544: the rest is unknown" },
	{ W_OUT_OF_SERVICE, "out-of-service", "the user's equipment is out of service",
	  ALL(REDIRECT_UNKNOWN), "RFC 7544: the rest is unknown" },
	{ W_AWAY, "away", "the user is away", ALL(REDIRECT_UNKNOWN),
	  "RFC 7544: the rest is unknown" },
};

/* Q.732.2 has events of its own for these three; the rest is told by progress. */
static const struct map_row to_event[] = {
	{ REDIRECT_UNKNOWN, "unknown", "unknown or not available", ALL(EVENT_FWD_ALWAYS),
	  "RFC 3398 8.2.3: 181" },
	{ REDIRECT_BUSY, "busy", "user busy", ALL(EVENT_FWD_BUSY), "Q.763 3.21" },
	{ REDIRECT_NO_REPLY, "no-reply", "no reply", ALL(EVENT_FWD_NO_REPLY), "Q.763 3.21" },
	{ REDIRECT_ALWAYS, "unconditional", "unconditional", ALL(EVENT_FWD_ALWAYS),
	  "Q.763 3.21" },
	{ REDIRECT_DEFLECT_ALERTING, "deflection-alerting", "deflection during alerting",
	  ALL(EVENT_FWD_ALWAYS), "RFC 3398 8.2.3: 181" },
	{ REDIRECT_DEFLECT, "deflection", "deflection immediate response", ALL(EVENT_FWD_ALWAYS),
	  "RFC 3398 8.2.3: 181" },
	{ REDIRECT_NOT_REACHABLE, "not-reachable", "mobile subscriber not reachable",
	  ALL(EVENT_FWD_ALWAYS), "RFC 3398 8.2.3: 181" },
};

const struct map_choice map_redirect_reasons[] = {
	{ REDIRECT_UNKNOWN, "unknown", "unknown or not available" },
	{ REDIRECT_BUSY, "busy", "user busy" },
	{ REDIRECT_NO_REPLY, "no-reply", "no reply" },
	{ REDIRECT_ALWAYS, "unconditional", "unconditional" },
	{ REDIRECT_DEFLECT_ALERTING, "deflection-alerting", "deflection during alerting" },
	{ REDIRECT_DEFLECT, "deflection", "deflection immediate response" },
	{ REDIRECT_NOT_REACHABLE, "not-reachable", "mobile subscriber not reachable" },
	{ 0 }
};

static const struct map_choice words[] = {
	{ W_UNKNOWN, "unknown", "not known" },
	{ W_USER_BUSY, "user-busy", "the user was busy" },
	{ W_NO_ANSWER, "no-answer", "the user did not answer" },
	{ W_UNAVAILABLE, "unavailable", "the user was not there" },
	{ W_UNCONDITIONAL, "unconditional", "always" },
	{ W_TIME_OF_DAY, "time-of-day", "at this time" },
	{ W_DO_NOT_DISTURB, "do-not-disturb", "the user wants peace" },
	{ W_DEFLECTION, "deflection", "the user sent the call on" },
	{ W_FOLLOW_ME, "follow-me", "the user is elsewhere" },
	{ W_OUT_OF_SERVICE, "out-of-service", "the user's equipment is out of service" },
	{ W_AWAY, "away", "the user is away" },
	{ 0 }
};

static const struct map_choice events[] = {
	{ EVENT_PROGRESS, "progress", "event progress" },
	{ EVENT_FWD_BUSY, "busy", "event call forwarded on busy" },
	{ EVENT_FWD_NO_REPLY, "no-reply", "event call forwarded on no reply" },
	{ EVENT_FWD_ALWAYS, "unconditional", "event call forwarded unconditionally" },
	{ 0 }
};

const struct map_table map_table_redirect_cause = {
	.name = "redirect-cause",
	.title = "redirecting reason -> cause parameter in History-Info (RFC 7544, RFC 4458)",
	.key_title = "reason", .value_title = "cause",
	.rows = to_cause, .n_rows = ARRAY_SIZE(to_cause), .min = 300, .max = 699,
};

const struct map_table map_table_cause_redirect = {
	.name = "cause-redirect",
	.title = "cause parameter in History-Info -> redirecting reason (RFC 7544, RFC 4458)",
	.key_title = "cause", .value_title = "reason",
	.rows = from_cause, .n_rows = ARRAY_SIZE(from_cause), .choices = map_redirect_reasons,
	.key_min = 300, .key_max = 699, .otherwise = ALL(REDIRECT_UNKNOWN),
	.otherwise_clause = "RFC 7544: the rest is unknown",
};

const struct map_table map_table_redirect_word = {
	.name = "redirect-diversion",
	.title = "redirecting reason -> reason in Diversion (RFC 7544, RFC 5806)",
	.key_title = "reason", .value_title = "word",
	.rows = to_word, .n_rows = ARRAY_SIZE(to_word), .choices = words,
};

const struct map_table map_table_word_redirect = {
	.name = "diversion-redirect",
	.title = "reason in Diversion -> redirecting reason (RFC 7544, RFC 5806)",
	.key_title = "word", .value_title = "reason",
	.rows = from_word, .n_rows = ARRAY_SIZE(from_word), .choices = map_redirect_reasons,
};

const struct map_table map_table_redirect_event = {
	.name = "redirect-event",
	.title = "why a response says that the call is forwarded -> event in CPG "
		 "(RFC 3398 8.2.3, Q.763 3.21)",
	.key_title = "reason", .value_title = "event",
	.rows = to_event, .n_rows = ARRAY_SIZE(to_event), .choices = events,
};

/* A reason that has no name is unknown. */
static uint8_t known(uint8_t reason)
{
	return reason <= REDIRECT_NOT_REACHABLE ? reason : REDIRECT_UNKNOWN;
}

uint16_t map_redirect_cause(const struct map_profile *p, uint8_t reason)
{
	return map_rule(p, MAP_T_REDIRECT_CAUSE, known(reason));
}

uint8_t map_cause_redirect(const struct map_profile *p, uint16_t cause)
{
	return map_rule(p, MAP_T_CAUSE_REDIRECT, cause);
}

const char *map_redirect_word(const struct map_profile *p, uint8_t reason)
{
	return words[map_rule(p, MAP_T_REDIRECT_WORD, known(reason))].token;
}

uint8_t map_word_redirect(const struct map_profile *p, struct span word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(from_word); i++)
		if (span_is(word, from_word[i].token))
			return map_rule(p, MAP_T_WORD_REDIRECT, from_word[i].key);
	return REDIRECT_UNKNOWN;
}

bool map_indicator_private(uint8_t indicator)
{
	return indicator == REDIRECT_REROUTED_PRIVATE || indicator == REDIRECT_DIVERTED_PRIVATE;
}

bool map_redirection_private(const struct cc_setup *s)
{
	return s->has_redirection && map_indicator_private(s->redirection.indicator);
}

void map_hide_redirection(struct cc_setup *s)
{
	uint8_t was = s->redirection.indicator;
	bool rerouted = was == REDIRECT_REROUTED || was == REDIRECT_REROUTED_PRIVATE ||
			was == REDIRECT_REROUTED_TARGET_PRIVATE;

	s->redirection.indicator = rerouted ? REDIRECT_REROUTED_PRIVATE : REDIRECT_DIVERTED_PRIVATE;
	if (s->original_called.apri == APRI_ALLOWED)
		s->original_called.apri = APRI_RESTRICTED;
	if (s->redirecting.apri == APRI_ALLOWED)
		s->redirecting.apri = APRI_RESTRICTED;
}

unsigned int map_diversion_count(const struct cc_setup *s)
{
	unsigned int count = s->redirection.has_octet2 ? s->redirection.count : 1;

	return !s->has_redirection ? 0 : count > 1 ? count : 1;
}

struct map_diverter map_diverter_of(const struct cc_setup *s, bool last)
{
	unsigned int count = map_diversion_count(s);
	struct map_diverter d = { .count = 1 };

	/* diverted once: both numbers are the same */
	if (last && (s->has_redirecting || count > 1)) {
		d.has_number = s->has_redirecting;
		d.number = s->redirecting;
	} else {
		d.has_number = s->has_original_called;
		d.number = s->original_called;
	}
	if (last && count > 2)
		d.count = count - 1;
	d.reason = last && s->redirection.has_octet2 ? s->redirection.reason
						      : s->redirection.original_reason;
	if (d.has_number && d.number.apri == APRI_ALLOWED && map_redirection_private(s))
		d.number.apri = APRI_RESTRICTED;
	return d;
}

/* RFC 7544 has the names for what is not known, RFC 7044 10.1 for what must not be. */
bool map_out_diverter(struct out *o, const struct map_diverter *d, const struct cc_setup *s,
		      const struct map_profile *p)
{
	bool hidden = (d->has_number && d->number.apri != APRI_ALLOWED) ||
		      map_redirection_private(s);
	struct out mark;

	out_char(o, '<');
	mark = *o;
	if (d->has_number && (!hidden || (d->number.apri == APRI_RESTRICTED && p->send_pai)) &&
	    map_out_number(o, &d->number, map_plan_of_setup(s, p), p->local_host))
		return hidden;
	*o = mark;
	out_str(o, hidden ? "sip:anonymous@anonymous.invalid" : "sip:unknown@unknown.invalid");
	return false;
}
