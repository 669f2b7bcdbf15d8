/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Longest prefix in a trie over digits: a number of n digits costs at most n steps, however many
 * prefixes there are. A table is built once from the configuration; a look-up allocates nothing and
 * changes nothing. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/route.h"

enum { NONE = 0, FIRST_SIZE = 16, MAX_NODES = 1 << 26, MAX_ROWS = 1 << 24, MAX_PREFIX = 32 };

/* Nodes and rows name each other by index; index 0 of rows and child 0 mean none (node 0 is the
 * root, nobody's child). */
struct node {
	uint32_t child[10];
	uint32_t row;		/* best row of this prefix */
};

struct row {
	void *trunk;
	unsigned int priority;
	uint32_t next;		/* same prefix, next choice */
};

struct route_table {
	char *name;
	struct node *nodes;
	struct row *rows;
	uint32_t n_nodes, size_nodes, n_rows, size_rows;
};

/* Doubles an array when it is full: its new place, NULL when memory or the limit is out. */
static void *grow(void *array, uint32_t *size, size_t item, uint32_t max)
{
	uint32_t want = *size * 2;
	uint8_t *p;

	if (want > max)
		return NULL;
	p = talloc_realloc_size(NULL, array, want * item);
	if (!p)
		return NULL;
	memset(p + *size * item, 0, (want - *size) * item);
	*size = want;
	return p;
}

static int grow_nodes(struct route_table *t)
{
	struct node *p;

	if (t->n_nodes < t->size_nodes)
		return 0;
	p = grow(t->nodes, &t->size_nodes, sizeof(*p), MAX_NODES);
	if (!p)
		return -ENOMEM;
	t->nodes = p;
	return 0;
}

static int grow_rows(struct route_table *t)
{
	struct row *p;

	if (t->n_rows < t->size_rows)
		return 0;
	p = grow(t->rows, &t->size_rows, sizeof(*p), MAX_ROWS);
	if (!p)
		return -ENOMEM;
	t->rows = p;
	return 0;
}

struct route_table *route_table_new(void *ctx, const char *name)
{
	struct route_table *t = talloc_zero(ctx, struct route_table);

	if (!t)
		return NULL;
	t->name = talloc_strdup(t, name);
	t->nodes = talloc_zero_array(t, struct node, FIRST_SIZE);
	t->rows = talloc_zero_array(t, struct row, FIRST_SIZE);
	if (!t->name || !t->nodes || !t->rows) {
		talloc_free(t);
		return NULL;
	}
	t->size_nodes = t->size_rows = FIRST_SIZE;
	t->n_nodes = t->n_rows = 1;
	return t;
}

const char *route_table_name(const struct route_table *t)
{
	return t->name;
}

/* The node of a prefix, made where it does not exist; digits are checked. */
static int node_of(uint32_t *ret, struct route_table *t, const char *prefix)
{
	uint32_t at = 0, next;
	int rc;

	for (; *prefix; prefix++) {
		next = t->nodes[at].child[*prefix - '0'];
		if (next == NONE) {
			rc = grow_nodes(t);
			if (rc < 0)
				return rc;
			next = t->n_nodes++;
			t->nodes[at].child[*prefix - '0'] = next;
		}
		at = next;
	}
	*ret = at;
	return 0;
}

int route_add(struct route_table *t, const char *prefix, unsigned int priority, void *trunk)
{
	size_t len = strspn(prefix, "0123456789");
	uint32_t at, *link;
	int rc;

	if (prefix[len] || len > MAX_PREFIX)
		return -EINVAL;
	rc = grow_rows(t);
	if (rc < 0)
		return rc;
	rc = node_of(&at, t, prefix);
	if (rc < 0)
		return rc;
	for (link = &t->nodes[at].row; *link != NONE && t->rows[*link].priority <= priority;
	     link = &t->rows[*link].next)
		;
	t->rows[t->n_rows] = (struct row){ .trunk = trunk, .priority = priority, .next = *link };
	*link = t->n_rows++;
	return 0;
}

unsigned int route_find(void **ret, unsigned int max, size_t *prefix_len,
			const struct route_table *t, const char *digits)
{
	uint32_t at = 0, row = t->nodes[0].row;
	size_t len = 0, i;
	unsigned int n;

	for (i = 0; digits[i] >= '0' && digits[i] <= '9'; i++) {
		at = t->nodes[at].child[digits[i] - '0'];
		if (at == NONE)
			break;
		if (t->nodes[at].row != NONE) {
			row = t->nodes[at].row;
			len = i + 1;
		}
	}
	if (prefix_len)
		*prefix_len = len;
	for (n = 0; n < max && row != NONE; row = t->rows[row].next)
		ret[n++] = t->rows[row].trunk;
	return n;
}

bool route_goes_on(const struct route_table *t, const char *digits)
{
	uint32_t at = 0;

	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '9')
			return false;
		at = t->nodes[at].child[*digits - '0'];
		if (at == NONE)
			return false;
	}
	for (unsigned int i = 0; i < 10; i++)
		if (t->nodes[at].child[i] != NONE)
			return true;
	return false;
}
