/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions (RFC 4566) for one audio stream: parse, print, change, offer and answer
 * (RFC 3264).
 *
 * Pure: no I/O, log, allocation or clock. Every count and length has a limit, the work is linear
 * in the text. What parses is bounded; what is not understood is skipped when parsing, and kept
 * when a text is rewritten. */
#ifndef TOLLGATE_GW_SDP_H
#define TOLLGATE_GW_SDP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SDP_MAX_TEXT = 4096,		/* octets of a description; longer is refused */
	SDP_MAX_LINES = 256,
	SDP_MAX_MEDIA = 6,		/* m= lines */
	SDP_MAX_CODECS = 20,		/* formats of one m= line; more are skipped */
	SDP_MAX_ADDRESS = 64,
};

enum sdp_dir { SDP_SENDRECV, SDP_SENDONLY, SDP_RECVONLY, SDP_INACTIVE };

struct sdp_codec {
	uint8_t pt;			/* RTP payload type 0-127 */
	/* as written ("PCMA"); static types are named without rtpmap; "" unknown */
	char name[24];
	uint32_t clock;			/* Hz, 0 unknown */
	uint8_t channels;		/* 1 unless said otherwise */
	char fmtp[64];			/* "" none */
};

struct sdp_media {
	char type[16];			/* "audio", "image" ... */
	uint16_t port;			/* 0: refused or not wanted */
	char proto[24];			/* "RTP/AVP" */
	char formats[64];		/* as written when proto is not RTP ("t38"), else "" */
	enum sdp_dir dir;		/* of the medium, or of the session, or sendrecv */
	char address[SDP_MAX_ADDRESS];	/* c= of the medium, or of the session; "" none */
	bool ip6;
	uint16_t ptime, maxptime;	/* ms, 0 not given */
	uint16_t bandwidth;		/* b=AS, kbit/s, 0 not given */
	unsigned int n_codecs;
	struct sdp_codec codecs[SDP_MAX_CODECS];	/* in the order of preference; last */
};

struct sdp {
	char user[32];			/* o= */
	uint64_t id, version;
	char origin[SDP_MAX_ADDRESS];
	bool origin_ip6;
	char name[64];			/* s= */
	unsigned int n_media;
	struct sdp_media media[SDP_MAX_MEDIA];
};

/* What we say about our own end of the stream. */
struct sdp_local {
	const char *address;		/* numeric, IPv4 or IPv6 */
	uint16_t port;
	/* of the o= line: id constant for a leg, version rises by one with each change */
	uint64_t id, version;
	enum sdp_dir dir;
	/* transmission medium requirement: 2 CLEARMODE, 6 CLEARMODE and G.711, else G.711 */
	uint8_t tmr;
	bool mu_law;			/* PCMU before PCMA */
};

/* 0, -EBADMSG (not SDP), -E2BIG (a limit). o=, s= and t= may be missing (gateways' SDP), a line
 * may end with CR LF or LF. */
int sdp_parse(struct sdp *s, const char *text, size_t len);
/* snprintf's rule: the length without the final NUL, which is only there when it is smaller than
 * size. */
int sdp_print(char *buf, size_t size, const struct sdp *s);

/* The first audio medium that is not refused; NULL when there is none. */
const struct sdp_media *sdp_audio(const struct sdp *s);
/* The codec of this name (without case), or NULL. */
const struct sdp_codec *sdp_find_codec(const struct sdp_media *m, const char *name);
/* Hold (RFC 3264 8.4): whoever sent this does not want to hear us (sendonly, inactive, address
 * 0.0.0.0). */
bool sdp_is_hold(const struct sdp *s);

const char *sdp_dir_name(enum sdp_dir dir);
/* What the other end of a stream says for the same flow: sendonly <-> recvonly. */
enum sdp_dir sdp_dir_reverse(enum sdp_dir dir);
/* The direction to answer with: as much of wanted as the offer allows (RFC 3264 6.1). */
enum sdp_dir sdp_dir_answer(enum sdp_dir offered, enum sdp_dir wanted);

/* Text to text; length written without the final NUL, -EMSGSIZE, -EBADMSG. buf and text must not
 * overlap. Lines come out in order with CR LF. */
/* o= becomes ours; missing v=, s= and t= are put in. address NULL: the one of the text's o= or
 * c= line. */
int sdp_rewrite_origin(char *buf, size_t size, const char *text, uint64_t id, uint64_t version,
		       const char *address);
/* Every medium gets this direction. */
int sdp_set_direction(char *buf, size_t size, const char *text, enum sdp_dir dir);
/* Equal but for the o= line and line ends: the version need not rise. */
bool sdp_same(const char *a, const char *b);

/* An offer for the medium, or the answer to one (as many m= lines, what we cannot do refused by
 * port 0). Length, -EMSGSIZE; answer: -ENOENT when no audio medium has a codec of ours: refuse
 * with 488. */
int sdp_offer(char *buf, size_t size, const struct sdp_local *l);
int sdp_answer(char *buf, size_t size, const struct sdp *offer, const struct sdp_local *l);
/* Does the answer fit the offer (RFC 3264 6: number, kind and transport of media, a common
 * codec, direction)? 0, or -EINVAL with *ret_why (constant text; may be NULL). */
int sdp_check_answer(const struct sdp *offer, const struct sdp *answer, const char **ret_why);

#endif
