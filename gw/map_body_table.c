/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: which ISUP message rides in which SIP message. RFC 3398 names the classes; what is known
 * of Q.1912.5 profile C (5.4, from memory) puts the same messages in the same places. Profiles A
 * and B have no ISUP in SIP; a trunk group mapped by them that has it all the same has RFC 3398's
 * way. */
#include "gw/map_tunnel.h"

#define B(abbr, what, place, clause) \
	{ ISUP_MT_##abbr, #abbr, what, { place, place, place, place }, clause }
#define INVITE MAP_PLACE_INVITE
#define PROGRESS MAP_PLACE_PROGRESS
#define ANSWER MAP_PLACE_ANSWER
#define RELEASE MAP_PLACE_RELEASE
#define INFO MAP_PLACE_INFO
#define NEVER MAP_PLACE_NEVER

static const struct map_row rows[] = {
	B(IAM, "initial address", INVITE, "RFC 3372 3, RFC 3398 7.2.1"),
	B(SAM, "subsequent address", INVITE, "RFC 3578: IAM and SAMs in the next INVITE"),
	B(ACM, "address complete", PROGRESS, "RFC 3398 7.2.5"),
	B(CPG, "call progress", PROGRESS, "RFC 3398 7.2.6, after the answer 13"),
	B(ANM, "answer", ANSWER, "RFC 3398 7.2.7"),
	B(CON, "connect", ANSWER, "RFC 3398 7.2.7"),
	B(REL, "release", RELEASE, "RFC 3398 7.2.4, 10; CANCEL has no body"),
	B(SUS, "suspend", INFO, "RFC 3398 9.1"),
	B(RES, "resume", INFO, "RFC 3398 9.1"),
	B(INR, "information request", INFO, "RFC 3398 13"),
	B(INF, "information", INFO, "RFC 3398 13"),
	B(FOT, "forward transfer", INFO, "RFC 3398 13"),
	B(FAC, "facility", INFO, "RFC 3398 13"),
	B(FAR, "facility request", INFO, "RFC 3398 13"),
	B(FAA, "facility accepted", INFO, "RFC 3398 13"),
	B(FRJ, "facility reject", INFO, "RFC 3398 13"),
	B(USR, "user-to-user information", INFO, "RFC 3398 13"),
	B(NRM, "network resource management", INFO, "RFC 3398 13"),
	B(IDR, "identification request", INFO, "RFC 3398 13"),
	B(IRS, "identification response", INFO, "RFC 3398 13"),
	B(PAM, "pass-along", INFO, "RFC 3398 13"),
	B(CRG, "charge information", INFO, "RFC 3398 13; not across an untrusted border: 15"),
	B(CFN, "confusion", INFO, "RFC 3398 13; it never changes SIP"),
	B(LOP, "loop prevention", INFO, "RFC 3398 13, as other end-to-end messages"),
	B(APM, "application transport", INFO, "RFC 3398 13, as other end-to-end messages"),
	B(PRI, "pre-release information", INFO, "RFC 3398 13, as other end-to-end messages"),
	B(SDN, "subsequent directory number", INFO, "RFC 3398 13, as other end-to-end messages"),
	B(CCL, "calling party clearing (China, Russia)", INFO, "passed on as in transit"),
	{ MAP_TYPE_UNKNOWN, "unknown", "any that the dialect does not know",
	  { INFO, INFO, INFO, INFO }, "Q.764 2.9.5.2: as its compatibility information has it" },
	B(MPM, "metering pulse (China)", NEVER, "of one network, as in transit"),
	B(OPR, "operator (China)", NEVER, "of one network, as in transit"),
	B(RNG, "ringing (Russia)", NEVER, "of one network, as in transit"),
	B(RLC, "release complete", NEVER, "RFC 3398 10: each leg has its own; ignored in a 200"),
	B(SGM, "segmentation", NEVER, "its message is put together first"),
	B(COT, "continuity", NEVER, "RFC 3398 7.2.1, 8.2: of one circuit"),
	B(CCR, "continuity check request", NEVER, "of one circuit"),
	B(LPA, "loop back acknowledgement", NEVER, "of one circuit"),
	B(RSC, "reset circuit", NEVER, "RFC 3398 11.2: BYE, CANCEL or a final response"),
	B(GRS, "circuit group reset", NEVER, "RFC 3398 11.3"),
	B(GRA, "circuit group reset acknowledgement", NEVER, "RFC 3398 11.3"),
	B(BLO, "blocking", NEVER, "RFC 3398 11.1: of one circuit"),
	B(BLA, "blocking acknowledgement", NEVER, "RFC 3398 11.1"),
	B(UBL, "unblocking", NEVER, "RFC 3398 11.1"),
	B(UBA, "unblocking acknowledgement", NEVER, "RFC 3398 11.1"),
	B(CGB, "circuit group blocking", NEVER, "RFC 3398 11.1"),
	B(CGBA, "circuit group blocking acknowledgement", NEVER, "RFC 3398 11.1"),
	B(CGU, "circuit group unblocking", NEVER, "RFC 3398 11.1"),
	B(CGUA, "circuit group unblocking acknowledgement", NEVER, "RFC 3398 11.1"),
	B(CQM, "circuit group query", NEVER, "of the circuits of one route"),
	B(CQR, "circuit group query response", NEVER, "of the circuits of one route"),
	B(UCIC, "unequipped circuit", NEVER, "of one circuit"),
	B(OLM, "overload", NEVER, "of one exchange"),
	B(UPT, "user part test", NEVER, "of one exchange"),
	B(UPA, "user part available", NEVER, "of one exchange"),
	B(CRM, "circuit reservation (ANSI)", NEVER, "of one circuit"),
	B(CRA, "circuit reservation acknowledgement (ANSI)", NEVER, "of one circuit"),
	B(CVT, "circuit validation test (ANSI)", NEVER, "of one circuit"),
	B(CVR, "circuit validation response (ANSI)", NEVER, "of one circuit"),
	B(EXM, "exit (ANSI)", NEVER, "of one network"),
};

static const struct map_choice choices[] = {
	{ NEVER, "never", "neither sent nor taken" },
	{ INVITE, "invite", "INVITE" },
	{ PROGRESS, "18x", "provisional response; INFO after the answer" },
	{ ANSWER, "200", "2xx response to the INVITE" },
	{ RELEASE, "release", "final failure or BYE" },
	{ INFO, "info", "INFO; the first message toward the caller in a 183" },
	{ 0 }
};

const struct map_table map_table_body = {
	.name = "body",
	.title = "the SIP message that an ISUP message rides in (RFC 3372, RFC 3398, Q.1912.5 C)",
	.key_title = "message", .value_title = "where",
	.rows = rows, .n_rows = ARRAY_SIZE(rows), .choices = choices,
};

enum map_place map_place_of(const struct map_profile *p, const struct isup_msg *m)
{
	return map_rule(p, MAP_T_BODY, map_is_unknown(m) ? MAP_TYPE_UNKNOWN : m->type);
}

bool map_goes_by_info(const struct isup_msg *m, const struct map_profile *p)
{
	enum map_place place = map_place_of(p, m);

	return place == INFO || (place == PROGRESS && m->type != ISUP_MT_ACM);
}

static bool in_request(enum map_place place, uint8_t type, const struct sip_msg *msg)
{
	switch (msg->method) {
	case SIP_INVITE:		/* the one that begins the call, or one within it */
		return place == INVITE || place == PROGRESS || place == INFO;
	case SIP_BYE:
	case SIP_CANCEL:
		return place == RELEASE;
	default:			/* INFO, UPDATE, PRACK */
		return place == INFO || (place == PROGRESS && type != ISUP_MT_ACM) ||
		       (place == INVITE && type == ISUP_MT_SAM);
	}
}

bool map_place_fits(const struct map_profile *p, const struct isup_msg *m,
		    const struct sip_msg *msg)
{
	enum map_place place = map_place_of(p, m);

	if (!msg->status)
		return in_request(place, m->type, msg);
	if (msg->status < 200)
		return place == PROGRESS || place == INFO;
	return place == (msg->status < 300 ? ANSWER : RELEASE);
}
