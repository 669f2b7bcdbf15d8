/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the configuration's test programs share: a VTY, a small set of timers, files as strings. */
#ifndef TOLLGATE_TESTS_CONF_H
#define TOLLGATE_TESTS_CONF_H

#include <osmocom/core/tdef.h>
#include <osmocom/vty/vty.h>

#include "config/config.h"

/* Log, VTY and nodes; once in a process. The forked tests each change their own copy. */
struct config *conf_init(void *ctx);
extern struct osmo_tdef conf_tdefs[], conf_ansi_tdefs[];
extern struct vty_app_info conf_app_info;
/* A path below the source directory; static. */
const char *conf_path(const char *name);
/* The whole file, malloc()ed; fails the test if it is not there. */
char *conf_slurp(const char *path);
/* What config_load() says about a file; malloc()ed. */
char *conf_load(struct config *c, const char *path, config_pc_cb *pc, unsigned int *ret_n);
/* Runs one command as a session would, after `enable'. What it said, malloc()ed. */
char *conf_command(struct vty *vty, const char *command, int *ret_rc);
/* The configuration as `write file' writes it; the second without what is before our own nodes;
 * malloc()ed. */
char *conf_written_all(void);
char *conf_written(void);
/* A forked process reads a configuration and writes it to path (a template of mkstemp()); we have
 * read nothing then. */
void conf_rewrite(struct config *c, const char *from, char *path, config_pc_cb *pc);

#endif
