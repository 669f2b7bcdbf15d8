/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "isup": the timers of Q.764 and T1.113, within the limits their rows give; the audit. */
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
	{ .name = "audit query", .kind = CONFIG_FLAG, CONFIG_MEMBER(config, audit_query),
	  .help = "Search for what hangs\n"
		  "Ask the exchanges, too (CQM), and put right what differs\n" },
	{ .name = "audit longest-call", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config, audit_longest_call_s), .max = 2592000,
	  .form = "Seconds from its setup; 0: no limit (default)",
	  .help = "Search for what hangs\nRelease calls that last longer\n" },
	{ .name = "timer-limits", .kind = CONFIG_FLAG, CONFIG_MEMBER(config, timer_limits),
	  .def = true,
	  .help = "Timers keep within the standards' limits (default)\n" },
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

/* Its own name, "TCVT", where the number behind it is only ours: the text begins with it. Length,
 * or 0. */
static size_t own_name(const struct osmo_tdef *t)
{
	size_t n = t->desc ? strcspn(t->desc, ": ") : 0;

	return t->T < 0 && n && t->desc[n] == ':' ? n : 0;
}

static void name(char *buf, size_t size, const struct osmo_tdef *t)
{
	size_t n = own_name(t);

	if (n)
		snprintf(buf, size, "%.*s", (int)n, t->desc);
	else
		snprintf(buf, size, "%c%d", t->T < 0 ? 'X' : 'T', abs(t->T));
}

/* "T7", "t7" or "7"; timers that no standard numbers are "X1" and negative, or have names. */
static struct osmo_tdef *find(struct osmo_tdef *tdefs, const char *text)
{
	bool own = *text == 'X' || *text == 'x';
	struct osmo_tdef *t;
	char *end;
	long n;

	osmo_tdef_for_each(t, tdefs) {
		if (own_name(t) == strlen(text) && !strncasecmp(t->desc, text, own_name(t)))
			return t;
	}
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

static int set(struct vty *vty, struct osmo_tdef *tdefs, const char *timer, const char *value)
{
	struct osmo_tdef *t = tdefs ? find(tdefs, timer) : NULL;
	unsigned long val;

	if (!t)
		return config_refuse(vty, "there is no such timer");
	val = strcmp(value, "default") == 0 ? t->default_val : strtoul(value, NULL, 10);
	if (!config_vty_get()->timer_limits) {
		if (!val && t->min_val)
			return config_refuse(vty, "it must not be 0");
	} else if (!osmo_tdef_val_in_range(t, val)) {
		return out_of_range(vty, t);
	}
	t->val = val;
	return CMD_SUCCESS;
}

#define TIMER_STR "Duration of a timer (see `show timer' for all, with limits)\n"
#define ANSI_STR "Of T1.113, for trunk groups of dialect ansi\n"
#define NUMBER_STR "Number: T1, T7 ...\n"
#define NAME_STR "Number or name: T1, TCVT ...\n"
#define VALUE_STR "In the timer's unit, within its limits\nBack to its default\n"

DEFUN(isup_timer, isup_timer_cmd, "timer TNNNN (<0-2147483647>|default)",
      TIMER_STR NUMBER_STR VALUE_STR)
{
	return set(vty, config_vty_get()->isup_tdefs, argv[0], argv[1]);
}

DEFUN(isup_no_timer, isup_no_timer_cmd, "no timer TNNNN", NO_STR TIMER_STR NUMBER_STR)
{
	return set(vty, config_vty_get()->isup_tdefs, argv[0], "default");
}

DEFUN(isup_timer_ansi, isup_timer_ansi_cmd, "timer ansi TNNNN (<0-2147483647>|default)",
      TIMER_STR ANSI_STR NAME_STR VALUE_STR)
{
	return set(vty, config_vty_get()->ansi_tdefs, argv[0], argv[1]);
}

DEFUN(isup_no_timer_ansi, isup_no_timer_ansi_cmd, "no timer ansi TNNNN",
      NO_STR TIMER_STR ANSI_STR NAME_STR)
{
	return set(vty, config_vty_get()->ansi_tdefs, argv[0], "default");
}

static void show(struct vty *vty, const char *standard, struct osmo_tdef *tdefs)
{
	const struct osmo_tdef *t;
	char text[16];

	osmo_tdef_for_each(t, tdefs) {
		name(text, sizeof(text), t);
		vty_out(vty, "%s%-5s %6lu %-3s (default %lu, %lu-", standard, text, t->val,
			unit_name(t), t->default_val, t->min_val);
		if (t->max_val)
			vty_out(vty, "%lu", t->max_val);
		vty_out(vty, ") %s%s", t->desc ? t->desc : "", VTY_NEWLINE);
	}
}

DEFUN(show_timer, show_timer_cmd, "show timer",
      SHOW_STR "Durations of ISUP's timers and their limits\n")
{
	const struct config *c = config_vty_get();

	if (c->isup_tdefs)
		show(vty, "", c->isup_tdefs);
	if (c->ansi_tdefs)
		show(vty, "ansi ", c->ansi_tdefs);
	return CMD_SUCCESS;
}

static void write_timers(struct vty *vty, const char *standard, struct osmo_tdef *tdefs)
{
	const struct osmo_tdef *t;
	char text[16];

	osmo_tdef_for_each(t, tdefs) {
		if (t->val == t->default_val)
			continue;
		name(text, sizeof(text), t);
		vty_out(vty, " timer %s%s %lu%s", standard, text, t->val, VTY_NEWLINE);
	}
}

static int write_node(struct vty *vty)
{
	const struct config *c = config_vty_get();

	vty_out(vty, "isup%s", VTY_NEWLINE);
	config_settings_write(vty, c, settings);
	if (c->isup_tdefs)
		write_timers(vty, "", c->isup_tdefs);
	if (c->ansi_tdefs)
		write_timers(vty, "ansi ", c->ansi_tdefs);
	return CMD_SUCCESS;
}

void config_vty_ansi_timers(struct config *c, struct osmo_tdef *tdefs)
{
	c->ansi_tdefs = tdefs;
}

void config_vty_isup_init(struct config *c)
{
	install_node(&node, write_node);
	install_element(CONFIG_NODE, &isup_enter_cmd);
	install_element(CONFIG_NODE_ISUP, &isup_timer_cmd);
	install_element(CONFIG_NODE_ISUP, &isup_no_timer_cmd);
	config_settings_install(c, CONFIG_NODE_ISUP, settings, object);
	install_element(CONFIG_NODE_ISUP, &isup_timer_ansi_cmd);
	install_element(CONFIG_NODE_ISUP, &isup_no_timer_ansi_cmd);
	install_element_ve(&show_timer_cmd);
}
