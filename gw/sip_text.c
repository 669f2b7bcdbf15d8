/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests read from text, by the stack's own parser. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gw/sip_dialog.h"
#include "gw/sip_text.h"

struct sip_text {
	struct sip sip;			/* for the strings of m: no agent, no sockets */
	msg_t *msg;
	const sip_t *s;
	struct sip_msg m;
};

static int text_free(struct sip_text *t)
{
	if (t->msg)
		msg_destroy(t->msg);
	return 0;
}

/* A header line of a text that an editor has seen: the length said is not the body's any more. */
static bool is_length(const char *line, size_t len)
{
	static const char *const names[] = { "Content-Length:", "l:" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (len >= strlen(names[i]) && !strncasecmp(line, names[i], strlen(names[i])))
			return true;
	return false;
}

/* LF to CR LF. Returns the length; buf has room for twice the text. */
static size_t with_returns(char *buf, const char *octets, size_t len)
{
	const char *end = octets + len, *line = octets, *eol;
	bool head = true;
	size_t n = 0;

	for (; line < end; line = eol + 1) {
		eol = memchr(line, '\n', end - line);
		if (!eol)
			eol = end;
		head = head && eol > line;
		if (head && is_length(line, eol - line))
			continue;
		memcpy(buf + n, line, eol - line);
		n += eol - line;
		if (eol == end)
			break;
		buf[n++] = '\r';
		buf[n++] = '\n';
	}
	return n;
}

static int make(struct sip_text *t, const char *octets, size_t len)
{
	char *buf;

	if (memchr(octets, '\r', len)) {
		t->msg = msg_make(sip_default_mclass(), MSG_DO_CANONIC, octets, len);
	} else {
		buf = talloc_size(t, 2 * len + 1);
		if (!buf)
			return -ENOMEM;
		len = with_returns(buf, octets, len);
		t->msg = msg_make(sip_default_mclass(), MSG_DO_CANONIC, buf, len);
		talloc_free(buf);
	}
	if (!t->msg)
		return -ENOMEM;
	t->s = (const sip_t *)msg_object(t->msg);
	return 0;
}

/* Headers that the stack answers 400 for when it cannot read them; others it leaves out (sofia-sip,
 * NTATAG_BAD_REQ_MASK as it is by default). */
enum {
	FORGIVEN = sip_mask_response | sip_mask_proxy | sip_mask_registrar | sip_mask_pref |
		   sip_mask_privacy,
};

static const char *fault(const msg_t *msg, const sip_t *s)
{
	if (!s || !s->sip_request)
		return "no SIP request begins there";
	if (s->sip_request->rq_version != sip_version_2_0)
		return "another version of SIP than 2.0";
	if (msg_extract_errors(msg) & ~(unsigned int)FORGIVEN)
		return "a header cannot be read";
	if (sip_sanity_check(s) < 0 || !s->sip_via || !s->sip_from || !s->sip_to)
		return "a header that a request needs is missing, or wrong";
	if (s->sip_flags & MSG_FLG_ERROR)
		return "not a complete SIP request";
	if (s->sip_request->rq_method != sip_method_invite)
		return "a request, but no INVITE";
	return NULL;
}

/* Where it would have come from, as far as the text tells. */
static void source(struct sip_msg *m, const sip_via_t *v)
{
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&m->source_addr;
	struct sockaddr_in *four = (struct sockaddr_in *)&m->source_addr;
	const char *port = v->v_rport && *v->v_rport ? v->v_rport : v->v_port;
	const char *host = v->v_received ? v->v_received : v->v_host;
	uint16_t n = port ? strtoul(port, NULL, 10) : 5060;
	char plain[INET6_ADDRSTRLEN] = "";

	if (host && *host == '[')
		snprintf(plain, sizeof(plain), "%.*s", (int)strcspn(host + 1, "]"), host + 1);
	if (host && inet_pton(AF_INET, host, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons(n);
	} else if (host && inet_pton(AF_INET6, *plain ? plain : host, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(n);
	} else {
		return;
	}
	sip_addr_text(m->source, sizeof(m->source), &m->source_addr);
}

int sip_text_parse(struct sip_text **ret, void *ctx, const char *octets, size_t len,
		   const char **why)
{
	struct sip_text *t;
	int rc;

	*why = "longer than the stack takes";
	if (len > SIP_TEXT_MAX)
		return -E2BIG;
	*why = "it is empty";
	if (!len)
		return -EBADMSG;
	*why = "no memory";
	t = talloc_zero(ctx, struct sip_text);
	if (!t)
		return -ENOMEM;
	talloc_set_destructor(t, text_free);
	rc = make(t, octets, len);
	if (rc == 0) {
		*why = fault(t->msg, t->s);
		rc = *why ? -EBADMSG : 0;
	}
	if (rc < 0) {
		talloc_free(t);
		return rc;
	}
	sip_msg_read(&t->sip, &t->m, NULL, t->s);
	source(&t->m, t->s->sip_via);
	*ret = t;
	return 0;
}

const struct sip_msg *sip_text_msg(const struct sip_text *t)
{
	return &t->m;
}

int sip_text_refused(const struct sip_text *t)
{
	su_home_t home[1] = { SU_HOME_INIT(home) };
	struct refusal r = { 0 };

	sip_refuse_request(&r, home, t->s);
	su_home_deinit(home);
	return r.status;
}

bool sip_text_supports(const struct sip_text *t, const char *option_tag)
{
	return sip_option_in(sip_options_of(t->s), option_tag);
}
