/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what backward messages of ISUP become in SIP, and provisional responses in ISUP
 * (RFC 3398 7.2.5-7.2.9, 8.2.3). The profiles of Q.1912.5 are as remembered, where they differ. */
#include "gw/map_event.h"
#include "gw/map_parts.h"

#define E(key, token, what, rfc, abc, clause) \
	{ key, token, what, { rfc, abc, abc, abc }, clause }
#define A(key, token, what, status, clause) \
	{ key, token, what, { status, status, status, status }, clause, .choices = answered }
#define SDP(status) ((status) | MAP_WITH_SDP)

#define ANSWER { SDP(200), "200-sdp", "200 OK, the answer" }

static const struct map_choice answered[] = { ANSWER, { 0 } };

static const struct map_choice statuses[] = {
	{ 0, "nothing", "nothing" },
	{ 180, "180", "180 Ringing" },
	{ SDP(180), "180-sdp", "180 Ringing with the description" },
	{ 181, "181", "181 Call Is Being Forwarded" },
	{ SDP(181), "181-sdp", "181 Call Is Being Forwarded with the description" },
	{ 182, "182", "182 Queued" },
	{ SDP(182), "182-sdp", "182 Queued with the description" },
	{ 183, "183", "183 Session Progress" },
	{ SDP(183), "183-sdp", "183 Session Progress with the description" },
	ANSWER,
	{ 0 }
};

static const struct map_row events[] = {
	E(MAP_EV_ACM_FREE, "acm-free", "ACM, subscriber free", 180, 180, "7.2.6"),
	E(MAP_EV_ACM_FREE_IN_BAND, "acm-free-inband", "the same with in-band information",
	  SDP(183), SDP(180), "7.2.6; profiles, recalled: subscriber free is 180"),
	E(MAP_EV_ACM_FREE_INTERWORKING, "acm-free-interworking", "the same with interworking",
	  SDP(183), SDP(180), "7.2.6; profiles, recalled: subscriber free is 180"),
	E(MAP_EV_ACM_NONE, "acm-none", "ACM, no indication", SDP(183), SDP(183),
	  "7.2.5, RFC 3666 2.1"),
	E(MAP_EV_ACM_IN_BAND, "acm-inband", "the same with in-band information",
	  SDP(183), SDP(183), "7.2.6"),
	E(MAP_EV_ACM_INTERWORKING, "acm-interworking", "the same with interworking",
	  SDP(183), SDP(183), "7.2.6"),
	E(MAP_EV_ACM_WHEN_FREE, "acm-connect-when-free", "ACM, connect when free", 182, 182,
	  "not in RFC 3398: the call waits in a queue"),
	E(MAP_EV_ACM_CAUSE, "acm-cause", "ACM with a cause: an announcement", SDP(183), SDP(183),
	  "7.2.6"),
	E(MAP_EV_CPG_ALERTING, "cpg-alerting", "CPG, alerting", 180, 180, "7.2.9"),
	E(MAP_EV_CPG_ALERTING_IN_BAND, "cpg-alerting-inband", "the same with in-band information",
	  SDP(180), SDP(180), "7.2.9"),
	E(MAP_EV_CPG_PROGRESS, "cpg-progress", "CPG, progress", SDP(183), SDP(183), "7.2.9"),
	E(MAP_EV_CPG_PROGRESS_IN_BAND, "cpg-progress-inband", "the same with in-band information",
	  SDP(183), SDP(183), "7.2.9"),
	E(MAP_EV_CPG_IN_BAND, "cpg-inband", "CPG, in-band information", SDP(183), SDP(183),
	  "7.2.9"),
	E(MAP_EV_CPG_FORWARDED_BUSY, "cpg-forwarded-busy", "CPG, call forwarded on busy", 181, 181,
	  "7.2.9"),
	E(MAP_EV_CPG_FORWARDED_NO_REPLY, "cpg-forwarded-no-reply",
	  "CPG, call forwarded on no reply", 181, 181, "7.2.9"),
	E(MAP_EV_CPG_FORWARDED_ALWAYS, "cpg-forwarded-always",
	  "CPG, call forwarded unconditionally", 181, 181, "7.2.9"),
	E(MAP_EV_CPG_CAUSE, "cpg-cause", "CPG with a cause: an announcement", SDP(183), SDP(183),
	  "7.2.9"),
	A(MAP_EV_CON, "con", "CON", SDP(200), "7.2.7"),
	A(MAP_EV_ANM, "anm", "ANM", SDP(200), "7.2.7"),
};

const struct map_table map_table_event = {
	.name = "event",
	.title = "backward message of ISUP -> response (RFC 3398 7.2.5-7.2.9)",
	.key_title = "message", .value_title = "response",
	.rows = events, .n_rows = ARRAY_SIZE(events), .choices = statuses,
};

/* A message of the first kind has event 0, a CPG its own. */
static uint16_t alerting(const struct cc_progress *p, bool tones)
{
	if (p->event)
		return tones ? MAP_EV_CPG_ALERTING_IN_BAND : MAP_EV_CPG_ALERTING;
	if (!tones)
		return MAP_EV_ACM_FREE;
	return p->interworking && !p->in_band ? MAP_EV_ACM_FREE_INTERWORKING
					      : MAP_EV_ACM_FREE_IN_BAND;
}

static uint16_t progressing(const struct cc_progress *p, bool early)
{
	if (p->cause.value)
		return p->event ? MAP_EV_CPG_CAUSE : MAP_EV_ACM_CAUSE;
	if (p->event >= EVENT_FWD_BUSY && p->event <= EVENT_FWD_ALWAYS)
		return MAP_EV_CPG_FORWARDED_BUSY + p->event - EVENT_FWD_BUSY;
	if (p->event == EVENT_IN_BAND)
		return MAP_EV_CPG_IN_BAND;
	if (p->event)
		return early && p->in_band ? MAP_EV_CPG_PROGRESS_IN_BAND : MAP_EV_CPG_PROGRESS;
	if (early && p->in_band)
		return MAP_EV_ACM_IN_BAND;
	if (p->when_free)
		return MAP_EV_ACM_WHEN_FREE;
	return early && p->interworking ? MAP_EV_ACM_INTERWORKING : MAP_EV_ACM_NONE;
}

static uint16_t event_row(const struct cc_prim *prim, bool early, const struct map_profile *p)
{
	const struct cc_progress *progress = &prim->u.progress;

	if (prim->type == CC_CONNECT)
		return prim->isup && prim->isup->type == ISUP_MT_CON ? MAP_EV_CON : MAP_EV_ANM;
	if (prim->type == CC_ALERT)
		return alerting(progress, early && map_rings_in_band(progress, p));
	return progressing(progress, early);
}

int map_event_status(bool *ret_sdp, const struct cc_prim *prim, bool early,
		     const struct map_profile *p)
{
	uint16_t value;

	*ret_sdp = early || prim->type == CC_CONNECT;
	if (prim->type != CC_CONNECT && prim->u.progress.quiet)
		return 0;
	if (prim->sip && prim->type != CC_CONNECT)	/* SIP to SIP: as it was said */
		return prim->sip->status == 199 ? 0 : prim->sip->status;
	value = map_rule(p, MAP_T_EVENT, event_row(prim, early, p));
	if (prim->type != CC_CONNECT) {
		bool tones = prim->type == CC_PROGRESS &&
			     (prim->u.progress.in_band || prim->u.progress.interworking);

		*ret_sdp = early && ((value & MAP_WITH_SDP) || tones);
	}
	return value & ~MAP_WITH_SDP;
}

/* --- responses --- */

/* Before the ACM no CPG is sent, after it no ACM: a row takes what its state of the call allows. */
#define NOTHING { MAP_SAID_NOTHING, "nothing", "nothing" }
#define ACMS \
	{ MAP_SAID_ACM_NONE, "acm-none", "ACM, no indication" }, \
	{ MAP_SAID_ACM_NONE_IN_BAND, "acm-inband", "ACM, no indication, in-band information" }, \
	{ MAP_SAID_ACM_FREE, "acm-free", "ACM, subscriber free" }, \
	{ MAP_SAID_ACM_FREE_IN_BAND, "acm-free-inband", \
	  "ACM, subscriber free, in-band information" }, \
	{ MAP_SAID_ACM_FORWARDED, "acm-forwarded", "ACM, no indication, and CPG, forwarded" }
#define CPGS \
	{ MAP_SAID_CPG_PROGRESS, "cpg-progress", "CPG, progress" }, \
	{ MAP_SAID_CPG_IN_BAND, "cpg-inband", "CPG, in-band information" }, \
	{ MAP_SAID_CPG_ALERTING, "cpg-alerting", "CPG, alerting" }, \
	{ MAP_SAID_CPG_ALERTING_IN_BAND, "cpg-alerting-inband", \
	  "CPG, alerting, in-band information" }, \
	{ MAP_SAID_CPG_FORWARDED, "cpg-forwarded", "CPG, forwarded" }
#define CON { MAP_SAID_CON, "con", "CON; in dialects without it ANM" }
#define ANM { MAP_SAID_ANM, "anm", "ANM" }

static const struct map_choice saids[] = { NOTHING, ACMS, CPGS, CON, ANM, { 0 } };
static const struct map_choice acms[] = { NOTHING, ACMS, { 0 } };
static const struct map_choice cpgs[] = { NOTHING, CPGS, { 0 } };
static const struct map_choice con[] = { CON, { 0 } };
static const struct map_choice anm[] = { ANM, { 0 } };

#define B(key, token, what, rfc, a, bc, clause) \
	{ MAP_RSP_##key, token, what, { rfc, a, bc, bc }, clause, .choices = acms }
#define L(key, token, what, rfc, a, bc, clause) \
	{ MAP_RSP_##key + MAP_RSP_LATER, token, what, { rfc, a, bc, bc }, clause, .choices = cpgs }
#define F(key, token, what, said, only) \
	{ key, token, what, { said, said, said, said }, "8.2.4", \
	  .choices = only }

static const struct map_row responses[] = {
	B(180, "180", "180 Ringing", MAP_SAID_ACM_FREE, MAP_SAID_ACM_FREE, MAP_SAID_ACM_FREE,
	  "8.2.3"),
	B(180_MEDIA, "180-media", "180 Ringing, and early media", MAP_SAID_ACM_FREE_IN_BAND,
	  MAP_SAID_ACM_FREE_IN_BAND, MAP_SAID_ACM_FREE_IN_BAND, "8.2.3"),
	B(181, "181", "181 Call Is Being Forwarded", MAP_SAID_ACM_FORWARDED,
	  MAP_SAID_ACM_FORWARDED, MAP_SAID_NOTHING, "8.2.3"),
	B(182, "182", "182 Queued", MAP_SAID_ACM_NONE, MAP_SAID_NOTHING, MAP_SAID_NOTHING,
	  "8.2.3"),
	B(183, "183", "183 Session Progress", MAP_SAID_ACM_NONE, MAP_SAID_NOTHING,
	  MAP_SAID_NOTHING, "8.2.3; profiles, recalled: ACM by 180 or a timer"),
	B(183_MEDIA, "183-media", "183 Session Progress, and early media",
	  MAP_SAID_ACM_NONE_IN_BAND, MAP_SAID_ACM_NONE_IN_BAND, MAP_SAID_ACM_NONE_IN_BAND,
	  "8.2.3"),
	B(199, "199", "199 Early Dialog Terminated", MAP_SAID_NOTHING, MAP_SAID_NOTHING,
	  MAP_SAID_NOTHING, "RFC 6228: it is not the call's end"),
	B(FOLLOWED, "3xx", "3xx that is followed", MAP_SAID_NOTHING, MAP_SAID_NOTHING,
	  MAP_SAID_NOTHING, "8.2.5"),
	F(MAP_RSP_2XX, "2xx", "the answer", MAP_SAID_CON, con),
	L(180, "180-later", "180 Ringing after the ACM", MAP_SAID_CPG_ALERTING,
	  MAP_SAID_CPG_ALERTING, MAP_SAID_CPG_ALERTING, "8.2.3"),
	L(180_MEDIA, "180-media-later", "180 Ringing, and early media, after the ACM",
	  MAP_SAID_CPG_ALERTING_IN_BAND, MAP_SAID_CPG_ALERTING_IN_BAND,
	  MAP_SAID_CPG_ALERTING_IN_BAND, "8.2.3"),
	L(181, "181-later", "181 Call Is Being Forwarded after the ACM", MAP_SAID_CPG_FORWARDED,
	  MAP_SAID_CPG_FORWARDED, MAP_SAID_NOTHING, "8.2.3"),
	L(182, "182-later", "182 Queued after the ACM", MAP_SAID_CPG_PROGRESS, MAP_SAID_NOTHING,
	  MAP_SAID_NOTHING, "8.2.3"),
	L(183, "183-later", "183 Session Progress after the ACM", MAP_SAID_CPG_PROGRESS,
	  MAP_SAID_NOTHING, MAP_SAID_NOTHING, "8.2.3"),
	L(183_MEDIA, "183-media-later", "183 Session Progress, and early media, after the ACM",
	  MAP_SAID_CPG_IN_BAND, MAP_SAID_CPG_IN_BAND, MAP_SAID_CPG_IN_BAND, "8.2.3"),
	L(199, "199-later", "199 Early Dialog Terminated after the ACM", MAP_SAID_NOTHING,
	  MAP_SAID_NOTHING, MAP_SAID_NOTHING, "RFC 6228"),
	L(FOLLOWED, "3xx-later", "3xx that is followed after the ACM", MAP_SAID_CPG_FORWARDED,
	  MAP_SAID_NOTHING, MAP_SAID_NOTHING, "8.2.5: may"),
	F(MAP_RSP_2XX + MAP_RSP_LATER, "2xx-later", "the answer after the ACM", MAP_SAID_ANM, anm),
};

const struct map_table map_table_response = {
	.name = "response",
	.title = "response of SIP -> message of ISUP (RFC 3398 8.2.3-8.2.5)",
	.key_title = "response", .value_title = "message",
	.rows = responses, .n_rows = ARRAY_SIZE(responses), .choices = saids,
};

static const struct map_meaning meanings[] = {
	[MAP_SAID_ACM_NONE] = { .type = ISUP_MT_ACM, .status = STATUS_NONE },
	[MAP_SAID_ACM_NONE_IN_BAND] = { .type = ISUP_MT_ACM, .status = STATUS_NONE,
					.in_band = true },
	[MAP_SAID_ACM_FREE] = { .type = ISUP_MT_ACM, .status = STATUS_FREE },
	[MAP_SAID_ACM_FREE_IN_BAND] = { .type = ISUP_MT_ACM, .status = STATUS_FREE,
					.in_band = true },
	[MAP_SAID_ACM_FORWARDED] = { .type = ISUP_MT_ACM, .status = STATUS_NONE,
				     .then_cpg = true },
	[MAP_SAID_CPG_PROGRESS] = { .type = ISUP_MT_CPG, .event = EVENT_PROGRESS },
	[MAP_SAID_CPG_IN_BAND] = { .type = ISUP_MT_CPG, .event = EVENT_IN_BAND, .in_band = true },
	[MAP_SAID_CPG_ALERTING] = { .type = ISUP_MT_CPG, .event = EVENT_ALERTING },
	[MAP_SAID_CPG_ALERTING_IN_BAND] = { .type = ISUP_MT_CPG, .event = EVENT_ALERTING,
					    .in_band = true },
	[MAP_SAID_CPG_FORWARDED] = { .type = ISUP_MT_CPG, .event = EVENT_FWD_ALWAYS },
	[MAP_SAID_ANM] = { 0 },
};

const struct map_meaning *map_meaning_of(const struct cc_prim *prim, bool acm_sent)
{
	uint8_t said = acm_sent ? prim->u.progress.later : prim->u.progress.first;

	return said && said < ARRAY_SIZE(meanings) ? &meanings[said] : NULL;
}

static uint16_t response_row(int status, bool media)
{
	switch (status) {
	case 180:
		return media ? MAP_RSP_180_MEDIA : MAP_RSP_180;
	case 181:
		return MAP_RSP_181;
	case 182:
		return MAP_RSP_182;
	case 199:
		return MAP_RSP_199;
	default:			/* an unknown 1xx is a 183 (RFC 3261 8.1.3.2) */
		return media ? MAP_RSP_183_MEDIA : MAP_RSP_183;
	}
}

void map_response_said(struct cc_prim *prim, int status, const struct map_profile *p)
{
	struct cc_progress *progress = &prim->u.progress;
	uint16_t row = response_row(status, progress->in_band);

	if (status >= 300)
		row = MAP_RSP_FOLLOWED;
	progress->first = map_rule(p, MAP_T_RESPONSE, row);
	progress->later = map_rule(p, MAP_T_RESPONSE, row + MAP_RSP_LATER);
}
