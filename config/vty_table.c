/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "route-table NAME": which trunk groups take a called number, by its longest prefix. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

static struct cmd_node node = { CONFIG_NODE_TABLE, "%s(config-route-table)# ", 1 };

static struct config_table *table(struct vty *vty)
{
	return config_index_in(vty, &config_vty_get()->tables);
}

#define TABLE_HELP "A table of routes\nIts name\n"

DEFUN(table_enter, table_enter_cmd, "route-table NAME", TABLE_HELP)
{
	struct config *c = config_vty_get();
	struct config_table *t = config_table_find(c, argv[0]);
	int rc;

	rc = t ? config_repeated(vty, t->line)
	       : config_name_check(vty, argv[0], &c->tables, CONFIG_MAX_TABLES);
	if (rc != CMD_SUCCESS)
		return rc;
	if (!t) {
		t = talloc_zero(c, struct config_table);
		t->name = talloc_strdup(t, argv[0]);
		t->line = config_line();
		INIT_LLIST_HEAD(&t->routes);
		llist_add_tail(&t->list, &c->tables);
	}
	vty->index = t;
	vty->node = CONFIG_NODE_TABLE;
	return CMD_SUCCESS;
}

DEFUN(no_table, no_table_cmd, "no route-table NAME", NO_STR TABLE_HELP)
{
	struct config_table *t = config_table_find(config_vty_get(), argv[0]);

	if (!t)
		return config_refuse(vty, "there is no such route table");
	llist_del(&t->list);	/* not freed: see config_vty_init() */
	return CMD_SUCCESS;
}

#define PREFIX_HELP \
	"A route\nFirst digits of the called number (1-18, international, without +), or `any'\n" \
	"Send calls to a trunk group\nIts name\n"

DEFUN(table_prefix, table_prefix_cmd, "prefix DIGITS trunk-group NAME", PREFIX_HELP)
{
	struct config_table *t = table(vty);
	bool any = strcmp(argv[0], "any") == 0;
	struct config_route *r;

	if (!t)
		return config_gone(vty);
	if (!any && !config_digits_ok(argv[0]))
		return config_refuse(vty, "a prefix is 1-18 digits without +, or `any'");
	if (t->n_routes == CONFIG_MAX_ROUTES)
		return config_refuse(vty, "more than %d routes are not allowed", CONFIG_MAX_ROUTES);
	r = talloc_zero(t, struct config_route);
	r->prefix = talloc_strdup(r, any ? "" : argv[0]);
	r->trunk = talloc_strdup(r, argv[1]);
	r->priority = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
	r->line = config_line();
	llist_add_tail(&r->list, &t->routes);
	t->n_routes++;
	return CMD_SUCCESS;
}

ALIAS(table_prefix, table_prefix_priority_cmd, "prefix DIGITS trunk-group NAME priority <0-255>",
      PREFIX_HELP
      "Order among the trunk groups of one prefix\nThe lowest is tried first; default 0\n")

DEFUN(table_no_prefix, table_no_prefix_cmd, "no prefix DIGITS trunk-group NAME", NO_STR PREFIX_HELP)
{
	const char *prefix = strcmp(argv[0], "any") == 0 ? "" : argv[0];
	struct config_table *t = table(vty);
	struct config_route *r;

	if (!t)
		return config_gone(vty);
	llist_for_each_entry(r, &t->routes, list) {
		if (strcmp(r->prefix, prefix) == 0 && strcmp(r->trunk, argv[1]) == 0) {
			llist_del(&r->list);
			talloc_free(r);
			t->n_routes--;
			return CMD_SUCCESS;
		}
	}
	return config_refuse(vty, "there is no such route");
}

static void write_route(struct vty *vty, const struct config_route *r)
{
	vty_out(vty, " prefix %s trunk-group %s", *r->prefix ? r->prefix : "any", r->trunk);
	if (r->priority)
		vty_out(vty, " priority %u", r->priority);
	vty_out(vty, "%s", VTY_NEWLINE);
}

static int write_node(struct vty *vty)
{
	const struct config_table *t;
	const struct config_route *r;

	llist_for_each_entry(t, &config_vty_get()->tables, list) {
		vty_out(vty, "route-table %s%s", t->name, VTY_NEWLINE);
		llist_for_each_entry(r, &t->routes, list)
			write_route(vty, r);
	}
	return CMD_SUCCESS;
}

void config_vty_table_init(struct config *c)
{
	install_node(&node, write_node);
	install_element(CONFIG_NODE, &table_enter_cmd);
	install_element(CONFIG_NODE, &no_table_cmd);
	install_element(CONFIG_NODE_TABLE, &table_prefix_cmd);
	install_element(CONFIG_NODE_TABLE, &table_prefix_priority_cmd);
	install_element(CONFIG_NODE_TABLE, &table_no_prefix_cmd);
}
