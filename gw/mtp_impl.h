/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a back end of mtp.h is made of. For gw/mtp*.c only. */
#ifndef TOLLGATE_GW_MTP_IMPL_H
#define TOLLGATE_GW_MTP_IMPL_H

#include "gw/mtp.h"

enum { MTP_MAX_WATCHED = 1024 };	/* destinations one back end reports on */

struct mtp_ops {
	int (*transfer)(struct mtp *mtp, const struct mtp_label *l, const uint8_t *sdu, size_t len);
	int (*watch)(struct mtp *mtp, uint32_t pc);
	bool (*reachable)(const struct mtp *mtp, uint32_t pc);
	void (*show)(const struct mtp *mtp, void (*line)(void *ctx, const char *text), void *ctx);
	void (*close)(struct mtp *mtp);
};

/* First member of each back end's own struct. */
struct mtp {
	const struct mtp_ops *ops;
	struct mtp_user user;
};

/* The destinations watched, where all of them share one state. */
struct mtp_watched {
	unsigned int n;
	uint32_t pc[MTP_MAX_WATCHED];
};

/* 0, or -ENOSPC; a code already there is not added again. */
int mtp_watched_add(struct mtp_watched *w, uint32_t pc);
/* Pause or resume for each watched code. */
void mtp_watched_report(const struct mtp_watched *w, const struct mtp_user *u, bool up);
void mtp_watched_status(const struct mtp_watched *w, const struct mtp_user *u, unsigned int level);

void mtp_user_transfer(const struct mtp_user *u, const struct mtp_label *l, const uint8_t *sdu,
		       size_t len);
void mtp_user_report(const struct mtp_user *u, uint32_t pc, bool up);
void mtp_user_status(const struct mtp_user *u, uint32_t pc, enum mtp_status status,
		     unsigned int level);

#endif
