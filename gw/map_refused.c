/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: why a call cannot go on a trunk group, as a cause. */
#include <errno.h>

#include "gw/map_bearer.h"

enum { EXCHANGE_ROUTING = 25, INVALID_NUMBER = 28, BEARER_NOT_IMPLEMENTED = 65,
       INTERWORKING = 127 };

uint8_t map_setup_cause(int rc, const struct cc_setup *s, const struct isup_msg *iam,
			const struct map_profile *p)
{
	uint8_t cause;

	switch (rc) {
	case -ELOOP:
		return EXCHANGE_ROUTING;
	case -EINVAL:
		return INVALID_NUMBER;
	case -EOPNOTSUPP:
		cause = map_medium_cause(map_medium_wanted(s, p), p);
		return cause ? cause : BEARER_NOT_IMPLEMENTED;
	case -EPERM:
		return map_iam_refused(iam, p);
	default:
		return INTERWORKING;
	}
}
