/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tollgate-isup tables: a page of all dialects with their messages and parameters. */
#include <stdio.h>

#include "isup/dialect.h"
#include "isup/names.h"
#include "isup/tool_page.h"

static const char head[] =
	"<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n"
	"<!-- Made by: tollgate-isup tables >docs/isup-dialects.md -->\n"
	"# Dialects of ISUP\n"
	"\n"
	"A dialect is based on another one and has the rows in which it differs; below, each\n"
	"has its own rows only. They come from `isup/*_messages.c`, `isup/*_params.c` and\n"
	"`isup/*_tables.c`.\n"
	"\n"
	"Codes that earlier editions used and Q.763 keeps reserved (CMR, CMC, CMRJ, FAD, FAI,\n"
	"DRS; the parameters 0x17, 0x19, 0x1b, 0x1c, 0x41, 0x42) have no rows in any dialect:\n"
	"they are treated as not recognized, by their compatibility information (Q.764 2.9.5).\n";

static void codes(const struct isup_dialect *d, const uint8_t *list, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		if (isup_par_row(d, list[i]))
			printf("%s%s", i ? " " : "", isup_par_name(d, list[i]));
}

static void message(const struct isup_dialect *d, int type, const struct isup_mt_row *row)
{
	printf("| 0x%02x | %s | %s | ", type, row->abbr, row->name);
	codes(d, row->fixed, row->n_fixed);
	printf(" | ");
	codes(d, row->var, row->n_var);
	printf(" | %s", row->opaque ? "national contents" : row->optional ? "" : "none");
	codes(d, row->opt, row->n_opt);
	printf(" |\n");
}

static void parameter(int code, const struct isup_par_row *row)
{
	printf("| 0x%02x | %s | %s | %s | ", code, row->abbr, row->name, row->clause);
	if (row->max == UINT8_MAX)
		printf("%u and more", row->min);
	else if (row->min < row->max)
		printf("%u-%u", row->min, row->max);
	else
		printf("%u", row->min);
	printf(" | %s |", row->kind->name);
	for (int i = 0; i < row->n_bits; i++)
		if (row->bits[i].name && row->bits[i].width)
			printf(" %s", row->bits[i].name);
	printf(" |\n");
}

static void messages(const struct isup_dialect *d)
{
	printf("\n| type | message | name | fixed | variable | optional |\n"
	       "|---|---|---|---|---|---|\n");
	for (int i = 0; i < ISUP_N_CODES; i++)
		if (d->messages[i].abbr && d->messages[i].name)
			message(d, i, &d->messages[i]);
}

static void parameters(const struct isup_dialect *d)
{
	printf("\n| code | parameter | name | clause | octets | contents | fields |\n"
	       "|---|---|---|---|---|---|---|\n");
	for (int i = 0; i < ISUP_N_CODES; i++)
		if (d->params[i].abbr && d->params[i].kind)
			parameter(i, &d->params[i]);
}

/* What the base has and this dialect has not. */
static void not_here(const struct isup_dialect *d)
{
	const char *before = "\nNot here:";

	for (int i = 0; d->messages && i < ISUP_N_CODES; i++)
		if (d->messages[i].abbr && !d->messages[i].name) {
			printf("%s %s", before, isup_mt_name(d->base, i));
			before = "";
		}
	for (int i = 0; d->params && i < ISUP_N_CODES; i++)
		if (d->params[i].abbr && !d->params[i].kind) {
			printf("%s %s", before, isup_par_name(d->base, i));
			before = "";
		}
	if (!*before)
		printf(".\n");
}

static bool has_messages(const struct isup_dialect *d)
{
	for (int i = 0; d->messages && i < ISUP_N_CODES; i++)
		if (d->messages[i].abbr && d->messages[i].name)
			return true;
	return false;
}

static bool has_parameters(const struct isup_dialect *d)
{
	for (int i = 0; d->params && i < ISUP_N_CODES; i++)
		if (d->params[i].abbr && d->params[i].kind)
			return true;
	return false;
}

static void dialect(const struct isup_dialect *d)
{
	printf("\n## %s: %s\n\n", d->name, d->standard);
	if (d->base)
		printf("Based on %s. ", d->base->name);
	printf("CIC of %u bits, point codes of %u, %u circuits in a message for a group%s.\n",
	       d->cic_bits, d->point_code_bits, d->group_range,
	       d->group_twice ? ", which acts when it is repeated within 5 s" : "");
	not_here(d);
	if (has_messages(d))
		messages(d);
	if (has_parameters(d))
		parameters(d);
}

void tool_page(void)
{
	const struct isup_dialect *d = NULL;

	fputs(head, stdout);
	while ((d = isup_dialect_next(d)))
		dialect(d);
}
