/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Node "trunk-group NAME isup": point codes, circuits and what its messages say by default. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "config/internal.h"

enum { MAX_SUN_PATH = 107 };	/* unix(7) */

static const struct config_choice indicators[] = {	/* Q.704 14.2.2 */
	{ "international", 0, "International network" },
	{ "spare", 1, "International network, spare" },
	{ "national", 2, "National network (default)" },
	{ "reserved", 3, "National network, reserved" },
	{}
};

static const struct config_choice hunts[] = {
	{ "round-robin", CONFIG_HUNT_ROUND_ROBIN,
	  "The next idle one after the last seized (default)" },
	{ "lowest", CONFIG_HUNT_LOWEST, "The lowest idle CIC" },
	{ "highest", CONFIG_HUNT_HIGHEST, "The highest idle CIC" },
	{ "controlled", CONFIG_HUNT_CONTROLLED,
	  "The longest idle one that is ours in a dual seizure, then the others" },
	{ "odd", CONFIG_HUNT_ODD, "As controlled, ours being the odd CICs" },
	{ "even", CONFIG_HUNT_EVEN, "As controlled, ours being the even CICs" },
	{ "least-recently-used", CONFIG_HUNT_LEAST_RECENTLY_USED,
	  "The one that is idle for longest" },
	{}
};

static const struct config_choice media[] = {		/* Q.763 3.54 */
	{ "speech", 0, "Speech" },
	{ "unrestricted", 2, "64 kbit/s unrestricted" },
	{ "audio", 3, "3.1 kHz audio (default)" },
	{}
};

static const struct config_choice locations[] = {	/* Q.850 2.2.3 */
	{ "user", 0, "User" },
	{ "private-local", 1, "Private network serving the local user" },
	{ "public-local", 2, "Public network serving the local user" },
	{ "transit", 3, "Transit network" },
	{ "public-remote", 4, "Public network serving the remote user" },
	{ "private-remote", 5, "Private network serving the remote user" },
	{ "international", 7, "International network" },
	{ "beyond-interworking", 10, "Network beyond the interworking point (default)" },
	{}
};

static const struct config_choice acls[] = {	/* Q.764 2.11; as enum isup_acl */
	{ "both", 0, "Tell the exchange of our overload, send it less when it tells us (default)" },
	{ "send", 1, "Tell it only" },
	{ "obey", 2, "Send it less only" },
	{ "off", 3, "Neither" },
	{}
};

static const struct config_choice suspends[] = {	/* Q.764 2.4 */
	{ "automatic", CONFIG_SUSPEND_AUTOMATIC,
	  "Controlling exchange of calls that come from SIP, no other (default)" },
	{ "pass", CONFIG_SUSPEND_PASS, "Other exchanges do" },
	{ "controlling", CONFIG_SUSPEND_CONTROLLING, "Controlling exchange: T2 and T6" },
	{ "international", CONFIG_SUSPEND_INTERNATIONAL,
	  "Incoming international exchange: T38" },
	{}
};

static const struct config_choice ringbacks[] = {
	{ "gateway", CONFIG_RINGBACK_GATEWAY,
	  "The media gateway plays it where the mapping's rules say so (default)" },
	{ "network", CONFIG_RINGBACK_NETWORK, "The called side sends it; the caller listens" },
	{ "none", CONFIG_RINGBACK_NONE, "The calling side makes its own" },
	{}
};

static const struct config_choice controls[] = {	/* Q.764 2.9.1.4 */
	{ "parity", 0, "The even ones when our point code is the higher, else the odd (default)" },
	{ "all", 1, "All circuits" },
	{ "none", 2, "No circuit" },
	{ "odd", 3, "Those with an odd CIC" },
	{ "even", 4, "Those with an even CIC" },
	{}
};

static const struct config_choice tones[] = {		/* Q.724 7 */
	{ "single", 0, "2010 Hz both ways, looped at the far end (default)" },
	{ "pair", 1, "2010 Hz one way, 1780 Hz back from the far end's transponder" },
	{}
};

const struct config_setting config_isup_settings[] = {
	{ .name = "dialect", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, dialect),
	  .ok = config_dialect_ok,
	  .form = "one of: itu itu92 etsi ansi china russia",
	  .help = "Dialect of ISUP\n", .text_def = "itu" },
	{ .name = "point-code local", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, opc),
	  .ok = config_pc_ok,
	  .form = "a point code in the cs7 instance's format is needed, e.g. 1.1.1",
	  .help = "Point codes\nOurs; default: that of the cs7 instance\n" },
	{ .name = "point-code remote", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, dpc),
	  .ok = config_pc_ok,
	  .form = "a point code in the cs7 instance's format is needed, e.g. 1.1.2",
	  .help = "Point codes\n"
		  "The exchange at the other end (needed where `circuits' name none)\n" },
	{ .name = "network-indicator", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, ni),
	  .def = 2,
	  .choices = indicators, .help = "Network indicator of the messages (Q.704 14.2.2)\n" },
	{ .name = "hunt", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, hunt),
	  .choices = hunts,
	  .help = "Which idle circuit takes an outgoing call\n" },
	{ .name = "reset-at-start", .kind = CONFIG_FLAG,
	  CONFIG_MEMBER(config_trunk, reset_at_start), .def = true,
	  .help = "Reset all circuits (GRS) when the gateway starts (default)\n" },
	{ .name = "media-gateway", .kind = CONFIG_TEXT, CONFIG_MEMBER(config_trunk, media),
	  .ok = config_name_ok,
	  .form = "name of a media gateway", .help = "Where the circuits end (needed)\n" },
	{ .name = "isup all-the-way", .kind = CONFIG_FLAG,
	  CONFIG_MEMBER(config_trunk, isup_all_the_way),
	  .help = "Indicators of messages made from SIP\nSay `ISUP used all the way', "
		  "whatever the table of indicators says\n" },
	{ .name = "send-st", .kind = CONFIG_FLAG, CONFIG_MEMBER(config_trunk, send_st),
	  .help = "End complete called numbers with ST (digit F)\n" },
	{ .name = "continuity-tones", .kind = CONFIG_CHOICE,
	  CONFIG_MEMBER(config_trunk, continuity_pair), .choices = tones,
	  .help = "Tones of continuity checks, from either end\n" },
	{ .name = "loop-back-acknowledgement", .kind = CONFIG_FLAG,
	  CONFIG_MEMBER(config_trunk, loop_ack),
	  .help = "CCR is acknowledged by LPA, both ways (national use; ANSI has it anyway)\n" },
	{ .name = "satellites", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config_trunk, nci_satellite),
	  .max = 2,
	  .form = "Circuits in the connection; default 0",
	  .help = "Satellite indicator of an IAM made from SIP\n" },
	{ .name = "echo-control-device", .kind = CONFIG_FLAG, CONFIG_MEMBER(config_trunk, nci_echo),
	  .help = "An IAM made from SIP says that an outgoing echo control device is included\n" },
	{ .name = "category", .kind = CONFIG_NUMBER, CONFIG_MEMBER(config_trunk, category),
	  .max = 255, .def = CONFIG_DEFAULT_CATEGORY,
	  .form = "Q.763 3.11; default 10, ordinary subscriber",
	  .help = "Calling party's category of an IAM made from SIP\n" },
	{ .name = "transmission-medium", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, tmr),
	  .def = CONFIG_DEFAULT_MEDIUM,
	  .choices = media, .help = "Transmission medium requirement of an IAM made from SIP\n" },
	{ .name = "location", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, location),
	  .def = CONFIG_DEFAULT_LOCATION,
	  .choices = locations,
	  .help = "Location in the causes that the gateway makes (Q.850 2.2.3)\n" },
	{ .name = "overlap minimum-digits", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, overlap_minimum), .max = 32,
	  .form = "Digits needed to route a call; default 0, numbers come en bloc",
	  .help = "Called numbers that come in SAM, too\nDigits of the shortest number\n" },
	{ .name = "overlap maximum-digits", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, overlap_maximum), .max = 32,
	  .form = "Digits after which none is awaited; default 0, not known",
	  .help = "Called numbers that come in SAM, too\nDigits of the longest number\n" },
	{ .name = "en-bloc-only", .kind = CONFIG_FLAG, CONFIG_MEMBER(config_trunk, en_bloc_only),
	  .help = "Called numbers are sent whole, in the IAM: no SAM follows\n" },
	{ .name = "suspend", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, suspend),
	  .choices = suspends,
	  .help = "Who watches that a suspended call is resumed (Q.764 2.4)\n" },
	{ .name = "ringback", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, ringback),
	  .choices = ringbacks,
	  .help = "Ring tone of callers from this trunk group while a SIP peer sends none\n" },
	{ .name = "dual-seizure", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, dual_seizure),
	  .choices = controls,
	  .help = "Circuits whose call is kept when both ends seize them at once\n" },
	{ .name = "automatic-congestion", .kind = CONFIG_CHOICE, CONFIG_MEMBER(config_trunk, acl),
	  .choices = acls,
	  .help = "Automatic congestion level in REL (Q.764 2.11)\n" },
	{ .name = "message-length", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, max_message), .max = 272,
	  .form = "Octets from the CIC on; default 0, what MTP carries",
	  .help = "Longer messages are sent in two parts (SGM)\n" },
	{}
};

DEFUN(trunk_mtp_sigtran, trunk_mtp_sigtran_cmd, "mtp sigtran <0-15>",
      "How messages reach the exchange\nM3UA\nNumber of the cs7 instance; default 0\n")
{
	struct config_trunk *t = config_vty_trunk(vty);

	if (!t)
		return config_gone(vty);
	t->mtp = CONFIG_MTP_SIGTRAN;
	t->cs7_instance = strtoul(argv[0], NULL, 10);
	return CMD_SUCCESS;
}

DEFUN(trunk_mtp_local, trunk_mtp_local_cmd, "mtp local PATH (listen|connect)",
      "How messages reach the exchange\nA local socket (tests, benchmarks)\nPath of at most 107 "
      "characters\n"
      "Make the socket and wait\nConnect to it\n")
{
	struct config_trunk *t = config_vty_trunk(vty);

	if (!t)
		return config_gone(vty);
	if (strlen(argv[0]) > MAX_SUN_PATH)
		return config_refuse(vty, "a path of at most %d characters is needed",
				     MAX_SUN_PATH);
	t->mtp = CONFIG_MTP_LOCAL;
	talloc_free(t->mtp_path);
	t->mtp_path = talloc_strdup(t, argv[0]);
	t->mtp_listen = strcmp(argv[1], "listen") == 0;
	return CMD_SUCCESS;
}

static int set_continuity(struct vty *vty, unsigned int every)
{
	struct config_trunk *t = config_vty_trunk(vty);

	if (!t)
		return config_gone(vty);
	t->continuity_every = every;
	return CMD_SUCCESS;
}

#define CONTINUITY_HELP "Continuity checks of calls to this trunk group (Q.764 2.1.8)\n"

DEFUN(trunk_continuity, trunk_continuity_cmd, "continuity-check (never|always)",
      CONTINUITY_HELP "None (default)\nOf each call\n")
{
	return set_continuity(vty, argv[0][0] == 'a');
}

DEFUN(trunk_continuity_every, trunk_continuity_every_cmd, "continuity-check every <2-10000>",
      CONTINUITY_HELP "Of some\nOne in so many calls\n")
{
	return set_continuity(vty, strtoul(argv[0], NULL, 10));
}

void config_trunk_isup_write(struct vty *vty, const struct config_trunk *t)
{
	if (t->mtp == CONFIG_MTP_LOCAL)
		vty_out(vty, " mtp local %s %s%s", t->mtp_path,
			t->mtp_listen ? "listen" : "connect", VTY_NEWLINE);
	else
		vty_out(vty, " mtp sigtran %u%s", t->cs7_instance, VTY_NEWLINE);
	config_circuits_write(vty, t);
	if (t->continuity_every == 1)
		vty_out(vty, " continuity-check always%s", VTY_NEWLINE);
	else if (t->continuity_every)
		vty_out(vty, " continuity-check every %u%s", t->continuity_every, VTY_NEWLINE);
}

void config_vty_trunk_isup_init(struct config *c, config_object_cb *object)
{
	config_settings_install(c, CONFIG_NODE_TRUNK_ISUP, config_isup_settings, object);
	install_element(CONFIG_NODE_TRUNK_ISUP, &trunk_mtp_sigtran_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &trunk_mtp_local_cmd);
	config_vty_circuits_init();
	install_element(CONFIG_NODE_TRUNK_ISUP, &trunk_continuity_cmd);
	install_element(CONFIG_NODE_TRUNK_ISUP, &trunk_continuity_every_cmd);
}
