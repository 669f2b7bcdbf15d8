/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside gw/media_*: what a back end of media.h is, and what back ends share. */
#ifndef TOLLGATE_GW_MEDIA_BACKEND_H
#define TOLLGATE_GW_MEDIA_BACKEND_H

#include <stddef.h>

#include "gw/media.h"
#include "gw/media_check.h"

struct media_backend {
	struct media_ctx *(*open)(struct media_gw *gw, const struct media_open *o,
				  const struct media_ops *ops, void *ctx);
	int (*modify)(struct media_ctx *mc, enum media_mode mode, const char *remote_sdp);
	void (*close)(struct media_ctx *mc);
	/* the context after mc (NULL: the first) that somebody listens to, or NULL */
	struct media_ctx *(*next)(const struct media_gw *gw, const struct media_ctx *mc);
	/* NULL: no continuity checks; then the two that follow are NULL, too */
	unsigned int (*can)(const struct media_gw *gw);
	struct media_check *(*check_start)(struct media_gw *gw, const struct media_check_order *o,
					   media_check_cb *done, void *ctx);
	void (*check_stop)(struct media_check *k);
	/* NULL: it plays none */
	int (*tone)(struct media_ctx *mc, enum media_tone tone);
	bool (*available)(const struct media_gw *gw);
	void (*show)(const struct media_gw *gw, void (*line)(void *ctx, const char *text),
		     void *ctx);
	void (*close_gw)(struct media_gw *gw);
};

/* First members of the back ends' own. */
struct media_gw {
	const struct media_backend *be;
	const char *name;
};
struct media_ctx {
	struct media_gw *gw;
	const struct media_ops *ops;
	void *user;
};

struct media_check { struct media_gw *gw; media_check_cb *done; void *ctx; };

bool media_mode_is_test(enum media_mode mode);
bool media_mode_needs_remote(enum media_mode mode);

/* Our own description of a stream: its o= line has our identity, and a version that rises with each
 * change. */
struct media_local {
	uint64_t id, version;		/* version 0: nothing said yet */
	char *text;			/* NULL: nothing said yet */
};

/* An identity for the o= line that no other context of this process or of the last one has. */
uint64_t media_local_new_id(void);
/* Takes what is to be said now, in any o= line, and gives l->text its own. owner is the talloc
 * context of the text. 0 or -errno. */
int media_local_set(void *owner, struct media_local *l, const char *text);

/* What to tell SIP, from what the gateway said (gateway_sdp), answering offer (NULL: ours is the
 * offer): as many media as the offer has, in the direction it allows. relayed: NULL, or the codec
 * asked of a gateway that relays any payload type: it may have left out the codec's name, and
 * telephone-event goes through although it is not named. Length, -EBADMSG (the gateway's text is
 * none), -EMSGSIZE. */
int media_local_compose(char *buf, size_t size, const char *gateway_sdp, const char *offer,
			const char *relayed);

/* The codec to ask for: the first name of the list ("PCMA;PCMU") that the remote description has,
 * or the first of the list when there is none. telephone-event is no codec. Length of the name
 * written, -ENOENT, -ENOSPC, -EBADMSG. */
int media_codec_pick(char *buf, size_t size, const char *codecs, const char *remote_sdp);
/* The remote description for a gateway: its one audio medium with only_codec (and telephone-event),
 * or all codecs (NULL). A description with just one medium and no codec to choose is copied as it
 * is. Length or -errno. */
int media_remote_for_gateway(char *buf, size_t size, const char *remote_sdp,
			     const char *only_codec);

/* Q.850 cause for a return code with which a gateway refused, or for the reason (E) with which it
 * gave a connection up. */
uint8_t media_cause_of_code(uint16_t code);
uint8_t media_cause_of_reason(uint16_t reason);

#endif
