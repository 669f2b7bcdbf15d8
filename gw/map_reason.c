/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the Reason header with a Q.850 cause (RFC 3326, 6432, 8606). */
#include <errno.h>

#include "gw/map_services.h"

/* Values of the location parameter (RFC 8606 4); the index is Q.850's. */
static const char *const locations[] = {
	"U", "LPN", "LN", "TN", "RLN", "RPN", "LOC-6", "INTL",
	"LOC-8", "LOC-9", "BI", "LOC-11", "LOC-12", "LOC-13", "LOC-14", "LOC-15",
};

static bool get_location(struct isup_cause *c, struct span params)
{
	struct span value;
	size_t i;

	if (!param_find(&value, params, "location"))
		return false;
	for (i = 0; i < ARRAY_SIZE(locations); i++) {
		if (span_is(value, locations[i])) {
			c->location = i;
			return true;
		}
	}
	return false;	/* RFC 8606 4: unknown values are ignored */
}

bool map_reason_get(struct isup_cause *c, bool *ret_location, const char *reason)
{
	struct span rest = span_of(reason), item, protocol, value;
	uint64_t n;

	while (span_element(&item, &rest, ',')) {
		protocol = span_trim(span_until(&item, ';'));
		if (!span_is(protocol, "Q.850") || !param_find(&value, item, "cause"))
			continue;
		if (!span_number(&n, value, 127) || !n)
			continue;
		*c = (struct isup_cause){ .value = n };
		*ret_location = get_location(c, item);
		return true;
	}
	return false;
}

bool map_reason_cause(struct isup_cause *c, const char *reason, const struct map_profile *p)
{
	struct isup_cause found;
	bool located;

	if (!map_header_taken(p, MAP_H_REASON) || !map_reason_get(&found, &located, reason))
		return false;
	if (!located)
		found.location = c->location;
	*c = found;
	return true;
}

bool map_told_cause(struct isup_cause *c, const struct isup_cause *inner, const char *reason,
		    bool reason_first, const struct map_profile *p)
{
	uint8_t location = c->location;
	bool told;

	if (inner)
		c->location = inner->location;
	told = map_reason_cause(c, reason, p);
	/* the same value in both: the REL has more to say */
	if (inner && (!told || !reason_first || inner->value == c->value))
		*c = *inner;
	else if (!told)
		c->location = location;
	return told || inner;
}

int map_reason_put(char *buf, size_t size, const struct isup_cause *c, const struct map_profile *p)
{
	struct out o = out_to(buf, size);
	const char *name = isup_cause_name(c->value);
	int rc;

	buf[0] = '\0';
	/* of another coding the value is not Q.850's */
	if (c->coding || !c->value || !map_header_sent(p, MAP_H_REASON))
		return 0;
	out_fmt(&o, "Q.850;cause=%u", c->value);
	if (name[0] != '?')
		out_fmt(&o, ";text=\"%s\"", name);
	out_fmt(&o, ";location=%s", locations[c->location & 15]);
	rc = out_end(&o);
	return rc < 0 ? rc : 0;
}
