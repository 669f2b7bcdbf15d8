/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which SIP trunk group a request is of, by where it comes from. */
#ifndef TOLLGATE_CONFIG_MATCH_H
#define TOLLGATE_CONFIG_MATCH_H

#include "config/config.h"

/* host belongs to the target from now on. */
void config_target_set_host(struct config_target *g, char *host);

/* Where a SIP request comes from, and the port of ours it arrived at. */
struct config_source {
	uint8_t octets[16];		/* as config_prefix's */
	uint16_t port;
	uint16_t local_port;		/* 0: not known; trunk groups are not told apart by it */
};
/* 0: the trunk group takes no request from there; else the one with the highest number takes it:
 * the longest prefix of accept-from and numeric targets wins, then a local-port over none, then a
 * target with the source's port. */
unsigned int config_trunk_accepts(const struct config_trunk *t, const struct config_source *from);

#endif
