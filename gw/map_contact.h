/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: where a redirection (3xx) sends a call, and what the call says from then on. Pure. */
#ifndef TOLLGATE_GW_MAP_CONTACT_H
#define TOLLGATE_GW_MAP_CONTACT_H

#include "gw/map.h"

extern const struct map_table map_table_redirected;

enum { MAP_MAX_CONTACTS = 8, MAP_MAX_HOST = 128 };

struct map_contact {
	char ruri[CC_MAX_URI];		/* sip or tel, without headers */
	char host[MAP_MAX_HOST];	/* without brackets; "" for tel: a number, wherever it is */
	uint16_t port;			/* 0: not said */
	bool has_transport;
	enum sip_transport transport;
	uint16_t q;			/* 0-1000 */
	uint8_t reason;			/* redirecting reason (Q.763 3.45) */
	bool hidden;			/* who redirects must not be shown (Privacy, RFC 7044) */
};

/* The usable Contacts of a 3xx, in the order in which they are to be tried (q, then as they came);
 * 0: none. alerted: the called side was rung before. */
unsigned int map_contacts(struct map_contact ret[MAP_MAX_CONTACTS], const struct sip_msg *rsp,
			  bool alerted, const struct map_profile *p);
/* The setup as it goes on to the contact: the called number or user, who redirected and why; iam
 * (may be NULL) says the same. p: of the trunk group that the redirection came from. 0; -EINVAL:
 * nobody can be called there; -ELOOP: diverted too often. On failure both are as they were. */
int map_redirect_setup(struct cc_setup *s, struct isup_msg *iam, const struct map_contact *to,
		       const struct map_profile *p);
/* What the calling side is told of it: PROGRESS, forwarded. s: after map_redirect_setup(). */
void map_redirect_prim(struct cc_prim *prim, const struct cc_setup *s, const struct map_profile *p);

#endif
