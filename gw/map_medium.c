/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transmission medium: TMR, and in dialects without it (ANSI) the information transfer
 * capability of the user service information (Q.931 4.5.5). */
#include "gw/map_parts.h"

enum { CAPABILITY = 0x1f, SPEECH = 0, UNRESTRICTED = 8, AUDIO_3K1 = 16 };

static const struct {
	uint8_t tmr, capability, n;
	uint8_t usi[3];			/* 64 kbit/s circuit mode; for speech mu-law */
} rows[] = {
	{ TMR_SPEECH, SPEECH, 3, { 0x80, 0x90, 0xa2 } },
	{ TMR_64K, UNRESTRICTED, 2, { 0x88, 0x90 } },
	{ TMR_AUDIO, AUDIO_3K1, 3, { 0x90, 0x90, 0xa2 } },
};

uint8_t map_medium(const struct isup_msg *iam, uint8_t otherwise)
{
	struct isup_octet octet;
	const uint8_t *usi;
	unsigned int i;
	size_t len;

	if (isup_get(iam, ISUP_P_TMR, &octet))
		return octet.value;
	usi = isup_raw(iam, ISUP_P_USI, &len);
	if (!usi || !len)
		return otherwise;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].capability == (usi[0] & CAPABILITY))
			return rows[i].tmr;
	}
	return otherwise;
}

/* What a message that came from ISUP says stays as it is. */
int map_set_medium(struct isup_msg *iam, uint8_t tmr)
{
	const struct isup_octet octet = { .value = tmr };
	unsigned int i = 0;
	size_t len;

	if (isup_par_find(iam->dialect, "TMR") >= 0)
		return isup_set(iam, ISUP_P_TMR, &octet);
	if (isup_raw(iam, ISUP_P_USI, &len))
		return 0;
	while (i + 1 < sizeof(rows) / sizeof(rows[0]) && rows[i].tmr != tmr)
		i++;
	return isup_set_raw(iam, ISUP_P_USI, rows[i].usi, rows[i].n);
}
