/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "trunk-group NAME sip": where calls go to and are taken from, and how the peer is spoken to.
 */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"
#include "config/match.h"

enum { SIP_PORT = 5060 };

static const struct config_choice rel100[] = {
	{ "off", CONFIG_100REL_OFF, "Never" },
	{ "supported", CONFIG_100REL_SUPPORTED, "When the peer supports it (default)" },
	{ "required", CONFIG_100REL_REQUIRED, "Always; calls of peers without it are refused" },
	{}
};

static const struct config_choice isup_bodies[] = {
	{ "none", CONFIG_ISUP_NONE, "Neither sent nor taken (default)" },
	{ "sip-t", CONFIG_ISUP_SIP_T, "Where the peer takes part in it (RFC 3372, RFC 3398)" },
	{ "sip-i", CONFIG_ISUP_SIP_I, "In all messages that have one (Q.1912.5 profile C)" },
	{}
};

static const struct config_choice isup_handling[] = {
	{ "optional", false, "The peer may ignore them (default)" },
	{ "required", true, "The peer must understand them" },
	{}
};

static const struct config_choice isup_trust[] = {
	{ "all", CONFIG_TRUST_ALL, "Everything that they say (default)" },
	{ "listed", CONFIG_TRUST_LISTED, "What mapping table `trust' lets through, both ways" },
	{ "none", CONFIG_TRUST_NONE, "Nothing; what we send is as listed" },
	{}
};

static const struct config_choice overlaps[] = {		/* RFC 3578 */
	{ "off", CONFIG_OVERLAP_OFF, "Numbers are whole, both ways (default)" },
	{ "invites", CONFIG_OVERLAP_INVITES, "Each time an INVITE with all digits so far" },
	{ "info", CONFIG_OVERLAP_INFO, "Further digits in INFO, within the early dialog" },
	{}
};

static const struct config_choice redirects[] = {	/* RFC 3398 8.2.5 */
	{ "refuse", CONFIG_REDIRECT_REFUSE, "They end, with the new number told (default)" },
	{ "follow", CONFIG_REDIRECT_FOLLOW,
	  "They go on to targets of trunk groups, and numbers by the caller's route table" },
	{ "any", CONFIG_REDIRECT_ANY, "They go on to any address, too" },
	{}
};

const struct config_setting config_sip_settings[] = {
	{ .name = "local-port", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config_trunk, local_port),
	  .max = 65535,
	  .form = "A port of `sip listen'; 0: any (default)",
	  .help = "Take calls that arrive at one port of ours only\n" },
	{ .name = "retry-after", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config_trunk, retry_after),
	  .max = 3600, .def = 1,
	  .form = "Seconds, said with causes 34, 38, 41, 42 and 47; default 1; 0: not said",
	  .help = "Retry-After in 503 responses\n" },
	{ .name = "host", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, host),
	  .ok = config_host_ok,
	  .form = "a numeric address or a host name",
	  .help = "Host in Request-URI and To; default: the target's\n" },
	{ .name = "isup-body", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, isup_body),
	  .choices = isup_bodies, .help = "ISUP messages as bodies in SIP\n" },
	{ .name = "isup-handling", .kind = CONFIG_CHOICE,
	  CONFIG_MEMBER(config_trunk, isup_required), .choices = isup_handling,
	  .help = "`handling' of the ISUP bodies we make (RFC 3204)\n" },
	{ .name = "isup-trust", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, isup_trust),
	  .choices = isup_trust, .help = "What is believed of the peer's ISUP bodies\n" },
	{ .name = "dialect", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, dialect),
	  .ok = config_dialect_ok,
	  .form = "one of: itu itu92 etsi ansi china russia", .text_def = "itu",
	  .help = "Dialect of the ISUP bodies we make\n" },
	{ .name = "isup-version", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, isup_version),
	  .ok = config_token_ok, .form = "a token of at most 15 characters",
	  .help = "`version' of the ISUP bodies we make; default: by their dialect\n" },
	{ .name = "isup-base", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, isup_base),
	  .ok = config_token_ok, .form = "a token of at most 15 characters",
	  .help = "`base' of the ISUP bodies we make; default: by their dialect\n" },
	{ .name = "send-p-asserted-identity", .kind = CONFIG_FLAG,
	  CONFIG_MEMBER(config_trunk, send_pai),
	  .help = "The peer is trusted: tell it the calling number even if its presentation is "
		  "restricted (RFC 3325)\n" },
	{ .name = "trust-p-asserted-identity", .kind = CONFIG_FLAG,
	  CONFIG_MEMBER(config_trunk, trust_pai),
	  .help = "Take the calling number from the peer's P-Asserted-Identity (RFC 3325)\n" },
	{ .name = "early-media", .kind = CONFIG_FLAG, CONFIG_MEMBER(config_trunk, early_media),
	  .def = true,
	  .help = "Send 183 with SDP when the far end has tones or announcements (default)\n" },
	{ .name = "redirect", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, redirect),
	  .choices = redirects,
	  .help = "What becomes of calls that the peer sends on (3xx)\n" },
	{ .name = "100rel", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, rel100),
	  .def = CONFIG_100REL_SUPPORTED,
	  .choices = rel100, .help = "Reliable provisional responses (RFC 3262)\n" },
	{ .name = "overlap", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, overlap),
	  .choices = overlaps, .help = "Called numbers whose digits come one after the other\n" },
	{ .name = "overlap minimum-digits", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, overlap_minimum), .max = 32,
	  .form = "Digits needed to route a call; default 0, one",
	  .help = "Called numbers whose digits come one after the other\n"
		  "Digits of the shortest number\n" },
	{ .name = "overlap maximum-digits", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, overlap_maximum), .max = 32,
	  .form = "Digits after which none is awaited; default 0, not known",
	  .help = "Called numbers whose digits come one after the other\n"
		  "Digits of the longest number\n" },
	{ .name = "overlap timer", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, overlap_timer_s), .min = 4, .max = 20,
	  .def = CONFIG_OVERLAP_TIMER_S,
	  .form = "Seconds; default 10",
	  .help = "Called numbers whose digits come one after the other\n"
		  "How long the next digits are awaited (TS 24.229 N.3.1)\n" },
	{}
};

#define TARGET_HELP \
	"Where calls are sent, in this order (at most 8)\nNumeric address or host name\n"
#define TARGET_PORT_HELP "Port, default 5060\n"

static struct config_target *target_find(struct config_trunk *t, const struct config_target *key)
{
	struct config_target *o;

	for (o = t->targets; o < t->targets + t->n_targets; o++) {
		if (strcmp(o->host, key->host) == 0 && o->port == key->port &&
		    o->transport == key->transport)
			return o;
	}
	return NULL;
}

static struct config_target target_of(int argc, const char *argv[])
{
	return (struct config_target){
		.host = (char *)(uintptr_t)argv[0],
		.port = argc > 1 ? strtoul(argv[1], NULL, 10) : SIP_PORT,
		.transport = argc > 2 && strcmp(argv[2], "tcp") == 0 ? CONFIG_TCP : CONFIG_UDP,
		.line = config_line(),
	};
}

DEFUN(trunk_target, trunk_target_cmd, "target HOST", TARGET_HELP)
{
	struct config_target key = target_of(argc, argv);
	struct config_trunk *t = config_vty_trunk(vty);

	if (!t)
		return config_gone(vty);
	if (!config_host_ok(key.host))
		return config_refuse(vty, "a numeric address or a host name is needed");
	if (target_find(t, &key))
		return config_refuse(vty, "it is a target already");
	if (t->n_targets == CONFIG_MAX_TARGETS)
		return config_refuse(vty, "more than %d targets are not allowed",
				     CONFIG_MAX_TARGETS);
	config_target_set_host(&key, talloc_strdup(t, key.host));
	t->targets[t->n_targets++] = key;
	return CMD_SUCCESS;
}

ALIAS(trunk_target, trunk_target_port_cmd, "target HOST <1-65535>", TARGET_HELP TARGET_PORT_HELP)
ALIAS(trunk_target, trunk_target_transport_cmd, "target HOST <1-65535> (udp|tcp)",
      TARGET_HELP TARGET_PORT_HELP "Over UDP (default)\nOver TCP\n")

DEFUN(trunk_no_target, trunk_no_target_cmd, "no target HOST", NO_STR TARGET_HELP)
{
	struct config_target key = target_of(argc, argv), *o;
	struct config_trunk *t = config_vty_trunk(vty);

	if (!t)
		return config_gone(vty);
	o = target_find(t, &key);
	if (!o)
		return config_refuse(vty, "there is no such target");
	talloc_free(o->host);
	t->n_targets--;
	memmove(o, o + 1, (size_t)(t->targets + t->n_targets - o) * sizeof(*o));
	return CMD_SUCCESS;
}

ALIAS(trunk_no_target, trunk_no_target_port_cmd, "no target HOST <1-65535>",
      NO_STR TARGET_HELP TARGET_PORT_HELP)
ALIAS(trunk_no_target, trunk_no_target_transport_cmd, "no target HOST <1-65535> (udp|tcp)",
      NO_STR TARGET_HELP TARGET_PORT_HELP "Over UDP\nOver TCP\n")

#define ACCEPT_HELP \
	"Take calls from addresses beside the targets' (at most 32)\nNumeric ADDRESS or " \
	"ADDRESS/BITS, e.g. 192.0.2.0/24\n"

static struct config_prefix *accept_find(struct config_trunk *t, const struct config_prefix *key)
{
	struct config_prefix *o;

	for (o = t->accept; o < t->accept + t->n_accept; o++) {
		if (o->octet_bits == key->octet_bits &&
		    memcmp(o->octets, key->octets, sizeof(key->octets)) == 0)
			return o;
	}
	return NULL;
}

DEFUN(trunk_accept, trunk_accept_cmd, "accept-from PREFIX", ACCEPT_HELP)
{
	struct config_trunk *t = config_vty_trunk(vty);
	struct config_prefix p;

	if (!t)
		return config_gone(vty);
	if (config_prefix_parse(&p, argv[0]) < 0)
		return config_refuse(vty,
				     "ADDRESS or ADDRESS/BITS with no bit set behind the prefix "
				     "is needed");
	if (accept_find(t, &p))
		return config_refuse(vty, "it is accepted already");
	if (t->n_accept == CONFIG_MAX_PREFIXES)
		return config_refuse(vty, "more than %d prefixes are not allowed",
				     CONFIG_MAX_PREFIXES);
	p.address = talloc_strndup(t, argv[0], strcspn(argv[0], "/"));
	p.line = config_line();
	t->accept[t->n_accept++] = p;
	return CMD_SUCCESS;
}

DEFUN(trunk_no_accept, trunk_no_accept_cmd, "no accept-from PREFIX", NO_STR ACCEPT_HELP)
{
	struct config_trunk *t = config_vty_trunk(vty);
	struct config_prefix p, *o;

	if (!t)
		return config_gone(vty);
	o = config_prefix_parse(&p, argv[0]) < 0 ? NULL : accept_find(t, &p);
	if (!o)
		return config_refuse(vty, "there is no such prefix");
	talloc_free(o->address);
	t->n_accept--;
	memmove(o, o + 1, (size_t)(t->accept + t->n_accept - o) * sizeof(*o));
	return CMD_SUCCESS;
}

void config_trunk_sip_write(struct vty *vty, const struct config_trunk *t)
{
	unsigned int i;

	for (i = 0; i < t->n_targets; i++)
		vty_out(vty, " target %s %u %s%s", t->targets[i].host, t->targets[i].port,
			t->targets[i].transport == CONFIG_TCP ? "tcp" : "udp", VTY_NEWLINE);
	for (i = 0; i < t->n_accept; i++)
		vty_out(vty, " accept-from %s/%u%s", t->accept[i].address, t->accept[i].bits,
			VTY_NEWLINE);
}

void config_vty_trunk_sip_init(struct config *c, config_object_cb *object)
{
	static struct cmd_element *const commands[] = {
		&trunk_target_cmd,    &trunk_target_port_cmd,    &trunk_target_transport_cmd,
		&trunk_no_target_cmd, &trunk_no_target_port_cmd, &trunk_no_target_transport_cmd,
		&trunk_accept_cmd,    &trunk_no_accept_cmd,
	};
	unsigned int i;

	config_settings_install(c, CONFIG_NODE_TRUNK_SIP, config_sip_settings, object);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		install_element(CONFIG_NODE_TRUNK_SIP, commands[i]);
}
