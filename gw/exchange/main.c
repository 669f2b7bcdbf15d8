/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tollgate-exchange: command line, scenarios, MTP, the loop, the result. */
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/select.h>
#include <osmocom/core/utils.h>
#include <osmocom/vty/logging.h>
#include <osmocom/vty/vty.h>
#include <talloc.h>

#include "gw/exchange/control.h"
#include "gw/exchange/options.h"
#include "gw/log.h"
#include "gw/mtp_pc.h"

/* Exit status; the manual page explains them. */
enum { EXIT_PASSED, EXIT_FAILED, EXIT_USAGE, EXIT_UNREACHABLE };

struct program {
	struct options opt;
	struct exchange *x;
	struct osmo_timer_list timeout, stay, linger, stats;
	bool staying, stayed, lingering, over;
	uint64_t last_calls;
	struct osmo_signalfd *signals;
	struct vty_app_info vty;
};

static const struct log_info_cat categories[LOG_CATEGORIES] = {
	[DMTP] = { .name = "DMTP",
		   .description = "MTP and M3UA",
		   .enabled = 1,
		   .loglevel = LOGL_NOTICE },
};
static const struct log_info log_info = { .cat = categories, .num_cat = LOG_CATEGORIES };

static void schedule(struct osmo_timer_list *timer, double seconds)
{
	osmo_timer_schedule(timer, seconds, (seconds - (int)seconds) * 1e6);
}

static void over_cb(void *data)
{
	((struct program *)data)->over = true;
}

static void stayed_cb(void *data)
{
	((struct program *)data)->stayed = true;
}

static void stats_cb(void *data)
{
	struct program *p = data;
	const struct stats *s = &p->x->stats;
	uint64_t calls = s->out.attempted + s->in.attempted;

	fprintf(stderr,
		"%" PRIu64 " s: %.1f calls/s, out %" PRIu64 " ok %" PRIu64 " failed, in %" PRIu64
		" ok %" PRIu64 " failed, %u circuits busy, %" PRIu64 " sent, %" PRIu64
		" received\n",
		(exchange_now() - s->start_us) / 1000000, (calls - p->last_calls) / p->opt.stats,
		s->out.ok, s->out.failed, s->in.ok, s->in.failed, p->x->n_busy, s->sent,
		s->received);
	p->last_calls = calls;
	schedule(&p->stats, p->opt.stats);
}

/* Once: no new calls. Twice: now. */
static void signal_cb(struct osmo_signalfd *osfd, const struct signalfd_siginfo *si)
{
	struct program *p = osfd->data;

	if (p->x->stopping)
		p->over = true;
	exchange_stop(p->x);
}

/* When all calls asked for have ended, circuits may still come to rest for a while. */
static void look_for_end(struct program *p)
{
	if (!exchange_done(p->x) || p->over)
		return;
	if (!p->staying)
		schedule(&p->stay, p->x->stopping ? 0 : p->opt.stay);
	p->staying = true;
	if (!p->stayed && !p->x->stopping)
		return;
	if (p->x->n_busy == 0)
		p->over = true;
	else if (!p->lingering)
		schedule(&p->linger, p->opt.linger);
	p->lingering = true;
}

static struct scenario *read_scenarios(void *ctx, struct options *o)
{
	struct scenario *s = scenario_new(ctx, o->cfg.dialect, &o->settings, stderr);
	unsigned int i;
	bool bad = false;

	if (o->n_scenarios == 0)
		o->scenarios[o->n_scenarios++] = "answer";
	for (i = 0; i < o->n_scenarios; i++)
		bad |= scenario_add(s, o->scenarios[i]) < 0;
	if (scenario_finish(s) < 0 || bad)
		return NULL;
	o->cfg.place = scenario_find_call(s, o->place);
	if (!o->cfg.place && o->place_calls && !o->place)
		o->cfg.place = scenario_find_call(s, "call-answer");
	if (!o->cfg.place && o->place_calls) {
		fprintf(stderr, "tollgate-exchange: no call scenario %s\n", o->place);
		return NULL;
	}
	if (o->control && !o->place_calls)
		o->cfg.place = NULL;
	return s;
}

static int go_parent(struct vty *vty)
{
	return mtp_vty_go_parent(vty, true);
}

static struct mtp *open_mtp(void *ctx, struct program *p, const struct mtp_user *user)
{
	if (p->opt.mtp == MTP_LOCAL)
		return mtp_local_open(ctx, user, p->opt.mtp_path, p->opt.listen);
	p->vty = (struct vty_app_info){
		.name = "tollgate-exchange", .version = PACKAGE_VERSION, .tall_ctx = ctx,
		.go_parent_cb = go_parent, .is_config_node = mtp_vty_is_config_node,
	};
	vty_init(&p->vty);
	logging_vty_add_cmds();
	if (mtp_sigtran_init(ctx) < 0)
		return NULL;
	if (vty_read_config_file(p->opt.mtp_path, NULL) < 0) {
		fprintf(stderr, "tollgate-exchange: %s: not a usable configuration\n",
			p->opt.mtp_path);
		return NULL;
	}
	return mtp_sigtran_open(ctx, user, 0);
}

static void set_timers(struct program *p)
{
	osmo_timer_setup(&p->timeout, over_cb, p);
	osmo_timer_setup(&p->stay, stayed_cb, p);
	osmo_timer_setup(&p->linger, over_cb, p);
	osmo_timer_setup(&p->stats, stats_cb, p);
	if (p->opt.timeout > 0)
		schedule(&p->timeout, p->opt.timeout);
	if (p->opt.stats > 0)
		schedule(&p->stats, p->opt.stats);
}

static void catch_signals(void *ctx, struct program *p)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	p->signals = osmo_signalfd_setup(ctx, set, signal_cb, p);
}

static int run(void *ctx, struct program *p, struct scenario *scn)
{
	struct mtp_user user;
	struct mtp *mtp;
	int status;

	p->x = exchange_new(ctx, &p->opt.cfg, scn);
	user = exchange_mtp_user(p->x);
	mtp = open_mtp(ctx, p, &user);
	if (!mtp)
		return EXIT_UNREACHABLE;
	exchange_attach(p->x, mtp);
	if (p->opt.control && control_open(p->x, STDIN_FILENO) < 0)
		return EXIT_USAGE;
	set_timers(p);
	catch_signals(ctx, p);
	while (!p->over) {
		osmo_select_main(0);
		look_for_end(p);
	}
	exchange_tell_busy(p->x);
	exchange_summary(p->x, p->opt.json);
	status = exchange_passed(p->x) ? EXIT_PASSED : EXIT_FAILED;
	if (!p->x->ever_reachable)
		status = EXIT_UNREACHABLE;
	mtp_close(mtp);
	exchange_free(p->x);
	return status;
}

static void list_builtins(void)
{
	const struct scn_builtin *b;

	for (b = scn_builtins; b->name; b++)
		printf("%-18s%s\n", b->name, b->what);
}

int main(int argc, char **argv)
{
	struct program p = { 0 };
	struct scenario *scn;
	void *ctx;
	int status;

	if (options_parse(&p.opt, argc, argv) < 0)
		return EXIT_USAGE;
	if (p.opt.help)
		options_usage(stdout);
	else if (p.opt.version)
		puts("tollgate-exchange " PACKAGE_VERSION);
	else if (p.opt.list)
		list_builtins();
	else if (p.opt.show)
		fputs(scn_builtin_find(p.opt.show)->text, stdout);
	if (p.opt.help || p.opt.version || p.opt.list || p.opt.show)
		return EXIT_PASSED;
	ctx = talloc_named_const(NULL, 0, "exchange");
	scn = read_scenarios(ctx, &p.opt);
	if (!scn || p.opt.check) {
		talloc_free(ctx);
		return scn ? EXIT_PASSED : EXIT_USAGE;
	}
	signal(SIGPIPE, SIG_IGN);
	if (p.opt.trace)
		p.opt.cfg.trace = stderr;
	osmo_init_logging2(ctx, &log_info);
	log_set_print_filename2(osmo_stderr_target, LOG_FILENAME_NONE);
	log_set_print_category_hex(osmo_stderr_target, 0);
	log_set_use_color(osmo_stderr_target, 0);
	log_set_log_level(osmo_stderr_target, p.opt.cfg.quiet ? LOGL_ERROR : LOGL_NOTICE);
	status = run(ctx, &p, scn);
	log_fini();
	talloc_free(ctx);
	return status;
}
