/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An outgoing SIP leg whose called number is not whole yet: what leg_sip_overlap.c (several
 * INVITEs), leg_sip_attempt.c (what they are answered) and leg_sip_digits.c (INFO) share. */
#ifndef TOLLGATE_GW_LEG_SIP_OVERLAP_H
#define TOLLGATE_GW_LEG_SIP_OVERLAP_H

#include "gw/leg_sip.h"
#include "gw/map_overlap.h"

enum { LEG_SIP_MAX_INVITES = 24 };

/* One INVITE of the call. */
struct leg_sip_attempt {
	struct leg_sip *l;
	struct sip_leg *sip;		/* NULL: it has failed */
	char *heard;			/* description in a provisional response */
	size_t digits;
};

struct leg_sip_overlap {
	const struct cc_setup *setup;	/* the call's: digits are added to it */
	const struct isup_msg *iam;
	char *host;			/* of the target */
	struct sip_series *series;
	struct map_told told;
	bool by_info;			/* one INVITE, then INFO */
	bool hopeless;			/* the newest has failed for good */
	struct map_more waiting;	/* by_info: digits that no early dialog is there for */
	size_t speaking;		/* digits of the INVITE that the caller hears */
	const struct leg_sip_attempt *heard;	/* whose description was told last */
	/* the best failure so far; status 0: none */
	struct map_failure best;
	struct cc_release release;
	struct isup_msg *rel;
	unsigned int n;
	struct leg_sip_attempt attempt[LEG_SIP_MAX_INVITES];
};

/* leg_sip_overlap.c, of a leg that may have several: l->overlap is not NULL but for begin() */
void leg_sip_overlap_begin(struct leg_sip *l);
int leg_sip_overlap_invite(struct leg_sip *l, const struct sip_target *target,
			   const struct sip_out *out);
void leg_sip_overlap_digits(struct leg_sip *l, const struct cc_prim *prim);
void leg_sip_overlap_release(struct leg_sip *l, const struct cc_release *r);
/* The newest INVITE that has not failed; NULL: none. */
struct leg_sip_attempt *leg_sip_living(struct leg_sip_overlap *o);
/* No further INVITE will go, and none can be answered any more. */
bool leg_sip_overlap_over(const struct leg_sip *l);
/* The best failure is the call's. msg: it, when it has just come. The leg may be gone. */
void leg_sip_overlap_finish(struct leg_sip *l, const struct sip_msg *msg);
/* All that live, but the leg's own dialog. */
void leg_sip_overlap_cancel(struct leg_sip *l, const struct sip_out *out);
/* An INVITE with all digits, where INFO is refused. */
void leg_sip_overlap_next(struct leg_sip *l);
/* The call cannot go on: what still rings is cancelled. */
void leg_sip_overlap_fail(struct leg_sip *l, int status);

/* leg_sip_attempt.c: ctx is the attempt */
extern const struct sip_leg_ops leg_sip_attempt_ops;

/* leg_sip_digits.c */
/* CC_ADDRESS by INFO, or as soon as that is possible. */
void leg_sip_digits_told(struct leg_sip *l, const struct cc_prim *prim);
/* false: the leg may be gone. */
bool leg_sip_digits_flush(struct leg_sip *l);
bool leg_sip_digits_refused(struct leg_sip *l, int status);

#endif
