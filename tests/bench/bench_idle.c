/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmark: memory of an idle circuit, as the heap sees it, over an exchange of 65,536. */
#include <malloc.h>
#include <stdio.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>

#include "isup/circuit.h"

enum { PEERS = 16, CICS = 4096 };

static int transfer(void *ctx, const struct isup_group *g, uint8_t sls, const uint8_t *sdu, size_t len)
{
	return 0;
}

static void setup_ind(void *ctx, struct isup_call *call, const struct isup_msg *iam)
{
}

static size_t heap(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

static bool fill(struct isup_stack *s)
{
	struct isup_group_cfg cfg = { .dialect = &isup_itu, .opc = 1 };
	struct isup_group *g;
	char name[16];

	for (unsigned int i = 0; i < PEERS; i++) {
		snprintf(name, sizeof(name), "trunk%u", i);
		cfg.name = name;
		cfg.dpc = 2 + i;
		if (isup_group_new(&g, s, &cfg) < 0 || isup_group_add_range(g, 0, CICS - 1) < 0)
			return false;
		isup_group_start(g);
	}
	return true;
}

int main(void)
{
	const struct isup_stack_ops ops = { .transfer = transfer, .setup_ind = setup_ind };
	void *ctx = talloc_named_const(NULL, 0, "bench");
	struct isup_stack *s;
	size_t before;

	osmo_init_logging2(ctx, NULL);
	log_set_category_filter(osmo_stderr_target, DLGLOBAL, 1, LOGL_ERROR);
	if (isup_fsm_init(DLGLOBAL) < 0)
		return 1;
	before = heap();
	s = isup_stack_new(ctx, &ops, NULL, isup_tdefs_new(ctx), DLGLOBAL);
	if (!s || !fill(s))
		return 1;
	printf("bench bytes-per-idle-circuit %.1f bytes\n", (double)(heap() - before) / (PEERS * CICS));
	talloc_free(s);
	return 0;
}
