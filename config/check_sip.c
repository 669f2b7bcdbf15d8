/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of SIP: addresses listened on, and trunk groups that could not be told apart. */
#include <string.h>
#include <strings.h>

#include "config/internal.h"

static bool any_address(const char *a)
{
	return strcmp(a, "0.0.0.0") == 0 || strcmp(a, "::") == 0;
}

static bool is_v6(const char *a)
{
	return strchr(a, ':') != NULL;
}

static bool both_cannot_bind(const struct config_listen *a, const struct config_listen *b)
{
	if (a->transport != b->transport || a->port != b->port)
		return false;
	if (strcmp(a->address, b->address) == 0)
		return true;
	return (any_address(a->address) || any_address(b->address)) &&
	       is_v6(a->address) == is_v6(b->address);
}

static void check_listen(struct config_check *k)
{
	const struct config_listen *l = k->c->listen;
	unsigned int i, j;

	for (i = 1; i < k->c->n_listen; i++) {
		for (j = 0; j < i; j++) {
			if (both_cannot_bind(&l[i], &l[j]))
				config_complain(k, l[i].line,
						"sip: listen %s %s %u clashes with %s %u",
						l[i].transport == CONFIG_TCP ? "tcp" : "udp",
						l[i].address, l[i].port, l[j].address, l[j].port);
		}
	}
}

static bool listens_on(const struct config *c, enum config_transport transport)
{
	unsigned int i;

	for (i = 0; i < c->n_listen; i++) {
		if (c->listen[i].transport == transport)
			return true;
	}
	return false;
}

static bool listens_at(const struct config *c, uint16_t port)
{
	unsigned int i;

	for (i = 0; i < c->n_listen; i++) {
		if (c->listen[i].port == port)
			return true;
	}
	return false;
}

/* Tokens of RFC 3204; others are private agreements, and may mean anything. */
static void check_token(struct config_check *k, const struct config_trunk *t, const char *setting,
			const char *token)
{
	static const char *const begins[] = { "ansi", "gr317", "itu-t", "etsi", "ttc" };
	bool ansi = t->dialect && strcmp(t->dialect, "ansi") == 0;
	size_t i;

	for (i = 0; token && i < sizeof(begins) / sizeof(begins[0]); i++) {
		if (strncasecmp(token, begins[i], strlen(begins[i])) == 0 && ansi != (i < 2))
			config_complain(k, t->line, "trunk-group %s: %s %s is not of dialect %s",
					t->name, setting, token, t->dialect ? t->dialect : "itu");
	}
}

static void check_trunk(struct config_check *k, const struct config_trunk *t)
{
	const struct config_target *g;

	if (t->n_targets == 0)
		config_complain(k, t->line, "trunk-group %s: target HOST is missing", t->name);
	check_token(k, t, "isup-version", t->isup_version);
	check_token(k, t, "isup-base", t->isup_base);
	config_check_digits(k, t);
	if (k->c->n_listen == 0)
		return;		/* said once for all */
	if (t->local_port && !listens_at(k->c, t->local_port))
		config_complain(k, t->line,
				"trunk-group %s: local-port %u: sip does not listen there", t->name,
				t->local_port);
	for (g = t->targets; g < t->targets + t->n_targets; g++) {
		if (!listens_on(k->c, g->transport))
			config_complain(k, g->line,
					"trunk-group %s: target %s %u %s: sip does not listen on "
					"%s",
					t->name, g->host, g->port,
					g->transport == CONFIG_TCP ? "tcp" : "udp",
					g->transport == CONFIG_TCP ? "tcp" : "udp");
	}
}

/* The i-th source of a trunk group: targets, then prefixes. 0 at the end, -1 for a name, whose
 * address is not known here. */
static int source(struct config_prefix *p, int *ret_line, const struct config_trunk *t,
		  unsigned int i)
{
	if (i < t->n_targets) {
		*ret_line = t->targets[i].line;
		*p = (struct config_prefix){ .octet_bits = 128 };
		memcpy(p->octets, t->targets[i].octets, sizeof(p->octets));
		return t->targets[i].numeric ? 1 : -1;
	}
	i -= t->n_targets;
	if (i >= t->n_accept)
		return 0;
	*p = t->accept[i];
	*ret_line = p->line;
	return 1;
}

static bool accepts(const struct config_trunk *t, const struct config_prefix *p)
{
	struct config_prefix q;
	unsigned int i;
	int rc, line;

	for (i = 0; (rc = source(&q, &line, t, i)) != 0; i++) {
		if (rc > 0 && q.octet_bits == p->octet_bits &&
		    memcmp(q.octets, p->octets, sizeof(q.octets)) == 0)
			return true;
	}
	return false;
}

/* The longest prefix wins; but the same prefix at the same port says two things. */
static void check_pair(struct config_check *k, const struct config_trunk *t,
		       const struct config_trunk *o)
{
	struct config_prefix p;
	unsigned int i;
	int rc, line;

	for (i = 0; (rc = source(&p, &line, t, i)) != 0; i++) {
		if (rc < 0 || !accepts(o, &p))
			continue;
		config_complain(k, line,
				"trunk-group %s: calls from %s%s could also be of trunk-group %s; "
				"give each a local-port",
				t->name, i < t->n_targets ? t->targets[i].host : p.address,
				i < t->n_targets ? "" : " (prefix)", o->name);
	}
}

void config_check_sip(struct config_check *k)
{
	const struct config_trunk *t, *o, *first = NULL;

	check_listen(k);
	llist_for_each_entry(t, &k->c->trunks, list) {
		if (t->type != CONFIG_TRUNK_SIP)
			continue;
		if (!first)
			first = t;
		check_trunk(k, t);
		llist_for_each_entry(o, &k->c->trunks, list) {
			if (o == t)
				break;
			if (o->type == CONFIG_TRUNK_SIP && o->local_port == t->local_port)
				check_pair(k, t, o);
		}
	}
	if (first && k->c->n_listen == 0)
		config_complain(k, first->line, "trunk-group %s: sip does not listen anywhere",
				first->name);
}
