/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings as rows: the command, its "no" form, the default and the line in the file of each are
 * made from its row. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/talloc.h>

#include "config/internal.h"

/* libosmovty gives a command nothing but its element: the row stands behind it. */
struct command {
	struct cmd_element el;
	const struct config_setting *row;
	config_object_cb *object;
	bool no;
};

static unsigned int get(const void *object, const struct config_setting *row)
{
	const uint8_t *p = (const uint8_t *)object + row->off;
	unsigned int v = 0;

	if (row->kind == CONFIG_FLAG)
		return *(const bool *)p;
	if (row->size == sizeof(uint8_t))
		return *p;
	if (row->size == sizeof(uint16_t))
		return *(const uint16_t *)p;
	memcpy(&v, p, sizeof(v));
	return v;
}

static void set(void *object, const struct config_setting *row, unsigned int v)
{
	uint8_t *p = (uint8_t *)object + row->off;

	if (row->kind == CONFIG_FLAG)
		*(bool *)p = v;
	else if (row->size == sizeof(uint8_t))
		*p = v;
	else if (row->size == sizeof(uint16_t))
		*(uint16_t *)p = v;
	else
		memcpy(p, &v, sizeof(v));
}

static char **text_of(const void *object, const struct config_setting *row)
{
	return (char **)((uint8_t *)(uintptr_t)object + row->off);
}

static void set_text(void *object, const struct config_setting *row, const char *text)
{
	char **slot = text_of(object, row);
	char *copy = text ? talloc_strdup(object, text) : NULL;

	talloc_free(*slot);
	*slot = copy;
}

static bool is_text(const struct config_setting *row)
{
	return row->kind == CONFIG_TEXT || row->kind == CONFIG_LINE;
}

static void reset(void *object, const struct config_setting *row)
{
	if (is_text(row))
		set_text(object, row, row->text_def);
	else
		set(object, row, row->def);
}

static int take_text(struct vty *vty, void *object, const struct config_setting *row, int argc,
		     const char *argv[])
{
	char *line;

	if (row->kind == CONFIG_TEXT) {
		if (!row->ok(argv[0]))
			return config_refuse(vty, "%s", row->form);
		set_text(object, row, argv[0]);
		return CMD_SUCCESS;
	}
	line = argv_concat(argv, argc, 0);
	if (line)
		set_text(object, row, line);
	talloc_free(line);
	return CMD_SUCCESS;
}

static int run(struct cmd_element *self, struct vty *vty, int argc, const char *argv[])
{
	const struct command *cmd = container_of(self, struct command, el);
	const struct config_setting *row = cmd->row;
	const struct config_choice *choice;
	void *object = cmd->object(vty);

	if (!object)
		return config_gone(vty);
	if (cmd->no && row->kind != CONFIG_FLAG)
		reset(object, row);
	else if (row->kind == CONFIG_FLAG)
		set(object, row, !cmd->no);
	else if (row->kind == CONFIG_NUMBER)
		set(object, row, strtoul(argv[0], NULL, 10));
	else if (is_text(row))
		return take_text(vty, object, row, argc, argv);
	else for (choice = row->choices; choice->word; choice++)
		if (strcmp(choice->word, argv[0]) == 0)
			set(object, row, choice->value);
	return CMD_SUCCESS;
}

/* The command's argument and its help, appended to both. */
static void argument(char **string, char **doc, const struct config_setting *row)
{
	const struct config_choice *c;

	switch (row->kind) {
	case CONFIG_FLAG:
		return;
	case CONFIG_NUMBER:
		*string = talloc_asprintf_append(*string, " <%u-%u>", row->min, row->max);
		break;
	case CONFIG_CHOICE:
		for (c = row->choices; c->word; c++) {
			*string = talloc_asprintf_append(*string, "%s%s",
							 c == row->choices ? " (" : "|", c->word);
			*doc = talloc_asprintf_append(*doc, "%s\n", c->help);
		}
		*string = talloc_strdup_append(*string, ")");
		return;
	case CONFIG_TEXT:
		*string = talloc_strdup_append(*string, " TEXT");
		break;
	case CONFIG_LINE:
		*string = talloc_strdup_append(*string, " .TEXT");
		break;
	}
	*doc = talloc_asprintf_append(*doc, "%s\n", row->form);
}

static void install(void *ctx, int node, const struct config_setting *row, config_object_cb *object,
		    bool no)
{
	struct command *cmd = talloc_zero(ctx, struct command);
	char *string = talloc_asprintf(cmd, "%s%s", no ? "no " : "", row->name);
	char *doc = talloc_asprintf(cmd, "%s%s", no ? NO_STR : "", row->help);

	if (!no)
		argument(&string, &doc, row);
	cmd->row = row;
	cmd->object = object;
	cmd->no = no;
	cmd->el = (struct cmd_element){ .string = string, .func = run, .doc = doc };
	install_element(node, &cmd->el);
}

void config_settings_install(void *ctx, int node, const struct config_setting *rows,
			     config_object_cb *object)
{
	for (; rows->name; rows++) {
		install(ctx, node, rows, object, false);
		install(ctx, node, rows, object, true);
	}
}

void config_settings_default(void *object, const struct config_setting *rows)
{
	for (; rows->name; rows++)
		reset(object, rows);
}

static void write_choice(struct vty *vty, const struct config_setting *row, unsigned int value)
{
	const struct config_choice *c;

	for (c = row->choices; c->word; c++) {
		if (c->value == value)
			vty_out(vty, " %s %s%s", row->name, c->word, VTY_NEWLINE);
	}
}

static void write_text(struct vty *vty, const struct config_setting *row, const char *text)
{
	if (text && (!row->text_def || strcmp(text, row->text_def) != 0))
		vty_out(vty, " %s %s%s", row->name, text, VTY_NEWLINE);
	else if (!text && row->text_def)
		vty_out(vty, " no %s%s", row->name, VTY_NEWLINE);
}

void config_settings_write(struct vty *vty, const void *object, const struct config_setting *rows)
{
	const struct config_setting *row;

	for (row = rows; row->name; row++) {
		if (is_text(row))
			write_text(vty, row, *text_of(object, row));
		else if (get(object, row) == row->def)
			continue;
		else if (row->kind == CONFIG_FLAG)
			vty_out(vty, " %s%s%s", get(object, row) ? "" : "no ", row->name,
				VTY_NEWLINE);
		else if (row->kind == CONFIG_NUMBER)
			vty_out(vty, " %s %u%s", row->name, get(object, row), VTY_NEWLINE);
		else
			write_choice(vty, row, get(object, row));
	}
}
