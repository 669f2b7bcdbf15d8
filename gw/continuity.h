/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Continuity checks: what the ISUP stack wants of a circuit's path, done by the media gateway of
 * its trunk group. A circuit's test has its own context there, and leaves none behind. */
#ifndef TOLLGATE_GW_CONTINUITY_H
#define TOLLGATE_GW_CONTINUITY_H

#include "gw/gw.h"

/* For the gateway's stack; once. */
void gw_continuity_init(struct gw *gw);
/* Ends all tests, before the media gateways go. */
void gw_continuity_end(struct gw *gw);
/* Has this IAM ask for a check or not, by the setting of the trunk group it is for: always, or one
 * in so many. True: it does. */
bool gw_continuity_ask(struct trunk *t, struct isup_msg *iam);

#endif
