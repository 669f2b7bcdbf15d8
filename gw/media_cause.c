/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals of a media gateway (RFC 3435 2.4 and 2.5) as Q.850 causes. */
#include <stddef.h>

#include "gw/media_backend.h"
#include "mgcp/mgcp.h"

/* What the other side's description made impossible is 65: in SIP 488 (RFC 3398 7.2.4.1). */
static const struct { uint16_t code; uint8_t cause; const char *why; } codes[] = {
	{ 403, 47, "no resources now" },
	{ 404, 47, "no bandwidth now" },
	{ 409, 42, "overload" },
	{ 410, 47, "no endpoint free" },
	{ 502, 47, "no resources" },
	{ 505, 65, "remote description not supported" },
	{ 506, 65, "options contradict remote description" },
	{ 509, 65, "error in remote description" },
	{ 526, 47, "no bandwidth" },
	{ 529, 38, "hardware failure" },
	{ 531, 38, "trunk group failure" },
	{ 534, 65, "no common codec" },
	{ 535, 65, "packet time" },
	{ 540, 47, "too many connections" },
};

/* The rest, by class: only what may work on the next try is called temporary. */
static const uint8_t classes[] = {
	[MGCP_OK] = 41, [MGCP_TRANSIENT] = 41, [MGCP_SERVICE] = 47, [MGCP_MISMATCH] = 47,
	[MGCP_STATE] = 41, [MGCP_REMOTE] = 65, [MGCP_NEUTRAL] = 41,
};

static const struct { uint16_t reason; uint8_t cause; const char *why; } reasons[] = {
	{ 901, 38, "taken out of service" },
	{ 902, 38, "lower layer lost" },
	{ 903, 47, "reservation lost" },
	{ 905, 38, "facility failure" },
};

uint8_t media_cause_of_code(uint16_t code)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return codes[i].cause;
	return classes[mgcp_code(code)->class];
}

uint8_t media_cause_of_reason(uint16_t reason)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].reason == reason)
			return reasons[i].cause;
	return 41;
}
