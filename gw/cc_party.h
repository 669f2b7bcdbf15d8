/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a call says of its parties beside their numbers. Part of struct cc_setup (gw/cc.h). */
#ifndef TOLLGATE_GW_CC_PARTY_H
#define TOLLGATE_GW_CC_PARTY_H

#include <stdbool.h>
#include <stdint.h>

#include "isup/isup.h"

enum { CC_MAX_CONTEXT = 64 };

struct cc_party {
	/* phone-context of a called number that has no nature we know; "" none */
	char called_context[CC_MAX_CONTEXT];
	/* where a ported called number lives; digits "": not ported, or nobody asked. Its digits
	 * may be hexadecimal (RFC 4694). nai unknown: it means something in routing_context */
	struct isup_number routing;
	char routing_context[CC_MAX_CONTEXT];
	/* the carrier that the caller chose, "" none: its code, and the country that gave it */
	char carrier[9], carrier_country[5];
};

#endif
