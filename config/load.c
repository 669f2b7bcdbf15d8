/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read, check, and say all that is wrong in the order of the lines. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

struct complaint {
	int line;
	unsigned int nr;	/* keeps the order within a line */
	char *text;
};

struct pile {
	struct complaint *rows;
	unsigned int n;
};

static void add(void *ctx, int line, const char *text)
{
	struct pile *p = ctx;
	struct complaint *rows = talloc_realloc(NULL, p->rows, struct complaint, p->n + 1);

	if (!rows)
		return;
	p->rows = rows;
	rows[p->n] =
		(struct complaint){ .line = line, .nr = p->n, .text = talloc_strdup(rows, text) };
	p->n++;
}

static int by_line(const void *pa, const void *pb)
{
	const struct complaint *a = pa, *b = pb;

	return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
				  : (a->nr > b->nr) - (a->nr < b->nr);
}

static void print(struct pile *p, const char *file, FILE *err)
{
	unsigned int i;

	if (p->n)
		qsort(p->rows, p->n, sizeof(*p->rows), by_line);
	for (i = 0; i < p->n; i++) {
		if (p->rows[i].line > 0)
			fprintf(err, "%s:%d: %s\n", file, p->rows[i].line, p->rows[i].text);
		else
			fprintf(err, "%s: %s\n", file, p->rows[i].text);
	}
}

unsigned int config_load(struct config *c, const char *file, config_pc_cb *pc, void *pc_ctx,
			 FILE *err)
{
	struct pile pile = {};
	unsigned int n;
	int rc;

	rc = config_read(c, file, add, &pile);
	if (rc < 0) {
		fprintf(err, "%s: cannot be read: %s\n", file, strerror(-rc));
		talloc_free(pile.rows);
		return 1;
	}
	n = rc + config_check(c, pc, pc_ctx, add, &pile);
	print(&pile, file, err);
	talloc_free(pile.rows);
	return n;
}
