/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIP as the call sees it: values in, values out, one dialog a leg. sofia-sip is visible in
 * gw/sip_*.c only. */
#ifndef TOLLGATE_GW_SIP_H
#define TOLLGATE_GW_SIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <netinet/in.h>

enum sip_method {
	SIP_INVITE,
	SIP_ACK,
	SIP_CANCEL,
	SIP_BYE,
	SIP_INFO,
	SIP_UPDATE,
	SIP_PRACK,
	SIP_OPTIONS,
	SIP_OTHER
};

enum { SIP_MAX_BODY = 8192, SIP_MAX_TEXT = 320, SIP_MAX_CTYPE = 160 };

/* A message received. Strings are as on the wire (unfolded), NULL when absent, and live until the
 * callback returns. */
struct sip_msg {
	bool is_request;
	enum sip_method method;		/* of the request, or of the request this responds to */
	int status;			/* responses */
	const char *phrase;
	const char *ruri;		/* requests */
	const char *from, *to;		/* name-addr with parameters but without tag */
	const char *call_id, *from_tag, *to_tag;
	const char *contact;		/* all of them, comma separated */
	const char *pai, *privacy, *reason, *diversion, *history_info, *p_early_media, *warning,
		*user_to_user, *p_charge_info, *resource_priority, *geolocation, *alert_info;
	/* comma separated tokens */
	const char *require, *supported, *allow, *accept, *accept_language;
	int max_forwards;		/* -1 when absent */
	int retry_after;		/* -1 when absent */
	unsigned int rseq;		/* 0: not reliable */
	uint32_t cseq;
	const char *content_type;	/* with parameters */
	const char *content_disposition;
	const uint8_t *body;
	size_t body_len;
	char source[64];		/* "192.0.2.1:5060" or "[2001:db8::1]:5060" */
	struct sockaddr_storage source_addr;
	/* ours it arrived on; of an INVITE that begins a dialog only, else 0 */
	uint16_t local_port;
};

/* A message to send. "" means: leave the header out. The leg adds Via, Call-ID, CSeq, tags, Route,
 * Contact, Allow, Supported. */
struct sip_out {
	char ruri[SIP_MAX_TEXT];	/* requests that begin a dialog */
	char from[SIP_MAX_TEXT], to[SIP_MAX_TEXT];
	char pai[SIP_MAX_TEXT], diversion[SIP_MAX_TEXT];
	char privacy[64], reason[128];
	char contact[SIP_MAX_TEXT];	/* 3xx only; else the leg's own */
	char contact_user[SIP_MAX_TEXT / 2];	/* user part of the leg's own; INVITE only */
	char headers[2048];		/* more header lines, each ended by CR LF */
	int max_forwards;		/* 0: 70 */
	int retry_after;		/* 0: none */
	char content_type[SIP_MAX_CTYPE];	/* "" without body */
	size_t body_len;
	uint8_t body[SIP_MAX_BODY];
};

/* Nothing is in it yet. All that the texts could hold is 12 KiB: only their ends are set. */
static inline void sip_out_clear(struct sip_out *out)
{
	char *const texts[] = { out->ruri, out->from, out->to, out->pai, out->diversion,
				out->privacy, out->reason, out->contact, out->contact_user,
				out->headers, out->content_type };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		texts[i][0] = '\0';
	out->max_forwards = out->retry_after = 0;
	out->body_len = 0;
}

struct sip;			/* the listening side, one in a process */
struct sip_leg;			/* one dialog; we are UAC or UAS */

enum sip_transport { SIP_UDP, SIP_TCP };

/* What a call does with its legs' events. ctx is the leg's user. */
struct sip_leg_ops {
	/* UAC: a response to our INVITE, provisional (not 100) or final. After a final failure the
	 * leg is gone. Reliable provisionals are PRACKed by the leg itself. A 2xx is ACKed by the
	 * leg, unless it brings an offer (our INVITE had none): then the user calls sip_leg_ack().
	 * A second 2xx of another fork is handled by the leg (ACK, BYE); 18x of other forks are
	 * told by their to_tag, a 199 when that early dialog is gone. status 408 with msg
	 * NULL: no response at all (timer B); 503 with msg NULL: transport failed. */
	void (*response)(void *ctx, int status, const struct sip_msg *msg);
	/* UAS: the caller gave up (CANCEL; the leg has sent 200 and 487). msg may be NULL. The leg
	 * is gone. */
	void (*cancelled)(void *ctx, const struct sip_msg *msg);
	/* UAS: ACK to our 2xx (msg may carry the answer to our offer). When our offer went in a
	 * reliable provisional, its answer comes in the PRACK: msg->method is SIP_PRACK then. Also
	 * the ACK to our 2xx of a re-INVITE, when it brings the answer to our offer. */
	void (*acked)(void *ctx, const struct sip_msg *msg);
	/* The dialog has ended: BYE received (the leg answered 200), or msg NULL: no ACK or PRACK
	 * came, or the dialog broke (481/408 to a request of ours); why is constant text. The leg
	 * is gone. */
	void (*ended)(void *ctx, const struct sip_msg *msg, const char *why);
	/* The status to answer an INFO with, and header lines for it; nothing else may be done.
	 * NULL: 200 to all. */
	int (*info_status)(void *ctx, const struct sip_msg *msg, struct sip_out *answer);
	/* INFO received, early or answered; the leg has answered 200. */
	void (*info)(void *ctx, const struct sip_msg *msg);
	/* An INFO of ours was refused with this status, and the dialog goes on. May be NULL. */
	void (*info_refused)(void *ctx, int status);
	/* An offer within the dialog: re-INVITE (without body: asks for ours), UPDATE or PRACK. The
	 * user answers with sip_leg_answer_offer(), now or later. */
	void (*offer)(void *ctx, const struct sip_msg *msg);
	/* An UPDATE without body (session refresh, or a word in its headers); the leg has answered
	 * 200. May be NULL. */
	void (*refreshed)(void *ctx, const struct sip_msg *msg);
	/* Result of sip_leg_reinvite(): status of the final response; msg carries the answer. 491
	 * is retried by the leg. */
	void (*offer_result)(void *ctx, int status, const struct sip_msg *msg);
};

struct sip_cfg_listen { enum sip_transport transport; const char *address; uint16_t port; };
struct sip_cfg {
	const struct sip_cfg_listen *listen;
	unsigned int n_listen;
	/* host in Contact and Via; NULL: the listening address, or when that is a wildcard, the
	 * address by which the host would reach the world */
	const char *public_host;
	const char *user_agent;
	/* admission: more new INVITEs get 503 with Retry-After; 0: no limit */
	unsigned int max_calls_per_second;
	unsigned int max_dialogs;		/* 0: no limit */
	unsigned int t1_ms;		/* 0: 500 */
	int log_cat;
};

struct sip_user {
	/* A new call. The user takes it by sip_leg_bind() or refuses by sip_leg_reply() with a
	 * final status before it returns. */
	void (*invite)(void *ctx, struct sip_leg *leg, const struct sip_msg *msg);
	/* May this source talk to us at all? false: silence (scanners). Asked for each message,
	 * also a response, before any state is made; and for TCP connections: those are closed. */
	bool (*admit)(void *ctx, const struct sockaddr_storage *source,
		      enum sip_transport transport);
	/* OPTIONS outside a dialog: status to answer (200, 503 when draining). */
	int (*options)(void *ctx, const struct sip_msg *msg);
	/* Messages received and sent, as octets, for traces; may be NULL. Not told of those sent:
	 * repetitions, and some failures that the stack answers itself (400, 413, 482 ...). */
	void (*trace)(void *ctx, bool sent, const char *peer, const char *call_id,
		      const void *octets, size_t len);
	void *ctx;
};

/* NULL with a log line on failure (address in use ...). Belongs to ctx. Runs inside osmo_select's
 * loop by itself. */
struct sip *sip_new(void *ctx, const struct sip_cfg *cfg, const struct sip_user *user);
void sip_free(struct sip *sip);
/* The port a listen entry got (when 0 was asked). */
uint16_t sip_port(const struct sip *sip, unsigned int listen_index);
/* Host of the listening address for SDP-less use in URIs ("192.0.2.1"). */
const char *sip_host(const struct sip *sip);

/* Where an INVITE goes: numeric address or name, transport. */
struct sip_target { const char *host; uint16_t port; enum sip_transport transport; };
/* How the leg treats reliable provisionals (RFC 3262). */
enum sip_100rel { SIP_100REL_OFF, SIP_100REL_SUPPORTED, SIP_100REL_REQUIRED };

/* UAC. 0 or -errno (nothing was sent then). The response op follows. */
int sip_leg_invite(struct sip_leg **ret, struct sip *sip, const struct sip_target *target,
		   const struct sip_out *out, enum sip_100rel rel100, const struct sip_leg_ops *ops,
		   void *ctx);
/* Several INVITEs of one call, as its digits come (RFC 3578 3.2): the same Call-ID, From and tag of
 * From; CSeq counts on. Each is a leg of its own, with its forks, reliable provisionals and end;
 * the series is not needed for what becomes of them. target's host is copied. NULL: no memory. */
struct sip_series;
struct sip_series *sip_series_new(void *ctx, struct sip *sip, const struct sip_target *target,
				  enum sip_100rel rel100);
/* The next one, as sip_leg_invite(); out->from is taken from the first. */
int sip_series_invite(struct sip_leg **ret, struct sip_series *s, const struct sip_out *out,
		      const struct sip_leg_ops *ops, void *ctx);
void sip_leg_bind(struct sip_leg *leg, const struct sip_leg_ops *ops, void *ctx);
/* UAS: answer the INVITE. 101-199 (reliably when rel100 and the peer can; queued until PRACK), 2xx
 * (repeated until ACK), 3xx-6xx (the leg is gone afterwards). out may be NULL. */
int sip_leg_reply(struct sip_leg *leg, int status, const char *phrase, const struct sip_out *out,
		  enum sip_100rel rel100);
/* UAS: would a provisional response go reliably? */
bool sip_leg_reliable(const struct sip_leg *leg, enum sip_100rel rel100);
/* UAC: of several early dialogs, the one that the user is in: whose requests come to it, and who
 * gets its own. The first one until this is said. */
void sip_leg_focus(struct sip_leg *leg, const char *to_tag);
/* UAC: ACK a 2xx whose SDP was an offer; sdp body in out. */
int sip_leg_ack(struct sip_leg *leg, const struct sip_out *out);
/* End it from our side in whatever state: CANCEL (held back until a provisional came; a crossing
 * 2xx is ACKed and BYEd), BYE, or final response 487/given status when UAS unanswered. out may be
 * NULL (Reason, body of BYE). The leg is gone for the user. */
void sip_leg_release(struct sip_leg *leg, int status_if_unanswered_uas, const struct sip_out *out);
/* INFO within the dialog (early or answered). 0, -ENOTCONN (no remote tag yet). One outstanding at
 * a time, the rest queued. */
int sip_leg_info(struct sip_leg *leg, const struct sip_out *out);
/* Our own offer by re-INVITE, or before the answer by UPDATE; result by offer_result(). -EBUSY: one
 * is running; -ENOTCONN: not now, or the peer knows no UPDATE. */
int sip_leg_reinvite(struct sip_leg *leg, const struct sip_out *out);
/* Answer an offer() received: status 200 with body, 488 ... */
int sip_leg_answer_offer(struct sip_leg *leg, int status, const struct sip_out *out);

/* Identity for logs and records; valid while the leg is. */
const char *sip_leg_call_id(const struct sip_leg *leg);
/* "192.0.2.1:5060" of the peer */
const char *sip_leg_peer(const struct sip_leg *leg);
/* Did the peer offer or show support (100rel, UPDATE ...)? */
bool sip_leg_peer_supports(const struct sip_leg *leg, const char *option_tag);

#define SIP_COUNTERS(X) \
	X(RX_INVITE, "sip:invites_received", "INVITEs that begin a call") \
	X(TX_INVITE, "sip:invites_sent", "INVITEs sent that begin a call") \
	X(REFUSED_LOAD, "sip:refused_overload", "INVITEs answered 503 by admission control") \
	X(SILENCED, "sip:silenced", "messages from sources that are not admitted") \
	X(NO_ACK, "sip:no_ack", "answers that were never acknowledged") \
	X(BAD, "sip:malformed", "requests refused as malformed") \
	X(IDENTITY, "sip:identity_changes", "changes of a peer's From in a call (RFC 4916)")
enum sip_counter {
#define X(id, name, desc) SIP_CTR_##id,
	SIP_COUNTERS(X)
#undef X
	SIP_CTR_COUNT
};
uint64_t sip_counter(const struct sip *sip, enum sip_counter c);
/* The standard phrase of a status; "?" when it has none. */
const char *sip_status_name(int status);
unsigned int sip_dialogs(const struct sip *sip);
/* BYEs that wait for their answer (until timer F). */
unsigned int sip_byes(const struct sip *sip);

#endif
