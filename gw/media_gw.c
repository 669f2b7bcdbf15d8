/* SPDX-License-Identifier: GPL-3.0-or-later */
/* media.h's functions, given on to the back end of the gateway. */
#include <errno.h>
#include <string.h>

#include "gw/media_backend.h"

bool media_mode_needs_remote(enum media_mode mode)
{
	return mode == MEDIA_SENDONLY || mode == MEDIA_SENDRECV;
}

bool media_mode_is_test(enum media_mode mode)
{
	return mode == MEDIA_LOOPBACK || mode == MEDIA_TRANSPONDER;
}

/* Tests are for a circuit alone, and for gateways that can. */
static bool mode_ok(const struct media_gw *gw, const struct media_open *o)
{
	unsigned int need = o->mode == MEDIA_LOOPBACK ? MEDIA_CAN_LOOP : MEDIA_CAN_TRANSPOND;

	if (media_mode_is_test(o->mode))
		return !o->remote_sdp && media_gw_can(gw) & need;
	return o->remote_sdp || !media_mode_needs_remote(o->mode);
}

struct media_ctx *media_open(struct media_gw *gw, const struct media_open *o,
			     const struct media_ops *ops, void *ctx)
{
	if (!gw->be->available(gw) || !mode_ok(gw, o))
		return NULL;
	if (o->remote_sdp && strnlen(o->remote_sdp, MEDIA_MAX_SDP) >= MEDIA_MAX_SDP)
		return NULL;
	return gw->be->open(gw, o, ops, ctx);
}

int media_modify(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp)
{
	if (remote_sdp && strnlen(remote_sdp, MEDIA_MAX_SDP) >= MEDIA_MAX_SDP)
		return -EMSGSIZE;
	if (media_mode_is_test(mode))
		return -EINVAL;
	return mc->gw->be->modify(mc, mode, remote_sdp);
}

int media_tone(struct media_ctx *mc, enum media_tone tone)
{
	return mc->gw->be->tone ? mc->gw->be->tone(mc, tone) : -EOPNOTSUPP;
}

void media_close(struct media_ctx *mc)
{
	if (mc)
		mc->gw->be->close(mc);
}

struct media_ctx *media_next(const struct media_gw *gw, const struct media_ctx *mc)
{
	return gw->be->next(gw, mc);
}

void *media_user(const struct media_ctx *mc, const struct media_ops *ops)
{
	return mc->ops == ops ? mc->user : NULL;
}

unsigned int media_gw_can(const struct media_gw *gw)
{
	return gw->be->can ? gw->be->can(gw) : 0;
}

struct media_check *media_check_start(struct media_gw *gw, const struct media_check_order *o,
				      media_check_cb *done, void *ctx)
{
	if (!(media_gw_can(gw) & MEDIA_CAN_CHECK) || !gw->be->available(gw))
		return NULL;
	return gw->be->check_start(gw, o, done, ctx);
}

void media_check_stop(struct media_check *k)
{
	if (k)
		k->gw->be->check_stop(k);
}

bool media_gw_available(const struct media_gw *gw)
{
	return gw->be->available(gw);
}

const char *media_gw_name(const struct media_gw *gw)
{
	return gw->name;
}

void media_gw_show(const struct media_gw *gw, void (*line)(void *ctx, const char *text), void *ctx)
{
	gw->be->show(gw, line, ctx);
}

void media_gw_close(struct media_gw *gw)
{
	if (gw)
		gw->be->close_gw(gw);
}
