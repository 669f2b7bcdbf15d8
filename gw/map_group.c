/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: trunk groups by name (RFC 4904) - the one that a Request-URI asks for, and in our Contact
 * the one that the call came in by. */
#include <errno.h>
#include <string.h>

#include "gw/map_caller.h"

void map_group_from_uri(struct cc_setup *s, const struct uri *u, const struct map_profile *p)
{
	struct span group, context;

	/* both or neither; another context is another's (RFC 4904 5) */
	if (!map_header_taken(p, MAP_H_TGRP) || !param_find(&group, u->user_params, "tgrp") ||
	    !param_find(&context, u->user_params, "trunk-context") ||
	    !span_is(context, map_group_context(p)))
		return;
	span_copy(s->party.to_group, sizeof(s->party.to_group), group);
}

const char *map_group_context(const struct map_profile *p)
{
	return p->trunk_context[0] ? p->trunk_context : map_own_context(p);
}

int map_group_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p)
{
	struct out o = out_to(out->contact_user, sizeof(out->contact_user));
	char digits[2 * ISUP_MAX_DIGITS];
	const struct isup_number *n;
	bool global;

	if (!map_header_sent(p, MAP_H_TGRP) || !s->party.from_group[0])
		return 0;
	n = map_shown_number(s, p);
	if (n && map_number_text(digits, sizeof(digits), &global, n, map_plan_of_setup(s, p)) == 0)
		out_fmt(&o, "%s%s", global ? "+" : "", digits);
	else
		out_str(&o, "anonymous");
	out_fmt(&o, ";tgrp=%s;trunk-context=%s", s->party.from_group, map_group_context(p));
	return out_end(&o) < 0 ? -EMSGSIZE : 0;
}

bool map_group_ignored(const struct map_profile *p)
{
	return map_rule(p, MAP_T_NUMBER, MAP_N_UNKNOWN_GROUP) == MAP_NUMBER_IGNORED;
}

uint16_t map_group_busy(const struct map_profile *p)
{
	return map_number_value(map_rule(p, MAP_T_NUMBER, MAP_N_BUSY_GROUP));
}
