/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world a flow plays in: a gateway with a PSTN on a pipe and SIP peers on paper, on a virtual
 * clock. */
#ifndef TOLLGATE_TESTS_LAB_H
#define TOLLGATE_TESTS_LAB_H

#include "gw/gw.h"

enum { LAB_MAX_PSTN = 64, LAB_OPC = 2057, LAB_DPC = 2058, LAB_DPC_2 = 2059 };

struct lab {
	struct config *cfg;
	struct gw *gw;
	struct mtp *pstn;
	struct mtp_user far;		/* who plays the exchange; without functions: the flow */
	struct media_gw *media;		/* on paper, or NULL: none to control */
	size_t idle_size;		/* octets of the gateway without calls */
	unsigned int found;		/* hanging, by the audit: nothing may be */
	bool unaudited;			/* not by us, after each step */
	char cdr_path[64];
	unsigned int n_pstn;
	struct {
		uint32_t dpc;
		uint16_t len;
		uint8_t octets[300];
	} from_gw[LAB_MAX_PSTN]; /* not yet looked at */
};

/* What the exchange and the circuits speak: ITU-T, or what FLOW_DIALECT names. */
const struct isup_dialect *lab_dialect(void);
/* Trunk groups: pstn (CIC 1-4), pstn2 (11-12), multi (31-32 to either of two exchanges), checked
 * (51-52, continuity checks and LPA), sip, sipt (SIP-T), strict (SIP-T that must be understood),
 * two (three targets, the second one unreachable), few (one call), twin-a and twin-b (one peer,
 * told apart by our port), whole (61-62, no SAM),
 * long (71-72, overlap without end), those of overlap() in lab.c. Routes: routes()
 * there. */
void lab_open(struct lab *lab, void *ctx);
/* A setting of a trunk group, in the middle of a flow: "ringback (gateway|network|none)",
 * "redirect (refuse|follow|any)". false: not understood. */
bool lab_set(struct config_trunk *t, const char *setting, const char *value);
void lab_close(struct lab *lab);
/* Lets time pass: timers run in order. */
void lab_wait(struct lab *lab, double seconds);
/* Everything that can happen now happens. */
void lab_settle(struct lab *lab);
/* The way to the exchange. */
void lab_mtp(struct lab *lab, bool up);
/* The way to one of the exchanges. */
void lab_mtp_to(struct lab *lab, uint32_t pc, bool up);
/* MTP says that the exchange is reached, but has no ISUP. */
void lab_mtp_no_user(struct lab *lab);
void lab_mtp_congested(struct lab *lab);
/* Circuits get a media gateway on paper (once). */
struct media_gw *lab_media(struct lab *lab);
void lab_pstn_send(struct lab *lab, uint32_t opc, const struct isup_msg *m);
void lab_pstn_send_octets(struct lab *lab, uint32_t opc, const uint8_t *octets, size_t len);
/* Circuits of all trunk groups that are not idle, as text; "" when all are. */
const char *lab_busy_circuits(struct lab *lab);

#endif
