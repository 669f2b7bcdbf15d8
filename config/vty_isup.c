/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "isup": the timers of Q.764, each within the limits its row gives; the audit. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/tdef.h>
#include <osmocom/vty/tdef_vty.h>

#include "config/internal.h"

static struct cmd_node node = { CONFIG_NODE_ISUP, "%s(config-isup)# ", 1 };

static const struct config_setting settings[] = {
	{ .name = "audit interval", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config, audit_interval_s),
	  .max = 86400, .def = 300,
	  .form = "Seconds for one pass; 0: never; default 300",
	  .help = "Search for what hangs\nOver all circuits, calls and media contexts\n" },
	{ .name = "audit longest-call", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config, audit_longest_call_s), .max = 2592000,
	  .form = "Seconds from its setup; 0: no limit (default)",
	  .help = "Search for what hangs\nRelease calls that last longer\n" },
	{}
};

void config_isup_defaults(struct config *c)
{
	config_settings_default(c, settings);
}

static void *object(struct vty *vty)
{
	return config_vty_get();
}

static const char *unit_name(const struct osmo_tdef *t)
{
	return t->unit == OSMO_TDEF_MS ? "ms" : t->unit == OSMO_TDEF_M ? "min" : "s";
}

/* "T7", "t7" or "7"; our own timers that no standard numbers are "X1" and negative. */
static struct osmo_tdef *find(struct osmo_tdef *tdefs, const char *text)
{
	bool own = *text == 'X' || *text == 'x';
	struct osmo_tdef *t;
	char *end;
	long n;

	if (strchr("TtXx", *text))
		text++;
	errno = 0;
	n = strtol(text, &end, 10);
	if (*end || end == text || n < 0 || n > 9999 || errno)
		return NULL;
	osmo_tdef_for_each(t, tdefs) {
		if (t->T == (own ? -n : n))
			return t;
	}
	return NULL;
}

static int out_of_range(struct vty *vty, const struct osmo_tdef *t)
{
	if (t->max_val)
		return config_refuse(vty, "%lu to %lu %s are allowed", t->min_val, t->max_val,
				     unit_name(t));
	return config_refuse(vty, "%lu %s or more are allowed", t->min_val, unit_name(t));
}

DEFUN(isup_enter, isup_enter_cmd, "isup", "ISUP for all trunk groups: timers\n")
{
	vty->node = CONFIG_NODE_ISUP;
	return CMD_SUCCESS;
}

#define TIMER_HELP \
	"Duration of a timer of Q.764 (see `show timer' for all, with limits)\nNumber: T1, T7 ...\n"

DEFUN(isup_timer, isup_timer_cmd, "timer TNNNN (<0-2147483647>|default)",
      TIMER_HELP "In the timer's unit, within its limits\nBack to its default\n")
{
	struct osmo_tdef *tdefs = config_vty_get()->isup_tdefs;
	struct osmo_tdef *t = tdefs ? find(tdefs, argv[0]) : NULL;
	unsigned long val;

	if (!t)
		return config_refuse(vty, "there is no such timer");
	val = strcmp(argv[1], "default") == 0 ? t->default_val : strtoul(argv[1], NULL, 10);
	if (!osmo_tdef_val_in_range(t, val))
		return out_of_range(vty, t);
	t->val = val;
	return CMD_SUCCESS;
}

DEFUN(isup_no_timer, isup_no_timer_cmd, "no timer TNNNN", NO_STR TIMER_HELP)
{
	const char *args[] = { argv[0], "default" };

	return isup_timer(self, vty, 2, args);
}

DEFUN(show_timer, show_timer_cmd, "show timer",
      SHOW_STR "Durations of ISUP's timers and their limits\n")
{
	struct osmo_tdef *tdefs = config_vty_get()->isup_tdefs;
	const struct osmo_tdef *t;

	if (!tdefs)
		return CMD_SUCCESS;
	osmo_tdef_for_each(t, tdefs) {
		vty_out(vty, "%c%-3d %6lu %-3s (default %lu, %lu-", t->T < 0 ? 'X' : 'T', abs(t->T),
			t->val, unit_name(t), t->default_val, t->min_val);
		if (t->max_val)
			vty_out(vty, "%lu", t->max_val);
		vty_out(vty, ") %s%s", t->desc ? t->desc : "", VTY_NEWLINE);
	}
	return CMD_SUCCESS;
}

static int write_node(struct vty *vty)
{
	struct osmo_tdef *tdefs = config_vty_get()->isup_tdefs;
	const struct osmo_tdef *t;

	vty_out(vty, "isup%s", VTY_NEWLINE);
	config_settings_write(vty, config_vty_get(), settings);
	if (!tdefs)
		return CMD_SUCCESS;
	osmo_tdef_for_each(t, tdefs) {
		if (t->val != t->default_val)
			vty_out(vty, " timer %c%d %lu%s", t->T < 0 ? 'X' : 'T', abs(t->T), t->val,
				VTY_NEWLINE);
	}
	return CMD_SUCCESS;
}

void config_vty_isup_init(struct config *c)
{
	install_node(&node, write_node);
	install_element(CONFIG_NODE, &isup_enter_cmd);
	install_element(CONFIG_NODE_ISUP, &isup_timer_cmd);
	install_element(CONFIG_NODE_ISUP, &isup_no_timer_cmd);
	config_settings_install(c, CONFIG_NODE_ISUP, settings, object);
	install_element_ve(&show_timer_cmd);
}
