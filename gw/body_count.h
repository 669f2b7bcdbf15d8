/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of ISUP messages in SIP bodies, counted. */
#ifndef TOLLGATE_GW_BODY_COUNT_H
#define TOLLGATE_GW_BODY_COUNT_H

#include "isup/limit.h"

#define BODY_COUNTERS(X) \
	X(TAKEN, "isup-body:taken", "ISUP messages taken from bodies") \
	X(IGNORED, "isup-body:ignored", "bodies that were not used, and might be ignored") \
	X(REFUSED, "isup-body:refused", "bodies that were not used, and had to be understood") \
	X(DECLINED, "isup-body:declined", "INVITEs that were repeated without ISUP") \
	X(UNTOLD, "isup-body:not_sent", "ISUP messages that could not be told to a SIP peer") \
	X(LOST, "isup-body:parameters_lost", "parameters that the peer's dialect cannot say")
enum body_counter {
#define X(id, name, desc) BODY_CTR_##id,
	BODY_COUNTERS(X)
#undef X
	BODY_CTR_COUNT
};

#endif
