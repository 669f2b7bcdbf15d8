/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the mapper share about supplementary services: connected number,
 * user-to-user information, subaddresses, closed user groups; gw/map_redirect.h has redirection. */
#ifndef TOLLGATE_GW_MAP_SERVICES_H
#define TOLLGATE_GW_MAP_SERVICES_H

#include "gw/map_redirect.h"

extern const struct map_table map_table_redirect_cause, map_table_cause_redirect,
	map_table_redirect_word, map_table_word_redirect, map_table_redirect_event,
	map_table_service, map_table_refusal, map_table_notification;

/* Rows of map_table_service: yes or no. */
enum map_service {
	MAP_S_HISTORY_FIRST, MAP_S_HISTORY_MP, MAP_S_REDIRECTION_EARLY, MAP_S_CONNECTED_ASK,
	MAP_S_CONNECTED_UNASKED, MAP_S_CONNECTED_UNKNOWN, MAP_S_HOLD_TOLD, MAP_S_HISTORY_KEPT,
};
bool map_service(const struct map_profile *p, enum map_service row);

/* Rows of map_table_refusal: the cause, or 0: the call goes on. */
enum map_refusal {
	MAP_R_MANY_DIVERSIONS, MAP_R_CUG_NO_ACCESS, MAP_R_CUG_ACCESS, MAP_R_UUS_ESSENTIAL,
	MAP_R_UUS_OPTIONAL,
};

/* --- map_reason.c --- */
/* The Q.850 value of a Reason header; *ret_location: it names one. false: none. */
bool map_reason_get(struct isup_cause *c, bool *ret_location, const char *reason);
/* "" when there is nothing to say, or it is not said on this trunk. 0, -EMSGSIZE. */
int map_reason_put(char *buf, size_t size, const struct isup_cause *c,
		   const struct map_profile *p);
/* The same by the policy of the trunk. c->location: what holds when the header names none. */
bool map_reason_cause(struct isup_cause *c, const char *reason, const struct map_profile *p);
/* By Reason and an encapsulated REL (inner; NULL: none is there), whichever counts. c->location as
 * above. false: neither says anything, c is as it was. */
bool map_told_cause(struct isup_cause *c, const struct isup_cause *inner, const char *reason,
		    bool reason_first, const struct map_profile *p);

/* --- map_notify.c --- */
/* Values of map_table_notification. */
enum map_notification { MAP_N_NONE, MAP_N_HOLD, MAP_N_RETRIEVE, MAP_N_DIVERTING, MAP_N_WAITING };
/* Any of the message's notifications asks for that. */
bool map_is_notified(const struct isup_msg *m, enum map_notification done,
		     const struct map_profile *p);
/* One more notification (with its extension bit), unless it is there. */
int map_notify(struct isup_msg *m, uint8_t indicator);
void map_notified_from_isup(struct cc_prim *prim, const struct isup_msg *m,
			    const struct map_profile *p);
int map_notified_to_isup(struct isup_msg *m, const struct cc_prim *prim);
void map_notified_from_sip(struct cc_prim *prim, const struct sip_msg *rsp,
			   const struct map_profile *p);
int map_notified_to_sip(struct sip_out *out, const struct cc_prim *prim,
			const struct map_profile *p);

/* --- map_connected.c --- */
/* The Privacy header has this value. */
bool map_privacy_has(const char *privacy, const char *word);
/* To an IAM that is made here: the connected number is asked for, by rule. */
int map_ask_connected(struct isup_msg *iam, const struct map_profile *p);
void map_connected_from_isup(struct cc_connect *c, const struct isup_msg *m);
int map_connected_to_isup(struct isup_msg *m, const struct cc_prim *prim,
			  const struct map_profile *p);
void map_connected_from_sip(struct cc_connect *c, const struct sip_msg *rsp,
			    const struct map_profile *p);
int map_connected_to_sip(struct sip_out *out, const struct cc_prim *prim,
			 const struct map_profile *p);

/* --- map_uui.c. From: u stays as it is when the message has none that counts. --- */
void map_uui_from_isup(struct cc_uui *u, const struct isup_msg *m);
int map_uui_to_isup(struct isup_msg *m, const struct cc_uui *u);
void map_uui_from_sip(struct cc_uui *u, const struct sip_msg *msg, const struct map_profile *p);
int map_uui_to_sip(struct sip_out *out, const struct cc_uui *u, const struct map_profile *p);
/* Of an IAM that goes to SIP: the cause, or 0. */
uint8_t map_uus_refused(const struct isup_msg *iam, const struct map_profile *p);

/* --- map_subaddress.c --- */
void map_subaddress_from_iam(struct cc_setup *s, const struct isup_msg *iam);
/* Access transport tells the subaddress of somebody whose number must not be shown. */
bool map_subaddress_hidden(const struct isup_msg *m);
int map_subaddress_to_iam(struct isup_msg *iam, const struct cc_setup *s);
void map_subaddress_from_invite(struct cc_setup *s, const struct sip_msg *inv,
				const struct map_profile *p);
/* After Request-URI and From are made. */
int map_subaddress_to_invite(struct sip_out *out, const struct cc_setup *s,
			     const struct map_profile *p);
/* A progress indicator of this description (Q.931 4.5.23: 1 not end-to-end ISDN, 8 in-band ...) in
 * access transport. */
bool map_progress_indicator(const struct isup_msg *m, uint8_t description);

/* --- map_service.c: all of these, message by message. 0 or -errno. --- */
/* The dialect foresees the parameter in this message. */
bool map_may_carry(const struct isup_msg *m, uint8_t code);
/* The same user information and subaddresses. */
bool map_same_services(const struct cc_setup *a, const struct cc_setup *b);
void map_services_from_iam(struct cc_setup *s, const struct isup_msg *iam);
int map_services_to_iam(struct isup_msg *iam, const struct cc_setup *s, bool from_isup,
			const struct map_profile *p);
void map_services_from_invite(struct cc_setup *s, const struct sip_msg *inv,
			      const struct map_profile *p);
int map_services_to_invite(struct sip_out *out, const struct cc_setup *s,
			   const struct map_profile *p);
/* PROGRESS, ALERT, CONNECT. */
int map_services_to_isup(struct isup_msg *m, const struct cc_prim *prim,
			 const struct map_profile *p);
void map_services_from_response(struct cc_prim *prim, const struct sip_msg *rsp,
				const struct map_profile *p);
int map_services_to_response(struct sip_out *out, const struct cc_prim *prim,
			     const struct map_profile *p);
/* rel, msg: either may be NULL. */
void map_services_of_release(struct cc_release *r, const struct isup_msg *rel,
			     const struct sip_msg *msg, const struct map_profile *p);

#endif
