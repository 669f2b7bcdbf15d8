/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Octets of a message spoilt on purpose: cut off, put in, put behind. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/message.h"
#include "gw/mtp.h"
#include "isup/dialect.h"

/* "5", "p1", "p2", "po": where. */
static bool parse_place(struct scn_damage *d, const char *text, size_t n)
{
	char *end;

	if (n == 2 && text[0] == 'p' && (text[1] == 'o' || isdigit((unsigned char)text[1]))) {
		d->pointer = text[1] == 'o' ? SCN_POINTER_OPTIONAL : text[1] - '0';
		return d->pointer > 0;
	}
	d->at = strtoul(text, &end, 10);
	return isdigit((unsigned char)*text) && end == text + n;
}

bool scn_parse_damage(struct scn_damage *d, const char *word)
{
	const char *value = strchr(word, '='), *hex;
	char *end;
	int len;

	*d = (struct scn_damage){ 0 };
	if (!value++)
		return false;
	if (!strncmp(word, "cut=", 4)) {
		d->verb = SCN_DAMAGE_CUT;
		d->at = strtoul(value, &end, 10);
		return isdigit((unsigned char)*value) && !*end && d->at;
	}
	hex = value;
	d->verb = SCN_DAMAGE_ADD;
	if (!strncmp(word, "set=", 4)) {
		d->verb = SCN_DAMAGE_SET;
		hex = strchr(value, ':');
		if (!hex || !parse_place(d, value, hex - value))
			return false;
		hex++;
	} else if (strncmp(word, "add=", 4)) {
		return false;
	}
	len = osmo_hexparse(hex, d->octets, sizeof(d->octets));
	d->len = len > 0 ? len : 0;
	return len > 0;
}

/* Where the pointer is; the end of the message when it has none such. */
static size_t pointer_place(const struct scn_damage *d, const struct isup_dialect *dialect,
			    const uint8_t *octets, size_t len)
{
	const struct isup_mt_row *row = len >= 3 ? isup_mt_row(dialect, octets[2]) : NULL;
	unsigned int i, rank;
	size_t at = 3;

	if (!row)
		return len;
	for (i = 0; i < row->n_fixed; i++)
		at += isup_par_row(dialect, row->fixed[i])->min;
	rank = d->pointer == SCN_POINTER_OPTIONAL ? row->n_var + 1u : d->pointer;
	return at + rank - 1;
}

size_t scn_damage(const struct scn_damage *d, const struct isup_dialect *dialect, uint8_t *octets,
		  size_t len)
{
	size_t at = d->pointer ? pointer_place(d, dialect, octets, len) : d->at;

	switch (d->verb) {
	case SCN_DAMAGE_CUT:
		return len > d->at ? len - d->at : 0;
	case SCN_DAMAGE_SET:
		if (at + d->len <= len)
			memcpy(octets + at, d->octets, d->len);
		return len;
	case SCN_DAMAGE_ADD:
		if (len + d->len > MTP_MAX_SDU)
			return len;
		memcpy(octets + len, d->octets, d->len);
		return len + d->len;
	}
	return len;
}
