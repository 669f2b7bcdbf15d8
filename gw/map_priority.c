/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: precedence - Resource-Priority (RFC 4412), MLPP precedence (Q.763 3.34, Q.735.3) and IEPS
 * (category 14); and the caller's place (RFC 6442), which goes from SIP to SIP alone: a location
 * number cannot be had from it, nor it from one. Nothing is preempted here, it is carried. */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"
#include "isup/dialect.h"

enum { LEVELS = 5, CATEGORY_IEPS = 14, LOOK_AHEAD_NOT_ALLOWED = 2 };
enum { ROW_MLPP, ROW_IEPS, ROW_ETS, ROW_WPS };
enum { SAID_NONE, SAID_Q735, SAID_DSN, SAID_ETS, SAID_WPS, SAID_IEPS };

/* Levels of MLPP by their names in RFC 4412 11.2 and 11.4; 0 is the highest. */
static const char *const dsn[LEVELS] = {
	"flash-override", "flash", "immediate", "priority", "routine",
};

static const struct map_choice choices[] = {
	{ SAID_NONE, "none", "nothing" },
	{ SAID_Q735, "q735", "q735.0 to q735.4" },
	{ SAID_DSN, "dsn", "dsn.flash-override to dsn.routine" },
	{ SAID_ETS, "ets", "ets.0" },
	{ SAID_WPS, "wps", "wps.0" },
	{ SAID_IEPS, "ieps", "category 14" },
	{ 0 }
};

#define C(said) (1u << SAID_ ## said)
#define P(key, token, what, said, allowed, clause) \
	{ key, token, what, { SAID_ ## said, SAID_ ## said, SAID_ ## said, SAID_ ## said }, \
	  clause, NULL, NULL, allowed }

static const struct map_row rows[] = {
	P(ROW_MLPP, "mlpp", "MLPP precedence in Resource-Priority", Q735,
	  C(NONE) | C(Q735) | C(DSN), "RFC 4412 11.5: by Q.735.3"),
	P(ROW_IEPS, "ieps", "category 14 in Resource-Priority", ETS,
	  C(NONE) | C(ETS) | C(WPS), "RFC 4412 11.6, Q.1912.5 recalled"),
	P(ROW_ETS, "ets", "ets.* in an IAM", IEPS, C(NONE) | C(IEPS), "RFC 4412 11.6, recalled"),
	P(ROW_WPS, "wps", "wps.* in an IAM", IEPS, C(NONE) | C(IEPS), "RFC 4412 11.7, recalled"),
};

const struct map_table map_table_priority = {
	.name = "priority",
	.title = "precedence of a call, where the table header lets it through (RFC 4412)",
	.key_title = "precedence", .value_title = "what is said",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
};

/* --- from SIP --- */

static bool level_of(uint8_t *level, struct span name, struct span value)
{
	uint64_t n;
	size_t i;

	if (span_is(name, "q735") && span_number(&n, value, LEVELS - 1)) {
		*level = n;
		return true;
	}
	for (i = 0; span_is(name, "dsn") && i < LEVELS; i++)
		if (span_is(value, dsn[i])) {
			*level = i;
			return true;
		}
	return false;
}

/* Tokens and commas only, for it goes on as it is. */
static bool is_plain(struct span s)
{
	for (; s.len; s = span_skip(s, 1))
		if (s.p[0] <= ' ' ? s.p[0] != ' ' : s.p[0] == 0x7f || strchr("<>\"\\;:@", s.p[0]))
			return false;
	return true;
}

static void take_priority(struct cc_setup *s, struct span rest, const struct map_profile *p)
{
	struct span item, name;
	bool ieps = false;

	if (!rest.len || !is_plain(rest))
		return;
	span_copy(s->party.resource_priority, sizeof(s->party.resource_priority), rest);
	while (span_element(&item, &rest, ',')) {
		item = span_trim(item);
		name = span_until(&item, '.');
		if (!s->party.has_mlpp)
			s->party.has_mlpp = level_of(&s->party.mlpp.level, name, item);
		if (span_is(name, "ets"))
			ieps = ieps || map_rule(p, MAP_T_PRIORITY, ROW_ETS) == SAID_IEPS;
		if (span_is(name, "wps"))
			ieps = ieps || map_rule(p, MAP_T_PRIORITY, ROW_WPS) == SAID_IEPS;
	}
	if (ieps) {
		s->category = CATEGORY_IEPS;
		s->has_category = true;
	}
}

static bool is_text(struct span s)
{
	for (; s.len; s = span_skip(s, 1))
		if ((unsigned char)s.p[0] < ' ' || s.p[0] == 0x7f)
			return false;
	return true;
}

/* References into the message's own body do not go on: the body does not. */
static void take_location(struct cc_setup *s, struct span rest)
{
	struct out o = out_to(s->party.geolocation, sizeof(s->party.geolocation));
	struct span item;

	while (span_element(&item, &rest, ',')) {
		item = span_trim(item);
		if (!span_starts(item, "<") || span_starts(item, "<cid:") || !is_text(item))
			continue;
		out_str(&o, o.len ? ", " : "");
		out_span(&o, item);
	}
	out_end(&o);
}

void map_priority_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			   const struct map_profile *p)
{
	if (map_header_taken(p, MAP_H_PRIORITY))
		take_priority(s, span_of(inv->resource_priority), p);
	if (map_header_taken(p, MAP_H_LOCATION))
		take_location(s, span_of(inv->geolocation));
}

/* --- to SIP --- */

static void out_level(struct out *o, uint8_t level, const struct map_profile *p)
{
	uint16_t said = map_rule(p, MAP_T_PRIORITY, ROW_MLPP);

	if (level >= LEVELS)
		return;
	if (said == SAID_Q735)
		out_fmt(o, "q735.%u", level);
	else if (said == SAID_DSN)
		out_fmt(o, "dsn.%s", dsn[level]);
}

static int put_priority(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	char value[sizeof(s->party.resource_priority) + 32];
	struct out o = out_to(value, sizeof(value));
	uint16_t ieps = map_rule(p, MAP_T_PRIORITY, ROW_IEPS);

	out_str(&o, s->party.resource_priority);
	if (!o.len && s->party.has_mlpp)
		out_level(&o, s->party.mlpp.level, p);
	if (!s->party.resource_priority[0] && s->has_category && s->category == CATEGORY_IEPS &&
	    ieps != SAID_NONE) {
		out_str(&o, o.len ? ", " : "");
		out_str(&o, ieps == SAID_ETS ? "ets.0" : "wps.0");
	}
	return out_end(&o) > 0 ? map_put_header(out, "Resource-Priority", value) : 0;
}

int map_priority_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	bool hidden = s->party.privacy & CC_PRIVACY_HIDES;
	int rc = map_header_sent(p, MAP_H_PRIORITY) ? put_priority(out, s, p) : 0;

	if (rc < 0 || !s->party.geolocation[0] || !map_header_sent(p, MAP_H_LOCATION) ||
	    (hidden && !p->send_pai))
		return rc;
	return map_put_header(out, "Geolocation", s->party.geolocation);
}

/* --- IAM --- */

void map_priority_from_iam(struct cc_setup *s, const struct isup_msg *iam)
{
	s->party.has_mlpp = isup_get(iam, ISUP_P_MLPP, &s->party.mlpp);
}

/* A precedence that SIP gave; what an IAM says itself stays as it is. */
int map_priority_to_iam(struct isup_msg *iam, const struct cc_setup *s, const struct map_profile *p)
{
	struct isup_mlpp mlpp = { .level = s->party.mlpp.level,
				  .look_ahead = LOOK_AHEAD_NOT_ALLOWED,
				  .domain = p->mlpp_domain }, have;

	if (!s->party.has_mlpp || !s->party.resource_priority[0] ||
	    !isup_par_row(iam->dialect, ISUP_P_MLPP))
		return 0;
	if (isup_get(iam, ISUP_P_MLPP, &have) && have.level == mlpp.level)
		return 0;
	return isup_set(iam, ISUP_P_MLPP, &mlpp);
}
