/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dual seizure (Q.764 2.9.1): which circuits are ours. */
#ifndef TOLLGATE_ISUP_SEIZURE_H
#define TOLLGATE_ISUP_SEIZURE_H

#include "isup/circuit.h"

/* This exchange keeps its call when both ends seize this circuit at once. */
bool isup_group_controls(const struct isup_group *g, uint16_t cic);

#endif
