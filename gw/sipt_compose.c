/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies put together: SDP, ISUP, or both in a multipart/mixed. */
#include <errno.h>
#include <string.h>

#include "gw/sipt.h"

/* No randomness in a pure function: count on until the text is in no part. A part of n octets
 * holds at most n different boundaries, so this ends; in practice at the first. */
static void pick_boundary(char *buf, size_t size, const struct sipt_compose *c)
{
	unsigned int n = 0;
	struct out o;

	do {
		o = out_to(buf, size);
		out_fmt(&o, "tollgate-part-%u", n++);
		out_end(&o);
	} while (strstr(c->sdp, buf) || memmem(c->isup, c->isup_len, buf, strlen(buf)));
}

static const char *handling(const struct sipt_compose *c)
{
	return c->required ? "required" : "optional";
}

void sipt_out_isup(struct out *o, const struct sipt_compose *c, const char *boundary)
{
	out_str(o, "\r\n--");
	out_str(o, boundary);
	out_str(o, "\r\nContent-Type: application/ISUP;version=");
	out_str(o, c->version);
	out_str(o, ";base=");
	out_str(o, c->base);
	out_str(o, "\r\nContent-Disposition: signal;handling=");
	out_str(o, handling(c));
	out_str(o, "\r\n\r\n");
	out_span(o, (struct span){ .p = (const char *)c->isup, .len = c->isup_len });
	out_str(o, "\r\n--");
	out_str(o, boundary);
	out_str(o, "--\r\n");
}

static int compose_multipart(struct sip_out *out, const struct sipt_compose *c)
{
	struct out o = out_to((char *)out->body, sizeof(out->body));
	struct out type = out_to(out->content_type, sizeof(out->content_type));
	char boundary[32];

	pick_boundary(boundary, sizeof(boundary), c);
	out_str(&type, "multipart/mixed;boundary=");
	out_str(&type, boundary);
	out_str(&o, "--");
	out_str(&o, boundary);
	out_str(&o, "\r\nContent-Type: application/sdp\r\n"
		    "Content-Disposition: session;handling=required\r\n\r\n");
	out_str(&o, c->sdp);
	sipt_out_isup(&o, c, boundary);
	out->body_len = o.len;
	return o.len > sizeof(out->body) ? -EMSGSIZE : out_end(&type);
}

static int compose_isup(struct sip_out *out, const struct sipt_compose *c)
{
	struct out type = out_to(out->content_type, sizeof(out->content_type));
	size_t used = strlen(out->headers);
	struct out headers = out_to(out->headers + used, sizeof(out->headers) - used);

	if (c->isup_len > sizeof(out->body))
		return -EMSGSIZE;
	memcpy(out->body, c->isup, c->isup_len);
	out->body_len = c->isup_len;
	out_fmt(&headers, "Content-Disposition: signal;handling=%s\r\n", handling(c));
	out_fmt(&type, "application/ISUP;version=%s;base=%s", c->version, c->base);
	return out_end(&headers) < 0 ? -EMSGSIZE : out_end(&type);
}

static int compose_sdp(struct sip_out *out, const struct sipt_compose *c)
{
	size_t len = strlen(c->sdp);

	if (len > sizeof(out->body))
		return -EMSGSIZE;
	memcpy(out->body, c->sdp, len);
	out->body_len = len;
	return span_copy(out->content_type, sizeof(out->content_type), span_of("application/sdp"));
}

int sipt_compose(struct sip_out *out, const struct sipt_compose *c)
{
	int rc = 0;

	out->body_len = 0;
	out->content_type[0] = '\0';
	if (c->sdp && c->isup)
		rc = compose_multipart(out, c);
	else if (c->isup)
		rc = compose_isup(out, c);
	else if (c->sdp)
		rc = compose_sdp(out, c);
	if (rc >= 0)
		return 0;
	out->body_len = 0;
	out->content_type[0] = '\0';
	return rc;
}
