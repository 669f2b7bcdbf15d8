/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gateway as its configuration plans it, before anything is opened. */
#ifndef TOLLGATE_GW_PLAN_H
#define TOLLGATE_GW_PLAN_H

#include "gw/gw.h"

/* Trunk groups and route tables, which open nothing. 0 or -1. */
int gw_plan(struct gw *gw);
/* Host part of our own URIs; NULL: not known. */
const char *gw_local_host(const struct gw *gw);
/* The SIP edge as configured; listen is what *cfg refers to. */
void gw_sip_cfg(struct sip_cfg *cfg, struct sip_cfg_listen listen[CONFIG_MAX_LISTEN],
		const struct config *c);

#endif
