/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Log categories, and the one macro that puts a call's identity before a line. */
#ifndef TOLLGATE_GW_LOG_H
#define TOLLGATE_GW_LOG_H

#include <osmocom/core/logging.h>

enum tollgate_log { DMAIN, DISUP, DMTP, DSIP, DMEDIA, DMGCP, DCALL, DCDR, DCFG, LOG_CATEGORIES };

/* Rows of libosmocore's log_info for the categories above. */
extern const struct log_info tollgate_log_info;

#endif
