/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random calls through the mapper, one gateway after the other, ISUP and SIP in turn: no digit is
 * invented or lost, what is restricted never becomes allowed, nor is shown to whom it must not.
 * PROPERTY_SEEDS: how many (2000), PROPERTY_SEED: the first of them (1). */
#include <check.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "isup/dialect.h"
#include "tests/suite.h"

enum { MAX_NUMBERS = 8, MAX_TEXT = 40, SHORTEST = 6, ORDINARY = 10 };

static const char sdp[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
			  "t=0 0\r\nm=audio 4 RTP/AVP 8\r\n";

static uint64_t seed, state;

static unsigned int rnd(unsigned int n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % n;
}

static bool chance(unsigned int percent)
{
	return rnd(100) < percent;
}

static const char *one_of(const char *const *words, unsigned int n)
{
	return words[rnd(n)];
}

#define ONE_OF(...) one_of((const char *const[]){ __VA_ARGS__ }, \
			   sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* --- the numbers of a call, as the whole world would write them --- */

struct known { char digits[MAX_TEXT]; bool hidden; };
struct call { unsigned int n; struct known number[MAX_NUMBERS]; };

static void know(struct call *c, const char *digits, bool hidden)
{
	ck_assert_uint_lt(c->n, MAX_NUMBERS);
	snprintf(c->number[c->n].digits, MAX_TEXT, "%s", digits);
	c->number[c->n++].hidden = hidden;
}

static const struct known *find(const struct call *c, const char *digits)
{
	for (unsigned int i = 0; i < c->n; i++)
		if (!strcmp(c->number[i].digits, digits))
			return &c->number[i];
	return NULL;
}

/* Country and area code before a number of less nature, by this test's own reckoning. */
static void world_form(char *buf, const struct isup_number *n, const struct map_profile *p)
{
	bool area = n->nai == 1 && p->area_code[0];

	snprintf(buf, MAX_TEXT, "%s%s%.*s", n->nai == 3 || area ? p->country_code : "",
		 area ? p->area_code : "", (int)strcspn(n->digits, "F"), n->digits);
}

/* PROPERTY_TRACE=1: what is made. */
static void show_iam(const char *what, const struct isup_msg *iam, const struct map_profile *p)
{
	char text[2048];

	if (!getenv("PROPERTY_TRACE"))
		return;
	isup_print_line(text, sizeof(text), iam);
	printf("%lu %s (%s +%s %s) %s\n", (unsigned long)seed, what, p->dialect->name,
	       p->country_code, p->area_code, text);
}

static void show_invite(const struct sip_msg *m, const struct map_profile *p)
{
	if (!getenv("PROPERTY_TRACE"))
		return;
	printf("%lu INVITE %s (+%s %s, %s, trusted %d, bodies %d)\n  From: %s\n  To: %s\n"
	       "  PAI: %s\n  Privacy: %s\n  Diversion: %s\n  History-Info: %s\n",
	       (unsigned long)seed, m->ruri, p->country_code, p->area_code,
	       map_standard_name(p->standard),
	       p->send_pai, p->isup_body, m->from, m->to, m->pai, m->privacy, m->diversion,
	       m->history_info);
}

/* --- worlds --- */

static struct map_profile some_profile(void)
{
	static const struct isup_dialect *const dialects[] = {
		&isup_itu, &isup_itu, &isup_etsi, &isup_ansi, &isup_china, &isup_russia,
	};
	struct map_profile p;

	map_profile_default(&p);
	snprintf(p.country_code, sizeof(p.country_code), "%s", ONE_OF("49", "1", "44", "351"));
	snprintf(p.area_code, sizeof(p.area_code), "%s", ONE_OF("30", "893", ""));
	snprintf(p.host, sizeof(p.host), "peer.example");
	snprintf(p.local_host, sizeof(p.local_host), "gw.example");
	p.dialect = dialects[rnd(6)];
	p.standard = rnd(MAP_STANDARDS);
	p.send_pai = p.trust_pai = chance(50);
	p.isup_body = chance(40) ? MAP_ISUP_SIP_T : MAP_ISUP_NONE;
	p.isup_all_the_way = chance(50);
	p.send_st = chance(20);
	return p;
}

static void some_digits(char *buf, unsigned int n)
{
	buf[0] = '1' + rnd(9);
	for (unsigned int i = 1; i < n; i++)
		buf[i] = '0' + rnd(10);
	buf[n] = '\0';
}

static struct isup_number some_number(struct call *c, const struct map_profile *p, bool hideable)
{
	static const uint8_t natures[] = { 3, 3, 4, 4, 1 };
	struct isup_number n = { .nai = natures[rnd(5)], .npi = 1, .si = rnd(4) };
	char text[MAX_TEXT];

	if (n.nai == 1 && !p->area_code[0])
		n.nai = 4;
	some_digits(n.digits, 8 + rnd(5));
	if (hideable)
		n.apri = chance(40);
	world_form(text, &n, p);
	know(c, text, n.apri);
	return n;
}

static void some_optional_numbers(struct isup_msg *iam, struct call *c, const struct map_profile *p)
{
	struct isup_redirection info = { .indicator = 3, .has_octet2 = 1, .reason = 1 + rnd(3) };
	struct isup_number n;

	if (chance(80)) {
		n = some_number(c, p, true);
		isup_set(iam, ISUP_P_CALLING, &n);
	}
	if (chance(30) && p->dialect != &isup_ansi) {	/* has a generic address instead */
		n = some_number(c, p, true);
		n.qualifier = 6;
		isup_set(iam, ISUP_P_GENERIC_NUMBER, &n);
	}
	if (chance(50))
		return;
	info.count = 1 + rnd(5);
	info.indicator = chance(30) ? 4 : 3;
	info.original_reason = rnd(4);
	isup_set(iam, ISUP_P_REDIRECTION_INFO, &info);
	n = some_number(c, p, true);
	c->number[c->n - 1].hidden |= info.indicator == 4;
	isup_set(iam, ISUP_P_REDIRECTING, &n);
	if (info.count > 1 || chance(50)) {
		n = some_number(c, p, true);
		c->number[c->n - 1].hidden |= info.indicator == 4;
		isup_set(iam, ISUP_P_ORIGINAL_CALLED, &n);
	}
}

static struct isup_msg some_iam(struct call *c, const struct map_profile *p)
{
	struct isup_fci fci = { .isup_all_the_way = 1, .isdn_access = rnd(2) };
	struct isup_octet category = { ORDINARY }, medium = { 3 };
	struct isup_nci nci = { .echo = rnd(2) };
	struct isup_number called;
	static const uint8_t usi[] = { 0x90, 0x90, 0xa3 };
	struct isup_msg iam;

	c->n = 0;
	isup_init(&iam, p->dialect, ISUP_MT_IAM, 1);
	called = some_number(c, p, false);
	if (chance(20))
		strcat(called.digits, "F");
	isup_set(&iam, ISUP_P_NCI, &nci);
	isup_set(&iam, ISUP_P_FCI, &fci);
	isup_set(&iam, ISUP_P_CPC, &category);
	if (isup_set(&iam, ISUP_P_TMR, &medium) < 0 || p->dialect == &isup_ansi)
		isup_set_raw(&iam, ISUP_P_USI, usi, sizeof(usi));
	isup_set(&iam, ISUP_P_CALLED, &called);
	some_optional_numbers(&iam, c, p);
	show_iam("comes", &iam, p);
	return iam;
}

/* --- what must hold of an INVITE --- */

/* All runs of digits that could be a number's. */
static const char *next_run(char *run, const char *text)
{
	size_t n;

	for (; *text; text += n ? n : 1) {
		n = strspn(text, "0123456789");
		if (n >= SHORTEST && n < MAX_TEXT) {
			snprintf(run, MAX_TEXT, "%.*s", (int)n, text);
			return text + n;
		}
	}
	return NULL;
}

static void only_known(const struct call *c, const char *what, const char *text)
{
	char run[MAX_TEXT];

	for (const char *at = text; (at = next_run(run, at)); )
		ck_assert_msg(find(c, run) != NULL, "seed %lu: %s has a number of nobody: %s",
			      (unsigned long)seed, what, text);
}

static void nothing_hidden(const struct call *c, const char *what, const char *text)
{
	char run[MAX_TEXT];

	for (const char *at = text; (at = next_run(run, at)); )
		ck_assert_msg(!find(c, run) || !find(c, run)->hidden,
			      "seed %lu: %s shows what is restricted: %s", (unsigned long)seed,
			      what, text);
}

static void check_invite(const struct call *c, const struct sip_out *out,
			 const struct map_profile *p)
{
	const struct { const char *what, *text; bool to_trusted; } places[] = {
		{ "Request-URI", out->ruri, false }, { "From", out->from, false },
		{ "To", out->to, false }, { "P-Asserted-Identity", out->pai, true },
		{ "Diversion", out->diversion, true }, { "headers", out->headers, true },
	};
	char run[MAX_TEXT];

	for (unsigned int i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		only_known(c, places[i].what, places[i].text);
		if (!p->send_pai || !places[i].to_trusted)
			nothing_hidden(c, places[i].what, places[i].text);
	}
	ck_assert_msg(next_run(run, out->ruri) && !strcmp(run, c->number[0].digits),
		      "seed %lu: %s is called, not %s", (unsigned long)seed, out->ruri,
		      c->number[0].digits);
	if (next_run(run, out->pai) && find(c, run)->hidden)
		ck_assert_msg(strstr(out->privacy, "id") != NULL, "seed %lu: no Privacy",
			      (unsigned long)seed);
}

/* --- what must hold of an IAM --- */

static void check_number(const struct call *c, const struct isup_msg *iam, uint8_t code,
			 const char *what, const struct map_profile *p)
{
	bool redirects = code == ISUP_P_ORIGINAL_CALLED || code == ISUP_P_REDIRECTING;
	struct isup_redirection info;
	const struct known *k;
	struct isup_number n;
	char text[MAX_TEXT];

	if (!isup_get(iam, code, &n) || !n.digits[0])
		return;
	world_form(text, &n, p);
	k = find(c, text);
	ck_assert_msg(k != NULL, "seed %lu: %s is %s (nature %u), which nobody said",
		      (unsigned long)seed, what, text, n.nai);
	if (isup_get(iam, ISUP_P_REDIRECTION_INFO, &info) && redirects)
		n.apri |= info.indicator == 2 || info.indicator == 4;	/* all of it is private */
	ck_assert_msg(!k->hidden || n.apri, "seed %lu: %s %s was restricted, and is allowed now",
		      (unsigned long)seed, what, text);
}

static void check_iam(const struct call *c, const struct isup_msg *iam, const struct map_profile *p)
{
	struct isup_number called;
	char text[MAX_TEXT];
	uint8_t octets[400];

	show_iam("goes", iam, p);
	ck_assert_int_gt(isup_encode(octets, sizeof(octets), iam), 0);
	ck_assert(isup_get(iam, ISUP_P_CALLED, &called));
	world_form(text, &called, p);
	ck_assert_msg(!strcmp(text, c->number[0].digits), "seed %lu: %s is called, not %s",
		      (unsigned long)seed, text, c->number[0].digits);
	check_number(c, iam, ISUP_P_CALLING, "the calling number", p);
	check_number(c, iam, ISUP_P_GENERIC_NUMBER, "the generic number", p);
	check_number(c, iam, ISUP_P_ORIGINAL_CALLED, "the original called number", p);
	check_number(c, iam, ISUP_P_REDIRECTING, "the redirecting number", p);
}

/* --- from gateway to gateway --- */

/* The value of a header among the lines, several of them as one; NULL: none. */
static const char *header(char *buf, size_t size, const char *lines, const char *name)
{
	size_t at = 0, n = strlen(name);

	buf[0] = '\0';
	for (const char *p = lines, *end; (end = strstr(p, "\r\n")); p = end + 2)
		if (!strncmp(p, name, n) && p[n] == ':')
			at += snprintf(buf + at, size - at, "%s%.*s", at ? ", " : "",
				       (int)(end - p - n - 2), p + n + 2);
	return at ? buf : NULL;
}

static const char *said(const char *text)
{
	return text[0] ? text : NULL;
}

/* What the peer receives of what we send. */
static struct sip_msg received(const struct sip_out *out)
{
	static char history[2048], uui[400], charge[400];

	return (struct sip_msg){
		.is_request = true, .method = SIP_INVITE, .retry_after = -1,
		.ruri = out->ruri, .from = said(out->from), .to = said(out->to),
		.pai = said(out->pai), .privacy = said(out->privacy),
		.diversion = said(out->diversion),
		.history_info = header(history, sizeof(history), out->headers, "History-Info"),
		.user_to_user = header(uui, sizeof(uui), out->headers, "User-to-User"),
		.p_charge_info = header(charge, sizeof(charge), out->headers, "P-Charge-Info"),
		.max_forwards = out->max_forwards ? out->max_forwards : 70,
		.content_type = said(out->content_type), .body = out->body,
		.body_len = out->body_len,
	};
}

/* IAM -> INVITE; false: refused, in a way that is foreseen. */
static bool to_sip(struct sip_out *out, const struct isup_msg *iam, const struct map_profile *isup,
		   const struct map_profile *sip)
{
	struct cc_setup s;
	int rc = map_iam_to_setup(&s, iam, isup);

	ck_assert_int_le(rc, 127);
	if (rc)
		return false;
	rc = map_setup_to_invite(out, &s, iam, sdp, sip);
	ck_assert_msg(rc == 0 || rc == -EPERM || rc == -ELOOP || rc == -EMSGSIZE,
		      "seed %lu: %s", (unsigned long)seed, strerror(-rc));
	return rc == 0;
}

/* INVITE -> IAM */
static bool to_isup(struct isup_msg *iam, const struct sip_msg *inv, const struct map_profile *sip,
		    const struct map_profile *isup)
{
	struct isup_msg body;
	struct cc_setup s;
	bool has;
	int rc = map_invite_to_setup(&s, &body, &has, inv, sip);

	ck_assert_msg(!rc || (rc >= 400 && rc < 700), "seed %lu: %d", (unsigned long)seed, rc);
	if (rc)
		return false;
	rc = map_setup_to_iam(iam, &s, has ? &body : NULL, isup);
	ck_assert_msg(rc == 0 || rc == -ELOOP, "seed %lu: %s", (unsigned long)seed, strerror(-rc));
	return rc == 0;
}

/* INVITE -> INVITE */
static bool sip_to_sip(struct sip_out *out, const struct sip_msg *inv, const struct map_profile *in,
		       const struct map_profile *sip)
{
	struct isup_msg body;
	struct cc_setup s;
	bool has;

	if (map_invite_to_setup(&s, &body, &has, inv, in))
		return false;
	return map_setup_to_invite(out, &s, has ? &body : NULL, sdp, sip) == 0;
}

/* Between the two gateways of a SIP leg: they trust one another or not, and agree on bodies. */
static struct map_profile other_end(const struct map_profile *sip)
{
	struct map_profile p = *sip;

	p.trust_pai = sip->send_pai;
	return p;
}

/* --- random INVITEs --- */

struct invite {
	char ruri[200], from[200], to[210], pai[300], privacy[40], diversion[600], history[900];
	struct sip_msg m;
};

static size_t put_uri(char *buf, size_t size, struct call *c, bool hidden, const char *params)
{
	char digits[MAX_TEXT];

	some_digits(digits, 8 + rnd(5));
	know(c, digits, hidden);
	return snprintf(buf, size, chance(30) ? "<tel:+%s%s>" : "<sip:+%s%s@h.example;user=phone>",
			digits, params);
}

/* id hides what was asserted (RFC 3325 9.3), header and user the rest, too (RFC 3323 4.2). */
static void some_caller(struct invite *inv, struct call *c)
{
	bool all, hidden;

	snprintf(inv->privacy, sizeof(inv->privacy), "%s",
		 ONE_OF("", "", "", "none", "id", "header", "user", "user;id", "id;critical",
			"history", "session"));
	all = strstr(inv->privacy, "header") || strstr(inv->privacy, "user");
	hidden = all || strstr(inv->privacy, "id");
	if (chance(15))
		snprintf(inv->from, sizeof(inv->from),
			 "\"Anonymous\" <sip:anonymous@anonymous.invalid>");
	else if (chance(15))
		snprintf(inv->from, sizeof(inv->from), "Bob <sip:bob@h.example>");
	else
		put_uri(inv->from, sizeof(inv->from), c, all, "");
	hidden |= strstr(inv->from, "anonymous") != NULL;
	if (chance(50))
		put_uri(inv->pai, sizeof(inv->pai), c, hidden, "");
}

static void some_diversion(struct invite *inv, struct call *c, bool hidden)
{
	size_t at = 0;

	for (unsigned int i = 1 + rnd(2); i; i--) {
		bool full = chance(40);

		at += put_uri(inv->diversion + at, sizeof(inv->diversion) - at, c, hidden || full,
			      "");
		at += snprintf(inv->diversion + at, sizeof(inv->diversion) - at,
			       ";reason=%s;privacy=%s%s",
			       ONE_OF("user-busy", "no-answer", "unconditional", "unknown"),
			       full ? ONE_OF("full", "name", "uri") : "off", i > 1 ? ", " : "");
	}
}

/* One call forwarded once or twice, and where it goes at last. */
static void some_history(struct invite *inv, struct call *c, bool hidden)
{
	char *buf = inv->history, digits[MAX_TEXT];
	size_t size = sizeof(inv->history), at = 0;
	unsigned int n = 1 + rnd(2);

	for (unsigned int i = 1; i <= n; i++) {
		bool private = chance(40);

		some_digits(digits, 8 + rnd(5));
		know(c, digits, hidden || private);
		at += snprintf(buf + at, size - at, "<sip:+%s@h.example;user=phone%s%s>;index=%s, ",
			       digits, i > 1 ? ";cause=486" : "",
			       private ? "?Privacy=history" : "", i > 1 ? "1.1" : "1");
	}
	snprintf(buf + at, size - at, "<sip:+%s@h.example;user=phone;cause=302>;index=%s",
		 c->number[0].digits, n > 1 ? "1.1.1" : "1.1");
}

static void some_invite(struct invite *inv, struct call *c, const struct map_profile *p)
{
	bool hidden;

	memset(inv, 0, sizeof(*inv));
	c->n = 0;
	put_uri(inv->ruri, sizeof(inv->ruri), c, false, "");
	memmove(inv->ruri, inv->ruri + 1, strlen(inv->ruri));
	inv->ruri[strlen(inv->ruri) - 1] = '\0';
	some_caller(inv, c);
	/* of the whole request: who was called before, too */
	hidden = strstr(inv->privacy, "history") || strstr(inv->privacy, "header") ||
		 strstr(inv->privacy, "session");
	if (chance(30))
		some_diversion(inv, c, hidden);
	else if (chance(40))
		some_history(inv, c, hidden);
	if (chance(30))
		put_uri(inv->to, sizeof(inv->to), c, false, "");
	else
		snprintf(inv->to, sizeof(inv->to), "<%s>", inv->ruri);
	inv->m = (struct sip_msg){
		.is_request = true, .method = SIP_INVITE, .max_forwards = 70, .retry_after = -1,
		.ruri = inv->ruri, .from = inv->from, .to = inv->to, .pai = said(inv->pai),
		.privacy = said(inv->privacy), .diversion = said(inv->diversion),
		.history_info = said(inv->history),
		.content_type = "application/sdp", .body = (const uint8_t *)sdp,
		.body_len = strlen(sdp),
	};
	show_invite(&inv->m, p);
}

/* --- the ways of a call --- */

/* A calling number that may be shown is; in the profiles of Q.1912.5 to those who are trusted, and
 * when somebody verified it. */
static void caller_kept(const struct isup_msg *iam, const struct sip_out *out,
			const struct isup_msg *there, const struct map_profile *sip)
{
	struct isup_number calling, additional;
	char run[MAX_TEXT];

	if (!isup_get(iam, ISUP_P_CALLING, &calling) || calling.apri ||
	    (isup_get(iam, ISUP_P_GENERIC_NUMBER, &additional) && additional.apri) ||
	    (sip->standard != MAP_RFC3398 && (!sip->trust_pai || calling.si % 2 == 0)))
		return;
	ck_assert_msg(next_run(run, out->from) != NULL, "seed %lu: the caller is lost: %s",
		      (unsigned long)seed, out->from);
	ck_assert_msg(isup_get(there, ISUP_P_CALLING, &calling) && !calling.apri,
		      "seed %lu: the caller is lost behind SIP", (unsigned long)seed);
}

/* ISUP, SIP, ISUP, SIP */
static bool from_isup(void)
{
	static struct sip_out out, again;
	struct map_profile isup = some_profile(), sip = some_profile(), far = some_profile();
	struct map_profile sip_in = other_end(&sip);
	struct isup_msg iam, there;
	struct sip_msg inv;
	struct call c;

	iam = some_iam(&c, &isup);
	if (!to_sip(&out, &iam, &isup, &sip))
		return false;
	check_invite(&c, &out, &sip);
	inv = received(&out);
	show_invite(&inv, &sip_in);
	if (!to_isup(&there, &inv, &sip_in, &far))
		return false;
	check_iam(&c, &there, &far);
	caller_kept(&iam, &out, &there, &sip_in);
	if (to_sip(&again, &there, &far, &sip))
		check_invite(&c, &again, &sip);
	return true;
}

/* SIP, ISUP, SIP */
static bool from_sip(void)
{
	static struct invite inv;
	static struct sip_out out;
	struct map_profile sip = some_profile(), isup = some_profile(), far = some_profile();
	struct isup_msg iam;
	struct call c;

	some_invite(&inv, &c, &sip);
	if (!to_isup(&iam, &inv.m, &sip, &isup))
		return false;
	check_iam(&c, &iam, &isup);
	if (to_sip(&out, &iam, &isup, &far))
		check_invite(&c, &out, &far);
	return true;
}

/* SIP, SIP, ISUP */
static bool across_sip(void)
{
	static struct invite inv;
	static struct sip_out out;
	struct map_profile sip = some_profile(), next = some_profile(), isup = some_profile();
	struct map_profile next_in = other_end(&next);
	struct sip_msg second;
	struct isup_msg iam;
	struct call c;

	some_invite(&inv, &c, &sip);
	if (!sip_to_sip(&out, &inv.m, &sip, &next))
		return false;
	check_invite(&c, &out, &next);
	second = received(&out);
	show_invite(&second, &next_in);
	if (to_isup(&iam, &second, &next_in, &isup))
		check_iam(&c, &iam, &isup);
	return true;
}

/* ISUP, ISUP */
static bool across_isup(void)
{
	struct map_profile isup = some_profile(), next = some_profile();
	struct isup_msg iam, out;
	struct cc_setup s;
	struct call c;

	iam = some_iam(&c, &isup);
	if (map_iam_to_setup(&s, &iam, &isup) || map_setup_to_iam(&out, &s, &iam, &next))
		return false;
	check_iam(&c, &out, &next);
	return true;
}

static unsigned long setting(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 10) : otherwise;
}

static bool (*const ways[])(void) = { from_isup, from_sip, across_sip, across_isup };

START_TEST(numbers_and_privacy)
{
	unsigned long n = setting("PROPERTY_SEEDS", 2000), passed = 0;

	seed = setting("PROPERTY_SEED", 1);
	for (unsigned long i = 0; i < n; i++, seed++) {
		state = seed * 0x9e3779b97f4a7c15u + _i;
		if (getenv("PROPERTY_TRACE"))
			printf("way %d\n", _i);
		passed += ways[_i]();
	}
	/* not all were refused */
	ck_assert_uint_ge(passed, n / 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_random");
	TCase *tc = tcase_create("map_random");

	setvbuf(stdout, NULL, _IOLBF, 0);	/* also what comes before a failure */
	tcase_set_timeout(tc, 600);
	tcase_add_loop_test(tc, numbers_and_privacy, 0, sizeof(ways) / sizeof(ways[0]));
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
