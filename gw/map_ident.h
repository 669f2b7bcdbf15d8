/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: numbers, hops and indicators - what gw/map_number.c and its neighbours share. */
#ifndef TOLLGATE_GW_MAP_IDENT_H
#define TOLLGATE_GW_MAP_IDENT_H

#include "gw/map_parts.h"

extern const struct map_table map_table_indicator, map_table_number;

/* --- map_policy.c: rows of the table of numbers --- */
enum map_number_policy {
	MAP_N_NO_USER_PHONE, MAP_N_NO_NATURE, MAP_N_OTHER_CONTEXT, MAP_N_TOO_LONG,
	MAP_N_ROUTING_FORM, MAP_N_RN_FORM, MAP_N_ROUTE_BY,
	MAP_N_UNKNOWN_GROUP, MAP_N_BUSY_GROUP,
};
/* Values that are no status or nature. */
enum map_number_choice {
	MAP_NUMBER_TAKEN, MAP_NUMBER_NAME, MAP_NUMBER_404, MAP_NUMBER_414, MAP_NUMBER_484,
	MAP_NUMBER_SUBSCRIBER, MAP_NUMBER_UNKNOWN, MAP_NUMBER_NATIONAL, MAP_NUMBER_SPECIFIC,
	MAP_NUMBER_AUTO, MAP_NUMBER_ADDRESS, MAP_NUMBER_PARAMETER, MAP_NUMBER_DIRECTORY,
	MAP_NUMBER_CONCATENATED, MAP_NUMBER_PREFIX, MAP_NUMBER_GLOBAL, MAP_NUMBER_LOCAL,
	MAP_NUMBER_ROUTING, MAP_NUMBER_CALLED, MAP_NUMBER_IGNORED, MAP_NUMBER_603, MAP_NUMBER_CAUSE,
};
/* The status or the nature of address that a choice stands for; 0: none. */
uint16_t map_number_value(uint16_t choice);

/* --- map_number.c --- */
/* International digits as the trunk with this plan says them (RFC 3398 8.2.1.2). */
void map_number_global(struct isup_number *n, const char *digits, struct map_plan plan);
/* The called number of a Request-URI: 0; the status with which to refuse; -ENOENT: the user is a
 * name. *ret_context: phone-context, into the URI's text. */
int map_called_from_uri(struct isup_number *n, struct span *ret_context, const struct uri *u,
			const struct map_profile *p);

/* The dialect says addresses of many kinds where others have the generic number (T1.113). */
bool map_has_address(const struct isup_dialect *d);
/* "sip:+49...PARAMS@host;user=phone". false: the number cannot be said. */
bool map_out_number_with(struct out *o, const struct isup_number *n, struct map_plan plan,
			 const char *host, const char *params);

/* --- map_called.c: the called number of an INVITE, with all that its URI says --- */
/* 0, or the status with which to refuse. */
int map_called_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			const struct map_profile *p);
/* A phone-context or the like, when it is well formed; else "". */
bool map_keep_context(char *buf, size_t size, struct span context);
/* Request-URI and To: 0, -EINVAL (nobody is called), -EMSGSIZE. */
int map_called_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p);

/* --- map_portability.c: ported numbers (RFC 4694, Q.769.1, T1.660) --- */
/* called: the number of the same URI; s->called may still be the encapsulated one. */
void map_ported_from_uri(struct cc_setup *s, const struct isup_number *called, const struct uri *u,
			 const struct map_profile *p);
/* ";rn=...;npdi" */
/* Where numbers of our own mean something: what stands in rn-context and its like. */
const char *map_own_context(const struct map_profile *p);
void map_out_ported(struct out *o, const struct cc_setup *s, const struct map_profile *p);
/* Called and routing number of an IAM. *called: its called party number without ST, becomes the
 * number that was called. Which way it says them; MAP_NUMBER_TAKEN: there is no routing number. */
enum map_number_choice map_ported_from_iam(struct isup_number *called, struct isup_number *routing,
					   const struct isup_msg *iam,
					   const struct map_profile *p);
/* Both numbers into an IAM. called: as this trunk says it. 0 or -EINVAL. */
int map_ported_to_iam(struct isup_msg *iam, const struct isup_number *called,
		      const struct cc_setup *s, const struct map_profile *p);

/* --- map_carrier.c: the carrier that the caller chose --- */
void map_carrier_from_uri(struct cc_setup *s, const struct uri *u, const struct map_profile *p);
void map_out_carrier(struct out *o, const struct cc_setup *s, const struct map_profile *p);
void map_carrier_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			  const struct map_profile *p);
void map_carrier_to_iam(struct isup_msg *iam, const struct cc_setup *s,
			const struct map_profile *p);

/* --- map_hops.c --- */
/* 0 or 483. */
int map_hops_from_sip(struct cc_setup *s, const struct sip_msg *inv, const struct map_profile *p);
/* 0 or -ELOOP. */
int map_hops_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p);

/* --- map_number.c --- */
/* The same number, however it is written: a national one, or that with its country. */
bool map_same_globally(const struct isup_number *a, const struct isup_number *b,
		       const struct map_profile *p);

/* --- map_indicator.c: rows of the table of indicators --- */
enum map_indicator {
	MAP_I_SATELLITES, MAP_I_ECHO,
	MAP_I_FCI_INTERNATIONAL, MAP_I_FCI_E2E_METHOD, MAP_I_FCI_INTERWORKING, MAP_I_FCI_E2E_INFO,
	MAP_I_FCI_ALL_THE_WAY, MAP_I_FCI_PREFERENCE, MAP_I_FCI_ACCESS, MAP_I_FCI_SCCP_METHOD,
	MAP_I_CATEGORY, MAP_I_MEDIUM,
	MAP_I_BCI_CHARGE, MAP_I_BCI_CATEGORY, MAP_I_BCI_INTERWORKING, MAP_I_BCI_ALL_THE_WAY,
	MAP_I_BCI_HOLDING, MAP_I_BCI_ACCESS, MAP_I_BCI_ECHO,
	MAP_I_SCREENING_ASSERTED, MAP_I_SCREENING_FROM, MAP_I_LOCATION, MAP_I_LOCATION_SIP,
};
/* Of an IAM without an IAM behind it; called: the number as it will be sent. */
struct isup_fci map_make_fci(const struct cc_setup *s, const struct isup_number *called,
			     const struct map_profile *p);
/* The trunk group's own is added to what the call has behind it; the table's when there is no IAM
 * that says it. */
struct isup_nci map_make_nci(const struct cc_setup *s, bool from_isup,
			     const struct map_profile *p);
/* Of an ACM or CON without one behind it; status: called party's status. */
struct isup_bci map_make_bci(uint8_t status, const struct map_profile *p);

#endif
