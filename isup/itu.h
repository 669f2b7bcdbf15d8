/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two tables of the ITU-T dialect. */
#ifndef TOLLGATE_ISUP_ITU_H
#define TOLLGATE_ISUP_ITU_H

#include "isup/dialect.h"

extern const struct isup_mt_row isup_itu_messages[ISUP_N_CODES];
extern const struct isup_par_row isup_itu_params[ISUP_N_CODES];

#endif
