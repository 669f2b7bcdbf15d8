/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "trunk-group NAME (isup|sip)": what both kinds have. */
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

static const struct config_choice standards[] = {
	{ "rfc3398", 1, "RFC 3398 (default)" },
	{ "profile-a", 2, "Q.1912.5 profile A, SIP of 3GPP (TS 29.163)" },
	{ "profile-b", 3, "Q.1912.5 profile B, SIP" },
	{ "profile-c", 4, "Q.1912.5 profile C (default with `isup-body sip-i')" },
	{}
};

static const struct config_setting settings[] = {
	{ .name = "description", .kind = CONFIG_LINE, CONFIG_MEMBER(config_trunk, description),
	  .form = "Text to the end of the line", .help = "What it is, in your words\n" },
	{ .name = "route-table", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, route_table),
	  .ok = config_name_ok,
	  .form = "name of a route table",
	  .help = "How calls that come from this trunk group are routed (needed)\n" },
	{ .name = "country-code", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, country_code),
	  .ok = config_country_code_ok, .form = "a country code of E.164 is needed, e.g. 49",
	  .help = "Country of the national numbers on this trunk group\n" },
	{ .name = "area-code", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, area_code),
	  .ok = config_area_code_ok,
	  .form = "1-8 digits without the trunk prefix are needed, e.g. 30",
	  .help = "Area of the subscriber numbers on this trunk group\n" },
	{ .name = "max-calls", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config_trunk, max_calls),
	  .max = 1000000,
	  .form = "Calls at a time in both directions; 0: no limit (default)",
	  .help = "Refuse more calls (cause 34)\n" },
	{ .name = "max-forwards-factor", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, max_forwards_factor), .max = 10,
	  .form = "Max-Forwards is the hop counter times this (Q.1912.5); 0: not mapped (default)",
	  .help = "Mapping between ISUP's hop counter and Max-Forwards\n" },
	{ .name = "announcement", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, announcement_s), .min = 1, .max = 600, .def = 20,
	  .form = "Seconds; default 20",
	  .help = "How long the reason of a failure is heard before a SIP caller gets it\n" },
	{ .name = "interworking", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, interworking),
	  .choices = standards,
	  .help = "The standard whose column of the mapping tables holds\n" },
	{}
};

static struct cmd_node isup_node = { CONFIG_NODE_TRUNK_ISUP, "%s(config-trunk-group-isup)# ", 1 };
static struct cmd_node sip_node = { CONFIG_NODE_TRUNK_SIP, "%s(config-trunk-group-sip)# ", 1 };

struct config_trunk *config_vty_trunk(struct vty *vty)
{
	return config_index_in(vty, &config_vty_get()->trunks);
}

static void *object(struct vty *vty)
{
	return config_vty_trunk(vty);
}

static const struct config_setting *settings_of(const struct config_trunk *t)
{
	return t->type == CONFIG_TRUNK_ISUP ? config_isup_settings : config_sip_settings;
}

static const struct config_setting *party_of(const struct config_trunk *t)
{
	return t->type == CONFIG_TRUNK_ISUP ? config_party_isup_settings
					    : config_party_sip_settings;
}

static struct config_trunk *trunk_new(struct config *c, const char *name,
				      enum config_trunk_type type)
{
	struct config_trunk *t = talloc_zero(c, struct config_trunk);

	t->name = talloc_strdup(t, name);
	t->type = type;
	t->line = config_line();
	/* what the other kind lacks must have a value too */
	config_settings_default(t, config_isup_settings);
	config_settings_default(t, config_sip_settings);
	config_settings_default(t, settings);
	config_settings_default(t, config_party_settings);
	config_settings_default(t, party_of(t));
	config_settings_default(t, settings_of(t));
	llist_add_tail(&t->list, &c->trunks);
	return t;
}

#define TRUNK_HELP "A trunk group\nIts name\n"

DEFUN(trunk_enter, trunk_enter_cmd, "trunk-group NAME (isup|sip)",
      TRUNK_HELP "Circuits to an exchange, signalled by ISUP\nA SIP peer or a group of them\n")
{
	enum config_trunk_type type =
		strcmp(argv[1], "sip") == 0 ? CONFIG_TRUNK_SIP : CONFIG_TRUNK_ISUP;
	struct config *c = config_vty_get();
	struct config_trunk *t = config_trunk_find(c, argv[0]);
	int rc;

	rc = t ? config_repeated(vty, t->line)
	       : config_name_check(vty, argv[0], &c->trunks, CONFIG_MAX_TRUNKS);
	if (rc != CMD_SUCCESS)
		return rc;
	if (t && t->type != type)
		return config_refuse(vty, "it is of the other kind");
	if (!t)
		t = trunk_new(c, argv[0], type);
	vty->index = t;
	vty->node = type == CONFIG_TRUNK_ISUP ? CONFIG_NODE_TRUNK_ISUP : CONFIG_NODE_TRUNK_SIP;
	return CMD_SUCCESS;
}

DEFUN(no_trunk, no_trunk_cmd, "no trunk-group NAME", NO_STR TRUNK_HELP)
{
	struct config_trunk *t = config_trunk_find(config_vty_get(), argv[0]);

	if (!t)
		return config_refuse(vty, "there is no such trunk group");
	llist_del(&t->list);	/* not freed: see config_vty_init() */
	return CMD_SUCCESS;
}

/* Both kinds, in the order of their definition; so only one of the two nodes writes. */
static int write_node(struct vty *vty)
{
	const struct config_trunk *t;
	bool isup;

	llist_for_each_entry(t, &config_vty_get()->trunks, list) {
		isup = t->type == CONFIG_TRUNK_ISUP;
		vty_out(vty, "trunk-group %s %s%s", t->name, isup ? "isup" : "sip", VTY_NEWLINE);
		config_settings_write(vty, t, settings);
		config_settings_write(vty, t, config_party_settings);
		config_settings_write(vty, t, party_of(t));
		if (isup)
			config_trunk_isup_write(vty, t);
		else
			config_trunk_sip_write(vty, t);
		config_settings_write(vty, t, settings_of(t));
		config_mapping_write(vty, t);
	}
	return CMD_SUCCESS;
}

void config_vty_trunk_init(struct config *c)
{
	install_node(&isup_node, write_node);
	install_node(&sip_node, NULL);
	install_element(CONFIG_NODE, &trunk_enter_cmd);
	install_element(CONFIG_NODE, &no_trunk_cmd);
	config_settings_install(c, CONFIG_NODE_TRUNK_ISUP, settings, object);
	config_settings_install(c, CONFIG_NODE_TRUNK_SIP, settings, object);
	config_settings_install(c, CONFIG_NODE_TRUNK_ISUP, config_party_settings, object);
	config_settings_install(c, CONFIG_NODE_TRUNK_SIP, config_party_settings, object);
	config_settings_install(c, CONFIG_NODE_TRUNK_ISUP, config_party_isup_settings, object);
	config_settings_install(c, CONFIG_NODE_TRUNK_SIP, config_party_sip_settings, object);
	config_vty_mapping_init(CONFIG_NODE_TRUNK_ISUP);
	config_vty_mapping_init(CONFIG_NODE_TRUNK_SIP);
	config_vty_trunk_isup_init(c, object);
	config_vty_trunk_sip_init(c, object);
}
