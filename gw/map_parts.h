/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the mapper share among themselves. */
#ifndef TOLLGATE_GW_MAP_PARTS_H
#define TOLLGATE_GW_MAP_PARTS_H

#include "gw/map.h"
#include "gw/sipt.h"
#include "gw/uri.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

enum { NAI_SUBSCRIBER = 1, NAI_UNKNOWN = 2, NAI_NATIONAL = 3, NAI_INTERNATIONAL = 4 };
enum { NPI_E164 = 1 };
enum { APRI_ALLOWED, APRI_RESTRICTED, APRI_UNAVAILABLE };
enum { SI_PASSED = 1, SI_NETWORK = 3 };
enum { QUALIFIER_ADDITIONAL_CALLING = 6 };
enum { STATUS_NONE, STATUS_FREE, STATUS_WHEN_FREE };
enum { EVENT_ALERTING = 1, EVENT_PROGRESS, EVENT_IN_BAND, EVENT_FWD_BUSY, EVENT_FWD_NO_REPLY,
       EVENT_FWD_ALWAYS };
enum { NOTIFY_HOLD = 0xf9, NOTIFY_RETRIEVE = 0xfa };
enum { TMR_SPEECH, TMR_SPARE, TMR_64K, TMR_AUDIO, TMR_64K_PREFERRED = 6 };
enum { LOCATION_USER };

/* --- the tables of rules, each in the file of its subject --- */
extern const struct map_table map_table_cause, map_table_status, map_table_header,
	map_table_body, map_table_isup, map_table_precedence, map_table_trust;
/* Rows of these that are no cause or status by themselves. */
enum { MAP_CAUSE_REJECTED_BY_USER = 256, MAP_CAUSE_NUMBER_CHANGED_TO };
enum { MAP_STATUS_488_BEARER = 1000, MAP_STATUS_606_BEARER, MAP_STATUS_NO_RESPONSE, MAP_STATUS_BYE,
       MAP_STATUS_CANCEL, MAP_STATUS_UNREACHABLE };

/* What national and subscriber numbers are relative to, and what is dialled before national and
 * international ones; NULL or "": nothing. */
struct map_plan { const char *cc, *area, *national, *international; };
struct map_plan map_plan_of(const struct map_profile *p);
/* Of the trunk group the call came from. */
struct map_plan map_plan_of_call(const struct cc_setup *s);
/* The same to tell toward another: that one's country where its own is not known. */
struct map_plan map_plan_of_setup(const struct cc_setup *s, const struct map_profile *p);

const struct isup_dialect *map_dialect(const struct map_profile *p);
/* The code of notifications: generic notification indicator, or T1.113's of its own. */
uint8_t map_notification_code(const struct isup_dialect *d);

/* --- map_header.c --- */
enum map_header {
	MAP_H_DIVERSION, MAP_H_HISTORY_INFO, MAP_H_USER_TO_USER, MAP_H_REASON, MAP_H_CPC, MAP_H_OLI,
	MAP_H_CHARGE, MAP_H_RN, MAP_H_CIC, MAP_H_TGRP, MAP_H_EARLY_MEDIA, MAP_H_CONNECTED,
	MAP_H_SUBADDRESS, MAP_H_PRIORITY, MAP_H_LOCATION, MAP_H_WARNING, MAP_H_ALERT, MAP_H_JIP,
};
bool map_header_sent(const struct map_profile *p, enum map_header h);
bool map_header_taken(const struct map_profile *p, enum map_header h);
/* One more line in out->headers: the value is written between these two, or given. 0, -EMSGSIZE:
 * there is no room, and none of it is there. */
struct out map_begin_header(struct sip_out *out, const char *name);
int map_end_header(struct out *o);
int map_put_header(struct sip_out *out, const char *name, const char *value);

/* --- map_number.c --- */
/* ST and what follows it is cut off; true when it was there. */
bool map_strip_st(struct isup_number *n);
/* Only '0'-'9', code 11 and code 12 (and a final ST). */
bool map_digits_ok(const struct isup_number *n);
/* Digits in international form if that can be had (*ret_global), else as they are. 0, -EINVAL
 * (none), -EMSGSIZE. */
int map_number_text(char *buf, size_t size, bool *ret_global, const struct isup_number *n,
		    struct map_plan plan);
/* From a URI: nature, plan and digits; the other fields are 0. Errors of uri_number(). */
int map_number_from_uri(struct isup_number *n, const struct uri *u, struct map_plan plan);
/* The same number as another trunk says it; false: it is longer than ISUP can hold. */
bool map_number_replan(struct isup_number *n, struct map_plan from, struct map_plan to);
/* "sip:+49...@host;user=phone". false: the number cannot be said. */
bool map_out_number(struct out *o, const struct isup_number *n, struct map_plan plan,
		    const char *host);
bool map_same_number(const struct isup_number *a, const struct isup_number *b);

/* --- map_calling.c, map_diversion.c: a header's view of the call --- */
/* 0, or the status with which to refuse. */
int map_calling_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			 const struct map_profile *p);
int map_calling_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p);
/* 0, or the status with which to refuse (diverted too often). */
int map_diversion_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			   const struct map_profile *p);
int map_diversion_to_sip(struct sip_out *out, const struct cc_setup *s,
			 const struct map_profile *p);

/* --- map_template.c --- */
/* A copy of tmpl to start from: CIC 0, without what belongs to one link, unknown parameters as
 * compatibility allows. */
void map_template(struct isup_msg *m, const struct isup_msg *tmpl, const struct map_profile *p);
/* The same as a message of another type: what only the old type has is left out. */
void map_retype(struct isup_msg *m, uint8_t type);
/* Of a type that its dialect does not have. */
bool map_is_unknown(const struct isup_msg *m);
/* May this message travel from trunk to trunk in the course of a call? */
bool map_passes_in_transit(const struct isup_msg *m);

/* --- map_body.c --- */
/* The parts of a message's body: errors of sipt_parse(). */
int map_parse_body(struct sipt_body *b, const struct sip_msg *msg);
/* ISUP out of a body: 1 and *isup; 0 none that is usable; -EPROTONOSUPPORT: there is one that we
 * may not ignore. */
int map_body_isup(struct isup_msg *isup, const struct sip_msg *msg, const struct map_profile *p);
/* Out of one part of it, likewise. */
int map_take_isup(struct isup_msg *isup, const struct sipt_part *part, const struct map_profile *p);
/* Body of SDP and ISUP; either may be NULL. */
int map_put_body(struct sip_out *out, const char *sdp, const struct isup_msg *isup,
		 const struct map_profile *p);
/* The SDP part, or NULL. Into the body of msg. */
const struct sipt_part *map_find_sdp(struct sipt_body *b, const struct sip_msg *msg);

/* --- map_isup.c --- */
void map_setup_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			const struct map_profile *p);

#endif
