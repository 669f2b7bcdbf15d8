/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that act: block, unblock, reset and query a circuit, clear calls. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/audit.h"
#include "gw/call.h"
#include "gw/log.h"
#include "gw/show.h"
#include "gw/trunk.h"
#include "isup/continuity.h"
#include "isup/maintenance.h"

#define CIRCUIT_STR "One circuit\nIts trunk group\nCircuit identification code\n"

static struct isup_circuit *circuit(struct vty *vty, const char *group, const char *cic)
{
	struct isup_group *g = isup_group_find(show_gw(vty)->isup, group);
	struct isup_circuit *c = g ? isup_circuit_find(g, strtoul(cic, NULL, 10)) : NULL;

	if (!c)
		vty_out(vty, "%% no circuit %s in trunk group %s%s", cic, group, VTY_NEWLINE);
	return c;
}

static int act(struct vty *vty, int (*what)(struct isup_circuit *c), const char **argv)
{
	struct isup_circuit *c = circuit(vty, argv[0], argv[1]);
	int rc = c ? what(c) : -ENOENT;

	if (c && rc < 0)
		vty_out(vty, "%% not done: %s%s",
			rc == -EALREADY ? "it is so already" : strerror(-rc), VTY_NEWLINE);
	return rc < 0 ? CMD_WARNING : CMD_SUCCESS;
}

DEFUN(circuit_block, circuit_block_cmd, "circuit NAME <0-16383> block",
      CIRCUIT_STR "Block it toward the peer (BLO)\n")
{
	return act(vty, isup_circuit_block, argv);
}

DEFUN(circuit_unblock, circuit_unblock_cmd, "circuit NAME <0-16383> unblock",
      CIRCUIT_STR "Give it back to traffic (UBL)\n")
{
	return act(vty, isup_circuit_unblock, argv);
}

DEFUN(circuit_reset, circuit_reset_cmd, "circuit NAME <0-16383> reset",
      CIRCUIT_STR "Reset it (RSC); a call on it is released\n")
{
	return act(vty, isup_circuit_reset, argv);
}

DEFUN(circuit_test, circuit_test_cmd, "circuit NAME <0-16383> continuity-test",
      CIRCUIT_STR "Test it, when it is idle (CCR); the log tells the result\n")
{
	return act(vty, isup_continuity_test, argv);
}

DEFUN(circuit_query, circuit_query_cmd, "circuit NAME <0-16383> query",
      CIRCUIT_STR "Ask the peer for its state (CQM), put right what differs\n")
{
	return act(vty, isup_circuit_query, argv);
}

DEFUN(circuit_validate, circuit_validate_cmd, "circuit NAME <0-16383> validate",
      CIRCUIT_STR "Compare its data at both ends (CVT, dialect ansi); the log says the result\n")
{
	return act(vty, isup_circuit_validate, argv);
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
	install_element(ENABLE_NODE, &circuit_block_cmd);
	install_element(ENABLE_NODE, &circuit_unblock_cmd);
	install_element(ENABLE_NODE, &circuit_reset_cmd);
	install_element(ENABLE_NODE, &circuit_query_cmd);
	install_element(ENABLE_NODE, &circuit_validate_cmd);
	install_element(ENABLE_NODE, &circuit_test_cmd);
	install_element(ENABLE_NODE, &clear_call_cmd);
	install_element(ENABLE_NODE, &calls_refuse_cmd);
	install_element(ENABLE_NODE, &audit_circuits_cmd);
	install_element(ENABLE_NODE, &audit_circuits_group_cmd);
	ranges_vty_init();
}
