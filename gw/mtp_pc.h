/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Point codes as text and number, by the format of their cs7 instance; and the VTY hooks of
 * libosmo-sigtran for main. */
#ifndef TOLLGATE_GW_MTP_PC_H
#define TOLLGATE_GW_MTP_PC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vty;

/* text in the instance's format, or a plain number; NULL: the instance's own point code. 0,
 * -EINVAL, -ENODEV (no such instance), -ENOENT (it has no point code of its own). */
int mtp_pc_of(unsigned int cs7_instance, const char *text, uint32_t *ret);
/* The same without sigtran: a.b.c or a number, of 14 bits (3-8-3) or 24 (8-8-8). 0 or -EINVAL. */
int mtp_pc_local(const char *text, unsigned int bits, uint32_t *ret);
/* "1.1.1/1.1.2" */
void mtp_pc_print(char *buf, size_t size, unsigned int bits, uint32_t opc, uint32_t dpc);

/* For vty_app_info: what libosmo-sigtran does when a node is left, and which nodes are its own. */
/* start: connect and listen, as leaving asp and listen nodes does */
int mtp_vty_go_parent(struct vty *vty, bool start);
int mtp_vty_is_config_node(struct vty *vty, int node);

#endif
