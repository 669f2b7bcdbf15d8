/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flow that nobody wrote: both peers, the media gateway and the operator do what may be done, in
 * any order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/call.h"
#include "gw/trunk.h"
#include "tests/flow/fake_media.h"
#include "tests/flow/fake_sip.h"
#include "tests/flow/flow.h"

enum { STEPS = 200, ROUNDS = 1200 };	/* seconds to rest: beyond T27, T5 */

/* "@" is a circuit. */
static const char *const pstn_lines[] = {
	"IAM cic=@ called=3:8912345 calling=3:30765",
	"IAM cic=@ called=3:40112",
	"IAM cic=@ called=3:8912345 calling=3:30765; OFCI colp=1; UUI discriminator=4 01; "
		"RgPN nai=3 npi=1 8977; RdI indicator=3 count=1 reason=1",
	"IAM cic=@ called=3:70345; HOP value=5",
	"IAM cic=@ called=3:30112233",
	"IAM cic=@ called=3:72345",
	"IAM cic=@ called=3:42345",
	"IAM cic=@ called=3:71345",
	"IAM cic=@ called=3:666",
	"IAM cic=@ checked=3:8912345",
	"IAM cic=@ called=3:5012",
	"IAM cic=@ called=3:5112",
	"IAM cic=@ called=3:5212",
	"IAM cic=@ called=3:5312",
	"IAM cic=@ called=3:5512",
	"IAM cic=@ called=3:3112",
	"IAM cic=@ previous=3:30112233",
	"IAM cic=@ ; NCI; FCI; CPC value=10; TMR value=2; CdPN nai=3 npi=1 inn=0 8912345",
	"IAM cic=@ ; NCI; FCI; CPC value=10; TMR value=6; CdPN nai=3 npi=1 inn=0 8912345; "
	"TMRp value=3",
	"ACM cic=@ none ; TMU value=3",
	"ANM cic=@ ; TMU value=0",
	"COT cic=@ ; ContI success=1",
	"COT cic=@ ; ContI success=1",
	"COT cic=@ ; ContI success=0",
	"CCR cic=@",
	"LPA cic=@",
	"SAM cic=@ ; SubN 67",
	"SAM cic=@ ; SubN 8",
	"SAM cic=@ ; SubN 9F",
	"ACM cic=@ free",
	"ACM cic=@ none",
	"ACM cic=@ none cause=1; OBCI in_band=1",
	"CPG cic=@ ; EvI event=1",
	"CPG cic=@ ; EvI event=6",
	"CPG cic=@ ; EvI event=4; RnN nai=3 npi=1 30445; CDI notification=2 reason=1; "
		"GNI indicator=123; UUI discriminator=4 02",
	"CPG cic=@ ; EvI event=2; GNI indicator=121",
	"CPG cic=@ ; EvI event=2; GNI indicator=122",
	"ANM cic=@",
	"ANM cic=@ ; ConN nai=3 npi=1 apri=1 si=3 30445; UUI discriminator=4 03",
	"ANM cic=@",
	"CON cic=@ free",
	"SUS cic=@ ; SRI network=1",
	"RES cic=@ ; SRI network=1",
	"REL cic=@ cause=16",
	"REL cic=@ cause=17",
	"REL cic=@ cause=34",
	"REL cic=@ cause=44",
	"REL cic=@ cause=42; ACL value=2",
	"OLM cic=@",
	"UCIC cic=@",
	"CCR cic=@",
	"RLC cic=@",
	"RLC cic=@",
	"RSC cic=@",
	"BLO cic=@",
	"UBL cic=@",
	"FAC cic=@",
	"CFN cic=@ cause=97",
	"raw 010017010103",
	"raw 0200ff",
	"raw 0100010010",
};

static const char *const invites[] = {
	"INVITE ruri=sip:+4930112233@192.0.2.1 sdp user_to_user=04 supported=histinfo "
		"diversion=<sip:+498977@x>;reason=user-busy",
	"INVITE ruri=sip:+4930112233@192.0.2.1 sdp", "INVITE ruri=sip:+4930212233@192.0.2.1 sdp",
	"INVITE ruri=sip:+4930312233@192.0.2.1 sdp",
	"INVITE ruri=sip:+4930112233@192.0.2.1", "INVITE ruri=sip:+498912345@192.0.2.1 sdp",
	"INVITE ruri=sip:+498912345@192.0.2.1", "INVITE ruri=sip:+497012345@192.0.2.1 sdp",
	"INVITE ruri=sip:+4972112233@192.0.2.1 sdp", "INVITE ruri=sip:+49304123@192.0.2.1 sdp",
	"INVITE ruri=sip:+49304123@192.0.2.1", "INVITE ruri=sip:+49305123@192.0.2.1 sdp",
	"INVITE ruri=sip:+4930112233@192.0.2.1 peer=sipt sdp isup IAM called=3:30112233",
	"INVITE ruri=sip:+494012345@192.0.2.1 peer=sipt sdp isup IAM called=3:4012345",
	"INVITE ruri=sip:+4942345@192.0.2.1 sdp", "INVITE ruri=sip:alice@192.0.2.1 sdp",
	/* overlap: one call the longer the number gets */
	"INVITE peer=invites callid=r ruri=sip:+49301@192.0.2.1 sdp",
	"INVITE peer=invites callid=r ruri=sip:+493012@192.0.2.1 sdp",
	"INVITE peer=invites callid=r ruri=sip:+4930123@192.0.2.1 sdp=recvonly",
	"INVITE peer=invites callid=r ruri=sip:+49301234@192.0.2.1",
	"INVITE peer=invites callid=s ruri=sip:+49501@192.0.2.1 sdp",
	"INVITE peer=invites callid=s ruri=sip:+495012@192.0.2.1 sdp",
	"INVITE peer=invites callid=s ruri=sip:+4950123@192.0.2.1 sdp=recvonly",
	"INVITE peer=info callid=t ruri=sip:+49511@192.0.2.1 sdp",
	"INVITE peer=info callid=t ruri=sip:+495112@192.0.2.1 sdp",
	"INVITE peer=i-few callid=u ruri=sip:+4931@192.0.2.1 sdp",
	"INVITE peer=i-few callid=u ruri=sip:+4931123456@192.0.2.1 sdp",
	"INVITE peer=info-few callid=v ruri=sip:+495512@192.0.2.1 sdp",
	"INVITE peer=t-info callid=w ruri=sip:+49531@192.0.2.1 sdp isup IAM called=3:531",
	"INVITE ruri=sip:+4930112233@192.0.2.1 sdp codecs=97",
	"INVITE ruri=sip:+4930112233@192.0.2.1 sdp codecs=t38",
	"INVITE ruri=sip:+4930112233@192.0.2.1 peer=sipt sdp codecs=97,8 isup IAM ; NCI; FCI; "
	"CPC value=10; TMR value=6; CdPN nai=3 npi=1 inn=0 30112233; TMRp value=0",
	"INVITE ruri=sip:+4930112233@192.0.2.1 peer=sipt isup IAM ; NCI; FCI; "
	"CPC value=10; TMR value=6; CdPN nai=3 npi=1 inn=0 30112233; TMRp value=0",
	"INVITE ruri=sip:+4930112233@192.0.2.1 supported=100rel sdp",
	"INVITE ruri=sip:+4930112233@192.0.2.1 require=100rel",
	"INVITE ruri=sip:+498912345@192.0.2.1 peer=sipt supported=100rel sdp",
	"INVITE ruri=sip:+497012345@192.0.2.1 supported=100rel",
	"INVITE peer=t-info callid=w ruri=sip:+49531@192.0.2.1 supported=100rel "
		"sdp isup IAM called=3:531",
};

static const char *const sip_lines[] = {
	"181 user_to_user=0401 "
		"history_info=<sip:a@b>;index=1,<sip:+498944@c;cause=408>;index=1.1;mp=1",
	"200 sdp pai=<sip:+498944@x> privacy=id user_to_user=0402",
	"486 reason=SIP;cause=486,Q.850;cause=17 user_to_user=0403",
	"180",
	"183 sdp",
	"181",
	"180 isup ACM free",
	"183 sdp isup ACM none",
	"183 sdp codecs=97",
	"200 sdp codecs=97",
	"200 sdp",
	"200 sdp",
	"200",
	"200 sdp isup ANM",
	"302 contact=<sip:+4930999@192.0.2.9>",
	"302 contact=<tel:+4930299>,<sip:bob@192.0.2.10>;q=0.4",
	"300 contact=<sip:+4930999@192.0.2.1>,<sip:x@203.0.113.9>,<sip:a@192.0.2.99>",
	"404",
	"484",
	"484",
	"486",
	"503",
	"603",
	"500 isup REL cause=21",
	"SILENCE",
	"UNREACHABLE",
	"ACK",
	"ACK sdp",
	"ACK sdp=sendonly",
	"BYE",
	"BYE reason=Q.850;cause=31",
	"BYE isup REL cause=31",
	"CANCEL",
	"NOACK",
	"PRACK",
	"PRACK sdp",
	"NOPRACK",
	"180 p_early_media=inactive sdp",
	"183 p_early_media=sendrecv",
	"199",
	"183 sdp rseq=1",
	"183 to_tag=b sdp=inactive rseq=1",
	"415 accept=application/sdp",
	"503 retry_after=3",
	"UPDATE p_early_media=sendonly",
	"UPDATE isup FAC",
	"180 to_tag=a",
	"183 to_tag=a sdp",
	"183 to_tag=b sdp",
	"199 to_tag=a",
	"199 to_tag=b",
	"200 to_tag=a",
	"INFO",
	"I405",
	"I481",
	"INFO info=4",
	"INFO info=56",
	"INFO isup SAM ; SubN 7",
	"INFO isup SAM ; SubN 8F",
	"INFO isup SUS ; SRI network=1",
	"INFO isup RES ; SRI network=1",
	"INFO isup FAC",
	"REINVITE sdp=sendonly",
	"REINVITE sdp",
	"REINVITE",
	"UPDATE sdp",
	"R200 sdp",
	"R200",
	"R488",
	"R491",
	"R503",
};

static const char *const media_lines[] = {
	"ok", "ok", "ok", "slow", "answer", "answer", "answer", "fail 47", "dead", "lost 41",
	"passed", "passed", "failed", "unfit", "fit",
};

/* Marsaglia's xorshift. */
static unsigned int any(uint32_t *x, unsigned int n)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x % n;
}

#define PICK(x, list) (list)[any(x, ARRAY_SIZE(list))]

/* With FLOW_LOG, what is done. */
static void show(const char *who, unsigned int leg, const char *text)
{
	if (getenv("FLOW_LOG"))
		printf("%s%.0u> %s\n", who, leg, text);
}

/* Many calls at once, or few in which all the more happens. */
struct crowd {
	unsigned int near;		/* the dialogs that something may happen in: the newest */
	unsigned int fresh;		/* one of so many messages of SIP begins a call */
	uint16_t cic;			/* 0: any */
};

static void pstn_step(struct flow *f, uint32_t *x, const struct crowd *crowd)
{
	static const uint16_t cics[] = { 1, 2, 3, 4, 11, 12, 21, 21, 22, 31, 32, 51, 52, 71 };
	const char *line = PICK(x, pstn_lines), *at = strchr(line, '@');
	uint16_t any_cic = PICK(x, cics), cic = crowd->cic ? crowd->cic : any_cic;
	char text[256];

	/* either exchange has circuits 31 and 32 */
	if (at)
		snprintf(text, sizeof(text), "%s%.*s%u%s",
			 cic / 10 == 3 && any(x, 2) ? "from=1.1.3 " : "", (int)(at - line), line,
			 cic, at + 1);
	else
		snprintf(text, sizeof(text), "%s", line);
	show("pstn", 0, text);
	flow_pstn_send(f, text);
}

static void sip_step(struct flow *f, uint32_t *x, const struct crowd *crowd)
{
	unsigned int leg = fake_sip_legs();
	char text[256];

	if (!leg || any(x, crowd->fresh) == 0) {
		snprintf(text, sizeof(text), "%s", PICK(x, invites));
		show("sip", leg + 1, text);
		flow_sip_send(f, leg, text);
		return;
	}
	/* mostly the dialogs of now */
	leg -= any(x, leg < crowd->near ? leg : crowd->near);
	snprintf(text, sizeof(text), "%s", PICK(x, sip_lines));
	if (!fake_sip_may(leg, text))
		return;
	show("sip", leg, text);
	flow_sip_send(f, leg, text);
}

static void world_step(struct flow *f, uint32_t *x)
{
	unsigned int what = any(x, 15);
	const char *line;

	show("world", what, "");
	switch (what) {
	case 0:
		lab_mtp(&f->lab, false);
		break;
	case 1:
	case 2:
		lab_mtp(&f->lab, true);
		break;
	case 3:
		lab_wait(&f->lab, any(x, 35));
		break;
	case 12:
		lab_mtp_no_user(&f->lab);
		break;
	case 13:
		lab_mtp_congested(&f->lab);
		break;
	case 4:
		if (f->lab.gw->n_calls)
			call_clear(call_next(f->lab.gw, NULL), "cleared by command");
		break;
	case 5:
		lab_mtp_to(&f->lab, LAB_DPC_2, any(x, 2));
		break;
	default:
		line = PICK(x, media_lines);
		show("media", 0, line);
		fake_media_do(f->lab.media, line);
	}
	lab_settle(&f->lab);
}

/* What the exchange owes as an answer to what it was sent; mostly it gives it. */
static void exchange_answers(struct flow *f, uint32_t *x, bool always)
{
	char text[4096], name[16], back[64];
	unsigned int cic;

	while (flow_pstn_take(f, text, sizeof(text))) {
		if (sscanf(text, "%15s cic=%u", name, &cic) != 2 || (!always && any(x, 4) == 0))
			continue;
		if (strcmp(name, "REL") && strcmp(name, "RSC") && strcmp(name, "CCR") &&
		    strcmp(name, "UPT"))
			continue;
		snprintf(back, sizeof(back), "%s%s cic=%u",
			 strstr(text, " to=1.1.3") ? "from=1.1.3 " : "",
			 *name == 'C' ? "LPA" : *name == 'U' ? "UPA" : "RLC", cic);
		flow_pstn_send(f, back);
	}
}

static void forget_output(struct flow *f)
{
	static struct fake_sent s;
	char text[64];

	while (fake_sip_take(&s))
		show("  sip", s.leg, s.text);
	while (fake_media_take(f->lab.media, text, sizeof(text)))
		show("  media", 0, text);
}

/* Everything is repaired and every call is cleared: all must become idle. */
static void to_rest(struct flow *f, uint32_t *x)
{
	char leg[16];

	lab_mtp(&f->lab, true);
	lab_mtp_to(&f->lab, LAB_DPC_2, true);
	fake_media_do(f->lab.media, "ok");
	fake_media_do(f->lab.media, "answer");
	fake_media_do(f->lab.media, "fit");
	fake_media_do(f->lab.media, "passes");
	lab_settle(&f->lab);
	forget_output(f);
	snprintf(leg, sizeof(leg), "%u", fake_sip_owes());
	if (strcmp(leg, "0"))
		flow_bad(f, "an offer is not answered in dialog", leg);
	for (int i = 0; i < ROUNDS; i++) {
		while (f->lab.gw->n_calls)
			call_clear(call_next(f->lab.gw, NULL), "cleared by command");
		lab_settle(&f->lab);
		exchange_answers(f, x, true);
		forget_output(f);
		if (!*lab_busy_circuits(&f->lab) && !f->lab.n_pstn)
			return;
		lab_wait(&f->lab, 1);
	}
}

/* What a trunk group may be set to: standards, redirections, suspension told by re-INVITE. */
static void settings(struct flow *f, uint32_t seed)
{
	struct config_trunk *cfg;
	struct trunk *t;
	const char *why;

	llist_for_each_entry(cfg, &f->lab.cfg->trunks, list)
		cfg->redirect = seed % 3;
	llist_for_each_entry(t, &f->lab.gw->trunks, list) {
		t->profile.standard = seed / 3 % MAP_STANDARDS;
		if (seed / 12 % 2 == 0)
			map_override_parse(&t->profile.overrides[t->profile.n_overrides++], "isup",
					   "suspend-hold", "yes", &why);
	}
}

void flow_random(struct flow *f, uint32_t seed)
{
	static const struct crowd crowds[] = {
		{ .near = 8, .fresh = 6 }, { .near = 8, .fresh = 6 }, { .near = 3, .fresh = 30 },
		{ .near = 3, .fresh = 30, .cic = 21 },
	};
	const struct crowd *crowd = &crowds[seed % ARRAY_SIZE(crowds)];
	uint32_t x = seed * 2654435761u + 1;

	lab_media(&f->lab);
	settings(f, seed);
	for (int i = 0; i < STEPS && !f->failed; i++) {
		unsigned int who = any(&x, 20);

		if (who < 9)
			pstn_step(f, &x, crowd);
		else if (who < 18)
			sip_step(f, &x, crowd);
		else
			world_step(f, &x);
		exchange_answers(f, &x, false);
		forget_output(f);
	}
	if (!f->failed)
		to_rest(f, &x);
}
