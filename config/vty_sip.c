/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "sip": where the gateway listens and what it admits. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "config/internal.h"

#define HOST_FORM "a numeric address or a host name"

static const struct config_setting settings[] = {
	{ .name = "public-host", .kind = CONFIG_TEXT, CONFIG_MEMBER(config, sip_public_host),
	  .ok = config_host_ok,
	  .form = HOST_FORM,
	  .help = "Host in Contact and Via instead of the address listened on\n" },
	{ .name = "host", .kind = CONFIG_TEXT, CONFIG_MEMBER(config, sip_host),
	  .ok = config_host_ok, .form = HOST_FORM,
	  .help = "Host part of the gateway's own URIs (From, P-Asserted-Identity)\n" },
	{ .name = "max-calls-per-second", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config, sip_max_cps),
	  .max = 100000,
	  .form = "New INVITEs per second, 0: no limit (default)",
	  .help = "Answer more new calls with 503\n" },
	{ .name = "max-dialogs", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config, sip_max_dialogs),
	  .max = 1000000, .def = 20000,
	  .form = "Dialogs at a time, 0: no limit; default 20000",
	  .help = "Answer more calls with 503\n" },
	{ .name = "t1", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config, sip_t1_ms), .min = 100,
	  .max = 4000, .def = 500,
	  .form = "Milliseconds; default 500",
	  .help = "Estimate of the round trip time (RFC 3261 17.1.1.1)\n" },
	{}
};

static struct cmd_node node = { CONFIG_NODE_SIP, "%s(config-sip)# ", 1 };

void config_sip_defaults(struct config *c)
{
	config_settings_default(c, settings);
}

static void *object(struct vty *vty)
{
	return config_vty_get();
}

static struct config_listen *find(struct config *c, const char *argv[])
{
	enum config_transport transport = strcmp(argv[0], "tcp") == 0 ? CONFIG_TCP : CONFIG_UDP;
	struct config_listen *l;

	for (l = c->listen; l < c->listen + c->n_listen; l++) {
		if (l->transport == transport && strcmp(l->address, argv[1]) == 0 &&
		    l->port == atol(argv[2]))
			return l;
	}
	return NULL;
}

DEFUN(sip_enter, sip_enter_cmd, "sip", "SIP for all trunk groups: addresses, limits\n")
{
	vty->node = CONFIG_NODE_SIP;
	return CMD_SUCCESS;
}

#define LISTEN_HELP \
	"Listen on an address (at most 8)\nUDP\nTCP\nNumeric IPv4 or IPv6 address\nPort, usually " \
	"5060\n"

DEFUN(sip_listen, sip_listen_cmd, "listen (udp|tcp) ADDRESS <1-65535>", LISTEN_HELP)
{
	struct config *c = config_vty_get();
	struct config_listen *l = find(c, argv);

	if (l)
		return config_refuse(vty, "it listens there already");
	if (!config_address_ok(argv[1]))
		return config_refuse(vty, "a numeric IPv4 or IPv6 address is needed");
	if (c->n_listen == CONFIG_MAX_LISTEN)
		return config_refuse(vty, "more than %d addresses are not allowed",
				     CONFIG_MAX_LISTEN);
	l = &c->listen[c->n_listen++];
	*l = (struct config_listen){
		.transport = strcmp(argv[0], "tcp") == 0 ? CONFIG_TCP : CONFIG_UDP,
		.address = talloc_strdup(c, argv[1]),
		.port = strtoul(argv[2], NULL, 10),
		.line = config_line(),
	};
	return CMD_SUCCESS;
}

DEFUN(sip_no_listen, sip_no_listen_cmd, "no listen (udp|tcp) ADDRESS <1-65535>", NO_STR LISTEN_HELP)
{
	struct config *c = config_vty_get();
	struct config_listen *l = find(c, argv);

	if (!l)
		return config_refuse(vty, "it does not listen there");
	talloc_free(l->address);
	c->n_listen--;
	memmove(l, l + 1, (size_t)(c->listen + c->n_listen - l) * sizeof(*l));
	return CMD_SUCCESS;
}

static int write_node(struct vty *vty)
{
	const struct config *c = config_vty_get();
	const struct config_listen *l;

	vty_out(vty, "sip%s", VTY_NEWLINE);
	for (l = c->listen; l < c->listen + c->n_listen; l++)
		vty_out(vty, " listen %s %s %u%s", l->transport == CONFIG_TCP ? "tcp" : "udp",
			l->address, l->port, VTY_NEWLINE);
	config_settings_write(vty, c, settings);
	return CMD_SUCCESS;
}

void config_vty_sip_init(struct config *c)
{
	install_node(&node, write_node);
	install_element(CONFIG_NODE, &sip_enter_cmd);
	install_element(CONFIG_NODE_SIP, &sip_listen_cmd);
	install_element(CONFIG_NODE_SIP, &sip_no_listen_cmd);
	config_settings_install(c, CONFIG_NODE_SIP, settings, object);
}
