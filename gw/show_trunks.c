/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show trunk-groups', `show trunk-group'. */
#include <string.h>

#include <osmocom/core/utils.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/show.h"
#include "gw/show_states.h"
#include "gw/trunk.h"
#include "isup/congestion.h"

/* Columns are as wide as the longest name needs. */
int show_name_width(const struct gw *gw)
{
	const struct trunk *t;
	size_t width = strlen("TRUNK-GROUP");

	llist_for_each_entry(t, &gw->trunks, list) {
		const struct isup_group *g = NULL;

		width = OSMO_MAX(width, strlen(t->name));
		while ((g = trunk_group_next(t, g)))
			width = OSMO_MAX(width, strlen(isup_group_name(g)));
	}
	return width;
}

struct totals {
	unsigned int all, idle, busy, blocked, use[ISUP_CCT_TESTING + 1];
	unsigned int unequipped, out_of_service, unreachable;
	unsigned int unusable;		/* for any of these reasons */
};

static void count(struct totals *n, struct isup_group *g)
{
	struct isup_circuit_status st;
	struct isup_circuit *c = NULL;

	while ((c = isup_circuit_next(g, c))) {
		isup_circuit_status(&st, c);
		n->all++;
		n->use[st.use]++;
		n->idle += can_be_hunted(&st);
		n->busy += is_busy(&st);
		n->blocked += is_blocked(&st);
		n->unequipped += st.unequipped;
		n->out_of_service += st.out_of_service && !st.unequipped;
		n->unreachable += st.unreachable;
		n->unusable += is_blocked(&st) || st.out_of_service || st.unreachable;
	}
}

static void print_totals(struct vty *vty, const struct totals *n)
{
	const struct { const char *what; unsigned int n; } rows[] = {
		{ "idle", n->idle },
		{ "seized", n->use[ISUP_CCT_SEIZED] },
		{ "incoming", n->use[ISUP_CCT_INCOMING] },
		{ "outgoing", n->use[ISUP_CCT_OUTGOING] },
		{ "releasing", n->use[ISUP_CCT_RELEASING] },
		{ "resetting", n->use[ISUP_CCT_RESETTING] },
		{ "testing", n->use[ISUP_CCT_TESTING] },
		{ "blocked", n->blocked },
		{ "unequipped", n->unequipped },
		{ "out of service", n->out_of_service },
	};

	vty_out(vty, "%u circuits", n->all);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].n)
			vty_out(vty, ", %u %s", rows[i].n, rows[i].what);
	vty_out(vty, "%s", VTY_NEWLINE);
}

static const char *point_codes(const struct trunk *t)
{
	const struct isup_group *g = trunk_group_next(t, NULL);
	const struct trunk_peer *p = g ? isup_group_user(g) : NULL;

	if (!p)
		return "-";
	return trunk_group_next(t, g) ? "several" : p->point_codes;
}

DEFUN(show_trunk_groups, show_trunk_groups_cmd, "show trunk-groups",
      SHOW_STR "Trunk groups with their traffic\n")
{
	struct gw *gw = show_gw(vty);
	int width = show_name_width(gw);
	const struct trunk *t;

	vty_out(vty, "%-*s %-4s %-15s %5s %8s %5s %5s %7s  %9s %9s %9s %9s %9s %9s%s", width,
		"TRUNK-GROUP", "TYPE", "POINT-CODES", "CALLS", "CIRCUITS", "IDLE", "BUSY",
		"BLOCKED", "IN", "ANSWERED", "REFUSED", "OUT", "ANSWERED", "NO-WAY",
		VTY_NEWLINE);
	llist_for_each_entry(t, &gw->trunks, list) {
		struct isup_group *g = NULL;
		struct totals n = {};

		while ((g = trunk_group_next(t, g)))
			count(&n, g);
		vty_out(vty,
			"%-*s %-4s %-15s %5u %8u %5u %5u %7u  %9llu %9llu %9llu %9llu %9llu "
			"%9llu%s",
			width, t->name, trunk_is_isup(t) ? "isup" : "sip", point_codes(t),
			t->calls, n.all, n.idle, n.busy,
			n.unusable,
			(unsigned long long)t->stats.in, (unsigned long long)t->stats.answered_in,
			(unsigned long long)t->stats.refused, (unsigned long long)t->stats.out,
			(unsigned long long)t->stats.answered_out,
			(unsigned long long)t->stats.no_circuit, VTY_NEWLINE);
	}
	return CMD_SUCCESS;
}

static void print_targets(struct vty *vty, const struct trunk *t)
{
	for (unsigned int i = 0; i < t->cfg->n_targets; i++) {
		const struct config_target *g = &t->cfg->targets[i];
		unsigned int seconds = trunk_avoided_for(t, g);

		vty_out(vty, "  target %s:%u %s", g->host, g->port,
			g->transport == CONFIG_TCP ? "tcp" : "udp");
		if (seconds)
			vty_out(vty, ", LEFT ALONE for %u s (Retry-After)", seconds);
		vty_out(vty, "%s", VTY_NEWLINE);
	}
}

DEFUN(show_trunk_group, show_trunk_group_cmd, "show trunk-group NAME",
      SHOW_STR "One trunk group: its exchanges and their circuits by state, or its SIP targets\n"
      "Its name\n")
{
	const struct trunk *t = gw_trunk_find(show_gw(vty), argv[0]);
	struct isup_group *g = NULL;

	if (!t) {
		vty_out(vty, "%% no trunk group is named %s%s", argv[0], VTY_NEWLINE);
		return CMD_WARNING;
	}
	vty_out(vty, "trunk-group %s: %u calls%s", t->name, t->calls, VTY_NEWLINE);
	print_targets(vty, t);
	while ((g = trunk_group_next(t, g))) {
		const struct trunk_peer *p = isup_group_user(g);
		struct totals n = {};

		count(&n, g);
		vty_out(vty, "  %s, %s, %s", isup_group_name(g), p->point_codes,
			n.unreachable ? "UNREACHABLE" : "reachable");
		if (isup_group_share(g) < 100)
			vty_out(vty, ", CONGESTED (%u %% of calls)", isup_group_share(g));
		vty_out(vty, ": ");
		print_totals(vty, &n);
	}
	return CMD_SUCCESS;
}

void show_trunks_vty_init(void)
{
	install_element_ve(&show_trunk_groups_cmd);
	install_element_ve(&show_trunk_group_cmd);
}
