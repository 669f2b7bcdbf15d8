/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes "trunk-group NAME (isup|sip)": rows of the mapper's tables that hold for this one alone. */
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

static struct config_mapping *find(struct config_trunk *t, const char *table, const char *key)
{
	struct config_mapping *m;

	for (m = t->mappings; m < t->mappings + t->n_mappings; m++)
		if (strcmp(m->table, table) == 0 && strcmp(m->key, key) == 0)
			return m;
	return NULL;
}

#define MAPPING_HELP \
	"A row of the mapping tables that is otherwise here (at most 32)\n" \
	"Table (see `show mapping')\nRow\n"

DEFUN(trunk_mapping, trunk_mapping_cmd, "mapping TABLE KEY VALUE", MAPPING_HELP "Its value\n")
{
	config_mapping_cb *known = config_vty_get()->mapping_known;
	const char *why = known ? known(argv[0], argv[1], argv[2]) : NULL;
	struct config_trunk *t = config_vty_trunk(vty);
	struct config_mapping *m;

	if (!t)
		return config_gone(vty);
	if (why)
		return config_refuse(vty, "%s", why);
	m = find(t, argv[0], argv[1]);
	if (!m && t->n_mappings == CONFIG_MAX_MAPPINGS)
		return config_refuse(vty, "more than %d rows are not allowed", CONFIG_MAX_MAPPINGS);
	if (!m) {
		m = &t->mappings[t->n_mappings++];
		m->table = talloc_strdup(t, argv[0]);
		m->key = talloc_strdup(t, argv[1]);
	} else {
		talloc_free(m->value);
	}
	m->value = talloc_strdup(t, argv[2]);
	return CMD_SUCCESS;
}

DEFUN(trunk_no_mapping, trunk_no_mapping_cmd, "no mapping TABLE KEY", NO_STR MAPPING_HELP)
{
	struct config_trunk *t = config_vty_trunk(vty);
	struct config_mapping *m;

	if (!t)
		return config_gone(vty);
	m = find(t, argv[0], argv[1]);
	if (!m)
		return config_refuse(vty, "there is no such row");
	talloc_free(m->table);
	talloc_free(m->key);
	talloc_free(m->value);
	t->n_mappings--;
	memmove(m, m + 1, (size_t)(t->mappings + t->n_mappings - m) * sizeof(*m));
	return CMD_SUCCESS;
}

void config_mapping_write(struct vty *vty, const struct config_trunk *t)
{
	const struct config_mapping *m;

	for (m = t->mappings; m < t->mappings + t->n_mappings; m++)
		vty_out(vty, " mapping %s %s %s%s", m->table, m->key, m->value, VTY_NEWLINE);
}

void config_vty_mapping_init(int node)
{
	install_element(node, &trunk_mapping_cmd);
	install_element(node, &trunk_no_mapping_cmd);
}
