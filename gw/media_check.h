/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a media gateway does for continuity checks (Q.724 7): a check tone on a circuit, and whether
 * it comes back. The other end's part, a loop, is a context opened in mode MEDIA_LOOPBACK. */
#ifndef TOLLGATE_GW_MEDIA_CHECK_H
#define TOLLGATE_GW_MEDIA_CHECK_H

#include "gw/media.h"

/* Bits: loop a circuit; answer with the other tone; send a tone and find it. */
enum { MEDIA_CAN_LOOP = 1, MEDIA_CAN_TRANSPOND = 2, MEDIA_CAN_CHECK = 4 };
unsigned int media_gw_can(const struct media_gw *gw);

enum media_check_result {
	MEDIA_CHECK_PASSED,		/* the tone came back, and is gone again */
	MEDIA_CHECK_FAILED,		/* it did not come while it was sent */
	MEDIA_CHECK_UNABLE,		/* the gateway refused, died or restarted */
};

struct media_check_order {
	uint16_t cic;
	/* two wires somewhere: 2010 Hz goes, 1780 Hz is to come; else 2010 Hz both ways */
	bool pair;
};

struct media_check;
/* Comes once, never from inside media_check_start(); the check is gone. */
typedef void media_check_cb(void *ctx, enum media_check_result result, const char *why);

/* NULL: the gateway cannot, is away, or memory is out. Who wants to wait shorter than the gateway
 * does (RFC 3660: 3 s) stops it. A context of the same circuit may be there, or come. */
struct media_check *media_check_start(struct media_gw *gw, const struct media_check_order *o,
				      media_check_cb *done, void *ctx);
void media_check_stop(struct media_check *k);

#endif
