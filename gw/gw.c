/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the gateway from its configuration. */
#include <string.h>
#include <sys/random.h>

#include <osmocom/core/talloc.h>

#include "gw/audit.h"
#include "gw/call.h"
#include "gw/continuity.h"
#include "gw/gw.h"
#include "gw/leg.h"
#include "gw/log.h"
#include "gw/overload.h"
#include "gw/plan.h"
#include "gw/trunk.h"

static int media_new(struct gw *gw, const struct config_media *c)
{
	struct gw_media *m = talloc_zero(gw, struct gw_media);

	if (!m)
		return -1;
	m->name = c->name;
	if (c->type == CONFIG_MEDIA_NONE) {
		const struct media_none_cfg cfg = {
			.name = c->name,
			.rtp_address = c->rtp_address,
			.rtp_base_port = c->rtp_base_port,
		};

		m->media = media_none_open(m, &cfg);
	} else {
		const struct media_mgcp_cfg cfg = {
			.name = c->name,
			.remote_host = c->remote_address,
			.remote_port = c->remote_port,
			.local_host = c->local_address,
			.local_port = c->local_port,
			.domain = c->domain,
			.endpoint = c->endpoint,
			.keepalive_s = c->keepalive_s,
			.log_cat = DMGCP,
			.circuit_rtp_address = c->rtp_address,
			.circuit_rtp_base_port = c->rtp_base_port,
		};

		m->media = media_mgcp_open(m, &cfg, NULL, gw);
	}
	llist_add_tail(&m->list, &gw->medias);
	return m->media ? 0 : -1;
}

static int sip_start(struct gw *gw)
{
	struct sip_cfg_listen listen[CONFIG_MAX_LISTEN];
	struct sip_cfg cfg;
	struct sip_user user;

	if (!gw->cfg->n_listen)
		return 0;
	gw_sip_cfg(&cfg, listen, gw->cfg);
	leg_sip_user_init(&user, gw);
	gw->sip = sip_new(gw, &cfg, &user);
	return gw->sip ? 0 : -1;
}

static int trunks_start(struct gw *gw)
{
	struct trunk *t;

	llist_for_each_entry(t, &gw->trunks, list)
		if (trunk_start(t) < 0)
			return -1;
	return 0;
}

int gw_start(struct gw *gw)
{
	const struct config_media *m;

	llist_for_each_entry(m, &gw->cfg->medias, list)
		if (media_new(gw, m) < 0)
			return -1;
	if (gw->cfg->cdr_file) {
		gw->cdr = cdr_open(gw, gw->cfg->cdr_file, gw->cfg->cdr_sync, DCDR);
		if (!gw->cdr)
			return -1;
	}
	gw->isup = isup_stack_new(gw, &gw_isup_ops, gw, gw->cfg->isup_tdefs, DISUP);
	if (gw->isup && gw->cfg->ansi_tdefs)
		isup_stack_timers(gw->isup, ISUP_TIMERS_ANSI, gw->cfg->ansi_tdefs);
	if (gw->isup)
		gw_continuity_init(gw);
	if (!gw->isup || sip_start(gw) < 0 || gw_plan(gw) < 0 || trunks_start(gw) < 0)
		return -1;
	gw_overload_start(gw);
	return audit_start(gw);
}

struct gw *gw_new(void *ctx, const struct config *cfg)
{
	struct gw *gw = talloc_zero(ctx, struct gw);

	if (!gw)
		return NULL;
	gw->cfg = cfg;
	INIT_LLIST_HEAD(&gw->links);
	INIT_LLIST_HEAD(&gw->medias);
	INIT_LLIST_HEAD(&gw->tables);
	INIT_LLIST_HEAD(&gw->trunks);
	INIT_LLIST_HEAD(&gw->tests);
	INIT_LLIST_HEAD(&gw->calls);
	hash_init(gw->legs);
	hash_init(gw->legs_at);
	if (getrandom(&gw->boot, sizeof(gw->boot), 0) == sizeof(gw->boot))
		return gw;
	talloc_free(gw);
	return NULL;
}

/* Calls first, edges after them: records are written and peers are told. */
void gw_free(struct gw *gw)
{
	struct gw_media *m;
	struct gw_link *l;

	audit_stop(gw);
	gw_overload_stop(gw);
	while (gw->n_calls)
		call_clear(call_next(gw, NULL), "the gateway is being shut down");
	if (gw->sip)
		sip_free(gw->sip);
	gw_continuity_end(gw);
	llist_for_each_entry(m, &gw->medias, list)
		if (m->media)
			media_gw_close(m->media);
	llist_for_each_entry(l, &gw->links, list)
		mtp_close(l->mtp);
	if (gw->cdr)
		cdr_close(gw->cdr);
	talloc_free(gw);
}

struct trunk *gw_trunk_find(const struct gw *gw, const char *name)
{
	struct trunk *t;

	llist_for_each_entry(t, &gw->trunks, list)
		if (!strcmp(t->name, name))
			return t;
	return NULL;
}
