/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of a call, and its one line in the record file. */
#include <stdio.h>
#include <time.h>

#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/call_priv.h"
#include "gw/log.h"

enum { MAX_LEG_TEXT = 160 };

static double mono(void)
{
	struct timespec ts;

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

void call_record_time(struct timespec *ts)
{
	if (!ts->tv_sec)
		clock_gettime(CLOCK_REALTIME, ts);
}

static void number(char *buf, size_t size, const struct isup_number *n, const char *user,
		   const struct map_profile *p)
{
	if (!n->digits[0])
		osmo_strlcpy(buf, user, size);
	else if (map_print_number(buf, size, n, p) < 0)
		osmo_strlcpy(buf, n->digits, size);
}

void call_leg_text(char *buf, size_t size, const struct leg *leg)
{
	struct cdr_leg d = {};

	if (leg)
		leg->ops->describe(leg, &d);
	if (!leg)
		snprintf(buf, size, "-");
	else if (leg->trunk->cfg->type == CONFIG_TRUNK_ISUP)
		snprintf(buf, size, "%s/%u", d.circuits ? d.circuits : d.trunk_group, d.cic);
	else
		snprintf(buf, size, "%s %s %s", d.trunk_group, d.peer ? d.peer : "-",
			 d.call_id ? d.call_id : "-");
}

void call_record_sent_on(struct call *c)
{
	number(c->record.sent_on, sizeof(c->record.sent_on), &c->setup->called,
	       c->setup->called_user, &c->in->trunk->profile);
}

/* The called number, as far as it is known. */
void call_record_called(struct call *c)
{
	number(c->record.called, sizeof(c->record.called), &c->setup->called,
	       c->setup->called_user, &c->in->trunk->profile);
}

void call_record_setup(struct call *c)
{
	static const char *const apri[] = { "allowed", "restricted", "unavailable", "restricted" };
	const struct cc_setup *s = c->setup;
	const struct map_profile *p = &c->in->trunk->profile;
	char from[MAX_LEG_TEXT];

	call_record_time(&c->record.setup);
	c->record.setup_mono = mono();
	call_record_called(c);
	number(c->record.calling, sizeof(c->record.calling), &s->calling, s->calling_user, p);
	c->record.presentation = s->has_calling ? apri[s->calling.apri & 3] :
				 s->party.privacy & CC_PRIVACY_HIDES ? "restricted" : "unavailable";
	call_leg_text(from, sizeof(from), c->in);
	LOGPFSML(c->fi, LOGL_INFO, "from %s: %s calls %s\n", from,
		 c->record.calling[0] ? c->record.calling : "-", c->record.called);
}

void call_record_answer(struct call *c)
{
	call_record_time(&c->record.answer);
	c->record.answered_mono = mono();
	c->in->trunk->stats.answered_in++;
	c->out->trunk->stats.answered_out++;
}

void call_record_release(struct call *c, const struct cc_release *r)
{
	call_record_time(&c->record.release);
	c->record.cause = r->cause.value;
	c->record.location = r->cause.location;
	c->record.sip_status = r->sip_status;
	if (!r->sip_status && !c->record.answer.tv_sec && c->in &&
	    c->in->trunk->cfg->type == CONFIG_TRUNK_SIP)
		c->record.sip_status = map_cause_to_status(r->cause.value, r->cause.location,
							   &c->in->trunk->profile);
}

static void describe(struct cdr_leg *d, const struct call *c, const struct leg *leg)
{
	d->called = c->record.called;
	d->calling = c->record.calling;
	d->calling_presentation = c->record.presentation;
	if (leg)
		leg->ops->describe(leg, d);
}

void call_record_write(struct call *c, const struct leg *in, const struct leg *out)
{
	const struct call_record *m = &c->record;
	char to[MAX_LEG_TEXT];
	struct cdr r = {
		.id = m->id, .attempts = m->attempts,
		.setup = m->setup, .alert = m->alert, .answer = m->answer, .release = m->release,
		.duration_s = m->answer.tv_sec ? mono() - m->answered_mono : 0,
		.released_by = m->released_by, .cause = m->cause, .location = m->location,
		.sip_status = m->sip_status, .reason = m->reason,
	};

	describe(&r.in, c, in);
	if (!out && m->tried)
		r.out = *m->tried;
	describe(&r.out, c, out);
	if (m->sent_on[0])
		r.out.called = m->sent_on;
	call_leg_text(to, sizeof(to), out);
	LOGPFSML(c->fi, LOGL_INFO, "to %s: released, cause %u %s, %.1f s\n", to, m->cause,
		 isup_cause_name(m->cause), r.duration_s);
	if (c->gw->cdr)
		cdr_write(c->gw->cdr, &r);
}

void call_record_tried(struct call *c, const struct leg *leg)
{
	struct cdr_leg d = {};

	leg->ops->describe(leg, &d);
	talloc_free(c->record.tried);
	c->record.tried = talloc_memdup(c, &d, sizeof(d));
	if (!c->record.tried)
		return;
	/* the leg's own; everything else lives as long as the trunk group */
	c->record.tried->call_id = talloc_strdup(c->record.tried, d.call_id);
	c->record.tried->peer = talloc_strdup(c->record.tried, d.peer);
}

void call_attempt(struct call *c)
{
	c->record.attempts++;
}

void call_reason(struct call *c, const char *why, bool by_us)
{
	c->record.reason = why;
	if (by_us)
		c->record.released_by = CDR_SIDE_GATEWAY;
}

unsigned int call_seconds(const struct call *c)
{
	return mono() - c->record.setup_mono;
}

void call_numbers(const struct call *c, const char **calling, const char **called)
{
	*calling = c->record.calling;
	*called = c->record.called;
}
