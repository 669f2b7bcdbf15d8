/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the SIP edge: the objects behind gw/sip.h. Included by gw/sip_*.c only; here sofia-sip is
 * visible. */
#ifndef TOLLGATE_GW_SIP_PRIV_H
#define TOLLGATE_GW_SIP_PRIV_H

struct sip;
struct sip_leg;
struct reinvite;
#define SU_ROOT_MAGIC_T struct sip
#define NTA_AGENT_MAGIC_T struct sip
#define NTA_LEG_MAGIC_T struct sip_leg
#define NTA_OUTGOING_MAGIC_T struct sip_leg
#define NTA_INCOMING_MAGIC_T struct sip_leg
#define NTA_RELIABLE_MAGIC_T struct sip_leg

#include <dirent.h>

#include <sofia-sip/nta.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/su_tagarg.h>
#include <sofia-sip/tport.h>
#include <sofia-sip/tport_tag.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include <osmocom/core/utils.h>

#include "gw/log.h"
#include "gw/sip.h"

enum {
	MAX_LISTEN = 16,
	MAX_MESSAGE = 24 * 1024,	/* head and body of a message received */
	MAX_HEADERS_OUT = 4 * 1024,	/* header lines of one message that the user asked for */
	MAX_FORKS = 8,			/* early dialogs of one INVITE */
	MAX_QUEUE = 16,			/* messages of one leg that wait for their turn */
	MAX_PEER_TEXT = 200,
	ARENA_SIZE = 2 * MAX_MESSAGE,
	TCP_IDLE_MS = 15 * 60 * 1000,
	TCP_PARTIAL_MS = 30 * 1000,	/* a message must be complete after this time */
	TCP_QUEUE = 1000,
	UDP_BUFFER = 8 * 1024 * 1024,
	RETRY_AFTER_S = 4,		/* what the refused are told */
};

struct listener {
	enum sip_transport transport;
	int family;
	uint16_t port;
	char ident[8];			/* pins a message to this socket */
	char host[64];			/* as in URIs: public, or as listened; IPv6 in brackets */
	sip_contact_t *contact;
};

struct mclass_hook;

struct sip {
	struct sip_user user;
	struct sip_cfg cfg;
	int log_cat;
	su_root_t *root;
	nta_agent_t *agent;
	su_home_t *home;		/* of the constant headers */
	sip_allow_t *allow;
	sip_accept_t *accept;
	sip_supported_t *supported;	/* 100rel */
	sip_require_t *require;		/* 100rel */
	struct mclass_hook *hook;
	struct listener listener[MAX_LISTEN];
	unsigned int n_listen;
	struct osmo_fd loop_fd;		/* sofia's epoll set inside osmo_select's */
	struct osmo_fd alarm;
	uint64_t alarm_at_us;
	struct osmo_timer_list kick;
	bool stepping;
	struct llist_head legs;
	unsigned int n_legs;
	unsigned int n_byes;		/* not answered yet; their legs are gone */
	su_timer_t *tick;
	DIR *fds;			/* of /proc/self/fd */
	unsigned int turns;
	unsigned int t1_ms;
	uint64_t counter[SIP_CTR_COUNT];
	uint64_t overload_logged_us;
	double tokens;
	uint64_t tokens_at_us;
	size_t arena_used;
	char arena[ARENA_SIZE];		/* strings of the message being told to the user */
	uint8_t octets[2 * MAX_MESSAGE];	/* the message being traced */
};

/* What the user wants in a message, in one allocation: header lines, content type, body. */
struct sip_content {
	int max_forwards;
	size_t body_len;
	bool has_sdp;
	const char *headers, *content_type, *contact;
	const uint8_t *body;
};

/* A message that waits for its turn: INFO behind INFO, response behind a provisional that is not
 * acknowledged. */
struct queued {
	struct queued *next;
	struct sip_content *content;
	int status;
	bool reliable;
	char phrase[];
};

/* One early dialog of our INVITE. */
struct fork {
	struct fork *next;
	nta_leg_t *dialog;
	uint32_t rseq;
	bool tagged;
	bool ended;			/* 199 has come for it */
	bool settled;			/* the INVITE's offer was answered reliably in it */
};

enum leg_state {
	LEG_UAC_CALLING,		/* INVITE sent */
	LEG_UAC_ACK_OWED,		/* 2xx with an offer received: the user ACKs */
	LEG_UAC_CANCELLED,		/* given up, final response awaited */
	LEG_UAS_RINGING,		/* INVITE received, not answered */
	LEG_UAS_ANSWERED,		/* 2xx sent, ACK awaited */
	LEG_UAS_BYE_OWED,		/* as before, and given up: BYE after the ACK */
	LEG_UP,
	LEG_GONE
};

enum peer_option {
	PEER_100REL = 1,
	PEER_TIMER = 2,
	PEER_UPDATE = 4,
	PEER_INFO = 8,
	PEER_REPLACES = 16,
	PEER_PRECONDITION = 32,
	PEER_PRACK = 64,
	PEER_NOREFERSUB = 128,
	PEER_FROM_CHANGE = 256,
	PEER_HISTINFO = 512,
	PEER_REFER = 1024
};

struct sip_leg {
	struct llist_head entry;
	struct sip *sip;
	const struct sip_leg_ops *ops;
	void *ctx;
	enum leg_state state;
	uint16_t peer_options;
	uint32_t peer_identity;		/* sip_identity_of() of the peer, 0: not known yet */
	uint8_t listener;
	uint8_t busy;			/* callbacks of ours on the stack */
	/* an offer of the INVITE awaits its answer; of our INVITE: in the 2xx */
	bool offered;
	bool we_offered;		/* ... and it is ours */
	bool is_uac;
	bool cancel_sent;
	bool peer_needs_100rel;
	struct fork *forks;		/* the first is the dialog as the user sees it */
	nta_outgoing_t *invite_out;
	nta_incoming_t *invite_in;
	nta_incoming_t *offer_in; /* re-INVITE, UPDATE or PRACK whose offer the user shall answer */
	nta_incoming_t *ack_in;		/* re-INVITE answered, ACK awaited */
	struct reinvite *reinvite;	/* our own */
	nta_outgoing_t *info_out;
	struct queued *infos;		/* waiting behind info_out */
	struct queued *replies;		/* waiting for the PRACK of the provisional sent last */
	uint64_t replied_ms;		/* when our last provisional was sent, 0: none yet */
	bool prack_owed, prack_owed_body;	/* such a provisional there is; it has a body */
	nta_reliable_t *overtaken;	/* such a provisional, behind which our 2xx went */
	const struct sip_content *last_words;	/* for the BYE that follows */
	struct osmo_timer_list *guard;	/* while a name is being resolved */
	char *contact;			/* ours in this dialog; NULL: the listener's */
	const char *peer;		/* behind call_id */
	char call_id[];
};

#endif
