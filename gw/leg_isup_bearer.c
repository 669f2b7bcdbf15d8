/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ISUP leg's transmission medium: data and speech, and 64 kbit/s preferred that falls back to
 * speech (Q.764 2.5), both ways. */
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/leg_isup.h"
#include "gw/sdp_bearer.h"

enum { TMR_64K_PREFERRED = 6 };

/* --- incoming: SIP's answer decides --- */

bool leg_isup_bearer_fits(struct leg_isup *l, const struct cc_prim *prim)
{
	return l->outgoing || !prim->sdp || !prim->sdp_is_answer || !prim->sip ||
	       map_answer_fits(prim->sdp, l->tmr);
}

void leg_isup_bearer_tell(struct leg_isup *l, const struct cc_prim *prim, struct isup_msg *m)
{
	if (prim->sip && !prim->isup && map_is_data(l->tmr))
		map_tell_data(m);
	if (!l->may_fall_back || !prim->sip || !prim->sdp)
		return;
	l->may_fall_back = false;
	if (!isup_has(m, ISUP_P_TM_USED))
		map_tell_fallback(m, l->prime, prim->sdp);
}

/* --- outgoing: what the exchange says decides --- */

void leg_isup_bearer_asked(struct leg_isup *l)
{
	struct cc_setup said;

	map_medium_from_iam(&said, l->iam, &l->leg.trunk->profile);
	l->tmr = said.tmr;
	l->prime = said.bearer.prime;
	l->medium_open = l->tmr == TMR_64K_PREFERRED;
}

/* The media gateway was given an offer of data and speech, or has made one; now it is of speech
 * alone. */
static bool fall_back(struct leg_isup *l)
{
	char speech[MEDIA_MAX_SDP];
	const char *both = l->offer ? l->offer : l->local_sdp;

	l->tmr = l->prime;
	if (!both)
		return true;
	if (sdp_keep(speech, sizeof(speech), both, SDP_WISH_G711, SDP_LAW_ANY) <= 0)
		return false;
	if (l->offer) {
		l->falls_back = leg_isup_media_again(l, speech);
		return l->falls_back;
	}
	talloc_free(l->local_sdp);
	l->local_sdp = talloc_strdup(l, speech);
	return true;
}

uint8_t leg_isup_bearer_refused(const struct leg_isup *l)
{
	struct sdp s;

	if (!l->offer || !media_gw_available(l->leg.trunk->media))
		return 41;
	return sdp_parse(&s, l->offer, strlen(l->offer)) < 0 || !sdp_audio(&s) ? 65 : 41;
}

/* Until the medium is known its description is not told; an answer waits for the media gateway. */
bool leg_isup_bearer_heard(struct leg_isup *l, const struct isup_msg *m, enum cc_type what)
{
	if (l->medium_open && map_fell_back(m)) {
		l->medium_open = false;
		if (!fall_back(l)) {
			call_fail(l->leg.call, &l->leg, 65, false,
				  "the exchange fell back to speech, the media did not");
			return false;
		}
	}
	if (what != CC_CONNECT)
		return true;
	l->medium_open = false;
	if (!l->falls_back)
		return true;
	if (!l->connect)
		l->connect = talloc_memdup(l, m, sizeof(*m));
	return false;
}

bool leg_isup_bearer_done(struct leg_isup *l, struct isup_msg *ret)
{
	l->falls_back = false;
	if (!l->connect)
		return false;
	*ret = *l->connect;
	TALLOC_FREE(l->connect);
	return true;
}
