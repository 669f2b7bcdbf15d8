/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "trunk-group NAME isup": its circuits, a range and its exchange a line. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

#define CIRCUITS_HELP \
	"Circuit identification codes (several times, at most 32)\nFIRST-LAST or one\n"
#define PC_HELP "To another exchange than `point-code remote'\nIts point code\n"
#define LOCAL_HELP "From another point code of ours than `point-code local'\nThat one\n"
#define TERM_HELP \
	"The media gateway's number of the first circuit; default: its CIC\n" \
	"What the endpoint pattern and RTP ports are made from\n"

enum { FOLLOWS_CIC = -1 };

static bool parse_range(struct config_range *r, const char *text)
{
	unsigned long first, last;
	char *end;

	if (strspn(text, "0123456789-") != strlen(text) || strlen(text) > 11 || *text == '-')
		return false;
	first = last = strtoul(text, &end, 10);
	if (*end == '-' && end[1]) {
		last = strtoul(end + 1, &end, 10);
		if (*end)
			return false;
	} else if (*end) {
		return false;
	}
	r->first = first;
	r->last = last;
	r->line = config_line();
	return first <= last && last <= UINT16_MAX;
}

static bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_exchange(const struct config_trunk *t, const struct config_range *a,
			  const struct config_range *b)
{
	return text_equal(config_range_dpc(t, a), config_range_dpc(t, b)) &&
	       text_equal(config_range_opc(t, a), config_range_opc(t, b));
}

/* The trunk group, and the range in it; otherwise the command's result. */
static int begin(struct config_trunk **ret_t, struct config_range *ret_r, struct vty *vty,
		 const char *range)
{
	*ret_t = config_vty_trunk(vty);
	if (!*ret_t)
		return config_gone(vty);
	if (!parse_range(ret_r, range))
		return config_refuse(vty, "a CIC or FIRST-LAST is needed, e.g. 1-31");
	return CMD_SUCCESS;
}

/* opc, dpc: NULL or texts of the command line. */
static int add(struct vty *vty, const char *range, struct config_range r)
{
	struct config_trunk *t;
	struct config_range *o;
	int rc = begin(&t, &r, vty, range);

	if (rc != CMD_SUCCESS)
		return rc;
	if ((r.dpc && !config_pc_ok(r.dpc)) || (r.opc && !config_pc_ok(r.opc)))
		return config_refuse(vty, "a point code in the cs7 instance's format is needed, "
					  "e.g. 1.1.3");
	for (o = t->ranges; o < t->ranges + t->n_ranges; o++) {
		if (r.first <= o->last && o->first <= r.last && same_exchange(t, &r, o))
			return config_refuse(vty, "it overlaps with %u-%u of this trunk group",
					     o->first, o->last);
	}
	if (t->n_ranges == CONFIG_MAX_RANGES)
		return config_refuse(vty, "more than %d ranges are not allowed", CONFIG_MAX_RANGES);
	r.opc = talloc_strdup(t, r.opc);
	r.dpc = talloc_strdup(t, r.dpc);
	t->ranges[t->n_ranges++] = r;
	return CMD_SUCCESS;
}

DEFUN(circuits, circuits_cmd, "circuits RANGE", CIRCUITS_HELP)
{
	return add(vty, argv[0], (struct config_range){ .termination = FOLLOWS_CIC });
}

DEFUN(circuits_term, circuits_term_cmd, "circuits RANGE termination <0-65535>",
      CIRCUITS_HELP TERM_HELP)
{
	return add(vty, argv[0], (struct config_range){ .termination = atol(argv[1]) });
}

DEFUN(circuits_pc, circuits_pc_cmd, "circuits RANGE point-code PC", CIRCUITS_HELP PC_HELP)
{
	return add(vty, argv[0],
		   (struct config_range){ .dpc = (char *)argv[1], .termination = FOLLOWS_CIC });
}

DEFUN(circuits_pc_term, circuits_pc_term_cmd,
      "circuits RANGE point-code PC termination <0-65535>", CIRCUITS_HELP PC_HELP TERM_HELP)
{
	return add(vty, argv[0],
		   (struct config_range){ .dpc = (char *)argv[1], .termination = atol(argv[2]) });
}

DEFUN(circuits_local, circuits_local_cmd, "circuits RANGE point-code PC local PC",
      CIRCUITS_HELP PC_HELP LOCAL_HELP)
{
	return add(vty, argv[0],
		   (struct config_range){ .dpc = (char *)argv[1], .opc = (char *)argv[2],
					  .termination = FOLLOWS_CIC });
}

DEFUN(circuits_local_term, circuits_local_term_cmd,
      "circuits RANGE point-code PC local PC termination <0-65535>",
      CIRCUITS_HELP PC_HELP LOCAL_HELP TERM_HELP)
{
	return add(vty, argv[0],
		   (struct config_range){ .dpc = (char *)argv[1], .opc = (char *)argv[2],
					  .termination = atol(argv[3]) });
}

static int drop(struct vty *vty, const char *range, struct config_range r)
{
	struct config_trunk *t;
	struct config_range *o;
	int rc = begin(&t, &r, vty, range);

	if (rc != CMD_SUCCESS)
		return rc;
	for (o = t->ranges; o < t->ranges + t->n_ranges; o++) {
		if (r.first != o->first || o->last != r.last || !same_exchange(t, &r, o))
			continue;
		t->n_ranges--;
		memmove(o, o + 1, (size_t)(t->ranges + t->n_ranges - o) * sizeof(*o));
		return CMD_SUCCESS;
	}
	return config_refuse(vty, "there is no such range");
}

DEFUN(no_circuits, no_circuits_cmd, "no circuits RANGE", NO_STR CIRCUITS_HELP)
{
	return drop(vty, argv[0], (struct config_range){});
}

DEFUN(no_circuits_pc, no_circuits_pc_cmd, "no circuits RANGE point-code PC",
      NO_STR CIRCUITS_HELP PC_HELP)
{
	return drop(vty, argv[0], (struct config_range){ .dpc = (char *)argv[1] });
}

DEFUN(no_circuits_local, no_circuits_local_cmd, "no circuits RANGE point-code PC local PC",
      NO_STR CIRCUITS_HELP PC_HELP LOCAL_HELP)
{
	return drop(vty, argv[0],
		    (struct config_range){ .dpc = (char *)argv[1], .opc = (char *)argv[2] });
}

void config_circuits_write(struct vty *vty, const struct config_trunk *t)
{
	const struct config_range *r;

	for (r = t->ranges; r < t->ranges + t->n_ranges; r++) {
		vty_out(vty, " circuits %u", r->first);
		if (r->last != r->first)
			vty_out(vty, "-%u", r->last);
		if (r->dpc)
			vty_out(vty, " point-code %s", r->dpc);
		if (r->opc)
			vty_out(vty, " local %s", r->opc);
		if (r->termination != FOLLOWS_CIC)
			vty_out(vty, " termination %d", r->termination);
		vty_out(vty, "%s", VTY_NEWLINE);
	}
}

void config_vty_circuits_init(void)
{
	install_element(CONFIG_NODE_TRUNK_ISUP, &circuits_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &circuits_term_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &circuits_pc_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &circuits_pc_term_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &circuits_local_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &circuits_local_term_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &no_circuits_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &no_circuits_pc_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &no_circuits_local_cmd);
}
