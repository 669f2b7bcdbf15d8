/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP trunk groups: their exchanges and circuits, and hunting over them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/mtp_pc.h"
#include "gw/trunk.h"
#include "isup/congestion.h"
#include "isup/dialect.h"

bool trunk_is_isup(const struct trunk *t)
{
	return t->cfg->type == CONFIG_TRUNK_ISUP;
}

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static int point_code(uint32_t *ret, const struct trunk *t, const char *pc)
{
	if (t->cfg->mtp == CONFIG_MTP_SIGTRAN)
		return mtp_pc_of(t->cfg->cs7_instance, pc, ret);
	return mtp_pc_local(pc, t->profile.dialect->point_code_bits, ret);
}

static struct isup_call_cfg call_cfg(const struct config_trunk *cfg)
{
	static const enum isup_suspend_role roles[] = {
		[CONFIG_SUSPEND_AUTOMATIC] = ISUP_SUSPEND_PASS,	/* leg_isup.c */
		[CONFIG_SUSPEND_PASS] = ISUP_SUSPEND_PASS,
		[CONFIG_SUSPEND_CONTROLLING] = ISUP_SUSPEND_CONTROLLING,
		[CONFIG_SUSPEND_INTERNATIONAL] = ISUP_SUSPEND_INTERNATIONAL,
	};

	return (struct isup_call_cfg){
		.suspend = roles[cfg->suspend],
		.control = (enum isup_control)cfg->dual_seizure,
		.max_sdu = cfg->max_message,
	};
}

static int peer_group(struct trunk_peer *p, bool own_opc, bool own_dpc)
{
	const struct config_trunk *cfg = p->trunk->cfg;
	char name[TRUNK_MAX_GROUP_NAME];
	struct isup_group_cfg g = {
		.name = name,
		.dialect = p->trunk->profile.dialect,
		.ni = cfg->ni,
		.mtp = p->trunk->link,
		.hunt = (enum isup_hunt)cfg->hunt,
		.acl = (enum isup_acl)cfg->acl,
		.reset_at_start = cfg->reset_at_start,
		.lpa = cfg->loop_ack,
		.calls = call_cfg(cfg),
		.user = p,
	};

	if (point_code(&g.opc, p->trunk, p->opc) < 0 || point_code(&g.dpc, p->trunk, p->dpc) < 0)
		return -EINVAL;
	mtp_pc_print(p->point_codes, sizeof(p->point_codes), g.dialect->point_code_bits, g.opc,
		     g.dpc);
	snprintf(name, sizeof(name), "%s%s%s%s%s", p->trunk->name, own_dpc ? ":" : "",
		 own_dpc ? p->dpc : "", own_opc ? "@" : "", own_opc ? p->opc : "");
	return isup_group_new(&p->group, p->trunk->gw->isup, &g);
}

static int peer_new(struct trunk_peer **ret, struct trunk *t, const struct config_range *r)
{
	struct trunk_peer *p = talloc_zero(t, struct trunk_peer);
	const char *opc = config_range_opc(t->cfg, r);

	if (!p)
		return -ENOMEM;
	p->trunk = t;
	p->opc = opc ? talloc_strdup(p, opc) : NULL;
	p->dpc = talloc_strdup(p, config_range_dpc(t->cfg, r));
	llist_add_tail(&p->list, &t->peers);
	*ret = p;
	return peer_group(p, r->opc != NULL, r->dpc != NULL);
}

static struct trunk_peer *peer_find(const struct trunk *t, const struct config_range *r)
{
	struct trunk_peer *p;

	llist_for_each_entry(p, &t->peers, list)
		if (text_equal(p->opc, config_range_opc(t->cfg, r)) &&
		    text_equal(p->dpc, config_range_dpc(t->cfg, r)))
			return p;
	return NULL;
}

static int range_new(struct trunk *t, const struct config_range *r)
{
	struct trunk_peer *p = peer_find(t, r);
	int rc = p ? 0 : peer_new(&p, t, r);

	if (rc < 0)
		return rc;
	p->ranges[p->n_ranges++] = (struct trunk_range){
		.first = r->first, .last = r->last, .termination = config_range_termination(r),
	};
	return isup_group_add_range(p->group, r->first, r->last);
}

int trunk_isup_new(struct trunk *t)
{
	const struct isup_group_cfg *g;
	struct trunk_peer *p;
	int rc = 0;

	t->link = gw_link_get(t->gw, t->cfg);
	if (!t->media || !t->link)
		return -ENODEV;
	for (unsigned int i = 0; rc == 0 && i < t->cfg->n_ranges; i++)
		rc = range_new(t, &t->cfg->ranges[i]);
	if (rc < 0)
		return rc;
	llist_for_each_entry(p, &t->peers, list) {
		g = isup_group_config(p->group);
		mtp_watch(t->link->mtp, g->dpc);
		isup_group_start(p->group);
	}
	return 0;
}

struct trunk_peer *trunk_peer_of(const struct isup_circuit *c)
{
	return isup_group_user(isup_circuit_group(c));
}

uint16_t trunk_termination(const struct isup_circuit *c)
{
	const struct trunk_peer *p = trunk_peer_of(c);
	uint16_t cic = isup_circuit_cic(c);

	for (unsigned int i = 0; i < p->n_ranges; i++)
		if (cic >= p->ranges[i].first && cic <= p->ranges[i].last)
			return p->ranges[i].termination + (cic - p->ranges[i].first);
	return cic;
}

struct isup_group *trunk_group_next(const struct trunk *t, const struct isup_group *g)
{
	const struct llist_head *next =
		g ? ((struct trunk_peer *)isup_group_user(g))->list.next : t->peers.next;

	return next == &t->peers ? NULL : llist_entry(next, struct trunk_peer, list)->group;
}

struct isup_circuit *trunk_circuit_next(const struct trunk *t, struct isup_circuit *c)
{
	struct isup_group *g = c ? isup_circuit_group(c) : trunk_group_next(t, NULL);

	for (; g; g = trunk_group_next(t, g), c = NULL) {
		struct isup_circuit *next = isup_circuit_next(g, c);

		if (next)
			return next;
	}
	return NULL;
}

/* --- hunting --- */

static struct trunk_peer *peer_after(const struct trunk *t, const struct trunk_peer *p)
{
	return llist_entry(p->list.next == &t->peers ? t->peers.next : p->list.next,
			   struct trunk_peer, list);
}

static struct trunk_peer *peer_before(const struct trunk *t, const struct trunk_peer *p)
{
	return llist_entry(p->list.prev == &t->peers ? t->peers.prev : p->list.prev,
			   struct trunk_peer, list);
}

static struct trunk_peer *first_to_ask(const struct trunk *t)
{
	switch (t->cfg->hunt) {
	case CONFIG_HUNT_LOWEST:
		return llist_first_entry(&t->peers, struct trunk_peer, list);
	case CONFIG_HUNT_HIGHEST:
		return llist_last_entry(&t->peers, struct trunk_peer, list);
	default:
		return t->turn ? peer_after(t, t->turn)
			       : llist_first_entry(&t->peers, struct trunk_peer, list);
	}
}

static int hunt_in(struct isup_circuit **ret, struct isup_group *g, const struct isup_msg *iam)
{
	struct isup_circuit *c;
	int rc = isup_group_hunt(&c, g);

	if (rc == 0 && iam && (rc = isup_group_admit(g, iam)) < 0)
		isup_circuit_unseize(c);
	if (rc == 0)
		*ret = c;
	return rc;
}

int trunk_hunt(struct isup_circuit **ret, struct trunk *t, const struct isup_msg *iam)
{
	struct trunk_peer *first = first_to_ask(t), *p = first;
	int rc, result = -ENETUNREACH;

	do {
		rc = hunt_in(ret, p->group, iam);
		if (rc == 0) {
			t->turn = p;
			return 0;
		}
		if (rc != -ENETUNREACH)
			result = rc;
		p = t->cfg->hunt == CONFIG_HUNT_HIGHEST ? peer_before(t, p) : peer_after(t, p);
	} while (p != first);
	return result;
}
