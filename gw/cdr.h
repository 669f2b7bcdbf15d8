/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call records: one JSON object a line, one line an attempt, written once, on disk before the call
 * is forgotten. */
#ifndef TOLLGATE_GW_CDR_H
#define TOLLGATE_GW_CDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct cdr_leg {
	const char *protocol;		/* "isup" or "sip"; NULL: this leg was never made */
	const char *trunk_group;
	const char *circuits;		/* isup: what logs and commands call cic's group */
	uint16_t cic;			/* isup */
	const char *point_codes;	/* isup: "1.1.1/1.1.2" */
	const char *call_id;		/* sip */
	const char *peer;		/* sip: "192.0.2.1:5060" */
	/* digits with '+' for international, as this leg carried them */
	const char *called, *calling;
	const char *calling_presentation;	/* "allowed" "restricted" "unavailable" */
};

enum cdr_side { CDR_SIDE_NONE, CDR_SIDE_CALLING, CDR_SIDE_CALLED, CDR_SIDE_GATEWAY };

struct cdr {
	const char *id;			/* unique over restarts */
	struct cdr_leg in, out;		/* out: the last route tried */
	unsigned int attempts;		/* routes and circuits tried */
	struct timespec setup, alert, answer, release;	/* wall clock; tv_sec 0: did not happen */
	double duration_s;		/* answer to release by the monotonic clock; 0 unanswered */
	enum cdr_side released_by;
	uint8_t cause, location;	/* Q.850 */
	uint16_t sip_status;		/* sent or received for this call, 0 none */
	const char *reason;		/* our own words when the gateway released, or NULL */
};

struct cdr_file;
/* While the file cannot be written (disk full, I/O error) records wait in memory, at most so many
 * octets, and are tried again every second, in order; only what does not fit is lost. */
enum {
	CDR_MAX_SPOOL = 8 * 1024 * 1024,
	CDR_MAX_RECORD = 64 * 1024,
	CDR_RETRY_S = 1,
	CDR_LOG_S = 60,
};

/* Opens for append; NULL with a log line. A last line cut by a crash is ended first. A record is
 * with the kernel when cdr_write() returns 0, so it outlives the process however that ends. sync:
 * it is forced to the disk within CDR_SYNC_MS by a thread of its own, so it outlives a loss of
 * power from then on; the loop never waits for the disk's cache to be emptied. */
struct cdr_file *cdr_open(void *ctx, const char *path, bool sync, int log_cat);
/* 0: written, with one write(). -EAGAIN: it waits in memory. -ENOBUFS, -ENOMEM, -EMSGSIZE: lost,
 * counted by cdr_lost(). A failure is logged when it begins, then once in CDR_LOG_S. */
int cdr_write(struct cdr_file *f, const struct cdr *r);
/* For log rotation: closes and opens the path again. 0 or -errno, logged: then the old file is
 * still in use. */
int cdr_reopen(struct cdr_file *f);
/* Tries once more what waits; what cannot be written then is lost, with a log line. */
void cdr_close(struct cdr_file *f);
uint64_t cdr_written(const struct cdr_file *f);
uint64_t cdr_lost(const struct cdr_file *f);
/* Records that wait in memory. */
unsigned int cdr_waiting(const struct cdr_file *f);
/* The record as text (without newline), snprintf's rule; for tests and the command line. */
int cdr_print(char *buf, size_t size, const struct cdr *r);

#endif
