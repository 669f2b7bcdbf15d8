/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mapper: what a SIP body holds for us, and what we put into one (RFC 3204, 3372, 3398 5.1). */
#include <errno.h>
#include <string.h>

#include "gw/map_parts.h"
#include "isup/dialect.h"

enum { MAX_ISUP_BODY = 600 };

/* One ISUP part: 1, 0 (may be ignored), -EPROTONOSUPPORT. */
int map_take_isup(struct isup_msg *isup, const struct sipt_part *part, const struct map_profile *p)
{
	const struct sipt_version own = { p->isup_version, map_dialect(p)->name };
	const char *dialect = p->isup_body == MAP_ISUP_NONE ? NULL : sipt_dialect(part, &own);
	struct isup_fault fault;

	if (dialect && isup_decode_body(isup, isup_dialect_find(dialect), part->octets, part->len,
					&fault) == 0)
		return 1;
	return part->required ? -EPROTONOSUPPORT : 0;
}

int map_body_isup(struct isup_msg *isup, const struct sip_msg *msg, const struct map_profile *p)
{
	const struct sipt_part *part;
	unsigned int from = 0;
	struct sipt_body b;
	int rc = 0, one;

	if (sipt_parse(&b, msg->content_type, msg->body, msg->body_len) < 0)
		return 0;
	while ((part = sipt_find(&b, "application/isup", &from))) {
		one = map_take_isup(isup, part, p);
		if (one == 1)
			return 1;
		if (one < 0)
			rc = one;
	}
	return rc;
}

const struct sipt_part *map_find_sdp(struct sipt_body *b, const struct sip_msg *msg)
{
	if (sipt_parse(b, msg->content_type, msg->body, msg->body_len) < 0)
		return NULL;
	return sipt_find(b, "application/sdp", NULL);
}

int map_body_sdp(char *buf, size_t size, const struct sip_msg *msg)
{
	const struct sipt_part *part;
	struct sipt_body b;
	int rc;

	buf[0] = '\0';
	part = map_find_sdp(&b, msg);
	if (!part || !part->len)
		return 0;
	if (memchr(part->octets, '\0', part->len))
		return -EBADMSG;
	rc = span_copy(buf, size,
		       (struct span){ .p = (const char *)part->octets, .len = part->len });
	return rc < 0 ? rc : (int)part->len;
}

int map_put_body(struct sip_out *out, const char *sdp, const struct isup_msg *isup,
		 const struct map_profile *p)
{
	uint8_t octets[MAX_ISUP_BODY];
	struct sipt_compose c = { .sdp = sdp, .version = p->isup_version, .base = p->isup_base,
				  .required = p->isup_required };
	struct isup_msg m;
	ssize_t len;

	if (isup && p->isup_body != MAP_ISUP_NONE) {
		map_template(&m, isup, p);
		len = isup_encode_body(octets, sizeof(octets), &m);
		if (len < 0)
			return len;
		c.isup = octets;
		c.isup_len = len;
	}
	return sipt_compose(out, &c);
}

int map_sdp_body(struct sip_out *out, const char *sdp)
{
	const struct sipt_compose c = { .sdp = sdp };

	return sipt_compose(out, &c);
}
