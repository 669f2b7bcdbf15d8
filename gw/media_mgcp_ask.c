/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What we say to a gateway, by RFC 3435 2.3 and by what osmo-mgw takes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/media_mgcp.h"
#include "gw/sdp.h"

/* osmo-mgw has no inactive; recvonly at least sends nothing. What looks like a circuit's loop to it
 * is a loop of packets to others, where the circuit is RTP. */
static const char *mode_name(const struct mg_gw *gw, enum media_mode mode)
{
	static const char *const names[] = {
		[MEDIA_INACTIVE] = "inactive",
		[MEDIA_RECVONLY] = "recvonly",
		[MEDIA_SENDONLY] = "sendonly",
		[MEDIA_SENDRECV] = "sendrecv",
		[MEDIA_LOOPBACK] = "loopback",
		[MEDIA_TRANSPONDER] = "conttest",
	};

	if (mode == MEDIA_LOOPBACK && gw->circuit_address && !gw->osmo)
		return "netwloop";
	return gw->osmo && mode == MEDIA_INACTIVE ? "recvonly" : names[mode];
}

const char *mg_codecs(char buf[MG_MAX_CODECS], const struct mg_ctx *c)
{
	const struct mg_gw *gw = mg_gw_of(c);

	if (c->tmr == MG_TMR_64K)
		return "CLEARMODE";
	if (c->tmr != MG_TMR_64K_PREFERRED)
		return gw->codecs;
	snprintf(buf, MG_MAX_CODECS, "CLEARMODE;%s", gw->codecs);
	return buf;
}

/* LocalConnectionOptions (3.2.2.10): data, and what may be data, must not pass an echo
 * canceller. */
static const char *options(char *buf, size_t size, const struct mg_ctx *c)
{
	const struct mg_gw *gw = mg_gw_of(c);
	bool speech = c->tmr != MG_TMR_64K && c->tmr != MG_TMR_64K_PREFERRED;
	char codecs[MG_MAX_CODECS];

	if (c->plain)
		return NULL;
	if (gw->osmo)
		snprintf(buf, size, "p:20, a:%s", c->codec);
	else
		snprintf(buf, size, "p:20, a:%s, e:%s, s:off", mg_codecs(codecs, c),
			 speech && !media_mode_is_test(c->mode) ? "on" : "off");
	return buf;
}

static int ask(struct mg_ctx *c, struct mgcp_msg *m, mgcp_done_cb *done)
{
	struct mg_gw *gw = mg_gw_of(c);
	int rc;

	m->profile = mgcp_text(gw->profile);
	rc = mgcp_agent_request(&c->trans, gw->agent, m, done, c);
	if (rc < 0)
		c->trans = NULL;
	c->asked_ms = mgcp_now();
	return rc;
}

static int create(struct mg_ctx *c, const char *mode, const char *sdp, mgcp_done_cb *done)
{
	struct mgcp_msg m = mgcp_command(MGCP_CRCX, c->endpoint);
	char l[128];

	mgcp_add(&m, MGCP_P_C, c->call_id);
	mgcp_add(&m, MGCP_P_L, options(l, sizeof(l), c));
	mgcp_add(&m, MGCP_P_M, mode);
	mgcp_add_sdp(&m, sdp);
	return ask(c, &m, done);
}

/* Whether packets may come out of the circuit's side. The mode of the other side says so, too, but
 * osmo-mgw relays what it receives on a connection that is sendonly: before answer the caller would
 * be heard. */
static bool circuit_open(const struct mg_ctx *c)
{
	return c->mode == MEDIA_RECVONLY || c->mode == MEDIA_SENDRECV;
}

static const char *circuit_mode(const struct mg_ctx *c)
{
	return mode_name(mg_gw_of(c), c->circuit_open ? MEDIA_SENDRECV : MEDIA_RECVONLY);
}

/* The circuit's audio is itself an RTP stream, at a place known by rule. */
static int circuit_sdp(char *buf, size_t size, const struct mg_ctx *c)
{
	const struct mg_gw *gw = mg_gw_of(c);
	struct sdp_local at = {
		.address = gw->circuit_address, .port = gw->circuit_port + 2 * c->cic,
		.id = c->local.id, .version = 1, .dir = SDP_SENDRECV, .tmr = c->tmr,
	};
	char offer[MEDIA_MAX_SDP];
	int rc = sdp_offer(offer, sizeof(offer), &at);

	return rc < 0 ? rc :
			media_remote_for_gateway(buf, size, offer, gw->osmo ? c->codec : NULL);
}

int mg_ask_create_circuit(struct mg_ctx *c, mgcp_done_cb *done)
{
	char sdp[MEDIA_MAX_SDP];
	int rc = circuit_sdp(sdp, sizeof(sdp), c);

	if (rc < 0)
		return rc;
	c->circuit_open = circuit_open(c);
	return create(c, circuit_mode(c), sdp, done);
}

/* A circuit under test has one connection, toward itself. */
int mg_ask_create(struct mg_ctx *c, mgcp_done_cb *done)
{
	const struct mg_gw *gw = mg_gw_of(c);
	const char *mode = mode_name(gw, c->mode);
	char sdp[MEDIA_MAX_SDP];
	int rc;

	if (!media_mode_is_test(c->mode) || !gw->circuit_address)
		return create(c, mode, c->remote, done);
	rc = circuit_sdp(sdp, sizeof(sdp), c);
	return rc < 0 ? rc : create(c, mode, sdp, done);
}

/* osmo-mgw forgets the codec when no option repeats it. */
static int modify(struct mg_ctx *c, const char *id, const char *mode, const char *sdp,
		  mgcp_done_cb *done)
{
	struct mgcp_msg m = mgcp_command(MGCP_MDCX, c->endpoint);
	char l[128];

	mgcp_add(&m, MGCP_P_C, c->call_id);
	mgcp_add(&m, MGCP_P_I, id);
	if (mg_gw_of(c)->osmo || c->fell_back)
		mgcp_add(&m, MGCP_P_L, options(l, sizeof(l), c));
	mgcp_add(&m, MGCP_P_M, mode);
	mgcp_add_sdp(&m, sdp);
	return ask(c, &m, done);
}

int mg_ask_modify(struct mg_ctx *c, mgcp_done_cb *done)
{
	return modify(c, c->conn_id, mode_name(mg_gw_of(c), c->mode), c->remote, done);
}

bool mg_circuit_follows(const struct mg_ctx *c)
{
	return !c->two || !c->circuit_id[0] || c->circuit_open == circuit_open(c);
}

int mg_ask_modify_circuit(struct mg_ctx *c, mgcp_done_cb *done)
{
	int rc;

	c->circuit_open = circuit_open(c);
	rc = modify(c, c->circuit_id, circuit_mode(c), NULL, done);
	if (rc < 0)
		c->circuit_open = !c->circuit_open;
	return rc;
}

/* AUCX with nothing requested only tells whether the connection exists (2.3.9). osmo-mgw does not
 * answer it, but refuses an MDCX that changes nothing when the connection is gone. */
int mg_ask_audit(struct mg_ctx *c, mgcp_done_cb *done)
{
	struct mgcp_msg m = mgcp_command(MGCP_AUCX, c->endpoint);

	if (mg_gw_of(c)->osmo)
		return modify(c, c->conn_id, mode_name(mg_gw_of(c), c->mode), NULL, done);
	mgcp_add(&m, MGCP_P_I, c->conn_id);
	mgcp_add(&m, MGCP_P_F, "");
	return ask(c, &m, done);
}

/* One connection is named; without its name, or with two, the call's connections on the endpoint go
 * together (2.3.6). */
static struct mgcp_msg delete_command(const struct mg_ctx *c)
{
	struct mgcp_msg m = mgcp_command(MGCP_DLCX, c->endpoint);

	mgcp_add(&m, MGCP_P_C, c->call_id);
	if (c->conn_id[0] && !c->two)
		mgcp_add(&m, MGCP_P_I, c->conn_id);
	return m;
}

int mg_ask_delete(struct mg_ctx *c, mgcp_done_cb *done)
{
	struct mgcp_msg m = delete_command(c);

	return ask(c, &m, done);
}

void mg_tell_delete(struct mg_ctx *c)
{
	struct mgcp_msg m = delete_command(c);

	m.profile = mgcp_text(mg_gw_of(c)->profile);
	mgcp_agent_tell(mg_gw_of(c)->agent, &m);
}

/* Whoever's connections are on our endpoint. */
int mg_ask_clear(struct mg_ctx *c, mgcp_done_cb *done)
{
	struct mgcp_msg m = mgcp_command(MGCP_DLCX, c->endpoint);

	return ask(c, &m, done);
}

int mg_ask_gw(struct mg_gw *gw, enum mgcp_verb verb, const char *endpoint, mgcp_done_cb *done)
{
	struct mgcp_msg m = mgcp_command(verb, endpoint);

	m.profile = mgcp_text(gw->profile);
	gw->asked_ms = mgcp_now();
	return mgcp_agent_request(NULL, gw->agent, &m, done, gw);
}

int mg_ask_notify(struct mg_request *r, struct mg_gw *gw, const struct mg_wish *w,
		  mgcp_done_cb *done, void *ctx)
{
	struct mgcp_msg m = mgcp_command(MGCP_RQNT, w->endpoint);
	int rc;

	snprintf(r->id, sizeof(r->id), "%X", ++gw->last_request);
	mgcp_add(&m, MGCP_P_X, r->id);
	mgcp_add(&m, MGCP_P_R, w->events);
	mgcp_add(&m, MGCP_P_S, w->signals);
	m.profile = mgcp_text(gw->profile);
	rc = mgcp_agent_request(&r->trans, gw->agent, &m, done, ctx);
	if (rc < 0)
		r->trans = NULL;
	r->asked_ms = mgcp_now();
	return rc;
}

void mg_ask_no_more(struct mg_request *r)
{
	if (r->trans)
		mgcp_transaction_cancel(r->trans);
	r->trans = NULL;
}
