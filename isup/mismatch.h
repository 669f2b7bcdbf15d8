/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two exchanges think of one circuit, and what to do where they differ (Q.763 3.14, Q.764
 * 2.8.3). Pure: values in, a value out. */
#ifndef TOLLGATE_ISUP_MISMATCH_H
#define TOLLGATE_ISUP_MISMATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum isup_cct_call {
	ISUP_CCT_TRANSIENT,		/* a call or maintenance process is between two states */
	ISUP_CCT_UNEQUIPPED,
	ISUP_CCT_BUSY_IN,
	ISUP_CCT_BUSY_OUT,
	ISUP_CCT_AT_REST,		/* no call on it */
	ISUP_CCT_CALLS
};

/* A circuit as one exchange sees it: local is what it has blocked itself. */
struct isup_cct_view {
	enum isup_cct_call call;
	bool local_blocked, remote_blocked;	/* for maintenance */
	bool local_failed, remote_failed;	/* for a hardware failure */
};

/* The octet of a CQR. view: false when it is one that the standard keeps spare. Blocking of a
 * transient or unequipped circuit is not said; hardware blocking is said of circuits without a call
 * alone. */
bool isup_cct_view(struct isup_cct_view *ret, uint8_t octet);
uint8_t isup_cct_octet(const struct isup_cct_view *view);
/* "idle", "outgoing, locally blocked" ...; as snprintf(). */
int isup_cct_text(char *buf, size_t size, uint8_t octet);

/* What is to be done, a bit each. */
enum isup_cure {
	ISUP_CURE_UNEQUIP = 1 << 0,	/* not to be used, maintenance is alerted */
	ISUP_CURE_RESET = 1 << 1,	/* RSC */
	ISUP_CURE_RELEASE = 1 << 2,	/* REL: the peer has no such call any more */
	ISUP_CURE_ADOPT_BLOCKED = 1 << 3,	/* take over the peer's blocking for maintenance */
	ISUP_CURE_ADOPT_FAILED = 1 << 4,	/* and for a hardware failure */
	ISUP_CURE_SAY_BLOCKED = 1 << 5,	/* CGB or CGU again, for maintenance */
	ISUP_CURE_SAY_FAILED = 1 << 6,	/* and for a hardware failure */
	/* they end calls: done only when a second query says the same */
	ISUP_CURE_GRAVE = ISUP_CURE_RESET | ISUP_CURE_RELEASE,
};
/* 0: both agree, or a process that runs will see to it. */
unsigned int isup_mismatch(const struct isup_cct_view *ours, const struct isup_cct_view *theirs);
/* "it is busy there and idle here: RSC" ...; as snprintf(). */
int isup_mismatch_text(char *buf, size_t size, unsigned int cure);

#endif
