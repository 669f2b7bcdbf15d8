/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA back end inside: what its files call of each other. libosmo-sigtran 1.6 is visible in
 * gw/mtp_sigtran*.c only. */
#ifndef TOLLGATE_GW_MTP_SIGTRAN_H
#define TOLLGATE_GW_MTP_SIGTRAN_H

#include "gw/mtp_sigtran_types.h"

/* mtp_sigtran.c */
struct st *st_of_instance(const struct osmo_ss7_instance *inst);	/* NULL: not opened */
/* something a choice of links depends on; the user is told in the next turn */
void st_changed(struct st *st);
bool st_is_own_pc(const struct st *st, uint32_t pc);
bool st_own_pc_in(const struct st *st, const struct m3ua_ssnm *s, unsigned int i, uint32_t *ret_pc);

/* mtp_sigtran_lm.c: our layer manager, attaching and repair of associations */
/* each second: st_scan(), limits begin anew, slow connects */
void st_second(struct st *st);
void st_scan(struct st *st);		/* ASPs and listeners that are new since the last time */
/* associations of instances nobody opened: no guard is in front of them */
void st_close_unused(void);
void st_link_renew(struct st_link *link);	/* have the ASP activated once more */
void st_link_detach(struct st_link *link);

/* mtp_sigtran_fd.c: the hook on a descriptor */
void st_listener_hook(struct st *st, struct osmo_xua_server *xs);
void st_hook(struct st_link *link);
void st_unhook(struct st_link *link);

/* mtp_sigtran_rx.c: messages we read ourselves */
bool st_is_ours(const uint8_t *msg);	/* DATA, SSNM, MGMT: the library does not see them */
void st_rx(struct st_link *link, const uint8_t *msg, size_t len);
void st_refuse(struct st_link *link, enum m3ua_fault fault, const uint8_t *msg, size_t len);

/* mtp_sigtran_tx.c */
int st_link_send(struct st_link *link, const uint8_t *msg, size_t len, unsigned int stream);
/* limited per second */
bool st_link_answer(struct st_link *link, const uint8_t *msg, ssize_t len);
void st_link_drained(struct st_link *link);	/* a message was written */
void st_link_lost(struct st_link *link);	/* so is its queue */
int st_transmit(struct st *st, struct st_dest *d, const struct mtp_label *l, const uint8_t *sdu,
		size_t len);
int st_dest_send(struct st *st, struct st_dest *d, struct st_link *link, const struct mtp_label *l,
		 const uint8_t *sdu, size_t len);

/* mtp_sigtran_dest.c: remote point codes and the links that lead there */
struct st_dest *st_dest_find(const struct st *st, uint32_t pc);
struct st_dest *st_dest_get(struct st *st, uint32_t pc);	/* NULL: too many */
void st_dest_refresh(struct st *st, struct st_dest *d);
struct st_link *st_link_at(const struct st *st, unsigned int index);	/* NULL: there is none */
bool st_link_usable(const struct st_link *link);
void st_dest_watch(struct st_dest *d);		/* report at once, audit */
void st_dest_tell(struct st_dest *d);		/* report what changed since the last time */
void st_dest_ssnm(struct st_link *link, const struct m3ua_ssnm *s);
void st_dests_link_down(struct st_link *link);	/* what was declared over it is void */
void st_dests_link_up(struct st_link *link);	/* active: audit */

/* mtp_sigtran_sls.c: which link an SLS takes, and time-controlled changeback */
unsigned int st_sls_link(const struct st_dest *d, uint8_t sls);
void st_sls_refreshed(struct st *st, struct st_dest *d);	/* the set may have changed */
bool st_sls_moving(const struct st_dest *d, uint8_t sls);
int st_sls_hold(struct st *st, struct st_dest *d, const struct mtp_label *l, const uint8_t *sdu,
		size_t len);
void st_sls_flush(struct st *st, struct st_dest *d);
void st_sls_drop(struct st *st, struct st_dest *d);

/* mtp_sigtran_vty.c: "m3ua INSTANCE ..." lines */
void st_vty_init(void *ctx);
int st_vty_apply(struct st *st);	/* those of the instance; 0 or -errno, logged */

/* mtp_sigtran_sctp.c */
void st_sctp_tune(struct st_link *link, int fd);

#endif
