/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Malformed M3UA against a live association, in each role and state: nothing of it may harm, BEAT
 * is answered after it, and the association still carries traffic. Most rows end a process that
 * uses libosmo-sigtran 1.6 alone. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/bit16gen.h>
#include <osmocom/core/bit32gen.h>
#include <osmocom/core/utils.h>

#include "gw/m3ua_check.h"
#include "tests/mtp/harness.h"
#include "tests/mtp/seam.h"
#include "tests/suite.h"

enum { OWN = 1 << 11 | 1 << 3 | 1, FAR = 1 << 11 | 1 << 3 | 2, MAX_PACKET = 70000 };

static struct seen seen;
static struct peer peer;

/* count: the parameters are repeated so often. ppid, flags: 0 is M3UA's, complete. cut: octets
 * taken off the end. */
static const struct bad {
	const char *name;
	uint8_t cls, type;
	struct {
		uint16_t tag, len;
		const char *hex;	/* first octets of the value; the rest is zero */
	} par[3];
	unsigned int count;
	uint32_t ppid;
	unsigned int cut;
	const char *raw;
	bool asp_takes;			/* an ASP leaves it to the user */
} bad[] = {
	{ "BEAT of 1600 octets", 3, 3, { { 0x0009, 1600 } } },
	{ "BEAT of 1024 octets", 3, 3, { { 0x0009, 1024 } } },
	{ "ERROR of 600 octets", 0, 0, { { 0x000c, 4 }, { 0x0007, 600 } } },
	{ "ERROR of 1300 octets, unknown parameters", 0, 0,
	  { { 0x000c, 4 }, { 0x7777, 600 }, { 0x7778, 600 } } },
	{ "ERROR with empty code", 0, 0, { { 0x000c, 0 } } },
	{ "ERROR without code", 0, 0 },
	{ "NOTIFY with short ASP identifier", 0, 1, { { 0x000d, 4, "00010003" }, { 0x0011, 2 } } },
	{ "NOTIFY with empty status", 0, 1, { { 0x000d, 0 } } },
	{ "NOTIFY AS-PENDING", 0, 1, { { 0x000d, 4, "00010004" } } },
	{ "ASPUP with short ASP identifier", 3, 1, { { 0x0011, 2 } } },
	{ "DATA with short routing context", 1, 1, { { 0x0006, 2 }, { 0x0210, 20 } } },
	{ "DATA with two routing contexts", 1, 1, { { 0x0006, 8 }, { 0x0210, 20 } } },
	{ "DATA with empty protocol data", 1, 1, { { 0x0210, 0 } } },
	{ "DATA with a label only", 1, 1, { { 0x0210, 12 } } },
	{ "DATA without protocol data", 1, 1, { { 0x0006, 4, "00000065" } } },
	{ "DATA with two protocol data", 1, 1, { { 0x0210, 20 } }, 2 },
	{ "DATA of 2010 octets to us", 1, 1, { { 0x0210, 2010, "0000080a0000080905020001" } } },
	{ "DATA of 1510 octets to another", 1, 1,
	  { { 0x0210, 1510, "0000080a0000080a05020001" } } },
	{ "DATA to another", 1, 1,
	  { { 0x0210, 40, "0000080a0000080a05020001" } }, .asp_takes = true },
	{ "DATA of a user we have not", 1, 1, { { 0x0210, 40, "0000080a0000080903020001" } } },
	{ "DATA with a point code of 32 bits", 1, 1,
	  { { 0x0210, 40, "ff00080aff00080905020001" } } },
	{ "DATA of 60000 octets", 1, 1, { { 0x0210, 60000 } } },
	{ "REG REQ", 9, 1, { { 0x0207, 24, "020a000800000001020b000800000809" } } },
	{ "REG REQ of 60 keys", 9, 1, { { 0x0207, 16, "020a000800000001020b000800000809" } }, 60 },
	{ "REG REQ of 400 keys", 9, 1,
	  { { 0x0207, 16, "020a000800000001020b000800000809" } }, 400 },
	{ "REG REQ with short key identifier", 9, 1, { { 0x0207, 8, "020a000500000000" } } },
	{ "DEREG REQ of 400 contexts", 9, 3, { { 0x0006, 1600 } } },
	{ "ASPAC with short traffic mode", 4, 1, { { 0x000b, 1 } } },
	{ "ASPAC of 300 contexts", 4, 1, { { 0x0006, 1200 } } },
	{ "ASPAC with odd contexts", 4, 1, { { 0x0006, 6 } } },
	{ "DUNA with short code", 2, 1, { { 0x0012, 2 } } },
	{ "DUNA without code", 2, 1 },
	{ "DUNA of 2^24 codes", 2, 1, { { 0x0012, 4, "18000000" } } },
	{ "DUNA of 2^255 codes", 2, 1, { { 0x0012, 1024, "ff000000" } } },
	{ "DAVA of all codes", 2, 2, { { 0x0012, 4, "18000000" } } },
	{ "SCON with short level", 2, 4, { { 0x0012, 4 }, { 0x0205, 1 } } },
	{ "DUPU with short cause", 2, 5, { { 0x0012, 4 }, { 0x0204, 2 } } },
	{ "DUPU without cause", 2, 5, { { 0x0012, 4 } } },
	{ "DAUD of 250 codes", 2, 3, { { 0x0012, 1000 } } },
	{ "DAUD of 450 codes", 2, 3, { { 0x0012, 1800 } } },
	{ "unknown type", 3, 9 },
	{ "unknown class", 7, 1 },
	{ "M2UA class", 6, 1, { { 0x0300, 8 } } },
	{ "100 parameters", 3, 3, { { 0x1234, 4 } }, 100 },
	{ "another payload protocol", 3, 3, .ppid = 4 },
	{ "cut in a parameter", 1, 1, { { 0x0006, 4, "00000065" }, { 0x0210, 20 } }, .cut = 8 },
	{ "three octets", .raw = "010003" },
	{ "a header cut short", .raw = "01000303000000" },
	{ "version 2", .raw = "0200030300000008" },
	{ "a length of nothing", .raw = "0100030300000000" },
	{ "a length beyond the end", .raw = "010003030000000c" },
	{ "a length of 4 GiB", .raw = "01000303ffffffff" },
	{ "a parameter of length 0", .raw = "010003030000000c00090000" },
	{ "a parameter of length 3", .raw = "010003030000000c00090003" },
	{ "a parameter of length 65535", .raw = "010003030000000c0009ffff" },
	{ "half a parameter header", .raw = "010003030000000a0009" },
};

static unsigned int count_of(const struct bad *b)
{
	return b->count ? b->count : 1;
}

static size_t build(const struct bad *b, uint8_t *msg)
{
	size_t at = M3UA_HEADER, used;
	uint8_t hex[64];

	if (b->raw)
		return osmo_hexparse(b->raw, msg, MAX_PACKET);
	memset(msg, 0, MAX_PACKET);
	for (unsigned int n = 0; n < count_of(b); n++) {
		for (unsigned int i = 0; i < 3 && b->par[i].tag; i++) {
			osmo_store16be(b->par[i].tag, msg + at);
			osmo_store16be(4 + b->par[i].len, msg + at + 2);
			used = b->par[i].hex ? osmo_hexparse(b->par[i].hex, hex, sizeof(hex)) : 0;
			memcpy(msg + at + 4, hex, used);
			at += 4 + (b->par[i].len + 3u) / 4 * 4;
		}
	}
	msg[0] = 1;
	msg[2] = b->cls;
	msg[3] = b->type;
	osmo_store32be(at, msg + 4);
	return at - b->cut;
}

/* As SCTP would give it to a reader with a smaller buffer: in parts, the last one marked. */
static void send_in_parts(const uint8_t *msg, size_t len, uint32_t ppid)
{
	enum { PART = 2048 };

	for (size_t at = 0; at < len; at += PART) {
		bool last = len - at <= PART;

		peer_send_raw(&peer, msg + at, last ? len - at : PART, ppid, last ? SEAM_EOR : 0);
		run_ms(1);
	}
}

static const char sg_config[] =
	"cs7 instance 0\n"
	" point-code 1.1.1\n"
	" asp peer 2906 2905 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  role sg\n"
	"  sctp-role server\n"
	" as as-peer m3ua\n"
	"  asp peer\n"
	"  traffic-mode override\n"
	"  routing-key 101 1.1.2\n"
	" route-table system\n"
	"  update route 1.1.2 7.255.7 linkset as-peer\n"
	" listen m3ua 2905\n"
	"  local-ip 127.0.0.1\n"
	"  accept-asp-connections pre-configured\n";

static const char asp_config[] =
	"cs7 instance 0\n"
	" point-code 1.1.1\n"
	" asp peer 2905 2906 m3ua\n"
	"  local-ip 127.0.0.1\n"
	"  remote-ip 127.0.0.2\n"
	"  role asp\n"
	"  sctp-role client\n"
	" as as-peer m3ua\n"
	"  asp peer\n"
	"  traffic-mode override\n"
	"  routing-key 101 1.1.1\n"
	" route-table system\n"
	"  update route 0.0.0 0.0.0 linkset as-peer\n";

enum where { SG_DOWN, SG_ACTIVE, ASP_DOWN, ASP_ACTIVE, WHERES };

static bool as_sg(enum where w)
{
	return w == SG_DOWN || w == SG_ACTIVE;
}

/* Its ASPUP is there, not answered yet. */
static void accept_gateway(void)
{
	peer_accept(&peer);
	peer_expect(&peer, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP);
}

static struct mtp *open_as(enum where w)
{
	struct mtp_user user = seen_user(&seen);
	struct mtp *mtp;

	if (!as_sg(w))
		peer_listen(&peer, "127.0.0.2", 2905);
	harness_config(as_sg(w) ? sg_config : asp_config);
	mtp = mtp_sigtran_open(NULL, &user, 0);
	ck_assert_ptr_nonnull(mtp);
	ck_assert_int_eq(mtp_watch(mtp, FAR), 0);
	if (as_sg(w))
		peer_connect(&peer, "127.0.0.2", 2906, "127.0.0.1", 2905);
	else
		accept_gateway();
	peer.rc = 101;
	run_ms(5);
	return mtp;
}

static void activate(enum where w)
{
	if (as_sg(w)) {
		peer_asp_activate(&peer);
		return;
	}
	peer_send_simple(&peer, M3UA_MSGC_ASPSM, M3UA_ASPSM_UP_ACK);
	peer_expect(&peer, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE);
	peer_send_simple(&peer, M3UA_MSGC_ASPTM, M3UA_ASPTM_ACTIVE_ACK);
	run_ms(5);
}

static void carries_traffic(struct mtp *mtp)
{
	const struct mtp_label l = { .opc = OWN, .dpc = FAR, .sls = 1, .ni = 2 };
	unsigned int n = seen.n_data;

	RUN_UNTIL(mtp_transfer(mtp, &l, (const uint8_t *)"out", 3) == 0);
	peer_expect(&peer, M3UA_MSGC_XFER, M3UA_XFER_DATA);
	peer_send_data(&peer, FAR, OWN, 1, "in");
	RUN_UNTIL(seen.n_data == n + 1);
}

/* Each row alone, in a process and an association of its own. */
START_TEST(survives)
{
	const struct bad *b = &bad[_i / WHERES];
	enum where w = _i % WHERES;
	uint8_t *msg = malloc(MAX_PACKET);
	struct mtp *mtp = open_as(w);
	size_t len = build(b, msg);
	unsigned int n_data;

	if (w == SG_ACTIVE || w == ASP_ACTIVE)
		activate(w);
	n_data = seen.n_data;
	send_in_parts(msg, len, b->ppid ? b->ppid : SEAM_PPID);
	run_ms(5);
	if (!b->asp_takes || w != ASP_ACTIVE)
		ck_assert_msg(seen.n_data == n_data, "%s was delivered", b->name);
	peer_beat(&peer);
	if (w == SG_DOWN || w == ASP_DOWN)
		activate(w);
	else		/* some rows are in order, and say that FAR is not available */
		peer_send_ssnm(&peer, M3UA_SNM_DAVA, 24u << 24);
	carries_traffic(mtp);
	mtp_close(mtp);
	free(msg);
}
END_TEST

START_TEST(data_waits_for_active)
{
	enum where w = _i ? ASP_DOWN : SG_DOWN;
	struct mtp *mtp = open_as(w);

	peer_send_data(&peer, FAR, OWN, 0, "before ASPUP");
	peer_expect(&peer, M3UA_MSGC_MGMT, M3UA_MGMT_ERR);
	ck_assert_uint_eq(osmo_load32be(peer.msg + 12), M3UA_ERR_UNEXPECTED_MSG);
	ck_assert_uint_eq(seen.n_data, 0);
	mtp_close(mtp);
}
END_TEST

/* Answers are limited: who sends rubbish does not get as much back. */
START_TEST(answers_are_limited)
{
	struct mtp *mtp = open_as(SG_ACTIVE);
	unsigned int answers = 0;

	activate(SG_ACTIVE);
	for (unsigned int i = 0; i < 200; i++)
		peer_send_hex(&peer, "0200030300000008");
	run_ms(50);
	while (peer_poll(&peer))
		answers += peer.msg[2] == M3UA_MSGC_MGMT && peer.msg[3] == M3UA_MGMT_ERR;
	ck_assert_msg(answers >= 1 && answers <= 20, "%u answers", answers);
	mtp_close(mtp);
}
END_TEST

static uint32_t rnd(void)
{
	static uint32_t state = 20240611;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* A message of the table, a few octets of it changed, sometimes cut or with its length put right
 * again. */
static size_t mutate(uint8_t *msg)
{
	size_t len;

	do
		len = build(&bad[rnd() % ARRAY_SIZE(bad)], msg);
	while (len > 2000);
	for (unsigned int n = rnd() % 6; n; n--)
		msg[rnd() % len] = rnd() % 3 ? rnd() % 20 : rnd();
	if (rnd() % 4 == 0)
		len = 1 + rnd() % len;
	if (rnd() % 2 && len >= M3UA_HEADER) {
		msg[0] = 1;
		osmo_store32be(len, msg + 4);
	}
	return len;
}

static void reconnect(enum where w)
{
	peer_close(&peer);
	run_ms(20);
	if (as_sg(w))
		peer_connect(&peer, "127.0.0.2", 2906, "127.0.0.1", 2905);
	else
		accept_gateway();
	run_ms(10);
	activate(w);
}

START_TEST(survives_mutations)
{
	enum where w = _i ? ASP_ACTIVE : SG_ACTIVE;
	uint8_t *msg = malloc(MAX_PACKET);
	struct mtp *mtp = open_as(w);

	activate(w);
	for (unsigned int i = 0; i < 20000; i++) {
		peer_send(&peer, msg, mutate(msg), rnd() % 3);
		if (i % 50 == 49) {
			run_ms(0);
			seen.n_data = 0;
			while (peer_poll(&peer))
				;
		}
	}
	run_ms(20);
	reconnect(w);
	carries_traffic(mtp);
	peer_beat(&peer);
	mtp_close(mtp);
	free(msg);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mtp_guard");
	TCase *tc = tcase_create("guard");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, harness_init, harness_exit);
	tcase_add_loop_test(tc, survives, 0, ARRAY_SIZE(bad) * WHERES);
	tcase_add_loop_test(tc, data_waits_for_active, 0, 2);
	tcase_add_test(tc, answers_are_limited);
	tcase_add_loop_test(tc, survives_mutations, 0, 2);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
