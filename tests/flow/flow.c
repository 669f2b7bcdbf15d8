/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays .flow files: ladders of a whole call, line by line, against the real call engine.
 *
 *   pstn> TEXT       the exchange sends this ISUP message (the codec's one-line text; "pstn> IAM called=4:44207 calling=3:89")
 *   pstn< TOKENS     the gateway must have sent this next: message name, then pieces that its text must contain
 *   sip> ...         a SIP peer sends: INVITE, a status, ACK, BYE, CANCEL, INFO, REINVITE, NOACK ("sip2>" for the second dialog)
 *   sip< TOKENS      the gateway must have sent this next; "!x" must not be in it
 *   wait S           virtual seconds; none < nothing may have been sent
 *   busy N           circuits that are not idle now;  cdr TOKENS  the next record must contain these
 * At the end nothing may be unread, no circuit busy, no call up, and there must be one record a call. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/sockaddr_str.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "gw/call.h"
#include "gw/log.h"
#include "tests/flow/fake_sip.h"
#include "tests/flow/lab.h"

struct flow {
	struct lab lab;
	const char *file;
	int line;
	int last_cic;
	unsigned int cdrs;
	bool failed;
};

static void bad(struct flow *f, const char *what, const char *text)
{
	if (!f->failed)
		printf("%s:%d: %s%s%s\n", f->file, f->line, what, text ? ": " : "", text ? text : "");
	f->failed = true;
}

/* Every token of want in text; "!token": not in it. */
static bool has_tokens(const char *text, const char *want)
{
	char copy[1024], *save, *tok;

	OSMO_STRLCPY_ARRAY(copy, want);
	for (tok = strtok_r(copy, " ", &save); tok; tok = strtok_r(NULL, " ", &save)) {
		bool not = *tok == '!';

		if ((strstr(text, tok + not) != NULL) == not)
			return false;
	}
	return true;
}

/* --- PSTN side --- */

/* "called=4:44207" -> the codec's own words. */
static void expand(char *buf, size_t size, const char *text, int cic)
{
	char copy[1024], *save, *tok, name[16] = "";
	size_t at = 0;
	unsigned int nai;
	int n;

	OSMO_STRLCPY_ARRAY(copy, text);
	sscanf(copy, "%15[A-Z]", name);
	at = snprintf(buf, size, "%s", name);
	if (!strstr(text, "cic="))
		at += snprintf(buf + at, size - at, " cic=%d", cic);
	for (tok = strtok_r(copy + strlen(name), " ", &save); tok; tok = strtok_r(NULL, " ", &save)) {
		if (sscanf(tok, "called=%u:%n", &nai, &n) == 1)
			at += snprintf(buf + at, size - at, "; NCI; FCI isup_all_the_way=1; CPC value=10; TMR value=3; "
				       "CdPN nai=%u npi=1 inn=0 %s", nai, tok + n);
		else if (sscanf(tok, "calling=%u:%n", &nai, &n) == 1)
			at += snprintf(buf + at, size - at, "; CgPN nai=%u npi=1 inn=0 apri=0 si=3 %s", nai, tok + n);
		else if (sscanf(tok, "restricted=%u:%n", &nai, &n) == 1)
			at += snprintf(buf + at, size - at, "; CgPN nai=%u npi=1 inn=0 apri=1 si=3 %s", nai, tok + n);
		else if (!strncmp(tok, "cause=", 6))
			at += snprintf(buf + at, size - at, "; CAI coding=0 location=4 value=%s", tok + 6);
		else if (!strncmp(tok, "cic=", 4))
			at += snprintf(buf + at, size - at, " %s", tok);
		else if (!strcmp(tok, "free"))
			at += snprintf(buf + at, size - at, "; BCI charge=2 called_status=1 called_category=1 isup_all_the_way=1");
		else if (!strcmp(tok, "none"))
			at += snprintf(buf + at, size - at, "; BCI charge=2 called_status=0 isup_all_the_way=1");
		else
			at += snprintf(buf + at, size - at, " %s", tok);
	}
}

static void pstn_send(struct flow *f, const char *text)
{
	char full[2048];
	struct isup_msg m;
	const char *why = NULL;
	int line;

	if (!strncmp(text, "raw ", 4)) {
		uint8_t octets[300];
		int n = osmo_hexparse(text + 4, octets, sizeof(octets));

		lab_pstn_send_octets(&f->lab, octets, n < 0 ? 0 : n);
		return;
	}
	expand(full, sizeof(full), text, f->last_cic ? f->last_cic : 1);
	if (isup_parse(&m, &isup_itu, full, &why, &line) < 0) {
		bad(f, why, full);
		return;
	}
	f->last_cic = m.cic;
	lab_pstn_send(&f->lab, &m);
}

static bool pstn_take(struct flow *f, char *text, size_t size)
{
	struct lab *l = &f->lab;
	struct isup_msg m;

	if (!l->n_pstn)
		return false;
	if (isup_decode(&m, &isup_itu, l->from_gw[0].octets, l->from_gw[0].len, NULL) < 0)
		snprintf(text, size, "malformed");
	else
		isup_print_line(text, size, &m);
	f->last_cic = m.cic;
	memmove(l->from_gw, l->from_gw + 1, --l->n_pstn * sizeof(l->from_gw[0]));
	return true;
}

static void pstn_expect(struct flow *f, const char *want)
{
	char text[4096], name[16] = "", got[16] = "";

	if (!pstn_take(f, text, sizeof(text))) {
		bad(f, "nothing was sent to the PSTN", NULL);
		return;
	}
	sscanf(want, "%15s", name);
	sscanf(text, "%15s", got);
	if (strcmp(name, got) || !has_tokens(text, want))
		bad(f, "the PSTN got", text);
}

/* --- SIP side --- */

struct peer_text { char ruri[320], from[320], to[320], pai[320], privacy[64], reason[128], ctype[128], contact[320]; uint8_t body[4096]; };

static const char sdp_text[] = "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
	"m=audio 4000 RTP/AVP 8 0\r\na=rtpmap:8 PCMA/8000\r\na=%s\r\n";

static void peer_body(struct flow *f, struct sip_msg *m, struct peer_text *p, const char *dir, const char *isup)
{
	char sdp[512] = "", line[2048];
	uint8_t octets[300];
	struct isup_msg im;
	const char *why;
	ssize_t n = 0;
	int at, l;

	if (dir)
		snprintf(sdp, sizeof(sdp), sdp_text, dir);
	if (isup) {
		expand(line, sizeof(line), isup, 0);
		if (isup_parse(&im, &isup_itu, line, &why, &l) < 0 || (n = isup_encode_body(octets, sizeof(octets), &im)) < 0) {
			bad(f, "ISUP text of the body", line);
			return;
		}
	}
	m->body = p->body;
	if (!isup) {
		m->content_type = "application/sdp";
		m->body_len = snprintf((char *)p->body, sizeof(p->body), "%s", sdp);
		return;
	}
	if (!dir) {
		m->content_type = "application/ISUP;version=itu-t92+;base=itu-t92+";
		memcpy(p->body, octets, n);
		m->body_len = n;
		return;
	}
	m->content_type = "multipart/mixed;boundary=flow";
	at = snprintf((char *)p->body, sizeof(p->body), "--flow\r\nContent-Type: application/sdp\r\n\r\n%s\r\n--flow\r\n"
		      "Content-Type: application/ISUP;version=itu-t92+;base=itu-t92+\r\n"
		      "Content-Disposition: signal;handling=optional\r\n\r\n", sdp);
	memcpy(p->body + at, octets, n);
	at += n;
	at += snprintf((char *)p->body + at, sizeof(p->body) - at, "\r\n--flow--\r\n");
	m->body_len = at;
}

static void peer_fields(struct flow *f, struct sip_msg *m, struct peer_text *p, char *args)
{
	const char *dir = NULL, *isup = NULL;
	char *at = strstr(args, "isup "), *save, *tok;

	if (at) {
		isup = at + 5;
		*at = '\0';
	}
	for (tok = strtok_r(args, " ", &save); tok; tok = strtok_r(NULL, " ", &save)) {
#define FIELD(name) \
		if (!strncmp(tok, #name "=", sizeof(#name))) { \
			snprintf(p->name, sizeof(p->name), "%s", tok + sizeof(#name)); \
			m->name = p->name; \
		}
		FIELD(ruri) FIELD(from) FIELD(to) FIELD(pai) FIELD(privacy) FIELD(reason) FIELD(contact)
#undef FIELD
		if (!strncmp(tok, "mf=", 3))
			m->max_forwards = atol(tok + 3);
		if (!strncmp(tok, "sdp", 3))
			dir = tok[3] == '=' ? tok + 4 : "sendrecv";
	}
	if (dir || isup)
		peer_body(f, m, p, dir, isup);
}

static void source(struct sip_msg *m, const char *address)
{
	struct osmo_sockaddr_str str;

	osmo_sockaddr_str_from_str(&str, address, 5060);
	osmo_sockaddr_str_to_sockaddr(&str, &m->source_addr);
	snprintf(m->source, sizeof(m->source), "%s:5060", address);
}

static void sip_send(struct flow *f, unsigned int leg, char *text)
{
	static struct peer_text p;
	struct sip_msg m = { .max_forwards = 70, .retry_after = -1, .from = "<sip:+498912@192.0.2.9>", .to = "<sip:x@192.0.2.1>" };
	char what[32] = "";
	int status;

	memset(&p, 0, sizeof(p));
	sscanf(text, "%31s", what);
	text += strlen(what);
	status = atol(what);
	source(&m, strstr(text, "peer=sipt") ? "192.0.2.10" : strstr(text, "peer=stranger") ? "198.51.100.1" : "192.0.2.9");
	peer_fields(f, &m, &p, text);
	if (!strcmp(what, "INVITE")) {
		fake_sip_invite(f->lab.gw->sip, &m);
	} else if (!fake_sip_leg(leg)) {
		bad(f, "this dialog is gone", what);
	} else if (status) {
		m.status = status;
		m.method = SIP_INVITE;
		fake_sip_response(leg, &m);
	} else {
		fake_sip_request(leg, what, &m);
	}
	lab_settle(&f->lab);
}

static void sip_expect(struct flow *f, const char *want)
{
	static struct fake_sent s;
	char name[32] = "", got[32] = "";

	if (!fake_sip_take(&s)) {
		bad(f, "nothing was sent by SIP", NULL);
		return;
	}
	sscanf(want, "%31s", name);
	sscanf(s.text, "%31s", got);
	if (strcmp(name, got) || !has_tokens(s.text, want))
		bad(f, "SIP got", s.text);
}

/* --- records and the end --- */

static unsigned int records(struct flow *f, unsigned int index, char *line, size_t size)
{
	FILE *file = fopen(f->lab.cdr_path, "r");
	char buf[2048];
	unsigned int n = 0;

	while (file && fgets(buf, sizeof(buf), file))
		if (n++ == index)
			osmo_strlcpy(line, buf, size);
	if (file)
		fclose(file);
	return n;
}

static void cdr_expect(struct flow *f, const char *want)
{
	char line[2048] = "";

	if (records(f, f->cdrs, line, sizeof(line)) <= f->cdrs)
		bad(f, "no such call record", want);
	else if (!has_tokens(line, want))
		bad(f, "the record says", line);
	f->cdrs++;
}

static void check_none(struct flow *f)
{
	static struct fake_sent s;
	char text[4096];

	if (pstn_take(f, text, sizeof(text)))
		bad(f, "sent to the PSTN without need", text);
	if (fake_sip_take(&s))
		bad(f, "sent by SIP without need", s.text);
}

static void check_end(struct flow *f)
{
	char line[2048];

	check_none(f);
	if (*lab_busy_circuits(&f->lab))
		bad(f, "circuits still busy", lab_busy_circuits(&f->lab));
	if (f->lab.gw->n_calls)
		bad(f, "a call is still up", call_state(call_next(f->lab.gw, NULL)));
	if (records(f, 0, line, sizeof(line)) != f->lab.gw->last_call)
		bad(f, "not one record a call", NULL);
	if (sip_dialogs(f->lab.gw->sip))
		bad(f, "a dialog is still up", NULL);
}

static void play_line(struct flow *f, char *line)
{
	unsigned int leg = fake_sip_legs();
	int n = 0;

	if (!strncmp(line, "pstn> ", 6))
		pstn_send(f, line + 6);
	else if (!strncmp(line, "pstn< ", 6))
		pstn_expect(f, line + 6);
	else if (!strncmp(line, "sip> ", 5))
		sip_send(f, leg, line + 5);
	else if (sscanf(line, "sip%u> %n", &leg, &n) == 1 && n)
		sip_send(f, leg, line + n);
	else if (!strncmp(line, "sip< ", 5))
		sip_expect(f, line + 5);
	else if (!strncmp(line, "wait ", 5))
		lab_wait(&f->lab, strtod(line + 5, NULL));
	else if (!strncmp(line, "cdr ", 4))
		cdr_expect(f, line + 4);
	else if (!strcmp(line, "none"))
		check_none(f);
	else if (!strcmp(line, "mtp down") || !strcmp(line, "mtp up"))
		mtp_pipe_set_up(f->lab.pstn, line[4] == 'u');
	else
		bad(f, "not understood", line);
}

static void play_file(struct flow *f, FILE *in)
{
	char line[2048];

	while (!f->failed && fgets(line, sizeof(line), in)) {
		f->line++;
		line[strcspn(line, "\r\n#")] = '\0';
		for (size_t n = strlen(line); n && isspace((unsigned char)line[n - 1]); n--)
			line[n - 1] = '\0';
		if (line[0])
			play_line(f, line);
	}
}

static bool play(const char *path)
{
	void *ctx = talloc_named_const(NULL, 0, path);
	struct flow *f = talloc_zero(ctx, struct flow);
	FILE *in = fopen(path, "r");
	bool ok;

	f->file = path;
	if (!in) {
		bad(f, "cannot be read", NULL);
		return false;
	}
	lab_open(&f->lab, ctx);
	play_file(f, in);
	fclose(in);
	if (!f->failed)
		check_end(f);
	ok = !f->failed;
	if (ok) {
		lab_close(&f->lab);
		ok = talloc_total_blocks(ctx) == 2;
		if (!ok)
			printf("%s: memory left behind, %zu blocks\n", path, talloc_total_blocks(ctx));
	}
	return ok;
}

int main(int argc, char **argv)
{
	void *ctx = talloc_named_const(NULL, 0, "flow");
	int failed = 0;

	osmo_init_logging2(ctx, &tollgate_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	if (getenv("FLOW_LOG")) {
		log_set_log_level(osmo_stderr_target, 0);
		log_set_all_filter(osmo_stderr_target, 1);
		log_parse_category_mask(osmo_stderr_target, getenv("FLOW_LOG"));
	}
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time.tv_sec = 1000;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	if (isup_fsm_init(DISUP) < 0 || call_init() < 0)
		return 1;
	for (int i = 1; i < argc; i++) {
		bool ok = play(argv[i]);

		printf("%s %s\n", ok ? "ok" : "FAILED", argv[i]);
		failed += !ok;
	}
	printf("%d passed, %d failed\n", argc - 1 - failed, failed);
	return failed || argc < 2;
}
