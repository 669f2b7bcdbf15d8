/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes "trunk-group NAME (isup|sip)": how numbers are written there, and who calls. */
#include "config/internal.h"

const struct config_setting config_party_settings[] = {
	{ .name = "national-prefix", .kind = CONFIG_TEXT,
	  CONFIG_MEMBER(config_trunk, party.national_prefix), .ok = config_prefix_ok,
	  .form = "1-7 digits are needed, e.g. 0",
	  .help = "What is dialled before national numbers; default: nothing\n" },
	{ .name = "international-prefix", .kind = CONFIG_TEXT,
	  CONFIG_MEMBER(config_trunk, party.international_prefix), .ok = config_prefix_ok,
	  .form = "1-7 digits are needed, e.g. 00",
	  .help = "What is dialled before international numbers; default: nothing\n" },
	{ .name = "own-carrier", .kind = CONFIG_TEXT,
	  CONFIG_MEMBER(config_trunk, party.own_carrier), .ok = config_carrier_ok,
	  .form = "the code of a carrier is needed, e.g. 5062",
	  .help = "The carrier that this trunk group leads to: it is not named there\n" },
	{}
};

const struct config_setting config_party_isup_settings[] = {
	{ .name = "routing-number-length", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, party.routing_length), .max = 15,
	  .form = "Digits; default 0, not known",
	  .help = "Routing numbers that stand before ported numbers (Q.769.1)\n" },
	{ .name = "mlpp-domain", .kind = CONFIG_NUMBER,
	  CONFIG_MEMBER(config_trunk, party.mlpp_domain), .max = 0xffffff,
	  .form = "Service domain; default 0",
	  .help = "Of MLPP precedences made from Resource-Priority (Q.763 3.34)\n" },
	{}
};

const struct config_setting config_party_sip_settings[] = {
	{ .name = "trunk-context", .kind = CONFIG_TEXT,
	  CONFIG_MEMBER(config_trunk, party.trunk_context), .ok = config_context_ok,
	  .form = "a host name of at most 63 characters",
	  .help = "Where the names of our trunk groups hold (RFC 4904); default: our host\n" },
	{ .name = "default-calling-number", .kind = CONFIG_TEXT,
	  CONFIG_MEMBER(config_trunk, party.default_calling), .ok = config_digits_ok,
	  .form = "international digits without + are needed, e.g. 4930123",
	  .help = "Calling party number of calls from SIP that nobody asserts one for\n" },
	{}
};
