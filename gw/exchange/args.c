/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Point codes, circuits and number patterns as the command line has them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gw/exchange/options.h"

/* ITU-T 3-8-3 of 14 bits, ANSI 8-8-8 of 24 bits. */
bool point_code_parse(uint32_t *ret_pc, const char *text, unsigned int bits)
{
	const unsigned int outer = bits == 24 ? 255 : 7;
	unsigned int zone, network, point;
	char more;

	if (sscanf(text, "%3u.%3u.%3u%c", &zone, &network, &point, &more) == 3) {
		if (zone > outer || network > 255 || point > outer)
			return false;
		*ret_pc = bits == 24 ? zone << 16 | network << 8 | point
				     : zone << 11 | network << 3 | point;
		return true;
	}
	if (sscanf(text, "%8u%c", &point, &more) != 1 || point >> bits)
		return false;
	*ret_pc = point;
	return true;
}

bool cic_list_parse(const char *text, uint8_t bits[XCH_CICS / 8])
{
	unsigned long first, last;
	char *end;

	memset(bits, 0, XCH_CICS / 8);
	for (;; text = end + 1) {
		if (!isdigit((unsigned char)*text))
			return false;
		first = last = strtoul(text, &end, 10);
		if (*end == '-' && isdigit((unsigned char)end[1]))
			last = strtoul(end + 1, &end, 10);
		if (last >= XCH_CICS || first > last)
			return false;
		for (; first <= last; first++)
			bits[first / 8] |= 1 << first % 8;
		if (*end == '\0')
			return true;
		if (*end != ',')
			return false;
	}
}

bool number_pattern_ok(const char *p)
{
	if (*p == '+')
		p++;
	if (!*p || strlen(p) > ISUP_MAX_DIGITS)
		return false;
	for (; *p; p++) {
		if (*p != '%') {
			if (!isdigit((unsigned char)*p) && !strchr("ABCDEF", *p))
				return false;
			continue;
		}
		if (!isdigit((unsigned char)p[1]))
			return false;
		while (isdigit((unsigned char)*++p))
			;
		if (*p != 'd' && *p != 'r')
			return false;
	}
	return true;
}
