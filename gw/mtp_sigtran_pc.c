/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Point codes by libosmo-sigtran's formats. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <osmocom/sigtran/osmo_ss7.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/mtp_pc.h"

static int pc_itu(const char *text, uint32_t *ret)
{
	unsigned int a, b, c;
	char end;

	if (sscanf(text, "%u.%u.%u%c", &a, &b, &c, &end) == 3 && a < 8 && b < 256 && c < 8) {
		*ret = a << 11 | b << 3 | c;
		return 0;
	}
	if (sscanf(text, "%u%c", &a, &end) == 1 && a < 1u << 24) {
		*ret = a;
		return 0;
	}
	return -EINVAL;
}

int mtp_pc_of(bool sigtran, unsigned int cs7_instance, const char *text, uint32_t *ret)
{
	struct osmo_ss7_instance *inst = sigtran ? osmo_ss7_instance_find(cs7_instance) : NULL;
	int pc;

	if (!sigtran)
		return text ? pc_itu(text, ret) : -EINVAL;
	if (!inst)
		return -ENODEV;
	if (!text) {
		if (!osmo_ss7_pc_is_valid(inst->cfg.primary_pc))
			return -ENOENT;
		*ret = inst->cfg.primary_pc;
		return 0;
	}
	pc = osmo_ss7_pointcode_parse(inst, text);
	if (pc < 0)
		return -EINVAL;
	*ret = pc;
	return 0;
}

void mtp_pc_print(char *buf, size_t size, uint32_t opc, uint32_t dpc)
{
	snprintf(buf, size, "%u.%u.%u/%u.%u.%u", opc >> 11, opc >> 3 & 255, opc & 7, dpc >> 11,
		 dpc >> 3 & 255, dpc & 7);
}

int mtp_vty_go_parent(struct vty *vty, bool start)
{
	if (!start && vty->node == L_CS7_ASP_NODE) {
		const struct osmo_ss7_asp *asp = vty->index;

		vty->node = L_CS7_NODE;
		vty->index = asp->inst;
		return vty->node;
	}
	if (!start && vty->node == L_CS7_XUA_NODE) {
		const struct osmo_xua_server *xs = vty->index;

		vty->node = L_CS7_NODE;
		vty->index = xs->inst;
		return vty->node;
	}
	return osmo_ss7_vty_go_parent(vty);
}

int mtp_vty_is_config_node(struct vty *vty, int node)
{
	return osmo_ss7_is_config_node(vty, node);
}
