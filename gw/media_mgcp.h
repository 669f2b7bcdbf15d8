/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside gw/media_mgcp*: one gateway controlled by MGCP, and a circuit's context in it. */
#ifndef TOLLGATE_GW_MEDIA_MGCP_H
#define TOLLGATE_GW_MEDIA_MGCP_H

#include <netinet/in.h>

#include <osmocom/core/hashtable.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>

#include "gw/media_backend.h"
#include "mgcp/transaction.h"

enum {
	MG_MAX_CONTEXTS = 65536,
	MG_MAX_WANTED = 8,		/* modifications of a context that wait */
	MG_MAX_ZONES = 64,		/* names with a service state of their own */
	MG_MAX_CHORES = 16,		/* audits and late deletions at a time */
	MG_TMR_64K = 2,			/* Q.763 3.54: 64 kbit/s unrestricted */
	MG_TMR_AUDIO = 3, MG_TMR_64K_PREFERRED = 6,
	MG_MAX_DELETES = 4,		/* tries of a deletion that only is not answered */
};

enum mg_gw_state {
	MG_GW_AWAY,			/* no answer; probed */
	MG_GW_CLEANING,			/* answers; what an earlier agent left is being deleted */
	MG_GW_UP,
};

enum mg_state {
	MG_WAITING,			/* for the deletion of the endpoint's last connection */
	MG_CREATING,			/* CRCX sent */
	MG_CREATING_CIRCUIT,		/* CRCX sent for the circuit's side (RTP, too) */
	MG_READY,
	MG_MODIFYING,			/* MDCX sent */
	MG_AUDITING,			/* asked whether the connection is still there */
	MG_DELETING,			/* DLCX sent; nobody listens any more from here on */
	MG_ORPHAN,			/* DLCX not answered; tried again later */
};

/* Newest last; the last that covers an endpoint says whether it is in service (RSIP). */
struct mg_zone { struct llist_head list; bool out; char name[]; };

struct mg_gw {
	struct media_gw base;
	struct osmo_fd fd;
	struct sockaddr_storage remote, from;	/* from: of the datagram being read */
	socklen_t remote_len, from_len;
	struct mgcp_agent *agent;
	media_gw_state_cb *state_cb;
	void *state_ctx;
	int log_cat;

	const char *pattern, *domain, *profile, *codecs;
	const char *wildcard;		/* all our endpoints; NULL: delete only our own */
	const char *probe_name;
	const char *circuit_address;
	uint16_t circuit_port;
	bool any_endpoint;		/* the pattern asks for a free one */
	bool osmo;
	unsigned int keepalive_ms, lost_after_ms, max_contexts;

	enum mg_gw_state state;
	bool told_up;			/* what the state callback heard last */
	bool no_audit;			/* the gateway does not know how */
	bool probing, cleaning;
	uint64_t asked_ms;		/* probe or cleaning sent */
	uint64_t heard_ms, suspected_ms, since_ms;
	struct osmo_timer_list tick, lost;
	struct llist_head zones;
	unsigned int n_zones;

	struct llist_head contexts;
	unsigned int n_contexts, n_live;	/* n_live: somebody listens */
	struct llist_head chores;
	unsigned int chores_running;
	DECLARE_HASHTABLE(by_name, 10);
	const char *trunk_package;	/* "t", by TGCP "it" */
	struct llist_head checks;
	unsigned int n_checks;
	uint32_t last_request;		/* X of our requests for notification */
	struct llist_head tones;
	unsigned int n_tones;
	bool no_ring, no_media_start;	/* it has said that it has no such signal, or event */

	uint64_t opened, refused, lost_contexts, restarts, strangers, send_errors;
};

struct mg_wanted { struct llist_head list; enum media_mode mode; bool answer; char *remote; };

struct mg_ctx {
	struct media_ctx base;		/* ops NULL: nobody listens any more */
	struct llist_head list;
	struct llist_head chore;	/* empty: none waits */
	struct hlist_node by_name;
	struct mgcp_transaction *trans;	/* of the state's command */
	uint64_t asked_ms;
	char *endpoint;
	char *offer;			/* of the other side, as it came; until opened */
	char *remote;			/* remote description until the gateway has it */
	struct llist_head wanted;
	struct mg_wanted *now;		/* under way */
	struct mg_tone *tone;		/* played, or NULL */
	struct media_local local;
	char call_id[MGCP_MAX_ID + 1];
	char conn_id[MGCP_MAX_ID + 1];	/* "": not told */
	char circuit_id[MGCP_MAX_ID + 1];	/* connection of the circuit's side; "": not told */
	char codec[24];			/* of osmo-mgw's L */
	uint16_t cic;
	uint8_t tmr;
	uint8_t n_wanted;
	uint8_t state;			/* enum mg_state */
	uint8_t mode;			/* enum media_mode, as last asked */
	uint8_t deletes;
	bool named;			/* the endpoint is ours to name, and known */
	bool plain;			/* options were refused: asked again without */
	bool cleared;			/* endpoint was busy: emptied, asked again */
	bool circuit_open;		/* packets may come out of the circuit's side */
	bool two;			/* has a connection for the circuit's side */
	bool offered;			/* our description went out first, and has no answer yet */
	bool has_remote;
	bool fell_back;			/* to speech, of which its options are told again */
	bool running_chore;
};

#define LOG_GW(gw, level, fmt, args...) \
	LOGP((gw)->log_cat, level, "%s: " fmt "\n", (gw)->base.name, ## args)
#define LOG_CTX(c, level, fmt, args...) \
	LOG_GW(mg_gw_of(c), level, "circuit %u %s: " fmt, (c)->cic, (c)->endpoint, ## args)

/* --- media_mgcp_open.c, media_mgcp_modify.c --- */
struct media_ctx *mg_open(struct media_gw *gw, const struct media_open *o,
			  const struct media_ops *ops, void *ctx);
void mg_create(struct mg_ctx *c);
/* Our description, from what the gateway said now (NULL: had said before), toward the offer that is
 * being answered (or NULL). */
int mg_describe(struct mg_ctx *c, const struct mgcp_text *said, const char *offer);
int mg_set_remote(struct mg_ctx *c, const char *remote_sdp);
/* osmo-mgw: the one codec for it. Errors of media_codec_pick(). */
int mg_pick_codec(char *buf, size_t size, const struct mg_ctx *c, const char *remote_sdp);
/* What the medium may be, best first. buf is used when the list is made. */
enum { MG_MAX_CODECS = 96 };
const char *mg_codecs(char buf[MG_MAX_CODECS], const struct mg_ctx *c);
int mg_modify(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp);
void mg_start_next(struct mg_ctx *c);

/* --- media_mgcp_ctx.c --- */
void mg_close(struct media_ctx *mc);
/* The context is gone for its listener. exists: the gateway may still have its connection. */
void mg_lose(struct mg_ctx *c, uint8_t cause, const char *why, bool exists);
void mg_free(struct mg_ctx *c);
/* The gateway is away: what runs fails, deletions are kept for its return. */
void mg_stall(struct mg_ctx *c);
/* Asks whether a connection is there, or deletes one that should not be. False: nothing to do. */
bool mg_chore(struct mg_ctx *c);
struct media_ctx mg_unhook(struct mg_ctx *c);	/* nobody listens from here on; gives who did */
void mg_start_delete(struct mg_ctx *c);
bool mg_can_delete(const struct mg_ctx *c);
void mg_no_answer(struct mg_ctx *c);	/* to the command of its state */
bool mg_says_gone(const struct mg_ctx *c, uint16_t code); /* the connection, or the endpoint */
uint32_t mg_key(const char *name);
static inline bool mg_live(const struct mg_ctx *c) { return c->base.ops != NULL; }
static inline struct mg_gw *mg_gw_of(const struct mg_ctx *c)
{
	return container_of(c->base.gw, struct mg_gw, base);
}

/* --- media_mgcp_ask.c: the commands --- */
/* A request for notification, of a tone or a check: the one under way and its X. */
struct mg_request { struct mgcp_transaction *trans; uint64_t asked_ms; char id[12]; };
/* events, signals: lists, "" for none. */
struct mg_wish { const char *endpoint, *events, *signals; };
int mg_ask_notify(struct mg_request *r, struct mg_gw *gw, const struct mg_wish *w,
		  mgcp_done_cb *done, void *ctx);
void mg_ask_no_more(struct mg_request *r);	/* its answer is not waited for */
int mg_ask_create(struct mg_ctx *c, mgcp_done_cb *done);
int mg_ask_create_circuit(struct mg_ctx *c, mgcp_done_cb *done);
int mg_ask_modify(struct mg_ctx *c, mgcp_done_cb *done);
/* The circuit's side has the mode that the context's asks for; or is given it. */
bool mg_circuit_follows(const struct mg_ctx *c);
int mg_ask_modify_circuit(struct mg_ctx *c, mgcp_done_cb *done);
int mg_ask_audit(struct mg_ctx *c, mgcp_done_cb *done);
int mg_ask_delete(struct mg_ctx *c, mgcp_done_cb *done);
int mg_ask_clear(struct mg_ctx *c, mgcp_done_cb *done);
/* A command for the gateway itself: AUEP, or DLCX of all. */
int mg_ask_gw(struct mg_gw *gw, enum mgcp_verb verb, const char *endpoint, mgcp_done_cb *done);
void mg_tell_delete(struct mg_ctx *c);

/* --- media_mgcp_check.c: check tones --- */
unsigned int mg_can(const struct media_gw *gw);
struct media_check *mg_check_start(struct media_gw *gw, const struct media_check_order *o,
				   media_check_cb *done, void *ctx);
void mg_check_stop(struct media_check *k);
void mg_check_notified(struct mg_gw *gw, const struct mgcp_msg *cmd);
void mg_check_make_way(struct mg_gw *gw, const char *endpoint);
void mg_check_lost(struct mg_gw *gw, const struct mgcp_text *covered);	/* NULL: all */

/* --- media_mgcp_tone.c: ring tones --- */
int mg_tone(struct media_ctx *mc, enum media_tone tone);
void mg_tone_stop(struct mg_ctx *c);
void mg_tone_make_way(struct mg_gw *gw, const char *endpoint);
void mg_tone_notified(struct mg_gw *gw, const struct mgcp_msg *cmd);
void mg_tone_lost(struct mg_gw *gw, const struct mgcp_text *covered);	/* NULL: all */

/* --- media_mgcp_gw.c: life of the gateway --- */
void mg_gw_start(struct mg_gw *gw);
void mg_gw_stop(struct mg_gw *gw);
void mg_gw_heard(struct mg_gw *gw);	/* any datagram of the gateway, after it was read */

/* media_mgcp_trace.c */
void mg_trace(const struct mg_gw *gw, bool sent, const char *buf, size_t len);
/* A command sent at asked_ms was not answered. True: the gateway is away, not only dumb to this. */
bool mg_gw_silent(struct mg_gw *gw, uint64_t asked_ms);
/* An answer said that a connection is gone which should be there: ask for the others. */
void mg_gw_suspect(struct mg_gw *gw);
/* Done later, a few at a time. */
void mg_gw_add_chore(struct mg_gw *gw, struct mg_ctx *c);
void mg_gw_chore_done(struct mg_gw *gw, struct mg_ctx *c);
bool mg_gw_available(const struct media_gw *gw);
void mg_gw_tell_state(struct mg_gw *gw);
void mg_gw_audit(struct mg_gw *gw, const struct mgcp_text *covered);	/* NULL: all */

/* --- media_mgcp_tell.c: what the gateway says by itself --- */
uint16_t mg_gw_command(void *ctx, const struct mgcp_msg *cmd);
bool mg_gw_in_service(const struct mg_gw *gw, const char *endpoint);

/* --- media_name.c: pure --- */
int media_name_endpoint(char *buf, size_t size, const char *pattern, const char *domain,
			uint16_t cic);
/* The wildcard for all endpoints of the pattern; -ENOENT: it is just one. */
int media_name_all(char *buf, size_t size, const char *pattern, const char *domain);
bool media_name_is_any(const char *pattern);

#endif
