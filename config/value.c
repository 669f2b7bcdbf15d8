/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration's defaults, its look-ups, and the forms its texts may have. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

struct config *config_new(void *ctx)
{
	struct config *c = talloc_zero(ctx, struct config);

	if (!c)
		return NULL;
	INIT_LLIST_HEAD(&c->medias);
	INIT_LLIST_HEAD(&c->trunks);
	INIT_LLIST_HEAD(&c->tables);
	config_sip_defaults(c);
	config_cdr_defaults(c);
	config_isup_defaults(c);
	return c;
}

struct config_media *config_media_find(const struct config *c, const char *name)
{
	struct config_media *m;

	llist_for_each_entry(m, &c->medias, list) {
		if (strcmp(m->name, name) == 0)
			return m;
	}
	return NULL;
}

struct config_trunk *config_trunk_find(const struct config *c, const char *name)
{
	struct config_trunk *t;

	llist_for_each_entry(t, &c->trunks, list) {
		if (strcmp(t->name, name) == 0)
			return t;
	}
	return NULL;
}

const char *config_range_dpc(const struct config_trunk *t, const struct config_range *r)
{
	return r->dpc ? r->dpc : t->dpc;
}

const char *config_range_opc(const struct config_trunk *t, const struct config_range *r)
{
	return r->opc ? r->opc : t->opc;
}

unsigned int config_range_termination(const struct config_range *r)
{
	return r->termination < 0 ? r->first : (unsigned int)r->termination;
}

struct config_table *config_table_find(const struct config *c, const char *name)
{
	struct config_table *t;

	llist_for_each_entry(t, &c->tables, list) {
		if (strcmp(t->name, name) == 0)
			return t;
	}
	return NULL;
}

bool config_name_ok(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

	return n > 0 && n <= CONFIG_MAX_NAME && !s[n];
}

bool config_address_ok(const char *s)
{
	uint8_t a[16];

	return inet_pton(AF_INET, s, a) == 1 || inet_pton(AF_INET6, s, a) == 1;
}

bool config_host_ok(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

	if (config_address_ok(s))
		return true;
	return n > 0 && n <= 253 && !s[n] && s[0] != '-' && s[0] != '.' && !strstr(s, "..");
}

bool config_digits_ok(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n > 0 && n <= 18 && !s[n];
}

bool config_area_code_ok(const char *s)
{
	return config_digits_ok(s) && strlen(s) <= 8;
}

/* What is dialled before a number. */
bool config_prefix_ok(const char *s)
{
	return config_digits_ok(s) && strlen(s) <= 7;
}

bool config_context_ok(const char *s)
{
	return config_host_ok(s) && strlen(s) < 64 && !strchr(s, ':');
}

bool config_carrier_ok(const char *s)
{
	return config_digits_ok(s) && strlen(s) <= 8;
}

/* E.164's zones: 1 and 7 have one digit, these have two, all others three. */
bool config_country_code_ok(const char *s)
{
	static const char two[] =
		"20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
		"60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
	size_t len = strlen(s);
	char key[4];

	if (!config_digits_ok(s) || len > 3 || s[0] == '0')
		return false;
	if (s[0] == '1' || s[0] == '7')
		return len == 1;
	if (len < 2)
		return false;
	snprintf(key, sizeof(key), "%.2s ", s);
	return strstr(two, key) ? len == 2 : len == 3;
}

/* MGCP's endpoint name without its domain; %c CIC, %p PCM number, %t time slot (a final @ stands
 * before the domain). */
bool config_endpoint_ok(const char *s)
{
	size_t i, n = strlen(s);

	if (n == 0 || n > 128)
		return false;
	for (i = 0; i < n; i++) {
		if (!isgraph((unsigned char)s[i]))
			return false;
		if (s[i] == '%' && (!s[i + 1] || !strchr("cpt", s[i + 1])))
			return false;
	}
	return true;
}

bool config_token_ok(const char *s)
{
	size_t i, n = strlen(s);

	for (i = 0; i < n; i++) {
		if (!isalnum((unsigned char)s[i]) && !strchr("-.!%*_+`'~", s[i]))
			return false;	/* RFC 3261 25.1 token */
	}
	return n > 0 && n <= 15;
}

bool config_path_ok(const char *s)
{
	return s[0] && strlen(s) <= 255;
}

bool config_pc_ok(const char *s)
{
	size_t n = strspn(s, "0123456789.-");

	return n > 0 && n <= 16 && !s[n];
}
