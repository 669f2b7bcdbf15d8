/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tollgate: reads the configuration, checks it, starts the gateway. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/fsm.h>
#include <osmocom/core/msgb.h>
#include <osmocom/core/rate_ctr.h>
#include <osmocom/core/stats.h>
#include <osmocom/core/talloc.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/logging.h>
#include <osmocom/vty/misc.h>
#include <osmocom/vty/ports.h>
#include <osmocom/vty/stats.h>
#include <osmocom/vty/telnet_interface.h>
#include <osmocom/vty/vty.h>

#include "config/config.h"
#include "gw/call.h"
#include "gw/explain.h"
#include "gw/gw.h"
#include "gw/log.h"
#include "gw/loop.h"
#include "gw/mtp_pc.h"
#include "gw/plan.h"
#include "gw/show.h"

enum { VTY_PORT = 4240 };

static const char copyright[] =
	"Tollgate is free software: you may change and share it under the GNU General Public\n"
	"License, version 3 or later. There is NO WARRANTY, as far as the law allows.\n";

struct options {
	const char *config;
	bool check;
	unsigned int vty_port;
	const char *explain, *iam, *invite;
};

/* --check-config must not connect to anybody: the hook is told here. */
static bool starting;

static int go_parent(struct vty *vty)
{
	int parent = config_go_parent_node(vty->node);

	if (parent < 0)
		return mtp_vty_go_parent(vty, starting);
	vty->node = parent;
	vty->index = NULL;
	return parent;
}

static int is_config_node(struct vty *vty, int node)
{
	return config_is_node(node) || mtp_vty_is_config_node(vty, node);
}

static struct vty_app_info vty_info = {
	.name = "Tollgate",
	.version = PACKAGE_VERSION,
	.copyright = copyright,
	.go_parent_cb = go_parent,
	.is_config_node = is_config_node,
};

static void usage(FILE *to)
{
	fprintf(to,
		"Usage: tollgate [options]\n"
		"  -c, --config FILE        configuration\n"
		"                           (default " SYSCONFDIR "/tollgate/tollgate.cfg)\n"
		"      --check-config FILE  read and check FILE, say what is wrong, do not start\n"
		"      --explain TRUNK      what would become of a call from this trunk group;\n"
		"                           opens nothing. With one of:\n"
		"      --iam TEXT           an IAM, as text or in hexadecimal digits\n"
		"      --invite FILE        an INVITE in a file\n"
		"  -p, --vty-port PORT      telnet command line, default %d\n"
		"                           (address: \"bind\" in node \"line vty\")\n"
		"  -V, --version            print the version\n"
		"  -h, --help               this text\n",
		VTY_PORT);
}

static int parse_port(unsigned int *ret_port, const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*end || end == text || !n || n > 65535)
		return -1;
	*ret_port = n;
	return 0;
}

static int parse_options(struct options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check-config", required_argument, NULL, 'C' },
		{ "explain", required_argument, NULL, 'e' },
		{ "iam", required_argument, NULL, 'i' },
		{ "invite", required_argument, NULL, 'I' },
		{ "vty-port", required_argument, NULL, 'p' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{}
	};
	int c;

	while ((c = getopt_long(argc, argv, "c:p:Vh", longs, NULL)) != -1) {
		switch (c) {
		case 'C':
			o->check = true;
			/* fall through */
		case 'c':
			o->config = optarg;
			break;
		case 'e':
			o->explain = optarg;
			break;
		case 'i':
			o->iam = optarg;
			break;
		case 'I':
			o->invite = optarg;
			break;
		case 'p':
			if (parse_port(&o->vty_port, optarg) == 0)
				break;
			fprintf(stderr, "tollgate: %s is no port\n", optarg);
			return -1;
		case 'V':
			printf("tollgate %s\n", PACKAGE_VERSION);
			exit(0);
		case 'h':
			usage(stdout);
			exit(0);
		default:
			usage(stderr);
			return -1;
		}
	}
	if (optind == argc && !o->explain == !(o->iam || o->invite) && !(o->iam && o->invite))
		return 0;
	usage(stderr);
	return -1;
}

static int pc_number(void *ctx, unsigned int instance, const char *pc)
{
	uint32_t n;
	int rc = mtp_pc_of(instance, pc, &n);

	return rc < 0 ? rc : (int)n;
}

static struct config *read_config(void *ctx, const struct options *o)
{
	struct config *cfg = config_vty_init(ctx, isup_tdefs_new(ctx));
	unsigned int n;

	config_vty_ansi_timers(cfg, isup_timers_new(ctx, ISUP_TIMERS_ANSI));
	cfg->mapping_known = map_override_why;
	starting = !o->check && !o->explain;
	n = config_load(cfg, o->config, pc_number, NULL, stderr);
	if (!n)
		return cfg;
	fprintf(stderr, "%s: %u complaint%s\n", o->config, n, n == 1 ? "" : "s");
	return NULL;
}

static int init(void *ctx)
{
	msgb_talloc_ctx_init(ctx, 0);
	osmo_init_ignore_signals();
	osmo_init_logging2(ctx, &tollgate_log_info);
	log_set_use_color(osmo_stderr_target, isatty(STDERR_FILENO));
	log_set_print_filename2(osmo_stderr_target, LOG_FILENAME_NONE);
	log_set_print_category_hex(osmo_stderr_target, 0);
	log_set_print_category(osmo_stderr_target, 1);
	log_set_print_level(osmo_stderr_target, 1);
	osmo_fsm_log_addr(false);
	rate_ctr_init(ctx);
	osmo_stats_init(ctx);
	vty_info.tall_ctx = ctx;
	vty_init(&vty_info);
	logging_vty_add_cmds();
	osmo_talloc_vty_add_cmds();
	osmo_stats_vty_add_cmds();
	osmo_fsm_vty_add_cmds();
	if (mtp_sigtran_init(ctx) < 0 || isup_fsm_init(DISUP) < 0 || call_init() < 0)
		return -1;
	show_vty_init();
	show_explain_vty_init();
	return 0;
}

static int serve(void *ctx, const struct options *o, const struct config *cfg)
{
	struct gw *gw = gw_new(ctx, cfg);
	int rc = -1;

	if (!gw)
		return 1;
	if (gw_start(gw) == 0 && telnet_init_default(ctx, gw, o->vty_port) >= 0) {
		LOGP(DMAIN, LOGL_NOTICE, "tollgate %s serves %s\n", PACKAGE_VERSION, o->config);
		rc = loop_run(ctx, gw);
	}
	gw_free(gw);
	return rc < 0 ? 1 : 0;
}

static void put(void *ctx, const char *text)
{
	puts(text);
}

/* The exit status of --explain: enum explain_end, 2 also for a trunk group that is not there. */
static int explain(void *ctx, const struct options *o, const struct config *cfg)
{
	const struct explain to = { .line = put };
	struct gw *gw = gw_new(ctx, cfg);
	const struct trunk *t;
	int rc = EXPLAIN_NOT_READ;

	if (!gw || gw_plan(gw) < 0)
		return EXPLAIN_NOT_READ;
	t = gw_trunk_find(gw, o->explain);
	if (t)
		rc = o->iam ? explain_iam(&to, t, o->iam) : explain_invite(&to, t, o->invite);
	else
		fprintf(stderr, "tollgate: there is no trunk group `%s'\n", o->explain);
	talloc_free(gw);
	return rc;
}

int main(int argc, char **argv)
{
	struct options o = { .config = SYSCONFDIR "/tollgate/tollgate.cfg", .vty_port = VTY_PORT };
	const struct config *cfg;
	void *ctx;

	if (parse_options(&o, argc, argv) < 0)
		return 2;
	ctx = talloc_named_const(NULL, 0, "tollgate");
	if (init(ctx) < 0)
		return 1;
	cfg = read_config(ctx, &o);
	if (!cfg)
		return o.check ? 1 : EX_CONFIG;
	if (o.check) {
		printf("%s: configuration is good\n", o.config);
		return 0;
	}
	return o.explain ? explain(ctx, &o, cfg) : serve(ctx, &o, cfg);
}
