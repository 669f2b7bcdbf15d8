/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trunk groups: hunting, start of a whole exchange, memory of idle circuits, the stack. */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "tests/proc_bed.h"

enum { PEERS = 16, CICS = 4096, WINDOW = 8 };

struct exchange {
	struct isup_stack *stack;
	struct isup_group *group[PEERS];
	unsigned int sent, in, traced, malformed;
	unsigned int outstanding[PEERS], most[PEERS];
	/* in the order sent, to be answered */
	struct { uint16_t cic; uint8_t range; } grs[PEERS][CICS];
	unsigned int n_grs[PEERS];
	bool silent;
};

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct exchange *x = ctx;
	unsigned int i = isup_group_config(g)->dpc - BED_HIGHER_PC;

	x->sent++;
	if (sdu[2] == ISUP_MT_GRS && !x->silent) {
		x->grs[i][x->n_grs[i]].cic = sdu[0] | sdu[1] << 8;
		x->grs[i][x->n_grs[i]++].range = sdu[5];
		if (++x->outstanding[i] > x->most[i])
			x->most[i] = x->outstanding[i];
	}
	return 0;
}

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	isup_call_release_cause(call, 21, 0);
}

static void trace(void *ctx, const struct isup_group *g, bool sent, const struct isup_msg *m,
		  const uint8_t *sdu, size_t len, const struct isup_fault *f)
{
	struct exchange *x = ctx;

	ck_assert_ptr_nonnull(g);
	x->traced++;
	x->in += !sent;
	if (!m)
		ck_assert_ptr_nonnull(f);
	else
		ck_assert_uint_eq(m->type, sdu[2]);
	x->malformed += !m;
}

static const struct isup_stack_ops ops = { .transfer = transfer, .setup_ind = setup_ind };
static const struct isup_stack_ops tracing_ops = {
	.transfer = transfer, .setup_ind = setup_ind, .trace = trace,
};

static struct exchange *exchange_new(const struct isup_stack_ops *o)
{
	struct exchange *x = talloc_zero(NULL, struct exchange);

	x->stack = isup_stack_new(x, o, x, isup_tdefs_new(x), DLGLOBAL);
	return x;
}

static struct isup_group *group_new(struct exchange *x, unsigned int i, enum isup_hunt hunt,
				    bool reset)
{
	struct isup_group_cfg cfg = {
		.dialect = &isup_itu,
		.opc = BED_LOWER_PC,
		.dpc = BED_HIGHER_PC + i,
		.hunt = hunt,
		.user = x,
		.reset_at_start = reset,
	};
	char name[16];

	snprintf(name, sizeof(name), "g%u", i);
	cfg.name = name;
	ck_assert_int_eq(isup_group_new(&x->group[i], x->stack, &cfg), 0);
	return x->group[i];
}

static int hunt(struct isup_group *g)
{
	struct isup_circuit *c;
	int rc = isup_group_hunt(&c, g);

	return rc < 0 ? rc : isup_circuit_cic(c);
}

static void give_back(struct isup_group *g, unsigned int cic)
{
	isup_circuit_unseize(isup_circuit_find(g, cic));
}

START_TEST(hunting_policies)
{
	static const struct { enum isup_hunt hunt; int cics[6]; } rows[] = {
		/* hunted: three, the second given back, two more, none */
		{ ISUP_HUNT_ROUND_ROBIN, { 3, 5, 200, 201, 3, 5 } },
		{ ISUP_HUNT_LOWEST, { 3, 5, 200, 5, 201, -EBUSY } },
		{ ISUP_HUNT_HIGHEST, { 201, 200, 5, 200, 3, -EBUSY } },
		{ ISUP_HUNT_CONTROLLED, { 3, 5, 201, 5, 200, -EBUSY } },
		{ ISUP_HUNT_ODD, { 3, 5, 201, 5, 200, -EBUSY } },
		{ ISUP_HUNT_EVEN, { 200, 201, 5, 201, 3, -EBUSY } },
		{ ISUP_HUNT_LEAST_RECENTLY_USED, { 3, 5, 200, 201, 5, -EBUSY } },
	};
	struct exchange *x = exchange_new(&ops);
	struct isup_group *g = group_new(x, 0, rows[_i].hunt, false);
	const int *cics = rows[_i].cics;

	/* ranges in any order, far apart */
	ck_assert_int_eq(isup_group_add_range(g, 200, 201), 0);
	ck_assert_int_eq(isup_group_add_range(g, 3, 3), 0);
	ck_assert_int_eq(isup_group_add_range(g, 5, 5), 0);
	ck_assert_int_eq(hunt(g), -EBUSY);			/* not started */
	isup_group_start(g);
	ck_assert_int_eq(hunt(g), cics[0]);
	ck_assert_int_eq(hunt(g), cics[1]);
	ck_assert_int_eq(hunt(g), cics[2]);
	give_back(g, cics[1]);
	if (rows[_i].hunt == ISUP_HUNT_ROUND_ROBIN) {
		give_back(g, cics[0]);
		ck_assert_int_eq(hunt(g), cics[3]);
		ck_assert_int_eq(hunt(g), cics[4]);
		ck_assert_int_eq(hunt(g), cics[5]);
	} else {
		ck_assert_int_eq(hunt(g), cics[3]);
		ck_assert_int_eq(hunt(g), cics[4]);
	}
	ck_assert_int_eq(hunt(g), -EBUSY);
	talloc_free(x);
}
END_TEST

/* Each of 4,096 circuits has its turn before any has its second, whatever is busy in between. */
START_TEST(hunting_is_fair)
{
	struct exchange *x = exchange_new(&ops);
	struct isup_group *g = group_new(x, 0, ISUP_HUNT_ROUND_ROBIN, false);
	unsigned int i, times[CICS] = {};

	ck_assert_int_eq(isup_group_add_range(g, 0, CICS - 1), 0);
	isup_group_start(g);
	for (i = 0; i < 3 * CICS; i++) {
		int cic = hunt(g);

		ck_assert_int_ge(cic, 0);
		ck_assert_uint_eq(times[cic]++, i / CICS);
		give_back(g, cic);
	}
	/* all are found when only few are idle */
	for (i = 0; i < CICS; i++)
		ck_assert_int_ge(hunt(g), 0);
	ck_assert_int_eq(hunt(g), -EBUSY);
	for (i = 0; i < CICS; i += 1000)
		give_back(g, i);
	for (i = 0; i < CICS; i += 1000)
		ck_assert_int_eq(hunt(g), i);
	ck_assert_int_eq(hunt(g), -EBUSY);
	talloc_free(x);
}
END_TEST

/* Own circuits in the order of their release, the peer's in the reverse of it (2.9.1.3). */
START_TEST(hunting_by_idle_time)
{
	static const struct { enum isup_hunt hunt; int cics[6]; } rows[] = {
		{ ISUP_HUNT_LEAST_RECENTLY_USED, { 4, 1, 6, 3, 2, 5 } },
		{ ISUP_HUNT_ODD, { 1, 3, 5, 2, 6, 4 } },
		{ ISUP_HUNT_EVEN, { 4, 6, 2, 5, 3, 1 } },
		/* the lower point code is ours */
		{ ISUP_HUNT_CONTROLLED, { 1, 3, 5, 2, 6, 4 } },
	};
	static const unsigned int released[] = { 4, 1, 6, 3, 2, 5 };

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		struct exchange *x = exchange_new(&ops);
		struct isup_group *g = group_new(x, 0, rows[i].hunt, false);
		unsigned int k;

		ck_assert_int_eq(isup_group_add_range(g, 1, 6), 0);
		isup_group_start(g);
		for (k = 0; k < 6; k++)
			ck_assert_int_gt(hunt(g), 0);
		for (k = 0; k < 6; k++)
			give_back(g, released[k]);
		for (k = 0; k < 6; k++)
			ck_assert_int_eq(hunt(g), rows[i].cics[k]);
		ck_assert_int_eq(hunt(g), -EBUSY);
		talloc_free(x);
	}
}
END_TEST

/* Where the dialect's CIC is 14 bits wide there are 16,384 circuits to a peer; where it is not,
 * nothing is paid for them. */
START_TEST(wide_circuit_codes)
{
	static const enum isup_hunt hunts[] = {
		ISUP_HUNT_ROUND_ROBIN, ISUP_HUNT_LOWEST, ISUP_HUNT_LEAST_RECENTLY_USED,
	};
	struct isup_dialect wide = isup_itu;
	size_t narrow_size, wide_size;
	struct exchange *x = exchange_new(&ops);
	struct isup_group_cfg cfg = { .name = "wide", .dialect = &wide, .opc = 1, .dpc = 2 };
	struct isup_group *g;

	wide.cic_bits = 14;
	narrow_size = talloc_total_size(x->stack);
	group_new(x, 0, ISUP_HUNT_LOWEST, false);
	narrow_size = talloc_total_size(x->stack) - narrow_size;
	for (unsigned int i = 0; i < ARRAY_SIZE(hunts); i++) {
		cfg.hunt = hunts[i];
		cfg.dpc = 2 + i;
		cfg.name = i == 0 ? "wide0" : i == 1 ? "wide1" : "wide2";
		wide_size = talloc_total_size(x->stack);
		ck_assert_int_eq(isup_group_new(&g, x->stack, &cfg), 0);
		ck_assert_uint_gt(talloc_total_size(x->stack) - wide_size, narrow_size);
		ck_assert_int_eq(isup_group_add_range(g, 16000, 16384), -EINVAL);
		ck_assert_int_eq(isup_group_add_range(g, 0, 16383), 0);
		isup_group_start(g);
		for (unsigned int cic = 0; cic < 16384; cic++)
			ck_assert_int_eq(hunt(g), cic);
		ck_assert_int_eq(hunt(g), -EBUSY);
		give_back(g, 16383);
		give_back(g, 4096);
		ck_assert_int_eq(hunt(g), hunts[i] == ISUP_HUNT_LEAST_RECENTLY_USED ? 16383 : 4096);
	}
	cfg = *isup_group_config(g);
	cfg.name = "highest";
	cfg.hunt = ISUP_HUNT_HIGHEST;
	cfg.dpc = 9;
	ck_assert_int_eq(isup_group_new(&g, x->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(g, 70, 16382), 0);
	isup_group_start(g);
	for (unsigned int cic = 16382; cic >= 70; cic--)
		ck_assert_int_eq(hunt(g), cic);
	talloc_free(x);
}
END_TEST

static void answer(struct exchange *x, unsigned int i, unsigned int n)
{
	uint16_t cic = x->grs[i][n].cic;
	uint8_t range = x->grs[i][n].range;
	uint8_t sdu[] = { cic & 0xff, cic >> 8, ISUP_MT_GRA, 1, 5, range, 0, 0, 0, 0 };

	x->outstanding[i]--;
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC + i, BED_LOWER_PC, 0, sdu, sizeof(sdu));
}

/* 65,536 circuits are reset by bursts that no peer is flooded with, each circuit once. */
START_TEST(start_of_an_exchange)
{
	struct exchange *x = exchange_new(&ops);
	size_t idle_blocks;
	unsigned int i, n;

	for (i = 0; i < PEERS; i++) {
		group_new(x, i, ISUP_HUNT_ROUND_ROBIN, true);
		ck_assert_int_eq(isup_group_add_range(x->group[i], 0, CICS - 1), 0);
	}
	idle_blocks = talloc_total_blocks(x);
	for (i = 0; i < PEERS; i++)
		isup_group_start(x->group[i]);
	ck_assert_uint_eq(x->sent, PEERS * WINDOW);
	for (i = 0; i < PEERS; i++) {
		ck_assert_int_eq(hunt(x->group[i]), -EBUSY);
		for (n = 0; n < x->n_grs[i]; n++)
			answer(x, i, n);
		ck_assert_uint_eq(n, CICS / 32);
		ck_assert_uint_eq(x->most[i], WINDOW);
		for (n = 0; n < CICS; n++)
			ck_assert_int_eq(hunt(x->group[i]), n);
	}
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX_HANDLED), PEERS * CICS / 32);
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX), PEERS * CICS / 32);
	ck_assert_uint_eq(talloc_total_blocks(x), idle_blocks);
	talloc_free(x);
}
END_TEST

/* MTP is lost in the middle of it: what was asked is asked again, what was answered is not. */
START_TEST(outage_during_the_start)
{
	struct exchange *x = exchange_new(&ops);
	unsigned int i, n, before;

	for (i = 0; i < PEERS; i++) {
		group_new(x, i, ISUP_HUNT_LEAST_RECENTLY_USED, true);
		ck_assert_int_eq(isup_group_add_range(x->group[i], 0, CICS - 1), 0);
		isup_group_start(x->group[i]);
	}
	for (i = 0; i < PEERS; i++)
		for (n = 0; n < CICS / 64; n++)
			answer(x, i, n);
	before = x->sent;
	ck_assert_uint_eq(before, PEERS * (CICS / 64 + WINDOW));
	for (i = 0; i < PEERS; i++)
		isup_pause_ind(x->stack, NULL, BED_HIGHER_PC + i);
	bed_wait(1);
	ck_assert_uint_eq(x->sent, before);
	for (i = 0; i < PEERS; i++)
		isup_resume_ind(x->stack, NULL, BED_HIGHER_PC + i);
	ck_assert_uint_eq(x->sent, before + PEERS * WINDOW);
	for (i = 0; i < PEERS; i++) {
		for (n = CICS / 64 + WINDOW; n < x->n_grs[i]; n++)
			answer(x, i, n);
		ck_assert_uint_eq(n, CICS / 32 + WINDOW);
		for (n = 0; n < CICS; n++)
			ck_assert_int_ge(hunt(x->group[i]), 0);
		ck_assert_int_eq(hunt(x->group[i]), -EBUSY);
	}
	talloc_free(x);
}
END_TEST

/* A peer that comes back hears again what it has missed, but not all of it at once; and when it is
 * lost meanwhile, the rest waits. */
START_TEST(resume_in_bursts)
{
	enum { BURST = 128 };
	struct exchange *x = exchange_new(&ops);
	struct isup_group *g = group_new(x, 0, ISUP_HUNT_LOWEST, false);
	struct isup_circuit *c = NULL;
	unsigned int i, said;

	ck_assert_int_eq(isup_group_add_range(g, 0, CICS - 1), 0);
	isup_group_start(g);
	while ((c = isup_circuit_next(g, c)))
		ck_assert_int_eq(isup_circuit_reset(c), 0);
	for (said = x->sent; said < 3 * CICS; said = x->sent) {
		isup_pause_ind(x->stack, NULL, BED_HIGHER_PC);
		isup_resume_ind(x->stack, NULL, BED_HIGHER_PC);
		for (i = 1; i <= CICS / BURST; i++) {
			ck_assert_uint_eq(x->sent, said + i * BURST);
			if (said > CICS && i == 3)
				break;			/* lost again */
			osmo_clock_override_add(CLOCK_MONOTONIC, 0, 50000000);
			osmo_gettimeofday_override_add(0, 50000);
			osmo_timers_prepare();
			osmo_timers_update();
		}
		if (said > CICS)
			break;
	}
	isup_pause_ind(x->stack, NULL, BED_HIGHER_PC);
	said = x->sent;
	bed_wait(2);
	ck_assert_uint_eq(x->sent, said);
	talloc_free(x);
}
END_TEST

/* Where nobody answers, the window moves on at T22, so that one dead range does not hold up the
 * others. */
START_TEST(start_against_silence)
{
	struct exchange *x = exchange_new(&ops);
	struct isup_group *g = group_new(x, 0, ISUP_HUNT_LOWEST, true);

	x->silent = true;
	ck_assert_int_eq(isup_group_add_range(g, 0, 1023), 0);
	isup_group_start(g);
	ck_assert_uint_eq(x->sent, WINDOW);
	bed_wait(15);
	ck_assert_uint_eq(x->sent, 3 * WINDOW);		/* the first again, and the next */
	bed_wait(15);
	ck_assert_uint_eq(x->sent, 6 * WINDOW);
	talloc_free(x);
}
END_TEST

/* Single circuits have RSC instead of GRS; a hole ends a range. */
START_TEST(start_with_holes)
{
	struct exchange *x = exchange_new(&ops);
	struct isup_group *g = group_new(x, 0, ISUP_HUNT_LOWEST, true);
	static const uint8_t rlc[] = { 7, 0, ISUP_MT_RLC, 0 };

	ck_assert_int_eq(isup_group_add_range(g, 1, 3), 0);
	ck_assert_int_eq(isup_group_add_range(g, 7, 7), 0);
	ck_assert_int_eq(isup_group_add_range(g, 9, 48), 0);
	isup_group_start(g);
	ck_assert_uint_eq(x->sent, 4);
	ck_assert_uint_eq(x->n_grs[0], 3);
	ck_assert_uint_eq(x->grs[0][0].range, 2);
	ck_assert_uint_eq(x->grs[0][1].range, 31);
	ck_assert_uint_eq(x->grs[0][2].cic, 41);
	ck_assert_uint_eq(x->grs[0][2].range, 7);
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC, BED_LOWER_PC, 0, rlc, sizeof(rlc));
	ck_assert_int_eq(hunt(g), 7);
	/* a range added later starts alone */
	ck_assert_int_eq(isup_group_add_range(g, 60, 61), 0);
	isup_group_start(g);
	ck_assert_uint_eq(x->sent, 5);
	ck_assert_uint_eq(x->grs[0][3].cic, 60);
	talloc_free(x);
}
END_TEST

START_TEST(idle_circuits_are_small)
{
	struct exchange *x = exchange_new(&ops);
	size_t before = talloc_total_size(x), bytes;
	unsigned int i;

	for (i = 0; i < PEERS; i++) {
		group_new(x, i, ISUP_HUNT_ROUND_ROBIN, false);
		ck_assert_int_eq(isup_group_add_range(x->group[i], 0, CICS - 1), 0);
		isup_group_start(x->group[i]);
	}
	bytes = (talloc_total_size(x) - before) / (PEERS * CICS);
	ck_assert_uint_le(bytes, 200);
	talloc_free(x);
}
END_TEST

START_TEST(groups_are_checked)
{
	struct exchange *x = exchange_new(&ops);
	struct isup_group *g = group_new(x, 0, ISUP_HUNT_LOWEST, false), *other;
	struct isup_group_cfg cfg = *isup_group_config(g);
	struct isup_circuit *c;

	ck_assert_int_eq(isup_group_new(&other, x->stack, &cfg), -EEXIST);
	cfg.name = "second";
	cfg.dialect = NULL;
	ck_assert_int_eq(isup_group_new(&other, x->stack, &cfg), -EINVAL);
	cfg.dialect = &isup_itu;
	cfg.ni = 4;
	ck_assert_int_eq(isup_group_new(&other, x->stack, &cfg), -EINVAL);
	cfg.ni = 0;
	ck_assert_int_eq(isup_group_new(&other, x->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(g, 10, 20), 0);
	ck_assert_int_eq(isup_group_add_range(g, 20, 21), -EEXIST);
	ck_assert_int_eq(isup_group_add_range(other, 5, 10), -EEXIST);
	ck_assert_int_eq(isup_group_add_range(other, 9, 8), -EINVAL);
	ck_assert_int_eq(isup_group_add_range(other, 4000, 4096), -EINVAL);
	ck_assert_int_eq(isup_group_add_range(other, 21, 22), 0);
	ck_assert_ptr_eq(isup_group_find(x->stack, "second"), other);
	ck_assert_ptr_null(isup_group_find(x->stack, "third"));
	ck_assert_ptr_eq(isup_group_user(g), x);
	ck_assert_str_eq(isup_group_name(other), "second");
	ck_assert_ptr_null(isup_circuit_find(g, 21));		/* the other group's */
	c = isup_circuit_next(other, NULL);
	ck_assert_uint_eq(isup_circuit_cic(c), 21);
	ck_assert_ptr_eq(isup_circuit_group(c), other);
	ck_assert_uint_eq(isup_circuit_cic(isup_circuit_next(other, c)), 22);
	ck_assert_ptr_null(isup_circuit_next(other, isup_circuit_next(other, c)));
	ck_assert_str_eq(isup_circuit_use_name(ISUP_CCT_RESETTING), "resetting");
	talloc_free(x);
}
END_TEST

START_TEST(strangers_are_counted)
{
	struct exchange *x = exchange_new(&tracing_ops);
	static const uint8_t rsc[] = { 1, 0, ISUP_MT_RSC }, empty[] = { 1 };
	struct isup_group *g = group_new(x, 0, ISUP_HUNT_LOWEST, false);

	ck_assert_int_eq(isup_group_add_range(g, 1, 2), 0);
	isup_group_start(g);
	isup_transfer_ind(x->stack, NULL, 999, BED_LOWER_PC, 0, rsc, sizeof(rsc));
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC, 999, 0, rsc, sizeof(rsc));
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC, BED_LOWER_PC, 2, rsc, sizeof(rsc));
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX_UNEQUIPPED), 3);
	ck_assert_uint_eq(x->sent, 0);
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC, BED_LOWER_PC, 0, empty, sizeof(empty));
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC, BED_LOWER_PC, 0, empty, 0);
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX_MALFORMED), 2);
	isup_transfer_ind(x->stack, NULL, BED_HIGHER_PC, BED_LOWER_PC, 0, rsc, sizeof(rsc));
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX_HANDLED), 1);
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_RX), 6);
	ck_assert_uint_eq(isup_counter(x->stack, ISUP_CTR_TX), 1);
	ck_assert_uint_eq(x->traced, 4);
	ck_assert_uint_eq(x->in, 3);
	ck_assert_uint_eq(x->malformed, 2);
	ck_assert_str_eq(isup_counter_name(ISUP_CTR_T5), "isup:t5_expired");
	talloc_free(x);
}
END_TEST

START_TEST(timers_are_within_their_limits)
{
	struct osmo_tdef *tdefs = isup_tdefs_new(NULL), *t;

	osmo_tdef_for_each(t, tdefs) {
		ck_assert_ptr_eq(osmo_tdef_get_entry(tdefs, t->T), t);	/* none twice */
		ck_assert_uint_eq(t->val, t->default_val);
		ck_assert(osmo_tdef_val_in_range(t, t->val));
		ck_assert_uint_le(t->min_val, t->max_val);
	}
	/* an early ACM must come before the caller's T7 */
	ck_assert_uint_lt(osmo_tdef_get(tdefs, 11, OSMO_TDEF_S, -1),
			  osmo_tdef_get(tdefs, 7, OSMO_TDEF_S, -1));
	talloc_free(tdefs);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("groups");

	tcase_set_timeout(tc, 30);
	tcase_add_loop_test(tc, hunting_policies, 0, 7);
	tcase_add_test(tc, hunting_by_idle_time);
	tcase_add_test(tc, wide_circuit_codes);
	tcase_add_test(tc, hunting_is_fair);
	tcase_add_test(tc, start_of_an_exchange);
	tcase_add_test(tc, outage_during_the_start);
	tcase_add_test(tc, resume_in_bursts);
	tcase_add_test(tc, start_against_silence);
	tcase_add_test(tc, start_with_holes);
	tcase_add_test(tc, idle_circuits_are_small);
	tcase_add_test(tc, groups_are_checked);
	tcase_add_test(tc, strangers_are_counted);
	tcase_add_test(tc, timers_are_within_their_limits);
	return bed_run("isup trunk groups", tc);
}
