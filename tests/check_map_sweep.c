/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every value of a field through the mapper, the others as usual: golden/map/sweep.txt says what
 * becomes of each, in each standard; consecutive values with one fate are one line.
 * GOLDEN_UPDATE=1 writes the file. */
#include <check.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gw/map.h"
#include "isup/dialect.h"
#include "tests/suite.h"

enum { MAX_TEXT = 1024, MAX_OUT = 512 * 1024 };

static const char sdp[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\n"
			  "t=0 0\r\nm=audio 4 RTP/AVP 8\r\n";
static char out_text[MAX_OUT], want[MAX_OUT];
static size_t out_len;

/* --- lines --- */

static void __attribute__((format(printf, 1, 2))) say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	out_len += vsnprintf(out_text + out_len, sizeof(out_text) - out_len, fmt, ap);
	va_end(ap);
	ck_assert_uint_lt(out_len, sizeof(out_text));
}

/* What becomes of it, standards with the same fate in one line; all of them have no name. */
static void say_fates(const char *what, char fate[MAP_STANDARDS][MAX_TEXT])
{
	bool said[MAP_STANDARDS] = { false };

	for (int s = 0; s < MAP_STANDARDS; s++) {
		char names[80] = "";
		int n = 0;

		if (said[s])
			continue;
		for (int i = s; i < MAP_STANDARDS; i++) {
			if (strcmp(fate[i], fate[s]) != 0)
				continue;
			said[i] = true;
			strcat(strcat(names, n++ ? "," : " "), map_standard_name(i));
		}
		say("  %s%s: %s\n", what, n == MAP_STANDARDS ? "" : names, fate[s]);
	}
}

/* The values from..to have this fate in each standard. */
static void say_range(unsigned int from, unsigned int to, char fate[MAP_STANDARDS][MAX_TEXT])
{
	char what[32];

	snprintf(what, sizeof(what), from == to ? "%u" : "%u-%u", from, to);
	say_fates(what, fate);
}

typedef void fate_cb(char *buf, unsigned int value, struct map_profile *isup,
		     struct map_profile *sip);

static void profiles(struct map_profile *isup, struct map_profile *sip, enum map_standard s)
{
	map_profile_default(isup);
	snprintf(isup->country_code, sizeof(isup->country_code), "49");
	snprintf(isup->area_code, sizeof(isup->area_code), "30");
	isup->standard = s;
	*sip = *isup;
	snprintf(sip->host, sizeof(sip->host), "peer");
	snprintf(sip->local_host, sizeof(sip->local_host), "gw");
	sip->send_pai = sip->trust_pai = true;
	map_profile_indicators(isup, true);
	map_profile_indicators(sip, false);
}

/* Values from 0 to max. */
static void sweep(const char *title, unsigned int max, fate_cb *cb)
{
	static char last[MAP_STANDARDS][MAX_TEXT], now[MAP_STANDARDS][MAX_TEXT];
	struct map_profile isup, sip;
	unsigned int from = 0;

	say("%s\n", title);
	for (unsigned int value = 0; value <= max; value++) {
		for (int s = 0; s < MAP_STANDARDS; s++) {
			profiles(&isup, &sip, s);
			cb(now[s], value, &isup, &sip);
		}
		if (value && memcmp(now, last, sizeof(now)) != 0) {
			say_range(from, value - 1, last);
			from = value;
		}
		memcpy(last, now, sizeof(now));
		memset(now, 0, sizeof(now));
	}
	say_range(from, max, last);
}

/* --- IAM -> INVITE --- */

static void parse(struct isup_msg *m, const char *text)
{
	const char *why = "";
	int line;

	ck_assert_msg(isup_parse(m, &isup_itu, text, &why, &line) == 0, "%s: %s", text, why);
}

/* The usual IAM; parameters behind it win. */
static struct isup_msg usual(const char *fmt, unsigned int value)
{
	char text[512], more[256];
	struct isup_msg m;

	snprintf(more, sizeof(more), fmt, value);
	snprintf(text, sizeof(text), "IAM; NCI; FCI isup_all_the_way=1; %s%s%s%s%s",
		 strstr(more, "CPC") ? "" : "CPC value=10; ",
		 strstr(more, "TMR") ? "" : "TMR value=3; ",
		 strstr(more, "CdPN") ? "" : "CdPN nai=3 npi=1 inn=0 30123456; ",
		 strstr(more, "CgPN") ? "" : "CgPN nai=3 npi=1 apri=0 si=3 8955500; ", more);
	parse(&m, text);
	return m;
}

static bool invite(char *buf, struct sip_out *out, const struct isup_msg *iam,
		   const struct map_profile *isup, const struct map_profile *sip)
{
	struct cc_setup s;
	int rc = map_iam_to_setup(&s, iam, isup);

	buf[0] = '\0';
	if (rc) {
		snprintf(buf, MAX_TEXT, "REL %d", rc);
		return false;
	}
	rc = map_setup_to_invite(out, &s, iam, sdp, sip);
	if (rc)
		snprintf(buf, MAX_TEXT, "no INVITE: %s", strerror(-rc));
	return rc == 0;
}

static void caller(char *buf, const struct isup_msg *iam, const struct map_profile *isup,
		   const struct map_profile *sip)
{
	static struct sip_out out;

	if (invite(buf, &out, iam, isup, sip))
		snprintf(buf, MAX_TEXT, "From: %s%s%s%s%s", out.from, out.pai[0] ? " PAI: " : "",
			 out.pai, out.privacy[0] ? " Privacy: " : "", out.privacy);
}

#define TO_SIP(name, text, field) \
	static void name(char *buf, unsigned int value, struct map_profile *isup, \
			 struct map_profile *sip) \
	{ \
		struct isup_msg iam = usual(text, value); \
		static struct sip_out out; \
		\
		if (invite(buf, &out, &iam, isup, sip)) \
			snprintf(buf, MAX_TEXT, "%s", field); \
	}
#define CALLER(name, text, trusted) \
	static void name(char *buf, unsigned int value, struct map_profile *isup, \
			 struct map_profile *sip) \
	{ \
		struct isup_msg iam = usual(text, value); \
		\
		sip->send_pai = trusted; \
		caller(buf, &iam, isup, sip); \
	}

TO_SIP(called_nature, "CdPN nai=%u npi=1 inn=0 30123456", out.ruri)
TO_SIP(called_plan, "CdPN nai=3 npi=%u inn=0 30123456", out.ruri)
CALLER(calling_nature, "CgPN nai=%u npi=1 apri=0 si=3 8955500", true)
CALLER(calling_plan, "CgPN nai=3 npi=%u apri=0 si=3 8955500", true)
CALLER(presentation, "CgPN nai=3 npi=1 apri=%u si=3 8955500", true)
CALLER(presentation_untrusted, "CgPN nai=3 npi=1 apri=%u si=3 8955500", false)
CALLER(screening, "CgPN nai=3 npi=1 apri=0 si=%u 8955500", true)
CALLER(screening_hidden, "CgPN nai=3 npi=1 apri=1 si=%u 8955500", true)
CALLER(incomplete, "CgPN nai=3 npi=1 inn=%u apri=0 si=3 8955500", true)
CALLER(category, "CPC value=%u", true)
CALLER(generic_qualifier, "GenN qualifier=%u nai=3 npi=1 inn=0 apri=0 si=0 30999", true)
CALLER(generic_presentation, "GenN qualifier=6 nai=3 npi=1 inn=0 apri=%u si=0 30999", true)

/* The description given in is a speech one: what matters is whether the call goes. */
TO_SIP(medium, "TMR value=%u", "goes")
TO_SIP(hops, "HOP value=%u", "goes")

static void hops_times(char *buf, unsigned int value, struct map_profile *isup,
		       struct map_profile *sip)
{
	struct isup_msg iam = usual("HOP value=%u", value);
	static struct sip_out out;

	sip->max_forwards_factor = 3;
	if (invite(buf, &out, &iam, isup, sip))
		snprintf(buf, MAX_TEXT, "Max-Forwards: %d", out.max_forwards);
}

static void history_of(char *buf, const struct sip_out *out)
{
	const char *h = strstr(out->headers, "History-Info: ");
	size_t n = strlen(buf);

	snprintf(buf + n, MAX_TEXT - n, "%s%s%s%.*s", out->diversion[0] ? "Diversion: " : "-",
		 out->diversion, h ? " " : "", h ? (int)strcspn(h, "\r") : 0, h ? h : "");
}

#define REDIRECTION(name, text) \
	static void name(char *buf, unsigned int value, struct map_profile *isup, \
			 struct map_profile *sip) \
	{ \
		struct isup_msg iam = usual(text, value); \
		static struct sip_out out; \
		\
		if (invite(buf, &out, &iam, isup, sip)) \
			history_of(buf, &out); \
	}
#define RDI "RgPN nai=3 npi=1 apri=0 30777; OCN nai=3 npi=1 apri=0 30888; RdI "
REDIRECTION(redirect_reason, RDI "indicator=3 original_reason=1 count=2 reason=%u")
REDIRECTION(redirect_original, RDI "indicator=3 original_reason=%u count=2 reason=2")
REDIRECTION(redirect_count, RDI "indicator=3 original_reason=1 count=%u reason=2")
REDIRECTION(redirect_indicator, RDI "indicator=%u original_reason=1 count=2 reason=2")
REDIRECTION(redirect_presentation, "RgPN nai=3 npi=1 apri=%u 30777; OCN nai=3 npi=1 apri=0 30888; "
	    "RdI indicator=3 original_reason=1 count=2 reason=2")

/* --- INVITE -> IAM --- */

static void par(char *buf, const struct isup_msg *iam, const char *name)
{
	char text[2048], *at, look[16];
	size_t n = strlen(buf);

	isup_print_line(text, sizeof(text), iam);
	snprintf(look, sizeof(look), "; %s ", name);
	at = strstr(text, look);
	if (at)
		snprintf(buf + n, MAX_TEXT - n, "%s%.*s", n ? "; " : "",
			 (int)strcspn(at + 2, ";"), at + 2);
}

static void iam_of(char *buf, const struct sip_msg *inv, const struct map_profile *sip,
		   const struct map_profile *isup, const char *const *names)
{
	struct isup_msg body, iam;
	struct cc_setup s;
	bool has;
	int rc = map_invite_to_setup(&s, &body, &has, inv, sip);

	buf[0] = '\0';
	if (rc) {
		snprintf(buf, MAX_TEXT, "%d", rc);
		return;
	}
	rc = map_setup_to_iam(&iam, &s, has ? &body : NULL, isup);
	if (rc)
		snprintf(buf, MAX_TEXT, "no IAM: %s", strerror(-rc));
	for (; !rc && *names; names++)
		par(buf, &iam, *names);
	if (!buf[0])
		snprintf(buf, MAX_TEXT, "-");
}

#define NAMES(...) (const char *const[]){ __VA_ARGS__, NULL }

static struct sip_msg usual_invite(void)
{
	return (struct sip_msg){
		.is_request = true, .method = SIP_INVITE, .max_forwards = 70, .retry_after = -1,
		.ruri = "sip:+4930123456@gw;user=phone",
		.from = "<sip:+498955500@peer;user=phone>",
		.to = "<sip:+4930123456@gw;user=phone>",
		.content_type = "application/sdp", .body = (const uint8_t *)sdp,
		.body_len = sizeof(sdp) - 1,
	};
}

static void max_forwards(char *buf, unsigned int value, struct map_profile *isup,
			 struct map_profile *sip)
{
	struct sip_msg m = usual_invite();

	m.max_forwards = value;
	sip->max_forwards_factor = 3;
	iam_of(buf, &m, sip, isup, NAMES("HOP"));
}

static void history_cause(char *buf, unsigned int value, struct map_profile *isup,
			  struct map_profile *sip)
{
	struct sip_msg m = usual_invite();
	char text[256];

	snprintf(text, sizeof(text), "<sip:+4930777@h;user=phone>;index=1, "
		 "<sip:+4930123456@gw;user=phone;cause=%u>;index=1.1", value);
	m.history_info = text;
	iam_of(buf, &m, sip, isup, NAMES("RdI", "RgPN"));
}

static void diversion_counter(char *buf, unsigned int value, struct map_profile *isup,
			      struct map_profile *sip)
{
	struct sip_msg m = usual_invite();
	char text[128];

	snprintf(text, sizeof(text), "<sip:+4930777@h>;reason=user-busy;counter=%u", value);
	m.diversion = text;
	iam_of(buf, &m, sip, isup, NAMES("RdI", "RgPN", "OCN"));
}

/* Words instead of values: the list, one a line. */
static void words(const char *title, const char *const *list,
		  void (*set)(struct sip_msg *m, char *buf, size_t size, const char *word),
		  const char *const *names)
{
	static char fate[MAP_STANDARDS][MAX_TEXT];

	say("%s\n", title);
	for (; *list; list++) {
		for (int s = 0; s < MAP_STANDARDS; s++) {
			struct sip_msg m = usual_invite();
			struct map_profile isup, sip;
			char buf[256];

			profiles(&isup, &sip, s);
			set(&m, buf, sizeof(buf), *list);
			iam_of(fate[s], &m, &sip, &isup, names);
		}
		say_fates(*list, fate);
	}
}

static void set_privacy(struct sip_msg *m, char *buf, size_t size, const char *word)
{
	m->privacy = word;
	m->pai = "<sip:+498955511@peer;user=phone>";
}

static void set_cpc(struct sip_msg *m, char *buf, size_t size, const char *word)
{
	snprintf(buf, size, "<sip:+498955500;cpc=%s@peer;user=phone>", word);
	m->pai = buf;
}

static void set_reason(struct sip_msg *m, char *buf, size_t size, const char *word)
{
	snprintf(buf, size, "<sip:+4930777@h>;reason=%s", word);
	m->diversion = buf;
}

static void set_hidden(struct sip_msg *m, char *buf, size_t size, const char *word)
{
	snprintf(buf, size, "<sip:+4930777@h>;reason=no-answer;privacy=%s", word);
	m->diversion = buf;
}

static void set_ruri(struct sip_msg *m, char *buf, size_t size, const char *word)
{
	m->ruri = word;
	m->to = NULL;
}

static void set_from(struct sip_msg *m, char *buf, size_t size, const char *word)
{
	m->from = word;
}

static void to_sip(void)
{
	sweep("IAM: nature of the called number -> Request-URI", 127, called_nature);
	sweep("IAM: plan of the called number -> Request-URI", 7, called_plan);
	sweep("IAM: nature of the calling number", 127, calling_nature);
	sweep("IAM: plan of the calling number", 7, calling_plan);
	sweep("IAM: presentation of the calling number, to a trusted peer", 3, presentation);
	sweep("IAM: the same to a peer that is not trusted", 3, presentation_untrusted);
	sweep("IAM: screening of the calling number", 3, screening);
	sweep("IAM: the same, restricted", 3, screening_hidden);
	sweep("IAM: the calling number is incomplete", 1, incomplete);
	sweep("IAM: calling party's category", 255, category);
	sweep("IAM: qualifier of a generic number", 255, generic_qualifier);
	sweep("IAM: presentation of an additional calling number", 3, generic_presentation);
	sweep("IAM: transmission medium, with a speech description", 255, medium);
	sweep("IAM: hop counter", 31, hops);
	sweep("IAM: hop counter, with a factor of 3", 31, hops_times);
	sweep("IAM: redirecting reason", 15, redirect_reason);
	sweep("IAM: original redirection reason", 15, redirect_original);
	sweep("IAM: redirection counter", 7, redirect_count);
	sweep("IAM: redirecting indicator", 7, redirect_indicator);
	sweep("IAM: presentation of the redirecting number", 3, redirect_presentation);
}

static void to_isup(void)
{
	sweep("INVITE: Max-Forwards, with a factor of 3", 100, max_forwards);
	sweep("INVITE: cause in History-Info", 699, history_cause);
	sweep("INVITE: counter in Diversion", 12, diversion_counter);
	words("INVITE: Request-URI", NAMES("sip:+4930123456@gw;user=phone",
	      "sip:+4930123456@gw", "sip:+442071234567@gw;user=phone",
	      "sip:030123456@gw;user=phone",
	      "sip:30123456@gw", "sip:bob@gw", "sip:gw", "tel:+49-30-(123)456",
	      "tel:123456;phone-context=+4930", "tel:123456;phone-context=x.example",
	      "tel:+4930123456;npdi", "tel:+4930123456;rn=+49199;npdi", "tel:*21#", "mailto:a@b",
	      "sip:+4930123456%3Bnpdi@gw;user=phone"), set_ruri, NAMES("CdPN", "RouN"));
	words("INVITE: From, nothing asserted", NAMES("<sip:+498955500@peer;user=phone>",
	      "<tel:+442071234567>", "<sip:anonymous@anonymous.invalid>", "<sip:bob@peer>",
	      "<sip:unavailable@unknown.invalid>", "<sip:08955500@peer;user=phone>", "<sip:peer>"),
	      set_from, NAMES("CgPN", "GenN"));
	words("INVITE: Privacy, asserted and From", NAMES("none", "id", "header", "user", "session",
	      "history", "critical", "id;critical", "user;id", "none;id"), set_privacy,
	      NAMES("CgPN", "GenN"));
	words("INVITE: cpc of the asserted number", NAMES("ordinary", "operator", "priority",
	      "data", "test", "payphone", "unknown", "mobile-hplmn", "mobile-vplmn", "ieps",
	      "nonsense"), set_cpc, NAMES("CPC"));
	words("INVITE: reason of Diversion", NAMES("unknown", "user-busy", "no-answer",
	      "unconditional", "deflection", "unavailable", "time-of-day", "do-not-disturb",
	      "follow-me", "out-of-service", "away", "nonsense"), set_reason, NAMES("RdI"));
	words("INVITE: privacy of Diversion", NAMES("off", "name", "uri", "full", "nonsense"),
	      set_hidden, NAMES("RgPN", "RdI"));
}

static FILE *golden(const char *mode)
{
	const char *top = getenv("top_srcdir");
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/tests/golden/map/sweep.txt", top ? top : ".");
	f = fopen(path, mode);
	ck_assert_msg(f != NULL, "%s", path);
	return f;
}

/* The first line that differs. */
static void differ(void)
{
	const char *a = want, *b = out_text;

	while (*a && *b) {
		size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");

		if (n != m || memcmp(a, b, n) != 0)
			ck_abort_msg("sweep.txt says\n%.*s\nit is\n%.*s\n"
				     "(GOLDEN_UPDATE=1 writes it)", (int)n, a, (int)m, b);
		a += n + (a[n] != '\0');
		b += m + (b[m] != '\0');
	}
	ck_assert_msg(*a == *b, "sweep.txt is shorter or longer: GOLDEN_UPDATE=1 writes it");
}

START_TEST(every_value)
{
	FILE *f;

	say("# Made by tests/check_map_sweep.c (GOLDEN_UPDATE=1): what becomes of every value\n");
	to_sip();
	to_isup();
	if (getenv("GOLDEN_UPDATE")) {
		f = golden("w");
		fwrite(out_text, 1, out_len, f);
		fclose(f);
	}
	f = golden("r");
	want[fread(want, 1, sizeof(want) - 1, f)] = '\0';
	fclose(f);
	differ();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("map_sweep");
	TCase *tc = tcase_create("map_sweep");

	tcase_add_test(tc, every_value);
	suite_add_tcase(suite, tc);
	return suite_run(suite);
}
