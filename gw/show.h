/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: show commands and maintenance. vty->priv is struct gw. */
#ifndef TOLLGATE_GW_SHOW_H
#define TOLLGATE_GW_SHOW_H

/* Installs the commands; once, after vty_init(). */
void show_vty_init(void);
/* The part of them that acts (show_maintenance.c). */
void maintenance_vty_init(void);

#endif
