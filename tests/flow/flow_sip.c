/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SIP peers of a flow: messages made of a line of text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/sockaddr_str.h>
#include <osmocom/core/utils.h>

#include "tests/flow/fake_sip.h"
#include "tests/flow/flow.h"

struct peer_text {
	char ruri[400], from[320], to[320], pai[320], privacy[64], reason[128], contact[320];
	char diversion[320], history_info[640], user_to_user[640], supported[64], alert_info[64];
	char warning[64], require[64], accept[64], p_early_media[64], to_tag[64];
	char ctype[160];		/* of a body given in hex */
	char callid[64], tag[64];	/* of an INVITE: else one of a call of its own */
	char info[64];			/* further digits */
	char version[32], handling[16];	/* of the ISUP part */
	char disposition[40];		/* of a body that is ISUP alone */
	const char *sdp;		/* direction */
	char codecs[32];
	bool pad;			/* a description that is far too long */
	const char *isup;
	uint8_t body[4096];
};

static const char sdp_text[] =
	"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
	"m=audio 4000 RTP/AVP %s\r\na=rtpmap:8 PCMA/8000\r\n%sa=%s\r\n";

static const char image_text[] =
	"v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
	"m=image 4000 udptl t38\r\n";

/* "codecs=97,8": 97 is CLEARMODE; "codecs=t38": an image and no audio. */
static void describe(char *buf, size_t size, struct peer_text *p)
{
	char *c;

	if (!strcmp(p->codecs, "t38")) {
		snprintf(buf, size, "%s", image_text);
		return;
	}
	if (!p->codecs[0])
		OSMO_STRLCPY_ARRAY(p->codecs, "8,0");
	for (c = p->codecs; *c; c++)
		if (*c == ',')
			*c = ' ';
	snprintf(buf, size, sdp_text, p->codecs,
		 strstr(p->codecs, "97") ? "a=rtpmap:97 CLEARMODE/8000\r\n" : "", p->sdp);
}

/* Length of the ISUP body, or -1. */
static ssize_t isup_octets(struct flow *f, uint8_t *octets, size_t size, const struct peer_text *p)
{
	const struct isup_dialect *dialect = strstr(p->version, "ansi") ? &isup_ansi : &isup_itu;
	const char *text = p->isup;
	char line[2048];
	struct isup_msg m;
	const char *why = "cannot be encoded";
	ssize_t n = -1;
	int at;

	flow_pstn_expand(line, sizeof(line), text, 0);
	if (!strncmp(text, "raw ", 4))
		return osmo_hexparse(text + 4, octets, size);
	if (isup_parse(&m, dialect, line, &why, &at) == 0)
		n = isup_encode_body(octets, size, &m);
	if (n < 0)
		flow_bad(f, why, line);
	return n;
}

static void multipart(struct sip_msg *m, struct peer_text *p, const char *sdp, const uint8_t *isup,
		      size_t n_isup)
{
	char *b = (char *)p->body;
	size_t size = sizeof(p->body), at;

	at = snprintf(b, size, "--flow\r\nContent-Type: application/sdp\r\n\r\n%s\r\n", sdp);
	at += snprintf(b + at, size - at, "--flow\r\nContent-Type: application/ISUP;version=%s\r\n"
		       "Content-Disposition: signal;handling=%s\r\n\r\n", p->version, p->handling);
	memcpy(b + at, isup, n_isup);
	at += n_isup;
	at += snprintf(b + at, size - at, "\r\n--flow--\r\n");
	m->content_type = "multipart/mixed;boundary=flow";
	m->body_len = at;
}

static void peer_body(struct flow *f, struct sip_msg *m, struct peer_text *p)
{
	char sdp[512] = "";
	uint8_t octets[300];
	ssize_t n = 0;

	if (p->sdp)
		describe(sdp, sizeof(sdp), p);
	if (p->isup)
		n = isup_octets(f, octets, sizeof(octets), p);
	if (n < 0)
		return;
	m->body = p->body;
	if (p->sdp && p->isup) {
		multipart(m, p, sdp, octets, n);
	} else if (p->isup) {
		snprintf(p->ctype, sizeof(p->ctype), "application/ISUP;version=%s", p->version);
		snprintf(p->disposition, sizeof(p->disposition), "signal;handling=%s",
			 p->handling);
		m->content_type = p->ctype;
		m->content_disposition = p->disposition;
		memcpy(p->body, octets, n);
		m->body_len = n;
	} else {
		m->content_type = "application/sdp";
		m->body_len = snprintf((char *)p->body, sizeof(p->body), "%s", sdp);
		while (p->pad && m->body_len < 2100)
			m->body_len += snprintf((char *)p->body + m->body_len, 64,
						"a=ptime:20 %zu\r\n", m->body_len);
	}
}

/* "ctype=TYPE hex=OCTETS" */
static void peer_hex(struct sip_msg *m, struct peer_text *p, const char *hex)
{
	int n = osmo_hexparse(hex, p->body, sizeof(p->body));

	m->body = p->body;
	m->body_len = n < 0 ? 0 : n;
	m->content_type = p->ctype[0] ? p->ctype : NULL;
}

static void peer_field(struct sip_msg *m, struct peer_text *p, const char *tok)
{
#define FIELD(name) \
	if (!strncmp(tok, #name "=", sizeof(#name))) { \
		snprintf(p->name, sizeof(p->name), "%s", tok + sizeof(#name)); \
		m->name = p->name; \
	}
	FIELD(ruri) FIELD(from) FIELD(to) FIELD(pai) FIELD(privacy) FIELD(reason) FIELD(contact)
	FIELD(warning) FIELD(require) FIELD(accept) FIELD(p_early_media) FIELD(to_tag)
	FIELD(diversion) FIELD(history_info) FIELD(user_to_user) FIELD(supported) FIELD(alert_info)
#undef FIELD
#define OWN(name) \
	if (!strncmp(tok, #name "=", sizeof(#name))) \
		snprintf(p->name, sizeof(p->name), "%s", tok + sizeof(#name));
	OWN(callid) OWN(tag) OWN(info) OWN(ctype) OWN(version) OWN(handling) OWN(codecs)
#undef OWN
	if (!strncmp(tok, "rseq=", 5))
		m->rseq = strtol(tok + 5, NULL, 10);
	if (!strncmp(tok, "retry_after=", 12))
		m->retry_after = strtol(tok + 12, NULL, 10);
	if (!strncmp(tok, "cseq=", 5))
		m->cseq = strtoul(tok + 5, NULL, 10);
	if (!strncmp(tok, "mf=", 3))
		m->max_forwards = strtol(tok + 3, NULL, 10);
	if (!strncmp(tok, "lport=", 6))
		m->local_port = strtol(tok + 6, NULL, 10);
	if (!strncmp(tok, "sdp", 3))
		p->sdp = tok[3] == '=' ? tok + 4 : "sendrecv";
	if (!strcmp(tok, "pad"))
		p->pad = true;
	if (!strncmp(tok, "hex=", 4))
		peer_hex(m, p, tok + 4);
}

static void peer_fields(struct flow *f, struct sip_msg *m, struct peer_text *p, char *args)
{
	char *at = strstr(args, "isup "), *save, *tok;

	if (at) {
		p->isup = at + 5;
		*at = '\0';
	}
	for (tok = strtok_r(args, " ", &save); tok; tok = strtok_r(NULL, " ", &save))
		peer_field(m, p, tok);
	if (p->sdp || p->isup)
		peer_body(f, m, p);
	if (p->info[0]) {
		m->content_type = "application/x-session-info";
		m->body = p->body;
		m->body_len = snprintf((char *)p->body, sizeof(p->body),
				       "SubsequentDigit: %s\r\n", p->info);
	}
	m->call_id = p->callid;
	m->from_tag = p->tag;
}

static void source(struct sip_msg *m, const char *text)
{
	static const struct { const char *name, *address; } peers[] = {
		{ "peer=sipt", "192.0.2.10" }, { "peer=stranger", "198.51.100.1" },
		{ "peer=twin", "192.0.2.20" }, { "peer=two", "192.0.2.12" },
		{ "peer=invites", "192.0.2.30" }, { "peer=info", "192.0.2.31" },
		{ "peer=t-invites", "192.0.2.32" }, { "peer=t-info", "192.0.2.33" },
		{ "peer=i-few", "192.0.2.36" }, { "peer=info-few", "192.0.2.37" },
	};
	const char *address = "192.0.2.9";
	struct osmo_sockaddr_str str;

	for (size_t i = 0; i < ARRAY_SIZE(peers); i++)
		if (strstr(text, peers[i].name))
			address = peers[i].address;
	osmo_sockaddr_str_from_str(&str, address, 5060);
	osmo_sockaddr_str_to_sockaddr(&str, &m->source_addr);
	snprintf(m->source, sizeof(m->source), "%s:5060", address);
}

void flow_sip_send(struct flow *f, unsigned int leg, char *text)
{
	static struct peer_text p;
	struct sip_msg m = {
		.max_forwards = 70, .retry_after = -1, .cseq = fake_sip_legs() + 1,
		.from = "<sip:+498912@192.0.2.9>", .to = "<sip:x@192.0.2.1>", .local_port = 5060,
	};
	char what[32] = "";

	memset(&p, 0, sizeof(p));
	OSMO_STRLCPY_ARRAY(p.version, "itu-t92+;base=itu-t92+");
	OSMO_STRLCPY_ARRAY(p.handling, "optional");
	snprintf(p.callid, sizeof(p.callid), "call-%u", fake_sip_legs());
	OSMO_STRLCPY_ARRAY(p.tag, "tag");
	sscanf(text, "%31s", what);
	text += strlen(what);
	m.status = strtol(what, NULL, 10);
	source(&m, text);
	peer_fields(f, &m, &p, text);
	if (!strcmp(what, "INVITE")) {
		fake_sip_invite(f->lab.gw->sip, &m);
	} else if (!fake_sip_leg(leg)) {
		flow_bad(f, "this dialog is gone", what);
	} else if (m.status) {
		m.method = SIP_INVITE;
		fake_sip_response(leg, &m);
	} else if (!fake_sip_request(leg, what, &m)) {
		flow_bad(f, "not understood", what);
	}
	lab_settle(&f->lab);
}

void flow_sip_expect(struct flow *f, unsigned int leg, const char *want)
{
	static struct fake_sent s;
	char name[32] = "", got[32] = "";

	if (!fake_sip_take(&s)) {
		flow_bad(f, "nothing was sent by SIP", want);
		return;
	}
	sscanf(want, "%31s", name);
	sscanf(s.text, "%31s", got);
	if (strcmp(name, got) || !flow_has_tokens(s.text, want))
		flow_bad(f, "SIP got", s.text);
	else if (leg && s.leg != leg)
		flow_bad(f, "another dialog got", s.text);
}

void flow_sip_forget(void)
{
	static struct fake_sent s;

	while (fake_sip_take(&s))
		;
}
