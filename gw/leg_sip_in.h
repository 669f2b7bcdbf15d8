/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP legs whose INVITE came to us: leg_sip_in.c, and leg_sip_collect.c for those whose number may
 * not be whole. */
#ifndef TOLLGATE_GW_LEG_SIP_IN_H
#define TOLLGATE_GW_LEG_SIP_IN_H

#include "gw/leg_sip.h"

/* An INVITE, as its trunk group takes it. 0, or the status to refuse it with. */
struct leg_sip_taken {
	struct cc_setup setup;
	struct isup_msg isup;
	bool has_isup;
	char sdp[MEDIA_MAX_SDP];	/* "" none */
};
int leg_sip_take(struct leg_sip_taken *taken, const struct sip_msg *inv, bool peer_has_100rel,
		 const struct trunk *trunk);
/* The leg is this dialog, and has what its INVITE says. */
void leg_sip_adopt(struct leg_sip *l, struct sip_leg *sip, const struct sip_msg *msg,
		   const struct leg_sip_taken *taken);

/* leg_sip_collect.c */
/* On a trunk group with overlap the number may not be whole: taken->setup says so. */
void leg_sip_collect_begin(struct leg_sip *l, const struct sip_msg *msg,
			   struct leg_sip_taken *taken);
/* An INVITE of a call that is there already; false: it begins one. */
bool leg_sip_collect_again(struct trunk *trunk, struct sip_leg *sip, const struct sip_msg *msg);
bool leg_sip_collect_info(struct leg_sip *l, const struct sip_msg *msg);
void leg_sip_collect_digits(struct leg *leg, enum overlap digits);
void leg_sip_collect_told(struct leg_sip *l, const struct cc_prim *prim);

#endif
