/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints random legal messages of every type of a dialect for another decoder to judge: octets, and
 * after blanks parameter codes with their octets, the mandatory ones first. */
#include <stdio.h>
#include <stdlib.h>

#include "isup/dialect.h"

enum { ROUNDS = 48 };

static void put_hex(const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%02x", octets[i]);
}

static int put(const struct isup_dialect *d, uint8_t type, unsigned int n_opt, struct isup_rnd *rnd)
{
	uint8_t octets[ISUP_MAX_OCTETS];
	struct isup_msg m;
	ssize_t n;

	if (isup_generate(&m, d, type, n_opt, rnd) < 0)
		return -1;
	n = isup_encode(octets, sizeof(octets), &m);
	if (n < 0)
		return -1;
	put_hex(octets, n);
	for (int i = 0; i < m.n_pars; i++) {
		printf(" %02x:", m.par[i].code);
		put_hex(m.octets + m.par[i].off, m.par[i].len);
	}
	putchar('\n');
	return 0;
}

int main(int argc, char **argv)
{
	struct isup_rnd rnd = { .state = argc > 1 ? strtoul(argv[1], NULL, 10) : 4 };
	const struct isup_dialect *d = argc > 2 ? isup_dialect_find(argv[2]) : &isup_itu;

	if (!d)
		return 2;
	for (int type = 0; type < ISUP_N_CODES; type++)
		for (int i = 0; isup_mt_row(d, type) && i < ROUNDS; i++)
			if (put(d, type, i % 6, &rnd) < 0)
				return 1;
	return 0;
}
