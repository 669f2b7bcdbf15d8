/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: bearers. Which transmission medium an offer asks for, what an IAM's medium is offered as,
 * and what does not go at all. RFC 3398 leaves it to provisioning; the columns of Q.1912.5 are as
 * its tables and TS 29.163's are remembered. */
#include <errno.h>
#include <string.h>

#include "gw/map_bearer.h"

/* In the place of a TMR; beside one: with tones and announcements. */
enum { PROVISIONED = 255, TONES = 0x100 };
enum { OFFER_ALL = 1, OFFER_SPEECH, OFFER_G711, OFFER_CLEARMODE, OFFER_BOTH, FIRST_CAUSE = 16 };
enum { OFF, SEND };

#define R(key, token, what, rfc, abc, clause) { key, token, what, { rfc, abc, abc, abc }, clause }

static const struct map_row offers[] = {
	R(SDP_KIND_NONE, "none", "no description, or no medium of ours in it",
	  PROVISIONED, PROVISIONED, "RFC 3398 8.2.1.1"),
	R(SDP_KIND_PCMA, "pcma", "G.711 A-law, alone or among others",
	  PROVISIONED, TMR_AUDIO, "TS 29.163 table 2"),
	R(SDP_KIND_PCMU, "pcmu", "G.711 mu-law, before A-law or without it",
	  PROVISIONED, TMR_AUDIO, "TS 29.163 table 2"),
	R(SDP_KIND_AUDIO, "other-audio", "audio without G.711",
	  PROVISIONED, TMR_AUDIO, "TS 29.163 7.2.3.1.2.4: transcoded"),
	R(SDP_KIND_CLEARMODE, "clearmode", "CLEARMODE alone", TMR_64K, TMR_64K,
	  "RFC 4040; TS 29.163 table 2"),
	R(SDP_KIND_CLEARMODE_FIRST, "clearmode-first", "CLEARMODE, and speech behind it",
	  TMR_AUDIO, TMR_AUDIO, "ours; `64k-preferred' lets the exchange choose (Q.764 2.5)"),
	R(SDP_KIND_G722_64K, "g722-64k", "G.722 alone, with b=AS:64", TMR_AUDIO, TONES | TMR_64K,
	  "TS 29.163 table 2"),
	R(SDP_KIND_T38, "t38", "an image by T.38 and no audio", TMR_AUDIO, TMR_AUDIO,
	  "TS 29.163 table 2"),
};

static const struct map_choice offer_choices[] = {
	{ TMR_SPEECH, "speech", "speech" },
	{ TMR_64K, "64k", "64 kbit/s unrestricted" },
	{ TONES | TMR_64K, "64k-tones", "64 kbit/s unrestricted, with tones and announcements" },
	{ TMR_AUDIO, "audio", "3.1 kHz audio" },
	{ TMR_64K_PREFERRED, "64k-preferred", "64 kbit/s preferred, 3.1 kHz audio would do" },
	{ PROVISIONED, "provisioned", "the `transmission-medium' of the ISUP trunk group" },
	{ CC_TMR_REFUSED, "refuse", "ISUP trunk groups do not take it: 488" },
	{ 0 }
};

static const struct map_row media[] = {
	R(TMR_SPEECH, "speech", "speech", OFFER_SPEECH, OFFER_SPEECH, "TS 29.163 table 10"),
	R(TMR_64K, "64k", "64 kbit/s unrestricted", OFFER_CLEARMODE, OFFER_CLEARMODE,
	  "RFC 4040; TS 29.163 table 10"),
	R(TMR_AUDIO, "audio", "3.1 kHz audio", OFFER_G711, OFFER_G711,
	  "TS 29.163 table 10: modems and facsimiles do not survive compression"),
	R(TMR_64K_PREFERRED, "64k-preferred", "64 kbit/s preferred, with fallback",
	  OFFER_BOTH, OFFER_BOTH, "Q.764 2.5: the answer decides"),
	R(TMR_2X64K, "2x64k", "2 x 64 kbit/s", 65, 65, "Q.850: not implemented"),
	R(TMR_384K, "384k", "384 kbit/s", 65, 65, "Q.850: not implemented"),
	R(TMR_1536K, "1536k", "1536 kbit/s", 65, 65, "Q.850: not implemented"),
	R(TMR_1920K, "1920k", "1920 kbit/s", 65, 65, "Q.850: not implemented"),
};

static const struct map_choice media_choices[] = {
	{ OFFER_ALL, "all", "what the media gateway has" },
	{ OFFER_SPEECH, "speech", "all speech codecs, G.711 first, no CLEARMODE" },
	{ OFFER_G711, "g711", "G.711 and events" },
	{ OFFER_CLEARMODE, "clearmode", "CLEARMODE alone" },
	{ OFFER_BOTH, "clearmode-g711", "CLEARMODE, then G.711" },
	{ 57, "refuse-57", "released: bearer capability not authorized" },
	{ 58, "refuse-58", "released: bearer capability not presently available" },
	{ 65, "refuse-65", "released: bearer capability not implemented" },
	{ 79, "refuse-79", "released: service or option not implemented" },
	{ 88, "refuse-88", "released: incompatible destination" },
	{ 0 }
};

static const struct map_row infos[] = {
	R(MAP_INFO_USI, "usi", "user service information, and the prime one for fallback",
	  OFF, SEND, "TS 29.163 table 2; ANSI trunk groups always send it"),
	R(MAP_INFO_HLC, "hlc", "user teleservice information: facsimile, when T.38 was offered",
	  OFF, SEND, "TS 29.163 table 2; Q.931 4.5.17"),
};

static const struct map_choice info_choices[] = {
	{ OFF, "off", "left out" }, { SEND, "send", "sent" }, { 0 }
};

const struct map_table map_table_bearer = {
	.name = "bearer",
	.title = "offer in an INVITE without ISUP -> transmission medium requirement of the IAM "
		 "(TS 29.163 table 2)",
	.key_title = "offer", .value_title = "medium",
	.rows = offers, .n_rows = ARRAY_SIZE(offers), .choices = offer_choices,
};

const struct map_table map_table_medium = {
	.name = "medium",
	.title = "transmission medium requirement of an IAM -> offer toward SIP, or the cause of "
		 "the REL (TS 29.163 table 10)",
	.key_title = "TMR", .value_title = "offer",
	.rows = media, .n_rows = ARRAY_SIZE(media), .choices = media_choices,
	.key_min = 1, .key_max = 253, .otherwise = { 65, 65, 65, 65 },
	.otherwise_clause = "Q.850: spare, reserved, n x 64 kbit/s: not implemented",
};

const struct map_table map_table_bearer_info = {
	.name = "bearer-info",
	.title = "what an IAM made from SIP says of its bearer beside the medium "
		 "(TS 29.163 table 2)",
	.key_title = "parameter", .value_title = "sent",
	.rows = infos, .n_rows = ARRAY_SIZE(infos), .choices = info_choices,
};

bool map_bearer_info(const struct map_profile *p, enum map_bearer_info what)
{
	return map_rule(p, MAP_T_BEARER_INFO, what) == SEND;
}

bool map_is_data(uint8_t tmr)
{
	return tmr != TMR_SPEECH && tmr != TMR_AUDIO && tmr != TMR_64K_PREFERRED;
}

uint8_t map_medium_cause(uint8_t tmr, const struct map_profile *p)
{
	uint16_t value = map_rule(p, MAP_T_MEDIUM, tmr);

	return value >= FIRST_CAUSE ? value : 0;
}

/* An offer that cannot be what the encapsulated IAM says is believed: it is what will flow. */
static void correct(struct cc_setup *s, enum sdp_kind kind)
{
	if (kind == SDP_KIND_CLEARMODE && !map_is_data(s->tmr)) {
		s->has_tmr = true;
		s->tmr = TMR_64K;
	} else if (s->tmr == TMR_64K_PREFERRED && kind != SDP_KIND_CLEARMODE_FIRST &&
		   kind != SDP_KIND_NONE) {
		s->tmr = s->bearer.prime;
	}
}

void map_bearer_from_offer(struct cc_setup *s, const struct sdp *offer, bool has_iam,
			   const struct map_profile *p)
{
	enum sdp_kind kind = offer ? sdp_kind(offer) : SDP_KIND_NONE;
	uint16_t value;

	if (has_iam) {
		correct(s, kind);
		return;
	}
	value = map_rule(p, MAP_T_BEARER, kind);
	s->has_tmr = value != PROVISIONED;
	if (s->has_tmr)
		s->tmr = value & 0xff;
	s->bearer = (struct cc_bearer){
		.prime = TMR_AUDIO, .tones = value & TONES, .fax = kind == SDP_KIND_T38,
	};
	if (kind == SDP_KIND_PCMA || kind == SDP_KIND_PCMU)
		s->bearer.law = kind == SDP_KIND_PCMU ? SDP_LAW_MU : SDP_LAW_A;
}

int map_bearer_to_offer(const char **sdp, char buf[MAP_MAX_SDP], const struct cc_setup *s,
			const struct map_profile *p)
{
	static const enum sdp_wish wishes[] = {
		[OFFER_SPEECH] = SDP_WISH_SPEECH, [OFFER_G711] = SDP_WISH_G711,
		[OFFER_CLEARMODE] = SDP_WISH_CLEARMODE, [OFFER_BOTH] = SDP_WISH_CLEARMODE_G711,
	};
	uint16_t value;
	int rc;

	if (!s->bearer.circuit)
		return 0;
	value = map_rule(p, MAP_T_MEDIUM, s->tmr);
	if (value >= FIRST_CAUSE)
		return -EOPNOTSUPP;
	if (!*sdp || value == OFFER_ALL)
		return 0;
	rc = sdp_keep(buf, MAP_MAX_SDP, *sdp, wishes[value], s->bearer.law);
	/* speech by what the media gateway has is better than none; data by it is not */
	if (rc == -ENOENT && value == OFFER_CLEARMODE)
		return -EOPNOTSUPP;
	if (rc > 0)
		*sdp = buf;
	return 0;
}

static bool is_data_answer(const char *sdp)
{
	struct sdp s;

	return sdp_parse(&s, sdp, strlen(sdp)) == 0 && sdp_is_data(&s);
}

bool map_answer_fits(const char *sdp, uint8_t tmr)
{
	return !map_is_data(tmr) || is_data_answer(sdp);
}

void map_tell_fallback(struct isup_msg *m, uint8_t prime, const char *answer)
{
	const struct isup_octet used = { .value = prime };

	if (!is_data_answer(answer))
		isup_set(m, ISUP_P_TM_USED, &used);
}

bool map_fell_back(const struct isup_msg *m)
{
	struct isup_octet used;

	return isup_get(m, ISUP_P_TM_USED, &used) && !map_is_data(used.value);
}

void map_tell_data(struct isup_msg *m)
{
	static const struct isup_obci nothing;
	struct isup_obci obci;
	struct isup_bci bci;

	if (isup_get(m, ISUP_P_BCI, &bci) && bci.echo) {
		bci.echo = 0;
		isup_set(m, ISUP_P_BCI, &bci);
	}
	if (isup_get(m, ISUP_P_OBCI, &obci) && obci.in_band) {
		obci.in_band = 0;
		isup_del(m, ISUP_P_OBCI);
		if (memcmp(&obci, &nothing, sizeof(obci)) != 0)
			isup_set(m, ISUP_P_OBCI, &obci);
	}
}
