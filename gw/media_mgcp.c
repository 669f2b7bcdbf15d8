/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gateway controlled by MGCP over UDP: its socket, its settings, what is shown of it. */
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/socket.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gw/media_mgcp.h"

enum { MAX_READS = 64, SOCKET_BUFFER = 1 << 20 };	/* datagrams at a turn of the loop */

/* --- socket --- */

static void put(struct mg_gw *gw, const char *buf, size_t len, const struct sockaddr_storage *to,
		socklen_t to_len)
{
	mg_trace(gw, true, buf, len);
	/* what cannot be sent is as good as lost on the way: it is repeated */
	if (sendto(gw->fd.fd, buf, len, MSG_DONTWAIT, (const struct sockaddr *)to, to_len) < 0)
		gw->send_errors++;
}

static void send_cb(void *ctx, const char *buf, size_t len)
{
	struct mg_gw *gw = ctx;

	put(gw, buf, len, &gw->remote, gw->remote_len);
}

static void answer_cb(void *ctx, const char *buf, size_t len)
{
	struct mg_gw *gw = ctx;

	put(gw, buf, len, &gw->from, gw->from_len);
}

/* Only the gateway's address may speak; its port may differ (RFC 3435 3.5: an answer goes to the
 * source). */
static bool known(const struct sockaddr_storage *a, const struct sockaddr_storage *b)
{
	if (a->ss_family != b->ss_family)
		return false;
	if (a->ss_family == AF_INET)
		return ((const struct sockaddr_in *)a)->sin_addr.s_addr ==
		       ((const struct sockaddr_in *)b)->sin_addr.s_addr;
	return !memcmp(&((const struct sockaddr_in6 *)a)->sin6_addr,
		       &((const struct sockaddr_in6 *)b)->sin6_addr, sizeof(struct in6_addr));
}

static int readable(struct osmo_fd *ofd, unsigned int what)
{
	struct mg_gw *gw = ofd->data;
	char buf[MGCP_MAX_DATAGRAM];

	for (int i = 0; i < MAX_READS; i++) {
		ssize_t len;

		gw->from_len = sizeof(gw->from);
		len = recvfrom(ofd->fd, buf, sizeof(buf), MSG_DONTWAIT,
			       (struct sockaddr *)&gw->from, &gw->from_len);
		if (len < 0)
			break;
		if (!known(&gw->from, &gw->remote)) {
			gw->strangers++;
			continue;
		}
		mg_trace(gw, false, buf, len);
		mgcp_agent_rx(gw->agent, buf, len);
		mg_gw_heard(gw);
	}
	return 0;
}

/* Numeric only: no resolver in a loop that must not block. */
static int address(struct sockaddr_storage *ret, socklen_t *ret_len, const char *host,
		   uint16_t port, int family)
{
	struct addrinfo hints = {
		.ai_family = family, .ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_NUMERICHOST | AI_PASSIVE,
	};
	struct addrinfo *ai;
	char service[8];

	snprintf(service, sizeof(service), "%u", port);
	if (getaddrinfo(host, service, &hints, &ai))
		return -EINVAL;
	memcpy(ret, ai->ai_addr, ai->ai_addrlen);
	*ret_len = ai->ai_addrlen;
	freeaddrinfo(ai);
	return 0;
}

static int open_socket(struct mg_gw *gw, const struct media_mgcp_cfg *cfg)
{
	struct sockaddr_storage local;
	socklen_t len;
	int size = SOCKET_BUFFER;
	int fd, rc;

	rc = address(&gw->remote, &gw->remote_len, cfg->remote_host,
		     cfg->remote_port ? cfg->remote_port : 2427, AF_UNSPEC);
	if (rc < 0)
		return rc;
	rc = address(&local, &len, cfg->local_host, cfg->local_port, gw->remote.ss_family);
	if (rc < 0)
		return rc;
	fd = socket(local.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	osmo_fd_setup(&gw->fd, fd, OSMO_FD_READ, readable, gw, 0);
	if (bind(fd, (struct sockaddr *)&local, len) < 0 || osmo_fd_register(&gw->fd) < 0) {
		rc = -errno;
		close(fd);
		gw->fd.fd = -1;
		return rc;
	}
	return 0;
}

/* --- show --- */

struct shown { const struct mg_gw *gw; void (*line)(void *ctx, const char *text); void *ctx; };

static void show_contexts(const struct shown *s)
{
	static const char *const names[] = {
		[MG_WAITING] = "waiting",
		[MG_CREATING] = "creating",
		[MG_CREATING_CIRCUIT] = "creating circuit side",
		[MG_READY] = "open",
		[MG_MODIFYING] = "modifying",
		[MG_AUDITING] = "audited",
		[MG_DELETING] = "deleting",
		[MG_ORPHAN] = "to be deleted",
	};
	unsigned int n[ARRAY_SIZE(names)] = { 0 };
	const struct mg_ctx *c;
	char text[200];
	int len;

	llist_for_each_entry(c, &s->gw->contexts, list)
		n[c->state]++;
	len = snprintf(text, sizeof(text), "  contexts %u", s->gw->n_contexts);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (n[i])
			len += snprintf(text + len, sizeof(text) - len, ", %u %s", n[i], names[i]);
	s->line(s->ctx, text);
	snprintf(text, sizeof(text),
		 "  opened %" PRIu64 ", refused %" PRIu64 ", lost %" PRIu64 ", restarts %" PRIu64,
		 s->gw->opened, s->gw->refused, s->gw->lost_contexts, s->gw->restarts);
	s->line(s->ctx, text);
}

static void show_transactions(const struct shown *s)
{
	const struct mgcp_agent_counters *n = mgcp_agent_counters(s->gw->agent);
	char text[240];

	snprintf(text, sizeof(text),
		 "  transactions %u under way, sent %" PRIu64 ", answered %" PRIu64
		 ", retransmissions %" PRIu64 ", provisional %" PRIu64 ", errors %" PRIu64
		 ", unanswered %" PRIu64,
		 mgcp_agent_outstanding(s->gw->agent), n->commands, n->answered, n->retransmissions,
		 n->provisional, n->failures, n->gave_up);
	s->line(s->ctx, text);
	snprintf(text, sizeof(text),
		 "  latency average %.1f ms, longest %.1f ms, retransmission after %u ms",
		 n->rtt_n ? n->rtt_sum_us / 1000.0 / n->rtt_n : 0.0, n->rtt_max_us / 1000.0,
		 mgcp_agent_rto(s->gw->agent));
	s->line(s->ctx, text);
	snprintf(text, sizeof(text),
		 "  commands of the gateway %" PRIu64 ", repeated %" PRIu64 "; malformed %" PRIu64
		 ", unexpected %" PRIu64 ", of strangers %" PRIu64 ", not sent %" PRIu64,
		 n->commands_in, n->duplicates, n->malformed, n->orphans, s->gw->strangers,
		 s->gw->send_errors);
	s->line(s->ctx, text);
}

static void show(const struct media_gw *base, void (*line)(void *ctx, const char *text), void *ctx)
{
	static const char *const names[] = {
		[MG_GW_AWAY] = "away", [MG_GW_CLEANING] = "starting", [MG_GW_UP] = "up"
	};
	const struct mg_gw *gw = container_of(base, struct mg_gw, base);
	const struct shown s = { gw, line, ctx };
	const struct mg_zone *z;
	char host[64], port[16], text[400];

	getnameinfo((const struct sockaddr *)&gw->remote, gw->remote_len, host, sizeof(host), port,
		    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(text, sizeof(text), "media gateway %s: MGCP %s:%s %s%s, %s for %" PRIu64 " s",
		 base->name, host, port, names[gw->state], gw->osmo ? " (osmo-mgw)" : "",
		 gw->told_up ? "available" : "not available", (mgcp_now() - gw->since_ms) / 1000);
	line(ctx, text);
	show_contexts(&s);
	show_transactions(&s);
	llist_for_each_entry(z, &gw->zones, list) {
		snprintf(text, sizeof(text), "  endpoints %s %s", z->name,
			 z->out ? "out of service" : "in service");
		line(ctx, text);
	}
}

/* --- life --- */

static void close_gw(struct media_gw *base)
{
	struct mg_gw *gw = container_of(base, struct mg_gw, base);
	struct mg_ctx *c;

	mg_gw_stop(gw);
	llist_for_each_entry(c, &gw->contexts, list)
		if (gw->state == MG_GW_UP && mg_can_delete(c))
			mg_tell_delete(c);
	mgcp_agent_free(gw->agent);
	if (gw->fd.fd >= 0) {
		osmo_fd_unregister(&gw->fd);
		close(gw->fd.fd);
	}
	talloc_free(gw);
}

static struct media_ctx *next_ctx(const struct media_gw *base, const struct media_ctx *mc)
{
	struct mg_gw *gw = container_of(base, struct mg_gw, base);
	struct mg_ctx *c = mc ? container_of(mc, struct mg_ctx, base) : NULL;
	struct llist_head *next = c ? c->list.next : gw->contexts.next;

	for (; next != &gw->contexts; next = next->next) {
		c = llist_entry(next, struct mg_ctx, list);
		if (c->base.ops)
			return &c->base;
	}
	return NULL;
}

static const struct media_backend backend = {
	.open = mg_open,
	.modify = mg_modify,
	.close = mg_close,
	.next = next_ctx,
	.can = mg_can,
	.check_start = mg_check_start,
	.check_stop = mg_check_stop,
	.tone = mg_tone,
	.available = mg_gw_available,
	.show = show,
	.close_gw = close_gw,
};

static unsigned int or_default(unsigned int value, unsigned int otherwise)
{
	return value ? value : otherwise;
}

/* "MGCP 1.0 TGCP 1.0": the profile stands behind the version. -EINVAL for another version. */
static int profile_of(const char **ret, const char *version)
{
	*ret = NULL;
	if (!version)
		return 0;
	if (strncasecmp(version, "MGCP 1.0", 8) || (version[8] && version[8] != ' '))
		return -EINVAL;
	*ret = version + 8 + strspn(version + 8, " ");
	return 0;
}

static int set_names(struct mg_gw *gw, const struct media_mgcp_cfg *cfg)
{
	char name[2 * MGCP_MAX_NAME + 2], domain[80];
	const char *profile;

	snprintf(domain, sizeof(domain), "[%s]", cfg->remote_host);
	gw->base.name = talloc_strdup(gw, cfg->name);
	gw->pattern = talloc_strdup(gw, cfg->endpoint);
	gw->domain = talloc_strdup(gw, cfg->domain ? cfg->domain : domain);
	gw->codecs = talloc_strdup(gw, cfg->codecs ? cfg->codecs : "PCMA;PCMU;telephone-event");
	gw->circuit_address = talloc_strdup(gw, cfg->circuit_rtp_address);
	if (profile_of(&profile, cfg->version) < 0 ||
	    media_name_endpoint(name, sizeof(name), gw->pattern, gw->domain, 1) < 0)
		return -EINVAL;
	gw->profile = talloc_strdup(gw, profile);
	gw->trunk_package = profile && !strncasecmp(profile, "TGCP", 4) ? "it" : "t";
	for (char *p = name; *p && *p != '@'; p++)
		if (*p == '*' || *p == '$')
			*p = '1';
	gw->probe_name = talloc_strdup(gw, name);
	if (!cfg->keep_stale && media_name_all(name, sizeof(name), gw->pattern, gw->domain) > 0)
		gw->wildcard = talloc_strdup(gw, name);
	return 0;
}

static void set_values(struct mg_gw *gw, const struct media_mgcp_cfg *cfg, media_gw_state_cb *state,
		       void *state_ctx)
{
	gw->base.be = &backend;
	gw->fd.fd = -1;
	gw->state_cb = state;
	gw->state_ctx = state_ctx;
	gw->log_cat = cfg->log_cat;
	gw->circuit_port = cfg->circuit_rtp_base_port;
	gw->any_endpoint = media_name_is_any(cfg->endpoint);
	gw->osmo = cfg->quirks == MEDIA_MGCP_OSMO;
	if (cfg->quirks == MEDIA_MGCP_AUTO)
		gw->osmo = !strncasecmp(cfg->endpoint, "rtpbridge/", 10);
	gw->keepalive_ms = or_default(cfg->keepalive_s, 30) * 1000;
	gw->lost_after_ms = or_default(cfg->lost_after_s, 30) * 1000;
	gw->max_contexts = OSMO_MIN(or_default(cfg->max_contexts, 8192), MG_MAX_CONTEXTS);
	INIT_LLIST_HEAD(&gw->contexts);
	INIT_LLIST_HEAD(&gw->chores);
	INIT_LLIST_HEAD(&gw->checks);
	INIT_LLIST_HEAD(&gw->tones);
	INIT_LLIST_HEAD(&gw->zones);
	hash_init(gw->by_name);
}

static bool cfg_ok(const struct media_mgcp_cfg *cfg)
{
	return cfg->name && cfg->remote_host && cfg->endpoint &&
	       strlen(cfg->endpoint) <= MGCP_MAX_NAME;
}

struct media_gw *media_mgcp_open(void *ctx, const struct media_mgcp_cfg *cfg,
				 media_gw_state_cb *state, void *state_ctx)
{
	struct mg_gw *gw = cfg_ok(cfg) ? talloc_zero(ctx, struct mg_gw) : NULL;
	const struct mgcp_agent_user user = { send_cb, answer_cb, mg_gw_command, gw };
	struct mgcp_agent_cfg agent = { .rto_first = cfg->rto_ms,
					.max_retransmissions = cfg->max_retransmissions,
					.acknowledge = cfg->acknowledge };

	if (!gw)
		return NULL;
	set_values(gw, cfg, state, state_ctx);
	agent.max_transactions = gw->max_contexts + 64;
	gw->agent = mgcp_agent_new(gw, &agent, &user);
	if (!gw->agent || set_names(gw, cfg) < 0 || open_socket(gw, cfg) < 0) {
		LOGP(cfg->log_cat, LOGL_ERROR, "%s: media gateway cannot be opened\n", cfg->name);
		if (gw->agent)
			mgcp_agent_free(gw->agent);
		talloc_free(gw);
		return NULL;
	}
	mg_gw_start(gw);
	return &gw->base;
}
