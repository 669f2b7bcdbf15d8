/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simple segmentation: the process by scripts, split and join by what must hold of any message. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/segment.h"
#include "tests/proc_bed.h"

static const struct bed_row rows[] = {
	/* an incoming call: not offered before it is whole */
	{ "IAM and SGM", 0, ">IAMS state >SGM <ACM:1",
	  "WaitForSGM setup+UUI <ACM:1" },
	{ "T34: the call is offered with the first part", 0, ">IAMS +2 ? +1 <CON >SGM",
	  "incoming setup+SGM <CON" },
	{ "REL while SGM is awaited: never offered", 0, ">IAMS >REL:16 ? +10", "<RLC idle" },
	{ "RSC while SGM is awaited", 0, ">IAMS >RSC ? +10", "<RLC idle" },
	{ "pause while SGM is awaited", 0, ">IAMS pause", "<REL:41" },
	{ "digits instead of SGM: it is lost", 0, ">IAMS >SAM >SGM ?",
	  "setup+SGM ind:SAM incoming" },
	{ "some other message instead of SGM", 0, ">IAMS >FAC", "setup+SGM ind:FAC" },
	{ "continuity may come before SGM", 0, ">IAMSC >COT:1 state >SGM >FAC",
	  "WaitForSGM setup+UUI ind:FAC" },
	{ "SGM, then continuity", 0, ">IAMSC >SGM state >COT:1", "WaitForContinuity setup+UUI" },
	{ "T34, then continuity", 0, ">IAMSC +3 state >COT:1", "WaitForContinuity setup+SGM" },
	{ "continuity, then T34", 0, ">IAMSC >COT:1 +3", "setup+SGM" },
	{ "T8 runs from the whole IAM", 0, ">IAMSC >SGM +11 ? +1", "incoming <REL:41" },
	{ "blocked meanwhile: the call is not touched", 0, ">IAMS >BLO >SGM ?",
	  "<BLA setup+UUI incoming+R" },
	{ "the user refuses what is offered late", 0, "in:<REL:1 >IAMS >SGM ? >RLC ?",
	  "setup+UUI <REL:1 releasing idle" },

	/* backward messages */
	{ "ACM and SGM", 0, "setup >ACMS:1 state >SGM state",
	  "<IAM WaitForACM ind:ACM:1+UUI WaitForANM" },
	{ "T34: ACM goes up with its first part", 0, "setup >ACMS:1 +2 state +1 state >SGM",
	  "<IAM WaitForACM ind:ACM:1+SGM WaitForANM" },
	{ "T7 is over with the first part", 0, "setup +23 >ACMS:1 +2 >SGM ? +179 ? +1",
	  "<IAM ind:ACM:1+UUI outgoing*2 <REL:19 release:19" },
	{ "CON and SGM", 0, "setup >CONS >SGM state", "<IAM ind:CON+UUI OGCAnswered" },
	{ "ANM and SGM", 0, "setup >ACM:1 >ANMS >SGM state",
	  "<IAM ind:ACM:1 ind:ANM+UUI OGCAnswered" },
	{ "T9 is over with the first part", 0, "setup >ACM:1 +178 >ANMS +2 >SGM +600 state",
	  "<IAM ind:ACM:1 ind:ANM+UUI OGCAnswered" },
	{ "CPG and SGM, T9 goes on", 0, "setup >ACM:0 +178 >CPGS:1 +1 >SGM +1",
	  "<IAM ind:ACM:0 ind:CPG:1+UUI <REL:19 release:19" },
	{ "another message instead of SGM", 0, "setup >ACMS:1 >CPG:1 >SGM",
	  "<IAM ind:ACM:1+SGM ind:CPG:1" },
	{ "a first part after a first part", 0, "setup >ACMS:1 >ANMS >SGM",
	  "<IAM ind:ACM:1+SGM ind:ANM+UUI" },
	{ "REL instead of SGM: what came is told first", 0, "setup >ACM:1 >ANMS >REL:16 ?",
	  "<IAM ind:ACM:1 ind:ANM+SGM <RLC release:16 idle" },
	{ "the user releases inside what is told first", 0,
	  "setup in:<REL:16 >CONS >REL:16 ? >RLC ?",
	  "<IAM ind:CON+SGM <REL:16 <RLC releasing idle" },
	{ "the user releases while SGM is awaited", 0, "setup >ACMS:1 <REL:16 >SGM >RLC ? +10",
	  "<IAM <REL:16 idle" },
	{ "a reset while SGM is awaited", 0, "setup >ACMS:1 >RSC ? +10",
	  "<IAM <RLC release:31 idle" },
	{ "blocking does not disturb", 0, "setup >ACMS:1 >BLO >SGM", "<IAM <BLA ind:ACM:1+UUI" },
	{ "a first part is a backward message", 0, "setup@2 >ACMS:0@2 >IAM@2 ?@2 >SGM@2",
	  "<IAM@2 outgoing@2 ind:ACM:0+UUI@2" },
	{ "first parts out of place are not kept", 0, ">IAM <ACM:1 >ACMS:1 >SGM",
	  "setup <ACM:1" },
	{ "the stack ends while T34 runs", 0, "setup >ACMS:1 >IAMS@2", "<IAM" },

	/* SGM that nobody waits for */
	{ "no call, no first part", 0, ">SGM ? setup >SGM >ACM:1 >SGM >ANM >SGM ?",
	  "idle <IAM ind:ACM:1 ind:ANM outgoing" },
	{ "users do not send SGM", 0, "setup <SGM", "<IAM EPROTO" },

	/* ours are divided when MTP would not carry them */
	{ "a long IAM", BED_SHORT, "setup-uui >ACM:1", "<IAM+SGM <SGM+UUI ind:ACM:1" },
	{ "a short IAM", BED_SHORT, "setup", "<IAM" },
	{ "a long ACM", BED_SHORT, ">IAM <ACMU:1 <ANM", "setup <ACM:1+SGM <SGM+UUI <ANM" },
	{ "not long elsewhere", 0, "setup-uui >CON >IAM@2 <ACMU:1@2",
	  "<IAM+UUI ind:CON setup@2 <ACM:1+UUI@2" },
	{ "what cannot be divided is not sent", BED_SHORT, ">IAM <FACL <ACM:0",
	  "setup EMSGSIZE <ACM:0" },
};

BED_TABLE(rows)

static const uint8_t types[] = { ISUP_MT_IAM, ISUP_MT_ACM, ISUP_MT_CON, ISUP_MT_ANM, ISUP_MT_CPG };

static bool same_par(const struct isup_msg *a, const struct isup_par *p, const struct isup_msg *b,
		     const struct isup_par *q)
{
	return p->code == q->code && p->len == q->len &&
	       !memcmp(a->octets + p->off, b->octets + q->off, p->len);
}

/* As often in b as in a, and those of one code in the same order. */
static void check_same_code(const struct isup_msg *a, const struct isup_msg *b, uint8_t code)
{
	int i = 0, k = 0;

	for (;;) {
		while (i < a->n_pars && a->par[i].code != code)
			i++;
		while (k < b->n_pars && b->par[k].code != code)
			k++;
		if (i == a->n_pars || k == b->n_pars)
			break;
		ck_assert(same_par(a, &a->par[i++], b, &b->par[k++]));
	}
	ck_assert_int_eq(i, a->n_pars);
	ck_assert_int_eq(k, b->n_pars);
}

static void check_same(const struct isup_msg *a, const struct isup_msg *b)
{
	ck_assert_uint_eq(a->type, b->type);
	ck_assert_uint_eq(a->cic, b->cic);
	ck_assert_uint_eq(a->n_pars, b->n_pars);
	for (int i = 0; i < a->n_pars; i++)
		check_same_code(a, b, a->par[i].code);
}

/* As the indicators are when nothing has to be divided. */
static void announce_nothing(struct isup_msg *m)
{
	struct isup_ofci ofci = {};
	struct isup_obci obci = {};

	if (m->type == ISUP_MT_IAM) {
		isup_get(m, ISUP_P_OFCI, &ofci);
		ofci.segmentation = 0;
		ck_assert_int_eq(isup_set(m, ISUP_P_OFCI, &ofci), 0);
	} else {
		isup_get(m, ISUP_P_OBCI, &obci);
		obci.segmentation = 0;
		ck_assert_int_eq(isup_set(m, ISUP_P_OBCI, &obci), 0);
	}
}

static size_t encoded(const struct isup_msg *m)
{
	uint8_t buf[ISUP_MAX_OCTETS];
	ssize_t len = isup_encode(buf, sizeof(buf), m);

	ck_assert_int_ge(len, 0);
	return len;
}

/* A random message with parameters that may move: one in three is too long for one part. */
static bool make(struct isup_msg *m, uint8_t type, struct isup_rnd *rnd)
{
	static const uint8_t extra[] = { ISUP_P_ACCESS_TRANSPORT, ISUP_P_UUI,
					 ISUP_P_GENERIC_NUMBER, ISUP_P_GENERIC_DIGITS,
					 ISUP_P_NOTIFICATION };
	uint8_t buf[ISUP_MAX_OCTETS], octets[120] = { 0x81 };

	if (isup_generate(m, &isup_itu, type, isup_rnd(rnd, 6), rnd) < 0)
		return false;
	isup_del(m, ISUP_P_MESSAGE_COMPAT);
	for (unsigned int n = isup_rnd(rnd, 6); n; n--)
		if (isup_add_raw(m, extra[isup_rnd(rnd, ARRAY_SIZE(extra))], octets,
				 2 + isup_rnd(rnd, sizeof(octets) - 2)) < 0)
			return false;
	announce_nothing(m);
	return isup_encode(buf, sizeof(buf), m) >= 0;
}

START_TEST(join_of_split_is_the_message)
{
	struct isup_rnd rnd = { 7 };
	struct isup_msg m, first, sgm, back;
	unsigned int divided = 0, with_uui = 0;

	for (int i = 0; i < 10000; i++) {
		size_t max = 60 + isup_rnd(&rnd, 213);

		if (!make(&m, types[i % ARRAY_SIZE(types)], &rnd))
			continue;
		if (isup_segment_split(&first, &sgm, &m, max) < 0)
			continue;
		ck_assert(isup_is_segmented(&first));
		ck_assert_uint_le(encoded(&first), max);
		ck_assert_uint_le(encoded(&sgm), max);
		ck_assert_int_eq(isup_segment_join(&back, &first, &sgm), 0);
		ck_assert(!isup_is_segmented(&back));
		if (isup_has(&m, ISUP_P_UUI) && !isup_has(&back, ISUP_P_UUI))
			isup_del(&m, ISUP_P_UUI);
		else
			with_uui += isup_has(&m, ISUP_P_UUI);
		check_same(&m, &back);
		divided += sgm.n_pars != 0;
	}
	ck_assert_uint_gt(divided, 1000);
	ck_assert_uint_gt(with_uui, 100);
}
END_TEST

START_TEST(what_is_not_divided)
{
	struct isup_msg m, first, sgm;

	isup_init(&m, &isup_itu, ISUP_MT_FAC, 1);
	ck_assert_int_eq(isup_segment_split(&first, &sgm, &m, 20), -EINVAL);
	isup_init_cause(&m, &isup_itu, ISUP_MT_REL, 1, 16, 0);
	ck_assert_int_eq(isup_segment_split(&first, &sgm, &m, 20), -EINVAL);
	ck_assert(!isup_is_segmented(&m));
}
END_TEST

START_TEST(what_cannot_be_divided)
{
	static const uint8_t octets[200] = { 0x81 };
	const struct isup_bci bci = {};
	struct isup_msg m, first, sgm;

	isup_init(&m, &isup_itu, ISUP_MT_ACM, 1);
	ck_assert_int_eq(isup_set(&m, ISUP_P_BCI, &bci), 0);
	isup_add_raw(&m, ISUP_P_REMOTE_OPERATIONS, octets, sizeof(octets));
	ck_assert_int_eq(isup_segment_split(&first, &sgm, &m, 100), -EMSGSIZE);
	/* access transport is worth more than user-to-user information */
	isup_del(&m, ISUP_P_REMOTE_OPERATIONS);
	isup_add_raw(&m, ISUP_P_UUI, octets, 80);
	isup_add_raw(&m, ISUP_P_ACCESS_TRANSPORT, octets, 80);
	ck_assert_int_eq(isup_segment_split(&first, &sgm, &m, 100), 0);
	isup_add_raw(&m, ISUP_P_DISPLAY, octets, 40);
	ck_assert_int_eq(isup_segment_split(&first, &sgm, &m, 100), 0);
	ck_assert(!isup_has(&first, ISUP_P_UUI));
	ck_assert(!isup_has(&sgm, ISUP_P_UUI));
	ck_assert(isup_has(&sgm, ISUP_P_ACCESS_TRANSPORT));
}
END_TEST

START_TEST(join_takes_only_what_belongs_there)
{
	static const uint8_t octet = 1;
	const struct isup_bci bci = {};
	struct isup_msg first, sgm, m;

	isup_init(&first, &isup_itu, ISUP_MT_ACM, 1);
	ck_assert_int_eq(isup_set(&first, ISUP_P_BCI, &bci), 0);
	isup_init(&sgm, &isup_itu, ISUP_MT_SGM, 1);
	isup_add_raw(&sgm, ISUP_P_NOTIFICATION, &octet, 1);
	isup_add_raw(&sgm, ISUP_P_EVENT, &octet, 1);
	ck_assert_int_eq(isup_segment_join(&m, &first, &sgm), 0);
	ck_assert(isup_has(&m, ISUP_P_NOTIFICATION));
	ck_assert(!isup_has(&m, ISUP_P_EVENT));
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("scripts");

	tcase_set_timeout(tc, 60);
	BED_ADD(tc, rows);
	tcase_add_test(tc, join_of_split_is_the_message);
	tcase_add_test(tc, what_is_not_divided);
	tcase_add_test(tc, what_cannot_be_divided);
	tcase_add_test(tc, join_takes_only_what_belongs_there);
	return bed_run("isup segmentation", tc);
}
