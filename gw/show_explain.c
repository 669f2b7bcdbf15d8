/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain': what would become of a call, on the command line. */
#include <osmocom/core/talloc.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/explain.h"
#include "gw/show.h"

static void line(void *ctx, const char *text)
{
	struct vty *vty = ctx;

	vty_out(vty, "%s%s", text, VTY_NEWLINE);
}

static const struct trunk *find(struct vty *vty, const char *name)
{
	const struct trunk *t = gw_trunk_find(show_gw(vty), name);

	if (!t)
		vty_out(vty, "%% there is no trunk group `%s'%s", name, VTY_NEWLINE);
	return t;
}

static int result(enum explain_end end)
{
	return end == EXPLAIN_NOT_READ ? CMD_WARNING : CMD_SUCCESS;
}

#define EXPLAIN_HELP "What would become of a call; nothing is sent or seized\n" \
	"A call that comes from a trunk group\nIts name\n"

DEFUN(explain_iam_text, explain_iam_cmd, "explain trunk-group NAME iam .IAM",
      EXPLAIN_HELP "By an IAM\nHexadecimal digits, or text: IAM; NCI ...; FCI ...\n")
{
	const struct explain to = { line, vty };
	const struct trunk *t = find(vty, argv[0]);
	char *text = argv_concat(argv, argc, 1);
	int rc = CMD_WARNING;

	if (t && text)
		rc = result(explain_iam(&to, t, text));
	talloc_free(text);
	return rc;
}

DEFUN(explain_invite_file, explain_invite_cmd, "explain trunk-group NAME invite FILE",
      EXPLAIN_HELP "By an INVITE\nA file that the gateway can read, with the request in it\n")
{
	const struct explain to = { line, vty };
	const struct trunk *t = find(vty, argv[0]);

	return t ? result(explain_invite(&to, t, argv[1])) : CMD_WARNING;
}

void show_explain_vty_init(void)
{
	install_element_ve(&explain_iam_cmd);
	install_element(ENABLE_NODE, &explain_invite_cmd);
}
