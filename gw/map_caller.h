/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: who calls - what gw/map_calling.c and its neighbours share. */
#ifndef TOLLGATE_GW_MAP_CALLER_H
#define TOLLGATE_GW_MAP_CALLER_H

#include "gw/map_ident.h"

extern const struct map_table map_table_identity, map_table_category, map_table_cpc;

/* --- map_group.c: trunk groups by name (RFC 4904) --- */
void map_group_from_uri(struct cc_setup *s, const struct uri *u, const struct map_profile *p);
const char *map_group_context(const struct map_profile *p);
int map_group_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p);

/* --- map_charge.c: charge number, line and jurisdiction (T1.113) --- */
void map_line_from_uri(struct cc_setup *s, const struct uri *u, const struct map_profile *p);
void map_charge_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			 const struct map_profile *p);
/* ";isup-oli=00", of the URI; ";rn=+1...", of its number */
void map_out_line(struct out *o, const struct cc_setup *s, const struct map_profile *p);
void map_out_place(struct out *o, const struct cc_setup *s, const struct map_profile *p);
int map_charge_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p);
void map_charge_from_iam(struct cc_setup *s, const struct isup_msg *iam);
void map_charge_to_iam(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2]);

/* --- map_priority.c: precedence, and the caller's place --- */
extern const struct map_table map_table_priority;
void map_priority_from_sip(struct cc_setup *s, const struct sip_msg *inv,
			   const struct map_profile *p);
int map_priority_to_sip(struct sip_out *out, const struct cc_setup *s,
			const struct map_profile *p);
void map_priority_from_iam(struct cc_setup *s, const struct isup_msg *iam);
int map_priority_to_iam(struct isup_msg *iam, const struct cc_setup *s,
			const struct map_profile *p);

/* --- map_identity.c: rows of the table of identities, and their choices --- */
enum map_identity {
	MAP_ID_CALLER, MAP_ID_FROM_NUMBER, MAP_ID_PRIVACY_ID, MAP_ID_SHOWN, MAP_ID_UNAVAILABLE,
	MAP_ID_RESTRICTED, MAP_ID_ASSERTED_FORM,
};
enum map_identity_choice {
	MAP_IDENTITY_ASSERTED, MAP_IDENTITY_ASSERTED_OR_FROM, MAP_IDENTITY_GENERIC,
	MAP_IDENTITY_DROPPED, MAP_IDENTITY_ALL, MAP_IDENTITY_ADDITIONAL, MAP_IDENTITY_CALLING,
	MAP_IDENTITY_HOST, MAP_IDENTITY_ANONYMOUS, MAP_IDENTITY_UNAVAILABLE, MAP_IDENTITY_ID,
	MAP_IDENTITY_ID_HEADER, MAP_IDENTITY_ID_USER, MAP_IDENTITY_ID_HEADER_USER,
	MAP_IDENTITY_SIP, MAP_IDENTITY_TEL, MAP_IDENTITY_BOTH,
};
uint16_t map_identity(const struct map_profile *p, enum map_identity row);
/* Bits of enum cc_privacy; *ret_unknown: there is a word that we do not know. */
uint8_t map_privacy_of(bool *ret_unknown, const char *privacy);
/* "id;user" for those of ID, HEADER, USER, SESSION and CRITICAL that are set; "" for none. */
void map_privacy_text(char *buf, size_t size, uint8_t privacy);

/* --- map_category.c --- */
/* Of the cpc parameter and the language of an operator; false: it says none that we know. */
bool map_category_of(uint8_t *category, struct span cpc, const char *accept_language,
		     const struct map_profile *p);
/* The cpc of a category, or NULL; *ret_language: "fr" of a French operator, or NULL. */
const char *map_cpc_of(const char **ret_language, uint8_t category, const struct map_profile *p);

/* --- map_calling.c --- */
/* What the headers hide stays hidden, whichever number of the body has won. from: the additional
 * number as the headers have it, without digits when there is none. */
void map_keep_private(struct cc_setup *s, const struct isup_number *from);

/* --- map_calling_out.c --- */
/* The number that the called user may be shown, or NULL. */
const struct isup_number *map_shown_number(const struct cc_setup *s, const struct map_profile *p);
/* ";cpc=...": parameters of a user part that tells of the caller. */
void map_out_caller(struct out *o, const struct cc_setup *s, const struct map_profile *p);

/* --- map_calling_isup.c --- */
/* The kind of generic number that tells what the caller says of himself. */
uint8_t map_additional_qualifier(const struct isup_dialect *d);
/* The calling name (T1.113). */
void map_name_from_iam(struct cc_setup *s, const struct isup_msg *iam);
/* Number, additional number and name; plan: of the call, of the trunk group. 0 or -errno. */
int map_calling_to_iam(struct isup_msg *iam, const struct cc_setup *s,
		       const struct map_plan plan[2]);
/* What a SIP caller wants hidden is restricted in the IAM of a body, too. */
void map_hide_caller(struct isup_msg *iam, const struct cc_setup *s);

#endif
