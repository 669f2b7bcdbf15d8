/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: show commands and maintenance. */
#ifndef TOLLGATE_GW_SHOW_H
#define TOLLGATE_GW_SHOW_H

struct gw;
struct vty;

/* The gateway that a session on the command line looks at. */
struct gw *show_gw(struct vty *vty);
/* Installs the commands; once, after vty_init(). */
void show_vty_init(void);
/* The part of them that acts (show_maintenance.c). */
void maintenance_vty_init(void);
/* What circuits and trunk groups are doing (show_circuits.c, show_trunks.c). */
void show_circuits_vty_init(void);
void show_trunks_vty_init(void);
/* By which rules ISUP and SIP are mapped (show_mapping.c). */
void show_mapping_vty_init(void);
/* What would become of a call (show_explain.c); apart, for it needs the SIP edge. */
void show_explain_vty_init(void);
/* Columns of names are as wide as the longest needs. */
int show_name_width(const struct gw *gw);
/* On ranges of circuits and trunk groups (show_ranges.c). */
void ranges_vty_init(void);

#endif
