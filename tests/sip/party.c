/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP edge under test: its events become words in a log that tests compare. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <osmocom/core/logging.h>
#include <osmocom/core/select.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "tests/sip/party.h"

static void say(struct party *p, const char *fmt, ...)
{
	size_t len = strlen(p->log);
	va_list ap;
	int n;

	n = snprintf(p->log + len, sizeof(p->log) - len, "%s.", p->name);
	len += n;
	va_start(ap, fmt);
	if (len < sizeof(p->log))
		vsnprintf(p->log + len, sizeof(p->log) - len, fmt, ap);
	va_end(ap);
	len = strlen(p->log);
	snprintf(p->log + len, sizeof(p->log) - len, " ");
}

static void keep(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from ? from : "");
}

static void remember(struct party *p, const struct sip_msg *m)
{
	if (!m)
		return;
	p->body_len = m->body_len <= sizeof(p->body) ? m->body_len : 0;
	if (p->body_len)
		memcpy(p->body, m->body, p->body_len);
	keep(p->ctype, sizeof(p->ctype), m->content_type);
	keep(p->reason, sizeof(p->reason), m->reason);
	keep(p->call_id, sizeof(p->call_id), m->call_id);
	keep(p->from, sizeof(p->from), m->from);
	keep(p->to, sizeof(p->to), m->to);
	keep(p->pai, sizeof(p->pai), m->pai);
	keep(p->diversion, sizeof(p->diversion), m->diversion);
	keep(p->source, sizeof(p->source), m->source);
	keep(p->ruri, sizeof(p->ruri), m->ruri);
	keep(p->allow, sizeof(p->allow), m->allow);
	keep(p->contact, sizeof(p->contact), m->contact);
	p->max_forwards = m->max_forwards;
}

static void event(struct party *p, const char *word, const struct sip_msg *m)
{
	say(p, "%s", word);
	remember(p, m);
	if (p->on_event)
		p->on_event(p, word, m);
}

static void response(void *ctx, int status, const struct sip_msg *msg)
{
	struct party *p = ctx;

	say(p, "%d%s", status, msg ? "" : "-");
	remember(p, msg);
	if (status >= 300)
		p->leg = NULL;
	if (p->on_response)
		p->on_response(p, status, msg);
}

static void cancelled(void *ctx, const struct sip_msg *msg)
{
	((struct party *)ctx)->leg = NULL;
	event(ctx, "cancelled", msg);
}

static void acked(void *ctx, const struct sip_msg *msg)
{
	event(ctx, "acked", msg);
}

static void ended(void *ctx, const struct sip_msg *msg, const char *why)
{
	struct party *p = ctx;

	p->leg = NULL;
	say(p, "because:%s", why);
	event(p, msg ? "bye" : "broken", msg);
}

static void info(void *ctx, const struct sip_msg *msg)
{
	event(ctx, "info", msg);
}

static void offer(void *ctx, const struct sip_msg *msg)
{
	event(ctx,
	      msg->method == SIP_INVITE	 ? "reinvite"
	      : msg->method == SIP_PRACK ? "prack"
					 : "update",
	      msg);
}

static void refreshed(void *ctx, const struct sip_msg *msg)
{
	event(ctx, "refreshed", msg);
}

static void offer_result(void *ctx, int status, const struct sip_msg *msg)
{
	char word[24];

	snprintf(word, sizeof(word), "result-%d", status);
	event(ctx, word, msg);
}

const struct sip_leg_ops party_ops = {
	.response = response,
	.cancelled = cancelled,
	.acked = acked,
	.ended = ended,
	.info = info,
	.offer = offer,
	.refreshed = refreshed,
	.offer_result = offer_result,
};

static void invite(void *ctx, struct sip_leg *leg, const struct sip_msg *msg)
{
	struct party *p = ctx;

	say(p, "invite");
	remember(p, msg);
	p->leg = leg;
	sip_leg_bind(leg, &party_ops, p);
	if (p->on_invite)
		p->on_invite(p, leg, msg);
}

static bool admit(void *ctx, const struct sockaddr_storage *source, enum sip_transport transport)
{
	return !((struct party *)ctx)->mute;
}

static int options(void *ctx, const struct sip_msg *msg)
{
	struct party *p = ctx;

	say(p, "options");
	return p->options_status ? p->options_status : 200;
}

static void trace(void *ctx, bool sent, const char *peer, const char *call_id, const void *octets,
		  size_t len)
{
	struct party *p = ctx;
	int n;

	if (!*call_id || p->octets_len + len + 100 > sizeof(p->octets))
		return;
	n = snprintf(p->octets + p->octets_len, 100, "%s %zu %s\n", sent ? ">>" : "<<", len, peer);
	p->octets_len += n;
	memcpy(p->octets + p->octets_len, octets, len);
	p->octets_len += len;
	p->octets[p->octets_len] = '\0';
}

static void open_at(struct party *p, const char *name, const char *address,
		    const struct sip_cfg *cfg)
{
	struct sip_cfg_listen listen[] = {
		{ SIP_UDP, address, 0 }, { SIP_TCP, address, 0 },
	};
	struct sip_cfg c = cfg ? *cfg : (struct sip_cfg){ 0 };
	struct sip_user user = { invite, admit, options, p->traced ? trace : NULL, p };

	p->name = name;
	c.listen = listen;
	c.n_listen = ARRAY_SIZE(listen);
	c.user_agent = "Tollgate";
	c.log_cat = DLGLOBAL;
	p->sip = sip_new(NULL, &c, &user);
	if (!p->sip)
		abort();
}

void party_open(struct party *p, const char *name, const struct sip_cfg *cfg)
{
	open_at(p, name, "127.0.0.1", cfg);
}

void party_open6(struct party *p, const char *name)
{
	open_at(p, name, "::1", NULL);
}

void party_close(struct party *p)
{
	sip_free(p->sip);
	p->sip = NULL;
}

static uint64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void nothing(void *data)
{
}

static void turn(void)
{
	struct osmo_timer_list t = { 0 };

	osmo_timer_setup(&t, nothing, NULL);
	osmo_timer_schedule(&t, 0, 5000);
	osmo_select_main(0);
	osmo_timer_del(&t);
}

bool party_said(const struct party *p, const char *word)
{
	return strstr(p->log, word) != NULL;
}

bool party_wait(struct party *p, const char *word, unsigned int ms)
{
	uint64_t end = now_ms() + ms;

	while (!party_said(p, word) && now_ms() < end)
		turn();
	return party_said(p, word);
}

void party_run(unsigned int ms)
{
	uint64_t end = now_ms() + ms;

	while (now_ms() < end)
		turn();
}

void party_out(struct sip_out *out, const char *user, const char *ctype, const void *body,
	       size_t len)
{
	memset(out, 0, sizeof(*out));
	snprintf(out->ruri, sizeof(out->ruri), "sip:%s@127.0.0.1", user);
	snprintf(out->from, sizeof(out->from), "\"A, B\" <sip:+49301234@127.0.0.1;user=phone>");
	snprintf(out->to, sizeof(out->to), "<sip:%s@127.0.0.1>", user);
	snprintf(out->content_type, sizeof(out->content_type), "%s", ctype ? ctype : "");
	out->body_len = len;
	if (len)
		memcpy(out->body, body, len);
}

int party_call(struct party *p, uint16_t port, enum sip_transport transport,
	       const struct sip_out *out, enum sip_100rel rel)
{
	struct sip_target target = { "127.0.0.1", port, transport };

	return sip_leg_invite(&p->leg, p->sip, &target, out, rel, &party_ops, p);
}
