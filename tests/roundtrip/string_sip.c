/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gw/sip.h on a string between two gateways: keeps the promises of that page (who answers what,
 * when a leg is gone), without transport, repetition or loss. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <osmocom/core/sockaddr_str.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/sip.h"
#include "tests/flow/fake_sip.h"
#include "tests/roundtrip/string_sip.h"

enum { MAX_UNDER_WAY = 64 };

struct sip { struct sip_user user; };

struct sip_leg {
	struct sip *sip;
	struct sip_leg *peer;		/* NULL: not yet, or no more */
	const struct sip_leg_ops *ops;
	void *ctx;
	bool uac, answered, offer_in;
};

enum what { INVITE, RESPONSE, ACK, CANCEL, BYE, INFO, INFO_REFUSED, OFFER, OFFER_RESULT };

static struct sip *ends[2];
static struct message {
	enum what what;
	struct sip_leg *from;		/* INVITE only */
	struct sip_leg *to;		/* set to NULL when it is gone */
	int status;
	struct sip_out *out;
} under_way[MAX_UNDER_WAY];
static unsigned int n_under_way;
static char said[4096];

static void say(enum what what, int status)
{
	static const char *const names[] = { "INVITE", "", "ACK", "CANCEL", "BYE", "INFO",
					     "INFO-", "REINVITE", "REINVITE-" };
	size_t at = strlen(said);

	snprintf(said + at, sizeof(said) - at, status ? "%s%s%d" : "%s%s", at ? " " : "",
		 names[what], status);
}

const char *string_sip_said(void)
{
	static char copy[sizeof(said)];

	OSMO_STRLCPY_ARRAY(copy, said);
	said[0] = '\0';
	return copy;
}

static void put(enum what what, struct sip_leg *from, struct sip_leg *to, int status,
		const struct sip_out *out)
{
	struct message *m = &under_way[n_under_way++];

	if (n_under_way > MAX_UNDER_WAY) {
		fprintf(stderr, "too many messages under way\n");
		exit(1);
	}
	*m = (struct message){ .what = what, .from = from, .to = to, .status = status };
	if (out)
		m->out = talloc_memdup(NULL, out, sizeof(*out));
	else
		m->out = talloc_zero(NULL, struct sip_out);
	say(what, status);
}

/* --- a message as the other end reads it --- */

static const struct { const char *name; size_t off; } headers[] = {
	{ "Content-Disposition", offsetof(struct sip_msg, content_disposition) },
	{ "History-Info", offsetof(struct sip_msg, history_info) },
	{ "User-to-User", offsetof(struct sip_msg, user_to_user) },
	{ "P-Early-Media", offsetof(struct sip_msg, p_early_media) },
	{ "Warning", offsetof(struct sip_msg, warning) },
	{ "Accept", offsetof(struct sip_msg, accept) },
	{ "Alert-Info", offsetof(struct sip_msg, alert_info) },
};

/* The lines in lines are cut into texts, and told as what they are. */
static void read_headers(struct sip_msg *m, char *lines)
{
	char *save, *line, *colon;

	for (line = strtok_r(lines, "\r\n", &save); line; line = strtok_r(NULL, "\r\n", &save)) {
		colon = strstr(line, ": ");
		for (size_t i = 0; colon && i < ARRAY_SIZE(headers); i++)
			if (!strncasecmp(line, headers[i].name, colon - line) &&
			    strlen(headers[i].name) == (size_t)(colon - line))
				*(const char **)((char *)m + headers[i].off) = colon + 2;
	}
}

static const char *text(const char *s)
{
	return s[0] ? s : NULL;
}

static void read_message(struct sip_msg *m, struct message *msg)
{
	static const enum sip_method methods[] = {
		[ACK] = SIP_ACK, [CANCEL] = SIP_CANCEL, [BYE] = SIP_BYE, [INFO] = SIP_INFO,
		[OFFER_RESULT] = SIP_INVITE,
	};
	struct sip_out *o = msg->out;
	struct osmo_sockaddr_str str;

	*m = (struct sip_msg){
		.is_request = !msg->status, .method = methods[msg->what], .status = msg->status,
		.ruri = text(o->ruri), .from = text(o->from), .to = text(o->to),
		.contact = text(o->contact), .pai = text(o->pai), .privacy = text(o->privacy),
		.reason = text(o->reason), .diversion = text(o->diversion),
		.max_forwards = o->max_forwards ? o->max_forwards : 70,
		.retry_after = o->retry_after ? o->retry_after : -1,
		.content_type = text(o->content_type), .body = o->body, .body_len = o->body_len,
		.local_port = 5060,
	};
	read_headers(m, o->headers);
	snprintf(m->source, sizeof(m->source), "%s:5060", STRING_PEER);
	osmo_sockaddr_str_from_str(&str, STRING_PEER, 5060);
	osmo_sockaddr_str_to_sockaddr(&str, &m->source_addr);
}

/* --- legs --- */

static struct sip_leg *leg_new(struct sip *sip, bool uac)
{
	struct sip_leg *l = talloc_zero(sip, struct sip_leg);

	l->sip = sip;
	l->uac = uac;
	return l;
}

static void leg_free(struct sip_leg *l)
{
	for (unsigned int i = 0; i < n_under_way; i++) {
		if (under_way[i].to == l)
			under_way[i].to = NULL;
		if (under_way[i].from == l)
			under_way[i].from = NULL;
	}
	if (l->peer)
		l->peer->peer = NULL;
	talloc_free(l);
}

static void deliver_invite(struct message *m, struct sip_msg *msg)
{
	struct sip *other = m->from && m->from->sip == ends[0] ? ends[1] : ends[0];
	struct sip_leg *l;

	if (!m->from)
		return;			/* given up before it arrived */
	l = leg_new(other, false);
	l->peer = m->from;
	m->from->peer = l;
	other->user.invite(other->user.ctx, l, msg);
}

static void deliver_response(struct sip_leg *l, int status, const struct sip_msg *msg)
{
	const struct sip_leg_ops *ops = l->ops;
	void *ctx = l->ctx;
	struct sip_leg *peer = l->peer;

	if (status >= 300)
		leg_free(l);
	else if (status >= 200)
		l->answered = true;
	ops->response(ctx, status, msg);
	if (status >= 200 && status < 300 && peer)
		put(ACK, NULL, peer, 0, NULL);
}

static void deliver_info(struct sip_leg *l, const struct sip_msg *msg)
{
	static struct sip_out answer;
	int status;

	memset(&answer, 0, sizeof(answer));
	status = l->ops->info_status(l->ctx, msg, &answer);
	if (status < 300)
		l->ops->info(l->ctx, msg);
	else
		put(INFO_REFUSED, NULL, l->peer, status, &answer);
}

static void deliver(struct message *m)
{
	struct sip_msg msg;
	struct sip_leg *l = m->to;
	const struct sip_leg_ops *ops = l ? l->ops : NULL;
	void *ctx = l ? l->ctx : NULL;

	read_message(&msg, m);
	if (m->what == INVITE)
		deliver_invite(m, &msg);
	if (!l)
		return;
	switch (m->what) {
	case RESPONSE:
		deliver_response(l, m->status, &msg);
		break;
	case ACK:
		if (ops->acked)
			ops->acked(ctx, &msg);
		break;
	case CANCEL:
		leg_free(l);
		ops->cancelled(ctx, &msg);
		break;
	case BYE:
		leg_free(l);
		ops->ended(ctx, &msg, "BYE");
		break;
	case INFO:
		deliver_info(l, &msg);
		break;
	case INFO_REFUSED:
		ops->info_refused(ctx, m->status);
		break;
	case OFFER:
		l->offer_in = true;
		ops->offer(ctx, &msg);
		break;
	case OFFER_RESULT:
		ops->offer_result(ctx, m->status, &msg);
		break;
	case INVITE:
		break;
	}
}

unsigned int string_sip_run(void)
{
	unsigned int n = 0;
	struct message m;

	while (n_under_way) {
		m = under_way[0];
		memmove(under_way, under_way + 1, --n_under_way * sizeof(m));
		deliver(&m);
		talloc_free(m.out);
		n++;
	}
	return n;
}

/* --- gw/sip.h --- */

struct sip *sip_new(void *ctx, const struct sip_cfg *cfg, const struct sip_user *user)
{
	struct sip *s = talloc_zero(ctx, struct sip);

	s->user = *user;
	ends[ends[0] ? 1 : 0] = s;
	return s;
}

void sip_free(struct sip *sip)
{
	if (ends[0] == sip)
		ends[0] = ends[1];
	ends[1] = NULL;
	talloc_free(sip);
}

uint16_t sip_port(const struct sip *sip, unsigned int listen_index)
{
	return 5060;
}

const char *sip_host(const struct sip *sip)
{
	return STRING_PEER;
}

int sip_leg_invite(struct sip_leg **ret, struct sip *sip, const struct sip_target *target,
		   const struct sip_out *out, enum sip_100rel rel100, const struct sip_leg_ops *ops,
		   void *ctx)
{
	struct sip_leg *l = leg_new(sip, true);

	sip_leg_bind(l, ops, ctx);
	put(INVITE, l, NULL, 0, out);
	*ret = l;
	return 0;
}

struct sip_series { int unused; };

/* No overlap here. */
struct sip_series *sip_series_new(void *ctx, struct sip *sip, const struct sip_target *target,
				  enum sip_100rel rel100)
{
	return NULL;
}

int sip_series_invite(struct sip_leg **ret, struct sip_series *s, const struct sip_out *out,
		      const struct sip_leg_ops *ops, void *ctx)
{
	return -ENOSYS;
}

void sip_leg_bind(struct sip_leg *leg, const struct sip_leg_ops *ops, void *ctx)
{
	leg->ops = ops;
	leg->ctx = ctx;
}

int sip_leg_reply(struct sip_leg *leg, int status, const char *phrase, const struct sip_out *out,
		  enum sip_100rel rel100)
{
	put(RESPONSE, NULL, leg->peer, status, out);
	if (status >= 300)
		leg_free(leg);
	else if (status >= 200)
		leg->answered = true;
	return 0;
}

bool sip_leg_reliable(const struct sip_leg *leg, enum sip_100rel rel100)
{
	return false;
}

void sip_leg_focus(struct sip_leg *leg, const char *to_tag)
{
}

int sip_leg_ack(struct sip_leg *leg, const struct sip_out *out)
{
	return 0;
}

void sip_leg_release(struct sip_leg *leg, int status, const struct sip_out *out)
{
	if (leg->answered)
		put(BYE, NULL, leg->peer, 0, out);
	else if (leg->uac)
		put(CANCEL, NULL, leg->peer, 0, out);
	else
		put(RESPONSE, NULL, leg->peer, status, out);
	leg_free(leg);
}

int sip_leg_info(struct sip_leg *leg, const struct sip_out *out)
{
	put(INFO, NULL, leg->peer, 0, out);
	return 0;
}

int sip_leg_reinvite(struct sip_leg *leg, const struct sip_out *out)
{
	put(OFFER, NULL, leg->peer, 0, out);
	return 0;
}

int sip_leg_answer_offer(struct sip_leg *leg, int status, const struct sip_out *out)
{
	if (!leg->offer_in)
		return -ENOENT;
	leg->offer_in = false;
	put(OFFER_RESULT, NULL, leg->peer, status, out);
	return 0;
}

const char *sip_leg_call_id(const struct sip_leg *leg)
{
	return "string";
}

const char *sip_leg_peer(const struct sip_leg *leg)
{
	return STRING_PEER ":5060";
}

bool sip_leg_peer_supports(const struct sip_leg *leg, const char *option_tag)
{
	return false;
}

uint64_t sip_counter(const struct sip *sip, enum sip_counter c)
{
	return 0;
}

unsigned int sip_dialogs(const struct sip *sip)
{
	return 0;
}

const char *sip_status_name(int status)
{
	return "?";
}

/* tests/flow/lab.c asks for it. */
void fake_sip_reset(void)
{
}
