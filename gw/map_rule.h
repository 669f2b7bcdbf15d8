/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the mapper as data: tables of rows that say the same thing to the code, to `show
 * mapping`, to the manual (docs/mapping.md) and to a trunk group that wants one of them otherwise
 * (`mapping TABLE KEY VALUE`). Pure: no I/O, log, allocation or clock. */
#ifndef TOLLGATE_GW_MAP_RULE_H
#define TOLLGATE_GW_MAP_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_profile;
struct isup_name;

/* Which book a trunk group is mapped by: a column of every table. */
enum map_standard {
	MAP_RFC3398,
	MAP_PROFILE_A,		/* Q.1912.5: SIP of 3GPP (TS 24.229, TS 29.163) */
	MAP_PROFILE_B,		/* Q.1912.5: SIP with the extensions of its annex */
	MAP_PROFILE_C,		/* Q.1912.5: SIP-I */
	MAP_STANDARDS
};

enum map_table_id {
	MAP_T_CAUSE,		/* cause of a REL -> status of a final response */
	MAP_T_STATUS,		/* status of a final response -> cause of a REL */
	MAP_T_HEADER,		/* SIP header or URI parameter -> which way it is carried */
	MAP_T_INDICATOR,	/* what our IAM and ACM say where nothing else says it */
	/* policies for numbers, for who calls, for precedence */
	MAP_T_NUMBER, MAP_T_IDENTITY, MAP_T_PRIORITY,
	MAP_T_CATEGORY, MAP_T_CPC,	/* calling party's category -> cpc parameter, and back */
	MAP_T_REDIRECT_CAUSE,	/* redirecting reason -> cause parameter (RFC 4458) */
	MAP_T_CAUSE_REDIRECT,	/* and back */
	MAP_T_REDIRECT_WORD,	/* redirecting reason -> reason in Diversion */
	MAP_T_WORD_REDIRECT,	/* and back */
	MAP_T_REDIRECT_EVENT,	/* redirecting reason -> event of a CPG */
	MAP_T_SERVICE,		/* supplementary services: yes or no */
	MAP_T_REFUSAL,		/* and causes that they end a call with */
	MAP_T_NOTIFICATION,	/* generic notification -> what is done */
	MAP_T_EVENT,		/* backward message of ISUP -> response */
	MAP_T_RESPONSE,		/* provisional response -> message of ISUP */
	MAP_T_REDIRECTED,	/* 3xx that is followed -> redirecting reason */
	MAP_T_RETRY,		/* failure of an attempt -> another one, or the end */
	MAP_T_RINGBACK,		/* what the called side says of media -> who rings the caller */
	MAP_T_BEARER,		/* offer -> transmission medium requirement */
	MAP_T_MEDIUM,		/* transmission medium requirement -> offer */
	MAP_T_BEARER_INFO,	/* parameter of an IAM made from SIP -> sent? */
	MAP_T_OVERLAP,		/* called numbers that come digit by digit, in SIP */
	MAP_T_BODY,		/* ISUP message -> which SIP message it rides in */
	MAP_T_ISUP,		/* what is made of ISUP toward a SIP peer, and for it */
	MAP_T_PRECEDENCE,	/* header or ISUP body */
	MAP_T_TRUST,		/* ISUP of an untrusted peer */
	MAP_TABLES
};

/* key: what the code asks with. token: how a configuration names the row; NULL: by the number. */
struct map_choice { uint16_t value; const char *token, *what; };
struct map_row {
	uint16_t key;
	const char *token, *what;
	uint16_t value[MAP_STANDARDS];
	const char *clause;
	/* What its values mean, and which there are (isup/names.h); NULL: as in all rows. */
	const struct isup_name *values;
	const struct map_choice *choices;	/* of this row alone; NULL: the table's */
	uint32_t allowed;		/* a bit for each choice it may have; 0: all of the table */
	uint16_t min;			/* of this row alone; 0: the table's */
};
struct map_table {
	const char *name, *title;
	const char *key_title, *value_title;
	const struct map_row *rows;
	unsigned int n_rows;
	/* Values are choices (ended by a NULL token), or numbers from min to max. */
	const struct map_choice *choices;
	uint16_t min, max;
	const uint16_t *never;		/* numbers among them that are no values, then 0; or NULL */
	/* Of keys from key_min to key_max that have no row; key_max 0: there are none. */
	uint16_t key_min, key_max, otherwise[MAP_STANDARDS];
	const char *otherwise_clause;
	/* What a key or a value without words of its own is called; may be NULL. */
	const char *(*key_name)(uint16_t key);
	const char *(*value_name)(uint16_t value);
};

/* A trunk group's own value for a row. */
struct map_override { uint8_t table; uint16_t key, value; };

/* The value that holds for the trunk group; p NULL: RFC 3398. */
uint16_t map_rule(const struct map_profile *p, enum map_table_id table, uint16_t key);
/* The trunk group has said so itself. */
bool map_rule_is_own(const struct map_profile *p, enum map_table_id table, uint16_t key);

const struct map_table *map_table(enum map_table_id table);
/* Texts as a configuration writes them -> override: 0, or -ENOENT (no such table), -ENODATA (no
 * such row), -EINVAL (no such value); *ret_why says it in words. */
int map_override_parse(struct map_override *o, const char *table, const char *key,
		       const char *value, const char **ret_why);
/* The words alone; NULL: the override is good. */
const char *map_override_why(const char *table, const char *key, const char *value);
/* "21-user", "17"; "486", "send". buf of at least 16 octets is used for numbers. */
const char *map_key_token(char *buf, size_t size, const struct map_table *t, uint16_t key);
const char *map_value_token(char *buf, size_t size, const struct map_table *t, uint16_t value);

/* A row as it holds for a trunk group; points into itself and into the tables: do not copy. */
struct map_line {
	uint16_t key, value;
	const char *key_token, *key_words, *value_token, *value_words, *clause;
	bool own;			/* the trunk group's own value */
	char key_text[16], value_text[16];
};
/* Row i from 0 on; false: that was all. */
bool map_line(struct map_line *line, enum map_table_id table, unsigned int i,
	      const struct map_profile *p);
const char *map_key_words(const struct map_table *t, uint16_t key);
const char *map_value_words(const struct map_table *t, uint16_t key, uint16_t value);

const char *map_standard_name(enum map_standard s);
/* The standard of that name; MAP_STANDARDS: none. */
enum map_standard map_standard_find(const char *name);

#endif
