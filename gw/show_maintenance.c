/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that act: block, unblock, reset and query a circuit, clear calls. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/audit.h"
#include "gw/call.h"
#include "gw/log.h"
#include "gw/show.h"
#include "gw/trunk.h"
#include "isup/continuity.h"
#include "isup/maintenance.h"

static struct isup_circuit *circuit(struct vty *vty, const char *group, const char *cic)
{
	struct isup_group *g = isup_group_find(show_gw(vty)->isup, group);
	struct isup_circuit *c = g ? isup_circuit_find(g, strtoul(cic, NULL, 10)) : NULL;

	if (!c)
		vty_out(vty, "%% no circuit %s in trunk group %s%s", cic, group, VTY_NEWLINE);
	return c;
}

static const struct { const char *verb; int (*act)(struct isup_circuit *c); } acts[] = {
	{ "block", isup_circuit_block },	{ "unblock", isup_circuit_unblock },
	{ "reset", isup_circuit_reset },	{ "query", isup_circuit_query },
	{ "validate", isup_circuit_validate },	{ "continuity-test", isup_continuity_test },
};

DEFUN(circuit_act, circuit_act_cmd,
      "circuit NAME <0-16383> (block|unblock|reset|query|validate|continuity-test)",
      "One circuit\nIts trunk group\nCircuit identification code\n"
      "Block it toward the peer (BLO)\n"
      "Give it back to traffic (UBL)\n"
      "Reset it (RSC); a call on it is released\n"
      "Ask the peer for its state (CQM), put right what differs\n"
      "Compare its data at both ends (CVT, dialect ansi); the log says the result\n"
      "Test it, when it is idle (CCR); the log tells the result\n")
{
	struct isup_circuit *c = circuit(vty, argv[0], argv[1]);
	unsigned int i = 0;
	int rc;

	if (!c)
		return CMD_WARNING;
	/* libosmovty gives the word as it was typed, which may be its beginning */
	while (i + 1 < ARRAY_SIZE(acts) && strncmp(acts[i].verb, argv[2], strlen(argv[2])) != 0)
		i++;
	rc = acts[i].act(c);
	if (rc == 0)
		return CMD_SUCCESS;
	vty_out(vty, "%% not done: %s%s", rc == -EALREADY ? "it is so already" : strerror(-rc),
		VTY_NEWLINE);
	return CMD_WARNING;
}

DEFUN(clear_call, clear_call_cmd, "clear call ID",
      "Release something\nA call\nIts identity as `show calls` prints it\n")
{
	struct call *c = call_find(show_gw(vty), argv[0]);

	if (!c) {
		vty_out(vty, "%% no such call%s", VTY_NEWLINE);
		return CMD_WARNING;
	}
	call_clear(c, "cleared by command");
	return CMD_SUCCESS;
}

static int audit(struct vty *vty, const struct trunk *only)
{
	struct audit_result r;

	audit_now(&r, show_gw(vty), only);
	vty_out(vty, "%u circuits, %u calls, %u media contexts looked at, %u found hanging%s%s",
		r.circuits, r.calls, r.contexts, r.found, r.found ? ": see the log" : "",
		VTY_NEWLINE);
	return CMD_SUCCESS;
}

#define AUDIT_STR "Search for what hangs, name it in the log, and free it\nNow\n"

DEFUN(audit_circuits, audit_circuits_cmd, "audit circuits", AUDIT_STR)
{
	return audit(vty, NULL);
}

DEFUN(audit_circuits_group, audit_circuits_group_cmd, "audit circuits trunk-group NAME",
      AUDIT_STR "Of one trunk group and its calls\nIts name\n")
{
	const struct trunk *t = gw_trunk_find(show_gw(vty), argv[0]);

	if (t && trunk_is_isup(t))
		return audit(vty, t);
	vty_out(vty, "%% no ISUP trunk group is named %s%s", argv[0], VTY_NEWLINE);
	return CMD_WARNING;
}

DEFUN(calls_refuse, calls_refuse_cmd, "calls (accept|refuse)",
      "New calls, from all sides\n"
      "Take them again\n"
      "Refuse them (503, REL with cause 42); calls that are up go on\n")
{
	struct gw *gw = show_gw(vty);

	gw->draining = argv[0][0] == 'r';
	LOGP(DMAIN, LOGL_NOTICE, "new calls are %s from now on\n",
	     gw->draining ? "refused" : "accepted");
	return CMD_SUCCESS;
}

void maintenance_vty_init(void)
{
	install_element(ENABLE_NODE, &circuit_act_cmd);
	install_element(ENABLE_NODE, &clear_call_cmd);
	install_element(ENABLE_NODE, &calls_refuse_cmd);
	install_element(ENABLE_NODE, &audit_circuits_cmd);
	install_element(ENABLE_NODE, &audit_circuits_group_cmd);
	ranges_vty_init();
}
