/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a trunk group: how numbers are written there, and who calls. Part of struct
 * config_trunk (config/config.h). */
#ifndef TOLLGATE_CONFIG_PARTY_H
#define TOLLGATE_CONFIG_PARTY_H

struct config_party {
	char *national_prefix;		/* "national-prefix 0" */
	char *international_prefix;	/* "international-prefix 00" */
	unsigned int routing_length;	/* "routing-number-length 5" */
	char *own_carrier;		/* "own-carrier 5062" */
	char *trunk_context;		/* "trunk-context gw.example.net" */
	unsigned int mlpp_domain;	/* "mlpp-domain 17" */
	char *default_calling;		/* "default-calling-number 4930123" */
};

#endif
