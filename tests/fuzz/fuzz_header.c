/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: header values of a SIP message through the mapper, as an INVITE, as responses, as a
 * redirection and at the end of a call. What is made of them can be sent; what they want hidden is.
 * The first octet chooses the trunk group (standard, trust, all headers or the usual ones,
 * dialect), then come lines: a letter, and the value. */
#include <stdlib.h>
#include <string.h>

#include "gw/map_contact.h"
#include "gw/map_event.h"
#include "gw/map_overlap.h"
#include "isup/isup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

enum { MAX_TEXT = 4096 };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static const char **place(struct sip_msg *m, char letter)
{
	switch (letter) {
	case 'r': return &m->ruri;
	case 'f': return &m->from;
	case 't': return &m->to;
	case 'c': return &m->contact;
	case 'p': return &m->pai;
	case 'y': return &m->privacy;
	case 'q': return &m->reason;
	case 'd': return &m->diversion;
	case 'h': return &m->history_info;
	case 'u': return &m->user_to_user;
	case 's': return &m->supported;
	case 'a': return &m->alert_info;
	case 'e': return &m->p_early_media;
	case 'o': return &m->resource_priority;
	case '$': return &m->p_charge_info;
	case 'l': return &m->geolocation;
	case 'w': return &m->warning;
	case 'n': return &m->accept_language;
	default: return NULL;
	}
}

static void read_message(struct sip_msg *m, char *text)
{
	char *line, *save = NULL;
	const char **where;

	*m = (struct sip_msg){ .max_forwards = -1, .retry_after = -1 };
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		where = place(m, line[0]);
		if (where && line[1] == ' ')
			*where = line + 2;
	}
}

/* Nothing that ends a line, or the head, before its time. */
static void check_text(const char *s)
{
	for (; *s; s++)
		must((unsigned char)*s >= ' ' && *s != 0x7f);
}

static void check_lines(const char *s)
{
	const char *eol;

	for (; *s; s = eol + 2) {
		eol = strstr(s, "\r\n");
		must(eol && eol > s);
		for (; s < eol; s++)
			must((unsigned char)*s >= ' ' && *s != 0x7f);
	}
}

static void check_out(const struct sip_out *out)
{
	check_text(out->ruri);
	check_text(out->from);
	check_text(out->to);
	check_text(out->pai);
	check_text(out->privacy);
	check_text(out->diversion);
	check_text(out->reason);
	check_text(out->contact);
	check_lines(out->headers);
}

static void check_encodes(const struct isup_msg *m)
{
	uint8_t octets[1024];

	must(isup_encode(octets, sizeof(octets), m) > 0);
}

/* Privacy speaks of the whole history: no number of it may be shown. */
static bool all_hidden(const char *privacy)
{
	return privacy && (!strcmp(privacy, "history") || !strcmp(privacy, "header") ||
			   !strcmp(privacy, "session"));
}

/* The call goes on to each of the Contacts, in their order. */
static void check_redirection(const struct sip_msg *rsp, const struct cc_setup *first,
			      const struct isup_msg *iam, const struct map_profile *p)
{
	static struct sip_out out;
	struct map_contact to[MAP_MAX_CONTACTS];
	struct cc_prim prim;
	struct cc_setup s;
	struct isup_msg m;
	unsigned int n;

	n = map_contacts(to, rsp, p->send_pai, p);
	must(n <= MAP_MAX_CONTACTS);
	for (unsigned int i = 0; i < n; i++) {
		must(i == 0 || to[i].q <= to[i - 1].q);
		s = *first;
		m = *iam;
		if (map_redirect_setup(&s, &m, &to[i], p) < 0)
			continue;
		check_encodes(&m);
		map_redirect_prim(&prim, &s, p);
		if (map_prim_to_isup(&m, &prim, false, p) == 0)
			check_encodes(&m);
		if (map_setup_to_invite(&out, &s, NULL, NULL, p) == 0)
			check_out(&out);
	}
}

/* A number that has grown is the old one and what came behind it. */
static void check_dialled(const struct sip_msg *inv)
{
	struct map_dialled old, now;
	struct isup_number more;

	if (!inv->contact || !map_dialled(&old, inv->ruri) || !map_dialled(&now, inv->contact) ||
	    map_dialled_grown(&more, &old, &now) != MAP_GROWN)
		return;
	must(strlen(old.digits) + strlen(more.digits) == strlen(now.digits));
	must(!strcmp(now.digits + strlen(old.digits), more.digits));
}

static void check_invite(struct sip_msg *inv, const struct map_profile *p)
{
	static struct sip_out out;
	struct isup_msg body, iam;
	struct isup_number n;
	struct cc_setup s;
	char history[400];
	bool has;

	map_history_of_invite(history, sizeof(history), inv, p);
	check_text(history);
	map_early_asked(inv, p);
	if (inv->ruri)
		check_dialled(inv);
	if (map_invite_to_setup(&s, &body, &has, inv, p))
		return;
	must(!s.has_redirection || (s.redirection.count >= 1 && s.redirection.count <= 5));
	if (map_setup_to_iam(&iam, &s, NULL, p) == 0) {
		check_encodes(&iam);
		if (all_hidden(inv->privacy) && isup_get(&iam, ISUP_P_REDIRECTING, &n))
			must(n.apri != 0);
		map_iam_refused(&iam, p);
		inv->is_request = false;
		inv->status = 302;
		check_redirection(inv, &s, &iam, p);
	}
	if (map_setup_to_invite(&out, &s, NULL, NULL, p) == 0)
		check_out(&out);
}

static void check_response(struct sip_msg *rsp, int status, const struct map_profile *p)
{
	static struct sip_out out;
	struct isup_msg body, m;
	struct cc_prim prim;

	rsp->status = status;
	if (!map_response_to_prim(&prim, &body, rsp, false, p))
		return;
	map_history_from_response(&prim, rsp, 0, p);
	for (int acm_sent = 0; acm_sent < 2; acm_sent++)
		if (map_prim_to_isup(&m, &prim, acm_sent, p) == 0)
			check_encodes(&m);
	if (map_prim_to_response(&out, &prim, NULL, MAP_WITHOUT_ISUP, p) > 0) {
		map_history_to_response(&out, &prim, "<sip:a@b>;index=1", p);
		check_out(&out);
	}
}

static void check_end(struct sip_msg *msg, const struct map_profile *p)
{
	static struct sip_out out;
	struct cc_release r;
	struct isup_msg body, rel;
	bool has;

	msg->status = 486;
	map_failure_to_release(&r, &body, &has, 486, msg, p);
	must(r.cause.value >= 1 && r.cause.value <= 127 && r.cause.location < 16);
	map_failure_to_release(&r, &body, &has, 488, msg, p);
	must(r.cause.value >= 1 && r.cause.value <= 127 && r.cause.location < 16);
	if (map_release_to_response(&out, &r, NULL, false, p) > 0)
		check_out(&out);
	msg->is_request = true;
	msg->method = SIP_BYE;
	map_bye_to_release(&r, &body, &has, msg, p);
	must(r.cause.value >= 1 && r.cause.value <= 127 && r.cause.location < 16);
	must(map_release_to_rel(&rel, &r, NULL, p) == 0);
	check_encodes(&rel);
}

/* Headers that are careful by default, too. */
static void all_headers(struct map_profile *p)
{
	const struct map_table *t = map_table(MAP_T_HEADER);
	const char *why;

	for (unsigned int i = 0; i < t->n_rows; i++)
		must(map_override_parse(&p->overrides[p->n_overrides++], t->name, t->rows[i].token,
					"both", &why) == 0);
}

static void choose(struct map_profile *p, uint8_t bits)
{
	map_profile_default(p);
	memcpy(p->country_code, "49", 3);
	memcpy(p->host, "p.example", 10);
	memcpy(p->local_host, "g.example", 10);
	p->standard = bits % MAP_STANDARDS;
	p->send_pai = bits & 4;
	p->trust_pai = bits & 8;
	if (bits & 0x10)
		all_headers(p);
	if (bits & 0x20) {
		p->dialect = &isup_ansi;
		memcpy(p->country_code, "1", 2);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char text[MAX_TEXT];
	struct map_profile p;
	struct sip_msg m;

	if (!len || len >= sizeof(text) || memchr(data, '\0', len))
		return 0;
	memcpy(text, data + 1, len - 1);
	text[len - 1] = '\0';
	read_message(&m, text);
	choose(&p, data[0]);
	check_response(&m, 180, &p);
	check_response(&m, 181, &p);
	check_response(&m, 183, &p);
	check_response(&m, 200, &p);
	check_end(&m, &p);
	m.status = 0;
	m.method = SIP_INVITE;
	m.is_request = true;
	check_invite(&m, &p);
	return 0;
}
