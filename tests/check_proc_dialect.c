/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the call processes make of dialects: messages they lack, messages only they have. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "isup/overlap.h"
#include "tests/proc_bed.h"

struct world {
	struct isup_stack *stack;
	struct isup_group *group;
	const struct isup_dialect *dialect;
	struct isup_call *call;
	char said[256];
};

static void say(struct world *w, const char *how, const struct isup_msg *m)
{
	size_t n = strlen(w->said);

	snprintf(w->said + n, sizeof(w->said) - n, "%s%s%s", n ? " " : "", how,
		 m ? isup_mt_name(w->dialect, m->type) : "");
}

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct world *w = ctx;
	struct isup_cause cause;
	struct isup_msg m;

	ck_assert_msg(isup_decode(&m, w->dialect, sdu, len, NULL) == 0, "%s: type 0x%02x",
		      w->dialect->name, sdu[2]);
	say(w, "<", &m);
	if (m.type == ISUP_MT_RLC && isup_get(&m, ISUP_P_CAUSE, &cause))
		say(w, "cause", NULL);
	return 0;
}

static void msg_ind(void *ctx, const struct isup_msg *m) { say(ctx, "ind:", m); }
static void release_ind(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause)
{
	struct world *w = ctx;

	w->call = NULL;
	say(w, "release", NULL);
}

static const struct isup_call_ops call_ops = { .msg_ind = msg_ind, .release_ind = release_ind };

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	struct world *w = ctx;

	w->call = call;
	isup_call_bind(call, &call_ops, w);
	isup_call_digits(call, ISUP_DIGITS_TOO_FEW);
	say(w, "setup", NULL);
}

static const struct isup_stack_ops stack_ops = { .transfer = transfer, .setup_ind = setup_ind };

static void message(struct isup_msg *m, const struct world *w, const char *text)
{
	struct isup_rnd rnd = { 1 };
	struct isup_nci nci = {};
	const char *why = "";
	int line, type = isup_mt_find(w->dialect, text);

	if (type < 0 || strchr(text, ' ')) {
		ck_assert_msg(!isup_parse(m, w->dialect, text, &why, &line), "%s: %s", text, why);
		return;
	}
	ck_assert_int_eq(isup_generate(m, w->dialect, type, 0, &rnd), 0);
	m->cic = 1;
	if (isup_has(m, ISUP_P_NCI))
		ck_assert_int_eq(isup_set(m, ISUP_P_NCI, &nci), 0);
}

static void receive(struct world *w, const char *text)
{
	uint8_t sdu[ISUP_MAX_OCTETS];
	struct isup_msg m;
	ssize_t n;

	message(&m, w, text);
	n = isup_encode(sdu, sizeof(sdu), &m);
	ck_assert_int_gt(n, 0);
	isup_transfer_ind(w->stack, NULL, 2, 1, 2, sdu, n);
}

static void send_msg(struct world *w, uint8_t type)
{
	const struct isup_bci bci = {};
	struct isup_msg m;

	isup_init(&m, w->dialect, type, 1);
	if (type == ISUP_MT_ACM || type == ISUP_MT_CON)
		isup_set(&m, ISUP_P_BCI, &bci);
	if (isup_call_send(w->call, &m) < 0)
		say(w, "refused", NULL);
}

static void open_world(struct world *w, const struct isup_dialect *d)
{
	const struct isup_group_cfg cfg = {
		.name = "berlin", .dialect = d, .opc = 1, .dpc = 2, .ni = 2,
	};

	*w = (struct world){ .dialect = d };
	w->stack = isup_stack_new(NULL, &stack_ops, w, isup_tdefs_default, DLGLOBAL);
	ck_assert_int_eq(isup_group_new(&w->group, w->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(w->group, 1, 1), 0);
	isup_group_start(w->group);
}

static void outgoing(struct world *w)
{
	struct isup_circuit *c;
	struct isup_msg iam;

	ck_assert_int_eq(isup_group_hunt(&c, w->group), 0);
	message(&iam, w, "IAM");
	ck_assert_int_eq(isup_call_setup(&w->call, c, &iam, &call_ops, w), 0);
}

static void close_world(struct world *w, const char *want)
{
	ck_assert_str_eq(w->said, want);
	talloc_free(w->stack);
}

START_TEST(ansi_answers_without_con)
{
	struct world w;

	open_world(&w, &isup_ansi);
	receive(&w, "IAM");
	send_msg(&w, ISUP_MT_CON);
	close_world(&w, "setup <ANM");
	open_world(&w, &isup_ansi);
	receive(&w, "IAM");
	send_msg(&w, ISUP_MT_ANM);
	send_msg(&w, ISUP_MT_CON);
	close_world(&w, "setup <ANM refused");
	open_world(&w, &isup_ansi);
	receive(&w, "IAM");
	send_msg(&w, ISUP_MT_ACM);
	send_msg(&w, ISUP_MT_CON);
	close_world(&w, "setup <ACM <ANM");
}
END_TEST

START_TEST(ansi_has_no_sam)
{
	struct world w;

	open_world(&w, &isup_ansi);
	outgoing(&w);
	send_msg(&w, ISUP_MT_SAM);
	receive(&w, "ANM");
	close_world(&w, "<IAM refused ind:ANM");
	/* too few digits are all there are: T11, no T35 */
	open_world(&w, &isup_ansi);
	receive(&w, "IAM");
	bed_wait(17);
	close_world(&w, "setup <ACM");
}
END_TEST

START_TEST(ansi_rlc_has_no_cause)
{
	static const uint8_t bad_rel[] = { 1, 0, ISUP_MT_REL };
	struct world w;

	open_world(&w, &isup_ansi);
	isup_transfer_ind(w.stack, NULL, 2, 1, 2, bad_rel, sizeof(bad_rel));
	close_world(&w, "<RLC");
	open_world(&w, &isup_itu);
	isup_transfer_ind(w.stack, NULL, 2, 1, 2, bad_rel, sizeof(bad_rel));
	close_world(&w, "<RLC cause");
}
END_TEST

static const struct isup_dialect *const with_ccl[] = { &isup_china, &isup_russia };

START_TEST(caller_clears)
{
	struct world w;

	open_world(&w, with_ccl[_i]);
	receive(&w, "IAM");
	receive(&w, "CCL");		/* before answer it means nothing */
	send_msg(&w, ISUP_MT_CON);
	receive(&w, "CCL");
	close_world(&w, "setup <CON <REL release");
	open_world(&w, with_ccl[_i]);
	receive(&w, "IAM");
	isup_call_transit(w.call);
	send_msg(&w, ISUP_MT_CON);
	receive(&w, "CCL");
	close_world(&w, "setup <CON ind:CCL");
	open_world(&w, with_ccl[_i]);
	outgoing(&w);
	send_msg(&w, ISUP_MT_CCL);
	receive(&w, "CON");
	send_msg(&w, ISUP_MT_CCL);
	receive(&w, "CCL");		/* it is forward */
	close_world(&w, "<IAM refused ind:CON <CCL");
}
END_TEST

/* No dialect is made to say what it does not have, whatever the user asks for. */
START_TEST(nothing_foreign_is_sent)
{
	const struct isup_dialect *d = NULL;
	struct isup_msg m;
	struct world w;

	while ((d = isup_dialect_next(d))) {
		open_world(&w, d);
		receive(&w, "IAM");
		for (int type = 0; type < ISUP_N_CODES; type++) {
			if (isup_mt_row(d, type) || !isup_mt_row(&isup_itu, type))
				continue;
			isup_init(&m, d, type, 1);
			if (type != ISUP_MT_CON)	/* leaves as ANM */
				ck_assert_int_lt(isup_call_send(w.call, &m), 0);
		}
		close_world(&w, "setup");
	}
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("dialects");

	tcase_add_test(tc, ansi_answers_without_con);
	tcase_add_test(tc, ansi_has_no_sam);
	tcase_add_test(tc, ansi_rlc_has_no_cause);
	tcase_add_loop_test(tc, caller_clears, 0, ARRAY_SIZE(with_ccl));
	tcase_add_test(tc, nothing_foreign_is_sent);
	return bed_run("isup call processes and dialects", tc);
}
