/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MTP: the calls of mtp.h handed to the back end, and what back ends have in common. */
#include <errno.h>

#include "gw/mtp_impl.h"

int mtp_transfer(struct mtp *mtp, const struct mtp_label *l, const uint8_t *sdu, size_t len)
{
	if (len == 0 || len > MTP_MAX_SDU)
		return -EMSGSIZE;
	return mtp->ops->transfer(mtp, l, sdu, len);
}

int mtp_watch(struct mtp *mtp, uint32_t pc)
{
	return mtp->ops->watch(mtp, pc);
}

bool mtp_reachable(const struct mtp *mtp, uint32_t pc)
{
	return mtp->ops->reachable(mtp, pc);
}

void mtp_show(const struct mtp *mtp, void (*line)(void *ctx, const char *text), void *ctx)
{
	mtp->ops->show(mtp, line, ctx);
}

void mtp_close(struct mtp *mtp)
{
	if (mtp)
		mtp->ops->close(mtp);
}

void mtp_user_transfer(const struct mtp_user *u, const struct mtp_label *l, const uint8_t *sdu,
		       size_t len)
{
	if (u->transfer_ind)
		u->transfer_ind(u->ctx, l, sdu, len);
}

void mtp_user_report(const struct mtp_user *u, uint32_t pc, bool up)
{
	void (*ind)(void *ctx, uint32_t pc) = up ? u->resume_ind : u->pause_ind;

	if (ind)
		ind(u->ctx, pc);
}

void mtp_user_status(const struct mtp_user *u, uint32_t pc, enum mtp_status status,
		     unsigned int level)
{
	if (u->status_ind)
		u->status_ind(u->ctx, pc, status, level);
}

int mtp_watched_add(struct mtp_watched *w, uint32_t pc)
{
	for (unsigned int i = 0; i < w->n; i++) {
		if (w->pc[i] == pc)
			return 0;
	}
	if (w->n == MTP_MAX_WATCHED)
		return -ENOSPC;
	w->pc[w->n++] = pc;
	return 0;
}

void mtp_watched_report(const struct mtp_watched *w, const struct mtp_user *u, bool up)
{
	for (unsigned int i = 0; i < w->n; i++)
		mtp_user_report(u, w->pc[i], up);
}

void mtp_watched_status(const struct mtp_watched *w, const struct mtp_user *u, unsigned int level)
{
	for (unsigned int i = 0; i < w->n; i++)
		mtp_user_status(u, w->pc[i], MTP_STATUS_CONGESTED, level);
}
