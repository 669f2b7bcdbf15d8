/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Log categories: a row each. */
#include <osmocom/core/utils.h>

#include "gw/log.h"

#define CATEGORY(id, text) \
	[id] = { .name = #id, .description = text, .loglevel = LOGL_NOTICE, .enabled = 1 }

static const struct log_info_cat cats[] = {
	CATEGORY(DMAIN, "start, stop, configuration in use"),
	CATEGORY(DISUP, "ISUP circuits and processes"),
	CATEGORY(DMTP, "MTP back ends (M3UA, local)"),
	CATEGORY(DSIP, "SIP edge"),
	CATEGORY(DMEDIA, "media contexts"),
	CATEGORY(DMGCP, "MGCP call agent"),
	CATEGORY(DCALL, "calls"),
	CATEGORY(DCDR, "call records"),
	CATEGORY(DCFG, "configuration"),
};

const struct log_info tollgate_log_info = { .cat = cats, .num_cat = ARRAY_SIZE(cats) };
