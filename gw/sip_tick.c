/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Once a second: the stack accepts every TCP connection, so those that may not speak, and those
 * beyond the limit, are closed here; and a provisional response is repeated every minute (120 T1),
 * lest proxies cancel the call (RFC 3261 13.3.1.1). The stack would do the latter, too, but walks a
 * sorted list for it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gw/sip_dialog.h"

enum { TICK_MS = 1000, MAX_CONNECTIONS = 2000, REPEAT_T1 = 120 };

/* Half of the descriptors are for others. */
static unsigned int max_connections(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) < 0 || r.rlim_cur / 2 > MAX_CONNECTIONS)
		return MAX_CONNECTIONS;
	return r.rlim_cur / 2;
}

static uint16_t port_of(const struct sockaddr_storage *a)
{
	const struct sockaddr_in *four = (const void *)a;
	const struct sockaddr_in6 *six = (const void *)a;

	return ntohs(a->ss_family == AF_INET6 ? six->sin6_port : four->sin_port);
}

/* Has the descriptor been accepted by one of our TCP listeners? From whom? */
static bool accepted(const struct sip *sip, int fd, struct sockaddr_storage *from)
{
	struct sockaddr_storage own = { 0 };
	socklen_t own_len = sizeof(own), len = sizeof(*from);
	unsigned int i;

	*from = (struct sockaddr_storage){ 0 };
	if (getsockname(fd, (struct sockaddr *)&own, &own_len) < 0 ||
	    (own.ss_family != AF_INET && own.ss_family != AF_INET6) ||
	    getpeername(fd, (struct sockaddr *)from, &len) < 0)
		return false;
	for (i = 0; i < sip->n_listen; i++) {
		if (sip->listener[i].transport == SIP_TCP &&
		    sip->listener[i].port == port_of(&own))
			return true;
	}
	return false;
}

/* The stack has no way to walk through all of its connections, so all descriptors are walked
 * through. One that is shut down here is closed by the stack when it reads its end. */
static void sweep(struct sip *sip)
{
	unsigned int open = 0, max = max_connections();
	struct sockaddr_storage from;
	struct dirent *de;
	int fd;

	if (!sip->fds)
		return;
	rewinddir(sip->fds);
	while ((de = readdir(sip->fds))) {
		fd = de->d_name[0] == '.' ? -1 : (int)strtol(de->d_name, NULL, 10);
		if (fd < 0 || !accepted(sip, fd, &from))
			continue;
		if ((sip->user.admit && !sip->user.admit(sip->user.ctx, &from, SIP_TCP)) ||
		    ++open > max)
			shutdown(fd, SHUT_RDWR);
	}
}

/* With no descriptor left, a connection that waits to be accepted would wake us without end. */
void sip_tick_relieve(struct sip *sip)
{
	int fd = fcntl(sip->loop_fd.fd, F_DUPFD_CLOEXEC, 0);

	if (fd >= 0)
		close(fd);
	else if (errno == EMFILE)
		sweep(sip);
}

static void repeat(struct sip *sip)
{
	uint64_t now = sip_now_us() / 1000;
	struct sip_leg *leg;

	llist_for_each_entry(leg, &sip->legs, entry) {
		if (leg->state == LEG_UAS_RINGING && leg->replied_ms &&
		    now - leg->replied_ms >= (uint64_t)REPEAT_T1 * sip->t1_ms)
			sip_reply_again(leg);
	}
}

static void on_tick(struct sip *sip, su_timer_t *timer, su_timer_arg_t *arg)
{
	sweep(sip);
	repeat(sip);
}

int sip_tick_start(struct sip *sip)
{
	sip->fds = opendir("/proc/self/fd");
	sip->tick = su_timer_create(su_root_task(sip->root), TICK_MS);
	if (!sip->tick || su_timer_set_for_ever(sip->tick, on_tick, NULL) < 0)
		return -ENOMEM;
	return 0;
}

void sip_tick_stop(struct sip *sip)
{
	if (sip->tick)
		su_timer_destroy(sip->tick);
	sip->tick = NULL;
	if (sip->fds)
		closedir(sip->fds);
	sip->fds = NULL;
}
