/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the mapper share about redirection: diverters, History-Info, Diversion, and
 * that a call was sent on. */
#ifndef TOLLGATE_GW_MAP_REDIRECT_H
#define TOLLGATE_GW_MAP_REDIRECT_H

#include "gw/map_parts.h"

/* Redirecting reason (Q.763 3.45). */
enum { REDIRECT_UNKNOWN, REDIRECT_BUSY, REDIRECT_NO_REPLY, REDIRECT_ALWAYS,
       REDIRECT_DEFLECT_ALERTING, REDIRECT_DEFLECT, REDIRECT_NOT_REACHABLE };
extern const struct map_choice map_redirect_reasons[];	/* as values of the tables */
/* Redirecting indicator (Q.763 3.45). */
enum { REDIRECT_REROUTED = 1, REDIRECT_REROUTED_PRIVATE, REDIRECT_DIVERTED,
       REDIRECT_DIVERTED_PRIVATE, REDIRECT_REROUTED_TARGET_PRIVATE,
       REDIRECT_DIVERTED_TARGET_PRIVATE };

/* Who diverted a call, and why. */
struct map_diverter {
	bool has_number;
	struct isup_number number;	/* apri says whether it may be shown */
	uint8_t reason;			/* redirecting reason */
	uint8_t count;			/* diversions that this one stands for */
};
/* What a header tells of a call's diversions. */
struct map_diversions {
	struct map_diverter first, last;
	struct map_diverter target;	/* of the last one; History-Info only */
	unsigned int count;		/* 0: none */
	bool is_history, goes_on;	/* of a History-Info, whose last entry has an index */
};

/* --- map_redirect.c --- */
uint16_t map_redirect_cause(const struct map_profile *p, uint8_t reason);
uint8_t map_cause_redirect(const struct map_profile *p, uint16_t cause);
const char *map_redirect_word(const struct map_profile *p, uint8_t reason);
uint8_t map_word_redirect(const struct map_profile *p, struct span word);
/* Redirecting and original called number must not be shown, whatever they say themselves. */
bool map_indicator_private(uint8_t indicator);
bool map_redirection_private(const struct cc_setup *s);
/* From now on they must not. */
void map_hide_redirection(struct cc_setup *s);
/* A diverter that the setup knows (last: the redirecting number), with the privacy of all. */
struct map_diverter map_diverter_of(const struct cc_setup *s, bool last);
unsigned int map_diversion_count(const struct cc_setup *s);
/* "<sip:+49...@host;user=phone" as far as this peer may know it: without '>', for parameters
 * follow; what it may not know is anonymous, what nobody knows is unknown. true: it is a number
 * that has to be marked as private. */
bool map_out_diverter(struct out *o, const struct map_diverter *d, const struct cc_setup *s,
		      const struct map_profile *p);

/* --- map_history.c --- */
/* A value of Privacy that speaks of History-Info (RFC 7044 10.1.2): history, header, session. */
bool map_history_hidden(const char *privacy);
/* History-Info (RFC 7044) of a request: d->count 0 when it tells of no diversion. */
void map_history_get(struct map_diversions *d, const char *history, struct map_plan plan,
		     const struct map_profile *p);
/* The index of its last entry; false: it has none, or it is longer than MAP_MAX_INDEX - 1. */
enum { MAP_MAX_INDEX = 64 };
bool map_history_index(char *buf, size_t size, const char *history);
/* History-Info of an INVITE, for another one: s->party.history. Behind what redirection is read;
 * read: of this header, or of another one that counted. */
void map_history_keep(struct cc_setup *s, const struct sip_msg *inv,
		      const struct map_diversions *read, const struct map_profile *p);
/* The target of the setup is left for another one: it becomes an entry. p: of who was asked. */
void map_history_left(struct cc_setup *s, const struct map_profile *p);
/* History-Info for an INVITE: a line in out->headers when the call was diverted. 0, -EMSGSIZE. */
int map_history_to_sip(struct sip_out *out, const struct cc_setup *s, const struct map_profile *p);

/* --- map_forwarded.c: forwarded to somebody else, told backward --- */
void map_forwarded_from_isup(struct cc_redirection *r, const struct isup_msg *m,
			     const struct map_profile *p);
int map_forwarded_to_isup(struct isup_msg *m, const struct cc_prim *prim,
			  const struct map_profile *p);
/* In an INVITE: that responses may tell it, where the trunk goes by History-Info. 0, -EMSGSIZE. */
int map_history_ask(struct sip_out *out, const struct map_profile *p);

#endif
