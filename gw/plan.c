/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunk groups, route tables and SIP addresses, from the configuration. */
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/log.h"
#include "gw/plan.h"
#include "gw/trunk.h"

static int tables_new(struct gw *gw)
{
	const struct config_table *c;

	llist_for_each_entry(c, &gw->cfg->tables, list) {
		struct gw_table *t = talloc_zero(gw, struct gw_table);

		t->table = route_table_new(t, c->name);
		llist_add_tail(&t->list, &gw->tables);
	}
	return 0;
}

/* Trunk groups name tables, tables name trunk groups: rows are put in when all trunk groups are
 * there. */
static int tables_fill(struct gw *gw)
{
	const struct config_table *c;
	struct gw_table *t = llist_first_entry_or_null(&gw->tables, struct gw_table, list);

	llist_for_each_entry(c, &gw->cfg->tables, list) {
		const struct config_route *r;

		llist_for_each_entry(r, &c->routes, list) {
			struct trunk *trunk = gw_trunk_find(gw, r->trunk);

			if (!trunk || route_add(t->table, r->prefix, r->priority, trunk) < 0) {
				LOGP(DMAIN, LOGL_ERROR,
				     "route-table %s: row for %s cannot be used\n", c->name,
				     r->prefix);
				return -1;
			}
		}
		t = llist_entry(t->list.next, struct gw_table, list);
	}
	return 0;
}

void gw_sip_cfg(struct sip_cfg *cfg, struct sip_cfg_listen listen[CONFIG_MAX_LISTEN],
		const struct config *c)
{
	*cfg = (struct sip_cfg){
		.listen = listen, .n_listen = c->n_listen, .public_host = c->sip_public_host,
		.user_agent = "Tollgate/" PACKAGE_VERSION, .max_calls_per_second = c->sip_max_cps,
		.max_dialogs = c->sip_max_dialogs, .t1_ms = c->sip_t1_ms, .log_cat = DSIP,
	};
	for (unsigned int i = 0; i < c->n_listen; i++)
		listen[i] = (struct sip_cfg_listen){
			.transport = (enum sip_transport)c->listen[i].transport,
			.address = c->listen[i].address, .port = c->listen[i].port,
		};
}

static bool is_any(const char *address)
{
	return !strcmp(address, "0.0.0.0") || !strcmp(address, "::");
}

const char *gw_local_host(const struct gw *gw)
{
	const struct config *c = gw->cfg;

	if (c->sip_host)
		return c->sip_host;
	if (gw->sip)
		return sip_host(gw->sip);
	if (c->sip_public_host)
		return c->sip_public_host;
	return c->n_listen && !is_any(c->listen[0].address) ? c->listen[0].address : NULL;
}

int gw_plan(struct gw *gw)
{
	const struct config_trunk *c;

	if (tables_new(gw) < 0)
		return -1;
	llist_for_each_entry(c, &gw->cfg->trunks, list)
		if (trunk_plan(gw, c) < 0)
			return -1;
	return tables_fill(gw);
}
