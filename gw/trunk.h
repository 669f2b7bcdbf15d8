/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunk groups; and the circuits of an ISUP trunk group. Those may lead to several exchanges: one
 * struct trunk_peer and one struct isup_group for each. */
#ifndef TOLLGATE_GW_TRUNK_H
#define TOLLGATE_GW_TRUNK_H

#include "gw/gw.h"

enum { TRUNK_MAX_GROUP_NAME = CONFIG_MAX_NAME + 40 };

/* The circuits of a trunk group to one exchange; isup_group_user() gives it. The isup_group has the
 * name of the trunk group, or "NAME:PC" for circuits with a point code of their own ("NAME:PC@PC":
 * theirs and ours): what logs and commands call it. */
struct trunk_peer {
	struct llist_head list;		/* trunk->peers, in order of configuration */
	struct trunk *trunk;
	struct isup_group *group;
	const char *opc, *dpc;		/* as configured */
	char point_codes[32];		/* "1.1.1/1.1.2" */
	unsigned int n_ranges;		/* where in the media gateway the circuits are */
	struct trunk_range { uint16_t first, last, termination; } ranges[CONFIG_MAX_RANGES];
};

/* trunk.c: one more trunk group, which does nothing yet; and it is taken into service. 0 or -errno,
 * of the latter with a log line. */
int trunk_plan(struct gw *gw, const struct config_trunk *cfg);
int trunk_start(struct trunk *t);

/* The SIP trunk group a request from this source belongs to, or NULL. local_port: ours it arrived
 * on, 0: not known, then trunk groups are not told apart by it. */
struct trunk *trunk_of_source(const struct gw *gw, const struct sockaddr_storage *source,
			      uint16_t local_port);

/* Makes what the configuration says and starts the circuits. 0 or -errno. */
int trunk_isup_new(struct trunk *t);
bool trunk_is_isup(const struct trunk *t);

/* trunk_avoid.c: a target is not asked for so many seconds, at most TRUNK_MAX_AVOID_S; 0: it may
 * be. */
enum { TRUNK_MAX_AVOID_S = 300 };
void trunk_avoid(struct trunk *t, const struct config_target *target, unsigned int seconds);
unsigned int trunk_avoided_for(const struct trunk *t, const struct config_target *target);

struct trunk_peer *trunk_peer_of(const struct isup_circuit *c);
/* The media gateway's number of a circuit. */
uint16_t trunk_termination(const struct isup_circuit *c);

/* Every isup_group of a trunk group, every circuit of it: NULL for the first; NULL after the last,
 * and of SIP trunk groups. */
struct isup_group *trunk_group_next(const struct trunk *t, const struct isup_group *g);
struct isup_circuit *trunk_circuit_next(const struct trunk *t, struct isup_circuit *c);

/* Seizes an idle circuit by the policy of the trunk group. Of several exchanges each has its turn;
 * with `lowest' the first in the configuration that can is asked always, with `highest' the last.
 * iam: of a new call, which congestion control may refuse; NULL: it has let this call pass before.
 * 0; -EBUSY: none is idle; -EAGAIN: refused; -ENETUNREACH: no exchange can be reached. */
int trunk_hunt(struct isup_circuit **ret, struct trunk *t, const struct isup_msg *iam);

#endif
