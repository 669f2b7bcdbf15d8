/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "media-gateway NAME": who carries the speech of a trunk group's circuits. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

enum { MGCP_GATEWAY_PORT = 2427 };	/* RFC 3435 3.5.2 */

static const struct config_choice types[] = {
	{ "mgcp", CONFIG_MEDIA_MGCP, "Controlled by MGCP, RFC 3435 (default)" },
	{ "none", CONFIG_MEDIA_NONE, "Not controlled: signalling only, or RTP addresses by rule" },
	{}
};

static const struct config_setting settings[] = {
	{ .name = "type", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_media, type),
	  .choices = types,
	  .help = "How it is controlled\n" },
	{ .name = "domain", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_media, domain),
	  .ok = config_host_ok,
	  .form = "a numeric address or a host name",
	  .help = "What follows the @ in the names of its endpoints\n" },
	{ .name = "endpoint", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_media, endpoint),
	  .ok = config_endpoint_ok,
	  .form = "1-128 characters; %c is the CIC, %p the PCM number (CIC / 32), %t the time "
		  "slot (CIC % 32); * or $ any",
	  .help = "Local name of a circuit's endpoint\n" },
	{ .name = "keepalive", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config_media, keepalive_s),
	  .min = 1, .max = 3600, .def = 30,
	  .form = "Seconds; default 30",
	  .help = "Audit the gateway when it has been silent for so long\n" },
	{}
};

static struct cmd_node node = { CONFIG_NODE_MEDIA, "%s(config-media-gateway)# ", 1 };

static void *object(struct vty *vty)
{
	return config_index_in(vty, &config_vty_get()->medias);
}

static int set_address(struct vty *vty, char **ret_address, uint16_t *ret_port, const char *address,
		       unsigned long port)
{
	struct config_media *m = object(vty);

	if (!m)
		return config_gone(vty);
	if (address && !config_address_ok(address))
		return config_refuse(vty, "a numeric IPv4 or IPv6 address is needed");
	talloc_free(*ret_address);
	*ret_address = address ? talloc_strdup(m, address) : NULL;
	*ret_port = port;
	return CMD_SUCCESS;
}

#define MEDIA_HELP "A media gateway\nIts name\n"

DEFUN(media_enter, media_enter_cmd, "media-gateway NAME", MEDIA_HELP)
{
	struct config *c = config_vty_get();
	struct config_media *m = config_media_find(c, argv[0]);
	int rc;

	rc = m ? config_repeated(vty, m->line)
	       : config_name_check(vty, argv[0], &c->medias, CONFIG_MAX_MEDIAS);
	if (rc != CMD_SUCCESS)
		return rc;
	if (!m) {
		m = talloc_zero(c, struct config_media);
		m->name = talloc_strdup(m, argv[0]);
		m->line = config_line();
		config_settings_default(m, settings);
		llist_add_tail(&m->list, &c->medias);
	}
	vty->index = m;
	vty->node = CONFIG_NODE_MEDIA;
	return CMD_SUCCESS;
}

DEFUN(no_media, no_media_cmd, "no media-gateway NAME", NO_STR MEDIA_HELP)
{
	struct config_media *m = config_media_find(config_vty_get(), argv[0]);

	if (!m)
		return config_refuse(vty, "there is no such media gateway");
	llist_del(&m->list);	/* not freed: see config_vty_init() */
	return CMD_SUCCESS;
}

#define REMOTE_HELP "Where the gateway takes MGCP\nNumeric IPv4 or IPv6 address\n"

DEFUN(media_remote, media_remote_cmd, "remote ADDRESS [<1-65535>]",
      REMOTE_HELP "UDP port, default 2427\n")
{
	struct config_media *m = object(vty);
	unsigned long port = argc > 1 ? strtoul(argv[1], NULL, 10) : MGCP_GATEWAY_PORT;

	return m ? set_address(vty, &m->remote_address, &m->remote_port, argv[0], port)
		 : config_gone(vty);
}

DEFUN(media_no_remote, media_no_remote_cmd, "no remote", NO_STR "Where the gateway takes MGCP\n")
{
	struct config_media *m = object(vty);

	return m ? set_address(vty, &m->remote_address, &m->remote_port, NULL, 0)
		 : config_gone(vty);
}

#define LOCAL_HELP "Where we take MGCP from it\n"

DEFUN(media_local, media_local_cmd, "local ADDRESS [<0-65535>]",
      LOCAL_HELP "Numeric IPv4 or IPv6 address\nUDP port; 0: any free one (default)\n")
{
	struct config_media *m = object(vty);
	unsigned long port = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;

	return m ? set_address(vty, &m->local_address, &m->local_port, argv[0], port)
		 : config_gone(vty);
}

DEFUN(media_no_local, media_no_local_cmd, "no local", NO_STR LOCAL_HELP)
{
	struct config_media *m = object(vty);

	return m ? set_address(vty, &m->local_address, &m->local_port, NULL, 0) : config_gone(vty);
}

#define RTP_HELP \
	"Where each circuit's RTP is, by rule (type none: without it no SDP; type mgcp: the " \
	"circuit side)\n"

DEFUN(media_rtp, media_rtp_cmd, "rtp ADDRESS <1-65535>",
      RTP_HELP
      "Numeric IPv4 or IPv6 address\nEven port of CIC 0; each circuit has the port 2 * CIC above\n")
{
	struct config_media *m = object(vty);

	return m ? set_address(vty, &m->rtp_address, &m->rtp_base_port, argv[0],
			       strtoul(argv[1], NULL, 10))
		 : config_gone(vty);
}

DEFUN(media_no_rtp, media_no_rtp_cmd, "no rtp", NO_STR RTP_HELP)
{
	struct config_media *m = object(vty);

	return m ? set_address(vty, &m->rtp_address, &m->rtp_base_port, NULL, 0) : config_gone(vty);
}

static int write_node(struct vty *vty)
{
	const struct config_media *m;

	llist_for_each_entry(m, &config_vty_get()->medias, list) {
		vty_out(vty, "media-gateway %s%s", m->name, VTY_NEWLINE);
		config_settings_write(vty, m, settings);
		if (m->remote_address)
			vty_out(vty, " remote %s %u%s", m->remote_address, m->remote_port,
				VTY_NEWLINE);
		if (m->local_address)
			vty_out(vty, " local %s %u%s", m->local_address, m->local_port,
				VTY_NEWLINE);
		if (m->rtp_address)
			vty_out(vty, " rtp %s %u%s", m->rtp_address, m->rtp_base_port, VTY_NEWLINE);
	}
	return CMD_SUCCESS;
}

void config_vty_media_init(struct config *c)
{
	static struct cmd_element *const commands[] = {
		&media_remote_cmd,   &media_no_remote_cmd, &media_local_cmd,
		&media_no_local_cmd, &media_rtp_cmd,       &media_no_rtp_cmd,
	};
	unsigned int i;

	install_node(&node, write_node);
	install_element(CONFIG_NODE, &media_enter_cmd);
	install_element(CONFIG_NODE, &no_media_cmd);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		install_element(CONFIG_NODE_MEDIA, commands[i]);
	config_settings_install(c, CONFIG_NODE_MEDIA, settings, object);
}
