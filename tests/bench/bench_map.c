/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the mapper takes for one call: an IAM becomes an INVITE, and an INVITE an IAM, from an
 * ordinary call to one that says all that a call can say, in each standard. CPU time, the best of
 * several runs; all have a limit, above which this fails.
 *
 * bench_map CASE ROUNDS: that case alone, so often, without a clock: to count instructions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gw/map.h"

enum { RUNS = 300, ROUNDS = 1000 };
/* In nanoseconds: of an ordinary call; of one that says all, which takes 2000 where nothing else
 * runs; of one whose headers and body have to be read. */
enum { LIMIT = 2000, LIMIT_FULL = 3000, LIMIT_READ = 6000 };

#define SDP "v=0\r\no=- 88001 1 IN IP4 192.0.2.21\r\ns=-\r\nc=IN IP4 192.0.2.21\r\nt=0 0\r\n" \
	"m=audio 30042 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n" \
	"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"

/* As it comes from a national network: calling number, bearer, hop counter, HLC. */
static const char plain[] =
	"IAM; NCI; FCI isup_all_the_way=1 isdn_access=1; CPC value=10; TMR value=3; "
	"CdPN nai=3 npi=1 inn=1 30123456; CgPN nai=3 npi=1 apri=0 si=3 8955500; HOP value=20; "
	"USI 9090a3; ATP 7d029181";

/* Diverted five times, with user information, subaddresses, a number to show, precedence. */
static const char full[] =
	"IAM; NCI satellite=1; FCI isup_all_the_way=1 isdn_access=1; CPC value=11; TMR value=3; "
	"CdPN nai=3 npi=1 inn=1 30123456; CgPN nai=3 npi=1 apri=0 si=3 8955500; HOP value=20; "
	"OCN nai=3 npi=1 30777; RgPN nai=4 npi=1 4420888; "
	"RdI indicator=3 original_reason=1 count=5 reason=6; "
	"GenN qualifier=6 nai=3 npi=1 inn=0 apri=0 si=1 8955509; "
	"LocN nai=4 npi=1 inn=0 apri=0 si=3 4930; TNS type=2 plan=0 1033; "
	"MLPP level=2; UUI #04" "%s" "; USI 9090a3; "
	"ATP 7d02918170068050303132337106805033343536";

static const char full_ansi[] =
	"IAM; NCI satellite=1; FCI isup_all_the_way=1; CPC value=10; USI #9090a2; "
	"CdPN nai=3 npi=1 inn=1 2125551234; CgPN nai=3 npi=1 apri=0 si=3 2125550000; "
	"OLI value=61; JIP 240888; ChN nai=3 npi=1 3125550100; OCN nai=3 npi=1 2125550777; "
	"RgPN nai=3 npi=1 2125550888; RdI indicator=3 original_reason=1 count=2 reason=2; "
	"HOP value=20; GenName #00416c6963652057; UUI #04" "%s";

struct world {
	struct isup_msg iam, made;
	struct map_profile isup, sip;
	struct cc_setup setup;
	struct sip_msg inv;
	struct sip_out out;
	char uui[300], history[1024], diversion[320];
};

/* --- the cases --- */

static bool to_invite(struct world *w)
{
	return map_iam_to_setup(&w->setup, &w->iam, &w->isup) == 0 &&
	       map_setup_to_invite(&w->out, &w->setup, &w->iam, SDP, &w->sip) == 0;
}

static bool to_iam(struct world *w)
{
	bool has_isup;

	return map_invite_to_setup(&w->setup, &w->made, &has_isup, &w->inv, &w->sip) == 0 &&
	       map_setup_to_iam(&w->made, &w->setup, has_isup ? &w->made : NULL, &w->isup) == 0;
}

struct bench {
	const char *name;
	bool (*run)(struct world *w);
	unsigned int limit;
	const char *iam;
	const struct isup_dialect *dialect;
	enum map_standard standard;
	enum map_isup_body body;
};

#define TO_INVITE(name, limit, ...) { "iam-to-invite" name, to_invite, limit, __VA_ARGS__ }
#define TO_IAM(name, limit, ...) { "invite-to-iam" name, to_iam, limit, __VA_ARGS__ }

static const struct bench benches[] = {
	TO_INVITE("", LIMIT, plain, &isup_itu),
	TO_INVITE("-sipt", LIMIT, plain, &isup_itu, MAP_RFC3398, MAP_ISUP_SIP_T),
	TO_INVITE("-full-no-body", LIMIT_FULL, full, &isup_itu),
	TO_INVITE("-full-rfc3398", LIMIT_FULL, full, &isup_itu, MAP_RFC3398, MAP_ISUP_SIP_T),
	TO_INVITE("-full-profile-a", LIMIT_FULL, full, &isup_itu, MAP_PROFILE_A, MAP_ISUP_SIP_T),
	TO_INVITE("-full-profile-b", LIMIT_FULL, full, &isup_itu, MAP_PROFILE_B, MAP_ISUP_SIP_T),
	TO_INVITE("-full-profile-c", LIMIT_FULL, full, &isup_itu, MAP_PROFILE_C, MAP_ISUP_SIP_I),
	TO_INVITE("-full-ansi", LIMIT_FULL, full_ansi, &isup_ansi, MAP_PROFILE_A, MAP_ISUP_SIP_T),
	TO_IAM("", LIMIT_FULL, NULL, &isup_itu),
	TO_IAM("-sipt", LIMIT_READ, plain, &isup_itu, MAP_RFC3398, MAP_ISUP_SIP_T),
	TO_IAM("-full-no-body", LIMIT_READ, full, &isup_itu, MAP_PROFILE_A),
	TO_IAM("-full-profile-c", LIMIT_READ, full, &isup_itu, MAP_PROFILE_C, MAP_ISUP_SIP_I),
};

static void profile(struct map_profile *p, const struct bench *b, const char *country_code)
{
	map_profile_default(p);
	snprintf(p->country_code, sizeof(p->country_code), "%s", country_code);
	snprintf(p->host, sizeof(p->host), "peer.example");
	snprintf(p->local_host, sizeof(p->local_host), "gw.example");
	snprintf(p->group, sizeof(p->group), "berlin");
	p->send_pai = p->trust_pai = true;
	p->dialect = b->dialect;
	p->standard = b->standard;
	p->isup_body = b->body;
	map_profile_indicators(p, !b->body);
}

/* The value of a header that was made, or NULL. */
static const char *header(char *buf, size_t size, const struct sip_out *out, const char *name)
{
	const char *at = strstr(out->headers, name);

	if (!at)
		return NULL;
	at += strlen(name) + 2;
	snprintf(buf, size, "%.*s", (int)strcspn(at, "\r"), at);
	return buf;
}

/* The INVITE that another gateway makes of this IAM. */
static bool receive(struct world *w)
{
	if (!to_invite(w))
		return false;
	w->inv = (struct sip_msg){
		.is_request = true, .ruri = w->out.ruri, .from = w->out.from, .to = w->out.to,
		.pai = w->out.pai, .max_forwards = 70, .content_type = w->out.content_type,
		.body = w->out.body, .body_len = w->out.body_len,
		.diversion = w->out.diversion[0] ? w->out.diversion : NULL,
		.history_info = header(w->history, sizeof(w->history), &w->out, "History-Info"),
		.user_to_user = header(w->uui, sizeof(w->uui), &w->out, "User-to-User"),
	};
	return true;
}

static bool begin(struct world *w, const struct bench *b)
{
	char octets[241] = "", text[1024];
	const char *why;
	int line;

	*w = (struct world){
		.inv = {
			.is_request = true, .ruri = "sip:+4930123456@gw.example;user=phone",
			.from = "\"Alice\" <sip:+442071234567@peer.example;user=phone>",
			.to = "<sip:+4930123456@gw.example>", .max_forwards = 70,
			.pai = "<sip:+442071234567@peer.example>",
			.content_type = "application/sdp", .body = (const uint8_t *)SDP,
			.body_len = sizeof(SDP) - 1,
		},
	};
	profile(&w->isup, b, b->dialect == &isup_ansi ? "1" : "49");
	profile(&w->sip, b, w->isup.country_code);
	for (unsigned int i = 0; i + 1 < sizeof(octets); i++)
		octets[i] = "0123456789abcdef"[i % 16];
	if (!b->iam)
		return true;
	snprintf(text, sizeof(text), b->iam, octets);
	if (isup_parse(&w->iam, b->dialect, text, &why, &line) < 0) {
		fprintf(stderr, "%s: %s\n", b->name, why);
		return false;
	}
	return b->run != to_iam || receive(w);
}

/* --- measured --- */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

/* false: it does not work, or is slower than the limit. */
static bool measure(const struct bench *b, struct world *w)
{
	double best = 1e18;

	for (int i = 0; i < RUNS; i++) {
		double start = now(), took;

		for (int k = 0; k < ROUNDS; k++)
			if (!b->run(w))
				return false;
		took = (now() - start) / ROUNDS;
		if (took < best)
			best = took;
	}
	printf("bench ns-map-%s %.1f ns\n", b->name, best);
	if (best <= b->limit)
		return true;
	fprintf(stderr, "%s: more than %u ns\n", b->name, b->limit);
	return false;
}

int main(int argc, char **argv)
{
	static struct world w;
	bool ok = true;

	for (unsigned int i = 0; i < sizeof(benches) / sizeof(benches[0]); i++) {
		const struct bench *b = &benches[i];

		if (argc > 1 && strcmp(argv[1], b->name) != 0)
			continue;
		ok = begin(&w, b) && ok;
		if (argc < 3)
			ok = measure(b, &w) && ok;
		for (long n = argc < 3 ? 0 : atol(argv[2]); n > 0; n--)
			ok = b->run(&w) && ok;
	}
	return ok ? 0 : 1;
}
