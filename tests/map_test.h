/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the mapper share: a trunk group, rules of its own, messages as texts. */
#ifndef TOLLGATE_TESTS_MAP_TEST_H
#define TOLLGATE_TESTS_MAP_TEST_H

#include <check.h>
#include <string.h>

#include "gw/map.h"

/* trusted: P-Asserted-Identity goes both ways. */
static inline struct map_profile map_test_profile(enum map_standard standard, bool trusted)
{
	struct map_profile p;

	map_profile_default(&p);
	strcpy(p.country_code, "49");
	strcpy(p.host, "peer.example");
	strcpy(p.local_host, "gw.example");
	p.standard = standard;
	p.send_pai = p.trust_pai = trusted;
	return p;
}

/* `mapping TABLE ROW VALUE` */
static inline void map_test_rule(struct map_profile *p, const char *table, const char *row,
				 const char *value)
{
	const char *why = "";

	ck_assert_msg(map_override_parse(&p->overrides[p->n_overrides++], table, row, value,
					 &why) == 0, "%s %s %s: %s", table, row, value, why);
}

static inline void map_test_parse(struct isup_msg *m, const struct isup_dialect *d,
				  const char *text)
{
	const char *why = "";
	int line;

	ck_assert_msg(isup_parse(m, d, text, &why, &line) == 0, "%s: %s", text, why);
}

/* Both texts as messages, for there is more than one way to write one. */
static inline void map_test_same(const struct isup_msg *m, const char *want)
{
	char have_text[4096], want_text[4096];
	struct isup_msg w;

	map_test_parse(&w, m->dialect, want);
	isup_print_body(have_text, sizeof(have_text), m);
	isup_print_body(want_text, sizeof(want_text), &w);
	ck_assert_str_eq(have_text, want_text);
}

#endif
