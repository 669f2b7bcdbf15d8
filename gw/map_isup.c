/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: ISUP messages -> primitives (RFC 3398 7.2, 8.2; Q.764 2). */
#include <string.h>

#include "gw/map_caller.h"
#include "gw/map_event.h"
#include "gw/map_services.h"
#include "gw/map_tunnel.h"

enum { CAUSE_EXCHANGE_ROUTING = 25, CAUSE_INVALID_NUMBER = 28, CAUSE_NORMAL = 31 };

/* The first generic number of this qualifier. */
static bool generic_number(struct isup_number *n, const struct isup_msg *m, uint8_t qualifier)
{
	unsigned int i;

	for (i = 0; i < m->n_pars; i++)
		if (m->par[i].code == ISUP_P_GENERIC_NUMBER &&
		    isup_par_value(m, &m->par[i], n, sizeof(*n)) &&
		    n->qualifier == qualifier && map_digits_ok(n)) {
			map_strip_st(n);
			if (n->digits[0])
				return true;
		}
	return false;
}

static bool number(struct isup_number *n, const struct isup_msg *m, uint8_t code)
{
	if (!isup_get(m, code, n) || !map_digits_ok(n))
		return false;
	map_strip_st(n);	/* it means nothing in numbers other than the called one (3.10) */
	return true;
}

static void numbers(struct cc_setup *s, const struct isup_msg *iam, const struct map_profile *p)
{
	isup_get(iam, ISUP_P_CALLED, &s->called);
	s->complete = map_strip_st(&s->called);
	map_ported_from_iam(&s->called, &s->party.routing, iam, p);
	map_carrier_from_iam(s, iam, p);
	map_name_from_iam(s, iam);
	map_charge_from_iam(s, iam);
	map_priority_from_iam(s, iam);
}

void map_parties_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			  const struct map_profile *p)
{
	struct isup_octet octet;

	memset(s, 0, sizeof(*s));
	s->has_category = isup_get(iam, ISUP_P_CPC, &octet);
	s->category = s->has_category ? octet.value : p->category;
	map_medium_from_iam(s, iam, p);
	s->has_calling = number(&s->calling, iam, ISUP_P_CALLING);
	s->has_additional = generic_number(&s->additional, iam,
					   map_additional_qualifier(iam->dialect));
	s->has_original_called = number(&s->original_called, iam, ISUP_P_ORIGINAL_CALLED);
	s->has_redirecting = number(&s->redirecting, iam, ISUP_P_REDIRECTING);
	s->has_redirection = isup_get(iam, ISUP_P_REDIRECTION_INFO, &s->redirection);
	map_services_from_iam(s, iam);
}

void map_setup_from_iam(struct cc_setup *s, const struct isup_msg *iam, const struct map_profile *p)
{
	struct isup_octet octet;

	map_parties_from_iam(s, iam, p);
	span_copy(s->country_code, sizeof(s->country_code), span_of(p->country_code));
	span_copy(s->area_code, sizeof(s->area_code), span_of(p->area_code));
	memcpy(s->party.from_group, p->group, sizeof(s->party.from_group));
	memcpy(s->national_prefix, p->national_prefix, sizeof(s->national_prefix));
	memcpy(s->international_prefix, p->international_prefix, sizeof(s->international_prefix));
	s->hops = isup_get(iam, ISUP_P_HOP_COUNTER, &octet) ? octet.value : 0;
	isup_get(iam, ISUP_P_NCI, &s->nci);
	isup_get(iam, ISUP_P_FCI, &s->fci);
	numbers(s, iam, p);
}

uint8_t map_iam_to_setup(struct cc_setup *s, const struct isup_msg *iam,
			 const struct map_profile *p)
{
	map_setup_from_iam(s, iam, p);
	if (!isup_has(iam, ISUP_P_CALLED) || s->called.npi != NPI_E164 ||
	    !map_digits_ok(&s->called))
		return CAUSE_INVALID_NUMBER;
	/* Q.764 2.1.3: nothing left for the next exchange */
	if (isup_has(iam, ISUP_P_HOP_COUNTER) && s->hops <= 1)
		return CAUSE_EXCHANGE_ROUTING;
	s->bearer.circuit = true;
	return map_medium_cause(s->tmr, p);
}

bool map_sam_to_digits(struct isup_number *digits, bool *ret_complete, const struct isup_msg *sam)
{
	if (!isup_get(sam, ISUP_P_SUBSEQUENT, digits) || !map_digits_ok(digits))
		return false;
	*ret_complete = map_strip_st(digits);
	return digits->digits[0] || *ret_complete;
}

void map_rel_to_release(struct cc_release *r, const struct isup_msg *rel,
			const struct map_profile *p)
{
	*r = (struct cc_release){ 0 };
	if (!isup_get(rel, ISUP_P_CAUSE, &r->cause) || !r->cause.value)
		r->cause = (struct isup_cause){ .value = CAUSE_NORMAL,
						.location = r->cause.location };
	r->retry = map_retry_cause(&r->cause, p);
	map_services_of_release(r, rel, NULL, NULL);
}

static void tones(struct cc_progress *progress, const struct isup_msg *m)
{
	struct isup_obci obci;
	struct isup_bci bci;

	progress->in_band = isup_get(m, ISUP_P_OBCI, &obci) && obci.in_band;
	progress->interworking = isup_get(m, ISUP_P_BCI, &bci) && bci.interworking;
	if (!isup_get(m, ISUP_P_CAUSE, &progress->cause))
		progress->cause = (struct isup_cause){ 0 };
}

/* RFC 3398 7.2.5 */
static void acm(struct cc_prim *prim, const struct isup_msg *m)
{
	struct isup_bci bci;
	uint8_t status = isup_get(m, ISUP_P_BCI, &bci) ? bci.called_status : STATUS_NONE;
	bool ringing = status == STATUS_FREE;

	tones(&prim->u.progress, m);
	prim->u.progress.address_complete = true;
	prim->u.progress.when_free = status == STATUS_WHEN_FREE;
	prim->type = ringing && !prim->u.progress.cause.value ? CC_ALERT : CC_PROGRESS;
}

/* Remote hold and retrieval (Q.733, RFC 3398 9.2): the notification alone counts. */
static bool notified(bool *held, const struct isup_msg *m)
{
	uint8_t octet, code = map_notification_code(m->dialect);
	unsigned int i;

	for (i = 0; i < m->n_pars; i++) {
		if (m->par[i].code != code || !m->par[i].len)
			continue;
		octet = m->octets[m->par[i].off] | 0x80;
		if (octet == NOTIFY_HOLD || octet == NOTIFY_RETRIEVE) {
			*held = octet == NOTIFY_HOLD;
			return true;
		}
	}
	return false;
}

/* RFC 3398 7.2.6 */
static void cpg(struct cc_prim *prim, const struct isup_msg *m, bool answered)
{
	struct isup_event event = { 0 };

	if (notified(&prim->u.held, m)) {
		prim->type = CC_HOLD;
		return;
	}
	if (answered) {
		prim->type = CC_INFO;
		return;
	}
	isup_get(m, ISUP_P_EVENT, &event);
	tones(&prim->u.progress, m);
	prim->u.progress.event = event.event ? event.event : EVENT_PROGRESS;
	prim->u.progress.in_band = prim->u.progress.in_band || event.event == EVENT_IN_BAND;
	prim->type = event.event == EVENT_ALERTING ? CC_ALERT : CC_PROGRESS;
}

static bool is_network(const struct isup_msg *m)
{
	struct isup_suspend v;

	return isup_get(m, ISUP_P_SUSPEND, &v) && v.network;
}

bool map_isup_to_prim(struct cc_prim *prim, const struct isup_msg *m, bool answered)
{
	*prim = (struct cc_prim){ .isup = m };
	switch (m->type) {
	case ISUP_MT_ACM:
		acm(prim, m);
		return !answered;
	case ISUP_MT_CPG:
		cpg(prim, m, answered);
		return true;
	case ISUP_MT_ANM:
	case ISUP_MT_CON:
		prim->type = CC_CONNECT;
		return !answered;
	case ISUP_MT_SUS:
	case ISUP_MT_RES:
		prim->type = m->type == ISUP_MT_SUS ? CC_SUSPEND : CC_RESUME;
		prim->u.network_initiated = is_network(m);
		return true;
	case ISUP_MT_SAM:
		prim->type = CC_ADDRESS;
		prim->u.digits = NULL;
		return true;
	default:
		prim->type = CC_INFO;
		return map_passes_in_transit(m);
	}
}
