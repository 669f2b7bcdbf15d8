/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop: one thread, osmo_select, the supervisor told that we live. */
#ifndef TOLLGATE_GW_LOOP_H
#define TOLLGATE_GW_LOOP_H

#include "gw/gw.h"

/* Runs until SIGTERM or SIGINT; then calls are released, records written, and the last messages
 * given up to two seconds to go. Tells systemd READY, WATCHDOG and STOPPING when it listens. 0, or
 * -errno when signals cannot be had. */
int loop_run(void *ctx, struct gw *gw);

#endif
