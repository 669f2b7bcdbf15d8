/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of call records: append only, one write() a record; what cannot be written waits in
 * memory. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>

#include "gw/cdr.h"
#include "gw/cdr_sync.h"

/* A line that waits; done octets of it are in the file already. */
struct waiting {
	struct llist_head list;
	size_t len, done;
	char text[];
};

struct cdr_file {
	char *path;
	int fd;
	int log_cat;
	struct cdr_sync *sync;		/* NULL: not asked for */
	struct llist_head spool;
	size_t spool_octets;
	unsigned int n_waiting;
	uint64_t written, lost;
	struct osmo_timer_list retry;
	struct timespec next_log;	/* monotonic; failures before are not logged */
};

static void failure(struct cdr_file *f, const char *what, int error)
{
	struct timespec now;

	osmo_clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec < f->next_log.tv_sec)
		return;
	f->next_log.tv_sec = now.tv_sec + CDR_LOG_S;
	LOGP(f->log_cat, LOGL_ERROR, "call records: %s: %s: %s; %u wait in memory, %llu are lost\n",
	     f->path, what, strerror(error), f->n_waiting, (unsigned long long)f->lost);
}

/* A crash of the system may cut the last line; the next record must not be glued to it. */
static int end_last_line(int fd)
{
	struct stat st;
	char last;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return 0;
	if (pread(fd, &last, 1, st.st_size - 1) != 1)
		return -EIO;
	if (last != '\n' && write(fd, "\n", 1) != 1)
		return -errno;
	return 0;
}

/* O_NONBLOCK matters when the path is a pipe: a reader that sleeps must not hold up calls. */
static int open_path(const char *path)
{
	return open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0640);
}

static bool flush(struct cdr_file *f);

static void retry_cb(void *data)
{
	struct cdr_file *f = data;
	unsigned int n = f->n_waiting;

	if (!flush(f))
		osmo_timer_schedule(&f->retry, CDR_RETRY_S, 0);
	else if (n)
		LOGP(f->log_cat, LOGL_NOTICE, "call records: %s: written again, %u had waited\n",
		     f->path, n);
}

static int cdr_destroy(struct cdr_file *f)
{
	osmo_timer_del(&f->retry);
	if (f->sync)
		cdr_sync_free(f->sync);
	if (f->fd >= 0)
		close(f->fd);
	return 0;
}

static struct cdr_file *open_failed(struct cdr_file *f, int log_cat, const char *path, int error)
{
	LOGP(log_cat, LOGL_ERROR, "call records: %s cannot be opened: %s\n", path, strerror(error));
	talloc_free(f);
	return NULL;
}

struct cdr_file *cdr_open(void *ctx, const char *path, bool sync, int log_cat)
{
	struct cdr_file *f = talloc_zero(ctx, struct cdr_file);
	int rc;

	if (!f)
		return open_failed(f, log_cat, path, ENOMEM);
	f->fd = open_path(path);
	rc = f->fd < 0 ? errno : 0;
	f->log_cat = log_cat;
	f->path = talloc_strdup(f, path);
	INIT_LLIST_HEAD(&f->spool);
	osmo_timer_setup(&f->retry, retry_cb, f);
	talloc_set_destructor(f, cdr_destroy);
	if (rc)
		return open_failed(f, log_cat, path, rc);
	rc = end_last_line(f->fd);
	if (rc < 0)
		failure(f, "its last line could not be ended", -rc);
	if (sync)
		f->sync = cdr_sync_new(f->fd);
	if (sync && !f->sync)
		return open_failed(f, log_cat, path, EAGAIN);
	return f;
}

/* 0: all of it is in the file. done counts what went before a failure: the rest of a line is
 * written later, so that it is whole. */
static int put_line(struct cdr_file *f, const char *text, size_t len, size_t *done)
{
	ssize_t n;
	int error;

	while (*done < len) {
		n = write(f->fd, text + *done, len - *done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			error = n < 0 ? errno : ENOSPC;
			failure(f, "cannot be written", error);
			return -error;
		}
		*done += n;
	}
	f->written++;
	if (f->sync)
		cdr_sync_mark(f->sync);
	return 0;
}

static void report_sync(struct cdr_file *f)
{
	int rc = f->sync ? cdr_sync_error(f->sync) : 0;

	if (rc < 0)
		failure(f, "is not on the disk", -rc);
}

/* true: nothing waits any more. */
static bool flush(struct cdr_file *f)
{
	struct waiting *w, *next;

	llist_for_each_entry_safe(w, next, &f->spool, list) {
		if (put_line(f, w->text, w->len, &w->done) < 0)
			return false;
		llist_del(&w->list);
		f->n_waiting--;
		f->spool_octets -= w->len;
		talloc_free(w);
	}
	return true;
}

static int wait_in_memory(struct cdr_file *f, const char *text, size_t len, size_t done)
{
	bool fits = f->spool_octets + len <= CDR_MAX_SPOOL;
	struct waiting *w = fits ? talloc_size(f, sizeof(*w) + len) : NULL;

	if (!w) {
		f->lost++;
		failure(f, "a record is lost", fits ? ENOMEM : ENOBUFS);
		return fits ? -ENOMEM : -ENOBUFS;
	}
	*w = (struct waiting){ .len = len, .done = done };
	memcpy(w->text, text, len);
	llist_add_tail(&w->list, &f->spool);
	f->spool_octets += len;
	f->n_waiting++;
	if (!osmo_timer_pending(&f->retry))
		osmo_timer_schedule(&f->retry, CDR_RETRY_S, 0);
	return -EAGAIN;
}

static int write_line(struct cdr_file *f, const char *text, size_t len)
{
	size_t done = 0;

	report_sync(f);
	/* order is kept: behind those that wait, and those are the timer's (a full disk costs no
	 * write() a call) */
	if (f->n_waiting || put_line(f, text, len, &done) < 0)
		return wait_in_memory(f, text, len, done);
	return 0;
}

static int too_long(struct cdr_file *f, int error)
{
	f->lost++;
	failure(f, "a record is lost", error);
	return -error;
}

int cdr_write(struct cdr_file *f, const struct cdr *r)
{
	char text[4096], *more;
	int len, rc;

	len = cdr_print(text, sizeof(text), r);
	if (len < (int)sizeof(text)) {
		text[len] = '\n';	/* in the place of its NUL */
		return write_line(f, text, len + 1);
	}
	if (len >= CDR_MAX_RECORD)
		return too_long(f, EMSGSIZE);
	more = talloc_size(f, len + 1);
	if (!more)
		return too_long(f, ENOMEM);
	cdr_print(more, len + 1, r);
	more[len] = '\n';
	rc = write_line(f, more, len + 1);
	talloc_free(more);
	return rc;
}

/* A line half in the old file is ended there; it begins anew in the new one. */
static void restart_line(struct cdr_file *f)
{
	struct waiting *w;

	if (llist_empty(&f->spool))
		return;
	w = llist_first_entry(&f->spool, struct waiting, list);
	w->done = 0;
}

int cdr_reopen(struct cdr_file *f)
{
	int fd = open_path(f->path), rc = fd < 0 ? -errno : 0;

	if (rc == 0 && f->sync)
		rc = cdr_sync_switch(f->sync, fd);
	if (rc < 0) {
		LOGP(f->log_cat, LOGL_ERROR, "call records: %s cannot be opened again: %s\n",
		     f->path, strerror(-rc));
		if (fd >= 0)
			close(fd);
		return rc;
	}
	close(f->fd);
	f->fd = fd;
	f->next_log = (struct timespec){};
	restart_line(f);
	rc = end_last_line(fd);
	if (rc < 0)
		failure(f, "its last line could not be ended", -rc);
	if (flush(f))
		osmo_timer_del(&f->retry);
	return 0;
}

void cdr_close(struct cdr_file *f)
{
	if (!f)
		return;
	if (!flush(f))
		LOGP(f->log_cat, LOGL_ERROR, "call records: %s: %u are lost as the gateway ends\n",
		     f->path, f->n_waiting);
	talloc_free(f);
}

uint64_t cdr_written(const struct cdr_file *f)
{
	return f->written;
}

uint64_t cdr_lost(const struct cdr_file *f)
{
	return f->lost;
}

unsigned int cdr_waiting(const struct cdr_file *f)
{
	return f->n_waiting;
}
