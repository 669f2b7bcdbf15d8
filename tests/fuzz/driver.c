/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fuzz target without a fuzzer: check_fuzz_NAME LEAST N DIRECTORY gives it the files of a
 * directory (fewer than LEAST are an error), every cut of them, and N mutations that are the same
 * every time. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
/* A target may have its own way of mutation, which calls the general one. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned int seed)
	__attribute__((weak));
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max);

enum { MAX_OCTETS = 9000, MAX_SEEDS = 512, MAX_CHANGES = 8, MAX_PIECE = 40 };

struct text { size_t len; uint8_t octets[MAX_OCTETS]; };

static struct text seeds[MAX_SEEDS];
static unsigned int n_seeds;
static uint64_t dice = 1;

/* 0 to n - 1; 0 of nothing. */
static uint32_t rnd(uint32_t n)
{
	dice = dice * 6364136223846793005u + 1442695040888963407u;
	return n ? (dice >> 33) % n : 0;
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

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_seeds(const char *dir)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, NULL, by_name);
	char path[4096];
	FILE *in;

	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, list[i]->d_name);
		in = list[i]->d_name[0] == '.' || n_seeds == MAX_SEEDS ? NULL : fopen(path, "r");
		if (in) {
			seeds[n_seeds].len = fread(seeds[n_seeds].octets, 1, MAX_OCTETS, in);
			n_seeds++;
			fclose(in);
		}
		free(list[i]);
	}
	free(list);
}

/* A piece that belongs there, or one octet more. */
static size_t insert(uint8_t *data, size_t len, size_t max, size_t at)
{
	static const char *const pieces[] = {
		"\n", "\r\n", "\n.\n", "\r\n\r\n", ":", ": ", "@", "/", "*", "$", "-", ",", "\t",
		" ", "\"", "<", ">", ";", "=", "%", "+", "\\", "(", "0", "a", "F", "999999999",
		"K:\n", "Z: a@b\n", "v=0\n", "X+y: z\n",
	};
	uint32_t i = rnd(2 * sizeof(pieces) / sizeof(pieces[0]));
	const uint8_t octet = rnd(2) ? rnd(9) : rnd(256);
	bool text = i < sizeof(pieces) / sizeof(pieces[0]);
	const void *piece = text ? (const void *)pieces[i] : &octet;
	size_t n = text ? strlen(pieces[i]) : 1;

	if (len + n > max)
		return len;
	memmove(data + at + n, data + at, len - at);
	memcpy(data + at, piece, n);
	return len + n;
}

/* A piece of a seed, over what is there or between it. */
static size_t splice(uint8_t *data, size_t len, size_t max, size_t at)
{
	const struct text *other = &seeds[rnd(n_seeds)];
	size_t from = rnd(other->len), n = rnd(rnd(4) ? MAX_PIECE : MAX_OCTETS);

	if (n > other->len - from)
		n = other->len - from;
	if (rnd(2) && len + n <= max) {
		memmove(data + at + n, data + at, len - at);
		len += n;
	} else if (n > max - at) {
		n = max - at;
	}
	memcpy(data + at, other->octets + from, n);
	return at + n > len ? at + n : len;
}

size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max)
{
	size_t at = rnd(len), n;

	if (!len)
		return insert(data, len, max, 0);
	switch (rnd(16)) {
	case 0:
		return at;
	case 1:
	case 2:
		data[at] ^= 1 << rnd(8);
		return len;
	case 3:
	case 4:
		n = 1 + rnd(rnd(4) ? 1 : len - at);
		memmove(data + at, data + at + n, len - at - n);
		return len - n;
	case 5:
	case 6:
		return splice(data, len, max, at);
	case 7:
	case 8:
	case 9:
		return insert(data, len, max, at);
	}
	data[at] = rnd(2) ? rnd(256) : rnd(24);
	return len;
}

static void run_mutated(void)
{
	struct text work = seeds[rnd(n_seeds)];

	for (unsigned int changes = 1 + rnd(rnd(MAX_CHANGES)); changes; changes--)
		work.len = LLVMFuzzerCustomMutator
				   ? LLVMFuzzerCustomMutator(work.octets, work.len, MAX_OCTETS,
							     rnd(UINT32_MAX))
				   : LLVMFuzzerMutate(work.octets, work.len, MAX_OCTETS);
	run(work.octets, work.len);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	read_seeds(argv[3]);
	if (!n_seeds || n_seeds < strtoul(argv[1], NULL, 10)) {
		fprintf(stderr, "%s: only %u files\n", argv[3], n_seeds);
		return EXIT_FAILURE;
	}
	for (unsigned int i = 0; i < n_seeds; i++)
		for (size_t cut = 0; cut <= seeds[i].len; cut++)
			run(seeds[i].octets, cut);
	for (unsigned long n = strtoul(argv[2], NULL, 10); n; n--)
		run_mutated();
	printf("%s: %u seeds\n", argv[0], n_seeds);
	return EXIT_SUCCESS;
}
