/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark of an exchange of 65,536 circuits, to 16 peers of ITU-T's 4,096 or 4 of ANSI's 16,384:
 * start by GRS over all, loss of MTP in the middle of it, reset and audit of all, pause and resume
 * with a call on each circuit. The far end answers one message a turn of the loop. What counts is
 * processor time: of the whole, and for how long a turn of the loop was held at most. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "isup/audit.h"
#include "isup/dialect.h"

enum { CIRCUITS = 65536, US = 1, THEM = 2, QUEUE = 2 * CIRCUITS, MAX_PEERS = 16, STEP_MS = 20,
       TWO_SECONDS = 2000 / STEP_MS };

struct message { uint32_t pc; uint16_t cic; uint8_t type, range; };

struct exchange {
	struct isup_stack *stack;
	struct isup_group *group[MAX_PEERS];
	const struct isup_dialect *dialect;
	unsigned int peers, cics;
	bool down;
	unsigned int sent, got, most, calls;
	double held_us;			/* the longest that the loop was */
	struct message queue[QUEUE];	/* to be answered */
	unsigned int head, tail;
};

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static void held(struct exchange *x, double since)
{
	x->held_us = OSMO_MAX(x->held_us, now_us() - since);
}

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	struct exchange *x = ctx;

	if (x->down)
		return -1;
	x->sent++;
	x->queue[x->tail++ % QUEUE] = (struct message){
		.pc = isup_group_config(g)->dpc, .cic = sdu[0] | sdu[1] << 8, .type = sdu[2],
		.range = len > 5 ? sdu[5] : 0,
	};
	x->most = OSMO_MAX(x->most, x->tail - x->head);
	return 0;
}

static const struct isup_call_ops call_ops;

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	((struct exchange *)ctx)->calls++;
	isup_call_bind(call, &call_ops, ctx);
}

static void receive(struct exchange *x, uint32_t pc, const uint8_t *sdu, size_t len)
{
	double start = now_us();

	x->got++;
	isup_transfer_ind(x->stack, NULL, pc, US, 0, sdu, len);
	held(x, start);
}

/* The far end's answer to the oldest message. false: there is none. */
static bool answer(struct exchange *x)
{
	const struct message *m = &x->queue[x->head % QUEUE];
	uint8_t gra[] = { m->cic & 0xff, m->cic >> 8, ISUP_MT_GRA, 1, 5, m->range, 0, 0, 0, 0 };
	uint8_t rlc[] = { m->cic & 0xff, m->cic >> 8, ISUP_MT_RLC, 0 };

	if (x->head == x->tail)
		return false;
	x->head++;
	gra[4] = 1 + m->range / 8 + 1;
	if (m->type == ISUP_MT_GRS)
		receive(x, m->pc, gra, 6u + m->range / 8 + 1);
	else if (m->type == ISUP_MT_RSC || m->type == ISUP_MT_REL)
		receive(x, m->pc, rlc, sizeof(rlc));
	return true;
}

/* Until nothing is left to be answered, and nothing is begun for two seconds more. */
static void settle(struct exchange *x)
{
	double start;

	for (unsigned int quiet = 0; quiet < TWO_SECONDS; quiet++) {
		while (answer(x))
			quiet = 0;
		osmo_clock_override_add(CLOCK_MONOTONIC, 0, STEP_MS * 1000000);
		osmo_gettimeofday_override_add(0, STEP_MS * 1000);
		start = now_us();
		osmo_timers_prepare();
		osmo_timers_update();
		held(x, start);
	}
}

static struct exchange *exchange_new(void *ctx, const char *dialect, unsigned int peers)
{
	static const struct isup_stack_ops ops = { .transfer = transfer, .setup_ind = setup_ind };
	struct exchange *x = talloc_zero(ctx, struct exchange);
	struct isup_group_cfg cfg = { .opc = US, .reset_at_start = true };
	char name[16];

	x->dialect = cfg.dialect = isup_dialect_find(dialect);
	x->peers = peers;
	x->cics = CIRCUITS / peers;
	x->stack = isup_stack_new(x, &ops, x, isup_tdefs_new(x), DLGLOBAL);
	for (unsigned int i = 0; i < peers; i++) {
		snprintf(name, sizeof(name), "trunk%u", i);
		cfg.name = name;
		cfg.dpc = THEM + i;
		if (isup_group_new(&x->group[i], x->stack, &cfg) < 0 ||
		    isup_group_add_range(x->group[i], 0, x->cics - 1) < 0)
			exit(1);
	}
	return x;
}

static unsigned int count(const struct exchange *x, enum isup_circuit_use use)
{
	struct isup_circuit_status st;
	struct isup_circuit *c;
	unsigned int n = 0;

	for (unsigned int i = 0; i < x->peers; i++) {
		for (c = NULL; (c = isup_circuit_next(x->group[i], c));) {
			isup_circuit_status(&st, c);
			n += st.use == use;
		}
	}
	return n;
}

static void must_be_idle(const struct exchange *x, const char *when)
{
	if (count(x, ISUP_CCT_IDLE) == CIRCUITS)
		return;
	fprintf(stderr, "%s: %u circuits are not idle\n", when,
		CIRCUITS - count(x, ISUP_CCT_IDLE));
	exit(1);
}

static void print(struct exchange *x, const char *what, double start)
{
	const char *d = x->dialect->name;

	printf("bench %s-%s-ms %.1f ms\n", d, what, (now_us() - start) / 1e3);
	printf("bench %s-%s-longest-hold %.0f us\n", d, what, x->held_us);
	printf("bench %s-%s-messages %u messages\n", d, what, x->sent + x->got);
	x->held_us = 0;
	x->sent = x->got = x->most = 0;
}

/* --- what is measured --- */

static void each_group(struct exchange *x, void (*fn)(struct exchange *x, struct isup_group *g))
{
	for (unsigned int i = 0; i < x->peers; i++) {
		double start = now_us();

		fn(x, x->group[i]);
		held(x, start);
	}
}

static void start_group(struct exchange *x, struct isup_group *g)
{
	isup_group_start(g);
}

static void reset_group(struct exchange *x, struct isup_group *g)
{
	isup_group_reset(g);
}

static void pause_peer(struct exchange *x, struct isup_group *g)
{
	isup_pause_ind(x->stack, NULL, isup_group_config(g)->dpc);
}

static void resume_peer(struct exchange *x, struct isup_group *g)
{
	isup_resume_ind(x->stack, NULL, isup_group_config(g)->dpc);
}

static void start_all(struct exchange *x)
{
	double start = now_us();

	each_group(x, start_group);
	printf("bench %s-start-outstanding %u messages\n", x->dialect->name, x->most);
	settle(x);
	must_be_idle(x, "start");
	print(x, "start", start);
}

/* MTP is lost when half of the answers have come; what was under way is lost with it. */
static void reset_with_outage(struct exchange *x)
{
	double start = now_us();

	each_group(x, reset_group);
	for (unsigned int i = 0; i < CIRCUITS / 64; i++)
		answer(x);
	x->down = true;
	each_group(x, pause_peer);
	x->head = x->tail;
	x->down = false;
	each_group(x, resume_peer);
	settle(x);
	must_be_idle(x, "reset with an outage");
	print(x, "reset-outage", start);
}

/* Every circuit for itself, as an operator's script may do it. */
static void reset_singly(struct exchange *x)
{
	double start = now_us();
	struct isup_circuit *c;

	for (unsigned int i = 0; i < x->peers; i++) {
		for (c = NULL; (c = isup_circuit_next(x->group[i], c));) {
			isup_circuit_reset(c);
			answer(x);
		}
	}
	settle(x);
	must_be_idle(x, "single resets");
	print(x, "rsc-all", start);
}

static void audit_all(struct exchange *x)
{
	struct isup_circuit *c;
	double start = now_us();

	for (unsigned int i = 0; i < x->peers; i++)
		for (c = NULL; (c = isup_circuit_next(x->group[i], c));)
			if (isup_audit_circuit(c))
				exit(1);
	printf("bench %s-audit-all %.0f us\n", x->dialect->name, now_us() - start);
}

/* A call that rings on every circuit: lost with MTP, released when it is back. */
static void outage_under_load(struct exchange *x)
{
	static const uint8_t itu[] = { ISUP_MT_IAM, 0, 0x20, 0x01, 0x0a, 0x00, 2,
				       0,           5, 0x83, 0x10, 0x21, 0x43, 0x05 };
	uint8_t sdu[64];
	double start;

	for (unsigned int i = 0; i < CIRCUITS; i++) {
		sdu[0] = i % x->cics & 0xff;
		sdu[1] = i % x->cics >> 8;
		memcpy(sdu + 2, itu, sizeof(itu));
		receive(x, THEM + i / x->cics, sdu, sizeof(itu) + 2);
	}
	if (x->calls != CIRCUITS)
		exit(1);
	x->held_us = 0;
	x->sent = x->got = 0;
	x->head = x->tail;
	start = now_us();
	x->down = true;
	each_group(x, pause_peer);
	printf("bench %s-pause-longest-hold %.0f us\n", x->dialect->name, x->held_us);
	x->held_us = 0;
	x->down = false;
	each_group(x, resume_peer);
	printf("bench %s-resume-longest-hold %.0f us\n", x->dialect->name, x->held_us);
	settle(x);
	must_be_idle(x, "outage under load");
	print(x, "outage-calls", start);
}

static void run(const char *dialect, unsigned int peers)
{
	void *ctx = talloc_named_const(NULL, 0, "bench");
	struct mallinfo2 before = mallinfo2(), after;
	struct exchange *x = exchange_new(ctx, dialect, peers);

	after = mallinfo2();
	printf("bench %s-bytes-per-idle-circuit %.1f bytes\n", dialect,
	       (double)(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd -
			sizeof(*x)) / CIRCUITS);
	start_all(x);
	reset_with_outage(x);
	reset_singly(x);
	audit_all(x);
	if (!strcmp(dialect, "itu"))
		outage_under_load(x);
	talloc_free(ctx);
}

int main(void)
{
	osmo_init_logging2(NULL, NULL);
	log_set_category_filter(osmo_stderr_target, DLGLOBAL, 1, LOGL_FATAL);
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_gettimeofday_override = true;
	if (isup_fsm_init(DLGLOBAL) < 0)
		return 1;
	run("itu", 16);
	run("ansi", 4);
	return 0;
}
