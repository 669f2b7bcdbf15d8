/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further digits by INFO, once there is a dialog for it (TS 24.229 annex N). */
#include <errno.h>
#include <string.h>

#include "gw/leg_sip_overlap.h"

static bool is_waiting(const struct map_more *m)
{
	return m->digits.digits[0] || m->complete;
}

/* One SAM goes on as it came; what has gathered is one message. */
void leg_sip_digits_told(struct leg_sip *l, const struct cc_prim *prim)
{
	struct map_more *m = &l->overlap->waiting;

	m->has_sam = !is_waiting(m) && prim->isup && prim->isup->type == ISUP_MT_SAM;
	if (m->has_sam)
		m->sam = *prim->isup;
	if (prim->u.digits)
		overlap_append(&m->digits, prim->u.digits);
	m->complete = m->complete || (prim->complete && prim->isup);
	leg_sip_digits_flush(l);
}

bool leg_sip_digits_flush(struct leg_sip *l)
{
	struct map_more *m = &l->overlap->waiting;
	struct sip_out out;
	int rc;

	if (!is_waiting(m) || !l->sip)
		return true;
	rc = map_digits_to_info(&out, m, profile(l));
	if (rc == 0)
		rc = sip_leg_info(l->sip, &out);
	if (rc == -ENOTCONN)
		return true;		/* no dialog yet */
	memset(m, 0, sizeof(*m));
	if (rc == 0 || rc == -ENOMSG)
		return true;
	LOG_LEG(l, LOGL_NOTICE, "digits not told: %s\n", strerror(-rc));
	return leg_sip_digits_refused(l, 500);
}

bool leg_sip_digits_refused(struct leg_sip *l, int status)
{
	struct leg_sip_overlap *o = l->overlap;
	const struct map_profile *p = profile(l);

	LOG_LEG(l, LOGL_NOTICE, "INFO with digits refused with %d\n", status);
	if (map_rule(p, MAP_T_OVERLAP, MAP_OV_INFO_REFUSED) == MAP_OV_INVITE) {
		o->by_info = false;
		o->told = (struct map_told){ .first = strlen(o->setup->called.digits) };
		leg_sip_overlap_next(l);
		return true;
	}
	leg_sip_overlap_fail(l, status);
	return false;
}
