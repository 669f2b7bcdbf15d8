/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bearers inside the mapper: media in IAMs and offers in session descriptions. */
#ifndef TOLLGATE_GW_MAP_BEARER_H
#define TOLLGATE_GW_MAP_BEARER_H

#include "gw/map_parts.h"
#include "gw/sdp_bearer.h"

extern const struct map_table map_table_bearer, map_table_medium, map_table_bearer_info;

enum { TMR_2X64K = 7, TMR_384K, TMR_1536K, TMR_1920K };	/* after those of map_parts.h */

/* --- map_medium.c --- */
/* The TMR; the trunk group's own when the call does not say. */
uint8_t map_medium_wanted(const struct cc_setup *s, const struct map_profile *p);
/* 0, -EOPNOTSUPP (not by ISUP), -EMSGSIZE, -EINVAL. */
int map_medium_to_iam(struct isup_msg *iam, const struct cc_setup *s, const struct map_profile *p);

/* --- map_bearer.c --- */
enum map_bearer_info { MAP_INFO_USI, MAP_INFO_HLC };
bool map_bearer_info(const struct map_profile *p, enum map_bearer_info what);
/* The call's medium by its offer (NULL: none); has_iam: an IAM came along and has said it. */
void map_bearer_from_offer(struct cc_setup *s, const struct sdp *offer, bool has_iam,
			   const struct map_profile *p);
/* *sdp is cut down to what the medium may have, in buf. 0; -EOPNOTSUPP: there is nothing, or it is
 * not wanted. */
enum { MAP_MAX_SDP = 2048 };
int map_bearer_to_offer(const char **sdp, char buf[MAP_MAX_SDP], const struct cc_setup *s,
			const struct map_profile *p);

#endif
