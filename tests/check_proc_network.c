/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What MTP tells of a destination, and which relations it concerns. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "tests/proc_bed.h"

enum { NETWORKS = 4, THEM = 200 };

/* Four relations with exchanges of one point code: two networks, two cs7 instances, two of our own
 * point codes. */
struct net {
	struct isup_stack *stack;
	struct isup_group *group[NETWORKS];
	unsigned int sent[NETWORKS];
	char mtp[2];			/* compared by address */
};

static const struct { unsigned int mtp; uint32_t opc; uint8_t ni; } relations[NETWORKS] = {
	{ 0, 100, 2 }, { 0, 100, 0 }, { 0, 101, 2 }, { 1, 100, 2 },
};

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct net *n = ctx;

	for (unsigned int i = 0; i < NETWORKS; i++)
		n->sent[i] += n->group[i] == g;
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
			.ni = relations[i].ni,
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

int main(void)
{
	Suite *s = suite_create("proc_network");
	TCase *tc = tcase_create("relations");
	SRunner *sr;
	int failed;

	tcase_add_unchecked_fixture(tc, bed_init, NULL);
	tcase_add_test(tc, one_mtp_is_not_the_other);
	tcase_add_test(tc, messages_find_their_relation);
	tcase_add_test(tc, a_dialect_without_upt);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
