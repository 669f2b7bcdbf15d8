/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sofia's root inside osmo_select: its descriptors, timers and messages run in our loop; and its
 * clock. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gw/sip_dialog.h"

extern void (*_su_time)(su_time_t *tv);

enum { MAX_STEPS = 4, MAX_SLEEP_MS = 3600 * 1000, BLIND_POLL_MS = 5, MAX_FDS = 65536,
       RELIEVE_TURNS = 32 };

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

/* Marks in seen[] the epoll descriptors that are open; returns one that was not marked before, or
 * -1. */
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

/* A timerfd, not an osmo_timer: osmo_select spins through the last millisecond before one of those.
 * An alarm that comes too early does no harm, so it is left alone when it is set for a moment
 * before. */
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
	/* 0 means more events, of which the descriptor tells us, or a timer in less than 1 ms: do
	 * not run in circles for it. */
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
	struct sip *sip = ofd->data;

	step(sip);
	if (++sip->turns % RELIEVE_TURNS == 0)
		sip_tick_relieve(sip);
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

/* To be called after every call into sofia from outside: it may have armed a timer or queued a
 * message to itself. */
void sip_kick(struct sip *sip)
{
	if (!sip->stepping)
		osmo_timer_schedule(&sip->kick, 0, 0);
}

int sip_loop_open(struct sip *sip)
{
	uint8_t *seen = talloc_zero_array(sip, uint8_t, MAX_FDS);
	int fd;

	sip->loop_fd.fd = sip->alarm.fd = -1;
	if (!sip_dns_reachable(sip_dns_file()))
		LOGP(sip->log_cat, LOGL_NOTICE, "%s: no name server can be sent to now\n",
		     sip_dns_file());
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
		LOGP(sip->log_cat, LOGL_NOTICE,
		     "the stack's epoll set was not found: polling every %d ms\n", BLIND_POLL_MS);
	else if (osmo_fd_register(&sip->loop_fd) < 0)
		return -EIO;
	return 0;
}

/* Once before anything else of sofia. SU_PORT could ask for another kind of loop than epoll. */
int sip_loop_prepare(void)
{
	_su_time = monotonic;
	unsetenv("SU_PORT");
	return su_init() < 0 ? -EIO : 0;
}

/* After all that runs in it. */
void sip_loop_close(struct sip *sip)
{
	if (osmo_fd_is_registered(&sip->loop_fd))
		osmo_fd_unregister(&sip->loop_fd);
	if (osmo_fd_is_registered(&sip->alarm))
		osmo_fd_close(&sip->alarm);
	osmo_timer_del(&sip->kick);
	if (sip->root)
		su_root_destroy(sip->root);
}
