/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show circuits': circuits that are alike are one line. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/show.h"
#include "gw/show_states.h"
#include "gw/trunk.h"
#include "isup/mismatch.h"

enum { MAX_FLAGS = 12, MAX_CIC = 65535 };

/* --- what operators call a circuit --- */

static bool is_all(const struct isup_circuit_status *st)
{
	return true;
}

static bool is_not_idle(const struct isup_circuit_status *st)
{
	return !can_be_hunted(st);
}

static bool is_out_of_service(const struct isup_circuit_status *st)
{
	return st->out_of_service;
}

static bool is_unequipped(const struct isup_circuit_status *st)
{
	return st->unequipped;
}

static bool is_unreachable(const struct isup_circuit_status *st)
{
	return st->unreachable;
}

static bool is_releasing(const struct isup_circuit_status *st)
{
	return st->use == ISUP_CCT_RELEASING;
}

static bool is_resetting(const struct isup_circuit_status *st)
{
	return st->use == ISUP_CCT_RESETTING;
}

static bool is_testing(const struct isup_circuit_status *st)
{
	return st->use == ISUP_CCT_TESTING;
}

typedef bool filter_fn(const struct isup_circuit_status *st);
static const struct { const char *word; filter_fn *fn; } filters[] = {
	{ "idle", can_be_hunted },
	{ "not-idle", is_not_idle },
	{ "busy", is_busy },
	{ "releasing", is_releasing },
	{ "resetting", is_resetting },
	{ "testing", is_testing },
	{ "blocked", is_blocked },
	{ "unequipped", is_unequipped },
	{ "out-of-service", is_out_of_service },
	{ "unreachable", is_unreachable },
};
#define FILTERS \
	"(idle|not-idle|busy|releasing|resetting|testing|blocked|unequipped|out-of-service|" \
	"unreachable)"
#define FILTERS_STR \
	"That an outgoing call could take\nAll others\nWith a call, or seized for one\n" \
	"REL sent, RLC awaited\nReset by us, or waiting for it\nContinuity is tested\n" \
	"Blocked by either side, for maintenance or a hardware failure\n" \
	"That the peer does not have (UCIC)\nThat maintenance must look at\n" \
	"Whose exchange cannot be reached\n"

static filter_fn *filter_of(const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(filters); i++)
		if (!strcmp(filters[i].word, word))
			return filters[i].fn;
	return is_all;
}

static void print_flags(char buf[MAX_FLAGS], const struct isup_circuit_status *st)
{
	snprintf(buf, MAX_FLAGS, "%s%s%s%s%s%s%s", st->local_blocked ? "L" : "",
		 st->local_failed ? "l" : "", st->remote_blocked ? "R" : "",
		 st->remote_failed ? "r" : "", st->blocking_pending ? "p" : "",
		 st->unreachable ? "U" : "",
		 st->unequipped ? "E" : st->out_of_service ? "X" : "");
	if (!buf[0])
		snprintf(buf, MAX_FLAGS, "-");
}

#define LEGEND \
	"blocked: L by us, R by the peer (l, r: hardware failure), p not yet acknowledged, " \
	"U destination unavailable, E not equipped at the peer, X out of service"

/* --- lines --- */

struct lines {
	struct vty *vty;
	int width;			/* of the names */
	/* the line being gathered; n 0: none */
	unsigned int n, first, last;
	const struct isup_group *group;
	struct isup_circuit_status st;
	char flags[MAX_FLAGS];
	unsigned int shown;
};

static const char *since(char buf[16], unsigned int s)
{
	if (s < 60)
		snprintf(buf, 16, "%us", s);
	else if (s < 3600)
		snprintf(buf, 16, "%um%02u", s / 60, s % 60);
	else if (s < 86400)
		snprintf(buf, 16, "%uh%02u", s / 3600, s / 60 % 60);
	else
		snprintf(buf, 16, "%ud%02u", s / 86400, s / 3600 % 24);
	return buf;
}

/* What the peer has answered to our last query. */
static const char *told(char *buf, size_t size, const struct isup_circuit_status *st)
{
	char text[80];

	*buf = '\0';
	if (st->peer_state < 0)
		return buf;
	isup_cct_text(text, sizeof(text), st->peer_state);
	snprintf(buf, size, "  peer: %s", text);
	return buf;
}

static void flush(struct lines *l)
{
	struct vty *vty = l->vty;
	char cics[16], time[16], peer[96];

	if (!l->n)
		return;
	snprintf(cics, sizeof(cics), "%u-%u", l->first, l->last);
	if (l->n == 1)
		snprintf(cics, sizeof(cics), "%u", l->first);
	vty_out(vty, "%-*s %11s  %-10s %-8s %-22s %7s %9u%s%s", l->width,
		isup_group_name(l->group), cics, isup_circuit_use_name(l->st.use), l->flags,
		l->st.call_state, since(time, l->st.seconds), l->st.n_calls,
		told(peer, sizeof(peer), &l->st), VTY_NEWLINE);
	l->shown += l->n;
	l->n = 0;
}

/* Calls have a line each. */
static bool alike(const struct lines *l, const struct isup_circuit *c,
		  const struct isup_circuit_status *st, const char *flags)
{
	return l->n && l->group == isup_circuit_group(c) &&
	       l->last + 1 == isup_circuit_cic(c) && l->st.use == st->use && !is_busy(st) &&
	       l->st.peer_state == st->peer_state && !strcmp(l->flags, flags) &&
	       !strcmp(l->st.call_state, st->call_state);
}

static void add(struct lines *l, const struct isup_circuit *c,
		const struct isup_circuit_status *st)
{
	char flags[MAX_FLAGS];

	print_flags(flags, st);
	if (alike(l, c, st, flags)) {
		l->n++;
		l->last++;
		l->st.n_calls += st->n_calls;
		l->st.seconds = OSMO_MIN(l->st.seconds, st->seconds);
		return;
	}
	flush(l);
	l->n = 1;
	l->first = l->last = isup_circuit_cic(c);
	l->group = isup_circuit_group(c);
	l->st = *st;
	OSMO_STRLCPY_ARRAY(l->flags, flags);
}

struct wanted {
	const char *name;		/* trunk group, or circuits to one exchange; NULL: all */
	unsigned int first, last;
	filter_fn *fn;
};

static void show_group(struct lines *l, struct isup_group *g, const struct wanted *w)
{
	struct isup_circuit_status st;
	struct isup_circuit *c = NULL;

	while ((c = isup_circuit_next(g, c))) {
		if (isup_circuit_cic(c) < w->first || isup_circuit_cic(c) > w->last)
			continue;
		isup_circuit_status(&st, c);
		if (w->fn(&st))
			add(l, c, &st);
	}
	flush(l);
}

static int circuits(struct vty *vty, const struct wanted *w)
{
	struct gw *gw = show_gw(vty);
	struct lines l = { .vty = vty, .width = show_name_width(gw) };
	struct isup_group *g = NULL;
	bool found = !w->name;
	const struct trunk *t;

	vty_out(vty, "%-*s %11s  %-10s %-8s %-22s %7s %9s%s", l.width, "TRUNK-GROUP", "CIC",
		"USE", "BLOCKED", "PROCESS", "SINCE", "CALLS", VTY_NEWLINE);
	llist_for_each_entry(t, &gw->trunks, list) {
		while ((g = trunk_group_next(t, g))) {
			if (w->name && strcmp(w->name, t->name) &&
			    strcmp(w->name, isup_group_name(g)))
				continue;
			found = true;
			show_group(&l, g, w);
		}
	}
	if (!found) {
		vty_out(vty, "%% no ISUP trunk group is named %s%s", w->name, VTY_NEWLINE);
		return CMD_WARNING;
	}
	vty_out(vty, "%u circuits; %s%s", l.shown, LEGEND, VTY_NEWLINE);
	return CMD_SUCCESS;
}

#define CIRCUITS_STR SHOW_STR "Circuits and their states\n"
#define GROUP_STR "Of one trunk group\nIts name, or NAME:PC for its circuits to one exchange\n"

DEFUN(show_circuits, show_circuits_cmd, "show circuits", CIRCUITS_STR)
{
	return circuits(vty, &(struct wanted){ .last = MAX_CIC, .fn = is_all });
}

DEFUN(show_circuits_state, show_circuits_state_cmd, "show circuits " FILTERS,
      CIRCUITS_STR FILTERS_STR)
{
	return circuits(vty, &(struct wanted){ .last = MAX_CIC, .fn = filter_of(argv[0]) });
}

DEFUN(show_circuits_group, show_circuits_group_cmd, "show circuits trunk-group NAME",
      CIRCUITS_STR GROUP_STR)
{
	return circuits(vty,
			&(struct wanted){ .name = argv[0], .last = MAX_CIC, .fn = is_all });
}

DEFUN(show_circuits_group_state, show_circuits_group_state_cmd,
      "show circuits trunk-group NAME " FILTERS, CIRCUITS_STR GROUP_STR FILTERS_STR)
{
	return circuits(vty, &(struct wanted){ .name = argv[0], .last = MAX_CIC,
					       .fn = filter_of(argv[1]) });
}

DEFUN(show_circuits_group_range, show_circuits_group_range_cmd,
      "show circuits trunk-group NAME RANGE",
      CIRCUITS_STR GROUP_STR "Circuit identification codes, FIRST-LAST or one\n")
{
	struct wanted w = { .name = argv[0], .fn = is_all };
	char *end;

	w.first = w.last = strtoul(argv[1], &end, 10);
	if (end != argv[1] && *end == '-')
		w.last = strtoul(end + 1, &end, 10);
	if (end == argv[1] || *end || w.first > w.last) {
		vty_out(vty, "%% a CIC or FIRST-LAST is needed, e.g. 1-31%s", VTY_NEWLINE);
		return CMD_WARNING;
	}
	return circuits(vty, &w);
}

void show_circuits_vty_init(void)
{
	install_element_ve(&show_circuits_cmd);
	install_element_ve(&show_circuits_state_cmd);
	install_element_ve(&show_circuits_group_cmd);
	install_element_ve(&show_circuits_group_state_cmd);
	install_element_ve(&show_circuits_group_range_cmd);
}
