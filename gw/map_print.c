/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the tables of rules as lines, for `show mapping` and the manual. */
#include <stdio.h>
#include <string.h>

#include "gw/map_parts.h"
#include "isup/names.h"

static const struct map_row *row_at(const struct map_table *t, unsigned int i)
{
	return i < t->n_rows ? &t->rows[i] : NULL;
}

const char *map_key_words(const struct map_table *t, uint16_t key)
{
	const struct map_row *row;
	unsigned int i;

	for (i = 0; (row = row_at(t, i)); i++)
		if (row->key == key && row->what)
			return row->what;
	return t->key_name ? t->key_name(key) : "";
}

const char *map_value_words(const struct map_table *t, uint16_t key, uint16_t value)
{
	const struct map_choice *c;
	const struct map_row *row;
	const char *name;
	unsigned int i;

	for (i = 0; (row = row_at(t, i)); i++) {
		if (row->key != key || !row->values)
			continue;
		name = isup_name_of(row->values, value);
		return name ? name : "";
	}
	for (c = t->choices; c && c->token; c++)
		if (c->value == value)
			return c->what ? c->what : "";
	return t->value_name ? t->value_name(value) : "";
}

/* Keys that the trunk group has a value of its own for, and the table no row. */
static bool extra_key(uint16_t *key, const struct map_profile *p, enum map_table_id table,
		      unsigned int nth)
{
	const struct map_table *t = map_table(table);
	unsigned int i, k;

	for (i = 0; p && i < p->n_overrides; i++) {
		if (p->overrides[i].table != table)
			continue;
		for (k = 0; k < t->n_rows && t->rows[k].key != p->overrides[i].key; k++)
			;
		if (k < t->n_rows || nth--)
			continue;
		*key = p->overrides[i].key;
		return true;
	}
	return false;
}

bool map_line(struct map_line *line, enum map_table_id table, unsigned int i,
	      const struct map_profile *p)
{
	const struct map_table *t = map_table(table);
	const struct map_row *row = row_at(t, i);

	*line = (struct map_line){ 0 };
	if (row)
		line->key = row->key;
	else if (!extra_key(&line->key, p, table, i - t->n_rows))
		return false;
	line->value = map_rule(p, table, line->key);
	line->own = map_rule_is_own(p, table, line->key);
	line->clause = row ? row->clause : "";
	line->key_token = map_key_token(line->key_text, sizeof(line->key_text), t, line->key);
	line->value_token = map_value_token(line->value_text, sizeof(line->value_text), t,
					    line->value);
	line->key_words = map_key_words(t, line->key);
	line->value_words = map_value_words(t, line->key, line->value);
	return true;
}
