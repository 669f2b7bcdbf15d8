/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fuzz target without a fuzzer: the golden messages, and always the same mutations of them. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isup/dialect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MAX_OCTETS = 600, MAX_SEEDS = 256, MUTATIONS = 8000, MAX_CHANGES = 6 };

struct seed {
	size_t len;
	uint8_t octets[MAX_OCTETS];
};

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

static void read_seed(struct seed *s, FILE *in)
{
	char line[1024];
	unsigned int octet;
	int n;

	s->len = 0;
	while (fgets(line, sizeof(line), in))
		for (char *p = line; *p != '#' && sscanf(p, "%2x%n", &octet, &n) == 1; p += n)
			if (s->len < MAX_OCTETS)
				s->octets[s->len++] = octet;
}

static int read_corpus(struct seed *seeds)
{
	const char *top = getenv("top_srcdir");
	char path[2048], dir[1024];
	struct dirent *entry;
	int n = 0;
	DIR *d;

	snprintf(dir, sizeof(dir), "%s/tests/golden/isup", top ? top : "..");
	d = opendir(dir);
	while (d && n < MAX_SEEDS && (entry = readdir(d))) {
		FILE *in;

		if (!strstr(entry->d_name, ".hex"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		in = fopen(path, "r");
		if (!in)
			continue;
		read_seed(&seeds[n++], in);
		fclose(in);
	}
	if (d)
		closedir(d);
	return n;
}

/* Like a fuzzer: another octet, bit, a cut, a piece of another message, one octet more or less. */
static void mutate(struct seed *s, const struct seed *other, struct isup_rnd *rnd)
{
	size_t at = isup_rnd(rnd, s->len), n;

	if (!s->len)
		return;
	switch (isup_rnd(rnd, 6)) {
	case 0:
		s->octets[at] = isup_rnd(rnd, 256);
		break;
	case 1:
		s->octets[at] ^= 1 << isup_rnd(rnd, 8);
		break;
	case 2:
		s->len = at;
		break;
	case 3:
		n = isup_rnd(rnd, other->len + 1);
		if (n > MAX_OCTETS - at)
			n = MAX_OCTETS - at;
		memcpy(s->octets + at, other->octets + other->len - n, n);
		s->len = at + n;
		break;
	case 4:
		memmove(s->octets + at, s->octets + at + 1, s->len - at - 1);
		s->len--;
		break;
	default:
		if (s->len == MAX_OCTETS)
			break;
		memmove(s->octets + at + 1, s->octets + at, s->len - at);
		s->octets[at] = isup_rnd(rnd, 2) ? 0 : 1 + isup_rnd(rnd, 8);
		s->len++;
	}
}

int main(void)
{
	static struct seed seeds[MAX_SEEDS];
	struct isup_rnd rnd = { .state = 3 };
	int n = read_corpus(seeds);

	if (n < 50) {
		fprintf(stderr, "only %d messages found\n", n);
		return 1;
	}
	for (int i = 0; i < n; i++)
		run(seeds[i].octets, seeds[i].len);
	for (int i = 0; i < MUTATIONS; i++) {
		struct seed s = seeds[isup_rnd(&rnd, n)];

		for (int k = 1 + isup_rnd(&rnd, MAX_CHANGES); k > 0; k--)
			mutate(&s, &seeds[isup_rnd(&rnd, n)], &rnd);
		run(s.octets, s.len);
	}
	return 0;
}
