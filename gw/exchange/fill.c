/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variables of a message put in, and durations. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gw/exchange/message.h"

/* The value of a variable at p (behind the dollar); NULL when there is none of this name. */
static const char *value_of(char *buf, size_t size, const char *name, size_t n,
			    const struct scn_values *v)
{
	const struct { const char *name; const char *text; unsigned long long number; } rows[] = {
		{ "called", v->called, 0 }, { "calling", v->calling, 0 },
		{ "called_nai", NULL, v->called_nai }, { "calling_nai", NULL, v->calling_nai },
		{ "cic", NULL, v->cic }, { "n", NULL, v->n },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (strlen(rows[i].name) != n || strncmp(rows[i].name, name, n))
			continue;
		if (rows[i].text)
			return rows[i].text;
		snprintf(buf, size, "%llu", rows[i].number);
		return buf;
	}
	return NULL;
}

/* "[2:5]", "[:-1]": a part of a value, counted as Python does. Moves *text behind it. */
static void slice(const char **text, const char **value, size_t *len)
{
	long n = *len, from = 0, to = n;
	char *p = (char *)*text;

	if (*p != '[')
		return;
	p++;
	if (*p != ':')
		from = strtol(p, &p, 10);
	if (*p == ':' && *++p != ']')
		to = strtol(p, &p, 10);
	if (*p != ']')
		return;
	*text = p + 1;
	from = OSMO_MAX(0, OSMO_MIN(n, from < 0 ? n + from : from));
	to = OSMO_MAX(from, OSMO_MIN(n, to < 0 ? n + to : to));
	*value += from;
	*len = to - from;
}

int scn_fill(char *out, size_t size, const char *text, const struct scn_values *v)
{
	size_t at = 0, segment = 0, n;
	const char *value;
	char buf[24];

	while (*text) {
		if (at + 1 >= size)
			return -EMSGSIZE;
		if (*text == ';')
			segment = at;
		if (*text != '$') {
			out[at++] = *text++;
			continue;
		}
		text++;
		for (n = 0; islower((unsigned char)text[n]) || text[n] == '_'; n++)
			;
		value = value_of(buf, sizeof(buf), text, n, v);
		if (!value)
			return -EINVAL;
		text += n;
		n = strlen(value);
		slice(&text, &value, &n);
		if (n) {
			if (at + n >= size)
				return -EMSGSIZE;
			memcpy(out + at, value, n);
			at += n;
		} else if (segment) {
			at = segment;		/* nothing to say: without the parameter */
			text += strcspn(text, ";");
		}
	}
	out[at] = '\0';
	return 0;
}

bool scn_duration(const char *word, uint32_t *ret_ms)
{
	static const struct { const char *unit; unsigned int factor; } units[] = {
		{ "", 1 }, { "ms", 1 }, { "s", 1000 }, { "min", 60 * 1000 }, { "h", 3600 * 1000 },
	};
	unsigned long value;
	unsigned int i;
	char *end;

	if (!strcmp(word, "forever")) {
		*ret_ms = SCN_FOREVER;
		return true;
	}
	if (!isdigit((unsigned char)*word))
		return false;
	value = strtoul(word, &end, 10);
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (strcmp(end, units[i].unit) || value > (24UL * 3600 * 1000) / units[i].factor)
			continue;
		*ret_ms = value * units[i].factor;
		return true;
	}
	return false;
}
