/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit: goes slowly over all circuits, calls and media contexts, in the background, and finds
 * what hangs: names it in the log, counts it, and frees it. */
#ifndef TOLLGATE_GW_AUDIT_H
#define TOLLGATE_GW_AUDIT_H

#include "gw/gw.h"

/* What is found beside circuits (isup/audit.h): a row each. */
#define AUDIT_FINDINGS(X) \
	X(CALL_CIRCUIT,	"audit:call_no_circuit", "calls that should have had a circuit") \
	X(CALL_MEDIA,	"audit:call_no_media",	"calls on circuits without a media context") \
	X(CALL_LONG,	"audit:call_too_long",	"calls longer than `audit longest-call'") \
	X(MEDIA_CALL,	"audit:media_no_call",	"media contexts that no call had")
enum audit_finding {
#define X(id, name, desc) AUDIT_##id,
	AUDIT_FINDINGS(X)
#undef X
	AUDIT_COUNT
};

/* Begins the audit in the background: every `audit interval' seconds everything has been looked at
 * once, at most AUDIT_MAX_SLICE circuits and calls a second. 0 or -ENOMEM. */
enum { AUDIT_MAX_SLICE = 8192 };
int audit_start(struct gw *gw);
void audit_stop(struct gw *gw);

/* What one pass has seen. */
struct audit_result { unsigned int circuits, calls, contexts, found; };
/* A pass at once, over everything or one ISUP trunk group and its calls; a millisecond for every
 * 20,000 circuits or so. From the loop, not from inside a primitive. */
void audit_now(struct audit_result *ret, struct gw *gw, const struct trunk *only);

uint64_t audit_counter(const struct gw *gw, enum audit_finding f);
const char *audit_counter_name(enum audit_finding f);

/* call_new.c: this call goes away. */
void audit_forget(struct gw *gw, const struct call *call);

#endif
