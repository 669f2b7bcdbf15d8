/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the mapper takes for one call: an IAM becomes an INVITE, without and with the IAM in its
 * body, and an INVITE becomes an IAM. CPU time, the best of several runs; the first two have a
 * limit, above which this fails. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gw/map.h"

enum { RUNS = 15, ROUNDS = 50000, LIMIT_NS = 2000 };

#define SDP "v=0\r\no=- 88001 1 IN IP4 192.0.2.21\r\ns=-\r\nc=IN IP4 192.0.2.21\r\nt=0 0\r\n" \
	"m=audio 30042 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n" \
	"a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n"

/* As it comes from a national network: calling number, bearer, hop counter, HLC. */
static const char text[] =
	"IAM; NCI; FCI isup_all_the_way=1 isdn_access=1; CPC value=10; TMR value=3; "
	"CdPN nai=3 npi=1 inn=1 30123456; CgPN nai=3 npi=1 apri=0 si=3 8955500; HOP value=20; "
	"USI 9090a3; ATP 7d029181";

struct world {
	struct isup_msg iam, made;
	struct map_profile isup, sip;
	struct cc_setup setup;
	struct sip_msg inv;
	struct sip_out out;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

static bool to_invite(struct world *w)
{
	return map_iam_to_setup(&w->setup, &w->iam, &w->isup) == 0 &&
	       map_setup_to_invite(&w->out, &w->setup, &w->iam, SDP, &w->sip) == 0;
}

static bool to_iam(struct world *w)
{
	bool has_isup;

	return map_invite_to_setup(&w->setup, &w->made, &has_isup, &w->inv, &w->sip) == 0 &&
	       map_setup_to_iam(&w->made, &w->setup, NULL, &w->isup) == 0;
}

/* 0, or -1: it does not work, or is slower than the limit (0: none). */
static int measure(const char *name, bool (*run)(struct world *w), struct world *w, double limit)
{
	double best = 1e18;

	for (int i = 0; i < RUNS; i++) {
		double start = now(), took;

		for (int k = 0; k < ROUNDS; k++)
			if (!run(w))
				return -1;
		took = (now() - start) / ROUNDS;
		if (took < best)
			best = took;
	}
	printf("bench %s %.1f ns\n", name, best);
	if (!limit || best <= limit)
		return 0;
	fprintf(stderr, "%s: more than %.0f ns\n", name, limit);
	return -1;
}

static void profile(struct map_profile *p, const char *country_code)
{
	map_profile_default(p);
	snprintf(p->country_code, sizeof(p->country_code), "%s", country_code);
	snprintf(p->host, sizeof(p->host), "peer.example");
	snprintf(p->local_host, sizeof(p->local_host), "gw.example");
	p->send_pai = p->trust_pai = true;
}

int main(void)
{
	static struct world w = {
		.inv = {
			.is_request = true, .ruri = "sip:+4930123456@gw.example;user=phone",
			.from = "\"Alice\" <sip:+442071234567@peer.example;user=phone>",
			.to = "<sip:+4930123456@gw.example>", .max_forwards = 70,
			.pai = "<sip:+442071234567@peer.example>",
			.content_type = "application/sdp", .body = (const uint8_t *)SDP,
			.body_len = sizeof(SDP) - 1,
		},
	};
	const char *why;
	int line, rc;

	profile(&w.isup, "49");
	profile(&w.sip, "49");
	if (isup_parse(&w.iam, &isup_itu, text, &why, &line) < 0)
		return 1;
	rc = measure("ns-map-iam-to-invite", to_invite, &w, LIMIT_NS);
	w.sip.isup_body = MAP_ISUP_SIP_T;
	rc |= measure("ns-map-iam-to-invite-sipt", to_invite, &w, LIMIT_NS);
	rc |= measure("ns-map-invite-to-iam", to_iam, &w, 0);
	return rc ? 1 : 0;
}
