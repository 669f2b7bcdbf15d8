/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialects there are, and names to and from their rows. */
#include <errno.h>

#include "isup/itu.h"

const struct isup_dialect isup_itu = {
	.name = "itu",
	.standard = "ITU-T Q.763",
	.cic_bits = 12,
	.point_code_bits = 14,
	.messages = isup_itu_messages,
	.params = isup_itu_params,
};

static const struct isup_dialect *const dialects[] = { &isup_itu };

const struct isup_dialect *isup_dialect_find(const char *name)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (!strcmp(dialects[i]->name, name))
			return dialects[i];
	return NULL;
}

const struct isup_mt_row *isup_mt_row(const struct isup_dialect *d, uint8_t type)
{
	return d->messages[type].abbr ? &d->messages[type] : NULL;
}

const struct isup_par_row *isup_par_row(const struct isup_dialect *d, uint8_t code)
{
	return d->params[code].abbr ? &d->params[code] : NULL;
}

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
	return d->messages[type].abbr ? d->messages[type].abbr : "?";
}

const char *isup_par_name(const struct isup_dialect *d, uint8_t code)
{
	return d->params[code].abbr ? d->params[code].abbr : "?";
}

int isup_mt_find(const struct isup_dialect *d, const char *name)
{
	for (int i = 0; i < ISUP_N_CODES; i++)
		if (d->messages[i].abbr && !strcmp(d->messages[i].abbr, name))
			return i;
	return -ENOENT;
}

int isup_par_find(const struct isup_dialect *d, const char *name)
{
	for (int i = 0; i < ISUP_N_CODES; i++)
		if (d->params[i].abbr && !strcmp(d->params[i].abbr, name))
			return i;
	return -ENOENT;
}
