/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: rules looked up, named and overridden. The tables are in gw/map_*.c, by subject. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_bearer.h"
#include "gw/map_caller.h"
#include "gw/map_contact.h"
#include "gw/map_event.h"
#include "gw/map_overlap.h"
#include "gw/map_services.h"
#include "isup/names.h"

static const struct map_table *const tables[MAP_TABLES] = {
	[MAP_T_CAUSE] = &map_table_cause,
	[MAP_T_STATUS] = &map_table_status,
	[MAP_T_HEADER] = &map_table_header,
	[MAP_T_INDICATOR] = &map_table_indicator,
	[MAP_T_NUMBER] = &map_table_number,
	[MAP_T_IDENTITY] = &map_table_identity,
	[MAP_T_PRIORITY] = &map_table_priority,
	[MAP_T_CATEGORY] = &map_table_category,
	[MAP_T_CPC] = &map_table_cpc,
	[MAP_T_REDIRECT_CAUSE] = &map_table_redirect_cause,
	[MAP_T_CAUSE_REDIRECT] = &map_table_cause_redirect,
	[MAP_T_REDIRECT_WORD] = &map_table_redirect_word,
	[MAP_T_WORD_REDIRECT] = &map_table_word_redirect,
	[MAP_T_REDIRECT_EVENT] = &map_table_redirect_event,
	[MAP_T_SERVICE] = &map_table_service,
	[MAP_T_REFUSAL] = &map_table_refusal,
	[MAP_T_NOTIFICATION] = &map_table_notification,
	[MAP_T_EVENT] = &map_table_event,
	[MAP_T_RESPONSE] = &map_table_response,
	[MAP_T_REDIRECTED] = &map_table_redirected,
	[MAP_T_RETRY] = &map_table_retry,
	[MAP_T_RINGBACK] = &map_table_ringback,
	[MAP_T_BEARER] = &map_table_bearer,
	[MAP_T_MEDIUM] = &map_table_medium,
	[MAP_T_BEARER_INFO] = &map_table_bearer_info,
	[MAP_T_OVERLAP] = &map_table_overlap,
	[MAP_T_BODY] = &map_table_body,
	[MAP_T_ISUP] = &map_table_isup,
	[MAP_T_PRECEDENCE] = &map_table_precedence,
	[MAP_T_TRUST] = &map_table_trust,
};

static const char *const standards[MAP_STANDARDS] = {
	[MAP_RFC3398] = "rfc3398",
	[MAP_PROFILE_A] = "profile-a",
	[MAP_PROFILE_B] = "profile-b",
	[MAP_PROFILE_C] = "profile-c",
};

const struct map_table *map_table(enum map_table_id table)
{
	return table < MAP_TABLES ? tables[table] : NULL;
}

static const struct map_row *row_of(const struct map_table *t, uint16_t key)
{
	unsigned int i;

	if (key < t->n_rows && t->rows[key].key == key)
		return &t->rows[key];
	for (i = 0; i < t->n_rows; i++)
		if (t->rows[i].key == key)
			return &t->rows[i];
	return NULL;
}

static const struct map_override *own(const struct map_profile *p, enum map_table_id table,
				      uint16_t key)
{
	unsigned int i;

	for (i = 0; p && i < p->n_overrides; i++)
		if (p->overrides[i].table == table && p->overrides[i].key == key)
			return &p->overrides[i];
	return NULL;
}

bool map_rule_is_own(const struct map_profile *p, enum map_table_id table, uint16_t key)
{
	return own(p, table, key) != NULL;
}

uint16_t map_rule(const struct map_profile *p, enum map_table_id table, uint16_t key)
{
	enum map_standard column = p ? p->standard : MAP_RFC3398;
	const struct map_override *o = own(p, table, key);
	const struct map_row *row;

	if (o)
		return o->value;
	row = row_of(tables[table], key);
	return row ? row->value[column] : tables[table]->otherwise[column];
}

/* --- as texts --- */

static bool number(uint16_t *n, const char *text, uint16_t min, uint16_t max)
{
	unsigned long v;
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	v = strtoul(text, &end, 10);
	if (*end || v < min || v > max)
		return false;
	*n = v;
	return true;
}

static bool parse_key(uint16_t *key, const struct map_table *t, const char *text)
{
	uint16_t n;
	unsigned int i;

	for (i = 0; i < t->n_rows; i++) {
		if (t->rows[i].token && strcmp(t->rows[i].token, text) == 0) {
			*key = t->rows[i].key;
			return true;
		}
	}
	if (!number(&n, text, 0, UINT16_MAX))
		return false;
	*key = n;
	if (t->key_max && n >= t->key_min && n <= t->key_max)
		return true;
	return row_of(t, n) && !row_of(t, n)->token;
}

static bool is_never(const struct map_table *t, uint16_t value)
{
	const uint16_t *v = t->never;

	while (v && *v && *v != value)
		v++;
	return v && *v;
}

static bool parse_value(uint16_t *value, const struct map_table *t, uint16_t key, const char *text)
{
	const struct map_row *row = row_of(t, key);
	const struct map_choice *c = row && row->choices ? row->choices : t->choices;

	if (row && row->values)
		return number(value, text, 0, UINT8_MAX) && isup_name_of(row->values, *value);
	if (!c)
		return number(value, text, row && row->min ? row->min : t->min, t->max) &&
		       !is_never(t, *value);
	for (; c->token; c++) {
		if (row && row->allowed && !(row->allowed & 1u << c->value))
			continue;
		if (strcmp(c->token, text) == 0) {
			*value = c->value;
			return true;
		}
	}
	return false;
}

int map_override_parse(struct map_override *o, const char *table, const char *key,
		       const char *value, const char **ret_why)
{
	unsigned int i = 0;

	while (i < MAP_TABLES && strcmp(tables[i]->name, table) != 0)
		i++;
	*ret_why = "no mapping table has this name";
	if (i == MAP_TABLES)
		return -ENOENT;
	o->table = i;
	*ret_why = "the table has no such row";
	if (!parse_key(&o->key, tables[i], key))
		return -ENODATA;
	*ret_why = "the table does not know this value";
	if (!parse_value(&o->value, tables[i], o->key, value))
		return -EINVAL;
	*ret_why = NULL;
	return 0;
}

const char *map_override_why(const char *table, const char *key, const char *value)
{
	struct map_override o;
	const char *why;

	map_override_parse(&o, table, key, value, &why);
	return why;
}

const char *map_key_token(char *buf, size_t size, const struct map_table *t, uint16_t key)
{
	const struct map_row *row = row_of(t, key);

	if (row && row->token)
		return row->token;
	snprintf(buf, size, "%u", key);
	return buf;
}

const char *map_value_token(char *buf, size_t size, const struct map_table *t, uint16_t value)
{
	const struct map_choice *c;

	for (c = t->choices; c && c->token; c++)
		if (c->value == value)
			return c->token;
	snprintf(buf, size, "%u", value);
	return buf;
}

const char *map_standard_name(enum map_standard s)
{
	return s < MAP_STANDARDS ? standards[s] : "?";
}

enum map_standard map_standard_find(const char *name)
{
	unsigned int i = 0;

	while (i < MAP_STANDARDS && strcmp(standards[i], name) != 0)
		i++;
	return i;
}
