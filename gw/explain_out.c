/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain': messages in full, and what each route is sent. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gw/explain_parts.h"
#include "gw/plan.h"
#include "gw/sdp.h"
#include "gw/sipt.h"
#include "isup/dialect.h"

enum { MAX_HEAD = 8192, PORT_MADE_UP = 4000 };

/* --- messages --- */

static void octets_of(const struct explain_call *x, const struct isup_msg *m)
{
	uint8_t octets[ISUP_MAX_OCTETS];
	ssize_t n = isup_encode_body(octets, sizeof(octets), m);

	if (n < 0)
		explain_line(x, 2, "cannot be encoded: %s", strerror(-n));
	else
		explain_hex(x, octets, n);
}

void explain_isup(const struct explain_call *x, const struct isup_msg *m)
{
	int (*print)(char *buf, size_t size, const struct isup_msg *m) =
		x->reading ? isup_print_body_meaning : isup_print_body;
	char *text = talloc_size(x, ISUP_MAX_JSON);

	if (text && print(text, ISUP_MAX_JSON, m) > 0)
		explain_text(x, 1, text);
	octets_of(x, m);
	talloc_free(text);
}

static void part_isup(const struct explain_call *x, const struct sipt_part *part,
		      const struct map_profile *own)
{
	const struct sipt_version version = { own->isup_version, own->dialect->name };
	const char *dialect = sipt_dialect(part, &version);
	struct isup_msg m;
	struct isup_fault f;

	if (!dialect) {
		explain_line(x, 2, "of a version that is not known");
		explain_hex(x, part->octets, part->len);
	} else if (isup_decode_body(&m, isup_dialect_find(dialect), part->octets, part->len, &f) <
		   0) {
		explain_line(x, 2, "cannot be decoded: %s%s%s at octet %zu", f.par ? f.par : "",
			     f.par ? ": " : "", f.why, f.at);
		explain_hex(x, part->octets, part->len);
	} else {
		explain_isup(x, &m);
	}
}

static void part(const struct explain_call *x, const struct sipt_part *p,
		 const struct map_profile *own)
{
	char *text;

	explain_line(x, 1, "%.*s%s%.*s, %zu octets", (int)p->type.len, p->type.p,
		     p->params.len ? ";" : "", (int)p->params.len, p->params.p, p->len);
	if (span_is(p->type, "application/isup")) {
		part_isup(x, p, own);
	} else if (span_is(p->type, "application/sdp")) {
		text = talloc_strndup(x, (const char *)p->octets, p->len);
		explain_text(x, 2, text ? text : "");
		talloc_free(text);
	} else {
		explain_hex(x, p->octets, p->len);
	}
}

void explain_body(const struct explain_call *x, const char *content_type, const uint8_t *octets,
		  size_t len, const struct map_profile *own)
{
	struct sipt_body b;
	int rc = sipt_parse(&b, content_type, octets, len);

	if (rc < 0)
		explain_line(x, 1, "body that cannot be taken apart, %zu octets", len);
	for (unsigned int i = 0; rc == 0 && i < b.n_parts; i++)
		part(x, &b.parts[i], own);
}

void explain_release(const struct explain_call *x, const struct cc_release *r)
{
	const struct map_profile *p = &x->in->profile;
	struct sip_out *out;
	struct isup_msg rel;
	int status;

	if (x->in->cfg->type == CONFIG_TRUNK_ISUP) {
		if (map_release_to_rel(&rel, r, NULL, p) == 0)
			explain_isup(x, &rel);
		return;
	}
	out = talloc(x, struct sip_out);
	if (!out)
		return;
	status = map_release_to_response(out, r, NULL, false, p);
	explain_line(x, 1, "%d %s", status, sip_status_name(status));
	if (out->reason[0])
		explain_line(x, 1, "Reason: %s", out->reason);
	if (out->retry_after)
		explain_line(x, 1, "Retry-After: %d", out->retry_after);
	if (out->contact[0])
		explain_line(x, 1, "Contact: %s", out->contact);
	explain_text(x, 1, out->headers);
	talloc_free(out);
}

/* --- routes --- */

/* The offer of the caller's circuit, as far as it can be known without its media gateway. */
static const char *offer(struct explain_call *x, char buf[MEDIA_MAX_SDP])
{
	const struct config_media *media;
	struct sdp_local l = {
		.address = "media-gateway.invalid", .port = PORT_MADE_UP, .id = 1, .version = 1,
		.tmr = x->setup.tmr,
	};

	if (x->in->cfg->type == CONFIG_TRUNK_SIP)
		return x->sdp;
	media = config_media_find(x->in->gw->cfg, x->in->cfg->media);
	if (media && media->type == CONFIG_MEDIA_NONE) {
		if (!media->rtp_address)
			return NULL;	/* nobody tells where speech goes */
		l.address = media->rtp_address;
	}
	return sdp_offer(buf, MEDIA_MAX_SDP, &l) > 0 ? buf : NULL;
}

static void other_targets(const struct explain_call *x, const struct config_trunk *cfg)
{
	for (unsigned int i = 1; i < cfg->n_targets; i++)
		explain_line(x, 1, "after 500, 502, 503, 504 or no response: to %s port %u",
			     cfg->targets[i].host, cfg->targets[i].port);
}

static int head(const struct explain_call *x, const struct trunk *t, const struct sip_out *out)
{
	const struct config_target *to = &t->cfg->targets[0];
	const struct sip_target target = {
		.host = to->host, .port = to->port, .transport = (enum sip_transport)to->transport,
	};
	const struct sip_text_out what = {
		.out = out, .rel100 = (enum sip_100rel)t->cfg->rel100,
	};
	struct sip_cfg_listen listen[CONFIG_MAX_LISTEN];
	char *text = talloc_size(x, MAX_HEAD);
	struct sip_cfg cfg;
	int n;

	if (!text)
		return -ENOMEM;
	gw_sip_cfg(&cfg, listen, t->gw->cfg);
	n = sip_text_invite(text, MAX_HEAD, &cfg, &target, &what);
	if (n > 0) {
		explain_line(x, 1, "to %s port %u, %s", to->host, to->port,
			     target.transport == SIP_TCP ? "TCP" : "UDP");
		explain_text(x, 1, text);
	}
	talloc_free(text);
	return n < 0 ? n : 0;
}

/* The IAM as far as it goes to a trunk group without ISUP. 0, or a cause. */
static uint8_t leave_isup(const struct explain_call *x, const struct trunk *t, struct isup_msg *iam)
{
	if (!x->has_isup || x->in->cfg->type != CONFIG_TRUNK_ISUP ||
	    t->profile.isup_body != MAP_ISUP_NONE)
		return 0;
	return explain_unknown(x, iam, true);
}

static void tell_invite(struct explain_call *x, const struct trunk *t, const struct sip_out *out,
			const struct map_profile *p)
{
	explain_body(x, out->content_type, out->body, out->body_len, p);
	if (x->in->cfg->type == CONFIG_TRUNK_ISUP && out->body_len)
		explain_line(x, 1, "address and port of the description are the media gateway's "
			     "to say");
	other_targets(x, t->cfg);
}

static uint8_t route_sip(struct explain_call *x, const struct trunk *t)
{
	struct sip_out *out = talloc(x, struct sip_out);
	struct isup_msg copy = x->isup, *isup = x->has_isup ? &copy : NULL;
	char sdp[MEDIA_MAX_SDP];
	struct map_profile p;
	uint8_t cause;
	int rc;

	if (!out)
		return 42;
	cause = t->cfg->n_targets ? leave_isup(x, t, &copy) : 38;
	if (cause)
		return cause;
	way_profile(&p, t, &t->cfg->targets[0]);
	rc = map_setup_to_invite(out, &x->setup, isup, offer(x, sdp), &p);
	if (rc < 0)
		return map_setup_cause(rc, &x->setup, isup, &p);
	rc = head(x, t, out);
	if (rc == 0)
		tell_invite(x, t, out, &p);
	else
		explain_line(x, 1, "the INVITE cannot be sent: %s", strerror(-rc));
	talloc_free(out);
	return rc == 0 ? 0 : 38;
}

static uint8_t route_isup(struct explain_call *x, const struct trunk *t)
{
	const struct isup_msg *isup = x->has_isup ? &x->isup : NULL;
	struct isup_msg iam;
	int rc = map_setup_to_iam(&iam, &x->setup, isup, &t->profile);

	if (rc < 0)
		return map_setup_cause(rc, &x->setup, isup, &t->profile);
	explain_isup(x, &iam);
	return 0;
}

uint8_t explain_route(struct explain_call *x, const struct trunk *t, unsigned int number)
{
	uint8_t cause = way_takes(t, &x->setup);

	explain_line(x, 0, "route %u: trunk-group %s", number, t->name);
	if (cause)
		return cause;
	return t->cfg->type == CONFIG_TRUNK_ISUP ? route_isup(x, t) : route_sip(x, t);
}
