/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An outgoing SIP leg that goes to the Contact of a redirection instead of the trunk group's
 * targets. */
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip.h"

void leg_sip_redirected(struct leg *leg, const char *ruri, const struct config_target *target)
{
	struct leg_sip *l = (struct leg_sip *)leg;

	l->contact = talloc_zero(l, struct leg_sip_contact);
	if (!l->contact)
		return;		/* as any other call to this trunk group */
	OSMO_STRLCPY_ARRAY(l->contact->ruri, ruri);
	l->contact->target = *target;
	l->contact->target.host = talloc_strdup(l->contact, target->host);
}

const struct config_target *leg_sip_target(const struct leg_sip *l, unsigned int index)
{
	const struct config_trunk *cfg = l->leg.trunk->cfg;

	if (l->contact)
		return index == 0 ? &l->contact->target : NULL;
	return index < cfg->n_targets ? &cfg->targets[index] : NULL;
}
