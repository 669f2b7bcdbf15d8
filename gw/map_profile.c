/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what holds for a trunk group that says nothing. */
#include "gw/map_ident.h"
#include "isup/dialect.h"

enum { CATEGORY_ORDINARY = 10, LOCATION_PUBLIC_LOCAL = 2 };

void map_profile_default(struct map_profile *p)
{
	*p = (struct map_profile){
		.dialect = &isup_itu,
		.isup_version = "itu-t92+",
		.isup_base = "itu-t92+",
		.category = CATEGORY_ORDINARY,
		.tmr = TMR_AUDIO,
		.location = LOCATION_PUBLIC_LOCAL,
	};
}

void map_profile_indicators(struct map_profile *p, bool isup)
{
	p->category = map_rule(p, MAP_T_INDICATOR, MAP_I_CATEGORY);
	p->tmr = map_rule(p, MAP_T_INDICATOR, MAP_I_MEDIUM);
	p->location = map_rule(p, MAP_T_INDICATOR, isup ? MAP_I_LOCATION : MAP_I_LOCATION_SIP);
}

const struct isup_dialect *map_dialect(const struct map_profile *p)
{
	return p->dialect ? p->dialect : &isup_itu;
}

struct map_plan map_plan_of(const struct map_profile *p)
{
	return (struct map_plan){ p->country_code, p->area_code, p->national_prefix,
				  p->international_prefix };
}

struct map_plan map_plan_of_call(const struct cc_setup *s)
{
	return (struct map_plan){ s->country_code, s->area_code, s->national_prefix,
				  s->international_prefix };
}

struct map_plan map_plan_of_setup(const struct cc_setup *s, const struct map_profile *p)
{
	struct map_plan plan = map_plan_of_call(s);

	if (!plan.cc[0]) {
		plan.cc = p->country_code;
		plan.area = p->area_code;
	}
	return plan;
}

uint8_t map_notification_code(const struct isup_dialect *d)
{
	return isup_par_row(d, ISUP_P_NOTIFICATION) ? ISUP_P_NOTIFICATION
						    : ISUP_P_NOTIFICATION_ANSI;
}
