/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain': what each way in which the called side can fail becomes toward the caller. */
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/explain_parts.h"

enum { NO_STATUS = 1000, LOCATION_NETWORK = 2, CAUSE_LIMIT = 128,
       CAUSE_WITHOUT_ROW = 126 };

/* What is gathered: lines of text; and without what depends on the routes that are left. */
struct listing {
	struct explain_call *x;
	const struct trunk *out;
	char *text, *plain;
	bool last;
};

static void toward_caller(char *buf, size_t size, const struct listing *l,
			  const struct cc_release *r, const struct isup_msg *rel)
{
	const struct trunk *in = l->x->in;
	struct isup_cause c = {};
	struct isup_msg m;
	struct sip_out *out;
	int status;

	if (in->cfg->type == CONFIG_TRUNK_ISUP) {
		if (map_release_to_rel(&m, r, rel, &in->profile) == 0)
			isup_get(&m, ISUP_P_CAUSE, &c);
		snprintf(buf, size, "REL %u %s", c.value, isup_cause_name(c.value));
		return;
	}
	out = talloc(l->x, struct sip_out);
	status = out ? map_release_to_response(out, r, NULL, false, &in->profile) : 0;
	snprintf(buf, size, "%d %s", status, sip_status_name(status));
	talloc_free(out);
}

static void add(struct listing *l, const char *what, const struct cc_release *r,
		const struct isup_msg *rel)
{
	char told[80];

	toward_caller(told, sizeof(told), l, r, rel);
	l->plain = talloc_asprintf_append(l->plain, "%s %s\n", what, told);
	l->text = talloc_asprintf_append(l->text, "%-56s %s%s\n", what, told,
					 r->retry && !l->last ? ", when no other route is left" :
								"");
}

/* --- the called side is ISUP --- */

static void cause(struct listing *l, uint8_t value, uint8_t location)
{
	const struct isup_dialect *d = l->out->profile.dialect;
	struct cc_release r;
	struct isup_msg rel;
	char what[80];

	isup_init_cause(&rel, d, ISUP_MT_REL, 0, value, location);
	map_rel_to_release(&r, &rel, &l->out->profile);
	if (value == CAUSE_WITHOUT_ROW)
		snprintf(what, sizeof(what), "REL of any other cause");
	else
		snprintf(what, sizeof(what), "REL %u %s%s", value, isup_cause_name(value),
			 location ? "" : " (location user)");
	add(l, what, &r, &rel);
}

/* All that have a row toward the caller, and those that do not in one line. */
static void causes(struct listing *l)
{
	struct map_line line;
	uint16_t before = 0;

	for (unsigned int i = 0; map_line(&line, MAP_T_CAUSE, i, &l->x->in->profile); i++) {
		if (line.key && line.key < CAUSE_LIMIT && line.key != before)
			cause(l, line.key, LOCATION_NETWORK);
		if (line.key == 21)
			cause(l, line.key, 0);
		before = line.key;
	}
	if (l->x->in->cfg->type == CONFIG_TRUNK_SIP)
		cause(l, CAUSE_WITHOUT_ROW, LOCATION_NETWORK);
}

/* --- it is SIP --- */

static void status(struct listing *l, int value, const char *words, const struct sip_msg *msg)
{
	struct isup_msg isup;
	struct cc_release r;
	char what[80];
	bool has_isup;

	map_failure_to_release(&r, &isup, &has_isup, value, msg, &l->out->profile);
	if (msg)
		snprintf(what, sizeof(what), "%d %s%s", value, words,
			 msg->warning ? ", with a Warning of the bearer" : "");
	else
		snprintf(what, sizeof(what), "%s", words);
	add(l, what, &r, NULL);
}

static void statuses(struct listing *l)
{
	struct sip_msg msg = { .method = SIP_INVITE, .max_forwards = -1, .retry_after = -1 };
	struct map_line line;

	for (unsigned int i = 0; map_line(&line, MAP_T_STATUS, i, &l->out->profile); i++) {
		if (line.key < 300 || line.key >= NO_STATUS)
			continue;
		msg.status = line.key;
		msg.warning = NULL;
		status(l, line.key, line.key_words, &msg);
		msg.warning = "304 peer \"\"";
		if (line.key == 488 || line.key == 606)
			status(l, line.key, line.key_words, &msg);
	}
	status(l, 408, "no response at all", NULL);
	status(l, 503, "the peer cannot be reached", NULL);
}

void explain_failures(struct explain_call *x, const struct trunk *out, unsigned int number,
		      bool last)
{
	struct listing l = {
		.x = x, .out = out, .last = last,
		.text = talloc_strdup(x, ""), .plain = talloc_strdup(x, ""),
	};

	if (out->cfg->type == CONFIG_TRUNK_ISUP)
		causes(&l);
	else
		statuses(&l);
	explain_line(x, 0, "failure of route %u, and what %s is told", number, x->in->name);
	if (x->failures && l.plain && !strcmp(x->failures, l.plain)) {
		explain_line(x, 1, "as of route %u%s", x->failures_of,
			     last ? ", but no other route is left" : "");
		return;
	}
	explain_text(x, 1, l.text ? l.text : "no memory");
	x->failures = l.plain;
	x->failures_of = number;
}
