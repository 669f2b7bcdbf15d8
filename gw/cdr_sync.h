/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fdatasync() beside the loop: a thread of its own, so that a slow disk delays no call. */
#ifndef TOLLGATE_GW_CDR_SYNC_H
#define TOLLGATE_GW_CDR_SYNC_H

struct cdr_sync;

/* what was written is on the disk so much later, plus what the disk needs */
enum { CDR_SYNC_MS = 200 };

/* Works on duplicates of the descriptors it is given. NULL when the system gives no thread. */
struct cdr_sync *cdr_sync_new(int fd);
/* Something has been written. */
void cdr_sync_mark(struct cdr_sync *s);
/* From now on another file; the one before is brought to the disk first. 0 or -errno. */
int cdr_sync_switch(struct cdr_sync *s, int fd);
/* The last error of fdatasync() as -errno, once; 0 none. */
int cdr_sync_error(struct cdr_sync *s);
/* Brings all to the disk and ends the thread. */
void cdr_sync_free(struct cdr_sync *s);

#endif
