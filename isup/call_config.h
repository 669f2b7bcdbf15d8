/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the calls of a trunk group are to be treated; zeros are the standard's ordinary case. */
#ifndef TOLLGATE_ISUP_CALL_CONFIG_H
#define TOLLGATE_ISUP_CALL_CONFIG_H

#include <stdint.h>

/* What a suspended call means here (Q.764 2.4): who watches that it is resumed. */
enum isup_suspend_role {
	ISUP_SUSPEND_PASS,		/* somebody else does */
	ISUP_SUSPEND_CONTROLLING,	/* we do: T2 (by a user), T6 (by the network) */
	ISUP_SUSPEND_INTERNATIONAL,	/* incoming international exchange: T38 (by the network) */
};

/* Which circuits are ours in a dual seizure (Q.764 2.9.1.4; ANSI: circuit validation). */
enum isup_control {
	ISUP_CONTROL_PARITY,		/* the even ones with the higher point code, else the odd */
	ISUP_CONTROL_ALL,
	ISUP_CONTROL_NONE,
	ISUP_CONTROL_ODD,
	ISUP_CONTROL_EVEN,
};

struct isup_call_cfg {
	enum isup_suspend_role suspend;
	enum isup_control control;
	uint16_t max_sdu;		/* octets from the CIC on; 0: what MTP carries (2.1.12) */
};

#endif
