/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what an operator gives to `explain'. The first octet chooses the trunk group; behind
 * it is the text of an IAM, or the file of an INVITE. It ends in one of three ways, each said in
 * lines that a terminal can show, and nothing of it is left. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/vty/vty.h>

#include "gw/explain.h"
#include "gw/log.h"
#include "gw/plan.h"
#include "isup/timers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char config_text[] =
	"sip\n listen udp 192.0.2.1 5060\n host gw.example\n"
	"media-gateway plain\n type none\n rtp 192.0.2.50 20000\n"
	"trunk-group itu isup\n mtp local /nonexistent/itu connect\n"
	" point-code local 1.1.1\n point-code remote 1.1.2\n circuits 1-31\n"
	" country-code 49\n area-code 30\n media-gateway plain\n"
	" route-table all\n"
	"trunk-group ansi isup\n dialect ansi\n"
	" mtp local /nonexistent/ansi connect\n point-code local 0.8.9\n"
	" point-code remote 0.8.10\n circuits 1-24 termination 101\n"
	" country-code 1\n media-gateway plain\n interworking profile-b\n"
	" mapping header p-charge-info both\n mapping header isup-oli both\n"
	" mapping header jip both\n mapping header cic both\n route-table all\n"
	"trunk-group plain sip\n target 192.0.2.9 5060 udp\n country-code 44\n"
	" trust-p-asserted-identity\n interworking profile-a\n"
	" mapping header resource-priority both\n"
	" mapping header geolocation both\n mapping header tgrp both\n"
	" route-table all\n"
	"trunk-group sip-t sip\n target 192.0.2.10 5060 udp\n country-code 49\n"
	" isup-body sip-t\n send-p-asserted-identity\n"
	" mapping header p-charge-info both\n route-table all\n"
	"trunk-group sip-i sip\n target 192.0.2.11 5060 udp\n country-code 49\n"
	" isup-body sip-i\n isup-handling required\n interworking profile-c\n"
	" trust-p-asserted-identity\n route-table all\n"
	"route-table all\n prefix 49 trunk-group itu priority 1\n"
	" prefix 49 trunk-group sip-t priority 2\n prefix 44 trunk-group plain\n"
	" prefix 33 trunk-group sip-i\n prefix 1 trunk-group ansi\n";

static struct gw *gw;
static unsigned int lines;
static int file = -1;

static void must(bool ok)
{
	if (!ok)
		abort();
}

static int put_file(const char *name, const void *octets, size_t len)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	must(fd >= 0 && write(fd, octets, len) == (ssize_t)len);
	return fd;
}

static const char *path_of(int fd)
{
	static char path[40];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

static void start(void)
{
	static struct vty_app_info info = { .name = "fuzz", .version = "0" };
	void *ctx = talloc_named_const(NULL, 0, "fuzz");
	struct config *c;

	osmo_init_logging2(ctx, &tollgate_log_info);
	log_set_all_filter(osmo_stderr_target, 0);
	info.tall_ctx = ctx;
	vty_init(&info);
	c = config_vty_init(ctx, isup_tdefs_new(ctx));
	config_vty_ansi_timers(c, isup_timers_new(ctx, ISUP_TIMERS_ANSI));
	c->mapping_known = map_override_why;
	file = put_file("config", config_text, sizeof(config_text) - 1);
	must(config_load(c, path_of(file), NULL, NULL, stderr) == 0);
	gw = gw_new(ctx, c);
	must(gw && gw_plan(gw) == 0);
}

static void line(void *ctx, const char *text)
{
	lines++;
	for (; *text; text++)
		must((unsigned char)*text >= ' ' && *text != 0x7f);
}

static enum explain_end explain(const struct trunk *t, const char *octets, size_t len)
{
	const struct explain to = { .line = line };
	enum explain_end end;
	char *text;

	if (t->cfg->type == CONFIG_TRUNK_SIP) {
		must(ftruncate(file, 0) == 0 && pwrite(file, octets, len, 0) == (ssize_t)len);
		return explain_invite(&to, t, path_of(file));
	}
	text = strndup(octets, len);
	must(text);
	end = explain_iam(&to, t, text);
	free(text);
	return end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const names[] = { "itu", "ansi", "plain", "sip-t", "sip-i" };
	enum explain_end end;
	size_t before;

	if (!gw)
		start();
	if (!len)
		return 0;
	before = talloc_total_blocks(gw);
	lines = 0;
	end = explain(gw_trunk_find(gw, names[(uint8_t)(data[0] - '0') % ARRAY_SIZE(names)]),
		      (const char *)data + 1, len - 1);
	must(end <= EXPLAIN_NOT_READ && lines);
	must(talloc_total_blocks(gw) == before);
	return 0;
}
