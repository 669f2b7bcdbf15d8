/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that come in by SIP: who may talk to us, which trunk group it is, what the INVITE asks. */
#include <ctype.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/leg_sip_in.h"
#include "gw/map_event.h"
#include "gw/trunk.h"

enum { SIP_EXTENSION_REQUIRED = 421 };

static bool on_admit(void *ctx, const struct sockaddr_storage *source, enum sip_transport transport)
{
	return trunk_of_source(ctx, source, 0) != NULL;
}

/* A status the mapper refuses with, as the cause that the record and the release speak of. */
static uint8_t cause_of(int status, const struct map_profile *p)
{
	uint8_t cause = map_status_to_cause(status, p);

	return cause ? cause : 127;
}

/* What could not be read as a number is told in the record and the log as it came. */
static void name_called(struct cc_setup *setup, const char *ruri)
{
	if (setup->called.digits[0] || setup->called_user[0] || !ruri)
		return;
	osmo_strlcpy(setup->called_user, ruri, sizeof(setup->called_user));
	for (char *p = setup->called_user; *p; p++)
		if (!isprint((unsigned char)*p))
			*p = '?';
}

int leg_sip_take(struct leg_sip_taken *taken, const struct sip_msg *inv, bool peer_has_100rel,
		 const struct trunk *trunk)
{
	int status;

	*taken = (struct leg_sip_taken){};
	status = map_invite_to_setup(&taken->setup, &taken->isup, &taken->has_isup, inv,
				     &trunk->profile);
	if (!status && map_body_sdp(taken->sdp, sizeof(taken->sdp), inv) < 0)
		status = 488;		/* longer than we keep */
	if (!status && trunk->cfg->rel100 == CONFIG_100REL_REQUIRED && !peer_has_100rel)
		status = SIP_EXTENSION_REQUIRED;
	if (status)
		name_called(&taken->setup, inv->ruri);
	return status;
}

void leg_sip_adopt(struct leg_sip *l, struct sip_leg *sip, const struct sip_msg *msg,
		   const struct leg_sip_taken *taken)
{
	const struct map_profile *p = profile(l);
	char history[LEG_SIP_MAX_HISTORY];

	l->sip = sip;
	leg_sip_identify(l);
	sip_leg_bind(sip, &leg_sip_dialog_ops, l);
	if (taken->sdp[0])
		l->heard = talloc_strdup(l, taken->sdp);
	talloc_free(l->history);
	l->history = map_history_of_invite(history, sizeof(history), msg, p) > 0
			     ? talloc_strdup(l, history) : NULL;
	l->offered = l->heard != NULL;
	leg_sip_saw_body(l, msg, taken->has_isup);
	l->early_asked = map_early_asked(msg, p);
}

static void on_invite(void *ctx, struct sip_leg *sip, const struct sip_msg *msg)
{
	struct gw *gw = ctx;
	struct trunk *trunk = trunk_of_source(gw, &msg->source_addr, msg->local_port);
	struct cc_release refuse = {};
	struct leg_sip_taken taken;
	struct leg_sip *l;
	int status;

	if (trunk && leg_sip_collect_again(trunk, sip, msg))
		return;
	l = trunk ? (struct leg_sip *)leg_sip_new(gw, trunk) : NULL;
	if (!l) {
		LOGP(DSIP, LOGL_NOTICE, "%s: call refused, %s\n", msg->source,
		     trunk ? "no memory" : "no trunk group takes calls from there at this port");
		sip_leg_reply(sip, trunk ? 500 : 403, NULL, NULL, SIP_100REL_OFF);
		return;
	}
	l->outgoing = false;
	status = leg_sip_take(&taken, msg, sip_leg_peer_supports(sip, "100rel"), trunk);
	leg_sip_adopt(l, sip, msg, &taken);
	if (!status)
		leg_sip_collect_begin(l, msg, &taken);
	l->refuse_status = status;
	refuse.cause.value = cause_of(status, &trunk->profile);
	refuse.sip_status = status;
	call_new(gw, &l->leg, &taken.setup, taken.has_isup ? &taken.isup : NULL,
		 status ? &refuse : NULL);
}

static int on_options(void *ctx, const struct sip_msg *msg)
{
	const struct gw *gw = ctx;

	return gw->draining ? 503 : 200;
}

static void on_trace(void *ctx, bool sent, const char *peer, const char *cid, const void *octets,
		     size_t len)
{
	const char *eol = memchr(octets, '\r', len);

	LOGP(DSIP, LOGL_DEBUG, "%s %s %.*s (%s)\n", sent ? "to" : "from", peer,
	     (int)(eol ? eol - (const char *)octets : 0), (const char *)octets, cid ? cid : "-");
}

void leg_sip_user_init(struct sip_user *user, struct gw *gw)
{
	*user = (struct sip_user){
		.invite = on_invite,
		.admit = on_admit,
		.options = on_options,
		.trace = on_trace,
		.ctx = gw,
	};
}
