/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what is done about supplementary services, and which of them a call may fail for. */
#include "gw/map_services.h"

enum { NO, YES, MAX_CAUSE = 127 };

static const struct map_row services[] = {
	{ MAP_S_HISTORY_FIRST, "history-first",
	  "where History-Info and Diversion are there, History-Info counts", { NO, YES, YES, YES },
	  "RFC 7544; RFC 3398 is older than either" },
	{ MAP_S_HISTORY_MP, "history-mp",
	  "an entry of History-Info with mp and no cause is a diversion, too", { NO, NO, NO, NO },
	  "RFC 7044 has mp for all changes of the target" },
};

static const struct map_choice choices[] = {
	{ NO, "no", "no" },
	{ YES, "yes", "yes" },
	{ 0 }
};

const struct map_table map_table_service = {
	.name = "service", .title = "Supplementary services: what is done",
	.key_title = "rule", .value_title = "done",
	.rows = services, .n_rows = ARRAY_SIZE(services), .choices = choices,
};

/* Cause with which the call ends; 0: it goes on without. */
static const struct map_row refusals[] = {
	{ MAP_R_MANY_DIVERSIONS, "many-diversions",
	  "more than five diversions (0: the counter stays at five)", { 0, 0, 0, 0 },
	  "Q.763 3.45; whether such a call is refused (25, 31) is an option" },
};

const struct map_table map_table_refusal = {
	.name = "refusal",
	.title = "Supplementary services: cause with which a call ends (0: it goes on)",
	.key_title = "case", .value_title = "cause",
	.rows = refusals, .n_rows = ARRAY_SIZE(refusals), .min = 0, .max = MAX_CAUSE,
};

bool map_service(const struct map_profile *p, enum map_service row)
{
	return map_rule(p, MAP_T_SERVICE, row) == YES;
}
