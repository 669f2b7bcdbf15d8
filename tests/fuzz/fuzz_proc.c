/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: the processes of ISUP. The octets choose events, times and messages; whatever comes,
 * everything becomes idle in the end: see tests/random/world.h. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/random/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { EVENTS = 60 };

static void fail(struct world *w, const char *why)
{
	fprintf(stderr, "%s\n", why);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct osmo_tdef *tdefs;
	static struct world w;

	if (!len)
		return 0;
	if (!tdefs) {
		world_init(false);
		tdefs = isup_tdefs_new(NULL);
	}
	w = (struct world){ .chance = { .octets = data, .len = len }, .tdefs = tdefs,
			    .fail = fail };
	world_play(&w, EVENTS);
	return 0;
}
