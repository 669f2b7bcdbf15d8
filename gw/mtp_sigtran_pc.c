/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Point codes by libosmo-sigtran's formats. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <osmocom/sigtran/osmo_ss7.h>
#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "gw/mtp_pc.h"

/* Bits of a point code's parts. */
struct form {
	unsigned int high, mid, low;
};

static struct form form_of(unsigned int bits)
{
	return bits == 24 ? (struct form){ 8, 8, 8 } : (struct form){ 3, 8, 3 };
}

int mtp_pc_local(const char *text, unsigned int bits, uint32_t *ret)
{
	struct form f = form_of(bits);
	unsigned int a, b, c;
	char end;

	if (sscanf(text, "%u.%u.%u%c", &a, &b, &c, &end) == 3 && !(a >> f.high) &&
	    !(b >> f.mid) && !(c >> f.low)) {
		*ret = (a << f.mid | b) << f.low | c;
		return 0;
	}
	if (sscanf(text, "%u%c", &a, &end) == 1 && !(a >> bits)) {
		*ret = a;
		return 0;
	}
	return -EINVAL;
}

int mtp_pc_of(unsigned int cs7_instance, const char *text, uint32_t *ret)
{
	struct osmo_ss7_instance *inst = osmo_ss7_instance_find(cs7_instance);
	int pc;

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

void mtp_pc_print(char *buf, size_t size, unsigned int bits, uint32_t opc, uint32_t dpc)
{
	struct form f = form_of(bits);
	unsigned int mid = (1u << f.mid) - 1, low = (1u << f.low) - 1;

	snprintf(buf, size, "%u.%u.%u/%u.%u.%u", opc >> (f.mid + f.low), opc >> f.low & mid,
		 opc & low, dpc >> (f.mid + f.low), dpc >> f.low & mid, dpc & low);
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
