/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "cdr": the file of call records. */
#include "config/internal.h"

static const struct config_setting settings[] = {
	{ .name = "file", .kind = CONFIG_TEXT, CONFIG_MEMBER(config, cdr_file),
	  .ok = config_path_ok,
	  .form = "Path of at most 255 characters; none: no records are written",
	  .help = "Append a record of each call to a file, one JSON object a line\n" },
	{ .name = "sync", .kind = CONFIG_FLAG, CONFIG_MEMBER(config, cdr_sync), .def = true,
	  .help = "Force records to the disk within 200 ms (default), so that they outlive a loss "
		  "of power\n" },
	{}
};

static struct cmd_node node = { CONFIG_NODE_CDR, "%s(config-cdr)# ", 1 };

void config_cdr_defaults(struct config *c)
{
	config_settings_default(c, settings);
}

static void *object(struct vty *vty)
{
	return config_vty_get();
}

DEFUN(cdr_enter, cdr_enter_cmd, "cdr", "Call records\n")
{
	vty->node = CONFIG_NODE_CDR;
	return CMD_SUCCESS;
}

static int write_node(struct vty *vty)
{
	vty_out(vty, "cdr%s", VTY_NEWLINE);
	config_settings_write(vty, config_vty_get(), settings);
	return CMD_SUCCESS;
}

void config_vty_cdr_init(struct config *c)
{
	install_node(&node, write_node);
	install_element(CONFIG_NODE, &cdr_enter_cmd);
	config_settings_install(c, CONFIG_NODE_CDR, settings, object);
}
