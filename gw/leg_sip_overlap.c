/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several INVITEs for one call, each with all digits so far (RFC 3578 3.2, 3.3): any of them may be
 * answered, and none that fails ends the call while more digits may come. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip_overlap.h"

static size_t all_digits(const struct leg_sip_overlap *o)
{
	return strlen(o->setup->called.digits);
}

void leg_sip_overlap_begin(struct leg_sip *l)
{
	enum config_overlap mode = l->leg.trunk->cfg->overlap;

	if (!l->setup->awaited || mode == CONFIG_OVERLAP_OFF)
		return;
	l->overlap = talloc_zero(l, struct leg_sip_overlap);
	if (!l->overlap)
		return;		/* the number as it is */
	l->overlap->setup = l->setup;
	l->overlap->iam = l->iam;
	l->overlap->by_info = mode == CONFIG_OVERLAP_INFO;
}

/* --- the end --- */

struct leg_sip_attempt *leg_sip_living(struct leg_sip_overlap *o)
{
	for (unsigned int i = o->n; i > 0; i--)
		if (o->attempt[i - 1].sip)
			return &o->attempt[i - 1];
	return NULL;
}

void leg_sip_overlap_cancel(struct leg_sip *l, const struct sip_out *out)
{
	struct leg_sip_overlap *o = l->overlap;

	for (unsigned int i = 0; i < o->n; i++) {
		struct sip_leg *sip = o->attempt[i].sip;

		o->attempt[i].sip = NULL;
		if (sip && sip != l->sip)
			sip_leg_release(sip, 500, out);
	}
}

/* The last one is left to the leg's own release. */
void leg_sip_overlap_release(struct leg_sip *l, const struct cc_release *r)
{
	struct sip_out out;

	map_release_to_bye(&out, r, NULL, false, true, profile(l));
	leg_sip_overlap_cancel(l, &out);
	TALLOC_FREE(l->overlap);
}

void leg_sip_overlap_fail(struct leg_sip *l, int status)
{
	struct cc_prim prim = { .type = CC_RELEASE };
	struct isup_msg isup;
	bool has_isup;

	map_failure_to_release(&prim.u.release, &isup, &has_isup, status, NULL, profile(l));
	prim.u.release.retry = false;
	call_reason(l->leg.call, "the digits cannot be told", true);
	up(l, &prim);
}

bool leg_sip_overlap_over(const struct leg_sip *l)
{
	struct leg_sip_overlap *o = l->overlap;

	return o->hopeless || o->by_info || (!o->setup->awaited && !leg_sip_living(o));
}

void leg_sip_overlap_finish(struct leg_sip *l, const struct sip_msg *msg)
{
	struct leg_sip_overlap *o = l->overlap;
	struct cc_prim prim = {
		.type = CC_RELEASE, .sip = msg, .isup = o->rel, .u.release = o->release,
	};

	talloc_steal(OTC_SELECT, o->rel);	/* it is told to dialogs, too, that are left */
	o->rel = NULL;
	prim.u.release.redirected = msg && msg->status < 400;
	up(l, &prim);
}

/* --- INVITEs --- */

static int send_invite(struct leg_sip *l, const struct sip_out *out)
{
	struct leg_sip_overlap *o = l->overlap;
	struct leg_sip_attempt *a = &o->attempt[o->n];
	int rc;

	*a = (struct leg_sip_attempt){ .l = l, .digits = all_digits(o) };
	rc = sip_series_invite(&a->sip, o->series, out, &leg_sip_attempt_ops, a);
	if (rc < 0)
		return rc;
	o->n++;
	o->hopeless = false;
	if (!l->progressed || !l->sip)
		leg_sip_turn_to(l, a->sip);
	return 0;
}

/* The first INVITE to a target. */
int leg_sip_overlap_invite(struct leg_sip *l, const struct sip_target *target,
			   const struct sip_out *out)
{
	struct leg_sip_overlap *o = l->overlap;

	TALLOC_FREE(o->series);
	TALLOC_FREE(o->host);
	TALLOC_FREE(o->rel);
	o->n = 0;
	o->best = (struct map_failure){ 0 };
	o->speaking = 0;
	o->heard = NULL;
	o->hopeless = false;
	memset(&o->waiting, 0, sizeof(o->waiting));
	o->told = (struct map_told){ .first = all_digits(o) };
	o->host = talloc_strdup(o, target->host);
	o->series = sip_series_new(o, l->leg.trunk->gw->sip, target,
				   rel100(l));
	if (!o->series)
		return -ENOMEM;
	return send_invite(l, out);
}

void leg_sip_overlap_next(struct leg_sip *l)
{
	struct leg_sip_overlap *o = l->overlap;
	const struct map_next next = { o->setup, o->iam, l->sdp, &o->told };
	struct map_profile p = *profile(l);
	struct sip_out out;
	int rc;

	if (!l->leg.trunk->cfg->host)
		OSMO_STRLCPY_ARRAY(p.host, o->host);
	if (l->tunnel.declined)
		p.isup_body = MAP_ISUP_NONE;
	rc = map_setup_to_next_invite(&out, &next, &p);
	if (rc == 0)
		rc = send_invite(l, &out);
	if (rc < 0)
		LOG_LEG(l, LOGL_NOTICE, "INVITE with more digits cannot be sent: %s\n",
			strerror(-rc));
}

/* With so many INVITEs out, the last one waits until the number is whole. */
static bool may_invite(const struct leg_sip *l)
{
	const struct leg_sip_overlap *o = l->overlap;
	unsigned int reserved = o->setup->awaited ? 1 : 0;

	if (o->n + reserved >= LEG_SIP_MAX_INVITES)
		return false;
	return all_digits(o) > o->attempt[o->n - 1].digits;
}

/* CC_ADDRESS; the call has put the digits behind those of setup. */
void leg_sip_overlap_digits(struct leg_sip *l, const struct cc_prim *prim)
{
	struct leg_sip_overlap *o = l->overlap;

	if (o->by_info) {
		leg_sip_digits_told(l, prim);
		return;
	}
	if (prim->u.digits || prim->isup)
		map_told_more(&o->told, prim, all_digits(o), profile(l));
	if (may_invite(l))
		leg_sip_overlap_next(l);
	if (leg_sip_overlap_over(l))
		leg_sip_overlap_finish(l, NULL);
}
