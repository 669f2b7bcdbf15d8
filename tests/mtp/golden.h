/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The golden M3UA messages: name of the fault expected, octets. */
#ifndef TOLLGATE_TESTS_MTP_GOLDEN_H
#define TOLLGATE_TESTS_MTP_GOLDEN_H

#include <stddef.h>
#include <stdint.h>

enum { GOLDEN_MAX = 128, GOLDEN_OCTETS = 256 };

struct golden {
	unsigned int line;
	char fault[32];
	size_t len;
	uint8_t octets[GOLDEN_OCTETS];
};

/* Messages read from tests/golden/m3ua/messages.hex; 0 when it cannot be read. */
unsigned int golden_read(struct golden *rows);

#endif
