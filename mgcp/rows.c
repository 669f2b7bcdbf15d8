/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of RFC 3435: verbs, parameter lines, and what a value of each kind may look like. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "mgcp/rows.h"

#define BIT(p) (UINT64_C(1) << MGCP_P_##p)

const struct mgcp_verb_row mgcp_verb_rows[MGCP_VERBS] = {
	[MGCP_EPCF] = { "EPCF" },
	[MGCP_CRCX] = { "CRCX", BIT(C) | BIT(M) },
	[MGCP_MDCX] = { "MDCX", BIT(C) | BIT(I) },
	[MGCP_DLCX] = { "DLCX" },
	[MGCP_RQNT] = { "RQNT", BIT(X) },
	[MGCP_NTFY] = { "NTFY", BIT(X) | BIT(O) },
	[MGCP_AUEP] = { "AUEP" },
	[MGCP_AUCX] = { "AUCX", BIT(I) },
	[MGCP_RSIP] = { "RSIP", BIT(RM) },
	[MGCP_MESG] = { "MESG" },
};

bool mgcp_number(uint32_t *ret, const struct mgcp_text *t, unsigned int max_digits)
{
	uint32_t n = 0;

	if (!t->len || t->len > max_digits || max_digits > 9)
		return false;
	for (uint16_t i = 0; i < t->len; i++) {
		if (!isdigit((unsigned char)t->p[i]))
			return false;
		n = n * 10 + (t->p[i] - '0');
	}
	*ret = n;
	return true;
}

static bool hex_id(const struct mgcp_text *v)
{
	if (!v->len || v->len > MGCP_MAX_ID)
		return false;
	for (uint16_t i = 0; i < v->len; i++)
		if (!isxdigit((unsigned char)v->p[i]))
			return false;
	return true;
}

/* Audit answers may list several, or none. */
static bool hex_ids(const struct mgcp_text *v)
{
	struct mgcp_text id = { v->p, 0 };

	for (uint16_t i = 0; i <= v->len; i++) {
		if (i < v->len && (isxdigit((unsigned char)v->p[i]))) {
			id.len++;
			continue;
		}
		if (id.len > MGCP_MAX_ID || (i < v->len && !strchr(", \t", v->p[i])))
			return false;
		id.len = 0;
	}
	return true;
}

static bool ack_list(const struct mgcp_text *v)
{
	struct mgcp_text rest = *v;
	uint32_t first, last;

	while (mgcp_ack_next(&rest, &first, &last))
		if (first > last)
			return false;
	return rest.len == 0;
}

static bool word(const struct mgcp_text *v)
{
	for (uint16_t i = 0; i < v->len; i++)
		if (!isalnum((unsigned char)v->p[i]) && !strchr("-+/_", v->p[i]))
			return false;
	return true;
}

static bool six_digits(const struct mgcp_text *v)
{
	uint32_t n;

	return !v->len || mgcp_number(&n, v, 6);
}

static bool size(const struct mgcp_text *v)
{
	uint32_t n;

	return !v->len || mgcp_number(&n, v, 9);
}

static bool reason(const struct mgcp_text *v)
{
	struct mgcp_text code = { v->p, 3 };
	uint32_t n;

	if (!v->len)
		return true;
	return v->len >= 3 && mgcp_number(&n, &code, 3) && (v->len == 3 || strchr(" \t/", v->p[3]));
}

const struct mgcp_row mgcp_rows[MGCP_PARAMS] = {
	[MGCP_P_K]  = { "K",  "3.2.2.1",  ack_list },
	[MGCP_P_B]  = { "B",  "3.2.2.3",  NULL },
	[MGCP_P_C]  = { "C",  "3.2.2.2",  hex_id },
	[MGCP_P_I]  = { "I",  "3.2.2.5",  hex_ids },
	[MGCP_P_I2] = { "I2", "3.2.2.5",  hex_id },
	[MGCP_P_N]  = { "N",  "3.2.2.11", NULL },
	[MGCP_P_X]  = { "X",  "3.2.2.18", hex_id },
	[MGCP_P_L]  = { "L",  "3.2.2.10", NULL },
	[MGCP_P_M]  = { "M",  "3.2.2.6",  word },
	[MGCP_P_R]  = { "R",  "3.2.2.16", NULL },
	[MGCP_P_S]  = { "S",  "3.2.2.19", NULL },
	[MGCP_P_D]  = { "D",  "3.2.2.8",  NULL },
	[MGCP_P_O]  = { "O",  "3.2.2.12", NULL },
	[MGCP_P_P]  = { "P",  "3.2.2.7",  NULL },
	[MGCP_P_E]  = { "E",  "3.2.2.15", reason },
	[MGCP_P_Z]  = { "Z",  "3.2.2.20", NULL, true },
	[MGCP_P_Z2] = { "Z2", "3.2.2.20", NULL },
	[MGCP_P_F]  = { "F",  "3.2.2.17", NULL },
	[MGCP_P_Q]  = { "Q",  "3.2.2.14", NULL },
	[MGCP_P_T]  = { "T",  "3.2.2.21", NULL },
	[MGCP_P_RM] = { "RM", "3.2.2.22", word },
	[MGCP_P_RD] = { "RD", "3.2.2.23", six_digits },
	[MGCP_P_A]  = { "A",  "3.2.2.24", NULL, true },
	[MGCP_P_ES] = { "ES", "3.2.2.9",  NULL },
	[MGCP_P_PL] = { "PL", "3.2.2.13", NULL },
	[MGCP_P_MD] = { "MD", "3.2.2.25", size },
	/* not in the table by name: "X-..." and "X+...", and "package/name" */
	[MGCP_P_VENDOR]  = { NULL, "3.2.2", NULL, true },
	[MGCP_P_PACKAGE] = { NULL, "3.2.2", NULL, true },
	[MGCP_P_OTHER]	 = { NULL, "3.2.2", NULL, true },
};

enum mgcp_param_id mgcp_param_by_name(const struct mgcp_text *name)
{
	if (name->len > 2) {
		if (toupper((unsigned char)name->p[0]) == 'X' && strchr("-+", name->p[1]))
			return MGCP_P_VENDOR;
		return memchr(name->p, '/', name->len) ? MGCP_P_PACKAGE : MGCP_P_OTHER;
	}
	for (int i = 0; i < MGCP_PARAMS; i++)
		if (mgcp_rows[i].name && mgcp_text_is(name, mgcp_rows[i].name))
			return i;
	return MGCP_P_OTHER;
}

enum mgcp_verb mgcp_verb_by_name(const struct mgcp_text *name)
{
	for (int i = MGCP_VERB_OTHER + 1; i < MGCP_VERBS; i++)
		if (mgcp_text_is(name, mgcp_verb_rows[i].name))
			return i;
	return MGCP_VERB_OTHER;
}

bool mgcp_endpoint_ok(const struct mgcp_text *name)
{
	const char *at = name->len ? memchr(name->p, '@', name->len) : NULL;
	size_t local, domain;

	if (!at)
		return false;
	local = at - name->p;
	domain = name->len - local - 1;
	if (!local || !domain || local > MGCP_MAX_NAME || domain > MGCP_MAX_NAME ||
	    memchr(at + 1, '@', domain))
		return false;
	for (uint16_t i = 0; i < name->len; i++) {
		if (!isgraph((unsigned char)name->p[i]))
			return false;
		if (name->p[i] == '/' && i < local &&
		    (i == 0 || i + 1u == local || name->p[i - 1] == '/'))
			return false;
	}
	return true;
}
