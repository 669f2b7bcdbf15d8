/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MGCP fuzz target without a fuzzer: golden messages, their cuts, always the same mutations. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MAX_OCTETS = 9000, MAX_SEEDS = 256, MUTATIONS = 60000, MAX_CHANGES = 5 };

struct seed { size_t len; char octets[MAX_OCTETS]; };

static uint32_t dice = 20;

static uint32_t rnd(uint32_t n)
{
	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return n ? dice % n : 0;
}

/* The target gets octets that end where its array ends, for the sanitizer. */
static void run(const char *octets, size_t len)
{
	uint8_t *exact = malloc(len ? len : 1);

	if (!exact)
		abort();
	memcpy(exact, octets, len);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
}

static int read_seeds(struct seed *seeds, int n, const char *path)
{
	FILE *in = fopen(path, "r");
	char line[1024];

	if (!in || n >= MAX_SEEDS)
		abort();
	seeds[n].len = 0;
	while (fgets(line, sizeof(line), in)) {
		size_t len = strlen(line);

		if (!strcmp(line, "----\n")) {
			if (++n >= MAX_SEEDS)
				break;
			seeds[n].len = 0;
		} else if (seeds[n].len + len < MAX_OCTETS) {
			memcpy(seeds[n].octets + seeds[n].len, line, len);
			seeds[n].len += len;
		}
	}
	fclose(in);
	return n + 1;
}

static int read_corpus(struct seed *seeds)
{
	const char *top = getenv("top_srcdir");
	char dir[1024], path[2048];
	struct dirent *e;
	int n = 0;
	DIR *d;

	snprintf(dir, sizeof(dir), "%s/tests/golden/mgcp", top ? top : "..");
	d = opendir(dir);
	while (d && n < MAX_SEEDS && (e = readdir(d))) {
		if (!strstr(e->d_name, ".mgcp"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		n = read_seeds(seeds, n, path);
	}
	if (d)
		closedir(d);
	return n;
}

static void insert(struct seed *s, size_t at, const char *piece, size_t len)
{
	if (s->len + len >= MAX_OCTETS)
		return;
	memmove(s->octets + at + len, s->octets + at, s->len - at);
	memcpy(s->octets + at, piece, len);
	s->len += len;
}

static void mutate(struct seed *s, const struct seed *other)
{
	static const char *const pieces[] = {
		"\n", "\r\n", "\n.\n", "\n\n", ":", ": ", "@", "/", "*", "$", "-", ",", "\t",
		"K:\n", "999999999", "Z: a@b\n", "\"", "(", "v=0\n", "X+y: z\n",
	};
	size_t at = rnd(s->len), len;
	const char *piece;

	if (!s->len)
		return;
	switch (rnd(6)) {
	case 0:
		s->octets[at] = rnd(256);
		break;
	case 1:
		s->octets[at] ^= 1 << rnd(8);
		break;
	case 2:
		len = rnd(s->len - at);
		memmove(s->octets + at, s->octets + at + len, s->len - at - len);
		s->len -= len;
		break;
	case 3:
		len = rnd(other->len);
		insert(s, at, other->octets + rnd(other->len - len), len);
		break;
	default:
		piece = pieces[rnd(sizeof(pieces) / sizeof(pieces[0]))];
		insert(s, at, piece, strlen(piece));
	}
}

int main(void)
{
	static struct seed seeds[MAX_SEEDS], s;
	int n = read_corpus(seeds);

	if (n < 100) {
		fprintf(stderr, "only %d golden messages found\n", n);
		return EXIT_FAILURE;
	}
	for (int i = 0; i < n; i++)
		for (size_t len = 0; len <= seeds[i].len; len++)
			run(seeds[i].octets, len);
	for (int i = 0; i < MUTATIONS; i++) {
		s = seeds[rnd(n)];
		for (int changes = 1 + rnd(MAX_CHANGES); changes; changes--)
			mutate(&s, &seeds[rnd(n)]);
		run(s.octets, s.len);
	}
	return EXIT_SUCCESS;
}
