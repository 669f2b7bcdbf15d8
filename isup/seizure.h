/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dual seizure (Q.764 2.9.1): which circuits are ours. */
#ifndef TOLLGATE_ISUP_SEIZURE_H
#define TOLLGATE_ISUP_SEIZURE_H

#include "isup/circuit.h"

/* This exchange keeps its call when both ends seize this circuit at once. */
bool isup_group_controls(const struct isup_group *g, uint16_t cic);
/* The same from now on by another rule than configured (ANSI: circuit validation said so). */
void isup_group_set_control(struct isup_group *g, enum isup_control control);

#endif
