/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show`: what the gateway is doing, in tables a person can read. */
#include <string.h>

#include <osmocom/core/utils.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/telnet_interface.h>
#include <osmocom/vty/vty.h>

#include "gw/audit.h"
#include "gw/call.h"
#include "gw/show.h"
#include "gw/trunk.h"

struct gw *show_gw(struct vty *vty)
{
	const struct telnet_connection *c = vty->priv;

	return c->priv;
}

static const char *const sip_counter_names[] = {
#define X(id, name, desc) [SIP_CTR_##id] = name,
	SIP_COUNTERS(X)
#undef X
};

static const char *const body_counter_names[] = {
#define X(id, name, desc) [BODY_CTR_##id] = name,
	BODY_COUNTERS(X)
#undef X
};

static void line(void *ctx, const char *text)
{
	struct vty *vty = ctx;

	vty_out(vty, "  %s%s", text, VTY_NEWLINE);
}

/* In the list without the Call-ID, which `show call` tells. */
static void leg_text(char *buf, size_t size, const struct leg *leg)
{
	char *space;

	call_leg_text(buf, size, leg);
	space = strchr(buf, ' ');
	if (space && (space = strchr(space + 1, ' ')))
		*space = '\0';
}

DEFUN(show_calls, show_calls_cmd, "show calls", SHOW_STR "Calls that are up or being set up\n")
{
	struct gw *gw = show_gw(vty);
	struct call *c = NULL;
	const char *calling, *called;
	char in[160], out[160];

	vty_out(vty, "%-16s %-12s %6s  %-16s %-16s %-32s %s%s", "CALL", "STATE", "SEC", "CALLING",
		"CALLED", "IN", "OUT", VTY_NEWLINE);
	while ((c = call_next(gw, c))) {
		call_numbers(c, &calling, &called);
		leg_text(in, sizeof(in), call_leg(c, false));
		leg_text(out, sizeof(out), call_leg(c, true));
		vty_out(vty, "%-16s %-12s %6u  %-16s %-16s %-32s %s%s", call_id(c), call_state(c),
			call_seconds(c), *calling ? calling : "-", *called ? called : "-", in, out,
			VTY_NEWLINE);
	}
	vty_out(vty, "%u calls%s%s", gw->n_calls, gw->draining ? ", new ones are refused" : "",
		VTY_NEWLINE);
	return CMD_SUCCESS;
}

DEFUN(show_call, show_call_cmd, "show call ID",
      SHOW_STR "One call\nIts identity as `show calls` prints it\n")
{
	struct call *c = call_find(show_gw(vty), argv[0]);
	const char *calling, *called;
	char leg[160];

	if (!c) {
		vty_out(vty, "%% no such call%s", VTY_NEWLINE);
		return CMD_WARNING;
	}
	call_numbers(c, &calling, &called);
	vty_out(vty, "call %s: %s for %u s, %u tried%s", call_id(c), call_state(c),
		call_seconds(c), call_attempts(c), VTY_NEWLINE);
	vty_out(vty, "  from %s to %s%s", *calling ? calling : "-", *called ? called : "-",
		VTY_NEWLINE);
	call_leg_text(leg, sizeof(leg), call_leg(c, false));
	vty_out(vty, "  in   %s%s", leg, VTY_NEWLINE);
	call_leg_text(leg, sizeof(leg), call_leg(c, true));
	vty_out(vty, "  out  %s%s", leg, VTY_NEWLINE);
	return CMD_SUCCESS;
}

static const struct route_table *find_table(const struct gw *gw, const char *name)
{
	const struct gw_table *t;

	llist_for_each_entry(t, &gw->tables, list)
		if (!strcmp(route_table_name(t->table), name))
			return t->table;
	return NULL;
}

DEFUN(show_route, show_route_cmd, "show route-table NAME number DIGITS",
      SHOW_STR "Where a number goes\nThe route table's name\nThe number\n"
      "In international form, without +\n")
{
	const struct route_table *table = find_table(show_gw(vty), argv[0]);
	void *found[ROUTE_MAX_CHOICES];
	size_t len = 0;
	unsigned int n;

	if (!table) {
		vty_out(vty, "%% no route table is named %s%s", argv[0], VTY_NEWLINE);
		return CMD_WARNING;
	}
	n = route_find(found, ROUTE_MAX_CHOICES, &len, table, argv[1]);
	if (!n)
		vty_out(vty, "no route%s", VTY_NEWLINE);
	else
		vty_out(vty, "prefix %.*s%s", (int)(len ? len : 3), len ? argv[1] : "any",
			VTY_NEWLINE);
	for (unsigned int i = 0; i < n; i++)
		vty_out(vty, "  %u. %s%s", i + 1, ((const struct trunk *)found[i])->name,
			VTY_NEWLINE);
	return CMD_SUCCESS;
}

DEFUN(show_media, show_media_cmd, "show media-gateways", SHOW_STR "Media gateways\n")
{
	struct gw *gw = show_gw(vty);
	const struct gw_media *m;

	llist_for_each_entry(m, &gw->medias, list) {
		vty_out(vty, "media-gateway %s: %s%s", m->name,
			media_gw_available(m->media) ? "in service" : "AWAY", VTY_NEWLINE);
		media_gw_show(m->media, line, vty);
	}
	return CMD_SUCCESS;
}

DEFUN(show_mtp, show_mtp_cmd, "show mtp",
      SHOW_STR "MTP links: M3UA associations and local sockets\n")
{
	struct gw *gw = show_gw(vty);
	const struct gw_link *l;

	llist_for_each_entry(l, &gw->links, list) {
		if (l->type == CONFIG_MTP_SIGTRAN)
			vty_out(vty, "cs7 instance %u%s", l->cs7_instance, VTY_NEWLINE);
		else
			vty_out(vty, "local %s%s", l->path, VTY_NEWLINE);
		mtp_show(l->mtp, line, vty);
	}
	return CMD_SUCCESS;
}

DEFUN(show_counters, show_counters_cmd, "show counters",
      SHOW_STR "What was counted since the start\n")
{
	struct gw *gw = show_gw(vty);

	for (int i = 0; i < ISUP_CTR_COUNT; i++)
		vty_out(vty, "  %-26s %12llu%s", isup_counter_name(i),
			(unsigned long long)isup_counter(gw->isup, i), VTY_NEWLINE);
	for (int i = 0; i < AUDIT_COUNT; i++)
		vty_out(vty, "  %-26s %12llu%s", audit_counter_name(i),
			(unsigned long long)audit_counter(gw, i), VTY_NEWLINE);
	for (int i = 0; gw->sip && i < SIP_CTR_COUNT; i++)
		vty_out(vty, "  %-26s %12llu%s", sip_counter_names[i],
			(unsigned long long)sip_counter(gw->sip, i), VTY_NEWLINE);
	if (gw->sip)
		vty_out(vty, "  %-26s %12u%s", "sip:dialogs", sip_dialogs(gw->sip), VTY_NEWLINE);
	for (int i = 0; i < BODY_CTR_COUNT; i++)
		vty_out(vty, "  %-26s %12llu%s", body_counter_names[i],
			(unsigned long long)gw->body_counter[i], VTY_NEWLINE);
	vty_out(vty, "  %-26s %12llu%s", "cdr:written",
		(unsigned long long)(gw->cdr ? cdr_written(gw->cdr) : 0), VTY_NEWLINE);
	vty_out(vty, "  %-26s %12u%s", "cdr:waiting", gw->cdr ? cdr_waiting(gw->cdr) : 0,
		VTY_NEWLINE);
	vty_out(vty, "  %-26s %12llu%s", "cdr:lost",
		(unsigned long long)(gw->cdr ? cdr_lost(gw->cdr) : 0), VTY_NEWLINE);
	return CMD_SUCCESS;
}

void show_vty_init(void)
{
	show_circuits_vty_init();
	show_trunks_vty_init();
	install_element_ve(&show_calls_cmd);
	install_element_ve(&show_call_cmd);
	install_element_ve(&show_route_cmd);
	install_element_ve(&show_media_cmd);
	install_element_ve(&show_mtp_cmd);
	show_mapping_vty_init();
	install_element_ve(&show_counters_cmd);
	maintenance_vty_init();
}
