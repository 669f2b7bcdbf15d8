/* SPDX-License-Identifier: GPL-3.0-or-later */
/* M3UA settings libosmo-sigtran 1.6 has no command for: "m3ua INSTANCE ...", a line each, at the
 * top of the configuration. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/mtp_sigtran.h"

enum { M3UA_NODE = _LAST_OSMOVTY_NODE + 64, MAX_SETTINGS = 256 };

/* What follows the instance; value is a number, a point code's text, or the name of an ASP. */
static const char *const keywords[] = { "network-appearance", "point-code", "ipsp" };
enum keyword { APPEARANCE, POINT_CODE, IPSP };

struct setting {
	struct llist_head list;
	unsigned int instance;
	enum keyword keyword;
	char *value;
};

struct settings {
	struct llist_head list;
	unsigned int n;
};

/* libosmovty is one in a process, and the function that writes the configuration gets no
 * context. */
static struct settings *settings;

static struct setting *find(unsigned int instance, enum keyword keyword, const char *value)
{
	struct setting *s;

	llist_for_each_entry(s, &settings->list, list) {
		if (s->instance == instance && s->keyword == keyword &&
		    (!value || strcmp(s->value, value) == 0))
			return s;
	}
	return NULL;
}

static int set(struct vty *vty, const char *instance, enum keyword keyword, const char *value)
{
	unsigned int number = strtoul(instance, NULL, 10);
	struct setting *s = find(number, keyword, keyword == APPEARANCE ? NULL : value);

	if (!s) {
		if (settings->n == MAX_SETTINGS) {
			vty_out(vty, "%% more than %d m3ua lines%s", MAX_SETTINGS, VTY_NEWLINE);
			return CMD_WARNING;
		}
		s = talloc_zero(settings, struct setting);
		s->instance = number;
		s->keyword = keyword;
		llist_add_tail(&s->list, &settings->list);
		settings->n++;
	}
	osmo_talloc_replace_string(s, &s->value, value);
	return CMD_SUCCESS;
}

static int unset(struct vty *vty, const char *instance, enum keyword keyword, const char *value)
{
	struct setting *s = find(strtoul(instance, NULL, 10), keyword, value);

	if (!s) {
		vty_out(vty, "%% there is no such line%s", VTY_NEWLINE);
		return CMD_WARNING;
	}
	llist_del(&s->list);
	talloc_free(s);
	settings->n--;
	return CMD_SUCCESS;
}

#define M3UA_STR \
	"M3UA beyond what node cs7 sets; takes effect at the next start\n" \
	"Number of the cs7 instance\n"
#define NA_STR "Network appearance of RFC 4666: sent, and demanded where one is received\n"
#define PC_STR "A further point code of our own: messages for it are taken as signalling gateway\n"
#define IPSP_STR \
	"Make an ASP an IPSP (single exchange; the one with sctp-role client asks for activation)\n"

DEFUN(m3ua_na, m3ua_na_cmd, "m3ua <0-15> network-appearance <0-4294967294>",
      M3UA_STR NA_STR "Network appearance\n")
{
	return set(vty, argv[0], APPEARANCE, argv[1]);
}

DEFUN(no_m3ua_na, no_m3ua_na_cmd, "no m3ua <0-15> network-appearance", NO_STR M3UA_STR NA_STR)
{
	return unset(vty, argv[0], APPEARANCE, NULL);
}

DEFUN(m3ua_pc, m3ua_pc_cmd, "m3ua <0-15> point-code PC",
      M3UA_STR PC_STR "Point code in the instance's format\n")
{
	return set(vty, argv[0], POINT_CODE, argv[1]);
}

DEFUN(no_m3ua_pc, no_m3ua_pc_cmd, "no m3ua <0-15> point-code PC",
      NO_STR M3UA_STR PC_STR "Point code as it was given\n")
{
	return unset(vty, argv[0], POINT_CODE, argv[1]);
}

DEFUN(m3ua_ipsp, m3ua_ipsp_cmd, "m3ua <0-15> ipsp NAME", M3UA_STR IPSP_STR "Name of the ASP\n")
{
	return set(vty, argv[0], IPSP, argv[1]);
}

DEFUN(no_m3ua_ipsp, no_m3ua_ipsp_cmd, "no m3ua <0-15> ipsp NAME",
      NO_STR M3UA_STR IPSP_STR "Name of the ASP\n")
{
	return unset(vty, argv[0], IPSP, argv[1]);
}

static int write_settings(struct vty *vty)
{
	struct setting *s;

	llist_for_each_entry(s, &settings->list, list)
		vty_out(vty, "m3ua %u %s %s%s", s->instance, keywords[s->keyword], s->value,
			VTY_NEWLINE);
	return CMD_SUCCESS;
}

/* A node nobody enters: it is there to be written. */
static struct cmd_node node = { M3UA_NODE, "%s(config-m3ua)# ", 1 };

void st_vty_init(void *ctx)
{
	if (settings)
		return;
	settings = talloc_zero(ctx, struct settings);
	OSMO_ASSERT(settings);
	INIT_LLIST_HEAD(&settings->list);
	install_node(&node, write_settings);
	install_element(CONFIG_NODE, &m3ua_na_cmd);
	install_element(CONFIG_NODE, &no_m3ua_na_cmd);
	install_element(CONFIG_NODE, &m3ua_pc_cmd);
	install_element(CONFIG_NODE, &no_m3ua_pc_cmd);
	install_element(CONFIG_NODE, &m3ua_ipsp_cmd);
	install_element(CONFIG_NODE, &no_m3ua_ipsp_cmd);
}

static int apply(struct st *st, const struct setting *s)
{
	int pc;

	switch (s->keyword) {
	case APPEARANCE:
		return mtp_sigtran_set_na(&st->mtp, strtoul(s->value, NULL, 10));
	case POINT_CODE:
		pc = osmo_ss7_pointcode_parse(st->inst, s->value);
		return pc < 0 ? pc : mtp_sigtran_add_pc(&st->mtp, pc);
	case IPSP:
		return mtp_sigtran_set_ipsp(s->instance, s->value);
	}
	return 0;
}

int st_vty_apply(struct st *st)
{
	struct setting *s;
	int rc;

	if (!settings)
		return 0;
	llist_for_each_entry(s, &settings->list, list) {
		rc = s->instance == st->inst->cfg.id ? apply(st, s) : 0;
		if (rc < 0) {
			LOGP(DMTP, LOGL_ERROR, "m3ua %u %s %s: %s\n", s->instance,
			     keywords[s->keyword], s->value,
			     strerror(-rc));
			return rc;
		}
	}
	return 0;
}
