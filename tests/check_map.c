/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mapper in the course of a call: responses and backward messages, both ways; bodies; INFO;
 * numbers. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "gw/sipt.h"
#include "isup/dialect.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static const char sdp[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
			  "t=0 0\r\nm=audio 4 RTP/AVP 8\r\n";

static struct map_profile profile(bool sipt)
{
	struct map_profile p;

	map_profile_default(&p);
	strncpy(p.country_code, "49", sizeof(p.country_code) - 1);
	strncpy(p.host, "peer.example", sizeof(p.host) - 1);
	strncpy(p.local_host, "gw.example", sizeof(p.local_host) - 1);
	p.isup_body = sipt ? MAP_ISUP_SIP_T : MAP_ISUP_NONE;
	return p;
}

static void parse(struct isup_msg *m, const char *text)
{
	const char *why = "";
	int line;

	ck_assert_msg(isup_parse(m, &isup_itu, text, &why, &line) == 0, "%s: %s", text, why);
}

static void print(char *buf, size_t size, const struct isup_msg *m)
{
	char *nl;

	isup_print_body(buf, size, m);
	while ((nl = strchr(buf, '\n')))
		*nl = ';';
}

/* --- ISUP -> SIP: what a backward message becomes (RFC 3398 7.2.5, 7.2.6) --- */

enum { EARLY, NO_SDP, EARLY_OFF };
static const struct {
	const char *isup;
	int how;
	enum cc_type type;
	int status;
	bool has_sdp;
} backward[] = {
	{ "ACM; BCI called_status=1", EARLY, CC_ALERT, 180, false },
	{ "ACM; BCI called_status=0", EARLY, CC_PROGRESS, 183, true },
	{ "ACM; BCI called_status=2", EARLY, CC_PROGRESS, 182, false },
	{ "ACM; BCI called_status=2; OBCI in_band=1", EARLY, CC_PROGRESS, 183, true },
	{ "ACM; BCI called_status=1 interworking=1", EARLY, CC_ALERT, 183, true },
	{ "ACM; BCI called_status=1; OBCI in_band=1", EARLY, CC_ALERT, 183, true },
	{ "ACM; BCI called_status=1; OBCI in_band=1", NO_SDP, CC_ALERT, 180, false },
	{ "ACM; BCI called_status=1; OBCI in_band=1", EARLY_OFF, CC_ALERT, 180, false },
	{ "ACM; BCI called_status=0; OBCI in_band=1", EARLY_OFF, CC_PROGRESS, 183, false },
	{ "ACM; BCI called_status=0; CAI location=2 value=1", EARLY, CC_PROGRESS, 183, true },
	{ "ACM; BCI called_status=1; CAI location=2 value=1", EARLY, CC_PROGRESS, 183, true },
	{ "CPG; EvI event=1", EARLY, CC_ALERT, 180, false },
	{ "CPG; EvI event=1; OBCI in_band=1", EARLY, CC_ALERT, 180, true },
	{ "CPG; EvI event=2", EARLY, CC_PROGRESS, 183, true },
	{ "CPG; EvI event=3", EARLY, CC_PROGRESS, 183, true },
	{ "CPG; EvI event=3", EARLY_OFF, CC_PROGRESS, 183, false },
	{ "CPG; EvI event=0", EARLY, CC_PROGRESS, 183, true },
	{ "CPG; EvI event=4", EARLY, CC_PROGRESS, 181, false },
	{ "CPG; EvI event=5", EARLY, CC_PROGRESS, 181, false },
	{ "CPG; EvI event=6", EARLY, CC_PROGRESS, 181, false },
	{ "CPG; EvI event=2; CAI location=2 value=17", EARLY, CC_PROGRESS, 183, true },
	{ "ANM", EARLY, CC_CONNECT, 200, true },
	{ "ANM", EARLY_OFF, CC_CONNECT, 200, true },
	{ "CON; BCI called_status=1", EARLY, CC_CONNECT, 200, true },
};

START_TEST(test_backward)
{
	struct map_profile p = profile(false);
	const char *mine = backward[_i].how == NO_SDP ? NULL : sdp;
	char buf[512];
	struct sip_out out;
	struct isup_msg m;
	struct cc_prim prim;
	struct sip_msg as_msg = { 0 };

	parse(&m, backward[_i].isup);
	ck_assert(map_isup_to_prim(&prim, &m, false));
	ck_assert_msg(prim.type == backward[_i].type, "%s", backward[_i].isup);
	ck_assert_ptr_eq(prim.isup, &m);
	if (backward[_i].how == EARLY_OFF)
		p.early = MAP_EARLY_OFF;
	ck_assert_msg(map_prim_to_response(&out, &prim, mine, true, &p) == backward[_i].status,
		      "%s", backward[_i].isup);
	as_msg.content_type = out.content_type;
	as_msg.body = out.body;
	as_msg.body_len = out.body_len;
	ck_assert_msg((map_body_sdp(buf, sizeof(buf), &as_msg) > 0) == backward[_i].has_sdp, "%s",
		      backward[_i].isup);
	/* to a SIP-T peer the message rides along */
	p.isup_body = MAP_ISUP_SIP_T;
	ck_assert_int_eq(map_prim_to_response(&out, &prim, mine, true, &p), backward[_i].status);
	ck_assert_ptr_nonnull(strstr(backward[_i].has_sdp ? (char *)out.body : out.content_type,
				     "application/ISUP"));
	ck_assert_int_eq(map_prim_to_response(&out, &prim, mine, false, &p), backward[_i].status);
	ck_assert(!strstr(out.content_type, "ISUP") && !strstr(out.content_type, "multipart"));
}
END_TEST

START_TEST(test_prim_fields)
{
	struct cc_prim prim;
	struct isup_msg m;

	parse(&m,
	      "ACM; BCI called_status=0 interworking=1; OBCI in_band=1; CAI location=3 value=34");
	ck_assert(map_isup_to_prim(&prim, &m, false));
	ck_assert(prim.u.progress.in_band && prim.u.progress.interworking &&
		  prim.u.progress.address_complete);
	ck_assert_uint_eq(prim.u.progress.cause.value, 34);
	ck_assert_uint_eq(prim.u.progress.event, 0);
	parse(&m, "CPG; EvI event=3");
	ck_assert(map_isup_to_prim(&prim, &m, false));
	ck_assert(prim.u.progress.in_band && !prim.u.progress.address_complete &&
		  !prim.u.progress.interworking);
	ck_assert_uint_eq(prim.u.progress.event, 3);
	ck_assert_uint_eq(prim.u.progress.cause.value, 0);
}
END_TEST

static const struct { const char *isup; bool answered, tells; enum cc_type type; } others[] = {
	{ "SUS; SRI network=1", true, true, CC_SUSPEND },
	{ "RES; SRI network=0", true, true, CC_RESUME },
	{ "CPG; EvI event=2; GNI #f9", true, true, CC_HOLD },
	{ "CPG; EvI event=2; GNI #fa", true, true, CC_HOLD },
	{ "CPG; EvI event=2", true, true, CC_INFO },
	{ "CPG; EvI event=2; GNI #e0", true, true, CC_INFO },
	{ "ACM; BCI called_status=1", true, false, CC_ALERT },
	{ "ANM", true, false, CC_CONNECT },
	{ "SAM; SubN 12", false, true, CC_ADDRESS },
	{ "FAC", true, true, CC_INFO },
	{ "USR; UUI #0401", true, true, CC_INFO },
	{ "INR; InfReq", false, true, CC_INFO },
	{ "IDR", false, true, CC_INFO },
	{ "NRM", false, true, CC_INFO },
	{ "BLO", true, false, CC_INFO },
	{ "RSC", true, false, CC_INFO },
	{ "COT; ContI success=1", false, false, CC_INFO },
	{ "RLC", true, false, CC_INFO },
	{ "CFN; CAI value=97", true, true, CC_INFO },
};

START_TEST(test_others)
{
	struct cc_prim prim;
	struct isup_msg m;

	parse(&m, others[_i].isup);
	ck_assert_msg(map_isup_to_prim(&prim, &m, others[_i].answered) == others[_i].tells, "%s",
		      others[_i].isup);
	if (!others[_i].tells)
		return;
	ck_assert_msg(prim.type == others[_i].type, "%s", others[_i].isup);
	if (prim.type == CC_SUSPEND)
		ck_assert(prim.u.network_initiated);
	if (prim.type == CC_RESUME)
		ck_assert(!prim.u.network_initiated);
	if (prim.type == CC_HOLD)
		ck_assert(prim.u.held == (strstr(others[_i].isup, "f9") != NULL));
	if (prim.type == CC_ADDRESS)
		ck_assert_ptr_null(prim.u.digits);
}
END_TEST

/* --- SIP -> ISUP (RFC 3398 8.2.3): with no ISUP beside --- */

static const struct { int status; bool media; const char *pem, *acm, *cpg; } responses[] = {
	{ 180, false, NULL, "ACM;BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1",
	  "CPG;EvI event=1" },
	{ 180, true, NULL,
	  "ACM;BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1;OBCI in_band=1",
	  "CPG;EvI event=1;OBCI in_band=1" },
	{ 181, false, NULL, "ACM;BCI charge=2 called_status=0 called_category=1 isup_all_the_way=1",
	  "CPG;EvI event=6" },
	{ 182, false, NULL, "ACM;BCI charge=2 called_status=0 called_category=1 isup_all_the_way=1",
	  "CPG;EvI event=2" },
	{ 183, false, NULL, "ACM;BCI charge=2 called_status=0 called_category=1 isup_all_the_way=1",
	  "CPG;EvI event=2" },
	{ 183, true, NULL,
	  "ACM;BCI charge=2 called_status=0 called_category=1 isup_all_the_way=1;OBCI in_band=1",
	  "CPG;EvI event=3;OBCI in_band=1" },
	{ 183, true, "inactive",
	  "ACM;BCI charge=2 called_status=0 called_category=1 isup_all_the_way=1",
		"CPG;EvI event=2" },
	{ 199, false, NULL, NULL, NULL },
	{ 200, true, NULL, "CON;BCI charge=2 called_status=0 called_category=1 isup_all_the_way=1",
	  "ANM" },
};

/* Both texts as messages, for there is more than one way to write one. */
static void same_message(const struct isup_msg *m, const char *want)
{
	char have_text[2048], want_text[2048];
	struct isup_msg w;

	parse(&w, want);
	print(have_text, sizeof(have_text), m);
	print(want_text, sizeof(want_text), &w);
	ck_assert_str_eq(have_text, want_text);
}

/* One row of a table has this value on the trunk. */
static void override(struct map_profile *p, const char *table, const char *key, const char *value)
{
	const char *why;

	ck_assert_int_eq(map_override_parse(&p->overrides[p->n_overrides++], table, key, value,
					    &why), 0);
}

/* The message that tells prim; want NULL: there is none. */
static void told(const struct cc_prim *prim, bool acm_sent, const struct map_profile *p,
		 const char *want)
{
	struct isup_msg m;
	uint8_t octets[300];
	int rc = map_prim_to_isup(&m, prim, acm_sent, p);

	ck_assert_int_eq(rc, want ? 0 : -ENOMSG);
	if (!want)
		return;
	same_message(&m, want);
	ck_assert_int_gt(isup_encode(octets, sizeof(octets), &m), 0);
}

START_TEST(test_responses)
{
	struct map_profile p = profile(false);
	struct sip_msg rsp = { .status = responses[_i].status, .p_early_media = responses[_i].pem };
	struct isup_msg body;
	struct cc_prim prim;

	if (responses[_i].pem)
		override(&p, "header", "p-early-media", "accept");
	if (responses[_i].media) {
		rsp.content_type = "application/sdp";
		rsp.body = (const uint8_t *)sdp;
		rsp.body_len = strlen(sdp);
	}
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_ptr_eq(prim.sip, &rsp);
	ck_assert_ptr_null(prim.isup);
	told(&prim, false, &p, responses[_i].acm);
	told(&prim, true, &p, responses[_i].cpg);
	ck_assert(map_prim_needs_cpg(&prim) == (responses[_i].status == 181));
}
END_TEST

START_TEST(test_no_prim)
{
	static const int statuses[] = { 100, 300, 404, 486, 603 };
	struct map_profile p = profile(false);
	struct isup_msg body;
	struct cc_prim prim;
	int i;

	for (i = 0; i < N(statuses); i++) {
		struct sip_msg rsp = { .status = statuses[i] };

		ck_assert(!map_response_to_prim(&prim, &body, &rsp, false, &p));
	}
}
END_TEST

/* RFC 3398 8.2.3 in the words of Q.1912.5: interworking was encountered. */
START_TEST(test_interworking_bci)
{
	struct map_profile p = profile(false);
	struct cc_prim prim = { .type = CC_ALERT };
	struct isup_msg m;

	p.standard = MAP_PROFILE_B;
	p.nci_echo = 1;
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, false, &p), 0);
	same_message(&m, "ACM; BCI called_status=1 interworking=1 echo=1");
	p.isup_all_the_way = true;	/* the trunk group's setting wins */
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, false, &p), 0);
	same_message(&m, "ACM; BCI called_status=1 isup_all_the_way=1 echo=1");
}
END_TEST

/* --- the ISUP message that rode along is where we start from --- */

static const struct { int status; const char *isup, *acm, *cpg; } templates[] = {
	/* SIP-T: what the body says stays, the status decides whether it rings */
	{ 180, "ACM; BCI charge=1 called_status=0 isdn_access=1; UUI #0401; 0xfe 01",
	  "ACM; BCI charge=1 called_status=1 isdn_access=1; UUI #0401; 0xfe 01",
	  "CPG; EvI event=1; BCI charge=1 called_status=0 isdn_access=1; UUI #0401; 0xfe 01" },
	{ 183, "ACM; BCI charge=1 called_status=1; OBCI in_band=1",
	  "ACM; BCI charge=1 called_status=1; OBCI in_band=1",
	  "CPG; EvI event=1; BCI charge=1 called_status=1; OBCI in_band=1" },
	{ 183, "CPG; EvI event=4 restricted=1; BCI charge=1",
	  "ACM; BCI charge=1 called_status=0", "CPG; EvI event=4 restricted=1; BCI charge=1" },
	{ 180, "CPG; EvI event=2",
	  "ACM; BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1",
		"CPG; EvI event=1" },
	{ 183, "CPG; EvI event=3",
	  "ACM; BCI charge=2 called_category=1 isup_all_the_way=1; OBCI in_band=1",
	  "CPG; EvI event=3" },
	{ 200, "ANM; BCI charge=2; 0xfe 01", "CON; BCI charge=2; 0xfe 01",
	  "ANM; BCI charge=2; 0xfe 01" },
	{ 200, "CON; BCI charge=1", "CON; BCI charge=1", "ANM; BCI charge=1" },
	/* a message that does not fit the response is not looked at */
	{ 180, "REL; CAI value=16",
	  "ACM; BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1",
		"CPG; EvI event=1" },
	{ 200, "ACM; BCI charge=1", "CON; BCI charge=2 called_category=1 isup_all_the_way=1",
	  "ANM" },
};

START_TEST(test_templates)
{
	struct map_profile p = profile(true);
	struct sip_msg rsp = { .status = templates[_i].status,
			       .content_type = "application/ISUP;version=itu-t92+" };
	struct isup_msg inner, body, m;
	struct cc_prim prim;
	uint8_t octets[300];

	parse(&inner, templates[_i].isup);
	rsp.body = octets;
	rsp.body_len = isup_encode_body(octets, sizeof(octets), &inner);
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, false, &p), 0);
	same_message(&m, templates[_i].acm);
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	same_message(&m, templates[_i].cpg);
	/* the same from a peer without SIP-T: as if the body were not there */
	p.isup_body = MAP_ISUP_NONE;
	ck_assert(map_response_to_prim(&prim, &body, &rsp, false, &p));
	ck_assert_ptr_null(prim.isup);
}
END_TEST

/* ISUP to ISUP: every message goes on as it came. */
static const char *const transit[] = {
	"ACM; BCI charge=1 called_status=1 holding=1 echo=1; OBCI in_band=1 diversion=1; CAI "
	"location=3 value=1; 0xfe 01",
	"CPG; EvI event=1 restricted=1; GNI #e8; RnN nai=3 npi=1 1; CAI location=3 value=17",
	"CPG; EvI event=2; OBCI in_band=1",
	"CPG; EvI event=3; GNI #f9",
	"ANM; BCI charge=1; ConN nai=3 npi=1 si=3 3012; 0xfe 01",
	"SUS; SRI network=1; 0xfe 01",
	"RES; SRI network=0",
	"FAC; 0xfe 01; MCI #81",
	"USR; UUI #0401020304",
	"SAM; SubN 123F",
};

START_TEST(test_transit)
{
	struct map_profile p = profile(false);
	struct isup_number digits;
	struct cc_prim prim;
	struct isup_msg m, next;
	bool answered = _i > 4 && _i != N(transit) - 1, complete;

	parse(&m, transit[_i]);
	m.cic = 77;
	ck_assert(map_isup_to_prim(&prim, &m, answered));
	if (prim.type == CC_ADDRESS) {
		ck_assert_int_eq(map_prim_to_isup(&next, &prim, true, &p), -ENOMSG);
		ck_assert(map_sam_to_digits(&digits, &complete, &m));
		ck_assert_str_eq(digits.digits, "123");
		ck_assert(complete);
		ck_assert(isup_get(&m, ISUP_P_SUBSEQUENT, &digits));
		prim.u.digits = &digits;
	}
	ck_assert_int_eq(map_prim_to_isup(&next, &prim, m.type != ISUP_MT_ACM, &p), 0);
	ck_assert_uint_eq(next.cic, 0);
	same_message(&next, transit[_i]);
}
END_TEST

/* Hold has a parameter of its own in ANSI. */
START_TEST(test_hold_in_ansi)
{
	struct cc_prim prim = { .type = CC_HOLD }, back;
	struct map_profile p = profile(false);
	struct isup_msg m;
	char text[200];

	p.dialect = &isup_ansi;
	prim.u.held = true;
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	print(text, sizeof(text), &m);
	ck_assert_str_eq(text, "CPG;  EvI event=2 restricted=0;  NotI indicator=121;");
	ck_assert(map_isup_to_prim(&back, &m, true));
	ck_assert(back.type == CC_HOLD && back.u.held);
}
END_TEST

/* An IAM through us: numbers, indicators and everything optional as they were, hops one less, ST
 * as this trunk wants it. */
START_TEST(test_transit_iam)
{
	struct map_profile a = profile(false), b = profile(false);
	struct cc_setup s;
	struct isup_msg iam, next;

	parse(&iam,
	      "IAM; NCI satellite=1 echo=1 continuity=1; FCI international=1 isdn_access=1 "
	      "isup_all_the_way=1; CPC value=11;"
		    "TMR value=0; CdPN nai=3 npi=1 inn=0 3012345F; CgPN nai=4 npi=1 inn=1 apri=1 "
		    "si=1 4420; HOP value=10;"
		    "ECI #05; GenN qualifier=1 nai=3 npi=1 5; GenN qualifier=6 nai=3 npi=1 6; "
		    "RgPN nai=3 npi=1 8;"
		    "RdI indicator=3 count=1 reason=1; OCN nai=3 npi=1 7; UUI #0409; 0xfe 01");
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &a), 0);
	ck_assert(s.complete);
	ck_assert_str_eq(s.called.digits, "3012345");
	b.nci_satellite = 1;
	ck_assert_int_eq(map_setup_to_iam(&next, &s, &iam, &b), 0);
	same_message(&next,
		     "IAM; NCI satellite=2 echo=1; FCI international=1 isdn_access=1 "
		     "isup_all_the_way=1; CPC value=11;"
			    "TMR value=0; CdPN nai=3 npi=1 inn=0 3012345; CgPN nai=4 npi=1 inn=1 "
			    "apri=1 si=1 4420; HOP value=9; GenN qualifier=1 nai=3 npi=1 5; "
			    "GenN qualifier=6 nai=3 npi=1 6;"
			    "RgPN nai=3 npi=1 8; RdI indicator=3 count=1 reason=1; OCN nai=3 "
			    "npi=1 7; UUI #0409; 0xfe 01");
	/* a trunk of another country */
	memcpy(b.country_code, "44", 3);
	b.send_st = true;
	ck_assert_int_eq(map_setup_to_iam(&next, &s, &iam, &b), 0);
	ck_assert(isup_get(&next, ISUP_P_CALLED, &s.called));
	ck_assert_str_eq(s.called.digits, "493012345F");
	ck_assert_uint_eq(s.called.nai, 4);
	ck_assert(isup_get(&next, ISUP_P_CALLING, &s.calling));
	ck_assert_str_eq(s.calling.digits, "20");
	ck_assert_uint_eq(s.calling.nai, 3);
	/* what the primitive does not say is taken out of the message that rode along */
	s.has_calling = s.has_additional = s.has_original_called = false;
	s.has_redirecting = s.has_redirection = false;
	ck_assert_int_eq(map_setup_to_iam(&next, &s, &iam, &b), 0);
	ck_assert(!isup_has(&next, ISUP_P_CALLING) && !isup_has(&next, ISUP_P_REDIRECTING));
	ck_assert(!isup_has(&next, ISUP_P_REDIRECTION_INFO) &&
		  !isup_has(&next, ISUP_P_ORIGINAL_CALLED));
	ck_assert(isup_has(&next, ISUP_P_GENERIC_NUMBER) && isup_has(&next, ISUP_P_UUI));
	s.hops = 1;
	ck_assert_int_eq(map_setup_to_iam(&next, &s, &iam, &b), -ELOOP);
}
END_TEST

/* Whatever another exchange may send: what we make of it can be encoded, and a peer with SIP-T
 * gets it back out of the body. */
static void through(const struct isup_msg *m, const struct map_profile *p)
{
	static struct sip_out out;
	struct isup_msg next, inner;
	struct sip_msg msg = { .status = 183 };
	uint8_t octets[600];
	struct cc_prim prim, back;
	int rc;

	if (!map_isup_to_prim(&prim, m, m->type != ISUP_MT_ACM && m->type != ISUP_MT_ANM) ||
	    prim.type == CC_ADDRESS)
		return;
	for (int acm_sent = 0; acm_sent < 2; acm_sent++) {
		ck_assert_int_eq(map_prim_to_isup(&next, &prim, acm_sent, p), 0);
		rc = isup_encode(octets, sizeof(octets), &next);
		ck_assert_msg(rc > 0 || rc == -EMSGSIZE, "%d", rc);
	}
	rc = map_prim_to_response(&out, &prim, sdp, true, p);
	if (rc <= 0)
		return;
	msg.status = rc;
	msg.content_type = out.content_type;
	msg.body = out.body;
	msg.body_len = out.body_len;
	ck_assert(map_response_to_prim(&back, &inner, &msg, false, p));
	ck_assert_int_eq(back.type, prim.type);
	ck_assert_uint_eq(inner.type, m->type);
}

/* A random IAM that is not refused for its bearer, plan or hops in most cases. */
static void tame(struct isup_msg *iam)
{
	struct isup_octet tmr = { .value = 3 };
	struct isup_number n;

	isup_set(iam, ISUP_P_TMR, &tmr);
	if (isup_get(iam, ISUP_P_CALLED, &n)) {
		n.npi = 1;
		isup_set(iam, ISUP_P_CALLED, &n);
	}
}

static unsigned int through_setup(const struct isup_msg *iam, const struct map_profile *p)
{
	static struct sip_out out;
	struct isup_msg next, inner;
	struct cc_setup s, back;
	struct sip_msg inv = { .is_request = true, .max_forwards = -1 };
	uint8_t octets[600];
	bool has;
	int rc;

	if (map_iam_to_setup(&s, iam, p))
		return 0;
	rc = map_setup_to_iam(&next, &s, iam, p);
	ck_assert_msg(rc == 0 || (rc == -EINVAL && !s.called.digits[0]) || rc == -EMSGSIZE, "%d",
		      rc);
	if (rc == 0)
		ck_assert(isup_encode(octets, sizeof(octets), &next) > 0);
	rc = map_setup_to_invite(&out, &s, iam, sdp, p);
	if (rc < 0)
		return 0;
	inv.ruri = out.ruri;
	inv.from = out.from;
	inv.to = out.to;
	inv.content_type = out.content_type;
	inv.body = out.body;
	inv.body_len = out.body_len;
	rc = map_invite_to_setup(&back, &inner, &has, &inv, p);
	ck_assert_msg(rc == 0 || rc == 483, "%d", rc);
	ck_assert(rc || has);
	ck_assert(rc || strcmp(back.called.digits, s.called.digits) == 0);
	return 1;
}

START_TEST(test_generated)
{
	static const uint8_t types[] = { ISUP_MT_IAM, ISUP_MT_ACM, ISUP_MT_CPG, ISUP_MT_ANM,
					 ISUP_MT_CON, ISUP_MT_SUS,
					 ISUP_MT_RES, ISUP_MT_FAC, ISUP_MT_USR, ISUP_MT_REL };
	struct isup_rnd rnd = { .state = 1 + _i };
	struct map_profile p = profile(true);
	struct cc_release r;
	struct isup_msg m, rel;
	uint8_t octets[600];
	unsigned int calls = 0;

	for (int i = 0; i < 2000; i++) {
		ck_assert_int_eq(isup_generate(&m, &isup_itu, types[_i], 5, &rnd), 0);
		if (m.type == ISUP_MT_IAM) {
			tame(&m);
			calls += through_setup(&m, &p);
		} else if (m.type == ISUP_MT_REL) {
			map_rel_to_release(&r, &m, NULL);
			ck_assert_int_eq(map_release_to_rel(&rel, &r, &m, &p), 0);
			ck_assert_int_gt(isup_encode(octets, sizeof(octets), &rel), 0);
		} else {
			through(&m, &p);
		}
	}
	ck_assert(types[_i] != ISUP_MT_IAM || calls > 1000);
}
END_TEST

START_TEST(test_unavailable)
{
	struct map_profile p = profile(false);
	struct cc_setup s;
	struct isup_msg iam, next;

	parse(&iam,
	      "IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 301; CgPN apri=2 si=3");
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &p), 0);
	ck_assert(s.has_calling && !s.complete);
	ck_assert_int_eq(map_setup_to_iam(&next, &s, NULL, &p), 0);
	same_message(&next,
		     "IAM; NCI; FCI isup_all_the_way=1; CPC value=10; TMR value=3; CdPN nai=3 "
		     "npi=1 301; CgPN apri=2 si=3");
}
END_TEST

/* --- hold, suspend, INFO --- */

START_TEST(test_made)
{
	struct map_profile p = profile(true);
	struct cc_prim prim = { .type = CC_HOLD, .u.held = true };
	struct sip_out out;
	struct isup_msg m;

	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	same_message(&m, "CPG; EvI event=2; GNI #f9");
	prim.u.held = false;
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	same_message(&m, "CPG; EvI event=2; GNI #fa");
	prim = (struct cc_prim){ .type = CC_SUSPEND, .u.network_initiated = true };
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	same_message(&m, "SUS; SRI network=1");
	prim = (struct cc_prim){ .type = CC_RESUME };
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	same_message(&m, "RES; SRI network=0");
	ck_assert_int_eq(map_prim_to_info(&out, &prim, &p), -ENOMSG);	/* nothing rode along */
	prim = (struct cc_prim){ .type = CC_INFO };
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), -ENOMSG);
	prim.type = CC_MEDIA;
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), -ENOMSG);
	ck_assert_int_eq(map_prim_to_response(&out, &prim, NULL, true, &p), 0);
	prim = (struct cc_prim){ .type = CC_ADDRESS };
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), -ENOMSG);
}
END_TEST

static const struct { const char *isup; bool passes; enum cc_type type; } infos[] = {
	{ "SUS; SRI network=1", true, CC_SUSPEND }, { "RES; SRI network=1", true, CC_RESUME },
	{ "FAC", true, CC_INFO }, { "USR; UUI #0401", true, CC_INFO },
		{ "CPG; EvI event=2; GNI #f9", true, CC_HOLD },
	{ "REL; CAI value=16", false, 0 },
		{ "IAM; NCI; FCI; CPC; TMR; CdPN nai=3 npi=1 1", false, 0 }, { "BLO", false, 0 },
	{ "ANM", false, 0 }, { "GRS; RaS range=3", false, 0 }, { "RLC", false, 0 },
};

/* INFO both ways; circuit supervision must not come in through SIP. */
START_TEST(test_info)
{
	struct map_profile p = profile(true);
	struct sip_msg info = { .is_request = true, .method = SIP_INFO,
				.content_type = "application/isup; version=\"itu-t92+\"" };
	struct cc_prim prim, sent = { .type = CC_INFO };
	struct isup_msg m, body;
	struct sip_out out;
	uint8_t octets[300];

	parse(&m, infos[_i].isup);
	info.body = octets;
	info.body_len = isup_encode_body(octets, sizeof(octets), &m);
	ck_assert_msg(map_info_to_prim(&prim, &body, &info, &p) == infos[_i].passes, "%s",
		      infos[_i].isup);
	sent.isup = &m;
	ck_assert_int_eq(map_prim_to_info(&out, &sent, &p), infos[_i].passes ? 0 : -ENOMSG);
	if (!infos[_i].passes)
		return;
	ck_assert(prim.type == infos[_i].type);
	ck_assert_uint_eq(out.body_len, info.body_len);
	ck_assert_mem_eq(out.body, octets, out.body_len);
	p.isup_body = MAP_ISUP_NONE;
	ck_assert(!map_info_to_prim(&prim, &body, &info, &p));
	ck_assert_int_eq(map_prim_to_info(&out, &sent, &p), -ENOMSG);
}
END_TEST

/* --- numbers --- */

static const struct { struct isup_number n; const char *cc, *area, *digits, *printed; } routed[] = {
	{ { .nai = 4, .npi = 1, .digits = "442071234567" }, "49", "30", "442071234567",
	  "+442071234567" },
	{ { .nai = 3, .npi = 1, .digits = "30123F" }, "49", "30", "4930123", "+4930123" },
	{ { .nai = 1, .npi = 1, .digits = "123" }, "49", "30", "4930123", "+4930123" },
	{ { .nai = 1, .npi = 1, .digits = "123" }, "49", "", "123", "123" },
	{ { .nai = 2, .npi = 1, .digits = "030123" }, "49", "30", "030123", "030123" },
	{ { .nai = 3, .npi = 1, .digits = "30123" }, "", "", "30123", "30123" },
	{ { .nai = 5, .npi = 1, .digits = "99" }, "49", "30", "99", "99" },
	{ { .nai = 112, .npi = 1, .digits = "99" }, "49", "30", "99", "99" },
	{ { .nai = 3, .npi = 1, .digits = "3B1" }, "49", "30", "3B1", "3B1" },
	{ { .nai = 3, .npi = 5, .digits = "30123" }, "49", "30", NULL, NULL },
	{ { .nai = 3, .npi = 1, .digits = "F" }, "49", "30", NULL, NULL },
	{ { .nai = 3, .npi = 1, .digits = "" }, "49", "30", NULL, NULL },
};

START_TEST(test_routing_digits)
{
	struct map_profile p = profile(false);
	char buf[64];

	strncpy(p.country_code, routed[_i].cc, sizeof(p.country_code) - 1);
	strncpy(p.area_code, routed[_i].area, sizeof(p.area_code) - 1);
	if (!routed[_i].digits) {
		ck_assert_int_eq(map_routing_digits(buf, sizeof(buf), &routed[_i].n, &p), -EINVAL);
		ck_assert_int_eq(map_print_number(buf, sizeof(buf), &routed[_i].n, &p), -EINVAL);
		return;
	}
	ck_assert_int_eq(map_routing_digits(buf, sizeof(buf), &routed[_i].n, &p), 0);
	ck_assert_str_eq(buf, routed[_i].digits);
	ck_assert_int_eq(map_routing_digits(buf, strlen(routed[_i].digits), &routed[_i].n, &p),
			 -EMSGSIZE);
	ck_assert_int_eq(map_print_number(buf, sizeof(buf), &routed[_i].n, &p), 0);
	ck_assert_str_eq(buf, routed[_i].printed);
}
END_TEST

/* --- SIP to SIP --- */

START_TEST(test_sip_to_sip)
{
	struct map_profile p = profile(false);
	struct sip_msg inv = { .is_request = true, .ruri = "sip:al%20ice@gw.example",
			       .max_forwards = 10,
			       .from = "\"Bob \\\"B\\\"\" <sip:bob@pbx.example>",
				.to = "<sip:alice@gw.example>" };
	struct cc_setup s;
	struct isup_msg isup;
	struct sip_out out;
	bool has;

	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 0);
	ck_assert_str_eq(s.called_user, "al ice");
	ck_assert_str_eq(s.calling_user, "bob");
	ck_assert_str_eq(s.calling_name, "Bob \"B\"");
	ck_assert(!s.has_calling);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_str_eq(out.ruri, "sip:al%20ice@peer.example");
	ck_assert_str_eq(out.from, "\"Bob \\\"B\\\"\" <sip:bob@gw.example>");
	ck_assert_str_eq(out.to, "<sip:al%20ice@peer.example>");
	ck_assert_int_eq(out.max_forwards, 9);
	ck_assert_uint_eq(out.body_len, 0);
	inv.max_forwards = 1;
	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), -ELOOP);
	inv.max_forwards = -1;
	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_int_eq(out.max_forwards, 0);		/* the leg's own default */
}
END_TEST

/* Nothing that a peer sends may become a header line of its own. */
START_TEST(test_injection)
{
	struct map_profile p = profile(false);
	struct sip_msg inv = { .is_request = true, .max_forwards = 70,
			       .ruri = "sip:a%0d%0aX-Evil:1@gw.example",
			       .from = "\"a\rb\nc\" <sip:b@x>", .to = "<sip:c@x>" };
	struct cc_setup s;
	struct isup_msg isup;
	struct sip_out out;
	bool has;

	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 404);
	inv.ruri = "sip:ok>,<x@gw.example";
	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 400);
	inv.ruri = "sip:o%3e%2c%22k@gw.example";
	inv.from = "\"a\rb\nc\" <sip:%0db@x>";
	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 0);
	ck_assert_str_eq(s.calling_user, "");
	ck_assert_str_eq(s.calling_name, "abc");
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_str_eq(out.ruri, "sip:o%3E,%22k@peer.example");
}
END_TEST

START_TEST(test_refused)
{
	struct map_profile p = profile(true);
	struct sip_out out;

	map_invite_refused(&out, 415, &p);
	ck_assert_str_eq(out.headers,
			 "Accept: application/sdp, multipart/mixed, application/ISUP;"
			 "version=itu-t92+\r\n");
	p.isup_body = MAP_ISUP_NONE;
	map_invite_refused(&out, 415, &p);
	ck_assert_str_eq(out.headers, "Accept: application/sdp, multipart/mixed\r\n");
	p.isup_body = MAP_ISUP_SIP_I;
	p.isup_trust = MAP_TRUST_NONE;
	map_invite_refused(&out, 415, &p);
	ck_assert_str_eq(out.headers, "Accept: application/sdp, multipart/mixed\r\n");
	map_invite_refused(&out, 421, &p);
	ck_assert_str_eq(out.headers, "Require: 100rel\r\n");
	map_invite_refused(&out, 484, &p);
	ck_assert_str_eq(out.headers, "");
}
END_TEST

START_TEST(test_too_long)
{
	struct map_profile p = profile(true);
	struct cc_setup s = { .called = { .nai = 3, .npi = 1, .digits = "30123" } };
	static char big[SIP_MAX_BODY + 2];
	struct sip_out out;

	memset(big, 'x', sizeof(big) - 1);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, big, &p), -EMSGSIZE);
	ck_assert_int_eq(map_sdp_body(&out, big), -EMSGSIZE);
	ck_assert_uint_eq(out.body_len, 0);
	ck_assert_str_eq(out.content_type, "");
	ck_assert_int_eq(map_sdp_body(&out, big + 1), 0);
	ck_assert_uint_eq(out.body_len, SIP_MAX_BODY);
	ck_assert_int_eq(map_sdp_body(&out, NULL), 0);
	ck_assert_uint_eq(out.body_len, 0);
	memset(p.host, 'h', sizeof(p.host) - 1);
	memset(s.called.digits, '1', ISUP_MAX_DIGITS);
	/* the longest of all fits */
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
}
END_TEST

START_TEST(test_body_sdp)
{
	struct sip_msg msg = { .content_type = "Application/SDP; charset=x",
			       .body = (const uint8_t *)"v=0\r\n", .body_len = 5 };
	char buf[16];

	ck_assert_int_eq(map_body_sdp(buf, sizeof(buf), &msg), 5);
	ck_assert_str_eq(buf, "v=0\r\n");
	ck_assert_int_eq(map_body_sdp(buf, 5, &msg), -EMSGSIZE);
	msg.body = (const uint8_t *)"v=0\0\n";
	ck_assert_int_eq(map_body_sdp(buf, sizeof(buf), &msg), -EBADMSG);
	msg.content_type = "text/plain";
	ck_assert_int_eq(map_body_sdp(buf, sizeof(buf), &msg), 0);
	ck_assert_str_eq(buf, "");
	msg.content_type = NULL;
	ck_assert_int_eq(map_body_sdp(buf, sizeof(buf), &msg), 0);
}
END_TEST

START_TEST(test_names)
{
	ck_assert_str_eq(cc_type_name(CC_SETUP), "SETUP");
	ck_assert_str_eq(cc_type_name(CC_HOLD), "HOLD");
	ck_assert_str_eq(cc_type_name(99), "?");
}
END_TEST

/* The medium in a dialect without TMR: user service information both ways, and what came from ISUP
 * stays as it is. */
static const struct { uint8_t usi[3], n, tmr; } media[] = {
	{ { 0x80, 0x90, 0xa2 }, 3, 0 }, { { 0x88, 0x90 }, 2, 2 }, { { 0x90, 0x90, 0xa2 }, 3, 3 },
};

START_TEST(test_medium_of_ansi)
{
	struct map_profile p = profile(false);
	struct cc_setup s = { .has_tmr = true, .tmr = media[_i].tmr, .hops = 10 };
	struct isup_msg iam, again;
	const uint8_t *octets;
	size_t len;

	p.dialect = &isup_ansi;
	s.called = (struct isup_number){ .nai = 3, .npi = 1, .digits = "2125551234" };
	s.complete = true;
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &p), 0);
	ck_assert(!isup_has(&iam, ISUP_P_TMR));
	octets = isup_raw(&iam, ISUP_P_USI, &len);
	ck_assert_uint_eq(len, media[_i].n);
	ck_assert_mem_eq(octets, media[_i].usi, len);
	s.tmr = 99;
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &p), 0);
	ck_assert_uint_eq(s.tmr, media[_i].tmr);
	ck_assert_int_eq(map_setup_to_iam(&again, &s, &iam, &p), 0);
	octets = isup_raw(&again, ISUP_P_USI, &len);
	ck_assert_uint_eq(len, media[_i].n);
	ck_assert_mem_eq(octets, media[_i].usi, len);
	s.tmr = 2;	/* the call's own medium is another */
	ck_assert_int_eq(map_setup_to_iam(&again, &s, &iam, &p), 0);
	octets = isup_raw(&again, ISUP_P_USI, &len);
	ck_assert_uint_eq(len, 2);
	ck_assert_mem_eq(octets, media[1].usi, len);
}
END_TEST

/* An answer without a message before it: CON, or in a dialect without it ANM, which says
 * how the call went in optional backward call indicators. */
START_TEST(test_answer_of_ansi)
{
	const struct cc_prim prim = { .type = CC_CONNECT };
	struct map_profile p = profile(false);
	struct isup_msg m;

	ck_assert_int_eq(map_prim_to_isup(&m, &prim, false, &p), 0);
	ck_assert_uint_eq(m.type, ISUP_MT_CON);
	p.dialect = &isup_ansi;
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, false, &p), 0);
	ck_assert_uint_eq(m.type, ISUP_MT_ANM);
	ck_assert(isup_has(&m, ISUP_P_BCI));
	ck_assert_int_eq(map_prim_to_isup(&m, &prim, true, &p), 0);
	ck_assert_uint_eq(m.type, ISUP_MT_ANM);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map");
	TCase *tc = tcase_create("map");

	tcase_add_loop_test(tc, test_backward, 0, N(backward));
	tcase_add_test(tc, test_prim_fields);
	tcase_add_loop_test(tc, test_others, 0, N(others));
	tcase_add_loop_test(tc, test_responses, 0, N(responses));
	tcase_add_test(tc, test_no_prim);
	tcase_add_test(tc, test_interworking_bci);
	tcase_add_loop_test(tc, test_templates, 0, N(templates));
	tcase_add_loop_test(tc, test_transit, 0, N(transit));
	tcase_add_test(tc, test_hold_in_ansi);
	tcase_add_test(tc, test_transit_iam);
	tcase_add_loop_test(tc, test_generated, 0, 10);
	tcase_add_test(tc, test_unavailable);
	tcase_add_test(tc, test_made);
	tcase_add_loop_test(tc, test_info, 0, N(infos));
	tcase_add_loop_test(tc, test_routing_digits, 0, N(routed));
	tcase_add_test(tc, test_sip_to_sip);
	tcase_add_test(tc, test_injection);
	tcase_add_test(tc, test_refused);
	tcase_add_test(tc, test_too_long);
	tcase_add_test(tc, test_body_sdp);
	tcase_add_test(tc, test_names);
	tcase_add_loop_test(tc, test_medium_of_ansi, 0, N(media));
	tcase_add_test(tc, test_answer_of_ansi);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
