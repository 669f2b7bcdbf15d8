/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what an operator decides about numbers. */
#include "gw/map_ident.h"

enum { NAI_SPECIFIC = 5 };

static const struct map_choice number_choices[] = {
	{ MAP_NUMBER_TAKEN, "take", "taken as a number" },
	{ MAP_NUMBER_NAME, "name", "the name of a user, who has no number" },
	{ MAP_NUMBER_404, "404", "refused" },
	{ MAP_NUMBER_414, "414", "refused" },
	{ MAP_NUMBER_484, "484", "refused" },
	{ MAP_NUMBER_SUBSCRIBER, "subscriber", "subscriber number" },
	{ MAP_NUMBER_UNKNOWN, "unknown", "number of unknown nature, as dialled" },
	{ MAP_NUMBER_NATIONAL, "national", "national number" },
	{ MAP_NUMBER_SPECIFIC, "network-specific", "network specific number" },
	{ MAP_NUMBER_AUTO, "auto", "address in ANSI, else parameter, else prefix" },
	{ MAP_NUMBER_ADDRESS, "address", "is the called number, which is a generic address" },
	{ MAP_NUMBER_PARAMETER, "parameter", "network routing number" },
	{ MAP_NUMBER_DIRECTORY, "directory", "is the called number, that is the directory number" },
	{ MAP_NUMBER_CONCATENATED, "concatenated", "before the number, nature 8" },
	{ MAP_NUMBER_PREFIX, "prefix", "before the number, whose nature stays" },
	{ MAP_NUMBER_GLOBAL, "global", "with + and country code where that can be had" },
	{ MAP_NUMBER_LOCAL, "local", "national, with rn-context" },
	{ MAP_NUMBER_ROUTING, "routing-number", "where it is ported to" },
	{ MAP_NUMBER_CALLED, "called-number", "the called number" },
	{ MAP_NUMBER_IGNORED, "ignore", "routed as if nothing had been asked for" },
	{ MAP_NUMBER_603, "603", "603 Decline" },
	{ MAP_NUMBER_CAUSE, "cause", "by the table of causes" },
	{ 0 }
};

uint16_t map_number_value(uint16_t choice)
{
	static const uint16_t values[] = {
		[MAP_NUMBER_603] = 603, [MAP_NUMBER_404] = 404,
		[MAP_NUMBER_414] = 414, [MAP_NUMBER_484] = 484,
		[MAP_NUMBER_SUBSCRIBER] = NAI_SUBSCRIBER, [MAP_NUMBER_UNKNOWN] = NAI_UNKNOWN,
		[MAP_NUMBER_NATIONAL] = NAI_NATIONAL, [MAP_NUMBER_SPECIFIC] = NAI_SPECIFIC,
	};

	return choice < ARRAY_SIZE(values) ? values[choice] : 0;
}

#define C(choice) (1u << MAP_NUMBER_ ## choice)
#define REFUSED (C(404) | C(414) | C(484))
#define NATURES (C(SUBSCRIBER) | C(UNKNOWN) | C(NATIONAL) | C(SPECIFIC))
#define FORMS (C(AUTO) | C(ADDRESS) | C(PARAMETER) | C(DIRECTORY) | C(CONCATENATED) | C(PREFIX))
#define N(key, token, what, rfc, abc, allowed, clause) \
	{ key, token, what, { MAP_NUMBER_ ## rfc, MAP_NUMBER_ ## abc, MAP_NUMBER_ ## abc, \
	  MAP_NUMBER_ ## abc }, clause, NULL, NULL, allowed }

static const struct map_row number_rows[] = {
	N(MAP_N_NO_USER_PHONE, "no-user-phone", "digits in a sip URI without user=phone",
	  TAKEN, 404, C(TAKEN) | C(NAME) | REFUSED, "RFC 3398 8.2.1.2: taken; Q.1912.5: not"),
	N(MAP_N_NO_NATURE, "no-nature", "digits without +, prefix or a phone-context of another",
	  UNKNOWN, UNKNOWN, NATURES | REFUSED, "RFC 3398 8.2.1.2: by the local dial plan, or 484"),
	N(MAP_N_OTHER_CONTEXT, "other-context", "digits with a phone-context that we do not know",
	  TAKEN, TAKEN, C(TAKEN) | REFUSED, "RFC 3966 5.1.5"),
	N(MAP_N_TOO_LONG, "too-long", "more digits than ISUP can hold (32)",
	  484, 484, REFUSED, "RFC 3398 8.2.1.2: a number that cannot be said"),
	N(MAP_N_ROUTING_FORM, "routing-number", "the routing number in an IAM",
	  AUTO, AUTO, FORMS, "RFC 3398 8.2.1.2, Q.769.1"),
	N(MAP_N_RN_FORM, "rn", "the routing number in a URI",
	  LOCAL, GLOBAL, C(GLOBAL) | C(LOCAL), "RFC 3398 7.2.1.2: national; RFC 4694 5.2"),
	N(MAP_N_ROUTE_BY, "route-by", "how a call to a ported number is routed",
	  ROUTING, ROUTING, C(ROUTING) | C(CALLED), "RFC 4694 5.1"),
	N(MAP_N_UNKNOWN_GROUP, "unknown-tgrp", "a trunk group is asked for that we do not have",
	  404, 404, C(404) | C(IGNORED), "RFC 4904 6: by policy"),
	N(MAP_N_BUSY_GROUP, "busy-tgrp", "the trunk group asked for takes no more calls",
	  CAUSE, CAUSE, C(CAUSE) | C(603), "RFC 4904 6: 603 is allowed"),
};

const struct map_table map_table_number = {
	.name = "number",
	.title = "numbers that are not plain E.164 (RFC 3398 7.2.1.2, 8.2.1.2, RFC 4694, RFC 4904)",
	.key_title = "number", .value_title = "what is done",
	.rows = number_rows, .n_rows = ARRAY_SIZE(number_rows), .choices = number_choices,
};
