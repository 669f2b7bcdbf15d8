/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the configuration knows of the dialects of ISUP, and point codes as they write them. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/internal.h"

/* isup/ has them in full; tests/check_config.c compares. */
static const struct config_dialect dialects[] = {
	{ "itu", 12, { 3, 8, 3 } },
	{ "itu92", 12, { 3, 8, 3 } },
	{ "etsi", 12, { 3, 8, 3 } },
	{ "ansi", 14, { 8, 8, 8 } },
	{ "china", 12, { 8, 8, 8 } },
	{ "russia", 12, { 3, 8, 3 } },
};

const struct config_dialect *config_dialect_find(const char *name)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
	return NULL;
}

bool config_dialect_ok(const char *s)
{
	return config_dialect_find(s) != NULL;
}

unsigned int config_dialect_pc_bits(const struct config_dialect *d)
{
	return d->pc_bits[0] + d->pc_bits[1] + d->pc_bits[2];
}

int config_pc_parse(const char *text, const struct config_dialect *d)
{
	int pc = 0;
	char *end;

	for (int i = 0; i < 3; i++) {
		long part;

		if (!isdigit((unsigned char)*text))
			return -EINVAL;
		part = strtol(text, &end, 10);
		if (i == 0 && !*end)
			return part >> config_dialect_pc_bits(d) ? -EINVAL : (int)part;
		if (part >> d->pc_bits[i] || !(i == 2 ? !*end : *end == '.' || *end == '-'))
			return -EINVAL;
		pc = pc << d->pc_bits[i] | (int)part;
		text = end + 1;
	}
	return pc;
}
