/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of the whole configuration: what no single line can see. Pure over the finished value;
 * nothing stops it early. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

void config_complain(struct config_check *k, int line, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = talloc_vasprintf(NULL, fmt, ap);
	va_end(ap);
	k->n++;
	k->complain(k->ctx, line, text ? text : fmt);
	talloc_free(text);
}

static bool same(const char *a, unsigned int a_port, const char *b, unsigned int b_port)
{
	return a && b && a_port && a_port == b_port && strcmp(a, b) == 0;
}

static void check_mgcp(struct config_check *k, const struct config_media *m)
{
	const struct config_media *o;

	if (!m->remote_address)
		config_complain(k, m->line, "media-gateway %s: remote ADDRESS is missing", m->name);
	if (!m->endpoint)
		config_complain(k, m->line, "media-gateway %s: endpoint PATTERN is missing",
				m->name);
	llist_for_each_entry(o, &k->c->medias, list) {
		if (o == m)
			return;		/* each pair once, at the later one */
		if (o->type != CONFIG_MEDIA_MGCP)
			continue;
		if (same(m->remote_address, m->remote_port, o->remote_address, o->remote_port))
			config_complain(k, m->line,
					"media-gateway %s: remote %s %u is that of media-gateway "
					"%s too",
					m->name, m->remote_address, m->remote_port, o->name);
		if (same(m->local_address, m->local_port, o->local_address, o->local_port))
			config_complain(k, m->line,
					"media-gateway %s: local %s %u is that of media-gateway "
					"%s too",
					m->name, m->local_address, m->local_port, o->name);
	}
}

static void check_medias(struct config_check *k)
{
	const struct config_media *m;

	llist_for_each_entry(m, &k->c->medias, list) {
		if (m->type == CONFIG_MEDIA_MGCP)
			check_mgcp(k, m);
		if (m->rtp_address && m->rtp_base_port % 2)
			config_complain(k, m->line,
					"media-gateway %s: rtp port %u is odd, RTP's ports are "
					"even",
					m->name, m->rtp_base_port);
	}
}

static void check_trunk(struct config_check *k, const struct config_trunk *t)
{
	if (!t->route_table)
		config_complain(k, t->line, "trunk-group %s: route-table NAME is missing", t->name);
	else if (!config_table_find(k->c, t->route_table))
		config_complain(k, t->line, "trunk-group %s: there is no route-table %s", t->name,
				t->route_table);
	if (t->country_code && !config_country_code_ok(t->country_code))
		config_complain(k, t->line, "trunk-group %s: %s is no country code of E.164",
				t->name, t->country_code);
	if (t->area_code && !t->country_code)
		config_complain(k, t->line, "trunk-group %s: area-code %s needs a country-code",
				t->name, t->area_code);
}

/* By prefix; the routes of one prefix in their order in the file. */
static int by_prefix(const void *pa, const void *pb)
{
	const struct config_route *a = *(const struct config_route *const *)pa,
				  *b = *(const struct config_route *const *)pb;
	int d = strcmp(a->prefix, b->prefix);

	return d ? d : a->line - b->line;
}

static const char *prefix_name(const struct config_route *r)
{
	return *r->prefix ? r->prefix : "any";
}

/* Routes of one prefix: each trunk group once, and no more of them than are tried. */
static void check_choices(struct config_check *k, const struct config_table *t,
			  struct config_route **r, unsigned int n)
{
	unsigned int i, j;

	for (i = 1; i < n && i <= CONFIG_MAX_CHOICES; i++) {
		for (j = 0; j < i && strcmp(r[i]->trunk, r[j]->trunk) != 0; j++)
			;
		if (j < i)
			config_complain(k, r[i]->line,
					"route-table %s: prefix %s has trunk-group %s already "
					"(line %d)",
					t->name, prefix_name(r[i]), r[i]->trunk, r[j]->line);
	}
	if (n > CONFIG_MAX_CHOICES)
		config_complain(k, r[CONFIG_MAX_CHOICES]->line,
				"route-table %s: prefix %s has %u trunk groups, %d are allowed",
				t->name, prefix_name(r[0]), n, CONFIG_MAX_CHOICES);
}

static void check_prefixes(struct config_check *k, const struct config_table *t)
{
	struct config_route **rows = talloc_array(NULL, struct config_route *, t->n_routes + 1), *r;
	unsigned int n = 0, from = 0, i;

	llist_for_each_entry(r, &t->routes, list) {
		if (rows && n < t->n_routes)
			rows[n++] = r;
	}
	if (n)
		qsort(rows, n, sizeof(*rows), by_prefix);
	for (i = 1; i <= n; i++) {
		if (i < n && strcmp(rows[i]->prefix, rows[from]->prefix) == 0)
			continue;
		check_choices(k, t, rows + from, i - from);
		from = i;
	}
	talloc_free(rows);
}

static void check_tables(struct config_check *k)
{
	const struct config_table *t;
	const struct config_route *r;

	llist_for_each_entry(t, &k->c->tables, list) {
		llist_for_each_entry(r, &t->routes, list) {
			if (!config_trunk_find(k->c, r->trunk))
				config_complain(k, r->line,
						"route-table %s: prefix %s: there is no "
						"trunk-group %s",
						t->name, prefix_name(r), r->trunk);
		}
		check_prefixes(k, t);
	}
}

unsigned int config_check(const struct config *c, config_pc_cb *pc, void *pc_ctx,
			  config_complain_cb *complain, void *ctx)
{
	struct config_check k = {
		.c = c, .pc = pc, .pc_ctx = pc_ctx, .complain = complain, .ctx = ctx,
	};
	const struct config_trunk *t;

	check_medias(&k);
	llist_for_each_entry(t, &c->trunks, list)
		check_trunk(&k, t);
	config_check_isup(&k);
	config_check_sip(&k);
	check_tables(&k);
	return k.n;
}
