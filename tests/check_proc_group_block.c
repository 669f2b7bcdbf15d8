/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocking and unblocking of several circuits from our side: MGBS and HGBS. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/maintenance.h"
#include "tests/proc_bed.h"

static const struct bed_row maintenance[] = {
	{ "a group is blocked, and unblocked", 0,
	  "gblock ? >CGBA:0:3:0f ? setup ?@4 gunblock ? >CGUA:0:3:0f ?",
	  "<CGB:0:3:0f idle+L+P idle+L EBUSY idle+L@4 <CGU:0:3:0f idle+P idle" },
	{ "circuits are not hunted before CGUA", 0,
	  "gblock >CGBA:0:3:0f gunblock setup >CGUA:0:3:0f setup",
	  "<CGB:0:3:0f <CGU:0:3:0f EBUSY <IAM" },
	{ "calls go on", 0, "setup >CON gblock >CGBA:0:3:0f ? <REL:16 >RLC ?",
	  "<IAM ind:CON <CGB:0:3:0f outgoing+L <REL:16 idle+L" },
	{ "a single circuit has a neighbour in its message, whose bit is 0", 0,
	  "mblock@4 >CGBA:0:1:01@4 ?@4 munblock@4 >CGUA:0:1:01@4 ?@4",
	  "<CGB:0:1:01@4 idle+L@4 <CGU:0:1:01@4 idle@4" },
	{ "circuits with a gap go into one message", 0,
	  "pause mblock mblock@3 mblock@4 resume >CGBA:0:3:0d ?@2 ?@3",
	  "<CGB:0:3:0d idle@2 idle+L@3" },
	{ "what is to be blocked and what not go into two", 0,
	  "gblock >CGBA:0:3:0f pause munblock@2 munblock@3 mblock@3 munblock@4 resume "
	  ">CGUA:0:2:05@2 >CGBA:0:1:01@3 ?@3",
	  "<CGB:0:3:0f <CGU:0:2:05@2 <CGB:0:1:01@3 idle+L@3" },
	{ "asked twice", 0, "gunblock gblock gblock >CGBA:0:3:0f gblock gunblock gunblock",
	  "EALREADY <CGB:0:3:0f EALREADY*2 <CGU:0:3:0f EALREADY" },
	{ "some of them are blocked already", 0, "block@2 >BLA@2 gblock >CGBA:0:3:0d ?@2",
	  "<BLO@2 <CGB:0:3:0d idle+L@2" },
	{ "a range without a circuit of the group", 0, "mblock@5 mblock@6 fail@9 query@5",
	  "ENOENT@5 ENOENT@6 ENOENT@9 ENOENT@5" },
	{ "T18: CGB is repeated until CGBA", 0, "gblock +14 +1 +15 >CGBA:0:3:0f +900 ?",
	  "<CGB:0:3:0f*3 idle+L" },
	{ "T19: alarm, T18 stops, T19 repeats", 0,
	  "gblock +299 +1 ?@2 +299 +1 >CGBA:0:3:0f +900 ?@2",
	  "<CGB:0:3:0f*22 alarm idle+L+P@2 <CGB:0:3:0f alarm idle+L@2" },
	{ "T20: CGU is repeated until CGUA", 0,
	  "gblock >CGBA:0:3:0f gunblock +14 +1 +15 >CGUA:0:3:0f +900 ?",
	  "<CGB:0:3:0f <CGU:0:3:0f*3 idle" },
	{ "T21: alarm, T20 stops, T21 repeats", 0,
	  "gblock >CGBA:0:3:0f gunblock +299 +1 ?@2 +299 +1 >CGUA:0:3:0f +900 ?@2",
	  "<CGB:0:3:0f <CGU:0:3:0f*22 alarm idle+P@2 <CGU:0:3:0f alarm idle@2" },
	{ "a change of mind", 0, "gblock gunblock >CGBA:0:3:0f ? >CGUA:0:3:0f ?",
	  "<CGB:0:3:0f <CGU:0:3:0f idle+P idle" },
	{ "a change of mind about one circuit", 0,
	  "gblock munblock@2 >CGBA:0:3:0f ?@2 ?@3 >CGUA:0:1:01@2 ?@2 +900",
	  "<CGB:0:3:0f <CGU:0:1:01@2 idle+P@2 idle+L@3 idle@2" },
	{ "the circuit that has left is not in the repetition", 0,
	  "gblock munblock@2 >CGUA:0:1:01@2 +15 >CGBA:0:3:0d ?@2",
	  "<CGB:0:3:0f <CGU:0:1:01@2 <CGB:0:3:0d idle@2" },
	{ "repeated on resume", 0, "gblock pause resume >CGBA:0:3:0f ?", "<CGB:0:3:0f*2 idle+L" },
	{ "asked for while the peer is away", 0, "pause gblock +60 ? resume >CGBA:0:3:0f ?",
	  "idle+L+P+U <CGB:0:3:0f idle+L" },
};

static const struct bed_row hardware[] = {
	{ "a failure ends calls without REL and takes circuits out", 0,
	  "setup >CON setup@2 >IAM@3 gfail ? ?@2 >CGBA:1:3:0f ?@3 setup",
	  "<IAM ind:CON <IAM@2 setup@3 <CGB:1:3:0f release:41 repeat:41@2 release:41@3 idle+LF+P "
	  "idle+LF+P@2 idle+LF@3 EBUSY" },
	{ "and it is over", 0, "gfail >CGBA:1:3:0f gunfail ? >CGUA:1:3:0f ? setup",
	  "<CGB:1:3:0f <CGU:1:3:0f idle+P idle <IAM" },
	{ "both kinds are there for themselves", 0,
	  "gfail gblock ? >CGBA:0:3:0f >CGBA:1:3:0f ? gunfail >CGUA:1:3:0f ? gunblock "
	  ">CGUA:0:3:0f ?",
	  "<CGB:1:3:0f <CGB:0:3:0f idle+L+LF+P idle+L+LF <CGU:1:3:0f idle+L <CGU:0:3:0f idle" },
	{ "an attempt goes to another circuit", 0, "setup in:setup@2 fail ? >CGBA:1:1:01",
	  "<IAM <CGB:1:1:01 repeat:41 <IAM@2 idle+LF+P" },
	{ "the user releases one call when told of another", 0,
	  ">IAM >IAM@2 in:<REL:16@2 gfail ?@2 >RLC@2",
	  "setup setup@2 <CGB:1:3:0f release:41 <REL:16@2 releasing+LF+P@2" },
	{ "IAM on a circuit that has failed: CGB again", 0,
	  "fail@2 >CGBA:1:1:01@2 >IAM@2 >IAMT@2 ?@2 >CGBA:1:1:01@2 ?@2",
	  "<CGB:1:1:01@2*3 idle+LF+P@2 idle+LF@2" },
	{ "IAM on a circuit that has failed at the peer is dropped", 0,
	  ">CGB:1:1:01 >IAM >IAMT ? >CGU:1:1:01 >IAM", "<CGBA:1:1:01 idle+RF <CGUA:1:1:01 setup" },
	{ "a malformed IAM there has no REL", 0, "fail >CGBA:1:1:01 x01002001 ?",
	  "<CGB:1:1:01 idle+LF" },
	{ "RSC: failure and blocking are said again, then RLC", 0,
	  "fail >CGBA:1:1:01 block >BLA >RSC >BLA >CGBA:1:1:01 ?",
	  "<CGB:1:1:01 <BLO*2 <CGB:1:1:01 <RLC idle+L+LF" },
	{ "GRS: failure is said again, blocking is a bit of GRA", 0,
	  "fail@2 >CGBA:1:1:01@2 mblock@3 >CGBA:0:1:01@3 >GRS:3 ?@2 ?@3 >CGBA:1:1:01@2",
	  "<CGB:1:1:01@2 <CGB:0:1:01@3 <CGB:1:1:01@2 <GRA:3:04 idle+LF+P@2 idle+L@3" },
	{ "RSC while CGB is out", 0, "gfail >RSC@2 >CGBA:1:3:0f >CGBA:1:1:01@2 ?@2",
	  "<CGB:1:3:0f <CGB:1:1:01@2 <RLC@2 idle+LF@2" },
	{ "our RSC: failure is said again", 0, "fail >CGBA:1:1:01 reset ? >RLC ? >CGBA:1:1:01 ?",
	  "<CGB:1:1:01 <RSC resetting+LF <CGB:1:1:01 idle+LF+P idle+LF" },
	{ "our GRS: both are said again, by group", 0,
	  "gfail gblock >CGBA:1:3:0f >CGBA:0:3:0f greset >GRA:3:00 >CGBA:1:3:0f >CGBA:0:3:0f ?",
	  "<CGB:1:3:0f <CGB:0:3:0f <GRS:3 <CGB:1:3:0f <CGB:0:3:0f idle+L+LF" },
	{ "our GRS: the peer says its own again", 0,
	  ">CGB:1:1:01 >BLO@2 greset >CGB:1:1:01 >GRA:3:02 ? ?@2",
	  "<CGBA:1:1:01 <BLA@2 <GRS:3 <CGBA:1:1:01 idle+RF idle+R@2" },
	{ "our RSC: what the peer had blocked is no longer", 0, ">CGB:1:1:01 >BLO reset >RLC ?",
	  "<CGBA:1:1:01 <BLA <RSC idle" },
	{ "asked for while a reset runs", 0, "reset fail ? >RLC >CGBA:1:1:01 ?",
	  "<RSC resetting+LF <CGB:1:1:01 idle+LF" },
	{ "asked for before the first reset", BED_RESET,
	  "gfail gblock >GRA:3:00 >CGBA:1:3:0f >CGBA:0:3:0f ?",
	  "<GRS:3 <GRS:2@6 <CGB:1:3:0f <CGB:0:3:0f idle+L+LF" },
};

static const struct bed_row acknowledgements[] = {
	{ "circuits are missing: maintenance is told, they stay blocked", 0,
	  "gblock >CGBA:0:3:0b ?@3", "<CGB:0:3:0f alarm idle+L@3" },
	{ "circuits too many: maintenance is told", 0,
	  "pause mblock mblock@4 resume >CGBA:0:3:0b ?@2", "<CGB:0:3:09 alarm idle@2" },
	{ "missing and too many, unblocking", 0,
	  "gblock >CGBA:0:3:0f pause munblock munblock@4 resume >CGUA:0:3:02 ? ?@4 ?@2",
	  "<CGB:0:3:0f <CGU:0:3:09 alarm idle idle@4 idle+L@2" },
	{ "of the other type: not what is awaited", 0,
	  "gblock >CGBA:1:3:0f ? >CGUA:1:3:0f >CGBA:0:3:0f ?",
	  "<CGB:0:3:0f <CGU:1:3:0f idle+L+P idle+L" },
	{ "another range, another first circuit: not what is awaited", 0,
	  "gblock >CGBA:0:2:07 >CGBA:0:3:0f@2 ? >CGBA:0:3:0f ?", "<CGB:0:3:0f idle+L+P idle+L" },
	{ "CGUA to CGB: not what is awaited", 0, "gblock >CGUA:0:3:0f ? >CGBA:0:3:0f ?",
	  "<CGB:0:3:0f idle+L+P idle+L" },
	{ "CGBA for nothing, of circuits that are not blocked: CGU for them", 0,
	  "block@2 >BLA@2 >CGBA:0:3:0f ? >CGUA:0:3:0d ? ?@2",
	  "<BLO@2 <CGU:0:3:0d idle+P idle idle+L@2" },
	{ "CGBA for nothing, of circuits that are blocked", 0,
	  "gblock >CGBA:0:3:0f >CGBA:0:3:0f ?", "<CGB:0:3:0f idle+L" },
	{ "CGUA for nothing, of circuits that are blocked: CGB for them", 0,
	  "block@2 >BLA@2 >CGUA:0:3:0f ?@2 >CGBA:0:1:01@2 ?@2",
	  "<BLO@2 <CGB:0:1:01@2 idle+L+P@2 idle+L@2" },
	{ "CGUA for nothing, of circuits that are not", 0, ">CGUA:0:3:0f >CGUA:1:3:0f ?", "idle" },
	{ "hardware for nothing", 0, ">CGBA:1:1:01 >CGUA:1:1:01 ? fail >CGBA:1:1:01 >CGUA:1:1:01 ?",
	  "<CGU:1:1:01 idle <CGB:1:1:01*2 idle+LF+P" },
	{ "over the circuits of two groups", 0, ">CGBA:0:6:7f >CGUA:0:3:0f >CGUA:0:1:03@6 ? ?@6",
	  "<CGU:0:3:0f <CGU:0:1:03@6 idle idle@6" },
	{ "for circuits that we do not have", 0, ">CGBA:0:3:0f@20 >CGUA:0:1:03@20", "" },
	{ "not allowed: type, range 0, no status", 0, ">CGBA:2:1:03 >CGBA:0:0:01 x1a00010103 ?",
	  "idle" },
};

static const struct bed_row single[] = {
	{ "BLA for a circuit blocked by CGB", 0, "gblock >CGBA:0:3:0f >BLA ?",
	  "<CGB:0:3:0f idle+L" },
	{ "BLA while CGU is out: CGU sees to it", 0,
	  "gblock >CGBA:0:3:0f gunblock >BLA >CGUA:0:3:0f ?", "<CGB:0:3:0f <CGU:0:3:0f idle" },
	{ "UBA for a circuit blocked by CGB: BLO", 0, "gblock >CGBA:0:3:0f >UBA >BLA ?",
	  "<CGB:0:3:0f <BLO idle+L" },
	{ "UBL ends what CGB began", 0, "gblock >CGBA:0:3:0f unblock@2 >UBA@2 ?@2 ?@3",
	  "<CGB:0:3:0f <UBL@2 idle@2 idle+L@3" },
	{ "UBL while CGB is out", 0, "gblock unblock@2 >UBA@2 >CGBA:0:3:0f ?@2 ?@3 +900",
	  "<CGB:0:3:0f <UBL@2 idle@2 idle+L@3" },
	{ "CGU ends what BLO began", 0, "block@2 >BLA@2 gunblock >CGUA:0:1:01@2 ?@2",
	  "<BLO@2 <CGU:0:1:01@2 idle@2" },
	{ "CGU takes over from BLO, CGB from UBL", 0,
	  "block@2 gunblock >CGUA:0:1:01@2 block@3 >BLA@3 unblock@3 gblock >CGBA:0:3:0f ?@3 +900",
	  "<BLO@2 <CGU:0:1:01@2 <BLO@3 <UBL@3 <CGB:0:3:0f idle+L@3" },
	{ "block while CGB or CGU is out", 0,
	  "gblock block gunblock unblock block >BLA >CGUA:0:3:0f ? ?@2",
	  "<CGB:0:3:0f EBUSY <CGU:0:3:0f EBUSY <BLO idle+L idle@2" },
	{ "UCIC to CGB: that circuit is out, the others are asked again", 0,
	  "gblock >UCIC >CGBA:0:2:07@2 ? ?@2",
	  "<CGB:0:3:0f <CGB:0:2:07@2 alarm idle+L+O idle+L@2" },
	{ "UCIC for all of them", 0, "gfail >UCIC >UCIC@2 >UCIC@3 >UCIC@4 ?@4 +900",
	  "<CGB:1:3:0f <CGB:1:2:07@2 alarm <CGB:1:1:03@3 alarm@2 <CGB:1:1:01@4 alarm@3 alarm@4 "
	  "idle+LF+O@4" },
	{ "a circuit that the peer lacks is blocked when it is back", 0,
	  ">UCIC mblock ? reset >RLC >BLA ?", "alarm idle+L+O <RSC <BLO idle+L" },
};

/* --- whole exchanges --- */

enum { PEERS = 16, CICS = 4096, WINDOW = 8, GROUP = 32 };

struct exchange {
	struct isup_stack *stack;
	struct isup_group *group[PEERS];
	struct { uint8_t octets[64]; size_t len; } asked[PEERS][WINDOW + 1];
	unsigned int n[PEERS], most;	/* questions that are not yet answered */
	unsigned int circuits;		/* that were asked for */
};

static int count_bits(const uint8_t *octets, size_t n)
{
	int bits = 0;

	while (n--)
		bits += __builtin_popcount(*octets++);
	return bits;
}

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct exchange *x = ctx;
	unsigned int i = isup_group_config(g)->dpc - BED_HIGHER_PC, n = x->n[i]++;

	ck_assert_uint_lt(n, WINDOW);
	memcpy(x->asked[i][n].octets, sdu, len);
	x->asked[i][n].len = len;
	x->most = OSMO_MAX(x->most, x->n[i]);
	x->circuits += sdu[2] == ISUP_MT_CQM ? sdu[5] + 1 : count_bits(sdu + 7, len - 7);
	return 0;
}

/* CGBA and CGUA say what was said; all circuits are idle. */
static size_t answer_to(uint8_t *out, const uint8_t *sdu, size_t len)
{
	memcpy(out, sdu, len);
	if (sdu[2] != ISUP_MT_CQM) {
		out[2] = sdu[2] == ISUP_MT_CGB ? ISUP_MT_CGBA : ISUP_MT_CGUA;
		return len;
	}
	out[2] = ISUP_MT_CQR;
	out[3] = 2;
	out[4] = 3;
	out[5] = 1;
	out[6] = sdu[5];
	out[7] = sdu[5] + 1;
	memset(out + 8, 0x0c, out[7]);
	return 8 + out[7];
}

static void answer_all(struct exchange *x)
{
	uint8_t out[64];
	unsigned int i;

	for (i = 0; i < PEERS; i++) {
		while (x->n[i]) {
			size_t len = answer_to(out, x->asked[i][0].octets, x->asked[i][0].len);

			x->n[i]--;
			memmove(x->asked[i], x->asked[i] + 1, x->n[i] * sizeof(x->asked[i][0]));
			isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC + i, BED_LOWER_PC, 0, out,
					  len);
		}
	}
}

static const struct isup_stack_ops exchange_ops = { .transfer = transfer };

static struct exchange *exchange_new(void)
{
	struct exchange *x = talloc_zero(NULL, struct exchange);
	struct isup_group_cfg cfg = { .dialect = &isup_itu, .opc = BED_LOWER_PC };
	static const char *const names[PEERS] = { "a", "b", "c", "d", "e", "f", "g", "h",
						  "i", "j", "k", "l", "m", "n", "o", "p" };
	unsigned int i;

	x->stack = isup_stack_new(x, &exchange_ops, x, isup_tdefs_new(x), DLGLOBAL);
	for (i = 0; i < PEERS; i++) {
		cfg.name = names[i];
		cfg.dpc = BED_HIGHER_PC + i;
		ck_assert_int_eq(isup_group_new(&x->group[i], x->stack, &cfg), 0);
		ck_assert_int_eq(isup_group_add_range(x->group[i], 0, CICS - 1), 0);
		isup_group_start(x->group[i]);
	}
	return x;
}

static int ask(struct isup_group *g, unsigned int what)
{
	switch (what) {
	case 0:
		return isup_group_block(g, ISUP_BLOCKING_HARDWARE);
	case 1:
		return isup_group_unblock(g, ISUP_BLOCKING_HARDWARE);
	case 2:
		return isup_group_block(g, ISUP_BLOCKING_MAINTENANCE);
	case 3:
		return isup_group_unblock(g, ISUP_BLOCKING_MAINTENANCE);
	}
	return isup_group_query(g);
}

/* 65,536 circuits are blocked, unblocked and queried, each once, without a flood, and nothing is
 * left of it. */
START_TEST(whole_exchanges)
{
	struct exchange *x = exchange_new();
	size_t blocks = talloc_total_blocks(x);
	unsigned int i, what;
	struct isup_circuit *c;

	for (what = 0; what < 5; what++) {
		x->circuits = 0;
		for (i = 0; i < PEERS; i++)
			ck_assert_int_eq(ask(x->group[i], what), 0);
		answer_all(x);
		ck_assert_uint_eq(x->circuits, PEERS * CICS);
		ck_assert_uint_eq(x->most, WINDOW);
		for (i = 0; i < PEERS; i++)
			ck_assert_int_eq(isup_group_hunt(&c, x->group[i]), what % 2 || what == 4 ?
					 0 : -EBUSY);
		for (i = 0; i < PEERS && (what % 2 || what == 4); i++)
			isup_circuit_unseize(isup_circuit_find(x->group[i], what / 2));
	}
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX_HANDLED), 5 * PEERS * CICS / GROUP);
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_QUERIED), PEERS * CICS);
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_MISMATCH), 0);
	ck_assert_uint_eq(talloc_total_blocks(x), blocks);
	talloc_free(x);
}
END_TEST

BED_TABLE(maintenance)
BED_TABLE(hardware)
BED_TABLE(acknowledgements)
BED_TABLE(single)

int main(void)
{
	TCase *tc = tcase_create("scripts");

	BED_ADD(tc, maintenance);
	BED_ADD(tc, hardware);
	BED_ADD(tc, acknowledgements);
	BED_ADD(tc, single);
	tcase_set_timeout(tc, 30);
	tcase_add_test(tc, whole_exchanges);
	return bed_run("isup group blocking", tc);
}
