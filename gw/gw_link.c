/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between ISUP and MTP: one link a cs7 instance or local socket, shared by its trunk groups. */
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/leg_isup.h"
#include "isup/congestion.h"

static void on_transfer(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct gw_link *link = ctx;

	isup_transfer_ind(link->gw->isup, link, l->opc, l->dpc, l->ni, sdu, len);
}

static void on_pause(void *ctx, uint32_t pc)
{
	struct gw_link *link = ctx;

	isup_pause_ind(link->gw->isup, link, pc);
}

static void on_resume(void *ctx, uint32_t pc)
{
	struct gw_link *link = ctx;

	isup_resume_ind(link->gw->isup, link, pc);
}

static enum isup_user_cause user_cause(enum mtp_status status)
{
	switch (status) {
	case MTP_STATUS_USER_UNEQUIPPED:
		return ISUP_USER_UNEQUIPPED;
	case MTP_STATUS_USER_INACCESSIBLE:
		return ISUP_USER_INACCESSIBLE;
	default:
		return ISUP_USER_UNKNOWN;
	}
}

static void on_status(void *ctx, uint32_t pc, enum mtp_status status, unsigned int level)
{
	struct gw_link *link = ctx;

	if (status == MTP_STATUS_CONGESTED)
		isup_congestion_ind(link->gw->isup, link, pc, level);
	else
		isup_user_unavailable_ind(link->gw->isup, link, pc, user_cause(status));
}

static struct gw_link *find(struct gw *gw, const struct config_trunk *cfg)
{
	struct gw_link *link;

	llist_for_each_entry(link, &gw->links, list) {
		if (link->type != cfg->mtp)
			continue;
		if (cfg->mtp == CONFIG_MTP_SIGTRAN ? link->cs7_instance == cfg->cs7_instance :
						     !strcmp(link->path, cfg->mtp_path))
			return link;
	}
	return NULL;
}

void gw_link_user(struct mtp_user *user, struct gw_link *link)
{
	*user = (struct mtp_user){
		.transfer_ind = on_transfer,
		.pause_ind = on_pause,
		.resume_ind = on_resume,
		.status_ind = on_status,
		.ctx = link,
	};
}

struct gw_link *gw_link_new(struct gw *gw, const struct config_trunk *cfg)
{
	struct gw_link *link = talloc_zero(gw, struct gw_link);

	if (!link)
		return NULL;
	link->gw = gw;
	link->type = cfg->mtp;
	link->cs7_instance = cfg->cs7_instance;
	link->path = cfg->mtp_path;
	llist_add_tail(&link->list, &gw->links);
	return link;
}

struct gw_link *gw_link_get(struct gw *gw, const struct config_trunk *cfg)
{
	struct gw_link *link = find(gw, cfg);
	struct mtp_user user;

	if (link)
		return link;
	link = gw_link_new(gw, cfg);
	if (!link)
		return NULL;
	gw_link_user(&user, link);
	if (cfg->mtp == CONFIG_MTP_SIGTRAN)
		link->mtp = mtp_sigtran_open(link, &user, cfg->cs7_instance);
	else
		link->mtp = mtp_local_open(link, &user, cfg->mtp_path, cfg->mtp_listen);
	if (link->mtp)
		return link;
	llist_del(&link->list);
	talloc_free(link);
	return NULL;
}

/* --- the ISUP stack's user --- */

static int isup_transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
			 size_t len)
{
	const struct isup_group_cfg *cfg = isup_group_config(g);
	const struct trunk_peer *p = isup_group_user(g);
	const struct mtp_label l = { .opc = cfg->opc, .dpc = cfg->dpc, .sls = sls, .ni = cfg->ni };

	return mtp_transfer(p->trunk->link->mtp, &l, sdu, len);
}

static void isup_setup(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	leg_isup_setup_ind(ctx, call, iam);
}

static void isup_trace(void *ctx, const struct isup_group *g, bool sent, const struct isup_msg *m,
		       const uint8_t *sdu, size_t len, const struct isup_fault *f)
{
	char text[1024];

	if (!log_check_level(DISUP, LOGL_DEBUG))
		return;
	if (m)
		isup_print_line(text, sizeof(text), m);
	else
		snprintf(text, sizeof(text), "malformed: %s %s at octet %zu",
			 f && f->par ? f->par : "message", f ? f->why : "?", f ? f->at : 0);
	LOGP(DISUP, LOGL_DEBUG, "%s %s %s\n", g ? isup_group_name(g) : "-", sent ? "<" : ">", text);
}

static bool isup_in_use(void *ctx, const struct isup_circuit *c)
{
	return leg_isup_holds(ctx, c);
}

const struct isup_stack_ops gw_isup_ops = {
	.transfer = isup_transfer,
	.setup_ind = isup_setup,
	.in_use = isup_in_use,
	.trace = isup_trace,
};
