/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the codec takes: CPU time for one IAM of ordinary size, the best of several runs. */
#include <stdio.h>
#include <time.h>

#include "isup/isup.h"

enum { RUNS = 15, ROUNDS = 200000 };

/* An IAM as it comes from a national network: calling number, bearer, counters, HLC. */
static const uint8_t iam[] = {
	0xa9, 0x00, 0x01, 0x10, 0x20, 0x01, 0x0a, 0x00, 0x02, 0x0a, 0x08, 0x03,
	0x10, 0x26, 0x18, 0x85, 0x03, 0x00, 0xf0, 0x0a, 0x08, 0x83, 0x13, 0x98,
	0x26, 0x48, 0x02, 0x00, 0x10, 0xfe, 0x01, 0x00, 0x1d, 0x03, 0x80, 0x90,
	0xa3, 0x31, 0x02, 0x00, 0x5a, 0x3d, 0x01, 0x1e, 0x03, 0x04, 0x7d, 0x02,
	0x91, 0x81, 0x39, 0x06, 0xfe, 0xd0, 0x31, 0xc0, 0x3d, 0xc0, 0x00,
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static bool run_decode(struct isup_msg *m)
{
	return isup_decode(m, &isup_itu, iam, sizeof(iam), NULL) == 0;
}

static bool run_encode(struct isup_msg *m)
{
	uint8_t octets[ISUP_MAX_OCTETS];

	return isup_encode(octets, sizeof(octets), m) == sizeof(iam);
}

static int measure(const char *name, bool (*run)(struct isup_msg *m), struct isup_msg *m)
{
	double best = 1e18;

	for (int i = 0; i < RUNS; i++) {
		double start = now(), took;

		for (int k = 0; k < ROUNDS; k++)
			if (!run(m))
				return 1;
		took = (now() - start) / ROUNDS;
		if (took < best)
			best = took;
	}
	printf("bench %s %.1f ns\n", name, best);
	return 0;
}

int main(void)
{
	struct isup_msg m;

	return measure("ns-decode-iam", run_decode, &m) || measure("ns-encode-iam", run_encode, &m);
}
