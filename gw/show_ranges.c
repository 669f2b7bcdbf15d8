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

struct range {
	unsigned int first, last;
};

typedef int range_fn(struct isup_group *g, const struct range *r);

static int block_maintenance(struct isup_group *g, const struct range *r)
{
	return isup_range_block(g, r->first, r->last, ISUP_BLOCKING_MAINTENANCE);
}

static int unblock_maintenance(struct isup_group *g, const struct range *r)
{
	return isup_range_unblock(g, r->first, r->last, ISUP_BLOCKING_MAINTENANCE);
}

static int block_hardware(struct isup_group *g, const struct range *r)
{
	return isup_range_block(g, r->first, r->last, ISUP_BLOCKING_HARDWARE);
}

static int unblock_hardware(struct isup_group *g, const struct range *r)
{
	return isup_range_unblock(g, r->first, r->last, ISUP_BLOCKING_HARDWARE);
}

static int reset(struct isup_group *g, const struct range *r)
{
	return isup_range_reset(g, r->first, r->last);
}

static int query(struct isup_group *g, const struct range *r)
{
	return isup_range_query(g, r->first, r->last);
}

/* FIRST-LAST, or one. */
static bool parse_range(struct range *r, const char *text)
{
	char *end;

	if (strspn(text, "0123456789-") != strlen(text) || strlen(text) > 11 || *text == '-')
		return false;
	r->first = r->last = strtoul(text, &end, 10);
	if (*end == '-' && end[1])
		r->last = strtoul(end + 1, &end, 10);
	return !*end && r->first <= r->last;
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
static int act(struct vty *vty, const char *name, const struct range *r, range_fn *fn)
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
		int rc = fn(g, r);

		if (result == -ENOENT || rc == 0)
			result = rc;
	}
	if (result == 0)
		return CMD_SUCCESS;
	vty_out(vty, "%% not done: %s%s", reason(result), VTY_NEWLINE);
	return CMD_WARNING;
}

static const struct range all = { .first = 0, .last = UINT16_MAX };

/* verb: block, unblock, reset or query; kind: NULL, maintenance or hardware */
static range_fn *function_of(const char *verb, const char *kind)
{
	bool hardware = kind && kind[0] == 'h';

	switch (verb[0]) {
	case 'b':
		return hardware ? block_hardware : block_maintenance;
	case 'u':
		return hardware ? unblock_hardware : unblock_maintenance;
	case 'r':
		return reset;
	}
	return query;
}

static int act_on_range(struct vty *vty, const char **argv, const char *kind)
{
	struct range r;

	if (!parse_range(&r, argv[1])) {
		vty_out(vty, "%% a CIC or FIRST-LAST is needed, e.g. 1-31%s", VTY_NEWLINE);
		return CMD_WARNING;
	}
	return act(vty, argv[0], &r, function_of(argv[2], kind));
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

DEFUN(group_block, group_block_cmd, "trunk-group NAME (block|unblock)", GROUP_STR BLOCK_STR)
{
	return act(vty, argv[0], &all, function_of(argv[1], NULL));
}

DEFUN(group_block_kind, group_block_kind_cmd,
      "trunk-group NAME (block|unblock) (maintenance|hardware)", GROUP_STR BLOCK_STR KIND_STR)
{
	return act(vty, argv[0], &all, function_of(argv[1], argv[2]));
}

DEFUN(group_reset, group_reset_cmd, "trunk-group NAME (reset|query)",
      GROUP_STR RESET_STR QUERY_STR)
{
	return act(vty, argv[0], &all, function_of(argv[1], NULL));
}

DEFUN(range_act, range_act_cmd, "trunk-group NAME circuits RANGE (block|unblock|reset|query)",
      RANGE_STR BLOCK_STR RESET_STR QUERY_STR)
{
	return act_on_range(vty, argv, NULL);
}

DEFUN(range_block_kind, range_block_kind_cmd,
      "trunk-group NAME circuits RANGE (block|unblock) (maintenance|hardware)",
      RANGE_STR BLOCK_STR KIND_STR)
{
	return act_on_range(vty, argv, argv[3]);
}

void ranges_vty_init(void)
{
	install_element(ENABLE_NODE, &group_block_cmd);
	install_element(ENABLE_NODE, &group_block_kind_cmd);
	install_element(ENABLE_NODE, &group_reset_cmd);
	install_element(ENABLE_NODE, &range_act_cmd);
	install_element(ENABLE_NODE, &range_block_kind_cmd);
}
