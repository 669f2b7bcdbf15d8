/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ISUP in bodies: where each message may ride, what is made where none is at hand, which counts
 * where headers say the same, what an untrusted peer is believed, and what becomes of bodies that
 * cannot be used. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map_tunnel.h"
#include "isup/compat.h"
#include "isup/dialect.h"
#include "tests/suite.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static struct map_profile profile(enum map_isup_body body)
{
	struct map_profile p;

	map_profile_default(&p);
	strcpy(p.country_code, "49");
	strcpy(p.host, "peer.example");
	strcpy(p.local_host, "gw.example");
	p.isup_body = body;
	p.standard = body == MAP_ISUP_SIP_I ? MAP_PROFILE_C : MAP_RFC3398;
	return p;
}

static void parse(struct isup_msg *m, const struct isup_dialect *d, const char *text)
{
	const char *why = "";
	int line;

	ck_assert_msg(isup_parse(m, d, text, &why, &line) == 0, "%s: %s", text, why);
}

/* The ISUP message that stands in a message of ours; false: none. */
static bool body_of(struct isup_msg *m, const struct sip_out *out, const struct isup_dialect *d)
{
	const struct sipt_part *part;
	struct sipt_body b;

	ck_assert_int_eq(sipt_parse(&b, out->content_type, out->body, out->body_len), 0);
	part = sipt_find(&b, "application/isup", NULL);
	if (part)
		ck_assert_int_eq(isup_decode_body_unknown(m, d, part->octets, part->len, NULL), 0);
	return part != NULL;
}

/* --- the tables --- */

/* Every message of every dialect has its row; what the tables call it is its name. */
START_TEST(every_message)
{
	const struct map_table *t = map_table(MAP_T_BODY);
	const struct isup_dialect *d = NULL;
	unsigned int i, known = 0;

	while ((d = isup_dialect_next(d))) {
		for (int type = 0; type < 256; type++) {
			bool found = false;

			if (!isup_mt_row(d, type))
				continue;
			for (i = 0; i < t->n_rows; i++)
				found = found || (t->rows[i].key == type &&
						  !strcmp(t->rows[i].token, isup_mt_name(d, type)));
			ck_assert_msg(found, "%s %s", d->name, isup_mt_name(d, type));
			known++;
		}
	}
	ck_assert_uint_gt(known, 200);
	t = map_table(MAP_T_TRUST);
	for (i = 0; i < t->n_rows; i++) {
		const char *token = t->rows[i].token;
		int code = -ENOENT;

		for (d = NULL; code < 0 && (d = isup_dialect_next(d));)
			code = t->rows[i].key < 256 ? isup_mt_find(d, token)
						    : isup_par_find(d, token);
		code += code >= 0 && t->rows[i].key >= 256 ? 256 : 0;
		ck_assert_msg(code == t->rows[i].key, "%s", token);
	}
}
END_TEST

static const struct {
	const char *isup;
	struct sip_msg in;
	bool fits;
} places[] = {
	{ "IAM", { .method = SIP_INVITE }, true }, { "IAM", { .method = SIP_BYE }, false },
	{ "IAM", { .method = SIP_INFO }, false }, { "IAM", { .status = 200 }, false },
	{ "SAM", { .method = SIP_INVITE }, true }, { "SAM", { .method = SIP_INFO }, true },
	{ "ACM", { .status = 180 }, true }, { "ACM", { .status = 183 }, true },
	{ "ACM", { .status = 200 }, false }, { "ACM", { .method = SIP_INFO }, false },
	{ "CPG", { .status = 183 }, true }, { "CPG", { .method = SIP_INFO }, true },
	{ "CPG", { .method = SIP_UPDATE }, true }, { "CPG", { .status = 200 }, false },
	{ "ANM", { .status = 200 }, true }, { "CON", { .status = 200 }, true },
	{ "ANM", { .status = 183 }, false }, { "CON", { .status = 486 }, false },
	{ "REL", { .status = 486 }, true }, { "REL", { .status = 301 }, true },
	{ "REL", { .method = SIP_BYE }, true }, { "REL", { .method = SIP_INFO }, false },
	{ "REL", { .status = 200 }, false }, { "RLC", { .status = 200 }, false },
	{ "RLC", { .method = SIP_BYE }, false }, { "FAC", { .method = SIP_INFO }, true },
	{ "FAC", { .status = 183 }, true }, { "FAC", { .status = 200 }, false },
	{ "FAC", { .method = SIP_INVITE }, true }, { "SUS", { .method = SIP_INFO }, true },
	{ "BLO", { .method = SIP_INFO }, false }, { "RSC", { .method = SIP_BYE }, false },
	{ "COT", { .method = SIP_INFO }, false }, { "0xf8", { .method = SIP_INFO }, true },
	{ "0xf8", { .status = 200 }, false },
};

START_TEST(fits)
{
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct isup_msg m;

	parse(&m, &isup_itu, places[_i].isup);
	ck_assert_msg(map_place_fits(&p, &m, &places[_i].in) == places[_i].fits, "%s in %d/%d",
		      places[_i].isup, places[_i].in.method, places[_i].in.status);
}
END_TEST

/* --- made where none is at hand --- */

static const struct {
	const char *what;
	struct cc_prim prim;
	enum map_with_isup with;
	const struct isup_dialect *dialect;
	const char *isup;		/* NULL: none */
	const char *field;
} made[] = {
	{ "ringing", { .type = CC_ALERT }, MAP_WITH_ISUP, &isup_itu, "ACM", "called_status=1" },
	{ "ringing later", { .type = CC_ALERT }, MAP_WITH_ISUP_PROGRESSED, &isup_itu, "CPG",
	  "event=1" },
	{ "progress", { .type = CC_PROGRESS }, MAP_WITH_ISUP, &isup_etsi, "ACM",
	  "called_status=0" },
	{ "answer", { .type = CC_CONNECT }, MAP_WITH_ISUP, &isup_itu, "CON", "BCI" },
	{ "answer later", { .type = CC_CONNECT }, MAP_WITH_ISUP_PROGRESSED, &isup_itu, "ANM", "" },
	{ "no CON in ANSI", { .type = CC_CONNECT }, MAP_WITH_ISUP, &isup_ansi, "ANM", "" },
	{ "no part in it", { .type = CC_CONNECT }, MAP_WITHOUT_ISUP, &isup_itu, NULL, "" },
};

START_TEST(responses)
{
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct isup_msg m;
	struct sip_out out;
	char text[2048];

	p.dialect = made[_i].dialect;
	ck_assert_int_gt(map_prim_to_response(&out, &made[_i].prim, NULL, made[_i].with, &p), 0);
	ck_assert_msg(body_of(&m, &out, p.dialect) == (made[_i].isup != NULL), "%s",
		      made[_i].what);
	if (!made[_i].isup)
		return;
	ck_assert_str_eq(isup_mt_name(p.dialect, m.type), made[_i].isup);
	isup_print_line(text, sizeof(text), &m);
	ck_assert_msg(strstr(text, made[_i].field), "%s: %s", made[_i].what, text);
	ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "isup", "make-response",
					    "no", &(const char *){ NULL }), 0);
	map_prim_to_response(&out, &made[_i].prim, NULL, made[_i].with, &p);
	ck_assert(!body_of(&m, &out, p.dialect));
}
END_TEST

/* What rode along goes on as it came, in another dialect as far as that can say it. */
START_TEST(carried)
{
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct cc_prim prim = { .type = CC_CONNECT };
	struct isup_msg con, m;
	struct sip_out out;

	parse(&con, &isup_itu, "CON; BCI charge=2 called_status=1; UUI 0401");
	prim.isup = &con;
	map_prim_to_response(&out, &prim, NULL, MAP_WITH_ISUP_PROGRESSED, &p);
	ck_assert(body_of(&m, &out, &isup_itu) && m.type == ISUP_MT_CON);
	ck_assert_uint_eq(map_body_lost(&con, &p), 0);
	p.dialect = &isup_ansi;
	map_prim_to_response(&out, &prim, NULL, MAP_WITH_ISUP, &p);
	ck_assert(body_of(&m, &out, &isup_ansi) && m.type == ISUP_MT_ANM);
	ck_assert(isup_has(&m, ISUP_P_UUI));
	/* an INFO cannot be made of what ANSI does not have at all */
	ck_assert_uint_eq(map_body_lost(&con, &p), con.n_pars + 1);
	prim.type = CC_INFO;
	ck_assert_int_eq(map_prim_to_info(&out, &prim, &p), -ENOMSG);
}
END_TEST

/* An IAM for a call that came without one: SIP-I has it always, SIP-T by its rule. */
START_TEST(iam_made)
{
	struct cc_setup s = { .complete = true, .has_calling = true, .country_code = "49",
			      .called = { .nai = 3, .npi = 1, .digits = "30123" },
			      .calling = { .nai = 3, .npi = 1, .si = 3, .digits = "8955" } };
	struct map_profile p = profile(MAP_ISUP_SIP_I);
	struct isup_msg m;
	struct sip_out out;

	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, "v=0\r\n", &p), 0);
	ck_assert(body_of(&m, &out, &isup_itu) && m.type == ISUP_MT_IAM);
	ck_assert(isup_has(&m, ISUP_P_CALLED) && isup_has(&m, ISUP_P_CALLING));
	p = profile(MAP_ISUP_SIP_T);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, "v=0\r\n", &p), 0);
	ck_assert(!body_of(&m, &out, &isup_itu));
	p = profile(MAP_ISUP_SIP_I);
	p.dialect = &isup_ansi;		/* its IAM wants the user service information */
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert(body_of(&m, &out, &isup_ansi) && isup_has(&m, ISUP_P_USI));
	/* a name is no number: no IAM can say it, the call goes on */
	s.called.digits[0] = '\0';
	strcpy(s.called_user, "info");
	ck_assert_int_eq(map_setup_to_invite(&out, &s, NULL, NULL, &p), 0);
	ck_assert_uint_eq(out.body_len, 0);
}
END_TEST

/* The IAM that came goes on octet by octet, but for continuity and the hop counter; ST and the
 * filler of the number stay. */
START_TEST(iam_carried)
{
	static const uint8_t octets[] = {
		0x01, 0x14, 0x20, 0x01, 0x0a, 0x00, 0x02, 0x06, 0x04, 0x83, 0x10, 0x03, 0xf1,
		0x0a, 0x05, 0x83, 0x13, 0x98, 0x55, 0xf1, 0x3d, 0x01, 0x05, 0xfe, 0x01, 0x07, 0x00
	};
	struct map_profile p = profile(MAP_ISUP_SIP_T), isup = profile(MAP_ISUP_NONE);
	uint8_t want[sizeof(octets)];
	const struct sipt_part *part;
	struct sipt_body b;
	struct isup_msg iam;
	struct cc_setup s;
	struct sip_out out;

	ck_assert_int_eq(isup_decode_body(&iam, &isup_itu, octets, sizeof(octets), NULL), 0);
	ck_assert_uint_eq(map_iam_to_setup(&s, &iam, &isup), 0);
	ck_assert_int_eq(map_setup_to_invite(&out, &s, &iam, "v=0\r\n", &p), 0);
	ck_assert_int_eq(sipt_parse(&b, out.content_type, out.body, out.body_len), 0);
	part = sipt_find(&b, "application/isup", NULL);
	memcpy(want, octets, sizeof(want));
	want[1] = 0x10;			/* continuity */
	want[22] = 0x04;		/* hops */
	ck_assert_uint_eq(part->len, sizeof(want));
	ck_assert_mem_eq(part->octets, want, sizeof(want));
}
END_TEST

/* --- headers and body --- */

#define IAM_TEXT \
	"IAM; NCI satellite=1; FCI isup_all_the_way=1; CPC value=11; TMR value=2; " \
	"CdPN nai=3 npi=1 inn=0 30123F; CgPN nai=3 npi=1 inn=1 apri=%u si=1 8955; HOP value=9"

static int setup_from(struct cc_setup *s, const struct sip_msg *headers, unsigned int apri,
		      const struct map_profile *p)
{
	static struct sip_out out;
	struct sip_msg inv = *headers;
	struct isup_msg iam, isup;
	char text[512];
	bool has;
	int status;

	snprintf(text, sizeof(text), IAM_TEXT, apri);
	parse(&iam, &isup_itu, text);
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, p), 0);
	inv.method = SIP_INVITE;
	inv.content_type = out.content_type;
	inv.body = out.body;
	inv.body_len = out.body_len;
	status = map_invite_to_setup(s, &isup, &has, &inv, p);
	ck_assert(has);
	return status;
}

START_TEST(precedence)
{
	struct sip_msg inv = { .ruri = "sip:+4930123@gw;user=phone",
			       .from = "<sip:+498955@x;user=phone>",
			       .to = "<sip:x>", .max_forwards = 70, .retry_after = -1 };
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	const char *why;
	struct cc_setup s;

	/* the same numbers: what only ISUP can say of them is kept */
	ck_assert_int_eq(setup_from(&s, &inv, 0, &p), 0);
	ck_assert_str_eq(s.called.digits, "30123");
	ck_assert_uint_eq(s.called.inn, 0);
	ck_assert_uint_eq(s.calling.si, 1);
	ck_assert_uint_eq(s.calling.inn, 1);
	ck_assert_uint_eq(s.calling.apri, 0);
	ck_assert_uint_eq(s.category, 11);
	ck_assert_uint_eq(s.hops, 9);
	/* hidden by either is hidden */
	ck_assert_int_eq(setup_from(&s, &inv, 1, &p), 0);
	ck_assert_uint_eq(s.calling.apri, 1);
	inv.privacy = "id";
	ck_assert_int_eq(setup_from(&s, &inv, 0, &p), 0);
	ck_assert_uint_eq(s.calling.apri, 1);
	/* other numbers: the headers' */
	inv.privacy = NULL;
	inv.ruri = "sip:+4930999@gw";
	inv.from = "<sip:+4940777@x;user=phone>";
	ck_assert_int_eq(setup_from(&s, &inv, 0, &p), 0);
	ck_assert_str_eq(s.called.digits, "30999");
	ck_assert_str_eq(s.calling.digits, "40777");
	ck_assert_uint_eq(s.calling.si, 3);
	/* unless the trunk group says otherwise */
	ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "precedence", "called",
					    "body", &why), 0);
	ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "precedence", "calling",
					    "body", &why), 0);
	ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "precedence", "hops",
					    "headers", &why), 0);
	inv.privacy = "id";
	ck_assert_int_eq(setup_from(&s, &inv, 0, &p), 0);
	ck_assert_str_eq(s.called.digits, "30123");
	ck_assert_str_eq(s.calling.digits, "8955");
	ck_assert_uint_eq(s.calling.apri, 1);
	ck_assert_uint_eq(s.hops, 0);
}
END_TEST

/* A cpc parameter and a description of 64 kbit/s: SIP-I takes category and medium of the body. */
START_TEST(precedence_sip_i)
{
	struct sip_msg inv = { .ruri = "sip:+4930123@gw;user=phone",
			       .from = "<sip:+498955;cpc=payphone@x;user=phone>",
			       .to = "<sip:x>", .max_forwards = 70, .retry_after = -1 };
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct cc_setup s;

	p.trust_pai = true;
	ck_assert_int_eq(setup_from(&s, &inv, 0, &p), 0);
	ck_assert_uint_eq(s.category, 15);
	p.standard = MAP_PROFILE_C;
	ck_assert_int_eq(setup_from(&s, &inv, 0, &p), 0);
	ck_assert_uint_eq(s.category, 11);
	ck_assert_uint_eq(s.tmr, 2);
}
END_TEST

START_TEST(precedence_cause)
{
	static const uint8_t rel[] = { 0x0c, 0x02, 0x00, 0x02, 0x84, 0x95 };	/* 21 */
	struct sip_msg msg = { .content_type = "application/ISUP;version=itu-t92+", .body = rel,
			       .body_len = sizeof(rel), .reason = "Q.850;cause=17" };
	struct map_profile p = profile(MAP_ISUP_SIP_T), c = profile(MAP_ISUP_SIP_I);
	struct cc_release r;
	struct isup_msg isup;
	bool has;

	msg.method = SIP_BYE;
	map_bye_to_release(&r, &isup, &has, &msg, &p);
	ck_assert_uint_eq(r.cause.value, 17);
	map_bye_to_release(&r, &isup, &has, &msg, &c);
	ck_assert_uint_eq(r.cause.value, 21);
	msg.status = 486;
	map_failure_to_release(&r, &isup, &has, 486, &msg, &p);
	ck_assert_uint_eq(r.cause.value, 21);
	ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "precedence",
					    "cause-response", "headers", &(const char *){ NULL }),
			 0);
	map_failure_to_release(&r, &isup, &has, 486, &msg, &p);
	ck_assert_uint_eq(r.cause.value, 17);
}
END_TEST

/* --- what is not known --- */

static const struct {
	const char *isup;
	bool told, confused;
	enum cc_type type;
} unknown[] = {
	{ "0xf8; MCI end_node=0 discard=0 pass_on=0; 0xfe 01", true, false, CC_INFO },
	{ "0xf8; MCI end_node=0 notify=1 pass_on=0", true, false, CC_INFO },	/* not ours */
	{ "0xf8; MCI end_node=1 notify=1 pass_on=0", true, true, CC_INFO },
	{ "0xf8; MCI end_node=1 discard=1 pass_on=0", false, false, 0 },
	{ "0xf8; MCI end_node=1 discard=1 notify=1 pass_on=0", false, true, 0 },
	{ "0xf8; MCI end_node=1 release=1 notify=1 pass_on=0", true, false, CC_RELEASE },
	{ "0xf8", false, true, 0 },		/* without instructions */
	{ "FOT", true, false, CC_INFO },	/* no unknown one */
};

START_TEST(unknown_messages)
{
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct isup_msg m, isup;
	struct sip_msg info = { .method = SIP_INFO };
	uint8_t octets[100];
	struct sip_out out;
	struct cc_prim prim = { .type = CC_INFO, .isup = &m };
	ssize_t n;

	parse(&m, &isup_itu, unknown[_i].isup);
	n = isup_encode_body_unknown(octets, sizeof(octets), &m);
	ck_assert_int_eq(map_prim_to_info(&out, &prim, &p), 0);
	ck_assert_uint_eq(out.body_len, n);
	ck_assert_mem_eq(out.body, octets, n);
	info.content_type = out.content_type;
	info.body = out.body;
	info.body_len = out.body_len;
	ck_assert_int_eq(map_info_to_prim(&prim, &isup, &info, &p), unknown[_i].told);
	if (unknown[_i].told)
		ck_assert_int_eq(prim.type, unknown[_i].type);
	ck_assert_int_eq(map_info_to_confusion(&isup, &info, &p), unknown[_i].confused);
	if (unknown[_i].confused) {
		struct isup_cause cause;

		ck_assert_uint_eq(isup.type, ISUP_MT_CFN);
		ck_assert(isup_get(&isup, ISUP_P_CAUSE, &cause));
		ck_assert_uint_eq(cause.value, 97);
		ck_assert_uint_eq(cause.n_diag, 1);
		ck_assert_uint_eq(cause.diag[0], 0xf8);
	}
	/* a dialect that knows such a type as something else is not given it */
	m.type = ISUP_MT_CCL;
	prim = (struct cc_prim){ .type = CC_INFO, .isup = &m };
	p.dialect = &isup_russia;
	ck_assert_int_eq(map_prim_to_info(&out, &prim, &p), -ENOMSG);
}
END_TEST

/* --- bodies that are of no use --- */

#define ISUP_TYPE "application/ISUP;version=itu-t92+"
#define MULTI "multipart/mixed;boundary=b"
#define PART(type, disposition) "--b\r\nContent-Type: " type "\r\n" disposition "\r\n"
#define OPTIONAL "Content-Disposition: signal;handling=optional\r\n"
#define USR "\x2d\x02\x00\x02\x04\x01"
#define B(text) (const uint8_t *)(text), sizeof(text) - 1

static const struct {
	const char *type;
	const uint8_t *body;
	size_t len;
	int rc;
	const char *why;		/* NULL: nothing is unused */
	bool required;
} bodies[] = {
	{ ISUP_TYPE, B(USR), 1, NULL, false },
	{ "application/isup;VERSION=\"ITU-T92+\"", B(USR), 1, NULL, false },
	{ "application/sdp", B("v=0\r\n"), 0, NULL, false },
	/* the message itself */
	{ ISUP_TYPE, B("\x2d"), -EPROTONOSUPPORT, "pointer missing", true },
	{ ISUP_TYPE, B("\x2d\x09\x20\x02"), -EPROTONOSUPPORT, "pointer beyond the message", true },
	{ ISUP_TYPE, B("\x0c\x02\x00\x02\x84\x91"), 0, "it does not belong in this message",
	  false },
	{ ISUP_TYPE, B("\xf8\x05\x01\x02"), -EPROTONOSUPPORT, "pointer beyond the message", true },
	{ ISUP_TYPE, B("\xf8\x00"), 1, NULL, false },
	/* its version */
	{ "application/ISUP;version=X-moon", B(USR), -EPROTONOSUPPORT,
	  "its version is not known", true },
	{ "application/ISUP;version=X-moon;base=etsi356", B(USR), 1, NULL, false },
	{ "application/ISUP;version=ansi00", B("\x33\x00"), 1, NULL, false },
	/* multipart */
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL) USR "\r\n--b--"), 1, NULL, false },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL) "\r\n--b--"), 0, "no message type", false },
	{ MULTI, B(PART(ISUP_TYPE, "") "\r\n--b--"), -EPROTONOSUPPORT, "no message type", true },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL) USR "\r\n--c--"), 0,
	  "the body cannot be taken apart", false },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL) USR), 0, "the body cannot be taken apart", false },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL) "\x2d\r\n" PART(ISUP_TYPE, "") USR "\r\n--b--"), 1,
	  "pointer missing", false },
	{ MULTI, B(PART(ISUP_TYPE, "") USR "\r\n" PART(ISUP_TYPE, "") USR "\r\n--b--"), 1,
	  "only one ISUP message is taken", true },
	{ MULTI, B(PART(ISUP_TYPE, "Content-Transfer-Encoding: base64\r\n")
		   "LQEgAgQBAA==\r\n--b--"),
	  -EPROTONOSUPPORT, "it is not binary", true },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL "Content-Transfer-Encoding: base64\r\n")
		   "LQEgAgQBAA==\r\n--b--"), 0, "it is not binary", false },
	/* nested, and octets that look like a delimiter */
	{ MULTI, B("--b\r\nc: multipart/mixed;boundary=i\r\n\r\n--i\r\nc: " ISUP_TYPE "\r\n\r\n"
		   USR "\r\n--i--\r\n--b--"), 1, NULL, false },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL) "\x2d\x02\0\x07\x04\r\n--bx\r\n--b--"), 1, NULL,
	  false },
	{ MULTI, B(PART(ISUP_TYPE, OPTIONAL "l: 12\r\n")
		   "\x2d\x02\0\x08\x04\r\n--b\r\n\r\n--b--"), 1, NULL, false },
};

START_TEST(of_no_use)
{
	struct sip_msg msg = { .method = SIP_INFO, .content_type = bodies[_i].type,
			       .body = bodies[_i].body, .body_len = bodies[_i].len };
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct map_body_note note;
	struct isup_msg isup;

	ck_assert_msg(map_body_isup(&isup, &msg, &p) == bodies[_i].rc, "row %d", _i);
	ck_assert_msg(map_body_unused(&note, &msg, &p) == (bodies[_i].why != NULL), "row %d: %s",
		      _i, note.why);
	if (bodies[_i].why) {
		ck_assert_str_eq(note.why, bodies[_i].why);
		ck_assert_msg(note.required == bodies[_i].required, "row %d", _i);
	}
}
END_TEST

/* The sample of RFC 3204 is not consistent: refused or passed over, never more. */
START_TEST(rfc3204_sample)
{
	static const uint8_t octets[] = {
		0x01, 0x00, 0x49, 0x00, 0x00, 0x03, 0x02, 0x00, 0x07, 0x04, 0x10, 0x00, 0x33, 0x63,
		0x21, 0x43, 0x00, 0x00, 0x03, 0x06, 0x0d, 0x03, 0x80, 0x90, 0xa2, 0x07, 0x03, 0x10,
		0x03, 0x63, 0x53, 0x00, 0x10, 0x0a, 0x07, 0x03, 0x10, 0x27, 0x80, 0x88, 0x03, 0x00,
		0x00, 0x89, 0x8b, 0x0e, 0x95, 0x1e, 0x1e, 0x1e, 0x06, 0x26, 0x05, 0x0d, 0xf5, 0x01,
		0x06, 0x10, 0x04, 0x00
	};
	struct sip_msg inv = { .method = SIP_INVITE, .ruri = "sip:+4930123@gw", .to = "<sip:x>",
			       .from = "<sip:+498955@x>", .max_forwards = 70, .retry_after = -1,
			       .content_type = "application/ISUP;version=nxv3;base=etsi121",
			       .body = octets, .body_len = sizeof(octets) };
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct map_body_note note;
	struct isup_msg isup;
	struct cc_setup s;
	bool has;

	ck_assert_int_eq(map_invite_to_setup(&s, &isup, &has, &inv, &p), 415);
	ck_assert(!has && map_body_unused(&note, &inv, &p) && note.required);
	ck_assert_str_eq(note.why, "octets after the last parameter");
	ck_assert_uint_eq(note.at, 16);
}
END_TEST

/* --- trust --- */

START_TEST(trust)
{
	static const char text[] =
		"IAM; NCI; FCI; CPC value=11; TMR value=3; CdPN nai=3 npi=1 inn=0 30123; "
		"CgPN nai=3 npi=1 inn=0 apri=1 si=3 8955; UUI 0401; ChPI 01; 0xfe 01";
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct sip_out out = { 0 };
	struct isup_msg iam, m;
	struct sip_msg inv = { .method = SIP_INVITE };

	parse(&iam, &isup_itu, text);
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, &p), 0);
	inv.content_type = out.content_type;
	inv.body = out.body;
	inv.body_len = out.body_len;
	inv.content_disposition = "signal;handling=optional";
	p.isup_trust = MAP_TRUST_LISTED;
	ck_assert_int_eq(map_body_isup(&m, &inv, &p), 1);
	ck_assert(isup_has(&m, ISUP_P_CALLING) && isup_has(&m, ISUP_P_UUI));
	ck_assert(!isup_has(&m, ISUP_P_CPC) && !isup_has(&m, ISUP_P_CHARGED_PARTY) &&
		  !isup_has(&m, 0xfe));
	p.isup_trust = MAP_TRUST_NONE;
	ck_assert_int_eq(map_body_isup(&m, &inv, &p), 0);
	inv.content_disposition = NULL;
	ck_assert_int_eq(map_body_isup(&m, &inv, &p), -EPROTONOSUPPORT);
	/* the other way: charging never, a number that shall not be shown only to whom we trust */
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, &p), 0);
	ck_assert(body_of(&m, &out, &isup_itu));
	ck_assert(isup_has(&m, ISUP_P_CPC) && isup_has(&m, ISUP_P_UUI));
	ck_assert(!isup_has(&m, ISUP_P_CHARGED_PARTY) && !isup_has(&m, ISUP_P_CALLING));
	p.send_pai = true;
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, &p), 0);
	ck_assert(body_of(&m, &out, &isup_itu) && isup_has(&m, ISUP_P_CALLING));
	parse(&iam, &isup_itu, "FAC");
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, &p), 0);
	ck_assert_uint_eq(out.body_len, 0);
	ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "trust", "51", "pass",
					    &(const char *){ NULL }), 0);
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, &p), 0);
	ck_assert_uint_eq(out.body_len, 2);
}
END_TEST

/* Numbers that only the redirecting indicator hides, and the subaddress of who is hidden. */
START_TEST(trust_hides)
{
	static const char text[] =
		"IAM; NCI; FCI; CPC value=10; TMR value=3; CdPN nai=3 npi=1 inn=0 30123; "
		"RdI indicator=%d count=1 reason=1; CgPN nai=3 npi=1 inn=0 apri=%d si=3 8955; "
		"RgPN nai=3 npi=1 apri=0 8966; OCN nai=3 npi=1 apri=0 8977; "
		"ATP #6d03805041";
	struct map_profile p = profile(MAP_ISUP_SIP_T);
	struct sip_out out = { 0 };
	struct isup_msg iam, m;
	char line[512];

	p.isup_trust = MAP_TRUST_LISTED;
	p.send_pai = _i & 4;
	snprintf(line, sizeof(line), text, _i & 1 ? 4 : 3, _i & 2 ? 1 : 0);
	parse(&iam, &isup_itu, line);
	if (_i & 8)	/* even where the indicator itself does not pass */
		ck_assert_int_eq(map_override_parse(&p.overrides[p.n_overrides++], "trust", "RdI",
						    "drop", &(const char *){ NULL }), 0);
	ck_assert_int_eq(map_put_body(&out, NULL, &iam, &p), 0);
	ck_assert(body_of(&m, &out, &isup_itu));
	ck_assert(isup_has(&m, ISUP_P_REDIRECTING) == (p.send_pai || !(_i & 1)));
	ck_assert(isup_has(&m, ISUP_P_ORIGINAL_CALLED) == (p.send_pai || !(_i & 1)));
	ck_assert(isup_has(&m, ISUP_P_ACCESS_TRANSPORT) == (p.send_pai || !(_i & 2)));
	ck_assert(isup_has(&m, ISUP_P_CALLING) == (p.send_pai || !(_i & 2)));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_tunnel");
	TCase *tc = tcase_create("map_tunnel");

	tcase_add_test(tc, every_message);
	tcase_add_loop_test(tc, fits, 0, N(places));
	tcase_add_loop_test(tc, responses, 0, N(made));
	tcase_add_test(tc, carried);
	tcase_add_test(tc, iam_made);
	tcase_add_test(tc, iam_carried);
	tcase_add_test(tc, precedence);
	tcase_add_test(tc, precedence_sip_i);
	tcase_add_test(tc, precedence_cause);
	tcase_add_loop_test(tc, unknown_messages, 0, N(unknown));
	tcase_add_loop_test(tc, of_no_use, 0, N(bodies));
	tcase_add_test(tc, rfc3204_sample);
	tcase_add_test(tc, trust);
	tcase_add_loop_test(tc, trust_hides, 0, 16);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
