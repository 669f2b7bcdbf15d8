/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What our stack sends in a test bed is written down for another decoder, if TOLLGATE_ISUP_LOG
 * names a file: a line of the dialect and hexadecimal octets for each message. tests/oracle.py
 * reads it. */
#ifndef TOLLGATE_TESTS_ISUP_LOG_H
#define TOLLGATE_TESTS_ISUP_LOG_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static inline void isup_log(const char *dialect, const uint8_t *sdu, size_t len)
{
	const char *path = getenv("TOLLGATE_ISUP_LOG");
	FILE *out = path ? fopen(path, "a") : NULL;

	if (!out)
		return;
	fprintf(out, "%s ", dialect);
	for (size_t i = 0; i < len; i++)
		fprintf(out, "%02x", sdu[i]);
	fputc('\n', out);
	fclose(out);
}

#endif
