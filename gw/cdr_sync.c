/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fdatasync() beside the loop. The thread touches nothing but this struct and its descriptors, and
 * logs nothing. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "gw/cdr_sync.h"

struct cdr_sync {
	pthread_t thread;
	pthread_mutex_t lock;		/* guards what follows */
	pthread_cond_t wake;
	int fd;				/* the thread's own while it syncs */
	int next_fd;			/* to be used after fd, -1 none */
	bool dirty, stop;
	int error;
};

/* The disk gives EINVAL for what cannot be synchronised (pipes, devices): nothing to do there. */
static void sync_fd(struct cdr_sync *s, int fd)
{
	int rc = fdatasync(fd);
	int error = rc < 0 && errno != EINVAL && errno != EROFS ? -errno : 0;

	if (!error)
		return;
	pthread_mutex_lock(&s->lock);
	s->error = error;
	pthread_mutex_unlock(&s->lock);
}

/* Gathers what is written in the meantime; a stop or a change of file ends it early. Called with
 * the lock. */
static void pause_locked(struct cdr_sync *s)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += CDR_SYNC_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	while (!s->stop && s->next_fd < 0 &&
	       pthread_cond_timedwait(&s->wake, &s->lock, &until) != ETIMEDOUT)
		;
}

/* One turn: waits for work, does it. Called with the lock; false at the end. */
static bool turn_locked(struct cdr_sync *s)
{
	int fd = s->fd, next;
	bool stop;

	while (!s->dirty && !s->stop && s->next_fd < 0)
		pthread_cond_wait(&s->wake, &s->lock);
	pause_locked(s);
	s->dirty = false;
	stop = s->stop;
	next = s->next_fd;
	s->next_fd = -1;
	pthread_mutex_unlock(&s->lock);
	sync_fd(s, fd);
	if (next >= 0) {
		close(fd);
		sync_fd(s, next);
	}
	pthread_mutex_lock(&s->lock);
	if (next >= 0)
		s->fd = next;
	return !stop;
}

static void *run(void *ctx)
{
	struct cdr_sync *s = ctx;

	pthread_mutex_lock(&s->lock);
	while (turn_locked(s))
		;
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static int init(struct cdr_sync *s)
{
	pthread_condattr_t attr;
	sigset_t all, before;
	int rc;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, &attr);
	pthread_condattr_destroy(&attr);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);	/* signals are the loop's */
	rc = pthread_create(&s->thread, NULL, run, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -rc;
}

struct cdr_sync *cdr_sync_new(int fd)
{
	struct cdr_sync *s = calloc(1, sizeof(*s));	/* not talloc: another thread uses it */

	if (!s)
		return NULL;
	s->next_fd = -1;
	s->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (s->fd < 0 || init(s) < 0) {
		if (s->fd >= 0)
			close(s->fd);
		free(s);
		return NULL;
	}
	return s;
}

void cdr_sync_mark(struct cdr_sync *s)
{
	pthread_mutex_lock(&s->lock);
	if (!s->dirty)
		pthread_cond_signal(&s->wake);
	s->dirty = true;
	pthread_mutex_unlock(&s->lock);
}

int cdr_sync_switch(struct cdr_sync *s, int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0), skipped;

	if (copy < 0)
		return -errno;
	pthread_mutex_lock(&s->lock);
	skipped = s->next_fd;	/* two changes within one pause */
	s->next_fd = copy;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	if (skipped >= 0) {
		sync_fd(s, skipped);
		close(skipped);
	}
	return 0;
}

int cdr_sync_error(struct cdr_sync *s)
{
	int error;

	pthread_mutex_lock(&s->lock);
	error = s->error;
	s->error = 0;
	pthread_mutex_unlock(&s->lock);
	return error;
}

void cdr_sync_free(struct cdr_sync *s)
{
	pthread_mutex_lock(&s->lock);
	s->stop = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	if (s->next_fd >= 0) {
		sync_fd(s, s->next_fd);
		close(s->next_fd);
	}
	close(s->fd);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
