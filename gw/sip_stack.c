/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge's stack: the agent, its sockets and constant headers; opening and closing it all. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sofia-sip/su_log.h>

#include "gw/sip_dialog.h"

/* --- sockets --- */

/* Brackets around an IPv6 address, nothing around the rest. */
static void uri_host(char *buf, size_t size, const char *host)
{
	struct in6_addr six;

	if (inet_pton(AF_INET6, host, &six) == 1)
		snprintf(buf, size, "[%s]", host);
	else
		snprintf(buf, size, "%s", host);
}

static tport_t *tport_of(struct sip *sip, const char *ident)
{
	tport_t *tp;

	for (tp = tport_primaries(nta_agent_tports(sip->agent)); tp; tp = tport_next(tp)) {
		if (tport_ident(tp) && strcmp(tport_ident(tp), ident) == 0)
			return tp;
	}
	return NULL;
}

static bool is_wildcard(const char *address)
{
	return strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
}

/* The address that the host would speak from: nothing is sent to the documentation address used. */
static void own_address(char *buf, size_t size, int family)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(9) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(9) };
	struct sockaddr *sa = (struct sockaddr *)&four;
	socklen_t len = family == AF_INET6 ? sizeof(six) : sizeof(four);
	int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok;

	if (family == AF_INET6)
		sa = (struct sockaddr *)&six;
	inet_pton(AF_INET, "192.0.2.1", &four.sin_addr);
	inet_pton(AF_INET6, "2001:db8::1", &six.sin6_addr);
	ok = fd >= 0 && connect(fd, sa, len) == 0 && getsockname(fd, sa, &len) == 0;
	if (fd >= 0)
		close(fd);
	if (ok && family == AF_INET6)
		inet_ntop(AF_INET6, &six.sin6_addr, buf, size);
	else if (ok)
		inet_ntop(AF_INET, &four.sin_addr, buf, size);
	else
		snprintf(buf, size, "%s", family == AF_INET6 ? "::1" : "127.0.0.1");
}

static int bind_url(char *url, size_t size, const struct sip_cfg_listen *l, const char *public_host)
{
	char local[80], pub[80], port[8];
	int n;

	uri_host(local, sizeof(local), l->address);
	if (l->port)
		snprintf(port, sizeof(port), "%u", l->port);
	else
		snprintf(port, sizeof(port), "*");
	if (public_host)
		uri_host(pub, sizeof(pub), public_host);
	n = snprintf(url, size, "sip:%s:%s;transport=%s%s%s", public_host ? pub : local, port,
		     l->transport == SIP_TCP ? "tcp" : "udp", public_host ? ";maddr=" : "",
		     public_host ? local : "");
	return n < (int)size ? 0 : -ENAMETOOLONG;
}

static int make_contact(struct sip *sip, struct listener *li)
{
	li->contact = sip_contact_format(sip->home, "<sip:%s:%u%s>", li->host, li->port,
					 li->transport == SIP_TCP ? ";transport=tcp" : "");
	return li->contact ? 0 : -ENOMEM;
}

static int open_listener(struct sip *sip, const struct sip_cfg_listen *l)
{
	struct listener *li = &sip->listener[sip->n_listen];
	const char *public_host = sip->cfg.public_host;
	char url[256], own[INET6_ADDRSTRLEN];
	tport_t *tp;
	int rc;

	li->transport = l->transport;
	li->family = strchr(l->address, ':') ? AF_INET6 : AF_INET;
	if (!public_host && is_wildcard(l->address)) {
		own_address(own, sizeof(own), li->family);
		public_host = own;
	}
	rc = bind_url(url, sizeof(url), l, public_host);
	if (rc < 0)
		return rc;
	snprintf(li->ident, sizeof(li->ident), "l%u", sip->n_listen);
	uri_host(li->host, sizeof(li->host), public_host ? public_host : l->address);
	if (nta_agent_add_tport(sip->agent, (url_string_t *)url, TPTAG_IDENT(li->ident),
				TPTAG_STUN_SERVER(0), TPTAG_QUEUESIZE(TCP_QUEUE),
				TPTAG_UDP_RMEM(UDP_BUFFER), TPTAG_IDLE(TCP_IDLE_MS),
				TPTAG_TIMEOUT(TCP_PARTIAL_MS), TPTAG_PONG2PING(1), TAG_END()) < 0)
		return errno > 0 ? -errno : -EADDRINUSE;
	tp = tport_of(sip, li->ident);
	if (!tp)
		return -EADDRNOTAVAIL;
	li->port = (uint16_t)strtoul(tport_name(tp)->tpn_port, NULL, 10);
	sip->n_listen++;
	LOGP(sip->log_cat, LOGL_INFO, "SIP listens at %s %s port %u as %s\n",
	     l->transport == SIP_TCP ? "TCP" : "UDP", l->address, li->port, li->host);
	return make_contact(sip, li);
}

static int open_listeners(struct sip *sip)
{
	const struct sip_cfg_listen *l;
	unsigned int i;
	int rc;

	for (i = 0; i < sip->cfg.n_listen; i++) {
		l = &sip->cfg.listen[i];
		rc = i < MAX_LISTEN ? open_listener(sip, l) : -E2BIG;
		if (rc < 0) {
			LOGP(sip->log_cat, LOGL_ERROR, "cannot listen at %s %s port %u: %s\n",
			     l->transport == SIP_TCP ? "TCP" : "UDP", l->address, l->port,
			     strerror(-rc));
			return rc;
		}
	}
	return sip->n_listen ? 0 : -EINVAL;
}

/* The socket to reach a target from: of its transport, and of its address family when it is
 * numeric. NULL: none. */
const struct listener *sip_listener_for(const struct sip *sip, const struct sip_target *target)
{
	struct in6_addr six;
	struct in_addr four;
	int family = AF_UNSPEC;
	unsigned int i;

	if (inet_pton(AF_INET6, target->host, &six) == 1)
		family = AF_INET6;
	else if (inet_pton(AF_INET, target->host, &four) == 1)
		family = AF_INET;
	for (i = 0; i < sip->n_listen; i++) {
		if (sip->listener[i].transport == target->transport &&
		    (family == AF_UNSPEC || family == sip->listener[i].family))
			return &sip->listener[i];
	}
	return NULL;
}

/* Index of the socket by which a request came. */
unsigned int sip_listener_of(struct sip *sip, nta_incoming_t *irq, msg_t *msg)
{
	tport_t *tp = nta_incoming_transport(sip->agent, irq, msg);
	const char *ident = tp ? tport_ident(tport_parent(tp)) : NULL;
	unsigned int i, found = 0;

	for (i = 0; ident && i < sip->n_listen; i++) {
		if (strcmp(sip->listener[i].ident, ident) == 0)
			found = i;
	}
	if (tp)
		tport_unref(tp);
	return found;
}

/* --- agent --- */

static int make_constant_headers(struct sip *sip)
{
	sip->home = su_home_new(sizeof(*sip->home));
	if (!sip->home)
		return -ENOMEM;
	sip->allow = sip_allow_make(sip->home, SIP_METHODS_ALLOWED);
	sip->accept = sip_accept_make(sip->home, SIP_TYPES_ACCEPTED);
	sip->supported = sip_supported_make(sip->home, "100rel");
	sip->require = sip_require_make(sip->home, "100rel");
	return sip->allow && sip->accept && sip->supported && sip->require ? 0 : -ENOMEM;
}

static int open_agent(struct sip *sip)
{
	sip->hook = sip_hook_new(sip);
	if (!sip->hook)
		return -ENOMEM;
	sip->agent = nta_agent_create(
		sip->root, (url_string_t *)-1, sip_stateless, sip,
		NTATAG_MCLASS(sip_hook_mclass(sip->hook)),
		NTATAG_SIPFLAGS(sip->user.trace ? MSG_DO_CANONIC | MSG_DO_EXTRACT_COPY
						: MSG_DO_CANONIC),
		NTATAG_UA(1), NTATAG_SERVER_RPORT(1), NTATAG_MERGE_482(1),
		NTATAG_PROGRESS(UINT_MAX), NTATAG_UDP_MTU(65535), NTATAG_MAXSIZE(MAX_MESSAGE),
		NTATAG_CANCEL_487(0), NTATAG_TIMEOUT_408(1), NTATAG_PASS_100(1),
		NTATAG_USE_NAPTR(0), NTATAG_USE_SRV(1), NTATAG_SIP_T1(sip->t1_ms),
		NTATAG_SIP_T1X64(64 * sip->t1_ms), TPTAG_STUN_SERVER(0), TAG_END());
	return sip->agent ? 0 : -ENOMEM;
}

static int sip_open(struct sip *sip)
{
	int rc;

	rc = make_constant_headers(sip);
	if (rc < 0)
		return rc;
	rc = sip_loop_open(sip);
	if (rc < 0)
		return rc;
	rc = open_agent(sip);
	if (rc < 0)
		return rc;
	rc = open_listeners(sip);
	if (rc < 0)
		return rc;
	return sip_tick_start(sip);
}

struct sip *sip_new(void *ctx, const struct sip_cfg *cfg, const struct sip_user *user)
{
	struct sip *sip;
	int rc;

	if (sip_loop_prepare() < 0)
		return NULL;
	su_log_set_level(su_log_default, 0);
	su_log_set_level(NULL, 0);
	sip = talloc_zero(ctx, struct sip);
	sip->user = *user;
	sip->cfg = *cfg;
	sip->log_cat = cfg->log_cat;
	sip->t1_ms = cfg->t1_ms ? cfg->t1_ms : 500;
	sip->tokens = cfg->max_calls_per_second;
	sip->tokens_at_us = sip_now_us();
	INIT_LLIST_HEAD(&sip->legs);
	rc = sip_open(sip);
	if (rc < 0) {
		LOGP(sip->log_cat, LOGL_ERROR, "SIP not opened: %s\n", strerror(-rc));
		sip_free(sip);
		return NULL;
	}
	sip->cfg.listen = NULL;
	sip_kick(sip);
	return sip;
}

void sip_free(struct sip *sip)
{
	struct sip_leg *leg, *next;

	if (!sip)
		return;
	llist_for_each_entry_safe(leg, next, &sip->legs, entry)
		sip_leg_free(leg);
	sip_tick_stop(sip);
	if (sip->agent)
		nta_agent_destroy(sip->agent);
	sip_loop_close(sip);
	if (sip->home)
		su_home_unref(sip->home);
	talloc_free(sip);
}

uint16_t sip_port(const struct sip *sip, unsigned int listen_index)
{
	return listen_index < sip->n_listen ? sip->listener[listen_index].port : 0;
}

const char *sip_host(const struct sip *sip)
{
	return sip->listener[0].host;
}

uint64_t sip_counter(const struct sip *sip, enum sip_counter c)
{
	usize_t refused_by_stack = 0;

	if (c >= SIP_CTR_COUNT)
		return 0;
	if (c == SIP_CTR_BAD)
		nta_agent_get_stats(sip->agent, NTATAG_S_BAD_REQUEST_REF(refused_by_stack),
				    TAG_END());
	return sip->counter[c] + refused_by_stack;
}

unsigned int sip_dialogs(const struct sip *sip)
{
	return sip->n_legs;
}

unsigned int sip_byes(const struct sip *sip)
{
	return sip->n_byes;
}
