/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An MTP user over M3UA for tests with real SCTP: it sends numbered messages and counts them coming
 * back, or sends back what it gets.
 *
 *   mtp_probe CONFIG OWN-PC FAR-PC echo
 *   mtp_probe CONFIG OWN-PC FAR-PC SECONDS	a message each 5 ms; then one line of counts */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/msgb.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>
#include <osmocom/sigtran/osmo_ss7.h>
#include <osmocom/vty/vty.h>

#include "gw/log.h"
#include "gw/mtp.h"

enum { EVERY_MS = 5, SLS = 16 };

static const struct log_info_cat categories[] = {
	[DMTP] = { .name = "DMTP", .description = "MTP", .enabled = 1, .loglevel = LOGL_NOTICE },
};
static const struct log_info log_info = { .cat = categories, .num_cat = ARRAY_SIZE(categories) };

struct probe {
	struct mtp *mtp;
	uint32_t own, far;
	bool echo, done;
	struct osmo_timer_list tick, end;
	unsigned long last[SLS];
	unsigned long attempts, accepted, refused, received, disorder, paused, resumed, after;
};

static void on_transfer(void *ctx, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	struct probe *p = ctx;
	struct mtp_label back = { .opc = l->dpc, .dpc = l->opc, .sls = l->sls, .ni = l->ni,
				  .prio = l->prio };
	char text[32];
	unsigned long number;

	if (p->echo) {
		mtp_transfer(p->mtp, &back, sdu, len);
		return;
	}
	snprintf(text, sizeof(text), "%.*s", (int)len, (const char *)sdu);
	number = strtoul(text, NULL, 10);
	p->disorder += number <= p->last[l->sls % SLS] || l->ni != 2 || l->prio != 1;
	p->last[l->sls % SLS] = number;
	p->received++;
	/* the first pause is from before there was an association */
	p->after += p->paused > 1;
}

static void on_pause(void *ctx, uint32_t pc)
{
	((struct probe *)ctx)->paused++;
}

static void on_resume(void *ctx, uint32_t pc)
{
	((struct probe *)ctx)->resumed++;
}

static void on_tick(void *data)
{
	struct probe *p = data;
	struct mtp_label l = { .opc = p->own, .dpc = p->far, .sls = p->attempts % SLS, .ni = 2,
			       .prio = 1 };
	char text[32];
	int n = snprintf(text, sizeof(text), "%lu", ++p->attempts);

	if (mtp_transfer(p->mtp, &l, (const uint8_t *)text, n) == 0)
		p->accepted++;
	else
		p->refused++;
	osmo_timer_schedule(&p->tick, 0, EVERY_MS * 1000);
}

static void on_end(void *data)
{
	struct probe *p = data;

	if (osmo_timer_pending(&p->tick)) {
		osmo_timer_del(&p->tick);
		osmo_timer_schedule(&p->end, 1, 0);	/* for what is under way */
		return;
	}
	p->done = true;
}

static void show(void *ctx, const char *text)
{
	fprintf(stderr, "%s\n", text);
}

static int open_mtp(struct probe *p, char **argv, void *ctx)
{
	static struct vty_app_info vty = {
		.name = "probe", .version = "0", .go_parent_cb = osmo_ss7_vty_go_parent,
		.is_config_node = osmo_ss7_is_config_node,
	};
	struct mtp_user user = { .transfer_ind = on_transfer, .pause_ind = on_pause,
				 .resume_ind = on_resume, .ctx = p };
	struct osmo_ss7_instance *inst;

	msgb_talloc_ctx_init(ctx, 0);
	osmo_init_logging2(ctx, &log_info);
	log_set_print_category(osmo_stderr_target, 1);
	log_set_print_timestamp(osmo_stderr_target, 1);
	vty.tall_ctx = ctx;
	vty_init(&vty);
	if (mtp_sigtran_init(ctx) < 0 || vty_read_config_file(argv[1], NULL) < 0)
		return -1;
	p->mtp = mtp_sigtran_open(ctx, &user, 0);
	inst = osmo_ss7_instance_find(0);
	if (!p->mtp || !inst)
		return -1;
	p->own = osmo_ss7_pointcode_parse(inst, argv[2]);
	p->far = osmo_ss7_pointcode_parse(inst, argv[3]);
	return mtp_watch(p->mtp, p->far);
}

int main(int argc, char **argv)
{
	struct probe p = { 0 };
	void *ctx = talloc_named_const(NULL, 0, "probe");

	if (argc != 5 || open_mtp(&p, argv, ctx) < 0)
		return EXIT_FAILURE;
	p.echo = strcmp(argv[4], "echo") == 0;
	osmo_timer_setup(&p.tick, on_tick, &p);
	osmo_timer_setup(&p.end, on_end, &p);
	if (!p.echo) {
		osmo_timer_schedule(&p.end, strtol(argv[4], NULL, 10), 0);
		osmo_timer_schedule(&p.tick, 0, 0);
	}
	while (!p.done)
		osmo_select_main_ctx(0);
	mtp_show(p.mtp, show, NULL);
	printf("attempts=%lu accepted=%lu refused=%lu received=%lu disorder=%lu paused=%lu "
	       "resumed=%lu after=%lu\n",
	       p.attempts, p.accepted, p.refused, p.received, p.disorder, p.paused, p.resumed,
		       p.after);
	mtp_close(p.mtp);
	return EXIT_SUCCESS;
}
