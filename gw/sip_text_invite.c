/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of an INVITE as text: what gw/sip_invite.c has the stack send. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/sip_dialog.h"
#include "gw/sip_text.h"
#include "gw/text.h"

static int family_of(const char *host)
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET6, host, &six) == 1)
		return AF_INET6;
	return inet_pton(AF_INET, host, &four) == 1 ? AF_INET : AF_UNSPEC;
}

static const struct sip_cfg_listen *listen_for(const struct sip_cfg *cfg,
					       const struct sip_target *target)
{
	int family = family_of(target->host);

	for (unsigned int i = 0; i < cfg->n_listen; i++)
		if (cfg->listen[i].transport == target->transport &&
		    (family == AF_UNSPEC || family == family_of(cfg->listen[i].address)))
			return &cfg->listen[i];
	return NULL;
}

static void out_host(struct out *o, const struct sip_cfg *cfg, const struct sip_cfg_listen *l)
{
	const char *host = cfg->public_host ? cfg->public_host : l->address;

	if (!cfg->public_host && (!strcmp(host, "0.0.0.0") || !strcmp(host, "::")))
		out_str(o, "...");	/* the host's own, when it is there */
	else
		out_fmt(o, family_of(host) == AF_INET6 ? "[%s]" : "%s", host);
	out_fmt(o, ":%u", l->port);
}

static void out_own(struct out *o, const struct sip_cfg *cfg, const struct sip_text_out *t,
		    bool has_body)
{
	/* as in gw/sip_invite.c: an offer in a reliable provisional would want a PRACK with SDP */
	enum sip_100rel rel100 = has_body ? t->rel100 : SIP_100REL_OFF;

	out_fmt(o, "User-Agent: %s\r\n", cfg->user_agent);
	out_str(o, "Accept: " SIP_TYPES_ACCEPTED "\r\nAllow: " SIP_METHODS_ALLOWED "\r\n");
	out_fmt(o, "Supported: %s\r\n", SIP_INVITE_SUPPORTS(rel100));
	if (rel100 == SIP_100REL_REQUIRED)
		out_str(o, "Require: 100rel\r\n");
}

/* As in gw/sip_invite.c: what cannot stand before the host is left out. */
static void out_contact(struct out *o, const struct sip_cfg *cfg, const struct sip_cfg_listen *l,
			const char *user)
{
	bool named = *user && !user[strcspn(user, "<>\"@ \t\r\n")];

	out_fmt(o, "Contact: <sip:%s%s", named ? user : "", named ? "@" : "");
	out_host(o, cfg, l);
	out_str(o, l->transport == SIP_TCP ? ";transport=tcp" : "");
	out_str(o, named && *user == '+' ? ";user=phone>\r\n" : ">\r\n");
}

int sip_text_invite(char *buf, size_t size, const struct sip_cfg *cfg,
		    const struct sip_target *target, const struct sip_text_out *t)
{
	const struct sip_cfg_listen *l = listen_for(cfg, target);
	struct sip_content *c = sip_content_new(NULL, t->out);
	struct out o = out_to(buf, size);

	if (!l || !c) {
		talloc_free(c);
		return l ? -EINVAL : -ENETUNREACH;
	}
	out_fmt(&o, "INVITE %s SIP/2.0\r\nVia: SIP/2.0/%s ", t->out->ruri,
		l->transport == SIP_TCP ? "TCP" : "UDP");
	out_host(&o, cfg, l);
	out_fmt(&o, ";branch=z9hG4bK...;rport\r\nMax-Forwards: %d\r\nFrom: %s;tag=...\r\n",
		c->max_forwards > 0 ? c->max_forwards : 70, t->out->from);
	out_fmt(&o, "To: %s\r\nCall-ID: ...\r\nCSeq: ... INVITE\r\n", t->out->to);
	out_contact(&o, cfg, l, t->out->contact_user);
	out_own(&o, cfg, t, c->body_len > 0);
	out_str(&o, c->headers ? c->headers : "");
	if (c->content_type)
		out_fmt(&o, "Content-Type: %s\r\n", c->content_type);
	out_fmt(&o, "Content-Length: %zu\r\n", c->body_len);
	talloc_free(c);
	return out_want(&o);
}
