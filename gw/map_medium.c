/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: the transmission medium in an IAM. ITU dialects say it by TMR, ANSI by the user service
 * information alone (Q.931 4.5.5); fallback by the prime parameters, in ascending order of
 * preference: the first is what would do, the prime one what is wanted (Q.764 2.5, Q.931 5.11). */
#include <errno.h>

#include "gw/map_bearer.h"
#include "isup/dialect.h"

enum { CAPABILITY = 0x1f, RATE = 0x1f, MODE = 0x60, CODING = 0x60, LAYER_1 = 0x60,
       LAYER_1_ID = 0x20, EXT = 0x80, RATE_64K = 0x10, RATE_MULTIRATE = 0x18 };
enum { SPEECH = 0, UNRESTRICTED = 8, RESTRICTED = 9, AUDIO_3K1 = 16, WITH_TONES = 17, VIDEO = 24 };
enum { TMR_NONE = 0x100 };

struct medium { uint16_t tmr; uint8_t law; bool tones; };

/* Circuits of the multiplier in octet 4.1 -> TMR (Q.763 3.54). */
static uint8_t tmr_of_circuits(unsigned int n)
{
	switch (n) {
	case 1:
		return TMR_64K;
	case 2:
		return TMR_2X64K;
	case 3: case 4: case 5:
		return 13 + n;
	case 6:
		return TMR_384K;
	case 24:
		return TMR_1536K;
	case 30:
		return TMR_1920K;
	default:
		return n > 6 && n < 30 ? 13 + n : TMR_SPARE;
	}
}

static unsigned int circuits_of_rate(const uint8_t *usi, size_t len)
{
	switch (usi[1] & RATE) {
	case RATE_64K:
		return 1;
	case 0x11:
		return 2;
	case 0x13:
		return 6;
	case 0x15:
		return 24;
	case 0x17:
		return 30;
	case RATE_MULTIRATE:
		return len > 2 ? usi[2] & ~EXT : 0;
	default:
		return 0;
	}
}

static uint16_t tmr_of_capability(uint8_t capability)
{
	switch (capability) {
	case SPEECH:
		return TMR_SPEECH;
	case AUDIO_3K1:
		return TMR_AUDIO;
	case UNRESTRICTED: case RESTRICTED: case WITH_TONES: case VIDEO:
		return TMR_64K;
	default:
		return TMR_NONE;
	}
}

/* false: it is not there, or says nothing that we know. Packet mode and rates without a TMR are
 * spare ones. */
static bool read_usi(struct medium *m, const struct isup_msg *iam, uint8_t code)
{
	size_t len;
	const uint8_t *usi = isup_raw(iam, code, &len);
	unsigned int n;

	if (!usi || !len || usi[0] & CODING)
		return false;
	*m = (struct medium){ .tmr = tmr_of_capability(usi[0] & CAPABILITY),
			      .tones = (usi[0] & CAPABILITY) == WITH_TONES };
	if (m->tmr == TMR_NONE || len == 1)
		return m->tmr != TMR_NONE;
	n = usi[1] & MODE ? 0 : circuits_of_rate(usi, len);
	if (n != 1)
		m->tmr = tmr_of_circuits(n);
	else if (len > 2 && (usi[2] & LAYER_1) == LAYER_1_ID)
		m->law = usi[2] & CAPABILITY;
	return true;
}

/* What the message says by itself; TMR_NONE: nothing. */
static uint16_t read_medium(struct cc_bearer *b, const struct isup_msg *iam)
{
	struct isup_octet octet;
	struct medium first, wanted;
	bool has_first = read_usi(&first, iam, ISUP_P_USI);
	bool has_wanted = read_usi(&wanted, iam, ISUP_P_USI_PRIME);

	*b = (struct cc_bearer){ .prime = TMR_AUDIO };
	if (has_first && (first.law == SDP_LAW_MU || first.law == SDP_LAW_A))
		b->law = first.law;
	b->tones = (has_first && first.tones) || (has_wanted && wanted.tones);
	if (isup_get(iam, ISUP_P_TMR_PRIME, &octet))
		b->prime = octet.value;
	if (isup_get(iam, ISUP_P_TMR, &octet))
		return octet.value;
	if (!has_first)
		return TMR_NONE;
	if (!has_wanted || wanted.tmr != TMR_64K || map_is_data(first.tmr))
		return first.tmr;
	b->prime = first.tmr;
	return TMR_64K_PREFERRED;
}

void map_medium_from_iam(struct cc_setup *s, const struct isup_msg *iam,
			 const struct map_profile *p)
{
	uint16_t tmr = read_medium(&s->bearer, iam);

	s->has_tmr = tmr != TMR_NONE;
	s->tmr = s->has_tmr ? tmr : p->tmr;
}

uint8_t map_medium_wanted(const struct cc_setup *s, const struct map_profile *p)
{
	return s->has_tmr ? s->tmr : p->tmr;
}

static bool has_tmr(const struct isup_msg *iam)
{
	return isup_par_row(iam->dialect, ISUP_P_TMR) != NULL;
}

/* 64 kbit/s circuit mode. The law is the offer's; mu-law where ANSI circuits are, else A-law. */
static int put_usi(struct isup_msg *iam, uint8_t code, uint8_t tmr, const struct cc_bearer *b)
{
	uint8_t law = has_tmr(iam) ? SDP_LAW_A : SDP_LAW_MU;
	uint8_t usi[3] = { EXT | UNRESTRICTED, EXT | RATE_64K };

	if (b->law && has_tmr(iam))
		law = b->law;
	usi[2] = EXT | LAYER_1_ID | law;
	if (map_is_data(tmr)) {
		usi[0] = EXT | (b->tones ? WITH_TONES : UNRESTRICTED);
		return isup_set_raw(iam, code, usi, 2);
	}
	usi[0] = EXT | (tmr == TMR_SPEECH ? SPEECH : AUDIO_3K1);
	return isup_set_raw(iam, code, usi, 3);
}

static int put_all_usi(struct isup_msg *iam, uint8_t tmr, const struct cc_bearer *b)
{
	struct cc_bearer wanted = *b;
	int rc;

	if (tmr != TMR_64K_PREFERRED)
		return put_usi(iam, ISUP_P_USI, tmr, b);
	wanted.tones = true;
	rc = put_usi(iam, ISUP_P_USI, b->prime, b);
	return rc < 0 ? rc : put_usi(iam, ISUP_P_USI_PRIME, TMR_64K, &wanted);
}

static int put_tmr(struct isup_msg *iam, uint8_t tmr, const struct cc_bearer *b)
{
	const struct isup_octet octet = { .value = tmr }, prime = { .value = b->prime };
	int rc = isup_set(iam, ISUP_P_TMR, &octet);

	if (rc < 0 || tmr != TMR_64K_PREFERRED || isup_has(iam, ISUP_P_TMR_PRIME))
		return rc;
	return isup_set(iam, ISUP_P_TMR_PRIME, &prime);
}

static bool is_speech(uint16_t tmr)
{
	return tmr == TMR_SPEECH || tmr == TMR_AUDIO;
}

/* Another medium than the message speaks of: what told it goes. */
static int remake(struct isup_msg *iam, uint8_t tmr, const struct cc_bearer *b,
		  const struct map_profile *p)
{
	static const uint8_t facsimile[] = { 0x91, 0x84 };	/* Q.931 4.5.17 */
	int rc = 0;

	isup_del(iam, ISUP_P_USI);
	isup_del(iam, ISUP_P_USI_PRIME);
	isup_del(iam, ISUP_P_TMR_PRIME);
	isup_del(iam, ISUP_P_TELESERVICE);
	if (has_tmr(iam))
		rc = put_tmr(iam, tmr, b);
	if (rc == 0 && (!has_tmr(iam) || map_bearer_info(p, MAP_INFO_USI)))
		rc = put_all_usi(iam, tmr, b);
	if (rc == 0 && b->fax && map_bearer_info(p, MAP_INFO_HLC))
		rc = isup_set_raw(iam, ISUP_P_TELESERVICE, facsimile, sizeof(facsimile));
	return rc;
}

/* What a message that came from ISUP says stays as it is, as far as the dialect has it. */
int map_medium_to_iam(struct isup_msg *iam, const struct cc_setup *s, const struct map_profile *p)
{
	uint8_t tmr = map_medium_wanted(s, p);
	struct cc_bearer b;
	uint16_t said;

	if (tmr == CC_TMR_REFUSED)
		return -EOPNOTSUPP;
	said = read_medium(&b, iam);
	if (said != tmr && !(is_speech(said) && is_speech(tmr) && !has_tmr(iam)))
		return remake(iam, tmr, &s->bearer, p);
	return has_tmr(iam) ? put_tmr(iam, tmr, &s->bearer) : 0;
}
