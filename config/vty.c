/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nodes' common part: where the configuration is, how a command refuses, which nodes are ours.
 */
#include <stdarg.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

/* libosmovty is one in a process, and its functions that write the configuration get no context. */
static struct config *the_config;

struct config *config_vty_get(void)
{
	return the_config;
}

struct config *config_vty_init(void *ctx, struct osmo_tdef *isup_tdefs)
{
	struct config *c = config_new(ctx);

	if (!c)
		return NULL;
	c->isup_tdefs = isup_tdefs;
	the_config = c;
	config_vty_sip_init(c);
	config_vty_isup_init(c);
	config_vty_media_init(c);
	config_vty_trunk_init(c);
	config_vty_table_init(c);
	config_vty_cdr_init(c);
	return c;
}

bool config_is_node(int node)
{
	return node >= CONFIG_NODE_SIP && node < CONFIG_NODE_END;
}

int config_go_parent_node(int node)
{
	return config_is_node(node) ? CONFIG_NODE : -1;
}

int config_refuse(struct vty *vty, const char *fmt, ...)
{
	va_list ap;

	vty_out(vty, "%% ");
	va_start(ap, fmt);
	vty_out_va(vty, fmt, ap);
	va_end(ap);
	vty_out(vty, "%s", VTY_NEWLINE);
	return CMD_WARNING;
}

int config_gone(struct vty *vty)
{
	return config_refuse(vty, "it has been deleted by another session");
}

int config_repeated(struct vty *vty, int line)
{
	if (!config_line() || line <= 0)
		return CMD_SUCCESS;
	return config_refuse(vty, "it is defined in line %d already", line);
}

void *config_index_in(struct vty *vty, const struct llist_head *items)
{
	const struct llist_head *item;

	for (item = items->next; item != items; item = item->next) {
		if (item == vty->index)
			return vty->index;
	}
	return NULL;
}

int config_name_check(struct vty *vty, const char *name, const struct llist_head *items,
		      unsigned int max)
{
	if (!config_name_ok(name))
		return config_refuse(vty, "a name has 1-%d letters, digits, '.', '_', '-'",
				     CONFIG_MAX_NAME);
	if (llist_count(items) >= max)
		return config_refuse(vty, "there are %u already, more are not allowed", max);
	return CMD_SUCCESS;
}
