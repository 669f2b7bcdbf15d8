/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Log categories: a row each. */
#include <osmocom/core/utils.h>

#include "gw/log.h"

static const struct log_info_cat cats[] = {
	[DMAIN] = { .name = "DMAIN", .description = "start, stop, configuration in use", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DISUP] = { .name = "DISUP", .description = "ISUP circuits and processes", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DMTP] = { .name = "DMTP", .description = "MTP back ends (M3UA, local)", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DSIP] = { .name = "DSIP", .description = "SIP edge", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DMEDIA] = { .name = "DMEDIA", .description = "media contexts", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DMGCP] = { .name = "DMGCP", .description = "MGCP call agent", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DCALL] = { .name = "DCALL", .description = "calls", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DCDR] = { .name = "DCDR", .description = "call records", .loglevel = LOGL_NOTICE, .enabled = 1 },
	[DCFG] = { .name = "DCFG", .description = "configuration", .loglevel = LOGL_NOTICE, .enabled = 1 },
};

const struct log_info tollgate_log_info = { .cat = cats, .num_cat = ARRAY_SIZE(cats) };
