/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The M3UA fuzz target without a fuzzer: the golden messages, and always the same mutations of
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit32gen.h>

#include "tests/mtp/golden.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MUTATIONS = 300000, MAX_CHANGES = 5 };

static struct golden rows[GOLDEN_MAX];

static uint32_t rnd(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* The target gets octets that end where its array ends, for the sanitizer. */
static void run(const uint8_t *octets, size_t len)
{
	uint8_t *exact = malloc(len ? len : 1);

	if (!exact)
		abort();
	memcpy(exact, octets, len);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
}

static void run_mutated(const struct golden *g, uint32_t *state)
{
	uint8_t msg[GOLDEN_OCTETS];
	size_t len = g->len;

	memcpy(msg, g->octets, len);
	for (unsigned int n = rnd(state) % MAX_CHANGES; n; n--)
		msg[rnd(state) % len] = rnd(state) % 2 ? rnd(state) % 24 : rnd(state);
	if (rnd(state) % 4 == 0)
		len = 1 + rnd(state) % len;
	if (rnd(state) % 2 && len >= 8)
		osmo_store32be(len, msg + 4);
	run(msg, len);
}

int main(void)
{
	uint32_t state = 271828;
	unsigned int n = golden_read(rows);

	if (n < 60) {
		fprintf(stderr, "%u messages: not the golden ones\n", n);
		return EXIT_FAILURE;
	}
	for (unsigned int i = 0; i < n; i++)
		run(rows[i].octets, rows[i].len);
	for (unsigned int i = 0; i < MUTATIONS; i++)
		run_mutated(&rows[rnd(&state) % n], &state);
	return EXIT_SUCCESS;
}
