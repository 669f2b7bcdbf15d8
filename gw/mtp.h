/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MTP as ISUP sees it (Q.701 clause 8): transfer, pause, resume, status. One page, several back
 * ends. */
#ifndef TOLLGATE_GW_MTP_H
#define TOLLGATE_GW_MTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MTP_MAX_SDU = 1024 };	/* longest user data a back end takes or gives (narrowband: 268) */

struct mtp_label {
	uint32_t opc, dpc;
	uint8_t sls;
	uint8_t ni;		/* network indicator 0-3 */
	uint8_t prio;		/* message priority 0-3, 0 where the network has none */
};

enum mtp_status {
	MTP_STATUS_CONGESTED,		/* level 1-3; 0 = abated */
	/* remote user part: unequipped, inaccessible, no reason given */
	MTP_STATUS_USER_UNKNOWN,
	MTP_STATUS_USER_UNEQUIPPED,
	MTP_STATUS_USER_INACCESSIBLE,
};

struct mtp_user {
	void (*transfer_ind)(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len);
	void (*pause_ind)(void *ctx, uint32_t pc);
	void (*resume_ind)(void *ctx, uint32_t pc);
	void (*status_ind)(void *ctx, uint32_t pc, enum mtp_status status, unsigned int level);
	void *ctx;
};

struct mtp;

/* Send user data of service indicator 5. 0; -ENETUNREACH (destination not available), -ENOBUFS
 * (congested: queue full), -EMSGSIZE. What was taken is sent in order per (dpc, sls). */
int mtp_transfer(struct mtp *mtp, const struct mtp_label *l, const uint8_t *sdu, size_t len);
/* Destinations the user wants to hear of; the back end audits them (DAUD) and reports pause or
 * resume at once and on change. */
int mtp_watch(struct mtp *mtp, uint32_t pc);
bool mtp_reachable(const struct mtp *mtp, uint32_t pc);
/* One line about each link, association or peer, for `show`: line() is called for each. */
void mtp_show(const struct mtp *mtp, void (*line)(void *ctx, const char *text), void *ctx);
void mtp_close(struct mtp *mtp);

/* Back ends. All return NULL with a log line on failure and belong to the talloc context given. */

/* Two ends in memory: what one sends the other receives in the next turn of the loop (or at
 * mtp_pipe_run()). */
int mtp_pipe_pair(void *ctx, struct mtp **ret_a, const struct mtp_user *ua, struct mtp **ret_b,
		  const struct mtp_user *ub);
/* deliver all that is queued, both ways, now; messages delivered */
unsigned int mtp_pipe_run(struct mtp *end);
/* down: transfers give -ENETUNREACH and both users get pause_ind for watched codes */
void mtp_pipe_set_up(struct mtp *end, bool up);

/* A local SOCK_SEQPACKET socket between two processes (benchmarks, lab without SCTP). listen: path
 * is made and waits. The connecting end tries again every second. A peer that is there is a
 * destination that is available. */
struct mtp *mtp_local_open(void *ctx, const struct mtp_user *user, const char *path, bool listen);

/* M3UA by libosmo-sigtran: the cs7 instance configured by its VTY. Opened after the configuration
 * is read, and before the loop runs for as many instances as there are: ASPs of an instance nobody
 * opened are not let in nor connected. */
struct mtp *mtp_sigtran_open(void *ctx, const struct mtp_user *user, uint32_t cs7_instance);
/* Once before vty nodes are read: osmo_ss7_init() and its VTY nodes. */
int mtp_sigtran_init(void *ctx);
/* The three calls below are lines of the configuration, too, which mtp_sigtran_open() applies:
 * "m3ua INSTANCE network-appearance N", "m3ua INSTANCE point-code PC", "m3ua INSTANCE ipsp ASP". */

enum { MTP_NA_NONE = 0xffffffff };
/* Network appearance of RFC 4666: sent in each DATA and SSNM, and demanded of those received that
 * carry one. 0 or -EINVAL (another back end). */
int mtp_sigtran_set_na(struct mtp *mtp, uint32_t na);
/* A further own point code, besides that of the cs7 instance: only as a signalling gateway (peers
 * are ASPs) are messages for other codes refused. 0, -EINVAL, -ENOSPC. */
int mtp_sigtran_add_pc(struct mtp *mtp, uint32_t pc);
/* Make an ASP of the configuration an IPSP (single exchange; the end with sctp-role client asks to
 * be activated), which the library's own `role ipsp` refuses. After the configuration is read,
 * before mtp_sigtran_open(). 0, -ENOENT, -EBUSY. */
int mtp_sigtran_set_ipsp(uint32_t cs7_instance, const char *asp_name);

#endif
