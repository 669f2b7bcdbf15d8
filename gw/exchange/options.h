/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of tollgate-exchange. */
#ifndef TOLLGATE_EXCHANGE_OPTIONS_H
#define TOLLGATE_EXCHANGE_OPTIONS_H

#include "gw/exchange/exchange.h"

enum { OPT_MAX_SCENARIOS = 16 };

enum mtp_kind { MTP_NONE, MTP_LOCAL, MTP_SIGTRAN };

struct options {
	struct exchange_cfg cfg;
	struct scn_settings settings;
	const char *opc, *dpc;		/* as given: how long they are the dialect says */
	enum mtp_kind mtp;
	char mtp_path[108];		/* of the socket or of the cs7 configuration */
	bool listen;
	unsigned int n_scenarios;
	const char *scenarios[OPT_MAX_SCENARIOS];
	const char *place;		/* name of the call block, NULL: the first */
	bool place_calls;		/* --rate or --calls was given */
	const char *show;		/* a built-in scenario to print */
	bool check, list, json, control, trace, help, version;
	double timeout, stats, linger, stay;	/* seconds; 0: none */
};

/* Returns 0 or -EINVAL (told on stderr). Strings point into argv. */
int options_parse(struct options *o, int argc, char **argv);
void options_usage(FILE *f);
/* "1.1.2" (3-8-3 of 14 bits, 8-8-8 of 24) or a number. */
bool point_code_parse(uint32_t *ret_pc, const char *text, unsigned int bits);
/* "1-31,33-63" into a bit map. */
bool cic_list_parse(const char *text, uint8_t bits[XCH_CICS / 8]);
/* Does load_number() know what to do with it? */
bool number_pattern_ok(const char *pattern);

#endif
