/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What MTP tells of a destination, and which relations it concerns. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/congestion.h"
#include "isup/dialect.h"
#include "isup/limit.h"
#include "tests/proc_bed.h"

enum { NETWORKS = 4, THEM = 200 };

/* Four relations with exchanges of one point code: two networks, two cs7 instances, two of our own
 * point codes. */
struct net {
	struct isup_stack *stack;
	struct isup_group *group[NETWORKS];
	unsigned int sent[NETWORKS], level[NETWORKS];	/* messages; the last REL's */
	char mtp[2];			/* compared by address */
};

static const struct {
	unsigned int mtp;
	uint32_t opc;
	uint8_t ni;
	enum isup_acl acl;
} relations[] = {
	{ 0, 100, 2, ISUP_ACL_BOTH }, { 0, 100, 0, ISUP_ACL_OBEY },
	{ 0, 101, 2, ISUP_ACL_OFF }, { 1, 100, 2, ISUP_ACL_SEND },
};

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct net *n = ctx;

	struct isup_octet level = {};
	struct isup_msg m;

	ck_assert_int_eq(isup_decode(&m, isup_group_config(g)->dialect, sdu, len, NULL), 0);
	isup_get(&m, ISUP_P_CONGESTION_LEVEL, &level);
	for (unsigned int i = 0; i < NETWORKS; i++) {
		if (n->group[i] != g)
			continue;
		n->sent[i]++;
		if (m.type == ISUP_MT_REL)
			n->level[i] = level.value;
	}
	return 0;
}

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	isup_call_release_cause(call, 21, 0);
}

static const struct isup_stack_ops ops = { .transfer = transfer, .setup_ind = setup_ind };

static struct net *net_new(void)
{
	static const char *const names[NETWORKS] = { "a", "b", "c", "d" };
	struct net *n = talloc_zero(NULL, struct net);

	n->stack = isup_stack_new(n, &ops, n, isup_tdefs_new(n), DLGLOBAL);
	for (unsigned int i = 0; i < NETWORKS; i++) {
		struct isup_group_cfg cfg = {
			.name = names[i], .dialect = &isup_itu,
			.mtp = &n->mtp[relations[i].mtp], .opc = relations[i].opc, .dpc = THEM,
			.ni = relations[i].ni, .acl = relations[i].acl,
		};

		ck_assert_int_eq(isup_group_new(&n->group[i], n->stack, &cfg), 0);
		ck_assert_int_eq(isup_group_add_range(n->group[i], 1, 4), 0);
		isup_group_start(n->group[i]);
	}
	return n;
}

/* Which groups can be hunted, a bit each. */
static unsigned int reachable(struct net *n)
{
	unsigned int set = 0;

	for (unsigned int i = 0; i < NETWORKS; i++) {
		struct isup_circuit *c;

		if (isup_group_hunt(&c, n->group[i]) < 0)
			continue;
		isup_circuit_unseize(c);
		set |= 1u << i;
	}
	return set;
}

START_TEST(one_mtp_is_not_the_other)
{
	struct net *n = net_new();

	ck_assert_uint_eq(reachable(n), 0xf);
	isup_pause_ind(n->stack, &n->mtp[0], THEM);
	ck_assert_uint_eq(reachable(n), 0x8);
	isup_resume_ind(n->stack, &n->mtp[1], THEM);
	ck_assert_uint_eq(reachable(n), 0x8);
	isup_resume_ind(n->stack, &n->mtp[0], THEM);
	ck_assert_uint_eq(reachable(n), 0xf);
	isup_user_unavailable_ind(n->stack, &n->mtp[1], THEM, ISUP_USER_UNKNOWN);
	ck_assert_uint_eq(reachable(n), 0x7);
	talloc_free(n);
}
END_TEST

START_TEST(messages_find_their_relation)
{
	static const uint8_t rsc[] = { 1, 0, ISUP_MT_RSC };
	struct net *n = net_new();

	for (unsigned int i = 0; i < NETWORKS; i++) {
		isup_transfer_ind(n->stack, &n->mtp[relations[i].mtp], THEM, relations[i].opc,
				  relations[i].ni, rsc, sizeof(rsc));
		for (unsigned int j = 0; j < NETWORKS; j++)
			ck_assert_uint_eq(n->sent[j], j <= i);
	}
	isup_transfer_ind(n->stack, NULL, THEM, 100, 2, rsc, sizeof(rsc));
	ck_assert_uint_eq(isup_counter(n->stack, ISUP_CTR_RX_UNEQUIPPED), 1);
	talloc_free(n);
}
END_TEST

/* No UPT there: after T4 the peer is tried again. */
START_TEST(a_dialect_without_upt)
{
	struct net *n = talloc_zero(NULL, struct net);
	const struct isup_group_cfg cfg = {
		.name = "ansi", .dialect = isup_dialect_find("ansi"), .opc = 100, .dpc = THEM,
	};
	struct isup_circuit *c;

	n->stack = isup_stack_new(n, &ops, n, isup_tdefs_new(n), DLGLOBAL);
	ck_assert_int_eq(isup_group_new(&n->group[0], n->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(n->group[0], 1, 4), 0);
	isup_group_start(n->group[0]);
	isup_user_unavailable_ind(n->stack, NULL, THEM, ISUP_USER_INACCESSIBLE);
	ck_assert_int_eq(isup_group_hunt(&c, n->group[0]), -ENETUNREACH);
	bed_wait(299);
	ck_assert_int_eq(isup_group_hunt(&c, n->group[0]), -ENETUNREACH);
	bed_wait(2);
	ck_assert_int_eq(isup_group_hunt(&c, n->group[0]), 0);
	ck_assert_uint_eq(n->sent[0], 0);
	talloc_free(n);
}
END_TEST

/* T1.113 has 24 circuits in a range: more could not be answered. */
START_TEST(ranges_of_the_dialect)
{
	static const struct { uint8_t type, range; unsigned int sent; } asked[] = {
		{ ISUP_MT_CQM, 23, 1 }, { ISUP_MT_CQM, 24, 0 }, { ISUP_MT_CQM, 31, 0 },
		{ ISUP_MT_GRS, 24, 0 }, { ISUP_MT_GRS, 31, 0 },
	};
	struct net *n = talloc_zero(NULL, struct net);
	const struct isup_group_cfg cfg = {
		.name = "ansi", .dialect = isup_dialect_find("ansi"), .opc = 100, .dpc = THEM,
	};

	n->stack = isup_stack_new(n, &ops, n, isup_tdefs_new(n), DLGLOBAL);
	ck_assert_int_eq(isup_group_new(&n->group[0], n->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(n->group[0], 1, 4), 0);
	isup_group_start(n->group[0]);
	for (unsigned int i = 0; i < ARRAY_SIZE(asked); i++) {
		const uint8_t sdu[] = { 1, 0, asked[i].type, 1, 1, asked[i].range };

		n->sent[0] = 0;
		isup_transfer_ind(n->stack, NULL, THEM, 100, 0, sdu, sizeof(sdu));
		ck_assert_uint_eq(n->sent[0], asked[i].sent);
	}
	talloc_free(n);
}
END_TEST

static void iam_of(struct isup_msg *iam, uint8_t category)
{
	const struct isup_octet cpc = { .value = category };

	isup_init(iam, &isup_itu, ISUP_MT_IAM, 0);
	isup_set(iam, ISUP_P_CPC, &cpc);
}

/* Of a hundred ordinary calls, and the most that are refused one after the other. */
static unsigned int admitted(struct isup_group *g, unsigned int *ret_most)
{
	unsigned int n = 0, row = 0;
	struct isup_msg iam;

	*ret_most = 0;
	iam_of(&iam, 10);
	for (unsigned int i = 0; i < 100; i++) {
		bool ok = isup_group_admit(g, &iam) == 0;

		n += ok;
		row = ok ? 0 : row + 1;
		*ret_most = OSMO_MAX(*ret_most, row);
	}
	return n;
}

START_TEST(congestion_by_steps)
{
	static const unsigned int shares[] = { 75, 50, 25, 10, 0, 0 }, most[] = { 1, 1, 3, 9 };
	struct net *n = net_new();
	unsigned int in_row;

	for (unsigned int i = 0; i < ARRAY_SIZE(shares); i++) {
		isup_congestion_ind(n->stack, &n->mtp[0], THEM, 1 + i % 3);
		isup_congestion_ind(n->stack, &n->mtp[0], THEM, 3);	/* T29 runs */
		ck_assert_uint_eq(isup_group_share(n->group[0]), shares[i]);
		ck_assert_uint_eq(admitted(n->group[0], &in_row), shares[i]);
		if (i < ARRAY_SIZE(most))
			ck_assert_uint_eq(in_row, most[i]);
		bed_wait(1);
	}
	ck_assert_uint_eq(isup_group_share(n->group[1]), 0);
	ck_assert_uint_eq(isup_group_share(n->group[3]), 100);		/* over another MTP */
	ck_assert_uint_eq(isup_counter(n->stack, ISUP_CTR_REFUSED), 25 + 50 + 75 + 90 + 100 + 100);
	isup_congestion_ind(n->stack, &n->mtp[0], THEM, 0);		/* abated: T30 knows */
	for (int i = ARRAY_SIZE(shares) - 3; i >= 0; i--) {
		bed_wait(8);
		ck_assert_uint_eq(isup_group_share(n->group[0]), shares[i]);
	}
	bed_wait(8);
	ck_assert_uint_eq(admitted(n->group[0], &in_row), 100);
	isup_congestion_ind(n->stack, &n->mtp[0], THEM, 1);
	talloc_free(n);				/* with both timers running */
}
END_TEST

START_TEST(priority_is_never_refused)
{
	static const uint8_t categories[] = { 11, 14, 0xe0, 0xe1, 0xe2 };
	static const uint8_t flash[] = { 0x01, 0, 0, 0, 0, 0 }, routine[] = { 0x04, 0, 0, 0, 0, 0 };
	struct net *n = net_new();
	struct isup_msg iam;

	for (unsigned int i = 0; i < 5; i++) {
		isup_congestion_ind(n->stack, &n->mtp[0], THEM, 1);
		bed_wait(1);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(categories); i++) {
		iam_of(&iam, categories[i]);
		ck_assert_int_eq(isup_group_admit(n->group[0], &iam), 0);
	}
	iam_of(&iam, 13);
	ck_assert_int_eq(isup_group_admit(n->group[0], &iam), -EAGAIN);
	isup_set_raw(&iam, ISUP_P_MLPP, routine, sizeof(routine));
	ck_assert_int_eq(isup_group_admit(n->group[0], &iam), -EAGAIN);
	isup_set_raw(&iam, ISUP_P_MLPP, flash, sizeof(flash));
	ck_assert_int_eq(isup_group_admit(n->group[0], &iam), 0);
	talloc_free(n);
}
END_TEST

static void rel_in(struct net *n, unsigned int i, uint8_t level)
{
	const uint8_t rel[] = { 1, 0, ISUP_MT_REL, 2, 4, 2, 0x82, 0xaa, 0x27, 1, level, 0 };

	isup_transfer_ind(n->stack, &n->mtp[relations[i].mtp], THEM, relations[i].opc,
			  relations[i].ni, rel, sizeof(rel));
}

START_TEST(automatic_congestion_level_is_obeyed)
{
	struct net *n = net_new();

	rel_in(n, 0, 0);
	ck_assert_uint_eq(isup_group_share(n->group[0]), 100);
	rel_in(n, 0, 1);
	ck_assert_uint_eq(isup_group_share(n->group[0]), 50);
	ck_assert_uint_eq(isup_group_share(n->group[1]), 100);
	bed_wait(4);
	rel_in(n, 0, 2);
	ck_assert_uint_eq(isup_group_share(n->group[0]), 10);
	isup_congestion_ind(n->stack, &n->mtp[0], THEM, 1);
	ck_assert_uint_eq(isup_group_share(n->group[0]), 10);		/* the lesser of both */
	bed_wait(5);
	ck_assert_uint_eq(isup_group_share(n->group[0]), 75);
	rel_in(n, 0, 200);
	ck_assert_uint_eq(isup_group_share(n->group[0]), 10);
	rel_in(n, 2, 2);			/* acl is off there */
	ck_assert_uint_eq(isup_group_share(n->group[2]), 75);
	talloc_free(n);
}
END_TEST

START_TEST(our_overload_is_told)
{
	static const uint8_t iam[] = { 1, 0, ISUP_MT_IAM, 0, 0x20, 1, 10, 0, 2, 0, 5, 0x83, 0x10,
				       0x21, 0x43, 5 };
	static const uint8_t rsc[] = { 1, 0, ISUP_MT_RSC };
	static const unsigned int told[NETWORKS] = { 2, 0, 0, 2 };	/* both, obey, off, send */
	struct net *n = net_new();

	isup_overload_set(n->stack, 7);
	ck_assert_uint_eq(isup_overload(n->stack), 2);
	for (unsigned int i = 0; i < NETWORKS; i++) {
		isup_transfer_ind(n->stack, &n->mtp[relations[i].mtp], THEM, relations[i].opc,
				  relations[i].ni, iam, sizeof(iam));
		ck_assert_uint_eq(n->level[i], told[i]);
	}
	isup_overload_set(n->stack, 0);
	isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, rsc, sizeof(rsc));
	isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, iam, sizeof(iam));
	ck_assert_uint_eq(n->level[0], 0);
	talloc_free(n);
}
END_TEST

/* --- what a peer may have us write --- */

struct lines {
	unsigned int n;
	char last[256];
};

static void on_line(struct log_target *t, unsigned int level, const char *text)
{
	struct lines *l = t->tgt_file.fname ? (void *)t->tgt_file.fname : NULL;

	l->n++;
	osmo_strlcpy(l->last, text, sizeof(l->last));
}

static struct log_target *listen_to(struct lines *l)
{
	struct log_target *t = log_target_create();

	t->output = on_line;
	t->tgt_file.fname = (void *)l;
	log_set_use_color(t, 0);
	log_set_all_filter(t, 1);
	log_set_category_filter(t, DLGLOBAL, 1, LOGL_NOTICE);
	log_add_target(t);
	return t;
}

static void stop_listening(struct log_target *t)
{
	t->tgt_file.fname = NULL;
	log_target_destroy(t);
}

START_TEST(a_flood_is_logged_once_a_minute)
{
	static const uint8_t bad[] = { 1, 0, ISUP_MT_REL, 0xff }, ucic[] = { 2, 0, ISUP_MT_UCIC };
	static const uint8_t nowhere[] = { 99, 0, ISUP_MT_RSC }, blo[] = { 3, 0, ISUP_MT_BLO };
	struct net *n = net_new();
	struct lines lines = {};
	struct log_target *t = listen_to(&lines);

	for (unsigned int i = 0; i < 1000; i++) {
		isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, bad, sizeof(bad));
		isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, ucic, sizeof(ucic));
		isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, nowhere, sizeof(nowhere));
		isup_transfer_ind(n->stack, NULL, THEM, 100, 2, nowhere, sizeof(nowhere));
	}
	ck_assert_uint_eq(lines.n, 4);
	ck_assert_uint_eq(isup_counter(n->stack, ISUP_CTR_RX_MALFORMED), 1000);
	ck_assert_uint_eq(isup_counter(n->stack, ISUP_CTR_BAD_CONTENT) +
			  isup_counter(n->stack, ISUP_CTR_BAD_MISSING), 1000);
	bed_wait(60);
	lines.n = 0;
	isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, bad, sizeof(bad));
	ck_assert_uint_eq(lines.n, 1);
	ck_assert_msg(strstr(lines.last, "(999 more were not logged)") != NULL, "%s", lines.last);
	/* another peer has lines of its own */
	isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 0, bad, sizeof(bad));
	ck_assert_uint_eq(lines.n, 2);
	lines.n = 0;
	for (unsigned int i = 0; i < 1000; i++)
		isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, blo, sizeof(blo));
	ck_assert_uint_eq(lines.n, 100);
	stop_listening(t);
	talloc_free(n);
}
END_TEST

/* Whatever they send, a minute has its lines and no more. */
START_TEST(a_flood_of_everything_is_bounded)
{
	struct isup_rnd rnd = { .state = 1 };
	struct net *n = net_new();
	struct lines lines = {};
	struct log_target *t = listen_to(&lines);
	uint8_t sdu[8];

	for (unsigned int i = 0; i < 100000; i++) {
		for (unsigned int k = 0; k < sizeof(sdu); k++)
			sdu[k] = isup_rnd(&rnd, 256);
		sdu[0] = 9 + isup_rnd(&rnd, 200);	/* no circuit there */
		sdu[1] = 0;
		isup_transfer_ind(n->stack, &n->mtp[0], THEM, 100, 2, sdu, sizeof(sdu));
	}
	ck_assert_uint_gt(lines.n, 1);
	ck_assert_uint_le(lines.n, ISUP_LIMIT_ROWS * ISUP_LIMIT_BAD + ISUP_LIMIT_NEWS);
	stop_listening(t);
	talloc_free(n);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("relations");

	tcase_add_test(tc, one_mtp_is_not_the_other);
	tcase_add_test(tc, messages_find_their_relation);
	tcase_add_test(tc, congestion_by_steps);
	tcase_add_test(tc, priority_is_never_refused);
	tcase_add_test(tc, automatic_congestion_level_is_obeyed);
	tcase_add_test(tc, our_overload_is_told);
	tcase_add_test(tc, a_flood_is_logged_once_a_minute);
	tcase_add_test(tc, a_flood_of_everything_is_bounded);
	tcase_add_test(tc, a_dialect_without_upt);
	tcase_add_test(tc, ranges_of_the_dialect);
	return bed_run("proc_network", tc);
}
