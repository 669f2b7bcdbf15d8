/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that act on ranges of circuits and on whole trunk groups: block, unblock, reset, query.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/show.h"
#include "gw/trunk.h"
#include "isup/maintenance.h"

struct order {
	char verb;			/* the first letter: block, unblock, reset, query */
	enum isup_blocking type;	/* of the first two */
	unsigned int first, last;	/* CIC */
};

static int carry_out(struct isup_group *g, const struct order *o)
{
	switch (o->verb) {
	case 'b':
		return isup_range_block(g, o->first, o->last, o->type);
	case 'u':
		return isup_range_unblock(g, o->first, o->last, o->type);
	case 'r':
		return isup_range_reset(g, o->first, o->last);
	}
	return isup_range_query(g, o->first, o->last);
}

/* FIRST-LAST, or one. */
static bool parse_range(struct order *o, const char *text)
{
	char *end;

	if (strspn(text, "0123456789-") != strlen(text) || strlen(text) > 11 || *text == '-')
		return false;
	o->first = o->last = strtoul(text, &end, 10);
	if (*end == '-' && end[1])
		o->last = strtoul(end + 1, &end, 10);
	return !*end && o->first <= o->last;
}

static const char *reason(int rc)
{
	switch (rc) {
	case -EALREADY:
		return "it is so already, or is becoming so";
	case -EBUSY:
		return "a reset of them is running";
	case -ENOENT:
		return "there are no such circuits";
	}
	return strerror(-rc);
}

/* A trunk group with all its exchanges, or the circuits to one of them by their own name. One that
 * could do something is enough; else the first that has such circuits says why not. */
static int act(struct vty *vty, const char *name, const struct order *o)
{
	const struct trunk *t = gw_trunk_find(show_gw(vty), name);
	struct isup_group *g = t ? trunk_group_next(t, NULL)
				 : isup_group_find(show_gw(vty)->isup, name);
	int result = -ENOENT;

	if (!g) {
		vty_out(vty, "%% no ISUP trunk group is named %s%s", name, VTY_NEWLINE);
		return CMD_WARNING;
	}
	for (; g; g = t ? trunk_group_next(t, g) : NULL) {
		int rc = carry_out(g, o);

		if (result == -ENOENT || rc == 0)
			result = rc;
	}
	if (result == 0)
		return CMD_SUCCESS;
	vty_out(vty, "%% not done: %s%s", reason(result), VTY_NEWLINE);
	return CMD_WARNING;
}

static enum isup_blocking type_of(const char *kind)
{
	return kind[0] == 'h' ? ISUP_BLOCKING_HARDWARE : ISUP_BLOCKING_MAINTENANCE;
}

static int act_on_all(struct vty *vty, const char **argv, enum isup_blocking type)
{
	return act(vty, argv[0], &(struct order){ argv[1][0], type, 0, UINT16_MAX });
}

static int act_on_range(struct vty *vty, const char **argv, enum isup_blocking type)
{
	struct order o = { .verb = argv[2][0], .type = type };

	if (parse_range(&o, argv[1]))
		return act(vty, argv[0], &o);
	vty_out(vty, "%% a CIC or FIRST-LAST is needed, e.g. 1-31%s", VTY_NEWLINE);
	return CMD_WARNING;
}

#define GROUP_STR "A trunk group\nIts name\n"
#define RANGE_STR GROUP_STR "Some of its circuits\nFIRST-LAST, or one CIC\n"
#define BLOCK_STR \
	"Block them toward the peer (CGB)\n" \
	"Give them back to traffic (CGU)\n"
#define KIND_STR \
	"For maintenance (default): calls go on, no new ones\n" \
	"For a hardware failure: calls on them end\n"
#define RESET_STR "Reset them (GRS); calls on them are released\n"
#define QUERY_STR "Ask the peer for their states (CQM), put right what differs\n"

DEFUN(group_act, group_act_cmd, "trunk-group NAME (block|unblock|reset|query)",
      GROUP_STR BLOCK_STR RESET_STR QUERY_STR)
{
	return act_on_all(vty, argv, ISUP_BLOCKING_MAINTENANCE);
}

DEFUN(group_block_kind, group_block_kind_cmd,
      "trunk-group NAME (block|unblock) (maintenance|hardware)", GROUP_STR BLOCK_STR KIND_STR)
{
	return act_on_all(vty, argv, type_of(argv[2]));
}

DEFUN(range_act, range_act_cmd, "trunk-group NAME circuits RANGE (block|unblock|reset|query)",
      RANGE_STR BLOCK_STR RESET_STR QUERY_STR)
{
	return act_on_range(vty, argv, ISUP_BLOCKING_MAINTENANCE);
}

DEFUN(range_block_kind, range_block_kind_cmd,
      "trunk-group NAME circuits RANGE (block|unblock) (maintenance|hardware)",
      RANGE_STR BLOCK_STR KIND_STR)
{
	return act_on_range(vty, argv, type_of(argv[3]));
}

void ranges_vty_init(void)
{
	install_element(ENABLE_NODE, &group_act_cmd);
	install_element(ENABLE_NODE, &group_block_kind_cmd);
	install_element(ENABLE_NODE, &range_act_cmd);
	install_element(ENABLE_NODE, &range_block_kind_cmd);
}
