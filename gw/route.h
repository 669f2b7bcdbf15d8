/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routing by longest prefix: a pure look-up in a table built from the configuration. */
#ifndef TOLLGATE_GW_ROUTE_H
#define TOLLGATE_GW_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

struct route_table;

enum { ROUTE_MAX_CHOICES = 8 };

struct route_table *route_table_new(void *ctx, const char *name);
const char *route_table_name(const struct route_table *t);
/* prefix: international digits without '+', "" for any. trunk is the caller's pointer. 0, -EINVAL
 * (not digits), -ENOMEM. */
int route_add(struct route_table *t, const char *prefix, unsigned int priority, void *trunk);
/* Trunks for a number, best first: the rows of the longest prefix that matches, by priority, in
 * order of entry. Number of choices written to ret (at most max), 0 when nothing matches.
 * prefix_len receives the length that matched; may be NULL. */
unsigned int route_find(void **ret, unsigned int max, size_t *prefix_len,
			const struct route_table *t, const char *digits);
/* Are there rows for longer numbers that begin so? */
bool route_goes_on(const struct route_table *t, const char *digits);

#endif
