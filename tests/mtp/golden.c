/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the golden M3UA messages. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/mtp/golden.h"

static void read_row(struct golden *g, const char *line)
{
	unsigned int octet;
	int n;

	*g = (struct golden){ 0 };
	if (sscanf(line, "%31s%n", g->fault, &n) != 1)
		return;
	for (line += n; g->len < GOLDEN_OCTETS && sscanf(line, "%2x%n", &octet, &n) == 1; line += n)
		g->octets[g->len++] = octet;
}

unsigned int golden_read(struct golden *rows)
{
	const char *top = getenv("top_srcdir");
	char path[1024], line[2048];
	unsigned int n = 0, number = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/tests/golden/m3ua/messages.hex", top ? top : "..");
	in = fopen(path, "r");
	while (in && n < GOLDEN_MAX && fgets(line, sizeof(line), in)) {
		number++;
		if (!isalpha((unsigned char)line[0]))
			continue;
		read_row(&rows[n], line);
		rows[n++].line = number;
	}
	if (in)
		fclose(in);
	return n;
}
