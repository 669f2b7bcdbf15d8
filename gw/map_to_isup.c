/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: primitives -> ISUP messages (RFC 3398 8.2.1, 8.2.3-8.2.6; Q.1912.5). */
#include <errno.h>
#include <string.h>

#include "gw/map_bearer.h"
#include "gw/map_event.h"
#include "gw/map_caller.h"
#include "gw/map_services.h"
#include "isup/dialect.h"

/* The called number as this trunk says it; without digits only in overlap, when all are still to
 * come. */
static int called_number(struct isup_number *n, const struct cc_setup *s,
			 const struct map_plan plan[2], bool send_st)
{
	size_t len;

	*n = s->called;
	map_strip_st(n);
	if (!n->digits[0])
		return s->complete || s->called_user[0] ? -EINVAL : 0;
	if (!map_number_replan(n, plan[0], plan[1]))
		return -EINVAL;
	len = strlen(n->digits);
	if (send_st && s->complete && len < ISUP_MAX_DIGITS) {
		n->digits[len] = 'F';
		n->digits[len + 1] = '\0';
	}
	return 0;
}

/* The number, or the parameter taken out when the primitive has none. */
static int set_number(struct isup_msg *iam, uint8_t code, const struct isup_number *n, bool has,
		      const struct map_plan plan[2])
{
	struct isup_number copy = *n;

	if (!has || !map_number_replan(&copy, plan[0], plan[1])) {
		isup_del(iam, code);
		return 0;
	}
	copy.qualifier = 0;
	return isup_set(iam, code, &copy);
}

static int set_numbers(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2])
{
	int rc = map_calling_to_iam(iam, s, plan);

	if (rc < 0)
		return rc;
	rc = set_number(iam, ISUP_P_ORIGINAL_CALLED, &s->original_called, s->has_original_called,
			plan);
	if (rc < 0)
		return rc;
	rc = set_number(iam, ISUP_P_REDIRECTING, &s->redirecting, s->has_redirecting, plan);
	if (rc < 0)
		return rc;
	if (s->has_redirection)
		return isup_set(iam, ISUP_P_REDIRECTION_INFO, &s->redirection);
	isup_del(iam, ISUP_P_REDIRECTION_INFO);
	return 0;
}

static int set_octet(struct isup_msg *m, uint8_t code, uint8_t value)
{
	struct isup_octet octet = { .value = value };

	return isup_set(m, code, &octet);
}

static int set_indicators(struct isup_msg *iam, const struct cc_setup *s, bool from_isup,
			  const struct map_profile *p)
{
	uint8_t category = s->has_category ? s->category : p->category;
	struct isup_nci nci = map_make_nci(s, from_isup, p);
	int rc = map_medium_to_iam(iam, s, p);

	if (rc < 0)
		return rc;
	if (isup_set(iam, ISUP_P_NCI, &nci) < 0 || set_octet(iam, ISUP_P_CPC, category) < 0)
		return -EINVAL;
	/* older books do not count */
	if (!s->hops || !isup_par_row(iam->dialect, ISUP_P_HOP_COUNTER))
		return 0;
	return set_octet(iam, ISUP_P_HOP_COUNTER, s->hops - 1);
}

int map_setup_to_iam(struct isup_msg *iam, const struct cc_setup *s, const struct isup_msg *tmpl,
		     const struct map_profile *p)
{
	const struct map_plan plan[2] = { map_plan_of_call(s), map_plan_of(p) };
	bool from_isup = tmpl && tmpl->type == ISUP_MT_IAM;
	struct isup_number called;
	struct isup_fci fci;
	int rc;

	if (s->hops == 1)
		return -ELOOP;
	rc = called_number(&called, s, plan, p->send_st);
	if (rc < 0)
		return rc;
	if (from_isup)
		map_template(iam, tmpl, p);
	else
		isup_init(iam, map_dialect(p), ISUP_MT_IAM, 0);
	fci = from_isup ? s->fci : map_make_fci(s, &called, p);
	if (isup_set(iam, ISUP_P_FCI, &fci) < 0 || map_ported_to_iam(iam, &called, s, p) < 0)
		return -EINVAL;
	map_carrier_to_iam(iam, s, p);
	map_charge_to_iam(iam, s, plan);
	if (map_priority_to_iam(iam, s, p) < 0)
		return -EINVAL;
	rc = set_indicators(iam, s, from_isup, p);
	if (rc == 0)
		rc = set_numbers(iam, s, plan);
	return rc < 0 ? rc : map_services_to_iam(iam, s, from_isup, p);
}

static int to_suspend(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	uint8_t type = prim->type == CC_SUSPEND ? ISUP_MT_SUS : ISUP_MT_RES;
	struct isup_suspend v = { .network = prim->u.network_initiated };

	if (prim->isup && prim->isup->type == type)
		map_template(m, prim->isup, p);
	else
		isup_init(m, map_dialect(p), type, 0);
	return isup_set(m, ISUP_P_SUSPEND, &v);
}

/* RFC 3398 9.2: CPG with the notification of Q.733.2. */
static int to_hold(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	const struct isup_event event = { .event = EVENT_PROGRESS };
	uint8_t notification = prim->u.held ? NOTIFY_HOLD : NOTIFY_RETRIEVE;

	if (prim->isup && prim->isup->type == ISUP_MT_CPG) {
		map_template(m, prim->isup, p);
		return 0;
	}
	isup_init(m, map_dialect(p), ISUP_MT_CPG, 0);
	if (isup_set(m, ISUP_P_EVENT, &event) < 0)
		return -EINVAL;
	return isup_set_raw(m, map_notification_code(m->dialect), &notification, 1);
}

static int to_sam(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	struct isup_number digits = prim->u.digits ? *prim->u.digits : (struct isup_number){};
	size_t len = strlen(digits.digits);

	if (prim->complete && prim->isup && len < ISUP_MAX_DIGITS)
		digits.digits[len] = 'F';	/* ST goes on where it was heard */
	if (!digits.digits[0])
		return -ENOMSG;
	if (prim->isup && prim->isup->type == ISUP_MT_SAM)
		map_template(m, prim->isup, p);
	else
		isup_init(m, map_dialect(p), ISUP_MT_SAM, 0);
	return isup_set(m, ISUP_P_SUBSEQUENT, &digits);
}

static int to_info(struct isup_msg *m, const struct cc_prim *prim, const struct map_profile *p)
{
	if (!prim->isup || !map_passes_in_transit(prim->isup))
		return -ENOMSG;
	map_template(m, prim->isup, p);
	return 0;
}

int map_prim_to_isup(struct isup_msg *m, const struct cc_prim *prim, bool acm_sent,
		     const struct map_profile *p)
{
	int rc;

	switch (prim->type) {
	case CC_PROGRESS:
	case CC_ALERT:
		rc = map_progress_to_isup(m, prim, acm_sent, p);
		return rc < 0 ? rc : map_services_to_isup(m, prim, p);
	case CC_CONNECT:
		rc = map_answer_to_isup(m, prim, acm_sent, p);
		return rc < 0 ? rc : map_services_to_isup(m, prim, p);
	case CC_SUSPEND:
	case CC_RESUME:
		return to_suspend(m, prim, p);
	case CC_HOLD:
		return to_hold(m, prim, p);
	case CC_ADDRESS:
		return to_sam(m, prim, p);
	case CC_INFO:
		return to_info(m, prim, p);
	default:
		return -ENOMSG;
	}
}

static bool same_cause(const struct isup_msg *m, const struct isup_cause *c)
{
	struct isup_cause have;

	return isup_get(m, ISUP_P_CAUSE, &have) && have.coding == c->coding &&
		have.value == c->value &&
	       have.location == c->location;
}

int map_release_to_rel(struct isup_msg *rel, const struct cc_release *r,
		       const struct isup_msg *tmpl, const struct map_profile *p)
{
	if (tmpl && tmpl->type == ISUP_MT_REL)
		map_template(rel, tmpl, p);
	else
		isup_init(rel, map_dialect(p), ISUP_MT_REL, 0);
	/* as it came, with its diagnostic, or anew */
	if (!same_cause(rel, &r->cause) && isup_set(rel, ISUP_P_CAUSE, &r->cause) < 0)
		return -EINVAL;
	return map_uui_to_isup(rel, &r->uui);
}
