/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test bed of the ISUP processes: the stack, its user, and what is checked; see proc_bed.h. */
#include <check.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/fsm.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "isup/dialect.h"
#include "tests/isup_log.h"
#include "isup/compat.h"
#include "tests/proc_bed.h"
#include "tests/suite.h"

/* Another word of the result; the same word again becomes WORD*2. */
void bed_note(struct bed *b, unsigned int cic, const char *fmt, ...)
{
	char word[96];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(word, sizeof(word), fmt, ap);
	va_end(ap);
	if (cic != 1)
		snprintf(word + n, sizeof(word) - n, "@%u", cic);
	if (strcmp(word, b->last)) {
		b->last_at = b->len + (b->len != 0);
		b->times = 0;
	}
	osmo_strlcpy(b->last, word, sizeof(b->last));
	b->len = b->last_at;
	b->len += snprintf(b->out + b->len, sizeof(b->out) - b->len, "%s", word);
	if (b->last_at)
		b->out[b->last_at - 1] = ' ';
	if (++b->times > 1)
		b->len += snprintf(b->out + b->len, sizeof(b->out) - b->len, "*%u", b->times);
	ck_assert_uint_lt(b->len, sizeof(b->out) - 128);
}

void bed_result(struct bed *b, unsigned int cic, int rc)
{
	static const struct { int rc; const char *name; } names[] = {
		{ -EBUSY, "EBUSY" },       { -ENETUNREACH, "ENETUNREACH" }, { -EPROTO, "EPROTO" },
		{ -ENOENT, "ENOENT" },
		{ -EALREADY, "EALREADY" }, { -ENOBUFS, "ENOBUFS" },         { -EINVAL, "EINVAL" },
		{ -EOPNOTSUPP, "EOPNOTSUPP" }, { -EIO, "EIO" },
		{ -EMSGSIZE, "EMSGSIZE" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (names[i].rc == rc)
			bed_note(b, cic, "%s", names[i].name);
	}
}

/* What the test wants the user to do inside a primitive. */
static void inside(struct bed *b)
{
	char word[sizeof(b->inside)];

	osmo_strlcpy(word, b->inside, sizeof(word));
	b->inside[0] = 0;
	if (word[0])
		bed_step(b, word);
}

static void msg_ind(void *ctx, const struct isup_msg *m)
{
	struct bed_user *u = ctx;
	char word[128];

	bed_word(word, sizeof(word), m);
	bed_note(u->bed, u->cic, "ind:%s", word);
	inside(u->bed);
}

static void over(struct bed_user *u, const char *how, const struct isup_cause *cause)
{
	struct bed *b = u->bed;

	if (b->user[u->cic] == u)		/* else a dual seizure has replaced the call */
		b->call[u->cic] = NULL;
	bed_note(b, u->cic, "%s:%u", how, cause->value);
	inside(b);
}

static void release_ind(void *ctx, const struct isup_msg *rel, const struct isup_cause *cause)
{
	over(ctx, "release", cause);
}

static void repeat_ind(void *ctx, const struct isup_cause *cause)
{
	over(ctx, "repeat", cause);
}

static void complete_ind(void *ctx)
{
	struct bed_user *u = ctx;

	bed_note(u->bed, u->cic, "complete");
	inside(u->bed);
}

const struct isup_call_ops bed_call_ops = {
	.complete_ind = complete_ind,
	.msg_ind = msg_ind, .release_ind = release_ind, .repeat_ind = repeat_ind,
};

struct bed_user *bed_user(struct bed *b, unsigned int cic)
{
	struct bed_user *u = &b->users[b->n_users++ % ARRAY_SIZE(b->users)];

	u->bed = b;
	u->cic = cic;
	return u;
}

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	struct bed *b = ctx;
	unsigned int cic = isup_circuit_cic(isup_call_circuit(call));
	char word[128];

	b->iam = *iam;
	bed_word(word, sizeof(word), iam);
	bed_note(b, cic, "setup%s", word + strlen("IAM"));
	if (b->flags & BED_UNBOUND)
		return;
	b->call[cic] = call;
	b->user[cic] = bed_user(b, cic);
	isup_call_bind(call, &bed_call_ops, b->user[cic]);
	inside(b);
}

static void alarm_ind(void *ctx, const struct isup_circuit *c, const char *what)
{
	bed_note(ctx, isup_circuit_cic(c), "alarm");
}

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct isup_msg m;
	struct bed *b = ctx;
	char word[128];

	ck_assert_int_eq(isup_decode_unknown(&m, b->dialect, sdu, len, NULL), 0);
	ck_assert_uint_eq(sls, m.cic % 16);
	if (b->no_mtp)
		return -ENOBUFS;
	isup_log(b->dialect->name, sdu, len);
	bed_word(word, sizeof(word), &m);
	bed_note(b, m.cic, "<%s", word);
	return 0;
}

static const struct isup_stack_ops stack_ops = {
	.transfer = transfer, .setup_ind = setup_ind, .alarm_ind = alarm_ind,
};

/* --- continuity --- */

static int path_rc(const struct bed *b)
{
	if (b->flags & BED_NO_PATH)
		return -EOPNOTSUPP;
	return b->flags & BED_PATH_LOST ? -EIO : 0;
}

static int path_loop(void *ctx, struct isup_circuit *c)
{
	bed_note(ctx, isup_circuit_cic(c), "loop");
	return path_rc(ctx);
}

static int path_check(void *ctx, struct isup_circuit *c)
{
	bed_note(ctx, isup_circuit_cic(c), "tone");
	return path_rc(ctx);
}

static void path_stop(void *ctx, struct isup_circuit *c)
{
	bed_note(ctx, isup_circuit_cic(c), "stop");
}

static const struct isup_continuity_ops path_ops = { path_loop, path_check, path_stop };

struct isup_circuit *bed_circuit(struct bed *b, unsigned int cic)
{
	struct isup_circuit *c = isup_circuit_find(b->berlin, cic);

	return c ? c : isup_circuit_find(isup_group_find(b->stack, "hamburg"), cic);
}

static struct bed *bed_new(unsigned int flags)
{
	struct bed *b = talloc_zero(NULL, struct bed);
	struct isup_group_cfg cfg = {
		.name = "berlin",
		.dialect = flags & BED_ANSI ? &isup_ansi : &isup_itu,
		.ni = 2, .hunt = ISUP_HUNT_LOWEST,
		.reset_at_start = flags & BED_RESET, .no_ucic = flags & BED_NO_UCIC,
		.lpa = flags & BED_LPA,
		.calls.max_sdu = flags & BED_SHORT ? BED_SHORT_SDU : 0,
		.calls.control = flags >> 17 & 7,
	};
	struct isup_group *hamburg;

	b->flags = flags;
	b->dialect = cfg.dialect;
	b->opc = cfg.opc = flags & BED_HIGHER ? BED_HIGHER_PC : BED_LOWER_PC;
	b->dpc = cfg.dpc = flags & BED_HIGHER ? BED_LOWER_PC : BED_HIGHER_PC;
	b->stack = isup_stack_new(b, &stack_ops, b, isup_tdefs_new(b), DLGLOBAL);
	if (flags & (BED_PATH | BED_NO_PATH | BED_PATH_LOST))
		isup_continuity_use(b->stack, &path_ops, b);
	ck_assert_int_eq(isup_group_new(&b->berlin, b->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(b->berlin, 1, 4), 0);
	cfg.name = "hamburg";
	ck_assert_int_eq(isup_group_new(&hamburg, b->stack, &cfg), 0);
	ck_assert_int_eq(isup_group_add_range(hamburg, 6, 8), 0);
	b->blocks = talloc_total_blocks(b->stack);
	isup_group_start(b->berlin);
	isup_group_start(hamburg);
	return b;
}

static unsigned int processes(void)
{
	static const char *const names[] = { "CPCI", "CPCO", "CPC-Release", "CRS", "CGRS", "BLS",
					     "CRI", "CRO", "MGBS", "HGBS", "CQS", "CVS", "CRRO",
					     "CRRI" };
	unsigned int i, n = 0;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		n += llist_count(&osmo_fsm_find_by_name(names[i])->instances);
	return n;
}

/* A process lives only where a circuit is not idle. */
static void check_processes(struct bed *b)
{
	struct isup_circuit_status st;
	unsigned int cic;

	for (cic = 1; cic < BED_CICS; cic++) {
		if (!bed_circuit(b, cic))
			continue;
		isup_circuit_status(&st, bed_circuit(b, cic));
		if ((st.use != ISUP_CCT_IDLE && st.use != ISUP_CCT_SEIZED) || st.blocking_pending)
			return;
	}
	ck_assert_uint_eq(processes(), 0);
	ck_assert_uint_eq(talloc_total_blocks(b->stack), b->blocks);
}

static void check_counters(const struct isup_stack *s)
{
	ck_assert_uint_eq(isup_counter(s, ISUP_CTR_RX),
			  isup_counter(s, ISUP_CTR_RX_HANDLED) +
				  isup_counter(s, ISUP_CTR_RX_MALFORMED) +
				  isup_counter(s, ISUP_CTR_RX_UNEQUIPPED) +
				  isup_counter(s, ISUP_CTR_RX_UNEXPECTED));
}

struct bed *bed_play(unsigned int flags, const char *text)
{
	struct bed *b = bed_new(flags);
	char script[512];
	char *word, *save;

	osmo_strlcpy(script, text, sizeof(script));
	for (word = strtok_r(script, " ", &save); word; word = strtok_r(NULL, " ", &save))
		bed_step(b, word);
	return b;
}

void bed_end(struct bed *b)
{
	check_counters(b->stack);
	check_processes(b);
	talloc_free(b->stack);
	ck_assert_uint_eq(processes(), 0);
	ck_assert_uint_eq(talloc_total_blocks(b), 2);	/* the bed and the timers' table */
	talloc_free(b);
}

void bed_check(const struct bed_row *row)
{
	struct bed *b = bed_play(row->flags, row->script);

	ck_assert_msg(!strcmp(b->out, row->expect), "%s:\n  script %s\n  wanted %s\n  got    %s",
		      row->name, row->script, row->expect, b->out);
	bed_end(b);
}

void bed_wait(unsigned int seconds)
{
	while (seconds--) {
		osmo_gettimeofday_override_add(1, 0);
		osmo_clock_override_add(CLOCK_MONOTONIC, 1, 0);
		osmo_timers_prepare();
		osmo_timers_update();
	}
}

void bed_init(void)
{
	osmo_init_logging2(NULL, NULL);
	/* machines refuse at level ERROR what the scripts make them refuse */
	log_set_category_filter(osmo_stderr_target, DLGLOBAL, 1,
				getenv("VERBOSE") ? LOGL_DEBUG : LOGL_FATAL);
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ .tv_sec = 1000 };
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	ck_assert_int_eq(isup_fsm_init(DLGLOBAL), 0);
}

int bed_run(const char *suite, TCase *tc)
{
	Suite *s = suite_create(suite);

	tcase_add_unchecked_fixture(tc, bed_init, NULL);
	suite_add_tcase(s, tc);
	return suite_run(s);
}
