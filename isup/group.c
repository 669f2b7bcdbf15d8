/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunk groups and their circuits: taken into service, reset. */
#include <errno.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/processes.h"

static bool cfg_is_sound(const struct isup_stack *s, const struct isup_group_cfg *cfg)
{
	const struct isup_peer *p;

	if (!cfg->name || !*cfg->name || !cfg->dialect || cfg->ni > 3)
		return false;
	/* a message is decoded before its circuit is known, so one peer speaks one dialect */
	p = isup_peer_find(s, cfg->mtp, cfg->opc, cfg->dpc, cfg->ni);
	return !p || isup_peer_group(p)->cfg.dialect == cfg->dialect;
}

int isup_group_new(struct isup_group **ret, struct isup_stack *s, const struct isup_group_cfg *cfg)
{
	struct isup_group *g;

	if (!cfg_is_sound(s, cfg))
		return -EINVAL;
	if (isup_group_find(s, cfg->name))
		return -EEXIST;
	g = talloc_zero(s, struct isup_group);
	if (!g)
		return -ENOMEM;
	g->stack = s;
	g->tdefs = isup_timers_of(s, cfg->dialect);
	g->cfg = *cfg;
	g->cfg.name = talloc_strdup(g, cfg->name);
	if (g->cfg.name)
		g->peer = isup_peer_get(s, cfg);
	if (g->peer)
		g->idle = isup_idle_new(g, g->peer->n_cics);
	if (!g->idle) {
		talloc_free(g);
		return -ENOMEM;
	}
	INIT_LLIST_HEAD(&g->idle_since[0]);
	INIT_LLIST_HEAD(&g->idle_since[1]);
	osmo_strlcpy(g->fsm_id, cfg->name, sizeof(g->fsm_id));
	osmo_identifier_sanitize_buf(g->fsm_id, "-", '_');
	llist_add_tail(&g->entry, &s->groups);
	llist_add_tail(&g->peer_entry, &g->peer->groups);
	*ret = g;
	return 0;
}

int isup_group_add_range(struct isup_group *g, uint16_t first_cic, uint16_t last_cic)
{
	struct isup_circuit *c;
	unsigned int cic;
	int rc;

	if (first_cic > last_cic || last_cic >= g->peer->n_cics)
		return -EINVAL;
	c = isup_peer_next(g->peer, first_cic);
	if (c && c->cic <= last_cic)
		return -EEXIST;
	c = talloc_zero_array(g, struct isup_circuit, last_cic - first_cic + 1);
	if (!c)
		return -ENOMEM;
	for (cic = first_cic; cic <= last_cic; cic++, c++) {
		c->group = g;
		c->cic = cic;
		c->since = isup_now();
		rc = isup_peer_add_circuit(g->peer, c);
		if (rc < 0)
			return rc;
		g->n_circuits++;
	}
	return 0;
}

/* Circuits already in service stay as they are: a group can be started again when a range was
 * added. */
void isup_group_start(struct isup_group *g)
{
	struct isup_circuit *c;

	for (c = isup_circuit_next(g, NULL); c; c = isup_circuit_next(g, c)) {
		if (c->in_service || isup_circuit_resetting(c))
			continue;
		if (g->cfg.reset_at_start) {
			isup_work_want(c, ISUP_WORK_RESET);
			continue;
		}
		isup_circuit_in_service(c);
		isup_mgbs_restart(c);
		isup_hgbs_restart(c);
	}
	LOGP(g->stack->log_cat, LOGL_NOTICE, "%s: %u circuits start%s\n", g->cfg.name,
	     g->n_circuits, g->work[ISUP_WORK_RESET].n ? " with a reset" : "");
	isup_pump(g->peer);
}

void *isup_group_user(const struct isup_group *g)
{
	return g->cfg.user;
}

unsigned int isup_group_size(const struct isup_group *g)
{
	return g->n_circuits;
}

const char *isup_group_name(const struct isup_group *g)
{
	return g->cfg.name;
}

const struct isup_group_cfg *isup_group_config(const struct isup_group *g)
{
	return &g->cfg;
}

struct isup_group *isup_group_find(struct isup_stack *s, const char *name)
{
	struct isup_group *g;

	llist_for_each_entry(g, &s->groups, entry) {
		if (!strcmp(g->cfg.name, name))
			return g;
	}
	return NULL;
}
