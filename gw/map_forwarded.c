/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: backward, that the call was sent on to somebody else: redirection number, call diversion
 * information and notifications of ISUP (Q.732.2), History-Info in responses (RFC 7044). */
#include <errno.h>
#include <string.h>

#include "gw/map_services.h"

enum { NOTIFY_DIVERTING = 0xfb, MAX_HISTORY = 1200, INN_NOT_ALLOWED = 1 };
/* Notification subscription option (Q.763 3.6) */
enum { TELL_UNKNOWN, TELL_NOT, TELL_NUMBER, TELL_NO_NUMBER };

static uint8_t event_reason(uint8_t event)
{
	switch (event) {
	case EVENT_FWD_BUSY:
		return REDIRECT_BUSY;
	case EVENT_FWD_NO_REPLY:
		return REDIRECT_NO_REPLY;
	case EVENT_FWD_ALWAYS:
		return REDIRECT_ALWAYS;
	default:
		return REDIRECT_UNKNOWN;
	}
}

/* Q.732.2: who diverted says whether the caller may know, who was diverted to whether his number
 * may be shown. */
static bool is_hidden(const struct isup_msg *m, const struct map_profile *p)
{
	struct isup_diversion option;
	struct isup_octet restricted;

	if (isup_get(m, ISUP_P_DIVERSION_INFO, &option) && option.notification != TELL_NUMBER)
		return true;
	if (isup_get(m, ISUP_P_REDIRECTION_RESTRICTION, &restricted))
		return restricted.value != 0;
	return !map_service(p, MAP_S_REDIRECTION_EARLY);
}

void map_forwarded_from_isup(struct cc_redirection *r, const struct isup_msg *m,
			     const struct map_profile *p)
{
	struct isup_diversion option = { 0 };
	struct isup_event event = { 0 };
	bool has_option = isup_get(m, ISUP_P_DIVERSION_INFO, &option);

	*r = (struct cc_redirection){ 0 };
	isup_get(m, ISUP_P_EVENT, &event);
	r->has_number = isup_get(m, ISUP_P_REDIRECTION_NUMBER, &r->number) &&
			map_digits_ok(&r->number);
	map_strip_st(&r->number);
	r->has_number = r->has_number && r->number.digits[0];
	r->diverted = r->has_number || has_option || event_reason(event.event) ||
		      map_is_notified(m, MAP_N_DIVERTING, p);
	if (!r->diverted)
		return;
	r->reason = has_option ? option.reason : event_reason(event.event);
	r->silent = event.restricted || option.notification == TELL_NOT;
	r->hidden = r->silent || is_hidden(m, p);
}

/* --- to ISUP --- */

static struct isup_number number_here(const struct cc_prim *prim, const struct map_profile *p)
{
	const struct map_plan from = { prim->country_code, prim->area_code };
	struct isup_number n = prim->redirection.number;

	map_number_replan(&n, from, map_plan_of(p));
	n.inn = INN_NOT_ALLOWED;
	n.apri = n.si = n.qualifier = 0;	/* it has none of these (3.46) */
	return n;
}

static int set_number(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	const struct isup_number n = number_here(prim, p);

	return isup_set(m, ISUP_P_REDIRECTION_NUMBER, &n);
}

static int set_option(struct isup_msg *m, const struct cc_redirection *r)
{
	struct isup_diversion option = {
		.notification = r->silent ? TELL_NOT :
				r->hidden || !r->has_number ? TELL_NO_NUMBER : TELL_NUMBER,
		.reason = r->reason,
	};

	return isup_set(m, ISUP_P_DIVERSION_INFO, &option);
}

/* What the message that rode along says of itself stays: a header may name another number (or this
 * trunk writes it otherwise), and secrecy is added. */
static int amend(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	const struct isup_octet restricted = { .value = 1 };
	struct isup_number n = number_here(prim, p), have_n;
	struct isup_octet have = { 0 };
	int rc = 0;

	if (!isup_get(m, ISUP_P_REDIRECTION_NUMBER, &have_n))
		return 0;
	map_strip_st(&have_n);
	if (prim->redirection.has_number && !map_same_number(&n, &have_n))
		rc = isup_set(m, ISUP_P_REDIRECTION_NUMBER, &n);
	if (rc < 0 || !prim->redirection.hidden ||
	    (isup_get(m, ISUP_P_REDIRECTION_RESTRICTION, &have) && have.value))
		return rc;
	return isup_set(m, ISUP_P_REDIRECTION_RESTRICTION, &restricted);
}

/* "Forwarded" said because of a status alone: here is the reason, too. */
static int set_event(struct isup_msg *m, const struct cc_redirection *r,
		     const struct map_profile *p)
{
	struct isup_event event;

	if (!isup_get(m, ISUP_P_EVENT, &event) || !event_reason(event.event))
		return 0;
	event.event = map_rule(p, MAP_T_REDIRECT_EVENT, r->reason);
	return isup_set(m, ISUP_P_EVENT, &event);
}

int map_forwarded_to_isup(struct isup_msg *m, const struct cc_prim *prim,
			  const struct map_profile *p)
{
	const struct cc_redirection *r = &prim->redirection;
	const struct isup_octet restricted = { .value = r->hidden };
	bool final = m->type == ISUP_MT_ANM || m->type == ISUP_MT_CON;
	struct cc_redirection own = { 0 };
	int rc = 0;

	if (!r->diverted || !map_may_carry(m, ISUP_P_REDIRECTION_RESTRICTION))
		return 0;
	if (prim->isup)
		map_forwarded_from_isup(&own, prim->isup, p);
	if (own.diverted)
		return amend(m, prim, p);
	if (r->has_number && map_may_carry(m, ISUP_P_REDIRECTION_NUMBER))
		rc = set_number(m, prim, p);
	if (rc == 0)
		rc = set_event(m, r, p);
	if (rc == 0 && !final)
		rc = set_option(m, r);
	if (rc == 0 && !final)
		rc = map_notify(m, NOTIFY_DIVERTING);
	if (rc == 0 && isup_has(m, ISUP_P_REDIRECTION_NUMBER))
		rc = isup_set(m, ISUP_P_REDIRECTION_RESTRICTION, &restricted);
	return rc;
}

/* --- History-Info of responses --- */

int map_history_ask(struct sip_out *out, const struct map_profile *p)
{
	if (!map_header_taken(p, MAP_H_HISTORY_INFO) || !map_header_sent(p, MAP_H_HISTORY_INFO))
		return 0;
	return map_put_header(out, "Supported", "histinfo");
}

unsigned int map_diversions_told(const struct cc_setup *s, const struct map_profile *p)
{
	bool told = map_header_sent(p, MAP_H_HISTORY_INFO) || map_header_sent(p, MAP_H_DIVERSION);

	/* one that goes on as it came may have more than ISUP counts */
	if (told && s->party.history[0] && s->party.history_count > map_diversion_count(s))
		return s->party.history_count;
	return told ? map_diversion_count(s) : 0;
}

void map_history_from_response(struct cc_prim *prim, const struct sip_msg *rsp, unsigned int told,
			       const struct map_profile *p)
{
	struct cc_redirection *r = &prim->redirection;
	struct map_diversions d;

	if (!rsp->history_info || !map_header_taken(p, MAP_H_HISTORY_INFO))
		return;
	map_history_get(&d, rsp->history_info, map_plan_of(p), p);
	if (d.count <= told)
		return;
	*r = (struct cc_redirection){
		.diverted = true, .has_number = d.target.has_number, .number = d.target.number,
		.reason = d.last.reason, .silent = r->silent,
		.hidden = r->hidden || d.target.number.apri != APRI_ALLOWED ||
			  map_history_hidden(rsp->privacy),
	};
	r->number.apri = APRI_ALLOWED;
	span_copy(prim->country_code, sizeof(prim->country_code), span_of(p->country_code));
	span_copy(prim->area_code, sizeof(prim->area_code), span_of(p->area_code));
}

/* The list of option tags has this one. */
static bool lists(const char *tags, const char *tag)
{
	struct span rest = span_of(tags);

	while (rest.len)
		if (span_is(span_trim(span_until(&rest, ',')), tag))
			return true;
	return false;
}

int map_history_of_invite(char *buf, size_t size, const struct sip_msg *inv,
			  const struct map_profile *p)
{
	struct out o = out_to(buf, size);

	buf[0] = '\0';
	if (!map_header_sent(p, MAP_H_HISTORY_INFO))
		return 0;
	if (inv->history_info)
		out_str(&o, inv->history_info);
	else if (lists(inv->supported, "histinfo") && inv->ruri)
		out_fmt(&o, "<%s>;index=1", inv->ruri);
	if (out_end(&o) < 0 || has_control(buf))
		buf[0] = '\0';
	return strlen(buf);
}

static void out_target(struct out *o, const struct cc_prim *prim, const struct map_profile *p)
{
	const struct cc_redirection *r = &prim->redirection;
	struct map_plan plan = { prim->country_code, prim->area_code };
	struct isup_number n = r->number;
	struct out mark = *o;
	bool told = r->has_number && (!r->hidden || p->send_pai);

	if (!told || !map_out_number(o, &n, plan.cc[0] ? plan : map_plan_of(p), p->local_host)) {
		*o = mark;
		out_str(o, r->hidden ? "sip:anonymous@anonymous.invalid" :
				       "sip:unknown@unknown.invalid");
		told = false;
	}
	out_fmt(o, ";cause=%u", map_redirect_cause(p, r->reason));
	if (told && r->hidden)
		out_str(o, "?Privacy=history");
}

void map_history_to_response(struct sip_out *out, const struct cc_prim *prim, const char *received,
			     const struct map_profile *p)
{
	char line[MAX_HISTORY], index[MAP_MAX_INDEX];
	struct out o = out_to(line, sizeof(line));

	if (!prim->redirection.diverted || prim->redirection.silent || !received ||
	    !map_history_index(index, sizeof(index), received))
		return;
	out_fmt(&o, "%s, <", received);
	out_target(&o, prim, p);
	out_fmt(&o, ">;index=%s.1;mp=%s", index, index);
	if (out_end(&o) > 0)
		map_put_header(out, "History-Info", line);
}
