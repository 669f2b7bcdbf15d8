/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions and bearers: what kind of call an offer makes, and an offer cut down to what
 * a circuit's call may have. Pure, and bounded as gw/sdp.h is. */
#ifndef TOLLGATE_GW_SDP_BEARER_H
#define TOLLGATE_GW_SDP_BEARER_H

#include "gw/sdp.h"

enum sdp_kind {
	SDP_KIND_NONE,		/* no medium that a circuit could carry */
	SDP_KIND_PCMA, SDP_KIND_PCMU,	/* the first of the G.711 laws that is named */
	SDP_KIND_AUDIO,		/* other codecs only */
	SDP_KIND_CLEARMODE,	/* RFC 4040 alone: data */
	SDP_KIND_CLEARMODE_FIRST,	/* and speech when that cannot be had */
	SDP_KIND_G722_64K,	/* G.722 alone, with b=AS:64 */
	SDP_KIND_T38,		/* a facsimile and no audio */
};

/* By the first audio medium that is not refused; telephone-event, comfort noise and redundancy
 * count for nothing. */
enum sdp_kind sdp_kind(const struct sdp *s);
/* CLEARMODE is the codec that counts: the answer of one who took data. */
bool sdp_is_data(const struct sdp *s);

/* Which codecs an audio medium keeps. The law that is asked for stands first. */
enum sdp_wish {
	SDP_WISH_SPEECH,	/* all but CLEARMODE; G.711 first */
	SDP_WISH_G711,		/* 3.1 kHz audio: nothing that compresses */
	SDP_WISH_CLEARMODE,	/* 64 kbit/s: nothing else, no events */
	SDP_WISH_CLEARMODE_G711,
};
enum sdp_law { SDP_LAW_ANY, SDP_LAW_MU = 2, SDP_LAW_A };	/* as in Q.931 4.5.5 */

/* Text to text. Length written without the final NUL; 0: the text is good as it stands; -ENOENT:
 * an audio medium has no codec of that kind, -EBADMSG, -EMSGSIZE. Lines that name no format
 * stay. */
int sdp_keep(char *buf, size_t size, const char *text, enum sdp_wish wish, enum sdp_law law);

/* The name of a static payload type (RFC 3551), or NULL. */
const char *sdp_static_name(uint8_t pt);

#endif
