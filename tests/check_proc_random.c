/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random sequences at the ISUP processes.
 *	check_proc_random [--runs N] [--seed N] [--events N] [--verbose]
 * --seed: the first sequence; each following one has the next number. A sequence that fails is
 * named; --seed THAT --runs 1 --verbose plays it again and says what happens. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "isup/circuit.h"
#include "tests/random/world.h"

static uint64_t playing;		/* for the signal handler */

static void fail(struct world *w, const char *why)
{
	printf("seed %llu: %s\n", (unsigned long long)w->seed, why);
	printf("again: check_proc_random --seed %llu --runs 1 --verbose\n",
	       (unsigned long long)w->seed);
	exit(EXIT_FAILURE);
}

static void on_crash(int sig)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "seed %llu: signal %d\n",
			 (unsigned long long)playing, sig);

	if (write(STDOUT_FILENO, text, n) < n)
		_exit(2);
	signal(sig, SIG_DFL);
	raise(sig);
}

static unsigned long long number(const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 0);

	if (end == text || *end) {
		fprintf(stderr, "check_proc_random: not a number: %s\n", text);
		exit(2);
	}
	return n;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "runs", required_argument, NULL, 'r' }, { "seed", required_argument, NULL, 's' },
		{ "events", required_argument, NULL, 'e' }, { "verbose", no_argument, NULL, 'v' },
		{}
	};
	unsigned long long runs = 100000, seed = 1, events = 60, i;
	struct osmo_tdef *tdefs = isup_tdefs_new(NULL);
	bool verbose = false;
	clock_t begin = clock();
	int opt;

	while ((opt = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (opt == 'r')
			runs = number(optarg);
		else if (opt == 's')
			seed = number(optarg);
		else if (opt == 'e')
			events = number(optarg);
		else if (opt == 'v')
			verbose = true;
		else
			return 2;
	}
	world_init(verbose);
	signal(SIGSEGV, on_crash);
	signal(SIGABRT, on_crash);
	signal(SIGFPE, on_crash);
	for (i = 0; i < runs; i++) {
		static struct world w;

		playing = seed + i;
		w = (struct world){ .chance.rnd.state = playing * 0x9e3779b97f4a7c15u,
				    .seed = playing, .tdefs = tdefs, .verbose = verbose,
				    .fail = fail };
		world_play(&w, 10 + isup_rnd(&w.chance.rnd, events - 9));
	}
	printf("%llu sequences, %.1f s\n", runs, (double)(clock() - begin) / CLOCKS_PER_SEC);
	return EXIT_SUCCESS;
}
