/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Call records: one JSON object a line, one line an attempt, written once, on disk before the call is forgotten. */
#ifndef TOLLGATE_GW_CDR_H
#define TOLLGATE_GW_CDR_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct cdr_leg {
	const char *protocol;		/* "isup" or "sip"; NULL: this leg was never made */
	const char *trunk_group;
	uint16_t cic;			/* isup */
	const char *point_codes;	/* isup: "1.1.1/1.1.2" */
	const char *call_id;		/* sip */
	const char *peer;		/* sip: "192.0.2.1:5060" */
	const char *called, *calling;	/* digits with '+' for international, as this leg carried them */
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
/* Opens for append; NULL with a log line. sync: fdatasync() after each record. A last line cut by a crash is ended first. */
struct cdr_file *cdr_open(void *ctx, const char *path, bool sync, int log_cat);
/* 0 or -errno (logged; counted by cdr_lost()). The line is written with one write(). */
int cdr_write(struct cdr_file *f, const struct cdr *r);
/* For log rotation. */
int cdr_reopen(struct cdr_file *f);
void cdr_close(struct cdr_file *f);
uint64_t cdr_written(const struct cdr_file *f);
uint64_t cdr_lost(const struct cdr_file *f);
/* The record as text (without newline), snprintf's rule; for tests and the command line. */
int cdr_print(char *buf, size_t size, const struct cdr *r);

#endif
