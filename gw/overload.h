/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a load the gateway itself is under, as its neighbours are told (Q.764 2.11). */
#ifndef TOLLGATE_GW_OVERLOAD_H
#define TOLLGATE_GW_OVERLOAD_H

#include <stdbool.h>
#include <stdint.h>

struct gw;

struct overload {			/* what is known of one second */
	unsigned int calls, max_calls;
	unsigned int late_ms;		/* the loop came to its timer so late */
	uint64_t sip_refused;		/* INVITEs refused by admission control */
	bool draining;
};

/* 0 none, 1 new calls are better kept away, 2 they will be refused. */
unsigned int overload_level(const struct overload *o);

/* Looks every second and tells the ISUP stack; a level stays for some seconds. */
void gw_overload_start(struct gw *gw);
void gw_overload_stop(struct gw *gw);
/* At once, when something has changed that cannot wait. */
void gw_overload_look(struct gw *gw);

#endif
