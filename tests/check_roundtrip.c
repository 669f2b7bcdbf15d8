/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two gateways between two exchanges: ISUP - gateway - SIP-T or SIP-I - gateway - ISUP. Every
 * message of the golden files that may go from end to end does, in the state it belongs to, and
 * comes out octet by octet as it went in, behind the circuit identification; so do messages made by
 * chance, and messages that nobody knows.
 *
 * What differs, and shall (expected()): of an IAM continuity is a matter of each circuit (RFC 3398
 * 8.2.1.1), each of the two gateways counts a hop (Q.764 2.1.3), ST is not sent on where a number
 * has come en bloc; parameters of one link stay on it. What else differs stands in a table
 * (others[]), with its reason. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/call.h"
#include "gw/log.h"
#include "gw/sipt.h"
#include "isup/compat.h"
#include "isup/dialect.h"
#include "tests/flow/lab.h"
#include "tests/roundtrip/string_sip.h"
#include "tests/suite.h"

enum { CIC = 81, MAX_VECTORS = 150, MAX_OCTETS = 300 };

struct octets { size_t len; uint8_t o[MAX_OCTETS]; };

static struct lab a, b;		/* the calling side's gateway, the called side's */
static void *ctx;
static char files[MAX_VECTORS][64];
static int n_files;

/* --- the world --- */

static void setup(void)
{
	osmo_init_logging2(NULL, &tollgate_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time.tv_sec = 1000;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	ck_assert_int_eq(isup_fsm_init(DISUP), 0);
	ck_assert_int_eq(call_init(), 0);
	ctx = talloc_named_const(NULL, 0, "check_roundtrip");
	lab_open(&a, ctx);
	lab_open(&b, ctx);
}

static void teardown(void)
{
	lab_close(&b);
	lab_close(&a);
	ck_assert_uint_eq(talloc_total_blocks(ctx), 1);
	talloc_free(ctx);
}

static void settle(void)
{
	do {
		lab_settle(&a);
		lab_settle(&b);
	} while (string_sip_run());
}

static void send_octets(struct lab *lab, const struct octets *m)
{
	lab_pstn_send_octets(lab, LAB_DPC, m->o, m->len);
	settle();
}

static void send_text(struct lab *lab, const char *text)
{
	const char *why = "";
	struct isup_msg m;
	int line;

	ck_assert_msg(isup_parse(&m, &isup_itu, text, &why, &line) == 0, "%s: %s", text, why);
	m.cic = CIC;
	lab_pstn_send(lab, LAB_DPC, &m);
	settle();
}

/* The next message that the gateway has sent to its exchange. */
static bool take(struct octets *m, struct lab *lab)
{
	if (!lab->n_pstn)
		return false;
	m->len = lab->from_gw[0].len;
	memcpy(m->o, lab->from_gw[0].octets, m->len);
	memmove(lab->from_gw, lab->from_gw + 1, --lab->n_pstn * sizeof(lab->from_gw[0]));
	return true;
}

static void expect(struct lab *lab, uint8_t type)
{
	struct octets m;

	ck_assert_msg(take(&m, lab), "%s expected", isup_mt_name(&isup_itu, type));
	ck_assert_msg(m.o[2] == type, "%s expected, %s came", isup_mt_name(&isup_itu, type),
		      isup_mt_name(&isup_itu, m.o[2]));
}

/* --- a call as far as it is wanted --- */

enum state { IDLE, SETUP, RINGING, ANSWERED };

static void call_up(enum state state)
{
	if (state == IDLE)
		return;
	send_text(&a, "IAM; NCI; FCI isup_all_the_way=1; CPC value=10; TMR value=3; "
		      "CdPN nai=3 npi=1 inn=0 3012345; CgPN nai=3 npi=1 inn=0 apri=0 si=3 8955; "
		      "OFCI cug=0 segmentation=0 colp=1");
	expect(&b, ISUP_MT_IAM);
	if (state == SETUP)
		return;
	send_text(&b, "ACM; BCI charge=2 called_status=1 isup_all_the_way=1");
	expect(&a, ISUP_MT_ACM);
	if (state == RINGING)
		return;
	send_text(&b, "ANM");
	expect(&a, ISUP_MT_ANM);
}

static void clear_side(struct lab *lab)
{
	struct octets m;

	while (lab->gw->n_calls)
		call_clear(call_next(lab->gw, NULL), "end of the test");
	settle();
	while (take(&m, lab))
		if (m.o[2] == ISUP_MT_REL || m.o[2] == ISUP_MT_RSC)
			send_text(lab, "RLC");
	settle();
}

static void call_down(void)
{
	clear_side(&a);
	clear_side(&b);
	clear_side(&a);
	ck_assert_str_eq(lab_busy_circuits(&a), "");
	ck_assert_str_eq(lab_busy_circuits(&b), "");
	ck_assert_uint_eq(a.found + b.found, 0);
}

/* --- vectors --- */

static bool read_vector(struct octets *v, const char *name)
{
	const char *top = getenv("top_srcdir");
	char path[512], text[4096] = "", line[512];
	FILE *f;
	int n;

	snprintf(path, sizeof(path), "%s/tests/golden/isup/%s", top ? top : ".", name);
	f = fopen(path, "r");
	if (!f)
		return false;
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "#\r\n")] = '\0';
		for (char *p = line; *p; p++)
			if (*p != ' ' && *p != '\t')
				snprintf(text + strlen(text), 2, "%c", *p);
	}
	fclose(f);
	n = osmo_hexparse(text, v->o, sizeof(v->o));
	v->len = n < 3 ? 0 : n;
	if (!v->len)
		return false;
	v->o[0] = CIC;
	v->o[1] = 0;
	return true;
}

/* Good messages of ITU-T that go from end to end. */
static bool is_vector(const char *name)
{
	struct isup_msg m;
	struct octets v;
	const char *dot = strrchr(name, '.');

	return dot && !strcmp(dot, ".hex") && (name[0] == 'v' || name[0] == 'n') &&
	       read_vector(&v, name) && isup_decode(&m, &isup_itu, v.o, v.len, NULL) == 0 &&
	       map_rule(NULL, MAP_T_BODY, m.type) && m.type != ISUP_MT_SAM;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(x, y);
}

static void find_vectors(void)
{
	const char *top = getenv("top_srcdir");
	char path[512];
	struct dirent *e;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/tests/golden/isup", top ? top : ".");
	dir = opendir(path);
	while (dir && (e = readdir(dir)))
		if (is_vector(e->d_name) && n_files < MAX_VECTORS)
			OSMO_STRLCPY_ARRAY(files[n_files++], e->d_name);
	if (dir)
		closedir(dir);
	qsort(files, n_files, sizeof(files[0]), by_name);
}

static const char *hex(const struct octets *m)
{
	return osmo_hexdump_nospc(m->o + 2, m->len - 2);
}

/* Parameters that stay on their link. */
static const uint8_t of_link[] = {
	ISUP_P_CALL_REFERENCE, ISUP_P_CONNECTION_REQUEST, ISUP_P_POINT_CODE, ISUP_P_CIRCUIT_MAP,
	ISUP_P_CONGESTION_LEVEL, ISUP_P_ECHO,
};

/* What must come out. */
static void expected(struct octets *want, const struct octets *in)
{
	struct isup_octet hops;
	struct isup_msg m;
	struct isup_number called;
	struct isup_nci nci;

	*want = *in;
	ck_assert_int_eq(isup_decode_unknown(&m, &isup_itu, in->o, in->len, NULL), 0);
	for (size_t i = 0; i < sizeof(of_link); i++)
		isup_del(&m, of_link[i]);
	if (isup_get(&m, ISUP_P_NCI, &nci)) {
		nci.continuity = 0;
		isup_set(&m, ISUP_P_NCI, &nci);
	}
	if (isup_get(&m, ISUP_P_CALLED, &called) && strchr(called.digits, 'F')) {
		*strchr(called.digits, 'F') = '\0';
		isup_set(&m, ISUP_P_CALLED, &called);
	}
	if (isup_get(&m, ISUP_P_HOP_COUNTER, &hops) && hops.value > 2) {
		hops.value -= 2;
		isup_set(&m, ISUP_P_HOP_COUNTER, &hops);
	}
	want->len = isup_encode_unknown(want->o, sizeof(want->o), &m);
}

/* What comes out otherwise, and why. */
static const struct { const char *file, *hex, *why; bool sip_t_only; } others[] = {
	{ "n01_iam_diverted.hex",
	  "010060110a03020a0803109851325476980a070313698705214328068314985132040b0603149851325413"
	  "0234230801821a04123456783102012c3d01121d038090a3c00706031369870521c0060184104407022a01"
	  "0220060448656c6c6f2303a023013a06020049000001840491123405c103202143fd0000",
	  "a routing number goes as rn and npdi, which says that the number is translated; one "
	  "diverter who is restricted makes the whole history private in SIP" },
	{ "n11_iam_spare_bits.hex", NULL, "a medium that nobody knows: released" },
	{ "n20_iam_digits.hex",
	  "010000000f0202060404109403c1032121f3130203422a01061a04123400013a060200000000002c01f908"
	  "01833f0404139403330101340291841d038898a500",
	  "an additional calling number without a calling number is nobody's in SIP", true },
};

static const char *other(const char *file, bool *ret_is)
{
	enum map_isup_body body = gw_trunk_find(a.gw, "gateway")->profile.isup_body;

	*ret_is = false;
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		if (strcmp(others[i].file, file) ||
		    (others[i].sip_t_only && body != MAP_ISUP_SIP_T))
			continue;
		*ret_is = true;
		return others[i].hex;
	}
	return NULL;
}

static void compare(const char *file, const struct octets *in, struct lab *to)
{
	struct octets want, got;
	bool is_other;
	const char *text = other(file, &is_other);

	expected(&want, in);
	if (is_other && !text) {
		ck_assert_msg(!take(&got, to), "%s comes through", file);
		return;
	}
	if (!is_other)
		text = hex(&want);
	ck_assert_msg(take(&got, to), "%s does not come through: %s\n%s", file, hex(in),
		      string_sip_said());
	ck_assert_msg(!strcmp(hex(&got), text), "%s becomes\n%s\n%s", file, hex(&got), hex(&want));
}

struct way { enum state state; struct lab *from, *to; };

static void octets_through(const char *name, const struct octets *in, const struct way *w)
{
	call_up(w->state);
	if (in->o[2] == ISUP_MT_RES) {
		send_text(w->from, "SUS; SRI network=1");
		expect(w->to, ISUP_MT_SUS);
	}
	string_sip_said();
	send_octets(w->from, in);
	compare(name, in, w->to);
	if (in->o[2] == ISUP_MT_REL)
		send_text(w->to, "RLC");
	call_down();
}

static void through(const char *file, enum state state, struct lab *from, struct lab *to)
{
	struct octets in;

	ck_assert(read_vector(&in, file));
	octets_through(file, &in, &(struct way){ state, from, to });
}

/* When, and which way, a message may come. */
enum { FORWARD = 1, BACKWARD = 2, EARLY = 4 };
static unsigned int ways(uint8_t type)
{
	switch (type) {
	case ISUP_MT_FOT:
		return FORWARD | EARLY;
	case ISUP_MT_CRG:
		return BACKWARD | EARLY;
	case ISUP_MT_SUS:
	case ISUP_MT_RES:
		return FORWARD | BACKWARD;
	}
	return FORWARD | BACKWARD | EARLY;
}

/* The rest of the messages: in answered calls, toward the caller before anything else, and toward
 * the called side before the answer. */
static void at_any_time(const char *file, uint8_t type)
{
	unsigned int w = ways(type);

	if (w & FORWARD)
		through(file, ANSWERED, &a, &b);
	if (w & BACKWARD)
		through(file, ANSWERED, &b, &a);
	if ((w & EARLY) && (w & FORWARD))
		through(file, RINGING, &a, &b);
	if ((w & EARLY) && (w & BACKWARD))
		through(file, SETUP, &b, &a);
}

static void vector(const char *file)
{
	struct octets v;

	ck_assert(read_vector(&v, file));
	switch (v.o[2]) {
	case ISUP_MT_IAM:
		through(file, IDLE, &a, &b);
		break;
	case ISUP_MT_ACM:
	case ISUP_MT_CON:
		through(file, SETUP, &b, &a);
		break;
	case ISUP_MT_CPG:
	case ISUP_MT_ANM:
		through(file, RINGING, &b, &a);
		break;
	case ISUP_MT_REL:	/* a failure, a failure later, BYE both ways */
		through(file, SETUP, &b, &a);
		through(file, RINGING, &b, &a);
		through(file, ANSWERED, &a, &b);
		through(file, ANSWERED, &b, &a);
		break;
	default:
		at_any_time(file, v.o[2]);
	}
}

START_TEST(sip_t)
{
	vector(files[_i]);
}
END_TEST

static void speak(enum map_isup_body body, const struct isup_dialect *d)
{
	struct lab *labs[] = { &a, &b };

	for (int i = 0; i < 2; i++) {
		struct map_profile *p = &gw_trunk_find(labs[i]->gw, "gateway")->profile;

		p->isup_body = body;
		p->standard = body == MAP_ISUP_SIP_I ? MAP_PROFILE_C : MAP_RFC3398;
		p->dialect = d;
		OSMO_STRLCPY_ARRAY(p->isup_version, sipt_token_of(d->name));
		OSMO_STRLCPY_ARRAY(p->isup_base, sipt_token_of(d->name));
	}
}

/* Q.1912.5 profile C: the same, and every message of SIP has ISUP in it. */
START_TEST(sip_i)
{
	speak(MAP_ISUP_SIP_I, &isup_itu);
	vector(files[_i]);
}
END_TEST

/* Messages that nobody knows, with instructions to pass them on. */
START_TEST(unknown)
{
	static const struct octets rows[] = {
		{ 8, { CIC, 0, 0xfd, 1, 0x38, 1, 0x80, 0 } },
		{ 14, { CIC, 0, 0xf8, 1, 0x38, 1, 0x80, 0xfe, 4, 0x0d, 0x0a, 0x2d, 0x2d, 0 } },
		{ 9, { CIC, 0, 0x70, 1, 0x38, 2, 0x00, 0x80, 0 } },
	};
	const struct way ways[] = {
		{ ANSWERED, &a, &b }, { ANSWERED, &b, &a }, { RINGING, &a, &b }, { SETUP, &b, &a },
		{ RINGING, &b, &a },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t k = 0; k < ARRAY_SIZE(ways); k++)
			octets_through("unknown", &rows[i], &ways[k]);
}
END_TEST

/* --- messages made by chance --- */

/* Nothing in it asks the gateways themselves to do something: segments to come, instructions for
 * parameters, a cause that is tried again. */
static bool is_plain(const struct isup_msg *m)
{
	struct isup_cause cause;
	struct isup_obci obci;

	if (m->type == ISUP_MT_REL && (!isup_get(m, ISUP_P_CAUSE, &cause) || !cause.value ||
				       cause.value == 44))
		return false;
	return !(isup_get(m, ISUP_P_OBCI, &obci) && obci.segmentation) &&
	       !isup_has(m, ISUP_P_PARAMETER_COMPAT) && !isup_has(m, ISUP_P_MESSAGE_COMPAT);
}

START_TEST(random_messages)
{
	static const struct { uint8_t type; struct way way; } rows[] = {
		{ ISUP_MT_ACM, { SETUP, &b, &a } }, { ISUP_MT_CPG, { RINGING, &b, &a } },
		{ ISUP_MT_ANM, { RINGING, &b, &a } }, { ISUP_MT_CON, { SETUP, &b, &a } },
		{ ISUP_MT_REL, { SETUP, &b, &a } }, { ISUP_MT_REL, { ANSWERED, &a, &b } },
		{ ISUP_MT_SUS, { ANSWERED, &b, &a } }, { ISUP_MT_FAC, { ANSWERED, &a, &b } },
		{ ISUP_MT_USR, { ANSWERED, &b, &a } }, { ISUP_MT_CRG, { SETUP, &b, &a } },
		{ ISUP_MT_INR, { SETUP, &b, &a } }, { ISUP_MT_INF, { RINGING, &a, &b } },
		{ ISUP_MT_PAM, { ANSWERED, &a, &b } }, { ISUP_MT_APM, { RINGING, &a, &b } },
	};
	struct isup_rnd rnd = { .state = 1 + _i };
	struct isup_msg m;
	struct octets in;
	ssize_t n;

	for (int k = 0; k < 30; k++) {
		if (isup_generate(&m, &isup_itu, rows[_i].type, isup_rnd(&rnd, 6), &rnd) < 0 ||
		    !is_plain(&m))
			continue;
		m.cic = CIC;
		n = isup_encode(in.o, sizeof(in.o), &m);
		if (n < 0)
			continue;
		in.len = n;
		octets_through("random", &in, &rows[_i].way);
	}
}
END_TEST

/* Of an IAM everything that SIP has no header for. */
START_TEST(random_iam)
{
	static const uint8_t headers[] = {
		ISUP_P_CALLING, ISUP_P_GENERIC_NUMBER, ISUP_P_REDIRECTING, ISUP_P_ORIGINAL_CALLED,
		ISUP_P_REDIRECTION_INFO, ISUP_P_ROUTING_NUMBER, ISUP_P_PARAMETER_COMPAT,
	};
	const struct isup_number called = { .nai = 3, .npi = 1, .digits = "3012345" },
				 calling = { .nai = 3, .npi = 1, .si = 3, .digits = "8955" };
	const struct isup_octet audio = { .value = 3 }, hops = { .value = 9 };
	const struct isup_nci nci = { 0 };	/* no continuity check before it */
	struct isup_rnd rnd = { .state = 100 + _i };
	struct isup_ofci ofci;
	struct isup_msg m;
	struct octets in;
	ssize_t n;

	for (int k = 0; k < 20; k++) {
		if (isup_generate(&m, &isup_itu, ISUP_MT_IAM, isup_rnd(&rnd, 8), &rnd) < 0)
			continue;
		for (size_t i = 0; i < sizeof(headers); i++)
			isup_del(&m, headers[i]);
		if (isup_get(&m, ISUP_P_OFCI, &ofci) && ofci.segmentation)
			isup_del(&m, ISUP_P_OFCI);
		isup_set(&m, ISUP_P_NCI, &nci);
		isup_set(&m, ISUP_P_CALLED, &called);
		isup_set(&m, ISUP_P_CALLING, &calling);
		isup_set(&m, ISUP_P_TMR, &audio);
		isup_set(&m, ISUP_P_HOP_COUNTER, &hops);
		m.cic = CIC;
		n = isup_encode(in.o, sizeof(in.o), &m);
		if (n < 0)
			continue;
		in.len = n;
		octets_through("random", &in, &(struct way){ IDLE, &a, &b });
	}
}
END_TEST

/* Both exchanges speak ITU-T, the gateways T1.113 between them: the call is made, told and
 * released; what T1.113 cannot say is lost, and counted. */
START_TEST(translated)
{
	speak(MAP_ISUP_SIP_I, &isup_ansi);
	call_up(ANSWERED);
	send_text(&a, "FAC; UUI 0401");
	expect(&b, ISUP_MT_FAC);
	send_text(&b, "REL; CAI coding=0 location=4 value=31");
	expect(&a, ISUP_MT_REL);
	ck_assert_uint_gt(a.gw->body_counter[BODY_CTR_LOST], 0);
	ck_assert_uint_eq(b.gw->body_counter[BODY_CTR_IGNORED], 0);
	send_text(&a, "RLC");
	call_down();
}
END_TEST

int main(void)
{
	find_vectors();
	Suite *suite = suite_create("roundtrip");
	TCase *tc = tcase_create("roundtrip");


	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, sip_t, 0, n_files);
	tcase_add_loop_test(tc, sip_i, 0, n_files);
	tcase_add_test(tc, unknown);
	tcase_add_loop_test(tc, random_messages, 0, 14);
	tcase_add_loop_test(tc, random_iam, 0, 8);
	tcase_add_test(tc, translated);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
