/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world a flow plays in: a gateway with a PSTN on a pipe and SIP peers on paper, on a virtual clock. */
#ifndef TOLLGATE_TESTS_LAB_H
#define TOLLGATE_TESTS_LAB_H

#include "gw/gw.h"

enum { LAB_MAX_PSTN = 64, LAB_OPC = 2057, LAB_DPC = 2058 };

struct lab {
	struct config *cfg;
	struct gw *gw;
	struct mtp *pstn;
	char cdr_path[64];
	unsigned int n_pstn;
	struct { uint16_t len; uint8_t octets[300]; } from_gw[LAB_MAX_PSTN];	/* not yet looked at */
};

/* SIP-T is on on trunk group sipt, off on sip; routes: 49301 -> pstn, 4989 -> sip, 4940 -> sipt, 4970 -> two ways. */
void lab_open(struct lab *lab, void *ctx);
void lab_close(struct lab *lab);
/* Lets time pass: timers run in order. */
void lab_wait(struct lab *lab, double seconds);
/* Everything that can happen now happens. */
void lab_settle(struct lab *lab);
void lab_pstn_send(struct lab *lab, const struct isup_msg *m);
void lab_pstn_send_octets(struct lab *lab, const uint8_t *octets, size_t len);
/* Circuits of all trunk groups that are not idle, as text; "" when all are. */
const char *lab_busy_circuits(struct lab *lab);

#endif
