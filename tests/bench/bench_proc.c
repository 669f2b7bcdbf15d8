/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark of the ISUP processes: memory of idle circuits and of calls as the heap sees it, over
 * an exchange of 65,536 circuits; processor time of a call that comes in, is answered and released.
 */
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "isup/circuit.h"

enum { PEERS = 16, CICS = 4096, US = 1, THEM = 2, HELD = 1000, CALLS = 100000 };

struct bench {
	struct isup_stack *stack;
	struct isup_call *call;
	unsigned int sent;
};

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu,
		    size_t len)
{
	((struct bench *)ctx)->sent++;
	return 0;
}

static const struct isup_call_ops call_ops;

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
	struct bench *b = ctx;

	isup_call_bind(call, &call_ops, b);
	b->call = call;
}

static size_t heap(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static bool fill(struct isup_stack *s)
{
	struct isup_group_cfg cfg = { .dialect = &isup_itu, .opc = US };
	struct isup_group *g;
	char name[16];

	for (unsigned int i = 0; i < PEERS; i++) {
		snprintf(name, sizeof(name), "trunk%u", i);
		cfg.name = name;
		cfg.dpc = THEM + i;
		if (isup_group_new(&g, s, &cfg) < 0 || isup_group_add_range(g, 0, CICS - 1) < 0)
			return false;
		isup_group_start(g);
	}
	return true;
}

static void receive(struct bench *b, unsigned int cic, const uint8_t *octets, size_t len)
{
	uint8_t sdu[64] = { cic & 0xff, cic >> 8 };

	memcpy(sdu + 2, octets, len);
	isup_transfer_ind(b->stack, NULL, THEM, US, 0, sdu, len + 2);
}

static void call_in(struct bench *b, unsigned int cic)
{
	static const uint8_t iam[] = { ISUP_MT_IAM, 0, 0x20, 0x01, 0x0a, 0x00, 2,
				       0,           5, 0x83, 0x10, 0x21, 0x43, 0x05 };
	static const struct isup_bci bci = { .called_status = 1 };
	struct isup_msg m;

	receive(b, cic, iam, sizeof(iam));
	isup_init(&m, &isup_itu, ISUP_MT_ACM, 0);
	isup_set(&m, ISUP_P_BCI, &bci);
	isup_call_send(b->call, &m);
	isup_init(&m, &isup_itu, ISUP_MT_ANM, 0);
	isup_call_send(b->call, &m);
}

static void call_out_of_use(struct bench *b, unsigned int cic)
{
	static const uint8_t rel[] = { ISUP_MT_REL, 2, 0, 2, 0x82, 0x90 };

	receive(b, cic, rel, sizeof(rel));
}

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

int main(void)
{
	const struct isup_stack_ops ops = { .transfer = transfer, .setup_ind = setup_ind };
	void *ctx = talloc_named_const(NULL, 0, "bench");
	struct bench b = {};
	size_t before;
	double start;

	osmo_init_logging2(ctx, NULL);
	log_set_category_filter(osmo_stderr_target, DLGLOBAL, 1, LOGL_ERROR);
	if (isup_fsm_init(DLGLOBAL) < 0)
		return 1;
	before = heap();
	b.stack = isup_stack_new(ctx, &ops, &b, isup_tdefs_new(ctx), DLGLOBAL);
	if (!b.stack || !fill(b.stack))
		return 1;
	printf("bench bytes-per-idle-circuit %.1f bytes\n",
	       (double)(heap() - before) / (PEERS * CICS));
	before = heap();
	for (unsigned int i = 0; i < HELD; i++)
		call_in(&b, i);
	printf("bench bytes-per-isup-call %.1f bytes\n", (double)(heap() - before) / HELD);
	for (unsigned int i = 0; i < HELD; i++)
		call_out_of_use(&b, i);
	start = now_us();
	for (unsigned int i = 0; i < CALLS; i++) {
		call_in(&b, i % CICS);
		call_out_of_use(&b, i % CICS);
	}
	printf("bench us-per-isup-call %.2f us\n", (now_us() - start) / CALLS);
	if (b.sent != 3 * (CALLS + HELD) ||
	    isup_counter(b.stack, ISUP_CTR_RX_HANDLED) != 2 * (CALLS + HELD))
		return 1;
	talloc_free(ctx);
	return 0;
}
