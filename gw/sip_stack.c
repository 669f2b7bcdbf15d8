/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP edge's stack: sofia's root inside osmo_select, the agent and its sockets, the clock. */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sofia-sip/su_log.h>

#include "gw/sip_dialog.h"

extern void (*_su_time)(su_time_t *tv);

enum { MAX_STEPS = 4, MAX_SLEEP_MS = 3600 * 1000, BLIND_POLL_MS = 5, MAX_FDS = 65536 };

/* Seconds from 1900 to 1970, sofia's epoch. */
#define NTP_EPOCH 2208988800UL

/* sofia's timers follow su_time(): let it be a clock that nobody sets. */
static void monotonic(su_time_t *tv)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	tv->tv_sec = ts.tv_sec + NTP_EPOCH;
	tv->tv_usec = ts.tv_nsec / 1000;
}

uint64_t sip_now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* --- sofia's epoll set inside our loop: sofia has no call that tells its descriptor --- */

static bool is_epoll(int fd)
{
	char path[64], target[64];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	return strcmp(target, "anon_inode:[eventpoll]") == 0;
}

/* Marks in seen[] the epoll descriptors that are open; returns one that was not marked before, or -1. */
static int scan_epolls(uint8_t *seen)
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *de;
	int fd, found = -1;

	if (!dir)
		return -1;
	while ((de = readdir(dir))) {
		fd = de->d_name[0] == '.' ? -1 : (int)strtol(de->d_name, NULL, 10);
		if (fd < 0 || fd >= MAX_FDS || seen[fd] || !is_epoll(fd))
			continue;
		seen[fd] = 1;
		found = fd;
	}
	closedir(dir);
	return found;
}

/* A timerfd, not an osmo_timer: osmo_select spins through the last millisecond before one of those. An alarm that comes too
 * early does no harm, so it is left alone when it is set for a moment before. */
static void set_alarm(struct sip *sip, su_duration_t ms)
{
	uint64_t at = sip_now_us() + (uint64_t)ms * 1000;
	struct timespec first = { ms / 1000, ms % 1000 * 1000000 }, once = { 0 };

	if (sip->alarm_at_us && sip->alarm_at_us <= at)
		return;
	sip->alarm_at_us = at;
	osmo_timerfd_schedule(&sip->alarm, &first, &once);
}

/* Runs what sofia has to run now, and sets the alarm for what comes later. */
static void step(struct sip *sip)
{
	su_duration_t next = 0;
	int i;

	if (sip->stepping)
		return;
	sip->stepping = true;
	for (i = 0; i < MAX_STEPS && next == 0; i++)
		next = su_root_step(sip->root, 0);
	sip->stepping = false;
	/* 0 means more events, of which the descriptor tells us, or a timer in less than 1 ms: do not run in circles for it. */
	if (next == 0)
		next = 1;
	if (next < 0 || next > MAX_SLEEP_MS)
		next = MAX_SLEEP_MS;
	if (sip->loop_fd.fd < 0 && next > BLIND_POLL_MS)
		next = BLIND_POLL_MS;
	set_alarm(sip, next);
}

static int on_readable(struct osmo_fd *ofd, unsigned int what)
{
	step(ofd->data);
	return 0;
}

static int on_alarm(struct osmo_fd *ofd, unsigned int what)
{
	struct sip *sip = ofd->data;
	uint64_t n;

	if (read(ofd->fd, &n, sizeof(n)) != sizeof(n))
		return 0;
	sip->alarm_at_us = 0;
	step(sip);
	return 0;
}

static void on_kick(void *data)
{
	step(data);
}

/* To be called after every call into sofia from outside: it may have armed a timer or queued a message to itself. */
void sip_kick(struct sip *sip)
{
	if (!sip->stepping)
		osmo_timer_schedule(&sip->kick, 0, 0);
}

static int open_root(struct sip *sip)
{
	uint8_t *seen = talloc_zero_array(sip, uint8_t, MAX_FDS);
	int fd;

	scan_epolls(seen);
	sip->root = su_root_create(sip);
	if (sip->root)
		su_root_threading(sip->root, 0);
	fd = scan_epolls(seen);
	talloc_free(seen);
	if (!sip->root)
		return -ENOMEM;
	osmo_timer_setup(&sip->kick, on_kick, sip);
	if (osmo_timerfd_setup(&sip->alarm, on_alarm, sip) < 0)
		return -EIO;
	osmo_fd_setup(&sip->loop_fd, fd, OSMO_FD_READ, on_readable, sip, 0);
	if (fd < 0)
		LOGP(sip->log_cat, LOGL_NOTICE, "the stack's epoll set was not found: polling every %d ms\n",
		     BLIND_POLL_MS);
	else if (osmo_fd_register(&sip->loop_fd) < 0)
		return -EIO;
	return 0;
}

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
		     l->transport == SIP_TCP ? "tcp" : "udp", public_host ? ";maddr=" : "", public_host ? local : "");
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
	char url[256];
	struct in6_addr six;
	tport_t *tp;
	int rc;

	rc = bind_url(url, sizeof(url), l, sip->cfg.public_host);
	if (rc < 0)
		return rc;
	snprintf(li->ident, sizeof(li->ident), "l%u", sip->n_listen);
	li->transport = l->transport;
	li->family = inet_pton(AF_INET6, l->address, &six) == 1 ? AF_INET6 : AF_INET;
	uri_host(li->host, sizeof(li->host), sip->cfg.public_host ? sip->cfg.public_host : l->address);
	if (nta_agent_add_tport(sip->agent, (url_string_t *)url, TPTAG_IDENT(li->ident), TPTAG_STUN_SERVER(0),
				TPTAG_QUEUESIZE(TCP_QUEUE), TPTAG_UDP_RMEM(UDP_BUFFER), TPTAG_IDLE(TCP_IDLE_MS),
				TPTAG_TIMEOUT(TCP_PARTIAL_MS), TPTAG_PONG2PING(1), TAG_END()) < 0)
		return -EADDRINUSE;
	tp = tport_of(sip, li->ident);
	if (!tp)
		return -EADDRNOTAVAIL;
	li->port = (uint16_t)strtoul(tport_name(tp)->tpn_port, NULL, 10);
	sip->n_listen++;
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
			     l->transport == SIP_TCP ? "TCP" : "UDP", l->address, l->port, strerror(-rc));
			return rc;
		}
	}
	return sip->n_listen ? 0 : -EINVAL;
}

/* The socket to reach a target from: of its transport, and of its address family when it is numeric. NULL: none. */
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
	sip->accept = sip_accept_make(sip->home, "application/sdp, application/isup, multipart/mixed");
	sip->supported = sip_supported_make(sip->home, "100rel");
	sip->require = sip_require_make(sip->home, "100rel");
	return sip->allow && sip->accept && sip->supported && sip->require ? 0 : -ENOMEM;
}

static int open_agent(struct sip *sip)
{
	sip->hook = sip_hook_new(sip);
	if (!sip->hook)
		return -ENOMEM;
	sip->agent = nta_agent_create(sip->root, (url_string_t *)-1, sip_stateless, sip,
		NTATAG_MCLASS(sip_hook_mclass(sip->hook)),
		NTATAG_SIPFLAGS(sip->user.trace ? MSG_DO_CANONIC | MSG_DO_EXTRACT_COPY : MSG_DO_CANONIC),
		NTATAG_UA(1), NTATAG_SERVER_RPORT(1), NTATAG_MERGE_482(1), NTATAG_PROGRESS(UINT_MAX),
		NTATAG_UDP_MTU(65535), NTATAG_MAXSIZE(MAX_MESSAGE), NTATAG_CANCEL_487(0), NTATAG_TIMEOUT_408(1), NTATAG_PASS_100(1),
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
	rc = open_root(sip);
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

	_su_time = monotonic;
	unsetenv("SU_PORT");
	if (su_init() < 0)
		return NULL;
	su_log_set_level(su_log_default, 0);
	su_log_set_level(NULL, 0);
	sip = talloc_zero(ctx, struct sip);
	sip->user = *user;
	sip->cfg = *cfg;
	sip->log_cat = cfg->log_cat;
	sip->t1_ms = cfg->t1_ms ? cfg->t1_ms : 500;
	sip->loop_fd.fd = sip->alarm.fd = -1;
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
	if (osmo_fd_is_registered(&sip->loop_fd))
		osmo_fd_unregister(&sip->loop_fd);
	if (osmo_fd_is_registered(&sip->alarm))
		osmo_fd_close(&sip->alarm);
	osmo_timer_del(&sip->kick);
	sip_tick_stop(sip);
	if (sip->agent)
		nta_agent_destroy(sip->agent);
	if (sip->root)
		su_root_destroy(sip->root);
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
		nta_agent_get_stats(sip->agent, NTATAG_S_BAD_REQUEST_REF(refused_by_stack), TAG_END());
	return sip->counter[c] + refused_by_stack;
}

unsigned int sip_dialogs(const struct sip *sip)
{
	return sip->n_legs;
}
