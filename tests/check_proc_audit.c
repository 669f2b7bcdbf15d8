/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of circuits: faults that no message can make are made by hand, found, named and
 * freed. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/audit.h"
#include "isup/maintenance.h"
#include "isup/ranged.h"
#include "tests/proc_bed.h"

enum { CICS = 40 };

struct world {
	struct isup_stack *stack;
	struct isup_group *group;
	struct isup_circuit *c;		/* circuit 1 */
	struct isup_call *call;
	bool unknown;			/* the user knows nothing */
	unsigned int released;
	char sent[256];			/* names of the messages sent since the last look */
};

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct world *w = ctx;

	snprintf(w->sent + strlen(w->sent), sizeof(w->sent) - strlen(w->sent), "%s ",
		 isup_mt_name(&isup_itu, sdu[2]));
	return 0;
}

static void release_ind(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause)
{
	((struct world *)ctx)->released++;
}

static const struct isup_call_ops call_ops = { .release_ind = release_ind };

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	struct world *w = ctx;

	w->call = call;
	isup_call_bind(call, &call_ops, w);
}

static bool in_use(void *ctx, const struct isup_circuit *c)
{
	return !((struct world *)ctx)->unknown;
}

static const struct isup_stack_ops ops = {
	.transfer = transfer, .setup_ind = setup_ind, .in_use = in_use,
};

static struct world *world_new(void)
{
	struct world *w = talloc_zero(NULL, struct world);
	struct isup_group_cfg cfg = {
		.name = "g", .dialect = &isup_itu, .opc = BED_LOWER_PC, .dpc = BED_HIGHER_PC,
		.hunt = ISUP_HUNT_LOWEST,
	};

	w->stack = isup_stack_new(w, &ops, w, isup_tdefs_new(w), DLGLOBAL);
	ck_assert_int_eq(isup_group_new(&w->group, w->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(w->group, 1, CICS), 0);
	isup_group_start(w->group);
	w->c = isup_circuit_find(w->group, 1);
	return w;
}

static void receive(struct world *w, const char *word)
{
	uint8_t sdu[96] = { 1 };
	int n = bed_word_octets(word, sdu + 2, sizeof(sdu) - 2);

	ck_assert_int_gt(n, 0);
	isup_transfer_ind(w->stack, NULL, BED_HIGHER_PC, BED_LOWER_PC, 0, sdu, n + 2);
}

static void sent(struct world *w, const char *want)
{
	ck_assert_str_eq(w->sent, want);
	w->sent[0] = '\0';
}

/* One finding on circuit 1, counted in its row, and then nothing any more, on no circuit. */
static void found(struct world *w, enum isup_finding f, enum isup_counter row)
{
	uint64_t before = isup_counter(w->stack, row);
	struct isup_circuit *c = NULL;

	ck_assert_int_eq(isup_audit_circuit(w->c), f);
	ck_assert_uint_eq(isup_counter(w->stack, row), before + 1);
	while ((c = isup_circuit_next(w->group, c)))
		ck_assert_str_eq(isup_finding_name(isup_audit_circuit(c)), "in order");
}

static void is(struct world *w, enum isup_circuit_use use)
{
	struct isup_circuit_status st;

	isup_circuit_status(&st, w->c);
	ck_assert_str_eq(isup_circuit_use_name(st.use), isup_circuit_use_name(use));
}

START_TEST(nothing_is_found)
{
	static const char *const words[] = {
		"IAM", "ACM:1", "SUS:0", "RES:0", "REL:16", "IAMC", "COT:1", "REL:16", "BLO",
		"UBL", "RSC", "GRS:3", "CGB:1:3:0f", "CGU:1:3:0f",
	};
	struct world *w = world_new();

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		receive(w, words[i]);
		ck_assert_int_eq(isup_audit_circuit(w->c), ISUP_FINDING_NONE);
	}
	ck_assert_int_eq(isup_circuit_block(w->c), 0);
	ck_assert_int_eq(isup_audit_circuit(w->c), ISUP_FINDING_NONE);
	ck_assert_int_eq(isup_group_reset(w->group), 0);
	ck_assert_int_eq(isup_audit_circuit(w->c), ISUP_FINDING_NONE);
	bed_wait(2000);			/* every timer has run out, many times */
	ck_assert_int_eq(isup_audit_circuit(w->c), ISUP_FINDING_NONE);
	talloc_free(w);
}
END_TEST

START_TEST(call_of_nobody)
{
	struct world *w = world_new();

	receive(w, "IAM");
	w->unknown = true;
	found(w, ISUP_FINDING_CALL, ISUP_CTR_AUDIT_CALL);
	ck_assert_uint_eq(w->released, 0);	/* the one it would tell may be gone */
	is(w, ISUP_CCT_RELEASING);
	sent(w, "REL ");
	receive(w, "RLC");
	is(w, ISUP_CCT_IDLE);
	talloc_free(w);
}
END_TEST

START_TEST(seizure_of_nobody)
{
	struct world *w = world_new();
	struct isup_circuit *c;

	ck_assert_int_eq(isup_group_hunt(&c, w->group), 0);
	ck_assert_ptr_eq(c, w->c);
	ck_assert_int_eq(isup_audit_circuit(c), ISUP_FINDING_NONE);
	w->unknown = true;
	found(w, ISUP_FINDING_SEIZURE, ISUP_CTR_AUDIT_SEIZURE);
	is(w, ISUP_CCT_IDLE);
	ck_assert_int_eq(isup_group_hunt(&c, w->group), 0);
	ck_assert_ptr_eq(c, w->c);
	sent(w, "");
	talloc_free(w);
}
END_TEST

/* The user is told; both ends become idle. */
START_TEST(call_without_timer)
{
	struct world *w = world_new();

	receive(w, "IAM");
	osmo_timer_del(&w->c->call->fi->timer);		/* T11 */
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	ck_assert_uint_eq(w->released, 1);
	sent(w, "REL ");
	receive(w, "RLC");
	is(w, ISUP_CCT_IDLE);
	talloc_free(w);
}
END_TEST

/* Maintenance processes say again what they wait for. */
START_TEST(process_without_timer)
{
	struct world *w = world_new();

	receive(w, "IAM");
	isup_call_release_cause(w->call, 16, 2);
	sent(w, "REL ");
	osmo_timer_del(&w->c->release->timer);
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	sent(w, "REL ");
	receive(w, "RLC");
	isup_circuit_reset(w->c);
	sent(w, "RSC ");
	osmo_timer_del(&w->c->crs->timer);
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	sent(w, "RSC ");
	receive(w, "RLC");
	isup_circuit_block(w->c);
	sent(w, "BLO ");
	osmo_timer_del(&w->c->bls->timer);
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	sent(w, "BLO ");
	receive(w, "BLA");
	receive(w, "CCR");
	osmo_timer_del(&w->c->cot->timer);		/* T36 */
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	sent(w, "RSC ");
	receive(w, "RLC");
	sent(w, "BLO ");
	receive(w, "BLA");
	isup_group_reset(w->group);
	sent(w, "GRS GRS ");
	osmo_timer_del(&w->c->cgrs->timer);
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	sent(w, "GRS ");
	talloc_free(w);
}
END_TEST

START_TEST(query_without_timer)
{
	struct world *w = world_new();
	struct isup_ranged *r;

	ck_assert_int_eq(isup_group_query(w->group), 0);
	sent(w, "CQM CQM ");
	r = llist_first_entry(&w->group->peer->ranged, struct isup_ranged, entry);
	if (r->cic != 1)
		r = llist_last_entry(&w->group->peer->ranged, struct isup_ranged, entry);
	osmo_timer_del(&r->fi->timer);
	found(w, ISUP_FINDING_TIMER, ISUP_CTR_AUDIT_TIMER);
	sent(w, "CQM ");
	talloc_free(w);
}
END_TEST

START_TEST(forgotten_in_hunting)
{
	struct world *w = world_new();
	struct isup_circuit *c;

	isup_idle_set(w->c, false);
	found(w, ISUP_FINDING_HUNT, ISUP_CTR_AUDIT_HUNT);
	ck_assert_int_eq(isup_group_hunt(&c, w->group), 0);
	ck_assert_ptr_eq(c, w->c);
	isup_idle_set(w->c, true);		/* would be hunted a second time */
	found(w, ISUP_FINDING_HUNT, ISUP_CTR_AUDIT_HUNT);
	ck_assert_int_eq(isup_group_hunt(&c, w->group), 0);
	ck_assert_ptr_ne(c, w->c);
	talloc_free(w);
}
END_TEST

START_TEST(forgotten_in_line)
{
	struct world *w = world_new();

	isup_work_want(w->c, ISUP_WORK_RESET);
	isup_work_want(isup_circuit_find(w->group, 2), ISUP_WORK_RESET);
	isup_circuit_update(w->c);
	isup_circuit_update(isup_circuit_find(w->group, 2));
	isup_pause_ind(w->stack, NULL, BED_HIGHER_PC);		/* then it is no wonder */
	ck_assert_int_eq(isup_audit_circuit(w->c), ISUP_FINDING_NONE);
	w->group->peer->paused = false;
	found(w, ISUP_FINDING_WAIT, ISUP_CTR_AUDIT_WAIT);
	sent(w, "GRS ");
	talloc_free(w);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("audit");

	tcase_add_test(tc, nothing_is_found);
	tcase_add_test(tc, call_of_nobody);
	tcase_add_test(tc, seizure_of_nobody);
	tcase_add_test(tc, call_without_timer);
	tcase_add_test(tc, process_without_timer);
	tcase_add_test(tc, query_without_timer);
	tcase_add_test(tc, forgotten_in_hunting);
	tcase_add_test(tc, forgotten_in_line);
	return bed_run("isup audit", tc);
}
