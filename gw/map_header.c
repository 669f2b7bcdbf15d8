/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: which SIP headers and URI parameters are made of ISUP and taken into it. The defaults are
 * careful where a header costs money or tells on somebody (charging, origin, place, precedence). */
#include <errno.h>
#include <string.h>

#include "gw/map_parts.h"

enum { OFF, SEND, ACCEPT, BOTH };

#define H(key, token, what, rfc, a, b, c, clause) { key, token, what, { rfc, a, b, c }, clause }

static const struct map_row rows[] = {
	H(MAP_H_DIVERSION, "diversion", "Diversion <-> redirecting, original called number",
	  BOTH, ACCEPT, BOTH, BOTH, "RFC 5806, RFC 7544"),
	H(MAP_H_HISTORY_INFO, "history-info", "History-Info <-> the same, with counter and reasons",
	  ACCEPT, BOTH, BOTH, BOTH, "RFC 7044, RFC 7544"),
	H(MAP_H_USER_TO_USER, "user-to-user", "User-to-User <-> user-to-user information",
	  BOTH, BOTH, BOTH, BOTH, "RFC 7433, RFC 7434"),
	H(MAP_H_REASON, "reason", "Reason with Q.850 in requests and responses",
	  BOTH, BOTH, BOTH, BOTH, "RFC 3326, RFC 6432, RFC 8606"),
	H(MAP_H_CPC, "cpc", "cpc parameter <-> calling party's category",
	  BOTH, BOTH, BOTH, BOTH, "TS 24.229 7.2A.12"),
	H(MAP_H_OLI, "isup-oli", "isup-oli parameter <-> originating line information (ANSI)",
	  OFF, OFF, OFF, OFF, "practice of ANSI networks"),
	H(MAP_H_CHARGE, "p-charge-info", "P-Charge-Info <-> charge number (ANSI)",
	  OFF, OFF, OFF, OFF, "RFC 8496"),
	H(MAP_H_RN, "rn", "rn and npdi parameters <-> routing number, number translated",
	  BOTH, BOTH, BOTH, BOTH, "RFC 4694, RFC 3398 8.2.1.2"),
	H(MAP_H_CIC, "cic", "cic parameter <-> transit network selection, carrier",
	  OFF, OFF, OFF, OFF, "RFC 4694, RFC 3398 8.2.1.2: by policy"),
	H(MAP_H_TGRP, "tgrp", "tgrp and trunk-context parameters <-> trunk group",
	  OFF, OFF, OFF, OFF, "RFC 4904"),
	H(MAP_H_EARLY_MEDIA, "p-early-media", "P-Early-Media <-> in-band information",
	  OFF, BOTH, OFF, BOTH, "RFC 5009"),
	H(MAP_H_CONNECTED, "connected", "P-Asserted-Identity of the answer <-> connected number",
	  BOTH, BOTH, BOTH, BOTH, "RFC 3325, RFC 4916, Q.731.5"),
	H(MAP_H_SUBADDRESS, "isub", "isub parameter <-> subaddress in access transport",
	  OFF, BOTH, BOTH, BOTH, "RFC 3966 5.1.2, Q.1912.5"),
	H(MAP_H_PRIORITY, "resource-priority", "Resource-Priority <-> MLPP, IEPS category",
	  OFF, OFF, OFF, OFF, "RFC 4412"),
	H(MAP_H_WARNING, "warning", "Warning in 488 and 606 <-> a cause of the bearer",
	  BOTH, BOTH, BOTH, BOTH, "RFC 3398 8.2.6.1, RFC 3261 20.43"),
	H(MAP_H_ALERT, "alert-info", "Alert-Info <-> notification of a waiting call",
	  OFF, BOTH, BOTH, BOTH, "RFC 7462 9.1, TS 24.615"),
	H(MAP_H_LOCATION, "geolocation", "Geolocation, from SIP to SIP",
	  OFF, OFF, OFF, OFF, "RFC 6442"),
	H(MAP_H_JIP, "jip", "rn, jip parameters of the caller <-> jurisdiction (ANSI)",
	  OFF, OFF, OFF, OFF, "RFC 4694 5.2.3, practice of ANSI networks"),
};

static const struct map_choice choices[] = {
	{ OFF, "off", "neither sent nor taken" },
	{ SEND, "send", "sent, not taken" },
	{ ACCEPT, "accept", "taken, not sent" },
	{ BOTH, "both", "sent and taken" },
	{ 0 }
};

const struct map_table map_table_header = {
	.name = "header",
	.title = "SIP headers and URI parameters, which way they are carried (clauses by row)",
	.key_title = "header", .value_title = "way",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
};

bool map_header_sent(const struct map_profile *p, enum map_header h)
{
	return map_rule(p, MAP_T_HEADER, h) & SEND;
}

bool map_header_taken(const struct map_profile *p, enum map_header h)
{
	return map_rule(p, MAP_T_HEADER, h) & ACCEPT;
}

struct out map_begin_header(struct sip_out *out, const char *name)
{
	size_t used = strlen(out->headers);
	struct out o = out_to(out->headers + used, sizeof(out->headers) - used);

	out_str(&o, name);
	out_str(&o, ": ");
	return o;
}

int map_end_header(struct out *o)
{
	out_str(o, "\r\n");
	return out_end(o) < 0 ? -EMSGSIZE : 0;
}

int map_put_header(struct sip_out *out, const char *name, const char *value)
{
	struct out o = map_begin_header(out, name);

	out_str(&o, value);
	return map_end_header(&o);
}
