/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gateway as a whole: what everything hangs on. One in a process; nothing of it is global. */
#ifndef TOLLGATE_GW_GW_H
#define TOLLGATE_GW_GW_H

#include <stdbool.h>
#include <stdint.h>

#include <osmocom/core/hashtable.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/timer.h>

#include "config/config.h"
#include "gw/body_count.h"
#include "gw/cdr.h"
#include "gw/map.h"
#include "gw/media.h"
#include "gw/mtp.h"
#include "gw/route.h"
#include "gw/sip.h"
#include "isup/circuit.h"

struct call;
struct trunk_peer;

enum { GW_MAX_CALLS = 65536 };

/* An MTP back end and the point codes of ours that use it. */
struct gw_link {
	struct llist_head list;
	struct gw *gw;
	struct mtp *mtp;
	enum config_mtp_type type;
	unsigned int cs7_instance;
	const char *path;		/* local */
};

struct gw_media {
	struct llist_head list;
	struct media_gw *media;
	const char *name;
};

struct gw_table {
	struct llist_head list;
	struct route_table *table;
};

struct trunk_stats {
	uint64_t in, out;		/* attempts from and to this trunk group */
	uint64_t answered_in, answered_out;
	uint64_t refused;		/* attempts from it that the gateway refused itself */
	uint64_t no_circuit;		/* attempts to it that found no circuit or no target */
};

struct trunk_avoid { uint32_t key; int64_t until_s; };	/* a target not asked until then */
struct trunk {
	struct llist_head list;
	struct gw *gw;
	const struct config_trunk *cfg;
	const char *name;
	struct map_profile profile;
	struct route_table *table;	/* where its calls go, or NULL: it takes calls only */
	unsigned int calls;		/* legs on it now */
	unsigned int n_continuity;	/* calls to it, for the checks of some */
	struct trunk_stats stats;
	/* sip */
	struct trunk_avoid avoid[CONFIG_MAX_TARGETS];
	struct isup_limit limit;	/* lines in the log about what the peer sends */
	/* isup */
	struct gw_link *link;
	struct media_gw *media;
	struct llist_head peers;	/* struct trunk_peer, trunk.h */
	struct trunk_peer *turn;	/* was hunted last */
	bool toneless;			/* its media gateway plays no ring tone; has been said */
};

struct gw {
	const struct config *cfg;
	struct isup_stack *isup;
	struct sip *sip;
	struct cdr_file *cdr;
	struct llist_head links, medias, tables, trunks;
	struct llist_head tests;	/* of continuity, see continuity.c */
	unsigned int n_tests;
	struct llist_head calls;
	/* struct leg_isup, see leg_isup_index.c */
	DECLARE_HASHTABLE(legs, 12);
	DECLARE_HASHTABLE(legs_at, 12);
	DECLARE_HASHTABLE(overlaps, 10);	/* leg_sip_collect.c */
	struct audit *audit;
	unsigned int n_calls;
	uint64_t last_call;		/* number of the newest call */
	uint32_t boot;			/* makes call ids unique over restarts */
	bool draining;			/* no new calls */
	uint64_t body_counter[BODY_CTR_COUNT];
	struct {			/* overload.c */
		struct osmo_timer_list timer;
		uint64_t due_ms, sip_refused;
		unsigned int hold;	/* seconds until the level may fall */
	} overload;
};

/* A gateway that does nothing yet; cfg must outlive it. NULL: no memory, no randomness. */
struct gw *gw_new(void *ctx, const struct config *cfg);
/* Builds everything the configuration asks for. 0, or -1 with log lines; gw_free() it then. */
int gw_start(struct gw *gw);
void gw_free(struct gw *gw);
struct trunk *gw_trunk_find(const struct gw *gw, const char *name);

/* gw_link.c: the back end for an ISUP trunk group, made when it is the first to ask; NULL with a
 * log line. */
struct gw_link *gw_link_get(struct gw *gw, const struct config_trunk *cfg);
/* One without a back end yet, and what its back end is to call. */
struct gw_link *gw_link_new(struct gw *gw, const struct config_trunk *cfg);
void gw_link_user(struct mtp_user *user, struct gw_link *link);
/* Hands messages of the ISUP stack to the link of their trunk group. */
extern const struct isup_stack_ops gw_isup_ops;

#endif
