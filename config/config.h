/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration as a value: what the VTY nodes fill in, what the checks read, what the gateway
 * is built from. Knows settings, no protocol: point codes and addresses are kept as their text
 * beside their number. */
#ifndef TOLLGATE_CONFIG_H
#define TOLLGATE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <osmocom/core/linuxlist.h>

#include "config/party.h"

enum config_mtp_type { CONFIG_MTP_SIGTRAN, CONFIG_MTP_LOCAL };
enum config_trunk_type { CONFIG_TRUNK_ISUP, CONFIG_TRUNK_SIP };
enum config_media_type { CONFIG_MEDIA_MGCP, CONFIG_MEDIA_NONE };
enum config_hunt {
	CONFIG_HUNT_ROUND_ROBIN, CONFIG_HUNT_LOWEST, CONFIG_HUNT_HIGHEST, CONFIG_HUNT_CONTROLLED,
	CONFIG_HUNT_ODD, CONFIG_HUNT_EVEN, CONFIG_HUNT_LEAST_RECENTLY_USED,
};
enum config_transport { CONFIG_UDP, CONFIG_TCP };
/* ISUP messages in bodies of SIP, and how much of the peer's is believed */
enum config_isup_body { CONFIG_ISUP_NONE, CONFIG_ISUP_SIP_T, CONFIG_ISUP_SIP_I };
enum config_isup_trust { CONFIG_TRUST_ALL, CONFIG_TRUST_LISTED, CONFIG_TRUST_NONE };
enum config_100rel { CONFIG_100REL_OFF, CONFIG_100REL_SUPPORTED, CONFIG_100REL_REQUIRED };

/* "media-gateway NAME" */
struct config_media {
	struct llist_head list;
	char *name;
	enum config_media_type type;	/* type (mgcp|none) */
	char *remote_address;		/* remote ADDRESS [PORT] */
	uint16_t remote_port;
	char *local_address;		/* local ADDRESS [PORT] */
	uint16_t local_port;
	char *domain;			/* domain NAME */
	char *endpoint;			/* endpoint PATTERN */
	unsigned int keepalive_s;	/* keepalive SECONDS */
	/* none, or the circuit side of mgcp: rtp ADDRESS BASE-PORT */
	char *rtp_address;
	uint16_t rtp_base_port;
	int line;			/* of the configuration file, for complaints */
};

/* "circuits 1-31 [point-code PC [local PC]] [termination N]" */
struct config_range {
	uint16_t first, last;
	char *dpc, *opc;		/* NULL: the trunk group's */
	int termination;		/* of the first in the media gateway; -1: its CIC */
	int line;
};
/* "192.0.2.0/24"; octets and octet_bits say the same as an IPv6 prefix (IPv4 mapped, RFC
 * 4291 2.5.5.2) */
struct config_prefix {
	char *address;
	unsigned int bits;
	uint8_t octets[16];
	unsigned int octet_bits;
	int line;
};
/* "mapping TABLE KEY VALUE": a row of the mapper's tables that the trunk group has of its own */
struct config_mapping { char *table, *key, *value; };
/* Who knows those tables: NULL, or why there is no such table, row or value. */
typedef const char *config_mapping_cb(const char *table, const char *key, const char *value);
enum {
	CONFIG_MAX_RANGES = 32, CONFIG_MAX_PREFIXES = 32, CONFIG_MAX_TARGETS = 8,
	CONFIG_MAX_MAPPINGS = 32, CONFIG_MAX_LISTEN = 8,
};
/* Of an ISUP trunk group: what these settings are when the mapper's tables say it. */
enum {
	CONFIG_DEFAULT_CATEGORY = 10, CONFIG_DEFAULT_MEDIUM = 3, CONFIG_DEFAULT_LOCATION = 10,
};
enum {
	CONFIG_MAX_NAME = 40,
	CONFIG_MAX_TRUNKS = 1024,
	CONFIG_MAX_MEDIAS = 256,
	CONFIG_MAX_TABLES = 1024,
	CONFIG_MAX_ROUTES = 500000,
	CONFIG_MAX_CHOICES = 8 /* trunk groups of one prefix, as gw/route.h */
};

/* "suspend (...)": automatic: we control calls from SIP; else for all calls */
enum config_suspend {
	CONFIG_SUSPEND_AUTOMATIC, CONFIG_SUSPEND_PASS, CONFIG_SUSPEND_CONTROLLING,
	CONFIG_SUSPEND_INTERNATIONAL,
};

/* "overlap (off|invites|info)": how called numbers go on that do not come at once */
enum config_overlap { CONFIG_OVERLAP_OFF, CONFIG_OVERLAP_INVITES, CONFIG_OVERLAP_INFO };
enum { CONFIG_OVERLAP_TIMER_S = 10 };

/* "redirect (...)" */
enum config_redirect { CONFIG_REDIRECT_REFUSE, CONFIG_REDIRECT_FOLLOW, CONFIG_REDIRECT_ANY };
/* "ringback (...)" */
enum config_ringback { CONFIG_RINGBACK_GATEWAY, CONFIG_RINGBACK_NETWORK, CONFIG_RINGBACK_NONE };

/* "trunk-group NAME (isup|sip)" */
struct config_trunk {
	struct llist_head list;
	char *name;
	enum config_trunk_type type;
	int line;
	/* both */
	char *description;
	/* where calls from this trunk group are routed: "route-table NAME" */
	char *route_table;
	char *country_code;		/* "country-code 49" */
	char *area_code;		/* "area-code 30" */
	struct config_party party;
	unsigned int max_calls;		/* 0: no limit */
	/* "interworking (...)": enum map_standard and 1; 0: as isup_body wants it */
	unsigned int interworking;
	unsigned int n_mappings;
	struct config_mapping mappings[CONFIG_MAX_MAPPINGS];
	/* digits of the numbers that come from it; minimum 0: isup: en bloc, sip: 1 */
	unsigned int overlap_minimum, overlap_maximum;
	/* isup */
	/* "mtp sigtran INSTANCE" or "mtp local PATH (listen|connect)" */
	enum config_mtp_type mtp;
	unsigned int cs7_instance;
	char *mtp_path;
	bool mtp_listen;
	char *dialect;			/* "itu", "ansi" ... */
	/* "point-code local PC" (default: the instance's), "point-code remote PC" */
	char *opc, *dpc;
	/* "network-indicator (international|spare|national|reserved)": 0-3, default national */
	uint8_t ni;
	unsigned int n_ranges;
	struct config_range ranges[CONFIG_MAX_RANGES];	/* "circuits 1-31" */
	enum config_hunt hunt;
	bool reset_at_start;		/* "reset-at-start", default on */
	char *media;			/* "media-gateway NAME"; isup: needed */
	bool isup_all_the_way;		/* "isup all-the-way" */
	bool send_st;
	bool en_bloc_only;		/* no SAM is sent */
	/* "continuity-check (never|always)", "continuity-check every N": 0, 1, N */
	unsigned int continuity_every;
	bool continuity_pair;		/* "continuity-tones (single|pair)" */
	bool loop_ack;			/* "loop-back-acknowledgement" */
	enum config_suspend suspend;
	enum config_ringback ringback;
	unsigned int dual_seizure;	/* "dual-seizure (...)": as enum isup_control */
	unsigned int acl;		/* "automatic-congestion (...)": as enum isup_acl */
	unsigned int max_message;	/* "message-length N"; 0: what MTP carries */
	uint8_t nci_satellite, nci_echo, category, tmr, location;
	unsigned int max_forwards_factor;
	unsigned int announcement_s;	/* what comes with a cause is heard so long */
	/* sip */
	unsigned int n_targets;
	struct config_target {
		char *host;
		bool numeric;		/* host is an address: octets as config_prefix's */
		uint8_t octets[16];
		uint16_t port;
		enum config_transport transport;
		int line;
	} targets[CONFIG_MAX_TARGETS];
	unsigned int n_accept;
	/* "accept-from 192.0.2.0/24"; targets are accepted by themselves */
	struct config_prefix accept[CONFIG_MAX_PREFIXES];
	/* several SIP trunk groups of one peer are told apart by the port they arrive on; 0: any */
	uint16_t local_port;
	/* "host example.com": in Request-URI and To; default the target's */
	char *host;
	enum config_isup_body isup_body;
	bool isup_required;		/* "isup-handling (optional|required)" */
	enum config_isup_trust isup_trust;
	char *isup_version, *isup_base;	/* NULL: of the dialect */
	bool send_pai, trust_pai;
	bool early_media;		/* default on */
	unsigned int retry_after;	/* seconds in a 503; 0: not said */
	enum config_100rel rel100;
	enum config_redirect redirect;
	enum config_overlap overlap;
	unsigned int overlap_timer_s;	/* 0: CONFIG_OVERLAP_TIMER_S */
};

/* "route-table NAME": "prefix DIGITS trunk-group NAME [priority N]" ("prefix any": the empty
 * prefix) */
struct config_route {
	struct llist_head list;
	char *prefix;			/* international digits without +, "" any */
	char *trunk;
	unsigned int priority;		/* lower is tried first */
	int line;
};
struct config_table {
	struct llist_head list;
	char *name;
	struct llist_head routes;
	unsigned int n_routes;
	int line;
};

struct config {
	char *file;
	config_mapping_cb *mapping_known;	/* NULL: every "mapping" is taken */
	/* "sip" */
	unsigned int n_listen;
	struct config_listen {
		enum config_transport transport;
		char *address;
		uint16_t port;
		int line;
	} listen[CONFIG_MAX_LISTEN];
	char *sip_public_host;
	char *sip_host;			/* host part of our own URIs */
	unsigned int sip_max_cps, sip_max_dialogs, sip_t1_ms;
	/* "cdr" */
	char *cdr_file;			/* file PATH */
	bool cdr_sync;			/* onto the disk within 200 ms, default on */
	/* "isup" node: timers of Q.764, and of T1.113 */
	struct osmo_tdef *isup_tdefs, *ansi_tdefs;
	unsigned int audit_interval_s, audit_longest_call_s;	/* 0: off */
	bool audit_query;
	bool timer_limits;		/* of the standards, kept by "timer" */
	struct llist_head medias, trunks, tables;
};

/* Installs the nodes; the VTY fills the one returned (one in a process: libosmovty is). isup_tdefs
 * is shown and set by "timer" commands in node "isup". A trunk group, media gateway or route table
 * that a session deletes leaves its list, but lives as long as the configuration: calls may run on
 * it. The texts in it are replaced when they are set anew: use them, do not keep them. */
struct config *config_vty_init(void *ctx, struct osmo_tdef *isup_tdefs);
/* The same for "timer ansi"; without it there are none. */
void config_vty_ansi_timers(struct config *c, struct osmo_tdef *tdefs);
/* An empty one with all defaults, owned by ctx. */
struct config *config_new(void *ctx);
/* Node hooks for vty_app_info; fall through to NULL/false for nodes that are not ours. */
int config_go_parent_node(int node);	/* -1: not ours */
bool config_is_node(int node);

struct config_media *config_media_find(const struct config *c, const char *name);
struct config_trunk *config_trunk_find(const struct config *c, const char *name);
/* Point codes of a range, its own or its trunk group's; NULL: none is given. */
const char *config_range_dpc(const struct config_trunk *t, const struct config_range *r);
const char *config_range_opc(const struct config_trunk *t, const struct config_range *r);
unsigned int config_range_termination(const struct config_range *r);
struct config_table *config_table_find(const struct config *c, const char *name);
/* A dialect of ISUP as far as settings must fit it; NULL: none of that name. */
struct config_dialect {
	const char *name;
	uint8_t cic_bits;
	uint8_t pc_bits[3];		/* of a point code: 3-8-3, or ANSI's 8-8-8 */
};
const struct config_dialect *config_dialect_find(const char *name);
unsigned int config_dialect_pc_bits(const struct config_dialect *d);
/* A point code in three parts with - or . between them, or decimal, as used with "mtp local": the
 * number or -EINVAL. */
int config_pc_parse(const char *text, const struct config_dialect *d);

/* What no single line can see; every complaint is one call of complain(), in one run. Number of
 * complaints. pc_ok tells whether the point code text is valid in that cs7 instance (and gives its
 * number); may be NULL. */
typedef void config_complain_cb(void *ctx, int line, const char *text);
/* number; -EINVAL: not a point code there; -ENODEV: no such instance. pc NULL asks for the
 * instance's own (-ENOENT: has none). */
typedef int config_pc_cb(void *ctx, unsigned int cs7_instance, const char *pc);
unsigned int config_check(const struct config *c, config_pc_cb *pc, void *pc_ctx,
			  config_complain_cb *complain, void *ctx);

/* Reads a file into the process's configuration, to its end: each line refused (unknown, badly
 * indented, a value not allowed) is one complaint. Their number, or -errno when the file cannot be
 * read. */
int config_read(struct config *c, const char *file, config_complain_cb *complain, void *ctx);
/* config_read() and config_check(); complaints go to err in the order of their lines, each as
 * "FILE:LINE: text". Their number; a file that cannot be read is one. */
unsigned int config_load(struct config *c, const char *file, config_pc_cb *pc, void *pc_ctx,
			 FILE *err);

#endif
