/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One more ISUP part behind a body that sipt_compose() has made. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gw/sipt.h"

#define OWN_TYPE "multipart/mixed;boundary="

static int append(struct out *o, const struct sipt_compose *c, const char *boundary)
{
	sipt_out_isup(o, c, boundary);
	return o->len > o->size ? -EMSGSIZE : (int)o->len;
}

/* The boundary that the body was made with must not occur in the new part. */
static int append_to_multipart(struct sip_out *out, const struct sipt_compose *c)
{
	const char *boundary = out->content_type + strlen(OWN_TYPE);
	char end[SIPT_MAX_BOUNDARY + 10];
	struct out o = out_to((char *)out->body, sizeof(out->body));
	size_t n = snprintf(end, sizeof(end), "\r\n--%s--\r\n", boundary);
	int rc;

	if (n >= sizeof(end) || out->body_len < n ||
	    memcmp(out->body + out->body_len - n, end, n) != 0 ||
	    memmem(c->isup, c->isup_len, boundary, strlen(boundary)))
		return -EBADMSG;
	o.len = out->body_len - n;
	rc = append(&o, c, boundary);
	if (rc >= 0)
		out->body_len = rc;
	return rc < 0 ? rc : 0;
}

/* A lone ISUP body has its disposition among the message's headers. */
static void drop_disposition(struct sip_out *out)
{
	char *line = strstr(out->headers, "Content-Disposition: "), *end;

	end = line ? strstr(line, "\r\n") : NULL;
	if (end)
		memmove(line, end + 2, strlen(end + 2) + 1);
}

static int append_to_lone(struct sip_out *out, const struct sipt_compose *c)
{
	uint8_t first[SIP_MAX_BODY];
	struct out o = out_to((char *)out->body, sizeof(out->body)),
		type = out_to(out->content_type, sizeof(out->content_type));
	size_t len = out->body_len;
	char boundary[32];
	unsigned int n = 0;
	int rc;

	memcpy(first, out->body, len);
	do {
		snprintf(boundary, sizeof(boundary), "tollgate-part-%u", n++);
	} while (memmem(first, len, boundary, strlen(boundary)) ||
		 memmem(c->isup, c->isup_len, boundary, strlen(boundary)));
	out_fmt(&o, "--%s\r\nContent-Type: %s\r\nContent-Disposition: signal;handling=%s\r\n\r\n",
		boundary, out->content_type, c->required ? "required" : "optional");
	out_span(&o, (struct span){ .p = (const char *)first, .len = len });
	rc = append(&o, c, boundary);
	if (rc < 0)
		return rc;
	out->body_len = rc;
	drop_disposition(out);
	out_fmt(&type, OWN_TYPE "%s", boundary);
	return out_end(&type) < 0 ? -EMSGSIZE : 0;
}

int sipt_append(struct sip_out *out, const struct sipt_compose *c)
{
	if (strncmp(out->content_type, OWN_TYPE, strlen(OWN_TYPE)) == 0)
		return append_to_multipart(out, c);
	return out->body_len ? append_to_lone(out, c) : sipt_compose(out, c);
}
