/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fuzz target without a fuzzer: the files of its corpus, every cut of them, and mutations that
 * are the same every time. check_fuzz_NAME reads tests/fuzz/corpus/NAME. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MAX_OCTETS = 8192, MAX_SEEDS = 64, MUTATIONS = 20000, MAX_CHANGES = 8 };

struct seed {
	size_t len;
	uint8_t octets[MAX_OCTETS];
};

static uint32_t rnd(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (*state >> 33) % n;
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

static int read_corpus(struct seed *seeds, const char *dir)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, NULL, by_name), n_seeds = 0, i;
	char path[2048];
	FILE *in;

	for (i = 0; i < n; i++) {
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
	return n_seeds;
}

/* A piece of another seed written over this one. */
static void splice(struct seed *s, const struct seed *other, uint64_t *state)
{
	size_t from, at, n;

	if (!other->len || !s->len)
		return;
	from = rnd(state, other->len);
	at = rnd(state, s->len);
	n = rnd(state, 40);
	if (n > other->len - from)
		n = other->len - from;
	if (n > MAX_OCTETS - at)
		n = MAX_OCTETS - at;
	memcpy(s->octets + at, other->octets + from, n);
	if (at + n > s->len)
		s->len = at + n;
}

static void insert(struct seed *s, size_t at, uint8_t octet)
{
	if (s->len == MAX_OCTETS)
		return;
	memmove(s->octets + at + 1, s->octets + at, s->len - at);
	s->octets[at] = octet;
	s->len++;
}

static void mutate(struct seed *s, const struct seed *other, uint64_t *state)
{
	static const char marks[] = "\r\n\"<>;,=:@%+-/\\ \t0aF";
	size_t at = rnd(state, s->len + 1);

	switch (rnd(state, 6)) {
	case 0:
		if (at < s->len)
			s->octets[at] = rnd(state, 256);
		break;
	case 1:
		if (at < s->len)
			s->octets[at] ^= 1 << rnd(state, 8);
		break;
	case 2:
		s->len = at;
		break;
	case 3:
		splice(s, other, state);
		break;
	case 4:
		insert(s, at, marks[rnd(state, sizeof(marks) - 1)]);
		break;
	default:
		if (at < s->len) {
			memmove(s->octets + at, s->octets + at + 1, s->len - at - 1);
			s->len--;
		}
	}
}

int main(void)
{
	static struct seed seeds[MAX_SEEDS], work;
	const char *top = getenv("top_srcdir"), *name = strrchr(program_invocation_short_name, '_');
	uint64_t state = 1;
	char dir[1024];
	int n, i, changes;
	size_t cut;

	snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s", top ? top : ".", name ? name + 1
		 : "");
	n = read_corpus(seeds, dir);
	if (!n) {
		fprintf(stderr, "no corpus in %s\n", dir);
		return EXIT_FAILURE;
	}
	for (i = 0; i < n; i++)
		for (cut = 0; cut <= seeds[i].len; cut++)
			run(seeds[i].octets, cut);
	for (i = 0; i < MUTATIONS; i++) {
		work = seeds[rnd(&state, n)];
		for (changes = 1 + rnd(&state, MAX_CHANGES); changes; changes--)
			mutate(&work, &seeds[rnd(&state, n)], &state);
		run(work.octets, work.len);
	}
	return EXIT_SUCCESS;
}
