/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bearers: offers and the media of IAMs, both ways; fallback; what is refused, and how that is
 * said. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "gw/sdp_bearer.h"
#include "tests/suite.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
#define CLEAR "a=rtpmap:97 CLEARMODE/8000\r\n"
#define EVENTS "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
#define A_OFFER HEAD "m=audio 4000 RTP/AVP 8 0 101\r\n" EVENTS
#define DATA_OFFER HEAD "m=audio 4000 RTP/AVP 97\r\n" CLEAR
#define BOTH_OFFER HEAD "m=audio 4000 RTP/AVP 97 8 0\r\n" CLEAR

/* --- what an offer is --- */

static const struct { const char *media; enum sdp_kind kind; } kinds[] = {
	{ "m=audio 4000 RTP/AVP 8\r\n", SDP_KIND_PCMA },
	{ "m=audio 4000 RTP/AVP 0 8\r\n", SDP_KIND_PCMU },
	{ "m=audio 4000 RTP/AVP 18 8 0 101\r\n" EVENTS, SDP_KIND_PCMA },
	{ "m=audio 4000 RTP/AVP 18 13 101\r\n" EVENTS, SDP_KIND_AUDIO },
	{ "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n", SDP_KIND_AUDIO },
	{ "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 PCMA/8000\r\n", SDP_KIND_PCMA },
	{ "m=audio 4000 RTP/AVP 97\r\n" CLEAR, SDP_KIND_CLEARMODE },
	{ "m=audio 4000 RTP/AVP 97 101\r\n" CLEAR EVENTS, SDP_KIND_CLEARMODE },
	{ "m=audio 4000 RTP/AVP 97 0\r\n" CLEAR, SDP_KIND_CLEARMODE_FIRST },
	{ "m=audio 4000 RTP/AVP 97 18\r\n" CLEAR, SDP_KIND_CLEARMODE_FIRST },
	{ "m=audio 4000 RTP/AVP 0 97\r\n" CLEAR, SDP_KIND_PCMU },
	{ "m=audio 4000 RTP/AVP 9\r\nb=AS:64\r\n", SDP_KIND_G722_64K },
	{ "m=audio 4000 RTP/AVP 9 101\r\nb=AS:64\r\n" EVENTS, SDP_KIND_G722_64K },
	{ "m=audio 4000 RTP/AVP 9\r\n", SDP_KIND_AUDIO },
	{ "m=audio 4000 RTP/AVP 9 8\r\nb=AS:64\r\n", SDP_KIND_PCMA },
	{ "m=audio 4000 RTP/AVP 101\r\n" EVENTS, SDP_KIND_NONE },
	{ "m=image 4000 udptl t38\r\n", SDP_KIND_T38 },
	{ "m=audio 0 RTP/AVP 8\r\nm=image 4000 UDPTL t38\r\n", SDP_KIND_T38 },
	{ "m=audio 4000 RTP/AVP 8\r\nm=image 4000 udptl t38\r\n", SDP_KIND_PCMA },
	{ "m=image 0 udptl t38\r\n", SDP_KIND_NONE },
	{ "m=video 4000 RTP/AVP 31\r\n", SDP_KIND_NONE },
	{ "", SDP_KIND_NONE },
};

START_TEST(kind)
{
	char text[512];
	struct sdp s;

	snprintf(text, sizeof(text), HEAD "%s", kinds[_i].media);
	ck_assert_int_eq(sdp_parse(&s, text, strlen(text)), 0);
	ck_assert_int_eq(sdp_kind(&s), kinds[_i].kind);
	ck_assert_int_eq(sdp_is_data(&s), kinds[_i].kind == SDP_KIND_CLEARMODE ||
			 kinds[_i].kind == SDP_KIND_CLEARMODE_FIRST);
}
END_TEST

/* --- an offer cut down --- */

#define GATEWAY HEAD "m=audio 4000 RTP/AVP 18 0 97 8 13 101\r\na=rtpmap:18 G729/8000\r\n" \
	"a=fmtp:18 annexb=no\r\na=rtpmap:0 PCMU/8000\r\n" CLEAR "a=rtpmap:8 PCMA/8000\r\n" EVENTS \
	"a=x-own:18 kept\r\na=ptime:20\r\n"
#define VIDEO "m=video 4002 RTP/AVP 18 97\r\na=rtpmap:97 H264/90000\r\n"

static const struct {
	enum sdp_wish wish;
	enum sdp_law law;
	const char *in, *out;
	int rc;
} cuts[] = {
	{ SDP_WISH_SPEECH, SDP_LAW_ANY, GATEWAY,
	  HEAD "m=audio 4000 RTP/AVP 0 8 18 13 101\r\na=rtpmap:18 G729/8000\r\n"
	  "a=fmtp:18 annexb=no\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n" EVENTS
	  "a=x-own:18 kept\r\na=ptime:20\r\n" },
	{ SDP_WISH_G711, SDP_LAW_A, GATEWAY,
	  HEAD "m=audio 4000 RTP/AVP 8 0 13 101\r\na=rtpmap:0 PCMU/8000\r\n"
	  "a=rtpmap:8 PCMA/8000\r\n" EVENTS "a=x-own:18 kept\r\na=ptime:20\r\n" },
	{ SDP_WISH_G711, SDP_LAW_MU, A_OFFER, HEAD "m=audio 4000 RTP/AVP 0 8 101\r\n" EVENTS },
	{ SDP_WISH_G711, SDP_LAW_ANY, A_OFFER, NULL },
	{ SDP_WISH_CLEARMODE, SDP_LAW_ANY, GATEWAY,
	  HEAD "m=audio 4000 RTP/AVP 97\r\n" CLEAR "a=x-own:18 kept\r\na=ptime:20\r\n" },
	{ SDP_WISH_CLEARMODE, SDP_LAW_ANY, DATA_OFFER, NULL },
	{ SDP_WISH_CLEARMODE, SDP_LAW_ANY, A_OFFER, NULL, -ENOENT },
	{ SDP_WISH_CLEARMODE_G711, SDP_LAW_MU, GATEWAY,
	  HEAD "m=audio 4000 RTP/AVP 97 0 8 13 101\r\na=rtpmap:0 PCMU/8000\r\n" CLEAR
	  "a=rtpmap:8 PCMA/8000\r\n" EVENTS "a=x-own:18 kept\r\na=ptime:20\r\n" },
	{ SDP_WISH_G711, SDP_LAW_ANY, HEAD "m=audio 4000 RTP/AVP 18\r\n", NULL, -ENOENT },
	{ SDP_WISH_G711, SDP_LAW_ANY, HEAD "m=audio 0 RTP/AVP 18\r\n", NULL },
	/* other media stay, and what is of them */
	{ SDP_WISH_G711, SDP_LAW_ANY, HEAD VIDEO "m=audio 4000 RTP/AVP 18 8\r\n" VIDEO,
	  HEAD VIDEO "m=audio 4000 RTP/AVP 8\r\n" VIDEO },
	{ SDP_WISH_G711, SDP_LAW_ANY, HEAD "m=audio 4000 RTP/AVPF 18 8\na=rtcp-fb:18 nack\n"
	  "a=rtcp-fb:8 nack\na=rtcp-fb:* ack\n", HEAD "m=audio 4000 RTP/AVPF 8\r\n"
	  "a=rtcp-fb:8 nack\r\na=rtcp-fb:* ack\r\n" },
	/* a static number may be given another name */
	{ SDP_WISH_G711, SDP_LAW_ANY, HEAD "m=audio 4000 RTP/AVP 0 96\na=rtpmap:0 opus/48000/2\n"
	  "a=rtpmap:96 PCMA/8000\n", HEAD "m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 PCMA/8000\r\n" },
};

START_TEST(cut)
{
	char buf[1024], tiny[64];
	int rc = sdp_keep(buf, sizeof(buf), cuts[_i].in, cuts[_i].wish, cuts[_i].law);

	if (!cuts[_i].out) {
		ck_assert_int_eq(rc, cuts[_i].rc);
		return;
	}
	ck_assert_int_gt(rc, 0);
	ck_assert_str_eq(buf, cuts[_i].out);
	ck_assert_int_eq(rc, strlen(buf));
	ck_assert_int_eq(sdp_keep(tiny, sizeof(tiny), cuts[_i].in, cuts[_i].wish, cuts[_i].law),
			 -EMSGSIZE);
}
END_TEST

/* --- INVITE -> IAM --- */

static struct map_profile profile(const struct isup_dialect *d, enum map_standard standard)
{
	struct map_profile p;

	map_profile_default(&p);
	p.dialect = d;
	p.standard = standard;
	snprintf(p.country_code, sizeof(p.country_code), "49");
	snprintf(p.host, sizeof(p.host), "peer.example");
	return p;
}

static void override(struct map_profile *p, const char *table, const char *row, const char *value)
{
	const char *why = "";

	ck_assert_msg(map_override_parse(&p->overrides[p->n_overrides++], table, row, value,
					 &why) == 0, "%s %s %s: %s", table, row, value, why);
}

static int invite(struct cc_setup *s, struct isup_msg *isup, bool *has, const char *sdp,
		  const struct map_profile *p)
{
	struct sip_msg inv = {
		.is_request = true, .ruri = "sip:+4930123456@gw.example;user=phone",
		.from = "<sip:+498955500@peer.example>", .to = "<sip:x@gw>", .max_forwards = 70,
		.body = (const uint8_t *)sdp, .body_len = sdp ? strlen(sdp) : 0,
		.content_type = sdp ? "application/sdp" : NULL,
	};

	return map_invite_to_setup(s, isup, has, &inv, p);
}

#define A MAP_PROFILE_A
#define RFC MAP_RFC3398

static const struct {
	const char *sdp;
	enum map_standard standard;
	const struct isup_dialect *dialect;
	const char *row, *value;	/* an override of table bearer */
	const char *want[4];		/* pieces of the IAM; '!': not there */
	int rc;
} iams[] = {
	{ NULL, RFC, &isup_itu, NULL, NULL, { "TMR value=3;", "!USI", "!TMRp" } },
	{ A_OFFER, RFC, &isup_itu, NULL, NULL, { "TMR value=3;", "!USI" } },
	{ A_OFFER, A, &isup_itu, NULL, NULL, { "TMR value=3;", "USI 9090a3", "!USIp" } },
	{ HEAD "m=audio 4000 RTP/AVP 0 8\r\n", A, &isup_itu, NULL, NULL, { "USI 9090a2" } },
	{ HEAD "m=audio 4000 RTP/AVP 18\r\n", A, &isup_itu, NULL, NULL,
	  { "TMR value=3;", "USI 9090a3" } },
	{ A_OFFER, A, &isup_itu, "pcma", "speech", { "TMR value=0;", "USI 8090a3" } },
	{ DATA_OFFER, RFC, &isup_itu, NULL, NULL, { "TMR value=2;", "!USI" } },
	{ DATA_OFFER, MAP_PROFILE_C, &isup_itu, NULL, NULL, { "TMR value=2;", "USI 8890" } },
	{ DATA_OFFER, RFC, &isup_itu, "clearmode", "refuse", { NULL }, -EOPNOTSUPP },
	{ BOTH_OFFER, RFC, &isup_itu, NULL, NULL, { "TMR value=3;", "!TMRp" } },
	{ BOTH_OFFER, RFC, &isup_itu, "clearmode-first", "64k-preferred",
	  { "TMR value=6;", "TMRp value=3", "!USI" } },
	{ BOTH_OFFER, A, &isup_itu, "clearmode-first", "64k-preferred",
	  { "TMR value=6;", "TMRp value=3", "USI 9090a3", "USIp 9190" } },
	{ HEAD "m=audio 4000 RTP/AVP 9\r\nb=AS:64\r\n", A, &isup_itu, NULL, NULL,
	  { "TMR value=2;", "USI 9190" } },
	{ HEAD "m=image 4000 udptl t38\r\n", A, &isup_itu, NULL, NULL,
	  { "TMR value=3;", "USI 9090a3", "UTS 9184" } },
	{ HEAD "m=image 4000 udptl t38\r\n", RFC, &isup_itu, NULL, NULL,
	  { "TMR value=3;", "!UTS" } },
	{ A_OFFER, RFC, &isup_ansi, NULL, NULL, { "USI 9090a2", "!TMR" } },
	{ DATA_OFFER, RFC, &isup_ansi, NULL, NULL, { "USI 8890", "!TMR" } },
	{ BOTH_OFFER, RFC, &isup_ansi, "clearmode-first", "64k-preferred",
	  { "USI 9090a2", "USIp 9190", "!TMR" } },
	{ A_OFFER, RFC, &isup_ansi, "pcma", "speech", { "USI 8090a2" } },
};

static void check_pieces(const struct isup_msg *m, const char *const *want)
{
	char line[2048];

	ck_assert_int_gt(isup_print_line(line, sizeof(line), m), 0);
	for (int i = 0; i < 4 && want[i]; i++) {
		bool not = want[i][0] == '!';

		ck_assert_msg((strstr(line, want[i] + not) != NULL) != not, "%s: %s", want[i],
			      line);
	}
}

START_TEST(to_iam)
{
	struct map_profile sip = profile(&isup_itu, iams[_i].standard);
	struct map_profile isup = profile(iams[_i].dialect, iams[_i].standard);
	struct isup_msg none, iam;
	struct cc_setup s;
	bool has;

	if (iams[_i].row)
		override(&sip, "bearer", iams[_i].row, iams[_i].value);
	ck_assert_int_eq(invite(&s, &none, &has, iams[_i].sdp, &sip), 0);
	ck_assert(!has);
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &isup), iams[_i].rc);
	if (!iams[_i].rc)
		check_pieces(&iam, iams[_i].want);
}
END_TEST

/* The ISUP trunk group's own medium, where the offer does not say; no echo control for data. */
START_TEST(provisioned)
{
	struct map_profile sip = profile(&isup_itu, RFC), isup = sip;
	struct isup_msg none, iam;
	struct isup_nci nci;
	struct cc_setup s;
	bool has;

	isup.tmr = 0;
	isup.nci_echo = 1;
	invite(&s, &none, &has, A_OFFER, &sip);
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &isup), 0);
	check_pieces(&iam, (const char *[4]){ "TMR value=0;", "echo=1" });
	invite(&s, &none, &has, DATA_OFFER, &sip);
	ck_assert_int_eq(map_setup_to_iam(&iam, &s, NULL, &isup), 0);
	ck_assert(isup_get(&iam, ISUP_P_NCI, &nci) && !nci.echo);
}
END_TEST

/* --- media of IAMs --- */

static const struct { const char *pars; uint8_t tmr, prime, cause; } said[] = {
	{ "USI 8090a2", 0, 3, 0 }, { "USI 9090a2", 3, 3, 0 }, { "USI 8890", 2, 3, 0 },
	{ "USI 8990", 2, 3, 0 }, { "USI 9190", 2, 3, 0 }, { "USI 9890", 2, 3, 0 },
	{ "USI 8891", 7, 3, 65 }, { "USI 8893", 8, 3, 65 }, { "USI 8895", 9, 3, 65 },
	{ "USI 8897", 10, 3, 65 }, { "USI 881883", 16, 3, 65 }, { "USI 881882", 7, 3, 65 },
	{ "USI 881885", 18, 3, 65 }, { "USI 881886", 8, 3, 65 }, { "USI 881887", 20, 3, 65 },
	{ "USI 881897", 36, 3, 65 }, { "USI 881898", 9, 3, 65 }, { "USI 881899", 38, 3, 65 },
	{ "USI 88189d", 42, 3, 65 }, { "USI 88189e", 10, 3, 65 }, { "USI 88189f", 1, 3, 65 },
	{ "USI 881880", 1, 3, 65 }, { "USI 88c0", 1, 3, 65 },	/* packet mode */
	{ "USI 8590", 3, 3, 0 },	/* not known: the trunk group's own */
	{ "USI e890", 3, 3, 0 },	/* another coding standard */
	{ "USI 9090a2; USIp 9190", 6, 3, 0 }, { "USI 8090a2; USIp 8890", 6, 0, 0 },
	{ "USI 9090a2; USIp 8090a2", 3, 3, 0 }, { "USI 8890; USIp 9190", 2, 3, 0 },
};

START_TEST(from_ansi)
{
	struct map_profile p = profile(&isup_ansi, RFC);
	const char *why;
	char text[256];
	struct isup_msg iam;
	struct cc_setup s;
	int line;

	snprintf(text, sizeof(text), "IAM; NCI; FCI; CPC value=10; CdPN nai=3 npi=1 2125551234; %s",
		 said[_i].pars);
	ck_assert_msg(isup_parse(&iam, &isup_ansi, text, &why, &line) == 0, "%s", why);
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &p), said[_i].cause);
	ck_assert_uint_eq(s.tmr, said[_i].tmr);
	ck_assert_uint_eq(s.bearer.prime, said[_i].prime);
	ck_assert(s.bearer.circuit || said[_i].cause);
}
END_TEST

static void iam_of(struct isup_msg *iam, unsigned int tmr, const char *more)
{
	const char *why;
	char text[256];
	int line;

	snprintf(text, sizeof(text), "IAM; NCI; FCI; CPC value=10; TMR value=%u; "
		 "CdPN nai=3 npi=1 30123456%s", tmr, more);
	ck_assert_int_eq(isup_parse(iam, &isup_itu, text, &why, &line), 0);
}

/* All 256: said in an offer, or refused with a cause of the bearer. */
START_TEST(all_media)
{
	struct map_profile p = profile(&isup_itu, RFC);
	struct isup_msg iam;
	struct cc_setup s;

	for (unsigned int tmr = 0; tmr < 256; tmr++) {
		bool good = tmr == 0 || tmr == 2 || tmr == 3 || tmr == 6;

		iam_of(&iam, tmr, "");
		ck_assert_msg(map_iam_to_setup(&s, &iam, &p) == (good ? 0 : 65), "%u", tmr);
		ck_assert_uint_eq(s.tmr, tmr);
	}
	override(&p, "medium", "64k", "refuse-57");
	override(&p, "medium", "384k", "refuse-58");
	override(&p, "medium", "42", "refuse-79");
	override(&p, "medium", "speech", "refuse-88");
	ck_assert_uint_eq(map_medium_cause(2, &p), 57);
	ck_assert_uint_eq(map_medium_cause(8, &p), 58);
	ck_assert_uint_eq(map_medium_cause(42, &p), 79);
	ck_assert_uint_eq(map_medium_cause(0, &p), 88);
	ck_assert_uint_eq(map_medium_cause(3, &p), 0);
}
END_TEST

/* From ITU to ANSI and back the medium stays, and what was said of it as far as it can be. */
static const struct { unsigned int tmr; const char *more, *ansi[4], *itu[4]; } transits[] = {
	{ 3, "; USI 9090a3", { "USI 9090a3", "!TMR" }, { "TMR value=3", "USI 9090a3" } },
	{ 0, "; USI 9090a3", { "USI 9090a3", "!TMR" }, { "TMR value=3", "USI 9090a3" } },
	{ 3, "", { "USI 9090a2" }, { "TMR value=3", "USI 9090a2" } },
	{ 2, "; USI 8890", { "USI 8890" }, { "TMR value=2", "USI 8890" } },
	{ 2, "; USI 9090a3", { "USI 8890" }, { "TMR value=2" } },
	{ 6, "; TMRp value=0", { "USI 8090a2", "USIp 9190" },
	  { "TMR value=6", "TMRp value=0", "USI 8090a2", "USIp 9190" } },
};

START_TEST(transit)
{
	struct map_profile itu = profile(&isup_itu, RFC), ansi = profile(&isup_ansi, RFC);
	struct isup_msg first, second, third;
	struct cc_setup s;

	iam_of(&first, transits[_i].tmr, transits[_i].more);
	ck_assert_uint_eq(map_iam_to_setup(&s, &first, &itu), 0);
	ck_assert_int_eq(map_setup_to_iam(&second, &s, &first, &ansi), 0);
	check_pieces(&second, transits[_i].ansi);
	ck_assert_uint_eq(map_iam_to_setup(&s, &second, &ansi), 0);
	ck_assert_int_eq(map_setup_to_iam(&third, &s, &second, &itu), 0);
	check_pieces(&third, transits[_i].itu);
}
END_TEST

/* --- IAM -> INVITE --- */

static const struct {
	unsigned int tmr;
	const char *more, *sdp;
	const char *row, *value;	/* an override of table medium */
	const char *want;		/* the m= line; NULL: rc */
	int rc;
} offers[] = {
	{ 0, "", GATEWAY, NULL, NULL, "RTP/AVP 0 8 18 13 101\r\n" },
	{ 3, "", GATEWAY, NULL, NULL, "RTP/AVP 0 8 13 101\r\n" },
	{ 3, "; USI 9090a3", GATEWAY, NULL, NULL, "RTP/AVP 8 0 13 101\r\n" },
	{ 3, "; USI 9090a2", A_OFFER, NULL, NULL, "RTP/AVP 0 8 101\r\n" },
	{ 3, "", HEAD "m=audio 4000 RTP/AVP 18\r\n", NULL, NULL, "RTP/AVP 18\r\n" },
	{ 3, "", GATEWAY, "audio", "all", "RTP/AVP 18 0 97 8 13 101\r\n" },
	{ 2, "", GATEWAY, NULL, NULL, "RTP/AVP 97\r\n" },
	{ 2, "", A_OFFER, NULL, NULL, NULL, -EOPNOTSUPP },
	{ 2, "", GATEWAY, "64k", "refuse-58", NULL, -EOPNOTSUPP },
	{ 6, "; TMRp value=3", GATEWAY, NULL, NULL, "RTP/AVP 97 0 8 13 101\r\n" },
	{ 6, "; TMRp value=3", A_OFFER, NULL, NULL, "RTP/AVP 8 0 101\r\n" },
	{ 2, "", NULL, NULL, NULL, NULL, 0 },
};

START_TEST(to_offer)
{
	static struct sip_out out;
	struct map_profile isup = profile(&isup_itu, RFC), sip = isup;
	struct isup_msg iam;
	struct cc_setup s;

	if (offers[_i].row)
		override(&sip, "medium", offers[_i].row, offers[_i].value);
	iam_of(&iam, offers[_i].tmr, offers[_i].more);
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &isup), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, &iam, offers[_i].sdp, &sip), offers[_i].rc);
	if (offers[_i].want)
		ck_assert_ptr_nonnull(memmem(out.body, out.body_len, offers[_i].want,
					     strlen(offers[_i].want)));
	/* an offer of SIP is nobody's to cut down */
	s.bearer.circuit = false;
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, offers[_i].sdp, &sip), 0);
	ck_assert_uint_eq(out.body_len, offers[_i].sdp ? strlen(offers[_i].sdp) : 0);
}
END_TEST

/* --- answers --- */

START_TEST(fallback)
{
	struct isup_octet used;
	struct isup_msg m;

	isup_init(&m, &isup_itu, ISUP_MT_ANM, 0);
	map_tell_fallback(&m, 0, DATA_OFFER);
	ck_assert(!isup_has(&m, ISUP_P_TM_USED) && !map_fell_back(&m));
	map_tell_fallback(&m, 0, A_OFFER);
	ck_assert(isup_get(&m, ISUP_P_TM_USED, &used) && used.value == 0 && map_fell_back(&m));
	used.value = 2;
	isup_set(&m, ISUP_P_TM_USED, &used);
	ck_assert(!map_fell_back(&m));
	ck_assert(map_answer_fits(A_OFFER, 3) && map_answer_fits(DATA_OFFER, 2));
	ck_assert(map_answer_fits(A_OFFER, 6) && !map_answer_fits(A_OFFER, 2));
	ck_assert(!map_answer_fits("rubbish", 2));
}
END_TEST

START_TEST(data_backward)
{
	const char *why;
	struct isup_msg m;
	int line;

	isup_parse(&m, &isup_itu, "ACM; BCI charge=2 echo=1; OBCI in_band=1 diversion=1", &why,
		   &line);
	map_tell_data(&m);
	check_pieces(&m, (const char *[4]){ "charge=2", "echo=0", "in_band=0", "diversion=1" });
}
END_TEST

/* --- what is refused --- */

static const struct {
	uint8_t cause;
	const char *status;	/* the trunk group has it so */
	int want;
	bool warns;
	uint8_t back;
} ends[] = {
	{ 65, NULL, 488, true, 65 }, { 79, NULL, 501, false, 79 }, { 88, NULL, 503, false, 41 },
	{ 57, NULL, 403, false, 21 }, { 58, NULL, 503, false, 41 }, { 58, "488", 488, true, 65 },
	{ 57, "606", 606, true, 65 }, { 70, NULL, 488, true, 65 }, { 17, "488", 488, false, 31 },
};

START_TEST(refusals)
{
	static struct sip_out out;
	struct map_profile p = profile(&isup_itu, RFC);
	struct cc_release r = { .cause = { .value = ends[_i].cause, .location = 2 } }, back;
	struct sip_msg rsp = { .method = SIP_INVITE, .retry_after = -1 };
	struct isup_msg isup;
	char number[8];
	bool has;

	snprintf(p.local_host, sizeof(p.local_host), "gw.example");
	snprintf(number, sizeof(number), "%u", ends[_i].cause);
	if (ends[_i].status)
		override(&p, "cause", number, ends[_i].status);
	ck_assert_int_eq(map_release_to_response(&out, &r, NULL, false, &p), ends[_i].want);
	ck_assert_str_eq(out.headers, ends[_i].warns ?
			 "Warning: 304 gw.example \"Media type not available\"\r\n" : "");
	rsp.status = ends[_i].want;
	rsp.warning = ends[_i].warns ? "304 gw.example \"Media type not available\"" : NULL;
	map_failure_to_release(&back, &isup, &has, rsp.status, &rsp, &p);
	ck_assert_uint_eq(back.cause.value, ends[_i].back);
	override(&p, "header", "warning", "off");
	map_release_to_response(&out, &r, NULL, false, &p);
	ck_assert_str_eq(out.headers, "");
	map_failure_to_release(&back, &isup, &has, rsp.status, &rsp, &p);
	if (ends[_i].warns)
		ck_assert_uint_eq(back.cause.value, 31);
}
END_TEST

START_TEST(refused_invite)
{
	static struct sip_out out;
	struct map_profile p = profile(&isup_itu, RFC);

	map_invite_refused(&out, 488, &p);
	ck_assert_str_eq(out.headers, "Warning: 305 tollgate \"Incompatible media format\"\r\n");
	map_invite_refused(&out, 404, &p);
	ck_assert_str_eq(out.headers, "");
}
END_TEST

#define LOOP(test, rows) tcase_add_loop_test(tc, test, 0, sizeof(rows) / sizeof((rows)[0]))

int main(void)
{
	Suite *s = suite_create("map_bearer");
	TCase *tc = tcase_create("map_bearer");

	LOOP(kind, kinds);
	LOOP(cut, cuts);
	LOOP(to_iam, iams);
	tcase_add_test(tc, provisioned);
	LOOP(from_ansi, said);
	tcase_add_test(tc, all_media);
	LOOP(transit, transits);
	LOOP(to_offer, offers);
	tcase_add_test(tc, fallback);
	tcase_add_test(tc, data_backward);
	LOOP(refusals, ends);
	tcase_add_test(tc, refused_invite);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
