/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending an INVITE that begins a call: its dialog, its target, its content. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/sip_dialog.h"

struct sip_series {
	struct sip *sip;
	struct sip_target target;
	enum sip_100rel rel100;
	uint32_t cseq;			/* of the last INVITE */
	char call_id[33];		/* "": none was sent yet */
	char from[SIP_MAX_TEXT + 40];
};

/* No transaction timer runs while the stack resolves a name. */
static void on_guard(void *data)
{
	struct sip_leg *leg = data;

	if (nta_outgoing_status(leg->invite_out) < 100)
		sip_uac_silence(leg);
}

static int arm_guard(struct sip_leg *leg, const struct sip_target *target)
{
	struct in6_addr six;
	struct in_addr four;
	unsigned int ms = 65 * leg->sip->t1_ms;

	if (inet_pton(AF_INET, target->host, &four) == 1 ||
	    inet_pton(AF_INET6, target->host, &six) == 1)
		return 0;
	leg->guard = talloc_zero(leg, struct osmo_timer_list);
	if (!leg->guard)
		return -ENOMEM;
	osmo_timer_setup(leg->guard, on_guard, leg);
	osmo_timer_schedule(leg->guard, ms / 1000, ms % 1000 * 1000);
	return 0;
}

static int target_text(char *host_port, size_t size, const struct sip_target *t)
{
	const char *open = strchr(t->host, ':') ? "[" : "", *shut = *open ? "]" : "";

	if (t->port)
		return snprintf(host_port, size, "%s%s%s:%u", open, t->host, shut, t->port);
	return snprintf(host_port, size, "%s%s%s", open, t->host, shut);
}

/* The first INVITE makes up what all of a series have in common. */
static void identify(struct sip_series *s, const struct sip_out *out)
{
	char tag[17];

	if (s->call_id[0])
		return;
	sip_random_token(s->call_id, sizeof(s->call_id));
	sip_random_token(tag, sizeof(tag));
	snprintf(s->from, sizeof(s->from), "%s;tag=%s", out->from, tag);
	s->cseq = sip_random_u32() & 0xffffff;
}

static int make_dialog(struct sip_leg *leg, const struct sip_series *s, const struct sip_out *out)
{
	sip_cseq_t cseq[1];

	sip_cseq_init(cseq)->cs_seq = s->cseq;
	leg->forks = talloc_zero(leg, struct fork);
	if (!leg->forks)
		return -ENOMEM;
	leg->forks->dialog = nta_leg_tcreate(
		leg->sip->agent, sip_indialog, leg, SIPTAG_CALL_ID_STR(leg->call_id),
		SIPTAG_FROM_STR(s->from), SIPTAG_TO_STR(out->to), SIPTAG_CSEQ(cseq), TAG_END());
	return leg->forks->dialog ? 0 : -EINVAL;
}

static int send_invite(struct sip_leg *leg, const struct sip_target *target, const char *ruri,
		       const struct sip_content *c, enum sip_100rel rel100)
{
	const struct listener *li = &leg->sip->listener[leg->listener];
	const struct sip *sip = leg->sip;
	char route[MAX_PEER_TEXT + 32];
	sip_payload_t pl[1];
	sip_max_forwards_t mf[1];

	snprintf(route, sizeof(route), "sip:%s;transport=%s", leg->peer,
		 target->transport == SIP_TCP ? "tcp" : "udp");
	sip_max_forwards_init(mf)->mf_count = c->max_forwards > 0 ? c->max_forwards : 70;
	sip_payload_init(pl);
	pl->pl_data = (char *)c->body;
	pl->pl_len = c->body_len;
	leg->invite_out = nta_outgoing_tcreate(
		leg->forks->dialog, sip_uac_response, leg, (url_string_t *)route, SIP_METHOD_INVITE,
		(url_string_t *)ruri, TPTAG_IDENT(li->ident), SIPTAG_MAX_FORWARDS(mf),
		SIP_LEG_CONTACT(true, leg, li), SIPTAG_ALLOW(sip->allow),
		SIPTAG_ACCEPT(sip->accept),
		SIPTAG_SUPPORTED_STR(SIP_INVITE_SUPPORTS(rel100)),
		TAG_IF(rel100 == SIP_100REL_REQUIRED, SIPTAG_REQUIRE(sip->require)),
		SIPTAG_USER_AGENT_STR(sip->cfg.user_agent), SIPTAG_HEADER_STR(c->headers),
		SIPTAG_CONTENT_TYPE_STR(c->content_type), SIPTAG_PAYLOAD(c->body_len ? pl : NULL),
		TAG_END());
	return leg->invite_out ? 0 : -EINVAL;
}

static bool usable_uri(const char *text)
{
	su_home_t home[1] = { SU_HOME_INIT(home) };
	const url_t *url = url_hdup(home, (const url_t *)text);
	bool ok = url && (url->url_type == url_sip || url->url_type == url_sips ||
			  url->url_type == url_tel);

	ok = ok && (url->url_type == url_tel || (url->url_host && *url->url_host));
	su_home_deinit(home);
	return ok;
}

/* A user part that could end the URI early is not said. */
static void name_contact(struct sip_leg *leg, const char *user)
{
	const struct listener *li = &leg->sip->listener[leg->listener];

	if (!*user || user[strcspn(user, "<>\"@ \t\r\n")])
		return;
	leg->contact = talloc_asprintf(leg, "<sip:%s@%s:%u%s%s>", user, li->host, li->port,
				       li->transport == SIP_TCP ? ";transport=tcp" : "",
				       *user == '+' ? ";user=phone" : "");
}

static int begin(struct sip_leg *leg, struct sip_series *s, const struct sip_out *out)
{
	struct sip_content *c = sip_content_new(leg, out);
	enum sip_100rel rel100 = s->rel100;
	int rc;

	if (!c || !usable_uri(out->ruri))
		return -EINVAL;
	/* An offer could come in a reliable provisional, and would need its answer in the PRACK. */
	if (!c->has_sdp)
		rel100 = SIP_100REL_OFF;
	leg->offered = leg->we_offered = c->has_sdp;
	name_contact(leg, out->contact_user);
	rc = make_dialog(leg, s, out);
	if (rc == 0)
		rc = arm_guard(leg, &s->target);
	if (rc == 0)
		rc = send_invite(leg, &s->target, out->ruri, c, rel100);
	if (rc == 0)
		s->cseq = nta_outgoing_cseq(leg->invite_out);
	talloc_free(c);
	return rc;
}

int sip_series_invite(struct sip_leg **ret, struct sip_series *s, const struct sip_out *out,
		      const struct sip_leg_ops *ops, void *ctx)
{
	struct sip *sip = s->sip;
	const struct listener *li = sip_listener_for(sip, &s->target);
	char peer[MAX_PEER_TEXT];
	struct sip_leg *leg;
	int rc;

	if (!li)
		return -ENETUNREACH;
	if (target_text(peer, sizeof(peer), &s->target) >= (int)sizeof(peer))
		return -ENAMETOOLONG;
	if (sip->cfg.max_dialogs && sip->n_legs >= sip->cfg.max_dialogs)
		return -ENOBUFS;
	identify(s, out);
	leg = sip_leg_new(sip, s->call_id, peer);
	if (!leg)
		return -ENOMEM;
	leg->state = LEG_UAC_CALLING;
	leg->is_uac = true;
	leg->listener = li - sip->listener;
	rc = begin(leg, s, out);
	if (rc < 0) {
		sip_leg_free(leg);
		return rc;
	}
	sip_leg_bind(leg, ops, ctx);
	sip->counter[SIP_CTR_TX_INVITE]++;
	sip_trace_request(sip, leg->invite_out);
	sip_kick(sip);
	*ret = leg;
	return 0;
}

struct sip_series *sip_series_new(void *ctx, struct sip *sip, const struct sip_target *target,
				  enum sip_100rel rel100)
{
	struct sip_series *s = talloc_zero(ctx, struct sip_series);

	if (!s)
		return NULL;
	s->sip = sip;
	s->target = *target;
	s->target.host = talloc_strdup(s, target->host);
	s->rel100 = rel100;
	return s;
}

int sip_leg_invite(struct sip_leg **ret, struct sip *sip, const struct sip_target *target,
		   const struct sip_out *out, enum sip_100rel rel100, const struct sip_leg_ops *ops,
		   void *ctx)
{
	struct sip_series one = { .sip = sip, .target = *target, .rel100 = rel100 };

	return sip_series_invite(ret, &one, out, ops, ctx);
}
