/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what the decoder accepts can be sent again and means the same; so does its text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "isup/compat.h"
#include "isup/dialect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MAX_OCTETS = ISUP_MAX_OCTETS + 256, UNKNOWN_MESSAGE = 97 };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static bool same(const struct isup_msg *a, const struct isup_msg *b)
{
	bool ok = a->type == b->type && a->cic == b->cic && a->n_pars == b->n_pars;

	for (int i = 0; ok && i < a->n_pars; i++)
		ok = a->par[i].code == b->par[i].code && a->par[i].len == b->par[i].len
		     && !memcmp(a->octets + a->par[i].off, b->octets + b->par[i].off,
				a->par[i].len);
	return ok;
}

/* A value that can be had can be set, and stays the same. */
static void check_values(const struct isup_msg *m)
{
	_Alignas(max_align_t) uint8_t val[ISUP_MAX_VALUE], back[ISUP_MAX_VALUE];

	for (int i = 0; i < m->n_pars; i++) {
		const struct isup_par_row *row = isup_par_row(m->dialect, m->par[i].code);
		struct isup_msg other;

		if (!row || !isup_par_value(m, &m->par[i], val, row->size))
			continue;
		isup_init(&other, m->dialect, m->type, 0);
		if (isup_set_value(&other, m->par[i].code, val, row->size) < 0)
			continue;	/* too short, and without a field that says so */
		must(isup_get_value(&other, m->par[i].code, back, row->size));
		must(!memcmp(val, back, row->size));
	}
}

static void check_texts(const struct isup_msg *a)
{
	char text[ISUP_MAX_TEXT], json[ISUP_MAX_JSON];
	const char *why;
	struct isup_msg b;
	int line;

	must(isup_print(text, sizeof(text), a) < ISUP_MAX_TEXT);
	must(isup_parse(&b, a->dialect, text, &why, &line) == 0 && same(a, &b));
	must(isup_print_line(text, sizeof(text), a) < ISUP_MAX_TEXT);
	must(isup_parse(&b, a->dialect, text, &why, &line) == 0 && same(a, &b));
	must(isup_print_meaning(json, sizeof(json), a) < ISUP_MAX_JSON);
	must(isup_parse(&b, a->dialect, json, &why, &line) == 0 && same(a, &b));
	must(isup_print_json(json, sizeof(json), a) < ISUP_MAX_JSON);
}

static void try_dialect(const struct isup_dialect *d, const uint8_t *data, size_t len)
{
	uint8_t out[MAX_OCTETS];
	struct isup_msg a, b;
	struct isup_fault f;
	ssize_t n;

	if (isup_decode(&a, d, data, len, &f) < 0) {
		must(f.why && f.cause && f.at <= len);
		if (f.cause != UNKNOWN_MESSAGE || isup_decode_unknown(&a, d, data, len, &f) < 0)
			return;
	}
	n = isup_encode_unknown(out, sizeof(out), &a);
	must(n > 0 && (size_t)n <= len);
	must(isup_decode_unknown(&b, d, out, n, &f) == 0 && same(&a, &b));
	check_texts(&a);
	check_values(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct isup_dialect *d = NULL;

	while ((d = isup_dialect_next(d)))
		try_dialect(d, data, len);
	return 0;
}
