/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a dialect by code and by name; the dialects there are. */
#include <errno.h>

#include "isup/rows.h"

static const struct isup_dialect *const dialects[] = {
	&isup_itu, &isup_itu92, &isup_etsi, &isup_ansi, &isup_china, &isup_russia,
};

const struct isup_dialect *isup_dialect_next(const struct isup_dialect *d)
{
	size_t i = 0;

	while (d && i < COUNT(dialects) && dialects[i++] != d)
		;
	return i < COUNT(dialects) ? dialects[i] : NULL;
}

const struct isup_dialect *isup_dialect_find(const char *name)
{
	const struct isup_dialect *d = NULL;

	while ((d = isup_dialect_next(d)))
		if (!strcmp(d->name, name))
			break;
	return d;
}

const struct isup_mt_row *isup_mt_row(const struct isup_dialect *d, uint8_t type)
{
	for (; d; d = d->base)
		if (d->messages && d->messages[type].abbr)
			return d->messages[type].name ? &d->messages[type] : NULL;
	return NULL;
}

const struct isup_par_row *isup_par_row(const struct isup_dialect *d, uint8_t code)
{
	for (; d; d = d->base)
		if (d->params && d->params[code].abbr)
			return d->params[code].kind ? &d->params[code] : NULL;
	return NULL;
}

const struct isup_mt_row isup_unknown_message = { "?", "unknown message", .optional = true };

int isup_mandatory_rank(const struct isup_mt_row *row, uint8_t code)
{
	for (int i = 0; i < row->n_fixed; i++)
		if (row->fixed[i] == code)
			return i;
	for (int i = 0; i < row->n_var; i++)
		if (row->var[i] == code)
			return row->n_fixed + i;
	return -1;
}

const char *isup_mt_name(const struct isup_dialect *d, uint8_t type)
{
	const struct isup_mt_row *row = isup_mt_row(d, type);

	return row ? row->abbr : "?";
}

const char *isup_par_name(const struct isup_dialect *d, uint8_t code)
{
	const struct isup_par_row *row = isup_par_row(d, code);

	return row ? row->abbr : "?";
}

int isup_mt_find(const struct isup_dialect *d, const char *name)
{
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_mt_row *row = isup_mt_row(d, i);

		if (row && !strcmp(row->abbr, name))
			return i;
	}
	return -ENOENT;
}

int isup_par_find(const struct isup_dialect *d, const char *name)
{
	for (int i = 0; i < ISUP_N_CODES; i++) {
		const struct isup_par_row *row = isup_par_row(d, i);

		if (row && !strcmp(row->abbr, name))
			return i;
	}
	return -ENOENT;
}
