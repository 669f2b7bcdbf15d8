/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside mgcp/: rows of verbs and parameters. */
#ifndef TOLLGATE_MGCP_ROWS_H
#define TOLLGATE_MGCP_ROWS_H

#include "mgcp/mgcp.h"

/* What a parameter may look like; the check of a kind is in rows.c. */
struct mgcp_row {
	const char *name;
	const char *clause;		/* of RFC 3435 */
	bool (*check)(const struct mgcp_text *value);	/* NULL: any text */
	bool many;			/* may be repeated */
};
extern const struct mgcp_row mgcp_rows[MGCP_PARAMS];

struct mgcp_verb_row {
	char name[5];
	uint64_t must; /* bits of parameters without which an agent cannot work on it */
};
extern const struct mgcp_verb_row mgcp_verb_rows[MGCP_VERBS];

enum mgcp_param_id mgcp_param_by_name(const struct mgcp_text *name);
enum mgcp_verb mgcp_verb_by_name(const struct mgcp_text *name);
bool mgcp_number(uint32_t *ret, const struct mgcp_text *t, unsigned int max_digits);

#endif
