/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show mapping`: the rules by which a trunk group is mapped. */
#include <stdio.h>
#include <string.h>

#include <osmocom/vty/command.h>

#include "gw/gw.h"
#include "gw/show.h"

static void show_row(struct vty *vty, const struct map_line *l)
{
	vty_out(vty, "  %-14s %-44s %-12s %-44s %s%s", l->key_token, l->key_words, l->value_token,
		l->value_words, l->own ? "this trunk group" : l->clause, VTY_NEWLINE);
}

static void show_table(struct vty *vty, enum map_table_id id, const struct map_profile *p)
{
	enum map_standard standard = p ? p->standard : MAP_RFC3398;
	const struct map_table *t = map_table(id);
	struct map_line line;
	char text[16];

	vty_out(vty, "%s: %s, %s%s", t->name, t->title, map_standard_name(standard), VTY_NEWLINE);
	for (unsigned int i = 0; map_line(&line, id, i, p); i++)
		show_row(vty, &line);
	if (t->key_max)
		vty_out(vty, "  any other %-49s %-12s %-44s %s%s", "",
			map_value_token(text, sizeof(text), t, t->otherwise[standard]),
			map_value_words(t, UINT16_MAX, t->otherwise[standard]), t->otherwise_clause,
			VTY_NEWLINE);
}

static int show(struct vty *vty, const struct map_profile *p, const char *name)
{
	bool found = false;

	for (int i = 0; i < MAP_TABLES; i++) {
		if (name && strcmp(map_table(i)->name, name) != 0)
			continue;
		if (found)
			vty_out(vty, "%s", VTY_NEWLINE);
		show_table(vty, i, p);
		found = true;
	}
	if (found)
		return CMD_SUCCESS;
	vty_out(vty, "%% there is no mapping table `%s'; there are:", name);
	for (int i = 0; i < MAP_TABLES; i++)
		vty_out(vty, " %s", map_table(i)->name);
	vty_out(vty, "%s", VTY_NEWLINE);
	return CMD_WARNING;
}

#define MAPPING_HELP SHOW_STR "Rules of the mapping between ISUP and SIP\n"
#define TRUNK_HELP "As they hold for a trunk group\nIts name\n"
#define TABLE_HELP "One table\nIts name\n"

DEFUN(show_mapping, show_mapping_cmd, "show mapping", MAPPING_HELP)
{
	return show(vty, NULL, NULL);
}

DEFUN(show_mapping_table, show_mapping_table_cmd, "show mapping table TABLE",
      MAPPING_HELP TABLE_HELP)
{
	return show(vty, NULL, argv[0]);
}

DEFUN(show_mapping_trunk, show_mapping_trunk_cmd, "show mapping trunk-group NAME",
      MAPPING_HELP TRUNK_HELP)
{
	const struct trunk *t = gw_trunk_find(show_gw(vty), argv[0]);

	if (!t) {
		vty_out(vty, "%% there is no trunk group `%s'%s", argv[0], VTY_NEWLINE);
		return CMD_WARNING;
	}
	return show(vty, &t->profile, argc > 1 ? argv[1] : NULL);
}

ALIAS(show_mapping_trunk, show_mapping_trunk_table_cmd,
      "show mapping trunk-group NAME table TABLE", MAPPING_HELP TRUNK_HELP TABLE_HELP)

void show_mapping_vty_init(void)
{
	install_element_ve(&show_mapping_cmd);
	install_element_ve(&show_mapping_table_cmd);
	install_element_ve(&show_mapping_trunk_cmd);
	install_element_ve(&show_mapping_trunk_table_cmd);
}
