/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message of the stack -> struct sip_msg. Its strings live in the arena until sip_msg_done(). */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "gw/sip_dialog.h"
#include "gw/text.h"

void sip_addr_text(char *buf, size_t size, const struct sockaddr_storage *a)
{
	const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)a;
	const struct sockaddr_in *four = (const struct sockaddr_in *)a;
	char host[INET6_ADDRSTRLEN] = "?";

	if (a->ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof(host));
		snprintf(buf, size, "[%s]:%u", host, ntohs(six->sin6_port));
	} else {
		inet_ntop(AF_INET, &four->sin_addr, host, sizeof(host));
		snprintf(buf, size, "%s:%u", host, ntohs(four->sin_port));
	}
}

const char *sip_status_name(int status)
{
	const char *phrase = sip_status_phrase(status);

	return phrase ? phrase : "?";
}

static const char *keep(struct sip *sip, size_t len)
{
	const char *s = sip->arena + sip->arena_used;

	sip->arena_used += len + 1;
	return s;
}

/* Folded lines become one: CR, LF and the white space after them are one space. to may be from. */
static size_t unfold(char *to, const char *from, size_t room)
{
	size_t n = 0;

	while (*from && n + 1 < room) {
		if (*from == '\r' || *from == '\n') {
			from += strspn(from, "\r\n \t");
			to[n++] = ' ';
		} else {
			to[n++] = *from++;
		}
	}
	return n;
}

/* Value of one header, appended at `at` behind the arena's mark. Returns the length, or -1 when it
 * does not fit. */
static int print_at(struct sip *sip, size_t at, const void *header)
{
	char *to = sip->arena + sip->arena_used + at;
	size_t room = ARENA_SIZE - sip->arena_used;
	issize_t n;

	if (at + 1 >= room)
		return -1;
	n = sip_header_field_e(to, room - at, header, 0);
	/* the stack keeps what is folded inside of quotes */
	return n >= 0 && at + n + 1 < room ? (int)unfold(to, to, n + 1) : -1;
}

/* A header and those of its kind that follow, comma separated. */
static const char *join(struct sip *sip, const void *header)
{
	const sip_header_t *h;
	size_t len = 0;
	int n;

	for (h = header; h; h = h->sh_next) {
		if (len && len + 2 < ARENA_SIZE - sip->arena_used) {
			memcpy(sip->arena + sip->arena_used + len, ", ", 2);
			len += 2;
		}
		n = print_at(sip, len, h);
		if (n < 0)
			return NULL;
		len += n;
	}
	if (!len)
		return NULL;
	sip->arena[sip->arena_used + len] = '\0';
	return keep(sip, len);
}

/* Headers that the stack has no class for. */
static const char *join_unknown(struct sip *sip, const sip_t *s, const char *name)
{
	const sip_unknown_t *u;
	size_t room, len = 0;

	for (u = s->sip_unknown; u; u = u->un_next) {
		if (!u->un_name || !u->un_value || strcasecmp(u->un_name, name) != 0)
			continue;
		room = ARENA_SIZE - sip->arena_used - len;
		if (room < strlen(u->un_value) + 4)
			return NULL;
		if (len) {
			memcpy(sip->arena + sip->arena_used + len, ", ", 2);
			len += 2;
		}
		len += unfold(sip->arena + sip->arena_used + len, u->un_value, room - 3);
	}
	if (!len)
		return NULL;
	sip->arena[sip->arena_used + len] = '\0';
	return keep(sip, len);
}

/* From or To without its tag. */
static const char *untagged(struct sip *sip, const sip_addr_t *a)
{
	enum { MAX_PARAMS = 16 };
	msg_param_t params[MAX_PARAMS + 1];
	sip_addr_t copy = *a;
	unsigned int i, n = 0;

	for (i = 0; a->a_params && a->a_params[i] && n < MAX_PARAMS; i++) {
		if (strncasecmp(a->a_params[i], "tag=", 4) != 0)
			params[n++] = a->a_params[i];
	}
	params[n] = NULL;
	copy.a_params = n ? params : NULL;
	copy.a_next = NULL;
	return join(sip, &copy);
}

static const char *uri_text(struct sip *sip, const url_t *url)
{
	size_t room = ARENA_SIZE - sip->arena_used;
	issize_t n = url_e(sip->arena + sip->arena_used, room, url);

	return n >= 0 && (size_t)n + 1 < room ? keep(sip, n) : NULL;
}

static enum sip_method method_of(const sip_t *s)
{
	sip_method_t method = s->sip_cseq ? s->sip_cseq->cs_method : sip_method_unknown;

	if (s->sip_request)
		method = s->sip_request->rq_method;
	switch (method) {
	case sip_method_invite:
		return SIP_INVITE;
	case sip_method_ack:
		return SIP_ACK;
	case sip_method_cancel:
		return SIP_CANCEL;
	case sip_method_bye:
		return SIP_BYE;
	case sip_method_info:
		return SIP_INFO;
	case sip_method_update:
		return SIP_UPDATE;
	case sip_method_prack:
		return SIP_PRACK;
	case sip_method_options:
		return SIP_OPTIONS;
	default:
		return SIP_OTHER;
	}
}

static void read_dialog(struct sip *sip, struct sip_msg *m, const sip_t *s)
{
	if (s->sip_from) {
		m->from = untagged(sip, s->sip_from);
		m->from_tag = s->sip_from->a_tag;
	}
	if (s->sip_to) {
		m->to = untagged(sip, s->sip_to);
		m->to_tag = s->sip_to->a_tag;
	}
	m->call_id = s->sip_call_id ? s->sip_call_id->i_id : NULL;
	m->contact = join(sip, s->sip_contact);
	m->cseq = s->sip_cseq ? s->sip_cseq->cs_seq : 0;
	m->rseq = s->sip_rseq && sip_has_feature(s->sip_require, "100rel")
			  ? s->sip_rseq->rs_response
			  : 0;
}

/* The stack leaves out a header that it cannot read, and a second one of which there is but one. */
static bool left_out(const sip_t *s, msg_hclass_t *class)
{
	const sip_error_t *e;

	for (e = s->sip_error; e; e = e->er_next) {
		if (e->er_common->h_class == class)
			return true;
		if (e->er_common->h_class == sip_error_class && e->er_name &&
		    strcasecmp(e->er_name, class->hc_name) == 0)
			return true;
	}
	return false;
}

static void read_extensions(struct sip *sip, struct sip_msg *m, const sip_t *s)
{
	m->pai = join_unknown(sip, s, "P-Asserted-Identity");
	m->diversion = join_unknown(sip, s, "Diversion");
	m->history_info = join_unknown(sip, s, "History-Info");
	m->p_early_media = join_unknown(sip, s, "P-Early-Media");
	m->user_to_user = join_unknown(sip, s, "User-to-User");
	m->p_charge_info = join_unknown(sip, s, "P-Charge-Info");
	m->resource_priority = join_unknown(sip, s, "Resource-Priority");
	m->geolocation = join_unknown(sip, s, "Geolocation");
	m->alert_info = join_unknown(sip, s, "Alert-Info");
	/* whatever a Privacy asks for that cannot be read, nothing is shown */
	m->privacy = left_out(s, sip_privacy_class) ? "id;header;user;history"
						    : join(sip, s->sip_privacy);
	m->reason = join(sip, s->sip_reason);
	m->warning = join(sip, s->sip_warning);
	m->require = join(sip, s->sip_require);
	m->supported = join(sip, s->sip_supported);
	m->allow = join(sip, s->sip_allow);
	m->accept = join(sip, s->sip_accept);
	m->accept_language = join(sip, s->sip_accept_language);
	m->max_forwards = s->sip_max_forwards ? (int)s->sip_max_forwards->mf_count : -1;
	m->retry_after = s->sip_retry_after ? (int)s->sip_retry_after->af_delta : -1;
}

static void read_body(struct sip *sip, struct sip_msg *m, const sip_t *s)
{
	m->content_type = join(sip, s->sip_content_type);
	m->content_disposition = join(sip, s->sip_content_disposition);
	if (s->sip_payload && s->sip_payload->pl_len) {
		m->body = (const uint8_t *)s->sip_payload->pl_data;
		m->body_len = s->sip_payload->pl_len;
	}
}

/* Fills m from a message received; only one at a time. */
void sip_msg_read(struct sip *sip, struct sip_msg *m, msg_t *msg, const sip_t *s)
{
	const su_sockaddr_t *su;

	memset(m, 0, sizeof(*m));
	sip->arena_used = 0;
	m->is_request = s->sip_request != NULL;
	m->method = method_of(s);
	if (s->sip_status) {
		m->status = s->sip_status->st_status;
		m->phrase = s->sip_status->st_phrase;
	}
	if (s->sip_request)
		m->ruri = uri_text(sip, s->sip_request->rq_url);
	read_dialog(sip, m, s);
	read_extensions(sip, m, s);
	read_body(sip, m, s);
	if (!msg)
		return;
	su = msg_addr(msg);
	memcpy(&m->source_addr, su,
	       su->su_family == AF_INET6 ? sizeof(su->su_sin6) : sizeof(su->su_sin));
	sip_addr_text(m->source, sizeof(m->source), &m->source_addr);
}

uint32_t sip_identity_of(const sip_addr_t *a)
{
	return hash_text(hash_text(HASH_START, a->a_url->url_user), a->a_url->url_host) | 1;
}

/* --- what the peer can do --- */

static const struct {
	const char *name;
	uint16_t bit;
} options[] = {
	{ "100rel", PEER_100REL },
	{ "timer", PEER_TIMER },
	{ "UPDATE", PEER_UPDATE },
	{ "INFO", PEER_INFO },
	{ "replaces", PEER_REPLACES },
	{ "precondition", PEER_PRECONDITION },
	{ "PRACK", PEER_PRACK },
	{ "norefersub", PEER_NOREFERSUB },
	{ "from-change", PEER_FROM_CHANGE },
	{ "histinfo", PEER_HISTINFO },
	{ "REFER", PEER_REFER },
};

static uint16_t bits_of(const msg_list_t *list)
{
	uint16_t bits = 0;
	unsigned int i;

	for (i = 0; list && i < ARRAY_SIZE(options); i++) {
		if (msg_header_find_param((const msg_common_t *)list, options[i].name))
			bits |= options[i].bit;
	}
	return bits;
}

uint16_t sip_options_of(const sip_t *s)
{
	return bits_of(s->sip_supported) | bits_of(s->sip_require) |
	       bits_of((const msg_list_t *)s->sip_allow);
}

bool sip_option_in(uint16_t bits, const char *option_tag)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(options); i++) {
		if (strcasecmp(options[i].name, option_tag) == 0)
			return bits & options[i].bit;
	}
	return false;
}

bool sip_leg_peer_supports(const struct sip_leg *leg, const char *option_tag)
{
	return sip_option_in(leg->peer_options, option_tag);
}
