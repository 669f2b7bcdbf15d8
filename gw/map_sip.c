/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: SIP messages -> primitives (RFC 3398 8.2, 7.2.3; RFC 3326, 6432). */
#include <errno.h>
#include <string.h>

#include "gw/map_bearer.h"
#include "gw/map_event.h"
#include "gw/map_caller.h"
#include "gw/map_services.h"
#include "gw/map_tunnel.h"

/* A part that must be understood, and is not? A lone foreign body is the message's own; among
 * others it is skipped unless it says handling=required. */
static bool insists(const struct sipt_part *part, bool alone)
{
	if (part->encoded)
		return part->required;
	if (span_is(part->type, "application/sdp") || span_is(part->type, "application/isup"))
		return false;
	return part->has_handling ? part->required : alone;
}

/* Everything in the body that we may not ignore is understood? 0 or a status. */
static int open_body(struct sipt_body *b, const struct sip_msg *inv)
{
	unsigned int i;
	int rc = map_parse_body(b, inv);

	if (rc < 0)
		return rc == -E2BIG ? 413 : 400;
	for (i = 0; i < b->n_parts; i++)
		if (insists(&b->parts[i], b->n_parts == 1))
			return 415;
	return 0;
}

/* 0 or a status. */
static int take_sdp(struct cc_setup *s, const struct sipt_body *b, bool has_iam,
		    const struct map_profile *p)
{
	const struct sipt_part *part = sipt_find(b, "application/sdp", NULL);
	struct sdp sdp;
	int rc;

	if (!part || !part->len) {
		map_bearer_from_offer(s, NULL, has_iam, p);
		return 0;
	}
	rc = sdp_parse(&sdp, (const char *)part->octets, part->len);
	if (rc < 0)
		return rc == -E2BIG ? 488 : 400;
	map_bearer_from_offer(s, &sdp, has_iam, p);
	return 0;
}

/* The parameters that the body's IAM has, or provisioned ones (RFC 3398 8.2.1.1). */
static void take_isup(struct cc_setup *s, const struct isup_msg *isup, bool has,
		      const struct map_profile *p)
{
	struct isup_msg none;

	if (!has)
		isup_init(&none, map_dialect(p), ISUP_MT_IAM, 0);
	map_setup_from_iam(s, has ? isup : &none, p);
	if (!map_body_wins(p, MAP_F_HOPS))
		s->hops = 0;
}

int map_invite_to_setup(struct cc_setup *s, struct isup_msg *isup, bool *ret_has_isup,
			const struct sip_msg *inv, const struct map_profile *p)
{
	struct isup_number from;
	struct cc_setup body;
	struct sipt_body b;
	int status, rc;

	*ret_has_isup = false;
	status = open_body(&b, inv);
	if (status)
		return status;
	rc = map_parts_isup(isup, &b, inv, p);
	if (rc < 0)
		return 415;
	*ret_has_isup = rc == 1 && isup->type == ISUP_MT_IAM;
	take_isup(s, isup, *ret_has_isup, p);
	if (*ret_has_isup)
		body = *s;
	status = map_called_from_sip(s, inv, p);
	if (status)
		return status;
	status = map_hops_from_sip(s, inv, p);
	if (status)
		return status;
	status = map_calling_from_sip(s, inv, p);
	if (status)
		return status;
	map_services_from_invite(s, inv, p);
	status = map_diversion_from_sip(s, inv, p);
	if (status)
		return status;
	status = take_sdp(s, &b, *ret_has_isup, p);
	if (*ret_has_isup) {
		from = s->has_additional ? s->additional : (struct isup_number){ 0 };
		map_precedence(s, &body, p);
		map_keep_private(s, &from);
	}
	return status;
}

static bool has_sdp(const struct sip_msg *rsp)
{
	struct sipt_body b;
	const struct sipt_part *part = map_find_sdp(&b, rsp);

	return part && part->len;
}

/* Status of a provisional response (RFC 3398 8.2.3). */
static void from_status(struct cc_prim *prim, int status)
{
	prim->type = status == 180 ? CC_ALERT : CC_PROGRESS;
	if (status == 181)
		prim->u.progress.event = EVENT_FWD_ALWAYS;
	else if (status == 182)
		prim->u.progress.event = EVENT_PROGRESS;
}

/* What an encapsulated ACM or CPG adds; the status still decides whether it rings, but a 183 may
 * be a ringing with tones. */
static void from_isup(struct cc_prim *prim, const struct isup_msg *isup, int status,
		      const struct map_profile *p)
{
	struct cc_prim inner;

	if (map_place_of(p, isup) == MAP_PLACE_INFO) {
		/* RFC 3398 13: the first message toward the caller, whatever it is */
		map_take_other(prim, isup, p);
		return;
	}
	if (!map_isup_to_prim(&inner, isup, false) ||
	    (inner.type != CC_ALERT && inner.type != CC_PROGRESS))
		return;
	prim->isup = isup;
	if (status == 183 || map_body_wins(p, MAP_F_STATE))
		prim->type = inner.type;
	if (prim->u.progress.event)
		inner.u.progress.event = prim->u.progress.event;
	prim->u.progress = inner.u.progress;
}

/* Media can be heard when they come with this response, or came before (again); the body says so by
 * itself. */
static void hear(struct cc_prim *prim, const struct sip_msg *rsp, bool again,
		 const struct map_profile *p)
{
	bool by_body = prim->isup && prim->u.progress.in_band;

	map_early_heard(prim, has_sdp(rsp), again, rsp, p);
	prim->u.progress.in_band = prim->u.progress.in_band || by_body;
	if (!prim->isup)
		map_response_said(prim, rsp->status, p);
}

/* The media that come tell with which cause the call will fail (RFC 6432). */
static void announced(struct cc_prim *prim, const struct sip_msg *rsp, const struct map_profile *p)
{
	struct isup_cause cause = { .location = p->location };

	if (prim->type == CC_PROGRESS && !prim->isup && has_sdp(rsp) &&
	    map_reason_cause(&cause, rsp->reason, p))
		prim->u.progress.cause = cause;
}

bool map_response_to_prim(struct cc_prim *prim, struct isup_msg *isup, const struct sip_msg *rsp,
			  bool heard, const struct map_profile *p)
{
	bool has_isup;

	*prim = (struct cc_prim){ .sip = rsp };
	if (rsp->status <= 100 || rsp->status >= 300)
		return false;
	has_isup = map_body_isup(isup, rsp, p) == 1;
	if (rsp->status >= 200) {
		prim->type = CC_CONNECT;
		if (has_isup && (isup->type == ISUP_MT_ANM || isup->type == ISUP_MT_CON))
			prim->isup = isup;
		map_services_from_response(prim, rsp, p);
		return true;
	}
	from_status(prim, rsp->status);
	if (has_isup)
		from_isup(prim, isup, rsp->status, p);
	map_services_from_response(prim, rsp, p);
	announced(prim, rsp, p);
	hear(prim, rsp, heard, p);
	return true;
}

static bool body_cause(struct isup_cause *c, struct isup_msg *isup, bool *ret_has,
		       const struct sip_msg *msg, const struct map_profile *p)
{
	*ret_has = map_body_isup(isup, msg, p) == 1 && isup->type == ISUP_MT_REL;
	return *ret_has && isup_get(isup, ISUP_P_CAUSE, c) && c->value;
}

/* RFC 3398 8.2.6.1: a Warning that speaks of the session description makes it a matter of the
 * bearer (RFC 3261 20.43: 300-370). */
static bool warns_of_bearer(const char *warning)
{
	struct span rest = span_of(warning), item;
	uint64_t code;

	while (span_element(&item, &rest, ','))
		if (span_number(&code, span_word(&item), 999) && code >= 300 && code <= 370)
			return true;
	return false;
}

/* RFC 3398 7.2.4.1 read backwards: the number that a redirection names goes into the diagnostic. */
static void put_new_number(struct isup_cause *c, const char *contact, const struct map_profile *p)
{
	struct isup_msg m = { .dialect = map_dialect(p), .type = ISUP_MT_REL };
	struct span rest = span_of(contact), item;
	struct name_addr a;
	struct isup_number n;
	const uint8_t *octets;
	size_t len;

	if (!span_element(&item, &rest, ',') || name_addr_parse(&a, item) < 0 ||
	    map_number_from_uri(&n, &a.uri, map_plan_of(p)) < 0 ||
	    isup_set(&m, ISUP_P_CALLED, &n) < 0)
		return;
	octets = isup_raw(&m, ISUP_P_CALLED, &len);
	if (octets && len <= ISUP_MAX_DIAG) {
		memcpy(c->diag, octets, len);
		c->n_diag = len;
	}
}

static void table_cause(struct isup_cause *c, int status, const struct sip_msg *msg,
			const struct map_profile *p)
{
	c->value = map_status_to_cause(status, p);
	c->location = status >= 600 ? LOCATION_USER : p->location;
	if (!msg && status == 408)
		c->value = map_rule(p, MAP_T_STATUS, MAP_STATUS_NO_RESPONSE);
	if ((status == 488 || status == 606) && msg && map_header_taken(p, MAP_H_WARNING) &&
	    warns_of_bearer(msg->warning))
		c->value = map_rule(p, MAP_T_STATUS, status == 488 ? MAP_STATUS_488_BEARER :
								     MAP_STATUS_606_BEARER);
	if (status >= 300 && status < 400 && msg)
		put_new_number(c, msg->contact, p);
}

/* RFC 3398 8.2.6.1: the encapsulated REL and Reason (RFC 6432), then the table. */
void map_failure_to_release(struct cc_release *r, struct isup_msg *isup, bool *ret_has_isup,
			    int status, const struct sip_msg *msg, const struct map_profile *p)
{
	bool reason_first = !map_body_wins(p, MAP_F_CAUSE_RESPONSE), has_inner;
	struct isup_cause inner;

	*ret_has_isup = false;
	has_inner = msg && body_cause(&inner, isup, ret_has_isup, msg, p);
	*r = (struct cc_release){ .sip_status = status };
	r->cause.location = status >= 600 ? LOCATION_USER : p->location;
	if (!msg || !map_told_cause(&r->cause, has_inner ? &inner : NULL, msg->reason,
				    reason_first, p))
		table_cause(&r->cause, status, msg, p);
	map_services_of_release(r, *ret_has_isup ? isup : NULL, msg, p);
	r->retry = map_retry_status(status, msg != NULL, p);
}

/* RFC 3398 7.2.3, 8.2.6: Reason and the encapsulated REL, then 16. */
void map_bye_to_release(struct cc_release *r, struct isup_msg *isup, bool *ret_has_isup,
			const struct sip_msg *msg, const struct map_profile *p)
{
	bool reason_first = !map_body_wins(p, MAP_F_CAUSE_BYE), has_inner;
	struct isup_cause inner;

	*ret_has_isup = false;
	has_inner = msg && body_cause(&inner, isup, ret_has_isup, msg, p);
	*r = (struct cc_release){ .cause = { .location = p->location } };
	r->cause.value = map_rule(p, MAP_T_STATUS, msg && msg->method == SIP_CANCEL ?
				  MAP_STATUS_CANCEL : MAP_STATUS_BYE);
	if (msg)
		map_told_cause(&r->cause, has_inner ? &inner : NULL, msg->reason, reason_first, p);
	map_services_of_release(r, *ret_has_isup ? isup : NULL, msg, p);
}
