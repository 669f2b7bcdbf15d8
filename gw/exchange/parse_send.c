/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Octets as they are, and messages to be spoilt, read. */
#include <string.h>

#include <osmocom/core/utils.h>
#include <talloc.h>

#include "gw/exchange/parse.h"
#include "gw/mtp.h"

/* "05 00 09 00", or "cic 09 00" for the call's own circuit. */
const struct scn_message *scn_parse_raw(const char *words, const struct scn_at *at)
{
	uint8_t octets[MTP_MAX_SDU] = { 0 };
	bool here = !strncmp(words, "cic ", 4);
	unsigned int head = here ? 2 : 0;
	struct scn_message *msg;
	int len;

	len = osmo_hexparse(here ? words + 4 : words, octets + head, sizeof(octets) - head);
	if (len <= 0) {
		scn_complain(at, "send-raw wants octets in hexadecimal, the circuit first: "
				 "05 00 09 00, or cic 09 00");
		return NULL;
	}
	msg = talloc_zero(at->s, struct scn_message);
	msg->own_cic = !here;
	msg->text = talloc_strdup(msg, words);
	msg->len = len + head;
	msg->octets = talloc_memdup(msg, octets, msg->len);
	return msg;
}

/* DAMAGE [DAMAGE ...] MESSAGE */
const struct scn_message *scn_parse_bad(const char *words, const struct scn_at *at)
{
	struct scn_damage *d = talloc_zero_array(at->s, struct scn_damage, SCN_MAX_DAMAGE);
	struct scn_message *msg;
	const char *why = NULL;
	unsigned int n;
	char word[160];
	size_t len;

	for (n = 0; n < SCN_MAX_DAMAGE; n++) {
		len = strcspn(words, " \t");
		osmo_strlcpy(word, words, OSMO_MIN(sizeof(word), len + 1));
		if (!scn_parse_damage(&d[n], word))
			break;
		words += len + strspn(words + len, " \t");
	}
	msg = n ? scn_message_new(at->s, at->s->dialect, words, &why) : NULL;
	if (!msg) {
		scn_complain(at, "send-bad wants: cut=N, set=PLACE:HEX or add=HEX (up to %d), then "
				 "a message%s%s", SCN_MAX_DAMAGE, why ? ": " : "", why ? why : "");
		return NULL;
	}
	msg->n_damage = n;
	msg->damage = d;
	return msg;
}
