/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of config/ share: nodes, the forms of texts, settings as rows, and how a command
 * speaks. */
#ifndef TOLLGATE_CONFIG_INTERNAL_H
#define TOLLGATE_CONFIG_INTERNAL_H

#include <stddef.h>

#include <osmocom/vty/command.h>
#include <osmocom/vty/vty.h>

#include "config/config.h"

/* libosmo-sigtran's nodes are among libosmovty's own; ours begin behind them. */
enum {
	CONFIG_NODE_SIP = _LAST_OSMOVTY_NODE + 1,
	CONFIG_NODE_ISUP,
	CONFIG_NODE_MEDIA,
	CONFIG_NODE_TRUNK_ISUP,
	CONFIG_NODE_TRUNK_SIP,
	CONFIG_NODE_TABLE,
	CONFIG_NODE_CDR,
	CONFIG_NODE_END,
};

/* value.c: the forms of texts. */
bool config_name_ok(const char *s);
bool config_address_ok(const char *s);
bool config_host_ok(const char *s);
bool config_digits_ok(const char *s);
bool config_area_code_ok(const char *s);
bool config_prefix_ok(const char *s);
bool config_carrier_ok(const char *s);
bool config_context_ok(const char *s);
bool config_country_code_ok(const char *s);
bool config_endpoint_ok(const char *s);
bool config_token_ok(const char *s);
bool config_path_ok(const char *s);
bool config_pc_ok(const char *s);
bool config_dialect_ok(const char *s);

/* setting.c: a setting of one value is a row: its command, its "no" form, its default and its line
 * in the file come from it. */
enum config_kind { CONFIG_FLAG, CONFIG_NUMBER, CONFIG_CHOICE, CONFIG_TEXT, CONFIG_LINE };
struct config_choice { const char *word; unsigned int value; const char *help; };
struct config_setting {
	const char *name;		/* the command's words */
	enum config_kind kind;
	size_t off, size;		/* where the value lives in its object */
	unsigned int def;		/* FLAG, NUMBER, CHOICE; a TEXT's default is its absence */
	unsigned int min, max;		/* NUMBER */
	const struct config_choice *choices;	/* CHOICE; ended by an empty row */
	bool (*ok)(const char *text);	/* TEXT */
	/* TEXT: what is allowed, for the complaint; NUMBER, TEXT: help of the argument */
	const char *form;
	const char *help;		/* a line for each word of the name */
	const char *text_def;		/* TEXT: default, or NULL */
};
#define CONFIG_MEMBER(type, member) \
	offsetof(struct type, member), sizeof(((struct type *)0)->member)

/* The object that a node's commands work on, or NULL when another session has deleted it. */
typedef void *config_object_cb(struct vty *vty);
void config_settings_install(void *ctx, int node, const struct config_setting *rows,
			     config_object_cb *object);
void config_settings_default(void *object, const struct config_setting *rows);
/* Lines of those that differ from their default. */
void config_settings_write(struct vty *vty, const void *object, const struct config_setting *rows);

/* vty.c */
struct config *config_vty_get(void);
/* Refuses a command: the text goes to the session or, when a file is read, becomes a complaint.
 * Returns CMD_WARNING. */
int config_refuse(struct vty *vty, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Refuses what another session has deleted. */
int config_gone(struct vty *vty);
/* A definition repeated in the file that is read is refused (a session may enter an item again). */
int config_repeated(struct vty *vty, int line);
/* The item of vty->index if it still is in the list, else NULL. */
void *config_index_in(struct vty *vty, const struct llist_head *items);
/* For a new item. CMD_SUCCESS, or CMD_WARNING after a refusal. */
int config_name_check(struct vty *vty, const char *name, const struct llist_head *items,
		      unsigned int max);

/* read.c: the line being read, 0 in a session. */
int config_line(void);

/* Each node. */
void config_sip_defaults(struct config *c);
void config_cdr_defaults(struct config *c);
void config_isup_defaults(struct config *c);
void config_vty_sip_init(struct config *c);
void config_vty_isup_init(struct config *c);
void config_vty_media_init(struct config *c);
void config_vty_trunk_init(struct config *c);
void config_vty_table_init(struct config *c);
void config_vty_cdr_init(struct config *c);
/* Of one kind of trunk group. */
extern const struct config_setting config_isup_settings[], config_sip_settings[];
/* Numbers and who calls, of both and of each. */
extern const struct config_setting config_party_settings[], config_party_isup_settings[],
	config_party_sip_settings[];
void config_vty_trunk_isup_init(struct config *c, config_object_cb *object);
void config_vty_trunk_sip_init(struct config *c, config_object_cb *object);
void config_trunk_isup_write(struct vty *vty, const struct config_trunk *t);
void config_vty_mapping_init(int node);
void config_mapping_write(struct vty *vty, const struct config_trunk *t);
void config_vty_circuits_init(void);
void config_circuits_write(struct vty *vty, const struct config_trunk *t);
void config_trunk_sip_write(struct vty *vty, const struct config_trunk *t);
struct config_trunk *config_vty_trunk(struct vty *vty);

/* match.c */
/* address and line are the caller's */
int config_prefix_parse(struct config_prefix *p, const char *text);

/* check_*.c: one run of config_check(). */
struct config_check {
	const struct config *c;
	config_pc_cb *pc;
	void *pc_ctx;
	config_complain_cb *complain;
	void *ctx;
	unsigned int n;
};
void config_complain(struct config_check *k, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void config_check_isup(struct config_check *k);
/* point code in the network of the trunk group, or as config_pc_cb */
int config_check_point_code(const struct config_check *k, const struct config_trunk *t,
			    const char *pc);
void config_check_bits(struct config_check *k, const struct config_trunk *t, int line,
		       const char *which, int pc);
bool config_check_knows_codes(const struct config_check *k, const struct config_trunk *t);
void config_check_circuits(struct config_check *k, const struct config_trunk *t);
void config_check_digits(struct config_check *k, const struct config_trunk *t);
void config_check_sip(struct config_check *k);

#endif
