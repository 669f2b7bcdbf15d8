/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: early media. Who gives the ring tone is a table; P-Early-Media (RFC 5009) says what may
 * be heard before the answer. */
#include "gw/map_event.h"
#include "gw/map_parts.h"

enum { SESSION_PROGRESS = 183 };

#define R(key, token, what, who, clause, only) \
	{ key, token, what, { who, who, who, who }, clause, .choices = only }

static const struct map_choice whos[] = {
	{ CC_RINGBACK_NETWORK, "network", "the called side: its media are heard" },
	{ CC_RINGBACK_GATEWAY, "gateway", "the media gateway plays it to the circuit" },
	{ CC_RINGBACK_CALLER, "caller", "the calling side, for itself" },
	{ 0 }
};
/* no tone is played toward packets */
static const struct map_choice to_sip[] = {
	{ CC_RINGBACK_NETWORK, "network", "the called side: its media are heard" },
	{ CC_RINGBACK_CALLER, "caller", "the calling side, for itself" },
	{ 0 }
};

static const struct map_row rows[] = {
	R(MAP_RING_ISUP, "isup-alerting", "to SIP: alerting, no word of in-band information",
	  CC_RINGBACK_CALLER, "RFC 3398 7.2.6, RFC 3960 3.2", to_sip),
	R(MAP_RING_ISUP_IN_BAND, "isup-inband", "to SIP: alerting with in-band information",
	  CC_RINGBACK_NETWORK, "RFC 3398 7.2.6", to_sip),
	R(MAP_RING_ISUP_INTERWORKING, "isup-interworking", "to SIP: alerting with interworking",
	  CC_RINGBACK_NETWORK, "RFC 3398 7.2.6", to_sip),
	R(MAP_RING_ISUP_AGAIN, "isup-inband-before",
	  "to SIP: alerting after in-band information was told", CC_RINGBACK_NETWORK,
	  "RFC 3398 7.2.9: the media stay", to_sip),
	R(MAP_RING_SIP, "sip-alerting", "to ISUP: 180 without description", CC_RINGBACK_GATEWAY,
	  "RFC 3398 8.2.3", whos),
	R(MAP_RING_SIP_SDP, "sip-alerting-sdp", "to ISUP: 180 with description",
	  CC_RINGBACK_NETWORK, "RFC 3398 8.2.3, RFC 3960 3.1", whos),
	R(MAP_RING_SIP_AGAIN, "sip-media-before", "to ISUP: 180 after early media were heard",
	  CC_RINGBACK_NETWORK, "RFC 3398 8.2.3: the media stay", whos),
	R(MAP_RING_SIP_AUTHORIZED, "sip-authorized",
	  "to ISUP: 180, P-Early-Media sendrecv or sendonly", CC_RINGBACK_NETWORK,
	  "RFC 5009 8", whos),
	R(MAP_RING_SIP_DENIED, "sip-denied", "to ISUP: 180, P-Early-Media inactive or recvonly",
	  CC_RINGBACK_GATEWAY, "RFC 5009 8", whos),
	R(MAP_RING_SIP_GATED, "sip-gated", "to ISUP: 180, P-Early-Media gated, no direction",
	  CC_RINGBACK_NETWORK, "RFC 5009 8: another entity decides", whos),
};

const struct map_table map_table_ringback = {
	.name = "ringback",
	.title = "who gives the caller his ring tone before the answer "
		 "(RFC 3398 7.2.6, RFC 3960, RFC 5009)",
	.key_title = "called side", .value_title = "who",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = whos,
};

/* The trunk group's own word for the gateway's tone: the called side gives one. */
void map_ring_by_network(struct cc_progress *progress)
{
	progress->ringback = CC_RINGBACK_NETWORK;
	progress->in_band = true;
	if (progress->first == MAP_SAID_ACM_FREE)
		progress->first = MAP_SAID_ACM_FREE_IN_BAND;
	if (progress->later == MAP_SAID_CPG_ALERTING)
		progress->later = MAP_SAID_CPG_ALERTING_IN_BAND;
}

/* --- P-Early-Media --- */

enum map_early_said map_early_said(const struct sip_msg *m, const struct map_profile *p)
{
	struct span rest = span_of(m->p_early_media), item;
	bool gated = false;

	if (!m->p_early_media || !map_header_taken(p, MAP_H_EARLY_MEDIA))
		return MAP_EARLY_UNSAID;
	while (span_element(&item, &rest, ',')) {
		item = span_trim(item);
		if (span_is(item, "sendrecv") || span_is(item, "sendonly"))
			return MAP_EARLY_AUTHORIZED;
		if (span_is(item, "inactive") || span_is(item, "recvonly"))
			return MAP_EARLY_DENIED;
		gated = gated || span_is(item, "gated");
	}
	return gated ? MAP_EARLY_GATED : MAP_EARLY_UNSAID;
}

bool map_early_asked(const struct sip_msg *invite, const struct map_profile *p)
{
	struct span rest = span_of(invite->p_early_media), item;

	if (!invite->p_early_media || !map_header_sent(p, MAP_H_EARLY_MEDIA))
		return false;
	while (span_element(&item, &rest, ','))
		if (span_is(span_trim(item), "supported"))
			return true;
	return false;
}

void map_hush(struct cc_prim *prim)
{
	prim->u.progress.first = prim->u.progress.later = MAP_SAID_NOTHING;
	prim->u.progress.quiet = true;
}

/* That media can be heard now is news, that they no longer can is not. */
bool map_early_update(struct cc_prim *prim, const struct sip_msg *m, bool described,
		      const struct map_profile *p)
{
	if (map_early_said(m, p) == MAP_EARLY_UNSAID)
		return false;
	*prim = (struct cc_prim){ .type = CC_PROGRESS };
	map_early_heard(prim, false, described, m, p);
	map_response_said(prim, SESSION_PROGRESS, p);
	if (!prim->u.progress.in_band)
		map_hush(prim);
	return true;
}

/* Our media go to the calling side only, before the answer. */
int map_early_put(struct sip_out *out, const struct cc_prim *prim, bool media)
{
	const struct cc_progress *progress = &prim->u.progress;
	bool heard = media && (progress->in_band || progress->interworking ||
			       progress->in_band_before || progress->cause.value);

	return map_put_header(out, "P-Early-Media", heard ? "sendonly" : "inactive");
}

/* --- the ring tone --- */

bool map_rings_in_band(const struct cc_progress *progress, const struct map_profile *p)
{
	uint16_t row = MAP_RING_ISUP;

	if (progress->in_band)
		row = MAP_RING_ISUP_IN_BAND;
	else if (progress->interworking)
		row = MAP_RING_ISUP_INTERWORKING;
	else if (progress->in_band_before)
		row = MAP_RING_ISUP_AGAIN;
	return map_rule(p, MAP_T_RINGBACK, row) == CC_RINGBACK_NETWORK;
}

static uint16_t sip_row(enum map_early_said said, bool sdp, bool again)
{
	static const uint16_t by_header[] = {
		[MAP_EARLY_AUTHORIZED] = MAP_RING_SIP_AUTHORIZED,
		[MAP_EARLY_DENIED] = MAP_RING_SIP_DENIED, [MAP_EARLY_GATED] = MAP_RING_SIP_GATED,
	};

	if (said != MAP_EARLY_UNSAID)
		return by_header[said];
	if (sdp)
		return MAP_RING_SIP_SDP;
	return again ? MAP_RING_SIP_AGAIN : MAP_RING_SIP;
}

void map_early_heard(struct cc_prim *prim, bool sdp, bool again, const struct sip_msg *rsp,
		     const struct map_profile *p)
{
	struct cc_progress *progress = &prim->u.progress;
	enum map_early_said said = map_early_said(rsp, p);
	bool listens = p->early == MAP_EARLY_AUTO, there = listens && (sdp || again);

	progress->deaf = said == MAP_EARLY_DENIED;
	if (prim->type == CC_ALERT) {
		progress->ringback = map_rule(p, MAP_T_RINGBACK,
					      sip_row(said, listens && sdp, there));
		there = there && progress->ringback == CC_RINGBACK_NETWORK;
	} else {	/* of those that are heard already nothing new is told */
		there = there && (sdp || said == MAP_EARLY_AUTHORIZED);
	}
	progress->in_band = there && !progress->deaf;
}
