/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timers by the standard that a dialect follows. */
#ifndef TOLLGATE_ISUP_TIMERS_H
#define TOLLGATE_ISUP_TIMERS_H

#include <osmocom/core/tdef.h>

#include "isup/circuit.h"

/* Timers that ITU-T has no number for: of both standards and our own, then those of T1.113, which
 * are called by the name their text begins with. */
enum {
	ISUP_TACC = -11, ISUP_T_AWAY = -13, ISUP_TCCR = -24,
	ISUP_TCVT = -101, ISUP_TCRM = -102, ISUP_TCRA = -103, ISUP_TCGB = -104, ISUP_TGRS = -105,
};

struct isup_timers {
	enum isup_timer_set set;
	const char *name, *standard;
	/* ended by an empty row; what a standard does not have is as in Q.764 */
	const struct osmo_tdef *rows;
};

extern const struct isup_timers isup_timers_itu, isup_timers_ansi;

#endif
