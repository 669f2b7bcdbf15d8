/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside of the scenario reader: blocks of lines (scenario.c) become blocks of steps (compile.c).
 */
#ifndef TOLLGATE_EXCHANGE_PARSE_H
#define TOLLGATE_EXCHANGE_PARSE_H

#include <osmocom/core/linuxlist.h>

#include "gw/exchange/scenario.h"

struct scn_line { unsigned int number; const char *text; };

/* A block as it was written. */
struct scn_source {
	struct llist_head entry;	/* in scenario.sources */
	enum scn_kind kind;
	const char *file, *head;	/* head: what stands behind the keyword */
	unsigned int line;
	uint32_t no_auto;
	unsigned int n_lines;
	struct scn_line *lines;
	bool used;			/* a script that some block does */
};

/* A block compiled, under the words that asked for it ("reject 1"). */
struct scn_compiled {
	struct llist_head entry;	/* in scenario.compiled, in order of the sources */
	const char *key;
	struct scn_block block;
};

struct scenario {
	const struct isup_dialect *dialect;
	struct scn_settings settings;
	FILE *err;
	unsigned int complaints;
	uint32_t no_auto;
	struct llist_head sources, compiled;
	unsigned int n_mischief;
	struct scn_mischief *mischief;	/* from the start on */
};

/* Where the compiler is. */
struct scn_at {
	struct scenario *s;
	const char *file;
	unsigned int line;
	unsigned int n_args, used;	/* used: the highest argument a line asked for */
	const char *args[SCN_MAX_ARGS];
};

void scn_complain(const struct scn_at *at, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Compile the lines of src into blk; complaints are told. */
void scn_compile(struct scn_block *blk, const struct scn_source *src, struct scn_at *at);
/* Words of a match: "ANM or CON where CAI.value=17 ...", up to the first of the stop words; returns
 * what is left. */
char *scn_parse_match(struct scn_match *match, char *words, const struct scn_at *at);
/* What stands behind "lose", "twice" or "delay" (mi->verb says which). */
void scn_parse_mischief(struct scn_mischief *mi, char *words, const struct scn_at *at);
/* What stands behind "send-raw" and "send-bad". NULL (told) when it cannot be sent. */
const struct scn_message *scn_parse_raw(const char *words, const struct scn_at *at);
const struct scn_message *scn_parse_bad(const char *words, const struct scn_at *at);
/* Bits of the automatic answers named; complains about others. */
uint32_t scn_parse_auto(char *words, const struct scn_at *at);
/* The script asked for by "do NAME ARG ...", compiled when it is not yet. NULL (told) when there is
 * none. */
const struct scn_block *scn_script(const char *words, const struct scn_at *at);

#endif
