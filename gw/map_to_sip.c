/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: primitives -> SIP messages (RFC 3398 7.2; RFC 3326, 6432, 8606). */
#include <errno.h>
#include <string.h>

#include "gw/map_bearer.h"
#include "gw/map_event.h"
#include "gw/map_caller.h"
#include "gw/map_tunnel.h"
#include "gw/map_services.h"

enum { CAUSE_NUMBER_CHANGED = 22, STATUS_DEFAULT = 500 };

int map_setup_to_invite(struct sip_out *out, const struct cc_setup *s, const struct isup_msg *isup,
			const char *sdp, const struct map_profile *p)
{
	char offer[MAP_MAX_SDP];
	struct isup_msg iam;
	int rc;

	sip_out_clear(out);
	if (map_iam_refused(isup, p))
		return -EPERM;
	rc = map_bearer_to_offer(&sdp, offer, s, p);
	if (rc < 0)
		return rc;
	rc = map_hops_to_sip(out, s, p);
	if (rc < 0)
		return rc;
	rc = map_called_to_sip(out, s, p);
	if (rc < 0)
		return rc;
	rc = map_calling_to_sip(out, s, p);
	if (rc < 0)
		return rc;
	rc = map_diversion_to_sip(out, s, p);
	if (rc == 0)
		rc = map_services_to_invite(out, s, p);
	if (rc < 0)
		return rc;
	if (map_header_sent(p, MAP_H_EARLY_MEDIA) &&
	    map_put_header(out, "P-Early-Media", "supported") < 0)
		return -EMSGSIZE;
	rc = map_body_iam(&iam, s, isup, p);
	return rc < 0 ? rc : map_put_body(out, sdp, rc ? &iam : NULL, p);
}

/* RFC 3261 20.43: whose description was not taken, and why; read back it is the bearer again. */
static void put_warning(struct sip_out *out, const char *warning, const struct map_profile *p)
{
	char text[SIP_MAX_TEXT];
	struct out o = out_to(text, sizeof(text));

	if (!map_header_sent(p, MAP_H_WARNING))
		return;
	out_fmt(&o, "%.3s %s \"%s\"", warning, p->local_host[0] ? p->local_host : "tollgate",
		warning + 4);
	if (out_end(&o) > 0)
		map_put_header(out, "Warning", text);
}

/* Bearer capability not authorized, not available, not implemented; only restricted digital
 * information; service not implemented; incompatible destination. */
static bool speaks_of_bearer(const struct isup_cause *c)
{
	static const uint8_t rows[] = { 57, 58, 65, 70, 79, 88 };

	return !c->coding && memchr(rows, c->value, sizeof(rows));
}

void map_invite_refused(struct sip_out *out, int status, const struct map_profile *p)
{
	struct out o = out_to(out->headers, sizeof(out->headers));

	sip_out_clear(out);
	if (status == 421) {	/* RFC 3262 3 */
		out_str(&o, "Require: 100rel\r\n");
		out_end(&o);
	}
	if (status == 488)
		put_warning(out, "305 Incompatible media format", p);
	if (status != 415)
		return;
	/* RFC 3204 5, RFC 3398 5.1 */
	out_str(&o, "Accept: application/sdp, multipart/mixed");
	if (p->isup_body != MAP_ISUP_NONE && p->isup_trust != MAP_TRUST_NONE)
		out_fmt(&o, ", application/ISUP;version=%s", p->isup_version);
	out_str(&o, "\r\n");
	out_end(&o);
}

int map_prim_to_response(struct sip_out *out, const struct cc_prim *prim, const char *sdp,
			 enum map_with_isup with, const struct map_profile *p)
{
	bool with_sdp, early = sdp && p->early == MAP_EARLY_AUTO;
	const struct isup_msg *isup;
	struct isup_msg made;
	int status = 0, rc;

	sip_out_clear(out);
	if (prim->type == CC_CONNECT || prim->type == CC_PROGRESS || prim->type == CC_ALERT)
		status = map_event_status(&with_sdp, prim, early, p);
	if (!status)
		return 0;
	isup = map_body_response(&made, prim, with, p);
	/* RFC 6432: why the call will fail, beside the announcement */
	if (status < 200)
		map_reason_put(out->reason, sizeof(out->reason), &prim->u.progress.cause, p);
	rc = map_services_to_response(out, prim, p);
	if (rc == 0)
		rc = map_put_body(out, with_sdp ? sdp : NULL, isup, p);
	return rc < 0 ? rc : status;
}

/* Q.850 22: the new number in the diagnostic, laid out like a called party number. */
static bool new_number(struct isup_number *n, const struct isup_cause *c,
		       const struct map_profile *p)
{
	struct isup_msg m = { .dialect = map_dialect(p), .type = ISUP_MT_REL };

	return c->value == CAUSE_NUMBER_CHANGED && c->n_diag > 2 &&
	       isup_set_raw(&m, ISUP_P_CALLED, c->diag, c->n_diag) == 0 &&
	       isup_get(&m, ISUP_P_CALLED, n) && map_digits_ok(n);
}

static bool put_contact(struct sip_out *out, const struct isup_number *n,
			const struct map_profile *p)
{
	struct out o = out_to(out->contact, sizeof(out->contact));

	out_char(&o, '<');
	if (!map_out_number(&o, n, map_plan_of(p), p->local_host)) {
		out->contact[0] = '\0';
		return false;
	}
	out_char(&o, '>');
	return out_end(&o) > 0;
}

/* A 3xx says where to; 0: there is no new number that could be called. */
static int moved_status(struct sip_out *out, const struct isup_cause *c,
			const struct map_profile *p)
{
	int status = map_rule(p, MAP_T_CAUSE, MAP_CAUSE_NUMBER_CHANGED_TO);
	struct isup_number n;

	if (!new_number(&n, c, p) || !put_contact(out, &n, p))
		return 0;
	if (status >= 400)
		out->contact[0] = '\0';
	return status;
}

/* Statuses that were between the other leg and its peer only, and say nothing about the call. */
static bool is_hop_local(int status)
{
	static const uint16_t rows[] = { 400, 401, 405, 407, 408, 415, 416, 420, 421, 422, 481, 482,
					 487, 491, 494 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i] == status)
			return true;
	return status < 400 || status > 699;
}

static int release_status(struct sip_out *out, const struct cc_release *r,
			  const struct map_profile *p)
{
	int status;

	if (r->cause.coding)	/* not Q.850: the value says nothing here */
		return STATUS_DEFAULT;
	if (map_rule_is_own(p, MAP_T_CAUSE, MAP_CAUSE_NUMBER_CHANGED_TO)) {
		status = moved_status(out, &r->cause, p);
		if (status)
			return status;
	}
	if (map_rule_is_own(p, MAP_T_CAUSE, r->cause.value))
		return map_cause_to_status(r->cause.value, r->cause.location, p);
	if (!is_hop_local(r->sip_status))
		return r->sip_status;
	status = moved_status(out, &r->cause, p);
	return status ? status : map_cause_to_status(r->cause.value, r->cause.location, p);
}

/* RFC 3398 7.2.4.1: for these causes a 503 may tell when to come again. */
static bool tells_when(uint8_t cause)
{
	return cause == 34 || cause == 38 || cause == 41 || cause == 42 || cause == 47;
}

int map_release_to_response(struct sip_out *out, const struct cc_release *r,
			    const struct isup_msg *rel, bool with_isup, const struct map_profile *p)
{
	int status, rc;

	sip_out_clear(out);
	status = release_status(out, r, p);
	if (status == 503 && tells_when(r->cause.value))
		out->retry_after = p->retry_after;
	rc = map_reason_put(out->reason, sizeof(out->reason), &r->cause, p);
	if (rc < 0)
		return rc;
	if ((status == 488 || status == 606) && speaks_of_bearer(&r->cause))
		put_warning(out, "304 Media type not available", p);
	rc = map_uui_to_sip(out, &r->uui, p);
	if (rc == 0)
		rc = map_put_rel(out, r, rel, with_isup, p);
	return rc < 0 ? rc : status;
}

int map_release_to_bye(struct sip_out *out, const struct cc_release *r, const struct isup_msg *rel,
		       bool with_isup, bool is_cancel, const struct map_profile *p)
{
	int rc;

	sip_out_clear(out);
	rc = map_reason_put(out->reason, sizeof(out->reason), &r->cause, p);
	if (rc == 0 && !is_cancel)
		rc = map_uui_to_sip(out, &r->uui, p);
	if (rc < 0 || is_cancel)
		return rc;
	return map_put_rel(out, r, rel, with_isup, p);
}

int map_prim_to_info(struct sip_out *out, const struct cc_prim *prim, const struct map_profile *p)
{
	int rc;

	sip_out_clear(out);
	if (!prim->isup || !map_tunnels(prim->isup, p))
		return -ENOMSG;
	rc = map_put_body(out, NULL, prim->isup, p);
	return rc < 0 || out->body_len ? rc : -ENOMSG;
}
