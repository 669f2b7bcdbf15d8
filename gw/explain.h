/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would become of a call: the message is read, and all that a call does with it is done and
 * told, but nothing is sent, seized or counted. By the functions that calls use (gw/map.h,
 * gw/way.h), from trunk groups that need not be started (gw_plan()). */
#ifndef TOLLGATE_GW_EXPLAIN_H
#define TOLLGATE_GW_EXPLAIN_H

#include "gw/gw.h"

/* Whom it is told: lines without an end. */
struct explain { void (*line)(void *ctx, const char *text); void *ctx; };

enum explain_end {
	EXPLAIN_GOES,		/* a trunk group would be given the call */
	EXPLAIN_REFUSED,	/* none would: it has been said why, and what the caller hears */
	EXPLAIN_NOT_READ,	/* the message could not be read: it has been said why */
};

/* An IAM from an ISUP trunk group: hexadecimal digits (with CIC or from the message type on), or
 * text as isup_parse() reads it. */
enum explain_end explain_iam(const struct explain *to, const struct trunk *in, const char *text);
/* An INVITE from a SIP trunk group, in a file. */
enum explain_end explain_invite(const struct explain *to, const struct trunk *in,
				const char *path);

#endif
