/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request is refused for before anybody sees it: methods, extensions, encodings, sizes
 * (RFC 3261 8.2). */
#include <string.h>
#include <strings.h>

#include "gw/sip_dialog.h"

bool sip_has_body(const sip_t *s)
{
	return s->sip_payload && s->sip_payload->pl_len > 0;
}

/* A description, alone or as a part of several: what is said of offers is said of it, not of any
 * body. */
bool sip_is_session(const char *type, const char *body, size_t len)
{
	static const char sdp[] = "application/sdp";
	size_t n = sizeof(sdp) - 1, i;

	if (!type || !len)
		return false;
	if (strncasecmp(type, sdp, n) == 0)
		return true;
	if (strncasecmp(type, "multipart/", 10) != 0)
		return false;
	for (i = 0; i + n <= len; i++)
		if ((body[i] | 0x20) == 'a' && strncasecmp(body + i, sdp, n) == 0)
			return true;
	return false;
}

bool sip_has_sdp(const sip_t *s)
{
	return sip_has_body(s) && s->sip_content_type &&
	       sip_is_session(s->sip_content_type->c_type, s->sip_payload->pl_data,
			      s->sip_payload->pl_len);
}

static bool refuse(struct refusal *r, int status, const char *phrase, void *extra)
{
	*r = (struct refusal){ .status = status, .phrase = phrase, .extra = extra };
	return true;
}

/* The extensions that are required of us and that we do not know; NULL: none. */
static sip_unsupported_t *unknown_extensions(su_home_t *home, const sip_t *s)
{
	const msg_list_t *list = (const msg_list_t *)s->sip_require;
	sip_unsupported_t *un = NULL;
	unsigned int i;

	for (i = 0; list && list->k_items && list->k_items[i]; i++) {
		if (strcasecmp(list->k_items[i], "100rel") == 0)
			continue;
		if (!un)
			un = sip_unsupported_make(home, list->k_items[i]);
		else
			msg_header_add_param(home, (msg_common_t *)un, list->k_items[i]);
	}
	return un;
}

static bool encoded(const sip_t *s)
{
	const msg_list_t *list = (const msg_list_t *)s->sip_content_encoding;

	return sip_has_body(s) && list && list->k_items && list->k_items[0] &&
	       strcasecmp(list->k_items[0], "identity") != 0;
}

/* Of any request but ACK and CANCEL. The extra header lives in home. */
bool sip_refuse_request(struct refusal *r, su_home_t *home, const sip_t *s)
{
	sip_unsupported_t *un;

	if (s->sip_request->rq_method == sip_method_ack ||
	    s->sip_request->rq_method == sip_method_cancel)
		return false;
	un = unknown_extensions(home, s);
	if (un)
		return refuse(r, SIP_420_BAD_EXTENSION, un);
	if (encoded(s))
		return refuse(r, SIP_415_UNSUPPORTED_MEDIA,
			      sip_accept_encoding_make(home, "identity"));
	if (s->sip_payload && s->sip_payload->pl_len > SIP_MAX_BODY)
		return refuse(r, SIP_413_REQUEST_TOO_LARGE, NULL);
	return false;
}

/* Methods that a gateway has no use for. */
bool sip_refuse_method(struct refusal *r, struct sip *sip, const sip_t *s)
{
	switch (s->sip_request->rq_method) {
	case sip_method_invite:
	case sip_method_ack:
	case sip_method_cancel:
	case sip_method_bye:
	case sip_method_prack:
	case sip_method_update:
	case sip_method_info:
	case sip_method_options:
		return false;
	case sip_method_subscribe:
	case sip_method_publish:
	case sip_method_notify:
		return refuse(r, SIP_489_BAD_EVENT, sip->allow);
	case sip_method_register:
	case sip_method_message:
	case sip_method_refer:
		return refuse(r, SIP_405_METHOD_NOT_ALLOWED, sip->allow);
	default:
		return refuse(r, SIP_501_NOT_IMPLEMENTED, sip->allow);
	}
}
