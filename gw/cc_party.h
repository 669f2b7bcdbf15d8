/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a call says of its parties beside their numbers. Part of struct cc_setup (gw/cc.h). */
#ifndef TOLLGATE_GW_CC_PARTY_H
#define TOLLGATE_GW_CC_PARTY_H

#include <stdbool.h>
#include <stdint.h>

#include "isup/isup.h"

enum { CC_MAX_CONTEXT = 64, CC_MAX_ASSERTED = 128, CC_MAX_GROUP = 41, CC_MAX_PLACE = 256,
       CC_MAX_HISTORY = 800 };

/* What a SIP caller wants hidden (RFC 3323 4.2, RFC 3325 9.3). */
enum cc_privacy {
	CC_PRIVACY_ID = 1, CC_PRIVACY_HEADER = 2, CC_PRIVACY_USER = 4, CC_PRIVACY_SESSION = 8,
	CC_PRIVACY_CRITICAL = 16,
	CC_PRIVACY_ANONYMOUS = 32,	/* he does not say who he is */
	CC_PRIVACY_HIDES = CC_PRIVACY_ID | CC_PRIVACY_HEADER | CC_PRIVACY_USER |
			   CC_PRIVACY_ANONYMOUS,
};

struct cc_party {
	/* phone-context of a called number that has no nature we know; "" none */
	char called_context[CC_MAX_CONTEXT];
	/* where a ported called number lives; digits "": not ported, or nobody asked. Its digits
	 * may be hexadecimal (RFC 4694). nai unknown: it means something in routing_context */
	struct isup_number routing;
	char routing_context[CC_MAX_CONTEXT];
	/* the carrier that the caller chose, "" none: its code, and the country that gave it */
	char carrier[9], carrier_country[5];

	char to_group[CC_MAX_GROUP];	/* trunk group that the caller asks for, "" none */
	char from_group[CC_MAX_GROUP];	/* that the call came in by */

	uint8_t privacy;		/* enum cc_privacy, bits */
	bool name_restricted;		/* the calling name must not be shown */
	bool name_claimed;		/* it is what a SIP caller calls himself */
	/* the additional number is what a SIP caller says of himself; nobody asserted another */
	bool from_only;
	/* identity that a SIP peer asserted and that is no number: a URI, "" none */
	char asserted[CC_MAX_ASSERTED];

	/* T1.113: who pays (nature as of a called number; charge_called: the called party does),
	 * from what line, and from where: six digits, "" not known */
	bool has_charge, charge_called, has_oli;
	struct isup_number charge;
	uint8_t oli;
	char jip[8];

	bool has_mlpp;
	struct isup_mlpp mlpp;		/* from SIP only its level counts */
	/* as a SIP peer said them, "" not at all */
	char resource_priority[CC_MAX_CONTEXT], geolocation[CC_MAX_PLACE];
	/* History-Info as a SIP peer said it, for another one; "" none, or it is not all that is
	 * known. The diversions in it; its message wanted it hidden */
	char history[CC_MAX_HISTORY];
	uint8_t history_count;
	bool history_private;
};

#endif
