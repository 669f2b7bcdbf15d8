/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suspend and resume (Q.764 2.4): what the user may say about one call. */
#ifndef TOLLGATE_ISUP_SUSPEND_H
#define TOLLGATE_ISUP_SUSPEND_H

#include "isup/circuit.h"

/* Who watches that this call is resumed, instead of what its group says. To be said before the call
 * is suspended. When T2, T6 or T38 expires the call is released both ways: REL to the peer,
 * release_ind with cause 102 (T6: 16) to the user. */
void isup_call_suspend_role(struct isup_call *call, enum isup_suspend_role role);

#endif
