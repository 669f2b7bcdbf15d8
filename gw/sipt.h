/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Message bodies: multipart/mixed with SDP and ISUP (RFC 2046, 3204, 3372), taken apart and put
 * together. Pure: no I/O, log, allocation or clock; linear in the body; parts point into it. */
#ifndef TOLLGATE_GW_SIPT_H
#define TOLLGATE_GW_SIPT_H

#include "gw/sip.h"
#include "gw/text.h"

enum {
	SIPT_MAX_PARTS = 8,		/* with those of a nested multipart */
	SIPT_MAX_HEADERS = 16,		/* header lines of one part */
	SIPT_MAX_BOUNDARY = 70,		/* RFC 2046 5.1.1 */
};

struct sipt_part {
	struct span type;		/* "application/ISUP" as written, without parameters */
	struct span params;		/* of the type */
	struct span disposition;	/* "signal"; empty: none given */
	bool has_handling;		/* handling= was given */
	bool required;			/* handling=required, or none given (RFC 3204 5) */
	bool encoded;			/* base64 or the like: not for us */
	const uint8_t *octets;
	size_t len;
};

struct sipt_body {
	unsigned int n_parts;
	struct sipt_part parts[SIPT_MAX_PARTS];
};

/* content_type as in the SIP header; NULL with an empty body: no parts. A body that is not
 * multipart is one part. 0, -EBADMSG, -E2BIG (more parts or headers than allowed). */
int sipt_parse(struct sipt_body *b, const char *content_type, const uint8_t *octets, size_t len);
/* Content-Disposition of the message (or NULL): of a body that is no multipart it says the same as
 * of a part. */
void sipt_disposition(struct sipt_body *b, const char *content_type, const char *disposition);
/* The first part of that type ("application/sdp") from the index *from on, which is set behind
 * it; NULL: none. */
const struct sipt_part *sipt_find(const struct sipt_body *b, const char *type, unsigned int *from);

/* --- ISUP versions (RFC 3204 2.1); dialects by their names in isup/dialect.h --- */
/* The dialect by which such a part is read: by its version, else by its base; NULL: neither is
 * known. own: what the trunk group sends, which is also taken where a part says neither. */
struct sipt_version { const char *token, *dialect; };
const char *sipt_dialect(const struct sipt_part *part, const struct sipt_version *own);
/* The token for bodies in this dialect. */
const char *sipt_token_of(const char *dialect);
/* The known tokens, for the manual; NULL at the end. */
const struct sipt_version *sipt_version_row(unsigned int i);

struct sipt_compose {
	const char *sdp;		/* NULL: none */
	const uint8_t *isup;		/* NULL: none */
	size_t isup_len;
	const char *version, *base;	/* "itu-t92+" */
	bool required;			/* handling of the ISUP part */
};
/* Content-Type, body, and for a lone ISUP body the Content-Disposition line in out->headers. The
 * boundary does not occur in the parts. 0, -EMSGSIZE. */
int sipt_compose(struct sip_out *out, const struct sipt_compose *c);
/* The ISUP part with its delimiter before and the last one behind it. */
void sipt_out_isup(struct out *o, const struct sipt_compose *c, const char *boundary);
/* One more ISUP part behind a body made so; c->sdp is not used. 0, -EMSGSIZE, -EBADMSG (the
 * boundary occurs in it). */
int sipt_append(struct sip_out *out, const struct sipt_compose *c);

#endif
