/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunk groups as the configuration describes them, ready to carry calls. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "config/match.h"
#include "gw/log.h"
#include "gw/plan.h"
#include "gw/sipt.h"
#include "gw/trunk.h"
#include "gw/uri.h"
#include "isup/dialect.h"

static void profile_bodies(struct map_profile *p, const struct config_trunk *t)
{
	const char *token = sipt_token_of(p->dialect->name);
	const char *version = t->isup_version ? t->isup_version : token;

	p->isup_body = (enum map_isup_body)t->isup_body;
	p->isup_required = t->isup_required;
	p->isup_trust = (enum map_isup_trust)t->isup_trust;
	OSMO_STRLCPY_ARRAY(p->isup_version, version);
	OSMO_STRLCPY_ARRAY(p->isup_base, t->isup_base ? t->isup_base : token);
}

/* SIP-I is Q.1912.5's profile C, unless the trunk group says otherwise. */
static enum map_standard standard_of(const struct config_trunk *t)
{
	if (t->interworking)
		return t->interworking - 1;
	return t->isup_body == CONFIG_ISUP_SIP_I ? MAP_PROFILE_C : MAP_RFC3398;
}

static void profile_numbers(struct map_profile *p, const struct config_trunk *t)
{
	if (t->country_code)
		OSMO_STRLCPY_ARRAY(p->country_code, t->country_code);
	if (t->area_code)
		OSMO_STRLCPY_ARRAY(p->area_code, t->area_code);
	if (t->party.national_prefix)
		OSMO_STRLCPY_ARRAY(p->national_prefix, t->party.national_prefix);
	if (t->party.international_prefix)
		OSMO_STRLCPY_ARRAY(p->international_prefix, t->party.international_prefix);
	if (t->party.own_carrier)
		OSMO_STRLCPY_ARRAY(p->own_carrier, t->party.own_carrier);
	OSMO_STRLCPY_ARRAY(p->group, t->name);
	if (t->party.trunk_context)
		OSMO_STRLCPY_ARRAY(p->trunk_context, t->party.trunk_context);
	p->mlpp_domain = t->party.mlpp_domain;
	if (t->party.default_calling)
		OSMO_STRLCPY_ARRAY(p->default_calling, t->party.default_calling);
	p->routing_length = t->party.routing_length;
}

static void profile_fill(struct map_profile *p, const struct gw *gw, const struct config_trunk *t)
{
	map_profile_default(p);
	profile_numbers(p, t);
	if (t->host || t->n_targets)
		uri_host(p->host, sizeof(p->host), t->host ? t->host : t->targets[0].host);
	if (gw_local_host(gw))
		uri_host(p->local_host, sizeof(p->local_host), gw_local_host(gw));
	if (t->dialect)
		p->dialect = isup_dialect_find(t->dialect);
	profile_bodies(p, t);
	p->send_pai = t->send_pai;
	p->trust_pai = t->trust_pai;
	p->early = t->early_media || t->type == CONFIG_TRUNK_ISUP ? MAP_EARLY_AUTO : MAP_EARLY_OFF;
	p->retry_after = t->retry_after;
	p->max_forwards_factor = t->max_forwards_factor;
	p->standard = standard_of(t);
	for (unsigned int i = 0; i < t->n_mappings; i++) {
		const struct config_mapping *m = &t->mappings[i];
		const char *why;

		if (map_override_parse(&p->overrides[p->n_overrides], m->table, m->key, m->value,
				       &why) == 0)
			p->n_overrides++;
	}
	map_profile_indicators(p, t->type == CONFIG_TRUNK_ISUP);
}

/* Settings that are not the default win over the table of indicators. */
static void profile_isup(struct map_profile *p, const struct config_trunk *t)
{
	p->nci_satellite = t->nci_satellite;
	p->nci_echo = t->nci_echo;
	if (t->category != CONFIG_DEFAULT_CATEGORY)
		p->category = t->category;
	if (t->tmr != CONFIG_DEFAULT_MEDIUM)
		p->tmr = t->tmr;
	if (t->location != CONFIG_DEFAULT_LOCATION)
		p->location = t->location;
	p->isup_all_the_way = t->isup_all_the_way;
	p->send_st = t->send_st;
}

static struct route_table *find_table(const struct gw *gw, const char *name)
{
	struct gw_table *t;

	llist_for_each_entry(t, &gw->tables, list)
		if (name && !strcmp(route_table_name(t->table), name))
			return t->table;
	return NULL;
}

static struct media_gw *find_media(const struct gw *gw, const char *name)
{
	struct gw_media *m;

	llist_for_each_entry(m, &gw->medias, list)
		if (name && !strcmp(m->name, name))
			return m->media;
	return NULL;
}

int trunk_plan(struct gw *gw, const struct config_trunk *cfg)
{
	struct trunk *t = talloc_zero(gw, struct trunk);

	if (!t)
		return -ENOMEM;
	t->gw = gw;
	t->cfg = cfg;
	t->name = cfg->name;
	INIT_LLIST_HEAD(&t->peers);
	t->table = find_table(gw, cfg->route_table);
	profile_fill(&t->profile, gw, cfg);
	if (cfg->type == CONFIG_TRUNK_ISUP)
		profile_isup(&t->profile, cfg);
	llist_add_tail(&t->list, &gw->trunks);
	return 0;
}

int trunk_start(struct trunk *t)
{
	int rc = 0;

	if (t->cfg->type == CONFIG_TRUNK_ISUP) {
		t->media = find_media(t->gw, t->cfg->media);
		rc = trunk_isup_new(t);
	}
	if (rc < 0)
		LOGP(DMAIN, LOGL_ERROR, "trunk-group %s cannot be taken into service: %s\n",
		     t->name, strerror(-rc));
	return rc;
}

static bool source_of(struct config_source *from, const struct sockaddr_storage *ss)
{
	const struct sockaddr_in6 *in6 = (const void *)ss;
	const struct sockaddr_in *in4 = (const void *)ss;

	if (ss->ss_family == AF_INET6) {
		memcpy(from->octets, &in6->sin6_addr, 16);
		from->port = ntohs(in6->sin6_port);
		return true;
	}
	if (ss->ss_family != AF_INET)
		return false;
	from->octets[10] = from->octets[11] = 0xff;
	memcpy(from->octets + 12, &in4->sin_addr, 4);
	from->port = ntohs(in4->sin_port);
	return true;
}

struct trunk *trunk_of_source(const struct gw *gw, const struct sockaddr_storage *source,
			      uint16_t local_port)
{
	struct config_source from = { .local_port = local_port };
	struct trunk *t, *found = NULL;
	unsigned int best = 0, fit;

	if (!source_of(&from, source))
		return NULL;
	llist_for_each_entry(t, &gw->trunks, list) {
		fit = config_trunk_accepts(t->cfg, &from);
		if (fit > best) {
			best = fit;
			found = t;
		}
	}
	return found;
}
